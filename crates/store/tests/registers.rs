//! What is kept beside the record: deletions by law, whose word counts, who may deliver, who is near whom; and labels
//! as columns. On both engines.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::access::{CustodyFact, Guardianship, GuardianshipScope};
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::person::Language;
use borgerportal_domain::time::Date;
use borgerportal_store::deletions::{self, Deleted};
use borgerportal_store::deliveries::{self, Known};
use borgerportal_store::sessions::{self, LoginAttempt, Session};
use borgerportal_store::system_clients::{self, Client};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::tx::Tx;
use borgerportal_store::{StoreError, claims, custody, documents, facts, people, reach, record};
use common::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
    store: &TestStore,
    errand: impl Fn(&Tx<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
) -> Result<T, StoreError> {
    store.write(NOW, store.errand_id(NOW).unwrap(), errand).await
}

async fn read<T: Send + 'static>(
    store: &TestStore,
    errand: impl Fn(&Tx<'_>) -> Result<T, StoreError> + Send + Sync + 'static,
) -> T {
    store.read(NOW, errand).await.unwrap()
}

fn randers() -> MunicipalityCode {
    MunicipalityCode::parse("0730").unwrap()
}

/// A line of the list as it is copied out.
fn deleted(number: u8, change: &str, value: serde_json::Value) -> Result<Deleted, serde_json::Error> {
    let mut line = json!({ "municipality": 217, "citizen": person_id(1).to_string(),
        "item": item_id(number).to_string(), "at": 1_790_000_000_000_i64 + i64::from(number), "reason": "retention" });
    if !change.is_empty() {
        line[change] = value;
    }
    serde_json::from_value(line)
}

fn gone(number: u8) -> Deleted {
    deleted(number, "", json!(null)).unwrap()
}

#[both]
async fn after_a_restore_what_was_deleted_is_deleted_again(store: TestStore) {
    let journal = set_up(&store, 3).await;
    let again = |number| write(&store, move |tx| deletions::apply(tx, &gone(number)));
    assert!(again(1).await.unwrap(), "it had come back with the backup");
    assert!(!again(1).await.unwrap(), "and is gone now");
    assert!(!again(77).await.unwrap(), "a backup from before it ever came");
    let bodies = read(&store, move |tx| {
        let access = grant(tx, journal, person_id(1))?;
        let open = |number| documents::document(tx, &access, item_id(number), &|_| true);
        Ok([open(0)?.is_some(), open(1)?.is_some(), open(2)?.is_some()])
    });
    assert_eq!(bodies.await, [true, false, true], "the others stay");
    assert_eq!(
        store.everything_opened().await.iter().filter(|text| text.contains("Brev nummer 1")).count(),
        0
    );
    let list = read(&store, deletions::all).await;
    assert_eq!(list, [gone(1), gone(77)], "the list can be copied out again, oldest first");
    assert_eq!(list[0].at().millis(), 1_790_000_000_001);
}

#[both]
async fn a_list_that_was_bent_deletes_nothing(store: TestStore) {
    set_up(&store, 1).await;
    assert!(deleted(0, "title", json!("Et brev")).is_err(), "the list holds no content");
    for (name, value) in [("citizen", json!("x")), ("item", json!("")), ("item", json!("../0"))] {
        let bent = deleted(0, name, value).unwrap();
        let error = write(&store, move |tx| deletions::apply(tx, &bent)).await.unwrap_err();
        assert!(matches!(error, StoreError::Corrupt { table: "deletion", .. }), "{error}");
    }
    let elsewhere = deleted(0, "municipality", json!(730)).unwrap();
    assert!(
        !write(&store, move |tx| deletions::apply(tx, &elsewhere)).await.unwrap(),
        "another municipality's"
    );
    assert_eq!(store.rows()["record_item"], 1);
}

