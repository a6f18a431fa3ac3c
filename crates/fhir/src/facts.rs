//! The few facts that every kept resource has: whether it is over or withdrawn, when it counts from, which
//! room it belongs to, for whom it is labelled, and the hash of what it says. It refuses to read meaning
//! from texts.

use borgerportal_domain::Timestamp;
use borgerportal_domain::items::{Audience, Sensitivity, Visibility};
use ring::digest;

use crate::codes::System;
use crate::dates;
use crate::delivery::{ResourceType, Room};
use crate::json::{Node, Value};
use crate::order::{ContentHash, Rank};

/// Codes of the codings of a CodeableConcept.
pub(crate) fn codes<'n>(concept: Option<&'n Node<'_>>) -> impl Iterator<Item = &'n str> {
    concept.map_or(&[][..], |concept| concept.list("coding")).iter().filter_map(|coding| coding.str("code"))
}

fn has_code(concept: Option<&Node<'_>>, wanted: &[&str]) -> bool {
    codes(concept).any(|code| wanted.contains(&code))
}

/// Whether the resource is in force, over, or withdrawn.
pub(crate) fn rank(kind: ResourceType, node: &Node<'_>) -> Rank {
    let word = |name: &str| node.str(name).unwrap_or_default();
    let withdrawn = ["status", "docStatus", "lifecycleStatus"].map(word).contains(&"entered-in-error")
        || has_code(node.get("verificationStatus"), &["entered-in-error"]);
    if withdrawn {
        return Rank::Withdrawn;
    }
    let over: &[&str] = match kind {
        ResourceType::CarePlan | ResourceType::ServiceRequest => &["completed", "revoked"],
        ResourceType::Encounter | ResourceType::EpisodeOfCare => &["finished", "cancelled"],
        ResourceType::Appointment => &["fulfilled", "cancelled", "noshow"],
        ResourceType::Procedure => &["completed", "not-done", "stopped"],
        ResourceType::Task => &["completed", "cancelled", "failed", "rejected"],
        ResourceType::DeviceUseStatement => &["completed", "stopped"],
        ResourceType::SupplyDelivery | ResourceType::ClinicalImpression => &["completed", "abandoned"],
        ResourceType::Goal => &["completed", "cancelled", "rejected"],
        ResourceType::DocumentReference => &["superseded"],
        ResourceType::Observation => &["cancelled"],
        ResourceType::CareTeam | ResourceType::Device => &["inactive"],
        ResourceType::Condition
        | ResourceType::Patient
        | ResourceType::RelatedPerson
        | ResourceType::Organization
        | ResourceType::Practitioner
        | ResourceType::PractitionerRole
        | ResourceType::Location
        | ResourceType::Binary
        | ResourceType::Bundle
        | ResourceType::Communication
        | ResourceType::Provenance
        | ResourceType::QuestionnaireResponse => &[],
    };
    let word = if kind == ResourceType::Goal { word("lifecycleStatus") } else { word("status") };
    let ended = over.contains(&word) || node.bool("active") == Some(false) || condition_ended(kind, node);
    if ended { Rank::Ended } else { Rank::Active }
}

/// A condition ends by its clinical status, or in KL Gateway reports by leaving the problem list.
fn condition_ended(kind: ResourceType, node: &Node<'_>) -> bool {
    kind == ResourceType::Condition
        && (has_code(node.get("clinicalStatus"), &["inactive", "remission", "resolved"])
            || profiles(node).any(|profile| profile.ends_with("/klgateway-care-condition"))
                && !node
                    .list("category")
                    .iter()
                    .any(|category| has_code(Some(category), &["problem-list-item"])))
}

/// The profiles a resource claims.
pub(crate) fn profiles<'n>(node: &'n Node<'_>) -> impl Iterator<Item = &'n str> {
    node.get("meta").map_or(&[][..], |meta| meta.list("profile")).iter().filter_map(Node::text)
}

