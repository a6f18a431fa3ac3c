//! A delivery report as a document: what it is called, where it belongs, and the small Bundle of what it says
//! of one citizen. Resources with labels of their own stay out of it, because a document has one label only;
//! so does what is withdrawn. It refuses to take anything of another person of the report.

use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::{Area, Sensitivity, Visibility};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_domain::{Date, Timestamp};

use super::{package, search_text};
use crate::codes::{Concept, System};
use crate::delivery::{DocumentFacts, Incoming, ResourceType, Room, Source};
use crate::facts;
use crate::ingest::is_open;
use crate::json::Node;
use crate::order::{ContentHash, Rank, VersionStamp};
use crate::render;

pub(crate) use crate::ingest::is_content;

/// The report of one citizen. Nothing when the Bundle has no id and no content.
pub(crate) fn report(
    bundle: &Node<'_>,
    at: Option<Timestamp>,
    patient: &str,
    mine: &[(&Source, &Node<'_>)],
) -> Option<Incoming> {
    let kept: Vec<(&Source, &Node<'_>)> = mine
        .iter()
        .copied()
        .filter(|(source, node)| {
            !matches!(
                source.kind,
                ResourceType::Patient | ResourceType::DocumentReference | ResourceType::Binary
            ) && !facts::rank(source.kind, node).is_gone()
                && is_open(&facts::visibility(node))
        })
        .collect();
    let has_content = kept.iter().any(|(source, node)| is_content(source.kind, node));
    let raw = package(bundle, kept.iter().map(|(source, node)| (*source, node.compact())));
    let hash = hash(bundle, &kept);
    let id = match bundle.str("id") {
        Some(id) => id.to_owned(),
        None if has_content => facts::hex(&hash, 16),
        None => return None,
    };
    let at = at.or_else(|| mine.iter().filter_map(|(_, node)| last_updated(node)).max())?;
    let nodes: Vec<(ResourceType, &Node<'_>)> =
        kept.iter().map(|(source, node)| (source.kind, *node)).collect();
    let document = describe(bundle, &nodes, copenhagen_date(at));
    let rank = if has_content { Rank::Active } else { Rank::Withdrawn };
    let content =
        kept.iter().filter(|(source, node)| is_content(source.kind, node) || is_personal(source.kind));
    let parts: Vec<Source> = content.map(|(source, _)| (*source).clone()).collect();
    Some(Incoming {
        source: Source::new(ResourceType::Bundle, format!("{id}@{patient}")),
        room: Room::Documents,
        stamp: VersionStamp::at(at, rank, hash),
        sort_at: at,
        search_text: if has_content { search_text(&document, &raw) } else { String::new() },
        document: Some(document),
        entry: None,
        visibility: label(bundle, &kept),
        raw: if has_content { raw } else { Vec::new() },
        files: Vec::new(),
        binaries: Vec::new(),
        parts: if has_content { parts } else { Vec::new() },
    })
}

/// What the report says, in whatever order. Its time is part of it: a document has a date.
fn hash(bundle: &Node<'_>, kept: &[(&Source, &Node<'_>)]) -> ContentHash {
    let mut parts: Vec<(&Source, ContentHash)> =
        kept.iter().map(|(source, node)| (*source, facts::hash(node))).collect();
    parts.sort_unstable();
    let mut all = bundle.str("timestamp").unwrap_or_default().as_bytes().to_vec();
    for (source, hash) in parts {
        all.extend(source.to_string().bytes());
        all.extend(hash);
    }
    facts::digest_of(&all)
}

/// The labels of the report, as sensitive as anything in it.
fn label(bundle: &Node<'_>, kept: &[(&Source, &Node<'_>)]) -> Visibility {
    let mut visibility = facts::visibility_of(ResourceType::Bundle, bundle);
    for (source, node) in kept {
        let inner = facts::visibility_of(source.kind, node).sensitivities;
        for one in Sensitivity::ALL.iter().copied().filter(|one| inner.contains(*one)) {
            visibility.sensitivities = visibility.sensitivities.with(one);
        }
    }
    visibility
}

