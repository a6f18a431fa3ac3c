//! Handlingsplaner: what a list keeps of social case work after VUM 2.0: themes, target groups, goals, plans, assessments,
//! judgements and requests, and how it is read again. It refuses what people wrote beyond the beginning that becomes a
//! title, and ties nothing together: it keeps the names by which the room does.

use borgerportal_domain::Date;
use borgerportal_domain::items::Held;
use borgerportal_domain::plans::{
    Assessment, Goal, GoalKind, Judgement, Plan, Request, State, Target, Theme, Told,
};
use borgerportal_domain::terms::Term;
use serde::{Deserialize, Serialize};

use crate::codes::{Concept, System};
use crate::dates;
use crate::delivery::ResourceType;
use crate::facts;
use crate::heads::Heard;
use crate::json::Node;
use crate::render;
use crate::terms::{Day, Kept, known, of_key, term, title};

/// SNOMED CT for a follow-up, as KL uses it.
const FOLLOW_UP: &str = "712744002";
const RANK: &str = "http://fhir.kl.dk/core/StructureDefinition/ConditionRank";
const RELATED: &str = "http://hl7.org/fhir/StructureDefinition/goal-relationship";
/// Målgruppe.
const TARGET_GROUP: &str = "cda90d67-f65a-4a34-b8d8-168ee9ff0949";
/// Måltype.
const KIND_OF_GOAL: &str = "b5257b2d-0fbf-4d00-bf38-d298c8568116";

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
    Theme { name: String, what: Kept, level: Option<Kept> },
    Target { name: String, what: Kept },
    Goal(Box<KeptGoal>),
    Plan(Box<KeptPlan>),
    Assessment { finished: bool, found: Vec<String>, judgements: Vec<String> },
    Judgement { name: String, what: Option<Kept>, said: Option<Kept>, about: Vec<String> },
    Request { what: Vec<Kept> },
}

#[derive(Serialize, Deserialize)]
struct KeptGoal {
    name: String,
    kind: String,
    title: String,
    aim: Option<Kept>,
    expected: Option<Kept>,
    about: Vec<String>,
    part_of: Vec<String>,
    state: String,
}

#[derive(Serialize, Deserialize)]
struct KeptPlan {
    name: String,
    title: String,
    help: Vec<Kept>,
    from: Option<Day>,
    to: Option<Day>,
    targets: Vec<String>,
    goals: Vec<String>,
    judgements: Vec<String>,
    part_of: Vec<String>,
    state: String,
}

/// What the lists of this room keep of a resource, if they have a use for it.
pub(crate) fn head(heard: &Heard<'_, '_, '_>) -> Option<Head> {
    let node = heard.node;
    let is = match heard.source.kind {
        ResourceType::Condition => condition(heard)?,
        ResourceType::Goal => Is::Goal(Box::new(goal(heard))),
        ResourceType::CarePlan => Is::Plan(Box::new(plan(heard))),
        ResourceType::ClinicalImpression => Is::Assessment {
            finished: node.str("status") == Some("completed"),
            found: names(heard, node.list("finding").iter().filter_map(|found| found.get("itemReference"))),
            judgements: names(heard, node.list("investigation").iter().flat_map(|one| one.list("item"))),
        },
        ResourceType::Observation if node.str("status") != Some("cancelled") => Is::Judgement {
            name: heard.source.to_string(),
            what: if is_follow_up(node) { None } else { Some(Kept(term(node.get("code"))?)) },
            said: term(node.get("valueCodeableConcept")).map(Kept),
            about: names(heard, node.list("focus").iter().chain(node.list("basedOn"))),
        },
        ResourceType::ServiceRequest => {
            let what = node.list("orderDetail").iter().chain(node.get("code"));
            Is::Request { what: what.filter_map(|concept| term(Some(concept))).map(Kept).collect() }
        }
        ResourceType::Appointment
        | ResourceType::Binary
        | ResourceType::Bundle
        | ResourceType::CareTeam
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
        | ResourceType::SupplyDelivery
        | ResourceType::Task => return None,
    };
    Some(Head { text: render::has_text(node), is })
}

