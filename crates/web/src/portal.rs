//! The pages of the portal: a file per room. A handler reads its form, runs one errand, fills one page.

pub(crate) mod about;
pub(crate) mod access_log;
pub(crate) mod aids;
pub(crate) mod calendar;
pub(crate) mod conditions;
pub(crate) mod documents;
pub(crate) mod errand;
pub(crate) mod export;
pub(crate) mod front_page;
pub(crate) mod glossary;
pub(crate) mod grants;
pub(crate) mod login;
pub(crate) mod messages;
pub(crate) mod people;
pub(crate) mod plans;
pub(crate) mod profile;
pub(crate) mod session;

use crate::pages::DeadEnd;
use crate::problem;
use crate::session::Visit;
use crate::site::Web;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// An address that is none of ours.
pub(crate) async fn nothing(State(web): State<Web>, visit: Visit) -> Response {
    problem::dead_end(&web, &visit, StatusCode::NOT_FOUND, DeadEnd::NotFound).await
}
