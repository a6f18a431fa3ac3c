//! Who is told that there is something new, and who is not: nobody by a right that has ended, of an item they may not see, of
//! what they wrote themselves, or twice in a day. What fails on the way is tried again under the same name.

mod ways;

use crate::common::*;
use async_trait::async_trait;
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::access::{Block, Blocked};
use borgerportal_domain::ids::{JournalId, MandateId};
use borgerportal_domain::mandates::{Status, SuspendReason};
use borgerportal_domain::news::{Channel, MailAddress};
use borgerportal_domain::time::Date;
use borgerportal_partners::{Absence, DigitalPost, Handed, Mail, MailServer, Partner, PartnerError, Receipt};
use borgerportal_service::news::{Ways, send_due, sweep, tell_due};
use borgerportal_service::notices::Sender;
use borgerportal_store::news as store;
use borgerportal_store::testing::TestStore;
use serde_json::Value;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use url::Url;
use uuid::Uuid;

/// A mail server and a Digital Post in memory. What they shall answer next stands in a row; then all is well.
#[derive(Default)]
struct Outside {
    mails: Mutex<Vec<Mail>>,
    sms: Mutex<Vec<(Uuid, String)>>,
    answers: Mutex<VecDeque<Result<Handed, PartnerError>>>,
    without_number: Mutex<bool>,
}

const AWAY: PartnerError = PartnerError::Away { partner: Partner::Mail, how: Absence::TimedOut };

#[async_trait]
impl MailServer for Outside {
    async fn send(&self, mail: &Mail) -> Result<Handed, PartnerError> {
        self.mails.lock().unwrap().push(mail.clone());
        self.answers.lock().unwrap().pop_front().unwrap_or(Ok(Handed::Taken))
    }
}

#[async_trait]
impl DigitalPost for Outside {
    async fn is_enrolled(&self, _: &Cpr) -> Result<bool, PartnerError> {
        unreachable!("a mailbox is not asked for")
    }
    async fn is_enrolled_for_sms(&self, _: &Cpr) -> Result<bool, PartnerError> {
        Ok(!*self.without_number.lock().unwrap())
    }
    async fn send(&self, message: Uuid, memo: Vec<u8>) -> Result<(), PartnerError> {
        let read = borgerportal_memo::read::read_sms(&memo).unwrap();
        assert_eq!(read.uuid, message);
        self.sms.lock().unwrap().push((message, read.text));
        Ok(())
    }
    async fn waiting_receipts(&self, _: usize, _: usize) -> Result<Vec<String>, PartnerError> {
        Ok(Vec::new())
    }
    async fn receipt(&self, _: &str) -> Result<Receipt, PartnerError> {
        unreachable!("there is none")
    }
    async fn take_receipt(&self, _: &str) -> Result<(), PartnerError> {
        Ok(())
    }
}

/// A mother with a journal, a daughter with a mandate, both of whom want to hear by e-mail.
struct Home {
    portal: Portal,
    mother: Somebody,
    daughter: Somebody,
    journal: JournalId,
    mandate: MandateId,
    outside: Arc<Outside>,
    ways: Ways,
}

fn address(who: &Somebody) -> MailAddress {
    MailAddress::parse(&format!("{}@eksempel.dk", who.name.given)).unwrap()
}

async fn home(store: TestStore) -> Home {
    home_of(Portal::open(store)).await
}

async fn home_of(portal: Portal) -> Home {
    let mother = portal.person(1001, "Inger", "1943-05-12").await;
    let daughter = portal.person(1002, "Mette", "1970-02-03").await;
    let journal = portal.journal(&mother, helsingor()).await;
    let mandate = portal.mandate(&mother, &daughter).await;
    let outside = Arc::new(Outside::default());
    let sender = Sender {
        cvr: "90000001".to_owned(),
        name: "Eksempel Kommune".to_owned(),
        address: Vec::new(),
        phone: String::new(),
    };
    let ways = Ways {
        mail: Some(outside.clone()),
        sms: Some((outside.clone(), sender)),
        portal: Url::parse("https://portal.example").unwrap(),
    };
    let home = Home { portal, mother, daughter, journal, mandate, outside, ways };
    for who in [&home.mother, &home.daughter] {
        home.wants(who, &[Channel::Mail]).await;
    }
    home
}

impl Home {
    /// Somebody has confirmed an address and wants to hear of the mother's journal.
    async fn wants(&self, who: &Somebody, channels: &'static [Channel]) {
        let (id, to, journal) = (who.id, address(who), self.journal);
        self.portal
            .write(move |tx| {
                store::confirm(tx, id, &to)?;
                Ok(store::set_wishes(tx, id, journal, channels)?)
            })
            .await;
    }

