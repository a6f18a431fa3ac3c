//! The labels that came with an item: for whom, from when, and how sensitive. It refuses to guess: an item
//! without an audience stays without one until the municipality's own declared default fills it.

use crate::time::Timestamp;

coded_enum! {
    /// A group an item may be meant for.
    pub enum Group {
        /// The citizen.
        Citizen = "citizen",
        /// Custody holders.
        Parent = "parent",
        /// Mandate holders and guardians.
        Relative = "relative",
    }
}

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

    /// Whether the group is in it.
    #[must_use]
    pub const fn contains(&self, group: Group) -> bool {
        match group {
            Group::Citizen => self.citizen,
            Group::Parent => self.parent,
            Group::Relative => self.relative,
        }
    }

    /// The codes with spaces between, for storing; empty for nobody.
    #[must_use]
    pub fn codes(&self) -> String {
        let inside = Group::ALL.iter().copied().filter(|one| self.contains(*one));
        inside.map(Group::code).collect::<Vec<_>>().join(" ")
    }

    /// Reads stored codes. An unknown one gives `None`, and a missing audience means hidden.
    #[must_use]
    pub fn from_codes(codes: &str) -> Option<Self> {
        codes.split_ascii_whitespace().map(Group::from_code).collect()
    }
}

impl FromIterator<Group> for Audience {
    fn from_iter<T: IntoIterator<Item = Group>>(groups: T) -> Self {
        groups.into_iter().fold(Self::NOBODY, |mut audience, group| {
            match group {
                Group::Citizen => audience.citizen = true,
                Group::Parent => audience.parent = true,
                Group::Relative => audience.relative = true,
            }
            audience
        })
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lead_back_to_their_codes() {
        for codes in ["", "citizen", "citizen relative", "citizen parent relative"] {
            assert_eq!(Audience::from_codes(codes).map(|audience| audience.codes()), Some(codes.to_owned()));
        }
        for codes in ["", "third_party", "social whereabouts"] {
            assert_eq!(Sensitivities::from_codes(codes).map(Sensitivities::codes), Some(codes.to_owned()));
        }
    }

    #[test]
    fn an_unknown_label_is_no_label() {
        assert_eq!(Audience::from_codes("citizen neighbour"), None);
        assert_eq!(Sensitivities::from_codes("social rocket"), None);
    }
}
