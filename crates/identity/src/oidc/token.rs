//! The ID token: is it ours, for this log-in, signed by the provider, and of now? It refuses to interpret what the
//! token says about the person; that is `claims`.

use borgerportal_domain::Timestamp;
use ring::rand::SecureRandom;
use serde::Deserialize;
use serde_json::json;

use super::{CLOCK_LEEWAY_S, FRESH_LEEWAY_S, ID_TOKEN_AGE_S_MAX, OidcError, Pending, Purpose, RelyingParty};
use crate::json::Claims;
use crate::jws::{self, KeyError, KeySet, SigningKey};
use crate::secret::Secret;

/// How long an assertion of ours is good for. Brokers allow at least this much.
const ASSERTION_S: i64 = 60;

/// The token endpoint's answer. Only what we use is kept; no refresh token is.
#[derive(Clone, Debug, Deserialize)]
pub struct Tokens {
    pub id_token: Secret,
    pub access_token: Secret,
    token_type: String,
}

impl Tokens {
    pub fn parse(bytes: &[u8]) -> Result<Self, OidcError> {
        let it: Self = serde_json::from_slice(bytes).map_err(|_| OidcError::Malformed)?;
        if it.token_type.eq_ignore_ascii_case("bearer") { Ok(it) } else { Err(OidcError::Malformed) }
    }
}

/// An ID token that holds.
pub(super) struct IdToken {
    pub(super) claims: Claims,
    pub(super) subject: String,
    pub(super) authenticated_at: Timestamp,
}

/// Checks everything that does not depend on who the person is.
pub(super) fn verify(
    party: &RelyingParty,
    pending: &Pending,
    keys: &KeySet,
    token: &Secret,
    now: Timestamp,
) -> Result<IdToken, OidcError> {
    let claims = jws::verify(token.expose(), keys, &party.algorithms)?;
    if claims.text("iss")? != Some(&party.issuer) {
        return Err(OidcError::Issuer);
    }
    for_us(party, &claims)?;
    if !claims.text("nonce")?.is_some_and(|nonce| pending.nonce().is(nonce)) {
        return Err(OidcError::Nonce);
    }
    of_now(&claims, now)?;
    let authenticated_at = authentication_time(party, pending, &claims, now)?;
    let subject = claims.text("sub")?.ok_or(OidcError::Malformed)?.to_owned();
    Ok(IdToken { claims, subject, authenticated_at })
}

/// Exactly us: a second audience could pass our token on, so it is refused even with the right `azp`.
fn for_us(party: &RelyingParty, claims: &Claims) -> Result<(), OidcError> {
    let audiences = claims.texts("aud")?;
    if !audiences.contains(&party.client_id.as_str()) {
        return Err(OidcError::Audience);
    }
    match claims.text("azp")? {
        Some(azp) if azp != party.client_id => return Err(OidcError::AuthorizedParty),
        None if audiences.len() > 1 => return Err(OidcError::AuthorizedParty),
        Some(_) | None => {}
    }
    if audiences.len() == 1 { Ok(()) } else { Err(OidcError::Audience) }
}

fn of_now(claims: &Claims, now: Timestamp) -> Result<(), OidcError> {
    let expires = claims.time("exp")?.ok_or(OidcError::Malformed)?;
    let issued = claims.time("iat")?.ok_or(OidcError::Malformed)?;
    let not_before = claims.time("nbf")?.unwrap_or(issued);
    if expires.plus_seconds(CLOCK_LEEWAY_S) <= now {
        return Err(OidcError::Expired);
    }
    let latest = now.plus_seconds(CLOCK_LEEWAY_S);
    let earliest = now.plus_seconds(-ID_TOKEN_AGE_S_MAX);
    if issued > latest || not_before > latest || issued < earliest {
        return Err(OidcError::IssuedAt);
    }
    Ok(())
}

/// When the person proved who they are, and whether that is recent enough for what was asked.
///
/// We always send `max_age`, so a provider must always tell (OpenID Connect Core §2).
fn authentication_time(
    party: &RelyingParty,
    pending: &Pending,
    claims: &Claims,
    now: Timestamp,
) -> Result<Timestamp, OidcError> {
    let at = claims.time("auth_time")?.ok_or(OidcError::AuthTimeMissing)?;
    if at > now.plus_seconds(CLOCK_LEEWAY_S) {
        return Err(OidcError::AuthTimeFuture);
    }
    let earliest = match pending.purpose() {
        Purpose::StepUp => pending.asked_at().plus_seconds(-FRESH_LEEWAY_S),
        Purpose::LogIn => pending.asked_at().plus_seconds(-i64::from(party.login_age_s_max) - CLOCK_LEEWAY_S),
    };
    // Never later than our own clock: a fast clock at the provider must not make a log-in look fresher.
    if at < earliest { Err(OidcError::AuthTimeStale) } else { Ok(at.min(now)) }
}

/// Proves to the provider who we are (`private_key_jwt`, RFC 7523). `jti` is fresh randomness from the caller.
pub fn client_assertion(
    party: &RelyingParty,
    audience: &str,
    key: &SigningKey,
    jti: &str,
    now: Timestamp,
    random: &dyn SecureRandom,
) -> Result<Secret, KeyError> {
    let now_s = now.seconds();
    let claims = json!({
        "iss": party.client_id,
        "sub": party.client_id,
        "aud": audience,
        "jti": jti,
        "iat": now_s,
        "exp": now_s + ASSERTION_S,
    });
    key.sign(&claims, random).map(Secret::new)
}
