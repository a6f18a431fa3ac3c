//! The messages of a journal: the list, a thread, its files and its PDF, and the way to an answer.

mod draft;
mod files;
mod print;
mod show;

pub(crate) use draft::{begin, check, choose, department, drop, new, save, send, to_files, write};
pub(crate) use files::{add, files, remove};
pub(crate) use print::pdf;
pub(crate) use show::{mark, promise, with};

use super::errand::{self, asked};
use crate::download;
use crate::form::Fields;
use crate::pages::{Here, paths};
use crate::problem;
use crate::render::{go, page};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::messages::{Kind, Step};
use borgerportal_service::Problem;
use borgerportal_service::attachments::File;
use borgerportal_service::messages::{self as service, drafts};

/// A name in an address; what is none is not there.
fn item(text: &str) -> Result<ItemId, Problem> {
    ItemId::parse(text).map_err(|_| Problem::NotFound)
}

/// A name for an errand that is asked for by a form of this page.
fn errand_id(web: &Web) -> String {
    web.app.store.errand_id(web.app.clock.now()).map(|id| id.to_string()).unwrap_or_default()
}

/// `/p/{journal}/messages`
pub(crate) async fn list(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let fields = Fields::parse(visit.query.as_bytes());
    let number = fields.get("page").and_then(|page| page.parse().ok()).unwrap_or(0_usize).min(1_000);
    let answer = errand::read(&web, &visit, &journal, move |tx, places, who, journal| {
        service::list(tx, places, who, journal, number)
    });
    let dropped = fields.get("done") == Some("dropped");
    errand::page(&web, &visit, (Here::Messages, &visit.path), answer.await, |frame, answer| {
        page(&show::list(&web, frame, answer, (number, dropped)))
    })
    .await
}

/// `/p/{journal}/messages/{message}`
pub(crate) async fn thread(
    State(web): State<Web>,
    Path((journal, message)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let answer = opened(&web, &visit, &journal, &message).await;
    errand::page(&web, &visit, (Here::Messages, &visit.path), answer, |frame, answer| {
        page(&show::thread(&web, frame, answer, errand_id(&web)))
    })
    .await
}

async fn opened(
    web: &Web,
    visit: &Visit,
    journal: &str,
    message: &str,
) -> Result<errand::Answer<service::Opened>, Problem> {
    let message = item(message)?;
    errand::read(web, visit, journal, move |tx, places, who, journal| {
        service::thread(tx, places, who, (journal, message))
    })
    .await
}

/// `/p/{journal}/messages/{message}/receipt`
pub(crate) async fn receipt(
    State(web): State<Web>,
    Path((journal, message)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let answer = opened(&web, &visit, &journal, &message).await;
    let wanted = item(&message).ok();
    errand::page(&web, &visit, (Here::Messages, &visit.path), answer, |frame, answer| {
        match wanted.and_then(|id| show::receipt(&web, frame, answer, id)) {
            Some(receipt) => page(&receipt),
            None => go(&paths::messages(answer.journal)),
        }
    })
    .await
}

/// Begins an answer (POST).
pub(crate) async fn answer(
    State(web): State<Web>,
    Path((journal, message)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let begun = async {
        let (_, id) = asked(&visit, &journal)?;
        let answers = Some(item(&message)?);
        let wish = drafts::Wish { kind: Kind::Question, department: None, about: Vec::new(), answers };
        let begun = errand::write(
            &web,
            &visit,
            (&journal, "messages.answer"),
            &fields,
            move |tx, places, who, journal| drafts::begin(tx, places, who, journal, &wish),
        );
        Ok(paths::messages::step(id, begun.await?, Step::Write))
    };
    match begun.await {
        Ok(path) => go(&path),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// `/p/{journal}/messages/{message}/answer`: whoever comes back here after a log-in finds the thread.
pub(crate) async fn to_thread(Path((journal, message)): Path<(String, String)>) -> Response {
    match (journal.parse(), item(&message)) {
        (Ok(journal), Ok(message)) => go(&paths::messages::thread(journal, message)),
        _ => go(paths::PERSONS),
    }
}

/// `/p/{journal}/messages/{message}/files/{number}`
pub(crate) async fn file(
    State(web): State<Web>,
    Path((journal, message, number)): Path<(String, String, String)>,
    visit: Visit,
) -> Response {
    match file_of(&web, &visit, (&journal, &message, &number)).await {
        Ok(file) => download::send(file),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

async fn file_of(
    web: &Web,
    visit: &Visit,
    (journal, message, number): (&str, &str, &str),
) -> Result<File, Problem> {
    let (token, journal) = asked(visit, journal)?;
    let number = number.parse().map_err(|_| Problem::NotFound)?;
    service::file(&web.app, token, (journal, item(message)?), number).await
}
