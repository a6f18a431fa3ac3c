//! A visit is called off: by a daughter for her mother, twice at once, too late, and taken back; and what calendar programs
//! read of it.

use borgerportal_both::both;
use borgerportal_domain::time::days_after;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, labelled, patient, visit};
use borgerportal_stories::{HELSINGOR, INGER, METTE, PREBEN, Page, Visitor, World};
use serde_json::{Value, json};

/// The stories begin on Tuesday 3 November 2026: this Wednesday can be called off to and with Friday the 6th.
const WEDNESDAY: (&str, &str) = ("2026-11-11T10:00:00+01:00", "2026-11-11T10:30:00+01:00");

async fn with_visits(store: TestStore, visits: &[Value]) -> World {
    let (world, record) = World::with_inger(store).await;
    world.mandate_to_act(&INGER, &METTE).await;
    let all: Vec<Value> = std::iter::once(patient(&INGER)).chain(visits.iter().cloned()).collect();
    record.delivers(&bundle("transaction", "2026-11-01T10:00:00Z", &all)).await;
    world
}

async fn with_one(store: TestStore) -> World {
    with_visits(store, &[visit(&INGER, "a", "cleaning", WEDNESDAY)]).await
}

/// The week of the visit.
async fn week(visitor: &Visitor) -> Page {
    visitor.at("/calendar?day=2026-11-11").await
}

/// Presses "Afmeld besøg" and stands at the question.
async fn question(visitor: &Visitor) -> Page {
    let link = week(visitor).await.link("Afmeld besøg");
    visitor.browser.get(&link).await
}

fn told(world: &World) -> i64 {
    world.store.rows()["outgoing"]
}

#[both]
async fn a_daughter_calls_a_visit_off_and_her_mother_sees_who_did(store: TestStore) {
    let world = with_one(store).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    let page = week(&mette).await;
    assert_eq!((page.status, page.h1().as_str()), (200, "Ingers kalender"));
    for words in
        ["Uge 46 9.–15. november 2026", "Ingen besøg", "10.00–10.30", "Rengøring", "Hjemmeplejen Nord"]
    {
        assert!(page.words().contains(words), "{words}: {}", page.words());
    }
    assert!(page.words().contains("Kan afmeldes til og med fredag 6. november"), "{}", page.words());
    let question = question(&mette).await;
    assert_eq!(question.h1(), "Vil du afmelde Ingers besøg?");
    for words in [
        "Du afmelder besøget for Inger Holm",
        "Inger får ikke rengøring den dag",
        "fredag 6. november kl. 24.00",
    ] {
        assert!(question.words().contains(words), "{words}: {}", question.words());
    }
    let receipt =
        mette.browser.submit(&question.form("/cancellation"), &[("note", "Hun er hos lægen")]).await;
    assert_eq!((receipt.status, receipt.h1().as_str()), (200, "Besøget er afmeldt"));
    for words in ["Der kommer ikke nogen onsdag 11. november", "Hun er hos lægen", "Du kan fortryde til"] {
        assert!(receipt.words().contains(words), "{words}: {}", receipt.words());
    }
    assert_eq!(told(&world), 1);
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let hers = week(&inger).await;
    assert!(hers.words().contains("Mette Holm afmeldte besøget 3. november"), "{}", hers.words());
    assert!(inger.log().await.iter().any(|line| line == "Mette Holm ændrede et besøg"));
}

#[both]
async fn who_comes_second_reads_that_it_is_done(store: TestStore) {
    let world = with_one(store).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let (hers, daughters) = (question(&inger).await, question(&mette).await);
    mette.browser.submit(&daughters.form("/cancellation"), &[]).await;
    let second = inger.browser.submit(&hers.form("/cancellation"), &[]).await;
    assert_eq!(second.status, 200);
    assert!(second.words().contains("Mette Holm har allerede afmeldt besøget"), "{}", second.words());
    // The same form again: the first answer, and nothing twice.
    let again = mette.browser.submit(&daughters.form("/cancellation"), &[]).await;
    assert_eq!(again.h1(), "Besøget er afmeldt");
    assert_eq!(told(&world), 1);
}

