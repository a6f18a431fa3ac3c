//! The municipal code lists as far as a citizen needs them: what a code is called in Danish, what it stands
//! under, and which short code and UUID are the same concept. It refuses to match on names (different
//! concepts share them) and to guess: an unknown code is `None`, never an error.
//!
//! The tables in `codes/` hold facts only: code, code above, short code, label. They were made from KL Term
//! 2.3.0 (FSIII and FFB version 20240530). KL states no licence for the lists, so definitions, versions and
//! value sets are not carried; FK-klassifikation is the authoritative copy. A few labels differ from the
//! source on purpose: the levels B1–B6 are words instead of the digits 0–4 and 9, and what is misspelled there
//! ("Praktisk hjaelp i hjemmet", "Kropspfattelse", "Bevægeapperatet") is mended. Lines are sorted by bytes; an index of 1,047 concepts is made at the
//! first question.

use borgerportal_domain::terms::Term;
use std::sync::LazyLock;

/// A code system the portal knows labels for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum System {
    /// Fælles Sprog III.
    Fsiii,
    /// Fælles faglige begreber, used by VUM 2.0.
    Ffb,
    /// KL's own codes: kinds of goals, contacts, deliveries.
    CareSocial,
    /// Health visiting of children.
    Fboe,
    /// Easily accessible offers to children and young people.
    Ltt,
}

const FSIII: &str = include_str!("../codes/fsiii.tsv");
const FFB: &str = include_str!("../codes/ffb.tsv");
const CARE_SOCIAL: &str = include_str!("../codes/care_social.tsv");
const FBOE: &str = include_str!("../codes/fboe.tsv");
const LTT: &str = include_str!("../codes/ltt.tsv");

/// A concept of one of the lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concept {
    /// Which list.
    pub system: System,
    /// The UUID: what is stored and compared.
    pub code: &'static str,
    /// The concept above, empty at the top.
    pub parent: &'static str,
    /// The short code of FSIII (`J3.1`), empty where there is none.
    pub short: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Code of the outermost concept.
    top: &'static str,
}

impl System {
    /// All lists.
    pub const ALL: [Self; 5] = [Self::Fsiii, Self::Ffb, Self::CareSocial, Self::Fboe, Self::Ltt];

    /// The URI in `Coding.system`.
    pub const fn uri(self) -> &'static str {
        match self {
            Self::Fsiii => "urn:oid:1.2.208.176.2.21",
            Self::Ffb => "urn:oid:1.2.208.176.2.22",
            Self::CareSocial => "http://fhir.kl.dk/term/CodeSystem/CareSocialCodes",
            Self::Fboe => "http://fhir.kl.dk/term/CodeSystem/FBOE",
            Self::Ltt => "http://fhir.kl.dk/term/CodeSystem/LTT",
        }
    }

    /// The list with this URI.
    pub fn from_uri(uri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.uri() == uri)
    }

    /// The method behind the list, to be shown next to names that two methods share.
    pub const fn method(self) -> &'static str {
        match self {
            Self::Fsiii => "Fælles Sprog III",
            Self::Ffb => "Voksenudredningsmetoden (VUM)",
            Self::CareSocial => "KL",
            Self::Fboe => "Sundhedsplejen",
            Self::Ltt => "Lettilgængeligt tilbud",
        }
    }

    const fn text(self) -> &'static str {
        match self {
            Self::Fsiii => FSIII,
            Self::Ffb => FFB,
            Self::CareSocial => CARE_SOCIAL,
            Self::Fboe => FBOE,
            Self::Ltt => LTT,
        }
    }

    fn table(self) -> &'static Table {
        let [fsiii, ffb, care_social, fboe, ltt] = &*TABLES;
        match self {
            Self::Fsiii => fsiii,
            Self::Ffb => ffb,
            Self::CareSocial => care_social,
            Self::Fboe => fboe,
            Self::Ltt => ltt,
        }
    }

    /// The concept with this code: a UUID in either case, or for FSIII a short code.
    pub fn concept(self, code: &str) -> Option<Concept> {
        let table = self.table();
        if let Some(concept) = table.by_code(code).or_else(|| table.by_short(code)) {
            return Some(concept);
        }
        // Some senders write the UUID in capitals, or with underscores as the legacy key.
        let unusual = code.len() == 36 && code.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'_');
        unusual.then(|| table.by_code(&code.to_ascii_lowercase().replace('_', "-"))).flatten()
    }

    /// Every concept of the list, by code.
    pub fn concepts(self) -> impl Iterator<Item = Concept> {
        self.table().concepts.iter().copied()
    }
}

/// One list, to be searched by code and by short code.
struct Table {
    /// Sorted by code, as in the file.
    concepts: Vec<Concept>,
    /// Those with a short code, sorted by it.
    short: Vec<Concept>,
}

static TABLES: LazyLock<[Table; 5]> = LazyLock::new(|| System::ALL.map(Table::of));

impl Table {
    fn of(system: System) -> Self {
        let mut concepts: Vec<Concept> =
            system.text().lines().filter_map(|line| Concept::read(system, line)).collect();
        // Lists are five levels deep; the bound is against a damaged table.
        for _ in 0..8 {
            let above = concepts.clone();
            let find = |code: &str| {
                above.binary_search_by_key(&code, |one| one.code).ok().and_then(|at| above.get(at))
            };
            for concept in &mut concepts {
                concept.top = find(concept.parent).map_or(concept.code, |parent| parent.top);
            }
        }
        let mut short: Vec<Concept> =
            concepts.iter().filter(|concept| !concept.short.is_empty()).copied().collect();
        short.sort_unstable_by_key(|concept| concept.short);
        Self { concepts, short }
    }

