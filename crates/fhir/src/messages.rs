//! Messages between a citizen and the municipality: what a list shows of one, what it says, and how one that was written
//! here is told on. Only a Communication of our own category comes this far; what professionals write to each other was
//! refused at the door. It refuses numbers of persons: whoever carries a message on adds them.

use crate::heads::Heard;
use crate::json::{self, Node};
use crate::outgoing::OUTGOING;
use crate::{DEPARTMENT, MESSAGE, MESSAGE_CATEGORY, THREAD};
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_domain::items::Area;
use borgerportal_domain::messages::{About, Kind, beginning};
use borgerportal_domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Characters of a text that a list shows.
const START: usize = 100;
/// Characters of the words that stand for a missing topic.
const TITLE: usize = 60;

/// What a list shows of a message, and what ties it to others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its name at its sender: `Communication/x`.
    pub name: String,
    /// The names it was given here, where it is one of ours that comes back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ours: Vec<String>,
    /// The names of what it answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<String>,
    /// What it is for, by the code of [`Kind`].
    pub kind: String,
    /// In few words.
    pub title: String,
    /// How it begins.
    pub start: String,
    /// The department, by name.
    #[serde(default)]
    pub unit: String,
    /// The department, by the municipality's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub department: Option<String>,
    /// Who wrote it.
    pub writer: Writer,
    /// How many files go with it.
    #[serde(default)]
    pub files: usize,
}

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Writer {
    /// The municipality.
    Municipality,
    /// The citizen, in another way than here.
    Citizen,
    /// Somebody for the citizen, in another way than here.
    For {
        /// By name, as the municipality knows it.
        name: String,
    },
    /// Somebody who was signed in here. No record system can say so.
    Here {
        /// Who.
        person: PersonId,
        /// By full name.
        name: String,
        /// On which basis, by its code.
        basis: String,
    },
}

impl Head {
    /// What it is for; what a newer program knows is a question to this one.
    #[must_use]
    pub fn kind(&self) -> Kind {
        Kind::from_code(&self.kind).unwrap_or(Kind::Question)
    }

    /// As it lies under the seal.
    #[must_use]
    pub fn write(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

/// Reads a head; nothing where it is none.
#[must_use]
pub fn read(head: &[u8]) -> Option<Head> {
    serde_json::from_slice(head).ok()
}

/// The name by which others know a message that was written here.
#[must_use]
pub fn name(message: ItemId) -> String {
    format!("Communication/{message}")
}

/// The message written here that a name means, if it can be one.
#[must_use]
pub fn written_here(name: &str) -> Option<ItemId> {
    ItemId::parse(name.strip_prefix("Communication/")?).ok()
}

/// The head of a message that arrived.
pub(crate) fn head(heard: &Heard<'_, '_, '_>) -> Head {
    let node = heard.node;
    let text = words(node);
    let (sender, recipient) = (node.get("sender"), node.list("recipient").first());
    let by_citizen = sender.is_some_and(is_person);
    let helper =
        sender.filter(|sender| kind_of(sender) == Some("RelatedPerson")).and_then(|one| one.str("display"));
    let unit = if by_citizen { recipient } else { sender };
    let answered = node
        .list("inResponseTo")
        .iter()
        .filter_map(|one| by_identifier(one).or_else(|| heard.name(Some(one))));
    Head {
        name: heard.source.to_string(),
        ours: identified(node, MESSAGE).collect(),
        answers: answered.chain(identified(node, THREAD)).collect(),
        kind: kind(node).code().to_owned(),
        title: title(node, &text),
        start: beginning(&text, START),
        unit: unit.map(|unit| called(node, unit)).unwrap_or_default(),
        department: unit
            .and_then(|unit| unit.get("identifier"))
            .and_then(|one| value(one, DEPARTMENT))
            .map(str::to_owned),
        writer: match helper {
            Some(name) => Writer::For { name: name.trim().to_owned() },
            None if by_citizen => Writer::Citizen,
            None => Writer::Municipality,
        },
        files: attachments(node).count(),
    }
}

/// Which part of the help it belongs to, where it says.
pub(crate) fn area(node: &Node<'_>) -> Option<Area> {
    let codings = node.list("category").iter().flat_map(|one| one.list("coding"));
    let areas = codings.filter(|coding| coding.str("system") == Some(crate::DOCUMENT_AREA));
    areas.filter_map(|coding| coding.str("code")).find_map(Area::from_code)
}

fn kind(node: &Node<'_>) -> Kind {
    let codings = node.list("category").iter().flat_map(|one| one.list("coding"));
    let ours = codings.filter(|coding| coding.str("system") == Some(MESSAGE_CATEGORY));
    ours.filter_map(|coding| coding.str("code")).find_map(Kind::from_code).unwrap_or(Kind::Question)
}

/// Its topic, or how it begins.
pub(crate) fn title(node: &Node<'_>, text: &str) -> String {
    let topic =
        node.at(&["topic", "text"]).and_then(Node::text).map(str::trim).filter(|topic| !topic.is_empty());
    topic.map_or_else(|| beginning(text, TITLE), |topic| beginning(topic, 2 * TITLE))
}

/// The name of a department as it stands on the reference, or in what the reference means.
pub(crate) fn called(node: &Node<'_>, reference: &Node<'_>) -> String {
    let inside = || {
        let id = reference.str("reference")?.strip_prefix('#')?;
        let contained = node.list("contained").iter().find(|one| one.str("id") == Some(id))?;
        contained.str("name")
    };
    reference.str("display").or_else(inside).map(str::trim).unwrap_or_default().to_owned()
}

/// Whether a reference means the citizen or somebody who speaks for them.
fn is_person(reference: &Node<'_>) -> bool {
    matches!(kind_of(reference), Some("Patient" | "RelatedPerson"))
}

/// The resource type that a reference means.
fn kind_of<'n>(reference: &'n Node<'_>) -> Option<&'n str> {
    reference.str("type").or_else(|| reference.str("reference")?.rsplit('/').nth(1))
}

/// Names that a system of ours gave it.
fn identified<'n>(node: &'n Node<'_>, system: &'static str) -> impl Iterator<Item = String> + 'n {
    let values = node.list("identifier").iter().filter_map(move |one| value(one, system));
    values.map(|value| format!("Communication/{value}"))
}