fn names<'n, 'a: 'n>(
    heard: &Heard<'_, '_, '_>,
    references: impl IntoIterator<Item = &'n Node<'a>>,
) -> Vec<String> {
    references.into_iter().filter_map(|one| heard.name(Some(one))).collect()
}

/// Those with a rank in its order, the others after them.
fn ranked(heard: &Heard<'_, '_, '_>, references: &[Node<'_>]) -> Vec<String> {
    let rank = |one: &&Node<'_>| {
        let extension = one.list("extension").iter().find(|extension| extension.str("url") == Some(RANK));
        let number = extension.and_then(|extension| extension.get("valuePositiveInt"));
        number.and_then(|number| number.source.parse().ok()).unwrap_or(u32::MAX)
    };
    let mut sorted: Vec<&Node<'_>> = references.iter().collect();
    sorted.sort_by_key(rank);
    names(heard, sorted)
}

fn is_follow_up(node: &Node<'_>) -> bool {
    facts::codes(node.get("code")).any(|code| code == FOLLOW_UP)
}

fn condition(heard: &Heard<'_, '_, '_>) -> Option<Is> {
    let (node, name) = (heard.node, heard.source.to_string());
    let code = node.get("code")?;
    let what = term(Some(code)).or_else(|| Some(Term::new("", title(code.str("text")?))))?;
    Some(match known(Some(code)) {
        Some(concept) if is_under(concept, TARGET_GROUP) => Is::Target { name, what: Kept(what) },
        Some(_) | None => Is::Theme { name, what: Kept(what), level: term(node.get("severity")).map(Kept) },
    })
}

fn is_under(concept: Concept, code: &str) -> bool {
    std::iter::successors(Some(concept), Concept::above).any(|one| one.code == code)
}

fn goal(heard: &Heard<'_, '_, '_>) -> KeptGoal {
    let node = heard.node;
    let details = || node.list("target").iter().filter_map(|target| target.get("detailCodeableConcept"));
    let is_aim = |detail: &&Node<'_>| known(Some(detail)).is_some_and(|one| is_under(one, KIND_OF_GOAL));
    let related = node.list("extension").iter().filter(|extension| extension.str("url") == Some(RELATED));
    let targets = related
        .flat_map(|extension| extension.list("extension"))
        .filter_map(|part| (part.str("url") == Some("target")).then(|| part.get("valueReference")).flatten());
    KeptGoal {
        name: heard.source.to_string(),
        kind: kind(node).code().to_owned(),
        title: node.at(&["description", "text"]).and_then(Node::text).map(title).unwrap_or_default(),
        aim: details().find(is_aim).and_then(|detail| term(Some(detail))).map(Kept),
        expected: details().find(|detail| !is_aim(detail)).and_then(|detail| term(Some(detail))).map(Kept),
        about: ranked(heard, node.list("addresses")),
        part_of: names(heard, targets),
        state: goal_state(node.str("lifecycleStatus")).code().to_owned(),
    }
}

fn kind(goal: &Node<'_>) -> GoalKind {
    let mut codes = goal.list("category").iter().flat_map(|category| facts::codes(Some(category)));
    let kind = |code: &str| match code {
        "416fe27d-3ccf-4390-8742-8b52a9d8dc78" | "ffb9886b-d04e-46b1-9165-a400f91f822b" => {
            Some(GoalKind::Wish)
        }
        "424827b1-23aa-4848-962b-56ee47def560" => Some(GoalKind::Purpose),
        "0bb3daef-538d-45dc-b444-abdbcb63f6bc" => Some(GoalKind::Goal),
        "6746d4af-145a-4bfd-a672-05c0cf11b53b" => Some(GoalKind::SubGoal),
        _ => None,
    };
    codes.find_map(kind).unwrap_or(GoalKind::Goal)
}

