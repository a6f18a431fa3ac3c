//! Opens Bundles: which resources stand in them, under which stable ids, with which request, and what is to
//! be deleted. It refuses Bundles within inner Bundles, methods other than POST, PUT and DELETE, one id
//! twice, and ids that could be mistaken for ours or for a person's number.

use std::collections::BTreeSet;

use borgerportal_domain::Timestamp;

use super::{Limits, Sheet};
use crate::dates;
use crate::delivery::{Deletion, DeletionReason, DeliveryKind, ResourceType, Source};
use crate::gate;
use crate::json::Node;
use crate::order::{Rank, VersionStamp};
use crate::outcome::{Issue, Reason, Rejection};
use crate::path::Path;

/// Resources that belong together: those of one Bundle.
pub(super) struct Group<'n, 'a> {
    pub(super) bundle: &'n Node<'a>,
    /// `Bundle.timestamp`, or of the Bundle around.
    pub(super) at: Option<Timestamp>,
    pub(super) entries: Vec<Entry<'n, 'a>>,
    /// Whether it is a report, to be read as a document too.
    pub(super) report: bool,
}

/// One resource.
pub(super) struct Entry<'n, 'a> {
    /// Number of the outer Bundle's entry.
    pub(super) outer: usize,
    /// Where the resource stands.
    pub(super) place: String,
    pub(super) node: &'n Node<'a>,
    pub(super) source: Source,
    pub(super) full_url: Option<&'n str>,
}

pub(super) struct Envelope<'n, 'a> {
    pub(super) groups: Vec<Group<'n, 'a>>,
    pub(super) deletions: Vec<Deletion>,
}

pub(super) fn open<'n, 'a>(
    root: &'n Node<'a>,
    limits: &Limits,
    sheet: &mut Sheet,
) -> Result<Envelope<'n, 'a>, Rejection> {
    let path = Path::root("Bundle");
    let mut shell = gate::check_shell(root, &path);
    shell.extend(own_id(root, &path).err());
    if !shell.is_empty() {
        return Err(Rejection { issues: shell });
    }
    let entries = root.list("entry");
    let inner =
        entries.iter().filter_map(|entry| entry.get("resource")).map(|resource| resource.list("entry").len());
    if entries.len() + inner.sum::<usize>() > limits.entries {
        return Err(Rejection::because(
            Issue::error(Reason::TooLarge, "Bundle.entry").hint("Too many entries."),
        ));
    }
    let at = timestamp(root, &path, None).map_err(Rejection::because)?;
    let mut opener = Opener { sheet, deletions: Vec::new() };
    let mut groups = Vec::new();
    let mut own = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let list = path.member("entry");
        let place = list.element(number);
        let resource = entry.get("resource");
        let is_bundle = resource.is_some_and(|resource| resource.str("resourceType") == Some("Bundle"));
        match resource {
            Some(inner) if is_bundle && opener.sheet.kind == DeliveryKind::Report => {
                groups.extend(opener.inner(inner, number, &place, at));
            }
            Some(_) | None => own.extend(opener.entry(entry, number, &place, at)),
        }
    }
    if !own.is_empty() {
        let report = opener.sheet.kind == DeliveryKind::Report;
        groups.push(Group { bundle: root, at, entries: own, report });
    }
    let deletions = opener.deletions;
    for group in &mut groups {
        refuse_twice(group, sheet);
    }
    Ok(Envelope { groups, deletions })
}

fn timestamp(
    bundle: &Node<'_>,
    path: &Path<'_>,
    around: Option<Timestamp>,
) -> Result<Option<Timestamp>, Issue> {
    match bundle.get("timestamp") {
        None => Ok(around),
        Some(node) => match node.text().and_then(Timestamp::parse) {
            Some(at) => Ok(Some(at)),
            None => Err(Issue::error(Reason::Malformed, path.member("timestamp"))),
        },
    }
}

struct Opener<'s> {
    sheet: &'s mut Sheet,
    deletions: Vec<Deletion>,
}

