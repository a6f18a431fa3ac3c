//! The portal's client and the simulated record systems: what each of them refuses, and answers that find their way home.

use borgerportal_domain::ids::OutgoingId;
use borgerportal_identity::jws::{KeySet, SigningKey};
use borgerportal_partners::{
    HttpConfig, Outgoing, PartnerError, RecordSystem as _, RecordSystemAddress, RecordSystemClient,
};
use borgerportal_simulators::Running;
use borgerportal_simulators::record_system::{self, Books, RecordSystemConfig};
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use url::Url;

use crate::world::Hands;

const ID: &str = "0192d3a4-0000-7000-8000-00000000002a";
const OUTGOING: &str = "https://borgerportal.dk/fhir/outgoing";

fn key() -> SigningKey {
    SigningKey::generate("k1", &SystemRandom::new()).unwrap()
}

async fn open(key: &SigningKey, hands: &Hands) -> (Running, Books) {
    let keys = json!({ "keys": [key.public_jwk()] }).to_string();
    let config = RecordSystemConfig {
        client: ("us".to_owned(), KeySet::parse(keys.as_bytes()).unwrap()),
        token_audience: None,
        clock: hands.clock(),
        door: None,
    };
    record_system::serve(TcpListener::bind("127.0.0.1:0").await.unwrap(), config).unwrap()
}

fn client(running: &Running, name: &str, key: SigningKey) -> RecordSystemClient {
    let at = |path: &str| Url::parse(&format!("{}{path}", running.base())).unwrap();
    let address = RecordSystemAddress {
        base: at(&record_system::base("0217")),
        token: at(record_system::TOKEN),
        client_id: name.to_owned(),
        scope: "system/*.c".to_owned(),
    };
    RecordSystemClient::new(Outgoing::new(&HttpConfig::for_this_machine()).unwrap(), address, key)
}

fn transaction(change: impl Fn(&mut Value)) -> Vec<u8> {
    let name =
        |text: &str| json!([{ "url": text, "valueString": "x" }, { "url": "basis", "valueCode": "own" }]);
    let mut bundle = json!({ "resourceType": "Bundle", "type": "transaction", "entry": [{
        "fullUrl": format!("urn:uuid:{ID}"),
        "resource": { "resourceType": "Task", "status": "requested", "extension": [{ "extension": name("name") }],
            "code": { "coding": [{ "code": "cancellation" }] }, "requester": { "display": "Mette" },
            "for": { "identifier": { "value": "7205440012" } } },
        "request": { "method": "POST", "url": "Task", "ifNoneExist": format!("identifier={OUTGOING}|{ID}") },
    }] });
    change(&mut bundle);
    bundle.to_string().into_bytes()
}

async fn tell(client: &RecordSystemClient, hands: &Hands, bytes: Vec<u8>) -> Result<(), PartnerError> {
    client.tell(OutgoingId::parse(ID).unwrap(), bytes, hands.now()).await
}

#[tokio::test]
async fn what_is_told_is_there_once_under_tokens_that_are_fetched_anew() {
    let (ours, hands) = (key(), Hands::new());
    let (running, books) = open(&ours, &hands).await;
    let us = client(&running, "us", ours);
    for _ in 0..3 {
        tell(&us, &hands, transaction(|_| ())).await.unwrap();
        // Longer than a token is good for.
        hands.pass(400);
    }
    assert_eq!((books.received().len(), books.times_sent(ID)), (1, 3));
    let answers = books.take_answers();
    assert_eq!(answers.len(), 1);
    assert!(answers[0].1.contains("\"accepted\"") && answers[0].1.contains("7205440012"));
    assert!(books.take_answers().is_empty());
}

#[tokio::test]
async fn callers_it_does_not_know_get_no_token() {
    let (ours, hands) = (key(), Hands::new());
    let (running, books) = open(&ours, &hands).await;
    for (name, key) in [("us", key()), ("them", ours)] {
        let error = tell(&client(&running, name, key), &hands, transaction(|_| ())).await.unwrap_err();
        assert!(matches!(error, PartnerError::Refused { status: 401, .. }), "{name}: {error}");
    }
    assert!(books.received().is_empty());
}

#[tokio::test]
async fn a_transaction_that_says_half_is_refused_whole() {
    let (ours, hands) = (key(), Hands::new());
    let (running, books) = open(&ours, &hands).await;
    let us = client(&running, "us", ours);
    let cases: [fn(&mut Value); 6] = [
        |it| it["type"] = json!("batch"),
        |it| it["entry"][0]["request"]["ifNoneExist"] = Value::Null,
        |it| it["entry"][0]["request"]["ifNoneExist"] = json!("identifier=urn:x|1"),
        |it| it["entry"][0]["request"]["method"] = json!("PUT"),
        |it| it["entry"][0]["resource"]["requester"] = Value::Null,
        |it| it["entry"][0]["resource"]["for"] = Value::Null,
    ];
    for (number, change) in cases.into_iter().enumerate() {
        let error = tell(&us, &hands, transaction(change)).await.unwrap_err();
        assert!(matches!(error, PartnerError::Refused { status: 422, .. }), "{number}: {error}");
        assert!(!error.retry_helps());
    }
    assert!(books.received().is_empty());
}
