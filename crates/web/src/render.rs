//! A page becomes an answer.

use crate::problem;
use askama::Template;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};

/// Bytes a long list takes: room made once costs less than growing into it.
const ROOM: usize = 48 << 10;

/// A page with status 200.
pub(crate) fn page(template: &impl Template) -> Response {
    page_with(StatusCode::OK, template)
}

/// A page with another status.
pub(crate) fn page_with(status: StatusCode, template: &impl Template) -> Response {
    let mut html = String::with_capacity(ROOM);
    match template.render_into(&mut html) {
        Ok(()) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Err(error) => problem::last_resort(&error),
    }
}

/// After a POST, or on the way: go there with GET.
pub(crate) fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}