fn by_identifier(reference: &Node<'_>) -> Option<String> {
    let identifier = reference.get("identifier")?;
    // Under this name it was told; what stands behind the dot tells what went with it apart.
    let told = || value(identifier, OUTGOING)?.split('.').next();
    let value = value(identifier, MESSAGE).or_else(|| value(identifier, THREAD)).or_else(told)?;
    Some(format!("Communication/{value}"))
}

fn value<'n>(identifier: &'n Node<'_>, system: &str) -> Option<&'n str> {
    identifier.str("value").filter(|_| identifier.str("system") == Some(system))
}

/// Whether it is one of ours that comes back.
pub(crate) fn is_ours(node: &Node<'_>) -> bool {
    identified(node, MESSAGE).next().is_some()
}

/// What it says.
pub(crate) fn words(node: &Node<'_>) -> String {
    let said = node.list("payload").iter().filter_map(|payload| payload.str("contentString"));
    said.map(str::trim).collect::<Vec<_>>().join("\n\n")
}

fn attachments<'n>(node: &'n Node<'_>) -> impl Iterator<Item = &'n Node<'n>> {
    node.list("payload").iter().filter_map(|payload| payload.get("contentAttachment"))
}

/// What a message says, and the names of what goes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The text.
    pub text: String,
    /// Its files, by the names they were given.
    pub files: Vec<String>,
    /// The things it is about, as the writer saw them.
    pub about: Vec<String>,
}

/// The body of a message as it was received or written.
#[must_use]
pub fn body(raw: &[u8]) -> Body {
    let Ok(node) = json::parse(raw, &crate::documents::STORED) else { return Body::default() };
    let named = |one: &Node<'_>, name: &str| one.str(name).unwrap_or_default().to_owned();
    Body {
        text: words(&node),
        files: attachments(&node).map(|file| named(file, "title")).collect(),
        about: node
            .list("about")
            .iter()
            .map(|one| named(one, "display"))
            .filter(|one| !one.is_empty())
            .collect(),
    }
}

/// A message that was written here.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// Its name.
    pub id: ItemId,
    /// What it is for.
    pub kind: Kind,
    /// In few words.
    pub title: &'a str,
    /// What it says.
    pub text: &'a str,
    /// When it was sent.
    pub sent: Timestamp,
    /// What it answers, by its name at its sender.
    pub answers: Option<&'a str>,
    /// What it is about.
    pub about: &'a [About],
    /// To or from which department: code and name.
    pub department: (Option<&'a str>, &'a str),
    /// Who writes.
    pub writer: Author<'a>,
    /// Its files.
    pub files: &'a [Enclosed],
}

