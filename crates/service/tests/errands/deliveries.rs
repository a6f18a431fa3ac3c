//! Deliveries as a whole: keys, refusals that leave nothing, sealed files, batches in slices.

use crate::common::*;
use borgerportal_both::both;
use borgerportal_fhir::state::fold;
use borgerportal_service::documents::{Filter, Page};
use borgerportal_service::ingest::{self, Counts, NotTaken};
use borgerportal_store::testing::TestStore;
use serde_json::{Value, json};

const AT: &str = "2026-09-01T10:00:00Z";

#[both]
async fn the_same_key_and_bytes_get_the_same_answer_and_other_bytes_none(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let first = report("r", AT, &[patient(&inger), condition(&inger, "walk")]).to_string();
    let answer = portal.deliver_bytes(first.as_bytes(), Some("key-1")).await.unwrap();
    assert_eq!(answer, Counts { new: 3, ..Counts::default() });
    let rows = portal.store.rows();
    assert_eq!(portal.deliver_bytes(first.as_bytes(), Some("key-1")).await.unwrap(), answer);
    assert_eq!(portal.store.rows(), rows, "nothing was done again");
    let other = report("r", AT, &[patient(&inger), condition(&inger, "other")]).to_string();
    let refused = portal.deliver_bytes(other.as_bytes(), Some("key-1")).await;
    assert!(matches!(refused, Err(NotTaken::KeyReused)));
    assert_eq!(portal.store.rows(), rows, "and nothing of the other one stored");
    // Keys are the sender's own.
    let stranger = ingest::Sender { id: "another".to_owned(), municipality: helsingor() };
    assert!(ingest::take(&portal.app, &stranger, other.as_bytes(), Some("key-1")).await.is_ok());
}

#[both]
async fn the_identifier_of_a_bundle_is_its_key(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let named = |id: &str| {
        let mut bundle = report("r", AT, &[patient(&inger), condition(&inger, id)]);
        bundle["identifier"] = json!({ "system": "urn:ietf:rfc:3986", "value": "urn:uuid:1" });
        bundle.to_string()
    };
    let answer = portal.deliver_bytes(named("walk").as_bytes(), None).await.unwrap();
    assert_eq!(portal.deliver_bytes(named("walk").as_bytes(), None).await.unwrap(), answer);
    let refused = portal.deliver_bytes(named("other").as_bytes(), None).await;
    assert!(matches!(refused, Err(NotTaken::KeyReused)));
}

#[both]
async fn a_refused_delivery_leaves_no_row(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let measurement = json!({ "resourceType": "Observation", "id": "m", "status": "final",
        "subject": { "reference": format!("Patient/{}", name_of(&inger)) },
        "code": { "coding": [{ "system": "http://loinc.org", "code": "29463-7" }] },
        "valueQuantity": { "value": 70, "unit": "kg" } });
    let mut nobody = patient(&inger);
    nobody["identifier"] = json!([]);
    let bodies: [Vec<u8>; 6] = [
        b"{".to_vec(),
        b"null".to_vec(),
        report("r", AT, &[patient(&inger), condition(&inger, "c"), measurement.clone()]).to_string().into(),
        bundle("transaction", AT, &[patient(&inger), condition(&inger, "c"), measurement]).to_string().into(),
        report("r", AT, &[nobody, condition(&inger, "c")]).to_string().into(),
        json!({ "resourceType": "Bundle", "type": "message", "entry": [] }).to_string().into(),
    ];
    let rows = portal.store.rows();
    for body in bodies {
        let refused = portal.deliver_bytes(&body, Some("key")).await;
        assert!(matches!(refused, Err(NotTaken::Rejected(_))));
        assert_eq!(portal.store.rows(), rows, "{}", String::from_utf8_lossy(&body));
    }
}

#[both]
async fn a_batch_takes_what_is_right_and_answers_for_each(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let mut wrong_one = condition(&inger, "bad");
    wrong_one["resourceType"] = json!("MedicationStatement");
    let resources = [patient(&inger), condition(&inger, "good"), wrong_one];
    let counts = portal.deliver(&bundle("batch", AT, &resources)).await;
    assert_eq!(counts, Counts { new: 2, ..Counts::default() });
}

