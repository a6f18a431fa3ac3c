//! Reads a privilege list, whoever wrote it: both namespaces, children with or without one, constraints before or
//! after privileges. It refuses what two readers could understand differently, and the whole list goes with it: a
//! list that is half believed is worse than none.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use super::{
    BYTES_MAX, Constraint, GROUPS_MAX, Group, NAMESPACE, NAMESPACE_OLD, Scope, VALUE_BYTES_MAX, VALUES_MAX,
};

/// Why a list cannot be read. Names its parts, never their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// More bytes, groups or values than a list has.
    #[error("larger than a privilege list may be")]
    TooLarge,
    /// The value of the attribute is not base64.
    #[error("not base64")]
    Base64,
    /// A document type, which could give the same bytes another meaning.
    #[error("a document type is not allowed")]
    Doctype,
    /// A comment or a processing instruction inside a value: other readers would cut the value there.
    #[error("a comment or instruction inside a value")]
    Interrupted,
    /// Not well-formed XML 1.0 in UTF-8.
    #[error("not well-formed XML in UTF-8")]
    Malformed,
    /// Another root than a privilege list of a known version.
    #[error("not a privilege list")]
    Root,
    /// An element we do not know, or one in the wrong place. It might narrow what is given.
    #[error("an unknown or misplaced element")]
    Element,
    /// A group without a scope, a constraint without a name, or a group without a privilege.
    #[error("a scope, name or privilege is missing")]
    Missing,
}

/// Reads the value of an attribute or claim: the list in base64, line breaks allowed.
pub fn read_attribute(value: &str) -> Result<Vec<Group>, Unreadable> {
    if value.len() > BYTES_MAX * 2 {
        return Err(Unreadable::TooLarge);
    }
    let packed: String = value.split_ascii_whitespace().collect();
    read(&BASE64_STANDARD.decode(packed).map_err(|_| Unreadable::Base64)?)
}

/// Reads a list. Constraints are kept as they stand; [`super::of_people`] says what a group is worth.
pub fn read(bytes: &[u8]) -> Result<Vec<Group>, Unreadable> {
    if bytes.len() > BYTES_MAX {
        return Err(Unreadable::TooLarge);
    }
    let xml = std::str::from_utf8(bytes).map_err(|_| Unreadable::Malformed)?;
    let mut reader = NsReader::from_str(xml.trim_start_matches('\u{feff}'));
    reader.config_mut().expand_empty_elements = true;
    let mut list = List::default();
    loop {
        let (space, event) = reader.read_resolved_event().map_err(|_| Unreadable::Malformed)?;
        match event {
            Event::Start(start) => list.open(&Space::of(&space), &start)?,
            Event::End(_) => list.close()?,
            Event::Text(text) => list.text(&text.xml10_content())?,
            Event::CData(text) => list.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => list.text(character(&reference)?.encode_utf8(&mut [0; 4]))?,
            Event::DocType(_) => return Err(Unreadable::Doctype),
            Event::Comment(_) | Event::PI(_) if matches!(list.place, Place::Value(_)) => {
                return Err(Unreadable::Interrupted);
            }
            Event::Decl(declaration) => utf8(&declaration)?,
            Event::Comment(_) | Event::PI(_) | Event::Empty(_) => {}
            Event::Eof => break,
        }
    }
    if matches!(list.place, Place::After) { Ok(list.groups) } else { Err(Unreadable::Malformed) }
}

/// Which of the namespaces we know an element is in.
#[derive(PartialEq, Eq)]
enum Space {
    None,
    Profile,
    Other,
}

impl Space {
    fn of(resolved: &ResolveResult<'_>) -> Self {
        match resolved {
            ResolveResult::Unbound => Self::None,
            ResolveResult::Bound(bound) if bound.0 == NAMESPACE || bound.0 == NAMESPACE_OLD => Self::Profile,
            ResolveResult::Bound(_) | ResolveResult::Unknown(_) => Self::Other,
        }
    }
}

/// Where in the list the reader is. There is no deeper place, so nothing can be nested.
#[derive(Default)]
enum Place {
    #[default]
    Before,
    List,
    Group,
    Value(Kind),
    After,
}

/// What a value will be; a constraint has its name already.
enum Kind {
    Privilege,
    Constraint(String),
}

