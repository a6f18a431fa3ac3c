//! What every page of Digital Fuldmagt does, in one place: one errand for the person who is signed in, and the
//! page in its frame, or the page for the problem. A form must come from here and carry the session's secret.

use crate::form::Fields;
use crate::pages::{Frame, Here};
use crate::problem;
use crate::session::visit::Surroundings;
use crate::session::{View, Visit, sent};
use crate::site::Web;
use axum::response::Response;
use borgerportal_domain::ids::{DraftId, MandateId, RequestId};
use borgerportal_service::Problem;
use borgerportal_service::mandates::Tx;
use borgerportal_service::people::name_of;
use borgerportal_service::sessions::{Limits, SignedIn};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What an errand gave, and who asked.
pub(crate) struct Mine<T> {
    pub(crate) view: View,
    /// The last log-in is recent enough to sign.
    pub(crate) fresh: bool,
    pub(crate) found: T,
}

/// Reads for the person who is signed in.
pub(crate) async fn read<T: Send + 'static>(
    web: &Web,
    visit: &Visit,
    errand: impl Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Clone + Send + 'static,
) -> Result<Mine<T>, Problem> {
    let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
    web.app.read_as(token, mine(web.app.limits, errand)).await
}

/// The same for what opens much: on the threads where nobody waits for a page.
pub(crate) async fn search<T: Send + 'static>(
    web: &Web,
    visit: &Visit,
    errand: impl Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Clone + Send + 'static,
) -> Result<Mine<T>, Problem> {
    let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
    web.app.search_as(token, mine(web.app.limits, errand)).await
}

/// The errand, and what the frame around its page shows.
fn mine<T>(
    limits: Limits,
    errand: impl Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Clone + Send + 'static,
) -> impl Fn(&Tx<'_>, &SignedIn) -> Result<Mine<T>, Problem> + Clone + Send + 'static {
    move |tx, who| {
        let view = View::without_journal(who, name_of(tx, who.caller.actor)?, &limits, tx.now());
        Ok(Mine { view, fresh: who.caller.is_fresh(tx.now()), found: errand(tx, who)? })
    }
}

/// Writes for the person who is signed in, once however often the form is sent: a form that may only be taken
/// once carries the name of its errand.
pub(crate) async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
    web: &Web,
    visit: &Visit,
    fields: &Fields,
    errand: impl Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Send + Sync + 'static,
) -> Result<T, Problem> {
    let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
    let (id, may_ask) = sent::form(web, visit, fields)?;
    web.app.write_as(token, (&visit.path, id), may_ask, errand).await
}

/// The page of what was read.
pub(crate) async fn page<T>(
    web: &Web,
    visit: &Visit,
    mine: Result<Mine<T>, Problem>,
    page: impl FnOnce(Frame<'_>, &Mine<T>) -> Response,
) -> Response {
    match mine {
        Ok(mine) => {
            // Help is the municipality's where one was chosen; nobody must choose one to ask for a mandate.
            let around = Surroundings::of(web, Some(&mine.view), mine.view.place(web), visit.lang);
            page(around.frame(Some(&mine.view), (visit.lang, Here::Mandates, &visit.path)), &mine)
        }
        Err(problem) => problem::answer(web, visit, problem).await,
    }
}

/// A name in an address; what is none is not there.
pub(crate) fn draft(text: &str) -> Result<DraftId, Problem> {
    DraftId::parse(text).map_err(|_| Problem::NotFound)
}

/// As above.
pub(crate) fn request(text: &str) -> Result<RequestId, Problem> {
    RequestId::parse(text).map_err(|_| Problem::NotFound)
}

/// As above.
pub(crate) fn mandate(text: &str) -> Result<MandateId, Problem> {
    MandateId::parse(text).map_err(|_| Problem::NotFound)
}
