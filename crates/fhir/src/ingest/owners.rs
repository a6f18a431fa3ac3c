//! Whose every resource is. Each goes to its own subject, so that in a report about a child and its parents
//! nobody's entry lands in another's record; places and organisations go to every citizen whose resources
//! refer to them. It refuses a resource whose citizen cannot be told for certain.

use std::collections::BTreeMap;

use borgerportal_domain::Cpr;

use super::envelope::{Entry, Group};
use super::{Ledger, Sheet, items};
use crate::delivery::{Rename, ResourceType, Source};
use crate::json::{Node, Value};
use crate::outcome::{Issue, Reason, Severity};
use crate::people;

/// Finds resources of one Bundle by reference.
pub(super) struct Index<'i, 'n, 'a> {
    entries: &'i [Entry<'n, 'a>],
    by_url: BTreeMap<&'n str, usize>,
    by_name: BTreeMap<(ResourceType, &'i str), usize>,
}

impl<'i, 'n, 'a> Index<'i, 'n, 'a> {
    fn of(entries: &'i [Entry<'n, 'a>]) -> Self {
        let urls = entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.full_url?, at)));
        let names =
            entries.iter().enumerate().map(|(at, entry)| ((entry.source.kind, entry.source.id.as_str()), at));
        Self { entries, by_url: urls.collect(), by_name: names.collect() }
    }

    /// The number of the entry that a reference names: by full URL, or relative as `Type/id`.
    /// A reference that fits two different entries fits none: it could be the wrong person's.
    fn position(&self, reference: &str) -> Option<usize> {
        match (self.by_url.get(reference).copied(), self.named(reference)) {
            (Some(one), Some(other)) if one != other => None,
            (one, other) => one.or(other),
        }
    }

    fn named(&self, reference: &str) -> Option<usize> {
        let mut parts = reference.split('/');
        let kind = ResourceType::from_name(parts.next()?)?;
        let id = parts.next()?;
        let tail = parts.next();
        if tail.is_some_and(|tail| tail != "_history") {
            return None;
        }
        self.by_name.get(&(kind, id)).copied()
    }

    /// The resource that a reference names.
    fn find(&self, reference: &str) -> Option<&'i Entry<'n, 'a>> {
        self.entries.get(self.position(reference)?)
    }

    /// The same, but only what belongs to this citizen or to nobody in particular.
    pub(super) fn find_for(
        &self,
        citizen: usize,
        owned: &[Vec<usize>],
        reference: &str,
    ) -> Option<&'i Entry<'n, 'a>> {
        let at = self.position(reference)?;
        let entry = self.entries.get(at)?;
        let anyones = entry.source.kind == ResourceType::Binary;
        (anyones || owned.get(at).is_some_and(|owners| owners.contains(&citizen))).then_some(entry)
    }
}

/// Whose an entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Owner {
    /// One citizen's, by place in the ledger.
    Citizen(usize),
    /// Supporting: everyone's who refers to it.
    Shared(Vec<usize>),
    /// A file: the document's that names it.
    File { named: bool },
    /// Refused.
    Nobody,
}

/// Puts what this Bundle says into the ledger.
pub(super) fn sort_out(group: &Group<'_, '_>, ledger: &mut Ledger, sheet: &mut Sheet) {
    let index = Index::of(&group.entries);
    let citizens = patients(group, &index, ledger, sheet);
    let mut owners: Vec<Owner> = group
        .entries
        .iter()
        .map(|entry| match owner(entry, &index, &citizens, ledger) {
            Ok(owner) => owner,
            Err(issue) => {
                sheet.refuse(entry.outer, issue);
                Owner::Nobody
            }
        })
        .collect();
    spread(&group.entries, &index, &mut owners);
    let mut lonely: Vec<usize> = citizens.values().copied().collect();
    lonely.dedup();
    if lonely.len() > 1 {
        lonely.clear();
    }
    let mut owned: Vec<Vec<usize>> = Vec::new();
    for (entry, owner) in group.entries.iter().zip(owners) {
        owned.push(match owner {
            Owner::Citizen(citizen) => vec![citizen],
            Owner::Shared(list) if list.is_empty() && lonely.is_empty() => {
                let issue = Issue::error(Reason::Unused, &entry.place).severity(Severity::Information);
                sheet.leave_out(entry.outer, issue);
                Vec::new()
            }
            Owner::Shared(list) if list.is_empty() => lonely.clone(),
            Owner::Shared(list) => list,
            Owner::File { named } => {
                items::enter_binary(entry, group, named, ledger, sheet);
                Vec::new()
            }
            Owner::Nobody => Vec::new(),
        });
    }
    items::enter(group, &index, &owned, ledger, sheet);
}

