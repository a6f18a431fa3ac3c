//! Inger applies for compression stockings without JavaScript, makes mistakes, adds a paper, sends twice and is told
//! how far it has come; her daughter, who may only read, sees it and can do nothing.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, name_of, patient};
use borgerportal_stories::{HELSINGOR, INGER, METTE, Page, Visitor, World};
use reqwest::Method;
use serde_json::json;

const NEED: &str = "Benene hæver op om aftenen";

/// The form on a page that is posted to where this address ends so.
async fn submit(visitor: &Visitor, page: &Page, ends: &str, answers: &[(&str, &str)]) -> Page {
    let form = page.forms().into_iter().find(|form| form.action.ends_with(ends));
    let form = form.unwrap_or_else(|| panic!("no form to {ends}: {}", page.words()));
    visitor.browser.submit(&form, answers).await
}

/// Adds a file as a browser without JavaScript does.
async fn add_file(visitor: &Visitor, page: &Page, name: &str, bytes: &[u8]) -> Page {
    let form = page.forms().into_iter().find(|form| form.action.ends_with("/files/add")).unwrap();
    let mut body = Vec::new();
    for (field, value) in &form.fields {
        let part = format!("--xx\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let head = format!(
        "--xx\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: application/octet-stream\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(bytes);
    body.extend(b"\r\n--xx--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=xx"), ("sec-fetch-site", "same-origin")];
    let page = visitor.browser.send(Method::POST, &form.action, &headers, Some(body)).await;
    visitor.browser.follow(page).await
}

async fn answered(inger: &Visitor, journal: &str) -> Page {
    let kinds = inger.browser.get(&format!("{journal}/aids/apply")).await;
    assert_eq!((kinds.status, kinds.h1().as_str()), (200, "Ansøg om et hjælpemiddel"), "{}", kinds.words());
    let nothing = submit(inger, &kinds, "/apply", &[]).await;
    assert!(nothing.status == 422 && nothing.words().contains("Vælg et hjælpemiddel"), "{}", nothing.words());
    let why = submit(inger, &nothing, "/apply", &[("kind", "stockings")]).await;
    assert_eq!(why.h1(), "Hvad skal hjælpemidlet hjælpe dig med?");
    let half = submit(inger, &why, "/why", &[("lasting", "yes"), ("need", NEED)]).await;
    assert_eq!(half.status, 422);
    assert!(half.html().contains(NEED) && half.title().starts_with("Fejl: "), "what was typed stays");
    let details =
        submit(inger, &half, "/why", &[("lasting", "yes"), ("need", NEED), ("aim", "everyday")]).await;
    assert_eq!(details.h1(), "Om hjælpemidlet");
    let wrong =
        submit(inger, &details, "/details", &[("occasion", "first"), ("supplier", "municipality")]).await;
    assert!(wrong.status == 422 && wrong.words().contains("Svar på spørgsmålet"), "{}", wrong.words());
    let given = [("occasion", "first"), ("supplier", "municipality"), ("q-legs", "both")];
    let files = submit(inger, &wrong, "/details", &given).await;
    assert!(files.words().contains("papirer fra læge"), "{}", files.words());
    files
}

#[both]
async fn an_application_from_the_first_question_to_the_answer(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    record.delivers(&bundle("transaction", "2026-11-01T10:00:00Z", &[patient(&INGER)])).await;
    let journal = world.journal_of(&INGER).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let files = answered(&inger, &journal).await;
    let missing = submit(&inger, &files, "/files", &[]).await;
    assert!(missing.status == 422 && missing.words().contains("Læg papirer"), "{}", missing.words());
    let odd = add_file(&inger, &files, "virus.pdf", b"MZ this is no PDF").await;
    assert_eq!(odd.status, 422, "{}", odd.words());
    let added = add_file(&inger, &files, "../Udtalelse.pdf", b"%PDF-1.7\nfra min laege").await;
    assert!(added.status == 200 && added.words().contains("Udtalelse.pdf"), "{}", added.words());
    let check = submit(&inger, &added, "/files", &[]).await;
    assert_eq!(check.h1(), "Tjek ansøgningen");
    for said in [NEED, "Begge", "Udtalelse.pdf", "Kommunens leverandør"] {
        assert!(check.words().contains(said), "{said}: {}", check.words());
    }
    let receipt = submit(&inger, &check, "/check", &[]).await;
    assert_eq!(receipt.h1(), "Ansøgningen er sendt");
    let again = submit(&inger, &check, "/check", &[]).await;
    assert_eq!(again.path(), receipt.path(), "pressed twice it is the same");
    let sent = receipt.url.path().to_owned();
    let pdf = inger.browser.get(&format!("{sent}/pdf")).await;
    assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF-"), "the receipt");
    let id = sent.rsplit('/').next().unwrap();
    let task = json!({ "resourceType": "Task", "id": "t-1", "status": "in-progress", "intent": "order",
        "identifier": [{ "system": "https://borgerportal.dk/fhir/outgoing", "value": id }],
        "for": { "reference": format!("Patient/{}", name_of(&INGER)) } });
    record.delivers(&bundle("transaction", "2026-11-03T10:00:00Z", &[patient(&INGER), task])).await;
    let list = inger.browser.get(&format!("{journal}/aids/applications")).await;
    assert!(list.words().contains("I gang") && list.words().contains("Svar senest"), "{}", list.words());
    let documents = inger.browser.get(&format!("{journal}/documents")).await;
    assert!(documents.words().contains("Ansøgning om kompressionsstrømper"), "{}", documents.words());
    let back = inger.browser.get(&format!("{sent}/withdraw")).await;
    let gone = submit(&inger, &back, "/withdraw", &[]).await;
    assert!(gone.words().contains("Trukket tilbage"), "{}", gone.words());
    assert_eq!(inger.browser.visit(&format!("{sent}/withdraw")).await.path(), gone.path(), "once");
}

#[both]
async fn who_may_only_read_is_offered_nothing_and_refused_what_they_send(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    record.delivers(&bundle("transaction", "2026-11-01T10:00:00Z", &[patient(&INGER)])).await;
    let journal = world.journal_of(&INGER).await;
    let mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    let page = mette.browser.get(&format!("{journal}/aids")).await;
    assert_eq!((page.status, page.h1().as_str()), (200, "Ingers hjælpemidler"), "{}", page.words());
    let kinds = mette.browser.get(&format!("{journal}/aids/apply")).await;
    assert!(kinds.words().contains("Du må kun læse"), "{}", kinds.words());
    assert!(kinds.forms().iter().all(|form| !form.action.contains("/aids/")), "no form to send");
    let csrf = kinds.csrf();
    let sent =
        mette.browser.post(&format!("{journal}/aids/apply"), &[("csrf", &csrf), ("kind", "stockings")]).await;
    assert_ne!(sent.status, 303, "nothing is begun");
    let forged =
        mette.browser.post(&format!("{journal}/aids/apply"), &[("csrf", "x"), ("kind", "stockings")]).await;
    assert!(forged.status >= 400);
}
