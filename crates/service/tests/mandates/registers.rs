//! Registers and authorities: doubt, death, age, a new number, paper.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::{AnnulReason, Named, Origin, Standing, SuspendReason};
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_service::mandates::paper::{self, Paper};
use borgerportal_service::mandates::requests::Yes;
use borgerportal_service::mandates::{drafts, register, show};
use borgerportal_service::{Problem, jobs};
use borgerportal_store::mandates::evidence;
use borgerportal_store::testing::TestStore;

#[both]
async fn an_authority_pauses_resumes_and_ends_with_neutral_words(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&inger, helsingor()).await;
    let id =
        portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
    let helper = portal.as_relative(&mette).await;
    let review_by = portal.now().plus_days(14);
    portal.write(move |tx| register::suspend(tx, id, SuspendReason::Misuse, review_by)).await;
    assert!(helper.titles(journal).await.unwrap_err().starts_with("access.mandate.suspended"));
    let hers = helper.look(move |tx, who| show(tx, who, id, Lang::Da)).await.unwrap();
    assert_eq!(hers.history[0].reason, None, "the holder is not told why");
    let givers =
        portal.as_citizen(&inger).await.look(move |tx, who| show(tx, who, id, Lang::Da)).await.unwrap();
    assert_eq!(givers.history[0].reason, Some("misuse"));
    portal.write(move |tx| register::resume(tx, id)).await;
    assert_eq!(helper.titles(journal).await, Ok(vec![]));
    portal.write(move |tx| register::annul(tx, id, AnnulReason::Misuse)).await;
    assert!(helper.titles(journal).await.unwrap_err().starts_with("access.mandate.annulled"));
    let twice = portal.app.write(move |tx| register::resume(tx, id)).await.unwrap_err();
    assert!(matches!(twice, Problem::Denied("mandates.already_over")));
    let (told, _) = portal.told_to().await;
    for kind in ["mandate_suspended", "mandate_resumed", "mandate_annulled"] {
        assert_eq!(told.iter().filter(|one| one.starts_with(kind)).count(), 2, "{kind} to both: {told:?}");
    }
}

#[both]
async fn a_death_ends_everything_of_that_person_and_tells_who_lives(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let bent = portal.person(3, "Bent", "1941-02-03").await;
    let lone = portal.person(4, "Lone", "1972-08-09").await;
    portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap();
    portal.as_citizen(&bent).await.give(named(&inger), &[READ], portal.day(30)).await.unwrap();
    portal.as_citizen(&lone).await.ask(named(&inger), &[READ], portal.day(30)).await.unwrap();
    portal.as_citizen(&inger).await.ask(named(&lone), &[READ], portal.day(30)).await.unwrap();
    let (id, on) = (inger.id, Date::constant(2026, 11, 2));
    for _ in 0..2 {
        portal.write(move |tx| register::died(tx, id, on)).await;
    }
    assert_eq!(
        portal.as_relative(&mette).await.overview().await.received[0].standing,
        Standing::EndedByDeath
    );
    assert_eq!(portal.as_citizen(&bent).await.overview().await.given[0].standing, Standing::EndedByDeath);
    let hers = portal.as_citizen(&lone).await.overview().await;
    assert_eq!((hers.asked[0].standing.code(), hers.waiting.len()), ("annulled", 0));
    let told = portal.told_to().await.0;
    let after: Vec<_> = told
        .iter()
        .filter(|one| {
            !one.starts_with("mandate_given")
                && !one.starts_with("mandate_signed")
                && !one.starts_with("mandate_requested")
        })
        .collect();
    assert_eq!(
        after,
        [
            "mandate_ended → Bent",
            "mandate_ended → Mette",
            "request_annulled → Lone",
            "request_withdrawn → Lone"
        ]
    );
    let dead = portal.as_citizen(&inger).await.look(drafts::mine).await;
    assert!(dead.unwrap_err().starts_with("access.actor.deceased"));
}

