//! Tokens for record systems: OAuth 2 client credentials with a signed assertion (RFC 7523).

use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use borgerportal_identity::system_clients::TOKEN_S;
use borgerportal_service::system_clients::{self, NotIn};
use serde_json::json;

/// `POST /oauth/token`
pub(crate) async fn token(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    if !web.limiter.lets(&visit.from) {
        return ([(header::RETRY_AFTER, "60")], StatusCode::TOO_MANY_REQUESTS).into_response();
    }
    match system_clients::token(&web.app, &body).await {
        Ok(token) => {
            let answer =
                json!({ "access_token": token.expose(), "token_type": "Bearer", "expires_in": TOKEN_S });
            json_answer(StatusCode::OK, &answer)
        }
        Err(NotIn::Client(error)) => {
            tracing::info!(code = error.code(), "a record system got no token");
            json_answer(StatusCode::BAD_REQUEST, &json!({ "error": error.oauth_code() }))
        }
        Err(NotIn::Problem(problem)) => {
            tracing::error!(%problem, "no token could be made");
            json_answer(StatusCode::SERVICE_UNAVAILABLE, &json!({ "error": "temporarily_unavailable" }))
        }
    }
}

fn json_answer(status: StatusCode, body: &serde_json::Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
