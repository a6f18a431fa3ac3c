//! Measures how hard the texts are to read, by LIX: words per sentence plus the share of words with
//! more than six letters. Under 35 is easy to most readers. It judges; it never changes a text.

use crate::{Lang, Texts, glossary};

/// LIX of a text, rounded down; `None` for texts too short to judge.
fn lix(text: &str) -> Option<usize> {
    let words: Vec<&str> =
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).collect();
    let sentences = text.split(['.', '?', '!', ':']).filter(|part| part.trim().len() > 1).count();
    let long =
        words.iter().filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() > 6).count();
    (words.len() >= 12 && sentences > 0).then(|| words.len() / sentences + 100 * long / words.len())
}

/// The whole of the Danish texts that are sentences, one after the other.
fn sentences(texts: &Texts) -> Vec<(&'static str, &'static str)> {
    texts
        .contents()
        .into_iter()
        .filter(|(_, names)| names.is_empty())
        .map(|(key, _)| (key, texts.get(key)))
        .filter(|(_, text)| text.ends_with(['.', '?', ':']))
        .collect()
}

#[test]
fn the_danish_is_easy_to_read() {
    let texts = Texts::of(Lang::Da);
    let hard: Vec<String> = sentences(texts)
        .into_iter()
        .filter_map(|(key, text)| lix(text).filter(|lix| *lix > 45).map(|lix| format!("{lix} {key}: {text}")))
        .collect();
    assert!(hard.is_empty(), "too hard:\n{}", hard.join("\n"));
    let all: Vec<&str> = sentences(texts).into_iter().map(|(_, text)| text).collect();
    let whole = lix(&all.join(" ")).unwrap_or_default();
    assert!(whole <= 30, "all together {whole}");
}

#[test]
fn the_glossary_is_easier_than_what_it_explains() {
    let meanings: Vec<&str> = glossary::all().map(|meaning| meaning.text(Lang::Da)).collect();
    let hard: Vec<&&str> = meanings.iter().filter(|text| lix(text).is_some_and(|lix| lix > 40)).collect();
    assert!(hard.is_empty(), "too hard: {hard:?}");
    let whole = lix(&meanings.join(" ")).unwrap_or_default();
    assert!(whole <= 25, "all together {whole}");
}

#[test]
fn nobody_is_shouted_at() {
    for lang in Lang::ALL {
        for (key, text) in sentences(Texts::of(lang)) {
            assert!(!text.contains('!'), "{key}");
        }
    }
}

#[test]
fn lix_measures_what_it_says() {
    assert_eq!(lix("Ja."), None);
    assert_eq!(lix("En to tre fire fem seks syv otte ni ti elleve tolv."), Some(12));
    assert_eq!(lix("Kommunen kommunen kommunen fire fem seks. Syv otte ni ti elleve tolv."), Some(6 + 25));
}
