//! A code for tokens: who asks, is the code theirs, fresh and used for the first time, do they know the verifier?

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use borgerportal_domain::access::Level;
use borgerportal_identity::jws;
use ring::digest::{SHA256, digest};
use serde::Deserialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::ClientProof;
use super::state::{Grant, Provider};
use crate::Fault;
use crate::faults::InForce;

/// What a broker's ID token is good for. Seconds.
const ID_TOKEN_S: i64 = 300;
const SESSION_S: i64 = 3 * 3600;
const HOUR_S: i64 = 3600;
const DAY_S: i64 = 24 * HOUR_S;

#[derive(Deserialize)]
pub(super) struct Trade {
    grant_type: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    redirect_uri: String,
    #[serde(default)]
    code_verifier: String,
    client_id: Option<String>,
    client_secret: Option<String>,
    client_assertion: Option<String>,
}

pub(super) async fn trade(
    State(provider): State<Provider>,
    Extension(faults): Extension<InForce>,
    headers: HeaderMap,
    Form(trade): Form<Trade>,
) -> Response {
    let Some(client_id) = trade.proven_client(&provider, &headers) else {
        return refused(StatusCode::UNAUTHORIZED, "invalid_client");
    };
    if trade.grant_type != "authorization_code" {
        return refused(StatusCode::BAD_REQUEST, "unsupported_grant_type");
    }
    let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, trade.code_verifier.as_bytes()));
    let fits = |grant: &Grant| {
        grant.client_id == client_id
            && grant.redirect_uri == trade.redirect_uri
            && grant.challenge == challenge
    };
    match provider.trade(&trade.code, fits) {
        Ok(Some((grant, access_token))) => tokens(&provider, &faults, &grant, &access_token),
        Ok(None) => refused(StatusCode::BAD_REQUEST, "invalid_grant"),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refused(status: StatusCode, error: &str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Json(json!({ "error": error }))).into_response()
}

fn tokens(provider: &Provider, faults: &InForce, grant: &Grant, access_token: &str) -> Response {
    let claims = id_token(provider, faults, grant);
    let Ok(id_token) = provider.sign(&claims, faults.has(&Fault::WrongSignature)) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let answer = json!({
        "access_token": access_token, "token_type": "Bearer", "expires_in": 600, "id_token": id_token,
        "scope": grant.scope,
    });
    ([(header::CACHE_CONTROL, "no-store")], Json(answer)).into_response()
}

/// The claims of a Danish broker's ID token, or what the faults make of them.
fn id_token(provider: &Provider, faults: &InForce, grant: &Grant) -> Value {
    let or = |fault: Fault, wrong: &str, right: &str| {
        if faults.has(&fault) { wrong.to_owned() } else { right.to_owned() }
    };
    let shift_s = if faults.has(&Fault::Expired) {
        -HOUR_S
    } else if faults.has(&Fault::FromTheFuture) {
        HOUR_S
    } else {
        0
    };
    let issued_s = provider.now().seconds() + shift_s;
    let ordered =
        faults.find(|fault| if let Fault::Level(level) = fault { Some(level.clone()) } else { None });
    let level = ordered.unwrap_or_else(|| level_claim(grant.person.level));
    let stale_s = if faults.has(&Fault::StaleAuthTime) { DAY_S } else { 0 };
    let mut claims = json!({
        "iss": or(Fault::WrongIssuer, "https://other.example/op", provider.issuer()),
        "aud": or(Fault::WrongAudience, "another-client", &grant.client_id),
        "nonce": or(Fault::WrongNonce, "another-nonce", &grant.nonce),
        "sub": provider.subject(&grant.client_id, &grant.person),
        "iat": issued_s,
        "nbf": issued_s,
        "exp": issued_s + ID_TOKEN_S,
        "auth_time": grant.authenticated_at.seconds() - stale_s,
        "idp": "mitid",
        "idp_environment": provider.config().environment,
        "identity_type": or(Fault::TestIdentity, "test", "private"),
        "loa": level,
        "ial": level,
        "aal": level,
        "amr": ["code_app"],
        "transaction_id": provider.fresh().unwrap_or_default(),
        "session_expiry": grant.authenticated_at.seconds() + SESSION_S,
    });
    if faults.has(&Fault::NoAuthTime)
        && let Some(claims) = claims.as_object_mut()
    {
        claims.remove("auth_time");
    }
    claims
}

fn level_claim(level: Level) -> String {
    let name = match level {
        Level::Low => "Low",
        Level::Substantial => "Substantial",
        Level::High => "High",
    };
    format!("https://data.gov.dk/concept/core/nsis/{name}")
}

impl Trade {
    /// The client that proved itself: by HTTP Basic, a secret in the form, or a signed assertion.
    fn proven_client(&self, provider: &Provider, headers: &HeaderMap) -> Option<String> {
        let (id, secret) = basic(headers).unzip();
        let id = id.or_else(|| self.client_id.clone())?;
        let secret = secret.or_else(|| self.client_secret.clone());
        let client = provider.client(&id)?;
        let proven = match &client.proof {
            ClientProof::Secret(right) => secret.is_some_and(|it| right.is(&it)),
            ClientProof::Keys(keys) => {
                let claims = jws::verify(self.client_assertion.as_ref()?, keys, &jws::Algorithm::ALL).ok()?;
                let ours = [provider.issuer().to_owned(), format!("{}/token", provider.issuer())];
                claims.text("iss").ok()? == Some(&id)
                    && claims.text("sub").ok()? == Some(&id)
                    && claims.texts("aud").ok()?.iter().any(|aud| ours.iter().any(|our| our == aud))
                    && claims.time("exp").ok()?? > provider.now()
            }
        };
        proven.then_some(id)
    }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let pair = String::from_utf8(BASE64_STANDARD.decode(value).ok()?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let decoded =
        |text: &str| form_urlencoded::parse(text.as_bytes()).next().map(|(name, _)| name.into_owned());
    Some((decoded(id)?, decoded(secret).unwrap_or_default()))
}
