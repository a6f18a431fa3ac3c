//! What happens to a record when deliveries come, with small deliveries of our own: corrections in any
//! order, several persons in one report, closed journals, deletions.

use borgerportal_domain::Date;
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::Area;
use borgerportal_fhir::BASE;
use borgerportal_fhir::delivery::{Delivery, DeliveryKind, ResourceType, Room, Source};
use borgerportal_fhir::order::Rank;
use borgerportal_fhir::outcome::Reason;
use borgerportal_fhir::render::{Lang, body};
use borgerportal_fhir::state::{State, fold};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::*;

#[test]
fn a_home_care_report_becomes_items_and_one_document() {
    let delivery = take(&home_care("2021-02-10T11:14:09Z"));
    assert_eq!(delivery.kind, DeliveryKind::Report);
    let rooms: Vec<(String, Room)> =
        delivery.citizens[0].items.iter().map(|item| (item.source.to_string(), item.room)).collect();
    let expected = [
        ("Patient/inger", Room::Other),
        ("Condition/walk", Room::Conditions),
        ("Goal/walk-goal", Room::Conditions),
        ("CarePlan/hygiene", Room::Grants),
        ("Encounter/visit", Room::Calendar),
        ("Bundle/report-1@inger", Room::Documents),
    ];
    assert_eq!(rooms, expected.map(|(name, room)| (name.to_owned(), room)));
    let report = delivery.citizens[0].items.last().unwrap();
    let facts = report.document.as_ref().unwrap();
    assert_eq!(facts.title, "Vurdering og indsatser: Gå");
    assert_eq!((facts.kind, facts.area), (DocumentType::ProfessionalJudgement, Area::HomeHelp));
    assert_eq!(facts.dated, Date::constant(2021, 2, 10));
    assert_eq!(report.visibility.audience, None, "the municipality's default decides");
    assert!(report.search_text.contains("Moderate begrænsninger"));
    assert!(!String::from_utf8_lossy(&report.raw).contains(INGER), "no number in the document");
}

#[test]
fn received_bytes_are_kept_with_every_digit() {
    let mut condition = condition("c");
    condition["onsetAge"] = json!({ "value": 0, "system": "http://unitsofmeasure.org", "code": "a" });
    let text = report("r", "2021-01-01T00:00:00Z", &[condition])
        .to_string()
        .replace("\"value\":0", "\"value\": 71.50");
    let delivery = read(text.as_bytes()).unwrap();
    let item = item(&delivery, "Condition/c");
    assert!(String::from_utf8_lossy(&item.raw).contains("\"value\":71.50"));
}

#[test]
fn a_retraction_with_the_same_time_hides_the_resource_and_its_line_in_the_report() {
    let at = "2021-10-09T23:25:12Z";
    let said = take(&report("one", at, &[condition("walk"), encounter("visit")]));
    let withdrawn = take(&report("two", at, &[wrong(encounter("visit"))]));
    for order in [[&said, &withdrawn], [&withdrawn, &said]] {
        let state = fold(order);
        let visit = state.get(&Source::new(ResourceType::Encounter, "visit")).unwrap();
        assert_eq!(visit.stamp.rank, Rank::Withdrawn);
        let read = state.documents(&cpr(INGER));
        assert_eq!(read.len(), 1, "the retraction itself is nothing to read");
        let text = body(&read[0].1.raw, Lang::Da).plain();
        assert!(text.contains("Gå") && !text.contains("opfølgning"), "{text}");
        assert!(!read[0].1.search_text.to_lowercase().contains("opfølgning"));
    }
    let alone = fold([&said]);
    let before = body(&alone.documents(&cpr(INGER))[0].1.raw, Lang::Da).plain().to_lowercase();
    assert!(before.contains("opfølgning"));
}

