//! The outbox at the command line: what waits, what needs a hand, once more, and a letter that came back.

use crate::place::Place;
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::ids::{NoticeId, PersonId, RequestId};
use borgerportal_domain::notices::{Cause, Channels, Event, Notice, NoticeKind, Says};
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::Date;
use borgerportal_service::{App, outbox};
use borgerportal_store::notices;
use borgerportal_store::people::{Person, save};
use borgerportal_store::testing::{TestStore, sqlite};

/// A letter to Inger, put for the next worker.
fn put(place: &Place, app: &App) -> NoticeId {
    let put = |tx: &borgerportal_store::tx::Tx<'_>| {
        let id = PersonId::from_uuid(tx.mint());
        let facts =
            PersonFacts { id, birth_on: Date::constant(1944, 5, 12), deceased_on: None, protected: false };
        let name = PersonName { given: "Inger".to_owned(), family: "Holm".to_owned() };
        save(tx, &Person { facts, name, cpr: Cpr::parse("7205440012").unwrap() })?;
        let notice = Notice {
            recipient: id,
            kind: NoticeKind::MandateRequested,
            cause: Cause::request(RequestId::from_uuid(tx.mint())),
            channels: Channels::LetterOnly,
            says: Says { other: Some("Bent Holm".to_owned()), ..Says::default() },
        };
        outbox::put(tx, &notice)?;
        Ok(notices::claim(tx, 1, 0)?[0])
    };
    place.runtime.block_on(app.write(put)).unwrap()
}

/// Lets something happen to it, as a worker would.
fn happen(place: &Place, app: &App, id: NoticeId, event: Event, why: &'static str) {
    let changed = place.runtime.block_on(app.write(move |tx| {
        if event == Event::Spooled {
            let code = notices::load(tx, id)?.map(|message| message.code).unwrap_or_default();
            notices::keep_letter(tx, id, &code, 3, &[7; 32])?;
        }
        Ok(notices::happen(tx, id, event, why)?.is_some_and(|after| after.changed))
    }));
    assert!(changed.unwrap(), "{event:?}");
}

#[both]
fn a_letter_that_was_given_up_is_seen_sent_again_and_noted_when_it_comes_back(store: TestStore) {
    let place = Place::on(store);
    let app = borgerportal::installation::open(&place.config()).unwrap();
    let id = put(&place, &app);
    let (ok, said) = place.run(&["notices", "list"]);
    assert!(ok && said.contains(&format!("{id}  mandate_requested")), "{said}");
    assert!(said.contains("letter_queued") && said.contains("1 wait, 0 need a hand"), "{said}");
    assert!(!place.run(&["notices", "retry", &id.to_string()]).0, "it waits and was not given up");

    happen(&place, &app, id, Event::Refused, "letter.no_address");
    let (ok, said) = place.run(&["notices", "list", "--dead"]);
    assert!(ok && said.contains("letter_given_up") && said.contains("letter.no_address"), "{said}");
    assert!(said.contains("0 wait, 1 need a hand"), "{said}");
    let (ok, said) = place.run(&["notices", "retry", &id.to_string()]);
    assert!(ok && said.contains(&format!("{id} is sent again.")), "{said}");
    let (ok, said) = place.run(&["notices", "retry", &id.to_string()]);
    assert!(!ok && said.contains("is not a notice that was given up"), "once: {said}");

    happen(&place, &app, id, Event::Spooled, "letter.spooled");
    let code = place.runtime.block_on(app.read(move |tx| Ok(notices::load(tx, id)?.unwrap().code))).unwrap();
    let spoken = format!("{}-{} {}", &code[..4], &code[4..8], code[8..].to_lowercase());
    let (ok, said) = place.run(&["notices", "returned", &spoken]);
    assert!(ok && said.contains("Noted"), "{said}");
    let (ok, said) = place.run(&["notices", "returned", &spoken]);
    assert!(!ok && said.contains("no printed letter has that code"), "once: {said}");
}

#[test]
fn the_list_names_nobody_and_what_is_no_id_is_told() {
    let place = Place::on(sqlite());
    let app = borgerportal::installation::open(&place.config()).unwrap();
    let id = put(&place, &app);
    happen(&place, &app, id, Event::Refused, "letter.no_address");
    for arguments in [&["notices", "list"][..], &["notices", "list", "--dead"]] {
        let (ok, said) = place.run(arguments);
        assert!(ok, "{said}");
        for secret in ["Inger", "Bent", "Holm", "720544"] {
            assert!(!said.contains(secret), "{secret} in {said}");
        }
    }
    let (ok, said) = place.run(&["notices", "retry", "720544-0012"]);
    assert!(!ok && said.contains("write the id that `list` shows"), "{said}");
    let (ok, said) = place.run(&["notices", "returned", "2222-2222-2222"]);
    assert!(!ok && said.contains("no printed letter"), "{said}");
}
