//! Letters that come back signed: who is told, and which are not taken.

use crate::act::*;
use crate::common::*;
use borgerportal_both::both;
use borgerportal_domain::ids::RequestId;
use borgerportal_domain::mandates::RequestStanding;
use borgerportal_domain::notices::State;
use borgerportal_service::Problem;
use borgerportal_service::mandates::paper;
use borgerportal_service::mandates::requests::Yes;
use borgerportal_store::notices;
use borgerportal_store::testing::TestStore;

/// Bent asks Inger by letter: the request and the letter's code.
async fn by_letter(portal: &Portal, bent: &Somebody, inger: &Somebody) -> (RequestId, String) {
    let asked = portal.letter(bent, named(inger), &[READ]).await;
    (asked.request, asked.code)
}

#[both]
async fn who_signed_on_paper_is_told_what_was_made_of_it(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let (_, code) = by_letter(&portal, &bent, &inger).await;
    let same = code.clone();
    portal.app.write(move |tx| paper::received(tx, &same, &scan(3))).await.unwrap();
    let versions = portal.as_citizen(&bent).await.chosen(&[READ]).await;
    let (cpr, yes) = (inger.cpr.clone(), Yes { versions, last_day: portal.day(90) });
    portal.app.write(move |tx| paper::register(tx, &code, (&cpr, &yes), &scan(3))).await.unwrap();
    let told = portal.told_to().await.0;
    for one in ["mandate_signed → Inger", "request_approved → Bent"] {
        assert!(told.contains(&one.to_owned()), "{told:?}");
    }
}

#[both]
async fn a_letter_that_only_tells_cannot_be_signed(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let (request, code) = by_letter(&portal, &bent, &inger).await;
    portal.as_citizen(&inger).await.decline(request).await.unwrap();
    // The news of the refusal is printed, too, about the same request, with a code of its own.
    let news = portal.app.write(move |tx| {
        let mut told = notices::list(tx, State::Queued, 99)?;
        told.extend(notices::list(tx, State::LetterQueued, 99)?);
        let mut codes = Vec::new();
        for one in told {
            let message = notices::load(tx, one.id)?.unwrap();
            if message.kind.code() == "request_declined" {
                notices::keep_letter(tx, one.id, &message.code, 1, &[2; 32])?;
                codes.push(message.code);
            }
        }
        Ok::<_, Problem>(codes)
    });
    let news = news.await.unwrap();
    assert_eq!(news.len(), 1);
    let (told, asked) = (news[0].clone(), code.clone());
    let refused = portal.app.write(move |tx| paper::received(tx, &told, &scan(1))).await;
    assert!(matches!(refused.unwrap_err(), Problem::NotFound), "there is nothing on it to sign");
    let versions = portal.as_citizen(&bent).await.chosen(&[READ]).await;
    let (told, cpr, yes) = (news[0].clone(), inger.cpr.clone(), Yes { versions, last_day: portal.day(90) });
    let refused = portal.app.write(move |tx| paper::register(tx, &told, (&cpr, &yes), &scan(1))).await;
    assert!(matches!(refused.unwrap_err(), Problem::NotFound));
    let late = portal.app.write(move |tx| paper::received(tx, &asked, &scan(3))).await;
    assert!(matches!(late.unwrap_err(), Problem::Denied("mandates.request.closed")), "she has answered");
}

#[both]
async fn a_letter_is_registered_after_it_was_received_and_once(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let (_, code) = by_letter(&portal, &bent, &inger).await;
    let versions = portal.as_citizen(&bent).await.chosen(&[READ]).await;
    let yes = Yes { versions, last_day: portal.day(90) };
    let register = |pages| {
        let (code, cpr, yes) = (code.clone(), inger.cpr.clone(), yes.clone());
        portal.app.write(move |tx| paper::register(tx, &code, (&cpr, &yes), &scan(pages)))
    };
    assert!(matches!(register(3).await.unwrap_err(), Problem::Denied("mandates.request.no_letter")));
    let same = code.clone();
    portal.app.write(move |tx| paper::received(tx, &same, &scan(3))).await.unwrap();
    for pages in [0, 1, 2] {
        let short = register(pages).await.unwrap_err();
        assert!(matches!(short, Problem::Denied("mandates.request.pages_missing")), "{pages}");
    }
    register(4).await.unwrap();
    assert!(matches!(register(3).await.unwrap_err(), Problem::Denied("mandates.request.closed")));
    assert_eq!(portal.as_citizen(&inger).await.overview().await.given.len(), 1);
    let signed = portal.store.rows()["evidence"];
    assert_eq!(signed, 2, "what Bent signed, and the paper once");
}

#[both]
async fn a_letter_with_a_page_missing_is_not_even_received_and_goes_out_once_more(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let (request, code) = by_letter(&portal, &bent, &inger).await;
    let his = portal.as_citizen(&bent).await;
    let (cpr, yes) =
        (inger.cpr.clone(), Yes { versions: his.chosen(&[READ]).await, last_day: portal.day(90) });
    let same = code.clone();
    // As the command line does it: received and registered, or neither.
    let short = portal.app.write(move |tx| {
        paper::received(tx, &same, &scan(2))?;
        paper::register(tx, &same, (&cpr, &yes), &scan(2))
    });
    assert!(matches!(short.await.unwrap_err(), Problem::Denied("mandates.request.pages_missing")));
    assert_eq!(his.overview().await.asked[0].standing, RequestStanding::Waiting, "nothing was noted");
    let again = portal.app.write(move |tx| {
        let (received, missing) = paper::received(tx, &code, &scan(2))?;
        paper::deficient(tx, received)?;
        Ok((received, missing))
    });
    assert_eq!(again.await.unwrap(), (request, 1));
    assert!(portal.told_to().await.0.contains(&"paper_deficient → Inger".to_owned()));
    assert_eq!(his.overview().await.asked[0].standing, RequestStanding::Waiting, "with a new deadline");
}