#[both]
async fn the_first_record_system_speaks_until_somebody_better_has(store: TestStore) {
    set_up(&store, 0).await;
    let who = person_id(1);
    let filled = || read(&store, move |tx| claims::filled_by(tx, who));
    assert_eq!(filled().await, None, "nobody has filled in anything");
    for place in [helsingor(), randers()] {
        write(&store, move |tx| claims::fill(tx, who, place)).await.unwrap();
        assert_eq!(filled().await, Some(217), "the first one stays");
    }
    write(&store, move |tx| claims::better_said(tx, who)).await.unwrap();
    assert_eq!(filled().await, None);
    let only_known = move |tx: &Tx<'_>| {
        let only = [helsingor(), randers()].map(|place| claims::is_known_only_to(tx, who, place));
        Ok((only.map(Result::unwrap), claims::is_known_anywhere(tx, who)?, reach::municipalities(tx, who)?))
    };
    assert_eq!(read(&store, only_known).await, ([true, false], true, vec![helsingor()]));
    write(&store, move |tx| record::open(tx, randers(), who, &[8; 32]).map(|_| ())).await.unwrap();
    assert_eq!(read(&store, only_known).await, ([false, false], true, vec![helsingor(), randers()]));
    let stranger = move |tx: &Tx<'_>| claims::is_known_anywhere(tx, person_id(2));
    assert!(!read(&store, stranger).await);
}

#[both]
async fn a_change_of_number_waits_once_however_often_it_is_said(store: TestStore) {
    set_up(&store, 0).await;
    for (serial, sender, waiting) in
        [(901, "nexus", 1), (901, "nexus", 1), (901, "columna", 1), (902, "nexus", 2)]
    {
        let new = Cpr::parse(&format!("7205440{serial}")).unwrap();
        write(&store, move |tx| claims::note(tx, person_id(1), &new, (helsingor(), sender))).await.unwrap();
        assert_eq!(read(&store, claims::waiting).await, waiting, "{serial} by {sender}");
    }
}

/// Who is near whose journal, for choosing alone; and who is not.
#[both]
async fn journals_in_reach_are_those_of_this_municipality(store: TestStore) {
    let own = set_up(&store, 0).await;
    let open = |number: u8, place| {
        write(&store, move |tx| {
            if people::person(tx, person_id(number))?.is_none() {
                people::save(tx, &person(number))?;
            }
            Ok(record::open(tx, place, person_id(number), &[number; 32])?.journal.to_string())
        })
    };
    let journal = |text: Result<String, StoreError>| JournalId::parse(&text.unwrap()).unwrap();
    let (child, ward) = (journal(open(3, helsingor()).await), journal(open(4, helsingor()).await));
    let (elsewhere, stranger) = (journal(open(3, randers()).await), journal(open(5, helsingor()).await));
    write(&store, |tx| {
        let fact = CustodyFact {
            holder: person_id(1),
            child: person_id(3),
            from: None,
            last_day: None,
            withheld: false,
            asked_at: NOW,
        };
        custody::replace(tx, person_id(1), &[fact])?;
        let guardian = Guardianship {
            guardian: person_id(1),
            ward: person_id(4),
            scope: GuardianshipScope::ALL[0],
            from: Date::constant(2020, 1, 1),
            last_day: None,
        };
        facts::keep_guardianship(tx, &guardian)
    })
    .await
    .unwrap();
    let near = |who, place| {
        read(&store, move |tx| {
            let mut near = reach::journals(tx, who, place)?;
            near.sort();
            Ok(near)
        })
    };
    let mut expected = vec![own, child, ward];
    expected.sort();
    assert_eq!(near(person_id(1), helsingor()).await, expected);
    assert_eq!(near(person_id(1), randers()).await, [elsewhere]);
    assert_eq!(near(person_id(5), helsingor()).await, [stranger]);
    assert_eq!(near(person_id(2), helsingor()).await, []);
}

#[both]
async fn a_delivery_is_known_by_its_key_its_sender_and_its_bytes(store: TestStore) {
    let (place, bytes) = (helsingor(), [7; 32]);
    write(&store, move |tx| deliveries::remember(tx, place, "nexus", "k1", (&bytes, "taken"))).await.unwrap();
    for (municipality, sender, key, content, expected) in [
        (helsingor(), "nexus", "k1", [7; 32], Known::Same("taken".to_owned())),
        (helsingor(), "nexus", "k1", [8; 32], Known::Other),
        (helsingor(), "nexus", "k2", [7; 32], Known::New),
        (helsingor(), "columna", "k1", [7; 32], Known::New),
        (randers(), "nexus", "k1", [7; 32], Known::New),
    ] {
        let known = read(&store, move |tx| deliveries::known(tx, municipality, sender, key, &content)).await;
        assert_eq!(known, expected, "{municipality} {sender} {key}");
    }
    assert!(!store.clear_text().contains("k1"), "keys may be anything, also a number of a person");
}

