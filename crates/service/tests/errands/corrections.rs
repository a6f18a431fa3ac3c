//! Corrections, with deliveries of our own: what is withdrawn disappears everywhere, what comes back comes back
//! everywhere, nobody's entries mix, and journals close and open.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_fhir::state::fold;
use borgerportal_service::ingest::Counts;
use borgerportal_store::testing::TestStore;
use serde_json::{Value, json};

const FIRST: &str = "2026-09-01T10:00:00Z";
const SECOND: &str = "2026-09-02T10:00:00Z";
const THIRD: &str = "2026-09-03T10:00:00Z";

/// Delivers in this order and compares with the reference; returns how the citizen reads it.
async fn after(portal: &Portal, who: &Somebody, bundles: &[&Value]) -> Vec<String> {
    for bundle in bundles {
        portal.deliver(bundle).await;
    }
    let state = fold(&bundles.iter().map(|bundle| delivery(bundle)).collect::<Vec<_>>());
    portal.is_as(&state, "ours").await;
    let reader = portal.as_citizen(who).await;
    portal.reads_as(&reader, &who.cpr, &state, "ours").await;
    let journal = portal.journal_of(&who.cpr, helsingor()).await.unwrap();
    portal.texts(&reader, journal).await
}

#[both]
async fn a_retraction_of_the_same_time_wins_whichever_comes_first(store: TestStore) {
    for turn in 0..2 {
        let portal = Portal::open(store.another());
        let inger = portal.person(1001, "Inger", "1943-05-12").await;
        let said =
            report("one", FIRST, &[patient(&inger), condition(&inger, "walk"), encounter(&inger, "v")]);
        let withdrawn = report("two", FIRST, &[patient(&inger), wrong(encounter(&inger, "v"))]);
        let order = if turn == 0 { [&said, &withdrawn] } else { [&withdrawn, &said] };
        let texts = after(&portal, &inger, &order).await;
        assert_eq!(texts.len(), 1, "the retraction itself is nothing to read");
        assert!(texts[0].contains("Gå") && !texts[0].to_lowercase().contains("opfølgning"), "{texts:?}");
    }
}

#[both]
async fn what_is_withdrawn_leaves_list_page_file_and_search_and_stays_away(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let reader = portal.as_citizen(&inger).await;
    let brev = with_pdf(letter(&inger, "d1", "Brev om krykker", "2026-09-01"), PDF);
    let said = bundle("transaction", FIRST, &[patient(&inger), brev.clone()]);
    let withdrawn = bundle("transaction", SECOND, &[patient(&inger), wrong(brev.clone())]);
    portal.deliver(&said).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let item = reader.list(journal).await.unwrap().rows[0].head.id;
    portal.deliver(&withdrawn).await;
    gone(&reader, journal, item).await;
    let again = portal.deliver(&said).await;
    assert_eq!(again, Counts { same: 2, ..Counts::default() }, "an older version does not bring it back");
    gone(&reader, journal, item).await;
    let equal = bundle("transaction", SECOND, &[patient(&inger), brev.clone()]);
    portal.deliver(&equal).await;
    gone(&reader, journal, item).await;
    portal.deliver(&bundle("transaction", THIRD, &[patient(&inger), brev])).await;
    assert_eq!(reader.titles(journal).await.unwrap(), ["Brev om krykker"], "a strictly newer one does");
    assert_eq!(reader.search(journal, "krykker").await.unwrap().total, 1);
    assert_eq!(reader.file(journal, item).await.unwrap().content, PDF, "with its file, at its old address");
}

async fn gone(reader: &Visitor, journal: JournalId, item: ItemId) {
    assert!(reader.titles(journal).await.unwrap().is_empty());
    assert_eq!(reader.search(journal, "krykker").await.unwrap().total, 0);
    assert_eq!(told(&reader.open(journal, item).await.err().unwrap()), "not found");
    assert_eq!(told(&reader.file(journal, item).await.err().unwrap()), "not found");
}