#[test]
fn every_kind_of_resource_can_be_withdrawn_and_stays_withdrawn() {
    for resource in one_of_each() {
        let name =
            format!("{}/{}", resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
        let (old, new) = ("2021-01-01T00:00:00Z", "2021-02-01T00:00:00Z");
        let said = take(&report("one", old, std::slice::from_ref(&resource)));
        let withdrawn = take(&report("two", new, &[wrong(resource.clone())]));
        let state = fold([&withdrawn, &said, &withdrawn, &said]);
        let seen: Vec<String> = state.seen(&cpr(INGER)).map(|item| item.source.to_string()).collect();
        assert!(!seen.contains(&name) && !seen.contains(&format!("{name}#instruction")), "{name}: {seen:?}");
        assert!(state.documents(&cpr(INGER)).is_empty(), "{name}");
        let again = take(&report("three", "2021-03-01T00:00:00Z", &[resource]));
        assert!(
            fold([&again, &withdrawn]).seen(&cpr(INGER)).any(|item| item.source.to_string() == name),
            "{name}"
        );
    }
}

#[test]
fn one_report_about_mother_and_child_becomes_two_records() {
    let child = patient("child", "0101410001");
    let mut mothers = condition("mothers");
    mothers["subject"] = json!({ "reference": "Patient/inger" });
    let mut childs = encounter("childs");
    childs["subject"] = json!({ "reference": "Patient/child" });
    childs["location"] = json!([{ "location": { "reference": "Location/school" } }]);
    let school = json!({ "resourceType": "Location", "id": "school", "name": "Skolen" });
    let bundle =
        collection("r", "2021-01-01T00:00:00Z", &[patient("inger", INGER), child, school, mothers, childs]);
    let delivery = take(&bundle);
    let names = |at: usize| -> Vec<String> {
        delivery.citizens[at].items.iter().map(|item| item.source.to_string()).collect()
    };
    assert_eq!(names(0), ["Patient/inger", "Condition/mothers", "Bundle/r@inger"]);
    assert_eq!(names(1), ["Patient/child", "Location/school@child", "Encounter/childs", "Bundle/r@child"]);
    let text =
        |at: usize| String::from_utf8_lossy(&delivery.citizens[at].items.last().unwrap().raw).into_owned();
    assert!(!text(0).contains("childs") && !text(1).contains("mothers"));
}

#[test]
fn one_person_under_two_patient_ids_and_two_vocabularies_is_one_citizen() {
    let old = take(&report("old", "2021-01-01T00:00:00Z", &[condition("short")]));
    let mut coded = condition("uuid");
    coded["code"]["coding"][0]["code"] = json!("c4a1bfeb-b5d5-47d4-96d9-8e2f8a4ebe2c");
    let walk = borgerportal_fhir::codes::System::Fsiii.concept("J3.8").unwrap();
    coded["code"]["coding"][0]["code"] = json!(walk.code);
    coded["subject"]["reference"] = json!("Patient/other-id");
    let new = take(&collection("new", "2021-02-01T00:00:00Z", &[patient("other-id", INGER), coded]));
    let state = fold([&old, &new]);
    let texts: Vec<String> =
        state.documents(&cpr(INGER)).iter().map(|(_, doc)| doc.document.title.clone()).collect();
    assert_eq!(texts, ["Vurdering: Gå", "Vurdering: Gå"]);
    assert_eq!(state.seen(&cpr(INGER)).filter(|item| item.room == Room::Conditions).count(), 2);
}

#[test]
fn a_closed_journal_stays_closed_until_someone_says_it_is_open() {
    let word = |active: Value, at: &str| {
        let mut person = patient("inger", INGER);
        person["active"] = active;
        take(&collection(at, at, &[person, condition("c")]))
    };
    let closed = word(json!(false), "2021-02-01T00:00:00Z");
    let silent = take(&report("s", "2021-03-01T00:00:00Z", &[condition("c")]));
    let open = word(json!(true), "2021-01-01T00:00:00Z");
    for order in [vec![&open, &closed, &silent], vec![&silent, &closed, &open]] {
        assert!(
            !fold(order.clone()).journal(&cpr(INGER)).closed,
            "the same Patient resource, newer, says nothing"
        );
    }
    let mut elsewhere = closed.clone();
    elsewhere.citizens[0].words[0].patient = "second".to_owned();
    for order in [vec![&open, &elsewhere, &silent], vec![&silent, &elsewhere, &open]] {
        assert!(fold(order).journal(&cpr(INGER)).closed);
    }
    assert!(
        fold([&open, &closed]).journal(&cpr(INGER)).closed
            && fold([&closed, &open]).journal(&cpr(INGER)).closed
    );
}

#[test]
fn an_incremental_delivery_is_its_reports() {
    let inner = [
        home_care("2021-02-10T00:00:00Z"),
        report("second", "2021-02-11T00:00:00Z", &[wrong(encounter("visit"))]),
    ];
    let entries: Vec<Value> = inner.iter().map(|bundle| json!({ "resource": bundle })).collect();
    let outer = json!({ "resourceType": "Bundle", "type": "collection", "timestamp": "2021-02-12T00:00:00Z", "entry": entries });
    let together = fold([&take(&outer)]);
    let apart = fold(inner.iter().map(take).collect::<Vec<_>>().iter());
    assert_eq!(together, apart);
    let third = json!({ "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": outer }] });
    assert_eq!(reasons(&third), [Reason::Nesting, Reason::Nesting]);
}

