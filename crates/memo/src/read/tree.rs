//! A small tree of the elements of one XML document. Limits stand before anything is kept; document types,
//! entities of one's own and text outside the root are refused; elements of other namespaces keep their
//! place but lose their name, so that nobody mistakes them for ours.

use quick_xml::NsReader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};
use quick_xml::name::ResolveResult;

use super::Unreadable;
use crate::xml::NAMESPACE;

const DEPTH_MAX: usize = 12;
const ELEMENTS_MAX: usize = 2_000;

/// An element with the text directly in it and the elements below.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Local name; empty for other namespaces.
    name: String,
    text: String,
    children: Vec<Self>,
}

impl Element {
    /// All children of that name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The child of that name, if there is one.
    fn maybe(&self, name: &'static str) -> Result<Option<&Self>, Unreadable> {
        let mut found = self.all(name);
        let first = found.next();
        if found.next().is_some() { Err(Unreadable::Twice(name)) } else { Ok(first) }
    }

    /// The one child of that name.
    pub(super) fn one(&self, name: &'static str) -> Result<&Self, Unreadable> {
        self.maybe(name)?.ok_or(Unreadable::Missing(name))
    }

    /// The text of the one child of that name, without surrounding white space.
    pub(super) fn text(&self, name: &'static str) -> Result<&str, Unreadable> {
        self.one(name).map(|child| child.text.trim())
    }

    /// The text of a child that need not be there; an empty one counts as absent.
    pub(super) fn some(&self, name: &'static str) -> Result<Option<String>, Unreadable> {
        let text = self.maybe(name)?.map(|child| child.text.trim());
        Ok(text.filter(|text| !text.is_empty()).map(str::to_owned))
    }
}

/// Reads a document whose root is a MeMo 1.1 `Message`.
pub(super) fn parse(xml: &str) -> Result<Element, Unreadable> {
    let mut reader = NsReader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    // The bottom of the stack is the document itself.
    let mut stack = vec![Element::default()];
    let mut elements = 0_usize;
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| Unreadable::Malformed)?;
        let is_ours = matches!(space, ResolveResult::Bound(bound) if bound.0 == NAMESPACE);
        match event {
            Event::Start(start) => {
                elements += 1;
                if elements > ELEMENTS_MAX || stack.len() > DEPTH_MAX {
                    return Err(Unreadable::TooLarge);
                }
                let local = start.local_name();
                let name = if is_ours { local.as_ref().to_owned() } else { String::new() };
                if stack.len() == 1 && (name != "Message" || !is_version_one_one(&start)?) {
                    return Err(Unreadable::Version);
                }
                stack.push(Element { name, ..Element::default() });
            }
            Event::End(_) => {
                let done = stack.pop().ok_or(Unreadable::Malformed)?;
                stack.last_mut().ok_or(Unreadable::Malformed)?.children.push(done);
            }
            Event::Text(text) => add(&mut stack, &text.xml10_content())?,
            Event::CData(text) => add(&mut stack, &text.xml10_content())?,
            Event::GeneralRef(reference) => add(&mut stack, resolve(&reference)?.encode_utf8(&mut [0; 4]))?,
            Event::DocType(_) => return Err(Unreadable::Doctype),
            Event::Eof => break,
            // Comments are not text: what stands on both sides of one is read as one value.
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Empty(_) => {}
        }
    }
    let document = stack.pop().ok_or(Unreadable::Malformed)?;
    let mut roots = document.children.into_iter();
    match (roots.next(), roots.next(), stack.is_empty()) {
        (Some(root), None, true) => Ok(root),
        _ => Err(Unreadable::Malformed),
    }
}

fn add(stack: &mut [Element], text: &str) -> Result<(), Unreadable> {
    match stack {
        [_, .., open] => open.text.push_str(text),
        _ if text.trim().is_empty() => {}
        _ => return Err(Unreadable::Malformed),
    }
    Ok(())
}

/// Characters by number and the five entities of XML itself; others would need a document type.
fn resolve(reference: &BytesRef<'_>) -> Result<char, Unreadable> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| Unreadable::Malformed)? {
        return Ok(character);
    }
    let entity = resolve_xml_entity(&reference.xml10_content());
    entity.and_then(|text| text.chars().next()).ok_or(Unreadable::Malformed)
}

fn is_version_one_one(start: &quick_xml::events::BytesStart<'_>) -> Result<bool, Unreadable> {
    let mut version = false;
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Unreadable::Malformed)?;
        version |= attribute.key.0 == "memoVersion" && &*attribute.value == "1.1";
    }
    Ok(version)
}
