//! The record, people, sessions and mandates on both engines.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_domain::access::{Claim, Level, PrivilegeSet};
use borgerportal_domain::ids::{ErrandId, JournalId};
use borgerportal_domain::mandates::Status;
use borgerportal_domain::time::Timestamp;
use borgerportal_store::documents::{self, Window};
use borgerportal_store::facts::{self, Asked};
use borgerportal_store::items::{self, Place};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::tx::Tx;
use borgerportal_store::{StoreError, custody, mandates, people, record, sessions};
use common::*;

const ALL: Window = Window { from: Place::TOP, oldest: Timestamp::from_millis(0), newer: false, limit: 500 };

#[both]
async fn a_person_comes_back_as_saved_and_is_found_by_number(store: TestStore) {
    set_up(&store, 0).await;
    let found = store
        .read::<_, StoreError, _>(NOW, |tx| {
            let id = people::by_cpr(tx, &person(1).cpr)?.unwrap();
            people::person(tx, id)
        })
        .await
        .unwrap();
    assert!(found == Some(person(1)));
    let nobody = store.read::<_, StoreError, _>(NOW, |tx| people::by_cpr(tx, &person(9).cpr)).await;
    assert_eq!(nobody.unwrap(), None);
}

#[both]
async fn documents_are_listed_newest_first_and_page_by_page(store: TestStore) {
    let journal = set_up(&store, 150).await;
    let (all, first, second, back) = store
        .read::<_, StoreError, _>(NOW, move |tx| {
            let access = grant(tx, journal, person_id(1))?;
            let page = |from, newer| {
                documents::list(tx, &access, &Window { from, newer, limit: 70, ..ALL }, &|_| true)
            };
            let all = documents::list(tx, &access, &ALL, &|_| true)?;
            let first = page(Place::TOP, false)?;
            let second = page(first.last().unwrap().labelled.place, false)?;
            let back = page(second.first().unwrap().labelled.place, true)?;
            Ok((all, first, second, back))
        })
        .await
        .unwrap();
    assert_eq!(all.len(), 150);
    assert!(all.is_sorted_by(|a, b| a.labelled.place > b.labelled.place));
    assert_eq!(all.first().unwrap().head.title, "Brev nummer 149");
    assert_eq!([&first[..], &second[..]].concat(), all[..140]);
    assert_eq!(back, first, "paging back shows the same page");
}

#[both]
async fn what_the_rule_drops_never_fills_a_page(store: TestStore) {
    let journal = set_up(&store, 200).await;
    let odd = store
        .read::<_, StoreError, _>(NOW, move |tx| {
            let access = grant(tx, journal, person_id(1))?;
            let keep = |one: &documents::Labelled| one.place.id.into_bytes()[0] % 2 == 1;
            documents::list(tx, &access, &Window { limit: 80, ..ALL }, &keep)
        })
        .await
        .unwrap();
    assert_eq!(odd.len(), 80);
    assert!(odd.iter().all(|one| one.labelled.place.id.into_bytes()[0] % 2 == 1));
}

#[both]
async fn a_document_opens_with_its_body_and_a_dropped_one_looks_like_none(store: TestStore) {
    let journal = set_up(&store, 3).await;
    let (body, dropped, missing) = store
        .read::<_, StoreError, _>(NOW, move |tx| {
            let access = grant(tx, journal, person_id(1))?;
            let open = |number, keep| documents::document(tx, &access, item_id(number), &move |_| keep);
            let body = open(1, true)?.map(|opened| opened.body.to_vec());
            Ok((body, open(1, false)?.is_none(), open(77, true)?.is_none()))
        })
        .await
        .unwrap();
    assert_eq!(body.as_deref(), Some(&b"Brev nummer 1"[..]));
    assert!(dropped && missing);
}

