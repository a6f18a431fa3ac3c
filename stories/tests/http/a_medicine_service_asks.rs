//! A medicine service that knows no mandates: it asks the portal before each step, lets a helper read, refuses to write
//! on a mandate to read, and refuses the next step after the mandate was taken back.

use borgerportal_both::both;
use borgerportal_simulators::Fault;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{HELSINGOR, INGER, LONE, METTE, Medicine, POUL, RANDERS, World};

const READ: &str = "sds.fmk.laese";
const ACT: &str = "sds.fmk.handle";
const SCOPE: &str = "mandates.privileges";

async fn open(store: TestStore) -> (World, Medicine) {
    let world = World::open(store).await;
    world.registers_know(&[INGER, METTE, LONE, POUL]).await;
    world.offer_packages().await;
    let medicine = world.medicine_service(HELSINGOR, SCOPE).await;
    (world, medicine)
}

#[both]
async fn a_helper_reads_may_not_write_and_is_refused_after_withdrawal(store: TestStore) {
    let (world, medicine) = open(store).await;
    let page = medicine.open(&METTE, &INGER).await;
    assert_eq!((page.status, page.h1().as_str()), (403, "Du har ingen fuldmagt"), "nothing was given");
    let read = world.give(&INGER, &METTE, READ).await;
    let page = medicine.open(&METTE, &INGER).await;
    assert_eq!((page.status, page.h1().as_str()), (200, "Medicinkort for Inger Holm"));
    let page = medicine.ask_for_prescription(&METTE, &INGER).await;
    assert_eq!((page.status, page.h1().as_str()), (403, "Du må kun læse"));
    world.withdraw(read, world.id_of(&INGER).await).await;
    let page = medicine.open(&METTE, &INGER).await;
    assert_eq!((page.status, page.h1().as_str()), (403, "Du har ingen fuldmagt"), "the next step");
    assert_eq!(medicine.ask_for_prescription(&METTE, &INGER).await.status, 403);
}

#[both]
async fn who_may_act_reads_and_writes_for_the_giver_and_for_nobody_else(store: TestStore) {
    let (world, medicine) = open(store).await;
    let act = world.give(&POUL, &METTE, ACT).await;
    world.give(&INGER, &METTE, READ).await;
    world.give(&LONE, &METTE, "kl.hjaelpemidler.laese").await;
    world.give(&LONE, &METTE, "kl.hjaelpemidler.kontakt").await;
    assert_eq!(
        medicine.cards(&METTE).await,
        ["Mette Holm Dit eget", "Inger Holm Fuldmagt: læse", "Poul Vang Fuldmagt: læse og handle"]
    );
    assert_eq!(medicine.open(&METTE, &POUL).await.status, 200, "acting includes reading");
    let page = medicine.ask_for_prescription(&METTE, &POUL).await;
    assert_eq!((page.status, page.h1().as_str()), (200, "Der er bedt om en recept"));
    assert_eq!(medicine.open(&METTE, &LONE).await.status, 403, "what is for others is not told");
    assert_eq!(medicine.open(&POUL, &METTE).await.status, 403, "not the other way round");
    assert_eq!(medicine.cards(&INGER).await, ["Inger Holm Dit eget"]);
    world.withdraw(act, world.id_of(&POUL).await).await;
    assert_eq!(medicine.ask_for_prescription(&METTE, &POUL).await.status, 403);
    assert_eq!(medicine.open(&METTE, &INGER).await.status, 200, "the other mandate stands");
}

#[both]
async fn the_giver_reads_that_the_service_was_told_and_nobody_else_does(store: TestStore) {
    let (world, medicine) = open(store).await;
    let record = world.record_system("nexus", HELSINGOR).await;
    let mine = |person| [patient(person), letter(person, "l", "Brev", "2026-10-01")];
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &mine(&INGER))).await;
    world.give(&INGER, &METTE, READ).await;
    assert_eq!(medicine.open(&METTE, &INGER).await.status, 200);
    assert_eq!(medicine.open(&METTE, &LONE).await.status, 403, "of whom nothing was told");
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let log = inger.browser.visit(&format!("{}/access-log", world.journal_of(&INGER).await)).await.words();
    assert!(log.contains("Anledning: at nogen ville hjælpe dig i en anden tjeneste · svar: ja"), "{log}");
    assert!(!log.contains(METTE.cpr().expose()), "{log}");
}

#[both]
async fn a_mandate_ends_there_at_midnight_as_it_does_here(store: TestStore) {
    let (world, medicine) = open(store).await;
    world.give(&INGER, &METTE, READ).await;
    world.minutes_later(30 * 24 * 60);
    assert_eq!(medicine.open(&METTE, &INGER).await.status, 200, "the last day");
    world.minutes_later(14 * 60);
    assert_eq!(medicine.open(&METTE, &INGER).await.status, 403, "the day after");
}

#[both]
async fn a_service_speaks_for_its_own_municipality_and_its_own_scope(store: TestStore) {
    let (world, _) = open(store).await;
    world.give(&INGER, &METTE, READ).await;
    // The same id with a new key and another municipality: what was registered before no longer counts.
    let elsewhere = world.medicine_service(RANDERS, SCOPE).await;
    assert_eq!(elsewhere.open(&METTE, &INGER).await.status, 200, "Randers uses the package");
    let asker = world.medicine_service(HELSINGOR, "mandates.lookup").await;
    let page = asker.open(&METTE, &INGER).await;
    assert_eq!((page.status, page.h1().as_str()), (502, "Portalen svarer ikke"), "it may ask, not fetch");
    assert_eq!(elsewhere.open(&METTE, &INGER).await.status, 502, "its key is registered no more");
}

#[both]
async fn without_a_good_answer_nobody_sees_anything_of_anybody_else(store: TestStore) {
    let (world, medicine) = open(store).await;
    world.give(&INGER, &METTE, READ).await;
    for lie in [Fault::WrongSignature, Fault::WrongAudience, Fault::Expired] {
        medicine.does(&world, std::slice::from_ref(&lie)).await;
        let page = medicine.open(&METTE, &INGER).await;
        assert_eq!((page.status, page.h1().as_str()), (502, "Portalen svarer ikke"), "{lie:?}");
        assert_eq!(medicine.open(&METTE, &METTE).await.status, 200, "one's own card asks nobody");
    }
    medicine.does(&world, &[]).await;
    assert_eq!(medicine.open(&METTE, &INGER).await.status, 200, "all is well again");
}