fn last_updated(node: &Node<'_>) -> Option<Timestamp> {
    node.at(&["meta", "lastUpdated"]).and_then(Node::text).and_then(Timestamp::parse)
}

/// Supporting, but about a person: must disappear when it is withdrawn.
fn is_personal(kind: ResourceType) -> bool {
    matches!(
        kind,
        ResourceType::RelatedPerson
            | ResourceType::Provenance
            | ResourceType::QuestionnaireResponse
            | ResourceType::CareTeam
    )
}

/// Title, type and area by what is in the report.
pub(crate) fn describe(bundle: &Node<'_>, nodes: &[(ResourceType, &Node<'_>)], dated: Date) -> DocumentFacts {
    let guide = Guide::of(bundle, nodes);
    let kind = match guide {
        Guide::Social if has(nodes, ResourceType::ClinicalImpression) => DocumentType::Assessment,
        Guide::Social | Guide::Care | Guide::Rehab | Guide::Prevention | Guide::Children | Guide::Ltt => {
            DocumentType::ProfessionalJudgement
        }
    };
    let area = match guide {
        Guide::Social => Area::Social,
        Guide::Rehab => Area::Rehabilitation,
        Guide::Prevention | Guide::Children | Guide::Ltt => Area::Prevention,
        Guide::Care => area_of(nodes),
    };
    let title = title(guide, nodes);
    DocumentFacts { title, kind, area, author: None, unit: None, dated, file_missing: false }
}

/// Which of KL's guides a report follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guide {
    Care,
    Social,
    Rehab,
    Prevention,
    Children,
    Ltt,
}

impl Guide {
    fn of(bundle: &Node<'_>, nodes: &[(ResourceType, &Node<'_>)]) -> Self {
        const GUIDES: [(&str, Guide); 5] = [
            ("fhir.kl.dk/ffbreporting/", Guide::Social),
            ("fhir.kl.dk/rehab/", Guide::Rehab),
            ("fhir.kl.dk/prevention/", Guide::Prevention),
            ("fhir.kl.dk/children/", Guide::Children),
            ("fhir.kl.dk/ltt/", Guide::Ltt),
        ];
        let claimed = facts::profiles(bundle).chain(nodes.iter().flat_map(|(_, node)| facts::profiles(node)));
        let named = claimed
            .filter_map(|profile| GUIDES.iter().find(|(part, _)| profile.contains(part)))
            .map(|(_, guide)| *guide)
            .next();
        let social = || nodes.iter().any(|(kind, node)| facts::room(*kind, node) == Room::Plans);
        named.unwrap_or(if social() { Self::Social } else { Self::Care })
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::Care => "",
            Self::Social => "Social indsats: ",
            Self::Rehab => "Genoptræning: ",
            Self::Prevention => "Forebyggelse: ",
            Self::Children => "Sundhedsplejen: ",
            Self::Ltt => "Lettilgængeligt tilbud: ",
        }
    }
}