#[both]
async fn a_search_finds_places_and_marks_stay_with_their_reader(store: TestStore) {
    let journal = set_up(&store, 20).await;
    let places = store
        .read_heavy::<_, StoreError, _>(NOW, move |tx| {
            let access = grant(tx, journal, person_id(1))?;
            let places =
                documents::search(tx, &access, NOW.plus_days(-1000), &|words| words.ends_with(" 7"))?;
            items::mark_read(tx, &access, documents::KIND, places[0]);
            Ok(places)
        })
        .await
        .unwrap();
    assert_eq!(places, [Place { sort_at: NOW.plus_days(7 - 300), id: item_id(7) }]);
    for (reader, expected) in [(1, 1), (2, 0)] {
        let marks = store
            .read::<_, StoreError, _>(NOW, move |tx| {
                let access = grant(tx, journal, person_id(reader))?;
                items::read_marks(tx, &access, documents::KIND, NOW.plus_days(-1000)..=NOW)
            })
            .await
            .unwrap();
        assert_eq!(marks.len(), expected, "marks of reader {reader}");
    }
}

#[both]
async fn a_new_version_moves_the_row_and_keeps_the_old_one(store: TestStore) {
    let journal = set_up(&store, 2).await;
    let id = store.errand_id(NOW).unwrap();
    store
        .write::<_, StoreError, _>(NOW, id, |tx| {
            let writing = record::open(tx, helsingor(), person_id(1), &[9; 32])?;
            put_letter(tx, &writing, 1, "Rettet brev")?;
            writing.clear(tx, item_id(0), true)
        })
        .await
        .unwrap();
    let titles = store
        .read::<_, StoreError, _>(NOW, move |tx| {
            let access = grant(tx, journal, person_id(1))?;
            let listed = documents::list(tx, &access, &ALL, &|_| true)?;
            let found = documents::search(tx, &access, NOW.plus_days(-1000), &|_| true)?;
            assert_eq!(found.len(), listed.len(), "a withdrawn letter is not found either");
            Ok(listed.into_iter().map(|one| one.head.title.clone()).collect::<Vec<_>>())
        })
        .await
        .unwrap();
    assert_eq!(titles, ["Rettet brev"]);
}

#[both]
async fn facts_are_fresh_in_every_transaction(store: TestStore) {
    let journal = set_up(&store, 0).await;
    let id = store.errand_id(NOW).unwrap();
    store.write::<_, StoreError, _>(NOW, id, |tx| mandates::sign(tx, &mandate(5, 1, 2), None)).await.unwrap();
    let ask = move || {
        let store = store.clone();
        async move {
            let loaded = store.read::<_, StoreError, _>(NOW, move |tx| {
                match facts::load(tx, journal, person_id(2))? {
                    Asked::Found(loaded) => Ok(loaded.facts.mandates),
                    Asked::Nothing => Ok(Vec::new()),
                }
            });
            (loaded.await.unwrap(), store)
        }
    };
    let (signed, store) = ask().await;
    assert_eq!(signed, [mandate(5, 1, 2)]);
    let id = store.errand_id(NOW).unwrap();
    let withdrawn = Status::Withdrawn { at: NOW };
    let changed = store
        .write::<_, StoreError, _>(NOW, id, move |tx| {
            mandates::set_status(tx, mandate(5, 1, 2).id, &withdrawn, person_id(1))
        })
        .await
        .unwrap();
    assert_eq!(changed, 1);
    let (after, _) = ask().await;
    assert_eq!(after[0].items[0].status, withdrawn);
}

#[both]
async fn nobody_learns_from_the_facts_that_a_journal_exists(store: TestStore) {
    set_up(&store, 0).await;
    let nothing = store
        .read::<_, StoreError, _>(NOW, |tx| {
            Ok(matches!(facts::load(tx, JournalId::from_bytes([77; 16]), person_id(2))?, Asked::Nothing))
        })
        .await
        .unwrap();
    assert!(nothing);
}

