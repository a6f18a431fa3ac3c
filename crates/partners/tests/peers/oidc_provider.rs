//! Our log-in against `oidc-provider`: every signature algorithm, both ways to prove who we are, step-up, and what
//! happens when the two sides disagree.

use std::time::{Duration, SystemTime};

use borgerportal_domain::Timestamp;
use borgerportal_identity::Secret;
use borgerportal_identity::jws::SigningKey;
use borgerportal_identity::oidc::{Ask, Callback, Entropy, OidcError, Pending, ProvenLogin, Purpose};
use borgerportal_partners::broker::{Broker as _, BrokerClient, ClientAuthentication, LoginError};
use borgerportal_partners::{HttpConfig, Outgoing, Partner, PartnerError};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Value, json};
use url::Url;

use crate::peer::{Browser, Peer};

const BACK: &str = "https://us.example/log-paa/retur";
const SECRET: &str = "a-secret-of-more-than-thirty-two-bytes";

/// The provider, one client of ours, and a browser.
struct World {
    peer: Peer,
    us: BrokerClient,
    browser: Browser,
}

fn now() -> Timestamp {
    #[expect(clippy::disallowed_methods, reason = "the other program looks at the real clock")]
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Timestamp::from_millis(since.as_millis().try_into().unwrap())
}

fn registered(more: &Value) -> Value {
    let mut client = json!({
        "client_id": "us", "client_secret": SECRET, "redirect_uris": [BACK], "grant_types": ["authorization_code"],
        "response_types": ["code"], "scope": "openid person",
    });
    for (name, value) in more.as_object().unwrap() {
        client[name] = value.clone();
    }
    client
}

fn secret() -> ClientAuthentication {
    ClientAuthentication::Secret(Secret::new(SECRET.to_owned()))
}

impl World {
    fn new(client: &Value, authentication: ClientAuthentication) -> Option<Self> {
        Self::of(client, authentication, |_| ())
    }

    fn of(client: &Value, authentication: ClientAuthentication, party: fn(&mut Value)) -> Option<Self> {
        let peer = Peer::start(&json!([client]))?;
        let mut config = json!({
            "issuer": peer.issuer, "client_id": "us", "redirect_uri": BACK, "scopes": ["openid", "person"],
            "level_when_unstated": "Substantial", "identities": {"providers": [], "types": []},
        });
        party(&mut config);
        let outgoing = Outgoing::new(&HttpConfig::for_this_machine()).unwrap();
        let us = BrokerClient::new(outgoing, serde_json::from_value(config).unwrap(), authentication);
        Some(Self { peer, us, browser: Browser::new() })
    }

    async fn begin(&self, purpose: Purpose, hint: Option<&str>) -> Result<(Url, Pending), LoginError> {
        let fresh = || {
            let mut bytes = [0; 32];
            SystemRandom::new().fill(&mut bytes).unwrap();
            bytes
        };
        let entropy = Entropy { state: fresh(), nonce: fresh(), verifier: fresh() };
        self.us.begin(&entropy, &Ask { purpose, at: now(), language: "da", login_hint: hint }).await
    }

    async fn finish(&self, back: &Url, pending: &Pending) -> Result<ProvenLogin, LoginError> {
        let callback = Callback::from_query(back.query().unwrap()).unwrap();
        self.us.finish(&callback, pending, now()).await
    }

    async fn log_in_as(&mut self, purpose: Purpose, hint: Option<&str>) -> Result<ProvenLogin, LoginError> {
        let (url, pending) = self.begin(purpose, hint).await?;
        let back = self.browser.follow(url).await;
        assert!(back.as_str().starts_with(BACK));
        self.finish(&back, &pending).await
    }

    async fn log_in(&mut self, purpose: Purpose) -> Result<ProvenLogin, LoginError> {
        self.log_in_as(purpose, None).await
    }
}

fn refused(status: u16) -> LoginError {
    PartnerError::Refused { partner: Partner::Broker, status }.into()
}

#[tokio::test]
async fn a_person_comes_in_under_every_algorithm() {
    for algorithm in ["RS256", "PS256", "ES256"] {
        let client = registered(&json!({"id_token_signed_response_alg": algorithm}));
        let Some(mut world) = World::new(&client, secret()) else { return };
        let proven = world.log_in(Purpose::LogIn).await.unwrap();
        assert_eq!((proven.subject.as_str(), proven.cpr.expose()), ("inger", "7205500004"), "{algorithm}");
        assert_eq!((proven.name.given.as_str(), proven.name.family.as_str()), ("Inger Marie", "Holm"));
    }
}

