//! What Patient resources say: who it is, whether the journal is open, whether the person lives, whether the
//! address is protected, which municipality's organisation answers. It refuses to be a register: names and
//! dates here are what a record system wrote.

use borgerportal_domain::{Cpr, Date, PersonName};

use crate::dates;
use crate::json::Node;
use crate::order::VersionStamp;
use crate::outcome::Reason;

/// Whether a person is said to be dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deceased {
    /// Said to live.
    No,
    /// Said to be dead, perhaps with a date.
    Yes(Option<Date>),
}

/// What one Patient resource says. Silence is `None`: it does not undo what another said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalWord {
    /// The Patient's id at the sender. One citizen may have several.
    pub patient: String,
    /// How this compares to other words about the same citizen.
    pub stamp: VersionStamp,
    /// `Patient.active`: whether the journal is open.
    pub active: Option<bool>,
    /// Whether the person lives.
    pub deceased: Option<Deceased>,
    /// The name.
    pub name: Option<PersonName>,
    /// The birth date.
    pub birth_on: Option<Date>,
    /// Name and address protection.
    pub protected: bool,
    /// The organisation that owns the journal: system and value, KOMBIT's system in one spelling.
    pub owner: Option<(String, String)>,
}

/// What all words about a citizen come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// Closed: the last who spoke of it said `active = false`.
    pub closed: bool,
    /// Dead, by the last who spoke of it.
    pub deceased: Option<Date>,
    /// Whether dead at all; the date may be unknown.
    pub is_dead: bool,
    /// Protected, when any Patient resource in its newest version says so. Silence of another one, such as a
    /// delivery report, does not lift it.
    pub protected: bool,
    /// The last name given.
    pub name: Option<PersonName>,
    /// The last birth date given.
    pub birth_on: Option<Date>,
}

/// Puts words together, in any order: of each thing the newest word that mentions it counts; at the same
/// time a closed journal counts over an open one. A report that says nothing of `active` does not reopen.
pub fn settle<'w>(words: impl IntoIterator<Item = &'w JournalWord>) -> Journal {
    let mut words: Vec<&JournalWord> = words.into_iter().collect();
    words.sort_by_key(|word| (word.stamp, word.patient.as_str()));
    let mut journal = Journal::default();
    for word in words {
        if let Some(active) = word.active {
            journal.closed = !active;
        }
        match word.deceased {
            Some(Deceased::Yes(on)) => (journal.is_dead, journal.deceased) = (true, on.or(journal.deceased)),
            Some(Deceased::No) => (journal.is_dead, journal.deceased) = (false, None),
            None => {}
        }
        journal.protected |= word.protected;
        if word.name.is_some() {
            journal.name.clone_from(&word.name);
        }
        journal.birth_on = word.birth_on.or(journal.birth_on);
    }
    journal
}

/// The CPR number of a Patient, and former ones. Exactly one must be current.
pub(crate) fn cpr(patient: &Node<'_>) -> Result<Cpr, Reason> {
    let ours = |identifier: &&Node<'_>| {
        identifier.str("system") == Some(crate::CPR) && !matches!(identifier.str("use"), Some("old"))
    };
    let mut numbers = patient.list("identifier").iter().filter(ours).map(|identifier| {
        identifier.str("value").and_then(|value| Cpr::parse(value).ok()).ok_or(Reason::NoCpr)
    });
    let first = numbers.next().ok_or(Reason::NoCpr)??;
    if numbers.all(|other| other.as_ref() == Ok(&first)) { Ok(first) } else { Err(Reason::NoCpr) }
}

/// Former CPR numbers stated as `use = old`.
pub(crate) fn former(patient: &Node<'_>) -> Vec<Cpr> {
    patient
        .list("identifier")
        .iter()
        .filter(|identifier| {
            identifier.str("system") == Some(crate::CPR) && identifier.str("use") == Some("old")
        })
        .filter_map(|identifier| identifier.str("value").and_then(|value| Cpr::parse(value).ok()))
        .collect()
}

/// What this Patient resource says.
pub(crate) fn word(patient: &Node<'_>, id: &str, stamp: VersionStamp) -> JournalWord {
    JournalWord {
        patient: id.to_owned(),
        stamp,
        active: patient.bool("active"),
        deceased: deceased(patient),
        name: name(patient),
        birth_on: patient.str("birthDate").and_then(dates::day),
        protected: crate::facts::is_restricted(patient),
        owner: owner(patient),
    }
}

fn deceased(patient: &Node<'_>) -> Option<Deceased> {
    if let Some(at) = patient.str("deceasedDateTime") {
        return Some(Deceased::Yes(dates::day(at)));
    }
    patient.bool("deceasedBoolean").map(|dead| if dead { Deceased::Yes(None) } else { Deceased::No })
}

