//! Messages, page by page and without a script: to whom, what, with which files, sent once, answered, read, printed; and
//! words that somebody wrote while their session ended.

use borgerportal_both::both;
use borgerportal_fhir::MESSAGE_CATEGORY;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{PDF, bundle, name_of, patient};
use borgerportal_stories::{HELSINGOR, INGER, METTE, Page, Visitor, World};
use serde_json::json;

/// Opens a new message to the nurses; stands at the words.
async fn begin(who: &Visitor) -> Page {
    let list = who.at("/messages").await;
    let new = who.browser.visit(&list.link("Skriv en besked")).await;
    assert_eq!(new.h1(), "Hvem vil du skrive til?", "{}", new.words());
    assert!(new.words().contains("Svar senest torsdag 5. november 2026"), "{}", new.words());
    who.browser.submit(&new.form("/messages/new"), &[("til", "nursing")]).await
}

/// Sends the one form of a question.
async fn reply(who: &Visitor, page: &Page, changed: &[(&str, &str)]) -> Page {
    let here = page.url.path().to_owned();
    who.browser.submit(&page.form(&here), changed).await
}

/// Sends a file with the form of the page, as a browser does.
async fn enclose(who: &Visitor, page: &Page, (name, bytes): (&str, &[u8])) -> Page {
    let here = page.url.path().to_owned();
    let mut body = Vec::new();
    for (field, value) in &page.form(&here).fields {
        let part = format!("--sted\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let part = format!(
        "--sted\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n"
    );
    body.extend_from_slice(part.as_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--sted--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=sted"), ("sec-fetch-site", "same-origin")];
    let page = who.browser.send(reqwest::Method::POST, &here, &headers, Some(body)).await;
    who.browser.follow(page).await
}

#[both]
async fn a_message_is_written_sent_once_answered_and_read(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER)])).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let page = begin(&inger).await;
    assert_eq!(page.h1(), "Skriv din besked");
    let wrong = reply(&inger, &page, &[("besked", "  ")]).await;
    assert_eq!((wrong.status, wrong.title().starts_with("Fejl: ")), (422, true), "{}", wrong.words());
    let page = reply(&inger, &wrong, &[("besked", "Såret væsker.\nKommer I i dag?")]).await;
    assert_eq!(page.h1(), "Vil du sende noget med?");
    let wrong = enclose(&inger, &page, ("brev.pdf", b"MZ a program")).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.words().contains("Filen skal være PDF, JPG eller PNG"), "{}", wrong.words());
    let page = enclose(&inger, &page, ("Lægens brev.docx", PDF)).await;
    assert!(page.words().contains("Lægens brev.pdf"), "{}", page.words());
    let check = inger.browser.visit(&page.link("Fortsæt")).await;
    assert_eq!(check.h1(), "Er beskeden rigtig?");
    for said in [
        "Hjemmesygeplejen",
        "Kommer I i dag?",
        "Lægens brev.pdf",
        "Ikke til akut sygdom",
        "49 28 30 00",
        "112",
    ] {
        assert!(check.words().contains(said), "{said}: {}", check.words());
    }
    let receipt = reply(&inger, &check, &[]).await;
    assert_eq!((receipt.status, receipt.h1().as_str()), (200, "Beskeden er sendt"), "{}", receipt.words());
    let again = reply(&inger, &check, &[("id", "0192d3a4-0000-7000-8000-00000000002a")]).await;
    assert_eq!(again.path(), receipt.path(), "pressed twice, from two tabs: one message");
    assert_eq!(world.store.rows()["outgoing"], 1);
    let message = receipt.path().split('/').nth(4).unwrap().to_owned();
    let answer = json!({
        "resourceType": "Communication", "id": "c1", "status": "completed",
        "category": [{ "coding": [{ "system": MESSAGE_CATEGORY, "code": "question" }] }],
        "subject": { "reference": format!("Patient/{}", name_of(&INGER)) },
        "sent": "2026-11-03T09:20:00Z", "sender": { "display": "Hjemmesygeplejen" },
        "inResponseTo": [{ "reference": format!("Communication/{message}") }],
        "payload": [{ "contentString": "Vi kommer kl. 14." }],
    });
    record.delivers(&bundle("transaction", "2026-11-03T09:20:00Z", &[patient(&INGER), answer])).await;
    let list = inger.at("/messages").await;
    assert!(list.words().contains("Nyt svar"), "{}", list.words());
    let thread = inger.browser.visit(&list.link("Såret væsker. Kommer I i dag?")).await;
    let words = thread.words();
    assert!(
        words.contains("Dig") && words.contains("Hjemmesygeplejen Ny") && words.contains("Vi kommer kl. 14."),
        "{words}"
    );
    assert!(!inger.at("/messages").await.words().contains("Nyt svar"), "it was read");
    let file = inger.browser.visit(&thread.link("Lægens brev.pdf")).await;
    assert_eq!((file.header("content-type"), file.body.as_slice()), (Some("application/pdf"), PDF));
    let pdf = inger.browser.visit(&thread.link("Gem som PDF")).await;
    assert!(pdf.status == 200 && pdf.body.starts_with(b"%PDF-"), "{}", pdf.status);
    let answer = inger.browser.submit(&thread.form("/answer"), &[]).await;
    let answer = reply(&inger, &answer, &[("besked", "Tak")]).await;
    let check = inger.browser.visit(&answer.link("Fortsæt")).await;
    let receipt = reply(&inger, &check, &[]).await;
    let thread = inger.browser.visit(&receipt.link("Se beskeden")).await;
    assert!(
        thread.words().contains("Tak") && thread.words().contains("Vi kommer kl. 14."),
        "{}",
        thread.words()
    );
}

