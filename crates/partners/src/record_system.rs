//! A municipality's record system, told over HTTP. The port is [`RecordSystem`]; behind it stands a FHIR client: a
//! signed assertion (OAuth 2 client credentials, RFC 7523) gives a token, and a transaction is posted to the base
//! address under it. It refuses to read what was made of the single resources, and to tell "made" from "there
//! already": the receiver knows each by our identifier.

use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::Timestamp;
use borgerportal_domain::ids::OutgoingId;
use borgerportal_identity::Secret;
use borgerportal_identity::jws::SigningKey;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::http::object;
use crate::{Outgoing, Partner, PartnerError};

const PARTNER: Partner = Partner::RecordSystem;
/// How long an assertion is good for. Seconds.
const ASSERTION_S: i64 = 60;
/// A token is used until so many seconds before its end.
const SPARE_S: i64 = 10;
/// How long a token is good for when nothing is said of it. Seconds.
const UNSTATED_S: i64 = 60;

/// The port.
#[async_trait]
pub trait RecordSystem: Send + Sync {
    /// Hands a FHIR transaction over. The same id again is no second one.
    async fn tell(&self, id: OutgoingId, transaction: Vec<u8>, now: Timestamp) -> Result<(), PartnerError>;
}

/// Where a record system is, and who we are there.
#[derive(Clone, Debug)]
pub struct RecordSystemAddress {
    /// Where transactions are posted.
    pub base: Url,
    /// Where tokens are given. Also the audience of our assertions.
    pub token: Url,
    /// Our name there.
    pub client_id: String,
    /// What we ask for, as registered there.
    pub scope: String,
}

/// The client of one record system. Shared by all calls.
#[derive(Debug)]
pub struct RecordSystemClient {
    outgoing: Outgoing,
    address: RecordSystemAddress,
    key: SigningKey,
    token: Mutex<Option<(Secret, Timestamp)>>,
}

#[derive(Deserialize)]
struct Token {
    #[serde(rename = "access_token")]
    secret: Secret,
    #[serde(rename = "token_type")]
    kind: String,
    expires_in: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    resource_type: String,
    #[serde(rename = "type")]
    kind: String,
}

const fn nonsense(what: &'static str) -> PartnerError {
    PartnerError::Nonsense { partner: PARTNER, what }
}

impl RecordSystemClient {
    #[must_use]
    pub fn new(outgoing: Outgoing, address: RecordSystemAddress, key: SigningKey) -> Self {
        Self { outgoing, address, key, token: Mutex::default() }
    }

    async fn token(&self, now: Timestamp) -> Result<Secret, PartnerError> {
        let known = self.token.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((token, until)) = known
            && now < until
        {
            return Ok(token);
        }
        let assertion = self.assertion(now).ok_or(nonsense("our own key cannot sign"))?;
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.address.client_id),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &assertion),
            ("scope", &self.address.scope),
        ];
        let request = self.outgoing.post(self.address.token.clone()).form(&form);
        let answer = self.outgoing.json(PARTNER, request).await?;
        let token: Token = object(&answer).ok_or(nonsense("not a token"))?;
        if !token.kind.eq_ignore_ascii_case("bearer") {
            return Err(nonsense("not a bearer token"));
        }
        let until = now.plus_seconds(token.expires_in.unwrap_or(UNSTATED_S) - SPARE_S);
        self.remember(Some((token.secret.clone(), until)));
        Ok(token.secret)
    }

    fn remember(&self, token: Option<(Secret, Timestamp)>) {
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = token;
    }

    fn assertion(&self, now: Timestamp) -> Option<String> {
        let random = SystemRandom::new();
        let mut jti = [0; 16];
        random.fill(&mut jti).ok()?;
        let claims = json!({
            "iss": self.address.client_id,
            "sub": self.address.client_id,
            "aud": self.address.token.as_str(),
            "jti": BASE64_URL_SAFE_NO_PAD.encode(jti),
            "iat": now.seconds(),
            "exp": now.plus_seconds(ASSERTION_S).seconds(),
        });
        self.key.sign(&claims, &random).ok()
    }
}

#[async_trait]
impl RecordSystem for RecordSystemClient {
    async fn tell(&self, id: OutgoingId, transaction: Vec<u8>, now: Timestamp) -> Result<(), PartnerError> {
        let token = self.token(now).await?;
        let request = self
            .outgoing
            .post(self.address.base.clone())
            .header("content-type", "application/fhir+json")
            .header("accept", "application/fhir+json")
            .header("idempotency-key", id.to_string())
            .bearer_auth(token.expose())
            .body(transaction);
        match self.outgoing.json(PARTNER, request).await {
            Ok(answer) => match object::<Answer>(&answer) {
                Some(it) if it.resource_type == "Bundle" && it.kind == "transaction-response" => Ok(()),
                Some(_) | None => Err(nonsense("not the answer to a transaction")),
            },
            Err(error) => {
                // Withdrawn before its time perhaps: the next try asks for a new one.
                if matches!(error, PartnerError::Refused { status: 401, .. }) {
                    self.remember(None);
                }
                Err(error)
            }
        }
    }
}
