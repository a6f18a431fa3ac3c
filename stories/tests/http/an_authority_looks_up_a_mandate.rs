//! A caseworker's system asks whether a daughter may speak for her mother, keeps the proof and checks it without us.

use borgerportal_both::both;
use borgerportal_identity::jws::{JwsError, KeySet};
use borgerportal_identity::proof::{Answer, Proof, StatusList};
use borgerportal_service::mandates::lookup;
use borgerportal_service::system_clients::allow;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{bundle, letter, patient};
use borgerportal_stories::{HELSINGOR, INGER, LONE, METTE, POUL, Page, Person, RANDERS, RecordSystem, World};
use serde_json::{Value, json};

const CONTACT: &str = "kl.hjaelpemidler.kontakt";

/// The portal with the catalogue, and a system that may do only this.
async fn open(store: TestStore, id: &str, scope: &str) -> (World, RecordSystem) {
    let world = World::open(store).await;
    world.registers_know(&[INGER, METTE, LONE, POUL]).await;
    world.offer_packages().await;
    let system = world.record_system(id, HELSINGOR).await;
    allow(&world.app, id.to_owned(), scope.to_owned()).await.unwrap();
    (world, system)
}

fn body(page: &Page) -> Value {
    serde_json::from_slice(&page.body).unwrap_or_else(|_| panic!("{}: {}", page.status, page.html()))
}

fn asked(giver: &Person, helper: &Person) -> Value {
    json!({ "giver": giver.cpr().expose(), "representative": helper.cpr().expose(), "subject": "aids",
        "access": "read", "channel": "contact", "purpose": { "code": "phone_call", "case": "27.60.12-G01-7-26" } })
}

async fn send(system: &RecordSystem, token: &str, to: &str, asked: &Value) -> Page {
    system.send(to, token, &[("content-type", "application/json")], asked.to_string().into_bytes()).await
}

async fn ask(system: &RecordSystem, asked: &Value) -> Value {
    let page = send(system, &system.token().await, "/api/lookup/v1", asked).await;
    assert_eq!(page.status, 200, "{}", page.html());
    body(&page)
}

async fn keys(world: &World) -> KeySet {
    KeySet::parse(&world.browser().get("/api/lookup/v1/keys").await.body).unwrap()
}

#[both]
async fn a_proof_holds_without_us_until_the_mandate_is_stopped(store: TestStore) {
    let (world, cases) = open(store, "opslag", "mandates.lookup").await;
    let mandate = world.give(&INGER, &METTE, CONTACT).await;
    let told = ask(&cases, &asked(&INGER, &METTE)).await;
    assert_eq!((&told["answer"], told["items"].as_array().unwrap().len()), (&json!("yes"), 1));
    assert_eq!(told["items"][0]["package"], CONTACT);
    assert_eq!(told["valid_until"], "2026-12-03T23:00:00Z", "midnight in Denmark after the last day");
    let (token, keys) = (told["proof"].as_str().unwrap().to_owned(), keys(&world).await);
    let who = (world.base().as_str(), "opslag");
    let proof = Proof::verify(&token, &keys, who, world.now()).unwrap();
    assert_eq!((proof.answer, proof.municipality.as_str()), (Answer::Yes, HELSINGOR));
    assert_eq!(proof.decision, told["decision"].as_str().unwrap());
    assert!(proof.is_about(&INGER.cpr(), &METTE.cpr()) && !proof.is_about(&METTE.cpr(), &INGER.cpr()));
    assert!(Proof::verify(&token, &keys, (who.0, "another"), world.now()).is_err());
    let place = proof.status.unwrap().status_list;
    let withdrawn = async || {
        let page = world.browser().get(&place.uri).await;
        assert_eq!(page.status, 200, "{}", page.html());
        let list = String::from_utf8(page.body).unwrap();
        StatusList::verify(&list, &keys, &place.uri, world.now()).unwrap().has(place.idx)
    };
    assert!(!withdrawn().await);
    world.withdraw(mandate, world.id_of(&INGER).await).await;
    world.minutes_later(1);
    assert!(withdrawn().await, "told within a minute");
    assert_eq!(ask(&cases, &asked(&INGER, &METTE)).await["answer"], "no");
    assert!(Proof::verify(&token, &keys, who, world.now()).is_ok(), "what was answered stays answered");
    world.minutes_later(24 * 60);
    assert!(Proof::verify(&token, &keys, who, world.now()).is_err(), "too old to be acted on");
    world.minutes_later(2 * 24 * 60);
    assert_eq!(world.browser().get(&place.uri).await.status, 404, "a list lives as long as its proofs");
}

