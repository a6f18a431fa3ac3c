//! Invented social case work after VUM 2.0, as a record system sends it: themes, target groups, goals, plans and how they
//! went. The files name concepts by their Danish label; what is sent are the codes. It refuses a label that no list has.

use super::super::records::Social;
use super::{Citizen, coded, put, transaction};
use anyhow::Context as _;
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_fhir::codes::System;
use jiff::ToSpan as _;
use serde_json::{Value, json};

const SNOMED: &str = "http://snomed.info/sct";
const FOLLOW_UP: &str = "712744002";
const RELATED: &str = "http://hl7.org/fhir/StructureDefinition/goal-relationship";
/// Social indsats.
const SOCIAL_HELP: &str = "4a297733-4d66-4726-a933-590d55cf91e0";
/// FFB støttebehovsvurdering.
const SUPPORT: &str = "effe55c7-572c-4a99-8fb4-2a9dda2f6572";

/// What is delivered on one day.
pub(in super::super) fn social(
    citizen: &Citizen,
    social: &Social,
    at: Timestamp,
    today: Date,
) -> anyhow::Result<Value> {
    let about = About { citizen, on: today.saturating_sub(social.days.days()) };
    let mut resources = vec![citizen.patient(&json!({}))];
    for (theme, level, note) in &social.themes {
        resources.push(about.theme(theme, level, note)?);
    }
    for target in &social.targets {
        resources.push(about.resource("Condition", target, &json!({ "code": named(target)? })));
    }
    for goal in &social.goal {
        let mut more = json!({
            "lifecycleStatus": goal.status,
            "category": [coded(System::CareSocial.uri(), goal.kind())],
            "description": { "text": goal.text },
            "addresses": goal.about.iter().map(|theme| about.refer("Condition", theme)).collect::<Vec<_>>(),
            "target": [],
        });
        let targets = [&goal.aim, &goal.level].into_iter().flatten();
        let targets = targets.map(|label| Ok(json!({ "detailCodeableConcept": named(label)? })));
        put(&mut more, "target", targets.collect::<anyhow::Result<Vec<Value>>>()?.into());
        if let Some(whole) = &goal.step_to {
            let target = json!({ "url": "target", "valueReference": about.refer("Goal", whole) });
            put(&mut more, "extension", json!([{ "url": RELATED, "extension": [target] }]));
        }
        if let Some(outcome) = &goal.outcome {
            put(&mut more, "outcomeCode", json!([{ "text": outcome }]));
        }
        resources.push(about.resource("Goal", &goal.id, &more));
    }
    for plan in &social.plan {
        resources.push(about.plan(plan)?);
    }
    for (plan, result, text) in &social.follow_ups {
        let value = json!({ "coding": named(result)?.get("coding"), "text": text });
        let code = coded(SNOMED, FOLLOW_UP);
        let focus = json!([about.refer("CarePlan", plan)]);
        let more = json!({ "code": code, "valueCodeableConcept": value, "focus": focus });
        resources.push(about.observation(&format!("followed-{plan}-{}", social.days), &more));
    }
    if let Some((level, text)) = &social.support {
        let value = json!({ "coding": named(level)?.get("coding"), "text": text });
        let code = coded(System::CareSocial.uri(), SUPPORT);
        resources.push(about.observation("support", &json!({ "code": code, "valueCodeableConcept": value })));
    }
    if social.assessment {
        resources.push(about.assessment(social));
    }
    Ok(transaction(at, resources))
}

struct About<'a> {
    citizen: &'a Citizen,
    on: Date,
}

impl About<'_> {
    fn id(&self, name: &str) -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
        format!("{}-vum-{}", self.citizen.key, name.chars().map(plain).collect::<String>())
    }

    fn refer(&self, kind: &str, name: &str) -> Value {
        json!({ "reference": format!("{kind}/{}", self.id(name)) })
    }

    fn resource(&self, kind: &str, name: &str, more: &Value) -> Value {
        let subject = json!({ "reference": format!("Patient/{}", self.citizen.key) });
        let mut resource = json!({ "resourceType": kind, "id": self.id(name), "subject": subject });
        super::merge(&mut resource, more);
        resource
    }

    fn observation(&self, name: &str, more: &Value) -> Value {
        let mut observation = self.resource("Observation", name, more);
        put(&mut observation, "status", "final".into());
        put(&mut observation, "effectiveDateTime", self.on.to_string().into());
        observation
    }

    fn theme(&self, theme: &str, level: &str, note: &str) -> anyhow::Result<Value> {
        let mut more = json!({ "code": named(theme)?, "recordedDate": self.on.to_string() });
        if !level.is_empty() {
            put(&mut more, "severity", named(level)?);
        }
        if !note.is_empty() {
            put(&mut more, "note", json!([{ "text": note }]));
        }
        Ok(self.resource("Condition", theme, &more))
    }

    fn plan(&self, plan: &super::super::records::SocialPlan) -> anyhow::Result<Value> {
        let all = |kind: &'static str, names: &[String]| -> Vec<Value> {
            names.iter().map(|name| self.refer(kind, name)).collect()
        };
        let help = plan
            .help
            .iter()
            .map(|help| Ok(json!({ "detail": { "status": "in-progress", "code": named(help)? } })));
        let mut activities = help.collect::<anyhow::Result<Vec<Value>>>()?;
        if plan.part_of.is_none() {
            activities.push(json!({ "outcomeReference": [self.refer("Observation", "support")] }));
        }
        let mut more = json!({
            "status": plan.status,
            "intent": "order",
            "category": [coded(System::CareSocial.uri(), SOCIAL_HELP)],
            "period": { "start": self.on.to_string() },
            "addresses": all("Condition", &plan.targets),
            "goal": all("Goal", &plan.goals),
            "activity": activities,
        });
        if !plan.text.is_empty() {
            put(&mut more, "description", plan.text.as_str().into());
        }
        if let Some(whole) = &plan.part_of {
            put(&mut more, "basedOn", json!([self.refer("CarePlan", whole)]));
        }
        Ok(self.resource("CarePlan", &plan.id, &more))
    }

    fn assessment(&self, social: &Social) -> Value {
        let themes = social.themes.iter().map(|(theme, ..)| theme);
        let found = themes.chain(&social.targets);
        let found: Vec<Value> =
            found.map(|name| json!({ "itemReference": self.refer("Condition", name) })).collect();
        let code = coded(System::CareSocial.uri(), SUPPORT);
        let more = json!({
            "status": "completed",
            "effectiveDateTime": self.on.to_string(),
            "finding": found,
            "investigation": [{ "code": code, "item": [self.refer("Observation", "support")] }],
        });
        self.resource("ClinicalImpression", "assessment", &more)
    }
}

/// The concept that VUM calls so.
fn named(label: &str) -> anyhow::Result<Value> {
    let concept = System::Ffb.concepts().find(|concept| concept.label == label);
    let concept = concept.with_context(|| format!("{label} is no concept of VUM"))?;
    Ok(coded(System::Ffb.uri(), concept.code))
}