#[both]
async fn a_large_batch_goes_in_slices_and_ends_as_one(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let lone = portal.person(1002, "Lone", "1950-05-12").await;
    let mut resources = vec![patient(&inger), patient(&lone)];
    for number in 0..95 {
        let who = if number % 3 == 0 { &lone } else { &inger };
        let date = format!("2026-08-{:02}", number % 28 + 1);
        resources.push(letter(who, &format!("d{number}"), &format!("Brev {number}"), &date));
    }
    let batch = bundle("batch", AT, &resources);
    let before = portal.store.rows()["errand"];
    assert_eq!(portal.deliver(&batch).await, Counts { new: 97, ..Counts::default() });
    // 64 items of one, 33 of the other: two slices and one, and one for everything else.
    assert_eq!(portal.store.rows()["errand"] - before, 4);
    let state = fold([&delivery(&batch)]);
    portal.is_as(&state, "batch").await;
    assert_eq!(portal.deliver(&batch).await, Counts { same: 97, ..Counts::default() });
    for who in [&inger, &lone] {
        let journal = portal.journal_of(&who.cpr, helsingor()).await.unwrap();
        let reader = portal.as_citizen(who).await;
        let mut titles = Vec::new();
        let mut page = Page::First;
        loop {
            let list = reader.page(journal, Filter::default(), page).await.unwrap();
            titles.extend(list.rows.iter().map(|row| row.head.title.clone()));
            let Some(row) = list.rows.last().filter(|_| list.older) else { break };
            page = Page::After(row.place);
        }
        assert_eq!(titles.len(), state.documents(&who.cpr).len());
    }
}

#[both]
async fn files_lie_sealed_each_under_its_own_journals_key(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let lone = portal.person(1002, "Lone", "1950-05-12").await;
    let both = [
        patient(&inger),
        patient(&lone),
        with_pdf(letter(&inger, "a", "Brev til Inger", "2026-08-01"), PDF),
        with_pdf(letter(&lone, "b", "Brev til Lone", "2026-08-01"), PDF),
    ];
    portal.deliver(&report("r", AT, &both)).await;
    let addresses = portal.store.file_addresses();
    assert_eq!(addresses.len(), 2, "the same leaflet of two citizens lies twice: nothing links them");
    let mut sealed = Vec::new();
    for address in &addresses {
        let bytes = portal.app.files.get(address).await.unwrap();
        assert!(!bytes.windows(9).any(|window| window == b"HEMMELIGT"), "plain text in the file store");
        assert!(!bytes.starts_with(b"%PDF"));
        sealed.push(bytes);
    }
    assert_ne!(sealed[0], sealed[1]);
    // A file that was changed where it lies is not handed out.
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    let reader = portal.as_citizen(&inger).await;
    let item = reader.list(journal).await.unwrap().rows.iter().find(|row| row.head.has_pdf).unwrap().head.id;
    assert_eq!(reader.file(journal, item).await.unwrap().content, PDF);
    for (address, other) in addresses.iter().zip(sealed.iter().rev()) {
        portal.app.files.put(address, other.clone()).await.unwrap();
    }
    let swapped = reader.file(journal, item).await;
    assert!(told(&swapped.err().unwrap()).contains("record_file"), "another's file under this address");
}

#[both]
async fn deliveries_for_one_municipality_are_nothing_to_another(store: TestStore) {
    let portal = Portal::open(store);
    let inger = portal.person(1001, "Inger", "1943-05-12").await;
    let brev = |title: &str, at: &str| {
        bundle("transaction", at, &[patient(&inger), letter(&inger, "d", title, "2026-08-01")])
    };
    portal.deliver(&brev("Fra Helsingør", AT)).await;
    let bytes = brev("Fra Randers", "2026-09-09T10:00:00Z").to_string();
    ingest::take(&portal.app, &sender(randers()), bytes.as_bytes(), None).await.unwrap();
    let reader = portal.as_citizen(&inger).await;
    for (municipality, title) in [(helsingor(), "Fra Helsingør"), (randers(), "Fra Randers")] {
        let journal = portal.journal_of(&inger.cpr, municipality).await.unwrap();
        assert_eq!(reader.titles(journal).await.unwrap(), [title]);
    }
    let deletion: Value = deletion("2026-10-01T10:00:00Z", "DocumentReference/d");
    ingest::take(&portal.app, &sender(randers()), deletion.to_string().as_bytes(), None).await.unwrap();
    let journal = portal.journal_of(&inger.cpr, helsingor()).await.unwrap();
    assert_eq!(reader.titles(journal).await.unwrap(), ["Fra Helsingør"]);
}
