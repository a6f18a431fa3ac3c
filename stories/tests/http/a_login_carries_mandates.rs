//! A daughter whose mother gave her a mandate at NemLog-in: the log-in brings it along, every page says where it comes
//! from and until when, and after half an hour she is asked kindly to log in again.

use borgerportal_both::both;
use borgerportal_domain::ids::DraftId;
use borgerportal_domain::mandates::{Draft, DraftKind, Named};
use borgerportal_domain::time::{copenhagen_date, days_after};
use borgerportal_simulators::Fault;
use borgerportal_store::mandates::{drafts, packages};
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::mandates::form_to;
use borgerportal_stories::{HELSINGOR, INGER, LONE, METTE, Person, Visitor, World};

const READ: &str = "urn:dk:borgerportal:example:portal:laese";
const ACT: &str = "urn:dk:borgerportal:example:portal:handle";

/// Inger has a record with a letter; nobody has a mandate of ours.
async fn open(store: TestStore, source: &str) -> World {
    let world = World::taking(store, source).await;
    world.registers_know(&[INGER, METTE, LONE]).await;
    world.offer_packages().await;
    let record = world.record_system("nexus", HELSINGOR).await;
    let letters = [patient(&INGER), letter(&INGER, "l", "Brev fra visitationen", "2026-10-01")];
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &letters)).await;
    world
}

async fn mette(world: &World) -> Visitor {
    world.log_in_as_relative(METTE, HELSINGOR).await
}

#[both]
async fn the_log_in_opens_the_record_and_every_page_says_why_and_until_when(store: TestStore) {
    let world = open(store, "nemlogin").await;
    world.nemlogin_knows(&INGER, &METTE, &[READ]);
    let mut mette = mette(&world).await;
    let chooser = mette.browser.get("/personer").await.words();
    assert!(chooser.contains("Fuldmagt fra NemLog-in: læse · gælder til kl. 10.30"), "{chooser}");
    let front = mette.choose("Inger Holm").await;
    let bar = "Du handler på vegne af Inger Holm · du må læse til kl. 10.30 med en fuldmagt fra NemLog-in";
    assert!(front.words().contains(bar), "{}", front.words());
    assert_eq!(mette.titles().await, ["Brev fra visitationen"]);
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let log = inger.browser.get(&format!("{}/access-log", mette.journal())).await.words();
    assert!(log.contains("som pårørende med fuldmagt fra NemLog-in"), "{log}");
}

#[both]
async fn after_half_an_hour_she_is_asked_to_log_in_again_and_comes_back(store: TestStore) {
    let world = open(store, "both").await;
    world.nemlogin_knows(&INGER, &METTE, &[READ]);
    let mut mette = mette(&world).await;
    mette.choose("Inger Holm").await;
    world.minutes_later(29);
    assert_eq!(mette.at("/documents").await.status, 200);
    world.minutes_later(1);
    let page = mette.at("/documents").await;
    assert_eq!((page.status, page.h1().as_str()), (403, "Du skal logge på igen"));
    assert!(page.words().contains("kommer fra NemLog-in"), "{}", page.words());
    let chooser = mette.browser.get("/personer").await;
    assert!(chooser.words().contains("gælder 30 minutter"), "{}", chooser.words());
    assert!(chooser.links().iter().any(|(href, _)| href == "/session/step-up?back=/personer"));
    let back = mette.go_to_broker(&page.link("Log ind med MitID")).await;
    let back = mette.arrive(back).await;
    assert_eq!((back.status, back.url.path()), (200, format!("{}/documents", mette.journal()).as_str()));
    assert!(back.words().contains("til kl. 11.00 med en fuldmagt fra NemLog-in"), "{}", back.words());
    // Taken back at NemLog-in: the portal learns of it at the next log-in, and says nothing of Inger any more.
    world.nemlogin.change(Vec::clear);
    world.minutes_later(20);
    assert_eq!(mette.at("/documents").await.status, 200, "what was said still stands, and the session lives");
    world.minutes_later(10);
    let page = mette.at("/documents").await;
    let back = mette.go_to_broker(&page.link("Log ind med MitID")).await;
    assert_eq!(mette.arrive(back).await.status, 404);
    assert_eq!(mette.can_choose().await, Vec::<String>::new());
}

