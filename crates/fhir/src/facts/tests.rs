use super::*;
use crate::json::{Shape, parse};
use borgerportal_domain::items::Sensitivities;

const SHAPE: Shape = Shape { depth: 40, string: 1000, values: 1000 };

fn node(text: &str) -> Node<'_> {
    parse(text.as_bytes(), &SHAPE).unwrap()
}

fn kind_of(text: &str) -> (ResourceType, Node<'_>) {
    let node = node(text);
    (ResourceType::from_name(node.str("resourceType").unwrap()).unwrap(), node)
}

#[test]
fn every_resource_type_with_states_can_be_withdrawn() {
    for kind in ResourceType::ALL {
        for text in [
            r#"{"status":"entered-in-error"}"#,
            r#"{"lifecycleStatus":"entered-in-error"}"#,
            r#"{"status":"current","docStatus":"entered-in-error"}"#,
            r#"{"verificationStatus":{"coding":[{"code":"confirmed"},{"code":"entered-in-error"}]}}"#,
        ] {
            assert_eq!(rank(*kind, &node(text)), Rank::Withdrawn, "{} {text}", kind.name());
        }
    }
}

#[test]
fn the_plans_own_status_decides_not_its_activitys() {
    let (kind, plan) = kind_of(
        r#"{"resourceType":"CarePlan","status":"completed","activity":[{"detail":{"status":"in-progress"}}]}"#,
    );
    assert_eq!(rank(kind, &plan), Rank::Ended);
    let (kind, plan) = kind_of(
        r#"{"resourceType":"CarePlan","status":"active","activity":[{"detail":{"status":"completed"}}]}"#,
    );
    assert_eq!(rank(kind, &plan), Rank::Active);
}