#[both]
async fn who_turns_out_to_be_a_child_has_given_nothing(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let sofie = portal.person(1, "Sofie", "2011-01-01").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    portal.as_citizen(&sofie).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap();
    portal.as_citizen(&mette).await.ask(named(&sofie), &[CALENDAR], portal.day(30)).await.unwrap();
    let id = sofie.id;
    portal.write(move |tx| register::under_age(tx, id, Date::constant(2012, 1, 1))).await;
    let hers = portal.as_citizen(&mette).await.overview().await;
    assert_eq!((hers.received[0].standing, hers.asked[0].standing.code()), (Standing::Annulled, "annulled"));
}

#[both]
async fn a_new_number_moves_the_pointer_and_nothing_that_was_signed(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let id =
        portal.as_citizen(&inger).await.give(named(&mette), &[READ], portal.day(30)).await.unwrap().mandate;
    let before =
        portal.as_citizen(&inger).await.look(move |tx, who| show(tx, who, id, Lang::Da)).await.unwrap();
    let (old, new) = (inger.cpr.clone(), cpr_of(777));
    let (from, to) = (old.clone(), new.clone());
    portal.write(move |tx| register::number_changed(tx, &from, &to).map(|_| ())).await;
    let after =
        portal.as_citizen(&inger).await.look(move |tx, who| show(tx, who, id, Lang::Da)).await.unwrap();
    assert_eq!(after.evidence, before.evidence);
    for number in [old, new.clone()] {
        let found = portal.read(move |tx| Ok(borgerportal_store::people::by_cpr(tx, &number)?)).await;
        assert_eq!(found, Some(inger.id), "found by both");
    }
    let theirs = mette.cpr.clone();
    let stolen = portal.app.write(move |tx| register::number_changed(tx, &new, &theirs).map(|_| ())).await;
    assert!(matches!(stolen.unwrap_err(), Problem::Stale), "a number that is somebody else's");
}

#[both]
async fn what_came_due_during_a_pause_is_told_when_it_is_over(store: TestStore) {
    for (given_for, paused_for, expected) in [
        (60, 40, vec!["mandate_renewal_due_30"]),
        (60, 55, vec!["mandate_renewal_due_7"]),
        (60, 10, vec![]),
        (60, 70, vec![]),
    ] {
        let portal = Portal::with_packages(store.another()).await;
        let inger = portal.person(1, "Inger", "1943-05-12").await;
        let mette = portal.person(2, "Mette", "1975-02-03").await;
        let hers = portal.as_citizen(&inger).await;
        let id = hers.give(named(&mette), &[READ], portal.day(given_for)).await.unwrap().mandate;
        let review_by = portal.now().plus_days(90);
        portal.write(move |tx| register::suspend(tx, id, SuspendReason::Misuse, review_by)).await;
        for _ in 0..paused_for {
            portal.days_later(1);
            jobs::due(&portal.app).await.unwrap();
        }
        let resumed = portal.app.write(move |tx| register::resume(tx, id)).await;
        assert_eq!(resumed.is_ok(), paused_for < given_for);
        jobs::due(&portal.app).await.unwrap();
        let (told, _) = portal.told_to().await;
        let due: Vec<&str> = told
            .iter()
            .filter_map(|one| one.strip_suffix(" → Inger"))
            .filter(|one| one.contains("due"))
            .collect();
        assert_eq!(due, expected, "after {paused_for} days: {told:?}");
    }
}

#[both]
async fn what_was_asked_of_a_new_number_before_it_was_known_waits_for_its_owner(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let new = Named::read("Inger Holm", cpr_of(777).expose(), "").unwrap();
    let other = Named::read("Ulla Ravn", cpr_of(777).expose(), "").unwrap();
    let his = portal.as_citizen(&bent).await;
    let by_old = his.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    let by_new = his.ask(new, &[CALENDAR], portal.day(90)).await.unwrap().request;
    his.ask(other, &[CONTACT], portal.day(90)).await.unwrap();
    let (from, to) = (inger.cpr.clone(), cpr_of(777));
    portal.write(move |tx| register::number_changed(tx, &from, &to).map(|_| ())).await;
    let hers = portal.as_citizen(&inger).await;
    let mut waiting: Vec<_> = hers.overview().await.waiting.iter().map(|row| row.id).collect();
    waiting.sort();
    let mut both = [by_old, by_new];
    both.sort();
    assert_eq!(
        waiting, both,
        "by the old number, by the new one, and nothing that was meant for somebody else"
    );
    hers.approve(by_new, &[CALENDAR], portal.day(60)).await.unwrap();
    assert_eq!(his.overview().await.received.len(), 1);
}

