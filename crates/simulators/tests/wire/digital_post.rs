//! The portal's client and the simulated Digital Post: what each of them refuses, and the pages.

use borgerportal_domain::{Cpr, PersonName};
use borgerportal_i18n::Lang;
use borgerportal_identity::Secret;
use borgerportal_memo::message::{Action, ActionKind, Draft, File, Format, Message, Sender};
use borgerportal_memo::xml;
use borgerportal_partners::digital_post::{DigitalPost as _, DigitalPostClient, ReceiptOutcome};
use borgerportal_partners::{HttpConfig, Outgoing, PartnerError, Trust};
use borgerportal_simulators::digital_post::{self, Post, PostConfig, Resident};
use borgerportal_simulators::{MutualTls, Running};
use std::path::PathBuf;
use tokio::net::TcpListener;
use url::Url;
use uuid::Uuid;

use crate::world::{Browser, Hands};

const SYSTEM: &str = "c3lzdGVtOmVqZXI=";

fn cpr(number: u8) -> Cpr {
    Cpr::parse(&format!("7205440{number:03}")).unwrap()
}

fn resident(number: u8, given: &str) -> Resident {
    let name = PersonName { given: given.to_owned(), family: "Holm".to_owned() };
    Resident { cpr: cpr(number), name, enrolled: number == 1 }
}

fn config() -> PostConfig {
    let people = vec![resident(1, "Inger"), resident(2, "<Bent>")];
    let config = PostConfig::new(people, Secret::new(SYSTEM.to_owned()), Hands::new().clock());
    let links = Some(("https://portal.example".to_owned(), "http://localhost:8080".to_owned()));
    PostConfig { links, ..config }
}

async fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

async fn open(config: PostConfig) -> (Running, Post) {
    digital_post::serve(listen().await, config).unwrap()
}

fn client(base: &str, http: &HttpConfig, system: &str) -> DigitalPostClient {
    let base = Url::parse(base).unwrap().join(digital_post::BASE).unwrap();
    DigitalPostClient::new(Outgoing::new(http).unwrap(), base, Secret::new(system.to_owned()))
}

fn uuid(number: u8) -> Uuid {
    uuid::Builder::from_random_bytes([number; 16]).into_uuid()
}

fn memo(number: u8, to: u8) -> Vec<u8> {
    let text = "Bent <Holm> beder om fuldmagt.\n\nLog på.";
    let recipient = cpr(to);
    let draft = Draft {
        uuid: uuid(number),
        id: None,
        code: "TEST",
        label: "Anmodning om fuldmagt",
        notification: Some("Du har en besked."),
        mandatory: false,
        legal: false,
        sender: Sender { cvr: "90000001", label: "Eksempel Kommune" },
        recipient: &recipient,
        created_at: Hands::new().now(),
        document: "Anmodning",
        files: vec![
            File {
                format: Format::Html,
                name: "a.html",
                lang: Lang::Da,
                content: b"<script>alert(1)</script>",
            },
            File { format: Format::Text, name: "a.txt", lang: Lang::Da, content: text.as_bytes() },
        ],
        actions: vec![Action {
            label: "Se og svar",
            kind: ActionKind::Selvbetjening,
            url: "https://portal.example/fuldmagter/anmodning/1",
            from: None,
            until: None,
        }],
    };
    xml::write(&Message::new(draft).unwrap()).into_bytes()
}

fn status(error: &PartnerError) -> u16 {
    let PartnerError::Refused { status, .. } = error else { panic!("{error}") };
    *status
}

#[tokio::test]
async fn enrolment_messages_and_receipts_go_over_the_wire() {
    let (running, office) = open(config()).await;
    let us = client(&running.base(), &HttpConfig::for_this_machine(), SYSTEM);
    assert!(us.is_enrolled(&cpr(1)).await.unwrap());
    assert!(!us.is_enrolled(&cpr(2)).await.unwrap(), "exempt");
    assert!(!us.is_enrolled(&cpr(7)).await.unwrap(), "unknown");
    for _ in 0..3 {
        us.send(uuid(1), memo(1, 1)).await.unwrap();
    }
    assert_eq!((office.messages().len(), office.times_sent(uuid(1))), (1, 3), "one message, however often");
    us.send(uuid(2), memo(2, 2)).await.unwrap();
    let names = us.waiting_receipts(0, 50).await.unwrap();
    assert_eq!(names.len(), 2);
    assert_eq!(us.waiting_receipts(0, 1).await.unwrap(), names[..1]);
    assert_eq!(us.waiting_receipts(1, 1).await.unwrap(), names[1..2], "the page behind it");
    let mut outcomes = Vec::new();
    for name in &names {
        let receipt = us.receipt(name).await.unwrap();
        outcomes.push((receipt.message, receipt.outcome));
        us.take_receipt(name).await.unwrap();
        us.take_receipt(name).await.unwrap();
    }
    assert_eq!(outcomes, [(uuid(1), ReceiptOutcome::Delivered), (uuid(2), ReceiptOutcome::Rejected)]);
    assert!(us.waiting_receipts(0, 50).await.unwrap().is_empty());
}

#[tokio::test]
async fn it_refuses_what_is_not_a_message_and_whom_it_does_not_know() {
    let (running, office) = open(config()).await;
    let us = client(&running.base(), &HttpConfig::for_this_machine(), SYSTEM);
    for (announced, bytes) in
        [(uuid(1), b"<memo/>".to_vec()), (uuid(1), Vec::new()), (uuid(9), memo(1, 1)), (uuid(1), memo(1, 7))]
    {
        assert_eq!(status(&us.send(announced, bytes).await.unwrap_err()), 400);
    }
    let stranger = client(&running.base(), &HttpConfig::for_this_machine(), "c3RyYW5nZXI=");
    assert_eq!(status(&stranger.is_enrolled(&cpr(1)).await.unwrap_err()), 401);
    assert_eq!(status(&stranger.send(uuid(1), memo(1, 1)).await.unwrap_err()), 401);
    assert_eq!(status(&stranger.waiting_receipts(0, 1).await.unwrap_err()), 401);
    assert!(office.messages().is_empty());
}

