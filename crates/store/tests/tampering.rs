//! Whatever somebody with the database but without the keys does to the sealed log is found by `log verify`. The store
//! has no way to change a line; these tests go behind its back.

#![expect(clippy::unwrap_used, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_store::log_seal::{self, Cursor, Damage};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::{Store, StoreError};
use common::*;

/// Two nodes, three batches of four lines each, in turn.
async fn sealed_by_two(store: &TestStore) {
    let journal = set_up(store, 1).await;
    let other = store.another_node("zebra:2");
    for node in [&store.store(), &other, &store.store(), &other, &store.store(), &other] {
        for _ in 0..4 {
            lines(node, journal).await;
        }
        seal(node).await;
    }
}

async fn seal(node: &Store) {
    let id = node.errand_id(NOW).unwrap();
    assert_eq!(node.write::<_, StoreError, _>(NOW, id, log_seal::seal).await.unwrap(), 4);
}

async fn damage(store: &TestStore) -> Vec<Damage> {
    let key = store.keys().log_public_key().to_vec();
    let mut cursor = Cursor::default();
    loop {
        let (at, key) = (cursor.clone(), key.clone());
        let next = store.read::<_, StoreError, _>(NOW, move |tx| log_seal::check_next(tx, &key, &at)).await;
        match next.unwrap() {
            Some(next) => cursor = next,
            None => return cursor.damage,
        }
    }
}

fn of_lines(number: i64) -> Damage {
    Damage::Lines("test-node".to_owned(), number)
}

fn of_chain(number: i64) -> Damage {
    Damage::Chain("test-node".to_owned(), number)
}

fn of_signature(number: i64) -> Damage {
    Damage::Signature("test-node".to_owned(), number)
}

fn gone(number: i64) -> Damage {
    Damage::Gone("test-node".to_owned(), number)
}

/// What is done to the second batch of the first node or to its end, and what must be among what is found.
fn ways() -> Vec<(&'static str, Damage)> {
    vec![
        (
            "UPDATE access_log SET line = replace(line, 'shown', 'done') WHERE {lines} AND position = 2",
            of_lines(2),
        ),
        ("UPDATE access_log SET line = 'nothing' WHERE {lines} AND position = 2", of_lines(2)),
        ("UPDATE access_log SET salt = id WHERE {lines} AND position = 2", of_lines(2)),
        ("UPDATE access_log SET salt = CAST('short' AS BYTEA) WHERE {lines} AND position = 2", of_lines(2)),
        ("UPDATE access_log SET citizen = salt WHERE {lines} AND position = 2", of_lines(2)),
        ("UPDATE access_log SET municipality = 999 WHERE {lines} AND position = 2", of_lines(2)),
        ("UPDATE access_log SET actor = salt WHERE {lines} AND position = 2", of_lines(2)),
        ("UPDATE access_log SET at = at + 1 WHERE {lines} AND position = 2", of_lines(2)),
        ("UPDATE access_log SET id = salt WHERE {lines} AND position = 2", of_lines(2)),
        ("UPDATE access_log SET position = 7 - position WHERE {lines}", of_lines(2)),
        ("UPDATE access_log SET batch = 1, position = 9 WHERE {lines} AND position = 2", of_lines(1)),
        ("UPDATE access_log SET node = 'zebra:2' WHERE {lines} AND position = 2", of_lines(2)),
        ("DELETE FROM access_log WHERE {lines} AND position = 3", of_lines(2)),
        ("DELETE FROM access_log WHERE {lines}", of_lines(2)),
        ("UPDATE log_batch SET root = chain WHERE {batch}", of_lines(2)),
        ("UPDATE log_batch SET lines = 3 WHERE {batch}", of_lines(2)),
        ("UPDATE log_batch SET lines = 3 WHERE {batch}", of_signature(2)),
        ("UPDATE log_batch SET chain = root WHERE {batch}", of_chain(2)),
        ("UPDATE log_batch SET chain = root WHERE {batch}", gone(2)),
        ("UPDATE log_batch SET at = at + 1 WHERE {batch}", of_signature(2)),
        ("UPDATE log_batch SET others = '' WHERE {batch}", of_signature(2)),
        ("UPDATE log_batch SET signature = root WHERE {batch}", of_signature(2)),
        ("UPDATE log_batch SET number = 9 WHERE {batch}", of_chain(3)),
        ("DELETE FROM log_batch WHERE {batch}", of_chain(3)),
        // The newest lines with their batch: the chain that is left is whole, but another node has seen its end.
        (
            "DELETE FROM access_log WHERE node = 'test-node' AND batch = 3; \
          DELETE FROM log_batch WHERE node = 'test-node' AND number = 3",
            gone(3),
        ),
        (
            "DELETE FROM access_log WHERE node = 'test-node'; DELETE FROM log_batch WHERE node = 'test-node'",
            gone(1),
        ),
    ]
}

#[both]
async fn every_way_of_tampering_is_found(store: TestStore) {
    for (change, expected) in ways() {
        let store = store.another();
        sealed_by_two(&store).await;
        assert_eq!(damage(&store).await, [], "before anybody touched it");
        let change = change.replace("{batch}", "node = 'test-node' AND number = 2");
        let change = change.replace("{lines}", "node = 'test-node' AND batch = 2");
        store.tamper(&if store.is_sqlite() { change.replace("BYTEA", "BLOB") } else { change.clone() });
        let found = damage(&store).await;
        assert!(found.contains(&expected), "{change}: {found:?}");
    }
}

#[both]
async fn another_installations_keys_vouch_for_nothing(store: TestStore) {
    sealed_by_two(&store).await;
    let key = store.another().keys().log_public_key().to_vec();
    let first = move |tx: &borgerportal_store::tx::Tx<'_>| log_seal::check_next(tx, &key, &Cursor::default());
    let cursor = store.read::<_, StoreError, _>(NOW, first).await.unwrap().unwrap();
    assert_eq!(cursor.damage, [of_signature(1)]);
}