    fn by_code(&self, code: &str) -> Option<Concept> {
        let at = self.concepts.binary_search_by_key(&code, |concept| concept.code).ok()?;
        self.concepts.get(at).copied()
    }

    fn by_short(&self, code: &str) -> Option<Concept> {
        let at = self.short.binary_search_by_key(&code, |concept| concept.short).ok()?;
        self.short.get(at).copied()
    }
}

impl Concept {
    /// A line of a table: code, code above, in FSIII the short code, label.
    fn read(system: System, line: &'static str) -> Option<Self> {
        let mut cells = line.split('\t');
        let (code, parent) = (cells.next()?, cells.next()?);
        let short = if system == System::Fsiii { cells.next()? } else { "" };
        Some(Self { system, code, parent, short, label: cells.next()?, top: code })
    }

    /// What the glossary knows it by: the short code where there is one, else the UUID.
    pub const fn key(&self) -> &'static str {
        if self.short.is_empty() { self.code } else { self.short }
    }

    /// As people read it.
    pub fn term(&self) -> Term {
        Term::new(self.key(), self.label)
    }

    /// The concept right above.
    pub fn above(&self) -> Option<Self> {
        self.system.table().by_code(self.parent)
    }

    /// The outermost concept above, or this one.
    #[must_use]
    pub fn top(&self) -> Self {
        self.system.table().by_code(self.top).unwrap_or(*self)
    }

    /// The level of functional ability, 0 (none or slight limitations) to 4 (total); 9 = not relevant. The
    /// short codes are off by one: B1 is level 0.
    pub fn severity_level(&self) -> Option<u8> {
        match (self.system, self.short) {
            (System::Fsiii, "B1") => Some(0),
            (System::Fsiii, "B2") => Some(1),
            (System::Fsiii, "B3") => Some(2),
            (System::Fsiii, "B4") => Some(3),
            (System::Fsiii, "B5") => Some(4),
            (System::Fsiii, "B6") => Some(9),
            _ => None,
        }
    }
}

/// The concept of a coding, when the portal knows the system and the code.
pub fn concept(system: &str, code: &str) -> Option<Concept> {
    System::from_uri(system)?.concept(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_whole_sorted_and_every_concept_is_found() {
        let counts: Vec<usize> = System::ALL
            .into_iter()
            .map(|system| {
                let all: Vec<Concept> = system.concepts().collect();
                assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
                for concept in &all {
                    assert_eq!(system.concept(concept.code), Some(*concept));
                    assert!(!concept.label.is_empty());
                    assert!(concept.parent.is_empty() || concept.above().is_some(), "{}", concept.code);
                }
                all.len()
            })
            .collect();
        assert_eq!(counts, [414, 220, 91, 295, 27]);
    }

    #[test]
    fn short_code_and_uuid_are_one_concept() {
        let mut with_short = 0;
        for concept in System::Fsiii.concepts().filter(|concept| !concept.short.is_empty()) {
            assert_eq!(System::Fsiii.concept(concept.short), Some(concept), "{}", concept.short);
            with_short += 1;
        }
        assert_eq!(with_short, 306);
        assert_eq!(System::Fsiii.concept("J3.8").map(|c| c.label), Some("Gå"));
        assert_eq!(
            System::Fsiii.concept("G1.41").map(|c| c.label),
            Some("Undersøgelser og måling af værdier")
        );
    }

    #[test]
    fn other_spellings_of_a_uuid_are_the_same_concept() {
        let plain = System::Fsiii.concept("1130ad70-6553-490d-87f8-5e8941687a0c").unwrap();
        assert_eq!(plain.label, "Terapeutfaglig udredning");
        for code in ["1130AD70-6553-490D-87F8-5E8941687A0C", "1130ad70_6553_490d_87f8_5e8941687a0c"] {
            assert_eq!(System::Fsiii.concept(code), Some(plain));
        }
    }

    #[test]
    fn every_concept_stands_under_one_outermost() {
        for concept in System::ALL.into_iter().flat_map(System::concepts) {
            let mut climbed = concept;
            while let Some(above) = climbed.above() {
                climbed = above;
            }
            assert_eq!(concept.top(), climbed, "{}", concept.code);
        }
        assert_eq!(System::Fsiii.concept("J3.8").unwrap().top().short, "J");
    }

    #[test]
    fn severity_is_off_by_one() {
        let levels: Vec<_> = ["B1", "B2", "B3", "B4", "B5", "B6", "J1"]
            .map(|short| System::Fsiii.concept(short).and_then(|concept| concept.severity_level()))
            .into();
        assert_eq!(levels, [Some(0), Some(1), Some(2), Some(3), Some(4), Some(9), None]);
        assert_eq!(System::Fsiii.concept("B3").unwrap().label, "Moderate begrænsninger");
    }

    #[test]
    fn unknown_codes_are_nothing_and_never_fail() {
        for code in ["", "J", "J99", "j3.8", "æøå", "00000000-0000-0000-0000-000000000000", "\t", "zzz", "\n"]
        {
            let known = System::ALL.map(|system| system.concept(code).is_some());
            assert_eq!(known, [code == "J", false, false, false, false], "{code}");
        }
        assert_eq!(concept("http://example.org", "J1"), None);
    }

    #[test]
    fn a_name_that_two_methods_share_stays_two_concepts() {
        let named = |system: System| system.concepts().filter(|c| c.label == "Egenomsorg").count();
        assert!(named(System::Fsiii) > 0 && named(System::Ffb) > 0);
        assert_eq!(System::Fsiii.concept("J3.8").unwrap().top().short, "J");
    }
}
