//! The interface: who calls, what they ask, and the answers in JSON that the real one gives.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};
use uuid::Uuid;

use super::post::{Counter, Post};
use crate::Fault;
use crate::faults::InForce;

/// The calling system, by the name it was registered with.
fn known(post: &Post, headers: &HeaderMap) -> Result<(), Wrong> {
    let named = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let named = named.and_then(|value| value.strip_prefix("Basic "));
    if named.is_some_and(|name| post.config().system.is(name)) {
        Ok(())
    } else {
        Err(wrong(StatusCode::UNAUTHORIZED, "system.unknown", "no system by that name"))
    }
}

/// A refusal, with the code and the sentence that the real interface would give.
pub(super) struct Wrong(StatusCode, &'static str, String);

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let Self(status, code, message) = self;
        (status, Json(json!({ "code": code, "message": message }))).into_response()
    }
}

fn wrong(status: StatusCode, code: &'static str, message: &str) -> Wrong {
    Wrong(status, code, message.to_owned())
}

pub(super) async fn contacts(
    State(post): State<Arc<Post>>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Wrong> {
    known(&post, &headers)?;
    let Some(cpr) = query.get("cprNumber") else {
        return Err(wrong(StatusCode::BAD_REQUEST, "query.missing", "cprNumber"));
    };
    let contacts: Vec<Value> = post
        .is_enrolled(cpr)
        .map(|enrolled| contact(cpr, (enrolled, post.gets_sms(cpr))))
        .into_iter()
        .collect();
    Ok(Json(json!({
        "currentPage": 0,
        "totalPages": contacts.len(),
        "elementsOnPage": contacts.len(),
        "totalElements": contacts.len(),
        "contacts": contacts,
    })))
}

fn contact(cpr: &str, (enrolled, sms): (bool, bool)) -> Value {
    let public = |is: bool| if is { "REGISTERED" } else { "NOT_REGISTERED" };
    let status = if enrolled { "AUTOMATIC_REGISTRATION" } else { "EXEMPT" };
    json!({
        "type": "CITIZEN",
        "cprNumber": cpr,
        "mailboxSubscription": {"registrationStatus": status, "publicRegistrationStatus": public(enrolled)},
        "nemSmsSubscription": {"publicRegistrationStatus": public(sms)},
    })
}

pub(super) async fn memo(
    State(post): State<Arc<Post>>,
    Extension(faults): Extension<InForce>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<Response, Wrong> {
    known(&post, &headers)?;
    let is_xml = headers.get(header::CONTENT_TYPE).is_some_and(|value| value == "application/xml");
    if !is_xml {
        return Err(wrong(StatusCode::UNSUPPORTED_MEDIA_TYPE, "memo.type", "application/xml"));
    }
    let announced = headers.get("memo-message-uuid").and_then(|value| value.to_str().ok());
    let announced = announced.and_then(|text| Uuid::try_parse(text).ok());
    match post.take(announced, &bytes, &faults) {
        Counter::Wrong(why) => Err(wrong(StatusCode::BAD_REQUEST, "memo.invalid", &why)),
        // It took the message, and says that it failed: the sender cannot know.
        Counter::Taken | Counter::Known if faults.has(&Fault::AcceptThenFail) => {
            Err(wrong(StatusCode::INTERNAL_SERVER_ERROR, "system.error", "try again"))
        }
        Counter::Known => Err(wrong(StatusCode::CONFLICT, "memo.duplicate", "this UUID is known")),
        Counter::Taken => {
            let id = announced.unwrap_or_default().to_string();
            Ok((StatusCode::ACCEPTED, Json(json!({ "transactionId": format!("t-{id}") }))).into_response())
        }
    }
}

pub(super) async fn receipts(
    State(post): State<Arc<Post>>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Result<Json<Value>, Wrong> {
    known(&post, &headers)?;
    let number = |name| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let (page, size) = (number("page").unwrap_or(0), number("size").unwrap_or(50));
    let content = post.waiting(page.saturating_mul(size), size);
    Ok(Json(json!({ "totalElements": content.len(), "currentPage": page, "content": content })))
}

pub(super) async fn receipt(
    State(post): State<Arc<Post>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Json<Value>, Wrong> {
    known(&post, &headers)?;
    let found = post.receipt(&name);
    found.map(Json).ok_or_else(|| wrong(StatusCode::NOT_FOUND, "receipt.unknown", "no such receipt"))
}

pub(super) async fn take_receipt(
    State(post): State<Arc<Post>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<StatusCode, Wrong> {
    known(&post, &headers)?;
    let taken = post.take_receipt(&name);
    if taken {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(wrong(StatusCode::NOT_FOUND, "receipt.unknown", "no such receipt"))
    }
}
