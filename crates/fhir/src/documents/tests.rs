//! What reports are called, what kind they are and where they belong.

use super::*;
use borgerportal_domain::Cpr;
use borgerportal_domain::items::Area;
use serde_json::{Value, json};

use crate::delivery::Delivery;
use crate::ingest::{Limits, read};

const FSIII: &str = "urn:oid:1.2.208.176.2.21";
const FFB: &str = "urn:oid:1.2.208.176.2.22";

fn about(kind: &str, id: &str, system: &str, code: &str) -> Value {
    let concept = json!({ "coding": [{ "system": system, "code": code }] });
    let mut resource = json!({ "resourceType": kind, "id": id, "status": "active", "subject": { "reference": "Patient/p" } });
    match kind {
        "CarePlan" => resource["activity"] = json!([{ "detail": { "code": concept } }]),
        "Encounter" => resource["type"] = json!([concept]),
        "Observation" => {
            resource["valueCodeableConcept"] = concept;
            resource["code"] =
                json!({ "coding": [{ "system": "http://snomed.info/sct", "code": "712744002" }] });
        }
        _ => resource["code"] = concept,
    }
    resource
}

fn deliver(guide: &str, resources: &[Value]) -> Delivery {
    let cpr = json!([{ "system": "urn:oid:1.2.208.176.1.2", "value": "0101010101" }]);
    let mut entries =
        vec![json!({ "resource": { "resourceType": "Patient", "id": "p", "identifier": cpr } })];
    entries.extend(resources.iter().map(|resource| json!({ "resource": resource })));
    let profile = format!("http://fhir.kl.dk/{guide}/StructureDefinition/report");
    let bundle = json!({ "resourceType": "Bundle", "id": "b", "type": "collection", "timestamp": "2021-02-10T23:30:00Z",
        "meta": { "profile": [profile] }, "entry": entries });
    read(bundle.to_string().as_bytes(), &Limits::default()).unwrap()
}

fn described(guide: &str, resources: &[Value]) -> (String, DocumentType, Area) {
    let delivery = deliver(guide, resources);
    assert_eq!(delivery.citizens[0].cpr, Cpr::parse("0101010101").unwrap());
    let facts = delivery.citizens[0].items.last().unwrap().document.clone().unwrap();
    assert_eq!(facts.dated.to_string(), "2021-02-11", "the Danish day");
    (facts.title, facts.kind, facts.area)
}

#[test]
fn home_care_reports_are_named_after_what_is_new_in_them() {
    let (walk, hygiene, wound) = (
        about("Condition", "c", FSIII, "J3.8"),
        about("CarePlan", "p1", FSIII, "H1.1"),
        about("Procedure", "x", FSIII, "G1.39"),
    );
    let visit = about(
        "Encounter",
        "e",
        "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes",
        "9f03dfbb-7a97-45a5-94db-d4c3501714a9",
    );
    let result = about("Observation", "o", FSIII, "E1");
    for (resources, expected) in [
        (vec![walk.clone()], "Vurdering: Gå"),
        (vec![walk.clone(), hygiene.clone()], "Vurdering og indsatser: Gå"),
        (vec![hygiene.clone(), wound], "Indsatser: Personlig hygiejne, Sårbehandling"),
        (vec![visit.clone()], "Kontakt: opfølgning"),
        (vec![walk, visit, result.clone()], "Opfølgning: Gå"),
        (vec![hygiene, result.clone()], "Opfølgning: Personlig hygiejne"),
        (vec![result], "Opfølgning"),
    ] {
        assert_eq!(described("gateway", &resources).0, expected);
    }
}

#[test]
fn at_most_three_names_and_each_once() {
    let many: Vec<Value> = ["J3.8", "J3.8", "J2.1", "J2.2", "J2.3"]
        .iter()
        .enumerate()
        .map(|(number, code)| about("Condition", &format!("c{number}"), FSIII, code))
        .collect();
    let title = described("gateway", &many).0;
    assert!(title.starts_with("Vurdering: Gå, ") && title.ends_with(" m.m."), "{title}");
    assert_eq!(title.matches(", ").count(), 2);
}

#[test]
fn areas_follow_the_codes() {
    for (code, area) in [
        ("H1.1", Area::HomeHelp),
        ("H2.1", Area::Rehabilitation),
        ("H5.1", Area::Rehabilitation),
        ("H6.1", Area::Training),
        ("G1.20", Area::Nursing),
        ("Kropsbaarne_hjaelpemidler", Area::Aids),
        ("2abe20c7-c0b4-41c1-b397-52acf36499ef", Area::Rehabilitation),
        ("nonsense", Area::Other),
    ] {
        assert_eq!(described("gateway", &[about("CarePlan", "x", FSIII, code)]).2, area, "{code}");
    }
    let mixed = [
        about("Condition", "a", FSIII, "I1.1"),
        about("Condition", "b", FSIII, "J3.8"),
        about("CarePlan", "c", FSIII, "H1.1"),
    ];
    assert_eq!(described("gateway", &mixed).2, Area::HomeHelp, "most codes decide");
}

