//! What must never stand in clear on an envelope, a notification or a letter: numbers that look like CPR
//! numbers, and characters that hide or break the text. It only judges; it never repeats what it found.

/// Whether a text holds something that reads as a CPR number: six digits and four more (or three and a letter),
/// with or without a mark between them, or ten digits and more in a row. A telephone number with +45 is none.
///
/// ```
/// use borgerportal_memo::lint::has_cpr_like;
/// assert!(has_cpr_like("Anmodning til 720550-0004"));
/// assert!(!has_cpr_like("Nummer FM-2026-000117, ring på +4512345678"));
/// ```
#[must_use]
pub fn has_cpr_like(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(char::is_numeric) {
        let (before, tail) = rest.split_at(at);
        let (run, after) = tail.split_at(tail.find(|c: char| !c.is_numeric()).unwrap_or(tail.len()));
        let is_phone = before.ends_with('+') && run.starts_with("45") && run.len() == 10;
        if !is_phone && reads_as_cpr(run.chars().count(), after) {
            return true;
        }
        rest = after;
    }
    false
}

/// The text with every number that reads as a CPR number made unreadable: what people wrote is printed for themselves, but
/// such a number never is.
///
/// ```
/// use borgerportal_memo::lint::without_cpr;
/// assert_eq!(without_cpr("Mit nummer er 720550-0004, ring på 12 34 56 78"), "Mit nummer er ••••••-••••, ring på 12 34 56 78");
/// ```
#[must_use]
pub fn without_cpr(text: &str) -> String {
    let mut hidden = text.to_owned();
    while has_cpr_like(&hidden) {
        hidden = hide_first(&hidden);
    }
    hidden
}

/// The first such number, and the four signs behind it, as dots.
fn hide_first(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(char::is_numeric) {
        let (before, tail) = rest.split_at(at);
        let (run, after) = tail.split_at(tail.find(|c: char| !c.is_numeric()).unwrap_or(tail.len()));
        out.push_str(before);
        let digits = run.chars().count();
        let is_phone = before.ends_with('+') && run.starts_with("45") && run.len() == 10;
        if is_phone || !reads_as_cpr(digits, after) {
            out.push_str(run);
            rest = after;
            continue;
        }
        out.extend(std::iter::repeat_n('•', digits));
        // Ten digits are a number by themselves; of fewer the mark and what stands behind it belong to it.
        let mut tail = after.chars();
        if digits < 10 {
            for sign in tail.by_ref().take(5) {
                out.push(if sign.is_alphanumeric() { '•' } else { sign });
            }
        }
        out.push_str(tail.as_str());
        return out;
    }
    out + rest
}

/// Judges a run of so many digits by what follows it.
fn reads_as_cpr(digits: usize, after: &str) -> bool {
    let marks = [' ', '-', '.', '/', '\u{a0}', '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{202f}'];
    let marked = after.strip_prefix(marks).unwrap_or_default();
    let serial: Vec<char> = marked.chars().take(4).collect();
    let has_serial = serial.len() == 4
        && serial.iter().take(3).all(|c| c.is_numeric())
        && serial.iter().all(|c| c.is_alphanumeric());
    digits >= 10 || (digits >= 6 && has_serial) || (digits >= 9 && after.starts_with(char::is_alphabetic))
}

/// Whether XML 1.0 can carry the text, and whether it shows itself as it is: no control characters, no marks
/// that turn the reading direction or have no width.
#[must_use]
pub fn is_plain(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() && !is_invisible(c))
}

/// Characters that are in a text without being seen: they can hide a word or turn the order of others.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_that_read_as_cpr_are_found_however_they_are_written() {
        for text in [
            "7205500004",
            "720550-0004",
            "720550 0004",
            "720550\u{a0}0004",
            "720550\u{2013}0004",
            "720550.0004",
            "720550/0004",
            "til 7205500004 fra Karen",
            "(7205500004)",
            "x7205500004x",
            "07205500004",
            "72055000044",
            "151298049F",
            "151298-049F",
            "+7205500004",
            "+45123456789",
            "\u{667}\u{662}\u{660}\u{665}\u{665}\u{660}\u{660}\u{660}\u{660}\u{664}",
            "1720550-0004",
        ] {
            assert!(has_cpr_like(text), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_let_through() {
        for text in [
            "",
            "Du har en anmodning om fuldmagt i Digital Post.",
            "FM-2026-000117",
            "4Q7K-9M2T-XH3D",
            "12 34 56 78",
            "12345678",
            "+4512345678",
            "tel:+4512345678",
            "+45 12 34 56 78",
            "30. november 2026 kl. 10.00–10.30",
            "2026-12-01",
            "CVR 90000001",
            "720550",
            "720550-000",
            "ab12 cd34 5678 9012 3456 7890",
        ] {
            assert!(!has_cpr_like(text), "{text}");
        }
    }

    #[test]
    fn what_hides_or_turns_text_is_not_plain() {
        for text in
            ["a\u{202e}b", "a\0b", "a\nb", "a\u{200b}b", "a\u{feff}", "a\u{7f}", "a\u{2066}b", "a\u{ad}b"]
        {
            assert!(!is_plain(text), "{text:?}");
        }
        for text in ["Blåbærgrød – “ja”", "Zoë Łukasz", "محمد", "😀", ""] {
            assert!(is_plain(text), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_cpr_hides_among_words(
            before in "[a-zæøå ]{0,12}", number in "[0-9]{6}[-. ]?[0-9]{4}", after in "[a-zæøå ]{0,12}",
        ) {
            let text = format!("{before}{number}{after}");
            prop_assert!(has_cpr_like(&text), "{}", text);
        }

        #[test]
        fn short_numbers_never_look_like_one(number in "[0-9]{0,8}") {
            let text = format!("nr. {number}.");
            prop_assert!(!has_cpr_like(&text));
        }

        #[test]
        fn what_was_hidden_is_hidden(
            before in "[a-zæ ]{0,9}", number in "[0-9]{6}[-. ]?[0-9]{3}[0-9A-Z]", after in "[a-z0-9 .]{0,20}",
        ) {
            let hidden = without_cpr(&format!("{before}{number}{after}"));
            prop_assert!(!has_cpr_like(&hidden), "{}", hidden);
            prop_assert!(hidden.starts_with(&before));
        }

        #[test]
        fn a_text_without_such_a_number_stays_as_it_is(text in ".{0,64}") {
            prop_assume!(!has_cpr_like(&text));
            prop_assert_eq!(without_cpr(&text), text);
        }

        #[test]
        fn any_text_is_judged(text in ".{0,64}") {
            let _ = (has_cpr_like(&text), is_plain(&text));
        }
    }
}