/// The Patients of the Bundle and their citizens, by number of the entry.
fn patients(
    group: &Group<'_, '_>,
    index: &Index<'_, '_, '_>,
    ledger: &mut Ledger,
    sheet: &mut Sheet,
) -> BTreeMap<usize, usize> {
    let mut citizens = BTreeMap::new();
    let is_patient = |entry: &&(usize, &Entry<'_, '_>)| entry.1.source.kind == ResourceType::Patient;
    for (at, entry) in group.entries.iter().enumerate().filter(|entry| is_patient(&entry)) {
        match people::cpr(entry.node) {
            Err(reason) => {
                sheet.refuse(entry.outer, Issue::error(reason, format!("{}.identifier", entry.place)));
            }
            Ok(cpr) if entry.source.id.contains(cpr.expose()) => {
                sheet.refuse(entry.outer, Issue::error(Reason::Malformed, format!("{}.id", entry.place)));
            }
            Ok(cpr) => {
                let former = people::former(entry.node);
                ledger.renames.extend(former.into_iter().map(|old| Rename { old, new: cpr.clone() }));
                citizens.insert(at, ledger.citizen(&cpr));
            }
        }
    }
    for (at, citizen) in &citizens {
        let Some(entry) = group.entries.get(*at) else { continue };
        for link in entry.node.list("link") {
            let other = link.get("other").and_then(|other| linked(other, index, &citizens, ledger));
            let own = ledger.citizens.get(*citizen).map(|citizen| citizen.cpr.clone());
            let (Some(own), Some(other)) = (own, other) else { continue };
            match link.str("type") {
                _ if own == other => {}
                Some("replaces") => ledger.renames.push(Rename { old: other, new: own }),
                Some("replaced-by") => ledger.renames.push(Rename { old: own, new: other }),
                Some(_) | None => {}
            }
        }
    }
    let mut seen: Vec<Rename> = Vec::new();
    ledger.renames.retain(|rename| {
        !seen.contains(rename) && {
            seen.push(rename.clone());
            true
        }
    });
    citizens
}

/// The CPR number of the Patient at the other end of a link.
fn linked(
    other: &Node<'_>,
    index: &Index<'_, '_, '_>,
    citizens: &BTreeMap<usize, usize>,
    ledger: &Ledger,
) -> Option<Cpr> {
    let by_reference = other.str("reference").and_then(|reference| index.position(reference));
    let citizen =
        by_reference.and_then(|at| citizens.get(&at)).and_then(|citizen| ledger.citizens.get(*citizen));
    citizen.map(|citizen| citizen.cpr.clone()).or_else(|| by_number(other))
}

/// A reference by CPR number: `identifier`, or `Patient?identifier=system|value`.
fn by_number(reference: &Node<'_>) -> Option<Cpr> {
    if let Some(identifier) = reference.get("identifier") {
        let ours = identifier.str("system") == Some(crate::CPR);
        return ours.then(|| identifier.str("value").and_then(|value| Cpr::parse(value).ok())).flatten();
    }
    let query = reference.str("reference")?.strip_prefix("Patient?identifier=")?;
    let (system, value) = query.split_once('|')?;
    (system == crate::CPR).then(|| Cpr::parse(value).ok()).flatten()
}

fn owner(
    entry: &Entry<'_, '_>,
    index: &Index<'_, '_, '_>,
    citizens: &BTreeMap<usize, usize>,
    ledger: &mut Ledger,
) -> Result<Owner, Issue> {
    let member = match entry.source.kind {
        ResourceType::Patient => {
            // A Patient that was refused is nobody's; that was said already.
            let at = index.by_name.get(&(entry.source.kind, entry.source.id.as_str()));
            return Ok(at
                .and_then(|at| citizens.get(at))
                .map_or(Owner::Nobody, |citizen| Owner::Citizen(*citizen)));
        }
        ResourceType::Location
        | ResourceType::Organization
        | ResourceType::Practitioner
        | ResourceType::PractitionerRole => return Ok(Owner::Shared(Vec::new())),
        ResourceType::Binary => return Ok(Owner::File { named: false }),
        ResourceType::Provenance => "target",
        ResourceType::Appointment => "participant",
        ResourceType::Task => "for",
        ResourceType::RelatedPerson
        | ResourceType::EpisodeOfCare
        | ResourceType::Device
        | ResourceType::SupplyDelivery => "patient",
        ResourceType::Bundle
        | ResourceType::CarePlan
        | ResourceType::CareTeam
        | ResourceType::ClinicalImpression
        | ResourceType::Communication
        | ResourceType::Condition
        | ResourceType::DeviceUseStatement
        | ResourceType::DocumentReference
        | ResourceType::Encounter
        | ResourceType::Goal
        | ResourceType::Observation
        | ResourceType::Procedure
        | ResourceType::QuestionnaireResponse
        | ResourceType::ServiceRequest => "subject",
    };
    let supporting = matches!(entry.source.kind, ResourceType::Device | ResourceType::CareTeam);
    if supporting && entry.node.get(member).is_none() {
        return Ok(Owner::Shared(Vec::new()));
    }
    let mut found = named_citizens(entry.node, member, index, citizens, ledger);
    found.dedup();
    match found.as_slice() {
        [Some(one)] => Ok(Owner::Citizen(*one)),
        _ => Err(Issue::error(Reason::NoSubject, format!("{}.{member}", entry.place))),
    }
}

