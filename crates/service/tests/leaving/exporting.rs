//! What goes out: everything of the one, readable by anybody, and nothing of the other.

use crate::common::*;
use crate::world::World;
use borgerportal_both::both;
use borgerportal_service::leaving::Exported;
use borgerportal_store::keys::sha256;
use borgerportal_store::testing::TestStore;
use serde_json::Value;

#[both]
async fn everything_of_the_one_and_nothing_of_the_other_goes_out(store: TestStore) {
    let world = World::of_randers(store).await;
    world.and_helsingor().await;
    let (out, exported) = world.export(helsingor()).await;
    assert_eq!(exported, Exported { journals: 3, keyless: 0, missing: 0 });
    let text = out.text();
    for marker in ["FØRST brev", "SIDST brev", "SIDST tilstand", "BESKED", "SIDST"] {
        assert!(text.contains(&format!("HELSINGØR-{marker}")), "{marker}");
    }
    assert!(text.contains(world.inger.cpr.expose()) && text.contains(cpr_of(9).expose()));
    assert!(!text.contains("RANDERS"), "another municipality's");
    assert!(!text.contains("KLADDE"), "a draft is its writer's alone");

    let titles = |name: &str| -> Vec<String> {
        let all = out.lines(name);
        all.iter().filter_map(|one| one["description"].as_str()).map(str::to_owned).collect()
    };
    assert_eq!(titles("record.ndjson"), ["HELSINGØR-SIDST brev"]);
    assert_eq!(titles("earlier.ndjson"), ["HELSINGØR-FØRST brev"]);
    let kinds: Vec<Value> =
        out.lines("record.ndjson").iter().map(|one| one["resourceType"].clone()).collect();
    for kind in ["Patient", "DocumentReference", "Condition", "Communication"] {
        assert!(kinds.iter().any(|one| one == kind), "{kind} in {kinds:?}");
    }
    let written = out.lines("written-here.ndjson");
    assert!(written.len() == 1 && written[0]["by"] == world.mette.id.to_string(), "{written:?}");
    assert!(out.lines("told.ndjson").iter().any(|one| !one["notTakenYet"].is_null()), "it waits");

    let files = out.lines("files.ndjson");
    assert_eq!(files.len(), 1, "the newest version's");
    let (name, content) = out.files.iter().find(|(name, _)| name.contains("/files/")).unwrap();
    assert!(name.ends_with(files[0]["file"].as_str().unwrap()));
    assert_eq!(content, "%PDF-1.7 HELSINGØR-SIDST".as_bytes());
    let hash = format!("{:02x?}", sha256(content)).replace(['[', ']', ',', ' '], "");
    assert_eq!(files[0]["sha256"], *hash);
}

#[both]
async fn mandates_that_count_only_elsewhere_stay_at_home(store: TestStore) {
    let world = World::of_randers(store).await;
    world.and_helsingor().await;
    for (municipality, holders) in
        [(helsingor(), [&world.mette, &world.karl]), (randers(), [&world.mette, &world.karl])]
    {
        let (out, _) = world.export(municipality).await;
        let mandates = out.lines("mandates.ndjson");
        let of: Vec<String> = mandates.iter().map(|one| one["holder"].as_str().unwrap().to_owned()).collect();
        assert_eq!(of.len(), 2, "the one that counts everywhere, and its own: {of:?}");
        for holder in holders {
            assert!(of.contains(&holder.id.to_string()));
            let name = holder.name.full();
            assert!(out.lines("people.ndjson").iter().any(|one| one["name"] == *name), "{name}");
            assert!(!out.text().contains(holder.cpr.expose()), "a helper's number is nobody's matter");
        }
    }
}

#[both]
async fn its_lines_of_the_log_go_out_and_the_citizen_reads_that_they_did(store: TestStore) {
    let world = World::of_randers(store).await;
    let journal = world.and_helsingor().await;
    let (out, _) = world.export(helsingor()).await;
    let lines = out.lines("access-log.ndjson");
    let of = |object: &str| lines.iter().filter(|one| one["line"]["object"] == object).count();
    assert_eq!(of("export"), 3, "a line for each journal");
    assert!(of("messages") > 0);
    assert!(lines.iter().all(|one| one["line"]["municipality"] == 217 && one["seal"]["salt"].is_string()));
    let log = world.portal.as_citizen(&world.inger).await.log(journal).await.unwrap();
    assert!(log.iter().any(|line| line == "? export shown"), "{log:?}");
}

#[both]
async fn no_more_than_a_page_is_held(store: TestStore) {
    let world = World::of_randers(store).await;
    let many: Vec<Value> = (0..120)
        .map(|number| letter(&world.inger, &format!("m{number}"), &format!("Brev {number}"), "2026-09-01"))
        .chain([patient(&world.inger)])
        .collect();
    world.deliver(helsingor(), crate::world::AT, &many).await;
    let (out, _) = world.export(helsingor()).await;
    assert_eq!(out.lines("record.ndjson").len(), 121);
    let largest = out.lines("sources.ndjson").len();
    assert!(
        largest == 121 && out.largest == largest,
        "names of things are small; resources come by the page"
    );
}

#[both]
async fn a_file_that_is_gone_is_counted_and_not_made_up(store: TestStore) {
    let world = World::of_randers(store).await;
    world.and_helsingor().await;
    for address in world.portal.store.file_addresses() {
        world.portal.app.files.remove(&address).await.unwrap();
    }
    let (out, exported) = world.export(helsingor()).await;
    assert_eq!(exported.missing, 1);
    assert!(
        out.lines("files.ndjson")[0]["missing"] == true
            && !out.files.keys().any(|name| name.contains("/files/"))
    );
}
