//! The contract, element by element, and what is made of anything else.

use super::*;
use crate::delivery::Source;
use crate::json::{self, Shape};
use borgerportal_domain::grants::Meaning;
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const SHAPE: Shape = Shape { depth: 40, string: 10_000, values: 10_000 };

fn kept(kind: ResourceType, resource: &Json) -> Vec<u8> {
    let text = resource.to_string();
    let node = json::parse(text.as_bytes(), &SHAPE).unwrap();
    let source = Source::new(kind, "g1");
    let head = head(&Heard { source: &source, node: &node, refers: &|_| None });
    head.map(|head| serde_json::to_vec(&head).unwrap()).unwrap_or_default()
}

fn plan(resource: &Json) -> Head {
    read(&kept(ResourceType::CarePlan, resource)).unwrap()
}

fn decided(extra: &[Json], more: &Json) -> Json {
    let mut members = vec![
        json!({ "url": "law", "valueCode": "serviceloven" }),
        json!({ "url": "section", "valueString": "§ 83, stk. 1, nr. 1" }),
    ];
    members.extend_from_slice(extra);
    let mut resource = json!({
        "status": "active",
        "title": "Personlig hygiejne",
        "extension": [{ "url": GRANT_DECISION, "extension": members }],
    });
    for (name, value) in more.as_object().unwrap() {
        resource[name] = value.clone();
    }
    resource
}

fn sent(recipient: &str, channel: &str, sent: &str) -> Json {
    json!({ "url": "delivery", "extension": [
        { "url": "recipient", "valueCode": recipient },
        { "url": "channel", "valueCode": channel },
        { "url": "sent", "valueDate": sent },
    ]})
}

#[test]
fn a_decision_says_all_that_a_citizen_reads() {
    let repeat =
        json!({ "frequency": 7, "period": 1, "periodUnit": "wk", "duration": 20, "durationUnit": "min" });
    let head = plan(&decided(
        &[
            json!({ "url": "decided", "valueDate": "2026-11-05" }),
            json!({ "url": "unit", "valueString": "Visitationen" }),
            json!({ "url": "state", "valueCode": "ordered" }),
            json!({ "url": "amount", "valueString": "også i weekenden" }),
            json!({ "url": "letter", "valueReference": { "reference": "DocumentReference/brev" } }),
            sent("citizen", "digital_post", "2026-11-06"),
            sent("representative", "letter", "2026-11-09"),
        ],
        &json!({
            "period": { "start": "2026-12-01", "end": "2027-11-30" },
            "replaces": [{ "reference": "https://nexus.example/CarePlan/old" }],
            "activity": [{ "detail": {
                "scheduledTiming": { "repeat": repeat },
                "performer": [{ "display": " Hjemmeplejen Nord " }],
            }}],
        }),
    ));
    assert_eq!((head.name.as_str(), head.letter.as_deref()), ("CarePlan/g1", Some("DocumentReference/brev")));
    assert_eq!(head.replaces, ["CarePlan/old"]);
    let date = |text: &str| Some(text.parse::<Date>().unwrap());
    assert_eq!(
        (head.grant.state, head.grant.from, head.grant.to),
        (State::Ordered, date("2026-12-01"), date("2027-11-30"))
    );
    assert_eq!(head.grant.supplier.as_deref(), Some("Hjemmeplejen Nord"));
    let decision = head.grant.decision.unwrap();
    assert_eq!(decision.ground.as_ref().and_then(Ground::meaning), Some(Meaning::HomeHelp));
    assert_eq!((decision.decided, decision.minutes), (date("2026-11-05"), Some(20)));
    assert_eq!(decision.frequency, Some(Frequency { times: 7, span: 1, every: Every::Week }));
    assert_eq!(
        (decision.unit.as_deref(), decision.amount.as_deref()),
        (Some("Visitationen"), Some("også i weekenden"))
    );
    let ways: Vec<_> = decision.deliveries.iter().map(|one| (one.to, one.by)).collect();
    assert_eq!(
        ways,
        [(Recipient::Citizen, SentBy::DigitalPost), (Recipient::Representative, SentBy::Letter)]
    );
}

