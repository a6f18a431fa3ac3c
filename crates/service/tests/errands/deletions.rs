//! Deletion by law: nothing of the content stays, in the item itself, its history, its words, its file rows, or
//! the reports that repeat it; and nothing that old ever comes back.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_fhir::state::fold;
use borgerportal_service::ingest::Counts;
use borgerportal_store::testing::TestStore;
use serde_json::Value;

const FIRST: &str = "2026-09-01T10:00:00Z";
const SECOND: &str = "2026-09-02T10:00:00Z";
const THIRD: &str = "2026-09-03T10:00:00Z";
const FOURTH: &str = "2026-09-04T10:00:00Z";

#[both]
async fn content_history_words_and_file_rows_are_gone(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let brev = |title: &str| with_pdf(letter(&inger, "d1", title, "2026-09-01"), PDF);
    portal.deliver(&bundle("transaction", FIRST, &[patient(&inger), brev("Brev om krykker")])).await;
    portal.deliver(&bundle("transaction", SECOND, &[patient(&inger), brev("Brev om stok")])).await;
    let counts = portal.deliver(&deletion(THIRD, "DocumentReference/d1")).await;
    assert_eq!(counts, Counts { deleted: 1, ..Counts::default() });
    let rows = portal.store.rows();
    for table in ["record_history", "record_file", "record_original"] {
        assert_eq!(rows[table], 0, "{table}");
    }
    for table in ["record_item", "record_body", "record_search"] {
        assert_eq!(rows[table], 1, "{table}: the Patient alone");
    }
    assert_eq!(rows["deletion"], 1);
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let reader = portal.as_citizen(&inger).await;
    for old in [FIRST, SECOND, THIRD] {
        portal.deliver(&bundle("transaction", old, &[patient(&inger), brev("Brev om stok")])).await;
        assert!(reader.titles(journal).await.unwrap().is_empty(), "{old} is not newer than the deletion");
    }
    portal.deliver(&bundle("transaction", FOURTH, &[patient(&inger), brev("Nyt brev")])).await;
    assert_eq!(reader.titles(journal).await.unwrap(), ["Nyt brev"], "a strictly newer one is new");
}

#[both]
async fn a_deletion_before_anything_came_keeps_it_out(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal.deliver(&deletion(SECOND, "CarePlan/wash")).await;
    let old = report("r", FIRST, &[patient(&inger), condition(&inger, "walk"), care_plan(&inger, "wash")]);
    portal.deliver(&old).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let reader = portal.as_citizen(&inger).await;
    let texts = portal.texts(&reader, journal).await;
    assert!(texts.len() == 1 && !texts[0].contains("hygiejne"), "{texts:?}");
    portal.is_as(&fold([&delivery(&deletion(SECOND, "CarePlan/wash")), &delivery(&old)]), "tombstone").await;
}

#[both]
async fn reports_that_repeat_it_lose_it_for_good(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let plan = |text: &str| {
        let mut plan = care_plan(&inger, "wash");
        plan["activity"][0]["detail"]["description"] = text.into();
        plan
    };
    let with =
        |at: &str, text: &str| report("r", at, &[patient(&inger), condition(&inger, "walk"), plan(text)]);
    let bundles = [
        with(FIRST, "HEMMELIG gammel tekst"),
        with(SECOND, "HEMMELIG nyere tekst"),
        deletion(THIRD, "CarePlan/wash"),
    ];
    for bundle in &bundles {
        portal.deliver(bundle).await;
    }
    portal.is_as(&fold(&bundles.iter().map(delivery).collect::<Vec<_>>()), "deleted").await;
    for text in portal.store.everything_opened().await {
        assert!(!text.contains("HEMMELIG"), "a copy was kept: {text}");
    }
    // Coming back newer, it stands where it is told of anew, not where it was deleted.
    let back = report("s", FOURTH, &[patient(&inger), plan("Tekst som den er nu")]);
    portal.deliver(&back).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let reader = portal.as_citizen(&inger).await;
    let texts = portal.texts(&reader, journal).await;
    assert_eq!(texts.iter().filter(|text| text.contains("Tekst som den er nu")).count(), 2, "{texts:?}");
    assert_eq!(texts.len(), 3, "both reports, and the instruction: {texts:?}");
}

#[both]
async fn whatever_the_order_the_end_is_the_same(store: TestStore) {
    let orders: [[usize; 4]; 6] =
        [[0, 1, 2, 3], [3, 2, 1, 0], [0, 2, 1, 3], [2, 0, 3, 1], [1, 3, 0, 2], [3, 0, 2, 1]];
    for (number, order) in (1_000..).zip(orders) {
        let portal = Portal::open(store.clone());
        let inger = portal.person(number, "Inger", "1943-05-12").await;
        let id = |name: &str| format!("{name}-{number}");
        let with = |report_id: &str, at: &str, text: &str| {
            let plan = with_note(care_plan(&inger, &id("wash")), text);
            report(&id(report_id), at, &[patient(&inger), condition(&inger, &id("walk")), plan])
        };
        let bundles: [Value; 4] = [
            with("a", FIRST, "først"),
            deletion(SECOND, &format!("CarePlan/{}", id("wash"))),
            with("b", THIRD, "senere"),
            report(&id("c"), FIRST, &[patient(&inger), wrong(condition(&inger, &id("walk")))]),
        ];
        for at in order {
            portal.deliver(&bundles[at]).await;
        }
        let state = fold(&bundles.iter().map(delivery).collect::<Vec<_>>());
        let reader = portal.as_citizen(&inger).await;
        portal.reads_as(&reader, &inger.cpr, &state, &format!("{order:?}")).await;
    }
}

#[both]
async fn a_form_that_comes_anew_after_an_older_deletion_is_read_in_its_document(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let skema = with_form(document(&inger, "d", "assessment", "Udredning", "2026-09-01"), "f");
    portal.deliver(&deletion(FIRST, "QuestionnaireResponse/f")).await;
    // The document stands before its form in the delivery.
    let said = bundle("transaction", SECOND, &[patient(&inger), skema, form(&inger, "f", "Sover godt")]);
    portal.deliver(&said).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let reader = portal.as_citizen(&inger).await;
    assert_eq!(portal.texts(&reader, journal).await, ["Udredning: Skema | Søvn | Sover godt"]);
}
