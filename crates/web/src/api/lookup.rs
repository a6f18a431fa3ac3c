//! The door for authorities and services that ask about mandates: `POST /api/lookup/v1` with the keys and lists its
//! proofs are checked with, and the privileges of a holder for a registered service. CPR numbers come in the body only;
//! refusals name the field and repeat nothing.

use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use borgerportal_domain::cpr::Cpr;
use borgerportal_domain::mandates::{Channel, LookUp, Purpose, RightAccess, Subject};
use borgerportal_domain::search_text::is_unseen;
use borgerportal_domain::time::Timestamp;
use borgerportal_fhir::outcome::problem;
use borgerportal_identity::oiobpp;
use borgerportal_identity::system_clients::{MandateScope, SystemCaller};
use borgerportal_service::Problem;
use borgerportal_service::mandates::{lookup, privileges as errand};
use borgerportal_service::system_clients::{self, NotIn};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::num::NonZeroU32;

/// Questions a minute from one system: a busy municipal telephone line, not a register search.
pub(crate) const A_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(119);
/// The longest number of a case, in characters.
const CASE_MAX: usize = 60;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    giver: String,
    representative: String,
    subject: Subject,
    access: RightAccess,
    channel: Channel,
    purpose: AskedFor,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedFor {
    code: Purpose,
    case: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedHolder {
    holder: String,
}

/// `POST /api/lookup/v1`
pub(crate) async fn look_up(State(web): State<Web>, headers: HeaderMap, body: Bytes) -> Response {
    let (caller, asked) = match asked(&web, &headers, MandateScope::LookUp, &body).await {
        Ok(come) => come,
        Err(refused) => return refused,
    };
    let question = match question(&asked) {
        Ok(question) => question,
        Err(field) => return wrong(field),
    };
    match lookup::look_up(&web.app, &caller, question, web.site.public_url.as_str()).await {
        Ok(told) => {
            let until = told.proof.valid_until.map(|until| Timestamp::from_seconds(until).to_string());
            let answer = json!({ "answer": told.proof.answer, "items": told.proof.items, "valid_until": until,
                "decision": told.proof.decision, "proof": told.token });
            json_answer("application/json", &answer)
        }
        Err(problem) => unavailable(&problem),
    }
}

/// Reads what serde cannot judge. An error names the field.
fn question(asked: &Asked) -> Result<lookup::Question, &'static str> {
    let case = asked.purpose.case.trim();
    if case.is_empty() || case.chars().count() > CASE_MAX || case.chars().any(is_unseen) {
        return Err("purpose.case");
    }
    if asked.purpose.code == Purpose::Service {
        return Err("purpose.code");
    }
    let giver = Cpr::parse(&asked.giver).map_err(|_| "giver")?;
    let representative = Cpr::parse(&asked.representative).map_err(|_| "representative")?;
    if giver == representative {
        return Err("representative");
    }
    let what = LookUp { subject: asked.subject, access: asked.access, channel: asked.channel };
    Ok(lookup::Question { giver, representative, what, purpose: asked.purpose.code, case: case.to_owned() })
}

/// `/api/lookup/v1/keys`
pub(crate) async fn keys(State(web): State<Web>) -> Response {
    match lookup::keys(&web.app).await {
        Ok(keys) => json_answer("application/jwk-set+json", &keys),
        Err(problem) => unavailable(&problem),
    }
}

/// `/api/lookup/v1/status/{list}`
pub(crate) async fn status(State(web): State<Web>, Path(list): Path<String>, visit: Visit) -> Response {
    // Anybody may ask, so nobody may ask without end.
    if let Some(seconds) = web.lists.wait_s(&visit.from) {
        return too_often(seconds);
    }
    match lookup::status(&web.app, &list, web.site.public_url.as_str()).await {
        Ok(token) => ([(header::CONTENT_TYPE, "application/statuslist+jwt")], token).into_response(),
        Err(Problem::NotFound) => refuse(StatusCode::NOT_FOUND, "list", "There is no such list."),
        Err(problem) => unavailable(&problem),
    }
}

/// `POST /api/mandates/v1/privileges`: the privileges of a holder in the service that asks, as OIO BPP; nothing (204)
/// when there is none, because the schema has no empty list.
pub(crate) async fn privileges(State(web): State<Web>, headers: HeaderMap, body: Bytes) -> Response {
    let come = asked::<AskedHolder>(&web, &headers, MandateScope::Privileges, &body).await;
    let (caller, asked) = match come {
        Ok(come) => come,
        Err(refused) => return refused,
    };
    let Ok(holder) = Cpr::parse(&asked.holder) else { return wrong("holder") };
    let groups = match errand::of_holder(&web.app, &caller, holder).await {
        Ok(groups) => groups,
        Err(problem) => return unavailable(&problem),
    };
    if groups.is_empty() {
        return StatusCode::NO_CONTENT.into_response();
    }
    match oiobpp::write(&groups) {
        Ok(xml) => ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], xml).into_response(),
        Err(error) => {
            tracing::error!(%error, client = caller.client_id, "privileges cannot be written");
            refuse(StatusCode::INTERNAL_SERVER_ERROR, "privileges", "The map of this service is broken.")
        }
    }
}

/// Who asks what: the token, then how often, then the body.
async fn asked<T: DeserializeOwned>(
    web: &Web,
    headers: &HeaderMap,
    scope: MandateScope,
    body: &Bytes,
) -> Result<(SystemCaller, T), Response> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let Some(bearer) = bearer else { return Err(unauthorized()) };
    let caller = match system_clients::asker(&web.app, bearer, scope).await {
        Ok(caller) => caller,
        Err(NotIn::Client(error)) if error.oauth_code() == "invalid_scope" => {
            return Err(refuse(StatusCode::FORBIDDEN, "scope", "The token is not for this."));
        }
        Err(NotIn::Client(_)) => return Err(unauthorized()),
        Err(NotIn::Problem(problem)) => return Err(unavailable(&problem)),
    };
    if let Some(seconds) = web.lookups.wait_s(&caller.client_id) {
        tracing::warn!(client = caller.client_id, seconds, "a system asks about mandates too often");
        return Err(too_often(seconds));
    }
    let kind = text(header::CONTENT_TYPE).and_then(|kind| kind.split(';').next()).map(str::trim);
    if kind != Some("application/json") {
        return Err(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", "Send application/json."));
    }
    // The reason would repeat what was sent.
    serde_json::from_slice(body).map(|asked| (caller, asked)).map_err(|_| wrong("body"))
}

fn json_answer(kind: &'static str, body: &Value) -> Response {
    ([(header::CONTENT_TYPE, kind)], body.to_string()).into_response()
}

fn refuse(status: StatusCode, code: &str, title: &str) -> Response {
    let body = problem(status.as_u16(), code, title);
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

fn wrong(field: &str) -> Response {
    refuse(StatusCode::BAD_REQUEST, field, "This field is missing, unknown or wrong.")
}

fn too_often(seconds: u64) -> Response {
    let mut answer = refuse(StatusCode::TOO_MANY_REQUESTS, "too_many", "Ask less often.");
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    answer
}

fn unauthorized() -> Response {
    let mut answer = refuse(StatusCode::UNAUTHORIZED, "token", "A token is needed.");
    answer.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    answer
}

fn unavailable(problem: &Problem) -> Response {
    tracing::error!(%problem, "a question about mandates could not be answered");
    let mut answer = refuse(StatusCode::SERVICE_UNAVAILABLE, "away", "Try again in a moment.");
    answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    answer
}
