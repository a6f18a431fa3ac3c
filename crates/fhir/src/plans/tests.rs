//! From a delivery of VUM to what the room tells, with the municipal information model's texts and without.

use super::*;
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::plans::Overview;
use borgerportal_domain::time::copenhagen_date;
use serde_json::{Value, json};

use crate::delivery::Room;
use crate::heads::testing::delivered;

const FFB: &str = "urn:oid:1.2.208.176.2.22";
const KL: &str = "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes";

fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

fn resource(kind: &str, id: &str, more: &Value) -> Value {
    let mut resource = json!({ "resourceType": kind, "id": id, "subject": { "reference": "Patient/p" } });
    for (name, value) in more.as_object().unwrap() {
        resource[name] = value.clone();
    }
    resource
}

fn refer(name: &str) -> Value {
    json!({ "reference": name })
}

fn told(resources: &[Value]) -> Overview {
    let items = delivered(resources, Room::Plans);
    let heads = items.iter().filter_map(|item| {
        let kept = Head::read(&item.entry.as_ref()?.head)?;
        let held = Held { id: ItemId::from_bytes([7; 16]), has_text: false, it: () };
        Some(kept.told(&held, copenhagen_date(item.sort_at)))
    });
    Overview::of(heads.collect())
}

/// Cleaning, severely limited; a target group; a goal with a step; a plan with its help; how it went.
fn andreas() -> Vec<Value> {
    [needs_and_goals(), help_and_outcome()].concat()
}

fn needs_and_goals() -> Vec<Value> {
    let rank = |rank: u8| json!([{ "url": RANK, "valuePositiveInt": rank }]);
    vec![
        resource(
            "Condition",
            "cleaning",
            &json!({ "code": coded(FFB, "8f32c948-41c4-49d7-8913-cdeede2e7fe1"),
            "severity": coded(FFB, "cae545f5-2813-4d79-98fc-0a7d770af3cd"), "recordedDate": "2026-03-02" }),
        ),
        resource(
            "Condition",
            "money",
            &json!({ "code": coded(FFB, "70443014-3faf-402d-abcf-396bfad32eb9"),
            "recordedDate": "2026-03-02" }),
        ),
        resource(
            "Condition",
            "group",
            &json!({ "code": coded(FFB, "97c355cc-84e3-46d0-ac1b-00bc627d089f") }),
        ),
        resource(
            "Goal",
            "purpose",
            &json!({ "lifecycleStatus": "active",
            "category": [coded(KL, "424827b1-23aa-4848-962b-56ee47def560")],
            "description": { "text": "En hverdag med venner. Og med aktiviteter, så der er noget at stå op til." } }),
        ),
        resource(
            "Goal",
            "goal",
            &json!({ "lifecycleStatus": "active",
            "category": [coded(KL, "0bb3daef-538d-45dc-b444-abdbcb63f6bc")],
            "description": { "text": "holder orden på sit eget værelse" },
            "addresses": [{ "reference": "Condition/money", "extension": rank(2) },
                { "reference": "Condition/cleaning", "extension": rank(1) }],
            "target": [{ "detailCodeableConcept": coded(FFB, "8328ce4a-6238-4f73-bf1a-74aadb68eff8") },
                { "detailCodeableConcept": coded(FFB, "d41c8072-52f8-42b5-9375-ddbea454d27f") }] }),
        ),
        resource(
            "Goal",
            "step",
            &json!({ "lifecycleStatus": "completed",
            "category": [coded(KL, "6746d4af-145a-4bfd-a672-05c0cf11b53b")],
            "description": { "text": "Gulvet er ryddet" },
            "outcomeCode": [{ "text": "Det går godt" }],
            "extension": [{ "url": RELATED, "extension": [{ "url": "target", "valueReference": refer("Goal/goal") }] }] }),
        ),
    ]
}

fn help_and_outcome() -> Vec<Value> {
    vec![
        resource(
            "Observation",
            "support",
            &json!({ "status": "final", "effectiveDateTime": "2026-03-03",
            "code": coded(KL, "effe55c7-572c-4a99-8fb4-2a9dda2f6572"),
            "valueCodeableConcept": coded(FFB, "b99a0790-4d70-4152-b149-3fe58b745583") }),
        ),
        resource(
            "Observation",
            "revisit",
            &json!({ "status": "final", "effectiveDateTime": "2026-03-20",
            "code": coded("http://snomed.info/sct", "712744002"), "focus": [refer("CarePlan/plan")],
            "valueCodeableConcept": { "coding": coded(FFB, "b4c01aa8-82fd-44e4-83ff-ca19ec02c779")["coding"],
                "text": "Det har været godt." } }),
        ),
        resource(
            "CarePlan",
            "plan",
            &json!({ "status": "active", "intent": "order", "period": { "start": "2026-03-05" },
            "category": [coded(KL, "4a297733-4d66-4726-a933-590d55cf91e0")], "description": "Bostøtte. Tre timer om ugen.",
            "addresses": [refer("Condition/group")], "goal": [refer("Goal/purpose"), refer("Goal/goal")],
            "activity": [{ "outcomeReference": [refer("Observation/support")],
                "detail": { "status": "completed", "code": coded(KL, "95ec4535-8fe8-4296-867c-35de421794cf") } }] }),
        ),
        resource(
            "CarePlan",
            "help",
            &json!({ "status": "active", "intent": "order", "created": "2026-03-05",
            "basedOn": [refer("CarePlan/plan")],
            "activity": [{ "detail": { "status": "in-progress", "code": coded(FFB, "638f44df-6bf2-47f8-9935-b8fdc83e5bf5") } }] }),
        ),
        resource(
            "ClinicalImpression",
            "look",
            &json!({ "status": "completed", "effectiveDateTime": "2026-03-02",
            "finding": [{ "itemReference": refer("Condition/cleaning") }, { "itemReference": refer("Condition/money") }],
            "investigation": [{ "code": coded(KL, "effe55c7-572c-4a99-8fb4-2a9dda2f6572"),
                "item": [refer("Observation/support")] }] }),
        ),
    ]
}

