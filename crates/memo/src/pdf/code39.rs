//! Code 39, the bar code that any office scanner reads and that checks itself: no table of weights, no check
//! digit. It refuses characters that our codes never have.

/// Width of a narrow bar in thousandths of a point: a third of a millimetre.
const NARROW: i32 = 900;
const WIDE: i32 = 2_250;

/// Bars and gaps in turn, `w` for wide, as the standard (ISO/IEC 16388) draws each character.
const PATTERNS: [(char, &str); 38] = [
    ('0', "nnnwwnwnn"),
    ('1', "wnnwnnnnw"),
    ('2', "nnwwnnnnw"),
    ('3', "wnwwnnnnn"),
    ('4', "nnnwwnnnw"),
    ('5', "wnnwwnnnn"),
    ('6', "nnwwwnnnn"),
    ('7', "nnnwnnwnw"),
    ('8', "wnnwnnwnn"),
    ('9', "nnwwnnwnn"),
    ('A', "wnnnnwnnw"),
    ('B', "nnwnnwnnw"),
    ('C', "wnwnnwnnn"),
    ('D', "nnnnwwnnw"),
    ('E', "wnnnwwnnn"),
    ('F', "nnwnwwnnn"),
    ('G', "nnnnnwwnw"),
    ('H', "wnnnnwwnn"),
    ('I', "nnwnnwwnn"),
    ('J', "nnnnwwwnn"),
    ('K', "wnnnnnnww"),
    ('L', "nnwnnnnww"),
    ('M', "wnwnnnnwn"),
    ('N', "nnnnwnnww"),
    ('O', "wnnnwnnwn"),
    ('P', "nnwnwnnwn"),
    ('Q', "nnnnnnwww"),
    ('R', "wnnnnnwwn"),
    ('S', "nnwnnnwwn"),
    ('T', "nnnnwnwwn"),
    ('U', "wwnnnnnnw"),
    ('V', "nwwnnnnnw"),
    ('W', "wwwnnnnnn"),
    ('X', "nwnnwnnnw"),
    ('Y', "wwnnwnnnn"),
    ('Z', "nwwnwnnnn"),
    ('-', "nwnnnnwnw"),
    ('*', "nwnnwnwnn"),
];

/// The bars of a code as (left edge, width) in thousandths of a point, start and stop marks included; nothing
/// when the code is empty or has a character other than `A–Z`, `0–9` and `-`.
pub(super) fn bars(code: &str) -> Option<Vec<(i32, i32)>> {
    if code.is_empty() || code.contains('*') {
        return None;
    }
    let mut bars = Vec::with_capacity(code.len() * 5 + 10);
    let mut x = 0;
    for letter in format!("*{code}*").chars() {
        let (_, pattern) = PATTERNS.iter().find(|(known, _)| *known == letter)?;
        for (at, width) in pattern.chars().enumerate() {
            let width = if width == 'w' { WIDE } else { NARROW };
            if at % 2 == 0 {
                bars.push((x, width));
            }
            x += width;
        }
        x += NARROW;
    }
    Some(bars)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_character_has_three_wide_elements_and_a_pattern_of_its_own() {
        for (letter, pattern) in PATTERNS {
            assert_eq!(pattern.len(), 9, "{letter}");
            assert_eq!(pattern.matches('w').count(), 3, "{letter}");
        }
        let patterns: BTreeSet<_> = PATTERNS.iter().map(|(_, pattern)| pattern).collect();
        assert_eq!(patterns.len(), PATTERNS.len());
    }

    /// A scanner: bars and the gaps between them, back to letters.
    fn scan(bars: &[(i32, i32)]) -> String {
        let mut widths = Vec::new();
        for (at, (x, width)) in bars.iter().enumerate() {
            widths.push(*width);
            if let Some((next, _)) = bars.get(at + 1) {
                widths.push(next - x - width);
            }
        }
        let letters = widths.chunks(10).map(|nine| {
            let read: String =
                nine.iter().take(9).map(|width| if *width > 1_500 { 'w' } else { 'n' }).collect();
            PATTERNS.iter().find(|(_, pattern)| *pattern == read).expect("a known pattern").0
        });
        letters.collect()
    }

    #[test]
    fn a_scanner_reads_the_code_back() {
        for code in ["4Q7K-9M2T-XH3D", "A", "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ-"] {
            assert_eq!(scan(&bars(code).unwrap()), format!("*{code}*"));
        }
    }

    #[test]
    fn other_characters_are_refused() {
        for code in ["", "4q7k", "A B", "A*B", "Å", "A\n"] {
            assert_eq!(bars(code), None, "{code:?}");
        }
    }
}
