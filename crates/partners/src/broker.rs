//! The log-in broker: where a person is sent, and what is made of the answer. The port is [`Broker`]; the client
//! speaks plain OpenID Connect, so MitID brokers and any other provider are a matter of configuration. It refuses to
//! judge tokens (that is `identity`), to keep what it received longer than the call, and to ask for a key set more
//! than twice for one log-in.

use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use borgerportal_domain::Timestamp;
use borgerportal_identity::Secret;
use borgerportal_identity::jws::{KeySet, SigningKey};
use borgerportal_identity::oidc::{
    self, Ask, Callback, Entropy, Metadata, OidcError, Pending, ProvenLogin, RelyingParty, Tokens,
};
use reqwest::RequestBuilder;
use reqwest::header::{ACCEPT, AUTHORIZATION};
use ring::rand::{SecureRandom as _, SystemRandom};
use url::{Url, form_urlencoded};

use crate::{Outgoing, Partner, PartnerError};

const BROKER: Partner = Partner::Broker;

/// What a provider says about itself, and its keys, are asked for again after this long.
const FRESH_MS: i64 = 10 * 60 * 1000;

/// A log-in that did not come about: the broker, or its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginError {
    #[error(transparent)]
    Partner(#[from] PartnerError),
    #[error(transparent)]
    Refused(#[from] OidcError),
}

impl LoginError {
    /// For logs and counters.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Partner(error) => error.code(),
            Self::Refused(error) => error.code(),
        }
    }

    /// The key of what the person is told.
    #[must_use]
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Partner(PartnerError::Away { .. }) => "login.away",
            Self::Partner(PartnerError::Refused { .. } | PartnerError::Nonsense { .. }) => "login.failed",
            Self::Refused(error) => error.sentence(),
        }
    }
}

/// The port. `now` is the caller's clock.
#[async_trait]
pub trait Broker: Send + Sync {
    /// Where to send the browser, and what the session must keep.
    async fn begin(&self, entropy: &Entropy, ask: &Ask<'_>) -> Result<(Url, Pending), LoginError>;

    /// The browser is back: who was it?
    async fn finish(
        &self,
        callback: &Callback,
        pending: &Pending,
        now: Timestamp,
    ) -> Result<ProvenLogin, LoginError>;

    /// Where to send the browser to end the broker's own session; `None` if it has no such place.
    async fn logout(&self, hint: Option<&Secret>, now: Timestamp) -> Result<Option<Url>, LoginError>;
}

/// How we prove to the token endpoint who we are.
#[derive(Debug)]
pub enum ClientAuthentication {
    /// `client_secret_basic`.
    Secret(Secret),
    /// `private_key_jwt`.
    PrivateKey(Box<SigningKey>),
}

/// The client of one provider. Shared by all requests.
#[derive(Debug)]
pub struct BrokerClient {
    outgoing: Outgoing,
    party: RelyingParty,
    authentication: ClientAuthentication,
    seen: RwLock<Option<Arc<Seen>>>,
}

#[derive(Debug)]
struct Seen {
    metadata: Metadata,
    keys: KeySet,
    at: Timestamp,
}

impl BrokerClient {
    #[must_use]
    pub fn new(outgoing: Outgoing, party: RelyingParty, authentication: ClientAuthentication) -> Self {
        Self { outgoing, party, authentication, seen: RwLock::new(None) }
    }

    /// The provider as seen within the last minutes; asks it when that is longer ago. Also a health check.
    async fn provider(&self, now: Timestamp) -> Result<Arc<Seen>, LoginError> {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner).clone();
        let fresh = |seen: &Arc<Seen>| (0..FRESH_MS).contains(&now.millis_since(seen.at));
        match seen.filter(fresh) {
            Some(seen) => Ok(seen),
            None => self.look(now).await,
        }
    }

    async fn look(&self, now: Timestamp) -> Result<Arc<Seen>, LoginError> {
        let document = self.fetch(Metadata::url(&self.party.issuer)?).await?;
        let metadata = Metadata::parse(&document, &self.party, self.outgoing.loopback_http())?;
        let keys = self.keys(&metadata).await?;
        Ok(self.remember(Seen { metadata, keys, at: now }))
    }

    async fn keys(&self, metadata: &Metadata) -> Result<KeySet, LoginError> {
        Ok(KeySet::parse(&self.fetch(metadata.jwks_uri.clone()).await?).map_err(OidcError::from)?)
    }

