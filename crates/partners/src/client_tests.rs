//! Every call of every client against a partner that is slow, gone, refusing, endless or talking nonsense: the error
//! names the partner and whether trying again helps, and nothing of the person who was asked about.

use std::sync::atomic::Ordering;

use borgerportal_domain::{Cpr, Timestamp};
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::RelyingParty;
use url::Url;
use uuid::Uuid;

use crate::http::wire_tests::{Peer, answer, outgoing, peer};
use crate::{
    Absence, AddressClient, AddressRegister as _, Broker as _, BrokerClient, ClientAuthentication,
    CustodyClient, CustodyRegister as _, DigitalPost as _, DigitalPostClient, LoginError, Partner,
    PartnerError,
};

const NOW: Timestamp = Timestamp::from_seconds(1_795_262_400);
const NUMBER: &str = "7205440012";
const SYSTEM: &str = "aGVtbWVsaWc6c3lzdGVt";

/// A call of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Call {
    Custody,
    Address,
    Enrolled,
    Send,
    Receipts,
    Receipt,
    TakeReceipt,
    Broker,
}

impl Call {
    const ALL: [Self; 8] = [
        Self::Custody,
        Self::Address,
        Self::Enrolled,
        Self::Send,
        Self::Receipts,
        Self::Receipt,
        Self::TakeReceipt,
        Self::Broker,
    ];

    fn partner(self) -> Partner {
        match self {
            Self::Custody => Partner::CustodyRegister,
            Self::Address => Partner::AddressRegister,
            Self::Enrolled | Self::Send | Self::Receipts | Self::Receipt | Self::TakeReceipt => {
                Partner::DigitalPost
            }
            Self::Broker => Partner::Broker,
        }
    }

    /// Calls that only want to hear that it was done.
    fn takes_any_answer(self) -> bool {
        matches!(self, Self::Send | Self::TakeReceipt)
    }

    /// Calls it; what came of it, as text, when something did.
    async fn at(self, url: Url) -> Result<String, LoginError> {
        let person = Cpr::parse(NUMBER).unwrap();
        let post = || DigitalPostClient::new(outgoing(), url.clone(), Secret::new(SYSTEM.to_owned()));
        let got = match self {
            Self::Custody => {
                let client = CustodyClient::new(outgoing(), url);
                client.children_of(&person, NOW).await.map(|children| children.len().to_string())
            }
            Self::Address => {
                let client = AddressClient::new(outgoing(), url);
                client.envelope_of(&person).await.map(|found| found.is_some().to_string())
            }
            Self::Enrolled => post().is_enrolled(&person).await.map(|enrolled| enrolled.to_string()),
            Self::Send => post().send(Uuid::nil(), b"<memo/>".to_vec()).await.map(|()| "sent".to_owned()),
            Self::Receipts => post().waiting_receipts(0, 2).await.map(|names| names.join(" ")),
            Self::Receipt => post().receipt("r-1").await.map(|receipt| receipt.code),
            Self::TakeReceipt => post().take_receipt("r-1").await.map(|()| "taken".to_owned()),
            Self::Broker => {
                let party = serde_json::json!({ "issuer": url.as_str(), "client_id": "us",
                    "redirect_uri": "https://us.example/log-paa/svar" });
                let party: RelyingParty = serde_json::from_value(party).unwrap();
                let secret = ClientAuthentication::Secret(Secret::new(SYSTEM.to_owned()));
                let client = BrokerClient::new(outgoing(), party, secret);
                return client.logout(None, NOW).await.map(|place| place.is_some().to_string());
            }
        };
        got.map_err(LoginError::from)
    }

    async fn answered(self, pieces: Vec<Vec<u8>>, pause_ms: u64) -> (Result<String, LoginError>, Peer) {
        let peer = peer(pieces, pause_ms).await;
        (self.at(peer.url.clone()).await, peer)
    }
}

fn json(body: &str) -> Vec<u8> {
    answer("200 OK\r\ncontent-type: application/json\r\nconnection: close", body)
}

fn is_silent(error: &LoginError) {
    let said = format!("{error} {error:?} {}", error.code());
    for secret in [NUMBER, SYSTEM, "127.0.0.1", "Inger"] {
        assert!(!said.contains(secret), "{said}");
    }
}

