//! Text made ready for paper: cleaned, shaped with the two carried fonts, broken into lines. A character that the
//! fonts do not have becomes a visible question mark, never a hole; characters that hide or turn text go.

use rustybuzz::{Direction, Face, UnicodeBuffer};
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;

use super::Unprintable;
use crate::lint::is_invisible;

static REGULAR: &[u8] = include_bytes!("../../fonts/IBMPlexSans-Regular.otf");
static STRONG: &[u8] = include_bytes!("../../fonts/IBMPlexSans-SemiBold.otf");

/// Shown for a character that the fonts do not have.
const MISSING: char = '?';

/// The two cuts of the one typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    Regular,
    Strong,
}

/// How a text looks. Sizes in whole points, the leading in thousandths of a point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    pub(super) cut: Cut,
    pub(super) size: i32,
    pub(super) leading: i32,
}

pub(super) const TITLE: Style = Style { cut: Cut::Strong, size: 20, leading: 26_000 };
pub(super) const HEADING: Style = Style { cut: Cut::Strong, size: 14, leading: 20_000 };
pub(super) const BODY: Style = Style { cut: Cut::Regular, size: 12, leading: 17_000 };
pub(super) const STRONG_BODY: Style = Style { cut: Cut::Strong, ..BODY };
pub(super) const SMALL: Style = Style { cut: Cut::Regular, size: 10, leading: 14_000 };
pub(super) const CODE: Style = Style { cut: Cut::Strong, size: 18, leading: 24_000 };

/// One glyph; lengths in thousandths of the font size.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    pub(super) id: u32,
    pub(super) advance: i32,
    pub(super) x_offset: i32,
    pub(super) y_offset: i32,
    /// The bytes of the line's text that it shows.
    pub(super) range: Range<usize>,
}

/// A line of text, shaped. The width is in thousandths of the font size.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) width: i32,
}

impl Line {
    /// Appends what follows on the same line.
    fn push(&mut self, next: &Self) {
        let at = self.text.len();
        self.text.push_str(&next.text);
        self.glyphs.extend(next.glyphs.iter().map(|glyph| {
            let range = glyph.range.start + at..glyph.range.end + at;
            Glyph { range, ..glyph.clone() }
        }));
        self.width = self.width.saturating_add(next.width);
    }
}

/// One cut, for measuring and for embedding.
pub(super) struct Font {
    face: Face<'static>,
    pub(super) embedded: krilla::text::Font,
}

/// Both cuts.
pub(super) struct Fonts {
    regular: Font,
    strong: Font,
}

impl Fonts {
    pub(super) fn load() -> Result<Self, Unprintable> {
        Ok(Self { regular: Font::load(REGULAR)?, strong: Font::load(STRONG)? })
    }

    pub(super) const fn of(&self, cut: Cut) -> &Font {
        match cut {
            Cut::Regular => &self.regular,
            Cut::Strong => &self.strong,
        }
    }

    /// What will stand on the paper: composed letters, single spaces, a mark for what cannot be shown. Spaces
    /// that must not break stay.
    pub(super) fn clean(&self, text: &str) -> String {
        let face = &self.regular.face;
        let mut clean = String::with_capacity(text.len());
        for letter in text.nfc() {
            match letter {
                '\u{a0}' | '\u{202f}' => clean.push('\u{a0}'),
                '\u{2010}' | '\u{2011}' => clean.push('-'),
                _ if letter.is_whitespace() => {
                    if !clean.ends_with(' ') {
                        clean.push(' ');
                    }
                }
                _ if letter.is_control() || is_invisible(letter) => {}
                _ if face.glyph_index(letter).is_some() && !is_private(letter) => clean.push(letter),
                _ => clean.push(MISSING),
            }
        }
        clean.trim_matches(' ').to_owned()
    }

    /// Breaks a cleaned text into lines no wider than `width` thousandths of a point. A word that is wider than
    /// a line is broken where the line is full. Lines that go on end with their space, for those who listen.
    pub(super) fn lines(&self, text: &str, style: Style, width: i32) -> Vec<Line> {
        let font = self.of(style.cut);
        let room = width / style.size.max(1);
        let space = font.shape(" ");
        let mut lines = Vec::new();
        let mut line = Line::default();
        for word in text.split(' ') {
            let mut gap = if line.glyphs.is_empty() { 0 } else { space.width };
            for part in parts(word) {
                let part = font.shape(part);
                if line.width + gap + part.width > room && !line.glyphs.is_empty() {
                    if gap > 0 {
                        line.push(&space);
                    }
                    lines.push(std::mem::take(&mut line));
                } else if gap > 0 {
                    line.push(&space);
                }
                gap = 0;
                for piece in cut(part, room) {
                    if !line.glyphs.is_empty() && line.width + piece.width > room {
                        lines.push(std::mem::take(&mut line));
                    }
                    line.push(&piece);
                }
            }
        }
        if !line.glyphs.is_empty() {
            lines.push(line);
        }
        lines
    }
}

impl Font {
    fn load(bytes: &'static [u8]) -> Result<Self, Unprintable> {
        let face = Face::from_slice(bytes, 0).ok_or(Unprintable::Library)?;
        let embedded = krilla::text::Font::new(bytes.into(), 0).ok_or(Unprintable::Library)?;
        Ok(Self { face, embedded })
    }