#[tokio::test]
async fn we_may_prove_ourselves_with_a_key() {
    let pem = include_str!("../../../identity/tests/keys/rfc7515-a2-published-rsa.pem");
    let random = SystemRandom::new();
    let rsa = SigningKey::from_pem("rsa", pem, &random).unwrap();
    let p256 = SigningKey::generate("p256", &random).unwrap();
    for key in [rsa, p256] {
        let client = registered(&json!({
            "token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [key.public_jwk()]},
            "token_endpoint_auth_signing_alg": key.algorithm().name(),
        }));
        let Some(mut world) = World::new(&client, ClientAuthentication::PrivateKey(Box::new(key))) else {
            return;
        };
        world.log_in(Purpose::LogIn).await.unwrap();
    }
    let stranger = SigningKey::generate("p256", &random).unwrap();
    let known = SigningKey::generate("p256", &random).unwrap();
    let client = registered(&json!({
        "token_endpoint_auth_method": "private_key_jwt", "jwks": {"keys": [known.public_jwk()]},
    }));
    let Some(mut world) = World::new(&client, ClientAuthentication::PrivateKey(Box::new(stranger))) else {
        return;
    };
    assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), refused(401));
}

#[tokio::test]
async fn a_step_up_is_a_new_authentication_and_a_log_in_need_not_be() {
    let Some(mut world) = World::new(&registered(&json!({})), secret()) else { return };
    let first = world.log_in(Purpose::LogIn).await.unwrap();
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    let again = world.log_in(Purpose::LogIn).await.unwrap();
    assert_eq!(again.authenticated_at, first.authenticated_at);
    let fresh = world.log_in(Purpose::StepUp).await.unwrap();
    assert!(fresh.authenticated_at > first.authenticated_at);
}

#[tokio::test]
async fn cancelling_and_a_person_without_a_number_are_told_apart() {
    let Some(mut world) = World::new(&registered(&json!({})), secret()) else { return };
    let cancelled = world.log_in_as(Purpose::LogIn, Some("cancel")).await.unwrap_err();
    assert_eq!(cancelled, OidcError::Cancelled.into());
    let nobody = world.log_in_as(Purpose::LogIn, Some("nobody")).await.unwrap_err();
    assert_eq!(nobody, OidcError::CprMissing.into());
}

#[tokio::test]
async fn a_code_is_ours_and_works_once() {
    let Some(mut world) = World::new(&registered(&json!({})), secret()) else { return };
    let (url, pending) = world.begin(Purpose::LogIn, None).await.unwrap();
    let back = world.browser.follow(url).await;
    let with = |name: &str, value: &str| -> Pending {
        let mut changed = serde_json::to_value(&pending).unwrap();
        changed[name] = json!(value);
        serde_json::from_value(changed).unwrap()
    };
    let wrong_state = with("state", "another");
    assert_eq!(world.finish(&back, &wrong_state).await.unwrap_err(), OidcError::State.into());
    world.finish(&back, &pending).await.unwrap();
    assert_eq!(world.finish(&back, &pending).await.unwrap_err(), refused(400));
}

#[tokio::test]
async fn another_verifier_or_nonce_is_refused() {
    let Some(mut world) = World::new(&registered(&json!({})), secret()) else { return };
    for (name, error) in [("verifier", refused(400)), ("nonce", OidcError::Nonce.into())] {
        let (url, pending) = world.begin(Purpose::LogIn, None).await.unwrap();
        let back = world.browser.follow(url).await;
        let mut changed = serde_json::to_value(&pending).unwrap();
        changed[name] = json!("another-another-another-another-another-another");
        let changed = serde_json::from_value(changed).unwrap();
        assert_eq!(world.finish(&back, &changed).await.unwrap_err(), error, "{name}");
    }
}

#[tokio::test]
async fn when_the_two_sides_disagree_nobody_comes_in() {
    let client = registered(&json!({"id_token_signed_response_alg": "ES256"}));
    let only_pss = |config: &mut Value| config["algorithms"] = json!(["PS256"]);
    let Some(mut world) = World::of(&client, secret(), only_pss) else { return };
    assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), OidcError::Algorithm.into());

    let slash =
        |config: &mut Value| config["issuer"] = json!(format!("{}/", config["issuer"].as_str().unwrap()));
    let Some(world) = World::of(&client, secret(), slash) else { return };
    assert_eq!(world.begin(Purpose::LogIn, None).await.unwrap_err(), OidcError::Issuer.into());

    let unstated = |config: &mut Value| {
        config.as_object_mut().unwrap().remove("level_when_unstated");
    };
    let Some(mut world) = World::of(&client, secret(), unstated) else { return };
    assert_eq!(world.log_in(Purpose::LogIn).await.unwrap_err(), OidcError::LevelMissing.into());
}

#[tokio::test]
async fn a_provider_that_ends_is_away() {
    let Some(mut world) = World::new(&registered(&json!({})), secret()) else { return };
    let (url, pending) = world.begin(Purpose::LogIn, None).await.unwrap();
    let back = world.browser.follow(url).await;
    drop(world.peer);
    let callback = Callback::from_query(back.query().unwrap()).unwrap();
    let error = world.us.finish(&callback, &pending, now()).await.unwrap_err();
    assert!(matches!(error, LoginError::Partner(PartnerError::Away { .. })), "{error:?}");
}