#[tokio::test]
async fn who_is_not_there_now_may_be_asked_again() {
    let drip =
        vec![b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n".to_vec()];
    let half =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{\"Inger".to_vec();
    for call in Call::ALL {
        for (pieces, pause_ms, how) in [
            (vec![answer("503 Service Unavailable", "Inger")], 0, Absence::Status(503)),
            (vec![answer("500 Internal Server Error", "Inger")], 0, Absence::Status(500)),
            (vec![answer("429 Too Many Requests", "")], 0, Absence::Status(429)),
            (vec![half.clone()], 0, Absence::CutOff),
            (vec![], 0, Absence::CutOff),
            (drip.clone(), 2_000, Absence::TimedOut),
        ] {
            let (got, _) = call.answered(pieces, pause_ms).await;
            let error = got.unwrap_err();
            assert_eq!(error, PartnerError::Away { partner: call.partner(), how }.into(), "{call:?}");
            assert_eq!(error.code(), "partner.away");
            is_silent(&error);
        }
    }
}

#[tokio::test]
async fn who_says_no_is_not_asked_again() {
    for call in Call::ALL {
        for status in [400, 401, 403, 404, 409, 410, 422] {
            let (got, peer) = call.answered(vec![answer(&format!("{status} No"), NUMBER)], 0).await;
            // A message that it has, and a receipt that somebody else took, are done.
            let done = call == Call::Send && status == 409
                || call == Call::TakeReceipt && matches!(status, 404 | 410);
            match got {
                Ok(_) => assert!(done, "{call:?} {status}"),
                Err(error) => {
                    assert!(!done, "{call:?} {status}");
                    assert_eq!(error, PartnerError::Refused { partner: call.partner(), status }.into());
                    is_silent(&error);
                }
            }
            assert_eq!(peer.asked.load(Ordering::SeqCst), 1, "{call:?} {status}");
        }
    }
}

#[tokio::test]
async fn nonsense_is_an_error_and_never_an_answer() {
    let long = format!("{{\"x\":\"{}\"}}", "x".repeat(1_000));
    let nested = "[".repeat(900);
    for call in Call::ALL {
        for body in [
            "",
            "{",
            "null",
            "[]",
            "{}",
            "\"Inger\"",
            "[[]]",
            "{\"x\":1}",
            "<html>Inger</html>",
            nested.as_str(),
            long.as_str(),
        ] {
            let (got, _) = call.answered(vec![json(body)], 0).await;
            let short = body.chars().take(20).collect::<String>();
            match got {
                Ok(_) => assert!(call.takes_any_answer() && body != long, "{call:?} believed {short}"),
                Err(error) => {
                    assert!(!call.takes_any_answer() || body == long, "{call:?} {short}: {error}");
                    assert_ne!(error.code(), "partner.away", "{call:?} {short}: trying again does not help");
                    is_silent(&error);
                }
            }
        }
        let (got, _) =
            call.answered(vec![answer("200 OK\r\ncontent-type: text/html", "{\"personer\":[]}")], 0).await;
        assert_eq!(got.is_ok(), call.takes_any_answer(), "{call:?}: a page is no answer");
        let (got, _) =
            call.answered(vec![answer("302 Found\r\nlocation: https://elsewhere.example/", "")], 0).await;
        assert_eq!(got.unwrap_err().code(), "partner.nonsense", "{call:?}: it moved");
    }
}

#[tokio::test]
async fn a_number_of_a_person_stands_in_an_address_only_where_the_interface_knows_no_other_way() {
    for call in Call::ALL {
        let (_, peer) = call.answered(vec![json("{}")], 0).await;
        let heard = peer.heard.lock().unwrap().clone();
        let (first, rest) = heard.split_once("\r\n").unwrap();
        assert_eq!(first.contains(NUMBER), call == Call::Enrolled, "{call:?}: {first}");
        let in_body = matches!(call, Call::Custody | Call::Address);
        assert_eq!(rest.contains(NUMBER), in_body, "{call:?}");
        let named = heard.contains(&format!("authorization: Basic {SYSTEM}"));
        assert_eq!(named, call.partner() == Partner::DigitalPost, "{call:?}: told who we are");
    }
}

#[tokio::test]
async fn what_digital_post_says_of_receipts_is_cut_to_what_was_asked_for() {
    let (got, _) = Call::Receipts.answered(vec![json(r#"{"content":["a","b","c","d"]}"#)], 0).await;
    assert_eq!(got.unwrap(), "a b");
    let receipt = r#"{"messageUUID":"6f1c2a34-8b7e-4d55-9c10-2f0a7b3d4e11","receiptStatus":"INVALID","errorCode":"Inger 7205440012"}"#;
    let (got, _) = Call::Receipt.answered(vec![json(receipt)], 0).await;
    assert_eq!(got.unwrap(), "not_a_code");
}
