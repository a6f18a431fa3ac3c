//! Letters as they come out of the printer: what can be read and filled in on them, to whom they go, and that what
//! comes back signed is found again.

use crate::act::*;
use crate::common::*;
use async_trait::async_trait;
use borgerportal_both::both;
use borgerportal_domain::Cpr;
use borgerportal_domain::ids::RequestId;
use borgerportal_domain::mandates::Named;
use borgerportal_domain::notices::State;
use borgerportal_domain::time::{Date, days_after};
use borgerportal_partners::{AddressRegister, DigitalPost, Envelope, PartnerError, PrintSpool, Receipt};
use borgerportal_service::mandates::paper::{self, Paper};
use borgerportal_service::mandates::register;
use borgerportal_service::mandates::requests::Yes;
use borgerportal_service::notices::{Pace, Post, Sender, send_due};
use borgerportal_service::{Problem, jobs};
use borgerportal_simulators::letters::{Letter, letters};
use borgerportal_store::notices;
use borgerportal_store::testing::TestStore;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use url::Url;
use uuid::Uuid;

/// Nobody has Digital Post, and everybody lives in the same street.
struct PaperOnly;

#[async_trait]
impl DigitalPost for PaperOnly {
    async fn is_enrolled(&self, _: &Cpr) -> Result<bool, PartnerError> {
        Ok(false)
    }
    async fn is_enrolled_for_sms(&self, _: &Cpr) -> Result<bool, PartnerError> {
        Ok(false)
    }
    async fn send(&self, _: Uuid, _: Vec<u8>) -> Result<(), PartnerError> {
        unreachable!("nobody is enrolled")
    }
    async fn waiting_receipts(&self, _: usize, _: usize) -> Result<Vec<String>, PartnerError> {
        Ok(Vec::new())
    }
    async fn receipt(&self, _: &str) -> Result<Receipt, PartnerError> {
        unreachable!("nothing was sent")
    }
    async fn take_receipt(&self, _: &str) -> Result<(), PartnerError> {
        Ok(())
    }
}

#[async_trait]
impl AddressRegister for PaperOnly {
    async fn envelope_of(&self, _: &Cpr) -> Result<Option<Envelope>, PartnerError> {
        let lines = ["Efter registeret", "Strandvejen 5", "3000 Helsingør"];
        Ok(Some(Envelope(lines.map(str::to_owned).to_vec())))
    }
}

fn folder(portal: &Portal) -> PathBuf {
    portal.store.directory().join("letters")
}

/// Everything that is due is printed: the letters, the newest first.
async fn print(portal: &Portal) -> Vec<Letter> {
    let post = Post {
        digital: Arc::new(PaperOnly),
        addresses: Arc::new(PaperOnly),
        print: PrintSpool::in_folder(&folder(portal)).unwrap(),
        sender: Sender {
            cvr: "90000001".to_owned(),
            name: "Eksempel Kommune".to_owned(),
            address: vec!["Rådhuspladsen 1".to_owned(), "3000 Helsingør".to_owned()],
            phone: "70 20 00 00".to_owned(),
        },
        links: Url::parse("https://portal.example").unwrap(),
        pace: Pace::default(),
    };
    send_due(&portal.app, &post).await.unwrap();
    letters(Some(&folder(portal)))
}

