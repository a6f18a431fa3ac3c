//! The Danish personal identification number. It accepts every number a register may send, also without a
//! valid check digit, and tells ordinary numbers from replacement numbers. It refuses to be printed: there
//! is no `Display`, `Debug` hides the digits, and only [`Cpr::expose`] gives them out.

use std::fmt;

use crate::time::Date;

/// A CPR number: ten characters, without hyphen.
///
/// Modulus 11 is not checked: numbers without it have been in use since 1 October 2007. Age is never taken
/// from the digits; ask [`crate::PersonFacts`].
///
/// ```
/// use borgerportal_domain::cpr::{Cpr, CprKind};
/// let cpr = Cpr::parse("720550-0004")?;
/// assert_eq!(cpr.expose(), "7205500004");
/// assert_eq!(cpr.kind(), CprKind::Replacement);
/// assert_eq!(format!("{cpr:?}"), "Cpr(hidden)");
/// # Ok::<(), borgerportal_domain::cpr::CprError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cpr(String);

/// What sort of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CprKind {
    /// The first six digits are a date.
    Ordinary,
    /// Made by a hospital, a municipality or for a test: day + 60, or letters among the last four.
    Replacement,
    /// Ten digits that are neither.
    Unknown,
}

/// Why a text is not a CPR number. Never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CprError {
    /// Not ten characters, apart from one hyphen or space after the sixth.
    #[error("a CPR number has ten characters")]
    Length,
    /// Something other than digits, or letters among the last four.
    #[error("a CPR number holds only digits")]
    Character,
}

impl Cpr {
    /// Reads `DDMMYYSSSS` or `DDMMYY-SSSS`. Surrounding spaces are dropped, letters become upper case.
    pub fn parse(text: &str) -> Result<Self, CprError> {
        let mut plain: Vec<char> = text.trim().chars().take(12).collect();
        if plain.len() == 11 && matches!(plain.get(6), Some('-' | ' ' | '\u{2013}' | '\u{2011}')) {
            plain.remove(6);
        }
        if plain.len() != 10 {
            return Err(CprError::Length);
        }
        let proper = plain.iter().enumerate().all(|(at, character)| {
            if at < 6 { character.is_ascii_digit() } else { character.is_ascii_alphanumeric() }
        });
        if proper {
            Ok(Self(plain.iter().map(char::to_ascii_uppercase).collect()))
        } else {
            Err(CprError::Character)
        }
    }

    /// The ten characters. The only way out; search for its uses when reviewing.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Ordinary, replacement or unknown.
    #[must_use]
    pub fn kind(&self) -> CprKind {
        if self.0.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            return CprKind::Replacement;
        }
        let day = self.number(0);
        if self.date_with_day(day).is_some() {
            CprKind::Ordinary
        } else if day > 60 && self.date_with_day(day - 60).is_some() {
            CprKind::Replacement
        } else {
            CprKind::Unknown
        }
    }

    /// The birth date an ordinary number tells, for comparing with the register. Nothing for replacement
    /// and unknown numbers. Rules about age use [`crate::PersonFacts::birth_on`] instead.
    #[must_use]
    pub fn encoded_birth_date(&self) -> Option<Date> {
        match self.kind() {
            CprKind::Ordinary => self.date_with_day(self.number(0)),
            CprKind::Replacement | CprKind::Unknown => None,
        }
    }

    /// The two digits from `at`.
    fn number(&self, at: usize) -> i8 {
        self.0.get(at..at + 2).and_then(|two| two.parse().ok()).unwrap_or(0)
    }

    /// The date with the century that the seventh digit tells.
    fn date_with_day(&self, day: i8) -> Option<Date> {
        let year = i16::from(self.number(4));
        let seventh = self.0.as_bytes().get(6).copied()?;
        let century = match (seventh, year) {
            (b'0'..=b'3', _) | (b'4' | b'9', 37..) => 1900,
            (b'4' | b'9', _) | (b'5'..=b'8', ..=57) => 2000,
            (b'5'..=b'8', _) => 1800,
            _ => return None,
        };
        Date::new(century + year, self.number(2), day).ok()
    }
}