#[both]
async fn too_late_is_decided_when_the_form_arrives(store: TestStore) {
    let world = with_one(store).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let question = question(&inger).await;
    // Friday at midnight it is over; the page was opened before.
    let end = borgerportal_domain::Timestamp::parse("2026-11-06T23:00:00Z").unwrap();
    world.app.clock.set(end.plus_minutes(-10));
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let fresh = inger.browser.get(&question.path()).await;
    world.minutes_later(11);
    let late = inger.browser.submit(&fresh.form("/cancellation"), &[]).await;
    assert_eq!(late.status, 200);
    assert!(late.words().contains("Det er for sent at afmelde her"), "{}", late.words());
    assert!(late.words().contains("For sent at afmelde her. Ring 12 34 56 78"), "{}", late.words());
    assert_eq!(told(&world), 0);
    let page = week(&inger).await;
    assert!(!page.words().contains("Afmeld besøg"), "{}", page.words());
}

#[both]
async fn thinking_better_of_it(store: TestStore) {
    let world = with_one(store).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let question = question(&inger).await;
    let receipt = inger.browser.submit(&question.form("/cancellation"), &[]).await;
    let back = inger.browser.submit(&receipt.form("/undo"), &[]).await;
    assert_eq!((back.status, back.h1().as_str()), (200, "Besøget er sat til igen"));
    assert!(back.words().contains("Der kommer nogen onsdag 11. november"), "{}", back.words());
    assert_eq!(told(&world), 2);
    assert!(week(&inger).await.words().contains("Afmeld besøg"));
}

#[both]
async fn a_note_that_is_too_long_comes_back_whole(store: TestStore) {
    let world = with_one(store).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let (question, note) = (question(&inger).await, "æ".repeat(201));
    let again = inger.browser.submit(&question.form("/cancellation"), &[("note", &note)]).await;
    assert_eq!(again.status, 422);
    assert!(again.title().starts_with("Fejl: ") && again.html().contains(&note));
    let form = again.form("/cancellation");
    assert_eq!(inger.browser.submit(&form, &[("note", &"æ".repeat(200))]).await.h1(), "Besøget er afmeldt");
}

#[both]
async fn who_may_only_read_is_told_so(store: TestStore) {
    let world = with_one(store).await;
    world.mandate(&INGER, &PREBEN).await;
    let mut preben = world.log_in_as_relative(PREBEN, HELSINGOR).await;
    preben.choose("Inger Holm").await;
    let page = week(&preben).await;
    assert!(page.words().contains("Du må kun læse. Bed Inger om lov til mere."), "{}", page.words());
    assert!(!page.words().contains("Afmeld besøg"), "{}", page.words());
    let visit = preben.browser.get(&page.link("Se besøget")).await;
    let form = [("csrf", visit.csrf()), ("person", preben.journal().trim_start_matches("/p/").to_owned())];
    let fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let tried = preben.browser.post(&format!("{}/cancellation", visit.path()), &fields).await;
    assert_eq!((tried.status, told(&world)), (403, 0), "{}", tried.words());
}

#[both]
async fn a_form_about_another_person_does_nothing(store: TestStore) {
    let world = with_one(store).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let question = question(&inger).await;
    let other = "0192d3a4-0000-7000-8000-0000000000ff";
    let stopped = inger.browser.submit(&question.form("/cancellation"), &[("person", other)]).await;
    assert_eq!((stopped.status, stopped.h1().as_str()), (409, "Vi stoppede, fordi personen ikke passer"));
    assert_eq!(told(&world), 0);
}

