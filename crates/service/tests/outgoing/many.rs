//! Many at once: nodes side by side, nodes that are killed, and the order of what one journal tells.

use crate::world::World;
use borgerportal_both::both;
use borgerportal_service::outgoing::send_due;
use borgerportal_simulators::{Fault, Orders};
use borgerportal_store::testing::TestStore;
use std::collections::BTreeSet;
use std::time::Duration;

/// So many from each of eight journals; all names.
async fn tell_many(world: &World, each: u16) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for number in 1..=8 {
        let teller = world.teller(number).await;
        for _ in 0..each {
            ids.insert(world.tell(&teller).await.to_string());
        }
    }
    ids
}

fn there(world: &World) -> BTreeSet<String> {
    let received = world.books.received();
    let ids: BTreeSet<String> = received.iter().map(|one| one.id.clone()).collect();
    assert_eq!(ids.len(), received.len(), "nothing is there twice");
    ids
}

async fn settle(world: &World) {
    for _ in 0..6 {
        // What a dead or crowded node could not write down is due when its lease ends.
        while world.send().await > 0 {}
        world.later(6);
    }
}

#[both]
async fn eight_nodes_tell_everything_once(store: TestStore) {
    let world = World::on(store).await;
    let ids = tell_many(&world, 4).await;
    let nodes: Vec<_> = (0..8).map(|number| world.another_node(&format!("node-{number}"))).collect();
    let sending = nodes.into_iter().map(|node| {
        let way = world.way.clone();
        tokio::spawn(async move { send_due(&node, &way).await })
    });
    for sent in sending.collect::<Vec<_>>() {
        // One that met too many others goes on at its next round.
        let _ = sent.await.unwrap();
    }
    settle(&world).await;
    assert_eq!(there(&world), ids);
}

#[both]
async fn a_node_killed_in_the_middle_loses_nothing_and_tells_nothing_twice(store: TestStore) {
    let world = World::on(store).await;
    let ids = tell_many(&world, 3).await;
    for round in 0..6_u32 {
        let node = world.another_node(&format!("mortal-{round}"));
        let way = world.way.clone();
        world.order(Orders::of(&[Fault::SlowMs(30)])).await;
        let task = tokio::spawn(async move { send_due(&node, &way).await });
        tokio::time::sleep(Duration::from_millis(u64::from(20 + round * 25))).await;
        task.abort();
        world.later(6);
    }
    world.order(Orders::default()).await;
    settle(&world).await;
    assert_eq!(there(&world), ids);
}

#[both]
async fn what_one_journal_tells_arrives_in_its_order_whatever_happens_on_the_way(store: TestStore) {
    let world = World::on(store).await;
    let inger = world.teller(1).await;
    let mut told = Vec::new();
    for _ in 0..5 {
        told.push(world.tell(&inger).await.to_string());
    }
    world.order(Orders::of(&[Fault::Status(503)]).at("/fhir").times(1)).await;
    world.send().await;
    assert!(world.books.received().is_empty(), "the second does not overtake the first");
    world.later(2);
    while world.send().await > 0 {}
    let arrived: Vec<String> = world.books.received().into_iter().map(|one| one.id).collect();
    assert_eq!(arrived, told);
}
