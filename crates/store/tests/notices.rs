//! The outbox on both engines: what is put is taken by one worker at a time, kept over a worker's death, and moved
//! only where the rules allow.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_domain::ids::{MandateId, NoticeId, RequestId};
use borgerportal_domain::notices::{
    Cause, Channels, Event, MOST_ATTEMPTS, Notice, NoticeKind, Right, Says, State,
};
use borgerportal_domain::person::Language;
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_store::notices::{self, Queue};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::{Store, StoreError, people};
use common::{person, person_id, read, write};
use std::collections::BTreeSet;

const MINUTE: i64 = 60_000;

fn notice(channels: Channels, number: u8) -> Notice {
    Notice {
        recipient: person_id(1),
        kind: NoticeKind::MandateRequested,
        cause: Cause::request(RequestId::from_bytes([number; 16])),
        channels,
        says: Says {
            other: Some("Bent Holm".to_owned()),
            last_day: Some(Date::constant(2027, 12, 31)),
            answer_by: Some(Date::constant(2026, 12, 1)),
            number: Some("FM-2026-000117".to_owned()),
            language: Language::English,
            items: vec![Right { title: "Post – læs".to_owned(), says: "Må læse.".to_owned() }],
        },
    }
}

/// Two people, and so many notices to the first.
async fn outbox(store: &Store, count: u8, channels: Channels) {
    write(store, NOW, move |tx| {
        people::save(tx, &person(1))?;
        people::save(tx, &person(2))?;
        (0..count).try_for_each(|number| notices::put(tx, &notice(channels, number)))
    })
    .await;
}

async fn claim(store: &Store, at: Timestamp, most: i64) -> Vec<NoticeId> {
    write(store, at, move |tx| notices::claim(tx, most, 5 * MINUTE)).await
}

async fn happen(store: &Store, at: Timestamp, id: NoticeId, event: Event) -> State {
    let code: String = write(store, at, move |tx| {
        Ok(notices::happen(tx, id, event, "test")?.unwrap().sending.state.code().to_owned())
    })
    .await;
    State::from_code(&code).unwrap()
}

#[both]
async fn a_message_comes_back_as_it_was_put_and_stands_nowhere_in_clear(store: TestStore) {
    outbox(&store, 1, Channels::LetterToo).await;
    let ids = claim(&store, NOW, 10).await;
    assert_eq!(ids.len(), 2, "one by Digital Post, one by letter");
    let mut states = Vec::new();
    let mut uuids = BTreeSet::new();
    for id in ids {
        let message = read(&store, move |tx| notices::load(tx, id)).await.unwrap();
        assert_eq!(message.says, notice(Channels::LetterToo, 0).says);
        assert_eq!(message.cause, Cause::request(RequestId::from_bytes([0; 16])));
        assert_eq!((message.recipient, message.at), (Some(person(1)), NOW));
        assert_eq!(message.uuid.get_version_num(), 4);
        assert_eq!(message.code.len(), 12);
        assert!(!format!("{:?}", message.says).contains("Bent"));
        states.push(message.sending.state);
        uuids.insert(message.uuid);
    }
    assert_eq!(uuids.len(), 2);
    assert!(states.contains(&State::Queued) && states.contains(&State::LetterQueued));
    assert_eq!(
        read(&store, |tx| notices::load(tx, NoticeId::from_bytes([9; 16]))).await.map(|it| it.id),
        None
    );
}

#[both]
async fn an_errand_that_fails_tells_nobody(store: TestStore) {
    outbox(&store, 0, Channels::DigitalPost).await;
    let id = store.errand_id(NOW).unwrap();
    let failed: Result<(), StoreError> = store
        .write(NOW, id, |tx| {
            notices::put(tx, &notice(Channels::LetterToo, 1))?;
            Err(StoreError::Keys("the errand changed its mind"))
        })
        .await;
    assert!(failed.is_err());
    assert_eq!(read(&store, notices::due).await, 0);
    assert_eq!(read(&store, notices::queue).await, Queue::default());
}

#[both]
async fn a_second_try_of_an_errand_puts_nothing_twice(store: TestStore) {
    outbox(&store, 0, Channels::DigitalPost).await;
    let id = store.errand_id(NOW).unwrap();
    for _ in 0..3 {
        let put = store.write(NOW, id, |tx| notices::put(tx, &notice(Channels::DigitalPost, 1))).await;
        put.unwrap();
    }
    assert_eq!(read(&store, notices::due).await, 1);
}

