//! The FHIR door: who is let in, what is refused and how it is said, and that nothing of what was refused is kept.

use borgerportal_both::both;
use borgerportal_store::testing::TestStore;
use borgerportal_stories::deliveries::{PDF, bundle, condition, letter, patient, report, with_pdf};
use borgerportal_stories::{DELIVERIES_A_MINUTE, HELSINGOR, INGER, POUL, Page, RANDERS, RecordSystem, World};
use serde_json::{Value, json};

/// What is wrong with an assertion.
type Change = Box<dyn FnOnce(&mut Value) + Send>;

fn body(page: &Page) -> Value {
    serde_json::from_slice(&page.body).unwrap_or_else(|_| panic!("{}: {}", page.status, page.html()))
}

fn one_letter(id: &str) -> Value {
    bundle(
        "transaction",
        "2026-10-01T10:00:00Z",
        &[patient(&INGER), letter(&INGER, id, "Hemmelig titel", "2026-10-01")],
    )
}

async fn open(store: TestStore) -> (World, RecordSystem) {
    let world = World::open(store).await;
    let record = world.record_system("nexus", HELSINGOR).await;
    (world, record)
}

/// Rows of everything but what a token leaves behind.
fn kept(world: &World) -> Vec<(String, i64)> {
    let rows = world.store.rows().into_iter();
    rows.filter(|(table, _)| !["client_assertion", "errand"].contains(&table.as_str())).collect()
}

#[both]
async fn an_assertion_is_good_once_for_us_and_now(store: TestStore) {
    let (world, record) = open(store).await;
    let assertion = record.assertion(|_| ());
    let first = record.trade(&assertion).await;
    assert_eq!(first.status, 200);
    assert_eq!(
        (body(&first)["token_type"].as_str(), body(&first)["expires_in"].as_i64()),
        (Some("Bearer"), Some(300))
    );
    let invalid = |page: &Page| (page.status, body(page)["error"].as_str().unwrap_or_default().to_owned());
    let refused = (400, "invalid_client".to_owned());
    assert_eq!(invalid(&record.trade(&assertion).await), refused, "a replay");
    let old = world.now().plus_minutes(-10).seconds();
    let changes: [(&str, Change); 6] = [
        ("audience", Box::new(|claims| claims["aud"] = json!("https://elsewhere.example/token"))),
        ("issuer", Box::new(|claims| claims["iss"] = json!("another"))),
        (
            "unknown",
            Box::new(|claims| {
                claims["iss"] = json!("nobody");
                claims["sub"] = json!("nobody");
            }),
        ),
        ("expired", Box::new(move |claims| claims["exp"] = json!(old))),
        ("too long", Box::new(|claims| claims["exp"] = json!(claims["iat"].as_i64().unwrap() + 86_400))),
        ("no jti", Box::new(|claims| claims["jti"] = json!(""))),
    ];
    for (what, change) in changes {
        let page = record.trade(&record.assertion(change)).await;
        let answer = invalid(&page);
        assert_eq!(answer.0, 400, "{what}");
        assert!(what == "no jti" || answer == refused, "{what}: {answer:?}");
    }
    let other = world.record_system("columna", HELSINGOR).await;
    let forged = other.assertion(|claims| {
        claims["iss"] = json!("nexus");
        claims["sub"] = json!("nexus");
    });
    assert_eq!(invalid(&record.trade(&forged).await), refused, "signed with another's key");
}

#[both]
async fn a_token_opens_one_municipality_for_five_minutes(store: TestStore) {
    let (world, record) = open(store).await;
    let (token, bytes) = (record.token().await, one_letter("d1").to_string().into_bytes());
    let at = async |to: &str, token: &str| record.send(to, token, &[], bytes.clone()).await;
    let elsewhere = at(&format!("/fhir/{RANDERS}"), &token).await;
    assert_eq!((elsewhere.status, elsewhere.header("content-type")), (403, Some("application/problem+json")));
    for (to, token) in [("/fhir/0217", "nonsense"), ("/fhir/0217", ""), ("/fhir/x", token.as_str())] {
        let page = at(to, token).await;
        assert_eq!((page.status, page.header("www-authenticate")), (401, Some("Bearer")), "{to}");
    }
    assert_eq!(world.store.rows()["journal"], 0, "nothing was kept");
    assert_eq!(at("/fhir/0217", &token).await.status, 200);
    world.minutes_later(6);
    assert_eq!(at("/fhir/0217", &token).await.status, 401, "it has run out");
    let session = world.log_in_as_citizen(INGER, HELSINGOR).await;
    let cookie = session.browser.post("/fhir/0217", &[]).await;
    assert_eq!(cookie.status, 415);
    let json = [("content-type", "application/fhir+json")];
    let post = reqwest::Method::POST;
    assert_eq!(session.browser.send(post, "/fhir/0217", &json, Some(bytes.clone())).await.status, 401);
}

