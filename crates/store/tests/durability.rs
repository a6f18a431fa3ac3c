//! What the store promises when things go wrong: nothing acknowledged is lost, nothing is done twice, a
//! failing errand rolls back alone, and the log line is durable before the answer leaves.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_domain::ids::ErrandId;
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::{Conflict, StoreError, errands, log_seal, mandates, sessions};
use common::*;
use std::time::Duration;

/// Writers at once in the tests under load.
const WRITERS: u8 = 16;

#[both]
async fn every_read_leaves_its_line_before_its_answer(store: TestStore) {
    let journal = set_up(&store, 1).await;
    let before = lines(&store, journal).await.len();
    for _ in 0..5 {
        store
            .read::<_, StoreError, _>(NOW, move |tx| grant(tx, journal, person_id(2)).map(|_| ()))
            .await
            .unwrap();
    }
    // The line of the page itself is written after it was read.
    assert_eq!(lines(&store, journal).await.len(), before + 5 + 1);
}

#[both]
async fn a_refused_write_keeps_its_line_and_nothing_else(store: TestStore) {
    let journal = set_up(&store, 0).await;
    let before = lines(&store, journal).await.len();
    let id = store.errand_id(NOW).unwrap();
    let refused = store
        .write::<(), StoreError, _>(NOW, id, move |tx| {
            grant(tx, journal, person_id(2))?;
            mandates::sign(tx, &mandate(5, 1, 2), None)?;
            Err(StoreError::Conflict(Conflict::Changed))
        })
        .await;
    assert!(matches!(refused, Err(StoreError::Conflict(Conflict::Changed))));
    assert_eq!(lines(&store, journal).await.len(), before + 2);
    let kept = store.read::<_, StoreError, _>(NOW, |tx| mandates::of_holder(tx, person_id(2))).await;
    assert_eq!(kept.unwrap(), []);
}

#[both]
async fn a_failing_errand_in_a_batch_rolls_back_alone(store: TestStore) {
    set_up(&store, 0).await;
    let mut tasks = Vec::new();
    for number in 0..64 {
        let store = store.store();
        tasks.push(tokio::spawn(async move {
            let id = store.errand_id(NOW).unwrap();
            store
                .write::<_, StoreError, _>(NOW, id, move |tx| {
                    let hash = [number; 32];
                    sessions::open(tx, &hash, &session(person_id(1), NOW))?;
                    match number % 4 {
                        1 => Err(StoreError::Conflict(Conflict::Changed)),
                        // The same key twice: the engine itself refuses.
                        2 => sessions::open(tx, &hash, &session(person_id(1), NOW)),
                        3 => panic!("an errand that panics"),
                        _ => Ok(()),
                    }
                })
                .await
        }));
    }
    for (number, task) in (0_u8..).zip(tasks) {
        assert_eq!(task.await.unwrap().is_ok(), number % 4 == 0, "errand {number}");
    }
    for number in 0..64 {
        let read = move |tx: &borgerportal_store::tx::Tx<'_>| sessions::session(tx, &[number; 32]);
        let kept = store.read::<_, StoreError, _>(NOW, read).await.unwrap();
        assert_eq!(kept.is_some(), number % 4 == 0, "session {number}");
    }
}

#[both]
async fn one_errand_sent_many_times_at_once_is_done_once(store: TestStore) {
    set_up(&store, 0).await;
    let id = ErrandId::from_bytes([6; 16]);
    let mut tasks = Vec::new();
    for _ in 0..WRITERS {
        let store = store.store();
        tasks.push(tokio::spawn(async move {
            store
                .write::<_, StoreError, _>(NOW, id, |tx| {
                    mandates::sign(tx, &mandate(5, 1, 2), None)?;
                    Ok(tx.mint().to_string())
                })
                .await
        }));
    }
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap().unwrap());
    }
    answers.dedup();
    assert_eq!(answers.len(), 1, "everybody got the same answer");
    let kept = store.read::<_, StoreError, _>(NOW, |tx| mandates::of_holder(tx, person_id(2))).await;
    assert_eq!(kept.unwrap().len(), 1);
}

#[both]
async fn the_log_is_sealed_in_batches_that_verify(store: TestStore) {
    let journal = set_up(&store, 1).await;
    for round in 0..3 {
        for _ in 0..7 {
            lines(&store, journal).await;
        }
        let id = store.errand_id(NOW).unwrap();
        let sealed = store.write::<_, StoreError, _>(NOW, id, log_seal::seal).await.unwrap();
        assert_eq!(sealed, 7, "round {round}");
    }
    let cursor = verify(&store).await;
    assert_eq!((cursor.batches, cursor.lines, cursor.damage.len()), (3, 21, 0));
}

