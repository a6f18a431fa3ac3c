//! Random histories of everybody who has a hand in mandates, with the clock moving, held against a small model on
//! both engines. The model knows nothing of statuses and rows: it remembers who agreed to what until when, and what
//! was taken back, and says from that who may see what now, and for whom somebody may telephone.

mod tries;

use crate::act::*;
use crate::common::*;
use crate::lookups::question;
use borgerportal_both::both;
use borgerportal_domain::ids::{JournalId, MandateId, RequestId};
use borgerportal_domain::mandates::{AnnulReason, Standing, SuspendReason};
use borgerportal_domain::time::{Date, copenhagen_end_of, days_after};
use borgerportal_identity::proof::Answer;
use borgerportal_service::mandates::register;
use borgerportal_store::mandates::{self, chain};
use borgerportal_store::testing::TestStore;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use std::collections::BTreeMap;
use tries::{Try, tries};

/// So many lives of three people.
const HISTORIES: u16 = 6;

/// The rights of the model: two that read different things, one that is for the telephone.
const RIGHTS: [&str; 3] = [READ, CALENDAR, CONTACT];

/// A mandate as the model remembers it.
#[derive(Clone, Debug)]
struct Promise {
    id: MandateId,
    giver: usize,
    holder: usize,
    /// Which rights, and which of them were taken back.
    rights: BTreeMap<usize, bool>,
    first_day: Date,
    last_day: Date,
    paused: bool,
    /// Over for good: stopped, annulled, dead.
    over: bool,
}

impl Promise {
    fn holds(&self, right: usize, portal: &Portal) -> bool {
        let now = portal.now();
        let began = now >= borgerportal_domain::time::copenhagen_midnight(self.first_day);
        let live = began && now < copenhagen_end_of(self.last_day);
        live && !self.paused && !self.over && self.rights.get(&right) == Some(&false)
    }
}

struct World {
    portal: Portal,
    people: Vec<Somebody>,
    journals: Vec<JournalId>,
    requests: Vec<(RequestId, usize, usize, u8, Date)>,
    promises: Vec<Promise>,
    dead: [bool; 3],
}

fn codes(rights: u8) -> Vec<&'static str> {
    (0..3).filter(|bit| rights & (1 << bit) != 0).map(|bit| RIGHTS[bit]).collect()
}

impl World {
    /// Three people of their own for every history; they share the portal, and its clock runs on.
    async fn new(portal: &Portal, number: u16) -> Self {
        let portal = portal.clone();
        let mut people = Vec::new();
        for (at, given) in [(1, "Inger"), (2, "Bent"), (3, "Mette")] {
            people.push(portal.person(10 * number + at, given, "1950-05-12").await);
        }
        let mut journals = Vec::new();
        for person in &people {
            journals.push(portal.journal(person, helsingor()).await);
        }
        Self { portal, people, journals, requests: Vec::new(), promises: Vec::new(), dead: [false; 3] }
    }

    fn promise(
        &mut self,
        id: MandateId,
        (giver, holder): (usize, usize),
        rights: u8,
        (first_day, last_day): (Date, Date),
    ) {
        let rights = (0..3).filter(|bit| rights & (1 << bit) != 0).map(|bit| (bit, false)).collect();
        self.promises.push(Promise {
            id,
            giver,
            holder,
            rights,
            first_day,
            last_day,
            paused: false,
            over: false,
        });
    }

    /// Tries it, and tells the model what was answered with yes. Whether yes was right is for `check` to see.
    async fn attempt(&mut self, what: &Try) {
        let portal = self.portal.clone();
        match *what {
            Try::Days(days) => portal.days_later(days),
            Try::Ask { by, of, rights, days } => {
                if self.dead[by] {
                    return;
                }
                let asked = portal.as_citizen(&self.people[by]).await;
                let last_day = portal.day(days);
                if let Ok(receipt) = asked.ask(named(&self.people[of]), &codes(rights), last_day).await {
                    assert!(by != of && days >= 0, "nobody asks themself, or for yesterday");
                    self.requests.push((receipt.request, by, of, rights, last_day));
                }
            }
            Try::Yes { by, at, rights, days } => self.yes(by, at, rights, days).await,
            Try::No { by, at } => {
                let Some((id, _, of, ..)) = self.requests.get(at).copied() else { return };
                let said = portal.as_citizen(&self.people[by]).await.decline(id).await;
                assert!(said.is_err() || by == of);
            }
            Try::TakeBack { by, at } => {
                let Some((id, asker, ..)) = self.requests.get(at).copied() else { return };
                let said = portal.as_citizen(&self.people[by]).await.take_back(id).await;
                assert!(said.is_err() || by == asker);
            }
            Try::Give { by, to, rights, days } => self.give((by, to), rights, days).await,
            Try::Stop { by, at, right } => self.stop(by, at, right).await,
            Try::Renew { by, at, days } => self.renew(by, at, days).await,
            Try::Suspend { at } => {
                self.authority(
                    at,
                    |tx, id| register::suspend(tx, id, SuspendReason::Capacity, tx.now().plus_days(9)),
                    |one| one.paused = true,
                )
                .await;
            }
            Try::Resume { at } => {
                self.authority(at, register::resume, |one| one.paused = false).await;
            }
            Try::Annul { at } => {
                self.authority(
                    at,
                    |tx, id| register::annul(tx, id, AnnulReason::Misuse),
                    |one| one.over = true,
                )
                .await;
            }
            Try::Die { who } => {
                let (id, on) = (self.people[who].id, portal.today());
                portal.write(move |tx| register::died(tx, id, on)).await;
                self.dead[who] = true;
                self.promises
                    .iter_mut()
                    .filter(|one| one.giver == who || one.holder == who)
                    .for_each(|one| one.over = true);
            }
        }
    }

