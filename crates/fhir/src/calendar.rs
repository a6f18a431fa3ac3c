//! Visits as record systems send them. To come: Appointment, in a thin
//! contract of our own after the one of the national infrastructure (FUT), for KL has none; past: Encounter. What a visit
//! is for is a code of [`VISIT_TYPE`] or of FSIII in `serviceType`; who comes is told by role and unit. It refuses the names
//! of staff: whoever is planned, a colleague may come instead.

mod kept;

#[cfg(test)]
mod tests;

pub use kept::read;

use borgerportal_domain::calendar::{Booked, Slot, Visit, VisitType};

use crate::codes::{self, System};
use crate::dates;
use crate::delivery::ResourceType;
use crate::heads::Heard;
use crate::json::Node;

/// What a visit is for: codes of [`VisitType`].
pub const VISIT_TYPE: &str = "https://borgerportal.dk/fhir/CodeSystem/visit-type";
/// Extension on an Appointment: visits with the same `valueString` belong to one series.
pub const VISIT_SERIES: &str = "https://borgerportal.dk/fhir/StructureDefinition/visit-series";
/// Extension on an Appointment: when it was to be before, as `valueDateTime` or `valuePeriod`.
pub const VISIT_MOVED_FROM: &str = "https://borgerportal.dk/fhir/StructureDefinition/visit-moved-from";

/// FSIII's interventions that visits are made for.
const INTERVENTIONS: &[(&str, VisitType)] = &[
    ("G1.5", VisitType::Catheter),
    ("G1.20", VisitType::Medicine),
    ("G1.21", VisitType::MedicineDosing),
    ("G1.39", VisitType::WoundCare),
    ("H1.1", VisitType::PersonalCare),
    ("H1.7", VisitType::Shopping),
    ("H1.8", VisitType::Cleaning),
    ("H1.9", VisitType::Laundry),
    ("H1.11", VisitType::Meals),
    ("H5.1", VisitType::Training),
];

/// KL's class of a contact by screen.
const BY_SCREEN: &str = "124be95d-6924-4609-9d2a-e7c73ae3ab3d";

/// What the calendar shows of an Appointment or an Encounter; empty for one without a time.
pub(crate) fn head(heard: &Heard<'_, '_, '_>) -> Vec<u8> {
    let visit =
        if heard.source.kind == ResourceType::Appointment { appointment(heard) } else { encounter(heard) };
    visit.as_ref().map(kept::write).unwrap_or_default()
}

fn appointment(heard: &Heard<'_, '_, '_>) -> Option<Visit> {
    let node = heard.node;
    let (kind, title) = purpose(node.list("serviceType"));
    let people = node.list("participant");
    let actors = || people.iter().filter_map(|one| one.get("actor"));
    Some(Visit {
        name: heard.source.to_string(),
        kind,
        title,
        slot: slot(node.str("start")?, node.str("end"))?,
        booked: match node.str("status").unwrap_or_default() {
            "fulfilled" => Booked::Done,
            "cancelled" => Booked::Cancelled,
            "noshow" => Booked::Missed,
            _ => Booked::Planned,
        },
        role: people.iter().flat_map(|one| one.list("type")).find_map(role).unwrap_or_default(),
        unit: actors().find_map(|actor| display(actor, UNITS)).unwrap_or_default(),
        place: actors().find_map(|actor| display(actor, &["Location"])).unwrap_or_default(),
        reason: node.get("cancelationReason").and_then(text).unwrap_or_default(),
        series: extension(node, VISIT_SERIES).and_then(|one| one.str("valueString")).map(str::to_owned),
        moved_from: extension(node, VISIT_MOVED_FROM).and_then(moved_from),
        of_appointment: None,
    })
}