#[both]
async fn a_part_that_comes_back_comes_back_in_the_reports_that_repeat_it(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let who = [patient(&inger)];
    let said =
        report("one", FIRST, &[&who[..], &[condition(&inger, "walk"), care_plan(&inger, "wash")]].concat());
    let withdrawn = report("two", SECOND, &[&who[..], &[wrong(care_plan(&inger, "wash"))]].concat());
    let back = report("three", THIRD, &[&who[..], &[care_plan(&inger, "wash")]].concat());
    let texts = after(&portal, &inger, &[&said, &withdrawn]).await;
    assert!(texts.len() == 1 && !texts[0].contains("hygiejne"), "{texts:?}");
    let reader = portal.as_citizen(&inger).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    assert_eq!(reader.search(journal, "hygiejne").await.unwrap().total, 0);
    let texts = after(&portal, &inger, &[&said, &withdrawn, &back]).await;
    assert_eq!(texts.iter().filter(|text| text.contains("hygiejne")).count(), 2, "{texts:?}");
    assert_eq!(reader.search(journal, "hygiejne").await.unwrap().total, 2);
}

#[both]
async fn a_form_that_is_withdrawn_leaves_its_document_and_the_file_stays(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let skema = with_pdf(with_form(document(&inger, "d", "assessment", "Udredning", "2026-09-01"), "f"), PDF);
    let said = bundle("transaction", FIRST, &[patient(&inger), skema, form(&inger, "f", "Sover godt")]);
    let withdrawn = bundle("transaction", SECOND, &[patient(&inger), wrong(form(&inger, "f", "Sover godt"))]);
    assert_eq!(after(&portal, &inger, &[&said]).await, ["Udredning: Skema | Søvn | Sover godt"]);
    assert_eq!(after(&portal, &inger, &[&said, &withdrawn]).await, ["Udredning: "]);
    let reader = portal.as_citizen(&inger).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let row = reader.list(journal).await.unwrap().rows.remove(0);
    assert!(row.head.has_pdf, "the list still says that there is a file");
    assert_eq!(reader.file(journal, row.head.id).await.unwrap().content, PDF);
    assert_eq!(reader.search(journal, "sover").await.unwrap().total, 0);
}

#[both]
async fn mother_and_child_in_one_report_never_mix(store: TestStore) {
    let portal = Portal::open(store);
    let sofie = portal.person(1001, "Sofie", "1985-05-12").await;
    let alma = portal.person(1002, "Alma", "2008-05-12").await;
    let people = [patient(&sofie), patient(&alma)];
    let own = [condition(&sofie, "mothers"), encounter(&alma, "childs")];
    let both = report("r", FIRST, &[&people[..], &own[..]].concat());
    portal.deliver(&both).await;
    portal.is_as(&fold([&delivery(&both)]), "both").await;
    for (who, theirs, others) in [(&sofie, "Gå", "pfølgning"), (&alma, "pfølgning", "Gå")] {
        let reader = portal.as_citizen(who).await;
        let journal = portal.journal_of(&who.cpr, helsingor()).await.unwrap();
        let texts = portal.texts(&reader, journal).await;
        assert!(texts.len() == 1 && texts[0].contains(theirs) && !texts[0].contains(others), "{texts:?}");
    }
    let reader = portal.as_citizen(&sofie).await;
    let childs = portal.journal_of(&alma.cpr, helsingor()).await.unwrap();
    assert_eq!(reader.titles(childs).await.unwrap_err(), "not found");
}

#[both]
async fn a_record_on_the_wrong_person_moves_wholly_to_the_right_one(store: TestStore) {
    let portal = Portal::open(store);
    let wrongly = portal.person(1001, "Inger", "1943-05-12").await;
    let right = portal.person(1002, "Ingrid", "1944-05-12").await;
    let brev = with_pdf(letter(&wrongly, "d1", "Brev om krykker", "2026-09-01"), PDF);
    let said = bundle("transaction", FIRST, &[patient(&wrongly), brev.clone()]);
    // The same Patient with another number: the content is the same to the letter.
    let corrected =
        bundle("transaction", SECOND, &[patient_named(&name_of(&wrongly), right.cpr.expose()), brev]);
    assert_eq!(after(&portal, &wrongly, &[&said]).await, ["Brev om krykker: "]);
    assert_eq!(after(&portal, &right, &[&said, &corrected]).await, ["Brev om krykker: "]);
    let reader = portal.as_citizen(&wrongly).await;
    let journal = portal.journal_of(&wrongly.cpr, helsingor()).await.unwrap();
    assert!(reader.titles(journal).await.unwrap().is_empty());
    let reader = portal.as_citizen(&right).await;
    let journal = portal.journal_of(&right.cpr, helsingor()).await.unwrap();
    let item = reader.list(journal).await.unwrap().rows[0].head.id;
    assert_eq!(reader.file(journal, item).await.unwrap().content, PDF, "sealed under the right one's key");
}

