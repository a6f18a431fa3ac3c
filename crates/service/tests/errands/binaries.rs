//! Files delivered on their own: before, with or after the document that names them, in any order and however often,
//! the end is the same; what nobody names is gone after a day and two looks.

use crate::common::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use borgerportal_both::both;
use borgerportal_service::ingest;
use borgerportal_store::testing::TestStore;
use serde_json::{Value, json};

/// A PDF that cannot be read, told apart by its last bytes.
fn scan(number: u8) -> Vec<u8> {
    format!("%PDF-1.7 scan {number}").into_bytes()
}

fn binary(id: &str, bytes: &[u8]) -> Value {
    json!({ "resourceType": "Binary", "id": id, "contentType": "application/pdf", "data": STANDARD.encode(bytes) })
}

/// A letter whose only content is the Binary of this id.
fn naming(who: &Somebody, id: &str, binary: &str) -> Value {
    let mut letter = letter(who, id, "Brev", "2026-10-01");
    letter["content"] =
        json!([{ "attachment": { "contentType": "application/pdf", "url": format!("Binary/{binary}") } }]);
    letter
}

fn day(number: u8) -> String {
    format!("2026-10-{number:02}T10:00:00Z")
}

fn sent(at: u8, resources: &[Value]) -> Value {
    bundle("transaction", &day(at), resources)
}

/// What the citizen has: title, and the file's bytes if there is one.
async fn seen(portal: &Portal, who: &Somebody) -> Vec<(String, Option<Vec<u8>>)> {
    let Some(journal) = portal.journal_of(&who.cpr, helsingor()).await else { return Vec::new() };
    let reader = portal.as_citizen(who).await;
    let mut all = Vec::new();
    for row in reader.list(journal).await.unwrap().rows {
        let file = reader.file(journal, row.head.id).await.ok().map(|file| file.content);
        assert_eq!(row.head.has_pdf, file.is_some(), "the list says whether there is a file");
        all.push((row.head.title.clone(), file));
    }
    all
}

/// Every order of so many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let with_last = |order: Vec<usize>| {
        (0..count).map(move |at| {
            let mut order = order.clone();
            order.insert(at, count - 1);
            order
        })
    };
    orders(count - 1).into_iter().flat_map(with_last).collect()
}

type Series = fn(&Somebody, &str) -> Vec<Value>;

/// Delivers the series in every order, to somebody new each time, the first delivery once more at the end.
async fn in_every_order(portal: &Portal, from: u16, series: Series, expected: &[(&str, Option<Vec<u8>>)]) {
    let count = orders(3).len();
    for (number, order) in (from..).zip(orders(3)) {
        let who = portal.person(number, "Inger", "1943-05-12").await;
        let deliveries = series(&who, &number.to_string());
        assert_eq!(deliveries.len(), 3);
        for at in order.iter().chain(&order[..1]) {
            portal.deliver(&deliveries[*at]).await;
        }
        let expected: Vec<_> =
            expected.iter().map(|(title, file)| ((*title).to_owned(), file.clone())).collect();
        assert_eq!(seen(portal, &who).await, expected, "{order:?} of {count}");
    }
}

#[both]
async fn the_newest_file_is_there_whatever_came_first(store: TestStore) {
    let portal = Portal::open(store);
    let series: Series = |who, id| {
        vec![
            sent(1, &[patient(who), naming(who, &format!("d{id}"), &format!("b{id}"))]),
            sent(2, &[binary(&format!("b{id}"), &scan(2))]),
            sent(3, &[binary(&format!("b{id}"), &scan(3))]),
        ]
    };
    in_every_order(&portal, 1_000, series, &[("Brev", Some(scan(3)))]).await;
}

#[both]
async fn a_file_that_came_along_gives_way_to_a_newer_one_of_its_own(store: TestStore) {
    let portal = Portal::open(store);
    let series: Series = |who, id| {
        let (d, b) = (format!("d{id}"), format!("b{id}"));
        vec![
            sent(1, &[patient(who), naming(who, &d, &b), binary(&b, &scan(1))]),
            sent(2, &[binary(&b, &scan(2))]),
            sent(3, &[patient(who), naming(who, &d, &b)]),
        ]
    };
    in_every_order(&portal, 1_100, series, &[("Brev", Some(scan(2)))]).await;
}

#[both]
async fn a_deleted_file_does_not_come_back_and_a_newer_one_does(store: TestStore) {
    let portal = Portal::open(store);
    let series: Series = |who, id| {
        vec![
            sent(1, &[patient(who), naming(who, &format!("d{id}"), &format!("b{id}"))]),
            sent(2, &[binary(&format!("b{id}"), &scan(2))]),
            deletion(&day(3), &format!("Binary/b{id}")),
        ]
    };
    in_every_order(&portal, 1_200, series, &[("Brev", None)]).await;
    let series: Series = |who, id| {
        vec![
            sent(1, &[patient(who), naming(who, &format!("d{id}"), &format!("b{id}"))]),
            deletion(&day(3), &format!("Binary/b{id}")),
            sent(4, &[binary(&format!("b{id}"), &scan(4))]),
        ]
    };
    in_every_order(&portal, 1_300, series, &[("Brev", Some(scan(4)))]).await;
}

#[both]
async fn a_file_goes_with_its_document(store: TestStore) {
    let portal = Portal::open(store);
    let withdrawn: Series = |who, id| {
        let document = naming(who, &format!("d{id}"), &format!("b{id}"));
        vec![
            sent(1, &[patient(who), document.clone()]),
            sent(2, &[binary(&format!("b{id}"), &scan(2))]),
            sent(3, &[patient(who), wrong(document)]),
        ]
    };
    in_every_order(&portal, 1_400, withdrawn, &[]).await;
    let deleted: Series = |who, id| {
        vec![
            sent(1, &[patient(who), naming(who, &format!("d{id}"), &format!("b{id}"))]),
            sent(2, &[binary(&format!("b{id}"), &scan(2))]),
            deletion(&day(3), &format!("DocumentReference/d{id}")),
        ]
    };
    in_every_order(&portal, 1_500, deleted, &[]).await;
}

