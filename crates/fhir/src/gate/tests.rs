//! Every forbidden kind in every hiding place, and what must not be refused.

use super::*;
use crate::outcome::Reason;
use serde_json::{Value, json};

const SHAPE: Shape = Shape { depth: 60, string: 1 << 20, values: 100_000 };

fn reasons(resource: &Value) -> Vec<Reason> {
    let text = resource.to_string();
    let node = json::parse(text.as_bytes(), &SHAPE).unwrap();
    check(&node, &Path::root("r")).into_iter().map(|issue| issue.reason).collect()
}

fn places(resource: &Value) -> Vec<String> {
    let text = resource.to_string();
    let node = json::parse(text.as_bytes(), &SHAPE).unwrap();
    check(&node, &Path::root("r")).into_iter().map(|issue| issue.expression).collect()
}

fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

const FSIII: &str = "urn:oid:1.2.208.176.2.21";
const SNOMED: &str = "http://snomed.info/sct";
const LOINC: &str = "http://loinc.org";

/// One of each forbidden kind as a resource, with the reason it must be refused for.
fn forbidden() -> Vec<(&'static str, Reason, Value)> {
    let medcom = "http://medcomfhir.dk/ig/carecommunication/StructureDefinition/medcom-careCommunication-communication";
    vec![
        ("message header", Reason::Message, json!({ "resourceType": "MessageHeader" })),
        (
            "message bundle",
            Reason::Message,
            json!({ "resourceType": "Bundle", "type": "message", "entry": [] }),
        ),
        (
            "foreign communication",
            Reason::Message,
            json!({ "resourceType": "Communication", "status": "completed" }),
        ),
        (
            "medcom profile",
            Reason::Message,
            json!({ "resourceType": "Encounter", "meta": { "profile": [medcom] } }),
        ),
        ("medicine", Reason::Medicine, json!({ "resourceType": "MedicationStatement", "status": "active" })),
        ("prescription", Reason::Medicine, json!({ "resourceType": "MedicationRequest" })),
        ("vaccination", Reason::Medicine, json!({ "resourceType": "Immunization" })),
        (
            "medicine card",
            Reason::Medicine,
            json!({ "resourceType": "DocumentReference", "description": "Medicinkort 2. maj" }),
        ),
        ("laboratory report", Reason::Measurement, json!({ "resourceType": "DiagnosticReport" })),
        (
            "blood pressure",
            Reason::Measurement,
            json!({ "resourceType": "Observation", "code": coded(LOINC, "85354-9"), "component": [{ "code": coded(LOINC, "8480-6") }] }),
        ),
        (
            "weight without system",
            Reason::Measurement,
            json!({ "resourceType": "Observation", "code": coded(SNOMED, "27113001"), "valueQuantity": { "value": 71.5 } }),
        ),
        (
            "number under a municipal code",
            Reason::Measurement,
            json!({ "resourceType": "Observation", "code": coded(FSIII, "J1"), "valueInteger": 17 }),
        ),
        (
            "vital sign in words",
            Reason::Measurement,
            json!({ "resourceType": "Observation", "code": coded(FSIII, "J1"),
                "category": [coded("http://terminology.hl7.org/CodeSystem/observation-category", "vital-signs")] }),
        ),
        (
            "consciousness in words of SNOMED CT",
            Reason::Measurement,
            json!({ "resourceType": "Observation", "code": coded(SNOMED, "444714004"), "valueCodeableConcept": coded(SNOMED, "450847001") }),
        ),
        ("without code", Reason::Measurement, json!({ "resourceType": "Observation", "status": "final" })),
    ]
}

