//! What is known of a person from the register: names for greeting, and the few facts that rules need. It
//! refuses to hold a CPR number or an address; those stay sealed in the store.

use crate::ids::PersonId;
use crate::time::{Date, age_on};

coded_enum! {
    /// The languages we write to people in. Who has never said is written to in Danish.
    #[derive(Default)]
    pub enum Language {
        /// Danish.
        #[default]
        Danish = "da",
        /// English.
        English = "en",
    }
}

/// A person's name as the register writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// First and middle names.
    pub given: String,
    /// Family name.
    pub family: String,
}

impl PersonName {
    /// Given and family name with one space, without stray spaces when one of them is missing.
    #[must_use]
    pub fn full(&self) -> String {
        format!("{} {}", self.given.trim(), self.family.trim()).trim().to_owned()
    }

    /// The first given name, as used in "Ingers kalender".
    #[must_use]
    pub fn first(&self) -> &str {
        self.given.split_whitespace().next().unwrap_or(self.family.trim())
    }
}

/// The facts that access rules are decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonFacts {
    /// Who it is.
    pub id: PersonId,
    /// Birth date from the register, never from CPR digits.
    pub birth_on: Date,
    /// Day of death, when registered.
    pub deceased_on: Option<Date>,
    /// Name and address protection.
    pub protected: bool,
}

impl PersonFacts {
    /// Whole years on that day. A person born 29 February turns on 1 March in ordinary years.
    #[must_use]
    pub fn age_on(&self, on: Date) -> i32 {
        age_on(self.birth_on, on)
    }

    /// Whether a death is registered. The date does not matter: a registered death counts at once.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.deceased_on.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(given: &str, family: &str) -> PersonName {
        PersonName { given: given.to_owned(), family: family.to_owned() }
    }

    #[test]
    fn names_join_without_stray_spaces() {
        assert_eq!(name("Inger", "Holm").full(), "Inger Holm");
        assert_eq!(name("", "Holm").full(), "Holm");
        assert_eq!(name(" Mette Marie ", " Holm-Larsen").full(), "Mette Marie Holm-Larsen");
        assert_eq!(name("", "").full(), "");
    }

    #[test]
    fn first_name_falls_back_to_the_family_name() {
        assert_eq!(name("Mette Marie", "Holm").first(), "Mette");
        assert_eq!(name(" ", "Holm").first(), "Holm");
        assert_eq!(name("", "").first(), "");
    }
}
