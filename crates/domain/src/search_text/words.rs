//! Words, folding and stems: the part that stored texts and questions share. Changing anything here means
//! that stored texts must be indexed again.

use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};

/// Longer "words" are data, not language; only this many characters of them count.
const LONGEST_WORD: usize = 40;

/// The words of a text with their byte ranges: runs of letters, digits and combining marks.
pub(super) fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text.get(rest..)?.find(is_word)?;
        let tail = text.get(start..)?;
        let length = tail.find(|c| !is_word(c) && !is_mark(c)).unwrap_or(tail.len());
        rest = start + length;
        Some((start..rest, text.get(start..rest)?))
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

/// Combining accents: part of the letter before them.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}')
}

/// Lower case, with æ ø å written ae oe aa and other accents dropped.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'æ' | 'ä' => out.push_str("ae"),
            'ø' | 'ö' => out.push_str("oe"),
            'å' => out.push_str("aa"),
            'ß' => out.push_str("ss"),
            'á' | 'à' | 'â' | 'ã' => out.push('a'),
            'é' | 'è' | 'ê' | 'ë' => out.push('e'),
            'í' | 'ì' | 'î' | 'ï' => out.push('i'),
            'ó' | 'ò' | 'ô' | 'õ' => out.push('o'),
            'ú' | 'ù' | 'û' | 'ü' => out.push('u'),
            'ý' | 'ÿ' => out.push('y'),
            'ç' => out.push('c'),
            'ñ' => out.push('n'),
            'ð' => out.push('d'),
            // Decomposed letters: a ring makes å, two dots make æ or ø, other marks are dropped.
            '\u{030a}' if out.ends_with('a') => out.push('a'),
            '\u{0308}' if out.ends_with(['a', 'o']) => out.push('e'),
            c if is_mark(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The Danish stem of a folded word.
pub(super) fn stem(folded: &str) -> String {
    let short = match folded.char_indices().nth(LONGEST_WORD) {
        Some((end, _)) => folded.get(..end).unwrap_or(folded),
        None => folded,
    };
    Stemmer::create(Algorithm::Danish).stem(short).into_owned()
}

/// Words that say the same although their stems differ. Folded; compared after stemming.
const SYNONYMS: &[&[&str]] = &[
    &["barn", "boern"],
    &["mand", "maend"],
    &["haand", "haender"],
    &["fod", "foedder"],
    &["tand", "taender"],
    &["bror", "broder", "broedre"],
    &["mor", "moder", "moedre"],
    &["far", "fader", "faedre"],
    &["datter", "doetre"],
    &["soen", "soenner"],
    &["nat", "naetter"],
    &["bog", "boeger"],
    &["rod", "roedder"],
    &["stang", "staenger"],
    &["oeje", "oejne"],
    &["ben", "benene"],
    &["middel", "midler"],
    &["hjaelpemiddel", "hjaelpemidler"],
    &["demens", "dement", "demente"],
    &["hjemmehjaelp", "hjemmepleje"],
    &["laege", "doktor"],
    &["telefon", "tlf"],
    &["fysioterapi", "fysioterapeut", "fys"],
    &["ergoterapi", "ergoterapeut", "ergo"],
];

/// The stems of all words that mean the same as this stem, itself first.
pub(super) fn alternatives(stemmed: &str) -> Vec<String> {
    let mut all = vec![stemmed.to_owned()];
    for group in SYNONYMS {
        let stems: Vec<String> = group.iter().map(|word| stem(word)).collect();
        if stems.iter().any(|one| one == stemmed) {
            all.extend(stems.into_iter().filter(|one| one != stemmed));
        }
    }
    all.dedup();
    all
}

/// Words too common to ask for; dropped when something else remains.
pub(super) fn is_common(folded: &str) -> bool {
    const COMMON: &[&str] = &[
        "af", "alle", "at", "da", "de", "den", "der", "det", "dig", "din", "dit", "du", "efter", "eller",
        "en", "er", "et", "for", "fra", "ham", "han", "har", "hendes", "hun", "i", "ikke", "jeg", "kan",
        "man", "med", "mig", "min", "mit", "om", "og", "paa", "sig", "sin", "skal", "som", "the", "til",
        "ved", "vi", "vil",
    ];
    COMMON.contains(&folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_fold_to_one() {
        for text in ["Århus", "AARHUS", "aarhus", "A\u{030a}rhus", "å\u{301}rhus"] {
            assert_eq!(fold(text), "aarhus");
        }
        assert_eq!(fold("Ærø"), "aeroe");
        assert_eq!(fold("Ö\u{0308}sterbro"), "oesterbro");
        assert_eq!(fold("o\u{0308}sterbro"), "oesterbro");
        assert_eq!(fold("Café"), "cafe");
        assert_eq!(fold("CAFE\u{0301}"), "cafe");
    }

    #[test]
    fn words_are_letters_and_digits_with_their_places() {
        let found: Vec<_> = words("§ 83 a, Høje-Taastrup (kl. 9)").collect();
        let expected = ["83", "a", "Høje", "Taastrup", "kl", "9"];
        assert_eq!(found.iter().map(|(_, word)| *word).collect::<Vec<_>>(), expected);
        assert_eq!(found[2].0, 9..14);
        assert_eq!(words("  …—  ").count(), 0);
    }

    #[test]
    fn danish_endings_share_a_stem() {
        for group in [
            ["bevilling", "bevillingen", "bevillinger", "bevillingernes"],
            ["traening", "traeningen", "traeninger", "traeningens"],
            ["kommune", "kommunen", "kommuner", "kommunernes"],
            ["soegning", "soegningen", "soegninger", "soegningernes"],
        ] {
            let stems: Vec<_> = group.iter().map(|word| stem(word)).collect();
            assert!(stems.iter().all(|one| *one == stems[0]), "{stems:?}");
        }
    }

    #[test]
    fn every_synonym_finds_its_whole_group() {
        for group in SYNONYMS {
            for word in *group {
                let all = alternatives(&stem(word));
                assert!(group.iter().all(|other| all.contains(&stem(other))), "{word}: {all:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn ranges_lie_on_letters_in_order_and_cover_all_words(text in "\\PC{0,60}") {
            let mut end = 0;
            for (range, word) in words(&text) {
                prop_assert!(range.start >= end && range.end > range.start);
                prop_assert_eq!(text.get(range.clone()), Some(word));
                prop_assert!(!text[end..range.start].chars().any(is_word));
                end = range.end;
            }
            prop_assert!(!text[end..].chars().any(is_word));
        }

        #[test]
        fn folding_twice_is_folding_once_and_case_does_not_matter(text in "[a-zæøåéüA-ZÆØÅ \u{300}-\u{310}]{0,20}") {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
            prop_assert_eq!(fold(&text.to_uppercase()), once);
        }

        #[test]
        fn stems_of_anything_do_not_panic(text in any::<String>()) {
            for (_, word) in words(&text) {
                prop_assert!(!stem(&fold(word)).contains(' '));
            }
        }
    }
}
