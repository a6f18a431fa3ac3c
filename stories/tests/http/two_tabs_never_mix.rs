//! One session, two tabs, two people: whichever tab is used, each page is about the person in its address.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{HELSINGOR, INGER, METTE, POUL, World};
use std::sync::Arc;

#[both]
async fn two_people_in_two_tabs(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    world.mandate(&POUL, &METTE).await;
    for person in [&INGER, &POUL] {
        let title = format!("Brev til {}", person.given);
        let brev = letter(person, &format!("d-{}", person.given), &title, "2026-10-01");
        record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(person), brev])).await;
    }
    let mette = Arc::new(world.log_in_as_relative(METTE, HELSINGOR).await);
    assert_eq!(mette.can_choose().await, ["Inger Holm", "Poul Vang"]);
    let people = [(INGER, world.journal_of(&INGER).await), (POUL, world.journal_of(&POUL).await)];
    let csrf = mette.browser.get("/personer").await.csrf();
    let mut tabs = Vec::new();
    for number in 0..60 {
        let ((person, journal), (other, _)) = (people[number % 2].clone(), people[(number + 1) % 2].clone());
        let (mette, csrf) = (mette.clone(), csrf.clone());
        tabs.push(tokio::spawn(async move {
            let page = match number / 2 % 4 {
                0 => mette.browser.get(&format!("{journal}/")).await,
                1 => mette.browser.get(&format!("{journal}/documents")).await,
                2 => {
                    let form = [("csrf", csrf.as_str()), ("q", "brev")];
                    mette.browser.post(&format!("{journal}/documents/search"), &form).await
                }
                _ => mette.browser.get(&format!("{journal}/menu")).await,
            };
            assert_eq!(page.status, 200);
            assert!(
                page.title().starts_with(&format!("På vegne af {} – ", person.full())),
                "{}",
                page.title()
            );
            let words = page.words();
            assert!(words.contains(person.given) && !words.contains(other.given), "{words}");
        }));
    }
    for tab in tabs {
        tab.await.unwrap();
    }
}