/// The day or instant that a list by time sorts the resource by, as written.
pub(crate) fn written_date<'n>(kind: ResourceType, node: &'n Node<'_>) -> Option<&'n str> {
    let paths: &[&[&str]] = match kind {
        ResourceType::Condition => &[&["recordedDate"], &["onsetDateTime"]],
        ResourceType::Goal => &[&["startDate"], &["statusDate"]],
        ResourceType::CarePlan | ResourceType::CareTeam => &[&["period", "start"], &["created"]],
        ResourceType::Encounter | ResourceType::EpisodeOfCare => &[&["period", "start"]],
        ResourceType::Appointment => &[&["start"]],
        ResourceType::Procedure => &[&["performedDateTime"], &["performedPeriod", "start"]],
        ResourceType::Observation | ResourceType::ClinicalImpression => {
            &[&["effectiveDateTime"], &["effectivePeriod", "start"], &["date"]]
        }
        ResourceType::ServiceRequest => {
            &[&["authoredOn"], &["occurrencePeriod", "start"], &["occurrenceDateTime"]]
        }
        ResourceType::DocumentReference => &[&["date"]],
        ResourceType::QuestionnaireResponse => &[&["authored"]],
        ResourceType::Communication => &[&["sent"], &["received"]],
        ResourceType::Task => &[&["authoredOn"], &["lastModified"]],
        ResourceType::DeviceUseStatement => &[&["timingPeriod", "start"], &["recordedOn"]],
        ResourceType::SupplyDelivery => &[&["occurrenceDateTime"]],
        ResourceType::Provenance => &[&["recorded"]],
        ResourceType::Binary
        | ResourceType::Bundle
        | ResourceType::Device
        | ResourceType::Location
        | ResourceType::Organization
        | ResourceType::Patient
        | ResourceType::Practitioner
        | ResourceType::PractitionerRole
        | ResourceType::RelatedPerson => &[],
    };
    paths.iter().find_map(|path| node.at(path).and_then(Node::text))
}

/// When the resource counts from; `otherwise` when it does not say.
pub(crate) fn sort_at(kind: ResourceType, node: &Node<'_>, otherwise: Timestamp) -> Timestamp {
    written_date(kind, node).and_then(dates::instant).unwrap_or(otherwise)
}

/// Which room it belongs to.
pub(crate) fn room(kind: ResourceType, node: &Node<'_>) -> Room {
    let social = || {
        profiles(node).any(|profile| profile.contains("/ffbreporting/"))
            || speaks(node, System::Ffb)
            || is_of_vum(node)
    };
    match kind {
        ResourceType::DocumentReference | ResourceType::Bundle => Room::Documents,
        ResourceType::Condition | ResourceType::Goal | ResourceType::Observation if social() => Room::Plans,
        ResourceType::Condition | ResourceType::Goal | ResourceType::Observation => Room::Conditions,
        ResourceType::CarePlan if has_extension(node, crate::GRANT_DECISION) => Room::Grants,
        ResourceType::CarePlan if is_aid(node) => Room::Aids,
        ResourceType::CarePlan if social() || node.str("description").is_some() => Room::Plans,
        ResourceType::ServiceRequest | ResourceType::ClinicalImpression | ResourceType::EpisodeOfCare => {
            Room::Plans
        }
        ResourceType::CarePlan | ResourceType::Procedure => Room::Grants,
        ResourceType::Encounter | ResourceType::Appointment => Room::Calendar,
        ResourceType::Device
        | ResourceType::DeviceUseStatement
        | ResourceType::SupplyDelivery
        | ResourceType::Task => Room::Aids,
        ResourceType::Communication => Room::Messages,
        ResourceType::Binary
        | ResourceType::CareTeam
        | ResourceType::Location
        | ResourceType::Organization
        | ResourceType::Patient
        | ResourceType::Practitioner
        | ResourceType::PractitionerRole
        | ResourceType::Provenance
        | ResourceType::QuestionnaireResponse
        | ResourceType::RelatedPerson => Room::Other,
    }
}

fn has_extension(node: &Node<'_>, url: &str) -> bool {
    node.list("extension").iter().any(|extension| extension.str("url") == Some(url))
}

