//! A client's signed word that it is itself, for our token endpoint, now. It refuses to remember: the caller keeps the
//! `jti` of every assertion that held.

use borgerportal_domain::{MunicipalityCode, Timestamp};
use url::form_urlencoded;

use super::{ClientError, Scope};
use crate::jws::{self, Algorithm, JwsError, KeySet};
use crate::oidc::CLOCK_LEEWAY_S;
use crate::secret::Secret;

/// The longest an assertion may be good for.
pub const ASSERTION_S_MAX: i64 = 300;
const JTI_BYTES_MAX: usize = 128;
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A client as a municipality registered it.
#[derive(Clone, Debug)]
pub struct RegisteredClient {
    pub id: String,
    pub municipality: MunicipalityCode,
    pub keys: KeySet,
    pub scopes: Vec<Scope>,
}

/// The form sent to our token endpoint.
#[derive(Debug)]
pub struct TokenRequest {
    assertion: Secret,
    /// Who it says it is, not proven: only to find the registration.
    client_id: String,
    scopes: Option<Vec<Scope>>,
}

/// The assertion held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenClient {
    pub client_id: String,
    pub municipality: MunicipalityCode,
    /// What it asked for, or all it may.
    pub scopes: Vec<Scope>,
    /// To be stored with `client_id`; one that is already there means a replay.
    pub jti: String,
    pub keep_jti_until: Timestamp,
}

impl TokenRequest {
    /// Reads an `application/x-www-form-urlencoded` body.
    pub fn parse(body: &[u8]) -> Result<Self, ClientError> {
        let (mut grant, mut kind, mut assertion, mut id, mut scope) = (None, None, None, None, None);
        for (name, value) in form_urlencoded::parse(body) {
            let field = match &*name {
                "grant_type" => &mut grant,
                "client_assertion_type" => &mut kind,
                "client_assertion" => &mut assertion,
                "client_id" => &mut id,
                "scope" => &mut scope,
                _ => continue,
            };
            if field.replace(value.into_owned()).is_some() {
                return Err(ClientError::Request);
            }
        }
        if grant.as_deref() != Some("client_credentials") {
            return Err(if grant.is_none() { ClientError::Request } else { ClientError::GrantType });
        }
        if kind.as_deref() != Some(ASSERTION_TYPE) {
            return Err(ClientError::Request);
        }
        let assertion = Secret::new(assertion.ok_or(ClientError::Request)?);
        let claims = jws::unverified(assertion.expose()).map_err(|_| ClientError::Assertion)?;
        let subject = claims.text("sub").ok().flatten().ok_or(ClientError::Client)?.to_owned();
        if id.is_some_and(|id| id != subject) {
            return Err(ClientError::Client);
        }
        let scopes = scope.map(|list| Scope::parse_list(&list)).transpose()?;
        Ok(Self { assertion, client_id: subject, scopes })
    }

    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }
}

/// Checks the assertion against the registration of [`TokenRequest::client_id`].
///
/// `audience` is the address of our token endpoint, as clients are told it. A client that is not registered is
/// checked against an empty [`KeySet`], so that both refusals are one.
pub fn prove(
    request: &TokenRequest,
    client: &RegisteredClient,
    audience: &str,
    now: Timestamp,
) -> Result<ProvenClient, ClientError> {
    let token = request.assertion.expose();
    let claims = jws::verify(token, &client.keys, &Algorithm::ALL).map_err(|error| match error {
        JwsError::Malformed | JwsError::Algorithm | JwsError::UnknownKey | JwsError::Signature => {
            ClientError::Assertion
        }
    })?;
    let text = |name| claims.text(name).map_err(|_| ClientError::Assertion);
    let time = |name| claims.time(name).map_err(|_| ClientError::Assertion);
    if text("iss")? != Some(&client.id) || text("sub")? != Some(&client.id) {
        return Err(ClientError::Client);
    }
    if claims.texts("aud").map_err(|_| ClientError::Assertion)? != [audience] {
        return Err(ClientError::Audience);
    }
    let expires = time("exp")?.ok_or(ClientError::Lifetime)?;
    if expires.plus_seconds(CLOCK_LEEWAY_S) <= now {
        return Err(ClientError::Expired);
    }
    let latest = now.plus_seconds(CLOCK_LEEWAY_S);
    let started = [time("iat")?, time("nbf")?];
    if expires > latest.plus_seconds(ASSERTION_S_MAX) || started.iter().flatten().any(|at| *at > latest) {
        return Err(ClientError::Lifetime);
    }
    let jti = text("jti")?.filter(|jti| jti.len() <= JTI_BYTES_MAX).ok_or(ClientError::Jti)?;
    Ok(ProvenClient {
        client_id: client.id.clone(),
        municipality: client.municipality,
        scopes: granted(request, client)?,
        jti: jti.to_owned(),
        keep_jti_until: expires.plus_seconds(CLOCK_LEEWAY_S),
    })
}

fn granted(request: &TokenRequest, client: &RegisteredClient) -> Result<Vec<Scope>, ClientError> {
    let Some(asked) = &request.scopes else { return Ok(client.scopes.clone()) };
    let covered = |asked: &Scope| client.scopes.iter().any(|own| own.covers(asked));
    if asked.iter().all(covered) { Ok(asked.clone()) } else { Err(ClientError::Scope) }
}
