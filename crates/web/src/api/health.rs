//! What an operator's machines ask. Answers hold nothing about anybody.

use crate::site::Web;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use borgerportal_service::Problem;
use borgerportal_service::jobs::{Whose, unsealed};
use std::sync::Arc;

/// Lines of the log may wait this long for their seal before the node calls itself unfit.
const UNSEALED_S_MAX: i64 = 300;

/// The process runs.
pub(crate) async fn live() -> &'static str {
    "ok\n"
}

/// The node can serve: the database answers and its own part of the log is being sealed. A node that is gone makes no other
/// unfit; what it left unsealed is told by the metrics and by `doctor`.
pub(crate) async fn ready(State(web): State<Web>) -> Response {
    let now = web.app.clock.now();
    let asked: Result<_, Problem> = unsealed(&web.app, Whose::OfThisNode).await;
    let (status, text) = match asked {
        Ok(Some(since)) if now.millis_since(since) > UNSEALED_S_MAX * 1000 => {
            (StatusCode::SERVICE_UNAVAILABLE, "the access log is not being sealed\n")
        }
        Ok(_) => (StatusCode::OK, "ok\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    };
    (status, text).into_response()
}

/// Metrics on a listener of their own; `text` gives them in Prometheus' format.
pub fn metrics_router(text: Arc<dyn Fn() -> String + Send + Sync>) -> Router {
    let answer = move || {
        let text = text();
        async move { ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text) }
    };
    Router::new().route("/metrics", get(answer))
}