#[both]
async fn a_long_list_of_visits_goes_on_where_it_ended(store: TestStore) {
    let on = |number: i64| {
        let day = days_after("2026-11-11".parse().unwrap(), number);
        let (from, to) = (format!("{day}T10:00:00+01:00"), format!("{day}T10:30:00+01:00"));
        visit(&INGER, &format!("v{number}"), "cleaning", (&from, &to))
    };
    let visits: Vec<Value> = (0..45).map(on).collect();
    let world = with_visits(store, &visits).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let count = |page: &Page| page.html().matches("bp-visit-what").count();
    let first = inger.at("/calendar/list").await;
    assert_eq!(count(&first), 20);
    let second = inger.browser.get(&first.link("Flere besøg fra 1. december")).await;
    assert_eq!((second.status, count(&second)), (200, 20));
    assert_eq!(count(&inger.browser.get(&second.link("De næste besøg")).await), 20);
    for odd in ["day=2020-01-01", "day=9999-12-31", "day=-9999-01-01", "past=1&day=2040-01-01", "day=x"] {
        assert_eq!(inger.at(&format!("/calendar/list?{odd}")).await.status, 200, "{odd}");
    }
}

#[both]
async fn what_is_hidden_is_in_no_page_and_no_file(store: TestStore) {
    let hidden = labelled(visit(&INGER, "h", "cleaning", WEDNESDAY), &["audience-none"]);
    let mut marked = hidden.clone();
    marked["serviceType"] = json!([{ "text": "HEMMELIG-BESKED" }]);
    marked["id"] = json!("m");
    let world = with_visits(store, &[hidden, marked]).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    for place in [
        "/calendar?day=2026-11-11",
        "/calendar/day?day=2026-11-11",
        "/calendar/list",
        "/calendar/file?words=1",
        "/",
    ] {
        let page = inger.at(place).await;
        assert_eq!(page.status, 200, "{place}");
        assert!(!page.html().contains("HEMMELIG") && !page.html().contains("10.00–10.30"), "{place}");
        assert!(!page.html().contains("VEVENT"), "{place}");
    }
}

#[both]
async fn a_calendar_program_reads_until_its_address_is_turned_off(store: TestStore) {
    let world = with_one(store).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let page = inger.at("/calendar/feeds").await;
    let made = inger.browser.submit(&page.form("/calendar/feeds"), &[]).await;
    assert_eq!((made.status, made.header("cache-control")), (200, Some("no-store")));
    let html = made.html();
    let address = borgerportal_stories::html::all(&html, "code").next().unwrap().words();
    assert!(address.starts_with(world.base().as_str()) && address.len() > 60, "{address}");
    // The browser sends its form once more: the address is not shown again, and there is no other.
    let again = inger.browser.submit(&page.form("/calendar/feeds"), &[]).await;
    assert!(again.words().contains("Adressen vises kun én gang") && !again.html().contains(&address));
    let program = world.browser();
    let read = program.get(&address).await;
    assert_eq!((read.status, read.header("content-type")), (200, Some("text/calendar; charset=utf-8")));
    let text = read.html();
    assert!(text.contains("DTSTART:20261111T090000Z") && text.contains("STATUS:CONFIRMED"), "{text}");
    assert!(!text.contains("Rengøring") && !text.contains("Inger"), "{text}");
    let question = question(&inger).await;
    inger.browser.submit(&question.form("/cancellation"), &[]).await;
    assert!(program.get(&address).await.html().contains("STATUS:CANCELLED"));
    let page = inger.at("/calendar/feeds").await;
    assert!(page.words().contains("sidst hentet 3. november 2026"), "{}", page.words());
    let shut = inger.browser.submit(&page.form("/revocation"), &[]).await;
    assert!(shut.words().contains("Adressen er slået fra"), "{}", shut.words());
    assert_eq!(program.get(&address).await.status, 404);
    assert_eq!(program.get("/kalender/nonsense.ics").await.status, 404);
}
