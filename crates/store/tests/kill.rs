//! Nothing acknowledged is lost when the process is killed at any moment under load, on either engine.

#![expect(
    clippy::unwrap_used,
    clippy::needless_pass_by_value,
    clippy::print_stdout,
    reason = "a test stops where it is surprised, and says what it found"
)]

mod common;

use borgerportal_both::both;
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::{Store, StoreError, sessions};
use common::*;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Writers at once.
const WRITERS: u8 = 16;
/// Kills in `./test`; the soak does many more.
const KILLS: u32 = 20;

/// The process that is killed: writes as fast as it can and says so after each acknowledgement. It is this
/// test program, started again with a place to write to.
#[test]
fn child_that_writes_until_it_is_killed() {
    #[expect(clippy::disallowed_methods, reason = "the parent test tells its child where to write")]
    let Ok(place) = std::env::var("PORTAL_CHILD_STORE") else { return };
    let (location, key_file) = place.split_once('|').unwrap();
    let keys = borgerportal_store::keys::KeyRing::parse(&std::fs::read_to_string(key_file).unwrap()).unwrap();
    let options = borgerportal_store::Options {
        location: borgerportal_store::Location::parse(location).unwrap(),
        threads: 4,
        node: "child".to_owned(),
    };
    let store = Store::open(&options, keys).unwrap();
    borgerportal_store::testing::block_on(async move {
        for writer in 0..WRITERS {
            let store = store.clone();
            tokio::spawn(async move {
                loop {
                    let hash: [u8; 32] = store.random().unwrap();
                    let id = store.errand_id(NOW).unwrap();
                    let keep = move |tx: &borgerportal_store::tx::Tx<'_>| {
                        sessions::open(tx, &hash, &session(person_id(writer), NOW))
                    };
                    if store.write::<_, StoreError, _>(NOW, id, keep).await.is_ok() {
                        let hex = uuid::Uuid::from_slice(&hash[..16]).unwrap().simple().to_string()
                            + &uuid::Uuid::from_slice(&hash[16..]).unwrap().simple().to_string();
                        let mut out = std::io::stdout().lock();
                        writeln!(out, "\nACK {hex}").and_then(|()| out.flush()).unwrap();
                    }
                }
            });
        }
        tokio::time::sleep(Duration::from_mins(1)).await;
    });
}

#[both]
fn what_was_acknowledged_survives_kill_9_under_load(store: TestStore) {
    let key_file = store.directory().join("keys.json");
    std::fs::write(&key_file, store.key_file()).unwrap();
    let location = match store.location() {
        borgerportal_store::Location::Sqlite(path) => format!("sqlite:{}", path.display()),
        borgerportal_store::Location::Postgres(url) => url.clone(),
    };
    let engine = if store.is_sqlite() { "sqlite" } else { "postgres" };
    let (mut acknowledged, kills) = (0, kills());
    for round in 0..kills {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child_that_writes_until_it_is_killed", "--nocapture"])
            .env("PORTAL_CHILD_STORE", format!("{location}|{}", key_file.display()))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut acks = Vec::new();
        let wanted = 20 + 13 * (round % 40) as usize;
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            if let Some(hex) = line.unwrap().strip_prefix("ACK ") {
                acks.push(hash(hex));
            }
            if acks.len() == wanted {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        assert!(acks.len() >= wanted, "round {round}: the child wrote");
        acknowledged += acks.len();
        let missing = borgerportal_store::testing::block_on(missing(&store, acks));
        assert_eq!(missing, 0, "round {round}: acknowledged writes are gone");
        if (round + 1) % 50 == 0 {
            println!("kills {engine}: {} of {kills}", round + 1);
        }
    }
    assert!(acknowledged > 500, "{acknowledged} acknowledged writes in {kills} rounds");
    println!(
        "RESULT kills {engine}: {kills} processes killed under load, {acknowledged} acknowledged writes, 0 lost"
    );
}

/// How many processes are killed; the soak says more.
#[expect(clippy::disallowed_methods, reason = "the soak says how many")]
fn kills() -> u32 {
    std::env::var("PORTAL_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(KILLS)
}

fn hash(hex: &str) -> [u8; 32] {
    std::array::from_fn(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap())
}

async fn missing(store: &TestStore, acks: Vec<[u8; 32]>) -> usize {
    let store = store.another_node("reader");
    store
        .read::<_, StoreError, _>(NOW, move |tx| {
            let mut missing = 0;
            for hash in &acks {
                missing += usize::from(sessions::session(tx, hash)?.is_none());
            }
            Ok(missing)
        })
        .await
        .unwrap()
}
