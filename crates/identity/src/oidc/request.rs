//! The way out and back: the authorization request, and what the browser brings home. It refuses answers to a request
//! this browser did not make, answers from another provider (RFC 9207), repeated parameters, and parameters of the
//! configuration that would replace ours.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::Timestamp;
use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};
use url::{Url, form_urlencoded};

use super::{Metadata, OidcError, PENDING_AGE_S_MAX, RelyingParty};
use crate::secret::Secret;

/// Fresh random bytes from the caller: never used twice, never derived from one another.
pub struct Entropy {
    pub state: [u8; 32],
    pub nonce: [u8; 32],
    pub verifier: [u8; 32],
}

/// Why a person is sent to the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Purpose {
    /// Coming in. A session at the provider may be used if it is younger than the configuration says.
    LogIn,
    /// Proving again who one is, now: the provider must ask even a person it knows.
    StepUp,
}

/// What the request is about.
pub struct Ask<'a> {
    pub purpose: Purpose,
    pub at: Timestamp,
    /// `da` or `en`.
    pub language: &'a str,
    /// Preselects a person at the provider. Never a CPR number: it stands in an address.
    pub login_hint: Option<&'a str>,
}

/// A log-in under way. Kept on the server (sealed), bound to the browser by its cookie, used once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pending {
    state: Secret,
    nonce: Secret,
    verifier: Secret,
    purpose: Purpose,
    asked_at_ms: i64,
}

/// The address to send the browser to, and what to remember until it is back.
#[must_use]
pub fn begin(party: &RelyingParty, metadata: &Metadata, entropy: &Entropy, ask: &Ask<'_>) -> (Url, Pending) {
    let text = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
    let pending = Pending {
        state: Secret::new(text(&entropy.state)),
        nonce: Secret::new(text(&entropy.nonce)),
        verifier: Secret::new(text(&entropy.verifier)),
        purpose: ask.purpose,
        asked_at_ms: ask.at.millis(),
    };
    let challenge = text(digest(&SHA256, pending.verifier.expose().as_bytes()).as_ref());
    let scope = party.scopes.join(" ");
    let max_age = match ask.purpose {
        Purpose::LogIn => party.login_age_s_max.to_string(),
        Purpose::StepUp => "0".to_owned(),
    };
    let mut ours = vec![
        ("response_type", "code"),
        ("client_id", &party.client_id),
        ("redirect_uri", party.redirect_uri.as_str()),
        ("scope", &scope),
        ("state", pending.state.expose()),
        ("nonce", pending.nonce.expose()),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("max_age", &max_age),
        ("ui_locales", ask.language),
    ];
    if ask.purpose == Purpose::StepUp {
        ours.push(("prompt", "login"));
    }
    ours.extend(ask.login_hint.map(|hint| ("login_hint", hint)));
    let mut url = metadata.authorization_endpoint.clone();
    let further = party.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let further = further.filter(|(name, _)| ours.iter().all(|(our, _)| our != name) && *name != "prompt");
    url.query_pairs_mut().extend_pairs(further).extend_pairs(&ours);
    (url, pending)
}

/// What the browser brought back, unchecked.
#[derive(Debug)]
pub struct Callback {
    state: Option<Secret>,
    code: Option<Secret>,
    iss: Option<String>,
    error: Option<String>,
}

impl Callback {
    /// Reads the query of the redirect. A parameter that is there twice is an error.
    pub fn from_query(query: &str) -> Result<Self, OidcError> {
        let mut it = Self { state: None, code: None, iss: None, error: None };
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let twice = match &*name {
                "state" => it.state.replace(Secret::new(value.into_owned())).is_some(),
                "code" => it.code.replace(Secret::new(value.into_owned())).is_some(),
                "iss" => it.iss.replace(value.into_owned()).is_some(),
                "error" => it.error.replace(value.into_owned()).is_some(),
                _ => false,
            };
            if twice {
                return Err(OidcError::Malformed);
            }
        }
        Ok(it)
    }

    /// The state it came with: how the caller finds the pending log-in, if the session keeps several.
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.state.as_ref().map(Secret::expose)
    }
}

impl Pending {
    /// The code of an answer to this very log-in.
    ///
    /// State is looked at first, so that nobody else's error or code does anything in this browser.
    pub fn accept(
        &self,
        callback: &Callback,
        metadata: &Metadata,
        now: Timestamp,
    ) -> Result<Secret, OidcError> {
        if !callback.state().is_some_and(|state| self.state.is(state)) {
            return Err(OidcError::State);
        }
        let age_ms = now.millis().saturating_sub(self.asked_at_ms);
        if age_ms > PENDING_AGE_S_MAX * 1000 {
            return Err(OidcError::Late);
        }
        let right_issuer = match &callback.iss {
            Some(iss) => *iss == metadata.issuer,
            None => !metadata.authorization_response_iss_parameter_supported,
        };
        if !right_issuer {
            return Err(OidcError::Issuer);
        }
        match (&callback.error, &callback.code) {
            (Some(error), _) if error == "access_denied" => Err(OidcError::Cancelled),
            (Some(_), _) => Err(OidcError::BrokerRefused),
            (None, Some(code)) => Ok(code.clone()),
            (None, None) => Err(OidcError::Malformed),
        }
    }

    /// Goes to the token endpoint with the code.
    #[must_use]
    pub fn verifier(&self) -> &Secret {
        &self.verifier
    }

    #[must_use]
    pub fn state(&self) -> &Secret {
        &self.state
    }

    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    pub(super) fn nonce(&self) -> &Secret {
        &self.nonce
    }

    pub(super) fn asked_at(&self) -> Timestamp {
        Timestamp::from_millis(self.asked_at_ms)
    }
}

/// Where to send the browser to end the provider's session too; `None` if the provider has no such place.
///
/// `hint` is the ID token of the log-in, if it was kept.
#[must_use]
pub fn logout_url(party: &RelyingParty, metadata: &Metadata, hint: Option<&Secret>) -> Option<Url> {
    let mut url = metadata.end_session_endpoint.clone()?;
    {
        let mut query = url.query_pairs_mut();
        query.append_pair("client_id", &party.client_id);
        if let Some(hint) = hint {
            query.append_pair("id_token_hint", hint.expose());
        }
        if let Some(back) = &party.post_logout_redirect_uri {
            query.append_pair("post_logout_redirect_uri", back.as_str());
        }
    }
    Some(url)
}