fn encounter(heard: &Heard<'_, '_, '_>) -> Option<Visit> {
    let node = heard.node;
    let period = node.get("period")?;
    let service: Vec<_> = node.get("serviceType").into_iter().cloned().collect();
    let (kind, title) = purpose(if service.is_empty() { node.list("type") } else { &service });
    let by_screen = node
        .get("class")
        .and_then(|class| class.str("code"))
        .is_some_and(|code| matches!(code, BY_SCREEN | "VR"));
    let people = node.list("participant");
    let places = node.list("location").iter().filter_map(|one| one.get("location"));
    Some(Visit {
        name: heard.source.to_string(),
        kind: if by_screen && kind == VisitType::Other { VisitType::ScreenVisit } else { kind },
        title,
        slot: slot(period.str("start")?, period.str("end"))?,
        booked: match node.str("status").unwrap_or_default() {
            "finished" => Booked::Done,
            "cancelled" => Booked::Cancelled,
            _ => Booked::Planned,
        },
        role: people.iter().flat_map(|one| one.list("type")).find_map(role).unwrap_or_default(),
        unit: node.get("serviceProvider").and_then(|unit| unit.str("display")).unwrap_or_default().to_owned(),
        place: places.into_iter().find_map(|place| place.str("display")).unwrap_or_default().to_owned(),
        reason: String::new(),
        series: None,
        moved_from: None,
        of_appointment: node.list("appointment").first().and_then(|one| heard.name(Some(one))),
    })
}

/// Type and words of what a visit is for: the first concept that says something.
fn purpose(concepts: &[Node<'_>]) -> (VisitType, String) {
    let codings = || concepts.iter().flat_map(|concept| concept.list("coding"));
    let kind = codings().find_map(kind_of).unwrap_or(VisitType::Other);
    let title = concepts.iter().find_map(text).or_else(|| {
        codings()
            .find_map(|coding| codes::concept(coding.str("system")?, coding.str("code")?))
            .map(|one| one.label.to_owned())
    });
    (kind, title.unwrap_or_default())
}

fn kind_of(coding: &Node<'_>) -> Option<VisitType> {
    let (system, code) = (coding.str("system")?, coding.str("code")?);
    if system == VISIT_TYPE {
        return VisitType::from_code(code);
    }
    let concept = System::from_uri(system).filter(|system| *system == System::Fsiii)?.concept(code)?;
    INTERVENTIONS.iter().find(|(short, _)| *short == concept.short).map(|(_, kind)| *kind)
}

/// The words of a concept as the sender wrote them.
fn text(concept: &Node<'_>) -> Option<String> {
    let shown = concept.list("coding").iter().find_map(|coding| coding.str("display"));
    concept.str("text").or(shown).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// What somebody is, from a type that is more than FHIR's own word for taking part.
fn role(kind: &Node<'_>) -> Option<String> {
    let theirs = |coding: &Node<'_>| {
        coding.str("system").is_some_and(|system| system.starts_with("http://terminology.hl7.org/"))
    };
    if kind.str("text").is_none() && kind.list("coding").iter().any(theirs) { None } else { text(kind) }
}

/// Things that may be named: whoever comes is none of them.
const UNITS: &[&str] = &["Organization", "HealthcareService", "CareTeam"];

/// The name of an actor of one of these types. One that does not say what it is may be a person, and has no name here.
fn display(actor: &Node<'_>, types: &[&str]) -> Option<String> {
    let of_reference = actor.str("reference").and_then(|reference| reference.rsplit('/').nth(1));
    let kind = actor.str("type").or(of_reference)?;
    actor.str("display").filter(|_| types.contains(&kind)).map(str::to_owned)
}

fn extension<'n, 'a>(node: &'n Node<'a>, url: &str) -> Option<&'n Node<'a>> {
    node.list("extension").iter().find(|extension| extension.str("url") == Some(url))
}

fn moved_from(extension: &Node<'_>) -> Option<Slot> {
    let period = extension.get("valuePeriod");
    let start = extension.str("valueDateTime").or_else(|| period?.str("start"))?;
    slot(start, period.and_then(|period| period.str("end")))
}

/// A time of which only the day is written is that day.
fn slot(start: &str, end: Option<&str>) -> Option<Slot> {
    let whole_day = !start.contains('T');
    let until = if whole_day { None } else { end.filter(|end| end.contains('T')).and_then(dates::instant) };
    Some(Slot { from: dates::instant(start)?, until, whole_day })
}
