//! Whom to call and where to come. It refuses what nobody can dial.

use serde::Deserialize;

/// A telephone number: digits and spaces, perhaps `+` first.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Phone(String);

impl Phone {
    /// As people read it, such as "49 28 28 28".
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For a `tel:` address: digits only, with the country in front.
    #[must_use]
    pub fn dial(&self) -> String {
        let digits: String = self.0.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.starts_with('+') { digits } else { format!("+45{digits}") }
    }
}

impl TryFrom<String> for Phone {
    type Error = &'static str;

    fn try_from(number: String) -> Result<Self, Self::Error> {
        let rest = number.strip_prefix('+').unwrap_or(&number);
        let digits = rest.chars().filter(char::is_ascii_digit).count();
        let only = rest.chars().all(|c| c.is_ascii_digit() || c == ' ');
        let danish = number.starts_with('+') || digits == 8;
        if only && danish && (8..=15).contains(&digits) {
            Ok(Self(number))
        } else {
            Err("write a telephone number: eight digits, or + and the country first")
        }
    }
}

/// Whom to call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Support {
    /// The number on every page.
    pub phone: Option<Phone>,
    /// When somebody answers, in Danish: "mandag–torsdag kl. 9–15".
    pub hours_da: String,
    /// The same in English.
    pub hours_en: String,
    /// Written contact for those who cannot call.
    pub email: Option<String>,
}

/// Where people are helped in person, also with a mandate on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Borgerservice {
    /// Street, postal code and town, in one line.
    pub address: String,
    /// The number there; where it is missing, that of [`Support`].
    pub phone: Option<Phone>,
}