#[both]
async fn two_nodes_seal_their_own_chains(store: TestStore) {
    let journal = set_up(&store, 1).await;
    let other = store.another_node("other-node");
    for node in [&store.store(), &other] {
        lines(node, journal).await;
        let id = node.errand_id(NOW).unwrap();
        assert_eq!(node.write::<_, StoreError, _>(NOW, id, log_seal::seal).await.unwrap(), 1);
    }
    let cursor = verify(&store).await;
    assert_eq!((cursor.batches, cursor.damage.len()), (2, 0));
}

/// Three nodes work and seal as they like: every line ends in one batch, and each chain is whole.
#[both]
async fn nodes_that_write_and_seal_at_once_lose_no_line(store: TestStore) {
    const ROUNDS: i64 = 6;
    let journal = set_up(&store, 1).await;
    let mut nodes = Vec::new();
    for name in ["a", "b:2", "å"] {
        let node = store.another_node(name);
        nodes.push(tokio::spawn(async move {
            let mut sealed = 0;
            for _ in 0..ROUNDS {
                lines(&node, journal).await;
                lines(&node, journal).await;
                let id = node.errand_id(NOW).unwrap();
                sealed += node.write::<_, StoreError, _>(NOW, id, log_seal::seal).await.unwrap();
            }
            sealed
        }));
    }
    for node in nodes {
        assert_eq!(node.await.unwrap(), ROUNDS * 2, "each seals its own");
    }
    let cursor = verify(&store).await;
    assert_eq!((cursor.batches, cursor.lines, cursor.damage), (ROUNDS * 3, ROUNDS * 6, Vec::new()));
    let rows = store.rows();
    assert_eq!((rows["access_log"], rows["access_log_new"]), (ROUNDS * 6, 0));
}

async fn verify(store: &TestStore) -> log_seal::Cursor {
    let key = store.keys().log_public_key().to_vec();
    let mut cursor = log_seal::Cursor::default();
    loop {
        let (at, key) = (cursor.clone(), key.clone());
        let next =
            store.read::<_, StoreError, _>(NOW, move |tx| log_seal::check_next(tx, &key, &at)).await.unwrap();
        match next {
            Some(next) => cursor = next,
            None => return cursor,
        }
    }
}

/// A changed line, a removed one and a foreign signature are all seen. Changing them needs another way in than
/// the store, which has none: SQLite's own file.
#[test]
fn a_log_that_was_tampered_with_does_not_verify() {
    for (change, expected) in [
        ("UPDATE access_log SET line = replace(line, 'shown', 'done') WHERE position = 2", "Lines"),
        ("DELETE FROM access_log WHERE position = 2", "Lines"),
        ("DELETE FROM log_batch WHERE number = 1", "Chain"),
        ("UPDATE log_batch SET at = at + 1", "Signature"),
    ] {
        let store = borgerportal_store::testing::sqlite();
        borgerportal_store::testing::block_on(async {
            let journal = set_up(&store, 1).await;
            for _ in 0..2 {
                for _ in 0..5 {
                    lines(&store, journal).await;
                }
                let id = store.errand_id(NOW).unwrap();
                store.write::<_, StoreError, _>(NOW, id, log_seal::seal).await.unwrap();
            }
            let borgerportal_store::Location::Sqlite(path) = store.location() else { unreachable!() };
            rusqlite::Connection::open(path).unwrap().execute_batch(change).unwrap();
            let damage = format!("{:?}", verify(&store).await.damage);
            assert!(damage.contains(expected), "{change}: {damage}");
        });
    }
}

#[both]
async fn answers_are_forgotten_after_their_time(store: TestStore) {
    set_up(&store, 0).await;
    let id = store.errand_id(NOW).unwrap();
    let later = NOW.plus_days(8);
    let forgotten = store
        .write::<_, StoreError, _>(later, id, |tx| errands::forget(tx, tx.now().plus_days(-7)))
        .await
        .unwrap();
    assert_eq!(forgotten, 1, "the one of the set-up");
}

