//! The main job: a daughter logs in, chooses Helsingør, chooses her mother, and reads what came in as FHIR, while
//! the mother can see that she did.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{PDF, bundle, condition, letter, patient, report, with_pdf};
use borgerportal_stories::{HELSINGOR, INGER, LONE, METTE, World};

const LETTER: &str = "Afgørelse om personlig hjælp";

#[both]
async fn a_daughter_reads_and_the_mother_sees_it(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    let brev = with_pdf(letter(&INGER, "d1", LETTER, "2026-10-01"), PDF);
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER), brev])).await;
    let walk = [patient(&INGER), condition(&INGER, "walk")];
    record.delivers(&report("r1", "2026-10-02T10:00:00Z", &walk)).await;

    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    assert_eq!(mette.can_choose().await, ["Inger Holm"]);
    let front = mette.choose("Inger Holm").await;
    assert_eq!(front.status, 200);
    assert!(front.title().starts_with("På vegne af Inger Holm – "), "{}", front.title());
    assert!(front.words().contains("Du handler på vegne af Inger Holm"), "{}", front.words());

    let list = mette.documents().await;
    let titles: Vec<&str> = list.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(titles, ["Vurdering: Gå", LETTER]);
    assert!(list.iter().all(|row| row.badge == "Ulæst"));
    let document = mette.open(LETTER).await;
    assert_eq!((document.status, document.h1().as_str()), (200, LETTER));
    assert!(document.words().contains("Anne Berg") && document.words().contains("Hjemmeplejen Nord"));
    let file = mette.pdf(LETTER).await;
    assert_eq!((file.header("content-type"), file.body.as_slice()), (Some("application/pdf"), PDF));
    let hits = borgerportal_stories::rows(&mette.search("afgørelser").await);
    assert_eq!(
        (hits.len(), hits[0].title.as_str(), hits[0].marked.as_slice()),
        (1, LETTER, &["Afgørelse".to_owned()][..])
    );

    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let log = inger.log().await;
    for expected in [
        "Mette Holm åbnede forsiden",
        "Mette Holm åbnede listen med dokumenter",
        "Mette Holm åbnede et dokument",
        "Mette Holm åbnede en fil",
        "Mette Holm søgte i dokumenter",
    ] {
        assert!(log.iter().any(|line| line == expected), "{expected}: {log:?}");
    }
    assert!(inger.documents().await.iter().all(|row| row.badge == "Ulæst"), "a helper's reading is not hers");

    let mine = mette.log().await;
    assert!(!mine.is_empty() && mine.iter().all(|line| line.starts_with("Du ")), "{mine:?}");
    assert!(!mine.iter().any(|line| line.contains("Inger")), "the mother's own reading is hers: {mine:?}");
}

#[both]
async fn another_daughter_without_a_mandate_learns_nothing(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    let brev = letter(&INGER, "d1", LETTER, "2026-10-01");
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER), brev])).await;
    let mut lone = world.person(LONE);
    let arrived = lone.log_in("paaroerende", HELSINGOR).await;
    assert_eq!((arrived.status, arrived.h1().as_str()), (200, "Du har ikke en fuldmagt"));
    assert_eq!(lone.can_choose().await, Vec::<String>::new());
    let there = lone.browser.get(&format!("{}/documents", world.journal_of(&INGER).await)).await;
    assert_eq!((there.status, there.h1().as_str()), (404, "Vi kan ikke finde siden"));
    assert!(!there.words().contains("Inger"), "{}", there.words());
}