/// Ordinary resources with a hole to hide another one in.
fn hiding_places(hidden: &Value) -> Vec<(&'static str, Value)> {
    let plan = |member: &str, value: Value| {
        let mut plan = json!({ "resourceType": "CarePlan", "status": "active" });
        plan[member] = value;
        plan
    };
    let bundle = |kind: &str, inner: Value| json!({ "resourceType": "Bundle", "type": kind, "entry": [{ "resource": inner }] });
    vec![
        ("contained", plan("contained", json!([hidden]))),
        ("contained, second", plan("contained", json!([{ "resourceType": "Organization" }, hidden]))),
        (
            "contained in contained",
            plan("contained", json!([{ "resourceType": "Organization", "contained": [hidden] }])),
        ),
        ("Bundle", bundle("collection", hidden.clone())),
        ("Bundle in Bundle", bundle("collection", bundle("collection", hidden.clone()))),
        (
            "entry.response.outcome",
            json!({ "resourceType": "Bundle", "type": "collection", "entry": [{ "response": { "outcome": hidden } }] }),
        ),
        ("extension", plan("extension", json!([{ "url": "x", "valueReference": hidden }]))),
        (
            "extension in extension",
            plan("extension", json!([{ "url": "x", "extension": [{ "url": "y", "resource": hidden }] }])),
        ),
        ("modifierExtension", plan("modifierExtension", json!([{ "url": "x", "inner": [[hidden]] }]))),
        ("unknown wrapper", json!({ "resourceType": "Parameters", "parameter": [{ "resource": hidden }] })),
        ("as text", plan("note", json!([{ "text": hidden.to_string() }]))),
    ]
}

#[test]
fn each_forbidden_kind_is_refused_in_the_open_and_in_every_hiding_place() {
    for (name, reason, hidden) in forbidden() {
        assert!(reasons(&hidden).contains(&reason), "{name}: {:?}", reasons(&hidden));
        assert!(!may_show(hidden.to_string().as_bytes()), "{name} may be shown");
        for (place, resource) in hiding_places(&hidden) {
            assert!(!reasons(&resource).is_empty(), "{name} hidden in {place}");
            assert!(!may_show(resource.to_string().as_bytes()), "{name} in {place} may be shown");
        }
    }
}

/// Each of these members makes an ordinary care plan, and anything contained, refused for the reason.
fn assert_found(reason: Reason, cases: &[(&str, Value)]) {
    for (name, members) in cases {
        let mut plan = json!({ "resourceType": "CarePlan", "status": "active" });
        plan.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        assert_eq!(reasons(&plan), [reason], "{name}");
        let contained = json!({ "resourceType": "DocumentReference", "contained": [
            { "resourceType": "QuestionnaireResponse", "item": [{ "extension": [{ "url": "x", "y": members }] }] },
        ] });
        assert!(!reasons(&contained).is_empty(), "{name}, contained");
    }
}

fn base64(text: &str) -> String {
    base64::Engine::encode(&base64::engine::general_purpose::STANDARD, text)
}

#[test]
fn measured_values_and_codes_are_found_wherever_they_stand() {
    let quantity = json!({ "value": 5, "system": "http://unitsofmeasure.org", "code": "mg" });
    assert_found(
        Reason::Measurement,
        &[
            ("extension quantity", json!({ "extension": [{ "url": "x", "valueQuantity": { "value": 1 } }] })),
            (
                "nested extension",
                json!({ "activity": [{ "detail": { "extension": [{ "url": "x", "extension": [{ "url": "y", "valueSampledData": {} }] }] } }] }),
            ),
            ("UCUM amount", json!({ "activity": [{ "detail": { "x": quantity } }] })),
            ("NPU code", json!({ "reasonCode": [coded("urn:oid:1.2.208.176.2.1", "NPU01684")] })),
            ("device code", json!({ "category": [coded("urn:iso:std:iso:11073:10101", "150020")] })),
            (
                "ffinst profile",
                json!({ "meta": { "profile": ["http://fhir.kl.dk/ffinst/StructureDefinition/KLToolsCareRSS"] } }),
            ),
            ("goal in kilos", json!({ "target": [{ "detailQuantity": { "value": 70 } }] })),
            (
                "absolute reference",
                json!({ "supportingInfo": [{ "reference": "https://x.dk/DiagnosticReport/1" }] }),
            ),
            (
                "narrative with a measurement",
                json!({ "text": { "status": "generated", "div": "<div><td>145/90</td><td>mmHg</td></div>" } }),
            ),
        ],
    );
}

