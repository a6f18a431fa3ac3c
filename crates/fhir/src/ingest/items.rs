//! Makes items of resources whose owner is known, and the documents that follow from them. It refuses a
//! resource of which nothing tells how old it is.

use borgerportal_domain::Timestamp;
use borgerportal_domain::items::Visibility;

use super::envelope::{Entry, Group};
use super::owners::{Index, shared};
use super::{Ledger, Sheet};
use crate::delivery::{Binary, Incoming, ResourceType, Room, Source};
use crate::documents;
use crate::facts;
use crate::heads::{self, Heard};
use crate::json::Node;
use crate::order::{Rank, VersionStamp};
use crate::outcome::{Issue, Reason};
use crate::people;
use crate::render;

/// Enters every resource of the Bundle for its owners, then each owner's report.
pub(super) fn enter(
    group: &Group<'_, '_>,
    index: &Index<'_, '_, '_>,
    owned: &[Vec<usize>],
    ledger: &mut Ledger,
    sheet: &mut Sheet,
) {
    let names = patient_names(group, owned);
    for (entry, owners) in group.entries.iter().zip(owned) {
        if sheet.is_refused(entry.outer) {
            continue;
        }
        for owner in owners {
            let name = names.iter().find(|(citizen, _)| citizen == owner).map(|(_, name)| *name);
            let lookup = |reference: &str| {
                index.find_for(*owner, owned, reference).map(|entry| (&entry.source, entry.node))
            };
            match items_of(entry, group, name, &lookup) {
                Err(issue) => sheet.refuse(entry.outer, issue),
                Ok((word, found)) => {
                    if let Some(word) = word {
                        ledger.word(*owner, word);
                    }
                    for item in found {
                        sheet.taken(entry.outer, item.source.clone());
                        ledger.item(*owner, item);
                    }
                }
            }
        }
    }
    if group.report {
        enter_reports(group, owned, &names, ledger);
    }
}

/// For every citizen of the Bundle the id to tell shared resources apart by: the smallest Patient id.
fn patient_names<'g>(group: &'g Group<'_, '_>, owned: &[Vec<usize>]) -> Vec<(usize, &'g str)> {
    let mut names: Vec<(usize, &str)> = Vec::new();
    for (entry, owners) in group.entries.iter().zip(owned) {
        let (ResourceType::Patient, [whose]) = (entry.source.kind, owners.as_slice()) else { continue };
        match names.iter_mut().find(|(citizen, _)| citizen == whose) {
            Some((_, name)) => *name = (*name).min(entry.source.id.as_str()),
            None => names.push((*whose, &entry.source.id)),
        }
    }
    names
}

type Made = (Option<people::JournalWord>, Vec<Incoming>);

fn items_of<'n, 'a: 'n>(
    entry: &Entry<'_, '_>,
    group: &Group<'_, '_>,
    patient: Option<&str>,
    lookup: &documents::Lookup<'_, 'n, 'a>,
) -> Result<Made, Issue> {
    let (node, kind) = (entry.node, entry.source.kind);
    let stamp = stamp(entry, group)?;
    let time = stamp.time().unwrap_or_default();
    let visibility = facts::visibility_of(kind, node);
    let supporting = matches!(
        kind,
        ResourceType::Location
            | ResourceType::Organization
            | ResourceType::Practitioner
            | ResourceType::PractitionerRole
    ) || matches!(kind, ResourceType::Device | ResourceType::CareTeam)
        && node.get("subject").or(node.get("patient")).is_none();
    let source = match patient {
        Some(patient) if supporting => shared(&entry.source, patient),
        // Without a Patient in the Bundle there is no name to keep it apart by; documents have taken what
        // they need of it already.
        None if supporting => return Ok((None, Vec::new())),
        Some(_) | None => entry.source.clone(),
    };
    if kind == ResourceType::DocumentReference {
        let document = documents::from_reference(node, source, stamp, visibility, &entry.place, lookup)?;
        return Ok((None, vec![document]));
    }
    let word = (kind == ResourceType::Patient).then(|| people::word(node, &source.id, stamp));
    let instruction = documents::instruction(kind, node, &source, stamp, visibility, time);
    let (gone, room) = (stamp.rank.is_gone(), facts::room(kind, node));
    let refers = |reference: &str| lookup(reference).map(|(source, _)| source.clone());
    let heard = Heard { source: &source, node, refers: &refers };
    let entry = if gone { None } else { heads::entry(room, &heard) };
    let message = documents::message(&heard, stamp, visibility);
    let item = Incoming {
        source,
        room,
        stamp,
        sort_at: facts::sort_at(kind, node, time),
        document: None,
        entry,
        visibility,
        search_text: if gone || kind == ResourceType::Patient {
            String::new()
        } else {
            render::plain(kind, node)
        },
        raw: node.compact(),
        files: Vec::new(),
        binaries: Vec::new(),
        parts: Vec::new(),
    };
    Ok((word, std::iter::once(item).chain(instruction).chain(message).collect()))
}

