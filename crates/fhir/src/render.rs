//! Stored resources as text to read: sections with headings, pairs of label and value, and paragraphs, in
//! Danish or English. Made on every read from the stored JSON, so that a better rule shows at once. It
//! refuses to fail: what is unknown gets a neutral word, what cannot be read gives an empty body. It never
//! repeats narrative, numbers of persons, or codes.

mod form;
mod resource;
mod words;

use std::collections::BTreeMap;

use borgerportal_domain::documents::DocumentType;
pub use borgerportal_i18n::Lang;

use crate::codes;
use crate::delivery::ResourceType;
use crate::documents::{STORED, packed};
use crate::json::{self, Node};
use crate::terms;

pub(crate) use resource::subjects;
use words::Word;

/// A readable document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// In reading order, none of them empty.
    pub sections: Vec<Section>,
}

/// Part of a body under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Heading; may be empty in the first section.
    pub heading: String,
    /// Pairs to list.
    pub entries: Vec<Entry>,
    /// Running text.
    pub paragraphs: Vec<String>,
}

/// A label and what is said about it. Either may be empty, not both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What it is about.
    pub label: String,
    /// What is said. May hold line breaks.
    pub value: String,
}

impl Body {
    /// Everything in reading order, a line each: what is searched and highlighted.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        let mut line = |text: &str| {
            if !text.is_empty() {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(text);
            }
        };
        for section in &self.sections {
            line(&section.heading);
            for entry in &section.entries {
                line(&entry.label);
                line(&entry.value);
            }
            section.paragraphs.iter().for_each(|paragraph| line(paragraph));
        }
        out
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.sections.is_empty()
    }

    fn push(&mut self, section: Section) {
        if !section.entries.is_empty() || !section.paragraphs.is_empty() {
            self.sections.push(section);
        }
    }
}

/// The body of a stored item: its `raw` bytes as [`crate::delivery::Incoming`] holds them. Names of municipal
/// codes are Danish in both languages; there is no official translation.
pub fn body(raw: &[u8], lang: Lang) -> Body {
    let Ok(root) = json::parse(raw, &STORED) else { return Body::default() };
    let Some(kind) = root.str("resourceType").and_then(ResourceType::from_name) else {
        return Body::default();
    };
    let mut body = Body::default();
    if kind == ResourceType::Bundle {
        packed_body(&root, lang, &mut body);
    } else if kind == ResourceType::DocumentReference {
        document_body(&root, lang, &mut body);
    } else if kind == ResourceType::QuestionnaireResponse {
        form::sections(&root, lang, &mut body);
    } else if is_record(kind) {
        let (entry, paragraphs) = resource::line(kind, &root, &BTreeMap::new(), lang);
        let heading = resource::group(kind, &root).heading(lang).to_owned();
        body.push(Section { heading, entries: vec![entry], paragraphs });
    }
    body
}

/// Resources that say something to a reader. Persons, places and files do not.
fn is_record(kind: ResourceType) -> bool {
    !matches!(
        kind,
        ResourceType::Patient
            | ResourceType::RelatedPerson
            | ResourceType::Practitioner
            | ResourceType::PractitionerRole
            | ResourceType::Organization
            | ResourceType::Location
            | ResourceType::Provenance
            | ResourceType::Binary
            | ResourceType::Device
            | ResourceType::CareTeam
    )
}

/// What people wrote in a stored resource, paragraph by paragraph.
pub fn texts(raw: &[u8]) -> Vec<String> {
    json::parse(raw, &STORED).map(|root| written(&root)).unwrap_or_default()
}

/// Whether anybody has written a text in it.
pub(crate) fn has_text(node: &Node<'_>) -> bool {
    !written(node).is_empty()
}

/// The words of a goal, and of what has no code, are its name as well, as far as that has room for them.
fn written(node: &Node<'_>) -> Vec<String> {
    let uncoded = node.get("code").filter(|code| code.list("coding").is_empty());
    let names = [node.get("description"), uncoded].into_iter().flatten().filter_map(|name| name.str("text"));
    let longer = names.filter(|text| terms::title(text) != text.trim()).map(str::to_owned);
    longer.chain(resource::texts(node)).collect()
}

