//! The interface: a token for a signed assertion, and transactions under it, answered as a FHIR server does.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_identity::jws::KeySet;
use borgerportal_identity::system_clients::{RegisteredClient, Scope, TokenRequest, prove};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde_json::{Value, json};
use uuid::Builder;

use super::books::{Books, Entry, OUTGOING};
use crate::faults::InForce;
use crate::{Clock, Fault, lock};

/// What the portal may do here.
const SCOPE: &str = "system/*.c";
/// How long a token is good for. Seconds.
const TOKEN_S: i64 = 300;

pub(super) struct Desk {
    client_id: String,
    keys: KeySet,
    audience: String,
    clock: Clock,
    books: Books,
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    /// Tokens with their end, in seconds.
    tokens: Vec<(String, i64)>,
    /// Assertions that were used.
    used: BTreeSet<String>,
}

impl Desk {
    pub(super) fn new(client_id: String, keys: KeySet, audience: String, clock: Clock, books: Books) -> Self {
        Self { client_id, keys, audience, clock, books, inside: Mutex::default() }
    }

    /// A token, if the assertion holds and was not used before.
    fn token(&self, body: &[u8]) -> Option<String> {
        let request = TokenRequest::parse(body).ok()?;
        let client = RegisteredClient {
            id: self.client_id.clone(),
            municipality: MunicipalityCode::parse("0217")?,
            keys: self.keys.clone(),
            scopes: Scope::parse_list(SCOPE).ok()?,
        };
        let now = (self.clock)();
        let proven = prove(&request, &client, &self.audience, now).ok()?;
        let mut bytes = [0; 16];
        SystemRandom::new().fill(&mut bytes).ok()?;
        let token = Builder::from_random_bytes(bytes).into_uuid().to_string();
        let mut inside = lock(&self.inside);
        if !inside.used.insert(proven.jti) {
            return None;
        }
        inside.tokens.push((token.clone(), now.plus_seconds(TOKEN_S).seconds()));
        Some(token)
    }

    fn knows(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = given.and_then(|value| value.strip_prefix("Bearer "));
        let now = (self.clock)().seconds();
        lock(&self.inside).tokens.iter().any(|(token, until)| given == Some(token) && *until > now)
    }
}

pub(super) async fn token(State(desk): State<Arc<Desk>>, body: Bytes) -> Response {
    match desk.token(&body) {
        Some(token) => {
            let answer = json!({
                "access_token": token, "token_type": "Bearer", "expires_in": TOKEN_S, "scope": SCOPE,
            });
            Json(answer).into_response()
        }
        None => (StatusCode::UNAUTHORIZED, Json(json!({ "error": "invalid_client" }))).into_response(),
    }
}

pub(super) async fn transaction(
    State(desk): State<Arc<Desk>>,
    Path(municipality): Path<String>,
    Extension(faults): Extension<InForce>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !desk.knows(&headers) {
        return outcome(StatusCode::UNAUTHORIZED, "login", "no token of ours");
    }
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/fhir+json") {
        return outcome(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-supported", "application/fhir+json");
    }
    let entries = match read(&body) {
        Ok(entries) => entries,
        Err(why) => return outcome(StatusCode::UNPROCESSABLE_ENTITY, "invalid", why),
    };
    let made: Vec<Value> = entries
        .iter()
        .map(|entry| json!({ "response": { "status": "201 Created", "location": entry.identifier } }))
        .collect();
    desk.books.take(&municipality, entries, &faults);
    if faults.has(&Fault::AcceptThenFail) {
        // It is there, and the sender cannot know.
        return outcome(StatusCode::INTERNAL_SERVER_ERROR, "exception", "try again");
    }
    let answer = json!({ "resourceType": "Bundle", "type": "transaction-response", "entry": made });
    fhir(StatusCode::OK, &answer)
}

/// What stands in this place of it, where it is a text.
pub(super) fn text<'v>(value: &'v Value, place: &str) -> Option<&'v str> {
    value.pointer(place).and_then(Value::as_str)
}

/// The entries of a transaction that says what was done, for whom and by whom.
fn read(body: &[u8]) -> Result<Vec<Entry>, &'static str> {
    let bundle: Value = serde_json::from_slice(body).map_err(|_| "not JSON")?;
    if text(&bundle, "/resourceType") != Some("Bundle") || text(&bundle, "/type") != Some("transaction") {
        return Err("not a transaction");
    }
    let list = bundle.get("entry").and_then(Value::as_array).ok_or("no entries")?;
    let entries = list.iter().map(entry).collect::<Result<Vec<_>, _>>()?;
    let mut tasks =
        entries.iter().map(|entry| &entry.resource).filter(|it| text(it, "/resourceType") == Some("Task"));
    let (Some(task), None) = (tasks.next(), tasks.next()) else { return Err("not one Task") };
    let said = task.pointer("/extension/0/extension").and_then(Value::as_array);
    let whole = text(task, "/status") == Some("requested")
        && text(task, "/code/coding/0/code").is_some()
        && text(task, "/for/identifier/value").is_some()
        && task.get("requester").is_some_and(Value::is_object)
        && said.is_some_and(|said| said.len() >= 2);
    if whole { Ok(entries) } else { Err("a Task that does not say who acted for whom") }
}

fn entry(entry: &Value) -> Result<Entry, &'static str> {
    let condition = text(entry, "/request/ifNoneExist").ok_or("an entry without a condition")?;
    let named = condition.strip_prefix("identifier=").and_then(|rest| rest.split_once('|'));
    let (OUTGOING, identifier) = named.ok_or("a condition that is no identifier")? else {
        return Err("an identifier of somebody else");
    };
    let resource = entry.get("resource").unwrap_or(&Value::Null);
    let fits = text(entry, "/request/url") == text(resource, "/resourceType");
    if !fits || text(entry, "/request/method") != Some("POST") {
        return Err("a request that does not fit its resource");
    }
    Ok(Entry { identifier: identifier.to_owned(), resource: resource.clone() })
}

fn outcome(status: StatusCode, code: &str, text: &str) -> Response {
    let issue = json!([{ "severity": "error", "code": code, "diagnostics": text }]);
    fhir(status, &json!({ "resourceType": "OperationOutcome", "issue": issue }))
}

fn fhir(status: StatusCode, resource: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/fhir+json")], resource.to_string()).into_response()
}
