//! One resource as one line, and which heading of a report it stands under. Refuses to decide what may be
//! shown.

use std::collections::BTreeMap;

use super::words::{Word, status};
use super::{Entry, Lang, label};
use crate::codes::System;
use crate::dates;
use crate::delivery::{ResourceType, Room};
use crate::facts;
use crate::json::Node;

/// Headings of a report, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Group(Word);

impl Group {
    pub(super) const fn heading(self, lang: Lang) -> &'static str {
        self.0.text(lang)
    }
}

pub(super) const GROUPS: &[Group] = &[
    Group(Word::FollowUp),
    Group(Word::Investigation),
    Group(Word::Conditions),
    Group(Word::OwnView),
    Group(Word::Goals),
    Group(Word::Plans),
    Group(Word::Interventions),
    Group(Word::Done),
    Group(Word::Evaluations),
    Group(Word::Contacts),
    Group(Word::Requests),
    Group(Word::Aids),
    Group(Word::Tasks),
    Group(Word::Messages),
    Group(Word::Forms),
    Group(Word::Other),
];

/// The heading a resource stands under.
pub(super) fn group(kind: ResourceType, node: &Node<'_>) -> Group {
    Group(match kind {
        ResourceType::Observation => match facts::codes(node.get("code")).next() {
            Some("712744002") => Word::FollowUp,
            Some(code) if is_own_view(code) => Word::OwnView,
            Some(_) | None => Word::Evaluations,
        },
        ResourceType::Condition => Word::Conditions,
        ResourceType::Goal => Word::Goals,
        ResourceType::CarePlan
            if facts::room(kind, node) == Room::Plans && details(node).next().is_none() =>
        {
            Word::Plans
        }
        ResourceType::CarePlan => Word::Interventions,
        ResourceType::Procedure => Word::Done,
        ResourceType::Encounter | ResourceType::Appointment => Word::Contacts,
        ResourceType::ServiceRequest | ResourceType::EpisodeOfCare => Word::Requests,
        ResourceType::ClinicalImpression => Word::Investigation,
        ResourceType::DeviceUseStatement | ResourceType::SupplyDelivery => Word::Aids,
        ResourceType::Task => Word::Tasks,
        ResourceType::Communication => Word::Messages,
        ResourceType::QuestionnaireResponse => Word::Forms,
        ResourceType::Binary
        | ResourceType::Bundle
        | ResourceType::CareTeam
        | ResourceType::Device
        | ResourceType::DocumentReference
        | ResourceType::Location
        | ResourceType::Organization
        | ResourceType::Patient
        | ResourceType::Practitioner
        | ResourceType::PractitionerRole
        | ResourceType::Provenance
        | ResourceType::RelatedPerson => Word::Other,
    })
}

/// The citizen's own view: FSIII "Udførelse" and "Betydning".
fn is_own_view(code: &str) -> bool {
    System::Fsiii.concept(code).is_some_and(|concept| matches!(concept.short, "C" | "D"))
}

fn details<'n, 'a>(node: &'n Node<'a>) -> impl Iterator<Item = &'n Node<'a>> {
    node.list("activity").iter().filter_map(|activity| activity.at(&["detail", "code"]))
}

/// What a resource is about, in Danish: names of its codes.
pub(crate) fn subjects(kind: ResourceType, node: &Node<'_>) -> Vec<String> {
    names(kind, node, Lang::Da)
}

fn names(kind: ResourceType, node: &Node<'_>, lang: Lang) -> Vec<String> {
    let from_list =
        |list: &str| node.list(list).iter().map(|concept| label(concept, lang)).collect::<Vec<_>>();
    let text_of = |name: &str| node.at(&[name, "text"]).and_then(Node::text).map(str::to_owned);
    match kind.name() {
        "CarePlan" => {
            let codes: Vec<String> = details(node).map(|code| label(code, lang)).collect();
            if codes.is_empty() { from_list("category") } else { codes }
        }
        "Goal" => text_of("description").map_or_else(|| from_list("category"), |text| vec![text]),
        "Encounter" => from_list("type"),
        "Appointment" => from_list("serviceType"),
        "Communication" => text_of("topic").into_iter().collect(),
        _ => node.get("code").map(|code| label(code, lang)).into_iter().collect(),
    }
}

/// Names of the resources in this package, by `Type/id`.
pub(super) type Names = BTreeMap<String, String>;

/// The resource as label and value, and what was written about it.
pub(super) fn line(kind: ResourceType, node: &Node<'_>, known: &Names, lang: Lang) -> (Entry, Vec<String>) {
    let fallback = match kind.name() {
        "Condition" => Word::Condition,
        "Goal" => Word::Goal,
        "CarePlan" if details(node).next().is_none() => Word::Plan,
        "CarePlan" | "Procedure" => Word::Intervention,
        "Encounter" => Word::Contact,
        "Appointment" => Word::Visit,
        "ServiceRequest" => Word::Request,
        "ClinicalImpression" => Word::Investigation,
        _ => Word::Other,
    };
    let own = names(kind, node, lang).join(", ");
    let about = about(kind, node, known);
    let mut question = String::new();
    let subject = match (kind.name(), about.is_empty()) {
        // Goals and results are read by what they are about.
        ("Goal" | "Observation", false) => {
            if kind == ResourceType::Observation
                && !facts::codes(node.get("code")).any(|code| code == "712744002")
            {
                question = format!("{own}: ");
            }
            about
        }
        ("Encounter", false) => format!("{own} ({about})"),
        _ if own.is_empty() => fallback.text(lang).to_owned(),
        _ => own,
    };
    let parts: Vec<String> = said(kind, node, lang).into_iter().chain(when(kind, node, lang)).collect();
    let value = format!("{question}{}", parts.join(", "));
    (Entry { label: upper_first(&subject), value }, texts(node))
}