#[both]
async fn sending_again_says_nothing_new(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let resources = [patient(&inger), condition(&inger, "walk"), care_plan(&inger, "wash")];
    let first = report("one", FIRST, &resources);
    assert_eq!(portal.deliver(&first).await, Counts { new: 4, ..Counts::default() });
    let rows = portal.store.rows();
    assert_eq!(portal.deliver(&first).await, Counts { same: 4, ..Counts::default() });
    let later = report("two", SECOND, &resources);
    assert_eq!(portal.deliver(&later).await, Counts { new: 1, same: 3, ..Counts::default() });
    let after = portal.store.rows();
    assert_eq!(after["record_history"], rows["record_history"], "no versions are made of nothing");
    assert_eq!(after["record_item"], rows["record_item"] + 1, "only the second report itself");
}

#[both]
async fn a_changed_document_is_marked_and_its_old_version_kept(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let brev = |title: &str| letter(&inger, "d1", title, "2026-09-01");
    portal.deliver(&bundle("transaction", FIRST, &[patient(&inger), brev("Brev om krykker")])).await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let reader = portal.as_citizen(&inger).await;
    let before = reader.list(journal).await.unwrap().rows.remove(0).head;
    assert_eq!(before.changed, None);
    portal.deliver(&bundle("transaction", SECOND, &[patient(&inger), brev("Brev om stok")])).await;
    let after = reader.list(journal).await.unwrap().rows.remove(0).head;
    assert_eq!((after.id, after.title.as_str()), (before.id, "Brev om stok"));
    let changed = after.changed;
    assert!(changed.is_some());
    assert_eq!(reader.search(journal, "krykker").await.unwrap().total, 0);
    assert_eq!(portal.store.rows()["record_history"], 1);
    portal.minutes_later(60);
    let reader = portal.as_citizen(&inger).await;
    portal.deliver(&bundle("transaction", THIRD, &[patient(&inger), brev("Brev om stok")])).await;
    let again = reader.list(journal).await.unwrap().rows.remove(0).head;
    assert_eq!(again.changed, changed, "the same once more is no change");
}

#[both]
async fn a_closed_journal_closes_and_opens_again_in_any_order(store: TestStore) {
    let word = |who: &Somebody, id: &str, active: bool, at: &str| {
        let mut person = patient(who);
        person["id"] = json!(id);
        person["active"] = json!(active);
        let mut about = condition(who, "c");
        about["subject"]["reference"] = json!(format!("Patient/{id}"));
        report(&format!("r{}", &at[5..10]), at, &[person, about])
    };
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let portal = Portal::open(store.another());
        let inger = portal.person(1001, "Inger", "1943-05-12").await;
        let mette = portal.person(1002, "Mette", "1970-05-12").await;
        portal.mandate(&inger, &mette).await;
        let closed = word(&inger, "a", false, SECOND);
        let words = [word(&inger, "b", true, FIRST), closed.clone(), report("s", THIRD, &[patient(&inger)])];
        for at in order {
            portal.deliver(&words[at]).await;
        }
        let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
        let (own, helper) = (portal.as_citizen(&inger).await, portal.as_relative(&mette).await);
        for visitor in [&own, &helper] {
            let refused = visitor.titles(journal).await.unwrap_err();
            assert_eq!(refused, "access.journal.inactive Inger Holm", "{order:?}");
        }
        assert_eq!(own.within_reach().await.0, ["Inger"], "its page says why");
        assert!(own.log(journal).await.is_ok(), "who has seen my data stays open");
        portal.deliver(&word(&inger, "a", true, "2026-09-04T10:00:00Z")).await;
        assert!(own.titles(journal).await.is_ok(), "{order:?}");
        assert!(helper.titles(journal).await.is_ok(), "{order:?}");
    }
}

#[both]
async fn an_incremental_delivery_is_its_reports(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let reports = [
        report("one", FIRST, &[patient(&inger), condition(&inger, "walk"), encounter(&inger, "v")]),
        report("two", SECOND, &[patient(&inger), wrong(encounter(&inger, "v"))]),
    ];
    let entries: Vec<Value> = reports.iter().map(|bundle| json!({ "resource": bundle })).collect();
    let outer =
        json!({ "resourceType": "Bundle", "type": "collection", "timestamp": THIRD, "entry": entries });
    let texts = after(&portal, &inger, &[&outer]).await;
    assert!(texts.len() == 1 && !texts[0].to_lowercase().contains("opfølgning"), "{texts:?}");
}
