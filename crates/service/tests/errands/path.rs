//! The main job: a daughter reads her mother's documents, and the mother can see that she did.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_service::documents::{Filter, Page, Place};
use borgerportal_store::testing::TestStore;

#[both]
async fn a_daughter_reads_her_mothers_record_and_the_mother_sees_it(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let mette = portal.person(1002, "Mette", "1970-02-03").await;
    let lone = portal.person(1003, "Lone", "1972-08-09").await;
    let brev = with_pdf(letter(&inger, "d1", "Afgørelse om personlig hjælp", "2026-10-01"), PDF);
    portal.deliver(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&inger), brev])).await;
    portal
        .deliver(&report("r1", "2026-10-02T10:00:00Z", &[patient(&inger), condition(&inger, "walk")]))
        .await;
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let mandate = portal.mandate(&inger, &mette).await;

    let daughter = portal.as_relative(&mette).await;
    assert_eq!(daughter.within_reach().await.0, ["Inger"]);
    let list = daughter.list(journal).await.unwrap();
    let titles: Vec<&str> = list.rows.iter().map(|row| row.head.title.as_str()).collect();
    assert_eq!(titles, ["Vurdering: Gå", "Afgørelse om personlig hjælp"]);
    let item = list.rows[1].head.id;
    assert!(list.rows[1].head.has_pdf && !list.rows[1].read);
    assert_eq!(daughter.open(journal, item).await.unwrap().head.title, "Afgørelse om personlig hjælp");
    let file = daughter.file(journal, item).await.unwrap();
    assert_eq!((file.media_type.as_str(), file.content.as_slice()), ("application/pdf", PDF));
    let hits = daughter.search(journal, "afgørelsen").await.unwrap();
    assert_eq!((hits.total, hits.rows[0].head.id), (1, item));
    assert!(daughter.list(journal).await.unwrap().rows[1].read);

    let other = portal.as_relative(&lone).await;
    assert!(other.within_reach().await.0.is_empty());
    for (what, answer) in other.every_read(journal, item, Page::After(Place::TOP)).await {
        assert_eq!(answer, "not found", "{what} for a daughter without a mandate");
    }

    let mother = portal.as_citizen(&inger).await;
    let log = mother.log(journal).await.unwrap();
    let expected = [
        "Mette document_list shown",
        "Mette document_search shown",
        "Mette document_file shown",
        "Mette document shown",
        "Mette document_list shown",
    ];
    assert_eq!(log, expected, "each read once, and nothing of a stranger who learned nothing");
    assert!(!mother.list(journal).await.unwrap().rows[1].read, "a helper's reading is not the citizen's");

    portal.withdraw(mandate, &inger).await;
    for (what, answer) in daughter.every_read(journal, item, Page::After(Place::TOP)).await {
        assert_eq!(answer, "access.mandate.withdrawn Inger Holm", "{what} after the withdrawal");
    }
    let again = daughter.page(journal, Filter::default(), Page::After(list.rows[0].place)).await;
    assert_eq!(told(&again.unwrap_err()), "access.mandate.withdrawn Inger Holm");
}