#[both]
async fn a_list_that_cannot_be_read_opens_nothing_and_keeps_nobody_out(store: TestStore) {
    let world = open(store, "both").await;
    world.nemlogin_knows(&INGER, &METTE, &[ACT]);
    for fault in [Fault::GarbledPrivileges, Fault::BoundPrivileges] {
        world.broker_does(std::slice::from_ref(&fault)).await;
        let mette = mette(&world).await;
        assert_eq!(mette.can_choose().await, Vec::<String>::new(), "{fault:?}");
        assert_eq!(mette.browser.get(&world.journal_of(&INGER).await).await.status, 404, "{fault:?}");
    }
    world.broker_does(&[Fault::MixedPrivileges]).await;
    assert_eq!(mette(&world).await.can_choose().await, ["Inger Holm"], "odd, but of one meaning");
}

#[both]
async fn the_knob_decides_whose_mandates_count(store: TestStore) {
    let world = open(store, "own").await;
    world.nemlogin_knows(&INGER, &METTE, &[READ]);
    let mette = mette(&world).await;
    assert_eq!(mette.can_choose().await, Vec::<String>::new(), "our own only");
    world.mandate(&INGER, &METTE).await;
    assert_eq!(mette.can_choose().await, ["Inger Holm"]);
    let page = mette.browser.get("/personer").await.words();
    assert!(page.contains("Fuldmagt: læse · gælder til") && !page.contains("NemLog-in:"), "{page}");
}

/// A finished draft of a gift, from when the municipality still took mandates from here.
async fn old_draft(world: &World, giver: &Person, holder: &Person) -> DraftId {
    let writer = world.id_of(giver).await;
    let id = DraftId::from_uuid(world.app.store.errand_id(world.now()).unwrap().uuid());
    let person = Named::read(&holder.full(), holder.cpr().expose(), "").unwrap();
    world
        .write(move |tx| {
            let code = "kl.social-og-sundhedsportal.laese";
            let entry = packages::catalogue(tx)?.into_iter().find(|entry| entry.code == code).unwrap();
            let draft = Draft {
                person: Some(person.clone()),
                packages: [entry.version].into(),
                last_day: Some(days_after(copenhagen_date(tx.now()), 30)),
                ..Draft::new(id, DraftKind::Give)
            };
            Ok(drafts::save(tx, writer, &draft).map(|_| ())?)
        })
        .await;
    id
}

#[both]
async fn where_mandates_are_national_ours_cannot_be_made_but_stopped(store: TestStore) {
    let world = open(store, "nemlogin").await;
    let mandate = world.give(&INGER, &METTE, "kl.kalender.laese").await;
    let draft = old_draft(&world, &INGER, &LONE).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    for way in ["bed-om", "giv"] {
        let page = inger.browser.get(&format!("/fuldmagter/{way}")).await;
        assert_eq!(page.status, 200, "{}", page.words());
        assert!(page.link("Gå til Digital Fuldmagt").starts_with("https://"), "{}", page.words());
        // Somebody with an old form tries all the same.
        let secret = page.csrf();
        let sent = inger.browser.post(&format!("/fuldmagter/{way}"), &[("csrf", &secret)]).await;
        assert_eq!(sent.location(), Some(format!("/fuldmagter/{way}").as_str()));
    }
    // The service says no, not only the first page: neither looking at what is signed nor signing it gets further.
    let overview = inger.browser.get("/fuldmagter").await;
    assert!(overview.words().contains("Mette Holm"), "what was given before can be seen");
    let (secret, signing) = (overview.csrf(), format!("/fuldmagter/giv/{draft}/underskriv"));
    assert_eq!(inger.browser.get(&signing).await.location(), Some("/fuldmagter/bed-om"));
    let fields = [("csrf", secret.as_str()), ("forstaaet", "1"), ("tekst", "x")];
    assert_eq!(inger.browser.post(&signing, &fields).await.location(), Some("/fuldmagter/bed-om"));
    let renewal = format!("/fuldmagter/{mandate}/forny");
    assert_eq!(inger.browser.get(&renewal).await.location(), Some("/fuldmagter/bed-om"));
    assert!(!inger.browser.get("/fuldmagter").await.words().contains("Lone Krogh"));
    // A stop is never held up.
    let stop = format!("/fuldmagter/{mandate}/stop");
    let page = inger.browser.get(&stop).await;
    let done = inger.browser.submit(&form_to(&page, "/stop"), &[]).await;
    assert_eq!(done.status, 200, "{}", done.words());
    assert!(
        inger.browser.get(&format!("/fuldmagter/{mandate}")).await.words().contains("Stoppet"),
        "{}",
        done.words()
    );
}