#[derive(Default)]
struct List {
    place: Place,
    groups: Vec<Group>,
    values: usize,
    /// The text of the value that is being read.
    value: String,
}

impl List {
    fn open(&mut self, space: &Space, start: &BytesStart<'_>) -> Result<(), Unreadable> {
        let name = start.local_name();
        let name = name.as_ref();
        self.place = match (&self.place, name) {
            (Place::Before, "PrivilegeList") if *space == Space::Profile => Place::List,
            (Place::Before, _) => return Err(Unreadable::Root),
            (Place::After, _) => return Err(Unreadable::Malformed),
            _ if *space == Space::Other => return Err(Unreadable::Element),
            (Place::List, "PrivilegeGroup") => {
                if self.groups.len() == GROUPS_MAX {
                    return Err(Unreadable::TooLarge);
                }
                self.groups.push(Group::over(Scope::parse(&attribute(start, "Scope")?), Vec::new()));
                Place::Group
            }
            (Place::Group, "Privilege") => Place::Value(Kind::Privilege),
            (Place::Group, "Constraint") => Place::Value(Kind::Constraint(attribute(start, "Name")?)),
            (Place::List | Place::Group | Place::Value(_), _) => return Err(Unreadable::Element),
        };
        self.value.clear();
        Ok(())
    }

    fn close(&mut self) -> Result<(), Unreadable> {
        let group = self.groups.last_mut();
        self.place = match (std::mem::take(&mut self.place), group) {
            (Place::Value(kind), Some(group)) => {
                self.values += 1;
                if self.values > VALUES_MAX {
                    return Err(Unreadable::TooLarge);
                }
                match kind {
                    Kind::Privilege if self.value.trim().is_empty() => return Err(Unreadable::Missing),
                    Kind::Privilege => group.privileges.push(self.value.trim().to_owned()),
                    Kind::Constraint(name) => {
                        group.constraints.push(Constraint { name, value: self.value.clone() });
                    }
                }
                Place::Group
            }
            (Place::Group, Some(group)) if group.privileges.is_empty() => return Err(Unreadable::Missing),
            (Place::Group, Some(_)) => Place::List,
            (Place::List, _) => Place::After,
            (Place::Value(_) | Place::Group, None) | (Place::Before | Place::After, _) => {
                return Err(Unreadable::Malformed);
            }
        };
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Unreadable> {
        match &self.place {
            Place::Value(_) if self.value.len() + text.len() > VALUE_BYTES_MAX => Err(Unreadable::TooLarge),
            Place::Value(_) => {
                self.value.push_str(text);
                Ok(())
            }
            Place::Before | Place::List | Place::Group | Place::After if text.trim().is_empty() => Ok(()),
            Place::Before | Place::List | Place::Group | Place::After => Err(Unreadable::Malformed),
        }
    }
}

/// The one attribute of that local name, which must be there and say something.
fn attribute(start: &BytesStart<'_>, wanted: &str) -> Result<String, Unreadable> {
    let mut found = None;
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| Unreadable::Malformed)?;
        if attribute.key.local_name().as_ref() == wanted {
            let value =
                attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|_| Unreadable::Malformed)?;
            if value.len() > VALUE_BYTES_MAX {
                return Err(Unreadable::TooLarge);
            }
            if found.replace(value.trim().to_owned()).is_some() {
                return Err(Unreadable::Malformed);
            }
        }
    }
    found.filter(|value| !value.is_empty()).ok_or(Unreadable::Missing)
}

/// Characters by number and the five entities of XML itself; others would need a document type.
fn character(reference: &BytesRef<'_>) -> Result<char, Unreadable> {
    if let Some(character) = reference.resolve_char_ref().map_err(|_| Unreadable::Malformed)? {
        return Ok(character);
    }
    let entity = resolve_xml_entity(&reference.xml10_content());
    entity.and_then(|text| text.chars().next()).ok_or(Unreadable::Malformed)
}

/// A declaration of another encoding would make another reader see other letters.
fn utf8(declaration: &BytesDecl<'_>) -> Result<(), Unreadable> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if name.eq_ignore_ascii_case("utf-8") => Ok(()),
        Some(_) => Err(Unreadable::Malformed),
    }
}
