//! The second half of a search: from the places that were found to the page of hits that is shown.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_domain::access_log::LogLine;
use borgerportal_domain::ids::{ItemId, LogId};
use borgerportal_store::StoreError;
use borgerportal_store::documents::{self, Labelled};
use borgerportal_store::items::Place;
use borgerportal_store::record;
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::tx::Tx;
use common::{grant, helsingor, item_id, person_id, put_letter_at, set_up};
use std::ops::Range;

/// Where `set_up` puts a letter.
fn place(number: u8) -> Place {
    Place { sort_at: NOW.plus_days(i64::from(number) - 300), id: item_id(number) }
}

/// Numbers of the letters shown, what their bodies say, and how many there are in all.
async fn hits(
    store: &TestStore,
    places: Vec<Place>,
    window: Range<usize>,
    keep: fn(&Labelled) -> bool,
) -> (Vec<ItemId>, Vec<String>, usize) {
    let journal = set_up(store, 30).await;
    let read = move |tx: &Tx<'_>| {
        let access = grant(tx, journal, person_id(1))?;
        let (hits, total) = documents::hits(tx, &access, &places, window.clone(), &keep)?;
        for hit in &hits {
            assert_eq!(hit.listed.head.title.as_bytes(), &hit.body[..], "head and body are of one letter");
        }
        let bodies = hits.iter().map(|hit| String::from_utf8(hit.body.to_vec()).unwrap()).collect();
        Ok((hits.iter().map(|hit| hit.listed.head.id).collect(), bodies, total))
    };
    store.read_heavy::<_, StoreError, _>(NOW, read).await.unwrap()
}

fn ids(numbers: &[u8]) -> Vec<ItemId> {
    numbers.iter().map(|number| item_id(*number)).collect()
}

#[both]
async fn hits_are_counted_all_and_opened_for_the_page_alone(store: TestStore) {
    let places = (0..30).rev().step_by(3).map(place).collect();
    let (shown, bodies, total) = hits(&store, places, 3..6, |_| true).await;
    assert_eq!((shown, total), (ids(&[20, 17, 14]), 10));
    assert_eq!(bodies, ["Brev nummer 20", "Brev nummer 17", "Brev nummer 14"]);
}

#[both]
async fn what_may_not_be_seen_is_neither_shown_nor_counted(store: TestStore) {
    let places = (0..30).rev().map(place).collect();
    let even = |one: &Labelled| (one.place.id.into_bytes()[0] - 100).is_multiple_of(2);
    let (shown, _, total) = hits(&store, places, 0..2, even).await;
    assert_eq!((shown, total), (ids(&[28, 26]), 15));
}

#[both]
async fn a_place_that_is_no_more_is_no_hit(store: TestStore) {
    // Of the same instant as letter 9, before and after it; and one that lies between two letters.
    let near = |id: [u8; 16]| Place { id: ItemId::from_bytes(id), ..place(9) };
    let between = Place { sort_at: place(5).sort_at.plus_minutes(7), id: item_id(200) };
    let places = vec![place(12), near([0xff; 16]), place(9), near([0; 16]), between, place(5)];
    let (shown, _, total) = hits(&store, places, 0..10, |_| true).await;
    assert_eq!((shown, total), (ids(&[12, 9, 5]), 3));
}

#[both]
async fn nothing_found_and_a_page_past_the_end_show_nothing(store: TestStore) {
    assert_eq!(hits(&store, Vec::new(), 0..10, |_| true).await, (Vec::new(), Vec::new(), 0));
}

#[both]
async fn a_page_past_the_end_still_knows_how_many_there_are(store: TestStore) {
    let places = (0..7).rev().map(place).collect();
    assert_eq!(hits(&store, places, 10..20, |_| true).await, (Vec::new(), Vec::new(), 7));
}

#[both]
async fn two_letters_of_one_instant_are_two_hits(store: TestStore) {
    let journal = set_up(&store, 1).await;
    let id = store.errand_id(NOW).unwrap();
    store
        .write::<_, StoreError, _>(NOW, id, |tx| {
            let writing = record::open(tx, helsingor(), person_id(1), &[9; 32])?;
            put_letter_at(tx, &writing, (100, place(0).sort_at), "Det andet brev")
        })
        .await
        .unwrap();
    let read = move |tx: &Tx<'_>| {
        let access = grant(tx, journal, person_id(1))?;
        let found = documents::search(tx, &access, NOW.plus_days(-1000), &|_| true)?;
        Ok(documents::hits(tx, &access, &found, 0..10, &|_| true)?.1)
    };
    assert_eq!(store.read_heavy::<_, StoreError, _>(NOW, read).await.unwrap(), 2);
}

/// Reads the log of journal 1 on behalf of `reader`, so many lines before a line.
async fn page(
    store: &TestStore,
    actor: Option<u8>,
    before: Option<LogId>,
    journal: borgerportal_domain::ids::JournalId,
) -> Vec<LogLine> {
    let read = move |tx: &Tx<'_>| {
        let access = grant(tx, journal, person_id(1))?;
        borgerportal_store::access_log::page(tx, &access, actor.map(person_id), before, 4)
    };
    store.read::<_, StoreError, _>(NOW, read).await.unwrap()
}

#[both]
async fn a_helpers_page_of_the_log_is_full_of_their_own_lines(store: TestStore) {
    let journal = set_up(&store, 0).await;
    for number in 0..12_u8 {
        // Every third look is the helper's.
        let reader = if number.is_multiple_of(3) { 2 } else { 1 };
        let look = move |tx: &Tx<'_>| grant(tx, journal, person_id(reader)).map(|_| ());
        store.read::<_, StoreError, _>(NOW.plus_minutes(i64::from(number)), look).await.unwrap();
    }
    let own = page(&store, Some(2), None, journal).await;
    assert_eq!(own.len(), 4);
    assert!(own.iter().all(|line| line.actor == person_id(2)));
    assert!(own.is_sorted_by(|newer, older| newer.id > older.id));
    let older = page(&store, Some(2), Some(own[1].id), journal).await;
    assert_eq!(older, own[2..], "paging goes on where it was");
    let all = page(&store, None, None, journal).await;
    assert!(all.iter().any(|line| line.actor == person_id(1)), "the citizen sees everybody");
}
