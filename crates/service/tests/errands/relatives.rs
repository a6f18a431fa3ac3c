//! Relatives: what a mandate opens, and everything that closes it again on the very next request.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::access::{Block, Blocked, Guardianship, GuardianshipScope, Privilege};
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::ids::{ItemId, JournalId, MandateId};
use borgerportal_domain::mandates::{Channel, Party, Status, SuspendReason, Territory};
use borgerportal_domain::time::Date;
use borgerportal_service::documents::{Filter, Page, Place};
use borgerportal_store::facts;
use borgerportal_store::testing::TestStore;
use std::sync::Arc;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::atomic::{AtomicBool, AtomicUsize};
use std::time::Duration;

/// A mother with one letter with a file, and a daughter with a mandate.
struct Family {
    portal: Portal,
    mother: Somebody,
    daughter: Somebody,
    journal: JournalId,
    letter: ItemId,
    mandate: MandateId,
}

async fn family(portal: Portal) -> Family {
    let mother = portal.person(1001, "Inger", "1943-05-12").await;
    let daughter = portal.person(1002, "Mette", "1970-02-03").await;
    let brev = with_pdf(letter(&mother, "d1", "Brev om hjælp", "2026-10-01"), PDF);
    portal.deliver(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&mother), brev])).await;
    let journal = portal.journal_of(&mother.cpr, helsingor()).await.unwrap();
    let letter = portal.as_citizen(&mother).await.list(journal).await.unwrap().rows[0].head.id;
    let mandate = portal.mandate(&mother, &daughter).await;
    Family { portal, mother, daughter, journal, letter, mandate }
}

impl Family {
    /// What the daughter gets of every kind of read: one answer, or the test stops.
    async fn answer(&self, visitor: &Visitor) -> String {
        let reads = visitor.every_read(self.journal, self.letter, Page::After(Place::TOP)).await;
        let first = reads[0].1.clone();
        for (what, answer) in reads {
            assert_eq!(answer, first, "{what}");
        }
        first
    }
}

#[both]
async fn whatever_ends_a_mandate_ends_every_kind_of_read_at_once(store: TestStore) {
    let it = family(Portal::open(store)).await;
    let visitor = it.portal.as_relative(&it.daughter).await;
    assert_eq!(it.answer(&visitor).await, "shown");
    let at = it.portal.now();
    let reason = SuspendReason::ALL[0];
    let suspended =
        Status::Suspended { since: at, reason, review_by: at.plus_days(30), successor_from: None };
    it.portal.set_status(it.mandate, &it.mother, suspended).await;
    assert_eq!(it.answer(&visitor).await, "access.mandate.suspended Inger Holm");
    it.portal.set_status(it.mandate, &it.mother, Status::SIGNED).await;
    assert_eq!(it.answer(&visitor).await, "shown");
    it.portal.set_status(it.mandate, &it.daughter, Status::Renounced { at }).await;
    assert_eq!(it.answer(&visitor).await, "access.mandate.renounced Inger Holm");
    it.portal.set_status(it.mandate, &it.mother, Status::SIGNED).await;
    assert_eq!(it.answer(&visitor).await, "access.mandate.renounced Inger Holm", "what is over stays over");
    it.portal.mandate(&it.mother, &it.daughter).await;
    assert_eq!(it.answer(&visitor).await, "shown", "a new one opens again");
}

#[both]
async fn a_mandate_ends_by_the_clock_to_the_minute(store: TestStore) {
    let it = family(Portal::open(store)).await;
    it.portal.withdraw(it.mandate, &it.mother).await;
    let until = it.portal.now().plus_minutes(10);
    it.portal.mandate_with(&it.mother, &it.daughter, |mandate| mandate.validity.until = until).await;
    let visitor = it.portal.as_relative(&it.daughter).await;
    it.portal.app.clock.set(until.plus_millis(-20_000));
    assert_eq!(it.answer(&visitor).await, "shown");
    it.portal.app.clock.set(until);
    assert_eq!(it.answer(&visitor).await, "access.mandate.expired Inger Holm");
}

