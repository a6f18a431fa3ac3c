//! What a municipality says about the time to complain. It refuses to shorten the four weeks: those are the law's.

use serde::Deserialize;

/// How decisions reach people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Complaints {
    /// Working days until a letter counts as arrived. Digital Post has arrived the day it is sent.
    pub letter_days: LetterDays,
}

/// Working days that a letter is under way: at most twenty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct LetterDays(u16);

impl LetterDays {
    /// How many.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl Default for LetterDays {
    /// What Ankestyrelsen counts with for an ordinary letter.
    fn default() -> Self {
        Self(6)
    }
}

impl TryFrom<u16> for LetterDays {
    type Error = &'static str;

    fn try_from(days: u16) -> Result<Self, Self::Error> {
        if days <= 20 {
            Ok(Self(days))
        } else {
            Err("write how many working days a letter takes, at most 20")
        }
    }
}
