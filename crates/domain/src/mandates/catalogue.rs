//! The catalogue of packages: what a person can give or ask for, in words, with the limits that the publisher
//! has set. A version that has been signed is never changed; a new one is imported beside it. It refuses to say
//! what a package opens in a system: that is the vendor's map, and it may change without the package changing.

use std::collections::BTreeSet;

use super::{Channel, Package};
use crate::ids::{PackageId, PackageVersionId};
use crate::time::Date;
use jiff::ToSpan as _;

coded_enum! {
    /// Whether a right lets its holder see or also do. The other axis is [`Channel`].
    pub enum RightAccess {
        /// See (læse).
        Read = "read",
        /// See and do (handle).
        Act = "act",
    }
}

coded_enum! {
    /// The subject area under which a package is listed.
    pub enum Subject {
        /// Sundhed og sygdom.
        Health = "health",
        /// Hjælpemidler.
        Aids = "aids",
        /// Hjælp i hjemmet, besøg og kalender.
        HomeCare = "home_care",
        /// Social støtte og handicap.
        Social = "social",
        /// Beskeder.
        Messages = "messages",
        /// Bevillinger og afgørelser.
        Grants = "grants",
        /// Medicin.
        Medicine = "medicine",
    }
}

coded_enum! {
    /// Who may hold a right.
    pub enum HolderKind {
        /// A person.
        Person = "person",
        /// An employee of a company or an association.
        Employee = "employee",
        /// A company or an association.
        Organisation = "organisation",
    }
}

/// One version of a package, as published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueEntry {
    /// Which package, whatever its version.
    pub package: PackageId,
    /// This version of it.
    pub version: PackageVersionId,
    /// The publisher's code of the package; the same in every version.
    pub code: String,
    /// The number of the version, from 1.
    pub number: u32,
    /// Title in Danish and in English.
    pub title: Words,
    /// What it gives, in one or two sentences.
    pub says: Words,
    /// Where it is listed.
    pub subject: Subject,
    /// Reading or acting.
    pub access: RightAccess,
    /// Portal or caseworker.
    pub channel: Channel,
    /// KLE numbers of the subjects, with spaces between; may be empty.
    pub kle: String,
    /// Who publishes it: KL, a state authority, a municipality.
    pub publisher: String,
    /// The least age of a giver; 15 where the publisher says nothing.
    pub least_giver_age: u8,
    /// Proposed first, in days.
    pub usual_days: u16,
    /// The longest it may be given for, in days.
    pub longest_days: u16,
    /// Who may hold it.
    pub holder_kinds: BTreeSet<HolderKind>,
    /// First day it can be given.
    pub from: Date,
    /// Last day it can be given, when one is set. What was given before stays.
    pub last_day: Option<Date>,
}

/// The same words in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

impl CatalogueEntry {
    /// Whether it can be given or asked for on this day.
    #[must_use]
    pub fn is_offered(&self, today: Date) -> bool {
        self.from <= today && self.last_day.is_none_or(|last| today <= last)
    }

    /// What signing checks.
    #[must_use]
    pub const fn limits(&self) -> Package {
        Package {
            package: self.package,
            version: self.version,
            least_giver_age: self.least_giver_age,
            longest_days: self.longest_days,
        }
    }
}

/// The last days that can be chosen for some packages together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Periods {
    /// Proposed first.
    pub usual: Date,
    /// The last that any of them allows.
    pub longest: Date,
    /// Fixed choices, the earliest first: three months, a year, two years, the longest; only what is allowed.
    pub choices: Vec<Date>,
}

impl Periods {
    /// For mandates that begin today. A right for a whole year includes its first day and ends the day before
    /// the year has gone. The shortest limit of all packages counts; without a package there is no choice but
    /// today.
    #[must_use]
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a CatalogueEntry>, today: Date) -> Self {
        let day = |days: u16| today.saturating_add((i64::from(days) - 1).max(0).days());
        let limits = entries.into_iter().map(|entry| (entry.usual_days, entry.longest_days));
        let (usual, longest) =
            limits.reduce(|one, other| (one.0.min(other.0), one.1.min(other.1))).unwrap_or((1, 1));
        let longest = day(longest);
        let before = |date: Date| date.yesterday().unwrap_or(date);
        let fixed = [
            today.saturating_add(3.months()),
            today.saturating_add(1.year()),
            today.saturating_add(2.years()),
        ];
        let mut choices: Vec<Date> = fixed.into_iter().map(before).filter(|day| *day < longest).collect();
        choices.push(longest);
        Self { usual: day(usual).min(longest), longest, choices }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn entry(usual_days: u16, longest_days: u16) -> CatalogueEntry {
        CatalogueEntry {
            package: PackageId::from_bytes([1; 16]),
            version: PackageVersionId::from_bytes([2; 16]),
            code: "kl.test".to_owned(),
            number: 1,
            title: Words::default(),
            says: Words::default(),
            subject: Subject::Health,
            access: RightAccess::Read,
            channel: Channel::SelfService,
            kle: String::new(),
            publisher: "Test".to_owned(),
            least_giver_age: 15,
            usual_days,
            longest_days,
            holder_kinds: BTreeSet::from([HolderKind::Person]),
            from: Date::constant(2026, 1, 1),
            last_day: Some(Date::constant(2026, 12, 31)),
        }
    }

    #[test]
    fn a_package_is_offered_on_its_first_and_last_day() {
        let one = entry(1, 1);
        let offered = |text: &str| one.is_offered(text.parse().unwrap());
        assert!(offered("2026-01-01") && offered("2026-12-31"));
        assert!(!offered("2025-12-31") && !offered("2027-01-01"));
        assert!(CatalogueEntry { last_day: None, ..one }.is_offered(Date::constant(2099, 1, 1)));
    }

    #[test]
    fn fixed_choices_stop_at_the_shortest_limit() {
        let today = Date::constant(2026, 2, 28);
        let days = |entries: &[CatalogueEntry]| {
            Periods::of(entries, today).choices.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(days(&[entry(365, 1096)]), ["2026-05-27", "2027-02-27", "2028-02-27", "2029-02-27"]);
        assert_eq!(days(&[entry(365, 1096), entry(30, 180)]), ["2026-05-27", "2026-08-26"]);
        assert_eq!(days(&[entry(9, 10)]), ["2026-03-09"]);
        assert_eq!(Periods::of(&[entry(365, 1096), entry(30, 180)], today).usual.to_string(), "2026-03-29");
        assert_eq!(days(&[]), ["2026-02-28"]);
    }

    proptest! {
        #[test]
        fn every_choice_is_one_that_can_be_signed(usual in 0u16..2000, longest in 1u16..2000, shift in 0i64..3000) {
            let today = Date::constant(2024, 1, 1).saturating_add(shift.days());
            let periods = Periods::of(&[entry(usual, longest)], today);
            let length = |last: Date| last.since(today).unwrap().get_days() + 1;
            prop_assert!(periods.choices.is_sorted() && periods.choices.last() == Some(&periods.longest));
            for day in periods.choices.iter().chain([&periods.usual]) {
                prop_assert!((1..=i32::from(longest)).contains(&length(*day)), "{day}");
            }
        }
    }
}