#[both]
async fn the_death_of_either_ends_it(store: TestStore) {
    let it = family(Portal::open(store)).await;
    let visitor = it.portal.as_relative(&it.daughter).await;
    it.portal.change(&it.mother, |facts| facts.deceased_on = Some(Date::constant(2026, 11, 1))).await;
    assert_eq!(it.answer(&visitor).await, "access.subject.deceased Inger Holm");
    it.portal.change(&it.mother, |facts| facts.deceased_on = None).await;
    let ended = Status::EndedByDeath { at: it.portal.now(), party: Party::Giver };
    it.portal.set_status(it.mandate, &it.mother, ended).await;
    assert_eq!(it.answer(&visitor).await, "access.subject.deceased Inger Holm");
    it.portal.mandate(&it.mother, &it.daughter).await;
    assert_eq!(it.answer(&visitor).await, "shown");
    it.portal.change(&it.daughter, |facts| facts.deceased_on = Some(Date::constant(2026, 11, 1))).await;
    assert_eq!(it.answer(&visitor).await, "access.actor.deceased Inger Holm");
}

#[both]
async fn a_block_shuts_out_whom_it_names_and_for_as_long_as_it_says(store: TestStore) {
    let it = family(Portal::open(store)).await;
    let (visitor, own) = (it.portal.as_relative(&it.daughter).await, it.portal.as_citizen(&it.mother).await);
    let block = |blocked, until| Block { blocked, from: it.portal.now(), until };
    let end = it.portal.now().plus_minutes(5);
    it.portal.block(&it.mother, helsingor(), block(Blocked::Person(it.daughter.id), Some(end))).await;
    assert_eq!(it.answer(&visitor).await, "access.blocked Inger Holm");
    assert_eq!(it.answer(&own).await, "shown");
    it.portal.minutes_later(6);
    assert_eq!(it.answer(&visitor).await, "shown", "the block has ended");
    it.portal.block(&it.mother, helsingor(), block(Blocked::AllOthers, None)).await;
    assert_eq!(it.answer(&visitor).await, "access.blocked Inger Holm");
    assert_eq!(it.answer(&own).await, "shown");
    it.portal.block(&it.mother, helsingor(), block(Blocked::Everybody, None)).await;
    assert_eq!(it.answer(&own).await, "access.blocked Inger Holm");
}

#[both]
async fn a_mandate_opens_only_what_it_covers_and_where_it_holds(store: TestStore) {
    let it = family(Portal::open(store)).await;
    it.portal.withdraw(it.mandate, &it.mother).await;
    let visitor = it.portal.as_relative(&it.daughter).await;
    let calendar = only(&[Privilege::ReadCalendar]);
    let narrow =
        it.portal.mandate_with(&it.mother, &it.daughter, |one| one.items[0].privileges = calendar).await;
    assert_eq!(visitor.titles(it.journal).await.unwrap_err(), "access.mandate.not_covered Inger Holm");
    let page = visitor.front_page(it.journal).await.unwrap();
    assert!(page.news.is_none(), "the front page does not tell what documents there are");
    it.portal.withdraw(narrow, &it.mother).await;
    let elsewhere = Territory::Only(vec![randers()]);
    let far =
        it.portal.mandate_with(&it.mother, &it.daughter, |one| one.items[0].territory = elsewhere).await;
    assert_eq!(it.answer(&visitor).await, "access.mandate.withdrawn Inger Holm");
    let watchers = it.portal.as_citizen(&it.mother).await.front_page(it.journal).await.unwrap().watchers;
    assert!(watchers.is_empty(), "who has a mandate for Randers alone cannot see data here");
    it.portal.withdraw(far, &it.mother).await;
    it.portal.mandate_with(&it.mother, &it.daughter, |one| one.items[0].channel = Channel::Contact).await;
    assert_eq!(visitor.titles(it.journal).await.unwrap_err(), "access.mandate.withdrawn Inger Holm");
}

#[both]
async fn a_guardian_of_personal_matters_reads_and_one_of_money_does_not(store: TestStore) {
    let it = family(Portal::open(store)).await;
    it.portal.withdraw(it.mandate, &it.mother).await;
    let guardian = it.portal.person(1005, "Jens", "1965-01-01").await;
    let visitor = it.portal.as_relative(&guardian).await;
    assert_eq!(it.answer(&visitor).await, "not found");
    for (scope, answer) in [
        (GuardianshipScope::Economic, "access.guardianship.scope Inger Holm"),
        (GuardianshipScope::Personal, "shown"),
    ] {
        let fact = Guardianship {
            guardian: guardian.id,
            ward: it.mother.id,
            scope,
            from: Date::constant(2020, 1, 1),
            last_day: None,
        };
        it.portal.write(move |tx| Ok(facts::keep_guardianship(tx, &fact)?)).await;
        assert_eq!(it.answer(&visitor).await, answer);
    }
}

