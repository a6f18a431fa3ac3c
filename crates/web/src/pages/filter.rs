//! The filter of the document list: kinds, areas, a period, only unread. It is written into addresses
//! and hidden fields as codes, and refuses anything a person typed.

use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::Area;
use std::collections::BTreeSet;

/// How far back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// No limit.
    #[default]
    All,
    /// The last three months.
    Months3,
    /// The last twelve months.
    Months12,
    /// The last five years.
    Years5,
}

impl Period {
    /// Every choice, the widest first.
    pub const ALL: [Self; 4] = [Self::All, Self::Months3, Self::Months12, Self::Years5];

    /// The code in addresses.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Months3 => "3m",
            Self::Months12 => "12m",
            Self::Years5 => "5y",
        }
    }

    /// The period of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }

    /// Months back from today; `None` is no limit.
    #[must_use]
    pub const fn months(self) -> Option<u16> {
        match self {
            Self::All => None,
            Self::Months3 => Some(3),
            Self::Months12 => Some(12),
            Self::Years5 => Some(60),
        }
    }

    /// The key of its words.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::All => "period-all",
            Self::Months3 => "period-3m",
            Self::Months12 => "period-12m",
            Self::Years5 => "period-5y",
        }
    }
}

/// A box that can be ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice<T> {
    /// What it chooses.
    pub value: T,
    /// How many documents that gives, when known.
    pub count: Option<u32>,
    /// Whether it is ticked.
    pub chosen: bool,
}

/// The filter as it is offered and as it is set. Offer only kinds and areas that the journal has.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Kinds of document (`type`).
    pub kinds: Vec<Choice<DocumentType>>,
    /// Areas (`area`).
    pub areas: Vec<Choice<Area>>,
    /// How far back (`period`).
    pub period: Period,
    /// Only what this reader has not opened (`unread=1`).
    pub unread: bool,
}

/// A name and a code, as in an address.
pub(super) type Pair = (&'static str, &'static str);

impl Filter {
    /// Offers only these kinds and areas, and what is ticked, so that it can be taken away again. Where there is
    /// one alone to choose, there is no choice.
    #[must_use]
    pub fn only(mut self, kinds: &BTreeSet<DocumentType>, areas: &BTreeSet<Area>) -> Self {
        self.kinds.retain(|one| one.chosen || kinds.contains(&one.value));
        self.areas.retain(|one| one.chosen || areas.contains(&one.value));
        if !self.kinds.iter().any(|one| one.chosen) && self.kinds.len() == 1 {
            self.kinds.clear();
        }
        if !self.areas.iter().any(|one| one.chosen) && self.areas.len() == 1 {
            self.areas.clear();
        }
        self
    }

    /// Everything that is set, as it stands in an address.
    #[must_use]
    pub fn pairs(&self) -> Vec<Pair> {
        let kinds = self.kinds.iter().filter(|one| one.chosen).map(|one| ("type", one.value.code()));
        let areas = self.areas.iter().filter(|one| one.chosen).map(|one| ("area", one.value.code()));
        let period = (self.period != Period::All).then(|| ("period", self.period.code()));
        let unread = self.unread.then_some(("unread", "1"));
        kinds.chain(areas).chain(period).chain(unread).collect()
    }

    /// The same without one of them: what a chip's cross does.
    #[must_use]
    pub fn pairs_without(&self, gone: Pair) -> Vec<Pair> {
        self.pairs().into_iter().filter(|pair| *pair != gone).collect()
    }

    /// Whether anything is set.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !self.pairs().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{Choice, Filter, Period};
    use borgerportal_domain::documents::DocumentType;
    use borgerportal_domain::items::Area;

    #[test]
    fn only_what_is_set_is_written() {
        let kind = |value, chosen| Choice { value, count: Some(1), chosen };
        let filter = Filter {
            kinds: vec![kind(DocumentType::Letter, true), kind(DocumentType::Form, false)],
            areas: vec![Choice { value: Area::Nursing, count: None, chosen: true }],
            period: Period::Months12,
            unread: true,
        };
        assert_eq!(
            filter.pairs(),
            [("type", "letter"), ("area", "nursing"), ("period", "12m"), ("unread", "1")]
        );
        assert_eq!(
            filter.pairs_without(("period", "12m")),
            [("type", "letter"), ("area", "nursing"), ("unread", "1")]
        );
        assert!(!Filter::default().is_set());
    }

    #[test]
    fn only_what_the_reader_has_is_offered() {
        use {Area as A, DocumentType as T};
        let offered = |ticked: &[T], kinds: &[T], areas: &[A]| {
            let kind = |kind: &T| Choice { value: *kind, count: None, chosen: ticked.contains(kind) };
            let area = |area: &A| Choice { value: *area, count: None, chosen: false };
            let all = Filter {
                kinds: T::ALL.iter().map(kind).collect(),
                areas: A::ALL.iter().map(area).collect(),
                ..Filter::default()
            };
            let left = all.only(&kinds.iter().copied().collect(), &areas.iter().copied().collect());
            let kinds: Vec<T> = left.kinds.iter().map(|one| one.value).collect();
            (kinds, left.areas.iter().map(|one| one.value).collect::<Vec<A>>())
        };
        let two = ([T::Form, T::Letter], [A::Social, A::Nursing]);
        let (kinds, areas) = offered(&[], &two.0, &two.1);
        assert_eq!((kinds.len(), areas.len()), (2, 2));
        assert!(
            two.0.iter().all(|kind| kinds.contains(kind)) && two.1.iter().all(|area| areas.contains(area))
        );
        assert_eq!(offered(&[], &[], &[]), (vec![], vec![]), "nothing to choose between");
        assert_eq!(offered(&[], &[T::Letter], &[A::Social]), (vec![], vec![]), "one is no choice");
        assert_eq!(offered(&[T::Form], &[T::Form], &[]).0, [T::Form], "what is ticked can be unticked");
        assert_eq!(offered(&[T::Other], &[], &[]).0, [T::Other], "also where there is none of it");
    }

    #[test]
    fn periods_round_trip() {
        for period in Period::ALL {
            assert_eq!(Period::from_code(period.code()), Some(period));
        }
        assert_eq!(Period::from_code("7d"), None);
    }
}