#[both]
async fn an_assertion_is_used_once_by_each_client_until_it_is_swept(store: TestStore) {
    let used = |client: &'static str, jti: &'static str, minutes: i64| {
        write(&store, move |tx| system_clients::use_assertion(tx, client, jti, NOW.plus_minutes(minutes)))
    };
    assert!(used("nexus", "a", 5).await.unwrap());
    assert!(!used("nexus", "a", 500).await.unwrap(), "a longer life does not make it new");
    assert!(used("columna", "a", 5).await.unwrap());
    assert!(used("nexus", "b", -5).await.unwrap());
    let sweep = |minutes| {
        let (id, later) = (store.errand_id(NOW).unwrap(), NOW.plus_minutes(minutes));
        store.write::<_, StoreError, _>(later, id, system_clients::sweep)
    };
    assert_eq!(sweep(0).await.unwrap(), 1, "what has ended");
    assert!(!used("nexus", "a", 5).await.unwrap(), "what has not ended stays used");
    assert_eq!(sweep(6).await.unwrap(), 2);
    assert_eq!(store.rows()["client_assertion"], 0);
}

#[both]
async fn new_keys_of_a_system_leave_what_it_may_as_it_was(store: TestStore) {
    let client = |jwks: &str, scopes: Option<&str>| Client {
        id: "nexus".to_owned(),
        municipality: helsingor(),
        jwks: jwks.to_owned(),
        scopes: scopes.map(str::to_owned),
    };
    let steps = [
        (client("1", None), None),
        (client("2", Some("mandates.lookup")), Some("mandates.lookup")),
        (client("3", None), Some("mandates.lookup")),
        (client("3", Some("system/*.cruds")), Some("system/*.cruds")),
    ];
    for (said, scopes) in steps {
        let kept = said.clone();
        write(&store, move |tx| system_clients::register(tx, &kept)).await.unwrap();
        let found = read(&store, |tx| system_clients::client(tx, "nexus")).await.unwrap();
        assert_eq!((found.jwks.as_str(), found.scopes.as_deref()), (said.jwks.as_str(), scopes));
    }
    assert_eq!(read(&store, |tx| system_clients::client(tx, "NEXUS")).await, None);
}

#[both]
async fn a_person_is_written_to_in_what_they_chose_last_and_nobody_else_is(store: TestStore) {
    let (one, other) = (person_id(41), person_id(42));
    let kept = async |whom| read(&store, move |tx| people::language(tx, whom)).await;
    assert_eq!(kept(one).await, None, "nobody chose");
    for language in [Language::English, Language::English, Language::Danish] {
        write(&store, move |tx| people::keep_language(tx, one, language)).await.unwrap();
        assert_eq!((kept(one).await, kept(other).await), (Some(language), None));
    }
    store.tamper("UPDATE person_language SET language = 'xx'");
    let read = store.read::<_, StoreError, _>(NOW, move |tx| people::language(tx, one)).await;
    assert!(read.unwrap_err().to_string().contains("person_language"), "a language nobody speaks is damage");
}

#[both]
async fn a_session_without_a_municipality_comes_back_as_one(store: TestStore) {
    let places = [None, MunicipalityCode::parse("0217"), MunicipalityCode::parse("0730")];
    for (number, municipality) in (1..).zip(places) {
        let (hash, state) = ([number; 32], [100 + number; 32]);
        let kept = Session { municipality, ..session(person_id(41), NOW) };
        let attempt = LoginAttempt {
            browser_hash: [7; 32],
            secret: "nonce".to_owned(),
            role: kept.role,
            municipality,
            back_to: "/fuldmagter".to_owned(),
            stepping_up: None,
            started_at: NOW,
        };
        let (open, login) = (kept.clone(), attempt.clone());
        let begin = move |tx: &Tx<'_>| {
            sessions::open(tx, &hash, &open)?;
            sessions::start_login(tx, &state, &login)
        };
        write(&store, begin).await.unwrap();
        let found = read(&store, move |tx| sessions::session(tx, &hash)).await.unwrap();
        assert_eq!(found.0, kept);
        let taken = move |tx: &Tx<'_>| Ok(sessions::take_login(tx, &state)? == Some(attempt.clone()));
        assert!(write(&store, taken).await.unwrap());
    }
    store.tamper("UPDATE session SET municipality = 9999");
    let read = store.read::<_, StoreError, _>(NOW, |tx| sessions::session(tx, &[2; 32])).await;
    assert!(read.is_err(), "a municipality that does not exist is damage, not nothing");
}
