//! People and records for the tests of the store.

#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its own part")]

use borgerportal_domain::Cpr;
use borgerportal_domain::access::{
    Basis, BasisKind, ItemFact, Level, MandateFact, Privilege, PrivilegeSet, Role,
};
use borgerportal_domain::access_log::{LogLine, LogObject, ObjectKind, Outcome};
use borgerportal_domain::documents::{DocumentHead, DocumentType};
use borgerportal_domain::ids::{ItemId, JournalId, LogId, MandateId, PersonId};
use borgerportal_domain::items::{Area, Audience, Visibility};
use borgerportal_domain::mandates::{Channel, Origin, Status, Territory, Validity};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_store::access::Access;
use borgerportal_store::facts::{self, Asked, Loaded};
use borgerportal_store::people::{self, Person};
use borgerportal_store::record::{self, Item};
use borgerportal_store::sessions::Session;
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::tx::Tx;
use borgerportal_store::{Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes at that time, and it goes well.
pub(crate) async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
    store: &Store,
    at: Timestamp,
    errand: impl Fn(&Tx<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
) -> T {
    let id = store.errand_id(at).unwrap();
    store.write(at, id, errand).await.unwrap()
}

/// Reads, and it goes well.
pub(crate) async fn read<T: Send + 'static>(
    store: &Store,
    errand: impl Fn(&Tx<'_>) -> Result<T, StoreError> + Send + 'static,
) -> T {
    store.read(NOW, errand).await.unwrap()
}

pub(crate) fn helsingor() -> MunicipalityCode {
    MunicipalityCode::parse("0217").unwrap()
}

pub(crate) fn person_id(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

/// Day + 60: numbers that nobody can have.
pub(crate) fn person(number: u8) -> Person {
    Person {
        facts: PersonFacts {
            id: person_id(number),
            birth_on: Date::constant(1944, 5, 12),
            deceased_on: None,
            protected: false,
        },
        name: PersonName { given: format!("Prøve{number}"), family: "Holm".to_owned() },
        cpr: Cpr::parse(&format!("7205440{number:03}")).unwrap(),
    }
}

pub(crate) fn mandate(number: u8, giver: u8, holder: u8) -> MandateFact {
    MandateFact {
        id: MandateId::from_bytes([number; 16]),
        giver: person_id(giver),
        holder: person_id(holder),
        origin: Origin::Given,
        validity: Validity { from: NOW.plus_days(-30), until: NOW.plus_days(30) },
        items: vec![ItemFact {
            status: Status::SIGNED,
            privileges: PrivilegeSet::all_reading(),
            channel: Channel::SelfService,
            territory: Territory::All,
            package_active: true,
        }],
    }
}

pub(crate) fn head(id: ItemId, title: &str) -> DocumentHead {
    DocumentHead {
        id,
        title: title.to_owned(),
        kind: DocumentType::Letter,
        area: Area::Nursing,
        author: None,
        unit: Some("Hjemmesygeplejen".to_owned()),
        dated: Date::constant(2026, 10, 1),
        has_pdf: false,
        changed: None,
    }
}

pub(crate) const VISIBLE: Visibility = Visibility {
    audience: Some(Audience::ALL),
    visible_from: None,
    withheld_from_parent: false,
    withheld_from_relative: false,
    sensitivities: borgerportal_domain::items::Sensitivities::NONE,
};

/// Two people, a journal of the first with `count` letters, newest last.
pub(crate) async fn set_up(store: &TestStore, count: u8) -> JournalId {
    let id = store.errand_id(NOW).unwrap();
    let journal: String = store
        .write(NOW, id, move |tx| {
            people::save(tx, &person(1))?;
            people::save(tx, &person(2))?;
            let writing = record::open(tx, helsingor(), person_id(1), &[9; 32])?;
            for number in 0..count {
                put_letter(tx, &writing, number, &format!("Brev nummer {number}"))?;
            }
            Ok::<_, StoreError>(writing.journal.to_string())
        })
        .await
        .unwrap();
    JournalId::parse(&journal).unwrap()
}

pub(crate) fn item_id(number: u8) -> ItemId {
    ItemId::from_bytes([number.wrapping_add(100); 16])
}

pub(crate) fn put_letter(
    tx: &Tx<'_>,
    writing: &record::Writing,
    number: u8,
    title: &str,
) -> Result<(), StoreError> {
    put_letter_at(tx, writing, (number, NOW.plus_days(i64::from(number) - 300)), title)
}

pub(crate) fn put_letter_at(
    tx: &Tx<'_>,
    writing: &record::Writing,
    (number, sort_at): (u8, Timestamp),
    title: &str,
) -> Result<(), StoreError> {
    let id = item_id(number);
    writing.put(
        tx,
        &Item {
            id,
            kind: "documents",
            sort_at,
            class: "letter",
            area: "nursing",
            dated: Date::constant(2026, 10, 1),
            received_at: NOW,
            visibility: &VISIBLE,
            sender: "test",
            state: "active",
            version: 1,
            head: &borgerportal_store::head::encode(&head(id, title)),
            body: title.as_bytes(),
            words: Some(title),
        },
    )
}

pub(crate) fn line(tx: &Tx<'_>, loaded: &Loaded) -> LogLine {
    LogLine {
        id: LogId::from_uuid(tx.mint()),
        at: tx.now(),
        municipality: loaded.facts.municipality,
        journal: loaded.journal,
        subject: Some(loaded.subject.facts.id),
        actor: loaded.actor.facts.id,
        role: Role::Citizen,
        basis: Some(BasisKind::Own),
        mandate: None,
        privilege: Privilege::ReadDocuments,
        object: LogObject { kind: ObjectKind::DocumentList, item: None, filters: Vec::new() },
        outcome: Outcome::Shown,
        asked: None,
    }
}

/// What `service::access` does, without the rule: these tests are about the store.
pub(crate) fn grant<'t>(
    tx: &'t Tx<'_>,
    journal: JournalId,
    actor: PersonId,
) -> Result<Access<'t>, StoreError> {
    match facts::load(tx, journal, actor)? {
        Asked::Found(loaded) => {
            let line = line(tx, &loaded);
            Access::grant(tx, &loaded, Basis::Own, line)
        }
        Asked::Nothing => Err(StoreError::Keys("no such journal")),
    }
}

pub(crate) fn session(person: PersonId, now: Timestamp) -> Session {
    Session {
        person,
        role: Role::Citizen,
        municipality: Some(helsingor()),
        level: Level::Substantial,
        authenticated_at: now,
        created_at: now,
        seen_at: now,
        ends_at: now.plus_minutes(60),
        csrf: [3; 32],
    }
}

/// Lines of the log, by what a citizen would see.
pub(crate) async fn lines(store: &Store, journal: JournalId) -> Vec<LogLine> {
    let read = move |tx: &Tx<'_>| {
        let access = grant(tx, journal, person_id(1))?;
        borgerportal_store::access_log::page(tx, &access, None, None, 10_000)
    };
    store.read::<_, StoreError, _>(NOW, read).await.unwrap()
}
