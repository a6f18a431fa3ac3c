//! A provider in a few lines, which the tests bend in one place at a time.

mod privileges;
mod proving;
mod requests;

use borgerportal_domain::Timestamp;
use ring::rand::SystemRandom;
use serde_json::{Value, json};

use super::*;
use crate::jws::{KeySet, SigningKey};

const ISSUER: &str = "https://broker.example/op";
/// 21 November 2026, 12:00 UTC.
const NOW_S: i64 = 1_795_262_400;

fn now() -> Timestamp {
    Timestamp::from_seconds(NOW_S)
}

fn party(change: impl FnOnce(&mut Value)) -> RelyingParty {
    let mut config =
        json!({"issuer": ISSUER, "client_id": "us", "redirect_uri": "https://us.example/log-paa/retur"});
    change(&mut config);
    serde_json::from_value(config).unwrap()
}

fn discovery() -> Value {
    json!({
        "issuer": ISSUER,
        "authorization_endpoint": "https://broker.example/op/authorize?tenant=1",
        "token_endpoint": "https://broker.example/op/token",
        "jwks_uri": "https://broker.example/op/jwks",
        "userinfo_endpoint": "https://broker.example/op/userinfo",
        "end_session_endpoint": "https://broker.example/op/end",
        "response_types_supported": ["code", "code id_token"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "code_challenge_methods_supported": ["plain", "S256"],
    })
}

fn metadata() -> Metadata {
    Metadata::parse(discovery().to_string().as_bytes(), &party(|_| ()), false).unwrap()
}

/// One log-in from request to proof.
struct LogIn {
    party: RelyingParty,
    pending: Pending,
    key: SigningKey,
    keys: KeySet,
    claims: Value,
    userinfo: Option<Value>,
}

impl LogIn {
    fn new(purpose: Purpose) -> Self {
        let party = party(|_| ());
        let entropy = Entropy { state: [1; 32], nonce: [2; 32], verifier: [3; 32] };
        let ask = Ask { purpose, at: now().plus_seconds(-30), language: "da", login_hint: None };
        let (url, pending) = begin(&party, &metadata(), &entropy, &ask);
        let nonce = url.query_pairs().find(|(name, _)| name == "nonce").unwrap().1.into_owned();
        let key = SigningKey::generate("k1", &SystemRandom::new()).unwrap();
        let keys = KeySet::from_value(&json!({"keys": [key.public_jwk()]})).unwrap();
        let claims = json!({
            "iss": ISSUER, "aud": "us", "sub": "person-1", "nonce": nonce,
            "iat": NOW_S - 1, "exp": NOW_S + 299, "auth_time": NOW_S - 5,
            "loa": "https://data.gov.dk/concept/core/nsis/Substantial",
            "idp": "mitid", "identity_type": "private", "amr": ["code_app"],
            "transaction_id": "t-1", "session_expiry": NOW_S + 3600,
        });
        let userinfo = json!({
            "sub": "person-1", "dk.cpr": "7205500004", "mitid.uuid": "u-1",
            "mitid.date_of_birth": "1955-05-12", "mitid.identity_name": "Inger Marie Holm",
        });
        Self { party, pending, key, keys, claims, userinfo: Some(userinfo) }
    }

    fn with(mut self, claim: &str, value: Value) -> Self {
        self.claims[claim] = value;
        self
    }

    fn without(mut self, claim: &str) -> Self {
        self.claims.as_object_mut().unwrap().remove(claim);
        self
    }

    fn told(mut self, claim: &str, value: Value) -> Self {
        self.userinfo.as_mut().unwrap()[claim] = value;
        self
    }

    fn of_party(mut self, change: impl FnOnce(&mut Value)) -> Self {
        self.party = party(change);
        self
    }

    fn proven(&self) -> Result<ProvenLogin, OidcError> {
        let id_token = self.key.sign(&self.claims, &SystemRandom::new()).unwrap();
        let tokens =
            json!({"id_token": id_token, "access_token": "a", "token_type": "Bearer", "expires_in": 60});
        let tokens = Tokens::parse(tokens.to_string().as_bytes()).unwrap();
        let userinfo = self.userinfo.as_ref().map(|it| it.to_string().into_bytes());
        prove(&self.party, &self.pending, &self.keys, &tokens, userinfo.as_deref(), now())
    }

    fn refused(&self) -> OidcError {
        self.proven().unwrap_err()
    }
}

fn log_in() -> LogIn {
    LogIn::new(Purpose::LogIn)
}

fn step_up() -> LogIn {
    LogIn::new(Purpose::StepUp)
}
