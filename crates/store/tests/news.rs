//! News on both engines: noted only where somebody wants to hear, taken once, one notice of each kind to a person; addresses
//! that only a code confirms.

#![expect(clippy::unwrap_used, reason = "a test stops where it is surprised")]

mod common;

use borgerportal_both::both;
use borgerportal_domain::ids::{AlertId, JournalId};
use borgerportal_domain::news::{Channel, Event, Kind, MailAddress};
use borgerportal_domain::time::Timestamp;
use borgerportal_store::news::{self, Queue};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::tx::Tx;
use borgerportal_store::{Store, record};
use common::{helsingor, item_id, person_id, read, set_up, write};

const MINUTE: i64 = 60_000;

fn address(text: &str) -> MailAddress {
    MailAddress::parse(text).unwrap()
}

async fn alert(store: &Store, at: Timestamp, channel: Channel) -> bool {
    write(store, at, move |tx| news::alert(tx, person_id(2), channel)).await
}

async fn claim(store: &Store, at: Timestamp) -> Vec<AlertId> {
    write(store, at, |tx| news::claim(tx, 10, 5 * MINUTE)).await
}

/// Where it is then, and how often it was tried.
async fn happen(store: &Store, at: Timestamp, id: AlertId, event: Event) -> Option<(String, u32)> {
    write(store, at, move |tx| {
        let after = news::happen(tx, id, event, "test")?;
        Ok(after.map(|after| (after.state.code().to_owned(), after.attempts)))
    })
    .await
}

#[both]
async fn news_is_noted_only_where_somebody_wants_to_hear_and_taken_once(store: TestStore) {
    let journal = set_up(&store, 2).await;
    let note = move |tx: &Tx<'_>| {
        news::note(tx, journal, item_id(0), NOW)?;
        // Twice in one errand is once.
        news::note(tx, journal, item_id(0), NOW)?;
        news::note(tx, journal, item_id(1), NOW.plus_minutes(1))
    };
    write(&store, NOW, note).await;
    assert_eq!(read(&store, |tx| news::due(tx, 9)).await, []);
    write(&store, NOW, move |tx| news::set_wishes(tx, person_id(2), journal, Channel::ALL)).await;
    write(&store, NOW, note).await;
    assert_eq!(read(&store, |tx| news::due(tx, 9)).await, [journal]);
    let who = read(&store, move |tx| news::wanted(tx, journal)).await;
    assert_eq!(who, [(person_id(2), Channel::Mail), (person_id(2), Channel::Sms)]);
    for taken in [vec![item_id(0)], vec![]] {
        assert_eq!(
            write(&store, NOW, move |tx| news::take(tx, journal)).await,
            taken,
            "the other is not due"
        );
    }
    let later = NOW.plus_minutes(1);
    assert_eq!(write(&store, later, move |tx| news::take(tx, journal)).await, [item_id(1)]);
}

#[both]
async fn of_an_item_there_are_the_labels_it_has_now(store: TestStore) {
    let journal = set_up(&store, 1).await;
    let came = |item| read(&store, move |tx| news::came(tx, journal, item));
    let (room, one) = came(item_id(0)).await.unwrap();
    assert_eq!((room.as_str(), one.class.as_str(), one.received_at), ("documents", "letter", NOW));
    assert!(came(item_id(7)).await.is_none());
    let elsewhere = JournalId::from_bytes([9; 16]);
    assert!(read(&store, move |tx| news::came(tx, elsewhere, item_id(0))).await.is_none());
    write(&store, NOW, |tx| {
        record::open(tx, helsingor(), person_id(1), &[9; 32])?.clear(tx, item_id(0), true)
    })
    .await;
    assert!(came(item_id(0)).await.is_none(), "it was withdrawn");
}

