//! Which FHIR Observations are evaluations in words of the municipal code lists. It refuses every other one:
//! numbers, ranges, series, components, and codes of laboratory or vital-sign systems.

use crate::codes::System;
use crate::json::Node;
use crate::outcome::Reason;

/// SNOMED CT codes that stand alone in the official guides: follow-up result, and finding at a child's
/// examination. Others may only stand beside a code of the municipal lists.
const ALONE: &[&str] = &["712744002", "363788007"];

const SNOMED: &str = "http://snomed.info/sct";

/// The member at fault, when this Observation is not a coded evaluation.
pub(super) fn fault(observation: &Node<'_>) -> Option<(&'static str, Reason)> {
    if !is_evaluation(observation.get("code")) {
        return Some(("code", Reason::Measurement));
    }
    if observation
        .list("category")
        .iter()
        .flat_map(|category| category.list("coding"))
        .any(is_measuring_category)
    {
        return Some(("category", Reason::Measurement));
    }
    observation.members().iter().find_map(|(name, _)| match name.as_ref() {
        "valueQuantity" => Some(("valueQuantity", Reason::Measurement)),
        "component" => Some(("component", Reason::Measurement)),
        "hasMember" => Some(("hasMember", Reason::Measurement)),
        "device" => Some(("device", Reason::Measurement)),
        "specimen" => Some(("specimen", Reason::Measurement)),
        "interpretation" => Some(("interpretation", Reason::Measurement)),
        "valueCodeableConcept" => None,
        other if other.starts_with("value") || other.starts_with("_value") => {
            Some(("value", Reason::Measurement))
        }
        _ => None,
    })
}

/// A code of the municipal lists, perhaps with a SNOMED CT code beside it, or one of the two that stand
/// alone. Nothing else.
fn is_evaluation(code: Option<&Node<'_>>) -> bool {
    let codings = code.map_or(&[][..], |code| code.list("coding"));
    let pair =
        |coding: &Node<'_>| (coding.str("system").map(str::to_owned), coding.str("code").map(str::to_owned));
    let pairs: Vec<_> = codings.iter().map(pair).collect();
    let municipal = |system: &Option<String>| system.as_deref().and_then(System::from_uri).is_some();
    let any_municipal = pairs.iter().any(|(system, _)| municipal(system));
    !pairs.is_empty()
        && pairs.iter().all(|(system, code)| {
            let snomed = system.as_deref() == Some(SNOMED);
            let alone = code.as_deref().is_some_and(|code| ALONE.contains(&code));
            municipal(system) || snomed && (any_municipal || alone)
        })
}

fn is_measuring_category(coding: &Node<'_>) -> bool {
    let hl7 = coding.str("system") == Some("http://terminology.hl7.org/CodeSystem/observation-category");
    let harmless =
        matches!(coding.str("code"), Some("social-history" | "survey" | "exam" | "therapy" | "procedure"));
    hl7 && !harmless
}
