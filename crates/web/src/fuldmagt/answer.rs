//! A request, for the one who is asked: looking, seeing what the helper would see, and the three answers. No is
//! said at once; a yes goes on to the page where one signs.

use super::errand::{self, Mine, page, read, search, write};
use super::last_day::{Answered, again, answered, shown};
use super::steps::{bad_day, late, no_day};
use super::words::{first, last_day_before, right, rights};
use crate::form::Fields;
use crate::pages::mandates::{AnswerPage, Closed, ClosedPage, Fault, LastDay, PartPage, SeePage, Seen};
use crate::pages::{Frame, paths};
use crate::problem;
use crate::render::{go, page as render, page_with};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::ids::RequestId;
use borgerportal_domain::mandates::{Channel, RequestStanding, RightAccess};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_i18n::Texts;
use borgerportal_service::Problem;
use borgerportal_service::mandates::Right;
use borgerportal_service::mandates::requests::{self, AnswerView};
use borgerportal_service::preview::see_as_helper;
use std::fmt::Write as _;

async fn load(web: &Web, visit: &Visit, id: &str) -> Result<Mine<AnswerView>, Problem> {
    let (id, lang) = (errand::request(id)?, visit.lang);
    read(web, visit, move |tx, who| requests::show(tx, who, id, lang)).await
}

/// `/fuldmagter/anmodning/{request}`
pub(crate) async fn show(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    show_answer(&web, &visit, &id, false).await
}

async fn show_answer(web: &Web, visit: &Visit, id: &str, error: bool) -> Response {
    let mine = load(web, visit, id).await;
    page(web, visit, mine, |frame, mine| {
        let (view, row) = (&mine.found, &mine.found.request);
        if let Some(closed) = closed(view) {
            return closed_page(frame, view, closed);
        }
        let status = if error { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = AnswerPage {
            frame,
            id: row.id,
            full: row.other.clone(),
            first: first(&row.other),
            gets: rights(&row.rights),
            gets_not: rights(&view.not_asked),
            last_day: row.last_day,
            answer_by: last_day_before(row.answer_by),
            error,
        };
        page_with(status, &page)
    })
    .await
}

/// What became of it, once it cannot be answered.
fn closed(view: &AnswerView) -> Option<Closed> {
    match view.request.standing {
        RequestStanding::Waiting => view.closed.map(|_| Closed::Ended),
        RequestStanding::ToRegister => Some(Closed::Registering),
        RequestStanding::Approved => Some(Closed::Approved),
        RequestStanding::Declined => Some(Closed::Declined),
        RequestStanding::Withdrawn => Some(Closed::TakenBack),
        RequestStanding::Lapsed => Some(Closed::Lapsed),
        RequestStanding::Annulled => Some(Closed::Ended),
    }
}

fn closed_page(frame: Frame<'_>, view: &AnswerView, why: Closed) -> Response {
    let full = view.request.other.clone();
    render(&ClosedPage { frame, why, first: first(&full), full })
}

/// The answer (POST).
pub(crate) async fn answer(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    match fields.get("svar") {
        Some("ja") => go(&format!("/fuldmagter/anmodning/{id}/underskriv")),
        Some("noget") => go(&format!("/fuldmagter/anmodning/{id}/noget")),
        Some("nej") => decline(&web, &visit, &fields, &id).await,
        _ => show_answer(&web, &visit, &id, true).await,
    }
}

async fn decline(web: &Web, visit: &Visit, fields: &Fields, id: &str) -> Response {
    let declined = async {
        let id = errand::request(id)?;
        write(web, visit, fields, move |tx, who| requests::decline(tx, who, id)).await
    };
    match declined.await {
        Ok(()) => go("/fuldmagter?side=givet&gjort=nej"),
        // Pressed twice, or taken back meanwhile: its page says what became of it.
        Err(Problem::Denied(_)) => go(&format!("/fuldmagter/anmodning/{id}")),
        Err(problem) => problem::answer(web, visit, problem).await,
    }
}

/// `/fuldmagter/anmodning/{request}/forhaandsvisning`
pub(crate) async fn see(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    let lang = visit.lang;
    let places = web.app.municipalities.clone();
    let mine = async {
        let id = errand::request(&id)?;
        search(&web, &visit, move |tx, who| see_as_helper(tx, &places, who, id, lang)).await
    };
    let mine = mine.await;
    page(&web, &visit, mine, |frame: Frame<'_>, mine| {
        let (view, seen) = &mine.found;
        let seen = seen.iter().map(|documents| Seen {
            area: frame.say("see-documents").to_owned(),
            count: documents.count,
            newest: documents.newest.iter().map(|head| (head.title.clone(), head.dated)).collect(),
        });
        render(&SeePage {
            id: view.request.id,
            first: first(&view.request.other),
            seen: seen.collect(),
            unseen: unseen(view),
            frame,
        })
    })
    .await
}

