//! The ways a notice goes when everybody does their part.

use crate::world::{World, cpr, notice, person, resident};
use borgerportal_both::both;
use borgerportal_domain::ids::{MandateId, RequestId};
use borgerportal_domain::notices::{Cause, Channels, Notice, NoticeKind, Right, Says, State};
use borgerportal_domain::time::Date;
use borgerportal_service::{Problem, notices, outbox};
use borgerportal_store::people;
use borgerportal_store::testing::TestStore;
use borgerportal_store::tx::Tx;

const ASKED: NoticeKind = NoticeKind::MandateRequested;

#[both]
async fn a_notice_lies_in_the_box_and_its_receipt_says_so(store: TestStore) {
    let world = World::on(store).await;
    world.put(notice(1, ASKED, Channels::DigitalPost)).await;
    assert_eq!(world.send().await, 1);
    assert_eq!(world.count(State::Accepted).await, 1);
    let found = world.office.box_of(&resident(1));
    let [one] = found.as_slice() else { panic!("{}", found.len()) };
    assert_eq!(one.memo.recipient, cpr(1));
    assert_eq!(
        (one.memo.label.as_str(), one.memo.code.as_deref()),
        ("Anmodning om fuldmagt", Some("MANDATE_REQUESTED"))
    );
    let link = one.memo.actions[0].url.as_deref().unwrap();
    assert!(link.starts_with("https://portal.example/fuldmagter/anmodning/"), "{link}");
    assert!(world.office.box_of(&resident(3)).is_empty());
    assert_eq!(world.receipts().await, 1);
    assert_eq!(world.count(State::Delivered).await, 1);
    assert_eq!(world.story(State::Delivered).await, ["taken post.taken", "receipt_delivered receipt"]);
    assert_eq!((world.send().await, world.receipts().await), (0, 0), "nothing more to do");
    assert!(world.letters().is_empty());
}

#[both]
async fn who_is_exempt_gets_a_letter_with_a_code_and_no_number_of_hers(store: TestStore) {
    let world = World::on(store).await;
    let asked = notice(2, ASKED, Channels::DigitalPost);
    let says = Says {
        last_day: Some(Date::constant(2027, 12, 31)),
        answer_by: Some(Date::constant(2026, 12, 1)),
        items: vec![Right { title: "Post – læs".to_owned(), says: "Må læse posten.".to_owned() }],
        ..asked.says.clone()
    };
    world.put(Notice { says, ..asked }).await;
    assert_eq!(world.send().await, 2, "asked, then printed");
    assert_eq!(world.count(State::Printed).await, 1);
    let letters = world.letters();
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(letter.envelope, ["Prøve2 Holm", "Strandvejen 5", "3000 Helsingør"]);
    assert_eq!(letter.code.len(), 14);
    let manifest = std::fs::read_to_string(letter.folder.join("manifest.jsonl")).unwrap();
    assert!(!manifest.contains(cpr(2).expose()) && manifest.contains("\"sha256\""));
    let pdf = std::fs::read(letter.folder.join("letter.pdf")).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() < 60_000, "{}", pdf.len());
    assert!(letter.pages >= 2, "with a page to send back");
    let code = letter.code.to_lowercase();
    assert!(notices::came_back(&world.app, &code).await.unwrap());
    assert_eq!(world.count(State::Returned).await, 1);
    assert!(!notices::came_back(&world.app, &code).await.unwrap(), "once");
    assert!(!notices::came_back(&world.app, "2222-2222-2222").await.unwrap());
}

#[both]
async fn by_letter_too_is_one_message_and_one_letter_also_for_the_exempt(store: TestStore) {
    let world = World::on(store).await;
    for recipient in [1, 2] {
        world.put(notice(recipient, ASKED, Channels::LetterToo)).await;
    }
    world.put(notice(3, NoticeKind::MandateRequestedReminder, Channels::LetterOnly)).await;
    world.send().await;
    assert_eq!(world.office.messages().len(), 1);
    assert_eq!(world.letters().len(), 3);
    assert_eq!((world.count(State::Rejected).await, world.count(State::Printed).await), (1, 3));
}

#[both]
async fn enrolment_counts_when_it_is_sent_not_when_it_was_asked_for(store: TestStore) {
    let world = World::on(store).await;
    world.put(notice(2, ASKED, Channels::DigitalPost)).await;
    world.office.enrol(&resident(2), true);
    world.put(notice(1, ASKED, Channels::DigitalPost)).await;
    world.office.enrol(&resident(1), false);
    world.send().await;
    assert_eq!(world.office.box_of(&resident(2)).len(), 1);
    assert_eq!(world.letters()[0].envelope[0], "Prøve1 Holm");
}

#[both]
async fn the_dead_are_told_nothing(store: TestStore) {
    let world = World::on(store).await;
    world.put(notice(1, ASKED, Channels::LetterToo)).await;
    let dead = |tx: &Tx<'_>| {
        let mut person = person(1);
        person.facts.deceased_on = Some(Date::constant(2026, 11, 1));
        Ok::<_, Problem>(people::save(tx, &person)?)
    };
    world.app.write(dead).await.unwrap();
    world.send().await;
    assert!(world.office.messages().is_empty() && world.letters().is_empty());
    assert_eq!(world.count(State::Dropped).await, 2);
}

#[both]
async fn every_kind_goes_through(store: TestStore) {
    let world = World::on(store).await;
    for kind in NoticeKind::ALL {
        world.put(notice(1, *kind, Channels::LetterToo)).await;
    }
    world.send().await;
    assert_eq!(world.office.messages().len(), NoticeKind::ALL.len());
    assert_eq!(world.letters().len(), NoticeKind::ALL.len());
    for one in world.office.messages() {
        let all: String = one.memo.files.iter().map(|file| String::from_utf8_lossy(&file.content)).collect();
        assert!(!all.contains(cpr(1).expose()), "{:?}", one.memo.code);
    }
}

#[both]
async fn nodes_that_find_the_same_due_at_the_same_time_tell_once(store: TestStore) {
    let world = World::on(store).await;
    let due = notice(1, NoticeKind::MandateRenewalDue7, Channels::DigitalPost);
    let due = Notice { cause: Cause::mandate(MandateId::from_bytes([8; 16])), ..due };
    let nodes: Vec<_> = (0..6).map(|number| world.another_node(&format!("node-{number}"))).collect();
    let puts = nodes.into_iter().map(|node| {
        let due = due.clone();
        tokio::spawn(async move { node.write(move |tx| outbox::put(tx, &due)).await })
    });
    for put in puts.collect::<Vec<_>>() {
        // One that lost too often says so, and finds it told at its next round.
        let _ = put.await.unwrap();
    }
    assert_eq!(world.count(State::Queued).await, 1);
}

#[both]
async fn other_kinds_are_told_as_often_as_they_happen(store: TestStore) {
    let world = World::on(store).await;
    let cause = Cause::request(RequestId::from_bytes([5; 16]));
    for (kind, times) in [(NoticeKind::MandateSuspended, 3), (NoticeKind::RequestLapsed, 1)] {
        let mut put = 0;
        for _ in 0..3 {
            let notice = Notice { cause, ..notice(1, kind, Channels::DigitalPost) };
            put += i32::from(world.app.write(move |tx| outbox::put(tx, &notice)).await.unwrap());
        }
        assert_eq!(put, times, "{}", kind.code());
    }
}