    async fn deliver(&self, resources: &[Value]) {
        let all = [&[patient(&self.mother)], resources].concat();
        self.portal.deliver(&bundle("transaction", "2026-11-03T08:00:00Z", &all)).await;
    }

    /// A letter that came just now.
    async fn letter(&self, id: &str) {
        self.deliver(&[letter(&self.mother, id, "Brev om HEMMELIGT", "2026-11-02")]).await;
    }

    /// Looks at what is new and sends; to whom mails have gone since the last time, by the first name.
    async fn told(&self) -> Vec<String> {
        tell_due(&self.portal.app).await.unwrap();
        send_due(&self.portal.app, &self.ways).await.unwrap();
        let mut mails = self.outside.mails.lock().unwrap();
        let to = |mail: Mail| mail.to.as_str().split('@').next().unwrap().to_owned();
        let mut told: Vec<String> = mails.drain(..).map(to).collect();
        told.sort();
        told
    }

    fn answers(&self, answers: &[Result<Handed, PartnerError>]) {
        self.outside.answers.lock().unwrap().extend(answers.iter().copied());
    }

    async fn address(&self, who: &Somebody) -> Option<store::Address> {
        let id = who.id;
        self.portal.read(move |tx| Ok(store::address(tx, id)?)).await
    }
}

#[both]
async fn who_may_see_it_is_told_once_and_never_what_it_is(store: TestStore) {
    let it = home(store).await;
    it.letter("d1").await;
    tell_due(&it.portal.app).await.unwrap();
    send_due(&it.portal.app, &it.ways).await.unwrap();
    let mails = it.outside.mails.lock().unwrap().split_off(0);
    assert_eq!(mails.len(), 2);
    for mail in &mails {
        let said = format!("{} {}", mail.subject, mail.text);
        for leak in ["HEMMELIGT", "Brev", "Inger", "Mette", "Helsingør", &it.journal.to_string()] {
            assert!(!said.contains(leak), "{leak}: {said}");
        }
        assert!(
            said.contains("Du har nyt i Borgerportalen") && said.contains("https://portal.example/"),
            "{said}"
        );
        assert!(said.contains("Profil"), "how to stop it: {said}");
    }
    it.letter("d2").await;
    assert_eq!(it.told().await, [""; 0], "once is enough until they come");
    it.portal.minutes_later(24 * 60);
    it.letter("d3").await;
    assert_eq!(it.told().await, ["Inger", "Mette"]);
}

#[both]
async fn whoever_has_logged_in_is_told_of_the_next_thing(store: TestStore) {
    let it = home(store).await;
    it.letter("d1").await;
    assert_eq!(it.told().await, ["Inger", "Mette"]);
    let daughter = it.daughter.id;
    it.portal.write(move |tx| Ok(store::came_in(tx, daughter)?)).await;
    it.letter("d2").await;
    assert_eq!(it.told().await, ["Mette"]);
}

#[both]
async fn a_right_that_has_ended_tells_nobody(store: TestStore) {
    let it = home(store).await;
    let now = it.portal.now();
    let reason = SuspendReason::ALL[0];
    let suspended =
        Status::Suspended { since: now, reason, review_by: now.plus_days(30), successor_from: None };
    it.portal.set_status(it.mandate, &it.mother, suspended).await;
    it.letter("d1").await;
    assert_eq!(it.told().await, ["Inger"], "paused");
    it.portal.withdraw(it.mandate, &it.mother).await;
    it.portal.minutes_later(24 * 60);
    it.letter("d2").await;
    assert_eq!(it.told().await, ["Inger"], "taken back");
    let other = it.portal.mandate(&it.mother, &it.daughter).await;
    it.portal.minutes_later(24 * 60);
    it.letter("d3").await;
    // It was still good when the letter came, and no more when it was looked at.
    it.portal.withdraw(other, &it.mother).await;
    assert_eq!(it.told().await, ["Inger"]);
}

#[both]
async fn who_is_shut_out_is_not_told(store: TestStore) {
    let it = home(store).await;
    let block = |blocked| Block { blocked, from: it.portal.now(), until: None };
    it.portal.block(&it.mother, helsingor(), block(Blocked::Person(it.daughter.id))).await;
    it.letter("d1").await;
    assert_eq!(it.told().await, ["Inger"]);
    it.portal.minutes_later(24 * 60);
    it.portal.block(&it.mother, helsingor(), block(Blocked::Everybody)).await;
    it.letter("d2").await;
    assert_eq!(it.told().await, [""; 0]);
}