#[test]
fn resending_is_silent() {
    let (first, again) = (take(&home_care("2021-02-10T00:00:00Z")), take(&home_care("2021-02-11T00:00:00Z")));
    let mut state = State::default();
    assert_eq!(state.apply(&first).new, 6);
    let counts = state.apply(&first);
    assert_eq!((counts.new, counts.updated, counts.same), (0, 0, 6));
    let counts = state.apply(&again);
    // The report's own document carries its time.
    assert_eq!((counts.new, counts.updated, counts.same), (0, 1, 5));
}

#[test]
fn unknown_and_local_codes_are_kept_with_what_was_sent() {
    let mut odd = condition("odd");
    odd["code"] =
        json!({ "coding": [{ "system": "urn:oid:1.2.208.176.2.21", "code": "J77.7", "display": "Svæve" }] });
    let delivery = take(&report("r", "2021-01-01T00:00:00Z", &[odd]));
    assert_eq!(
        delivery.citizens[0].items.last().unwrap().document.as_ref().unwrap().title,
        "Vurdering: Svæve"
    );
}

#[test]
fn deletions_need_a_reason_and_beat_everything_not_strictly_newer() {
    let delete = |reason: &str| {
        let mut bundle = transaction(&[]);
        bundle["entry"] = json!([{ "request": { "method": "DELETE", "url": "CarePlan/p",
            "extension": [{ "url": format!("{BASE}/StructureDefinition/deletion-reason"), "valueCode": reason }] } }]);
        bundle["timestamp"] = json!("2021-02-01T00:00:00Z");
        bundle
    };
    assert_eq!(reasons(&delete("fordi")), [Reason::DeletionReason]);
    for reason in ["Fjern", "slet", "Kassér", "kasser"] {
        let deletion = take(&delete(reason));
        let old = take(&report("a", "2021-01-01T00:00:00Z", &[care_plan("p")]));
        let equal = take(&report("a", "2021-02-01T00:00:00Z", &[care_plan("p")]));
        let state = fold([&deletion, &old, &equal]);
        assert_eq!(state, fold([&equal, &old, &deletion]));
        let kept = state.get(&Source::new(ResourceType::CarePlan, "p")).unwrap();
        assert_eq!((kept.stamp.rank, &kept.item), (Rank::Deleted, &None));
        assert!(state.documents(&cpr(INGER)).is_empty(), "nor does the report tell");
        let newer = take(&report("b", "2021-02-01T00:00:00.001Z", &[care_plan("p")]));
        assert_eq!(
            fold([&newer, &deletion]).get(&Source::new(ResourceType::CarePlan, "p")).unwrap().stamp.rank,
            Rank::Active
        );
    }
}

#[test]
fn a_changed_number_is_told_whichever_way_it_is_linked() {
    let (old, new) = (patient("old", "0101570001"), patient("inger", INGER));
    let mut by_link = old.clone();
    by_link["link"] = json!([{ "type": "replaced-by", "other": { "reference": "Patient/inger" } }]);
    let mut by_new = new.clone();
    by_new["link"] = json!([{ "type": "replaces", "other": { "identifier": { "system": "urn:oid:1.2.208.176.1.2", "value": "0101570001" } } }]);
    let mut by_use = new.clone();
    by_use["identifier"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "use": "old", "system": "urn:oid:1.2.208.176.1.2", "value": "0101570001" }));
    for patients in
        [vec![by_link.clone(), new.clone()], vec![by_new.clone()], vec![by_use], vec![by_link, by_new]]
    {
        let delivery = take(&collection("r", "2021-01-01T00:00:00Z", &patients));
        let renames: Vec<_> =
            delivery.renames.iter().map(|one| (one.old.expose(), one.new.expose())).collect();
        assert_eq!(renames, [("0101570001", INGER)]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_order_and_any_repetition_of_reports_ends_the_same(
        steps in prop::collection::vec((0u8..4, 0u8..3, 0u8..4), 1..7),
        order in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
    ) {
        let deliveries: Vec<Delivery> = steps.iter().enumerate().map(|(number, step)| story_step(number, *step)).collect();
        let end = fold(&deliveries);
        let mut mixed: Vec<&Delivery> = order.iter().map(|at| at.get(&deliveries)).collect();
        mixed.extend(deliveries.iter().rev());
        let other = fold(mixed);
        prop_assert_eq!(&other, &end);
        prop_assert_eq!(other.documents(&cpr(INGER)), end.documents(&cpr(INGER)));
        for (_, document) in end.documents(&cpr(INGER)) {
            let gone = end.kept().filter(|(_, kept)| kept.stamp.rank.is_gone()).map(|(source, _)| source);
            for source in gone {
                prop_assert!(!document.parts.contains(source));
            }
        }
    }
}