#[test]
fn medicine_is_found_wherever_it_stands() {
    assert_found(
        Reason::Medicine,
        &[
            (
                "ATC code",
                json!({ "activity": [{ "detail": { "code": coded("http://www.whocc.no/atc", "N02BE01") } }] }),
            ),
            ("product", json!({ "activity": [{ "detail": { "productCodeableConcept": { "text": "x" } } }] })),
            (
                "dosage in extension",
                json!({ "extension": [{ "url": "x", "valueDosage": { "text": "1+1" } }] }),
            ),
            ("kind", json!({ "activity": [{ "detail": { "kind": "MedicationRequest" } }] })),
            ("reference", json!({ "activity": [{ "reference": { "reference": "MedicationRequest/1" } }] })),
            ("narrative with medicine", json!({ "text": { "div": "<div>Panodil 500 mg, 1 x 4</div>" } })),
        ],
    );
}

#[test]
fn messages_and_their_formats_are_found_wherever_they_stand() {
    assert_found(
        Reason::Message,
        &[
            ("reference type", json!({ "supportingInfo": [{ "type": "MessageHeader" }] })),
            (
                "medcom category",
                json!({ "category": [coded("http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-careCommunication-categoryCodes", "decease")] }),
            ),
            ("EDIFACT note", json!({ "note": [{ "text": "UNB+UNOC:3+5790000123456:14" }] })),
            ("EDIFACT as base64 note", json!({ "note": [{ "text": base64("UNB+UNOC:3+57900") }] })),
            ("CDA note", json!({ "note": [{ "text": "x <ClinicalDocument xmlns='urn:hl7-org:v3'>" }] })),
            ("OIOXML note", json!({ "note": [{ "text": "<?xml version='1.0'?><Emessage/>" }] })),
            (
                "narrative with a message",
                json!({ "text": { "div": "<div>Korrespondancemeddelelse fra sygehus</div>" } }),
            ),
        ],
    );
}

#[test]
fn bytes_outside_of_files_are_refused() {
    assert_found(
        Reason::File,
        &[
            ("binary extension", json!({ "extension": [{ "url": "x", "valueBase64Binary": "AAAA" }] })),
            (
                "attachment in extension",
                json!({ "extension": [{ "url": "x", "valueAttachment": { "data": base64("%PDF-1.7") } }] }),
            ),
        ],
    );
}

#[test]
fn files_are_judged_by_their_bytes() {
    let base64 = |bytes: &[u8]| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    let utf16: Vec<u8> = "\u{feff}<?xml".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes, expected) in [
        ("pdf", b"%PDF-1.7\n%abc".as_slice(), None),
        ("png", b"\x89PNG\r\n\x1a\nxyz", None),
        ("jpeg", b"\xff\xd8\xff\xe0xyz", None),
        ("EDIFACT", b"UNA:+.? 'UNB+UNOC", Some(Reason::Message)),
        ("EDIFACT after line breaks", b"\r\n\r\nUNB+UNOC:3", Some(Reason::Message)),
        ("CDA", b"\xef\xbb\xbf<ClinicalDocument>", Some(Reason::Message)),
        ("OIOXML in UTF-16", &utf16, Some(Reason::Message)),
        ("FHIR message", b"{\"resourceType\":\"Bundle\"", Some(Reason::Message)),
        ("zip", b"PK\x03\x04", Some(Reason::File)),
        ("text", b"Hej Inger", Some(Reason::File)),
        ("empty", b"", Some(Reason::File)),
        ("pdf later", b"x%PDF-1.7", Some(Reason::File)),
    ] {
        assert_eq!(sniff(bytes).err(), expected, "{name}");
        let binary =
            json!({ "resourceType": "Binary", "contentType": "application/pdf", "data": base64(bytes) });
        assert_eq!(reasons(&binary), expected.into_iter().collect::<Vec<_>>(), "{name} as Binary");
        let document = json!({ "resourceType": "DocumentReference", "content": [{ "attachment": { "data": base64(bytes) } }] });
        assert_eq!(reasons(&document), expected.into_iter().collect::<Vec<_>>(), "{name} as attachment");
    }
}