#[both]
async fn the_dead_are_not_written_to(store: TestStore) {
    let it = home(store).await;
    it.letter("d1").await;
    tell_due(&it.portal.app).await.unwrap();
    // She dies while the notice is on its way.
    it.portal.change(&it.daughter, |facts| facts.deceased_on = Some(Date::constant(2026, 11, 1))).await;
    assert_eq!(it.told().await, ["Inger"]);
    it.portal.minutes_later(24 * 60);
    it.letter("d2").await;
    assert_eq!(it.told().await, ["Inger"]);
}

#[both]
async fn what_somebody_may_not_see_is_no_news_to_them(store: TestStore) {
    let it = home(store).await;
    let one = |id: &str| letter(&it.mother, id, "Brev", "2026-11-02");
    for (id, labels, told) in [
        ("a", &["audience-citizen"][..], &["Inger"][..]),
        ("b", &["audience-none"], &[]),
        ("c", &["audience-citizen", "audience-relative", "withheld-from-relative"], &["Inger"]),
        ("d", &["audience-citizen", "audience-relative", "social"], &["Inger"]),
        ("e", &["audience-citizen", "audience-relative", "third_party"], &["Inger"]),
        ("f", &["audience-citizen", "audience-relative"], &["Inger", "Mette"]),
    ] {
        it.deliver(&[labelled(one(id), labels)]).await;
        assert_eq!(it.told().await, told, "{labels:?}");
        it.portal.minutes_later(24 * 60);
    }
    // What is withdrawn before anybody looked is none.
    it.deliver(&[one("g")]).await;
    let mut gone = bundle("transaction", "2026-11-03T09:00:00Z", &[patient(&it.mother), wrong(one("g"))]);
    gone["id"] = "gone".into();
    it.portal.deliver(&gone).await;
    assert_eq!(it.told().await, [""; 0]);
}

#[both]
async fn an_item_that_is_held_back_is_news_when_it_can_be_seen(store: TestStore) {
    let it = home(store).await;
    it.deliver(&[visible_from(letter(&it.mother, "d1", "Brev", "2026-11-02"), "2026-11-06")]).await;
    assert_eq!(it.told().await, [""; 0]);
    it.portal.minutes_later(4 * 24 * 60);
    assert_eq!(it.told().await, ["Inger", "Mette"]);
}

#[both]
async fn what_is_corrected_repeated_or_only_planned_is_no_news(store: TestStore) {
    let it = home(store).await;
    it.letter("d1").await;
    assert_eq!(it.told().await.len(), 2);
    it.portal.minutes_later(24 * 60);
    it.letter("d1").await;
    let corrected = letter(&it.mother, "d1", "Brev, rettet", "2026-11-02");
    let later = bundle("transaction", "2026-11-03T10:00:00Z", &[patient(&it.mother), corrected]);
    it.portal.deliver(&later).await;
    it.deliver(&[encounter(&it.mother, "v1")]).await;
    assert_eq!(it.told().await, [""; 0]);
    assert_eq!(sweep(&it.portal.app).await.unwrap(), 0, "nothing lies about");
}

#[both]
async fn of_a_journal_of_which_nobody_wants_to_hear_nothing_is_noted(store: TestStore) {
    let it = home(store).await;
    let bent = it.portal.person(1003, "Bent", "1941-01-01").await;
    let brev = letter(&bent, "b1", "Brev", "2026-11-02");
    it.portal.deliver(&bundle("transaction", "2026-11-03T08:00:00Z", &[patient(&bent), brev])).await;
    assert_eq!(it.portal.read(|tx| Ok(store::due(tx, 9)?)).await, []);
}

#[both]
async fn a_parent_is_told_by_what_the_register_says_now(store: TestStore) {
    let portal = Portal::open(store);
    let (mother, child) =
        (portal.person(1011, "Sofie", "1985-05-12").await, portal.person(1012, "Alma", "2018-01-01").await);
    let journal = portal.journal(&child, helsingor()).await;
    portal.register.custody(&mother, &child);
    let visitor = portal.as_parent(&mother).await;
    borgerportal_service::custody::ask_for(&portal.app, &visitor.token).await.unwrap();
    let it = Home { mother: child.clone(), daughter: mother.clone(), journal, ..home_of(portal).await };
    it.wants(&mother, &[Channel::Mail]).await;
    // Days later nobody is logged in: the register is asked again.
    it.portal.minutes_later(3 * 24 * 60);
    it.letter("c1").await;
    assert_eq!(it.told().await, ["Sofie"]);
    it.portal.minutes_later(24 * 60);
    it.letter("c2").await;
    it.portal.register.away(true);
    assert_eq!(it.told().await, [""; 0], "nobody can say whether she has custody");
    it.portal.register.away(false);
    it.portal.register.no_custody(&mother);
    it.portal.minutes_later(24 * 60);
    it.letter("c3").await;
    assert_eq!(it.told().await, [""; 0]);
}