fn pem(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/wire/pki");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

#[tokio::test]
async fn only_a_caller_with_the_right_certificate_gets_in() {
    let tls =
        MutualTls { certificate: pem("server.pem"), key: pem("server.key"), callers: pem("callers-ca.pem") };
    let (running, _) = digital_post::serve_mutual(listen().await, config(), &tls).unwrap();
    let base = format!("https://localhost:{}", running.address().port());
    let with = |identity: Option<String>, authority: &str| {
        let trust = Trust::Only(vec![pem(authority)]);
        let http = HttpConfig { identity: identity.map(Secret::new), trust, ..HttpConfig::default() };
        client(&base, &http, SYSTEM)
    };
    let both = |name: &str| Some(format!("{}\n{}", pem(&format!("{name}.pem")), pem(&format!("{name}.key"))));
    assert!(with(both("us"), "digital-post-ca.pem").is_enrolled(&cpr(1)).await.unwrap());
    for (identity, authority, why) in [
        (None, "digital-post-ca.pem", "no certificate"),
        (both("stranger"), "digital-post-ca.pem", "of another authority"),
        (both("us"), "callers-ca.pem", "we do not believe this server"),
    ] {
        let error = with(identity, authority).is_enrolled(&cpr(1)).await.unwrap_err();
        assert!(error.retry_helps(), "{why}: {error}");
    }
}

#[test]
fn a_certificate_without_its_key_is_found_at_start_up() {
    let http = HttpConfig { identity: Some(Secret::new(pem("us.pem"))), ..HttpConfig::for_this_machine() };
    assert!(Outgoing::new(&http).is_err());
}

#[tokio::test]
async fn boxes_are_kept_over_a_restart_where_they_shall_be() {
    let keep = std::env::temp_dir().join(format!("borgerportal-boxes-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&keep);
    let kept = PostConfig { keep: Some(keep.clone()), ..config() };
    let (running, _) = open(kept.clone()).await;
    client(&running.base(), &HttpConfig::for_this_machine(), SYSTEM).send(uuid(1), memo(1, 1)).await.unwrap();
    running.stop().await.unwrap();
    std::fs::write(keep.join("half.xml"), b"<memo:Mess").unwrap();
    let (_running, office) = open(kept).await;
    assert_eq!(office.box_of(&resident(1, "Inger")).len(), 1);
    std::fs::remove_dir_all(keep).unwrap();
}

#[tokio::test]
async fn pages_show_boxes_and_lead_to_the_portal_in_both_languages_without_script() {
    let letters = std::env::temp_dir().join(format!("borgerportal-shown-{}", std::process::id()));
    let letter = letters.join("00000000-0000-4000-8000-000000000007");
    std::fs::create_dir_all(&letter).unwrap();
    std::fs::write(letter.join("letter.pdf"), b"%PDF-1.7").unwrap();
    let line = r#"{"number":"00000000-0000-4000-8000-000000000007","pages":2,"code":"K7MP-2X9Q-R4TV","sha256":"","envelope":["Inger Holm","Strandvejen 5"]}"#;
    std::fs::write(letter.join("manifest.jsonl"), line).unwrap();
    let (running, _) = open(PostConfig { letters: Some(letters.clone()), ..config() }).await;
    client(&running.base(), &HttpConfig::for_this_machine(), SYSTEM).send(uuid(1), memo(1, 1)).await.unwrap();
    let browser = Browser::new();
    let message = format!("/1/{}", uuid(1));
    for path in ["/", "/1", "/2", &message] {
        for language in ["", "?lang=en"] {
            let answer = browser.get(&format!("{}{path}{language}", running.base())).await;
            assert_eq!(answer.status(), 200, "{path}");
            assert!(
                answer.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'")
            );
            let html = answer.text().await.unwrap();
            assert_eq!(html.matches("<h1").count(), 1, "{path}");
            assert!(!html.contains("<script") && !html.contains("<Bent>"), "{path}");
            assert!(!html.contains(cpr(1).expose()) && !html.contains(cpr(2).expose()), "{path}");
        }
    }
    let html = browser.get(&format!("{}{message}", running.base())).await.text().await.unwrap();
    assert!(html.contains("href=\"http://localhost:8080/fuldmagter/anmodning/1\""), "{html}");
    assert!(html.contains("Bent &#60;Holm&#62;"), "{html}");
    let file = browser.get(&format!("{}{message}/0", running.base())).await;
    assert_eq!(
        file.headers()["content-type"],
        "text/plain; charset=utf-8",
        "a sender's page does not run here"
    );
    let inside = browser.get(&format!("{}/1", running.base())).await.text().await.unwrap();
    assert!(inside.contains("K7MP-2X9Q-R4TV"));
    let number = "00000000-0000-4000-8000-000000000007";
    let pdf = browser.get(&format!("{}/1/letters/{number}", running.base())).await;
    assert_eq!(
        (pdf.status().as_u16(), &pdf.headers()["content-type"]),
        (200, &"application/pdf".parse().unwrap())
    );
    for gone in
        ["/0", "/3", "/x", &format!("/2/{}", uuid(1)), &format!("/2/letters/{number}"), "/1/letters/..%2f.."]
    {
        let answer = browser.get(&format!("{}{gone}", running.base())).await;
        assert!(answer.status().is_client_error(), "{gone}: {}", answer.status());
    }
    std::fs::remove_dir_all(letters).unwrap();
}
