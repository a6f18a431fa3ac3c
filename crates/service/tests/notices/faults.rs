//! Each way in which a partner misbehaves, one by one, and what becomes of the message.

use crate::world::{World, notice, resident};
use async_trait::async_trait;
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::notices::{Channels, MOST_ATTEMPTS, NoticeKind, State};
use borgerportal_partners::{DigitalPost, Partner, PartnerError, Receipt, ReceiptOutcome};
use borgerportal_service::notices::{keep_receipts, list, queue, retry};
use borgerportal_simulators::{Fault, Orders};
use borgerportal_store::testing::TestStore;
use std::sync::{Arc, Mutex};
use uuid::Uuid;

const KIND: NoticeKind = NoticeKind::MandateRequested;

async fn with_one(store: TestStore) -> World {
    let world = World::on(store).await;
    world.put(notice(1, KIND, Channels::DigitalPost)).await;
    world
}

#[both]
async fn a_message_whose_answer_was_lost_lies_in_the_box_once(store: TestStore) {
    let world = with_one(store).await;
    world.order(Orders::of(&[Fault::AcceptThenFail]).at("/apis/v1/memos").times(2)).await;
    world.send().await;
    assert_eq!(world.count(State::Queued).await, 1, "nobody knows, so it is tried again");
    world.later(2);
    world.send().await;
    world.later(5);
    world.send().await;
    assert_eq!(world.count(State::Accepted).await, 1);
    let found = world.office.box_of(&resident(1));
    assert_eq!(found.len(), 1);
    assert_eq!(world.office.times_sent(found[0].memo.uuid), 3, "the same UUID each time");
}

#[both]
async fn a_receipt_that_is_faster_than_the_answer_ends_it(store: TestStore) {
    let world = with_one(store).await;
    world.order(Orders::of(&[Fault::AcceptThenFail]).at("/apis/v1/memos").times(1)).await;
    world.send().await;
    world.receipts().await;
    assert_eq!(world.count(State::Delivered).await, 1);
    world.later(60);
    assert_eq!(world.send().await, 0, "not sent again");
}

#[both]
async fn whatever_keeps_digital_post_from_answering_the_message_goes_when_it_answers(store: TestStore) {
    let world = World::patient(store, 1_500).await;
    world.put(notice(1, KIND, Channels::DigitalPost)).await;
    for fault in [
        Fault::Status(500),
        Fault::Status(503),
        Fault::Status(429),
        Fault::Status(401),
        Fault::Status(403),
        Fault::CutOff,
        Fault::Nonsense,
        Fault::Endless,
        Fault::SlowMs(2_500),
    ] {
        world.order(Orders::of(std::slice::from_ref(&fault))).await;
        world.send().await;
        assert_eq!(world.count(State::Queued).await, 1, "{fault:?}");
        world.later(13 * 60);
    }
    world.order(Orders::default()).await;
    world.send().await;
    assert_eq!(world.office.box_of(&resident(1)).len(), 1);
}

#[both]
async fn what_digital_post_will_never_take_waits_for_a_person_at_once(store: TestStore) {
    let world = with_one(store).await;
    world.order(Orders::of(&[Fault::Status(400)]).at("/apis/v1/memos")).await;
    world.send().await;
    assert_eq!(world.story(State::GivenUp).await, ["refused post.refused"]);
    let dead = list(&world.app, true).await.unwrap();
    assert_eq!((dead.len(), queue(&world.app).await.unwrap().dead), (1, 1));
    world.order(Orders::default()).await;
    world.later(10_000);
    assert_eq!(world.send().await, 0, "it does not go by itself");
    assert!(retry(&world.app, dead[0].id).await.unwrap());
    assert!(!retry(&world.app, dead[0].id).await.unwrap(), "once is enough");
    world.send().await;
    assert_eq!(world.office.box_of(&resident(1)).len(), 1);
}

#[both]
async fn an_outage_without_end_is_given_up_after_days_and_not_before(store: TestStore) {
    let world = with_one(store).await;
    world.order(Orders::of(&[Fault::Status(503)])).await;
    let begun = world.app.clock.now();
    for _ in 0..MOST_ATTEMPTS {
        world.send().await;
        world.later(12 * 60);
    }
    assert_eq!(world.count(State::GivenUp).await, 1);
    assert!(world.app.clock.now().millis_since(begun) > 3 * 86_400_000);
}

#[both]
async fn a_rejected_message_becomes_a_letter(store: TestStore) {
    let world = with_one(store).await;
    world.order(Orders::of(&[Fault::RejectMessage]).at("/apis/v1/memos")).await;
    world.send().await;
    world.receipts().await;
    assert_eq!(world.count(State::LetterQueued).await, 1);
    world.send().await;
    assert_eq!((world.letters().len(), world.office.messages().len()), (1, 0));
    let told = world.story(State::Printed).await;
    assert_eq!(
        told,
        ["taken post.taken", "receipt_rejected recipient.not.registered", "spooled letter.spooled"]
    );
}

#[both]
async fn receipts_that_come_again_and_late_change_nothing_more(store: TestStore) {
    let world = with_one(store).await;
    world.order(Orders::of(&[Fault::RepeatReceipts, Fault::LateReceiptS(3_600)]).at("/apis/v1/memos")).await;
    world.send().await;
    assert_eq!(world.receipts().await, 0, "not yet");
    world.later(61);
    let kept = world.receipts().await + world.receipts().await + world.receipts().await;
    assert_eq!(kept, 3);
    assert_eq!(world.count(State::Delivered).await, 1);
    assert_eq!(world.receipts().await, 0);
}