#[both]
async fn nobody_under_fifteen_reads_alone_and_nobody_else_by_their_mandate(store: TestStore) {
    let portal = Portal::open(store);
    let child = portal.person(1010, "Alma", "2011-11-05").await;
    let aunt = portal.person(1011, "Else", "1980-01-01").await;
    portal
        .deliver(&bundle(
            "transaction",
            "2026-10-01T10:00:00Z",
            &[patient(&child), letter(&child, "d", "Brev", "2026-10-01")],
        ))
        .await;
    let journal = portal.journal_of(&child.cpr, helsingor()).await.unwrap();
    portal.mandate(&child, &aunt).await;
    let (own, helper) = (portal.as_citizen(&child).await, portal.as_relative(&aunt).await);
    assert_eq!(own.titles(journal).await.unwrap_err(), "access.own.too_young Alma Holm");
    assert_eq!(helper.titles(journal).await.unwrap_err(), "not found");
    // The 15th birthday begins at midnight in Denmark: 23.00 UTC the day before.
    let birthday = borgerportal_domain::time::copenhagen_midnight(Date::constant(2026, 11, 5));
    let (own, helper) = {
        portal.app.clock.set(birthday.plus_millis(-30_000));
        (portal.as_citizen(&child).await, portal.as_relative(&aunt).await)
    };
    assert_eq!(own.titles(journal).await.unwrap_err(), "access.own.too_young Alma Holm");
    portal.app.clock.set(birthday);
    assert_eq!(own.titles(journal).await.unwrap(), ["Brev"]);
    assert_eq!(helper.titles(journal).await.unwrap(), ["Brev"]);
}

#[both]
async fn a_withdrawn_mandate_refuses_every_read_that_began_afterwards(store: TestStore) {
    let it = family(Portal::open(store)).await;
    let visitor = it.portal.as_relative(&it.daughter).await;
    let mut mandate = it.mandate;
    let mut tried = 0;
    for round in 0..50 {
        it.portal.withdraw(mandate, &it.mother).await;
        // Nothing of what begins now may be shown, whichever thread it lands on.
        let reads = (0..20).map(|number| {
            let (visitor, journal, item) = (visitor.clone(), it.journal, it.letter);
            tokio::spawn(async move {
                let problem = match number % 5 {
                    0 => visitor.list(journal).await.err(),
                    1 => visitor.open(journal, item).await.err(),
                    2 => visitor.file(journal, item).await.err(),
                    3 => visitor.search(journal, "brev").await.err(),
                    _ => visitor.page(journal, Filter::default(), Page::After(Place::TOP)).await.err(),
                };
                problem.map(|problem| told(&problem))
            })
        });
        for read in reads.collect::<Vec<_>>() {
            let answer = read.await.unwrap();
            assert_eq!(answer.as_deref(), Some("access.mandate.withdrawn Inger Holm"), "round {round}");
            tried += 1;
        }
        mandate = it.portal.mandate(&it.mother, &it.daughter).await;
        assert_eq!(visitor.titles(it.journal).await.unwrap(), ["Brev om hjælp"]);
    }
    assert_eq!(tried, 1_000);
}