impl Opener<'_> {
    fn refuse(&mut self, outer: usize, issues: Vec<Issue>) {
        for issue in issues {
            self.sheet.refuse(outer, issue);
        }
    }

    /// A delivery report inside an incremental delivery.
    fn inner<'n, 'a>(
        &mut self,
        bundle: &'n Node<'a>,
        outer: usize,
        place: &Path<'_>,
        around: Option<Timestamp>,
    ) -> Option<Group<'n, 'a>> {
        let path = place.member("resource");
        let mut issues = gate::check_shell(bundle, &path);
        issues.extend(own_id(bundle, &path).err());
        if bundle.str("type") != Some("collection") {
            issues.push(Issue::error(Reason::NotADelivery, path.member("type")));
        }
        let at = timestamp(bundle, &path, around).unwrap_or_else(|issue| {
            issues.push(issue);
            None
        });
        let clean = issues.is_empty();
        self.refuse(outer, issues);
        if !clean {
            return None;
        }
        let list = path.member("entry");
        let entries = bundle
            .list("entry")
            .iter()
            .enumerate()
            .filter_map(|(number, entry)| self.entry(entry, outer, &list.element(number), at))
            .collect();
        Some(Group { bundle, at, entries, report: true })
    }

    fn entry<'n, 'a>(
        &mut self,
        entry: &'n Node<'a>,
        outer: usize,
        place: &Path<'_>,
        at: Option<Timestamp>,
    ) -> Option<Entry<'n, 'a>> {
        match self.judge(entry, outer, place, at) {
            Ok(found) => found,
            Err(issues) => {
                self.refuse(outer, issues);
                None
            }
        }
    }

    fn judge<'n, 'a>(
        &mut self,
        entry: &'n Node<'a>,
        outer: usize,
        place: &Path<'_>,
        at: Option<Timestamp>,
    ) -> Result<Option<Entry<'n, 'a>>, Vec<Issue>> {
        let requested = self.sheet.kind != DeliveryKind::Report;
        let request = Request::of(entry);
        if requested && request.method == "DELETE" {
            self.deletions.push(deletion(entry, &request, place, at).map_err(|issue| vec![issue])?);
            return Ok(None);
        }
        let here = place.member("resource");
        let Some(node) = entry.get("resource") else {
            return Err(vec![Issue::error(Reason::Missing, here)]);
        };
        if !requested && gate::is_child_growth(node) {
            self.sheet.leave_out(outer, Issue::error(Reason::Measurement, here));
            return Ok(None);
        }
        let findings = gate::check(node, &here);
        if !findings.is_empty() {
            return Err(findings);
        }
        let kind = node.str("resourceType").and_then(ResourceType::from_name);
        let kind = match kind {
            Some(ResourceType::Bundle) => return Err(vec![Issue::error(Reason::Nesting, here)]),
            Some(kind) => kind,
            None => return Err(vec![Issue::error(Reason::NotSupported, here)]),
        };
        let id = if requested { request.id_for(kind, node, place) } else { own_id(node, &here) };
        let id = match id {
            Ok(Some(id)) => id,
            Ok(None) => id_otherwise(kind, entry, node)
                .ok_or_else(|| vec![Issue::error(Reason::Missing, here.member("id"))])?,
            Err(issue) => return Err(vec![issue]),
        };
        let (place, full_url) = (here.to_string(), entry.str("fullUrl"));
        Ok(Some(Entry { outer, place, node, source: Source { kind, id }, full_url }))
    }
}

/// `Bundle.entry.request`.
struct Request<'n> {
    method: &'n str,
    url: &'n str,
}

impl<'n> Request<'n> {
    fn of(entry: &'n Node<'_>) -> Self {
        let part = |name| entry.at(&["request", name]).and_then(Node::text).unwrap_or_default();
        Self { method: part("method"), url: part("url") }
    }

    /// The id that request and resource agree on; nothing when neither names one.
    fn id_for(&self, kind: ResourceType, node: &Node<'_>, place: &Path<'_>) -> Result<Option<String>, Issue> {
        let here = place.member("resource");
        let request = place.member("request");
        let wrong = |part: &str| Err(Issue::error(Reason::Method, request.member(part)));
        let own = own_id(node, &here)?;
        match (self.method, self.url.strip_prefix(kind.name())) {
            ("POST", Some("")) => Ok(own),
            ("PUT", Some(rest)) if rest.starts_with('?') => match conditional(rest) {
                Some(named) => Ok(own.or(Some(named))),
                // By CPR number only a Patient is found; the number itself is never an id.
                None if kind == ResourceType::Patient && own.is_some() => Ok(own),
                None => wrong("url"),
            },
            ("PUT", Some(rest)) => match rest.strip_prefix('/') {
                Some(id) if is_id(id) && own.as_deref().is_none_or(|own| own == id) => {
                    Ok(Some(id.to_owned()))
                }
                Some(_) | None => wrong("url"),
            },
            ("POST" | "PUT", None) => wrong("url"),
            _ => wrong("method"),
        }
    }
}

