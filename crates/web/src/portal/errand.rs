//! What every page about a journal does, in one place: the id in the address, the token of the visitor, one
//! errand, and the page in its frame, or the page for the problem. It refuses to know what the page is about.

use crate::form::Fields;
use crate::pages::{Frame, Here};
use crate::problem;
use crate::session::visit::Surroundings;
use crate::session::{View, Visit, sent};
use crate::site::Web;
use axum::response::Response;
use borgerportal_domain::ids::JournalId;
use borgerportal_service::mandates::Tx;
use borgerportal_service::sessions::{SignedIn, Token};
use borgerportal_service::{JournalErrand, Municipalities, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Who is signed in, and which journal the address names. Nobody signed in comes first: they are told where to
/// go, whatever they asked for.
pub(crate) fn asked<'v>(visit: &'v Visit, journal: &str) -> Result<(&'v Token, JournalId), Problem> {
    let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
    Ok((token, JournalId::parse(journal).map_err(|_| Problem::NotFound)?))
}

/// What an errand about a journal gave.
pub(crate) struct Answer<T> {
    pub(crate) journal: JournalId,
    pub(crate) view: View,
    pub(crate) found: T,
}

/// Reads about a journal.
pub(crate) async fn read<T: Send + 'static>(
    web: &Web,
    visit: &Visit,
    journal: &str,
    errand: impl JournalErrand<T>,
) -> Result<Answer<T>, Problem> {
    let (token, journal) = asked(visit, journal)?;
    let (places, limits) = (web.app.municipalities.clone(), web.app.limits);
    web.app
        .read_as(token, move |tx, who| {
            let (granted, found) = errand(tx, &places, who, journal)?;
            Ok(Answer { journal, view: View::of(who, &granted, &limits, tx.now()), found })
        })
        .await
}

/// Writes in a journal, once however often the form is sent: a form that may only be taken once carries the name of its
/// errand. `named` tells one kind of errand from another.
pub(crate) async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
    web: &Web,
    visit: &Visit,
    (journal, named): (&str, &str),
    fields: &Fields,
    errand: impl Fn(&Tx<'_>, &Municipalities, &SignedIn, JournalId) -> Result<T, Problem> + Send + Sync + 'static,
) -> Result<T, Problem> {
    let (token, journal) = asked(visit, journal)?;
    let (id, may_ask) = sent::form(web, visit, fields)?;
    let places = web.app.municipalities.clone();
    web.app.write_as(token, (named, id), may_ask, move |tx, who| errand(tx, &places, who, journal)).await
}

/// The page of an answer, in a frame that says where it is and comes back to `path`.
pub(crate) async fn page<T>(
    web: &Web,
    visit: &Visit,
    (here, path): (Here, &str),
    answer: Result<Answer<T>, Problem>,
    page: impl FnOnce(Frame<'_>, &Answer<T>) -> Response,
) -> Response {
    match answer {
        Ok(answer) => {
            let view = &answer.view;
            let settings = view.place(web);
            let around = Surroundings::of(web, Some(view), settings, visit.lang);
            page(around.frame(Some(view), (visit.lang, here, path)), &answer)
        }
        Err(problem) => problem::answer(web, visit, problem).await,
    }
}