fn paper(pages: u16) -> Paper {
    Paper { registrar: "Borgerservice 12".to_owned(), ..scan(pages) }
}

#[both]
async fn a_letter_comes_back_signed_and_becomes_a_mandate(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    let Asked { request: sent, code, .. } = portal.letter(&bent, named(&inger), &[READ]).await;
    let (lower, typed) = (code.to_lowercase(), code.clone());
    let (first, second, third) = (code.clone(), code.clone(), code.clone());
    let (request, missing) =
        portal.app.write(move |tx| paper::received(tx, &lower, &paper(2))).await.unwrap();
    assert_eq!((request, missing), (sent, 1));
    let versions = his.chosen(&[READ]).await;
    let yes = Yes { versions, last_day: portal.day(90) };
    assert_eq!(his.take_back(request).await.unwrap_err(), "mandates.request.being_registered");
    portal.write(move |tx| paper::deficient(tx, request)).await;
    assert!(portal.told_to().await.0.contains(&"paper_deficient → Inger".to_owned()));
    portal.app.write(move |tx| paper::received(tx, &typed, &paper(3))).await.unwrap();
    let (cpr, wrong, again) = (inger.cpr.clone(), bent.cpr.clone(), yes.clone());
    let (all, number) = (yes.clone(), inger.cpr.clone());
    let short = portal.app.write(move |tx| paper::register(tx, &third, (&number, &all), &paper(2))).await;
    assert!(matches!(short.unwrap_err(), Problem::Denied("mandates.request.pages_missing")));
    let other = portal.app.write(move |tx| paper::register(tx, &first, (&wrong, &again), &paper(3))).await;
    assert!(matches!(other.unwrap_err(), Problem::Denied("mandates.request.not_the_giver")));
    let signed =
        portal.app.write(move |tx| paper::register(tx, &second, (&cpr, &yes), &paper(3))).await.unwrap();
    let row = &his.overview().await.received[0];
    assert_eq!((row.id, row.origin, row.standing), (signed.mandate, Origin::Paper, Standing::Active));
    let view = his.look(move |tx, who| show(tx, who, signed.mandate, Lang::Da)).await.unwrap();
    let evidence = view.evidence.unwrap();
    assert!(evidence.paper && evidence.text.is_none() && evidence.hash.starts_with("0909"));
    let hers = portal.as_citizen(&inger).await;
    assert!(!hers.overview().await.given[0].may_renew, "paper is renewed by paper");
    let unknown = portal.app.write(|tx| paper::received(tx, "AAAA-BBBB-CCCC", &paper(3))).await;
    assert!(matches!(unknown.unwrap_err(), Problem::NotFound));
}

#[both]
async fn a_paper_in_own_words_is_a_mandate_like_any_other(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let kaj = portal.person(1, "Kaj", "1949-05-12").await;
    let mette = portal.person(2, "Mette", "1975-02-03").await;
    let journal = portal.journal(&kaj, helsingor()).await;
    let versions = portal.as_citizen(&mette).await.chosen(&[READ]).await;
    let (giver, holder, last_day) = (kaj.cpr.clone(), mette.cpr.clone(), portal.day(200));
    let yes = Yes { versions, last_day };
    let signed = portal
        .app
        .write(move |tx| paper::in_own_words(tx, (&giver, &holder), &yes, &paper(1)))
        .await
        .unwrap();
    assert_eq!(portal.as_relative(&mette).await.titles(journal).await, Ok(vec![]));
    let kept = portal.read(move |tx| {
        let kept = borgerportal_store::mandates::load(tx, signed.mandate)?.unwrap();
        Ok(evidence::load(tx, kept.evidence.unwrap())?.unwrap())
    });
    let evidence::Proof::Paper { registrar, pages, .. } = kept.await.proof else { unreachable!() };
    assert_eq!((registrar.as_str(), pages), ("Borgerservice 12", 1));
}