/// A file of a message that was written here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name.
    pub name: String,
    /// MIME type.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// Where its content lies, which goes with what is told and not with what is kept.
    pub address: String,
}

/// Who writes here.
#[derive(Clone, Copy, Debug)]
pub enum Author<'a> {
    /// The citizen.
    Citizen(&'a str),
    /// Somebody for the citizen: by name, and on which basis.
    For(&'a str, &'static str),
    /// The municipality.
    Municipality,
}

impl Written<'_> {
    /// As it is kept: without the contents of its files, and without a number of a person.
    #[must_use]
    pub fn kept(&self, citizen: &str) -> Value {
        self.resource(&json!({ "type": "Patient", "display": citizen }), false)
    }

    /// As it is told to the record system, which knows the citizen by `patient`. The content of a file stands there by
    /// its address; whoever sends it puts the content in its place.
    #[must_use]
    pub fn told(&self, patient: &Value) -> Value {
        self.resource(patient, true)
    }

    fn resource(&self, patient: &Value, with_content: bool) -> Value {
        let department = self.department();
        let writer = match self.writer {
            Author::Citizen(name) => json!({ "type": "Patient", "display": name }),
            Author::For(name, _) => {
                json!({ "reference": "#writer", "type": "RelatedPerson", "display": name })
            }
            Author::Municipality => department.clone(),
        };
        let to = if matches!(self.writer, Author::Municipality) { patient } else { &department };
        let mut node = json!({
            "resourceType": "Communication",
            "identifier": [{ "system": MESSAGE, "value": self.id.to_string() }],
            "status": "completed",
            "category": [{ "coding": [{ "system": MESSAGE_CATEGORY, "code": self.kind.code() }] }],
            "subject": patient,
            "topic": { "text": self.title },
            "sent": self.sent.to_string(),
            "recipient": [to],
            "sender": writer,
            "payload": self.payload(with_content),
        });
        let about = self.about.iter().map(|one| json!({ "reference": one.name, "display": one.title }));
        let answers = self.answers.map(|name| json!({ "reference": name }));
        let contained = match self.writer {
            Author::For(name, basis) => Some(json!({
                "resourceType": "RelatedPerson", "id": "writer", "patient": patient,
                "name": [{ "text": name }], "relationship": [{ "coding": [{ "system": crate::ACTING_BASIS, "code": basis }] }],
            })),
            Author::Citizen(_) | Author::Municipality => None,
        };
        put(&mut node, "about", about.collect());
        put(&mut node, "inResponseTo", answers.into_iter().collect());
        put(&mut node, "contained", contained.into_iter().collect());
        node
    }

    fn department(&self) -> Value {
        let (code, name) = self.department;
        let mut node = json!({ "type": "Organization", "display": name });
        if let (Some(code), Some(members)) = (code, node.as_object_mut()) {
            members.insert("identifier".to_owned(), json!({ "system": DEPARTMENT, "value": code }));
        }
        node
    }

    fn payload(&self, with_content: bool) -> Value {
        let text = std::iter::once(json!({ "contentString": self.text }));
        let file = |one: &Enclosed| {
            let mut file = json!({ "contentType": one.media_type, "title": one.name, "size": one.size });
            if let (true, Some(members)) = (with_content, file.as_object_mut()) {
                members.insert("data".to_owned(), json!(format!("file:{}", one.address)));
            }
            json!({ "contentAttachment": file })
        };
        text.chain(self.files.iter().map(file)).collect()
    }

    /// Its head.
    #[must_use]
    pub fn head(&self, writer: Writer, answers: Vec<String>) -> Head {
        let (code, unit) = self.department;
        Head {
            name: name(self.id),
            ours: Vec::new(),
            answers,
            kind: self.kind.code().to_owned(),
            title: self.title.to_owned(),
            start: beginning(self.text, START),
            unit: unit.to_owned(),
            department: code.map(str::to_owned),
            writer,
            files: self.files.len(),
        }
    }
}

/// A list that is empty is left out.
fn put(node: &mut Value, name: &str, list: Vec<Value>) {
    if let Some(members) = node.as_object_mut().filter(|_| !list.is_empty()) {
        members.insert(name.to_owned(), Value::Array(list));
    }
}

#[cfg(test)]
mod tests;
