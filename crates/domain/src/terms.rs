//! A name from one of the professional code lists: the key by which the glossary explains it, and the Danish label.
//! Two concepts may bear one label, so labels are never compared: keys are. It refuses to know the lists.

use std::borrow::Cow;
use std::cmp::Ordering;

/// What a professional list calls something.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// Which concept: the short code where there is one (`J3.8`), else the UUID; empty for what no list knows.
    pub key: Cow<'static, str>,
    /// What people read, in Danish.
    pub label: Cow<'static, str>,
}

impl Term {
    /// A term from its key and label. Those of the lists are borrowed: a page may hold hundreds.
    #[must_use]
    pub fn new(key: impl Into<Cow<'static, str>>, label: impl Into<Cow<'static, str>>) -> Self {
        Self { key: key.into(), label: label.into() }
    }

    /// The two numbers of a short code. What has none comes after what has.
    fn numbers(&self) -> (u16, u16) {
        const LAST: (u16, u16) = (u16::MAX, u16::MAX);
        let Some(rest) = self.key.get(1..) else { return LAST };
        match rest.split_once('.') {
            None => rest.parse().map_or(LAST, |area| (area, 0)),
            Some((area, one)) => area.parse().and_then(|area| Ok((area, one.parse()?))).unwrap_or(LAST),
        }
    }
}

/// As in the list: `J3.9` before `J3.10`; the rest by label.
impl Ord for Term {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.numbers().cmp(&other.numbers());
        order.then_with(|| self.label.cmp(&other.label)).then_with(|| self.key.cmp(&other.key))
    }
}

impl PartialOrd for Term {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Term;

    #[test]
    fn terms_stand_as_in_the_list() {
        let keys = ["I12.1", "Problemer_med_saar", "I4.10", "I4.9", "", "I4", "8d848883-0000", "1å.x"];
        let mut terms: Vec<Term> =
            keys.iter().zip(["", "b", "", "", "a", "", "c", "d"]).map(|(k, l)| Term::new(*k, l)).collect();
        terms.sort();
        let sorted: Vec<&str> = terms.iter().map(|term| &*term.key).collect();
        assert_eq!(
            sorted,
            ["I4", "I4.9", "I4.10", "I12.1", "", "Problemer_med_saar", "8d848883-0000", "1å.x"]
        );
    }
}
