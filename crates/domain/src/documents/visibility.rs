//! The labels that came with an item: for whom, from when, and how sensitive. It refuses to guess: an item
//! without an audience stays without one until the municipality's own declared default fills it.

use crate::time::Timestamp;

/// Which groups an item is meant for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Audience {
    /// The citizen.
    pub citizen: bool,
    /// Custody holders.
    pub parent: bool,
    /// Holders of a mandate, and guardians.
    pub relative: bool,
}

impl Audience {
    /// Nobody outside the municipality.
    pub const NOBODY: Self = Self { citizen: false, parent: false, relative: false };
    /// The citizen alone.
    pub const CITIZEN: Self = Self { citizen: true, parent: false, relative: false };
    /// Everybody who comes in for this citizen.
    pub const ALL: Self = Self { citizen: true, parent: true, relative: true };
}

coded_enum! {
    /// Why an item needs a second look before others than the citizen see it.
    pub enum Sensitivity {
        /// Tells about another person.
        ThirdParty = "third_party",
        /// Treatment a young person may keep from parents.
        YouthTreatment = "youth_treatment",
        /// Social themes such as abuse, crime or suicidal thoughts.
        Social = "social",
        /// Shows where the citizen lives or is cared for.
        Whereabouts = "whereabouts",
    }
}

/// A set of sensitivities, stored as codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sensitivities(u8);

impl Sensitivities {
    /// None.
    pub const NONE: Self = Self(0);

    /// This set and one more.
    #[must_use]
    pub const fn with(self, one: Sensitivity) -> Self {
        Self(self.0 | 1 << (one as u8))
    }

    /// Whether it is inside.
    #[must_use]
    pub const fn contains(self, one: Sensitivity) -> bool {
        self.0 & (1 << (one as u8)) != 0
    }

    /// Whether nothing is inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The codes with spaces between, for storing.
    #[must_use]
    pub fn codes(self) -> String {
        let inside = Sensitivity::ALL.iter().copied().filter(|one| self.contains(*one));
        inside.map(Sensitivity::code).collect::<Vec<_>>().join(" ")
    }

    /// Reads stored codes; `None` when one is unknown, because an unknown label means hidden.
    #[must_use]
    pub fn from_codes(codes: &str) -> Option<Self> {
        codes
            .split_ascii_whitespace()
            .try_fold(Self::NONE, |set, code| Sensitivity::from_code(code).map(|one| set.with(one)))
    }
}

/// The labels of one item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visibility {
    /// For whom, or `None` when the sender did not say.
    pub audience: Option<Audience>,
    /// Hidden until this instant, so that it can be talked through first.
    pub visible_from: Option<Timestamp>,
    /// Staff have withheld it from custody holders.
    pub withheld_from_parent: bool,
    /// Staff have withheld it from mandate holders and guardians.
    pub withheld_from_relative: bool,
    /// What makes it sensitive.
    pub sensitivities: Sensitivities,
}