#[both]
async fn eight_workers_take_each_message_once(store: TestStore) {
    outbox(&store, 60, Channels::DigitalPost).await;
    let workers = (0..8).map(|number| {
        let node = store.another_node(&format!("node-{number}"));
        tokio::spawn(async move {
            let mut taken = Vec::new();
            loop {
                let id = node.errand_id(NOW).unwrap();
                match node.write(NOW, id, |tx| notices::claim(tx, 3, 5 * MINUTE)).await {
                    Ok(ids) if ids.is_empty() => return taken,
                    Ok(ids) => taken.extend(ids),
                    // Too many at once: what a worker does then is to try again a little later.
                    Err(StoreError::Conflict(_)) => tokio::task::yield_now().await,
                    Err(error) => panic!("{error}"),
                }
            }
        })
    });
    let mut all = Vec::new();
    for worker in workers.collect::<Vec<_>>() {
        all.extend(worker.await.unwrap());
    }
    assert_eq!(all.len(), 60, "nobody took what another had");
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 60);
}

#[both]
async fn what_a_dead_worker_had_is_taken_when_its_time_is_out(store: TestStore) {
    outbox(&store, 2, Channels::DigitalPost).await;
    let taken = claim(&store, NOW, 10).await;
    assert!(claim(&store, NOW.plus_minutes(4), 10).await.is_empty(), "the worker may still be at it");
    let later = NOW.plus_minutes(5);
    let mut again = claim(&store, later, 10).await;
    again.sort_unstable();
    let mut first = taken.clone();
    first.sort_unstable();
    assert_eq!(again, first);
    let [id, ..] = again[..] else { unreachable!() };
    let uuid = read(&store, move |tx| Ok(notices::load(tx, id)?.unwrap().uuid)).await;
    // Both say what became of it, the dead one from the grave.
    assert_eq!(happen(&store, later, id, Event::Taken).await, State::Accepted);
    assert_eq!(happen(&store, later, id, Event::Failed).await, State::Accepted);
    assert_eq!(read(&store, move |tx| notices::by_message(tx, uuid)).await, Some(id));
    assert!(claim(&store, NOW.plus_days(9), 10).await.iter().all(|other| *other != id));
}

#[both]
async fn a_failed_try_waits_longer_each_time_and_ends_with_a_person(store: TestStore) {
    outbox(&store, 1, Channels::DigitalPost).await;
    let mut now = NOW;
    let id = claim(&store, now, 1).await[0];
    for attempt in 1..MOST_ATTEMPTS {
        assert_eq!(happen(&store, now, id, Event::Failed).await, State::Queued);
        let wait = borgerportal_domain::notices::wait_ms(attempt, 0);
        assert!(claim(&store, now.plus_millis(wait * 3 / 4 - 1), 1).await.is_empty(), "try {attempt}");
        now = now.plus_millis(wait);
        assert_eq!(claim(&store, now, 1).await, [id], "try {attempt}");
    }
    assert_eq!(happen(&store, now, id, Event::Failed).await, State::GivenUp);
    assert!(claim(&store, now.plus_days(30), 1).await.is_empty());
    let queue = read(&store, notices::queue).await;
    assert_eq!((queue.waiting, queue.dead), (0, 1));
    let listed = read(&store, |tx| notices::list(tx, State::GivenUp, 10)).await;
    assert_eq!((listed.len(), listed[0].id, listed[0].why.as_str()), (1, id, "test"));
    // Somebody has looked: it goes again at once, from the first try.
    assert_eq!(happen(&store, now, id, Event::TryAgain).await, State::Queued);
    assert_eq!(claim(&store, now, 1).await, [id]);
    let steps = read(&store, move |tx| notices::steps(tx, id)).await;
    assert_eq!(steps.len(), usize::try_from(MOST_ATTEMPTS).unwrap() + 1);
    assert_eq!(steps.last().unwrap().event, "try_again");
}