/// A full disk ends SQLite's transaction behind our back: nobody of the batch may hear "done".
#[test]
fn a_lost_batch_acknowledges_nobody() {
    let store = borgerportal_store::testing::sqlite();
    borgerportal_store::testing::block_on(async {
        set_up(&store, 0).await;
        let borgerportal_store::Location::Sqlite(path) = store.location() else { unreachable!() };
        // The page limit is the engine's own full disk. It is set per connection, so a trigger plays it:
        // RAISE(ROLLBACK) ends the whole transaction exactly as SQLITE_FULL does.
        rusqlite::Connection::open(path)
            .unwrap()
            .execute_batch(
                "CREATE TRIGGER full BEFORE INSERT ON system_client WHEN new.id = 'last' \
                 BEGIN SELECT RAISE(ROLLBACK, 'disk full'); END",
            )
            .unwrap();
        let mut tasks = Vec::new();
        // The writer is busy with this one while the others line up behind it and share a batch.
        let slow = store.store();
        let busy = tokio::spawn(async move {
            let id = slow.errand_id(NOW).unwrap();
            let wait = |_: &borgerportal_store::tx::Tx<'_>| {
                std::thread::sleep(Duration::from_millis(200));
                Ok(())
            };
            slow.write::<_, StoreError, _>(NOW, id, wait).await
        });
        tokio::time::sleep(Duration::from_millis(50)).await;
        for number in 0..40 {
            let store = store.store();
            tasks.push(tokio::spawn(async move {
                let id = store.errand_id(NOW).unwrap();
                let name = if number == 20 { "last".to_owned() } else { format!("client-{number}") };
                let client = borgerportal_store::system_clients::Client {
                    scopes: None,
                    id: name.clone(),
                    municipality: helsingor(),
                    jwks: String::new(),
                };
                let keep = move |tx: &borgerportal_store::tx::Tx<'_>| {
                    borgerportal_store::system_clients::register(tx, &client)
                };
                (name, store.write::<_, StoreError, _>(NOW, id, keep).await)
            }));
        }
        busy.await.unwrap().unwrap();
        let (mut lost, mut done) = (0, 0);
        for task in tasks {
            let (name, answer) = task.await.unwrap();
            let wanted = name.clone();
            let read = move |tx: &borgerportal_store::tx::Tx<'_>| {
                Ok(borgerportal_store::system_clients::client(tx, &wanted)?.is_some())
            };
            let there = store.read::<_, StoreError, _>(NOW, read).await.unwrap();
            assert_eq!(answer.is_ok(), there, "{name}: acknowledged and there go together");
            if there { done += 1 } else { lost += 1 }
        }
        assert!(lost >= 2, "others of the batch were lost with it: {lost} lost, {done} done");
    });
}

/// A commit whose outcome is unknown is looked up, not repeated blindly.
#[test]
fn a_commit_with_unknown_outcome_is_not_done_twice() {
    let store = borgerportal_store::testing::postgres();
    let borgerportal_store::Location::Postgres(url) = store.location() else { unreachable!() };
    let url = url.clone();
    borgerportal_store::testing::block_on(async {
        set_up(&store, 0).await;
        let mut tasks = Vec::new();
        for number in 0..24_u8 {
            let store = store.store();
            tasks.push(tokio::spawn(async move {
                let id = ErrandId::from_bytes([number + 1; 16]);
                let write = move |tx: &borgerportal_store::tx::Tx<'_>| {
                    std::thread::sleep(Duration::from_millis(2));
                    mandates::sign(tx, &mandate(number + 1, 1, 2), None)
                };
                (number, store.write::<_, StoreError, _>(NOW, id, write).await)
            }));
        }
        // Connections die under the writers, at any point of their transactions.
        let killer = std::thread::spawn(move || {
            let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
            for _ in 0..30 {
                let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                            WHERE datname = current_database() AND pid <> pg_backend_pid()";
                client.execute(kill, &[]).unwrap();
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let mut acknowledged = Vec::new();
        for task in tasks {
            let (number, answer) = task.await.unwrap();
            if answer.is_ok() {
                acknowledged.push(mandate(number + 1, 1, 2).id);
            }
        }
        killer.join().unwrap();
        // Whoever was not told asks again with the same id; afterwards each is there exactly once.
        for number in 0..24_u8 {
            let id = ErrandId::from_bytes([number + 1; 16]);
            let write = move |tx: &borgerportal_store::tx::Tx<'_>| {
                mandates::sign(tx, &mandate(number + 1, 1, 2), None)
            };
            let mut answer = store.write::<_, StoreError, _>(NOW, id, write).await;
            if answer.is_err() {
                answer = store.write::<_, StoreError, _>(NOW, id, write).await;
            }
            answer.unwrap();
        }
        let kept =
            store.read::<_, StoreError, _>(NOW, |tx| mandates::of_holder(tx, person_id(2))).await.unwrap();
        assert_eq!(kept.len(), 24);
        assert!(acknowledged.iter().all(|id| kept.iter().any(|one| one.id == *id)));
    });
}
