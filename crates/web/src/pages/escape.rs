//! Text made safe to stand in a page, between tags and in attributes. Nearly everything a page says holds
//! nothing to escape, so it is looked through once, many bytes at a time, and written whole. It refuses to
//! decide what needs escaping: every value goes through here unless a template says `safe`.

use askama::filters::Escaper;
use std::fmt;

/// The escaper of all our templates.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Html;

/// The character reference for what would mean something in HTML.
const fn reference(byte: u8) -> Option<&'static str> {
    match byte {
        b'"' => Some("&#34;"),
        b'&' => Some("&#38;"),
        b'\'' => Some("&#39;"),
        b'<' => Some("&#60;"),
        b'>' => Some("&#62;"),
        _ => None,
    }
}

impl Escaper for Html {
    fn write_escaped_str<W: fmt::Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        // A fold without an early end, because that is what the compiler turns into vector instructions.
        if !text.bytes().fold(false, |seen, byte| seen | reference(byte).is_some()) {
            return dest.write_str(text);
        }
        let mut rest = text;
        while let Some((at, with)) =
            rest.bytes().enumerate().find_map(|(at, byte)| Some((at, reference(byte)?)))
        {
            // What is replaced is one byte of ASCII, so both cuts lie between characters.
            let (before, after) = rest.split_at(at);
            dest.write_str(before)?;
            dest.write_str(with)?;
            rest = after.get(1..).unwrap_or_default();
        }
        dest.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::Html;
    use askama::filters::Escaper as _;
    use proptest::prelude::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        Html.write_escaped_str(&mut out, text).unwrap();
        out
    }

    /// What a browser makes of it.
    fn read(html: &str) -> String {
        ["&#34;\"", "&#39;'", "&#60;<", "&#62;>", "&#38;&"]
            .iter()
            .fold(html.to_owned(), |text, pair| text.replace(&pair[..5], &pair[5..]))
    }

    #[test]
    fn what_means_something_in_html_is_replaced() {
        for (text, html) in [
            ("", ""),
            ("Sårpleje på venstre ben", "Sårpleje på venstre ben"),
            ("<script>", "&#60;script&#62;"),
            ("\" onload='x'", "&#34; onload=&#39;x&#39;"),
            ("æ&ø", "æ&#38;ø"),
            ("&#60;", "&#38;#60;"),
            ("<", "&#60;"),
            ("“ ‘ ＜ ﹤", "“ ‘ ＜ ﹤"),
        ] {
            assert_eq!(escaped(text), html);
        }
    }

    proptest! {
        #[test]
        fn nothing_dangerous_is_left_and_nothing_is_lost(text in "([a-zæøå ]|[<>&\"'#;0-9]|\\PC){0,80}") {
            let html = escaped(&text);
            prop_assert!(!html.contains(['<', '>', '"', '\'']));
            let bare = html.match_indices('&').all(|(at, _)| {
                ["&#34;", "&#38;", "&#39;", "&#60;", "&#62;"].iter().any(|known| html[at..].starts_with(known))
            });
            prop_assert!(bare, "an ampersand of the text is left: {}", html);
            prop_assert_eq!(read(&html), text);
        }

        #[test]
        fn it_says_what_askama_says(text in "\\PC{0,60}") {
            let mut theirs = String::new();
            askama::filters::Html.write_escaped_str(&mut theirs, &text).unwrap();
            prop_assert_eq!(escaped(&text), theirs);
        }
    }
}
