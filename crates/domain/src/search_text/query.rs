//! What a person typed into the search field, ready to be held against many stored texts. It refuses
//! operators: words are all required, and quotation marks keep words together.

use memchr::memmem::Finder;
use std::ops::Range;

use super::words::{alternatives, fold, is_common, stem, words};

/// More than this is not read: nobody types it, and it would only cost time.
const LONGEST_QUERY: usize = 200;

/// More words than this do not narrow anything.
const MOST_TERMS: usize = 12;

/// A search, parsed once and matched against many texts.
///
/// Every word must occur. Words of four letters and more are found inside compounds ("behandling" in
/// "sårbehandling"), three letters at the start of a word, shorter ones only as whole words. Words in
/// quotation marks must follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
}

/// One required thing: any of these pieces of a stored text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    needles: Vec<String>,
}

impl Term {
    fn word(stemmed: &str) -> Self {
        Self { needles: alternatives(stemmed).iter().map(|one| needle(one)).collect() }
    }

    fn phrase(stems: &[String]) -> Self {
        Self { needles: vec![format!(" {} ", stems.join(" "))] }
    }

    fn finders(&self) -> Vec<Finder<'_>> {
        self.needles.iter().map(Finder::new).collect()
    }
}

/// How a stem is looked for between the spaces of a stored text.
fn needle(stemmed: &str) -> String {
    match stemmed.chars().count() {
        0..=2 => format!(" {stemmed} "),
        3 => format!(" {stemmed}"),
        _ => stemmed.to_owned(),
    }
}

/// A query that has looked at its pieces once and can be held against text after text without allocating.
pub struct Matcher<'q>(Vec<Vec<Finder<'q>>>);

impl Matcher<'_> {
    /// As [`Query::matches`].
    #[must_use]
    pub fn matches(&self, stored: &str) -> bool {
        let found = |finder: &Finder<'_>| finder.find(stored.as_bytes()).is_some();
        self.0.iter().all(|needles| needles.iter().any(found))
    }
}

impl Query {
    /// Reads what was typed. Never fails; nothing searchable gives an empty query.
    #[must_use]
    pub fn parse(typed: &str) -> Self {
        let end = typed.char_indices().nth(LONGEST_QUERY).map_or(typed.len(), |(at, _)| at);
        let typed = typed.get(..end).unwrap_or_default();
        let mut terms = Vec::new();
        let mut common = Vec::new();
        // Every second part stands between quotation marks.
        for (at, part) in typed.split(['"', '“', '”', '„', '»', '«']).enumerate() {
            let folded: Vec<String> = words(part).map(|(_, word)| fold(word)).collect();
            if at % 2 == 1 && folded.len() > 1 {
                let stems: Vec<String> = folded.iter().map(|word| stem(word)).collect();
                terms.push(Term::phrase(&stems));
                continue;
            }
            for word in &folded {
                let list = if is_common(word) { &mut common } else { &mut terms };
                list.push(Term::word(&stem(word)));
            }
        }
        if terms.is_empty() {
            terms = common;
        }
        terms.truncate(MOST_TERMS);
        Self { terms }
    }

    /// Whether there is nothing to search for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a text stored by [`super::indexed`] holds everything asked for. An empty query matches all.
    #[must_use]
    pub fn matches(&self, stored: &str) -> bool {
        self.matcher().matches(stored)
    }

    /// The same made ready for thousands of texts.
    #[must_use]
    pub fn matcher(&self) -> Matcher<'_> {
        Matcher(self.terms.iter().map(Term::finders).collect())
    }

    /// Where the words asked for stand in the original text: byte ranges of whole words, in order, not
    /// overlapping. Meant for the page that is shown, not for every text.
    #[must_use]
    pub fn highlights(&self, original: &str) -> Vec<Range<usize>> {
        // The stored form once more, this time remembering where each stem begins.
        let mut stored = String::with_capacity(original.len() + 2);
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        stored.push(' ');
        for (range, word) in words(original) {
            found.push((stored.len(), range));
            stored.push_str(&stem(&fold(word)));
            stored.push(' ');
        }
        let mut marked = vec![false; found.len()];
        for needle in self.terms.iter().flat_map(|term| &term.needles) {
            for hit in places(&stored, needle) {
                // A needle's own spaces belong to no word.
                let first = hit + (needle.len() - needle.trim_start().len());
                let last = hit + needle.trim_end().len();
                let from = found.partition_point(|(start, _)| *start <= first).saturating_sub(1);
                let to = found.partition_point(|(start, _)| *start < last);
                marked.iter_mut().take(to).skip(from).for_each(|mark| *mark = true);
            }
        }
        let chosen = found.into_iter().zip(marked).filter(|(_, mark)| *mark);
        chosen.map(|((_, range), _)| range).collect()
    }
}

/// Every place where the needle begins, overlapping ones too: two words in a row share a space.
fn places<'a>(stored: &'a str, needle: &'a str) -> impl Iterator<Item = usize> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let hit = from + stored.get(from..)?.find(needle)?;
        from = hit + needle.chars().next().map_or(1, char::len_utf8);
        Some(hit)
    })
}