/// The words of a letter; nothing where `pdftotext` is missing.
fn words(letter: &Letter) -> Option<String> {
    let pdf = letter.folder.join("letter.pdf");
    let output = Command::new("pdftotext").args(["-enc", "UTF-8"]).arg(pdf).arg("-").output().ok()?;
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Asks by letter: the request.
async fn ask_by_letter(portal: &Portal, bent: &Somebody, whom: Named) -> RequestId {
    let his = portal.as_citizen(bent).await;
    his.ask_by(whom, &[READ, CONTACT], portal.day(90), true).await.unwrap().request
}

fn scanned(letter: &Letter) -> Paper {
    scan(u16::try_from(letter.pages).unwrap())
}

/// The letter comes back whole: the request that its code leads to.
async fn comes_back(portal: &Portal, letter: &Letter) -> RequestId {
    let (code, paper) = (letter.code.to_lowercase(), scanned(letter));
    let found = portal.app.write(move |tx| paper::received(tx, &code, &paper)).await.unwrap();
    assert_eq!(found.1, 0, "no page is missing");
    found.0
}

/// A letter that can be answered by hand: both rights in words, boxes for each answer, a line to sign, the code.
fn can_be_signed(letter: &Letter, first: &str) {
    let Some(words) = words(letter) else { return };
    for one in [
        first,
        "Bent Holm beder om fuldmagt fra dig",
        "Se alt i portalen: breve, tilstande, planer",
        "Tale og skrive med kommunen om hjælpemidler",
        "Sæt ét kryds Ja til det hele",
        "Ja, men kun til det, jeg sætter kryds ved herunder",
        "Sæt kryds ved det, du siger ja til",
        "Underskrift",
        "Send alle brevets sider til Eksempel Kommune, Rådhuspladsen 1, 3000 Helsingør",
    ] {
        assert!(words.contains(one), "{one:?} is not in:\n{words}");
    }
    let answers = words.split_once("Svarside").unwrap().1;
    for one in ["Social- og sundhedsportal", "Hjælpemidler", letter.code.as_str()] {
        assert!(answers.contains(one), "{one:?} is not on the page that comes back:\n{answers}");
    }
}

#[both]
async fn a_letter_that_asks_can_be_signed_and_its_code_leads_back(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let request = ask_by_letter(&portal, &bent, named(&inger)).await;
    let first = print(&portal).await;
    assert_eq!(
        first.len(),
        1,
        "the letter that was wished for, and none in place of Digital Post: {first:?}"
    );
    can_be_signed(&first[0], "Du bestemmer selv");

    portal.days_later(15);
    jobs::due(&portal.app).await.unwrap();
    jobs::due(&portal.app).await.unwrap();
    let after = print(&portal).await;
    assert_eq!(after.len(), first.len() + 1, "one reminder");
    let reminder = after.iter().find(|one| first.iter().all(|old| old.number != one.number)).unwrap();
    can_be_signed(reminder, "Vi har skrevet til dig om det før");
    assert_eq!(comes_back(&portal, reminder).await, request);

    portal.write(move |tx| paper::deficient(tx, request)).await;
    let last = print(&portal).await;
    let again = last.iter().find(|one| after.iter().all(|old| old.number != one.number)).unwrap();
    can_be_signed(again, "der mangler noget");
    assert_eq!(comes_back(&portal, again).await, request);
}

#[both]
async fn who_is_asked_by_name_and_address_gets_the_letter_there_and_can_sign_it(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let whom = Named::read("Inger  Holm", "", "Havnegade 1, 2. tv, 3000 Helsingør").unwrap();
    let request = ask_by_letter(&portal, &bent, whom).await;
    let printed = print(&portal).await;
    let [letter] = printed.as_slice() else { panic!("{printed:?}") };
    assert_eq!(letter.envelope, ["Inger Holm", "Havnegade 1, 2. tv", "3000 Helsingør"]);
    can_be_signed(letter, "Du bestemmer selv");

    portal.days_later(15);
    for _ in 0..2 {
        jobs::due(&portal.app).await.unwrap();
    }
    let printed = print(&portal).await;
    assert_eq!(printed.len(), 2, "one reminder, to the same address: {printed:?}");
    assert!(printed.iter().all(|one| one.envelope == letter.envelope));

    assert_eq!(comes_back(&portal, letter).await, request);
    let versions = portal.as_citizen(&bent).await.chosen(&[READ]).await;
    let (cpr, yes) = (inger.cpr.clone(), Yes { versions, last_day: portal.day(60) });
    let (code, paper) = (letter.code.clone(), scanned(letter));
    portal.app.write(move |tx| paper::register(tx, &code, (&cpr, &yes), &paper)).await.unwrap();
    let held = portal.as_citizen(&bent).await.overview().await.received;
    assert_eq!((held.len(), held[0].last_day), (1, days_after(portal.today(), 60)));
}

#[both]
async fn who_was_asked_at_an_address_is_told_there_that_it_was_taken_back(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let karen = portal.person(3, "Karen", "1950-02-03").await;
    let whom = Named::read("Inger Holm", "", "Havnegade 1, 2. tv, DK-3000 Helsingør").unwrap();
    let (his, hers) =
        (ask_by_letter(&portal, &bent, whom.clone()).await, ask_by_letter(&portal, &karen, whom).await);
    let first = print(&portal).await;
    assert_eq!(first.len(), 2);
    portal.as_citizen(&bent).await.take_back(his).await.unwrap();
    let (id, on) = (karen.id, Date::constant(2026, 11, 2));
    portal.write(move |tx| register::died(tx, id, on)).await;
    let after = print(&portal).await;
    let second: Vec<_> =
        after.iter().filter(|one| first.iter().all(|old| old.number != one.number)).collect();
    assert_eq!(second.len(), 2, "one from each: {second:?}");
    for letter in second {
        assert_eq!(letter.envelope, ["Inger Holm", "Havnegade 1, 2. tv", "3000 Helsingør"]);
        let Some(words) = words(letter) else { continue };
        assert!(!words.contains("Svarside") && !words.contains("beder om fuldmagt"), "{words}");
    }
    portal.days_later(15);
    jobs::due(&portal.app).await.unwrap();
    assert_eq!(print(&portal).await.len(), 4, "nobody is reminded of what is over: {hers:?}");
}

#[both]
async fn a_number_under_a_wrong_name_sends_no_letter_anywhere(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let whom = Named::read("Ulla Ravn", inger.cpr.expose(), "Havnegade 1, 3000 Helsingør").unwrap();
    ask_by_letter(&portal, &bent, whom).await;
    portal.days_later(15);
    jobs::due(&portal.app).await.unwrap();
    assert!(print(&portal).await.is_empty());
}

#[both]
async fn what_was_taken_back_or_answered_before_the_letter_went_is_not_asked_for(store: TestStore) {
    let portal = Portal::with_packages(store).await;
    let inger = portal.person(1, "Inger", "1943-05-12").await;
    let bent = portal.person(2, "Bent", "1941-02-03").await;
    let (karen, his) = (portal.person(3, "Karen", "1950-02-03").await, portal.as_citizen(&bent).await);
    let taken_back = ask_by_letter(&portal, &bent, named(&inger)).await;
    his.take_back(taken_back).await.unwrap();
    let answered = ask_by_letter(&portal, &karen, named(&inger)).await;
    portal.as_citizen(&inger).await.decline(answered).await.unwrap();
    for letter in print(&portal).await {
        let words = words(&letter).unwrap_or_default();
        assert!(!words.contains("beder om fuldmagt fra dig") && !words.contains("Svarside"), "{words}");
    }
    let dropped = portal.read(|tx| Ok::<_, Problem>(notices::list(tx, State::Dropped, 9)?)).await;
    let why: Vec<&str> = dropped.iter().map(|one| one.why.as_str()).collect();
    assert_eq!(why, ["request.over"; 4], "each by Digital Post and by letter");
}