/// What is not asked for, by what it is about.
fn unseen(view: &AnswerView) -> Vec<String> {
    let read = |right: &&Right| right.access == RightAccess::Read && right.channel == Channel::SelfService;
    let mut titles: Vec<String> =
        view.not_asked.iter().filter(read).map(|right| right.title.clone()).collect();
    titles.dedup();
    titles
}

/// `/fuldmagter/anmodning/{request}/noget`
pub(crate) async fn part(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    show_part(&web, &visit, &id, None, Vec::new()).await
}

async fn show_part(
    web: &Web,
    visit: &Visit,
    id: &str,
    sent: Option<&Fields>,
    faults: Vec<Fault>,
) -> Response {
    let today = copenhagen_date(web.app.clock.now());
    let mine = load(web, visit, id).await;
    page(web, visit, mine, |frame, mine| {
        let (view, row) = (&mine.found, &mine.found.request);
        if let Some(closed) = closed(view) {
            return closed_page(frame, view, closed);
        }
        let ticked = |code: String| sent.is_none_or(|fields| fields.all("valg").any(|one| one == code));
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let page = PartPage {
            id: row.id,
            first: first(&row.other),
            rights: row.rights.iter().map(|one| right(one, ticked(one.version.to_string()))).collect(),
            until: until(view, today, sent),
            faults: faults.into_iter().map(|fault| late(fault, &frame, &view.periods)).collect(),
            frame,
        };
        page_with(status, &page)
    })
    .await
}

/// Shorter times beside the one that was asked for, which is a choice of its own.
fn until(view: &AnswerView, today: Date, sent: Option<&Fields>) -> LastDay {
    let mut until = match sent {
        Some(fields) => again(&view.periods, today, fields),
        None => LastDay { chosen: "asked".to_owned(), ..shown(&view.periods, today, None) },
    };
    until.fixed.retain(|day| *day < view.request.last_day);
    until
}

/// The part one says yes to (POST): goes on to the page where it is signed. Nothing is kept before that.
pub(crate) async fn save_part(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let view = match load(&web, &visit, &id).await {
        Ok(mine) => mine.found,
        Err(problem) => return problem::answer(&web, &visit, problem).await,
    };
    let texts = Texts::of(visit.lang);
    let places: Vec<String> = places(&view, &fields);
    let mut faults = Vec::new();
    if places.is_empty() {
        faults.push(Fault { field: "valg", words: texts.get("rights-error-give").into() });
    }
    let answer = answered(&fields, Some(view.request.last_day));
    faults.extend(no_day(texts, &answer));
    let Answered::Day(day) = answer else {
        return show_part(&web, &visit, &id, Some(&fields), faults).await;
    };
    if day > view.request.last_day {
        faults.push(bad_day(&visit, "mandates.request.wider"));
    } else if day < copenhagen_date(web.app.clock.now()) {
        faults.push(bad_day(&visit, "mandates.draft.ends_too_early"));
    }
    if !faults.is_empty() {
        return show_part(&web, &visit, &id, Some(&fields), faults).await;
    }
    go(&to_sign(view.request.id, &places, day))
}

/// Which of what was asked for: short places instead of long names, so that the address can be come back to.
fn places(view: &AnswerView, fields: &Fields) -> Vec<String> {
    let sent: Vec<&str> = fields.all("valg").collect();
    let rights = view.request.rights.iter().enumerate();
    rights
        .filter(|(_, right)| sent.contains(&right.version.to_string().as_str()))
        .map(|(at, _)| at.to_string())
        .collect()
}

fn to_sign(id: RequestId, places: &[String], day: Date) -> String {
    let mut path = paths::mandates::request(id);
    // Writing into a String cannot fail.
    let _ = write!(path, "/underskriv?valg={}&sidste={day}", places.join("-"));
    path
}