#[both]
async fn a_no_is_the_same_for_who_gave_nothing_and_who_does_not_exist(store: TestStore) {
    let (world, cases) = open(store, "opslag", "mandates.lookup").await;
    world.give(&INGER, &METTE, CONTACT).await;
    world.give(&INGER, &LONE, "kl.hjaelpemidler.laese").await;
    let bare = |mut told: Value| {
        let told = told.as_object_mut().unwrap();
        let (decision, proof) = (told.remove("decision").unwrap(), told.remove("proof").unwrap());
        assert!(decision.is_string() && proof.is_string());
        json!(told)
    };
    let no = json!({ "answer": "no", "items": [], "valid_until": null });
    let mut nobody = asked(&INGER, &METTE);
    nobody["giver"] = json!("7101010101");
    let mut other_subject = asked(&INGER, &METTE);
    other_subject["subject"] = json!("grants");
    let mut portal = asked(&INGER, &METTE);
    portal["channel"] = json!("self_service");
    let cases_of_no = [
        ("gave nothing", asked(&POUL, &METTE)),
        ("does not exist", nobody),
        ("only the portal", asked(&INGER, &LONE)),
        ("another subject", other_subject),
        ("only by telephone", portal),
    ];
    for (what, asked) in cases_of_no {
        assert_eq!(bare(ask(&cases, &asked).await), no, "{what}");
    }
    let elsewhere = world.record_system("randers", RANDERS).await;
    allow(&world.app, "randers".to_owned(), "mandates.lookup".to_owned()).await.unwrap();
    let told = ask(&elsewhere, &asked(&INGER, &METTE)).await;
    let claims = Proof::verify(
        told["proof"].as_str().unwrap(),
        &keys(&world).await,
        (world.base().as_str(), "randers"),
        world.now(),
    );
    assert_eq!(claims.unwrap().municipality, RANDERS, "a system speaks for its own municipality alone");
}

#[both]
async fn only_who_may_ask_is_answered_and_only_a_whole_question(store: TestStore) {
    let (world, cases) = open(store, "opslag", "mandates.lookup").await;
    let (to, good, token) = ("/api/lookup/v1", asked(&INGER, &METTE), cases.token().await);
    assert_eq!(send(&cases, "nonsense", to, &good).await.status, 401);
    let record = world.record_system("nexus", HELSINGOR).await;
    assert_eq!(send(&record, &record.token().await, to, &good).await.status, 403, "it may deliver, not ask");
    let delivery = bundle("transaction", "2026-10-01T10:00:00Z", &[patient(&INGER)]);
    let door = format!("/fhir/{HELSINGOR}");
    let delivered = cases.send(&door, &token, &[], delivery.to_string().into_bytes()).await;
    assert_eq!(delivered.status, 403, "it may ask, not deliver");
    assert_eq!(
        send(&cases, &token, "/api/mandates/v1/privileges", &json!({ "holder": "7101010101" })).await.status,
        403
    );
    let wrong: [(&str, Value, &str); 9] = [
        ("/giver", json!("710101"), "giver"),
        ("/representative", json!(""), "representative"),
        ("/representative", good["giver"].clone(), "representative"),
        ("/subject", json!("everything"), "body"),
        ("/access", json!("write"), "body"),
        ("/purpose/code", json!("curiosity"), "body"),
        ("/purpose/case", json!("  "), "purpose.case"),
        ("/purpose/case", json!("x".repeat(61)), "purpose.case"),
        ("/purpose", json!({}), "body"),
    ];
    for (at, value, field) in wrong {
        let mut asked = good.clone();
        *asked.pointer_mut(at).unwrap() = value;
        let page = send(&cases, &token, to, &asked).await;
        assert_eq!(page.status, 400, "{at}");
        let said = page.html();
        assert!(said.contains(field), "{at}: {said}");
        assert!(!said.contains(INGER.cpr().expose()) && !said.contains("curiosity"), "{said}");
    }
    let plain =
        cases.send(to, &token, &[("content-type", "text/plain")], good.to_string().into_bytes()).await;
    assert_eq!(plain.status, 415);
    allow(&world.app, "opslag".to_owned(), "mandates.privileges".to_owned()).await.unwrap();
    assert_eq!(send(&cases, &token, to, &good).await.status, 403, "taken away, and at once");
}

