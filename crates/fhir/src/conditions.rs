//! Tilstande: what a list keeps of a Condition, a Goal or a coded Observation after Fælles Sprog III, in either of its two
//! vocabularies, and how it is read again. It refuses to keep what people wrote; [`crate::render::texts`] reads that.

use borgerportal_domain::Date;
use borgerportal_domain::conditions::{Branch, Condition, Goal, Level, Remark, Said, Told};
use borgerportal_domain::items::Held;
use borgerportal_domain::terms::Term;
use serde::{Deserialize, Serialize};

use crate::codes::{Concept, System};
use crate::dates;
use crate::delivery::ResourceType;
use crate::facts;
use crate::heads::Heard;
use crate::json::Node;
use crate::render;
use crate::terms::{Day, Kept, of_key, term, title};

/// SNOMED CT for a follow-up, as KL uses it.
const FOLLOW_UP: &str = "712744002";
/// In `Goal.target.measure`: the kind of goal, not the level that is expected.
const KIND_OF_GOAL: &str = "90c48f03-f194-4b2f-ad7d-6cba1069ae48";
/// When a condition was last looked at.
const ASSERTED: &str = "http://fhir.kl.dk/core/StructureDefinition/ConditionLastAssertedDate";

/// What is kept of a resource of this room.
#[derive(Serialize, Deserialize)]
pub struct Head {
    /// Somebody has written a text in it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    text: bool,
    is: Is,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Is {
    Condition {
        name: String,
        what: Kept,
        #[serde(skip_serializing_if = "Option::is_none")]
        level: Option<Kept>,
        #[serde(skip_serializing_if = "Option::is_none")]
        asserted: Option<Day>,
    },
    Goal {
        about: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        expected: Option<Kept>,
        #[serde(skip_serializing_if = "Option::is_none")]
        aim: Option<Kept>,
    },
    Remark {
        about: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        what: Option<Kept>,
        #[serde(skip_serializing_if = "Option::is_none")]
        found: Option<Kept>,
    },
}

/// What the lists of this room keep of a resource, if they have a use for it.
pub(crate) fn head(heard: &Heard<'_, '_, '_>) -> Option<Head> {
    let node = heard.node;
    let names = |list: &str| node.list(list).iter().filter_map(|one| heard.name(Some(one))).collect();
    let is = match heard.source.kind {
        ResourceType::Condition => Is::Condition {
            name: heard.source.to_string(),
            what: Kept(subject(node)?),
            level: term(node.get("severity")).map(Kept),
            asserted: asserted(node).map(Day),
        },
        ResourceType::Goal => {
            let expected = node
                .list("target")
                .iter()
                .filter(|target| !is_kind(target))
                .find_map(|target| term(target.get("detailCodeableConcept")));
            let aim = term(node.get("description"));
            Is::Goal { about: names("addresses"), expected: expected.map(Kept), aim: aim.map(Kept) }
        }
        ResourceType::Observation if node.str("status") != Some("cancelled") => {
            let follow_up = facts::codes(node.get("code")).any(|code| code == FOLLOW_UP);
            let what = if follow_up { None } else { Some(Kept(term(node.get("code"))?)) };
            let found = term(node.get("valueCodeableConcept")).map(Kept);
            Is::Remark { about: names("focus"), what, found }
        }
        ResourceType::Appointment
        | ResourceType::Binary
        | ResourceType::Bundle
        | ResourceType::CarePlan
        | ResourceType::CareTeam
        | ResourceType::ClinicalImpression
        | ResourceType::Communication
        | ResourceType::Device
        | ResourceType::DeviceUseStatement
        | ResourceType::DocumentReference
        | ResourceType::Encounter
        | ResourceType::EpisodeOfCare
        | ResourceType::Location
        | ResourceType::Observation
        | ResourceType::Organization
        | ResourceType::Patient
        | ResourceType::Practitioner
        | ResourceType::PractitionerRole
        | ResourceType::Procedure
        | ResourceType::Provenance
        | ResourceType::QuestionnaireResponse
        | ResourceType::RelatedPerson
        | ResourceType::ServiceRequest
        | ResourceType::SupplyDelivery
        | ResourceType::Task => return None,
    };
    Some(Head { text: render::has_text(node), is })
}

/// A condition without a code is named by the beginning of its text.
fn subject(node: &Node<'_>) -> Option<Term> {
    let code = node.get("code")?;
    term(Some(code)).or_else(|| Some(Term::new("", title(code.str("text")?))))
}

fn is_kind(target: &Node<'_>) -> bool {
    facts::codes(target.get("measure")).any(|code| code == KIND_OF_GOAL)
}

fn asserted(node: &Node<'_>) -> Option<Date> {
    let extension = node.list("extension").iter().find(|one| one.str("url") == Some(ASSERTED))?;
    dates::day(extension.str("valueDateTime")?)
}

impl Head {
    /// Reads what was kept; nothing of what this version of the program does not understand.
    pub fn read(kept: &[u8]) -> Option<Self> {
        serde_json::from_slice(kept).ok()
    }