impl fmt::Debug for Cpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cpr(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cpr(text: &str) -> Cpr {
        Cpr::parse(text).unwrap()
    }

    #[test]
    fn the_seventh_digit_tells_the_century() {
        let year = |text: &str| cpr(text).encoded_birth_date().map(Date::year);
        for (text, expected) in [
            ("0101000000", 1900),
            ("0101993999", 1999),
            ("0101364000", 2036),
            ("0101374000", 1937),
            ("0101369000", 2036),
            ("0101379999", 1937),
            ("0101575000", 2057),
            ("0101585000", 1858),
            ("0101998999", 1899),
            ("0101008000", 2000),
        ] {
            assert_eq!(year(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn leap_days_exist_only_in_leap_years() {
        assert_eq!(cpr("2902000000").kind(), CprKind::Unknown, "1900 was no leap year");
        assert_eq!(cpr("2902004000").kind(), CprKind::Ordinary, "2000 was");
        assert_eq!(cpr("8902004000").kind(), CprKind::Replacement);
        assert_eq!(cpr("3002004000").kind(), CprKind::Unknown);
    }

    #[test]
    fn official_test_numbers_pass_although_modulus_11_fails() {
        for text in ["0101010101", "0101410001", "0101570001", "2509479989"] {
            assert_eq!(cpr(text).kind(), CprKind::Ordinary, "{text}");
        }
    }

    #[test]
    fn replacement_numbers_tell_no_birth_date() {
        for text in ["7205500004", "151298049F", "151298049f", "9105500004"] {
            assert_eq!(cpr(text).kind(), CprKind::Replacement, "{text}");
            assert_eq!(cpr(text).encoded_birth_date(), None, "{text}");
        }
        assert_eq!(cpr("151298049f").expose(), "151298049F");
        for text in ["9205500004", "0000000000", "3113500004", "6013500004"] {
            assert_eq!(cpr(text).kind(), CprKind::Unknown, "{text}");
        }
    }

    #[test]
    fn common_spellings_are_one_number() {
        for text in ["720550-0004", "720550 0004", " 7205500004\n", "720550\u{2013}0004"] {
            assert_eq!(cpr(text), cpr("7205500004"));
        }
    }

    #[test]
    fn other_texts_are_refused_without_repeating_them() {
        for (text, error) in [
            ("", CprError::Length),
            ("720550000", CprError::Length),
            ("72055000044", CprError::Length),
            ("7205-500004", CprError::Length),
            ("720550--0004", CprError::Length),
            ("A205500004", CprError::Character),
            ("72055000Æ4", CprError::Character),
            ("720550000\u{0664}", CprError::Character),
            ("720550-+004", CprError::Character),
        ] {
            assert_eq!(Cpr::parse(text), Err(error), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_ten_digits_parse_and_stay_hidden(digits in "[0-9]{10}") {
            let cpr = Cpr::parse(&digits).unwrap();
            prop_assert_eq!(cpr.expose(), digits.as_str());
            let debug = format!("{cpr:?} {:?}", Some(&cpr));
            prop_assert!(!debug.bytes().any(|byte| byte.is_ascii_digit()));
            let hyphenated = format!("{}-{}", &digits[..6], &digits[6..]);
            prop_assert_eq!(Cpr::parse(&hyphenated).unwrap(), cpr);
        }

        #[test]
        fn a_real_date_is_ordinary_and_with_sixty_more_it_is_a_replacement(
            days in 0i32..54_000, serial in 0u32..1000,
        ) {
            // Every date from 1858 to 2005, written with a fitting seventh digit.
            let date = Date::constant(1858, 1, 1) + jiff::Span::new().days(days);
            let seventh = match date.year() { ..1900 => 6, 1900..2000 => 2, _ => 7 };
            let tail = format!("{:02}{:02}{seventh}{serial:03}", date.month(), date.year() % 100);
            let ordinary = Cpr::parse(&format!("{:02}{tail}", date.day())).unwrap();
            prop_assert_eq!(ordinary.kind(), CprKind::Ordinary);
            prop_assert_eq!(ordinary.encoded_birth_date(), Some(date));
            let replacement = Cpr::parse(&format!("{:02}{tail}", date.day() + 60)).unwrap();
            prop_assert_eq!(replacement.kind(), CprKind::Replacement);
            prop_assert_eq!(replacement.encoded_birth_date(), None);
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,16}") {
            if let Ok(cpr) = Cpr::parse(&text) {
                prop_assert_eq!(cpr.expose().len(), 10);
            }
        }
    }
}
