//! What a person reads when something was not done: one mapping from a [`Problem`] to a page. Not allowed to
//! know and not there are one page; known but not now says why; our fault has a number to tell support.

use crate::closed;
use crate::form::own_path;
use crate::pages::mandates::Way;
use crate::pages::{DeadEnd, DeadEndPage, Here, StepUpPage, StepUpReason, paths};
use crate::render::{go, page, page_with};
use crate::session::visit::Surroundings;
use crate::session::{View, Visit, cookies};
use crate::site::Web;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use borgerportal_domain::access::{Refusal, RefusalCode};
use borgerportal_service::sessions::{NotIn, peek};
use borgerportal_service::{Problem, people};

/// The page for a problem of a signed-in person.
pub(crate) async fn answer(web: &Web, visit: &Visit, problem: Problem) -> Response {
    let problem = if problem.is_busy() { Problem::Away("store") } else { problem };
    match problem {
        Problem::NoSession => no_session(visit),
        Problem::NotFound => dead_end(web, visit, StatusCode::NOT_FOUND, DeadEnd::NotFound).await,
        Problem::Refused(refusal, name) => refused(web, visit, &refusal, &name).await,
        // Pages with fields say so at the field; what comes here has changed since the page was shown.
        Problem::Denied(code) => dead_end(web, visit, StatusCode::CONFLICT, DeadEnd::Denied { code }).await,
        Problem::Stale => {
            let again = own_path(&visit.path).unwrap_or(paths::PERSONS);
            dead_end(web, visit, StatusCode::CONFLICT, DeadEnd::StaleForm { again }).await
        }
        Problem::AskRegister | Problem::Away(_) => {
            let again = own_path(&visit.path).unwrap_or(paths::PERSONS);
            dead_end(web, visit, StatusCode::SERVICE_UNAVAILABLE, DeadEnd::Unavailable { again }).await
        }
        Problem::Broken(error) => {
            let number = number(web);
            tracing::error!(number, %error, "an errand broke");
            dead_end(web, visit, StatusCode::INTERNAL_SERVER_ERROR, DeadEnd::Failed { number: &number }).await
        }
    }
}

/// A number that stands on the page and in the log, and says nothing else.
fn number(web: &Web) -> String {
    let bytes: [u8; 4] = web.app.random().unwrap_or_default();
    format!("{:08}", u32::from_be_bytes(bytes) % 100_000_000)
}

#[expect(clippy::wildcard_enum_match_arm, reason = "every other reason has its own sentence on one page")]
async fn refused(web: &Web, visit: &Visit, refusal: &Refusal, name: &str) -> Response {
    if refusal.kind() == RefusalCode::SourceNotUsed && visit.is_mandates() {
        // The first page of asking and giving says where they are done instead.
        return go(paths::mandates::begin(Way::Ask));
    }
    let what = match refusal.kind() {
        RefusalCode::JournalInactive => return closed::page(web, visit, StatusCode::FORBIDDEN).await,
        RefusalCode::TooYoung => DeadEnd::TooYoung,
        RefusalCode::LevelTooLow => DeadEnd::LevelTooLow { again: paths::START },
        RefusalCode::FreshLoginNeeded => return step_up(web, visit).await,
        RefusalCode::ClaimOver => {
            let again = paths::step_up(&visit.path);
            return dead_end(web, visit, StatusCode::FORBIDDEN, DeadEnd::ClaimOver { name, again: &again })
                .await;
        }
        why => DeadEnd::Refused { why, name, day: refusal.day() },
    };
    dead_end(web, visit, StatusCode::FORBIDDEN, what).await
}

/// The page that explains a fresh log-in and comes back here.
pub(crate) async fn step_up(web: &Web, visit: &Visit) -> Response {
    let view = known(web, visit).await;
    let settings = view.as_ref().and_then(|view| view.place(web));
    let around = Surroundings::of(web, view.as_ref(), settings, visit.lang);
    let start = paths::step_up(&visit.path);
    let frame = around.frame(view.as_ref(), (visit.lang, here(visit), &visit.path));
    let cancel = if visit.is_mandates() { paths::mandates::MANDATES } else { paths::PERSONS };
    page(&StepUpPage { frame, reason: StepUpReason::Mandate, start: &start, cancel })
}

/// A page where the way ends, in the frame of whoever is signed in.
pub(crate) async fn dead_end(web: &Web, visit: &Visit, status: StatusCode, what: DeadEnd<'_>) -> Response {
    let view = known(web, visit).await;
    let settings = view.as_ref().and_then(|view| view.place(web));
    let around = Surroundings::of(web, view.as_ref(), settings, visit.lang);
    let frame = around.frame(view.as_ref(), (visit.lang, here(visit), &visit.path));
    page_with(status, &DeadEndPage { frame, what })
}

/// Which part of the site the page belongs to: the way on leads back there.
pub(crate) fn here(visit: &Visit) -> Here {
    if visit.is_mandates() { Here::Mandates } else { Here::Elsewhere }
}

/// Who is signed in, for the frame. The same questions are asked whatever the problem was.
pub(crate) async fn known(web: &Web, visit: &Visit) -> Option<View> {
    let (hash, limits) = (visit.token.as_ref()?.hash(), web.app.limits);
    let view = web.app.read(move |tx| {
        let who = peek(tx, &hash, &limits)?;
        let name = people::name_of(tx, who.caller.actor)?;
        Ok(View::without_journal(&who, name, &limits, tx.now()))
    });
    view.await.ok()
}

/// Nobody is signed in: to the page that says so, which knows the way back.
fn no_session(visit: &Visit) -> Response {
    let ended = visit.token.is_some();
    let mut response = match own_path(&visit.path).filter(|_| ended) {
        Some(path) => go(&format!("{}?back={}", paths::SESSION_ENDED, paths::in_query(path))),
        // Whoever comes from a message logs in, and comes to what the message is about.
        None if visit.is_mandates() => {
            go(&format!("{}?til={}", paths::mandates::LOG_IN, paths::in_query(&visit.path)))
        }
        None => go(paths::START),
    };
    if ended {
        cookies::forget(response.headers_mut(), cookies::SESSION);
    }
    response
}

/// The page for a log-in that did not come about.
pub(crate) async fn not_in(web: &Web, visit: &Visit, again: &str, error: NotIn) -> Response {
    match error {
        NotIn::Problem(problem) => answer(web, visit, problem).await,
        NotIn::Unknown | NotIn::AnotherPerson => {
            dead_end(web, visit, StatusCode::BAD_REQUEST, DeadEnd::StaleForm { again }).await
        }
        NotIn::Login(error) => {
            tracing::info!(code = error.code(), "a log-in did not come about");
            let (status, what) = match error.sentence() {
                "login.cancelled" => (StatusCode::OK, DeadEnd::MitIdCancelled { again }),
                "login.away" => (StatusCode::SERVICE_UNAVAILABLE, DeadEnd::MitIdAway { again }),
                "login.level.low" => (StatusCode::FORBIDDEN, DeadEnd::LevelTooLow { again }),
                _ => (StatusCode::BAD_REQUEST, DeadEnd::StaleForm { again }),
            };
            dead_end(web, visit, status, what).await
        }
    }
}

/// Where even the page could not be made.
pub(crate) fn last_resort(error: &askama::Error) -> Response {
    tracing::error!(%error, "a page could not be made");
    let text = [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))];
    (StatusCode::INTERNAL_SERVER_ERROR, text, "Der skete en fejl. Prøv igen om lidt.").into_response()
}
