//! The calendar of a journal: days and one visit; calling off; other calendar programs.

pub(crate) mod cancel;
pub(crate) mod programs;
mod show;
pub(crate) mod week;

pub(crate) use show::{notes, who};

use super::errand;
use crate::form::Fields;
use crate::pages::DeadEnd;
use crate::problem;
use crate::session::Visit;
use crate::site::Web;
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::ids::JournalId;
use borgerportal_service::calendar::Tx;
use borgerportal_service::sessions::SignedIn;
use borgerportal_service::{Municipalities, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why a form was not taken.
enum NotTaken {
    /// It is about another person than its address: somebody has two windows open.
    AnotherPerson,
    /// Anything else.
    Problem(Problem),
}

impl<P: Into<Problem>> From<P> for NotTaken {
    fn from(problem: P) -> Self {
        Self::Problem(problem.into())
    }
}

/// Writes in a journal what a form about this very person asks for.
async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
    web: &Web,
    visit: &Visit,
    (journal, named, fields): (&str, &str, &Fields),
    errand: impl Fn(&Tx<'_>, &Municipalities, &SignedIn, JournalId) -> Result<T, Problem> + Send + Sync + 'static,
) -> Result<T, NotTaken> {
    if fields.get("person") != Some(journal) {
        return Err(NotTaken::AnotherPerson);
    }
    Ok(errand::write(web, visit, (journal, named), fields, errand).await?)
}

/// The page for a form that was not taken.
async fn not_taken(web: &Web, visit: &Visit, why: NotTaken) -> Response {
    match why {
        NotTaken::Problem(problem) => problem::answer(web, visit, problem).await,
        NotTaken::AnotherPerson => {
            problem::dead_end(web, visit, StatusCode::CONFLICT, DeadEnd::PersonMismatch).await
        }
    }
}