    fn remember(&self, seen: Seen) -> Arc<Seen> {
        let seen = Arc::new(seen);
        *self.seen.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&seen));
        seen
    }

    async fn fetch(&self, url: Url) -> Result<Vec<u8>, PartnerError> {
        self.outgoing.json(BROKER, self.outgoing.get(url).header(ACCEPT, "application/json")).await
    }

    async fn trade(
        &self,
        code: &Secret,
        pending: &Pending,
        metadata: &Metadata,
        now: Timestamp,
    ) -> Result<Tokens, LoginError> {
        let fields = [
            ("grant_type", "authorization_code"),
            ("code", code.expose()),
            ("redirect_uri", self.party.redirect_uri.as_str()),
            ("code_verifier", pending.verifier().expose()),
        ];
        let request = self.outgoing.post(metadata.token_endpoint.clone()).header(ACCEPT, "application/json");
        let request = self.authenticated(request, &fields, metadata, now)?;
        Ok(Tokens::parse(&self.outgoing.json(BROKER, request).await?)?)
    }

    fn authenticated(
        &self,
        request: RequestBuilder,
        fields: &[(&str, &str)],
        metadata: &Metadata,
        now: Timestamp,
    ) -> Result<RequestBuilder, LoginError> {
        let id = self.party.client_id.as_str();
        match &self.authentication {
            ClientAuthentication::Secret(secret) => {
                // RFC 6749 §2.3.1: both halves form-encoded before they are put together.
                let encoded =
                    |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
                let pair = format!("{}:{}", encoded(id), encoded(secret.expose()));
                let value = format!("Basic {}", BASE64_STANDARD.encode(pair));
                Ok(request.header(AUTHORIZATION, value).form(fields))
            }
            ClientAuthentication::PrivateKey(key) => {
                let unusable = PartnerError::Nonsense { partner: BROKER, what: "our own key cannot sign" };
                let random = SystemRandom::new();
                let mut jti = [0; 16];
                random.fill(&mut jti).map_err(|_| unusable)?;
                let jti = BASE64_URL_SAFE_NO_PAD.encode(jti);
                let audience = metadata.token_endpoint.as_str();
                let assertion = oidc::client_assertion(&self.party, audience, key, &jti, now, &random);
                let assertion = assertion.map_err(|_| unusable)?;
                let ours = [
                    ("client_id", id),
                    ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
                    ("client_assertion", assertion.expose()),
                ];
                Ok(request.form(&[fields, &ours].concat()))
            }
        }
    }

    async fn userinfo(&self, tokens: &Tokens, metadata: &Metadata) -> Result<Option<Vec<u8>>, PartnerError> {
        let Some(url) = metadata.userinfo_endpoint.clone() else { return Ok(None) };
        let request = self.outgoing.get(url).header(ACCEPT, "application/json");
        let request = request.bearer_auth(tokens.access_token.expose());
        self.outgoing.json(BROKER, request).await.map(Some)
    }
}

#[async_trait]
impl Broker for BrokerClient {
    async fn begin(&self, entropy: &Entropy, ask: &Ask<'_>) -> Result<(Url, Pending), LoginError> {
        let seen = self.provider(ask.at).await?;
        Ok(oidc::begin(&self.party, &seen.metadata, entropy, ask))
    }

    async fn finish(
        &self,
        callback: &Callback,
        pending: &Pending,
        now: Timestamp,
    ) -> Result<ProvenLogin, LoginError> {
        let seen = self.provider(now).await?;
        let code = pending.accept(callback, &seen.metadata, now)?;
        let tokens = self.trade(&code, pending, &seen.metadata, now).await?;
        let userinfo = self.userinfo(&tokens, &seen.metadata).await?;
        let prove = |keys| oidc::prove(&self.party, pending, keys, &tokens, userinfo.as_deref(), now);
        match prove(&seen.keys) {
            Err(OidcError::UnknownKey) => {
                // The provider may have rotated its keys since we looked. Once; then it is an answer.
                let keys = self.keys(&seen.metadata).await?;
                let seen = self.remember(Seen { metadata: seen.metadata.clone(), keys, at: seen.at });
                Ok(prove(&seen.keys)?)
            }
            proven_or_not => Ok(proven_or_not?),
        }
    }

    async fn logout(&self, hint: Option<&Secret>, now: Timestamp) -> Result<Option<Url>, LoginError> {
        let seen = self.provider(now).await?;
        Ok(oidc::logout_url(&self.party, &seen.metadata, hint))
    }
}