    async fn yes(&mut self, by: usize, at: usize, rights: u8, days: i64) {
        let Some((id, asker, of, wanted, until)) = self.requests.get(at).copied() else { return };
        if self.dead[by] {
            return;
        }
        let (last_day, today) = (self.portal.day(days), self.portal.today());
        let visitor = self.portal.as_citizen(&self.people[by]).await;
        if let Ok(signed) = visitor.approve(id, &codes(rights), last_day).await {
            assert!(by == of && rights & !wanted == 0 && last_day <= until, "{rights} of {wanted}");
            assert!(!self.dead[asker]);
            self.promise(signed.mandate, (by, asker), rights, (today, last_day));
        }
    }

    async fn give(&mut self, (by, to): (usize, usize), rights: u8, days: i64) {
        if self.dead[by] {
            return;
        }
        let (last_day, today) = (self.portal.day(days), self.portal.today());
        let visitor = self.portal.as_citizen(&self.people[by]).await;
        let given = visitor.give(named(&self.people[to]), &codes(rights), last_day).await;
        // To the dead it is given in vain, and nobody says so.
        if let (Ok(signed), false) = (given, self.dead[to]) {
            self.promise(signed.mandate, (by, to), rights, (today, last_day));
        }
    }

    async fn stop(&mut self, by: usize, at: usize, right: Option<usize>) {
        let Some(promise) = self.promises.get(at).cloned() else { return };
        if self.dead[by] {
            return;
        }
        let visitor = self.portal.as_citizen(&self.people[by]).await;
        let version = match right {
            Some(right) => visitor.versions().await.get(RIGHTS[right]).copied(),
            None => None,
        };
        let Ok(_) = visitor.stop(promise.id, version).await else { return };
        assert!(by == promise.giver || (by == promise.holder && right.is_none()), "who may stop what");
        let successor = self.successor(promise.id).await;
        for one in &mut self.promises {
            if one.id == promise.id {
                match right {
                    Some(right) => {
                        one.rights.insert(right, true);
                    }
                    None => one.over = true,
                }
            }
            if right.is_none() && Some(one.id) == successor {
                one.over = true;
            }
        }
    }

    async fn successor(&self, id: MandateId) -> Option<MandateId> {
        self.portal.read(move |tx| Ok(mandates::successor(tx, id)?)).await
    }

    async fn renew(&mut self, by: usize, at: usize, days: i64) {
        let Some(old) = self.promises.get(at).cloned() else { return };
        if self.dead[by] {
            return;
        }
        let last_day = self.portal.day(days);
        let signed = self.portal.as_citizen(&self.people[by]).await.renew(old.id, last_day).await;
        if let Ok(signed) = signed {
            assert!(by == old.giver && !old.over && !old.paused, "only what runs is renewed");
            let live =
                (0..3).filter(|bit| old.rights.get(bit) == Some(&false)).fold(0, |set, bit| set | 1 << bit);
            self.promise(
                signed.mandate,
                (old.giver, old.holder),
                live,
                (days_after(old.last_day, 1), last_day),
            );
        }
    }

