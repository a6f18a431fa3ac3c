//! Parents: custody as the register tells it, on the real wire, until the child is of age.

use borgerportal_both::both;
use borgerportal_simulators::Fault;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{ALMA, EMIL, HELSINGOR, METTE, SOFIE, Visitor, World};

async fn home(store: TestStore) -> (World, Visitor) {
    let (world, record) = World::with_inger(store).await;
    for child in [&ALMA, &EMIL] {
        let brev = letter(child, &format!("d-{}", child.given), "Brev om træning", "2026-10-01");
        record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(child), brev])).await;
    }
    let sofie = world.log_in_as_parent(SOFIE, HELSINGOR).await;
    (world, sofie)
}

#[both]
async fn a_mother_reads_about_her_children(store: TestStore) {
    let (world, mut sofie) = home(store).await;
    assert_eq!(sofie.can_choose().await, ["Alma Dahl, 8 år (dit barn)", "Emil Dahl, 17 år (dit barn)"]);
    let front = sofie.choose("Alma Dahl").await;
    assert!(front.words().contains("Du ser oplysninger om Alma Dahl (dit barn)"), "{}", front.words());
    assert_eq!(sofie.titles().await, ["Brev om træning"]);
    let journal = world.journal_of(&ALMA).await;
    let mette = world.log_in_as_parent(METTE, HELSINGOR).await;
    assert_eq!(mette.browser.get(&format!("{journal}/documents")).await.status, 404);
}

#[both]
async fn custody_that_ends_is_over_at_the_next_question(store: TestStore) {
    let (world, mut sofie) = home(store).await;
    sofie.choose("Alma Dahl").await;
    world.register.change(|children| children.iter_mut().for_each(|child| child.custody.clear()));
    assert_eq!(sofie.at("/documents").await.status, 200, "an answer is good for a quarter of an hour");
    world.minutes_later(16);
    assert_eq!(sofie.at("/documents").await.status, 404, "the register was asked again");
}

#[both]
async fn a_register_that_is_away_holds_for_an_hour(store: TestStore) {
    let (world, mut sofie) = home(store).await;
    sofie.choose("Alma Dahl").await;
    world.register_does(&[Fault::Status(503)]).await;
    for _ in 0..2 {
        world.minutes_later(25);
        assert_eq!(sofie.at("/documents").await.status, 200);
    }
    world.minutes_later(15);
    let page = sofie.at("/documents").await;
    assert_eq!((page.status, page.h1().as_str()), (403, "Vi kan ikke tjekke forældremyndigheden lige nu"));
    assert!(!page.words().contains("Brev om træning"));
    world.register_does(&[]).await;
    world.minutes_later(5);
    assert_eq!(sofie.at("/documents").await.status, 200, "and when it answers again all is well");
}

#[both]
async fn a_child_that_turns_18_is_nobodys_child_from_midnight(store: TestStore) {
    let (world, mut sofie) = home(store).await;
    let (hour, minute) = (60, 1);
    world.minutes_later(13 * hour + 40);
    let answer = sofie.go_to_broker("/log-paa/0217?rolle=foraelder").await;
    sofie.arrive(answer).await;
    sofie.choose("Emil Dahl").await;
    assert_eq!(sofie.at("/documents").await.status, 200, "23.40 the day before");
    world.minutes_later(19 * minute);
    assert_eq!(sofie.at("/documents").await.status, 200, "23.59");
    world.minutes_later(minute);
    let page = sofie.at("/documents").await;
    assert_eq!((page.status, page.h1().as_str()), (403, "Dit barn er fyldt 18 år"), "{}", page.words());
    assert_eq!(sofie.can_choose().await, ["Alma Dahl, 8 år (dit barn)"]);
}
