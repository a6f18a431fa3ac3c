//! What is told to record systems, on both engines: taken by one worker at a time, in the order of its journal, kept
//! over a worker's death, sealed while it waits and gone when it has arrived.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_domain::ids::{JournalId, OutgoingId};
use borgerportal_domain::outgoing::{Event, OutgoingKind, Progress, State};
use borgerportal_domain::time::Timestamp;
use borgerportal_store::outgoing::{self, Answer, Queue, Told};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::{Store, people, record};
use common::{grant, helsingor, person, person_id, read, set_up, write};

const MINUTE: i64 = 60_000;

fn id(number: u8) -> OutgoingId {
    OutgoingId::from_bytes([number; 16])
}

async fn put(store: &Store, journal: JournalId, number: u8) {
    write(store, NOW, move |tx| {
        let access = grant(tx, journal, person_id(1))?;
        let resource = format!("{{\"hemmeligt\":{number}}}").into_bytes();
        outgoing::put(tx, &access, &Told { id: id(number), kind: OutgoingKind::Message, resource })
    })
    .await;
}

async fn claim(store: &Store, at: Timestamp) -> Vec<OutgoingId> {
    write(store, at, |tx| outgoing::claim(tx, helsingor(), 10, 5 * MINUTE)).await
}

async fn happen(store: &Store, number: u8, event: Event) -> bool {
    write(store, NOW, move |tx| Ok(outgoing::happen(tx, id(number), event, "test")?.unwrap().changed)).await
}

#[both]
async fn it_comes_back_as_it_was_put_and_only_as_long_as_it_must(store: TestStore) {
    let journal = set_up(&store, 0).await;
    put(&store, journal, 1).await;
    let message = read(&store, |tx| outgoing::load(tx, id(1))).await.unwrap();
    assert_eq!(message.resource.unwrap().0.as_slice(), b"{\"hemmeligt\":1}");
    assert_eq!((message.kind, message.sending.state), (OutgoingKind::Message, State::Waiting));
    for (event, kept) in [(Event::Failed, true), (Event::Unusable, true), (Event::Taken, false)] {
        assert!(happen(&store, 1, event).await, "{event:?}");
        let message = read(&store, |tx| outgoing::load(tx, id(1))).await.unwrap();
        assert_eq!(message.resource.is_some(), kept, "{event:?}");
    }
    assert!(read(&store, |tx| outgoing::load(tx, id(9))).await.is_none());
}

#[both]
async fn of_one_journal_the_first_goes_first_and_nobody_else_gets_what_is_taken(store: TestStore) {
    let journal = set_up(&store, 0).await;
    for number in [3, 1, 2] {
        put(&store, journal, number).await;
    }
    assert_eq!(read(&store, |tx| outgoing::due(tx, helsingor())).await, 3);
    assert_eq!(claim(&store, NOW).await, [id(3)]);
    assert_eq!(claim(&store, NOW).await, [], "the others wait for it");
    assert_eq!(claim(&store, NOW.plus_minutes(6)).await, [id(3)], "whoever took it has died");
    assert!(happen(&store, 3, Event::Taken).await);
    assert_eq!(claim(&store, NOW).await, [id(1)]);
    assert!(happen(&store, 1, Event::Unusable).await);
    assert_eq!(claim(&store, NOW).await, [id(2)], "one that needs a hand holds up nothing");
}

#[both]
async fn another_municipality_gets_nothing_of_it(store: TestStore) {
    let journal = set_up(&store, 0).await;
    put(&store, journal, 1).await;
    let elsewhere = borgerportal_domain::MunicipalityCode::parse("0730").unwrap();
    assert_eq!(read(&store, move |tx| outgoing::due(tx, elsewhere)).await, 0);
    let taken = write(&store, NOW, move |tx| outgoing::claim(tx, elsewhere, 10, MINUTE)).await;
    assert!(taken.is_empty());
}

#[both]
async fn an_answer_counts_for_the_journal_that_was_told_about_alone(store: TestStore) {
    let journal = set_up(&store, 0).await;
    put(&store, journal, 1).await;
    let heard = |citizen: u8| {
        write(&store, NOW, move |tx| {
            people::save(tx, &person(citizen))?;
            let writing = record::open(tx, helsingor(), person_id(citizen), &[9; 32])?;
            let answer =
                Answer { id: id(1), progress: Progress::Rejected, reason: "too-late".to_owned(), at: NOW };
            Ok(outgoing::answered(tx, &writing, &answer)?.is_some())
        })
    };
    assert!(!heard(2).await);
    assert!(heard(1).await);
    let steps = read(&store, move |tx| outgoing::steps(tx, &grant(tx, journal, person_id(1))?, id(1))).await;
    assert_eq!(
        (steps.len(), steps[0].progress, steps[0].why.as_str()),
        (1, Some(Progress::Rejected), "too-late")
    );
}

#[both]
async fn operators_see_kinds_and_codes(store: TestStore) {
    let journal = set_up(&store, 0).await;
    for number in 1..=3 {
        put(&store, journal, number).await;
    }
    happen(&store, 1, Event::Unusable).await;
    happen(&store, 2, Event::Taken).await;
    let queue = read(&store, outgoing::queue).await;
    assert_eq!(queue, Queue { waiting: 1, oldest: Some(NOW), dead: 1 });
    let dead = read(&store, |tx| outgoing::list(tx, State::GivenUp, 10)).await;
    assert_eq!((dead[0].id, dead[0].municipality, dead[0].why.as_str()), (id(1), helsingor(), "test"));
}

#[both]
async fn many_who_tell_about_one_journal_at_once_all_get_their_turn(store: TestStore) {
    let journal = set_up(&store, 0).await;
    let all = (1..=16).map(|number| {
        let store = store.clone();
        tokio::spawn(async move { put(&store, journal, number).await })
    });
    for one in all.collect::<Vec<_>>() {
        one.await.unwrap();
    }
    assert_eq!(read(&store, |tx| outgoing::due(tx, helsingor())).await, 16);
}