#[both]
async fn words_written_while_a_session_ends_are_there_after_the_next_log_in(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER)])).await;
    let mut inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let page = begin(&inger).await;
    assert!(!page.html().contains("http-equiv=\"refresh\""), "nobody is sent away from their words");
    world.minutes_later(40);
    let ended = reply(&inger, &page, &[("besked", "Det tog lang tid at skrive")]).await;
    assert_eq!(ended.h1(), "Du er logget af", "{}", ended.words());
    let again = inger.go_to_broker(&ended.link("Log på igen")).await;
    let back = inger.arrive(again).await;
    assert_eq!(back.path(), page.path(), "{}", back.words());
    assert!(back.html().contains("Det tog lang tid at skrive"), "{}", back.words());
}

#[both]
async fn a_form_without_the_sessions_secret_writes_nothing(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER)])).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let page = begin(&inger).await;
    let here = page.url.path().to_owned();
    for fields in [&[("besked", "Stjålet")][..], &[("besked", "Stjålet"), ("csrf", "forkert")]] {
        assert_eq!(inger.browser.post(&here, fields).await.status, 409);
    }
    let secret = page.csrf();
    let elsewhere = [("besked", "Stjålet"), ("csrf", secret.as_str())];
    assert_eq!(
        inger.browser.post_from(&here, &elsewhere, &[("sec-fetch-site", "cross-site")]).await.status,
        409
    );
    assert!(!inger.browser.get(&here).await.html().contains("Stjålet"));
}

#[both]
async fn a_helper_who_may_only_read_finds_no_way_to_write(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER)])).await;
    let mut mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mette.choose("Inger Holm").await;
    let list = mette.at("/messages").await;
    assert_eq!((list.status, list.h1().as_str()), (200, "Ingers beskeder"));
    assert!(list.words().contains("Du må kun læse. Bed Inger om lov til mere"), "{}", list.words());
    assert!(!list.html().contains("messages/new"), "no way that leads to a refusal");
    let new = mette.at("/messages/new").await;
    assert_eq!(new.status, 403, "{}", new.words());
}
