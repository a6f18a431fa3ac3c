//! What becomes of a notice on its way, and the profile: an address and its code, and wishes.

use super::{AWAY, address, home};
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::{ErrandId, JournalId};
use borgerportal_domain::news::{Channel, NewsRefusal, State};
use borgerportal_partners::{Handed, Partner, PartnerError};
use borgerportal_service::Problem;
use borgerportal_service::news::{Queue, Ways, queue, send_due, tell_due};
use borgerportal_service::profile::{self, Confirmed, Profile};
use borgerportal_store::news as store;
use borgerportal_store::testing::TestStore;
use uuid::Uuid;

impl Visitor {
    async fn profile(&self) -> Result<Profile, Problem> {
        let places = self.portal.app.municipalities.clone();
        self.portal.app.read_as(&self.token, move |tx, who| profile::profile(tx, &places, who)).await
    }

    async fn wish(&self, wishes: Vec<(JournalId, Channel)>) -> Result<(), Problem> {
        let (app, places) = (&self.portal.app, self.portal.app.municipalities.clone());
        let id: ErrandId = app.store.errand_id(self.portal.now()).unwrap();
        let set = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| {
            profile::set_wishes(tx, &places, who, &wishes)
        };
        app.write_as(&self.token, ("wishes", id), |_| Ok(()), set).await
    }

    async fn ask_code(&self, address: &str) -> Result<(), Problem> {
        let (app, address) = (&self.portal.app, address.to_owned());
        let id = app.store.errand_id(self.portal.now()).unwrap();
        let ask = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| profile::ask_code(tx, who, &address);
        app.write_as(&self.token, ("code", id), |_| Ok(()), ask).await
    }

    async fn confirm(&self, code: &str) -> Confirmed {
        let (app, code) = (&self.portal.app, code.to_owned());
        let id = app.store.errand_id(self.portal.now()).unwrap();
        let confirm = move |tx: &borgerportal_store::tx::Tx<'_>, who: &_| profile::confirm(tx, who, &code);
        app.write_as(&self.token, ("confirm", id), |_| Ok(()), confirm).await.unwrap()
    }
}

#[both]
async fn a_mail_whose_answer_was_lost_goes_again_under_the_same_name(store: TestStore) {
    let it = home(store).await;
    it.wants(&it.daughter, &[]).await;
    it.letter("d1").await;
    it.answers(&[Err(AWAY), Err(AWAY)]);
    tell_due(&it.portal.app).await.unwrap();
    for _ in 0..6 {
        send_due(&it.portal.app, &it.ways).await.unwrap();
        it.portal.minutes_later(2);
    }
    let names: Vec<Uuid> = it.outside.mails.lock().unwrap().iter().map(|mail| mail.id).collect();
    assert_eq!(names.len(), 3, "twice in vain, once taken");
    assert!(names.windows(2).all(|pair| pair[0] == pair[1]), "{names:?}");
    assert_eq!(queue(&it.portal.app).await.unwrap(), Queue::default());
}

#[both]
async fn a_node_that_dies_between_sending_and_marking_sends_again_under_the_same_name(store: TestStore) {
    let it = home(store).await;
    it.wants(&it.daughter, &[]).await;
    it.letter("d1").await;
    tell_due(&it.portal.app).await.unwrap();
    // It took the notice, handed it over, and died.
    let taken = it.portal.app.write(|tx| Ok(store::claim(tx, 16, 5 * 60_000)?)).await.unwrap();
    assert_eq!((taken.len(), it.told().await), (1, Vec::new()), "nobody else has it");
    it.portal.minutes_later(6);
    send_due(&it.portal.app, &it.ways).await.unwrap();
    let ids: Vec<Uuid> = it.outside.mails.lock().unwrap().iter().map(|mail| mail.id).collect();
    assert_eq!(ids, [taken[0].uuid()], "whoever has both mails sees that they are one");
}

#[both]
async fn an_address_that_is_none_is_turned_off_and_said_on_the_profile(store: TestStore) {
    let it = home(store).await;
    it.wants(&it.mother, &[]).await;
    it.letter("d1").await;
    it.answers(&[Ok(Handed::NoSuchAddress)]);
    assert_eq!(it.told().await, ["Mette"]);
    assert!(it.address(&it.daughter).await.unwrap().refused);
    let visitor = it.portal.as_relative(&it.daughter).await;
    assert!(visitor.profile().await.unwrap().refused);
    it.portal.minutes_later(24 * 60);
    it.letter("d2").await;
    assert_eq!(it.told().await, [""; 0], "nothing more goes there");
    let refused = PartnerError::Refused { partner: Partner::Mail, status: 554 };
    it.wants(&it.daughter, &[Channel::Mail]).await;
    it.letter("d3").await;
    it.answers(&[Err(refused)]);
    it.told().await;
    assert!(!it.address(&it.daughter).await.unwrap().refused, "a word about us turns nobody's address off");
}

