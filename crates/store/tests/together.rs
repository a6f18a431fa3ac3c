//! Reads that share a snapshot, and reads that must not wait for one another.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod common;

use borgerportal_both::both;
use borgerportal_store::keys::KeyRing;
use borgerportal_store::testing::{NOW, TestStore, block_on, sqlite};
use borgerportal_store::tx::Tx;
use borgerportal_store::{Options, Store, StoreError, people};
use common::{grant, lines, person, person_id, set_up};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use tokio::task::JoinHandle;

/// The same data through one single reader thread: what waits for it is read together.
fn one_reader(store: &TestStore) -> Store {
    let keys = KeyRing::parse(store.key_file()).unwrap();
    let location = store.location().clone();
    Store::open(&Options { location, threads: 1, node: "one-reader".to_owned() }, keys).unwrap()
}

/// Occupies a thread until the sender says so, or is dropped.
fn occupy(store: &Store, heavy: bool) -> (Sender<()>, JoinHandle<Result<(), StoreError>>) {
    let (go, wait) = channel();
    let wait = Arc::new(Mutex::new(wait));
    let errand = move |_: &Tx<'_>| {
        let _ = wait.lock().unwrap().recv();
        Ok(())
    };
    let store = store.clone();
    let run = async move {
        if heavy { store.read_heavy(NOW, errand).await } else { store.read(NOW, errand).await }
    };
    (go, tokio::spawn(run))
}

fn ask<T: Send + 'static>(
    store: &Store,
    errand: impl Fn(&Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> JoinHandle<Result<T, StoreError>> {
    let store = store.clone();
    tokio::spawn(async move { store.read(NOW, errand).await })
}

/// Lets everything that was spawned reach its queue.
async fn settle() {
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
}

#[test]
fn whoever_asks_after_a_write_was_acknowledged_sees_it_also_in_company() {
    let store = sqlite();
    block_on(async {
        set_up(&store, 0).await;
        let reader = one_reader(&store);
        let (go, occupied) = occupy(&reader, false);
        settle().await;
        let known = |tx: &Tx<'_>| Ok(people::person(tx, person_id(9))?.is_some());
        let before: Vec<_> = (0..3).map(|_| ask(&reader, known)).collect();
        settle().await;
        let id = store.errand_id(NOW).unwrap();
        store.write::<_, StoreError, _>(NOW, id, |tx| people::save(tx, &person(9))).await.unwrap();
        let after: Vec<_> = (0..3).map(|_| ask(&reader, known)).collect();
        settle().await;
        go.send(()).unwrap();
        occupied.await.unwrap().unwrap();
        for asked in before {
            asked.await.unwrap().unwrap();
        }
        for asked in after {
            assert!(asked.await.unwrap().unwrap(), "a snapshot older than the question");
        }
    });
}

#[test]
fn one_that_panics_costs_its_company_neither_answer_nor_line() {
    let store = sqlite();
    block_on(async {
        let journal = set_up(&store, 0).await;
        let before = lines(&store, journal).await.len();
        let reader = one_reader(&store);
        let (go, occupied) = occupy(&reader, false);
        settle().await;
        let asked: Vec<_> = (0..4)
            .map(|number| {
                ask(&reader, move |tx| {
                    grant(tx, journal, person_id(1))?;
                    assert_ne!(number, 1, "this one panics");
                    Ok(number)
                })
            })
            .collect();
        settle().await;
        go.send(()).unwrap();
        occupied.await.unwrap().unwrap();
        for (number, asked) in asked.into_iter().enumerate() {
            let answer = asked.await.unwrap();
            if number == 1 {
                assert!(matches!(answer, Err(StoreError::Panicked)));
            } else {
                assert_eq!(answer.unwrap(), number);
            }
        }
        let written = lines(&store, journal).await.len() - before;
        assert_eq!(written, 5, "four questions, also the one that broke off, and the look before");
    });
}

#[test]
fn each_question_of_a_snapshot_counts_its_own_ids() {
    let store = sqlite();
    block_on(async {
        let reader = one_reader(&store);
        let (go, occupied) = occupy(&reader, false);
        settle().await;
        let asked: Vec<_> = (0..8).map(|_| ask(&reader, |tx| Ok(tx.mint()))).collect();
        settle().await;
        drop(go);
        occupied.await.unwrap().unwrap();
        let mut ids = Vec::new();
        for asked in asked {
            ids.push(asked.await.unwrap().unwrap());
        }
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 8);
    });
}

#[both]
async fn a_long_search_keeps_neither_another_search_nor_a_page_waiting(store: TestStore) {
    let journal = set_up(&store, 1).await;
    let (go, occupied) = occupy(&store, true);
    settle().await;
    let search = move |tx: &Tx<'_>| grant(tx, journal, person_id(1)).map(|_| ());
    store.read_heavy::<_, StoreError, _>(NOW, search).await.unwrap();
    store.read::<_, StoreError, _>(NOW, search).await.unwrap();
    drop(go);
    occupied.await.unwrap().unwrap();
}
