//! Asking to have a loan repaired or fetched: once while it is open, whoever asks.

use crate::world::World;
use borgerportal_both::both;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::aids::AskKind;
use borgerportal_store::testing::TestStore;
use std::sync::Arc;

#[both]
async fn a_repair_is_told_with_what_is_wrong_and_about_which_loan(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.citizen().await;
    let walker = world.loan(&inger, "Rollator").await;
    assert!(walker.may_ask(AskKind::Repair) && walker.may_ask(AskKind::PickUp));
    assert_eq!(
        world.ask(&inger, walker.loan.item, AskKind::Repair, " ").await,
        Err("aids.ask.note_missing".to_owned())
    );
    world.ask(&inger, walker.loan.item, AskKind::Repair, "Bremsen virker ikke").await.unwrap();
    let told = world.told().await;
    let task = &told[0].1["entry"][0]["resource"];
    assert_eq!(task["focus"]["reference"], "DeviceUseStatement/walker-loan");
    assert!(task["description"].as_str().unwrap().contains("Bremsen virker ikke"));
    let again = world.ask(&inger, walker.loan.item, AskKind::Repair, "Bremsen").await;
    assert_eq!(again, Err("aids.ask.open".to_owned()));
    let walker = world.loan(&inger, "Rollator").await;
    assert_eq!((walker.asked.len(), walker.asked[0].by.as_str()), (1, "Inger Holm"));
    assert!(!walker.may_ask(AskKind::Repair) && walker.may_ask(AskKind::PickUp));
}

#[both]
async fn it_can_be_asked_again_when_it_was_done_or_refused(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.citizen().await;
    let item = world.loan(&inger, "Rollator").await.loan.item;
    for (status, at) in
        [("completed", "2026-11-03T10:05:00+01:00"), ("rejected", "2026-11-03T10:06:00+01:00")]
    {
        world.ask(&inger, item, AskKind::PickUp, "").await.unwrap();
        let open = world.told().await.pop().unwrap().0;
        world.answer(open, status, at).await;
        assert!(world.loan(&inger, "Rollator").await.may_ask(AskKind::PickUp), "{status}");
    }
}

#[both]
async fn what_is_on_its_way_is_neither_repaired_nor_fetched(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.citizen().await;
    let bed = world.loan(&inger, "Plejeseng").await.loan.item;
    for kind in AskKind::ALL {
        assert_eq!(world.ask(&inger, bed, *kind, "x").await, Err("aids.ask.not_now".to_owned()));
    }
}

#[both]
async fn a_citizen_and_a_helper_at_the_same_moment_ask_once(store: TestStore) {
    let world = Arc::new(World::on(store).await);
    let inger = world.citizen().await;
    let mette = world.helper(&[Privilege::ReadAids, Privilege::ActAids]).await;
    let item = world.loan(&inger, "Rollator").await.loan.item;
    let asks = (0..12).map(|number| {
        let (world, who) = (Arc::clone(&world), if number % 2 == 0 { inger.clone() } else { mette.clone() });
        tokio::spawn(async move { world.ask(&who, item, AskKind::Repair, "Bremsen virker ikke").await })
    });
    let mut done = 0;
    for ask in asks.collect::<Vec<_>>() {
        match ask.await.unwrap() {
            Ok(()) => done += 1,
            Err(told) => assert!(told == "aids.ask.open" || told.contains("Busy"), "{told}"),
        }
    }
    assert_eq!((done, world.told().await.len()), (1, 1));
}
