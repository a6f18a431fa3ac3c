//! What the provider remembers between requests: keys, codes, tokens, sessions. All in memory, all running out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::Timestamp;
use borgerportal_identity::jws::{KeyError, SigningKey};
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Value, json};

use super::{BrokerConfig, Client, TestPerson};
use crate::lock;

/// A code is traded at once.
const CODE_S: i64 = 60;
const ACCESS_TOKEN_S: i64 = 600;
/// Keys that stay published: the one that signs and the one before.
const KEYS_KEPT: usize = 2;

/// One log-in, from the choice of a person to the last use of its tokens.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) person: TestPerson,
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
    pub(super) nonce: String,
    pub(super) scope: String,
    pub(super) authenticated_at: Timestamp,
}

/// Somebody the provider knows from earlier.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) person: TestPerson,
    pub(super) authenticated_at: Timestamp,
}

struct Code {
    grant: Grant,
    until: Timestamp,
    /// The token it was traded for: withdrawn if the code comes again.
    traded_for: Option<String>,
}

/// The provider. Clones share everything.
#[derive(Clone)]
pub(super) struct Provider(Arc<Inner>);

struct Inner {
    issuer: String,
    config: BrokerConfig,
    random: SystemRandom,
    keys: Mutex<Vec<Arc<SigningKey>>>,
    codes: Mutex<BTreeMap<String, Code>>,
    tokens: Mutex<BTreeMap<String, (Grant, Timestamp)>>,
    sessions: Mutex<BTreeMap<String, Session>>,
}

impl Provider {
    pub(super) fn new(issuer: String, config: BrokerConfig) -> Result<Self, KeyError> {
        let it = Self(Arc::new(Inner {
            issuer,
            config,
            random: SystemRandom::new(),
            keys: Mutex::default(),
            codes: Mutex::default(),
            tokens: Mutex::default(),
            sessions: Mutex::default(),
        }));
        it.rotate_keys()?;
        Ok(it)
    }

    pub(super) fn issuer(&self) -> &str {
        &self.0.issuer
    }

    pub(super) fn config(&self) -> &BrokerConfig {
        &self.0.config
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.0.config.clock)()
    }

    pub(super) fn client(&self, id: &str) -> Option<&Client> {
        self.0.config.clients.iter().find(|client| client.id == id)
    }

    pub(super) fn person(&self, uuid: &str) -> Option<&TestPerson> {
        self.0.config.people.iter().find(|person| person.uuid == uuid)
    }

    /// 256 bits that nobody can guess.
    pub(super) fn fresh(&self) -> Result<String, KeyError> {
        let mut bytes = [0; 32];
        self.0.random.fill(&mut bytes).map_err(|_| KeyError)?;
        Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }

    pub(super) fn rotate_keys(&self) -> Result<(), KeyError> {
        let key = SigningKey::generate(&self.fresh()?, &self.0.random)?;
        let mut keys = lock(&self.0.keys);
        keys.insert(0, Arc::new(key));
        keys.truncate(KEYS_KEPT);
        Ok(())
    }

    pub(super) fn published_keys(&self) -> Value {
        let keys: Vec<Value> = lock(&self.0.keys).iter().map(|key| key.public_jwk()).collect();
        json!({ "keys": keys })
    }

    /// Signs with the newest key, or (a fault) with one made up under its name.
    pub(super) fn sign(&self, claims: &Value, wrongly: bool) -> Result<String, KeyError> {
        let key = lock(&self.0.keys).first().cloned().ok_or(KeyError)?;
        if wrongly {
            return SigningKey::generate(key.kid(), &self.0.random)?.sign(claims, &self.0.random);
        }
        key.sign(claims, &self.0.random)
    }

    pub(super) fn new_code(&self, grant: Grant) -> Result<String, KeyError> {
        let (code, now) = (self.fresh()?, self.now());
        let mut codes = lock(&self.0.codes);
        codes.retain(|_, code| code.until > now);
        codes.insert(code.clone(), Code { grant, until: now.plus_seconds(CODE_S), traded_for: None });
        Ok(code)
    }

    /// The grant behind a code and a new access token, once. A second use withdraws the token of the first.
    pub(super) fn trade(
        &self,
        code: &str,
        fits: impl Fn(&Grant) -> bool,
    ) -> Result<Option<(Grant, String)>, KeyError> {
        let (token, now) = (self.fresh()?, self.now());
        let mut codes = lock(&self.0.codes);
        let mut tokens = lock(&self.0.tokens);
        tokens.retain(|_, (_, until)| *until > now);
        let Some(found) = codes.get_mut(code).filter(|code| code.until > now) else { return Ok(None) };
        if let Some(earlier) = &found.traded_for {
            tokens.remove(earlier);
            return Ok(None);
        }
        if !fits(&found.grant) {
            return Ok(None);
        }
        found.traded_for = Some(token.clone());
        tokens.insert(token.clone(), (found.grant.clone(), now.plus_seconds(ACCESS_TOKEN_S)));
        Ok(Some((found.grant.clone(), token)))
    }

    pub(super) fn grant_of(&self, access_token: &str) -> Option<Grant> {
        let now = self.now();
        lock(&self.0.tokens)
            .get(access_token)
            .filter(|(_, until)| *until > now)
            .map(|(grant, _)| grant.clone())
    }

    /// Remembers the person in this browser, if the provider does that at all.
    pub(super) fn new_session(&self, session: Session) -> Result<Option<String>, KeyError> {
        if self.0.config.session_minutes.is_none() {
            return Ok(None);
        }
        let id = self.fresh()?;
        lock(&self.0.sessions).insert(id.clone(), session);
        Ok(Some(id))
    }

    pub(super) fn session(&self, id: &str) -> Option<Session> {
        let minutes = self.0.config.session_minutes?;
        let now = self.now();
        let live = |session: &&Session| session.authenticated_at.plus_minutes(minutes) > now;
        lock(&self.0.sessions).get(id).filter(live).cloned()
    }

    pub(super) fn end_session(&self, id: &str) {
        lock(&self.0.sessions).remove(id);
    }

    /// The subject: another one for each client, the same at every log-in, in the form of a UUID.
    pub(super) fn subject(&self, client_id: &str, person: &TestPerson) -> String {
        let text = format!("{}\n{client_id}\n{}", self.0.issuer, person.uuid);
        let hash = digest(&SHA256, text.as_bytes());
        let bits = hash.as_ref().iter().take(16).fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
        let hex = format!("{bits:032x}");
        let part = |range| hex.get(range).unwrap_or_default();
        [part(0..8), part(8..12), part(12..16), part(16..20), part(20..32)].join("-")
    }
}