    async fn authority(
        &mut self,
        at: usize,
        does: impl Fn(&borgerportal_store::tx::Tx<'_>, MandateId) -> Result<(), borgerportal_service::Problem>
        + Send
        + Sync
        + 'static,
        becomes: impl Fn(&mut Promise),
    ) {
        let Some(promise) = self.promises.get(at).cloned() else { return };
        let id = promise.id;
        if self.portal.app.write(move |tx| does(tx, id)).await.is_err() {
            return;
        }
        let successor = self.successor(id).await;
        self.promises
            .iter_mut()
            .filter(|one| !one.over && (one.id == id || Some(one.id) == successor))
            .for_each(becomes);
    }

    /// What the portal shows everybody of everybody, held against the model; and the invariants that can be read
    /// off the rows.
    async fn check(&self, what: &Try) {
        for holder in 0..3 {
            for giver in 0..3 {
                if holder == giver || self.dead[holder] {
                    continue;
                }
                let seen =
                    self.portal.as_relative(&self.people[holder]).await.titles(self.journals[giver]).await;
                let promised = !self.dead[giver]
                    && self
                        .promises
                        .iter()
                        .any(|one| (one.giver, one.holder) == (giver, holder) && one.holds(0, &self.portal));
                assert_eq!(
                    seen.is_ok(),
                    promised,
                    "{holder} sees {giver} after {what:?}: {seen:?}\n{:#?}",
                    self.promises
                );
            }
        }
        self.telephone(what).await;
        for promise in &self.promises {
            let id = promise.id;
            let (kept, links, whole) = self
                .portal
                .read(move |tx| {
                    let kept = mandates::load(tx, id)?.unwrap();
                    Ok((kept, chain::links(tx, id.into_bytes())?, chain::verify(tx, id.into_bytes())?))
                })
                .await;
            let events: Vec<_> = links.iter().filter_map(chain::recorded).collect();
            assert_eq!(whole, Ok(links.len()), "I20: the chain holds");
            assert_eq!(events.len() + 1, links.len(), "I7: one link an event");
            assert_eq!(
                kept.mandate.replay(&events).unwrap(),
                kept.mandate,
                "I7: the state follows from the events"
            );
            let terms = kept.mandate.terms();
            let signed = (terms.first_day, terms.last_day, terms.giver, terms.holder);
            let people = (self.people[promise.giver].id, self.people[promise.holder].id);
            assert_eq!(
                signed,
                (promise.first_day, promise.last_day, people.0, people.1),
                "I3, I6: as signed"
            );
            assert!(terms.giver != terms.holder && terms.first_day <= terms.last_day, "I1, I4");
            assert!(kept.evidence.is_some(), "nothing without evidence");
        }
        self.nothing_twice().await;
    }

    /// What an authority is told of two of them, another two each time.
    async fn telephone(&self, what: &Try) {
        let giver = self.promises.len() % 3;
        let holder = (giver + 1 + self.requests.len() % 2) % 3;
        let promised = self
            .promises
            .iter()
            .any(|one| (one.giver, one.holder) == (giver, holder) && one.holds(2, &self.portal));
        let told = self.portal.here(&question(&self.people[giver].cpr, &self.people[holder].cpr)).await;
        let expected = if promised { Answer::Yes } else { Answer::No };
        assert_eq!(told, expected, "{holder} for {giver} after {what:?}\n{:#?}", self.promises);
    }

    /// I8: no right of one giver to one holder lives twice at one instant.
    async fn nothing_twice(&self) {
        for giver in 0..3 {
            for holder in 0..3 {
                let ids = (self.people[giver].id, self.people[holder].id);
                let all = self.portal.read(move |tx| Ok(mandates::between(tx, ids.0, ids.1)?)).await;
                let now = self.portal.now();
                let mut live = Vec::new();
                for kept in &all {
                    let validity = kept.mandate.terms().validity();
                    let active = kept
                        .mandate
                        .items()
                        .iter()
                        .filter(|item| item.status.standing(&validity, now) == Standing::Active);
                    live.extend(active.map(|item| item.package));
                }
                let count = live.len();
                live.sort_unstable();
                live.dedup();
                assert_eq!(live.len(), count, "I8: {giver} gives {holder} something twice");
            }
        }
    }
}

/// Histories from a fixed seed, so that a failure comes back.
#[both]
async fn whatever_people_do_everybody_sees_what_was_agreed_and_nothing_else(store: TestStore) {
    let config = Config { rng_seed: RngSeed::Fixed(2026), ..Config::default() };
    let mut runner = TestRunner::new(config);
    let portal = Portal::with_packages(store).await;
    let (mut promises, mut requests) = (0, 0);
    for number in 1..=HISTORIES {
        let history = proptest::collection::vec(tries(), 40).new_tree(&mut runner).unwrap().current();
        let mut world = World::new(&portal, number).await;
        for what in &history {
            world.attempt(what).await;
            world.check(what).await;
        }
        assert_eq!(portal.audit().await.faults, [], "I20: what was signed is what was signed");
        promises += world.promises.len();
        requests += world.requests.len();
    }
    let enough = usize::from(HISTORIES) * 2;
    assert!(promises >= enough && requests >= enough, "histories worth something: {promises} {requests}");
}
