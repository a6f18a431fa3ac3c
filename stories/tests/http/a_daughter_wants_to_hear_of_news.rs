//! The profile, page by page and without a script: an address that is confirmed by its code, what one wants to hear of, and
//! how it is stopped again; from the letter that comes to the mail that says nothing of it.

use borgerportal_both::both;
use borgerportal_domain::news::MailAddress;
use borgerportal_partners::{Security, SmtpAddress, SmtpClient, Trust};
use borgerportal_service::news::{Ways, send_due, tell_due};
use borgerportal_simulators::mail::{self, MailServer, Mails, Received};
use borgerportal_simulators::{Fault, Orders};
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{HELSINGOR, INGER, METTE, Page, Visitor, World};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

const ADDRESS: &str = "mette@eksempel.dk";

/// A mail server beside the portal.
async fn mail_server(world: &World) -> (MailServer, Mails, Ways) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let clock = world.app.clock.clone();
    let (server, mails) = mail::serve(listener, Arc::new(move || clock.now())).unwrap();
    let address = SmtpAddress {
        host: "127.0.0.1".to_owned(),
        port: server.address().port(),
        security: Security::None,
        user: None,
        from: ("Borgerportalen".to_owned(), MailAddress::parse("svar-ikke@portal.example").unwrap()),
    };
    let client = SmtpClient::new(address, &Trust::Only(Vec::new()), Duration::from_secs(20)).unwrap();
    let ways = Ways { mail: Some(Arc::new(client)), sms: None, portal: world.base().clone() };
    (server, mails, ways)
}

/// The jobs of a node, once round.
async fn jobs(world: &World, ways: &Ways) {
    tell_due(&world.app).await.unwrap();
    send_due(&world.app, ways).await.unwrap();
}

async fn profile(who: &Visitor) -> Page {
    let page = who.browser.get("/profil").await;
    assert_eq!((page.status, page.h1().as_str()), (200, "Profil"), "{}", page.words());
    page
}

/// Sends one of the forms of the profile.
async fn send(who: &Visitor, form: &str, changed: &[(&str, &str)]) -> Page {
    let page = profile(who).await;
    who.browser.submit(&page.form(form), changed).await
}

fn code_in(mail: &Received) -> String {
    let text = mail.text();
    let mut words = text.split_whitespace().map(|word| word.trim_matches('.'));
    words.find(|word| word.len() == 6 && word.parse::<u32>().is_ok()).unwrap().to_owned()
}

#[both]
async fn an_address_is_confirmed_and_a_mail_says_that_there_is_news(store: TestStore) {
    let (world, record) = World::with_inger(store).await;
    record.delivers(&bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER)])).await;
    let (_server, mails, ways) = mail_server(&world).await;
    let mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    let page = profile(&mette).await;
    assert!(page.words().contains("Nyt om Inger"), "{}", page.words());
    assert!(page.words().contains("Bekræft en e-mail først"), "{}", page.words());
    let wrong = send(&mette, "/profil/mail", &[("mail", "mette@")]).await;
    assert_eq!((wrong.status, wrong.title().starts_with("Fejl: ")), (422, true), "{}", wrong.words());
    let sent = send(&mette, "/profil/mail", &[("mail", ADDRESS)]).await;
    assert!(sent.words().contains(&format!("kode på seks cifre til {ADDRESS}")), "{}", sent.words());
    jobs(&world, &ways).await;
    let code = code_in(&mails.received()[0]);
    let wrong = send(&mette, "/profil/kode", &[("kode", "12345")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.words().contains("Koden er ikke rigtig"), "{}", wrong.words());
    let done = send(&mette, "/profil/kode", &[("kode", &code)]).await;
    assert!(done.words().contains("Din e-mail er bekræftet"), "{}", done.words());
    let wish = profile(&mette).await.form("/profil");
    let named = mette.browser.submit(&wish, &[("besked", &format!("mail-{}", first_journal(&page)))]).await;
    assert!(named.words().contains("Dine valg er gemt"), "{}", named.words());
    record
        .delivers(&bundle(
            "transaction",
            "2026-11-03T08:30:00Z",
            &[patient(&INGER), letter(&INGER, "n1", "Brev om HEMMELIGT", "2026-11-02")],
        ))
        .await;
    jobs(&world, &ways).await;
    let all = mails.received();
    let [_, news] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((news.to.as_str(), news.header("Subject")), (ADDRESS, Some("Du har nyt i Borgerportalen")));
    for leak in ["HEMMELIGT", "Inger", "Mette", "Helsingør", "/p/"] {
        assert!(!news.text().contains(leak), "{leak}: {}", news.text());
    }
    let removed = send(&mette, "/profil/mail/slet", &[]).await;
    assert!(removed.words().contains("Din e-mail er slettet"), "{}", removed.words());
    assert!(!profile(&mette).await.words().contains(ADDRESS));
}

/// The journal that the first checkbox names.
fn first_journal(page: &Page) -> String {
    let html = page.html();
    let at = html.find("value=\"sms-").unwrap() + "value=\"sms-".len();
    html[at..at + 36].to_owned()
}

#[both]
async fn an_address_that_is_none_is_said_in_both_languages(store: TestStore) {
    let (world, _) = World::with_inger(store).await;
    let (_server, mails, ways) = mail_server(&world).await;
    let mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    mails.order(Orders::of(&[Fault::Status(550)]).at("/rcpt"));
    send(&mette, "/profil/mail", &[("mail", ADDRESS)]).await;
    jobs(&world, &ways).await;
    let page = profile(&mette).await;
    assert!(page.words().contains("Koden kunne ikke sendes til"), "{}", page.words());
    let english = mette.browser.visit(&page.link("Skift til engelsk")).await;
    assert_eq!(
        (english.path().as_str(), english.h1().as_str()),
        ("/profil", "Profile"),
        "{}",
        english.words()
    );
    assert!(english.words().contains("The code could not be sent to"), "{}", english.words());
}

#[both]
async fn a_profile_belongs_to_whoever_is_signed_in(store: TestStore) {
    let (world, _) = World::with_inger(store).await;
    let mette = world.log_in_as_relative(METTE, HELSINGOR).await;
    send(&mette, "/profil/mail", &[("mail", ADDRESS)]).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    assert!(!profile(&inger).await.words().contains(ADDRESS));
    let nobody = world.browser().get("/profil").await;
    assert!(nobody.location().is_some(), "who is not logged in is sent to where that is done");
    let stolen = profile(&mette).await.form("/profil/kode/fortryd");
    let refused = inger.browser.submit(&stolen, &[]).await;
    assert_eq!(refused.status, 409, "{}", refused.words());
    assert!(profile(&mette).await.words().contains(ADDRESS), "another's form does nothing");
}
