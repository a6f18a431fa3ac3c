//! Lists that were read a moment ago, on both engines: whatever is done to a journal, a node that remembers shows what a
//! node that was started this moment shows, and what is remembered is nobody else's.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::time::{Date, Timestamp};
use borgerportal_store::documents::{self, Labelled, Window};
use borgerportal_store::items::{self, ALWAYS, Place};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::tx::Tx;
use borgerportal_store::{Store, StoreError, deletions, record};
use common::*;
use proptest::prelude::*;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const TOP: Window =
    Window { from: Place::TOP, oldest: Timestamp::from_millis(i64::MIN), newer: false, limit: 41 };
const SCAN: &str = "documents/older";

/// Titles of a window, and whether rows were fetched for them.
async fn look(
    store: &Store,
    (journal, reader): (JournalId, u8),
    (now, window): (Timestamp, Window),
    keep: impl Fn(&Labelled) -> bool + Send + Sync + Copy + 'static,
) -> (Vec<String>, bool) {
    store
        .read::<_, StoreError, _>(now, move |tx| {
            let access = grant(tx, journal, person_id(reader))?;
            let rows = documents::list(tx, &access, &window, &keep)?;
            Ok((rows.iter().map(|row| row.head.title.clone()).collect(), tx.statements().contains(&SCAN)))
        })
        .await
        .unwrap()
}

/// Titles of a stretch of a room, and whether rows were fetched for them.
async fn look_around(
    store: &Store,
    (journal, reader): (JournalId, u8),
    times: RangeInclusive<Timestamp>,
    keep: impl Fn(&items::Labelled) -> bool + Send + Sync + Copy + 'static,
) -> (Vec<String>, bool) {
    store
        .read::<_, StoreError, _>(NOW, move |tx| {
            let access = grant(tx, journal, person_id(reader))?;
            let around = ("documents", times.clone());
            let rows = items::list(tx, &access, around, &keep, |_, head| documents::title(head))?;
            let titles = rows.iter().map(|(_, title)| String::clone(title)).collect();
            Ok((titles, tx.statements().contains(&"items/list")))
        })
        .await
        .unwrap()
}