fn name(patient: &Node<'_>) -> Option<PersonName> {
    let names = patient.list("name");
    let name = names.iter().find(|name| name.str("use") == Some("official")).or_else(|| names.first())?;
    let given: Vec<&str> = name.list("given").iter().filter_map(Node::text).collect();
    let family = name.str("family").unwrap_or_default().to_owned();
    let name = PersonName { given: given.join(" "), family };
    (!name.full().is_empty()).then_some(name)
}

/// Three spellings of KOMBIT's organisation system are in use; they are one.
fn owner(patient: &Node<'_>) -> Option<(String, String)> {
    const KOMBIT: &str = "https://kombit.dk/sts/organisation";
    let identifier = patient.at(&["managingOrganization", "identifier"])?;
    let system = match identifier.str("system")? {
        "https://www.kombit.dk/organisation" | "https://data.gov.dk/id/organization" | KOMBIT => KOMBIT,
        other => other,
    };
    Some((system.to_owned(), identifier.str("value")?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Shape, parse};
    use crate::order::Rank;
    use borgerportal_domain::Timestamp;

    fn patient(text: &str) -> JournalWord {
        let node = parse(text.as_bytes(), &Shape { depth: 20, string: 1000, values: 1000 }).unwrap();
        word(&node, "p", VersionStamp::at(Timestamp::from_millis(1), Rank::Active, [0; 32]))
    }

    fn at(mut word: JournalWord, millis: i64, rank: Rank) -> JournalWord {
        word.stamp = VersionStamp::at(Timestamp::from_millis(millis), rank, [0; 32]);
        word
    }

    #[test]
    fn a_patient_may_say_little_or_much() {
        let silent = patient(r#"{"resourceType":"Patient"}"#);
        assert_eq!((silent.active, silent.deceased, &silent.name), (None, None, &None));
        let full = patient(
            r#"{"resourceType":"Patient","active":true,"deceasedDateTime":"2024-05-01T22:30:00Z","birthDate":"1940-02-01",
            "meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]},
            "name":[{"use":"nickname","given":["Ing"]},{"use":"official","given":["Inger","Marie"],"family":"Holm"}],
            "managingOrganization":{"identifier":{"system":"https://www.kombit.dk/organisation","value":"x"}}}"#,
        );
        assert_eq!(full.deceased, Some(Deceased::Yes(Some(Date::constant(2024, 5, 2)))));
        assert_eq!(full.name.unwrap().full(), "Inger Marie Holm");
        assert!(full.protected);
        assert_eq!(full.owner.unwrap().0, "https://kombit.dk/sts/organisation");
    }

    #[test]
    fn only_one_current_cpr_is_an_owner() {
        let number = |identifiers: &str| {
            let text = format!(r#"{{"identifier":[{identifiers}]}}"#);
            let node = parse(text.as_bytes(), &Shape { depth: 20, string: 1000, values: 1000 }).unwrap();
            cpr(&node).map(|cpr| cpr.expose().to_owned())
        };
        let id = |used: &str, value: &str| {
            format!(r#"{{"use":"{used}","system":"urn:oid:1.2.208.176.1.2","value":"{value}"}}"#)
        };
        let a = id("official", "0101010101");
        assert_eq!(number(&a).as_deref(), Ok("0101010101"));
        assert_eq!(number(&format!("{},{}", id("old", "0101410001"), a)).as_deref(), Ok("0101010101"));
        assert_eq!(number(&format!("{a},{a}")).as_deref(), Ok("0101010101"));
        assert_eq!(number(&format!("{a},{}", id("official", "0101410001"))), Err(Reason::NoCpr));
        assert_eq!(number(&id("official", "01010101")), Err(Reason::NoCpr));
        assert_eq!(number(r#"{"value":"andreas"}"#), Err(Reason::NoCpr));
        assert_eq!(number(""), Err(Reason::NoCpr));
    }

    #[test]
    fn silence_neither_closes_nor_reopens() {
        let closed = at(patient(r#"{"active":false}"#), 2, Rank::Ended);
        let silent = at(patient(r#"{"deceasedBoolean":false}"#), 3, Rank::Active);
        assert!(settle([&silent, &closed]).closed);
        let open = at(patient(r#"{"active":true}"#), 4, Rank::Active);
        assert!(!settle([&open, &silent, &closed]).closed);
        assert!(!settle([]).closed);
    }

    #[test]
    fn at_the_same_time_closed_counts() {
        let closed = at(patient(r#"{"active":false}"#), 2, Rank::Ended);
        let open = at(patient(r#"{"active":true}"#), 2, Rank::Active);
        assert!(settle([&closed, &open]).closed && settle([&open, &closed]).closed);
    }

    #[test]
    fn death_can_be_corrected() {
        let dead = at(patient(r#"{"deceasedBoolean":true}"#), 1, Rank::Active);
        let alive = at(patient(r#"{"deceasedBoolean":false}"#), 2, Rank::Active);
        assert!(settle([&dead]).is_dead && !settle([&alive, &dead]).is_dead);
    }
}
