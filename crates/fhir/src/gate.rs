//! Three gates against what a citizen must never meet here: messages between professionals, measurements,
//! medicine. They stand at ingest ([`check`]), before indexing ([`may_index`]) and before showing or
//! exporting ([`may_show`]), and each looks for itself. The rule is a list of what may pass: resource types,
//! for Observations coded evaluations only, for files three formats. The whole tree is walked: contained
//! resources, Bundles in Bundles, narrative, extensions, payloads, text that holds another format. It
//! refuses to judge free text that a person wrote: a note may mention a blood pressure.
//!
//! Grants *about* medicine or measuring (FSIII G1.20, G1.21, G1.41) and conditions about pain or sleep are
//! the citizen's own record and pass.

mod lists;
mod observation;
mod payload;
mod text;
mod walk;

pub(crate) use payload::decode;
pub use payload::{FileKind, sniff};

use crate::delivery::Incoming;
use crate::json::{self, Node, Shape};
use crate::outcome::Issue;
use crate::path::Path;

/// Gate 1. Everything in this resource, or Bundle, that must not come in. Empty when it may. `root` names
/// the place of the resource.
pub fn check(resource: &Node<'_>, root: &Path<'_>) -> Vec<Issue> {
    let mut walk = walk::Walk::default();
    walk.resource(resource, root, walk::Place::Entry);
    walk.into_issues()
}

/// The same for a Bundle without the resources of its entries, which are judged one by one.
pub(crate) fn check_shell(bundle: &Node<'_>, root: &Path<'_>) -> Vec<Issue> {
    let mut walk = walk::Walk::shell();
    walk.resource(bundle, root, walk::Place::Entry);
    walk.into_issues()
}

/// Gate 2. Whether the search text of this item may be indexed: the item may be seen at all, and its text
/// holds no trace of a format that should have been refused.
pub fn may_index(item: &Incoming) -> bool {
    !item.stamp.rank.is_gone() && text::trace(&item.search_text).is_none() && may_show(&item.raw)
}

/// Gate 3. Whether a stored resource may be shown or exported. Looks at the bytes again, whatever let them
/// in; what cannot be read is not shown.
pub fn may_show(raw: &[u8]) -> bool {
    const STORED: Shape = Shape { depth: 64, string: 1 << 22, values: 1 << 20 };
    json::parse(raw, &STORED).is_ok_and(|node| check(&node, &Path::root("resource")).is_empty())
}

/// Whether an official report of children's health visits holds this measurement in its own place, so that
/// the one entry can be left out instead of refusing the report. Any other measurement refuses the whole.
pub fn is_child_growth(resource: &Node<'_>) -> bool {
    let profiles = resource.get("meta").map_or(&[][..], |meta| meta.list("profile"));
    resource.str("resourceType") == Some("Observation")
        && !resource.members().iter().any(|(name, _)| name == "contained" || name == "extension")
        && profiles.iter().filter_map(Node::text).any(|profile| lists::CHILD_GROWTH.contains(&profile))
}

#[cfg(test)]
mod tests;