#[test]
fn the_guide_decides_for_the_other_areas() {
    let theme = about("Condition", "c", FFB, "f5b8e809-7689-4952-838c-a069c99408b3");
    let study = json!({ "resourceType": "ClinicalImpression", "id": "i", "status": "completed", "subject": { "reference": "Patient/p" } });
    let judgement = DocumentType::ProfessionalJudgement;
    let visit = |system: &str, code: &str| about("Encounter", "e", system, code);
    let children = visit("http://fhir.kl.dk/term/CodeSystem/FBOE", "c06ed6f1-be9d-460e-a45e-34821bcbd533");
    let young = visit("http://fhir.kl.dk/term/CodeSystem/LTT", "b7f9217c-2315-4d6f-bba5-5117e202302c");
    for (guide, resources, title, kind, area) in [
        (
            "ffbreporting",
            vec![theme.clone(), study.clone()],
            "Udredning (VUM)",
            DocumentType::Assessment,
            Area::Social,
        ),
        ("ffbreporting", vec![theme.clone()], "Social indsats: Tobak", judgement, Area::Social),
        ("core", vec![theme], "Social indsats: Tobak", judgement, Area::Social),
        ("children", vec![children], "Sundhedsplejen: Indskolingsundersøgelse", judgement, Area::Prevention),
        ("ltt", vec![young], "Lettilgængeligt tilbud: Behandling", judgement, Area::Prevention),
        (
            "rehab",
            vec![about("CarePlan", "x", FSIII, "2abe20c7-c0b4-41c1-b397-52acf36499ef")],
            "Genoptræning: Fysisk træning",
            judgement,
            Area::Rehabilitation,
        ),
        (
            "prevention",
            vec![about("Condition", "x", FSIII, "1a34ed6c-083b-451f-b8c8-137f99126b0c")],
            "Forebyggelse: Tobak og nikotin",
            judgement,
            Area::Prevention,
        ),
    ] {
        assert_eq!(described(guide, &resources), (title.to_owned(), kind, area), "{guide}");
    }
}

#[test]
fn taking_a_part_out_changes_title_text_and_parts_and_nothing_else() {
    let delivery = deliver(
        "gateway",
        &[about("Condition", "walk", FSIII, "J3.8"), about("CarePlan", "wash", FSIII, "H1.1")],
    );
    let report = delivery.citizens[0].items.last().unwrap();
    let unrelated = [Source::new(ResourceType::Condition, "other")];
    let same = without(report, &unrelated).unwrap();
    assert_eq!((&same.raw, &same.search_text), (&report.raw, &report.search_text));
    let walk = [Source::new(ResourceType::Condition, "walk")];
    let left = without(report, &walk).unwrap();
    assert_eq!(left.document.title, "Indsatser: Personlig hygiejne");
    assert_eq!(left.document.dated, report.document.as_ref().unwrap().dated);
    assert_eq!(left.parts, [Source::new(ResourceType::CarePlan, "wash")]);
    assert!(!left.search_text.contains("Gå") && !String::from_utf8_lossy(&left.raw).contains("J3.8"));
    assert!(crate::gate::may_show(&left.raw));
    let both = [walk[0].clone(), Source::new(ResourceType::CarePlan, "wash")];
    assert_eq!(without(report, &both), None);
    let again = Incoming {
        raw: left.raw,
        parts: left.parts,
        search_text: left.search_text,
        document: Some(left.document),
        ..report.clone()
    };
    assert_eq!(without(&again, &both), None, "one after the other ends the same");
}

#[test]
fn a_report_without_id_is_named_by_what_it_says() {
    let named = |code: &str| {
        let cpr = json!([{ "system": "urn:oid:1.2.208.176.1.2", "value": "0101010101" }]);
        let bundle = json!({ "resourceType": "Bundle", "type": "collection", "timestamp": "2021-02-10T23:30:00Z", "entry": [
            { "resource": { "resourceType": "Patient", "id": "p", "identifier": cpr } },
            { "resource": about("Condition", "c", FSIII, code) },
        ] });
        let delivery = read(bundle.to_string().as_bytes(), &Limits::default()).unwrap();
        delivery.citizens[0].items.last().unwrap().source.id.clone()
    };
    assert_eq!(named("J3.8"), named("J3.8"));
    assert_ne!(named("J3.8"), named("J3.7"));
    assert!(named("J3.8").ends_with("@p"));
}