/// Whether code, value, target or activity is coded in this list.
fn speaks(node: &Node<'_>, system: System) -> bool {
    let activities = node.list("activity").iter().filter_map(|activity| activity.at(&["detail", "code"]));
    let targets = node.list("target").iter().filter_map(|target| target.get("detailCodeableConcept"));
    [node.get("code"), node.get("valueCodeableConcept"), node.get("severity")]
        .into_iter()
        .flatten()
        .chain(activities)
        .chain(targets)
        .flat_map(|concept| concept.list("coding"))
        .any(|coding| coding.str("system") == Some(system.uri()))
}

/// KL's own codes for what only VUM has: kinds of goals, judgements, and social help itself.
fn is_of_vum(node: &Node<'_>) -> bool {
    const VUM: [&str; 10] = [
        "0bb3daef-538d-45dc-b444-abdbcb63f6bc",
        "6746d4af-145a-4bfd-a672-05c0cf11b53b",
        "424827b1-23aa-4848-962b-56ee47def560",
        "416fe27d-3ccf-4390-8742-8b52a9d8dc78",
        "effe55c7-572c-4a99-8fb4-2a9dda2f6572",
        "053a301d-1bb8-4cc4-b781-87825ecf0ef8",
        "3f7a8ca0-afca-4b0d-8773-a99b5f2f8aaf",
        "f52887de-023f-4193-b6b0-4b0a37b1cffc",
        "4a297733-4d66-4726-a933-590d55cf91e0",
        "e459386d-1474-4c31-89c5-c8bc7a25e3d4",
    ];
    node.list("category").iter().chain(node.get("code")).any(|concept| has_code(Some(concept), &VUM))
}

/// An intervention of the branch of aids.
fn is_aid(node: &Node<'_>) -> bool {
    node.list("activity")
        .iter()
        .filter_map(|activity| activity.at(&["detail", "code"]))
        .flat_map(|concept| codes(Some(concept)))
        .filter_map(|code| System::Fsiii.concept(code))
        .any(|concept| concept.top().short == "Kommunalt_hjaelpemiddelomraade_indsatser")
}

const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";

fn security<'n>(node: &'n Node<'_>) -> impl Iterator<Item = &'n Node<'n>> {
    node.get("meta").map_or(&[][..], |meta| meta.list("security")).iter()
}

/// Whether a Patient is labelled R (restricted): name and address protection. Also FUT's own extension.
pub(crate) fn is_restricted(patient: &Node<'_>) -> bool {
    let restricted = |label: &Node<'_>| {
        label.str("system") == Some(CONFIDENTIALITY) && matches!(label.str("code"), Some("R" | "V"))
    };
    let protection = |extension: &Node<'_>| {
        extension.str("url").is_some_and(|url| url.to_ascii_lowercase().contains("protect"))
            && extension.bool("valueBoolean") != Some(false)
    };
    security(patient).any(restricted) || patient.list("extension").iter().any(protection)
}

/// The labels of a resource. Nothing said stays nothing; a label that is not understood hides the item.
pub(crate) fn visibility(node: &Node<'_>) -> Visibility {
    let mut visibility = Visibility::default();
    let confidential = node.list("securityLabel").iter().flat_map(|label| label.list("coding"));
    let mut understood = true;
    for label in security(node).chain(confidential) {
        understood &= match (label.str("system"), label.str("code")) {
            (Some(crate::VISIBILITY), Some(code)) => take_label(&mut visibility, code),
            (Some(CONFIDENTIALITY) | None, Some(code)) => matches!(code, "U" | "L" | "M" | "N"),
            _ => false,
        };
    }
    let meta = node.get("meta").map_or(&[][..], |meta| meta.list("extension"));
    let dates =
        meta.iter().chain(node.list("extension")).filter(|ext| ext.str("url") == Some(crate::VISIBLE_FROM));
    for extension in dates {
        let written =
            ["valueInstant", "valueDateTime", "valueDate"].iter().find_map(|name| extension.str(name));
        let from = written.and_then(dates::instant);
        understood &= from.is_some();
        visibility.visible_from = visibility.visible_from.max(from);
    }
    if !understood {
        visibility.audience = Some(Audience::NOBODY);
    }
    visibility
}