#[cfg(test)]
mod tests {
    use super::super::indexed;
    use super::*;
    use proptest::prelude::*;

    fn finds(query: &str, text: &str) -> bool {
        Query::parse(query).matches(&indexed(text))
    }

    #[test]
    fn forms_spellings_and_compounds_are_found() {
        for (query, text) in [
            ("hjælpemiddel", "Bevilling af hjælpemidler"),
            ("hjaelpemidlet", "Et hjælpemiddel"),
            ("BØRN", "Samtale om dit barn"),
            ("barn", "Børnene i familien"),
            ("barn", "Børnehaven ringer"),
            ("behandling", "Handlingsanvisning – sårbehandling, venstre underben"),
            ("underben", "venstre underben"),
            ("fod", "Fodindlæg"),
            ("§ 83 a", "efter § 83 a i serviceloven"),
            ("demente", "Udredning – demens"),
            ("afgorelse kompressionsstrømpe", "Afgorelse om kompressionsstrømper"),
            ("\"venstre ben\"", "Sår på venstre ben."),
            ("inger's", "Inger s kalender"),
        ] {
            assert!(finds(query, text), "{query} in {text}");
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for (query, text) in [
            ("kørestol", "Rollator"),
            ("rollator kørestol", "Rollator"),
            ("\"venstre ben\"", "ben, venstre"),
            ("\"venstre ben\"", "venstre benprotese"),
            ("by", "bybus"),
            ("fod", "handelsfod"),
            ("83", "1983"),
        ] {
            assert!(!finds(query, text), "{query} in {text}");
        }
    }

    #[test]
    fn common_words_count_only_when_there_is_nothing_else() {
        assert!(finds("brev om hjælp", "Brev: hjælp"));
        assert!(finds("om", "Brev om hjælp"));
        assert!(!finds("om", "Brev"));
    }

    #[test]
    fn nothing_to_search_for_is_empty_and_matches_all() {
        for typed in ["", "   ", "\"", "\"\"", "!!! –", "\u{0301}"] {
            let query = Query::parse(typed);
            assert!(query.is_empty(), "{typed:?}");
            assert!(query.matches(&indexed("hvad som helst")));
            assert!(query.highlights("hvad som helst").is_empty());
        }
    }

    #[test]
    fn highlights_are_whole_words_in_the_original() {
        let text = "Sårbehandling: behandlingen af såret på Århusvej. Ingen behandlinger i dag.";
        let marked = |query: &str| -> Vec<&str> {
            Query::parse(query).highlights(text).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(marked("behandling"), ["Sårbehandling", "behandlingen", "behandlinger"]);
        assert_eq!(marked("sår aarhusvej"), ["Sårbehandling", "såret", "Århusvej"]);
        assert_eq!(marked("\"i dag\""), ["i", "dag"]);
        let twice = Query::parse("\"så så\" på").highlights("så så så på");
        assert_eq!(twice, [0..3, 4..7, 8..11], "the common word is not asked for");
        assert_eq!(marked("kørestol"), Vec::<&str>::new());
    }

    #[test]
    fn long_questions_are_cut_not_refused() {
        let long = "ord ".repeat(10_000);
        assert_eq!(Query::parse(&long).terms.len(), MOST_TERMS);
        let _ = Query::parse(&"æ".repeat(100_000)).matches(&indexed(&"æ".repeat(100_000)));
    }

    proptest! {
        #[test]
        fn any_word_of_a_text_finds_it_in_any_case(text in "[a-zæøåA-ZÆØÅ]{1,12}( [a-zæøåA-ZÆØÅ]{1,12}){0,8}") {
            let stored = indexed(&text);
            for word in text.split(' ') {
                prop_assert!(Query::parse(word).matches(&stored), "{} in {}", word, text);
                prop_assert!(Query::parse(&word.to_uppercase()).matches(&stored));
            }
            let phrase = format!("\"{text}\"");
            prop_assert!(Query::parse(&phrase).matches(&stored));
        }

        #[test]
        fn what_matches_is_highlighted_on_letter_boundaries(query in "\\PC{0,20}", text in "\\PC{0,80}") {
            let parsed = Query::parse(&query);
            let ranges = parsed.highlights(&text);
            for range in &ranges {
                prop_assert!(text.get(range.clone()).is_some());
            }
            prop_assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start));
            if parsed.matches(&indexed(&text)) && !parsed.is_empty() {
                prop_assert!(!ranges.is_empty());
            }
        }

        #[test]
        fn no_text_makes_it_panic(query in any::<String>(), text in any::<String>()) {
            let parsed = Query::parse(&query);
            let _ = (parsed.matches(&indexed(&text)), parsed.highlights(&text));
        }

        #[test]
        fn more_words_never_find_more(text in "\\PC{0,60}", one in "[a-zæøå]{3,8}", other in "[a-zæøå]{3,8}") {
            let stored = indexed(&text);
            if Query::parse(&format!("{one} {other}")).matches(&stored) {
                prop_assert!(Query::parse(&one).matches(&stored) || is_common(&one));
            }
        }
    }
}
