//! Signed tokens in compact form (RFC 7515): the only place that reads or makes one. It refuses every algorithm but
//! RS256, PS256 and ES256 (never `none`, never a shared secret), keys that came inside the token, critical headers,
//! nested tokens and tokens longer than [`TOKEN_BYTES_MAX`]; and it says nothing about the claims: who signed for
//! whom is decided by its callers.

mod keys;
mod sign;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

pub use keys::KeySet;
pub use sign::{KeyError, SigningKey};

use crate::json::Claims;

/// Longer than any token a broker sends (they hold a few hundred bytes of claims), short enough to be cheap.
pub const TOKEN_BYTES_MAX: usize = 16 * 1024;

/// The signatures we accept: all asymmetric, all SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Algorithm {
    #[serde(rename = "RS256")]
    Rs256,
    #[serde(rename = "PS256")]
    Ps256,
    #[serde(rename = "ES256")]
    Es256,
}

impl Algorithm {
    pub const ALL: [Self; 3] = [Self::Rs256, Self::Ps256, Self::Es256];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
        }
    }

    /// Case matters: `Rs256` is not an algorithm.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.name() == name)
    }
}

/// Why a token was not believed. No variant carries a part of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    #[error("not a compact signed token")]
    Malformed,
    #[error("the token's algorithm is not allowed")]
    Algorithm,
    /// The set holds no key by that name and kind: it may have been rotated, fetch the keys again once.
    #[error("no key fits the token")]
    UnknownKey,
    #[error("the signature is wrong")]
    Signature,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    cty: Option<String>,
    crit: Option<serde_json::Value>,
}

struct Parts<'t> {
    header: Header,
    payload: &'t str,
    signed: &'t str,
    signature: Vec<u8>,
}

/// Checks the signature and returns the claims that were signed.
///
/// The keys decide, not the token: `alg` and `kid` only choose among `keys` and `allowed`.
pub fn verify(token: &str, keys: &KeySet, allowed: &[Algorithm]) -> Result<Claims, JwsError> {
    verify_parts(&split(token, is_jwt)?, keys, allowed)
}

/// The same for a token of a kind of its own (`typ`, RFC 8725 section 3.11): a token of another kind, or one that
/// does not say of which, is none.
pub fn verify_kind(
    token: &str,
    kind: &str,
    keys: &KeySet,
    allowed: &[Algorithm],
) -> Result<Claims, JwsError> {
    let is_kind = |typ: Option<&str>| typ.is_some_and(|typ| typ.eq_ignore_ascii_case(kind));
    verify_parts(&split(token, is_kind)?, keys, allowed)
}

fn verify_parts(parts: &Parts<'_>, keys: &KeySet, allowed: &[Algorithm]) -> Result<Claims, JwsError> {
    let algorithm = Algorithm::named(&parts.header.alg).filter(|alg| allowed.contains(alg));
    let algorithm = algorithm.ok_or(JwsError::Algorithm)?;
    keys.verify(algorithm, parts.header.kid.as_deref(), parts.signed.as_bytes(), &parts.signature)?;
    claims_of(parts.payload)
}

/// The claims of a token nobody has vouched for: only to find out whose keys to check it with.
pub(crate) fn unverified(token: &str) -> Result<Claims, JwsError> {
    claims_of(split(token, is_jwt)?.payload)
}

fn claims_of(payload: &str) -> Result<Claims, JwsError> {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(payload).map_err(|_| JwsError::Malformed)?;
    Claims::parse(&bytes).map_err(|_| JwsError::Malformed)
}

fn split(token: &str, is_right: impl Fn(Option<&str>) -> bool) -> Result<Parts<'_>, JwsError> {
    // Five parts are an encrypted token, which we do not take.
    if token.len() > TOKEN_BYTES_MAX || token.matches('.').count() != 2 {
        return Err(JwsError::Malformed);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(JwsError::Malformed)?;
    let (header, payload) = signed.split_once('.').ok_or(JwsError::Malformed)?;
    let header = BASE64_URL_SAFE_NO_PAD.decode(header).map_err(|_| JwsError::Malformed)?;
    // `Claims` first: a header member that is there twice is refused like a claim is.
    let header = Claims::parse(&header).map_err(|_| JwsError::Malformed)?;
    let header: Header = serde_json::from_value(header.into_map().into()).map_err(|_| JwsError::Malformed)?;
    let of_other_kind = !is_right(header.typ.as_deref());
    if header.crit.is_some() || header.cty.is_some() || of_other_kind {
        return Err(JwsError::Malformed);
    }
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).map_err(|_| JwsError::Malformed)?;
    Ok(Parts { header, payload, signed, signature })
}

/// Brokers and clients need not say that their token is one.
fn is_jwt(typ: Option<&str>) -> bool {
    let Some(typ) = typ else { return true };
    let typ = typ.to_ascii_lowercase();
    matches!(typ.strip_prefix("application/").unwrap_or(&typ), "jwt" | "jose" | "client-authentication+jwt")
}

#[cfg(test)]
mod tests;
