//! Many nodes, and nodes that die in the middle of sending: nothing is lost and nobody is told twice.

use crate::world::{World, notice};
use borgerportal_both::both;
use borgerportal_domain::notices::{Channels, NoticeKind, State};
use borgerportal_service::notices::{keep_receipts, send_due};
use borgerportal_simulators::{Fault, Orders};
use borgerportal_store::testing::TestStore;
use std::time::Duration;

async fn put_many(world: &World, count: u8) {
    for number in 0..count {
        // Every third is exempt, so that letters are among them.
        let recipient = if number % 3 == 0 { 2 } else { 1 + number % 9 };
        world.put(notice(recipient, NoticeKind::MandateSuspended, Channels::DigitalPost)).await;
    }
}

/// Every message handed in once, by the count of who received them.
fn each_once(world: &World) -> usize {
    let messages = world.office.messages();
    for one in &messages {
        assert_eq!(world.office.times_sent(one.memo.uuid), 1, "{}", one.memo.uuid);
    }
    messages.len()
}

#[both]
async fn eight_nodes_send_each_message_once(store: TestStore) {
    let world = World::on(store).await;
    put_many(&world, 45).await;
    let nodes: Vec<_> = (0..8).map(|number| world.another_node(&format!("node-{number}"))).collect();
    let sending = nodes.into_iter().map(|node| {
        let post = world.post.clone();
        tokio::spawn(async move { send_due(&node, &post).await })
    });
    for sent in sending.collect::<Vec<_>>() {
        // One that met too many others goes on at its next round.
        let _ = sent.await.unwrap();
    }
    while world.send().await > 0 {}
    // What a node could not write down in the crowd is due when its lease ends.
    world.later(6);
    while world.send().await > 0 {}
    let messages = each_once(&world);
    assert_eq!(messages + world.letters().len(), 45);
    keep_receipts(&world.app, &world.post).await.unwrap();
    assert_eq!(world.count(State::Delivered).await, messages);
    assert_eq!(world.count(State::Printed).await, world.letters().len());
}

#[both]
async fn a_node_killed_in_the_middle_of_sending_loses_nothing_and_tells_nobody_twice(store: TestStore) {
    let world = World::on(store).await;
    put_many(&world, 24).await;
    for round in 0..6_u32 {
        let node = world.another_node(&format!("mortal-{round}"));
        let post = world.post.clone();
        world.order(Orders::of(&[Fault::SlowMs(30)])).await;
        let task = tokio::spawn(async move { send_due(&node, &post).await });
        tokio::time::sleep(Duration::from_millis(u64::from(20 + round * 25))).await;
        task.abort();
        // Whoever comes next waits until the dead one's time is out.
        world.later(6);
    }
    world.order(Orders::default()).await;
    for _ in 0..4 {
        world.send().await;
        world.receipts().await;
        world.later(6);
    }
    let messages = world.office.messages();
    assert_eq!(messages.len() + world.letters().len(), 24, "each is in one box, or in one envelope");
    assert_eq!(world.count(State::Delivered).await, messages.len());
    assert_eq!(world.count(State::Printed).await, world.letters().len());
    assert_eq!(world.count(State::Queued).await + world.count(State::LetterQueued).await, 0);
}