async fn change(
    store: &Store,
    work: impl Fn(&Tx<'_>, &record::Writing) -> Result<(), StoreError> + Send + Sync + 'static,
) {
    let id = store.errand_id(NOW).unwrap();
    let errand = move |tx: &Tx<'_>| work(tx, &record::open(tx, helsingor(), person_id(1), &[9; 32])?);
    store.write::<_, StoreError, _>(NOW, id, errand).await.unwrap();
}

#[both]
async fn the_second_look_fetches_no_rows_and_shows_the_same(store: TestStore) {
    let journal = set_up(&store, 60).await;
    let first = look(&store, (journal, 1), (NOW, TOP), |_| true).await;
    let second = look(&store, (journal, 1), (NOW, TOP), |_| true).await;
    assert_eq!((first.0.len(), first.1, second.1), (41, true, false));
    assert_eq!(first.0, second.0);
    let newest = Window { limit: 4, ..TOP };
    assert_eq!(look(&store, (journal, 1), (NOW, newest), |_| true).await, (first.0[..4].to_vec(), false));
    let longer = Window { limit: 50, ..TOP };
    assert!(look(&store, (journal, 1), (NOW, longer), |_| true).await.1, "more is wanted than was read");
    let below = Window { from: Place { sort_at: NOW.plus_days(-280), id: item_id(20) }, ..TOP };
    assert!(look(&store, (journal, 1), (NOW, below), |_| true).await.1, "only the top is remembered");
}

#[both]
async fn another_reader_and_a_later_hour_read_for_themselves(store: TestStore) {
    let journal = set_up(&store, 5).await;
    look(&store, (journal, 1), (NOW, TOP), |_| true).await;
    assert!(look(&store, (journal, 2), (NOW, TOP), |_| true).await.1);
    assert!(!look(&store, (journal, 1), (NOW.plus_minutes(4), TOP), |_| true).await.1);
    assert!(look(&store, (journal, 1), (NOW.plus_minutes(5), TOP), |_| true).await.1);
    assert!(look(&store, (journal, 1), (NOW.plus_minutes(-1), TOP), |_| true).await.1, "a clock set back");
    store.forget_old_lists(NOW.plus_minutes(60));
    assert!(look(&store, (journal, 1), (NOW, TOP), |_| true).await.1, "swept");
}

#[both]
async fn what_the_rule_drops_now_is_not_shown_and_what_it_dropped_then_is_opened(store: TestStore) {
    let journal = set_up(&store, 6).await;
    let even = |one: &Labelled| one.place.id.into_bytes()[0].is_multiple_of(2);
    let all = look(&store, (journal, 1), (NOW, TOP), |_| true).await.0;
    let (some, fetched) = look(&store, (journal, 1), (NOW, TOP), even).await;
    assert_eq!((all.len(), some.len(), fetched), (6, 3, false));
    look(&store, (journal, 2), (NOW, TOP), even).await;
    assert_eq!(
        look(&store, (journal, 2), (NOW, TOP), |_| true).await,
        (all, true),
        "a head that was not opened"
    );
}

#[both]
async fn a_room_is_fetched_once_for_each_reader_and_a_part_of_it_is_found_in_the_whole(store: TestStore) {
    let journal = set_up(&store, 60).await;
    let all = look_around(&store, (journal, 1), ALWAYS, |_| true).await;
    assert_eq!((all.0.len(), all.1), (60, true));
    assert_eq!(look_around(&store, (journal, 1), ALWAYS, |_| true).await, (all.0.clone(), false));
    let part = NOW.plus_days(10 - 300)..=NOW.plus_days(19 - 300);
    let (some, fetched) = look_around(&store, (journal, 1), part.clone(), |_| true).await;
    assert_eq!((some.as_slice(), fetched), (&all.0[40..50], false));
    assert!(look_around(&store, (journal, 2), part, |_| true).await.1, "another reader");
    assert!(look_around(&store, (journal, 2), ALWAYS, |_| true).await.1, "the rest was not read yet");
}

#[both]
async fn what_the_rule_drops_in_a_room_now_and_what_it_dropped_then(store: TestStore) {
    let journal = set_up(&store, 6).await;
    let even = |one: &items::Labelled| one.place.id.into_bytes()[0].is_multiple_of(2);
    let all = look_around(&store, (journal, 1), ALWAYS, |_| true).await.0;
    let (some, fetched) = look_around(&store, (journal, 1), ALWAYS, even).await;
    assert_eq!((all.len(), some.len(), fetched), (6, 3, false));
    look_around(&store, (journal, 2), ALWAYS, even).await;
    assert_eq!(look_around(&store, (journal, 2), ALWAYS, |_| true).await, (all, true), "one that was shut");
}

#[both]
async fn what_is_put_together_of_a_room_is_put_together_anew_when_an_item_comes_or_goes(store: TestStore) {
    let journal = set_up(&store, 6).await;
    let made = Arc::new(AtomicUsize::new(0));
    let look = async |reader, every: u8| {
        let made = Arc::clone(&made);
        let read = move |tx: &Tx<'_>| {
            let access = grant(tx, journal, person_id(reader))?;
            let keep = |one: &items::Labelled| one.place.id.into_bytes()[0].is_multiple_of(every);
            let title = |_: &items::Labelled, head: &[u8]| documents::title(head);
            let joined = |all: &[(_, Arc<String>)]| {
                made.fetch_add(1, Ordering::Relaxed);
                all.iter().map(|(_, title)| title.as_str()).collect::<Vec<_>>().join(" ")
            };
            let (all, titles) = items::together(tx, &access, "documents", &keep, title, joined)?;
            assert_eq!(all.len(), titles.matches("nummer").count());
            Ok(String::clone(&titles))
        };
        store.read::<_, StoreError, _>(NOW, read).await.unwrap()
    };
    let times = || made.load(Ordering::Relaxed);
    let all = look(1, 1).await;
    assert_eq!((look(1, 1).await, times()), (all.clone(), 1));
    let fewer = look(1, 2).await;
    assert!(fewer.len() < all.len() && times() == 2, "{fewer} of {all}");
    assert_eq!((look(1, 1).await, times()), (all.clone(), 3));
    assert_eq!((look(2, 1).await, times()), (all, 4), "another reader");
}

#[both]
async fn a_period_ends_the_list_where_it_ends(store: TestStore) {
    let journal = set_up(&store, 30).await;
    let recent = Window { oldest: NOW.plus_days(10 - 300), ..TOP };
    let (cold, _) = look(&store, (journal, 1), (NOW, recent), |_| true).await;
    assert_eq!(cold.len(), 20);
    assert!(look(&store, (journal, 1), (NOW, TOP), |_| true).await.1, "the rest was not read yet");
    assert_eq!(look(&store, (journal, 1), (NOW, recent), |_| true).await, (cold, false));
}

