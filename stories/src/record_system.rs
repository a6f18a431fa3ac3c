//! A record system: proves itself with a signed assertion, gets a token, delivers.

use crate::browser::{Browser, Page};
use borgerportal_domain::ids::ErrandId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_identity::jws::SigningKey;
use borgerportal_service::{App, system_clients};
use reqwest::Method;
use ring::rand::SystemRandom;
use serde_json::{Value, json};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A record system with its own key, registered for one municipality.
pub struct RecordSystem {
    pub id: String,
    pub municipality: String,
    pub http: Browser,
    app: App,
    key: SigningKey,
}

impl RecordSystem {
    pub(crate) async fn register(app: &App, http: Browser, id: &str, municipality: &str) -> Self {
        let key = SigningKey::generate("k1", &SystemRandom::new()).unwrap();
        let jwks = json!({ "keys": [key.public_jwk()] }).to_string();
        let code = MunicipalityCode::parse(municipality).unwrap();
        system_clients::register(app, id.to_owned(), code, jwks).await.unwrap();
        Self { id: id.to_owned(), municipality: municipality.to_owned(), http, app: app.clone(), key }
    }

    /// A signed assertion, with something changed.
    pub fn assertion(&self, change: impl FnOnce(&mut Value)) -> String {
        let now = self.app.clock.now();
        let jti: ErrandId = self.app.store.errand_id(now).unwrap();
        let mut claims = json!({ "iss": self.id, "sub": self.id, "aud": self.app.token_audience,
            "jti": jti.to_string(), "iat": now.seconds(), "exp": now.seconds() + 60 });
        change(&mut claims);
        self.key.sign(&claims, &SystemRandom::new()).unwrap()
    }

    /// Trades an assertion.
    pub async fn trade(&self, assertion: &str) -> Page {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", assertion),
        ];
        self.http.post_from("/oauth/token", &form, &[]).await
    }

    /// A fresh token.
    pub async fn token(&self) -> String {
        let answer = self.trade(&self.assertion(|_| ())).await;
        assert_eq!(answer.status, 200, "{}", answer.html());
        let answer: Value = serde_json::from_slice(&answer.body).unwrap();
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// Delivers with a fresh token.
    pub async fn deliver(&self, bundle: &Value) -> Page {
        let (token, to) = (self.token().await, format!("/fhir/{}", self.municipality));
        self.send(&to, &token, &[], bundle.to_string().into_bytes()).await
    }

    /// Delivers, and is content only with 200.
    pub async fn delivers(&self, bundle: &Value) {
        let answer = self.deliver(bundle).await;
        assert_eq!(answer.status, 200, "{}", answer.html());
    }

    /// A delivery in every detail.
    pub async fn send(&self, to: &str, token: &str, more: &[(&str, &str)], body: Vec<u8>) -> Page {
        let bearer = format!("Bearer {token}");
        let mut headers = vec![("authorization", bearer.as_str())];
        if more.iter().all(|(name, _)| *name != "content-type") {
            headers.push(("content-type", "application/fhir+json"));
        }
        headers.extend(more);
        self.http.send(Method::POST, to, &headers, Some(body)).await
    }
}
