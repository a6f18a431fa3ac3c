//! The journal a delivery is about: opened when it is new, closed, reopened, marked as a dead or protected
//! person's by what all Patient resources together say.

use super::Sender;
use crate::people::{Told, UNKNOWN_BIRTH, change_number, keep, learn};
use crate::problem::Problem;
use borgerportal_domain::person::PersonName;
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_fhir::delivery::{Citizen, Rename};
use borgerportal_fhir::order::{Rank, VersionStamp};
use borgerportal_fhir::people::{Deceased, Journal, JournalWord, settle};
use borgerportal_store::claims;
use borgerportal_store::people as store;
use borgerportal_store::record::{self, Writing};
use borgerportal_store::record_parts::WordStamp;
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};

/// Opens the journal of a citizen, who is made known by number if nobody knew them.
pub(super) fn open(
    tx: &Tx<'_>,
    sender: &Sender,
    citizen: &Citizen,
    fresh: &[u8; 32],
) -> Result<Writing, Problem> {
    let nobody = Told { cpr: &citizen.cpr, name: None, birth_on: None, protected: None };
    let person = store::by_cpr(tx, &citizen.cpr)?.map_or_else(|| keep(tx, &nobody), Ok)?;
    Ok(record::open(tx, sender.municipality, person, fresh)?)
}

/// One person's number was changed: both lead to the same person from now on. A record system is believed only
/// about a person whom no other municipality knows: a number is a way into everything. Two persons who were kept
/// apart until now stay apart. What is not believed is kept for people to decide (ADR 0016).
pub(super) fn rename(tx: &Tx<'_>, sender: &Sender, rename: &Rename) -> Result<(), Problem> {
    let (old, new) = (store::by_cpr(tx, &rename.old)?, store::by_cpr(tx, &rename.new)?);
    match (old, new) {
        (Some(old), Some(new)) if old == new => change_number(tx, old, &rename.old, &rename.new),
        (Some(old), None) if claims::is_known_only_to(tx, old, sender.municipality)? => {
            change_number(tx, old, &rename.old, &rename.new)
        }
        (Some(old), _) => {
            tracing::warn!(sender = sender.id, "a change of number was not believed: it waits for people");
            Ok(claims::note(tx, old, &rename.new, (sender.municipality, &sender.id))?)
        }
        // Nobody had the old number: it leads to whoever has the new one.
        (None, Some(new)) => Ok(store::tie(tx, new, &rename.old)?),
        (None, None) => {
            let person = keep(tx, &Told { cpr: &rename.new, name: None, birth_on: None, protected: None })?;
            Ok(store::tie(tx, person, &rename.old)?)
        }
    }
}

/// Keeps what is said of the journal and draws the sum of all that was ever said.
pub(super) fn hear(
    tx: &Tx<'_>,
    sender: &Sender,
    writing: &Writing,
    citizen: &Citizen,
) -> Result<(), Problem> {
    if citizen.words.is_empty() {
        return Ok(());
    }
    let before = words(tx, writing)?;
    let mut news = false;
    for word in &citizen.words {
        let stamp =
            WordStamp { at: word.stamp.version, rank: word.stamp.rank.number(), hash: word.stamp.hash };
        let text = serde_json::to_vec(&Kept::from(word)).map_err(|_| Problem::Away("record"))?;
        news |= writing.keep_word(tx, (&sender.id, &word.patient), &stamp, &text)?;
    }
    if news { settle_all(tx, writing, &before) } else { Ok(()) }
}

fn words(tx: &Tx<'_>, writing: &Writing) -> Result<Vec<JournalWord>, Problem> {
    let kept = writing.words(tx)?.into_iter().map(|text| serde_json::from_slice::<Kept>(&text));
    let words = kept.map(|kept| kept.ok().and_then(Kept::word).ok_or(Problem::Away("record")));
    words.collect()
}

fn settle_all(tx: &Tx<'_>, writing: &Writing, before: &[JournalWord]) -> Result<(), Problem> {
    let words = words(tx, writing)?;
    let journal = settle(&words);
    let closed_on =
        words.iter().filter(|word| word.active == Some(false)).filter_map(|word| word.stamp.time());
    let today = copenhagen_date(tx.now());
    let since = journal.closed.then(|| closed_on.max().map_or(today, copenhagen_date));
    writing.set_active(tx, since)?;
    say_of_person(tx, writing, &settle(before), &journal)
}

/// The record system fills in what no register, log-in or other municipality has said, and may correct what it
/// filled in itself until somebody better speaks. Of death and protection it is heard at once; only who said it takes it back.
fn say_of_person(tx: &Tx<'_>, writing: &Writing, before: &Journal, now: &Journal) -> Result<(), Problem> {
    let Some(person) = store::person(tx, writing.citizen)? else { return Ok(()) };
    let mut after = person.clone();
    if now.is_dead {
        let on = now.deceased.or(person.facts.deceased_on);
        after.facts.deceased_on = Some(on.unwrap_or_else(|| copenhagen_date(tx.now())));
    } else if before.is_dead {
        after.facts.deceased_on = None;
    }
    after.facts.protected = now.protected || (person.facts.protected && !before.protected);
    let unnamed = person.name == PersonName::default();
    let filled_by = claims::filled_by(tx, writing.citizen)?;
    let own = filled_by == Some(i64::from(writing.municipality.number()));
    if own || unnamed && filled_by.is_none() {
        after.name = now.name.clone().unwrap_or(after.name);
        let birth_is_ours = own || person.facts.birth_on == UNKNOWN_BIRTH;
        after.facts.birth_on = now.birth_on.filter(|_| birth_is_ours).unwrap_or(after.facts.birth_on);
    }
    if (&after.name, after.facts.birth_on) != (&person.name, person.facts.birth_on) {
        claims::fill(tx, writing.citizen, writing.municipality)?;
    }
    learn(tx, &person, &after)
}

/// A word as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    patient: String,
    version: i64,
    rank: i64,
    active: Option<bool>,
    dead: Option<bool>,
    died_on: Option<String>,
    given: Option<String>,
    family: Option<String>,
    birth_on: Option<String>,
    protected: bool,
}

impl From<&JournalWord> for Kept {
    fn from(word: &JournalWord) -> Self {
        let (dead, died_on) = match word.deceased {
            Some(Deceased::Yes(on)) => (Some(true), on.map(|on| on.to_string())),
            Some(Deceased::No) => (Some(false), None),
            None => (None, None),
        };
        Self {
            patient: word.patient.clone(),
            version: word.stamp.version,
            rank: word.stamp.rank.number(),
            active: word.active,
            dead,
            died_on,
            given: word.name.as_ref().map(|name| name.given.clone()),
            family: word.name.as_ref().map(|name| name.family.clone()),
            birth_on: word.birth_on.map(|on| on.to_string()),
            protected: word.protected,
        }
    }
}

impl Kept {
    fn word(self) -> Option<JournalWord> {
        let date = |text: Option<String>| text.and_then(|text| text.parse::<Date>().ok());
        let died_on = date(self.died_on);
        Some(JournalWord {
            patient: self.patient,
            stamp: VersionStamp { version: self.version, rank: Rank::from_number(self.rank)?, hash: [0; 32] },
            active: self.active,
            deceased: self.dead.map(|dead| if dead { Deceased::Yes(died_on) } else { Deceased::No }),
            name: self.given.zip(self.family).map(|(given, family)| PersonName { given, family }),
            birth_on: date(self.birth_on),
            protected: self.protected,
            owner: None,
        })
    }
}