    /// As the room has it. Date and end are known of every item without opening it.
    pub fn told(self, item: &Held<()>, dated: Date, ended: bool) -> Held<Told> {
        let told = match self.is {
            Is::Condition { name, what: Kept(what), level, asserted } => {
                let (area, branch) = place(&what);
                let noted = asserted.map_or(dated, |Day(asserted)| asserted.max(dated));
                let level = level.map(|Kept(what)| measured(what));
                Told::Condition(Condition { name, what, area, branch, level, noted, ended })
            }
            Is::Goal { about, expected, aim } => Told::Goal(Goal {
                about,
                expected: expected.map(|Kept(what)| measured(what)),
                aim: aim.map(|Kept(aim)| aim),
                from: dated,
                ended,
            }),
            Is::Remark { about, what, found } => {
                let said = said(what.map(|Kept(what)| what), found.map(|Kept(found)| found));
                Told::Remark(Remark { about, said, on: dated })
            }
        };
        Held { has_text: self.text, ..item.with(told) }
    }
}

fn said(what: Option<Term>, found: Option<Term>) -> Said {
    match (what, found) {
        (None, found) => Said::FollowUp(found.unwrap_or_else(|| Term::new("", "Opfølgning"))),
        (Some(what), Some(found)) if what.key == "B" => Said::Level(measured(found)),
        (Some(what), Some(found)) if what.key == "C" => Said::Performance(found),
        (Some(what), Some(found)) if what.key == "D" => Said::Meaning(found),
        (Some(what), found) => Said::Information { what, found },
    }
}

fn measured(what: Term) -> Level {
    let height = of_key(&what.key).and_then(|concept| concept.severity_level());
    Level { height: height.filter(|height| *height <= Level::MAX), what }
}

/// The area a condition stands in, and whose work that is. What no list knows stands in none.
fn place(what: &Term) -> (Term, Branch) {
    let Some(concept) = of_key(&what.key) else { return (Term::new("", ""), Branch::Other) };
    let top = concept.top();
    let area = concept.above().filter(|above| above.code != top.code).unwrap_or(concept);
    (area.term(), branch(&top))
}

fn branch(top: &Concept) -> Branch {
    match (top.system, top.key()) {
        (System::Fsiii, "J") => Branch::Everyday,
        (System::Fsiii, "I") => Branch::Health,
        (System::Fsiii, "Kommunalt_hjaelpemiddelomraade_tilstande") => Branch::Aids,
        (System::Fsiii, "94db6c71-859d-43e6-9a62-4e7fa7daf767") => Branch::Rehabilitation,
        (System::Fsiii, "0fa991ef-adf5-4202-8cfe-a31454ed6e9d") => Branch::Prevention,
        (System::Fboe, _) => Branch::Children,
        (System::Ltt, _) => Branch::Young,
        (System::Fsiii | System::Ffb | System::CareSocial, _) => Branch::Other,
    }
}

#[cfg(test)]
mod tests;