fn plan(heard: &Heard<'_, '_, '_>) -> KeptPlan {
    let node = heard.node;
    let activities = || node.list("activity").iter();
    let day = |written: Option<&Node<'_>>| written.and_then(Node::text).and_then(dates::day).map(Day);
    // A plan may have its own evaluation as an activity, which is no help.
    let is_help = |code: &&Node<'_>| known(Some(code)).is_none_or(|one| one.system != System::CareSocial);
    let help = activities().filter_map(|activity| activity.at(&["detail", "code"])).filter(is_help);
    KeptPlan {
        name: heard.source.to_string(),
        title: node.str("title").or(node.str("description")).map(title).unwrap_or_default(),
        help: help.filter_map(|code| term(Some(code))).map(Kept).collect(),
        from: day(node.at(&["period", "start"])).or_else(|| day(node.get("created"))),
        to: day(node.at(&["period", "end"])),
        targets: ranked(heard, node.list("addresses")),
        goals: names(heard, node.list("goal")),
        judgements: names(heard, activities().flat_map(|activity| activity.list("outcomeReference"))),
        part_of: names(heard, node.list("basedOn").iter().chain(node.list("partOf"))),
        state: plan_state(node.str("status")).code().to_owned(),
    }
}

fn plan_state(status: Option<&str>) -> State {
    match status {
        Some("draft") => State::Planned,
        Some("on-hold") => State::Paused,
        Some("completed") => State::Ended,
        Some("revoked") => State::Stopped,
        Some(_) | None => State::Running,
    }
}

fn goal_state(status: Option<&str>) -> State {
    match status {
        Some("proposed" | "planned" | "accepted") => State::Planned,
        Some("on-hold") => State::Paused,
        Some("completed") => State::Ended,
        Some("cancelled" | "rejected") => State::Stopped,
        Some(_) | None => State::Running,
    }
}

impl Head {
    /// Reads what was kept; nothing of what this version of the program does not understand.
    pub fn read(kept: &[u8]) -> Option<Self> {
        serde_json::from_slice(kept).ok()
    }

    /// As the room has it. The date is known of every item without opening it.
    pub fn told(self, item: &Held<()>, on: Date) -> Held<Told> {
        let bare = |kept: Option<Kept>| kept.map(|Kept(term)| term);
        let all = |kept: Vec<Kept>| kept.into_iter().map(|Kept(term)| term).collect();
        let told = match self.is {
            Is::Theme { name, what: Kept(what), level } => {
                Told::Theme(Theme { name, group: group(&what), what, level: bare(level), on })
            }
            Is::Target { name, what: Kept(what) } => Told::Target(Target { name, what }),
            Is::Goal(goal) => Told::Goal(Goal {
                name: goal.name,
                kind: GoalKind::from_code(&goal.kind).unwrap_or(GoalKind::Goal),
                title: goal.title,
                aim: bare(goal.aim),
                expected: bare(goal.expected),
                about: goal.about,
                part_of: goal.part_of,
                state: State::from_code(&goal.state).unwrap_or(State::Running),
            }),
            Is::Plan(plan) => Told::Plan(Plan {
                name: plan.name,
                title: plan.title,
                help: all(plan.help),
                from: plan.from.map(|Day(from)| from),
                to: plan.to.map(|Day(to)| to),
                state: State::from_code(&plan.state).unwrap_or(State::Running),
                targets: plan.targets,
                goals: plan.goals,
                judgements: plan.judgements,
                part_of: plan.part_of,
            }),
            Is::Assessment { finished, found, judgements } => {
                Told::Assessment(Assessment { on, finished, found, judgements })
            }
            Is::Judgement { name, what, said, about } => Told::Judgement(Judgement {
                name,
                follow_up: what.is_none(),
                what: bare(what),
                said: bare(said),
                about,
                on,
            }),
            Is::Request { what } => Told::Request(Request { what: all(what), on }),
        };
        Held { has_text: self.text, ..item.with(told) }
    }
}

/// The theme that a subject stands under: two steps below the top of the list.
fn group(what: &Term) -> Term {
    let Some(concept) = of_key(&what.key) else { return what.clone() };
    let mut below = [concept; 3];
    for one in std::iter::successors(Some(concept), Concept::above) {
        below = [one, below[0], below[1]];
    }
    below[2].term()
}

#[cfg(test)]
mod tests;
