//! What a citizen can read as a document: a DocumentReference with its files and form, the instruction text
//! of a care plan, and every delivery report as a professional judgement. A document that repeats other
//! resources names them as parts, and [`without`] takes one out when it is withdrawn. It refuses to follow
//! addresses out of the municipality: `Binary/…` is a file of the same sender, now or later; anything else is missing.

mod reference;
mod report;

use borgerportal_domain::Timestamp;
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::{Area, Visibility};
use borgerportal_domain::time::copenhagen_date;

use crate::delivery::{DocumentFacts, Incoming, ResourceType, Room, Source};
use crate::heads::Heard;
use crate::json::{self, Node, Shape};
use crate::order::{Rank, VersionStamp};
use crate::{dates, facts, messages, render};

pub(crate) use reference::{Lookup, area_said, binary, from_reference};
pub(crate) use report::{area_of, report};

/// Stored resources were within stricter limits when they came in.
pub(crate) const STORED: Shape = Shape { depth: 64, string: 1 << 22, values: 1 << 20 };

/// A document after some of its parts were taken out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remaining {
    /// What to store as body.
    pub raw: Vec<u8>,
    /// What to search.
    pub search_text: String,
    /// What lists show.
    pub document: DocumentFacts,
    /// Parts that are still inside.
    pub parts: Vec<Source>,
}

