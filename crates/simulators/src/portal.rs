//! The portal as a service outside sees it: a signed assertion for a token, and requests under it. It refuses
//! addresses without TLS, except on this machine.

use std::time::Duration;

use borgerportal_identity::jws::SigningKey;
use borgerportal_identity::oidc::loopback;
use reqwest::{Client, RequestBuilder, Response, redirect};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::Deserialize;
use serde_json::json;
use url::Url;
use uuid::Builder;

use crate::faults::InForce;
use crate::{Clock, Fault};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// How long an assertion is good for. Seconds.
const ASSERTION_S: i64 = 60;

pub(crate) struct Portal {
    base: Url,
    key: SigningKey,
    clock: Clock,
    http: Client,
    random: SystemRandom,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

impl Portal {
    pub(crate) fn new(base: Url, key: SigningKey, clock: Clock) -> Result<Self, String> {
        if base.scheme() != "https" && !loopback(&base) {
            return Err("the portal's address is neither https nor this machine".to_owned());
        }
        // The whole process uses ring; an error means that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().redirect(redirect::Policy::none()).no_proxy();
        // This machine needs no authority, and shall believe none.
        let http = if loopback(&base) { http.tls_certs_only([]) } else { http };
        let http = http.timeout(Duration::from_secs(5)).build().map_err(|error| error.to_string())?;
        Ok(Self { base, key, clock, http, random: SystemRandom::new() })
    }

    /// A request to this path as this client. An error says which step failed, and no more.
    pub(crate) async fn post(
        &self,
        path: &str,
        client_id: &str,
        faults: &InForce,
    ) -> Result<RequestBuilder, &'static str> {
        let token = self.token(client_id, faults).await?;
        let address = self.base.join(path).map_err(|_| "address")?;
        Ok(self.http.post(address).bearer_auth(token))
    }

    async fn token(&self, client_id: &str, faults: &InForce) -> Result<String, &'static str> {
        let address = self.base.join("oauth/token").map_err(|_| "address")?;
        let assertion = self.assertion(client_id, &address, faults).ok_or("our key")?;
        let form = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", &assertion),
        ];
        let answer = self.http.post(address).form(&form).send().await.map_err(|_| "no answer")?;
        if !answer.status().is_success() {
            return Err("no token");
        }
        let token: Token = serde_json::from_str(&whole(answer).await?).map_err(|_| "no token")?;
        Ok(token.access_token)
    }

    /// A name that no assertion had before.
    fn fresh(&self) -> Option<String> {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes).ok()?;
        Some(Builder::from_random_bytes(bytes).into_uuid().to_string())
    }

    /// Who we are, signed, or what the faults make of it.
    fn assertion(&self, client_id: &str, audience: &Url, faults: &InForce) -> Option<String> {
        let late_s = if faults.has(&Fault::Expired) { 2 * ASSERTION_S } else { 0 };
        let issued_s = (self.clock)().seconds() - late_s;
        let audience =
            if faults.has(&Fault::WrongAudience) { "https://other.example/token" } else { audience.as_str() };
        let claims = json!({
            "iss": client_id,
            "sub": client_id,
            "aud": audience,
            "jti": self.fresh()?,
            "iat": issued_s,
            "exp": issued_s + ASSERTION_S,
        });
        if faults.has(&Fault::WrongSignature) {
            let forged = SigningKey::generate(self.key.kid(), &self.random).ok()?;
            return forged.sign(&claims, &self.random).ok();
        }
        self.key.sign(&claims, &self.random).ok()
    }
}

/// The whole text of an answer.
pub(crate) async fn whole(answer: Response) -> Result<String, &'static str> {
    answer.text().await.map_err(|_| "the answer broke off")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_do_not_travel_without_tls() {
        let new = |address: &str| {
            let key = SigningKey::generate("k", &SystemRandom::new()).unwrap();
            let clock: Clock = std::sync::Arc::new(|| borgerportal_domain::Timestamp::from_seconds(0));
            Portal::new(Url::parse(address).unwrap(), key, clock)
        };
        assert!(new("http://portal.example/").is_err());
        assert!(new("http://127.0.0.1:8080/").is_ok());
        assert!(new("http://localhost:8080/").is_ok());
    }
}