#[both]
async fn reads_under_way_while_a_mandate_comes_and_goes_are_never_stale(store: TestStore) {
    let it = family(Portal::open(store)).await;
    let visitor = it.portal.as_relative(&it.daughter).await;
    // Odd from the moment a withdrawal is acknowledged until the next mandate is about to be signed.
    let stage = Arc::new(AtomicUsize::new(0));
    let stop = Arc::new(AtomicBool::new(false));
    let readers = (0..4).map(|_| {
        let (visitor, stage, stop, journal) = (visitor.clone(), stage.clone(), stop.clone(), it.journal);
        tokio::spawn(async move {
            let (mut shown, mut late) = (0, 0);
            while !stop.load(SeqCst) {
                let before = stage.load(SeqCst);
                let answer = visitor.list(journal).await;
                shown += usize::from(answer.is_ok());
                // It began closed and ended in the same stage: it lay wholly inside.
                late += usize::from(answer.is_ok() && before % 2 == 1 && stage.load(SeqCst) == before);
            }
            (shown, late)
        })
    });
    let readers: Vec<_> = readers.collect();
    let mut mandate = it.mandate;
    for _ in 0..40 {
        it.portal.withdraw(mandate, &it.mother).await;
        stage.fetch_add(1, SeqCst);
        tokio::time::sleep(Duration::from_millis(8)).await;
        stage.fetch_add(1, SeqCst);
        mandate = it.portal.mandate(&it.mother, &it.daughter).await;
        tokio::time::sleep(Duration::from_millis(8)).await;
    }
    stop.store(true, SeqCst);
    let mut all = (0, 0);
    for reader in readers {
        let (shown, late) = reader.await.unwrap();
        all = (all.0 + shown, all.1 + late);
    }
    assert!(all.0 > 20, "the readers must have seen it open, too: {}", all.0);
    assert_eq!(all.1, 0, "stale answers");
}

#[both]
async fn what_is_withheld_from_relatives_is_nowhere_for_them(store: TestStore) {
    let it = family(Portal::open(store)).await;
    let audience = ["audience-citizen", "audience-parent", "audience-relative"];
    let hidden = [
        labelled(letter(&it.mother, "h1", "Brev kun til borgeren", "2026-10-02"), &["audience-citizen"]),
        labelled(
            letter(&it.mother, "h2", "Brev om en nabo", "2026-10-03"),
            &[&audience[..], &["third_party"]].concat(),
        ),
        labelled(
            letter(&it.mother, "h3", "Brev holdt tilbage", "2026-10-04"),
            &[&audience[..], &["withheld-from-relative"]].concat(),
        ),
    ];
    let resources = [&[patient(&it.mother)], &hidden[..]].concat();
    it.portal.deliver(&bundle("transaction", "2026-10-05T10:00:00Z", &resources)).await;
    let (own, helper) = (it.portal.as_citizen(&it.mother).await, it.portal.as_relative(&it.daughter).await);
    let rows = own.list(it.journal).await.unwrap().rows;
    assert_eq!(rows.len(), 4, "{:?}", own.titles(it.journal).await);
    assert_eq!(helper.titles(it.journal).await.unwrap(), ["Brev om hjælp"]);
    assert_eq!(helper.search(it.journal, "brev").await.unwrap().total, 1);
    assert_eq!(helper.search(it.journal, "nabo").await.unwrap().total, 0);
    for row in rows.iter().filter(|row| row.head.id != it.letter) {
        assert_eq!(told(&helper.open(it.journal, row.head.id).await.err().unwrap()), "not found");
    }
    assert_eq!(helper.latest(it.journal).await, Some((vec!["Brev om hjælp".to_owned()], 0)));
}

#[both]
async fn a_protected_address_keeps_author_and_unit_from_everybody_else(store: TestStore) {
    let it = family(Portal::open(store)).await;
    let (own, helper) = (it.portal.as_citizen(&it.mother).await, it.portal.as_relative(&it.daughter).await);
    let authors = async |visitor: &Visitor| {
        let row = visitor.list(it.journal).await.unwrap().rows.remove(0).head;
        let open = visitor.open(it.journal, it.letter).await.unwrap().head;
        let hit = visitor.search(it.journal, "brev").await.unwrap().rows.remove(0).head;
        assert_eq!(row.kind, DocumentType::Letter);
        [row, open, hit].map(|head| (head.author.clone(), head.unit.clone()))
    };
    let whole = (Some("Anne Berg".to_owned()), Some("Hjemmeplejen Nord".to_owned()));
    assert_eq!(authors(&helper).await, [whole.clone(), whole.clone(), whole.clone()]);
    it.portal.change(&it.mother, |facts| facts.protected = true).await;
    assert_eq!(authors(&helper).await, [(None, None), (None, None), (None, None)]);
    assert_eq!(authors(&own).await, [whole.clone(), whole.clone(), whole]);
    assert_eq!(
        helper.search(it.journal, "Hjemmeplejen").await.unwrap().total,
        0,
        "nor can the unit be guessed by searching for it"
    );
}
