//! Text with marked places: what a search found. The places are byte ranges of the text as written;
//! a range that does not fit the text is left out rather than trusted.

use std::ops::Range;

/// A text and the places to mark in it.
#[derive(Clone, Debug, Default)]
pub struct Marked<'a> {
    /// The text as written.
    pub text: &'a str,
    /// Where to mark: byte ranges, in order, not overlapping.
    pub marks: Vec<Range<usize>>,
}

impl<'a> Marked<'a> {
    /// Text without marks.
    #[must_use]
    pub const fn plain(text: &'a str) -> Self {
        Self { text, marks: Vec::new() }
    }

    /// The text cut into pieces, each marked or not.
    #[must_use]
    pub fn pieces(&self) -> Vec<(bool, &'a str)> {
        let mut pieces = Vec::with_capacity(self.marks.len() * 2 + 1);
        let mut at = 0;
        for mark in &self.marks {
            let (Some(before), Some(inside)) = (self.text.get(at..mark.start), self.text.get(mark.clone()))
            else {
                continue;
            };
            if !before.is_empty() {
                pieces.push((false, before));
            }
            pieces.push((true, inside));
            at = mark.end;
        }
        if let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            pieces.push((false, rest));
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::{Marked, Range};

    fn cut(text: &str, marks: &[Range<usize>]) -> Vec<(bool, String)> {
        let marked = Marked { text, marks: marks.to_vec() };
        marked.pieces().into_iter().map(|(on, piece)| (on, piece.to_owned())).collect()
    }

    #[test]
    fn cuts_at_the_marks_and_loses_nothing() {
        let start = [Range { start: 0, end: 4 }];
        assert_eq!(cut("Sår på ben", &start), [(true, "Sår".into()), (false, " på ben".into())]);
        assert_eq!(cut("abc", &[]), [(false, "abc".into())]);
        assert_eq!(cut("", &[]), []);
    }

    #[test]
    fn ranges_that_do_not_fit_are_left_out() {
        // In the middle of å, past the end, backwards.
        for (start, end) in [(2, 3), (5, 99), (3, 1)] {
            assert_eq!(cut("Så", &[Range { start, end }]), [(false, "Så".into())], "{start}..{end}");
        }
        // Overlapping.
        assert_eq!(cut("abcd", &[0..2, 1..3]), [(true, "ab".into()), (false, "cd".into())]);
    }
}
