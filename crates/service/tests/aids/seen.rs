//! What is shown, to whom, in which municipal mode.

use crate::world::{CATALOGUE, World};
use borgerportal_both::both;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::aids::DeliveryStep;
use borgerportal_store::testing::TestStore;

#[both]
async fn loans_come_with_their_way_and_what_was_granted_stands_apart(store: TestStore) {
    let world = World::on(store).await;
    let overview = world.overview(&world.citizen().await).await.unwrap();
    let loans: Vec<_> = overview.loans.iter().map(|lent| (lent.loan.title(), lent.loan.step())).collect();
    assert_eq!(loans, [("Plejeseng", DeliveryStep::BackOrder), ("Rollator", DeliveryStep::Delivered)]);
    assert_eq!(overview.loans[0].loan.way.len(), 2);
    assert_eq!(overview.loans[1].loan.device.as_ref().unwrap().serial, "nr-walker");
    assert_eq!(overview.granted.len(), 1);
    assert_eq!(
        (overview.granted[0].title.as_str(), overview.granted[0].law.as_str()),
        ("Fodindlæg", "§ 112 i Serviceloven")
    );
    assert!(overview.may_act);
}

#[both]
async fn the_mode_decides_what_is_there_and_what_can_be_done(store: TestStore) {
    for (mode, loans, granted, kinds) in [("no_loans", 0, 1, Ok(())), ("loans_only", 2, 0, Err(()))] {
        let mode = format!("[aids]\nfunctions = \"{mode}\"\n{CATALOGUE}");
        let world = World::with(store.another(), &mode).await;
        let inger = world.citizen().await;
        let overview = world.overview(&inger).await.unwrap();
        assert_eq!((overview.loans.len(), overview.granted.len()), (loans, granted), "{mode}");
        let begun = world.begin(&inger, "stockings").await;
        assert_eq!(begun.clone().map(|_| ()).map_err(|_| ()), kinds, "{mode}: {begun:?}");
    }
}

#[both]
async fn who_may_only_read_sees_it_all_and_does_nothing(store: TestStore) {
    let world = World::on(store).await;
    let mette = world.helper(&[Privilege::ReadAids]).await;
    let overview = world.overview(&mette).await.unwrap();
    assert_eq!((overview.loans.len(), overview.may_act), (2, false));
    let refused = world.begin(&mette, "stockings").await.unwrap_err();
    assert!(refused.starts_with("access."), "{refused}");
    let item = overview.loans[1].loan.item;
    let refused = world.ask(&mette, item, borgerportal_domain::aids::AskKind::Repair, "x").await.unwrap_err();
    assert!(refused.starts_with("access."), "{refused}");
    assert!(world.told().await.is_empty());
}

#[both]
async fn a_stranger_and_a_helper_for_something_else_learn_nothing(store: TestStore) {
    let world = World::on(store).await;
    let other = world.helper(&[Privilege::ReadDocuments, Privilege::ActMessages]).await;
    assert!(world.overview(&other).await.is_err());
}
