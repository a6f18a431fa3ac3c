//! What the provider says about itself and about a person, and how a person leaves it.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Extension, Json};
use borgerportal_domain::time::{age_on, copenhagen_date};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::authorize::{session_cookie, set_session_cookie};
use super::nemlogin::{CLAIM, SCOPE};
use super::pages;
use super::state::Provider;
use crate::Fault;
use crate::faults::InForce;

pub(super) async fn discovery(State(provider): State<Provider>) -> Json<Value> {
    let issuer = provider.issuer();
    let at = |path: &str| format!("{issuer}{path}");
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": at("/authorize"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/userinfo"),
        "jwks_uri": at("/jwks"),
        "end_session_endpoint": at("/end_session"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code"],
        "subject_types_supported": ["pairwise"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        "scopes_supported": ["openid", "mitid", "ssn", SCOPE],
        "prompt_values_supported": ["none", "login"],
        "ui_locales_supported": ["da", "en"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

pub(super) async fn jwks(State(provider): State<Provider>) -> Json<Value> {
    Json(provider.published_keys())
}

pub(super) async fn userinfo(
    State(provider): State<Provider>,
    Extension(faults): Extension<InForce>,
    headers: HeaderMap,
) -> Response {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let grant =
        bearer.and_then(|value| value.strip_prefix("Bearer ")).and_then(|token| provider.grant_of(token));
    let Some(grant) = grant else {
        return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")])
            .into_response();
    };
    let person = &grant.person;
    let subject = provider.subject(&grant.client_id, person);
    let subject = if faults.has(&Fault::WrongSubject) { "somebody-else".to_owned() } else { subject };
    let scoped = |name| grant.scope.split(' ').any(|scope| scope == name);
    let mut claims = BTreeMap::from([("sub", json!(subject))]);
    if scoped("mitid") {
        claims.insert("mitid.uuid", json!(person.uuid));
        claims.insert("mitid.date_of_birth", json!(person.birth_on.to_string()));
        claims.insert("mitid.age", json!(age_on(person.birth_on, copenhagen_date(provider.now()))));
        claims.insert("mitid.identity_name", json!(person.name.full()));
        claims.insert("mitid.has_cpr", json!(true));
    }
    if scoped("ssn") {
        claims.insert("dk.cpr", json!(person.cpr.expose()));
    }
    if scoped(SCOPE)
        && let Some(list) = provider.config().nemlogin.list(&person.cpr, &faults)
    {
        claims.insert(CLAIM, json!(list));
    }
    ([(header::CACHE_CONTROL, "no-store")], Json(claims)).into_response()
}

#[derive(Deserialize)]
pub(super) struct Leaving {
    client_id: Option<String>,
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
}

pub(super) async fn end_session(
    State(provider): State<Provider>,
    Query(leaving): Query<Leaving>,
    headers: HeaderMap,
) -> Response {
    if let Some(id) = session_cookie(&headers) {
        provider.end_session(id);
    }
    let client = leaving.client_id.as_ref().and_then(|id| provider.client(id));
    let registered =
        |uri: &String| client.is_some_and(|client| client.post_logout_redirect_uris.contains(uri));
    let back = leaving.post_logout_redirect_uri.filter(registered).and_then(|uri| Url::parse(&uri).ok());
    let mut answer = match back {
        Some(mut url) => {
            if let Some(state) = &leaving.state {
                url.query_pairs_mut().append_pair("state", state);
            }
            Redirect::to(url.as_str()).into_response()
        }
        None => pages::gone(),
    };
    if let Ok(cookie) = set_session_cookie("", 0).parse() {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}
