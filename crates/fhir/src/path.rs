//! Where in a delivery something stands, as a FHIRPath expression such as
//! `Bundle.entry[3].resource.component`. Built only when it is written. It refuses to repeat member names
//! that are not plausible FHIR element names, because a sender may put anything there, also a CPR number.

use std::fmt;

/// A place, linked to the place around it.
#[derive(Clone, Copy, Debug)]
pub struct Path<'p> {
    around: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Member(&'p str),
    Element(usize),
}

impl<'p> Path<'p> {
    /// The outermost place, by resource type, or an expression built earlier.
    pub fn root(name: &'p str) -> Self {
        Self { around: None, step: Step::Member(name) }
    }

    /// The member of this name.
    #[must_use]
    pub fn member(&'p self, name: &'p str) -> Self {
        Self { around: Some(self), step: Step::Member(name) }
    }

    /// The element with this number, from 0.
    #[must_use]
    pub fn element(&'p self, number: usize) -> Self {
        Self { around: Some(self), step: Step::Element(number) }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.around, self.step) {
            (None, Step::Member(name)) => f.write_str(name),
            (None, Step::Element(number)) => write!(f, "[{number}]"),
            (Some(around), Step::Element(number)) => write!(f, "{around}[{number}]"),
            (Some(around), Step::Member(name)) if plausible(name) => write!(f, "{around}.{name}"),
            (Some(around), Step::Member(_)) => write!(f, "{around}.children()"),
        }
    }
}

/// Whether this can be a FHIR element name: letters, at most two digits, small first letter.
fn plausible(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    name.len() <= 40
        && digits <= 2
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && name.starts_with(|first: char| first.is_ascii_lowercase() || first == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_fhirpath() {
        let root = Path::root("Bundle");
        let entry = root.member("entry");
        let third = entry.element(3);
        let resource = third.member("resource");
        assert_eq!(
            resource.member("valueBase64Binary").to_string(),
            "Bundle.entry[3].resource.valueBase64Binary"
        );
    }

    #[test]
    fn hides_names_that_no_standard_has() {
        let root = Path::root("Bundle");
        for name in ["0101010101", "a0101010101", "Inger", "Inger Holm", "inger holm", ""] {
            assert_eq!(root.member(name).to_string(), "Bundle.children()", "{name}");
        }
    }
}