#[both]
async fn what_the_national_service_said_lies_sealed_in_its_session_until_the_next_log_in(store: TestStore) {
    set_up(&store, 0).await;
    let claim = |giver, privileges| Claim {
        giver: person_id(giver),
        municipality: helsingor(),
        privileges,
        asserted_at: NOW,
    };
    let said = vec![claim(2, PrivilegeSet::all()), claim(3, PrivilegeSet::all_reading())];
    let (hash, other) = ([8; 32], [9; 32]);
    let keep = said.clone();
    let write = move |tx: &Tx<'_>| {
        sessions::open(tx, &hash, &session(person_id(1), NOW))?;
        sessions::open(tx, &other, &session(person_id(1), NOW))?;
        sessions::keep_claims(tx, &hash, &keep)
    };
    store.write::<_, StoreError, _>(NOW, store.errand_id(NOW).unwrap(), write).await.unwrap();
    let read = async |hash: [u8; 32]| {
        let of = move |tx: &Tx<'_>| sessions::session(tx, &hash);
        store.read::<_, StoreError, _>(NOW, of).await
    };
    assert_eq!(read(hash).await.unwrap().unwrap().1, said);
    assert_eq!(read(other).await.unwrap().unwrap().1, [], "the same person elsewhere");
    let moved = "UPDATE session SET claims = (SELECT claims FROM session s WHERE s.claims IS NOT NULL)";
    store.tamper(moved);
    assert!(read(other).await.is_err(), "sealed for its own row");
    let later = NOW.plus_minutes(20);
    let confirm = move |tx: &Tx<'_>| {
        let said = [claim(3, PrivilegeSet::all())];
        assert!(sessions::confirm(tx, &hash, (Level::High, later), &said)?);
        sessions::confirm(tx, &other, (Level::High, later), &[])
    };
    store.write::<_, StoreError, _>(later, store.errand_id(NOW).unwrap(), confirm).await.unwrap();
    let (now, claims) = read(hash).await.unwrap().unwrap();
    let expected = Claim { asserted_at: later, ..claim(3, PrivilegeSet::all()) };
    assert_eq!((now.level, claims), (Level::High, vec![expected]), "counted from the later log-in");
    assert_eq!(read(other).await.unwrap().unwrap().1, [], "nothing said is nothing kept");
}

#[both]
async fn a_session_opens_is_touched_by_the_minute_and_closes(store: TestStore) {
    set_up(&store, 0).await;
    let (hash, opened) = ([8; 32], session(person_id(1), NOW));
    let id = store.errand_id(NOW).unwrap();
    let kept = opened.clone();
    store.write::<_, StoreError, _>(NOW, id, move |tx| sessions::open(tx, &hash, &kept)).await.unwrap();
    for (minutes, seen) in [(0, 0), (1, 1), (2, 2)] {
        let now = NOW.plus_minutes(minutes);
        let found = store
            .read::<_, StoreError, _>(now, move |tx| {
                let (found, _) = sessions::session(tx, &hash)?.unwrap();
                sessions::touch(tx, &hash, &found);
                Ok(found)
            })
            .await
            .unwrap();
        assert_eq!(found.person, opened.person);
        let found =
            store.read::<_, StoreError, _>(now, move |tx| sessions::session(tx, &hash)).await.unwrap();
        assert_eq!(found.unwrap().0.seen_at, NOW.plus_minutes(seen));
    }
    let id = store.errand_id(NOW).unwrap();
    assert!(store.write::<_, StoreError, _>(NOW, id, move |tx| sessions::close(tx, &hash)).await.unwrap());
    let gone = store.read::<_, StoreError, _>(NOW, move |tx| sessions::session(tx, &hash)).await.unwrap();
    assert_eq!(gone, None);
}

#[both]
async fn custody_is_replaced_as_a_whole(store: TestStore) {
    set_up(&store, 0).await;
    let fact = |child| borgerportal_domain::access::CustodyFact {
        holder: person_id(1),
        child: person_id(child),
        from: None,
        last_day: None,
        withheld: false,
        asked_at: NOW,
    };
    for children in [vec![fact(2), fact(3)], vec![fact(3)]] {
        let id = store.errand_id(NOW).unwrap();
        let told = children.clone();
        store
            .write::<_, StoreError, _>(NOW, id, move |tx| custody::replace(tx, person_id(1), &told))
            .await
            .unwrap();
        let known = store.read::<_, StoreError, _>(NOW, |tx| custody::of(tx, person_id(1))).await.unwrap();
        assert_eq!(known, children);
    }
}

#[both]
async fn the_same_errand_id_is_answered_and_not_done_again(store: TestStore) {
    set_up(&store, 0).await;
    let id = ErrandId::from_bytes([4; 16]);
    let mut answers = Vec::new();
    for _ in 0..2 {
        let answer = store
            .write::<_, StoreError, _>(NOW, id, |tx| {
                mandates::sign(tx, &mandate(5, 1, 2), None)?;
                Ok(tx.mint().to_string())
            })
            .await;
        answers.push(answer.unwrap());
    }
    assert_eq!(answers[0], answers[1], "the second call got the first one's answer");
}