/// The document without these parts; `None` when nothing worth reading is left, so that it must not be shown
/// at all. Taking out what is not inside changes nothing.
pub fn without(document: &Incoming, gone: &[Source]) -> Option<Remaining> {
    if document.parts.is_empty() || !document.parts.iter().any(|part| gone.contains(part)) {
        return Some(Remaining {
            raw: document.raw.clone(),
            search_text: document.search_text.clone(),
            document: document.document.clone()?,
            parts: document.parts.clone(),
        });
    }
    let root = json::parse(&document.raw, &STORED).ok()?;
    let entries: Vec<(Source, &Node<'_>)> = packed(&root).collect();
    let kept: Vec<(&Source, &Node<'_>)> = entries
        .iter()
        .filter(|(source, _)| !gone.contains(source))
        .map(|(source, node)| (source, *node))
        .collect();
    let parts: Vec<Source> = document.parts.iter().filter(|part| !gone.contains(part)).cloned().collect();
    let is_report = document.source.kind == ResourceType::Bundle;
    if is_report && !kept.iter().any(|(source, node)| report::is_content(source.kind, node)) {
        return None;
    }
    let raw = package(&root, kept.iter().map(|(source, node)| (*source, node.compact())));
    let mut facts = document.document.clone()?;
    if is_report {
        let nodes: Vec<(ResourceType, &Node<'_>)> =
            kept.iter().map(|(source, node)| (source.kind, *node)).collect();
        facts = DocumentFacts { dated: facts.dated, ..report::describe(&root, &nodes, facts.dated) };
    }
    let search_text = search_text(&facts, &raw);
    Some(Remaining { raw, search_text, document: facts, parts })
}

/// The resources of a small Bundle made by [`package`], with their names.
pub(crate) fn packed<'n, 'a>(root: &'n Node<'a>) -> impl Iterator<Item = (Source, &'n Node<'a>)> {
    root.list("entry").iter().filter_map(|entry| {
        let node = entry.get("resource")?;
        let kind = ResourceType::from_name(node.str("resourceType")?)?;
        let id =
            entry.str("fullUrl").and_then(|url| url.split_once('/')).map(|(_, id)| id).or(node.str("id"))?;
        Some((Source::new(kind, id), node))
    })
}

/// A Bundle of resources under their names, with time and profile of the Bundle they came in.
fn package<'s>(around: &Node<'_>, resources: impl Iterator<Item = (&'s Source, Vec<u8>)>) -> Vec<u8> {
    let mut out = br#"{"resourceType":"Bundle","type":"collection""#.to_vec();
    if around.str("resourceType") == Some("Bundle") {
        for name in ["timestamp", "meta"] {
            if let Some(node) = around.get(name) {
                out.extend_from_slice(format!(",\"{name}\":").as_bytes());
                out.extend_from_slice(&node.compact());
            }
        }
    }
    out.extend_from_slice(br#","entry":["#);
    for (number, (source, resource)) in resources.enumerate() {
        let name = serde_json::Value::from(source.to_string());
        let comma = if number == 0 { "" } else { "," };
        out.extend_from_slice(format!("{comma}{{\"fullUrl\":{name},\"resource\":").as_bytes());
        out.extend_from_slice(&resource);
        out.push(b'}');
    }
    out.extend_from_slice(b"]}");
    out
}

/// Title first, then the body as it is read in Danish.
fn search_text(facts: &DocumentFacts, raw: &[u8]) -> String {
    let mut text = facts.title.clone();
    for line in [facts.author.as_deref(), facts.unit.as_deref()].into_iter().flatten() {
        text.push('\n');
        text.push_str(line);
    }
    let body = render::body(raw, render::Lang::Da).plain();
    if !body.is_empty() {
        text.push('\n');
        text.push_str(&body);
    }
    text
}

/// The instruction text of a care plan as a document of its own. A plan that could have one but does not is
/// reported as withdrawn, so that an older text disappears, also when it arrives later.
pub(crate) fn instruction(
    kind: ResourceType,
    node: &Node<'_>,
    plan: &Source,
    stamp: VersionStamp,
    visibility: Visibility,
    time: Timestamp,
) -> Option<Incoming> {
    if kind != ResourceType::CarePlan {
        return None;
    }
    let details = || node.list("activity").iter().filter_map(|activity| activity.get("detail"));
    let has_text =
        details().any(|detail| detail.str("description").is_some_and(|text| !text.trim().is_empty()));
    let could =
        facts::profiles(node).any(|profile| profile.contains("/core/")) || stamp.rank == Rank::Withdrawn;
    if !has_text && !could {
        return None;
    }
    let rank = if has_text { stamp.rank } else { Rank::Withdrawn };
    let gone = rank.is_gone();
    let title = details()
        .filter_map(|detail| detail.get("code"))
        .map(render::label_da)
        .find(|label| !label.is_empty());
    let dated = facts::written_date(kind, node).and_then(dates::day);
    let document = DocumentFacts {
        title: title
            .map_or_else(|| "Handlingsanvisning".to_owned(), |name| format!("Handlingsanvisning: {name}")),
        kind: DocumentType::Instruction,
        area: area_of(&[(kind, node)]),
        author: None,
        unit: None,
        dated: dated.unwrap_or_else(|| copenhagen_date(time)),
        file_missing: false,
    };
    let raw = if gone { Vec::new() } else { node.compact() };
    Some(Incoming {
        source: Source::new(kind, format!("{}#instruction", plan.id)),
        room: Room::Documents,
        stamp: VersionStamp { rank, ..stamp },
        sort_at: facts::sort_at(kind, node, time),
        search_text: if gone { String::new() } else { search_text(&document, &raw) },
        document: Some(document),
        entry: None,
        visibility,
        raw,
        files: Vec::new(),
        binaries: Vec::new(),
        parts: Vec::new(),
    })
}

/// A message as a document of its own, so that it stands in the list and is found by its words. One of ours that comes
/// back stands there already.
pub(crate) fn message(
    heard: &Heard<'_, '_, '_>,
    stamp: VersionStamp,
    visibility: Visibility,
) -> Option<Incoming> {
    let (node, kind) = (heard.node, heard.source.kind);
    if kind != ResourceType::Communication || messages::is_ours(node) {
        return None;
    }
    let (time, text, gone) = (stamp.time().unwrap_or_default(), messages::words(node), stamp.rank.is_gone());
    let document = DocumentFacts {
        title: messages::title(node, &text),
        kind: DocumentType::Message,
        area: messages::area(node).unwrap_or(Area::Other),
        author: None,
        unit: node.get("sender").map(|unit| messages::called(node, unit)).filter(|unit| !unit.is_empty()),
        dated: facts::written_date(kind, node).and_then(dates::day).unwrap_or_else(|| copenhagen_date(time)),
        file_missing: false,
    };
    let raw = if gone { Vec::new() } else { node.compact() };
    Some(Incoming {
        source: Source::new(kind, format!("{}#message", heard.source.id)),
        room: Room::Documents,
        stamp,
        sort_at: facts::sort_at(kind, node, time),
        search_text: if gone { String::new() } else { search_text(&document, &raw) },
        document: Some(document),
        entry: None,
        visibility,
        raw,
        files: Vec::new(),
        binaries: Vec::new(),
        parts: Vec::new(),
    })
}

#[cfg(test)]
mod tests;