#[both]
async fn a_receipt_that_could_not_be_taken_away_comes_again(store: TestStore) {
    let world = with_one(store).await;
    world.send().await;
    // The list and the receipt are answered; the third request, which takes it away, is not.
    world.order(Orders::of(&[Fault::Nonsense]).at("/apis/v1/receipts/r-").times(1)).await;
    assert_eq!(world.receipts().await, 0, "it does not read now");
    assert_eq!(world.receipts().await, 1);
    world.order(Orders::of(&[Fault::Status(503)]).at("/apis/v1/receipts")).await;
    assert!(keep_receipts(&world.app, &world.post).await.is_err());
    assert_eq!(world.count(State::Delivered).await, 1);
}

#[both]
async fn a_message_that_vanished_there_is_seen_by_its_missing_receipt(store: TestStore) {
    let world = with_one(store).await;
    world.order(Orders::of(&[Fault::Vanish]).at("/apis/v1/memos")).await;
    world.send().await;
    assert_eq!(world.receipts().await, 0);
    assert!(world.office.messages().is_empty());
    let queue = queue(&world.app).await.unwrap();
    assert_eq!((queue.waiting, queue.dead, queue.without_receipt), (0, 0, 1), "monitoring sees it grow old");
    assert!(queue.oldest_without_receipt.is_some());
}

#[both]
async fn who_calls_by_a_wrong_name_sends_nothing_and_loses_nothing(store: TestStore) {
    let mut world = with_one(store).await;
    let right = world.post.clone();
    let stranger = World::on(world.store.another()).await;
    // The other office knows nobody of that name either way; ours is asked with a wrong name.
    world.post.digital = Arc::clone(&stranger.post.digital);
    stranger.order(Orders::of(&[Fault::Status(401)])).await;
    world.send().await;
    assert_eq!(world.count(State::Queued).await, 1);
    world.post = right;
    world.later(2);
    world.send().await;
    assert_eq!(world.office.messages().len(), 1);
}

#[both]
async fn a_letter_waits_for_the_register_and_needs_an_address(store: TestStore) {
    let world = World::on(store).await;
    world.put(notice(2, KIND, Channels::DigitalPost)).await;
    world.order_register(Orders::of(&[Fault::Status(503)])).await;
    world.send().await;
    assert_eq!(world.count(State::LetterQueued).await, 1);
    world.order_register(Orders::of(&[Fault::WrongPerson])).await;
    world.later(2);
    world.send().await;
    assert!(world.letters().is_empty(), "never to somebody else's address");
    world.addresses.change(|people| people.iter_mut().for_each(|one| one.street.clear()));
    world.order_register(Orders::default()).await;
    world.later(5);
    world.send().await;
    let told = world.story(State::LetterGivenUp).await;
    assert_eq!(told.last().map(String::as_str), Some("refused letter.no_address"));
}

#[both]
async fn a_full_or_missing_spool_is_waited_for(store: TestStore) {
    let world = World::on(store).await;
    world.put(notice(2, KIND, Channels::DigitalPost)).await;
    std::fs::remove_dir_all(&world.folder).unwrap();
    std::fs::write(&world.folder, b"no folder").unwrap();
    world.send().await;
    assert_eq!(world.count(State::LetterQueued).await, 1);
    std::fs::remove_file(&world.folder).unwrap();
    std::fs::create_dir(&world.folder).unwrap();
    world.later(2);
    world.send().await;
    assert_eq!(world.letters().len(), 1);
}

/// An office whose list begins with receipts that nobody can read.
struct Torn {
    waiting: Mutex<Vec<String>>,
    message: Uuid,
}

#[async_trait]
impl DigitalPost for Torn {
    async fn is_enrolled(&self, _: &Cpr) -> Result<bool, PartnerError> {
        Ok(true)
    }
    async fn is_enrolled_for_sms(&self, _: &Cpr) -> Result<bool, PartnerError> {
        Ok(false)
    }
    async fn send(&self, _: Uuid, _: Vec<u8>) -> Result<(), PartnerError> {
        Ok(())
    }
    async fn waiting_receipts(&self, page: usize, most: usize) -> Result<Vec<String>, PartnerError> {
        Ok(self.waiting.lock().unwrap().iter().skip(page * most).take(most).cloned().collect())
    }
    async fn receipt(&self, name: &str) -> Result<Receipt, PartnerError> {
        if name.starts_with("torn") {
            return Err(PartnerError::Nonsense { partner: Partner::DigitalPost, what: "a receipt" });
        }
        Ok(Receipt { message: self.message, outcome: ReceiptOutcome::Delivered, code: String::new() })
    }
    async fn take_receipt(&self, name: &str) -> Result<(), PartnerError> {
        self.waiting.lock().unwrap().retain(|one| one != name);
        Ok(())
    }
}

#[both]
async fn however_many_receipts_do_not_read_those_behind_them_are_kept(store: TestStore) {
    for torn in [1, 99, 100, 101, 250] {
        let mut world = with_one(store.another()).await;
        world.send().await;
        let message = world.office.messages()[0].memo.uuid;
        let names = (0..torn).map(|number| format!("torn-{number}"));
        let waiting = Mutex::new(names.chain((0..120).map(|number| format!("whole-{number}"))).collect());
        let office = Arc::new(Torn { waiting, message });
        world.post.digital = office.clone();
        assert_eq!(world.receipts().await, 120, "behind {torn}");
        assert_eq!(world.count(State::Delivered).await, 1);
        assert_eq!(office.waiting.lock().unwrap().len(), torn, "they lie where they were, to be looked at");
        assert_eq!(world.receipts().await, 0);
    }
}
