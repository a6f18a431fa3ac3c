//! Sixty-four at once press the same button: half of them send the very form that the others send, half have a form of their
//! own. Meanwhile what is done is told to a record system that is slow, wrong or gone.

use crate::common::told;
use crate::deeds::{Deed, Kind, World, press};
use crate::partner::{TROUBLES, way};
use borgerportal_both::both;
use borgerportal_service::Problem;
use borgerportal_service::outgoing::send_due;
use borgerportal_store::testing::TestStore;
use std::time::Duration;

const CLIENTS: usize = 64;
/// Crowds in `./test`, one for each button. The soak does many more, and meets every trouble.
const CROWDS: usize = 3;

/// The answers to the one form, and to the others.
async fn crowd(world: &World, deed: &Deed) -> [Vec<Result<(), Problem>>; 2] {
    let clients = (0..CLIENTS).map(|number| {
        let (app, deed) = (world.portal.app.clone(), deed.clone());
        let form = if number % 2 == 0 { deed.form } else { world.form() };
        tokio::spawn(async move { press(&app, &deed, form).await })
    });
    let mut answers = [Vec::new(), Vec::new()];
    for (number, client) in clients.collect::<Vec<_>>().into_iter().enumerate() {
        answers[number % 2].push(client.await.unwrap());
    }
    answers
}

/// Everybody hears that it is done: those with the one form the same, the others at least kindly.
fn all_hear_that_it_is_done(deed: &Deed, [same, others]: &[Vec<Result<(), Problem>>; 2]) {
    let done = |answers: &[Result<(), Problem>]| answers.iter().filter(|answer| answer.is_ok()).count();
    let won = done(others);
    match deed.kind {
        // A visit is called off by one form; to every other it has been already.
        Kind::Cancel if done(same) > 0 => assert_eq!((done(same), won), (CLIENTS / 2, 0)),
        Kind::Cancel => assert_eq!(won, 1),
        Kind::Write | Kind::Apply => assert_eq!((done(same), won), (CLIENTS / 2, CLIENTS / 2)),
    }
    for no in same.iter().chain(others).filter_map(|answer| answer.as_ref().err()) {
        assert_eq!(told(no), "calendar.already_cancelled");
    }
}

#[both]
async fn sixty_four_at_once_do_it_once_whatever_the_record_system_does(store: TestStore) {
    let engine = if store.is_sqlite() { "sqlite" } else { "postgres" };
    let mut world = World::on(store.clone()).await;
    let crowds = how_many();
    for number in 0..crowds {
        let trouble = TROUBLES[number % TROUBLES.len()];
        let way = way(&world.partner.has(trouble).await, 400);
        let deeds = world.somebody().await;
        let app = world.portal.app.clone();
        let sending = tokio::spawn(async move {
            loop {
                // One that met too many others goes on in a moment.
                let _ = send_due(&app, &way).await;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        for (at, deed) in deeds.iter().enumerate() {
            if at == number % deeds.len() {
                all_hear_that_it_is_done(deed, &crowd(&world, deed).await);
            } else {
                press(&world.portal.app, deed, deed.form).await.unwrap();
            }
        }
        sending.abort();
        if (number + 1) % 50 == 0 {
            println!("crowds {engine}: {} of {crowds}", number + 1);
        }
    }
    world.settle().await;
    let (told, sent) = world.each_was_told_once();
    let rows = store.rows();
    let tables = ["visit_cancellation", "message_writer", "outgoing"];
    let people = i64::try_from(crowds).unwrap();
    assert_eq!(tables.map(|table| rows[table]), [people, people, 3 * people]);
    let pressed = crowds * CLIENTS;
    println!(
        "RESULT crowds {engine}: {pressed} buttons pressed {CLIENTS} at once, {told} deeds, each done and told once \
         in {sent} calls of the record system, 0 lost, 0 twice"
    );
}

/// How many crowds; the soak says more.
#[expect(clippy::disallowed_methods, reason = "the soak says how many")]
fn how_many() -> usize {
    std::env::var("PORTAL_CROWDS").ok().and_then(|text| text.parse().ok()).unwrap_or(CROWDS)
}