/// Anybody may read the list, so it is made once a minute, however many do, and nobody reads it without end.
#[both]
async fn a_list_is_made_once_a_minute_and_not_read_without_end(store: TestStore) {
    let (world, cases) = open(store, "opslag", "mandates.lookup").await;
    world.give(&INGER, &METTE, CONTACT).await;
    let told = ask(&cases, &asked(&INGER, &METTE)).await;
    let (keys, who) = (keys(&world).await, (world.base().as_str(), "opslag"));
    let proof = Proof::verify(told["proof"].as_str().unwrap(), &keys, who, world.now()).unwrap();
    let place = proof.status.unwrap().status_list;
    let reader = world.browser();
    let read = async || reader.get(&place.uri).await;
    let first = read().await.body;
    assert_eq!(read().await.body, first, "the same, to the byte");
    world.minutes_later(1);
    assert_ne!(read().await.body, first, "made anew");
    let mut refused = None;
    for _ in 0..80 {
        let page = read().await;
        if page.status != 200 {
            refused = Some((page.status, page.header("retry-after").is_some()));
            break;
        }
    }
    assert_eq!(refused, Some((429, true)));
    assert_eq!(ask(&cases, &asked(&INGER, &METTE)).await["answer"], "yes", "who asks with a token goes on");
}

#[both]
async fn who_asks_too_often_is_asked_to_wait(store: TestStore) {
    let (_world, cases) = open(store, "opslag", "mandates.lookup").await;
    let token = cases.token().await;
    let mut last = 400;
    for _ in 0..140 {
        let page = send(&cases, &token, "/api/lookup/v1", &json!({})).await;
        last = page.status;
        if last != 400 {
            let wait: u64 = page.header("retry-after").unwrap().parse().unwrap();
            assert!((1..=60).contains(&wait), "{wait}");
            break;
        }
    }
    assert_eq!(last, 429);
}

#[both]
async fn the_mother_reads_in_plain_words_that_somebody_looked(store: TestStore) {
    let (world, cases) = open(store, "opslag", "mandates.lookup").await;
    let record = world.record_system("nexus", HELSINGOR).await;
    record
        .delivers(&bundle(
            "transaction",
            "2026-10-01T10:00:00Z",
            &[patient(&INGER), letter(&INGER, "l", "Brev", "2026-10-01")],
        ))
        .await;
    ask(&cases, &asked(&INGER, &METTE)).await;
    let inger = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let log = inger.browser.visit(&format!("{}/access-log", world.journal_of(&INGER).await)).await;
    let words = log.words();
    assert!(words.contains("Helsingør Kommune slog op, om nogen må henvende sig for dig"), "{words}");
    assert!(words.contains("Anledning: en telefonsamtale · svar: nej · it-system: opslag"), "{words}");
    assert!(!words.contains("27.60.12") && !words.contains(METTE.cpr().expose()), "{words}");
}

