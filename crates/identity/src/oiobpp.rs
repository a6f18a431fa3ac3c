//! OIO Basic Privilege Profile: the list of who may do what for whom that goes with a log-in and out to services. It
//! is written strictly, as schema 1.2 says, and read leniently, as brokers send it. It refuses document types, comments
//! and processing instructions inside values, elements it does not know, and lists too large to be one; and it
//! never overlooks a constraint: whoever does not understand one must treat its group as if it were not there.

mod read;
#[cfg(test)]
mod tests;

pub use read::{Unreadable, read, read_attribute};

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_domain::Cpr;
use quick_xml::escape::escape;

/// The namespace of 1.2, which is the one written.
pub const NAMESPACE: &str = "http://digst.dk/oiosaml/basic_privilege_profile";
/// The namespace of 1.0.1 and 1.1, which is still read.
pub const NAMESPACE_OLD: &str = "http://itst.dk/oiosaml/basic_privilege_profile";

/// The largest list, in bytes of XML.
pub const BYTES_MAX: usize = 256 << 10;
/// The most groups of a list.
pub const GROUPS_MAX: usize = 2_000;
/// The most privileges and constraints of a list, over all groups.
pub const VALUES_MAX: usize = 4_000;
/// The longest privilege, scope, constraint name or constraint value, in bytes.
pub const VALUE_BYTES_MAX: usize = 1_024;

const SCOPE_PREFIX: &str = "urn:dk:gov:saml:";
const PERSON: &str = "cprNumberIdentifier";

/// Whom a group is about. Debug hides the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// A person; in a mandate the giver.
    Person(Cpr),
    /// A company, a production unit, or something we have no word for.
    Other(String),
}

impl Scope {
    /// Reads `urn:dk:gov:saml:cprNumberIdentifier:…`. The case of the name does not matter: the profile writes a
    /// small c and programs in use write a capital one. What only looks like a person is `Other`, which gives nothing.
    fn parse(text: &str) -> Self {
        let text = text.trim();
        let person =
            text.get(..SCOPE_PREFIX.len()).filter(|prefix| prefix.eq_ignore_ascii_case(SCOPE_PREFIX));
        let rest = person.and_then(|prefix| text.get(prefix.len()..)).and_then(|rest| rest.split_once(':'));
        let number = rest.filter(|(name, _)| name.eq_ignore_ascii_case(PERSON)).map(|(_, number)| number);
        // Ten characters and nothing else: `Cpr` would also take a hyphen, which no list carries.
        match number.filter(|number| number.len() == 10).and_then(|number| Cpr::parse(number).ok()) {
            Some(cpr) => Self::Person(cpr),
            None => Self::Other(text.to_owned()),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Person(cpr) => format!("{SCOPE_PREFIX}{PERSON}:{}", cpr.expose()),
            Self::Other(text) => text.clone(),
        }
    }
}

/// A condition on a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Its name, a URI.
    pub name: String,
    /// Its value, spaces kept.
    pub value: String,
}

/// Some privileges over one scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Over whom.
    pub scope: Scope,
    /// URIs, at least one.
    pub privileges: Vec<String>,
    /// All must hold.
    pub constraints: Vec<Constraint>,
}

impl Group {
    /// A group without constraints.
    #[must_use]
    pub const fn over(scope: Scope, privileges: Vec<String>) -> Self {
        Self { scope, privileges, constraints: Vec::new() }
    }
}

/// What a list says of people: the union of its groups. `holds` says of a constraint whether we understand it and it
/// is fulfilled; a group with any other constraint is void.
pub fn of_people(groups: &[Group], holds: impl Fn(&Constraint) -> bool) -> BTreeMap<Cpr, BTreeSet<String>> {
    let mut people: BTreeMap<Cpr, BTreeSet<String>> = BTreeMap::new();
    for group in groups.iter().filter(|group| group.constraints.iter().all(&holds)) {
        match &group.scope {
            Scope::Person(cpr) => {
                people.entry(cpr.clone()).or_default().extend(group.privileges.iter().cloned());
            }
            Scope::Other(_) => {}
        }
    }
    people
}

/// Why a list cannot be written. Never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    /// The schema has no empty list and no group without a privilege: leave the list out instead.
    #[error("a list without a group or a group without a privilege")]
    Empty,
    /// A receiver would not read it.
    #[error("larger than a list may be")]
    TooLarge,
    /// Spaces or control characters where the schema would change them on the way.
    #[error("a value that would not arrive as it was sent")]
    Value,
}

/// The list as XML that schema 1.2 accepts: UTF-8, root qualified, children not, privileges before constraints.
pub fn write(groups: &[Group]) -> Result<String, Unwritable> {
    if groups.is_empty() || groups.iter().any(|group| group.privileges.is_empty()) {
        return Err(Unwritable::Empty);
    }
    let values: usize = groups.iter().map(|group| group.privileges.len() + group.constraints.len()).sum();
    if groups.len() > GROUPS_MAX || values > VALUES_MAX {
        return Err(Unwritable::TooLarge);
    }
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bpp:PrivilegeList xmlns:bpp=\"");
    xml.push_str(NAMESPACE);
    xml.push_str("\">");
    for group in groups {
        write_group(&mut xml, group)?;
    }
    xml.push_str("</bpp:PrivilegeList>\n");
    if xml.len() > BYTES_MAX { Err(Unwritable::TooLarge) } else { Ok(xml) }
}

fn write_group(xml: &mut String, group: &Group) -> Result<(), Unwritable> {
    let scope = group.scope.text();
    // What reads as a person must have been meant as one.
    if Scope::parse(&scope) != group.scope {
        return Err(Unwritable::Value);
    }
    xml.extend(["<PrivilegeGroup Scope=\"", &escape(uri(&scope)?), "\">"]);
    for privilege in &group.privileges {
        xml.extend(["<Privilege>", &escape(uri(privilege)?), "</Privilege>"]);
    }
    for one in &group.constraints {
        xml.extend(["<Constraint Name=\"", &escape(uri(&one.name)?), "\">"]);
        xml.extend([&*escape(plain(&one.value)?), "</Constraint>"]);
    }
    xml.push_str("</PrivilegeGroup>");
    Ok(())
}

/// The list as the value of an attribute or claim: base64 on one line.
pub fn write_attribute(groups: &[Group]) -> Result<String, Unwritable> {
    write(groups).map(|xml| BASE64_STANDARD.encode(xml))
}

/// A URI as far as the schema cares: something, and no spaces, which it would collapse.
fn uri(text: &str) -> Result<&str, Unwritable> {
    if text.is_empty() || text.contains(char::is_whitespace) { Err(Unwritable::Value) } else { plain(text) }
}

/// Characters that XML 1.0 carries unchanged.
fn plain(text: &str) -> Result<&str, Unwritable> {
    let carried = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.len() <= VALUE_BYTES_MAX && text.chars().all(carried) { Ok(text) } else { Err(Unwritable::Value) }
}