#[both]
async fn what_is_refused_is_said_with_its_place_and_kept_nowhere(store: TestStore) {
    let (world, record) = open(store).await;
    let token = record.token().await;
    let before = kept(&world);
    let mut wrong = one_letter("d1");
    wrong["entry"][1]["resource"]["subject"] = json!({ "reference": "Patient/somebody-else" });
    let mut medicine = one_letter("d2");
    medicine["entry"][1]["resource"]["contained"] =
        json!([{ "resourceType": "MedicationStatement", "id": "m", "status": "active" }]);
    let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let cases: [(&str, &str, Vec<u8>, u16); 7] = [
        ("another's", "application/fhir+json", wrong.to_string().into_bytes(), 422),
        ("medicine inside", "application/fhir+json", medicine.to_string().into_bytes(), 422),
        ("no JSON", "application/fhir+json", b"{\"resourceType\":".to_vec(), 400),
        ("too deep", "application/json", deep.into_bytes(), 413),
        ("too large", "application/fhir+json", vec![b' '; (5 << 20) + 1], 413),
        ("far too large", "application/fhir+json", vec![b' '; 6 << 20], 413),
        ("no FHIR", "text/xml", b"<Bundle/>".to_vec(), 415),
    ];
    for (what, kind, bytes, status) in cases {
        let page = record.send("/fhir/0217", &token, &[("content-type", kind)], bytes).await;
        assert_eq!(page.status, status, "{what}: {}", page.html());
        let answer = body(&page);
        if status != 415 {
            assert_eq!(page.header("content-type"), Some("application/fhir+json"), "{what}");
            assert_eq!(answer["resourceType"], "OperationOutcome", "{what}");
        }
        if status == 422 {
            let place = answer["issue"][0]["expression"][0].as_str().unwrap_or_default();
            assert!(place.starts_with("Bundle.entry[1]"), "{what}: {answer}");
        }
        assert!(
            !page.html().contains("Hemmelig titel") && !page.html().contains(INGER.cpr().expose()),
            "{what}"
        );
    }
    assert_eq!(kept(&world), before, "nothing of it is stored");
}

#[both]
async fn a_batch_is_answered_entry_by_entry(store: TestStore) {
    let (world, record) = open(store).await;
    let mut batch = bundle(
        "batch",
        "2026-10-01T10:00:00Z",
        &[
            patient(&INGER),
            letter(&INGER, "d1", "Godt brev", "2026-10-01"),
            letter(&INGER, "d2", "Dårligt", "2026-10-01"),
        ],
    );
    batch["entry"][2]["resource"]["subject"] = json!({ "reference": "Patient/nobody" });
    let answer = record.deliver(&batch).await;
    let status = |entry: &Value| entry["response"]["status"].as_str().unwrap_or_default()[..3].to_owned();
    let statuses: Vec<String> = body(&answer)["entry"].as_array().unwrap().iter().map(status).collect();
    assert_eq!((answer.status, body(&answer)["type"].as_str()), (200, Some("batch-response")));
    assert_eq!(statuses, ["200", "200", "422"]);
    assert_eq!(world.log_in_as_citizen(INGER, HELSINGOR).await.titles().await, ["Godt brev"]);
    batch["type"] = json!("transaction");
    assert_eq!(record.deliver(&batch).await.status, 422, "a transaction stands or falls as a whole");
    let whole = record.deliver(&one_letter("d9")).await;
    assert_eq!(body(&whole)["type"], "transaction-response");
}

#[both]
async fn a_report_is_answered_as_a_whole(store: TestStore) {
    let (world, record) = open(store).await;
    let brev = with_pdf(letter(&POUL, "d1", "Brev", "2026-10-01"), PDF);
    let whole = report("r1", "2026-10-02T10:00:00Z", &[patient(&POUL), condition(&POUL, "walk"), brev]);
    let answer = record.deliver(&whole).await;
    assert_eq!((answer.status, &body(&answer)["resourceType"]), (200, &json!("OperationOutcome")));
    let rows = kept(&world);
    assert_eq!(record.deliver(&whole).await.status, 200);
    assert_eq!(kept(&world), rows, "once more changes nothing");
}

#[both]
async fn a_key_stands_for_one_delivery(store: TestStore) {
    let (_world, record) = open(store).await;
    let token = record.token().await;
    let send = async |bundle: &Value| {
        let bytes = bundle.to_string().into_bytes();
        record.send("/fhir/0217", &token, &[("idempotency-key", "k-1")], bytes).await.status
    };
    assert_eq!(send(&one_letter("d1")).await, 200);
    assert_eq!(send(&one_letter("d1")).await, 200, "the same again");
    assert_eq!(send(&one_letter("d2")).await, 409, "another one under the same key");
}

#[both]
async fn a_record_system_that_delivers_too_often_is_told_to_wait(store: TestStore) {
    let (world, record) = open(store).await;
    let other = world.record_system("columna", HELSINGOR).await;
    let (token, bytes) = (record.token().await, b"{}".to_vec());
    let send = async || record.send("/fhir/0217", &token, &[], bytes.clone()).await;
    for _ in 0..DELIVERIES_A_MINUTE.get() {
        assert_eq!(send().await.status, 422, "also what is refused counts");
    }
    // Two hundred a minute: within these requests another place may have come free.
    let mut stopped = send().await;
    for _ in 0..50 {
        if stopped.status != 429 {
            stopped = send().await;
        }
    }
    assert_eq!((stopped.status, stopped.header("content-type")), (429, Some("application/fhir+json")));
    let wait: u64 = stopped.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&wait), "{wait}");
    let issue = &body(&stopped)["issue"][0];
    assert_eq!((&issue["severity"], &issue["code"]), (&json!("error"), &json!("throttled")));
    assert_eq!(world.store.rows()["journal"], 0);
    assert_eq!(other.deliver(&one_letter("d1")).await.status, 200, "another system is not held up");
    let nobody = record.send("/fhir/0217", "nonsense", &[], bytes.clone()).await;
    assert_eq!(nobody.status, 401, "and without a token nobody uses up its share");
}

#[both]
async fn knocking_too_often_for_tokens_is_slowed_down(store: TestStore) {
    let (world, record) = open(store).await;
    let mut last = record.trade("nonsense").await;
    for _ in 0..61 {
        last = record.trade("nonsense").await;
    }
    assert_eq!((last.status, last.header("retry-after")), (429, Some("60")));
    world.record_system("columna", HELSINGOR).await.token().await;
}
