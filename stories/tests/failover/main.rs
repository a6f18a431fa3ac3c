//! The database server dies under load and another takes over. `cargo run -p xtask -- soak --only failover` starts a
//! pair of PostgreSQL servers, of which the second has everything the first has answered, and says how the first is
//! killed and the second promoted. Without a pair there is nothing to prove here.

#![expect(clippy::unwrap_used, reason = "a story stops where it is surprised")]

use borgerportal_domain::access::{Level, Role};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_service::App;
use borgerportal_store::sessions::{self, Session};
use borgerportal_store::testing;
use borgerportal_store::tx::Tx;
use borgerportal_store::{Conflict, StoreError};
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{HELSINGOR, INGER, METTE, Visitor, World, how_many};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Writers at once.
const WRITERS: usize = 12;
/// Nobody waits longer for the portal to be itself again.
const PATIENCE: Duration = Duration::from_mins(2);

/// What the busy have done.
#[derive(Default)]
struct Done {
    /// Hashes whose write was acknowledged.
    kept: Mutex<Vec<[u8; 32]>>,
    /// Writes that had to be asked for again.
    again: AtomicUsize,
    enough: AtomicBool,
}

/// Keeps sessions, each until it is acknowledged, under one errand id. The row's key is its own, so that a write done
/// twice would be a conflict.
async fn write(app: App, person: PersonId, done: Arc<Done>) {
    while !done.enough.load(Ordering::Relaxed) {
        let now = app.clock.now();
        let (hash, id): ([u8; 32], _) = (app.store.random().unwrap(), app.store.errand_id(now).unwrap());
        let session = Session {
            person,
            role: Role::Citizen,
            municipality: MunicipalityCode::parse(HELSINGOR),
            level: Level::Substantial,
            authenticated_at: now,
            created_at: now,
            seen_at: now,
            ends_at: now.plus_minutes(60),
            csrf: hash,
        };
        loop {
            let session = session.clone();
            let kept = app
                .store
                .write::<_, StoreError, _>(now, id, move |tx| sessions::open(tx, &hash, &session))
                .await;
            match kept {
                Ok(()) => break done.kept.lock().unwrap().push(hash),
                Err(StoreError::Conflict(Conflict::Taken)) => panic!("one errand was done twice"),
                Err(_) => {
                    done.again.fetch_add(1, Ordering::Relaxed);
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            }
        }
    }
}

/// Waits until so many more writes are acknowledged.
async fn more(done: &Done, writes: usize) {
    let (before, started) = (done.kept.lock().unwrap().len(), Instant::now());
    while done.kept.lock().unwrap().len() < before + writes {
        assert!(started.elapsed() < PATIENCE, "nobody writes any more");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn run(command: &str) {
    let mut words = command.split(' ');
    let ran = Command::new(words.next().unwrap()).args(words).output().unwrap();
    assert!(ran.status.success(), "{command}: {}", String::from_utf8_lossy(&ran.stderr));
}

/// The list as Mette sees it, or the page that says that something is wrong with us: never anything else.
async fn shown(mette: &Visitor) -> bool {
    let page = mette.at("/documents").await;
    match page.status {
        200 => page.words().contains("Brev til Inger"),
        500 | 503 => {
            assert!(!page.words().contains("Brev til Inger") && !page.h1().is_empty(), "{}", page.words());
            false
        }
        other => panic!("{other}: {}", page.words()),
    }
}

async fn missing(app: &App, hashes: Vec<[u8; 32]>) -> usize {
    let count = move |tx: &Tx<'_>| {
        let there = |hash| sessions::session(tx, hash).map(|found| usize::from(found.is_none()));
        hashes.iter().map(there).sum::<Result<usize, StoreError>>()
    };
    app.store.read::<_, StoreError, _>(app.clock.now(), count).await.unwrap()
}

async fn portal() -> (World, Visitor) {
    let (world, record) =
        World::with_inger(tokio::task::spawn_blocking(testing::postgres).await.unwrap()).await;
    let letters = [patient(&INGER), letter(&INGER, "d1", "Brev til Inger", "2026-10-01")];
    record.delivers(&bundle("transaction", "2026-10-03T10:00:00Z", &letters)).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    (world, mette)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::disallowed_methods, reason = "the soak says where the pair is")]
async fn nothing_acknowledged_is_lost_when_another_server_takes_over() {
    let Ok(kill) = std::env::var("PORTAL_FAILOVER_KILL") else { return };
    let promote = std::env::var("PORTAL_FAILOVER_PROMOTE").unwrap();
    let ((world, mette), writes) = (portal().await, how_many("PORTAL_FAILOVER", 2_000));
    let (done, person) = (Arc::new(Done::default()), world.id_of(&METTE).await);
    let busy: Vec<_> =
        (0..WRITERS).map(|_| tokio::spawn(write(world.app.clone(), person, done.clone()))).collect();
    more(&done, writes).await;
    assert!(shown(&mette).await);
    run(&format!("kill -9 {kill}"));
    let died = Instant::now();
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(!shown(&mette).await, "a page whose log line is nowhere");
    run(&promote);
    let promoted = Instant::now();
    while !shown(&mette).await {
        assert!(promoted.elapsed() < PATIENCE, "the portal does not come back");
    }
    let back = promoted.elapsed();
    more(&done, writes).await;
    done.enough.store(true, Ordering::Relaxed);
    for writer in busy {
        writer.await.unwrap();
    }
    let kept = done.kept.lock().unwrap().clone();
    let (all, lost) = (kept.len(), missing(&world.app, kept).await);
    assert_eq!(lost, 0, "of {all} acknowledged writes");
    println!(
        "RESULT failover postgres: {all} acknowledged writes by {WRITERS} at once, 0 lost, none twice, {} asked again; \
         first server killed under load, second promoted {} ms later, pages again {} ms after that",
        done.again.load(Ordering::Relaxed),
        (promoted - died).as_millis(),
        back.as_millis()
    );
}
