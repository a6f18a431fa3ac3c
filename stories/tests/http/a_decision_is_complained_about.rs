//! Grants: Inger reads what was decided and until when she can complain, her daughter what she may, and somebody whose
//! journal is closed what can still be complained about.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{PDF, bundle, grant, letter, patient, sent, with_letter, with_pdf};
use borgerportal_stories::{BENT, HELSINGOR, INGER, LONE, METTE, Person, Visitor, World};

/// A portal in which these people have been refused something yesterday, the 2nd of November.
async fn refused(store: TestStore, people: &[&Person]) -> World {
    let (world, record) = World::with_inger(store).await;
    for person in people {
        let (brev, id) = (format!("afg-{}", person.given), format!("g-{}", person.given));
        let ways = [sent("citizen", "digital_post", "2026-11-02"), with_letter(&brev)];
        let mut no = grant(person, &id, "Aflastning", &ways);
        no["status"] = "revoked".into();
        let afg = with_pdf(letter(person, &brev, "Afgørelse om aflastning", "2026-11-02"), PDF);
        let care = grant(person, &format!("h-{}", person.given), "Rengøring", &[]);
        record
            .delivers(&bundle("transaction", "2026-11-02T10:00:00Z", &[patient(person), afg, no, care]))
            .await;
    }
    world
}

/// The page of a grant, by the words that lead to it.
async fn open(visitor: &Visitor, title: &str) -> borgerportal_stories::Page {
    let list = visitor.at("/grants").await;
    visitor.browser.get(&list.link(title)).await
}

#[both]
async fn a_decision_says_until_when_one_can_complain_and_where(store: TestStore) {
    let world = refused(store, &[&INGER]).await;
    let mut inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    inger.stand_at(&world.journal_of(&INGER).await);
    let list = inger.at("/grants").await;
    let words = list.words();
    assert_eq!((list.status, list.h1().as_str()), (200, "Bevillinger"));
    assert!(words.contains("Du kan stadig klage") && words.contains("Der er 27 dage endnu"), "{words}");
    assert!(words.contains("til og med mandag 30. november 2026"), "{words}");
    let page = open(&inger, "Aflastning").await;
    let words = page.words();
    assert!(words.contains("serviceloven § 83, stk. 1, nr. 2"), "{words}");
    assert!(words.contains("i Digital Post 2. november 2026"), "{words}");
    let complaint = page.link("Klag over afgørelsen");
    assert!(complaint.contains("/messages/new?kind=complaint&about="), "{complaint}");
    let letter = inger.browser.get(&page.link("Læs afgørelsen")).await;
    assert_eq!((letter.status, letter.h1().as_str()), (200, "Afgørelse om aflastning"));
    world.minutes_later(28 * 24 * 60);
    let mut inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    inger.stand_at(&world.journal_of(&INGER).await);
    let late = open(&inger, "Aflastning").await;
    assert!(late.words().contains("Fristen var mandag 30. november 2026"), "{}", late.words());
    assert!(!late.link("Klag, selv om fristen er gået").is_empty(), "a late complaint is taken");
}

#[both]
async fn a_daughter_who_may_read_is_told_that_she_may_not_complain(store: TestStore) {
    let world = refused(store, &[&INGER]).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    let page = open(&mette, "Aflastning").await;
    let words = page.words();
    assert!(words.contains("Du må kun læse her. Inger kan selv klage"), "{words}");
    assert!(!page.html().contains("/messages/new"), "nothing that is refused is offered");
    let lone = world.log_in_as_citizen(LONE, HELSINGOR).await;
    assert_eq!(lone.browser.get(&page.path()).await.status, 404, "a stranger sees no trace");
}

#[both]
async fn a_closed_journal_still_shows_what_can_be_complained_about(store: TestStore) {
    let world = refused(store, &[&BENT]).await;
    world.close_journal(&BENT).await;
    let mut bent = world.log_in_as_citizen(BENT, HELSINGOR).await;
    bent.stand_at(&world.journal_of(&BENT).await);
    let closed = bent.at("/").await;
    let words = closed.words();
    assert_eq!((closed.status, closed.h1().as_str()), (403, "Journalen er ikke aktiv"));
    assert!(words.contains("Du kan stadig klage") && words.contains("Der er 27 dage endnu"), "{words}");
    assert!(words.contains("Sådan får du aktindsigt") && !words.contains("Rengøring"), "{words}");
    let page = bent.browser.get(&closed.link("Aflastning")).await;
    assert_eq!(page.status, 200);
    assert!(page.words().contains("Du kan klage ved at ringe"), "{}", page.words());
    let file = bent.browser.get(&page.link("Læs afgørelsen")).await;
    assert_eq!((file.status, file.body.as_slice()), (200, PDF));
    assert_eq!(bent.at("/documents").await.status, 403);
    world.minutes_later(28 * 24 * 60);
    let mut bent = world.log_in_as_citizen(BENT, HELSINGOR).await;
    bent.stand_at(&world.journal_of(&BENT).await);
    assert!(!bent.at("/").await.words().contains("Du kan stadig klage"));
    assert_eq!(bent.browser.get(&page.path()).await.status, 403, "the time has run out");
}
