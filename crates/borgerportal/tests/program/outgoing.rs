//! What is on its way to record systems, at the command line: what waits, what needs a hand, and once more.

use crate::place::Place;
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::ObjectKind;
use borgerportal_domain::ids::{OutgoingId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::outgoing::{Event, OutgoingKind};
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::Date;
use borgerportal_service::App;
use borgerportal_service::outgoing::{Told, tell};
use borgerportal_store::outgoing;
use borgerportal_store::people::{Person, save};
use borgerportal_store::record;
use borgerportal_store::testing::TestStore;
use borgerportal_store::testing::own::own;
use borgerportal_store::tx::Tx;

/// Inger asks to have something repaired.
fn told(place: &Place, app: &App) -> OutgoingId {
    let tell = |tx: &Tx<'_>| {
        let id = PersonId::from_uuid(tx.mint());
        let facts =
            PersonFacts { id, birth_on: Date::constant(1944, 5, 12), deceased_on: None, protected: false };
        let name = PersonName { given: "Inger".to_owned(), family: "Holm".to_owned() };
        save(tx, &Person { facts, name, cpr: Cpr::parse("7205440012").unwrap() })?;
        let helsingor = MunicipalityCode::parse("0217").unwrap();
        let journal = record::open(tx, helsingor, id, &[9; 32])?.journal;
        let access = own(tx, journal, id, (Privilege::ActAids, ObjectKind::Aids))?;
        let id = OutgoingId::from_uuid(tx.mint());
        let resource = b"{\"Inger\":\"Holm\"}".to_vec();
        tell(tx, &access, &Told { id, kind: OutgoingKind::AidRequest, resource })?;
        Ok(id)
    };
    place.runtime.block_on(app.write(tell)).unwrap()
}

#[both]
fn what_was_given_up_is_seen_without_names_and_sent_again(store: TestStore) {
    let place = Place::on(store);
    let app = borgerportal::installation::open(&place.config()).unwrap();
    let id = told(&place, &app);
    let (ok, said) = place.run(&["outgoing", "list"]);
    assert!(ok && said.contains(&format!("{id}  0217  aid_request")), "{said}");
    assert!(said.contains("waiting") && said.contains("1 wait, 0 need a hand"), "{said}");
    assert!(!place.run(&["outgoing", "retry", &id.to_string()]).0, "it waits and was not given up");

    let fail = move |tx: &Tx<'_>| Ok(outgoing::happen(tx, id, Event::Unusable, "record.unusable")?.is_some());
    assert!(place.runtime.block_on(app.write(fail)).unwrap());
    let (ok, said) = place.run(&["outgoing", "list", "--dead"]);
    assert!(ok && said.contains("given_up") && said.contains("record.unusable"), "{said}");
    assert!(said.contains("0 wait, 1 need a hand") && !said.contains("Inger"), "{said}");
    let (ok, said) = place.run(&["outgoing", "retry", &id.to_string()]);
    assert!(ok && said.contains(&format!("{id} is sent again.")), "{said}");
    let (ok, said) = place.run(&["outgoing", "retry", &id.to_string()]);
    assert!(!ok && said.contains("is nothing that was given up"), "once: {said}");
    let (ok, said) = place.run(&["outgoing", "retry", "720544-0012"]);
    assert!(!ok && said.contains("write the id that `list` shows"), "{said}");
}
