//! Who comes for their own mandates chooses no municipality: help is anybody's then, and the portal begins at its own
//! door. Who has chosen one reads where its Borgerservice is. The language they chose is the one they are written to in.

use borgerportal_both::both;
use borgerportal_domain::person::Language;
use borgerportal_service::language;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::mandates::{CALENDAR, READ, form_to};
use borgerportal_stories::{HELSINGOR, INGER, PREBEN, Visitor, World};

async fn world(store: TestStore) -> World {
    let (world, _) = World::with_inger(store).await;
    world.offer_packages().await;
    world
}

#[both]
async fn the_portal_begins_at_its_own_door(store: TestStore) {
    let world = world(store).await;
    let inger = world.log_in_for_mandates(INGER).await;
    for path in ["/personer", "/velkommen", "/personer?selv=1"] {
        let answer = inger.browser.get(path).await;
        assert_eq!((answer.status, answer.location()), (303, Some("/")), "{path}");
    }
    let nothing = inger.browser.get("/p/0192d3a4-0000-7000-8000-00000000beef/documents").await;
    assert_eq!(nothing.status, 404, "what is nowhere is nowhere here, too");
    let intro = inger.browser.get("/fuldmagter/bed-om").await.words();
    assert!(intro.contains("Alle kommuner har en Borgerservice"), "{intro}");
    assert!(!intro.contains("Helsingør Kommune"), "nobody has said Helsingør: {intro}");
    assert!(intro.contains("Personen svarer inden 30 dage"), "as the receipt counts: {intro}");
}

#[both]
async fn who_has_chosen_a_municipality_reads_where_it_helps(store: TestStore) {
    let world = world(store).await;
    let preben = world.log_in_as_relative(PREBEN, HELSINGOR).await;
    let intro = preben.browser.get("/fuldmagter/bed-om").await.words();
    assert!(intro.contains("Helsingør Kommune") && !intro.contains("Alle kommuner har"), "{intro}");
    let (name, cpr) = INGER.typed();
    let check = preben.to_check("bed-om", (&name, &cpr), &[READ]).await;
    assert_eq!(check.h1(), "Tjek dine svar", "{}", check.words());
    assert!(check.words().contains("Helsingør Kommune"), "on the last page, too: {}", check.words());
}

#[both]
async fn a_yes_whose_address_does_not_read_leads_nowhere(store: TestStore) {
    let world = world(store).await;
    let (name, cpr) = INGER.typed();
    world.log_in_for_mandates(PREBEN).await.send("bed-om", (&name, &cpr), &[READ, CALENDAR]).await;
    let inger = world.log_in_for_mandates(INGER).await;
    let request = inger.browser.get("/fuldmagter").await.link("Se og svar");
    for query in ["sidste=hest", "sidste=2027-02-30", "sidste=", "valg=", "valg=0-x", "valg=0-7", "valg=0--1"]
    {
        let page = inger.browser.get(&format!("{request}/underskriv?{query}")).await;
        assert_eq!(page.status, 404, "{query}: {}", page.words());
    }
    let page = inger.browser.get(&format!("{request}/underskriv?valg=0&sidste=2026-12-01")).await;
    assert_eq!(page.h1(), "Underskriv fuldmagten", "{}", page.words());
    let mut form = form_to(&page, "/underskriv");
    form.action = form.action.replace("2026-12-01", "hest");
    let signed = inger.browser.submit(&form, &[("forstaaet", "1")]).await;
    assert_eq!(signed.status, 404, "nor is anything signed from there: {}", signed.words());
    assert!(!inger.browser.get("/fuldmagter?side=givet").await.words().contains("Preben Holm 1"));
}

/// Chooses the language in the footer, coming from there or from elsewhere.
async fn speaks(who: &Visitor, code: &str, from: &str) {
    let to = format!("/sprog/{code}?back=/fuldmagter");
    let answer = who.browser.send("GET".parse().unwrap(), &to, &[("sec-fetch-site", from)], None).await;
    assert_eq!(answer.status, 303);
}

#[both]
async fn the_language_that_was_chosen_is_kept_and_a_link_from_elsewhere_keeps_nothing(store: TestStore) {
    let world = world(store).await;
    let id = world.id_of(&INGER).await;
    let kept = async || world.app.read(move |tx| language::of(tx, id)).await.unwrap();
    let inger = world.log_in_for_mandates(INGER).await;
    assert_eq!(kept().await, Language::Danish);
    speaks(&inger, "en", "cross-site").await;
    assert_eq!(kept().await, Language::Danish, "anybody can make a link");
    speaks(&inger, "en", "same-origin").await;
    assert_eq!(kept().await, Language::English);
    let page = inger.browser.get("/fuldmagter").await;
    assert!(page.html().contains("<html lang=\"en\">"));
    let nobody = world.person(INGER);
    speaks(&nobody, "da", "same-origin").await;
    assert_eq!(kept().await, Language::English, "who is not signed in speaks for their browser alone");
}