#[test]
fn grants_about_medicine_or_measuring_and_conditions_stay() {
    let grant = |code: &str| {
        json!({ "resourceType": "CarePlan", "status": "active", "activity": [{ "detail": { "code": coded(FSIII, code),
            "description": "Medicin gives kl. 8 og 20. Blodtryk måles om mandagen, sidst 145/90 mmHg. 2 stk. Panodil 500 mg." } }] })
    };
    for code in ["G1.20", "G1.21", "G1.41"] {
        assert!(crate::codes::System::Fsiii.concept(code).is_some(), "{code}");
        assert_eq!(reasons(&grant(code)), [], "{code}");
        let done = json!({ "resourceType": "Procedure", "status": "completed", "code": coded(FSIII, code) });
        assert_eq!(reasons(&done), [], "{code} done");
    }
    for code in ["I9.1", "I10.1", "I9.3", "J1.1"] {
        let condition = json!({ "resourceType": "Condition", "code": coded(FSIII, code), "severity": coded(FSIII, "B4"),
            "note": [{ "text": "Sover dårligt. Tager selv insulin." }], "onsetAge": { "value": 71, "unit": "år", "system": "http://unitsofmeasure.org", "code": "a" } });
        assert_eq!(reasons(&condition), [], "{code}");
    }
    let visit = json!({ "resourceType": "CarePlan", "extension": [{ "url": crate::GRANT_DECISION,
        "extension": [{ "url": "granted", "valueDuration": { "value": 25, "system": "http://unitsofmeasure.org", "code": "min" } }] }] });
    assert_eq!(reasons(&visit), []);
}

#[test]
fn evaluations_in_words_stay() {
    let fboe = "http://fhir.kl.dk/term/CodeSystem/FBOE";
    for (code, value) in [
        (coded(SNOMED, "712744002"), Some(coded(FSIII, "E1"))),
        (coded(FSIII, "C"), Some(coded(FSIII, "C1"))),
        (coded(FSIII, "J1"), None),
        (coded(SNOMED, "363788007"), Some(coded(fboe, "7acf5936-6640-44a7-af6d-b20c7607dcfe"))),
        (
            json!({ "coding": [{ "system": SNOMED, "code": "169740003" }, { "system": fboe, "code": "e61e4dab-54bb-4bf4-9b76-8d991cf4de08" }] }),
            Some(coded(fboe, "77a008dd-21cc-452f-a1ee-ac8d025b7817")),
        ),
    ] {
        let mut evaluation = json!({ "resourceType": "Observation", "status": "final", "code": code });
        if let Some(value) = value {
            evaluation["valueCodeableConcept"] = value;
        }
        assert_eq!(reasons(&evaluation), [], "{evaluation}");
    }
}

#[test]
fn documents_about_medicine_help_stay_and_document_types_of_loinc_too() {
    for title in ["Afslag på hjælp til medicin", "Bevilling: medicindosering i hjemmet", "Brev om måltider"]
    {
        let document = json!({ "resourceType": "DocumentReference", "description": title, "type": coded(LOINC, "11488-4") });
        assert_eq!(reasons(&document), [], "{title}");
    }
    let elsewhere = json!({ "resourceType": "DocumentReference", "category": [coded(LOINC, "11488-4")] });
    assert_eq!(reasons(&elsewhere), [Reason::Measurement]);
}

