//! Answering: only the one who was asked, never more than was asked for, in time.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::mandates::RequestStanding;
use borgerportal_i18n::Lang;
use borgerportal_service::jobs;
use borgerportal_service::mandates::requests;
use borgerportal_store::testing::TestStore;

#[both]
async fn nobody_but_the_one_who_was_asked_sees_or_answers_a_request(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let lone = portal.person(3, "Lone", "1972-08-09").await;
    let request =
        portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    for other in [&bent, &lone] {
        let visitor = portal.as_citizen(other).await;
        assert_eq!(visitor.approve(request, &[READ], portal.day(9)).await.unwrap_err(), "not found");
        assert_eq!(visitor.decline(request).await.unwrap_err(), "not found");
        assert_eq!(
            visitor.look(move |tx, who| requests::show(tx, who, request, Lang::Da)).await.unwrap_err(),
            "not found"
        );
    }
    for other in [&inger, &lone] {
        assert_eq!(portal.as_citizen(other).await.take_back(request).await.unwrap_err(), "not found");
    }
    // A helper of the one who was asked cannot answer for her: there is no acting-as here.
    portal.mandate(&inger, &lone).await;
    assert_eq!(
        portal.as_relative(&lone).await.approve(request, &[READ], portal.day(9)).await.unwrap_err(),
        "not found"
    );
    assert!(portal.as_citizen(&inger).await.approve(request, &[READ], portal.day(9)).await.is_ok());
}

#[both]
async fn nobody_gets_more_or_longer_than_was_asked_for(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let request =
        portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    let hers = portal.as_citizen(&inger).await;
    let view = hers.look(move |tx, who| requests::show(tx, who, request, Lang::Da)).await.unwrap();
    assert_eq!(view.periods.longest, portal.day(90));
    assert_eq!(view.closed, None);
    assert!(
        view.not_asked.iter().any(|right| right.title == "Social- og sundhedsportal"),
        "to act was not asked for"
    );
    assert!(
        view.not_asked.iter().all(|right| right.title != "Breve og dokumenter"),
        "letters are part of what was asked for"
    );
    for (codes, days, answer) in [
        (&[READ, CALENDAR][..], 90, "mandates.request.wider"),
        (&[READ][..], 91, "mandates.request.wider"),
        (&[][..], 90, "mandates.request.nothing_chosen"),
        (&[READ][..], -1, "mandates.sign.ends_too_early"),
    ] {
        assert_eq!(hers.approve(request, codes, portal.day(days)).await.unwrap_err(), answer);
    }
    hers.approve(request, &[READ], portal.day(90)).await.unwrap();
    assert_eq!(hers.approve(request, &[READ], portal.day(90)).await.unwrap_err(), "mandates.request.closed");
    let again =
        portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(60)).await.unwrap().request;
    assert_eq!(hers.approve(again, &[READ], portal.day(60)).await.unwrap_err(), "mandates.sign.overlaps");
}

#[both]
async fn a_no_is_short_and_final(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    let request = his.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    let hers = portal.as_citizen(&inger).await;
    portal.minutes_later(20);
    hers.decline(request).await.unwrap();
    assert_eq!(hers.decline(request).await.unwrap_err(), "mandates.request.closed");
    assert_eq!(his.overview().await.asked[0].standing, RequestStanding::Declined);
    assert!(portal.told_to().await.0.contains(&"request_declined → Bent".to_owned()));
    assert!(
        portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.is_ok(),
        "he may ask again"
    );
}

#[both]
async fn after_the_deadline_there_is_nothing_to_answer(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let receipt = portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(300)).await.unwrap();
    portal.app.clock.set(borgerportal_domain::Timestamp::from_millis(receipt.answer_by - 60_000));
    assert_eq!(
        portal.as_citizen(&inger).await.overview().await.waiting.len(),
        1,
        "to the last moment of the day"
    );
    portal.app.clock.set(borgerportal_domain::Timestamp::from_millis(receipt.answer_by));
    let hers = portal.as_citizen(&inger).await;
    assert_eq!(hers.overview().await.waiting.len(), 0);
    assert_eq!(
        hers.approve(receipt.request, &[READ], portal.day(1)).await.unwrap_err(),
        "mandates.request.deadline_passed"
    );
    assert_eq!(jobs::due(&portal.app).await.unwrap(), 1);
    assert_eq!(jobs::due(&portal.app).await.unwrap(), 0, "once");
    let (told, _) = portal.told_to().await;
    assert_eq!(told.iter().filter(|one| *one == "request_lapsed → Bent").count(), 1, "{told:?}");
}

#[both]
async fn the_form_sent_twice_is_one_mandate(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let request =
        portal.as_citizen(&bent).await.ask(named(&inger), &[READ], portal.day(90)).await.unwrap().request;
    let hers = portal.as_citizen(&inger).await;
    let yes = requests::Yes { versions: hers.chosen(&[READ]).await, last_day: portal.day(90) };
    let same = yes.clone();
    let shown =
        hers.look(move |tx, who| requests::preview(tx, who, request, &same, Lang::Da)).await.unwrap().hash;
    let id = portal.app.store.errand_id(portal.now()).unwrap();
    let mut answers = Vec::new();
    for _ in 0..2 {
        let (yes, shown) = (yes.clone(), shown.clone());
        let errand = move |tx: &borgerportal_store::tx::Tx<'_>,
                           who: &borgerportal_service::sessions::SignedIn| {
            requests::approve(tx, who, request, &yes, (&shown, Lang::Da))
        };
        answers.push(portal.app.write_as(&hers.token, ("answer", id), |_| Ok(()), errand).await.unwrap());
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(hers.overview().await.given.len(), 1);
}

#[both]
async fn a_young_giver_gives_what_a_package_lets_them(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let sofie = portal.person(1, "Sofie", "2010-01-01").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let his = portal.as_citizen(&bent).await;
    let both = his.ask(named(&sofie), &[READ, ADULTS], portal.day(90)).await.unwrap().request;
    let hers = portal.as_citizen(&sofie).await;
    assert_eq!(
        hers.approve(both, &[READ, ADULTS], portal.day(90)).await.unwrap_err(),
        "mandates.sign.giver_too_young"
    );
    assert!(hers.approve(both, &[READ], portal.day(90)).await.is_ok());
    let adults = his.ask(named(&sofie), &[ADULTS], portal.day(90)).await.unwrap().request;
    let view = hers.look(move |tx, who| requests::show(tx, who, adults, Lang::Da)).await.unwrap();
    assert_eq!(view.closed, Some("mandates.sign.giver_too_young"));
}
