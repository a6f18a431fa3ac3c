//! What stays: everything of the other, as if the one had never been here, and the lines of the log.

use crate::common::*;
use crate::world::{Out, World};
use borgerportal_both::both;
use borgerportal_service::{ingest, jobs};
use borgerportal_store::leaving::{self, TABLES};
use borgerportal_store::log_seal::{Cursor, check_next};
use borgerportal_store::mandates::audit::{self, Audit, Fault};
use borgerportal_store::testing::TestStore;
use std::collections::BTreeMap;

/// What keeps rows of a municipality that has left, and by how many they may differ: the log, the events of mandates without
/// a word of people, the answers of errands for a week, and files that the sweep has yet to look at twice.
const STAYS: [&str; 6] =
    ["access_log", "access_log_new", "errand", "file_unnamed", "log_batch", "mandate_event"];

fn rows(world: &World) -> BTreeMap<String, i64> {
    let mut rows = world.portal.store.rows();
    rows.retain(|table, _| !STAYS.contains(&table.as_str()));
    rows
}

/// All but the log, which grows by the export itself.
fn but_log(out: Out) -> BTreeMap<String, Vec<u8>> {
    out.files.into_iter().filter(|(name, _)| name != "access-log.ndjson").collect()
}

/// Nothing is wrong with the log, nor with any mandate.
async fn verified(world: &World) {
    jobs::seal(&world.portal.app).await.unwrap();
    let key = world.portal.app.store.keys().log_public_key().to_vec();
    let mut cursor = Cursor::default();
    loop {
        let (key, from) = (key.clone(), cursor.clone());
        let Some(next) = world.portal.read(move |tx| Ok(check_next(tx, &key, &from)?)).await else { break };
        cursor = next;
    }
    assert!(cursor.damage.is_empty() && cursor.lines > 0, "{:?}", cursor.damage);
    let mut audit = Audit::default();
    loop {
        let from = audit.clone();
        let Some(next) = world.portal.read(move |tx| Ok(audit::check_next(tx, &from)?)).await else { break };
        audit = next;
    }
    // Mandates of these tests end in the middle of a day.
    let faults: Vec<_> = audit.faults.iter().filter(|(_, fault)| *fault != Fault::Items).collect();
    assert!(faults.is_empty(), "{faults:?}");
}

#[both]
async fn exactly_one_goes_and_the_other_is_as_it_was(store: TestStore) {
    let world = World::of_randers(store).await;
    let (before, _) = world.export(randers()).await;
    let without = rows(&world);
    world.and_helsingor().await;
    assert_ne!(rows(&world), without);
    assert!(world.erase(helsingor()).await > 20);

    let mut now = rows(&world);
    assert_eq!(now.insert("deletion".to_owned(), 0), Some(1), "it stands on the list");
    assert_eq!(now, without, "every table is as before it came");
    assert_eq!(world.portal.read(|tx| Ok(leaving::left(tx)?)).await, [(randers(), 1)]);
    let opened = world.portal.store.everything_opened().await.join("\n");
    assert!(!opened.contains("HELSINGØR") && opened.contains("RANDERS"));
    assert!(!world.portal.store.clear_text().contains("HELSINGØR"));
    let (after, _) = world.export(randers()).await;
    assert_eq!(but_log(after), but_log(before), "the other's export is the same to the byte");
    assert_eq!(world.export(helsingor()).await.1.journals, 0);
    verified(&world).await;

    let journal = world.portal.journal_of(&world.inger.cpr, randers()).await.unwrap();
    let inger =
        world.portal.as_role(&world.inger, borgerportal_domain::access::Role::Citizen, randers()).await;
    assert_eq!(inger.titles(journal).await.unwrap(), ["RANDERS-SIDST brev"]);
    let item = world.first(&inger, journal).await;
    assert_eq!(inger.file(journal, item).await.unwrap().content, "%PDF-1.7 RANDERS-SIDST".as_bytes());
    assert_eq!(inger.search(journal, "brev").await.unwrap().rows.len(), 1);
}

#[both]
async fn contents_of_its_files_go_at_the_second_look_and_no_others(store: TestStore) {
    let world = World::of_randers(store).await;
    let kept = world.portal.store.file_addresses();
    world.and_helsingor().await;
    let mut gone = world.portal.store.file_addresses();
    gone.retain(|address| !kept.contains(address));
    assert_eq!((kept.len(), gone.len()), (1, 1));
    world.erase(helsingor()).await;
    for _ in 0..3 {
        ingest::sweep(&world.portal.app).await.unwrap();
        world.portal.minutes_later(25 * 60);
    }
    assert!(world.portal.app.files.get(&gone[0]).await.is_err());
    assert!(world.portal.app.files.get(&kept[0]).await.is_ok());
}

#[both]
async fn whoever_stops_it_anywhere_and_begins_again_ends_at_the_same(store: TestStore) {
    for stop in 0..TABLES.len() {
        if stop % 6 != 2 {
            continue;
        }
        let world = World::of_randers(store.another()).await;
        let without = rows(&world);
        world.and_helsingor().await;
        world.portal.write(|tx| Ok(leaving::begin(tx, helsingor())?)).await;
        for table in &TABLES[..=stop] {
            world.portal.write(move |tx| Ok(leaving::slice(tx, helsingor(), table).map(|_| ())?)).await;
        }
        if stop > 2 {
            assert_eq!(world.export(helsingor()).await.1.journals, 0, "its keys went first");
        }
        world.erase(helsingor()).await;
        assert_eq!(world.erase(helsingor()).await, 0, "twice is once");
        let mut now = rows(&world);
        now.insert("deletion".to_owned(), 0);
        assert_eq!(now, without, "stopped after {stop}");
        verified(&world).await;
    }
}

#[both]
async fn people_whom_anybody_else_knows_stay(store: TestStore) {
    let world = World::of_randers(store).await;
    world.and_helsingor().await;
    world.deliver(randers(), crate::world::AT, &[patient_named("u8", cpr_of(8).expose())]).await;
    world.erase(helsingor()).await;
    let known = |number| {
        let cpr = cpr_of(number);
        world.portal.read(move |tx| Ok(borgerportal_store::people::by_cpr(tx, &cpr)?.is_some()))
    };
    for (number, stays) in [(1, true), (2, true), (3, true), (8, true), (9, false)] {
        assert_eq!(known(number).await, stays, "{number}");
    }
}
