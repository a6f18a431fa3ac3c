//! Tests of what is read of visits.

use super::*;
use crate::delivery::Source;
use crate::json::{Shape, parse};
use borgerportal_domain::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

/// What the calendar would show of a resource, through the bytes that are kept.
fn shown(resource: &Value) -> Option<Visit> {
    let text = resource.to_string();
    let shape = Shape { depth: 32, string: 1 << 18, values: 10_000 };
    let node = parse(text.as_bytes(), &shape).unwrap();
    let kind = ResourceType::from_name(resource["resourceType"].as_str().unwrap()).unwrap();
    let source = Source::new(kind, resource["id"].as_str().unwrap());
    read(&head(&Heard { source: &source, node: &node, refers: &|_| None }))
}

fn visit(more: &Value) -> Value {
    let mut resource = json!({
        "resourceType": "Appointment", "id": "v1", "status": "booked",
        "start": "2026-11-25T10:00:00+01:00", "end": "2026-11-25T10:30:00+01:00",
        "serviceType": [{ "coding": [{ "system": VISIT_TYPE, "code": "wound_care" }], "text": "Sårpleje" }],
        "participant": [
            { "actor": { "reference": "Patient/inger" }, "status": "accepted" },
            { "type": [{ "text": "Sygeplejerske" }], "status": "accepted",
              "actor": { "reference": "Practitioner/7", "display": "Kirsten Bak" } },
            { "actor": { "type": "Organization", "display": "Sygeplejen Nord" }, "status": "accepted" },
        ],
    });
    for (name, value) in more.as_object().unwrap() {
        resource[name] = value.clone();
    }
    resource
}

#[test]
fn an_appointment_says_when_what_and_by_whom_but_never_who() {
    let seen = shown(&visit(&json!({}))).unwrap();
    assert_eq!(
        (seen.name.as_str(), seen.kind, seen.title.as_str()),
        ("Appointment/v1", VisitType::WoundCare, "Sårpleje")
    );
    assert_eq!(seen.slot.from.to_string(), "2026-11-25T09:00:00Z");
    assert_eq!(seen.slot.end().millis_since(seen.slot.from), 30 * 60_000);
    assert_eq!(
        (seen.role.as_str(), seen.unit.as_str(), seen.place.as_str()),
        ("Sygeplejerske", "Sygeplejen Nord", "")
    );
    assert!(!format!("{seen:?}").contains("Kirsten"), "the name of a nurse is nobody's to see");
}

#[test]
fn names_of_staff_come_in_by_no_door() {
    for actor in [
        json!({ "display": "Kirsten Bak" }),
        json!({ "type": "Practitioner", "display": "Kirsten Bak" }),
        json!({ "reference": "PractitionerRole/9", "display": "Kirsten Bak" }),
        json!({ "reference": "urn:uuid:7", "display": "Kirsten Bak" }),
    ] {
        let participant = json!([{ "actor": actor, "type": [{ "coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "PPRF", "display": "primary performer" }] }] }]);
        let seen = shown(&visit(&json!({ "participant": participant }))).unwrap();
        assert_eq!((seen.role.as_str(), seen.unit.as_str(), seen.place.as_str()), ("", "", ""));
    }
}

#[test]
fn states_series_and_moves() {
    for (status, expected) in [
        ("booked", Booked::Planned),
        ("arrived", Booked::Planned),
        ("fulfilled", Booked::Done),
        ("cancelled", Booked::Cancelled),
        ("noshow", Booked::Missed),
    ] {
        assert_eq!(shown(&visit(&json!({ "status": status }))).unwrap().booked, expected, "{status}");
    }
    let seen = shown(&visit(&json!({
        "cancelationReason": { "text": "Sygdom hos os" },
        "extension": [
            { "url": VISIT_SERIES, "valueString": "bad-onsdag" },
            { "url": VISIT_MOVED_FROM, "valuePeriod": { "start": "2026-11-25T08:30:00+01:00", "end": "2026-11-25T09:00:00+01:00" } },
        ],
        "participant": [{ "actor": { "reference": "Location/3", "display": "Træningscentret, Havnegade 4" } }],
    })))
    .unwrap();
    assert_eq!((seen.reason.as_str(), seen.series.as_deref()), ("Sygdom hos os", Some("bad-onsdag")));
    assert_eq!(seen.moved_from.unwrap().from.to_string(), "2026-11-25T07:30:00Z");
    assert_eq!(seen.place, "Træningscentret, Havnegade 4");
}

#[test]
fn what_a_visit_is_for_is_read_from_our_codes_and_from_fsiii() {
    let coded = |system: &str, code: &str| {
        shown(&visit(&json!({ "serviceType": [{ "coding": [{ "system": system, "code": code }] }] })))
            .unwrap()
    };
    assert_eq!(coded(VISIT_TYPE, "cleaning").kind, VisitType::Cleaning);
    assert_eq!(coded(VISIT_TYPE, "haircut").kind, VisitType::Other);
    for (short, kind) in INTERVENTIONS {
        let seen = coded(System::Fsiii.uri(), short);
        assert_eq!(seen.kind, *kind, "{short}");
        assert!(!seen.title.is_empty(), "{short} has a name");
    }
    assert_eq!(coded("http://example.org", "H1.8").kind, VisitType::Other);
}

#[test]
fn a_contact_that_took_place() {
    let encounter = json!({
        "resourceType": "Encounter", "id": "e1", "status": "finished",
        "class": { "system": "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes", "code": BY_SCREEN },
        "type": [{ "coding": [{ "system": System::CareSocial.uri(), "code": "9f03dfbb-7a97-45a5-94db-d4c3501714a9" }] }],
        "period": { "start": "2021-02-15" },
        "appointment": [{ "reference": "https://record.example/fhir/Appointment/v1" }],
    });
    let seen = shown(&encounter).unwrap();
    assert_eq!(
        (seen.kind, seen.title.as_str(), seen.booked),
        (VisitType::ScreenVisit, "opfølgning", Booked::Done)
    );
    assert!(seen.slot.whole_day, "only the day is known");
    assert_eq!(seen.of_appointment.as_deref(), Some("Appointment/v1"));
}

#[test]
fn what_has_no_time_is_not_in_a_calendar() {
    let mut timeless = visit(&json!({}));
    timeless.as_object_mut().unwrap().remove("start");
    assert_eq!(shown(&timeless), None);
    assert_eq!(shown(&json!({ "resourceType": "Encounter", "id": "e", "status": "planned" })), None);
    assert_eq!(shown(&visit(&json!({ "start": "soon" }))), None);
    for head in [&b""[..], b"{}", b"{\"kind\":\"haircut\",\"booked\":\"planned\"}", b"[1]", b"\xff"] {
        assert_eq!(read(head), None);
    }
}

proptest! {
    /// Whatever words a record system sends, they come back as they were.
    #[test]
    fn words_come_back(title in "\\PC{1,40}", reason in "\\PC{0,40}", millis in 0i64..4_000_000_000_000) {
        let start = Timestamp::from_millis(millis).to_string();
        let more = json!({ "start": start, "serviceType": [{ "text": title }], "cancelationReason": { "text": reason } });
        let seen = shown(&visit(&more)).unwrap();
        prop_assert_eq!(seen.title, title.trim());
        prop_assert_eq!(seen.reason, reason.trim());
        prop_assert_eq!(seen.slot.from.millis(), millis);
    }
}