#[test]
fn a_delivery_that_is_not_understood_gives_no_day() {
    let broken = [
        sent("neighbour", "letter", "2026-11-06"),
        sent("citizen", "pigeon", "2026-11-06"),
        sent("citizen", "letter", "soon"),
        json!({ "url": "delivery" }),
    ];
    assert_eq!(plan(&decided(&broken, &json!({}))).grant.deliveries(), []);
}

#[test]
fn what_is_over_stays_over() {
    let state = |status: &str, told: Option<&str>| {
        let told: Vec<Json> = told.iter().map(|code| json!({ "url": "state", "valueCode": code })).collect();
        plan(&decided(&told, &json!({ "status": status }))).grant.state
    };
    for (status, told, expected) in [
        ("draft", None, State::Applied),
        ("active", None, State::Granted),
        ("on-hold", None, State::Granted),
        ("completed", None, State::Finished),
        ("revoked", None, State::Ceased),
        ("unknown", None, State::Other),
        ("active", Some("ordered"), State::Ordered),
        ("active", Some("refused"), State::Refused),
        ("revoked", Some("dropped"), State::Dropped),
        ("completed", Some("granted"), State::Finished),
        ("active", Some("a word of its own"), State::Other),
    ] {
        assert_eq!(state(status, told), expected, "{status} {told:?}");
    }
}

#[test]
fn help_in_a_plan_is_called_by_its_code_and_has_no_decision() {
    let fsiii = "urn:oid:1.2.208.176.2.21";
    let head = plan(&json!({
        "status": "active",
        "period": { "start": "2020-12-17T10:09:27+01:00" },
        "activity": [{ "detail": { "code": { "coding": [{ "system": fsiii, "code": "G1.39" }] } } }],
    }));
    assert_eq!(head.grant.decision, None);
    assert!(!head.grant.title.is_empty() && head.grant.route().is_none());
    assert_eq!(head.grant.from, Some(Date::constant(2020, 12, 17)));
}

#[test]
fn help_that_was_given_is_a_day_or_a_period() {
    let code = json!({ "coding": [{ "system": "urn:oid:1.2.208.176.2.21", "code": "G1.39" }] });
    let read = |more: Json| {
        let mut resource = more;
        resource["code"] = code.clone();
        read(&kept(ResourceType::Procedure, &resource)).unwrap().grant
    };
    let once = read(json!({ "status": "completed", "performedDateTime": "2026-05-04" }));
    assert_eq!((once.state, once.from, once.to), (State::Finished, once.to, once.from));
    let long = read(json!({ "status": "in-progress", "performedPeriod": { "start": "2026-05-04" } }));
    assert_eq!((long.state, long.to), (State::Other, None));
}

#[test]
fn what_has_no_name_is_not_listed() {
    assert!(kept(ResourceType::CarePlan, &json!({ "status": "active" })).is_empty());
    assert!(kept(ResourceType::Procedure, &json!({ "status": "completed" })).is_empty());
    assert_eq!(read(b""), None);
    assert_eq!(read(b"[1]"), None);
}

#[test]
fn an_older_head_without_newer_fields_is_read() {
    let head = read(br#"{"name":"CarePlan/x","title":"Bad","state":"granted","decision":{}}"#).unwrap();
    assert_eq!(head.grant.decision, Some(Decision::default()));
}

proptest! {
    #[test]
    fn numbers_that_are_no_counts_are_left_out(frequency in -3i64..70_000, period in 0i64..70_000) {
        let repeat = json!({ "frequency": frequency, "period": period, "periodUnit": "d" });
        let detail = json!({ "scheduledTiming": { "repeat": repeat } });
        let head = plan(&decided(&[], &json!({ "activity": [{ "detail": detail }] })));
        if let Some(found) = head.grant.decision.unwrap().frequency {
            prop_assert!(found.times > 0 && found.span > 0);
        }
    }
}
