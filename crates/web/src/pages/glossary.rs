//! Ordbog: the words of the professional lists in plain language, by subject. The same for everybody, signed in or not. It
//! refuses a search: what somebody looks up tells of their health, and must not stand in an address.

use super::{Frame, kind_label, paths};
use askama::Template;
use borgerportal_domain::documents::DocumentType;
use borgerportal_fhir::codes::Concept;
use borgerportal_i18n::{Lang, glossary};

/// A subject of the glossary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Pleje- og omsorgstilstande.
    Everyday,
    /// Sygeplejetilstande.
    Health,
    /// Hjælpemiddeltilstande.
    Aids,
    /// Sundhedsfremme.
    Prevention,
    /// Genoptræning.
    Rehabilitation,
    /// VUM's themes of body, mind, health and life.
    Functions,
    /// VUM's themes of what a person does, and of the surroundings.
    Activity,
    /// Levels, goals, follow-ups.
    Levels,
    /// Kinds of documents.
    Documents,
}

impl Topic {
    /// Every subject, in reading order.
    pub const ALL: [Self; 9] = [
        Self::Everyday,
        Self::Health,
        Self::Aids,
        Self::Prevention,
        Self::Rehabilitation,
        Self::Activity,
        Self::Functions,
        Self::Levels,
        Self::Documents,
    ];

    /// The word in its address.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Everyday => "hverdag",
            Self::Health => "helbred",
            Self::Aids => "hjaelpemidler",
            Self::Prevention => "sundere-liv",
            Self::Rehabilitation => "genoptraening",
            Self::Functions => "krop-og-sind",
            Self::Activity => "aktivitet",
            Self::Levels => "niveauer",
            Self::Documents => "dokumenter",
        }
    }

    /// The subject of a word in an address.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.word() == word)
    }

    /// The concepts whose branches stand under it.
    const fn roots(self) -> &'static [&'static str] {
        match self {
            Self::Everyday => &["J"],
            Self::Health => &["I"],
            Self::Aids => &["Kommunalt_hjaelpemiddelomraade_tilstande"],
            Self::Prevention => &["0fa991ef-adf5-4202-8cfe-a31454ed6e9d"],
            Self::Rehabilitation => &["94db6c71-859d-43e6-9a62-4e7fa7daf767"],
            Self::Functions => &["740934cd-002b-4b96-b92e-b3562eed9448"],
            Self::Activity => {
                &["93433530-b85c-4d04-a4fb-5ae26cf16f1c", "a56d59c0-c8fd-468c-85f9-b67f66561b90"]
            }
            Self::Levels => &[
                "B",
                "C",
                "D",
                "E",
                "F",
                "59c107b1-afc2-400e-a129-f9676a0aa9bf",
                "e89d317c-4657-4970-b614-ada2ed220595",
                "7ac451dc-773b-4877-baaf-1e6b1d5c8e28",
                "b5257b2d-0fbf-4d00-bf38-d298c8568116",
                "90479ffa-bf46-4b3a-a172-91f2798e2a43",
            ],
            Self::Documents => &[],
        }
    }

    /// The subject that explains the term with this key.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        glossary::meaning(key)?;
        let concept = borgerportal_fhir::terms::of_key(key)?;
        let above: Vec<&str> =
            std::iter::successors(Some(concept), Concept::above).map(|one| one.key()).collect();
        Self::ALL.into_iter().find(|topic| topic.roots().iter().any(|root| above.contains(root)))
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Everyday => "topic-everyday",
            Self::Health => "topic-health",
            Self::Aids => "topic-aids",
            Self::Prevention => "topic-prevention",
            Self::Rehabilitation => "topic-rehabilitation",
            Self::Functions => "topic-functions",
            Self::Activity => "topic-activity",
            Self::Levels => "topic-levels",
            Self::Documents => "topic-documents",
        }
    }
}

/// The place of a term on its page.
#[must_use]
pub(super) fn anchor(key: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    key.chars().map(plain).collect()
}

/// `/ordbog`
#[derive(Clone, Debug, Template)]
#[template(path = "glossary/topics.html")]
pub struct GlossaryPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
}

/// `/ordbog/{topic}`
#[derive(Clone, Debug, Template)]
#[template(path = "glossary/topic.html")]
pub struct TopicPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which subject.
    pub topic: Topic,
}

/// A word and what it means.
#[derive(Clone, Debug)]
pub struct Word {
    /// Its place on the page.
    pub anchor: String,
    /// What it is called.
    pub name: &'static str,
    /// The Danish term, where the name is a translation.
    pub term: Option<&'static str>,
    /// What it means.
    pub meaning: &'static str,
}

/// Words under a heading.
#[derive(Clone, Debug)]
pub struct Words {
    /// The heading with its own meaning.
    pub head: Word,
    /// Those under it.
    pub words: Vec<Word>,
}

impl GlossaryPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("glossary-title")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Address and name of every subject.
    #[must_use]
    pub fn topics(&self) -> Vec<(String, &'static str)> {
        Topic::ALL.map(|topic| (paths::glossary_topic(topic), self.frame.say(topic.key()))).into()
    }

    /// Words that stand everywhere: name and meaning.
    #[must_use]
    pub fn common(&self) -> [(&'static str, &'static str); 6] {
        [
            ("glossary-condition", "glossary-condition-is"),
            ("glossary-plan", "glossary-plan-is"),
            ("glossary-fsiii", "glossary-fsiii-is"),
            ("glossary-vum", "glossary-vum-is"),
            ("glossary-grant", "glossary-grant-is"),
            ("glossary-provider", "glossary-provider-is"),
        ]
        .map(|(name, meaning)| (self.frame.say(name), self.frame.say(meaning)))
    }
}