#[both]
async fn wishes_are_those_last_sent_for_that_journal(store: TestStore) {
    let journal = set_up(&store, 0).await;
    let other = JournalId::from_bytes([9; 16]);
    let set = |journal, channels: &'static [Channel]| {
        write(&store, NOW, move |tx| news::set_wishes(tx, person_id(2), journal, channels))
    };
    set(other, &[Channel::Sms]).await;
    set(journal, Channel::ALL).await;
    set(journal, &[Channel::Mail]).await;
    let mut wishes = read(&store, |tx| news::wishes(tx, person_id(2))).await;
    wishes.sort_by_key(|(_, channel)| *channel);
    assert_eq!(wishes, [(journal, Channel::Mail), (other, Channel::Sms)]);
    assert!(read(&store, |tx| news::wishes(tx, person_id(1))).await.is_empty());
}

#[both]
async fn who_was_told_is_not_told_again_that_day_unless_they_came(store: TestStore) {
    set_up(&store, 0).await;
    assert!(alert(&store, NOW, Channel::Mail).await);
    assert!(!alert(&store, NOW, Channel::Mail).await, "it waits");
    assert!(alert(&store, NOW, Channel::Sms).await, "the other way is another notice");
    for id in claim(&store, NOW).await {
        assert_eq!(happen(&store, NOW, id, Event::Sent).await, Some(("sent".to_owned(), 1)));
    }
    assert!(!alert(&store, NOW.plus_minutes(24 * 60 - 1), Channel::Mail).await);
    write(&store, NOW, |tx| news::came_in(tx, person_id(2))).await;
    assert!(alert(&store, NOW.plus_minutes(1), Channel::Mail).await);
    let id = claim(&store, NOW.plus_minutes(1)).await;
    assert_eq!(happen(&store, NOW, *id.first().unwrap(), Event::Sent).await.unwrap().0, "sent");
    assert!(alert(&store, NOW.plus_minutes(25 * 60), Channel::Mail).await);
}

#[both]
async fn a_worker_that_dies_leaves_it_to_the_next_under_the_same_name(store: TestStore) {
    set_up(&store, 0).await;
    alert(&store, NOW, Channel::Sms).await;
    let first = claim(&store, NOW).await;
    assert_eq!(claim(&store, NOW).await, []);
    assert_eq!(claim(&store, NOW.plus_minutes(6)).await, first);
    let id = *first.first().unwrap();
    assert_eq!((first.len(), id.uuid().get_version_num()), (1, 4));
    assert_eq!(happen(&store, NOW, id, Event::Failed).await, Some(("waiting".to_owned(), 1)));
    assert_eq!(claim(&store, NOW.plus_seconds(30)).await, [], "not so soon");
    assert_eq!(claim(&store, NOW.plus_minutes(2)).await, first, "and still the same name");
    write(&store, NOW, |tx| news::came_in(tx, person_id(2))).await;
    assert_eq!(happen(&store, NOW, id, Event::Sent).await, None, "they came before it was marked");
}

#[both]
async fn what_nobody_takes_is_given_up_and_counted(store: TestStore) {
    set_up(&store, 0).await;
    alert(&store, NOW, Channel::Sms).await;
    let id = *claim(&store, NOW).await.first().unwrap();
    let waiting = Queue { waiting: 1, oldest: Some(NOW), given_up: 0 };
    assert_eq!(read(&store, news::queue).await, waiting);
    for _ in 0..borgerportal_domain::news::MOST_ATTEMPTS {
        happen(&store, NOW, id, Event::Failed).await;
    }
    assert_eq!(read(&store, news::queue).await, Queue { waiting: 0, oldest: None, given_up: 1 });
    assert!(alert(&store, NOW, Channel::Sms).await, "what never arrived holds nothing up");
}

