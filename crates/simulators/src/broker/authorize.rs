//! Where the browser arrives: is the request one we answer, is the person known already, and if not, who are they?

use axum::extract::{Form, Query, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use borgerportal_domain::Timestamp;
use serde::Deserialize;
use url::Url;

use super::pages;
use super::state::{Grant, Provider, Session};
use super::{Client, TestPerson};

/// Not tied to a port: other services on this machine see it too, so its name says whose it is.
const COOKIE: &str = "simulated_mitid";

/// An authorization request, as far as we look at it.
#[derive(Deserialize)]
pub(super) struct Asked {
    client_id: String,
    redirect_uri: String,
    response_type: Option<String>,
    #[serde(default)]
    scope: String,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    #[serde(default)]
    prompt: String,
    max_age: Option<i64>,
    login_hint: Option<String>,
    #[serde(default)]
    ui_locales: String,
}

#[derive(Deserialize)]
pub(super) struct Choice {
    person: Option<String>,
}

pub(super) async fn asked(
    State(provider): State<Provider>,
    Query(asked): Query<Asked>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let client = match asked.client(&provider) {
        Ok(client) => client,
        Err(wrong) => return asked.answer_to(&provider, wrong),
    };
    let known = session_cookie(&headers).and_then(|id| provider.session(id));
    let known = known.filter(|session| asked.is_content_with(session, provider.now()));
    if let Some(session) = known {
        return asked.granted(&provider, session.person, session.authenticated_at);
    }
    if asked.prompt == "none" {
        return asked.refused(&provider, "login_required");
    }
    let hinted = asked.login_hint.as_ref().filter(|_| provider.config().hint_logs_in);
    if let Some(person) = hinted.and_then(|uuid| provider.person(uuid)) {
        return asked.logged_in(&provider, person.clone());
    }
    let again = asked.prompt == "login";
    pages::choose(&provider.config().people, client, &query.unwrap_or_default(), asked.language(), again)
}

pub(super) async fn chosen(
    State(provider): State<Provider>,
    Query(asked): Query<Asked>,
    Form(choice): Form<Choice>,
) -> Response {
    if let Err(wrong) = asked.client(&provider) {
        return asked.answer_to(&provider, wrong);
    }
    match choice.person.and_then(|uuid| provider.person(&uuid).cloned()) {
        Some(person) => asked.logged_in(&provider, person),
        None => asked.refused(&provider, "access_denied"),
    }
}

/// The id of this browser's session here, if it has one.
pub(super) fn session_cookie(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies.split(';').find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

pub(super) fn set_session_cookie(id: &str, max_age_s: i64) -> String {
    format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}")
}

/// What is wrong with a request.
#[derive(Clone, Copy)]
enum Wrong {
    /// We do not know where it is safe to send the browser.
    Sender,
    /// We know, and tell the sender.
    Asked(&'static str),
}

impl Asked {
    fn client<'p>(&self, provider: &'p Provider) -> Result<&'p Client, Wrong> {
        let client = provider.client(&self.client_id);
        let client =
            client.filter(|client| client.redirect_uris.contains(&self.redirect_uri)).ok_or(Wrong::Sender)?;
        if self.response_type.as_deref() != Some("code") {
            return Err(Wrong::Asked("unsupported_response_type"));
        }
        let openid = self.scope.split(' ').any(|scope| scope == "openid");
        let pkce = self.code_challenge.is_some() && self.code_challenge_method.as_deref() == Some("S256");
        if openid && pkce && self.nonce.is_some() && self.state.is_some() {
            Ok(client)
        } else {
            Err(Wrong::Asked("invalid_request"))
        }
    }

    fn answer_to(&self, provider: &Provider, wrong: Wrong) -> Response {
        match wrong {
            Wrong::Sender => pages::wrong(self.language()),
            Wrong::Asked(error) => self.refused(provider, error),
        }
    }

    fn language(&self) -> &'static str {
        if self.ui_locales.split(' ').next() == Some("en") { "en" } else { "da" }
    }

    fn is_content_with(&self, session: &Session, now: Timestamp) -> bool {
        let age_ms = now.millis_since(session.authenticated_at);
        self.prompt != "login" && self.max_age.is_none_or(|max_s| age_ms <= max_s.saturating_mul(1000))
    }

    fn logged_in(&self, provider: &Provider, person: TestPerson) -> Response {
        let now = provider.now();
        let mut answer = self.granted(provider, person.clone(), now);
        let Ok(session) = provider.new_session(Session { person, authenticated_at: now }) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        if let Some(cookie) = session.and_then(|id| set_session_cookie(&id, 86_400).parse().ok()) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
        answer
    }

    fn granted(&self, provider: &Provider, person: TestPerson, authenticated_at: Timestamp) -> Response {
        let grant = Grant {
            person,
            client_id: self.client_id.clone(),
            redirect_uri: self.redirect_uri.clone(),
            challenge: self.code_challenge.clone().unwrap_or_default(),
            nonce: self.nonce.clone().unwrap_or_default(),
            scope: self.scope.clone(),
            authenticated_at,
        };
        match provider.new_code(grant) {
            Ok(code) => self.back(provider, "code", &code),
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }

    fn refused(&self, provider: &Provider, error: &str) -> Response {
        self.back(provider, "error", error)
    }

    fn back(&self, provider: &Provider, name: &str, value: &str) -> Response {
        let Ok(mut url) = Url::parse(&self.redirect_uri) else { return pages::wrong(self.language()) };
        url.query_pairs_mut().append_pair(name, value).append_pair("iss", provider.issuer());
        if let Some(state) = &self.state {
            url.query_pairs_mut().append_pair("state", state);
        }
        Redirect::to(url.as_str()).into_response()
    }
}