impl TopicPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say(self.topic.key())
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Where the back link leads.
    #[must_use]
    pub const fn back(&self) -> &'static str {
        paths::GLOSSARY
    }

    /// Everything of the subject that is explained, under the headings of its list.
    #[must_use]
    pub fn parts(&self) -> Vec<Words> {
        if self.topic == Topic::Documents {
            return vec![Words { head: self.documents_head(), words: self.document_kinds() }];
        }
        let roots = self.topic.roots().iter().filter_map(|root| borgerportal_fhir::terms::of_key(root));
        roots.flat_map(|root| self.under(&root)).collect()
    }

    /// The parts of a branch: one for each of its areas, or the branch itself where it has none.
    fn under(&self, root: &Concept) -> Vec<Words> {
        let areas = children(root);
        if areas.iter().all(|area| children(area).is_empty()) {
            return self.words(root, &areas).into_iter().collect();
        }
        areas.iter().filter_map(|area| self.words(area, &children(area))).collect()
    }

    fn words(&self, head: &Concept, under: &[Concept]) -> Option<Words> {
        let deeper = |one: &Concept| std::iter::once(*one).chain(children(one)).collect::<Vec<_>>();
        let words = under.iter().flat_map(deeper).filter_map(|one| self.word(&one)).collect();
        Some(Words { head: self.word(head)?, words })
    }

    fn word(&self, concept: &Concept) -> Option<Word> {
        let meaning = glossary::meaning(concept.key())?;
        let (name, term) = match self.frame.lang {
            Lang::Da => (concept.label, None),
            Lang::En => (meaning.english, Some(concept.label)),
        };
        Some(Word { anchor: anchor(concept.key()), name, term, meaning: meaning.text(self.frame.lang) })
    }

    fn documents_head(&self) -> Word {
        let (name, meaning) = (self.frame.say("topic-documents"), self.frame.say("glossary-documents-is"));
        Word { anchor: "dokumenter".to_owned(), name, term: None, meaning }
    }

    fn document_kinds(&self) -> Vec<Word> {
        let word = |kind: &DocumentType| Word {
            anchor: kind.code().replace('_', "-"),
            name: kind_label(self.frame.lang, *kind),
            term: (self.frame.lang == Lang::En).then(|| kind_label(Lang::Da, *kind)),
            meaning: explained(&self.frame, *kind),
        };
        DocumentType::ALL.iter().map(word).collect()
    }
}

/// What a kind of document is.
#[must_use]
pub(super) fn explained(frame: &Frame<'_>, kind: DocumentType) -> &'static str {
    frame.say(match kind {
        DocumentType::Letter => "explain-letter",
        DocumentType::Form => "explain-form",
        DocumentType::Instruction => "explain-instruction",
        DocumentType::Assessment => "explain-assessment",
        DocumentType::Observation => "explain-observation",
        DocumentType::Application => "explain-application",
        DocumentType::ProfessionalJudgement => "explain-judgement",
        DocumentType::Message => "explain-message",
        DocumentType::Other => "explain-other",
    })
}

/// The concepts right under one, as in the list.
fn children(of: &Concept) -> Vec<Concept> {
    let mut children: Vec<Concept> = of.system.concepts().filter(|one| one.parent == of.code).collect();
    children.sort_by_key(Concept::term);
    children
}

#[cfg(test)]
mod tests {
    use super::super::samples::outside;
    use super::*;
    use borgerportal_fhir::codes::System;
    use std::collections::BTreeSet;

    #[test]
    fn every_explained_term_of_the_rooms_stands_in_exactly_one_place() {
        let mut found = BTreeSet::new();
        for topic in Topic::ALL {
            for part in (TopicPage { frame: outside(Lang::Da), topic }).parts() {
                for word in std::iter::once(&part.head).chain(&part.words) {
                    assert!(!word.meaning.is_empty() && !word.name.is_empty(), "{}", word.anchor);
                    assert!(found.insert(word.anchor.clone()), "{} stands twice", word.anchor);
                }
            }
        }
        for system in [System::Fsiii, System::Ffb] {
            for concept in system.concepts().filter(|concept| Topic::of(concept.key()).is_some()) {
                let is_root = Topic::ALL.iter().any(|topic| topic.roots().contains(&concept.key()));
                assert!(is_root || found.contains(&anchor(concept.key())), "{} is lost", concept.label);
            }
        }
        assert!(found.len() > 340, "{}", found.len());
    }

    #[test]
    fn a_term_knows_its_topic_and_a_word_its_way_back() {
        for (key, topic) in [("J3.8", Topic::Everyday), ("I4.6", Topic::Health), ("B3", Topic::Levels)] {
            assert_eq!(Topic::of(key), Some(topic));
        }
        assert_eq!(Topic::of("G1.20"), None, "what is not explained has no page");
        for topic in Topic::ALL {
            assert_eq!(Topic::from_word(topic.word()), Some(topic));
        }
        assert_eq!(Topic::from_word("medicin"), None);
        assert_eq!(anchor("I4.6"), "i4-6");
    }
}