#[test]
fn a_gateway_condition_ends_when_it_leaves_the_problem_list() {
    let gateway =
        r#""meta":{"profile":["http://fhir.kl.dk/gateway/StructureDefinition/klgateway-care-condition"]}"#;
    let listed = r#""category":[{"coding":[{"code":"problem-list-item"}]}]"#;
    let over = |text: &str| rank(ResourceType::Condition, &node(text)) == Rank::Ended;
    assert!(over(&format!("{{{gateway}}}")));
    assert!(!over(&format!("{{{gateway},{listed}}}")));
    assert!(!over("{}"), "other guides use no category");
    assert!(over(r#"{"clinicalStatus":{"coding":[{"code":"resolved"}]}}"#));
}

#[test]
fn rooms_follow_what_the_resource_is_about() {
    let grant = |code: &str| {
        format!(
            r#"{{"resourceType":"CarePlan","activity":[{{"detail":{{"code":{{"coding":[{{"system":"urn:oid:1.2.208.176.2.21","code":"{code}"}}]}}}}}}]}}"#
        )
    };
    let (aid, hygiene) = (grant("6b6bbece-8a04-44a0-8b06-eed22d4bc8d0"), grant("H1.1"));
    let aid_code = System::Fsiii
        .concepts()
        .find(|c| c.top().short == "Kommunalt_hjaelpemiddelomraade_indsatser" && !c.parent.is_empty());
    let aid = aid_code.map_or(aid, |concept| grant(concept.code));
    for (text, expected) in [
        (aid.as_str(), Room::Aids),
        (hygiene.as_str(), Room::Grants),
        (r#"{"resourceType":"CarePlan","description":"x"}"#, Room::Plans),
        (
            r#"{"resourceType":"Condition","code":{"coding":[{"system":"urn:oid:1.2.208.176.2.22","code":"x"}]}}"#,
            Room::Plans,
        ),
        (
            r#"{"resourceType":"Condition","code":{"coding":[{"system":"urn:oid:1.2.208.176.2.21","code":"J3.8"}]}}"#,
            Room::Conditions,
        ),
        (r#"{"resourceType":"Encounter"}"#, Room::Calendar),
        (r#"{"resourceType":"DocumentReference"}"#, Room::Documents),
        (r#"{"resourceType":"Communication"}"#, Room::Messages),
        (r#"{"resourceType":"Organization"}"#, Room::Other),
    ] {
        let (kind, node) = kind_of(text);
        assert_eq!(room(kind, &node), expected, "{text}");
    }
}

fn labels(codes: &[&str]) -> Visibility {
    let codings: Vec<String> =
        codes.iter().map(|code| format!(r#"{{"system":"{}","code":"{code}"}}"#, crate::VISIBILITY)).collect();
    visibility(&node(&format!(r#"{{"meta":{{"security":[{}]}}}}"#, codings.join(","))))
}

#[test]
fn no_label_is_no_audience_so_that_the_municipality_decides() {
    assert_eq!(visibility(&node("{}")), Visibility::default());
    assert_eq!(labels(&["social"]).audience, None);
    assert_eq!(labels(&["social"]).sensitivities, Sensitivities::NONE.with(Sensitivity::Social));
}

#[test]
fn audiences_add_up_and_none_is_nobody() {
    assert_eq!(labels(&["audience-citizen"]).audience, Some(Audience::CITIZEN));
    assert_eq!(
        labels(&["audience-relative", "audience-parent", "audience-citizen"]).audience,
        Some(Audience::ALL)
    );
    assert_eq!(labels(&["audience-none"]).audience, Some(Audience::NOBODY));
    assert!(labels(&["withheld-from-parent"]).withheld_from_parent);
}

#[test]
fn a_label_that_is_not_understood_hides() {
    assert_eq!(labels(&["audience-citizen", "new-idea"]).audience, Some(Audience::NOBODY));
    for (label, hidden) in [
        (r#"{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"N"}"#, false),
        (r#"{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"V"}"#, true),
        (r#"{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}"#, true),
        (r#"{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HTEST"}"#, true),
        ("{}", true),
    ] {
        let found = visibility(&node(&format!(r#"{{"meta":{{"security":[{label}]}}}}"#))).audience;
        assert_eq!(found == Some(Audience::NOBODY), hidden, "{label}");
        let document = format!(r#"{{"securityLabel":[{{"coding":[{label}]}}]}}"#);
        assert_eq!(visibility(&node(&document)).audience == Some(Audience::NOBODY), hidden, "{label}");
    }
}

#[test]
fn visible_from_is_the_latest_said_and_a_bad_one_hides() {
    let with = |value: &str| {
        let text = format!(
            r#"{{"extension":[{{"url":"{0}","valueDate":"2021-01-01"}},{{"url":"{0}",{value}}}]}}"#,
            crate::VISIBLE_FROM
        );
        let seen = visibility(&node(&text));
        (seen.visible_from.map(|at| at.to_string()), seen.audience)
    };
    assert_eq!(with(r#""valueDate":"2021-07-02""#), (Some("2021-07-01T22:00:00Z".to_owned()), None));
    assert_eq!(with(r#""valueDate":"soon""#).1, Some(Audience::NOBODY));
}

#[test]
fn a_hash_is_about_what_is_said_not_how_or_when() {
    let same = [
        r#"{"a":1.0,"b":"ø","meta":{"profile":["p"]}}"#,
        r#"{ "b" : "\u00f8", "meta" : { "versionId":"7", "lastUpdated" : "2021-01-01T00:00:00Z","profile":["p"] }, "a":1.0 }"#,
    ];
    assert_eq!(hash(&node(same[0])), hash(&node(same[1])));
    assert_eq!(hash(&node(r#"{"a":1}"#)), hash(&node(r#"{"meta":{"versionId":"1"},"a":1}"#)));
    for other in [
        r#"{"a":1.00,"b":"ø","meta":{"profile":["p"]}}"#,
        r#"{"a":1.0,"b":"o","meta":{"profile":["p"]}}"#,
        r#"{"a":"1.0","b":"ø","meta":{"profile":["p"]}}"#,
        r#"{"a":1.0,"b":"ø","meta":{"profile":["p"]},"lastUpdated":"x"}"#,
        r#"{"a":1.0,"b":"ø"}"#,
    ] {
        assert_ne!(hash(&node(same[0])), hash(&node(other)), "{other}");
    }
}