/// The names behind the references that tell what this is about. What is not in the package stays unnamed.
fn about(kind: ResourceType, node: &Node<'_>, known: &Names) -> String {
    let lists: &[&str] = match kind.name() {
        "Goal" => &["addresses"],
        "Observation" => &["focus", "basedOn"],
        "Encounter" => &["reasonReference"],
        _ => &[],
    };
    let references =
        lists.iter().flat_map(|list| node.list(list)).filter_map(|target| target.str("reference"));
    let mut names: Vec<&str> = Vec::new();
    for name in references.filter_map(|reference| known.get(tail(reference))).map(String::as_str) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// `Type/id` of a reference, also when it is a whole address.
fn tail(reference: &str) -> &str {
    let mut slashes = reference.rmatch_indices('/').skip(1);
    slashes.next().and_then(|(at, _)| reference.get(at + 1..)).unwrap_or(reference)
}

/// Severity, value, target, state.
fn said(kind: ResourceType, node: &Node<'_>, lang: Lang) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(node.get("severity").map(|severity| label(severity, lang)));
    if let Some(value) = node.get("valueCodeableConcept") {
        let coded = !value.list("coding").is_empty();
        parts.extend(coded.then(|| label(value, lang)));
    }
    for target in node.list("target") {
        let Some(detail) = target.get("detailCodeableConcept") else { continue };
        let detail = lower_first(&label(detail, lang));
        // Two things are measured: the expected level, and whether ability is to grow, stay or decline slower.
        let is_kind = facts::codes(target.get("measure")).any(|code| code.starts_with("90c48f03-"));
        parts.push(if is_kind { detail } else { format!("{} {detail}", Word::Expected.text(lang)) });
    }
    if kind == ResourceType::Encounter {
        parts.extend(class(node, lang));
    }
    let code = match kind.name() {
        "Goal" => node.str("lifecycleStatus"),
        "Condition" => facts::codes(node.get("clinicalStatus")).find(|code| *code != "active"),
        "Observation" | "DocumentReference" => None,
        _ => node.str("status"),
    };
    let word = code.and_then(status).filter(|word| !(kind == ResourceType::Goal && *word == Word::Planned));
    parts.extend(word.map(|word| word.text(lang).to_owned()));
    parts
}

/// `Encounter.class` is a Coding, not a concept.
fn class(node: &Node<'_>, lang: Lang) -> Option<String> {
    let class = node.get("class")?;
    let (system, code) = (class.str("system")?, class.str("code")?);
    let known = crate::codes::concept(system, code).map(|concept| concept.label);
    known.or_else(|| super::words::fixed(system, code, lang)).or(class.str("display")).map(lower_first)
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn when(kind: ResourceType, node: &Node<'_>, lang: Lang) -> Option<String> {
    let period = node.get("period").or(node.get("performedPeriod"));
    let start = period.and_then(|period| period.str("start")).and_then(|start| dates::words(start, lang));
    let end = period.and_then(|period| period.str("end")).and_then(|end| dates::words(end, lang));
    let single =
        matches!(kind, ResourceType::Encounter | ResourceType::Procedure | ResourceType::Appointment);
    match (start, end) {
        (Some(start), Some(end)) if start != end => Some(format!("{start} – {end}")),
        (Some(start), _) if single => Some(start),
        (Some(start), _) => Some(format!("{} {start}", Word::From.text(lang))),
        (None, _) => {
            let written = facts::written_date(kind, node).and_then(|date| dates::words(date, lang))?;
            let recorded = kind == ResourceType::Condition;
            Some(if recorded { format!("{} {written}", Word::Registered.text(lang)) } else { written })
        }
    }
}

/// Free text that professionals wrote, paragraph by paragraph.
pub(super) fn texts(node: &Node<'_>) -> Vec<String> {
    let concept_text = |name: &str| {
        let concept = node.get(name)?;
        let coded = !concept.list("coding").is_empty() || name == "valueCodeableConcept";
        concept.str("text").filter(|_| coded)
    };
    let notes = node.list("note").iter().filter_map(|note| note.str("text"));
    let details =
        node.list("activity").iter().filter_map(|activity| activity.at(&["detail", "description"])?.text());
    let reasons = node.list("reasonCode").iter().filter_map(|reason| reason.str("text"));
    let outcomes = node.list("outcomeCode").iter().filter_map(|outcome| outcome.str("text"));
    let payloads = node.list("payload").iter().filter_map(|payload| payload.str("contentString"));
    let singles = [
        node.str("description"),
        node.str("summary"),
        concept_text("code"),
        concept_text("valueCodeableConcept"),
    ];
    let all = singles
        .into_iter()
        .flatten()
        .chain(details)
        .chain(notes)
        .chain(reasons)
        .chain(outcomes)
        .chain(payloads);
    all.flat_map(paragraphs).collect()
}

/// Paragraphs are parted by empty lines; single line breaks inside stay.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned)
}
