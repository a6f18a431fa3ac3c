//! The front page: who asks for something, until when one can complain, who has answered, and until when the next visit can
//! be called off; for Inger, and for her daughter, who hears of the same but of no request.

use borgerportal_both::both;
use borgerportal_fhir::MESSAGE_CATEGORY;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, grant, letter, name_of, patient, sent, visit};
use borgerportal_stories::mandates::READ;
use borgerportal_stories::{HELSINGOR, INGER, METTE, PREBEN, Page, Visitor, World, html};
use serde_json::{Value, json};

/// The stories begin on Tuesday 3 November 2026: it is too late for this Thursday, and time for the next.
const THURSDAY: (&str, &str) = ("2026-11-05T10:00:00+01:00", "2026-11-05T10:30:00+01:00");
const NEXT: (&str, &str) = ("2026-11-12T10:00:00+01:00", "2026-11-12T10:30:00+01:00");

/// A message about the wound, in answer to others.
fn message(id: &str, at: &str, answers: &[&str]) -> Value {
    let answers: Vec<Value> =
        answers.iter().map(|id| json!({ "reference": format!("Communication/{id}") })).collect();
    json!({
        "resourceType": "Communication", "id": id, "status": "completed",
        "category": [{ "coding": [{ "system": MESSAGE_CATEGORY, "code": "question" }] }],
        "subject": { "reference": format!("Patient/{}", name_of(&INGER)) },
        "sent": format!("2026-11-02T{at}:00Z"), "sender": { "display": "Hjemmesygeplejen" },
        "topic": { "text": "Om såret" }, "inResponseTo": answers,
        "payload": [{ "contentString": "Vi kommer kl. 14." }],
    })
}

/// Inger with everything that may stand there, and a son who asks.
async fn world(store: TestStore) -> World {
    let (world, record) = World::with_inger(store).await;
    world.offer_packages().await;
    let all = [
        patient(&INGER),
        letter(&INGER, "d1", "Brev om genoptræning", "2026-10-01"),
        grant(&INGER, "g1", "Aflastning", &[sent("citizen", "digital_post", "2026-11-02")]),
        message("c1", "09:00", &[]),
        message("c2", "09:10", &["c1"]),
        message("c3", "09:20", &["c2"]),
        visit(&INGER, "v1", "cleaning", THURSDAY),
        visit(&INGER, "v2", "cleaning", NEXT),
    ];
    record.delivers(&bundle("transaction", "2026-11-02T10:00:00Z", &all)).await;
    let (name, cpr) = INGER.typed();
    world.log_in_for_mandates(PREBEN).await.send("bed-om", (&name, &cpr), &[READ]).await;
    world
}

/// What the rows of the page are called.
fn rows(page: &Page) -> Vec<String> {
    let html = page.html();
    let links = html::all(&html, "a").filter(|link| link.has_class("bp-row-link"));
    links.map(|link| link.words()).filter(|words| !words.contains("kl. ")).collect()
}

async fn citizen(world: &World) -> Visitor {
    let mut inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    inger.stand_at(&world.journal_of(&INGER).await);
    inger
}

#[both]
async fn a_mother_answers_from_there_what_waits_for_her(store: TestStore) {
    let world = world(store).await;
    let inger = citizen(&world).await;
    let front = inger.at("/").await;
    let words = front.words();
    assert_eq!(
        rows(&front),
        ["Preben Holm beder om fuldmagt", "Aflastning", "Om såret", "Brev om genoptræning"]
    );
    for said in [
        "Svar senest 3. december Venter på dig",
        "Du kan klage til og med 30. november Der er 27 dage endnu",
        "Hjemmesygeplejen · i går Nyt svar",
        "3 ulæste beskeder",
        "For sent at afmelde her. Ring 12 34 56 78",
        "Se og stop fuldmagter",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    let question = inger.browser.get(&front.link("Preben Holm beder om fuldmagt")).await;
    assert_eq!(question.h1(), "Vil du give Preben Holm fuldmagt?");
    assert!(question.words().contains("Svar senest 3. december 2026"), "{}", question.words());
    let said = inger.reply(&question, &[("svar", "nej")]).await;
    assert!(said.words().contains("Du har sagt nej"), "{}", said.words());
    let thread = inger.browser.get(&inger.at("/").await.link("Om såret")).await;
    assert_eq!((thread.status, thread.h1().as_str()), (200, "Om såret"));
    let grant = inger.browser.get(&front.link("Aflastning")).await;
    assert!(grant.words().contains("Du kan klage til og med mandag 30. november 2026"), "{}", grant.words());
    let after = inger.at("/").await;
    assert_eq!(rows(&after), ["Aflastning", "Brev om genoptræning"], "the rest was answered or read");
    assert!(!after.words().contains("ulæste beskeder"), "{}", after.words());
}

#[both]
async fn a_daughter_is_told_the_same_and_of_no_request(store: TestStore) {
    let world = world(store).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    let front = mette.choose("Inger Holm").await;
    assert_eq!(rows(&front), ["Aflastning", "Om såret", "Brev om genoptræning"]);
    let words = front.words();
    assert!(words.contains("Der kan klages for Inger til og med 30. november"), "{words}");
    assert!(!words.contains("beder om fuldmagt") && !front.html().contains("/fuldmagter"), "{words}");
}

#[both]
async fn days_are_counted_down_and_then_gone(store: TestStore) {
    let world = world(store).await;
    for (days, left) in [(7, Some("Der er 20 dage endnu")), (20, Some("I dag er sidste dag")), (1, None)] {
        world.minutes_later(days * 24 * 60);
        let words = citizen(&world).await.at("/").await.words();
        assert_eq!(words.contains("Aflastning"), left.is_some(), "{words}");
        assert!(left.is_none_or(|left| words.contains(left)), "{words}");
    }
}

#[both]
async fn who_has_written_sees_until_when_an_answer_is_promised(store: TestStore) {
    let world = world(store).await;
    let inger = citizen(&world).await;
    let new = inger.browser.visit(&inger.at("/messages").await.link("Skriv en besked")).await;
    let page = inger.browser.submit(&new.form("/messages/new"), &[("til", "nursing")]).await;
    let page = inger.reply(&page, &[("besked", "Hvornår kommer I?")]).await;
    let check = inger.browser.visit(&page.link("Fortsæt")).await;
    assert_eq!(inger.reply(&check, &[]).await.h1(), "Beskeden er sendt");
    let front = inger.at("/").await;
    assert_eq!(rows(&front).last().map(String::as_str), Some("Hvornår kommer I?"), "{}", front.words());
    let waits = "Sendt i dag · svar inden 5. november Afventer svar";
    assert!(front.words().contains(waits), "{}", front.words());
}
