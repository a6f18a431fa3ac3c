//! The piece of a text that shows why it was found. It gives byte ranges only; escaping and marking belong
//! to the page.

use std::ops::Range;

use super::Query;

/// A window of a text around the first place that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, as a byte range of the original.
    pub range: Range<usize>,
    /// Words to mark inside it, as byte ranges of the original.
    pub highlights: Vec<Range<usize>>,
    /// Whether something was left out before it.
    pub cut_before: bool,
    /// Whether something was left out after it.
    pub cut_after: bool,
}

impl Query {
    /// About `width` characters of the text around the first match, cut between words where possible; the
    /// beginning of the text when nothing matches.
    ///
    /// ```
    /// use borgerportal_domain::search_text::Query;
    /// let text = "Inger har fået det bedre. Såret på venstre underben heler godt, og hun går igen.";
    /// let snippet = Query::parse("underben").snippet(text, 40);
    /// assert_eq!(&text[snippet.range], "på venstre underben heler godt, og hun");
    /// assert_eq!(&text[snippet.highlights[0].clone()], "underben");
    /// ```
    #[must_use]
    pub fn snippet(&self, original: &str, width: usize) -> Snippet {
        let all = self.highlights(original);
        let first = all.first().map_or(0, |range| range.start);
        let back = width * 2 / 5;
        let wanted = steps_back(original, first, back);
        let start = word_start(original, wanted, first);
        let wanted = steps_on(original, start, width);
        let end = word_end(original, start, wanted);
        let highlights = all.into_iter().filter(|range| range.start >= start && range.end <= end).collect();
        let text = |range: Range<usize>| original.get(range).unwrap_or_default();
        Snippet {
            cut_before: !text(0..start).trim().is_empty(),
            cut_after: !text(end..original.len()).trim().is_empty(),
            range: start..end,
            highlights,
        }
    }
}

/// So many characters before `at`.
fn steps_back(text: &str, at: usize, steps: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let start = before.char_indices().rev().take(steps).last().map(|(start, _)| start);
    start.unwrap_or(at)
}

/// So many characters after `at`.
fn steps_on(text: &str, at: usize, steps: usize) -> usize {
    let after = text.get(at..).unwrap_or_default();
    after.char_indices().nth(steps).map_or(text.len(), |(more, _)| at + more)
}

/// The first beginning of a word in `wanted..=latest`, or `wanted` when it is one already.
fn word_start(text: &str, wanted: usize, latest: usize) -> usize {
    if wanted == 0 {
        return 0;
    }
    let lead = text.get(..wanted).unwrap_or_default();
    if lead.ends_with(char::is_whitespace) {
        return wanted;
    }
    let between = text.get(wanted..latest).unwrap_or_default();
    let gap = between.char_indices().find(|(_, c)| c.is_whitespace());
    gap.map_or(latest, |(at, c)| wanted + at + c.len_utf8())
}

/// The last end of a word in `start..=wanted`, or `wanted` when there is none.
fn word_end(text: &str, start: usize, wanted: usize) -> usize {
    let tail = text.get(wanted..).unwrap_or_default();
    let piece = text.get(start..wanted).unwrap_or_default();
    if tail.is_empty() || tail.starts_with(char::is_whitespace) {
        return start + piece.trim_end().len();
    }
    piece
        .rfind(char::is_whitespace)
        .filter(|at| *at > 0)
        .map_or(wanted, |at| start + piece.get(..at).map_or(0, |kept| kept.trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_text_is_shown_whole() {
        let snippet = Query::parse("ben").snippet("Et ben.", 80);
        assert_eq!(snippet.range, 0..7);
        assert_eq!(snippet.highlights, vec![3..6]);
        assert!(!snippet.cut_before && !snippet.cut_after);
    }

    #[test]
    fn without_a_match_the_beginning_is_shown() {
        let text = "Første ord og meget mere tekst her bagefter";
        let snippet = Query::parse("kørestol").snippet(text, 14);
        assert_eq!(&text[snippet.range], "Første ord og");
        assert!(snippet.cut_after && !snippet.cut_before);
        assert_eq!(Query::parse("x").snippet("", 10).range, 0..0);
    }

    #[test]
    fn a_text_without_spaces_is_cut_at_a_letter() {
        let text = "æ".repeat(100);
        let snippet = Query::parse("kørestol").snippet(&text, 10);
        assert_eq!(snippet.range, 0..20);
    }

    proptest! {
        #[test]
        fn pieces_are_short_lie_on_letters_and_hold_their_marks(
            query in "[a-zæøå]{1,6}", text in "\\PC{0,200}", width in 0usize..120,
        ) {
            let snippet = Query::parse(&query).snippet(&text, width);
            let piece = text.get(snippet.range.clone());
            prop_assert!(piece.is_some_and(|piece| piece.chars().count() <= width));
            for mark in &snippet.highlights {
                prop_assert!(text.get(mark.clone()).is_some());
                prop_assert!(snippet.range.start <= mark.start && mark.end <= snippet.range.end);
            }
        }
    }
}
