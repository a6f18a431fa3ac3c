//! The FHIR door: `POST /fhir/{municipality}` takes transaction and batch Bundles and delivery reports of a
//! record system that has proved itself for this municipality. Answers are FHIR; refusals name the place and
//! repeat nothing of what was sent.

use crate::site::Web;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Date;
use borgerportal_fhir::capability;
use borgerportal_fhir::delivery::{Delivery, DeliveryKind, Fate};
use borgerportal_fhir::ingest::Limits;
use borgerportal_fhir::outcome::{
    EntryAnswer, Issue, Reason, Rejection, bundle_response, operation_outcome, problem,
};
use borgerportal_service::ingest::{self, NotTaken, Sender, Taken};
use borgerportal_service::system_clients::{self, NotIn};
use http_body_util::BodyExt as _;

const FHIR_JSON: &str = "application/fhir+json";
/// When this version of the door was published.
const RELEASED: Date = Date::constant(2026, 11, 21);

/// Bytes of a delivery that is too large which are still listened to.
const READ_ON_MAX: usize = 32 << 20;

/// `POST /fhir/{municipality}`
pub(crate) async fn deliver(
    State(web): State<Web>,
    Path(code): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let kind = text(header::CONTENT_TYPE).and_then(|kind| kind.split(';').next()).map(str::trim);
    if !matches!(kind, Some(FHIR_JSON | "application/json")) {
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media_type", "Send application/fhir+json.");
    }
    let bearer = text(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
    let (Some(municipality), Some(bearer)) = (MunicipalityCode::parse(&code), bearer) else {
        return unauthorized();
    };
    let caller = match system_clients::caller(&web.app, bearer, municipality).await {
        Ok(caller) => caller,
        Err(NotIn::Client(error)) if error.oauth_code() == "invalid_scope" => {
            return refuse(StatusCode::FORBIDDEN, "municipality", "The token is for another municipality.");
        }
        Err(NotIn::Client(_)) => return unauthorized(),
        Err(NotIn::Problem(_)) => return unavailable(),
    };
    if let Some(seconds) = web.deliveries.wait_s(&caller.client_id) {
        tracing::info!(client = caller.client_id, seconds, "a record system delivers too often");
        return too_many(seconds);
    }
    let body = match whole(body).await {
        Ok(Some(body)) => body,
        Ok(None) => return too_large(),
        Err(_) => return refuse(StatusCode::BAD_REQUEST, "body", "The body did not arrive whole."),
    };
    let sender = Sender { id: caller.client_id, municipality };
    let key = text(HeaderName::from_static("idempotency-key"));
    match ingest::take(&web.app, &sender, &body, key).await {
        Ok(taken) => answer(&taken),
        Err(NotTaken::Rejected(rejection)) => {
            tracing::info!(%rejection, "a delivery was refused");
            let status = StatusCode::from_u16(rejection.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
            fhir(status, rejection.operation_outcome())
        }
        Err(NotTaken::KeyReused) => {
            refuse(StatusCode::CONFLICT, "key_reused", "The key was used for another delivery.")
        }
        Err(NotTaken::Problem(problem)) => {
            tracing::error!(%problem, "a delivery could not be taken in");
            unavailable()
        }
    }
}

/// Reads a body, after its sender has proved themself. One that is too large is read on for a while and thrown
/// away: a sender who is still talking does not hear an answer.
async fn whole(mut body: Body) -> Result<Option<Vec<u8>>, axum::Error> {
    let limit = Limits::default().bytes;
    let (mut bytes, mut seen) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        seen += data.len();
        if seen <= limit {
            bytes.extend_from_slice(&data);
        } else if seen > READ_ON_MAX {
            break;
        }
    }
    Ok((seen <= limit).then_some(bytes))
}

fn fhir(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, FHIR_JSON)], body).into_response()
}

fn refuse(status: StatusCode, code: &str, title: &str) -> Response {
    let body = problem(status.as_u16(), code, title);
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

/// So large that it was not even read.
fn too_large() -> Response {
    let rejection = Rejection::because(Issue::error(Reason::TooLarge, "").hint("Too many bytes."));
    fhir(StatusCode::PAYLOAD_TOO_LARGE, rejection.operation_outcome())
}

/// This record system has had its share: people come first. What it sent was not read.
fn too_many(seconds: u64) -> Response {
    let hint = format!("Try again in {seconds} seconds.");
    let rejection = Rejection::because(Issue::error(Reason::TooMany, "").hint(hint));
    let mut response = fhir(StatusCode::TOO_MANY_REQUESTS, rejection.operation_outcome());
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

fn unauthorized() -> Response {
    let mut response = refuse(StatusCode::UNAUTHORIZED, "token", "A token is needed.");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

fn unavailable() -> Response {
    let mut response = refuse(StatusCode::SERVICE_UNAVAILABLE, "away", "Try again in a moment.");
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

/// A Bundle answers a Bundle entry by entry; a report is answered as a whole.
fn answer(taken: &Taken) -> Response {
    let delivery: &Delivery = &taken.delivery;
    if delivery.kind == DeliveryKind::Report {
        let issues: Vec<_> = delivery.notes().cloned().collect();
        return fhir(StatusCode::OK, operation_outcome(&issues).to_string());
    }
    let entries: Vec<EntryAnswer> = delivery.fates.iter().map(entry).collect();
    fhir(StatusCode::OK, bundle_response(delivery.kind == DeliveryKind::Transaction, &entries))
}

fn entry(fate: &Fate) -> EntryAnswer {
    match fate {
        Fate::Taken(sources) => EntryAnswer {
            status: 200,
            location: sources.first().map(ToString::to_string),
            issues: Vec::new(),
        },
        Fate::LeftOut(issue) => EntryAnswer { status: 200, location: None, issues: vec![issue.clone()] },
        Fate::Refused(issues) => EntryAnswer { status: 422, location: None, issues: issues.clone() },
    }
}

/// `/fhir/{municipality}/metadata`
pub(crate) async fn metadata(State(web): State<Web>, Path(code): Path<String>) -> Response {
    let here = MunicipalityCode::parse(&code).filter(|code| web.app.municipalities.get(*code).is_some());
    let Some(code) = here else { return StatusCode::NOT_FOUND.into_response() };
    let base = format!("{}fhir/{code}", web.site.public_url);
    let statement = capability::statement(&base, web.site.version, RELEASED, &Limits::default());
    fhir(StatusCode::OK, statement.to_string())
}