/// The labels, and what the kind of content says about itself: easily accessible offers to young people are
/// treatment that a young person may keep to themselves, and VUM's social problems are sensitive. This only
/// ever narrows; an audience is never made up.
pub(crate) fn visibility_of(kind: ResourceType, node: &Node<'_>) -> Visibility {
    let mut visibility = visibility(node);
    let mut add = |one| visibility.sensitivities = visibility.sensitivities.with(one);
    if kind != ResourceType::Patient
        && profiles(node).any(|profile| profile.starts_with("http://fhir.kl.dk/ltt/"))
    {
        add(Sensitivity::YouthTreatment);
    }
    if kind == ResourceType::Condition && codes(node.get("code")).any(is_social_problem) {
        add(Sensitivity::Social);
    }
    visibility
}

/// VUM's target groups under "Socialt problem".
fn is_social_problem(code: &str) -> bool {
    let mut concept = System::Ffb.concept(code);
    while let Some(one) = concept {
        if one.code.starts_with("0919515d-") {
            return true;
        }
        concept = one.above();
    }
    false
}

fn take_label(visibility: &mut Visibility, code: &str) -> bool {
    let audience = visibility.audience.unwrap_or(Audience::NOBODY);
    match code {
        "audience-citizen" => visibility.audience = Some(Audience { citizen: true, ..audience }),
        "audience-parent" => visibility.audience = Some(Audience { parent: true, ..audience }),
        "audience-relative" => visibility.audience = Some(Audience { relative: true, ..audience }),
        "audience-none" => visibility.audience = Some(audience),
        "withheld-from-parent" => visibility.withheld_from_parent = true,
        "withheld-from-relative" => visibility.withheld_from_relative = true,
        other => match Sensitivity::from_code(other) {
            Some(one) => visibility.sensitivities = visibility.sensitivities.with(one),
            None => return false,
        },
    }
    true
}

/// SHA-256 over what a resource says: members by name, numbers digit by digit, strings without their escapes.
/// When it was sent (`meta.lastUpdated`, `versionId`, `source`) does not count.
pub(crate) fn hash(node: &Node<'_>) -> ContentHash {
    let mut out = Vec::with_capacity(node.source.len());
    canonical(node, 0, &mut out);
    digest_of(&out)
}

/// SHA-256 of bytes.
pub(crate) fn digest_of(bytes: &[u8]) -> ContentHash {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    hash
}

/// The first bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8], count: usize) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().take(count).flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn canonical(node: &Node<'_>, depth: usize, out: &mut Vec<u8>) {
    match node.value() {
        Value::Null => out.push(b'n'),
        Value::Bool(truth) => out.push(if *truth { b't' } else { b'f' }),
        Value::Number(digits) => piece(b'#', digits, out),
        Value::String(text) => piece(b'"', text, out),
        Value::Array(items) => {
            out.push(b'[');
            for item in items {
                canonical(item, depth + 2, out);
            }
            out.push(b']');
        }
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
            out.push(b'{');
            for (name, value) in sorted {
                let hidden = if depth == 1 {
                    is_sending(name)
                } else {
                    depth == 0 && name == "meta" && only_sending(value)
                };
                if !hidden {
                    piece(b':', name, out);
                    canonical(value, if name == "meta" && depth == 0 { 1 } else { depth + 2 }, out);
                }
            }
            out.push(b'}');
        }
    }
}

fn is_sending(name: &str) -> bool {
    matches!(name, "lastUpdated" | "versionId" | "source")
}

/// A `meta` that tells only when it was sent is as good as none.
fn only_sending(meta: &Node<'_>) -> bool {
    meta.members().iter().all(|(name, _)| is_sending(name))
}

/// A mark, the length and the bytes, so that nothing can be read in two ways.
fn piece(mark: u8, text: &str, out: &mut Vec<u8>) {
    out.push(mark);
    out.extend_from_slice(&(text.len() as u64).to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests;