#[both]
async fn an_address_counts_when_its_code_was_typed_and_is_sealed(store: TestStore) {
    set_up(&store, 0).await;
    let me = person_id(2);
    assert!(write(&store, NOW, move |tx| news::keep_code(tx, me, &address("inger@eksempel.dk"))).await);
    let waiting = read(&store, move |tx| news::waiting(tx, me)).await.unwrap();
    assert_eq!((waiting.address, waiting.confirmation.tries), (address("inger@eksempel.dk"), 0));
    assert_eq!(read(&store, move |tx| news::address(tx, me)).await, None, "nobody has confirmed it");
    write(&store, NOW, move |tx| news::note_try(tx, me)).await;
    assert_eq!(read(&store, move |tx| news::waiting(tx, me)).await.unwrap().confirmation.tries, 1);
    write(&store, NOW, move |tx| news::confirm(tx, me, &address("inger@eksempel.dk"))).await;
    assert!(read(&store, move |tx| news::waiting(tx, me)).await.is_none());
    assert!(claim(&store, NOW).await.is_empty(), "a code that was typed is not sent any more");
    let kept = read(&store, move |tx| news::address(tx, me)).await.unwrap();
    assert_eq!((kept.address, kept.refused), (address("inger@eksempel.dk"), false));
}

#[both]
async fn an_address_that_is_none_is_turned_off_until_another_is_confirmed(store: TestStore) {
    let journal = set_up(&store, 0).await;
    let me = person_id(2);
    write(&store, NOW, move |tx| {
        news::confirm(tx, me, &address("gammel@eksempel.dk"))?;
        news::set_wishes(tx, me, journal, Channel::ALL)
    })
    .await;
    alert(&store, NOW, Channel::Mail).await;
    let id = *claim(&store, NOW).await.first().unwrap();
    assert_eq!(happen(&store, NOW, id, Event::Refused).await.unwrap().0, "refused");
    let refused =
        async |store: &TestStore| read(store, move |tx| Ok(news::address(tx, me)?.unwrap().refused)).await;
    assert!(refused(&store).await);
    write(&store, NOW, move |tx| news::confirm(tx, me, &address("ny@eksempel.dk"))).await;
    assert!(!refused(&store).await);
    assert!(alert(&store, NOW, Channel::Mail).await, "the new address starts afresh");
    write(&store, NOW, move |tx| news::drop_address(tx, me)).await;
    assert_eq!(read(&store, move |tx| news::address(tx, me)).await, None);
    assert_eq!(read(&store, move |tx| news::wishes(tx, me)).await, [(journal, Channel::Sms)]);
    assert!(claim(&store, NOW).await.is_empty(), "nothing waits for an address that is gone");
}

#[both]
async fn nobodys_mailbox_is_filled_with_codes(store: TestStore) {
    set_up(&store, 0).await;
    let ask = |at| {
        write(&store, at, |tx| {
            let kept = news::keep_code(tx, person_id(2), &address("en@anden.dk"))?;
            // Taking it back does not give more of them.
            news::forget_code(tx, person_id(2))?;
            Ok(kept)
        })
    };
    let mut kept = Vec::new();
    for minute in 0..6 {
        kept.push(ask(NOW.plus_minutes(minute)).await);
    }
    assert_eq!(kept, [true, true, true, true, true, false]);
    assert!(!ask(NOW.plus_minutes(24 * 60 - 1)).await);
    assert!(ask(NOW.plus_minutes(24 * 60)).await);
}

#[both]
async fn what_has_served_its_purpose_goes(store: TestStore) {
    let journal = set_up(&store, 0).await;
    write(&store, NOW, move |tx| {
        news::set_wishes(tx, person_id(2), journal, Channel::ALL)?;
        news::note(tx, journal, item_id(0), NOW)?;
        news::keep_code(tx, person_id(2), &address("en@anden.dk"))?;
        news::alert(tx, person_id(2), Channel::Sms)
    })
    .await;
    let sweep = |after: Timestamp| write(&store, NOW, move |tx| news::sweep(tx, after, after, after));
    assert_eq!(sweep(NOW).await, 0);
    assert_eq!(sweep(NOW.plus_millis(1)).await, 2, "the news and the code; what waits to be sent stays");
    for id in claim(&store, NOW).await {
        happen(&store, NOW, id, Event::Drop).await;
    }
    assert_eq!(sweep(NOW.plus_millis(1)).await, 2);
    let last = read(&store, |tx| news::last(tx, person_id(2), Kind::Sms)).await;
    assert!(last.is_none());
}
