//! The walk through a whole resource that finds what must not come in, with its place. It refuses to stop at
//! the first finding of a tree, but does not look inside a resource that is refused already.

use super::{lists, observation, payload, text};
use crate::json::{Node, Value};
use crate::outcome::{Issue, Reason};
use crate::path::Path;

/// Where a resource stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// An entry of a Bundle, or a delivery itself.
    Entry,
    /// In `contained`.
    Contained,
    /// Anywhere else: never right.
    Hidden,
}

/// Findings are cut off here: a hostile body should not cost an endless answer.
const ENOUGH: usize = 20;

#[derive(Default)]
pub(super) struct Walk {
    issues: Vec<Issue>,
    /// Leave the resources of entries alone.
    shell: bool,
}

/// What the walk knows of the resource around.
#[derive(Clone, Copy)]
struct Around<'r> {
    kind: &'r str,
    /// Steps below the resource.
    depth: usize,
    /// Inside `DocumentReference.type`, where document types of LOINC are usual.
    document_type: bool,
    /// Inside something that may hold a file.
    file: bool,
}

impl Walk {
    pub(super) fn shell() -> Self {
        Self { issues: Vec::new(), shell: true }
    }

    pub(super) fn into_issues(self) -> Vec<Issue> {
        self.issues
    }

    fn found(&mut self, reason: Reason, at: &Path<'_>) {
        if self.issues.len() < ENOUGH {
            self.issues.push(Issue::error(reason, at));
        }
    }

    pub(super) fn resource(&mut self, node: &Node<'_>, at: &Path<'_>, place: Place) {
        let Some(kind) = node.str("resourceType") else {
            return self.found(Reason::Missing, &at.member("resourceType"));
        };
        if let Some(reason) = lists::forbidden_type(kind) {
            return self.found(reason, at);
        }
        let known = match place {
            Place::Entry => lists::ENTRIES.contains(&kind),
            Place::Contained => lists::CONTAINED.contains(&kind),
            Place::Hidden => false,
        };
        let before = self.issues.len();
        self.special(kind, node, at);
        if self.issues.len() > before {
            return;
        }
        if !known {
            // A forbidden kind wrapped in an unknown resource is named as what it is.
            self.members(node, at, Around { kind, depth: 0, document_type: false, file: false });
            if self.issues.len() == before {
                self.found(Reason::NotSupported, at);
            }
            return;
        }
        self.members(node, at, Around { kind, depth: 0, document_type: false, file: kind == "Binary" });
    }

    /// What is special about some resource types.
    fn special(&mut self, kind: &str, node: &Node<'_>, at: &Path<'_>) {
        match kind {
            "Bundle" if node.str("type") == Some("message") => {
                self.found(Reason::Message, &at.member("type"));
            }
            "Observation" => {
                if let Some((member, reason)) = observation::fault(node) {
                    self.found(reason, &at.member(member));
                }
            }
            "Communication" => {
                let codings = node.list("category").iter().flat_map(|category| category.list("coding"));
                let ours = codings
                    .filter_map(|coding| coding.str("system"))
                    .any(|system| system == crate::MESSAGE_CATEGORY);
                if !ours {
                    self.found(Reason::Message, &at.member("category"));
                }
            }
            "DocumentReference" => self.document_titles(node, at),
            _ => {}
        }
    }

    fn document_titles(&mut self, node: &Node<'_>, at: &Path<'_>) {
        let attachments = node.list("content").iter().filter_map(|content| content.get("attachment"));
        let kinds = node.at(&["type", "coding"]).map_or(&[][..], Node::items);
        let title = attachments
            .filter_map(|attachment| attachment.str("title"))
            .chain(node.str("description"))
            .chain(node.at(&["type", "text"]).and_then(Node::text))
            .chain(kinds.iter().filter_map(|coding| coding.str("display")))
            .find_map(lists::forbidden_title);
        if let Some(reason) = title {
            self.found(reason, &at.member("description"));
        }
    }