    /// One word, or a part of one, as glyphs from left to right.
    fn shape(&self, word: &str) -> Line {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(word);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let shaped = rustybuzz::shape(&self.face, &[], buffer);
        let start = |info: &rustybuzz::GlyphInfo| usize::try_from(info.cluster).unwrap_or(word.len());
        let starts: Vec<usize> = shaped.glyph_infos().iter().map(start).collect();
        let mut glyphs = Vec::with_capacity(starts.len());
        for ((info, place), from) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).zip(&starts) {
            let to = starts.iter().skip(glyphs.len()).find(|next| *next > from).copied();
            glyphs.push(Glyph {
                id: info.glyph_id,
                advance: place.x_advance,
                x_offset: place.x_offset,
                y_offset: place.y_offset,
                range: *from..to.unwrap_or(word.len()),
            });
        }
        let width = glyphs.iter().fold(0_i32, |sum, glyph| sum.saturating_add(glyph.advance));
        Line { text: word.to_owned(), glyphs, width }
    }
}

/// The parts of a word that may stand on different lines: after a hyphen or slash, but not of short parts such
/// as the first of "CPR-nummer".
fn parts(word: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = word;
    let mut from = 0;
    while let Some(at) = rest.get(from..).and_then(|tail| tail.find(['-', '/', '@'])) {
        let end = from + at + 1;
        let (part, tail) = rest.split_at(end);
        if part.chars().count() > 4 && !tail.is_empty() {
            parts.push(part);
            (rest, from) = (tail, 0);
        } else {
            from = end;
        }
    }
    parts.push(rest);
    parts
}

/// The pieces of a word that each fit a line, cut between letters.
fn cut(word: Line, room: i32) -> Vec<Line> {
    if word.width <= room {
        return vec![word];
    }
    let mut pieces = Vec::new();
    let mut piece = Line::default();
    let mut begun = 0;
    for glyph in &word.glyphs {
        let starts_letter = glyph.range.start >= begun + piece.text.len();
        if starts_letter && !piece.glyphs.is_empty() && piece.width + glyph.advance > room {
            begun = glyph.range.start;
            pieces.push(std::mem::take(&mut piece));
        }
        let shown = word.text.get(begun..glyph.range.end).unwrap_or_default();
        shown.clone_into(&mut piece.text);
        let range = glyph.range.start.saturating_sub(begun)..glyph.range.end.saturating_sub(begun);
        piece.glyphs.push(Glyph { range, ..glyph.clone() });
        piece.width = piece.width.saturating_add(glyph.advance);
    }
    pieces.push(piece);
    pieces
}

/// Characters that mean something only to those who agreed on it; archives refuse them.
fn is_private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fonts() -> Fonts {
        Fonts::load().unwrap()
    }

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    #[test]
    fn the_fonts_have_every_danish_letter_and_what_names_need() {
        let fonts = fonts();
        let all = "abcdefghijklmnopqrstuvwxyzæøåABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ0123456789.,:;–—’“”()/·•✓";
        let foreign = "éèüößñçłőščžıİðþŋÁÐØ";
        for text in [all, foreign] {
            assert_eq!(fonts.clean(text), text);
            assert!(fonts.strong.face.glyph_index('å').is_some());
        }
    }

    #[test]
    fn what_cannot_be_shown_is_seen_and_what_hides_goes() {
        let fonts = fonts();
        for (text, clean) in [
            ("Anna 😀 Holm", "Anna ? Holm"),
            ("محمد", "????"),
            ("a\u{202e}b\u{200b}c", "abc"),
            ("a\0\u{1b}b", "ab"),
            ("  to\n\tord  ", "to ord"),
            ("kl.\u{a0}10", "kl.\u{a0}10"),
            ("A\u{30a}lborg", "Ålborg"),
            ("x\u{e000}y", "x?y"),
            ("👩\u{200d}⚕\u{fe0f}", "??"),
            ("Bjørn\u{2011}Erik", "Bjørn-Erik"),
            ("\u{ad}\u{feff}", ""),
        ] {
            assert_eq!(fonts.clean(text), clean, "{text:?}");
        }
    }

    #[test]
    fn lines_break_at_spaces_hyphens_and_at_last_anywhere() {
        let fonts = fonts();
        let lines = |text: &str, width| fonts.lines(text, BODY, width);
        assert_eq!(texts(&lines("et to tre", 60_000)), ["et to tre"]);
        assert_eq!(texts(&lines("et to tre", 40_000)), ["et to ", "tre"]);
        assert_eq!(texts(&lines("Holm-Larsen", 45_000)), ["Holm-", "Larsen"]);
        assert_eq!(texts(&lines("dit CPR-nummer", 85_000)), ["dit ", "CPR-nummer"]);
        assert_eq!(texts(&lines("a/b", 1_000)), ["a", "/", "b"], "narrower than a letter: one a line");
        assert_eq!(texts(&lines("et\u{a0}to tre", 30_000)), ["et\u{a0}to ", "tre"]);
        assert!(lines("", 60_000).is_empty());
        let long = "å".repeat(200);
        let broken = lines(&long, 100_000);
        assert!(broken.len() > 10);
        assert_eq!(texts(&broken).concat(), long);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn nothing_is_lost_and_nothing_sticks_out(text in "\\PC{0,80}", points in 30_i32..400) {
            let fonts = fonts();
            let clean = fonts.clean(&text);
            let lines = fonts.lines(&clean, TITLE, points * 1_000);
            prop_assert_eq!(texts(&lines).concat(), clean.clone());
            for line in &lines {
                let seen = line.text.trim_end_matches(' ');
                let space = fonts.strong.shape(" ").width;
                let width = if seen.len() < line.text.len() { line.width - space } else { line.width };
                prop_assert!(width * TITLE.size <= points * 1_000 || seen.chars().count() == 1, "{}", seen);
                for glyph in &line.glyphs {
                    prop_assert!(line.text.get(glyph.range.clone()).is_some_and(|part| !part.is_empty()));
                    prop_assert!(glyph.id != 0, "no empty boxes: {}", line.text);
                }
            }
        }
    }
}