/// FHIR's rule for ids.
pub(crate) fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len())
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

fn own_id(node: &Node<'_>, here: &Path<'_>) -> Result<Option<String>, Issue> {
    match node.get("id").map(|id| id.text().filter(|id| is_id(id))) {
        None => Ok(None),
        Some(Some(id)) => Ok(Some(id.to_owned())),
        Some(None) => Err(Issue::error(Reason::Malformed, here.member("id"))),
    }
}

/// `?identifier=system|value` as a stable id.
fn conditional(query: &str) -> Option<String> {
    let (system, value) = query.strip_prefix("?identifier=")?.split_once('|')?;
    named(system, value)
}

fn named(system: &str, value: &str) -> Option<String> {
    let id = format!("~{system}|{value}").replace('@', "%40").replace('#', "%23");
    let fits = !value.is_empty() && !value.contains('&') && id.len() <= Source::LONGEST - 80;
    (fits && system != crate::CPR && !system.starts_with("urn:oid:1.2.208.176.1.6.1")).then_some(id)
}

/// A stable id for a resource without one: an identifier of the sender's, or the entry's own UUID.
fn id_otherwise(kind: ResourceType, entry: &Node<'_>, node: &Node<'_>) -> Option<String> {
    let from_identifier = |identifier: &Node<'_>| named(identifier.str("system")?, identifier.str("value")?);
    let identifiers = if kind == ResourceType::Patient { &[][..] } else { node.list("identifier") };
    let uuid =
        || entry.str("fullUrl")?.strip_prefix("urn:uuid:").filter(|uuid| is_id(uuid)).map(str::to_owned);
    identifiers.iter().find_map(from_identifier).or_else(uuid)
}

fn deletion(
    entry: &Node<'_>,
    request: &Request<'_>,
    place: &Path<'_>,
    at: Option<Timestamp>,
) -> Result<Deletion, Issue> {
    let here = place.member("request");
    let named = request.url.split_once('/').filter(|(_, id)| is_id(id));
    let Some((Some(kind), id)) = named.map(|(kind, id)| (ResourceType::from_name(kind), id)) else {
        return Err(Issue::error(Reason::Method, here.member("url")));
    };
    let extensions = entry.get("request").map_or(&[][..], |request| request.list("extension"));
    let reason = extensions
        .iter()
        .filter(|extension| extension.str("url") == Some(crate::DELETION_REASON))
        .find_map(|extension| extension.str("valueCode").and_then(DeletionReason::from_code));
    let Some(reason) = reason else {
        return Err(Issue::error(Reason::DeletionReason, here.member("extension")));
    };
    let since = entry.at(&["request", "ifModifiedSince"]).and_then(Node::text).and_then(dates::instant);
    let Some(at) = since.or(at) else { return Err(Issue::error(Reason::NoVersion, "Bundle.timestamp")) };
    let mut sources = vec![Source::new(kind, id)];
    if kind == ResourceType::CarePlan {
        sources.push(Source::new(kind, format!("{id}#instruction")));
    }
    if kind == ResourceType::Communication {
        sources.push(Source::new(kind, format!("{id}#message")));
    }
    Ok(Deletion { sources, reason, stamp: VersionStamp::at(at, Rank::Deleted, [0; 32]) })
}

fn refuse_twice(group: &mut Group<'_, '_>, sheet: &mut Sheet) {
    let (mut seen, mut urls) = (BTreeSet::new(), BTreeSet::new());
    let mut twice = Vec::new();
    for entry in &group.entries {
        let new_url = entry.full_url.is_none_or(|url| urls.insert(url));
        if !seen.insert(&entry.source) || !new_url {
            twice.push((entry.outer, entry.place.clone()));
        }
    }
    for (outer, place) in &twice {
        sheet.refuse(*outer, Issue::error(Reason::Duplicate, place));
    }
    group.entries.retain(|entry| !twice.iter().any(|(_, place)| *place == entry.place));
}