#[both]
async fn a_proof_from_before_a_new_key_can_still_be_checked(store: TestStore) {
    let (world, cases) = open(store, "opslag", "mandates.lookup").await;
    world.give(&INGER, &METTE, CONTACT).await;
    let before = ask(&cases, &asked(&INGER, &METTE)).await["proof"].as_str().unwrap().to_owned();
    let downloaded = keys(&world).await;
    world.minutes_later(1);
    let name = lookup::new_key(&world.app).await.unwrap().kid().to_owned();
    let after = ask(&cases, &asked(&INGER, &METTE)).await["proof"].as_str().unwrap().to_owned();
    let who = (world.base().as_str(), "opslag");
    let published = keys(&world).await;
    for token in [&before, &after] {
        let proof = Proof::verify(token, &published, who, world.now()).unwrap();
        assert_eq!(proof.answer, Answer::Yes);
        let place = proof.status.unwrap().status_list;
        let list = String::from_utf8(world.browser().get(&place.uri).await.body).unwrap();
        assert!(!StatusList::verify(&list, &published, &place.uri, world.now()).unwrap().has(place.idx));
    }
    assert!(Proof::verify(&before, &downloaded, who, world.now()).is_ok(), "without asking us");
    assert_eq!(
        Proof::verify(&after, &downloaded, who, world.now()),
        Err(JwsError::UnknownKey.into()),
        "keys from before say nothing of what came later: fetch them again"
    );
    let told = body(&world.browser().get("/api/lookup/v1/keys").await);
    let told = told["keys"].as_array().unwrap();
    assert_eq!((told.len(), &told[0]["kid"]), (2, &json!(name)), "the newest first");
    assert!(told.iter().all(|key| key.get("d").is_none()), "the private halves stay with us");
}

#[both]
async fn who_has_no_journal_reads_what_was_looked_up_with_their_mandates(store: TestStore) {
    let (world, cases) = open(store, "opslag", "mandates.lookup").await;
    world.give(&INGER, &METTE, CONTACT).await;
    let inger = world.log_in_for_mandates(INGER).await;
    let list = inger.browser.get("/fuldmagter").await;
    let none = inger.browser.get(&list.link("Se opslag om dig")).await;
    assert_eq!((none.status, none.h1().as_str()), (200, "Opslag om dig"));
    assert!(none.words().contains("Der er ingen opslag om dig"), "{}", none.words());
    ask(&cases, &asked(&INGER, &METTE)).await;
    let mut grants = asked(&INGER, &METTE);
    grants["subject"] = json!("grants");
    grants["purpose"]["code"] = json!("casework");
    ask(&cases, &grants).await;
    ask(&cases, &asked(&POUL, &METTE)).await;
    let page = inger.browser.get("/fuldmagter/opslag").await;
    let words = page.words();
    for said in [
        "Helsingør Kommune slog op, om nogen må henvende sig for dig",
        "Anledning: en telefonsamtale · svar: ja · it-system: opslag",
        "Anledning: arbejdet med en sag · svar: nej · it-system: opslag",
        "Emne: Hjælpemidler · Sag 27.60.12-G01-7-26",
        "Emne: Bevillinger og afgørelser",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert_eq!(words.matches("Kommune slog op").count(), 2, "of hers, and no one else's: {words}");
    assert!(!words.contains(METTE.cpr().expose()) && !words.contains("Mette"), "not who was asked about");
    let mandate = inger.browser.get(&page.link("Se fuldmagten")).await;
    assert!(mandate.words().contains("Mette Holm"), "the yes rested on a mandate of hers");
    let english = inger.browser.get("/fuldmagter/opslag?lang=en").await;
    assert_eq!(english.status, 200);
    let mette = world.log_in_for_mandates(METTE).await;
    let hers = mette.browser.get("/fuldmagter/opslag").await.words();
    assert!(hers.contains("Der er ingen opslag om dig"), "who represents is not told: {hers}");
    let nobody = world.browser().get("/fuldmagter/opslag").await;
    assert_ne!(nobody.status, 200, "nobody reads it without a log-in");
}