#[both]
async fn a_rejected_message_is_due_at_once_as_a_letter_and_only_once(store: TestStore) {
    outbox(&store, 1, Channels::DigitalPost).await;
    let id = claim(&store, NOW, 1).await[0];
    assert_eq!(happen(&store, NOW, id, Event::Taken).await, State::Accepted);
    assert_eq!(read(&store, notices::queue).await.without_receipt, 1);
    assert_eq!(happen(&store, NOW, id, Event::ReceiptRejected).await, State::LetterQueued);
    assert_eq!(claim(&store, NOW, 1).await, [id]);
    // The receipt once more, while the letter is being printed.
    assert_eq!(happen(&store, NOW, id, Event::ReceiptRejected).await, State::LetterQueued);
    assert!(claim(&store, NOW, 1).await.is_empty(), "the lease of who prints it holds");
    assert_eq!(happen(&store, NOW, id, Event::Spooled).await, State::Printed);
}

#[both]
async fn a_letter_is_found_by_its_code_and_by_nothing_else(store: TestStore) {
    outbox(&store, 2, Channels::LetterOnly).await;
    let ids = claim(&store, NOW, 10).await;
    let id = ids[0];
    let code = read(&store, move |tx| Ok(notices::load(tx, id)?.unwrap().code)).await;
    let printed = code.clone();
    write(&store, NOW, move |tx| {
        notices::keep_letter(tx, id, &printed, 3, &[7; 32])?;
        // The same letter printed by two workers is kept once.
        notices::keep_letter(tx, id, &printed, 3, &[7; 32])
    })
    .await;
    let typed = format!("{} {}", code[..4].to_lowercase(), &code[4..]);
    let found = read(&store, move |tx| notices::letter_by_code(tx, &typed)).await.unwrap();
    assert_eq!((found.id, found.pages, found.spooled_at), (id, 3, NOW));
    assert_eq!(found.sha256, "07".repeat(32));
    assert!(found.cause.request.is_some());
    assert_eq!(read(&store, |tx| notices::letter_by_code(tx, "AAAA-AAAA-AAAA")).await, None);
}

#[both]
async fn what_is_told_once_is_known_by_person_kind_and_cause(store: TestStore) {
    outbox(&store, 0, Channels::DigitalPost).await;
    let mandate = Cause::mandate(MandateId::from_bytes([4; 16]));
    let due =
        Notice { kind: NoticeKind::MandateRenewalDue30, cause: mandate, ..notice(Channels::DigitalPost, 1) };
    write(&store, NOW, move |tx| notices::put(tx, &due)).await;
    let told = |who: u8, kind, cause| {
        let store = store.store();
        async move { read(&store, move |tx| notices::was_told(tx, person_id(who), kind, cause)).await }
    };
    assert!(told(1, NoticeKind::MandateRenewalDue30, mandate).await);
    assert!(!told(1, NoticeKind::MandateRenewalDue7, mandate).await);
    assert!(!told(2, NoticeKind::MandateRenewalDue30, mandate).await);
    let other = Cause::mandate(MandateId::from_bytes([5; 16]));
    assert!(!told(1, NoticeKind::MandateRenewalDue30, other).await);
    let request = Cause::request(RequestId::from_bytes([4; 16]));
    assert!(!told(1, NoticeKind::MandateRenewalDue30, request).await, "an id of another kind");
}

#[both]
async fn the_outbox_in_numbers_and_what_is_swept(store: TestStore) {
    outbox(&store, 3, Channels::DigitalPost).await;
    let queue = read(&store, notices::queue).await;
    assert_eq!((queue.waiting, queue.oldest, queue.dead), (3, Some(NOW), 0));
    let ids = claim(&store, NOW, 3).await;
    let later = NOW.plus_minutes(1);
    happen(&store, later, ids[0], Event::Taken).await;
    happen(&store, later, ids[1], Event::Taken).await;
    happen(&store, later, ids[1], Event::ReceiptDelivered).await;
    let queue = read(&store, notices::queue).await;
    assert_eq!((queue.waiting, queue.without_receipt), (1, 1));
    assert_eq!(queue.oldest_without_receipt, Some(later));
    let before = later.plus_millis(1);
    assert_eq!(write(&store, NOW, move |tx| notices::sweep(tx, before)).await, 2, "those at rest go");
    let rows = store.rows();
    assert_eq!((rows["notice"], rows["notice_step"]), (1, 0), "and what waits stays, however old");
}