/// The citizens that the member names, in order; `None` for a reference that leads to no citizen.
fn named_citizens(
    node: &Node<'_>,
    member: &str,
    index: &Index<'_, '_, '_>,
    citizens: &BTreeMap<usize, usize>,
    ledger: &mut Ledger,
) -> Vec<Option<usize>> {
    let Some(value) = node.get(member) else { return Vec::new() };
    let mut whose = |reference: &Node<'_>| {
        let at = reference.str("reference").and_then(|reference| index.position(reference));
        match at.and_then(|at| citizens.get(&at)) {
            Some(citizen) => Some(*citizen),
            None => by_number(reference).map(|cpr| ledger.citizen(&cpr)),
        }
    };
    match member {
        "participant" => {
            let actors = value.items().iter().filter_map(|participant| participant.get("actor"));
            actors.filter_map(|actor| whose(actor).map(Some)).collect()
        }
        // A trace of who wrote something belongs to the owner of what was written.
        "target" => {
            let targets = value.items().iter().filter_map(|target| index.find(target.str("reference")?));
            targets
                .filter_map(|entry| {
                    let mut members = ["subject", "patient", "for"].iter();
                    members.find_map(|name| entry.node.get(name).and_then(&mut whose))
                })
                .map(Some)
                .collect()
        }
        _ => vec![whose(value)],
    }
}

/// Gives supporting resources to those who refer to them, also by way of each other, and marks files that a
/// document names.
fn spread(entries: &[Entry<'_, '_>], index: &Index<'_, '_, '_>, owners: &mut [Owner]) {
    let open = |owner: &Owner| matches!(owner, Owner::Shared(_) | Owner::File { .. });
    if !owners.iter().any(open) {
        return;
    }
    let links: Vec<Vec<usize>> = entries
        .iter()
        .map(|entry| {
            let mut found = Vec::new();
            let document = entry.source.kind == ResourceType::DocumentReference;
            references(entry.node, document, &mut |reference| found.extend(index.position(reference)));
            found
        })
        .collect();
    // From PractitionerRole to Practitioner to Organization: three steps reach everything that is supporting.
    for _ in 0..3 {
        for (at, targets) in links.iter().enumerate() {
            let from = match owners.get(at) {
                Some(Owner::Citizen(citizen)) => vec![*citizen],
                Some(Owner::Shared(list)) => list.clone(),
                Some(Owner::File { .. } | Owner::Nobody) | None => continue,
            };
            for target in targets {
                match owners.get_mut(*target) {
                    Some(Owner::Shared(list)) => {
                        let new: Vec<usize> =
                            from.iter().copied().filter(|one| !list.contains(one)).collect();
                        list.extend(new);
                    }
                    Some(Owner::File { named }) => *named |= !from.is_empty(),
                    Some(Owner::Citizen(_) | Owner::Nobody) | None => {}
                }
            }
        }
    }
    for owner in owners {
        if let Owner::Shared(list) = owner {
            list.sort_unstable();
        }
    }
}

/// Every reference in a resource; for documents also addresses of files.
fn references(node: &Node<'_>, document: bool, found: &mut impl FnMut(&str)) {
    for (name, value) in node.members() {
        match value.value() {
            Value::String(text) if name == "reference" || document && name == "url" => found(text),
            Value::Object(_) => references(value, document, found),
            Value::Array(items) => items.iter().for_each(|item| references(item, document, found)),
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

/// The id under which a supporting resource is kept for one citizen.
pub(super) fn shared(source: &Source, patient: &str) -> Source {
    Source::new(source.kind, format!("{}@{patient}", source.id))
}
