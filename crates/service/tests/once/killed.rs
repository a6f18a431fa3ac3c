//! The process is killed while people press their buttons and while the record system is told: nothing that was acknowledged
//! is lost, and nothing is told twice. A form whose answer never came is sent again, as a browser does.

use crate::common::{MemoryBroker, MemoryRegister, app_of, places};
use crate::deeds::{Deed, World, press, settings};
use crate::partner::{TROUBLES, way};
use borgerportal_both::both;
use borgerportal_domain::time::Timestamp;
use borgerportal_partners::Files;
use borgerportal_service::outgoing::send_due;
use borgerportal_service::{App, Clock};
use borgerportal_store::keys::KeyRing;
use borgerportal_store::testing::{TestStore, block_on};
use borgerportal_store::{Location, Options, Store};
use serde::{Deserialize, Serialize};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const CLIENTS: usize = 64;
/// People of one round, each with three things to do.
const PEOPLE: usize = 22;
/// Processes that are killed in one round before all is done.
const KILLS_A_ROUND: usize = 3;
/// Kills in `./test`; the soak does many more.
const KILLS: usize = KILLS_A_ROUND;
const CHILD: &str = "killed::child_that_works_until_it_is_killed";

/// What the process that is killed has to do.
#[derive(Serialize, Deserialize)]
struct Work {
    location: String,
    keys: String,
    now_ms: i64,
    /// Where the record system is.
    partner: String,
    deeds: Vec<Deed>,
}

impl Work {
    fn app(&self) -> App {
        let location = Location::parse(&self.location).unwrap();
        let options = Options { location, threads: 4, node: "child".to_owned() };
        let store = Store::open(&options, KeyRing::parse(&self.keys).unwrap()).unwrap();
        let clock = Clock::system();
        clock.set(Timestamp::from_millis(self.now_ms));
        let around = (Arc::new(MemoryBroker::new()), Arc::new(MemoryRegister::default()));
        app_of(store, (Files::in_memory(), clock, places(&settings())), around)
    }
}

/// It is this test program, started again with work to do: 64 clients press what is to be pressed, and it says so after each
/// acknowledgement; beside them the record system is told, until the process is killed.
#[test]
fn child_that_works_until_it_is_killed() {
    #[expect(clippy::disallowed_methods, reason = "the parent test tells its child what to do")]
    let Ok(file) = std::env::var("PORTAL_CHILD_WORK") else { return };
    let work: Arc<Work> = Arc::new(serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap());
    let app = work.app();
    block_on(async move {
        let next = Arc::new(AtomicUsize::new(0));
        for _ in 0..CLIENTS {
            let (app, work, next) = (app.clone(), work.clone(), next.clone());
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    let Some(deed) = work.deeds.get(number) else { return };
                    press(&app, deed, deed.form).await.unwrap();
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "\nACK {number}").and_then(|()| out.flush()).unwrap();
                }
            });
        }
        let way = way(&work.partner, 400);
        loop {
            // One that met too many others goes on at its next round.
            let _ = send_due(&app, &way).await;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    });
}

/// Starts the process, kills it when so many were acknowledged, and returns which.
fn let_it_work(file: &Path, work: &Work, wanted: usize) -> Vec<usize> {
    std::fs::write(file, serde_json::to_vec(work).unwrap()).unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", CHILD, "--nocapture"])
        .env("PORTAL_CHILD_WORK", file)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged = Vec::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        if let Some(number) = line.unwrap().strip_prefix("ACK ") {
            acknowledged.push(number.parse().unwrap());
            if acknowledged.len() == wanted {
                child.kill().unwrap();
            }
        }
    }
    child.wait().unwrap();
    assert!(acknowledged.len() >= wanted, "the child worked");
    acknowledged
}

/// One round: people come, processes are killed under them until all is acknowledged. Returns how many were killed.
async fn round(world: &mut World, (store, killed): (&TestStore, usize)) -> usize {
    let mut open = Vec::new();
    for _ in 0..PEOPLE {
        open.extend(world.somebody().await);
    }
    let share = open.len() / KILLS_A_ROUND;
    let mut kills = 0;
    while !open.is_empty() {
        let trouble = TROUBLES[(killed + kills) % TROUBLES.len()];
        let work = Work {
            location: location(store),
            keys: store.key_file().to_owned(),
            now_ms: world.portal.now().millis(),
            partner: world.partner.has(trouble).await,
            deeds: open.clone(),
        };
        let (file, wanted): (PathBuf, usize) = (store.directory().join("work.json"), share.min(open.len()));
        let work = tokio::task::spawn_blocking(move || let_it_work(&file, &work, wanted));
        let mut done = work.await.unwrap();
        // What was not acknowledged is pressed again, with the same form; what was, never.
        done.sort_unstable();
        for number in done.into_iter().rev() {
            open.remove(number);
        }
        kills += 1;
    }
    kills
}

fn location(store: &TestStore) -> String {
    match store.location() {
        Location::Sqlite(path) => format!("sqlite:{}", path.display()),
        Location::Postgres(url) => url.clone(),
    }
}

#[both]
async fn what_is_acknowledged_is_done_and_told_once_when_the_process_is_killed(store: TestStore) {
    let engine = if store.is_sqlite() { "sqlite" } else { "postgres" };
    let mut world = World::on(store.clone()).await;
    let (mut killed, mut told, mut sent, wanted) = (0, 0, 0, how_many());
    while killed < wanted {
        killed += round(&mut world, (&store, killed)).await;
        world.settle().await;
        let (these, calls) = world.each_was_told_once();
        (told, sent) = (told + these, sent + calls);
        world.begin_anew().await;
        println!("told {engine}: {killed} of {wanted} killed");
    }
    println!(
        "RESULT told {engine}: {killed} processes killed while {CLIENTS} clients pressed their buttons, {told} acknowledged \
         deeds, each told once in {sent} calls of the record system, 0 lost, 0 twice"
    );
}

/// How many processes are killed; the soak says more.
#[expect(clippy::disallowed_methods, reason = "the soak says how many")]
fn how_many() -> usize {
    std::env::var("PORTAL_TOLD").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS)
}