/// A file of its own. One that a document of the same Bundle names is judged there, and need not say how old it is
/// unless other documents shall have it as well.
pub(super) fn enter_binary(
    entry: &Entry<'_, '_>,
    group: &Group<'_, '_>,
    named: bool,
    ledger: &mut Ledger,
    sheet: &mut Sheet,
) {
    let binary = stamp(entry, group).and_then(|stamp| {
        Ok(Binary { source: entry.source.clone(), stamp, file: documents::binary(entry.node, &entry.place)? })
    });
    match binary {
        Ok(binary) => ledger.binaries.push(binary),
        Err(_) if named => {}
        Err(issue) => sheet.refuse(entry.outer, issue),
    }
}

/// Which version a resource is: by `meta.lastUpdated`, else by the time of its Bundle, else by its number.
fn stamp(entry: &Entry<'_, '_>, group: &Group<'_, '_>) -> Result<VersionStamp, Issue> {
    let meta = entry.node.get("meta");
    let rank = facts::rank(entry.source.kind, entry.node);
    let hash = facts::hash(entry.node);
    let stated = match meta.and_then(|meta| meta.get("lastUpdated")) {
        None => group.at,
        Some(at) => match at.text().and_then(Timestamp::parse) {
            Some(at) => Some(at),
            None => return Err(Issue::error(Reason::Malformed, format!("{}.meta.lastUpdated", entry.place))),
        },
    };
    if let Some(at) = stated {
        return Ok(VersionStamp::at(at, rank, hash));
    }
    let number = meta.and_then(|meta| meta.str("versionId")).and_then(|number| number.parse().ok());
    let number =
        number.ok_or_else(|| Issue::error(Reason::NoVersion, format!("{}.meta.lastUpdated", entry.place)))?;
    Ok(VersionStamp::numbered(number, rank, hash))
}

fn enter_reports(group: &Group<'_, '_>, owned: &[Vec<usize>], names: &[(usize, &str)], ledger: &mut Ledger) {
    for (citizen, patient) in names {
        let mine: Vec<(&Source, &Node<'_>)> = group
            .entries
            .iter()
            .zip(owned)
            .filter(|(_, owners)| owners.contains(citizen))
            .map(|(entry, _)| (&entry.source, entry.node))
            .collect();
        if let Some(report) = documents::report(group.bundle, group.at, patient, &mine) {
            ledger.item(*citizen, report);
        }
    }
}

/// Whether the labels leave nothing to decide: then a resource may stand in a report's text, too.
pub(crate) fn is_open(visibility: &Visibility) -> bool {
    use borgerportal_domain::items::Audience;
    let unlabelled =
        Visibility { audience: visibility.audience.filter(|one| *one != Audience::ALL), ..*visibility };
    unlabelled == Visibility::default()
}

/// Rooms whose items make a report worth reading.
pub(crate) fn is_content(kind: ResourceType, node: &Node<'_>) -> bool {
    facts::room(kind, node) != Room::Other && facts::rank(kind, node) != Rank::Withdrawn
}