#[both]
async fn two_citizens_whose_letters_name_one_leaflet_both_have_it(store: TestStore) {
    let portal = Portal::open(store);
    for (number, order) in (1_000..).step_by(2).zip(orders(3)) {
        let inger = portal.person(number, "Inger", "1943-05-12").await;
        let poul = portal.person(number + 1, "Poul", "1941-01-01").await;
        let deliveries = [
            sent(1, &[patient(&inger), naming(&inger, &format!("i{number}"), &format!("b{number}"))]),
            sent(1, &[patient(&poul), naming(&poul, &format!("p{number}"), &format!("b{number}"))]),
            sent(2, &[binary(&format!("b{number}"), &scan(2))]),
        ];
        for at in &order {
            portal.deliver(&deliveries[*at]).await;
        }
        for who in [&inger, &poul] {
            assert_eq!(seen(&portal, who).await, [("Brev".to_owned(), Some(scan(2)))], "{order:?}");
        }
    }
}

#[both]
async fn the_same_again_changes_nothing(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let deliveries =
        [sent(1, &[patient(&inger), naming(&inger, "d", "b")]), sent(1, &[binary("b", &scan(1))])];
    for delivery in &deliveries {
        portal.deliver(delivery).await;
    }
    let rows = || {
        let rows = portal.store.rows().into_iter();
        rows.filter(|(table, _)| table != "errand" && table != "file_unnamed").collect::<Vec<_>>()
    };
    let before = rows();
    for delivery in deliveries.iter().rev() {
        portal.deliver(delivery).await;
    }
    assert_eq!(rows(), before);
    assert_eq!(seen(&portal, &inger).await, [("Brev".to_owned(), Some(scan(1)))]);
}

#[both]
async fn a_file_is_another_systems_own_business(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal.deliver(&sent(1, &[patient(&inger), naming(&inger, "d", "b")])).await;
    let other = ingest::Sender { id: "another".to_owned(), municipality: helsingor() };
    let bytes = sent(2, &[binary("b", &scan(9))]).to_string();
    ingest::take(&portal.app, &other, bytes.as_bytes(), None).await.map(|_| ()).unwrap();
    let elsewhere = ingest::Sender { municipality: randers(), ..sender(helsingor()) };
    ingest::take(&portal.app, &elsewhere, bytes.as_bytes(), None).await.map(|_| ()).unwrap();
    assert_eq!(seen(&portal, &inger).await, [("Brev".to_owned(), None)]);
}

#[both]
async fn what_no_document_names_is_swept_at_a_second_look(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal.deliver(&sent(1, &[binary("lonely", &scan(1))])).await;
    portal
        .deliver(&sent(1, &[binary("named", &scan(2)), patient(&inger), naming(&inger, "d", "named")]))
        .await;
    let count = |table: &str| portal.store.rows()[table];
    let look = async || ingest::sweep(&portal.app).await.unwrap();
    assert_eq!(count("record_binary"), 2);
    look().await;
    portal.minutes_later(23 * 60);
    look().await;
    assert_eq!(count("record_binary"), 2, "a first look, and a second one too soon");
    portal.minutes_later(2 * 60);
    look().await;
    assert_eq!(count("record_binary"), 1, "only what is named stays");
    assert_eq!(count("file_unnamed"), 1, "the lonely one; where the named one waited is empty already");
    portal.minutes_later(25 * 60);
    look().await;
    assert_eq!(count("file_unnamed"), 0, "and now the contents are gone");
    assert_eq!(seen(&portal, &inger).await, [("Brev".to_owned(), Some(scan(2)))]);
    portal.deliver(&sent(3, &[patient(&inger), naming(&inger, "e", "lonely")])).await;
    portal.deliver(&sent(1, &[binary("lonely", &scan(1))])).await;
    assert_eq!(seen(&portal, &inger).await[0].1, Some(scan(1)), "what was forgotten can be sent again");
}

#[both]
async fn a_file_that_is_named_in_time_stays(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    portal.deliver(&sent(1, &[binary("b", &scan(1))])).await;
    ingest::sweep(&portal.app).await.unwrap();
    portal.minutes_later(23 * 60);
    portal.deliver(&sent(2, &[patient(&inger), naming(&inger, "d", "b")])).await;
    for _ in 0..4 {
        portal.minutes_later(25 * 60);
        ingest::sweep(&portal.app).await.unwrap();
    }
    assert_eq!(seen(&portal, &inger).await, [("Brev".to_owned(), Some(scan(1)))]);
}

#[both]
async fn the_content_of_a_withdrawn_letter_is_removed_after_two_looks(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let brev = with_pdf(letter(&inger, "d", "Brev", "2026-10-01"), &scan(1));
    portal.deliver(&sent(1, &[patient(&inger), brev.clone()])).await;
    portal.deliver(&sent(2, &[patient(&inger), wrong(brev.clone())])).await;
    assert_eq!(portal.store.rows()["file_unnamed"], 1);
    portal.deliver(&sent(3, &[patient(&inger), brev])).await;
    portal.minutes_later(25 * 60);
    ingest::sweep(&portal.app).await.unwrap();
    assert_eq!(seen(&portal, &inger).await, [("Brev".to_owned(), Some(scan(1)))], "it was named again");
    assert_eq!(portal.store.rows()["file_unnamed"], 0);
}