    fn members(&mut self, node: &Node<'_>, at: &Path<'_>, around: Around<'_>) {
        self.quantity(node, at);
        for (name, value) in node.members() {
            let here = at.member(name);
            // What is no list is looked through like anything else: it must not pass for being in the wrong shape.
            let list = matches!(value.value(), Value::Array(_));
            match (name.as_ref(), around.depth) {
                ("contained", 0) if list => {
                    for (number, inner) in value.items().iter().enumerate() {
                        self.resource(inner, &here.element(number), Place::Contained);
                    }
                }
                ("entry", 0) if list && around.kind == "Bundle" => {
                    for (number, entry) in value.items().iter().enumerate() {
                        self.entry(entry, &here.element(number));
                    }
                }
                _ => self.member(name, value, &here, around),
            }
        }
    }

    fn entry(&mut self, entry: &Node<'_>, at: &Path<'_>) {
        let around = Around { kind: "Bundle", depth: 2, document_type: false, file: false };
        if entry.members().is_empty() {
            return self.member("entry", entry, at, around);
        }
        for (name, value) in entry.members() {
            let here = at.member(name);
            if name == "resource" {
                if !self.shell {
                    self.resource(value, &here, Place::Entry);
                }
            } else {
                self.member(name, value, &here, around);
            }
        }
    }

    fn member(&mut self, name: &str, value: &Node<'_>, here: &Path<'_>, around: Around<'_>) {
        if let Some(reason) = lists::forbidden_member(name) {
            return self.found(reason, here);
        }
        match value.value() {
            Value::String(content) => self.string(name, content, here, around),
            Value::Object(_) | Value::Array(_) => {
                let below = Around {
                    depth: around.depth + 1,
                    document_type: around.document_type
                        || around.kind == "DocumentReference" && around.depth == 0 && name == "type",
                    file: around.file || around.kind == "DocumentReference" && name == "attachment",
                    ..around
                };
                self.inside(name, value, here, below);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn inside(&mut self, name: &str, value: &Node<'_>, here: &Path<'_>, around: Around<'_>) {
        for (number, item) in value.items().iter().enumerate() {
            let there = here.element(number);
            match item.value() {
                Value::String(content) => self.string(name, content, &there, around),
                Value::Object(_) | Value::Array(_) => self.inside(name, item, &there, around),
                Value::Null | Value::Bool(_) | Value::Number(_) => {}
            }
        }
        if value.get("resourceType").is_some() {
            self.resource(value, here, Place::Hidden);
        } else if !value.members().is_empty() {
            self.members(value, here, around);
        }
    }

    fn string(&mut self, name: &str, content: &str, here: &Path<'_>, around: Around<'_>) {
        let reason = match name {
            "data" if around.file => payload::sniff_base64(content).err(),
            "data" => Some(payload::sniff_base64(content).err().unwrap_or(Reason::File)),
            "div" => text::narrative(content),
            "system" if !around.document_type => {
                lists::forbidden_system(content).or_else(|| text::trace(content))
            }
            "reference" | "type" | "kind" => forbidden_target(content).or_else(|| text::trace(content)),
            _ => text::trace(content),
        };
        if let Some(reason) = reason {
            self.found(reason, here);
        }
    }

    /// A quantity in units of UCUM is a measurement, unless it is a span of time.
    fn quantity(&mut self, node: &Node<'_>, at: &Path<'_>) {
        if node.str("system") == Some("http://unitsofmeasure.org") {
            let unit = node.str("code").or(node.str("unit")).unwrap_or_default();
            if !lists::TIME_UNITS.contains(&unit) {
                self.found(Reason::Measurement, at);
            }
        }
    }
}

/// Whether a reference points to a resource of a forbidden type: even that it exists must not be told. The
/// last part of a longer reference is an id, which may be any word.
fn forbidden_target(reference: &str) -> Option<Reason> {
    let mut parts = reference.split(['/', '?', '#']);
    let last = parts.next_back()?;
    parts
        .clone()
        .next()
        .map_or_else(|| lists::forbidden_type(last), |_| parts.find_map(lists::forbidden_type))
}
