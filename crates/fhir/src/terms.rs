//! Codes as the names that people read, and how a head keeps them: by key, so that a better label shows at once. It
//! refuses long texts: what somebody wrote stays in the resource, at most its beginning becomes a title.

use borgerportal_domain::Date;
use borgerportal_domain::terms::Term;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codes::{self, Concept, System};
use crate::json::Node;

/// Characters of a title made of a text.
const TITLE: usize = 90;

/// What the lists call a coded concept; else what the sender calls it. Nothing where it bears no name at all.
pub(crate) fn term(concept: Option<&Node<'_>>) -> Option<Term> {
    let codings = concept?.list("coding");
    known(concept).map(|concept| concept.term()).or_else(|| {
        let sent = codings.iter().filter_map(|coding| coding.str("display")).map(str::trim);
        sent.filter(|text| !text.is_empty()).map(|text| Term::new("", title(text))).next()
    })
}

/// The concept of the first coding that the lists know.
pub(crate) fn known(concept: Option<&Node<'_>>) -> Option<Concept> {
    let codings = concept?.list("coding");
    codings.iter().find_map(|coding| codes::concept(coding.str("system")?, coding.str("code")?))
}

/// The concept of a key.
pub fn of_key(key: &str) -> Option<Concept> {
    System::ALL.into_iter().find_map(|system| system.concept(key))
}

/// The first sentence of a text, or as many words of it as a title has room for.
pub(crate) fn title(text: &str) -> String {
    let line = text.trim().lines().next().unwrap_or_default();
    let sentence = line.split_inclusive(". ").next().unwrap_or_default().trim();
    let plain = sentence.strip_suffix('.').unwrap_or(sentence);
    if plain.chars().count() <= TITLE {
        return plain.to_owned();
    }
    let room: String = plain.chars().take(TITLE).collect();
    let words = room.rsplit_once(' ').map_or(room.as_str(), |(words, _)| words);
    format!("{}…", words.trim_end_matches(','))
}

/// A term in a head: its key, or after `=` the name that a sender gave what no list knows.
pub(crate) struct Kept(pub(crate) Term);

impl Serialize for Kept {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Term { key, label } = &self.0;
        if key.is_empty() {
            serializer.collect_str(&format_args!("={label}"))
        } else {
            key.serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for Kept {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self(match text.strip_prefix('=') {
            Some(label) => Term::new("", label.to_owned()),
            // A list may lose a concept; what it was called then is not known, and its key is no name.
            None => of_key(&text).map_or_else(|| Term::new("", "Ukendt kode"), |concept| concept.term()),
        }))
    }
}

/// A day in a head.
pub(crate) struct Day(pub(crate) Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_sentence_or_some_words_of_it() {
        for (text, expected) in [
            ("Holder orden på sit eget værelse", "Holder orden på sit eget værelse"),
            ("Amir laver mad. Han køber ind.", "Amir laver mad"),
            ("Kl. 10.30 er bedst.", "Kl"),
            ("  Første linje\nAnden linje", "Første linje"),
            ("", ""),
        ] {
            assert_eq!(title(text), expected, "{text:?}");
        }
        let long = title(&"ordene er mange, ".repeat(20));
        assert!(long.chars().count() <= TITLE + 1 && long.ends_with("mange…"), "{long}");
        assert!(title(&"æ".repeat(200)).starts_with("æææ"));
    }

    #[test]
    fn a_term_is_kept_by_its_key_and_comes_back_with_the_label_of_today() {
        for (term, kept) in [
            (System::Fsiii.concept("J3.8").unwrap().term(), "\"J3.8\""),
            (Term::new("", "Gå ture"), "\"=Gå ture\""),
            (
                System::Ffb.concept("b947f321-7cdb-4b33-9653-f3ff800572b0").unwrap().term(),
                "\"b947f321-7cdb-4b33-9653-f3ff800572b0\"",
            ),
        ] {
            assert_eq!(serde_json::to_string(&Kept(term.clone())).unwrap(), kept);
            assert_eq!(serde_json::from_str::<Kept>(kept).unwrap().0, term);
        }
        assert_eq!(serde_json::from_str::<Kept>("\"Z9.9\"").unwrap().0, Term::new("", "Ukendt kode"));
    }

    #[test]
    fn both_vocabularies_give_the_same_term() {
        let concept = |code: &str| {
            let text = format!(
                "{{\"coding\":[{{\"system\":\"urn:oid:1.2.208.176.2.21\",\"code\":\"{code}\",\"display\":\"x\"}}]}}"
            );
            let leaked: &'static str = Box::leak(text.into_boxed_str());
            term(Some(&crate::json::parse(leaked.as_bytes(), &crate::documents::STORED).unwrap()))
        };
        let both = ["J3.8", "51697715-965a-40f3-b4a5-819103bf9d49", "51697715-965A-40F3-B4A5-819103BF9D49"];
        for code in both {
            assert_eq!(concept(code), Some(Term::new("J3.8", "Gå")), "{code}");
        }
        assert_eq!(
            concept("J99"),
            Some(Term::new("", "x")),
            "an unknown code is called what the sender calls it"
        );
    }
}