#[both]
async fn an_errand_sees_its_own_changes_and_leaves_none_behind_when_it_is_refused(store: TestStore) {
    let journal = set_up(&store, 3).await;
    let before = look(&store, (journal, 1), (NOW, TOP), |_| true).await.0;
    let id = store.errand_id(NOW).unwrap();
    let errand = move |tx: &Tx<'_>| {
        let access = grant(tx, journal, person_id(1))?;
        let writing = record::open(tx, helsingor(), person_id(1), &[9; 32])?;
        put_letter(tx, &writing, 9, "Brev der ikke bliver til noget")?;
        assert_eq!(documents::list(tx, &access, &TOP, &|_| true)?.len(), 4, "its own letter");
        Err::<(), _>(StoreError::Keys("refused"))
    };
    assert!(store.write(NOW, id, errand).await.is_err());
    assert_eq!(look(&store, (journal, 1), (NOW, TOP), |_| true).await.0, before);
}

/// Something that happens to a journal.
#[derive(Debug, Clone)]
enum Event {
    Put(u8, u8),
    Move(u8, u8),
    Clear(u8, bool),
    Delete(u8),
    DeleteAgain,
    Look,
}

fn event() -> impl Strategy<Value = Event> {
    let number = 0..8_u8;
    prop_oneof![
        (number.clone(), any::<u8>()).prop_map(|(number, day)| Event::Put(number, day)),
        (number.clone(), any::<u8>()).prop_map(|(number, day)| Event::Move(number, day)),
        (number.clone(), any::<bool>()).prop_map(|(number, keep)| Event::Clear(number, keep)),
        number.prop_map(Event::Delete),
        Just(Event::DeleteAgain),
        Just(Event::Look),
    ]
}

fn happen(tx: &Tx<'_>, writing: &record::Writing, event: &Event) -> Result<(), StoreError> {
    let day = |day: u8| NOW.plus_days(i64::from(day) - 300);
    match *event {
        Event::Put(number, at) => {
            put_letter_at(tx, writing, (number, day(at)), &format!("Brev {number} af {at}"))
        }
        Event::Move(number, at) => writing.move_to(tx, item_id(number), day(at), Date::constant(2026, 10, 2)),
        Event::Clear(number, keep) => writing.clear(tx, item_id(number), keep),
        Event::Delete(number) => writing.delete(tx, item_id(number), "test"),
        Event::DeleteAgain => {
            deletions::all(tx)?.iter().try_for_each(|one| deletions::apply(tx, one).map(|_| ()))
        }
        Event::Look => Ok(()),
    }
}

/// Each event in turn; after each, the node that remembers and a node that was just started look at the same list.
async fn live(store: TestStore, events: Vec<Event>) {
    let journal = set_up(&store, 4).await;
    for event in events {
        look(&store, (journal, 1), (NOW, TOP), |_| true).await;
        look_around(&store, (journal, 1), ALWAYS, |_| true).await;
        let told = event.clone();
        change(&store, move |tx, writing| happen(tx, writing, &told)).await;
        let fresh = store.another_node("fresh");
        let (cold, _) = look(&fresh, (journal, 1), (NOW, TOP), |_| true).await;
        let (warm, _) = look(&store, (journal, 1), (NOW, TOP), |_| true).await;
        assert_eq!(warm, cold, "after {event:?}");
        let (cold, _) = look_around(&fresh, (journal, 1), ALWAYS, |_| true).await;
        let (warm, _) = look_around(&store, (journal, 1), ALWAYS, |_| true).await;
        assert_eq!(warm, cold, "the room after {event:?}");
    }
}

fn some_lives(cases: u32) -> Vec<Vec<Event>> {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let life = prop::collection::vec(event(), 1..12);
    (0..cases).map(|_| life.new_tree(&mut runner).unwrap().current()).collect()
}

#[both]
async fn a_node_that_remembers_shows_what_a_fresh_one_shows_whatever_happens_to_the_journal(
    store: TestStore,
) {
    for events in some_lives(6) {
        live(store.another(), events).await;
    }
}

#[both]
async fn what_another_node_changes_is_seen_at_once(store: TestStore) {
    let journal = set_up(&store, 4).await;
    let other = store.another_node("other");
    look(&store, (journal, 1), (NOW, TOP), |_| true).await;
    change(&other, |tx, writing| put_letter(tx, writing, 50, "Fra den anden")).await;
    assert_eq!(look(&store, (journal, 1), (NOW, TOP), |_| true).await.0[0], "Fra den anden");
}
