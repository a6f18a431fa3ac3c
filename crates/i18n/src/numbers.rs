//! Numbers as people write them: thousands, file sizes, telephone numbers. It refuses amounts of
//! money (they need their own type and rules) and fractions that nobody reads aloud.

use crate::Lang;
use std::fmt::{self, Display, Formatter};

/// A whole number with a thousands mark: `12.345` in Danish, `12,345` in English.
#[derive(Clone, Copy, Debug)]
pub struct Number(pub Lang, pub u64);

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(lang, value) = *self;
        if value < 1000 {
            return write!(f, "{value}");
        }
        let mark = if lang == Lang::Da { '.' } else { ',' };
        write!(f, "{}{mark}{:03}", Self(lang, value / 1000), value % 1000)
    }
}

/// A file's size in the unit a person expects: "84 kB", "2,4 MB".
#[derive(Clone, Copy, Debug)]
pub struct FileSize(pub Lang, pub u64);

impl Display for FileSize {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self(lang, bytes) = *self;
        if bytes < 1_000_000 {
            return write!(f, "{}\u{a0}kB", bytes.div_ceil(1000).max(1));
        }
        let tenths = bytes / 100_000;
        let comma = if lang == Lang::Da { ',' } else { '.' };
        write!(f, "{}{comma}{}\u{a0}MB", tenths / 10, tenths % 10)
    }
}

/// "12345678" or "+45 12345678" → "12 34 56 78" with non-breaking spaces; short numbers (112, 1813)
/// and foreign ones are left as they are.
#[must_use]
pub fn phone(raw: &str) -> String {
    let national = raw.trim().strip_prefix("+45").unwrap_or(raw.trim());
    let digits = || national.chars().filter(char::is_ascii_digit);
    let only_digits = national.chars().all(|c| c.is_ascii_digit() || c.is_whitespace());
    if digits().count() != 8 || !only_digits {
        return raw.trim().replace(' ', "\u{a0}");
    }
    let mut pairs = String::with_capacity(16);
    for (at, digit) in digits().enumerate() {
        if at > 0 && at % 2 == 0 {
            pairs.push('\u{a0}');
        }
        pairs.push(digit);
    }
    pairs
}

/// The `tel:` link of a number: "12 34 56 78" → "tel:+4512345678", "112" → "tel:112".
#[must_use]
pub fn phone_href(raw: &str) -> String {
    let kept: String = raw.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    if kept.len() == 8 && !kept.starts_with('+') { format!("tel:+45{kept}") } else { format!("tel:{kept}") }
}

#[cfg(test)]
mod tests {
    use super::{FileSize, Number, phone, phone_href};
    use crate::Lang;

    #[test]
    fn thousands() {
        assert_eq!(Number(Lang::Da, 7).to_string(), "7");
        assert_eq!(Number(Lang::Da, 1_005).to_string(), "1.005");
        assert_eq!(Number(Lang::En, 12_345_678).to_string(), "12,345,678");
    }

    #[test]
    fn a_number_keeps_its_digits_and_has_a_mark_at_every_third() {
        for value in [0, 999, 1_000, 999_999, 1_000_000, 1_000_001, 10_020_030, u64::from(u32::MAX), u64::MAX]
        {
            for (lang, mark) in [(Lang::Da, '.'), (Lang::En, ',')] {
                let written = Number(lang, value).to_string();
                assert_eq!(written.replace(mark, ""), value.to_string());
                let groups: Vec<&str> = written.split(mark).collect();
                assert!(groups[1..].iter().all(|group| group.len() == 3), "{written}");
                assert!((1..=3).contains(&groups[0].len()), "{written}");
            }
        }
    }

    /// No file is shown as nothing, and none as larger than one that is larger.
    #[test]
    fn sizes_are_never_nothing_and_never_go_back() {
        let mut before = 0;
        for bytes in [
            0,
            1,
            999,
            1_000,
            1_001,
            83_999,
            999_000,
            999_999,
            1_000_000,
            1_049_999,
            9_999_999,
            5_000_000_000,
        ] {
            let written = FileSize(Lang::En, bytes).to_string();
            let (number, unit) = written.split_once('\u{a0}').unwrap();
            let digits: u64 = number.replace('.', "").parse().unwrap();
            let size = digits * if unit == "MB" { 100_000 } else { 1_000 };
            assert!(size > 0 && size >= before, "{bytes}: {written} after {before}");
            before = size;
        }
        assert_eq!(FileSize(Lang::Da, 999_999).to_string(), "1000\u{a0}kB");
    }

    #[test]
    fn sizes() {
        assert_eq!(FileSize(Lang::Da, 1).to_string(), "1\u{a0}kB");
        assert_eq!(FileSize(Lang::Da, 84_000).to_string(), "84\u{a0}kB");
        assert_eq!(FileSize(Lang::Da, 2_449_999).to_string(), "2,4\u{a0}MB");
        assert_eq!(FileSize(Lang::En, 2_449_999).to_string(), "2.4\u{a0}MB");
    }

    #[test]
    fn phones() {
        assert_eq!(phone("12345678"), "12\u{a0}34\u{a0}56\u{a0}78");
        assert_eq!(phone("+45 1234 5678"), "12\u{a0}34\u{a0}56\u{a0}78");
        assert_eq!(phone("1813"), "1813");
        assert_eq!(phone("+47 22 33 44 55"), "+47\u{a0}22\u{a0}33\u{a0}44\u{a0}55");
        assert_eq!(phone_href("12 34 56 78"), "tel:+4512345678");
        assert_eq!(phone_href("112"), "tel:112");
    }
}
