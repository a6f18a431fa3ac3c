//! Plain words for the terms of the professional lists: what each is called in English, and what it means in both
//! languages. The words are ours; the Danish names are the lists' own and stand with their codes in `fhir`. It refuses to
//! say "you": an explanation is read by the citizen and by those who help, and must fit both.
//!
//! The files in `glossary/` have a line for each meaning: the keys that share it (short code or UUID), the English
//! name, the Danish explanation, the English one. A test in `fhir` counts that no term of the lists is forgotten.

use crate::Lang;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a term means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// What it is called in English. There is no official translation.
    pub english: &'static str,
    da: &'static str,
    en: &'static str,
}

impl Meaning {
    /// What it means, in a sentence or two.
    #[must_use]
    pub const fn text(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Da => self.da,
            Lang::En => self.en,
        }
    }
}

const FILES: [&str; 2] = [include_str!("../glossary/fsiii.tsv"), include_str!("../glossary/ffb.tsv")];

static MEANINGS: LazyLock<HashMap<&'static str, Meaning>> = LazyLock::new(|| {
    let lines = FILES.into_iter().flat_map(str::lines).filter_map(read);
    lines.flat_map(|(keys, meaning)| keys.split(' ').map(move |key| (key, meaning))).collect()
});

fn read(line: &'static str) -> Option<(&'static str, Meaning)> {
    let mut cells = line.split('\t');
    let keys = cells.next()?;
    Some((keys, Meaning { english: cells.next()?, da: cells.next()?, en: cells.next()? }))
}

/// What the term with this key means, if we have words for it.
#[must_use]
pub fn meaning(key: &str) -> Option<Meaning> {
    MEANINGS.get(key).copied()
}

/// Every meaning, for tests that read them all.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = Meaning> {
    FILES.into_iter().flat_map(str::lines).filter_map(read).map(|(_, meaning)| meaning)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> impl Iterator<Item = &'static str> {
        FILES.into_iter().flat_map(str::lines)
    }

    #[test]
    fn every_line_is_whole_and_no_key_stands_twice() {
        let mut keys = 0;
        for line in lines() {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 4, "{line}");
            assert!(cells.iter().all(|cell| !cell.is_empty() && cell.trim() == *cell), "{line}");
            assert!(cells[2].ends_with('.') && cells[3].ends_with('.'), "{line}");
            keys += cells[0].split(' ').count();
        }
        assert_eq!(MEANINGS.len(), keys);
    }

    #[test]
    fn nobody_is_spoken_to_because_a_helper_reads_it_too() {
        for line in lines() {
            let words = line.to_lowercase();
            let words: Vec<&str> = words.split(|c: char| !c.is_alphabetic()).collect();
            for you in ["du", "dig", "din", "dit", "dine", "you", "your"] {
                assert!(!words.contains(&you), "{line}");
            }
        }
    }

    #[test]
    fn a_meaning_is_found_by_either_of_its_keys() {
        let (short, uuid) = (meaning("J1.1"), meaning("0c126894-60e1-4781-96b7-9b227677bfb6"));
        assert!(short.is_some() && short == uuid);
        assert_eq!(meaning("J3.8").map(|one| one.english), Some("Walking"));
        assert_ne!(
            meaning("J3.8").map(|one| one.text(Lang::Da)),
            meaning("J3.8").map(|one| one.text(Lang::En))
        );
        assert_eq!(meaning(""), None);
    }
}