fn has(nodes: &[(ResourceType, &Node<'_>)], kind: ResourceType) -> bool {
    nodes.iter().any(|(one, _)| *one == kind)
}

const FOLLOW_UP: &str = "712744002";

fn title(guide: Guide, nodes: &[(ResourceType, &Node<'_>)]) -> String {
    let conditions = labels(nodes, ResourceType::Condition);
    let interventions: Vec<String> =
        [labels(nodes, ResourceType::CarePlan), labels(nodes, ResourceType::Procedure)].concat();
    let contacts = labels(nodes, ResourceType::Encounter);
    let followed = nodes.iter().any(|(kind, node)| {
        *kind == ResourceType::Observation && facts::codes(node.get("code")).any(|code| code == FOLLOW_UP)
    });
    let care = || match (followed, conditions.is_empty(), interventions.is_empty(), contacts.is_empty()) {
        (true, false, _, _) => format!("Opfølgning: {}", some(&conditions)),
        (true, true, false, _) => format!("Opfølgning: {}", some(&interventions)),
        (true, true, true, _) => "Opfølgning".to_owned(),
        (false, false, false, _) => format!("Vurdering og indsatser: {}", some(&conditions)),
        (false, false, true, _) => format!("Vurdering: {}", some(&conditions)),
        (false, true, false, _) => format!("Indsatser: {}", some(&interventions)),
        (false, true, true, false) => format!("Kontakt: {}", some(&contacts)),
        (false, true, true, true) => "Faglig vurdering".to_owned(),
    };
    let told = match guide {
        Guide::Care => return care(),
        Guide::Social if has(nodes, ResourceType::ClinicalImpression) => return "Udredning (VUM)".to_owned(),
        Guide::Children | Guide::Ltt => first_of(&[contacts, interventions, conditions]),
        Guide::Social | Guide::Rehab | Guide::Prevention => first_of(&[interventions, conditions, contacts]),
    };
    format!("{}{}", guide.prefix(), if told.is_empty() { "faglig vurdering".to_owned() } else { told })
}

fn first_of(lists: &[Vec<String>; 3]) -> String {
    lists.iter().find(|list| !list.is_empty()).map(|list| some(list)).unwrap_or_default()
}

/// At most three names, and that there are more.
fn some(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    let more = if names.len() > shown.len() { " m.m." } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// What resources of this type are about, each name once.
fn labels(nodes: &[(ResourceType, &Node<'_>)], kind: ResourceType) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for (_, node) in nodes.iter().filter(|(one, _)| *one == kind) {
        for label in render::subjects(kind, node) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    labels
}

/// The part of the help that most codes point to.
pub(crate) fn area_of(nodes: &[(ResourceType, &Node<'_>)]) -> Area {
    let concepts = nodes.iter().flat_map(|(_, node)| {
        let details = node.list("activity").iter().filter_map(|activity| activity.at(&["detail", "code"]));
        let all: Vec<Concept> = details
            .chain(node.get("code"))
            .flat_map(|code| code.list("coding"))
            .filter_map(|coding| crate::codes::concept(coding.str("system")?, coding.str("code")?))
            .collect();
        all
    });
    let mut votes: Vec<(Area, u32)> = Vec::new();
    for area in concepts.filter_map(|concept| area_of_concept(&concept)) {
        match votes.iter_mut().find(|(one, _)| *one == area) {
            Some((_, count)) => *count += 1,
            None => votes.push((area, 1)),
        }
    }
    votes.sort_by_key(|(area, count)| (std::cmp::Reverse(*count), *area));
    votes.first().map_or(Area::Other, |(area, _)| *area)
}

fn area_of_concept(concept: &Concept) -> Option<Area> {
    match concept.system {
        System::Ffb => return Some(Area::Social),
        System::Fboe | System::Ltt => return Some(Area::Prevention),
        System::CareSocial => return None,
        System::Fsiii => {}
    }
    // § 83 a is rehabilitation and § 86 training, inside the branch of home help.
    if let Some(paragraph) = concept.short.strip_prefix('H').and_then(|rest| rest.split('.').next()) {
        return match paragraph {
            "2" | "5" => Some(Area::Rehabilitation),
            "6" => Some(Area::Training),
            _ => Some(Area::HomeHelp),
        };
    }
    let top = concept.top();
    match top.short {
        "J" | "H" => Some(Area::HomeHelp),
        "I" | "G" => Some(Area::Nursing),
        "Kommunalt_hjaelpemiddelomraade_tilstande" | "Kommunalt_hjaelpemiddelomraade_indsatser" => {
            Some(Area::Aids)
        }
        _ if top.label.starts_with("Kommunal genoptræning") => Some(Area::Rehabilitation),
        _ if top.label.starts_with("Kommunale sundhedsfremme") => Some(Area::Prevention),
        _ => None,
    }
}