/// The words of a resource that has no document, for search.
pub(crate) fn plain(kind: ResourceType, node: &Node<'_>) -> String {
    let mut body = Body::default();
    if kind == ResourceType::QuestionnaireResponse {
        form::sections(node, Lang::Da, &mut body);
    } else if is_record(kind) {
        let (entry, paragraphs) = resource::line(kind, node, &BTreeMap::new(), Lang::Da);
        body.push(Section { heading: String::new(), entries: vec![entry], paragraphs });
    }
    body.plain()
}

fn document_body(node: &Node<'_>, lang: Lang, body: &mut Body) {
    for contained in node.list("contained") {
        if contained.str("resourceType") == Some("QuestionnaireResponse") {
            form::sections(contained, lang, body);
        }
    }
}

/// A report, or a document with its form.
fn packed_body(root: &Node<'_>, lang: Lang, body: &mut Body) {
    let resources: Vec<(ResourceType, String, &Node<'_>)> =
        packed(root).map(|(source, node)| (source.kind, source.to_string(), node)).collect();
    if let Some((ResourceType::DocumentReference, _, document)) = resources.first() {
        document_body(document, lang, body);
        for (_, _, form) in
            resources.iter().filter(|(kind, _, _)| *kind == ResourceType::QuestionnaireResponse)
        {
            form::sections(form, lang, body);
        }
        return;
    }
    let names: BTreeMap<String, String> = resources
        .iter()
        .filter_map(|(kind, name, node)| Some((name.clone(), subjects(*kind, node).first()?.clone())))
        .collect();
    let groups: Vec<resource::Group> =
        resources.iter().map(|(kind, _, node)| resource::group(*kind, node)).collect();
    for group in resource::GROUPS {
        let mut section = Section { heading: group.heading(lang).to_owned(), ..Section::default() };
        let under =
            resources.iter().zip(&groups).filter(|((kind, _, _), one)| is_record(*kind) && *one == group);
        for ((kind, _, node), _) in under {
            if *kind == ResourceType::QuestionnaireResponse {
                form::sections(node, lang, body);
                continue;
            }
            let (entry, paragraphs) = resource::line(*kind, node, &names, lang);
            section.entries.push(entry);
            section.paragraphs.extend(paragraphs);
        }
        body.push(section);
    }
}

/// What a coded concept is called: the name in the municipal lists before what the sender wrote.
pub(crate) fn label(concept: &Node<'_>, lang: Lang) -> String {
    let codings = concept.list("coding");
    let known = codings.iter().find_map(|coding| codes::concept(coding.str("system")?, coding.str("code")?));
    let sent =
        || codings.iter().find_map(|coding| coding.str("display").filter(|text| !text.trim().is_empty()));
    let fixed =
        || codings.iter().find_map(|coding| words::fixed(coding.str("system")?, coding.str("code")?, lang));
    let name = known
        .map(|concept| concept.label)
        .or_else(fixed)
        .or_else(sent)
        .or_else(|| concept.str("text"))
        .unwrap_or_else(|| Word::UnknownCode.text(lang))
        .to_owned();
    match local_name(codings) {
        Some(local) if local != name => format!("{name}: {local}"),
        Some(_) | None => name,
    }
}

/// The municipality's own level-3 name beside the common code.
fn local_name<'n>(codings: &'n [Node<'_>]) -> Option<&'n str> {
    let local = |coding: &&Node<'_>| {
        coding.str("system").is_some_and(|system| system.ends_with("LocallyDefinedInterventions"))
    };
    codings.iter().filter(local).find_map(|coding| coding.str("display"))
}

/// The same in Danish; empty when there is nothing to name.
pub(crate) fn label_da(concept: &Node<'_>) -> String {
    if concept.members().is_empty() { String::new() } else { label(concept, Lang::Da) }
}

/// What kind of document it is, when it has no title.
pub(crate) fn document_type_da(kind: DocumentType) -> &'static str {
    match kind {
        DocumentType::Letter => "Brev",
        DocumentType::Form => "Skema",
        DocumentType::Instruction => "Handlingsanvisning",
        DocumentType::Assessment => "Udredning",
        DocumentType::Observation => "Observation",
        DocumentType::Application => "Ansøgning",
        DocumentType::ProfessionalJudgement => "Faglig vurdering",
        DocumentType::Message => "Besked",
        DocumentType::Other => "Dokument",
    }
}

#[cfg(test)]
mod tests;
