//! Log-ins that do not come about: each ends on a page that says so, and nobody is in.

use borgerportal_both::both;
use borgerportal_simulators::Fault;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{AARHUS, HELSINGOR, INGER, JONAS, KAREN, METTE, Page, Visitor, World};

const BEGIN: &str = "/log-paa/0217?rolle=borger";

async fn nobody_is_in(visitor: &Visitor) {
    assert_eq!(visitor.browser.cookie("__Host-session"), None);
    assert_eq!(visitor.browser.get("/personer").await.status, 303);
}

/// Logs in while the broker misbehaves; where it ended.
async fn with_faults(world: &World, faults: &[Fault]) -> (u16, String) {
    let visitor = world.person(INGER);
    world.broker_does(&[]).await;
    let answer = visitor.go_to_broker(BEGIN).await;
    world.broker_does(faults).await;
    let page = visitor.browser.follow(answer).await;
    nobody_is_in(&visitor).await;
    (page.status, page.h1())
}

#[both]
async fn a_broker_that_lies_lets_nobody_in(store: TestStore) {
    let world = World::open(store).await;
    world.registers_know(&[INGER]).await;
    for fault in [
        Fault::WrongNonce,
        Fault::WrongAudience,
        Fault::WrongIssuer,
        Fault::WrongSignature,
        Fault::WrongSubject,
        Fault::Expired,
        Fault::FromTheFuture,
        Fault::TestIdentity,
    ] {
        let (status, h1) = with_faults(&world, std::slice::from_ref(&fault)).await;
        assert_eq!((status, h1.as_str()), (400, "Siden var for gammel"), "{fault:?}");
    }
    let low = Fault::Level("https://data.gov.dk/concept/core/nsis/Low".to_owned());
    assert_eq!(with_faults(&world, &[low]).await, (403, "Du skal logge på mere sikkert".to_owned()));
    for away in [Fault::Status(503), Fault::CutOff, Fault::SlowMs(6_000)] {
        let (status, h1) = with_faults(&world, std::slice::from_ref(&away)).await;
        assert_eq!((status, h1.as_str()), (503, "MitID svarer ikke"), "{away:?}");
    }
    world.broker_does(&[]).await;
    world.log_in_as_citizen(INGER, HELSINGOR).await;
}

#[both]
async fn a_broker_that_is_gone_is_said_so_at_once(store: TestStore) {
    let world = World::open(store).await;
    world.broker_does(&[Fault::Status(500)]).await;
    let page = world.browser().get(BEGIN).await;
    assert_eq!((page.status, page.h1().as_str()), (503, "MitID svarer ikke"));
    assert_eq!(page.link("Log ind med MitID"), BEGIN, "one next step: try again");
}

#[both]
async fn whoever_stops_in_mitid_can_try_again(store: TestStore) {
    let world = World::open(store).await;
    let visitor = world.person(INGER);
    let asked = visitor.browser.get(BEGIN).await;
    let cancelled = visitor.browser.post_from(asked.location().unwrap(), &[("cancel", "1")], &[]).await;
    let page = visitor.browser.follow(cancelled).await;
    assert_eq!((page.status, page.h1().as_str()), (200, "Du er ikke logget på"));
    assert_eq!(page.link("Log ind med MitID"), BEGIN);
    nobody_is_in(&visitor).await;
}

async fn refused(visitor: &Visitor, back: &str) -> Page {
    let page = visitor.browser.get(back).await;
    assert_eq!((page.status, page.h1().as_str()), (400, "Siden var for gammel"), "{back}");
    page
}

#[both]
async fn an_answer_is_good_once_and_for_one_browser(store: TestStore) {
    let world = World::open(store).await;
    world.registers_know(&[INGER]).await;
    let inger = world.person(INGER);
    let back = inger.go_to_broker(BEGIN).await.location().unwrap().to_owned();
    let thief = world.person(INGER);
    refused(&thief, &back).await;
    nobody_is_in(&thief).await;
    refused(&inger, &back).await;
    let back = inger.go_to_broker(BEGIN).await.location().unwrap().to_owned();
    assert_eq!(inger.browser.get(&back).await.status, 303);
    let session = inger.browser.cookie("__Host-session").unwrap();
    let copy = inger.browser.copy();
    copy.set_cookie("__Host-session", None);
    assert_eq!(copy.get(&back).await.status, 400, "a replay of the callback");
    assert_eq!(inger.browser.cookie("__Host-session"), Some(session));
    for nonsense in
        ["", "?", "?code=x", "?state=x", "?code=x&state=y", "?error=access_denied", "?code=a&code=b&state=c"]
    {
        let page = world.browser().get(&format!("/log-paa/svar{nonsense}")).await;
        assert!(page.status == 400 || page.h1() == "Du er ikke logget på", "{nonsense}: {}", page.status);
        assert!(page.cookies().iter().all(|cookie| !cookie.starts_with("__Host-session")), "{nonsense}");
    }
}

#[both]
async fn people_for_whom_there_is_nothing_are_told_so(store: TestStore) {
    let world = World::open(store).await;
    world.registers_know(&[METTE, JONAS]).await;
    let arrives = async |person, role| {
        let page = world.person(person).log_in(role, HELSINGOR).await;
        (page.status, page.h1())
    };
    assert_eq!(arrives(KAREN, "borger").await, (200, "Journalen er ikke aktiv".to_owned()));
    assert_eq!(arrives(METTE, "paaroerende").await, (200, "Du har ikke en fuldmagt".to_owned()));
    assert_eq!(arrives(METTE, "foraelder").await, (200, "Vi kan ikke finde et barn".to_owned()));
    let record = world.record_system("nexus", HELSINGOR).await;
    let brev = letter(&JONAS, "d1", "Brev", "2026-10-01");
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&JONAS), brev])).await;
    assert_eq!(arrives(JONAS, "borger").await, (200, "Du skal være fyldt 15 år".to_owned()));
    let away = world.browser().get(&format!("/log-paa/{AARHUS}?rolle=borger")).await;
    assert_eq!((away.status, away.h1().as_str()), (200, "Kommunen er ikke med i Borgerportalen"));
    assert!(away.words().contains("Aarhus Kommune"), "{}", away.words());
}

#[both]
async fn one_address_that_knocks_too_often_waits(store: TestStore) {
    let world = World::open(store).await;
    let browser = world.browser();
    let mut statuses = Vec::new();
    for _ in 0..62 {
        statuses.push(browser.get("/log-paa/svar").await.status);
    }
    assert_eq!((statuses[0], statuses[61]), (400, 429));
    assert_eq!(world.browser().get("/log-paa/svar").await.status, 400, "others do not wait with it");
}