#[test]
fn who_where_and_the_body_of_a_document_may_be_contained() {
    let contained = json!([
        { "resourceType": "Organization", "id": "o", "name": "Visitationen" },
        { "resourceType": "Practitioner", "id": "p" },
        { "resourceType": "QuestionnaireResponse", "id": "q", "item": [{ "text": "Antal trin", "answer": [{ "valueInteger": 3 }] }] },
    ]);
    assert_eq!(reasons(&json!({ "resourceType": "DocumentReference", "contained": contained })), []);
    for other in ["Patient", "Observation", "Binary", "DocumentReference"] {
        let plan = json!({ "resourceType": "CarePlan", "contained": [{ "resourceType": other, "code": coded(FSIII, "J1") }] });
        assert_eq!(reasons(&plan), [Reason::NotSupported], "{other}");
    }
}

#[test]
fn an_id_that_looks_like_a_type_is_only_an_id() {
    let plan =
        json!({ "resourceType": "CarePlan", "addresses": [{ "reference": "Condition/MedicationHelp" }] });
    assert_eq!(reasons(&plan), []);
}

#[test]
fn findings_name_the_place_and_are_bounded() {
    let deep = json!({ "resourceType": "CarePlan", "activity": [{}, { "detail": { "extension": [{ "url": "x", "valueQuantity": {} }] } }] });
    assert_eq!(places(&deep), ["r.activity[1].detail.extension[0].valueQuantity"]);
    let inner = json!({ "resourceType": "Bundle", "type": "collection", "entry": [{}, { "resource": { "resourceType": "Immunization" } }] });
    assert_eq!(places(&inner), ["r.entry[1].resource"]);
    let many: Vec<Value> = (0..500).map(|_| json!({ "valueQuantity": {} })).collect();
    assert_eq!(reasons(&json!({ "resourceType": "CarePlan", "extension": many })).len(), 20);
}

#[test]
fn what_cannot_be_read_is_not_shown() {
    for raw in [b"".as_slice(), b"{", b"[]", b"{}", b"null", b"\xff"] {
        assert!(!may_show(raw));
    }
}

#[test]
fn only_the_three_growth_profiles_of_children_are_left_out_and_only_bare() {
    let growth = |profile: &str| json!({ "resourceType": "Observation", "meta": { "profile": [profile] }, "code": coded(LOINC, "29463-7"), "valueQuantity": { "value": 9 } });
    let is = |value: &Value| is_child_growth(&json::parse(value.to_string().as_bytes(), &SHAPE).unwrap());
    let weight = "http://fhir.kl.dk/children/StructureDefinition/klgateway-children-bodyweight";
    assert!(is(&growth(weight)));
    assert!(!is(&growth("http://fhir.kl.dk/children/StructureDefinition/klgateway-children-sleep")));
    assert!(!is(&growth("http://hl7.org/fhir/StructureDefinition/bodyweight")));
    let mut loaded = growth(weight);
    loaded["contained"] = json!([{ "resourceType": "MedicationStatement" }]);
    assert!(!is(&loaded));
}

/// A list that is none is looked through all the same: the wrong shape is no hiding place.
#[test]
fn what_stands_where_a_list_should_is_found() {
    for (name, _, thing) in forbidden() {
        let text = json!(json!({ "resourceType": "MedicationStatement" }).to_string());
        for hidden in [thing.clone(), json!([[thing.clone()]]), text.clone(), json!([text])] {
            let contained = json!({ "resourceType": "Condition", "contained": hidden });
            let entry = json!({ "resourceType": "Bundle", "type": "collection", "entry": hidden });
            assert!(!reasons(&contained).is_empty(), "{name}: {contained}");
            assert!(!reasons(&entry).is_empty(), "{name}: {entry}");
        }
    }
}