#[test]
fn a_plan_is_told_with_everything_that_is_tied_to_it() {
    let overview = told(&andreas());
    let [story] = overview.plans.as_slice() else { panic!("one plan") };
    let plan = &story.plan.it;
    assert_eq!((plan.title.as_str(), plan.help.len(), plan.state), ("Bostøtte", 0, State::Running));
    assert!(story.plan.has_text, "the whole description can be read");
    assert_eq!(story.targets[0].label, "Udviklingshæmning");
    assert_eq!(story.parts[0].it.help[0].label, "Støtte til daglige opgaver i hjemmet");
    let said: Vec<&str> =
        story.judgements.iter().filter_map(|one| Some(one.it.said.as_ref()?.label.as_ref())).collect();
    assert_eq!(said, ["Træf afgørelse om afslutning af indsats og visiter til ny", "Højt støttebehov"]);
    assert_eq!(story.judgements.iter().map(|one| one.it.follow_up).collect::<Vec<_>>(), [true, false]);
}

#[test]
fn goals_tell_kind_aim_level_themes_by_rank_and_steps() {
    let overview = told(&andreas());
    let goals = &overview.plans[0].goals;
    let kinds: Vec<(GoalKind, &str)> =
        goals.iter().map(|story| (story.goal.it.kind, story.goal.it.title.as_str())).collect();
    assert_eq!(
        kinds,
        [(GoalKind::Purpose, "En hverdag med venner"), (GoalKind::Goal, "holder orden på sit eget værelse")]
    );
    let goal = &goals[1];
    assert_eq!(goal.goal.it.aim.as_ref().unwrap().label, "Udvikle funktionsevne");
    assert_eq!(goal.goal.it.expected.as_ref().unwrap().label, "Let nedsat funktionsevne");
    let themes: Vec<&str> = goal.themes.iter().map(|theme| theme.it.what.label.as_ref()).collect();
    assert_eq!(themes, ["Gøre rent", "Varetage økonomi"]);
    assert_eq!(
        (goal.steps[0].goal.it.title.as_str(), goal.steps[0].goal.it.state),
        ("Gulvet er ryddet", State::Ended)
    );
    assert!(goal.steps[0].goal.has_text, "how it went can be read");
    assert!(!goal.goal.has_text, "its title is all of it");
}

#[test]
fn an_assessment_tells_themes_by_group_and_the_need_for_support() {
    let overview = told(&andreas());
    let story = &overview.assessments[0];
    let themes: Vec<(&str, &str)> = story
        .themes
        .iter()
        .map(|(group, themes)| (group.label.as_ref(), themes[0].it.what.label.as_ref()))
        .collect();
    assert_eq!(themes, [("Praktiske opgaver", "Gøre rent"), ("Samfundsliv", "Varetage økonomi")]);
    assert_eq!(story.judgements[0].it.said.as_ref().unwrap().label, "Højt støttebehov");
    assert!(overview.themes.is_empty() && overview.judgements.is_empty() && overview.goals.is_empty());
}

#[test]
fn the_group_of_a_theme_stands_two_below_the_top_of_the_list() {
    for (code, expected) in [
        ("b947f321-7cdb-4b33-9653-f3ff800572b0", "Praktiske opgaver"),
        ("eef71492-65f5-4297-aa95-3c3a6866ddef", "Praktiske opgaver"),
        ("93433530-b85c-4d04-a4fb-5ae26cf16f1c", "Aktivitet og deltagelse"),
        ("83342ff3-5f2e-4914-b045-e98357685866", "Omgivelser"),
    ] {
        assert_eq!(group(&of_key(code).unwrap().term()).label, expected);
    }
    assert_eq!(group(&Term::new("", "Nyt")), Term::new("", "Nyt"));
}

#[test]
fn states_are_few_and_an_unknown_one_is_running() {
    assert_eq!(
        ["draft", "active", "on-hold", "completed", "revoked", "unknown"]
            .map(|word| plan_state(Some(word)).code()),
        ["planned", "running", "paused", "ended", "stopped", "running"]
    );
    assert_eq!(
        ["planned", "active", "on-hold", "completed", "cancelled", "x"]
            .map(|word| goal_state(Some(word)).code()),
        ["planned", "running", "paused", "ended", "stopped", "running"]
    );
}

#[test]
fn a_head_of_a_later_program_is_left_out() {
    for kept in ["", "{}", "{\"is\":{\"rocket\":{}}}", "{\"is\":{\"target\":{\"name\":1}}}"] {
        assert!(Head::read(kept.as_bytes()).is_none(), "{kept}");
    }
}
