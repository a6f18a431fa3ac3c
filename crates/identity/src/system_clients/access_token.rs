//! Our own access tokens: short, opaque to the client, readable on every node without a database. It refuses to be a
//! JWT, so that no token of ours can pass for somebody's assertion or the other way round; withdrawing a client is
//! the caller's look at the registration, made at every use.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::{MunicipalityCode, Timestamp};
use ring::hmac;
use serde::{Deserialize, Serialize};

use super::{ClientError, Deed, MandateScope, ProvenClient, Scope};
use crate::secret::Secret;

/// How long an access token is good for. Seconds.
pub const TOKEN_S: i64 = 300;
const TOKEN_BYTES_MAX: usize = 2048;
/// Part of what is signed: the same key may sign other things under another purpose.
const PURPOSE: &[u8] = b"borgerportal access token 1\n";

/// A record system at work. Bound to one municipality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SystemCaller {
    pub client_id: String,
    pub municipality: MunicipalityCode,
    pub scopes: Vec<Scope>,
    pub expires_at: Timestamp,
}

impl SystemCaller {
    #[must_use]
    pub fn may(&self, resource: &str, deed: Deed) -> bool {
        self.scopes.iter().any(|scope| scope.allows(resource, deed))
    }

    #[must_use]
    pub fn may_about_mandates(&self, what: MandateScope) -> bool {
        self.scopes.iter().any(|scope| scope.is_for_mandates(what))
    }
}

/// Makes and reads tokens under a ring of keys: the first signs, all are read.
pub struct AccessTokens {
    keys: Vec<hmac::Key>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Payload {
    client: String,
    municipality: u16,
    scope: String,
    expires_s: i64,
}

impl AccessTokens {
    /// `keys`: newest first, 32 random bytes each. `None` if there is none.
    #[must_use]
    pub fn new(keys: &[[u8; 32]]) -> Option<Self> {
        let keys: Vec<_> = keys.iter().map(|key| hmac::Key::new(hmac::HMAC_SHA256, key)).collect();
        (!keys.is_empty()).then_some(Self { keys })
    }

    /// A token for a client that has just proven itself.
    #[must_use]
    pub fn issue(&self, client: &ProvenClient, now: Timestamp) -> Option<Secret> {
        let payload = Payload {
            client: client.client_id.clone(),
            municipality: client.municipality.number(),
            scope: Scope::list_to_string(&client.scopes),
            expires_s: now.plus_seconds(TOKEN_S).seconds(),
        };
        let payload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&payload).ok()?);
        let tag = hmac::sign(self.keys.first()?, &signed(&payload));
        Some(Secret::new(format!("{payload}~{}", BASE64_URL_SAFE_NO_PAD.encode(tag))))
    }

    /// Whose token it is. One code for every reason, so that trying tells nothing.
    pub fn read(&self, token: &str, now: Timestamp) -> Result<SystemCaller, ClientError> {
        self.open(token).filter(|caller| caller.expires_at > now).ok_or(ClientError::Token)
    }

    fn open(&self, token: &str) -> Option<SystemCaller> {
        if token.len() > TOKEN_BYTES_MAX {
            return None;
        }
        let (payload, tag) = token.split_once('~')?;
        let tag = BASE64_URL_SAFE_NO_PAD.decode(tag).ok()?;
        self.keys.iter().find(|key| hmac::verify(key, &signed(payload), &tag).is_ok())?;
        let payload: Payload = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        Some(SystemCaller {
            client_id: payload.client,
            municipality: MunicipalityCode::new(payload.municipality)?,
            scopes: Scope::parse_list(&payload.scope).ok()?,
            expires_at: Timestamp::from_seconds(payload.expires_s),
        })
    }
}

fn signed(payload: &str) -> Vec<u8> {
    [PURPOSE, payload.as_bytes()].concat()
}