#[both]
async fn an_sms_goes_to_the_number_that_digital_post_has(store: TestStore) {
    let it = home(store).await;
    it.wants(&it.daughter, &[Channel::Sms]).await;
    it.wants(&it.mother, &[]).await;
    it.letter("d1").await;
    assert_eq!(it.told().await, [""; 0]);
    let sms = it.outside.sms.lock().unwrap().split_off(0);
    assert_eq!(sms[0].1, "Du har nyt i Borgerportalen. Log på: portal.example. Stop under Profil.");
    assert_eq!(sms.len(), 1);
    *it.outside.without_number.lock().unwrap() = true;
    it.portal.minutes_later(24 * 60);
    it.letter("d2").await;
    it.told().await;
    assert!(it.outside.sms.lock().unwrap().is_empty());
    let visitor = it.portal.as_relative(&it.daughter).await;
    assert!(visitor.profile().await.unwrap().no_number);
}

#[both]
async fn an_address_is_confirmed_by_the_code_that_was_sent_there(store: TestStore) {
    let it = home(store).await;
    let visitor = it.portal.as_relative(&it.daughter).await;
    for wrong in ["", "mette", "mette@eksempel.dk, x@eksempel.dk"] {
        let denied = visitor.ask_code(wrong).await;
        assert!(matches!(denied, Err(Problem::Denied(code)) if code == NewsRefusal::Address.code()));
    }
    visitor.ask_code("ny@eksempel.dk").await.unwrap();
    send_due(&it.portal.app, &it.ways).await.unwrap();
    let mail = it.outside.mails.lock().unwrap().pop().unwrap();
    assert_eq!(mail.to.as_str(), "ny@eksempel.dk");
    let code = mail.text.split_whitespace().map(|word| word.trim_matches('.'));
    let code = code.into_iter().find(|word| word.len() == 6 && word.parse::<u32>().is_ok()).unwrap();
    let other = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(visitor.confirm(other).await, Confirmed::Wrong);
    assert_eq!(it.address(&it.daughter).await.unwrap().address, address(&it.daughter), "the old one counts");
    assert_eq!(visitor.confirm(code).await, Confirmed::Yes);
    assert_eq!(it.address(&it.daughter).await.unwrap().address.as_str(), "ny@eksempel.dk");
    assert_eq!(visitor.confirm(code).await, Confirmed::Over, "a code is good for once");
}

#[both]
async fn a_code_is_guessed_five_times_and_no_more(store: TestStore) {
    let it = home(store).await;
    let visitor = it.portal.as_relative(&it.daughter).await;
    visitor.ask_code("ny@eksempel.dk").await.unwrap();
    let daughter = it.daughter.id;
    let waiting = it.portal.read(move |tx| Ok(store::waiting(tx, daughter)?)).await.unwrap();
    let wrong = if waiting.code == "000000" { "000001" } else { "000000" };
    for _ in 0..4 {
        assert_eq!(visitor.confirm(wrong).await, Confirmed::Wrong);
    }
    assert_eq!(visitor.confirm(wrong).await, Confirmed::Over);
    assert_eq!(visitor.confirm(&waiting.code).await, Confirmed::Over, "right, and too late");
    for _ in 0..4 {
        visitor.ask_code("ny@eksempel.dk").await.unwrap();
    }
    let many = visitor.ask_code("ny@eksempel.dk").await;
    assert!(matches!(many, Err(Problem::Denied(code)) if code == NewsRefusal::TooManyCodes.code()));
}

#[both]
async fn a_wish_is_kept_for_whom_one_may_read_and_for_nobody_else(store: TestStore) {
    let it = home(store).await;
    let bent = it.portal.person(1003, "Bent", "1941-01-01").await;
    let strangers = it.portal.journal(&bent, helsingor()).await;
    let visitor = it.portal.as_relative(&it.daughter).await;
    let shown = visitor.profile().await.unwrap();
    let people: Vec<_> = shown.people.iter().map(|one| one.choice.journal).collect();
    assert_eq!(people, [it.journal]);
    visitor.wish(vec![(it.journal, Channel::Sms), (strangers, Channel::Sms)]).await.unwrap();
    let daughter = it.daughter.id;
    let kept = it.portal.read(move |tx| Ok(store::wishes(tx, daughter)?)).await;
    assert_eq!(kept, [(it.journal, Channel::Sms)]);
    it.portal.write(move |tx| Ok(store::drop_address(tx, daughter)?)).await;
    let denied = visitor.wish(vec![(it.journal, Channel::Mail)]).await;
    assert!(matches!(denied, Err(Problem::Denied(code)) if code == NewsRefusal::NoAddress.code()));
    visitor.wish(Vec::new()).await.unwrap();
    assert!(it.portal.read(move |tx| Ok(store::wishes(tx, daughter)?)).await.is_empty());
}

#[both]
async fn what_no_server_takes_is_given_up_and_holds_nothing_up(store: TestStore) {
    let it = home(store).await;
    it.wants(&it.mother, &[]).await;
    it.letter("d1").await;
    let ways = Ways { mail: None, ..it.ways.clone() };
    tell_due(&it.portal.app).await.unwrap();
    for _ in 0..borgerportal_domain::news::MOST_ATTEMPTS {
        send_due(&it.portal.app, &ways).await.unwrap();
        it.portal.minutes_later(12 * 60);
    }
    let daughter = it.daughter.id;
    let last = it.portal.read(move |tx| Ok(store::last(tx, daughter, Channel::Mail.into())?)).await.unwrap();
    assert_eq!((last.sending.state, last.why.as_str()), (State::GivenUp, "mail.not_set_up"));
    it.letter("d2").await;
    assert_eq!(it.told().await, ["Mette"], "the server is back");
}
