//! One mandate, for its giver or its holder: what it covers, what has happened, its receipt, and stopping it.

use super::errand::{self, Mine, page, read, write};
use super::words::{first, right, state};
use crate::form::Fields;
use crate::pages::mandates::{Fault, Happened, ItemRow, MandatePage, ReceiptOf, ReceiptPage, Side, StopPage};
use crate::pages::{Frame, paths};
use crate::problem;
use crate::render::{go, page as render, page_with};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::ids::PackageVersionId;
use borgerportal_domain::mandates::{Origin, Party};
use borgerportal_domain::time::{copenhagen, copenhagen_date};
use borgerportal_i18n::Texts;
use borgerportal_service::Problem;
use borgerportal_service::mandates::show::{By, Happened as Event};
use borgerportal_service::mandates::{self as service, MandateView};

/// Reads a mandate of one's own.
pub(super) async fn load(web: &Web, visit: &Visit, id: &str) -> Result<Mine<MandateView>, Problem> {
    let (id, lang) = (errand::mandate(id)?, visit.lang);
    read(web, visit, move |tx, who| service::show(tx, who, id, lang)).await
}

const fn side(view: &MandateView) -> Side {
    match view.side {
        Party::Giver => Side::Giver,
        Party::Holder => Side::Holder,
    }
}

/// `/fuldmagter/{mandate}[?gjort=stoppet]`
pub(crate) async fn show(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    let mine = load(&web, &visit, &id).await;
    page(&web, &visit, mine, |frame, mine| {
        let (view, row) = (&mine.found, &mine.found.row);
        let item = |item: &service::ItemRow| ItemRow {
            right: right(&item.right, true),
            state: state(item.standing),
        };
        render(&MandatePage {
            id: row.id,
            side: side(view),
            full: row.other.clone(),
            first: first(&row.other),
            state: state(row.standing),
            decided: view.decided,
            from: row.first_day,
            last_day: row.last_day,
            items: row.items.iter().map(item).collect(),
            history: history(&frame, view),
            number: row.number.clone(),
            stoppable: row.may_stop,
            renewable: row.may_renew,
            stopped: visit.query == "gjort=stoppet" && row.items.iter().any(|one| one.ended_at.is_some()),
            frame,
        })
    })
    .await
}

/// What has happened, as whole sentences.
pub(super) fn history(frame: &Frame<'_>, view: &MandateView) -> Vec<Happened> {
    let happened =
        |event: &Event| Happened { day: copenhagen_date(event.at), words: sentence(frame, view, event) };
    let mut all: Vec<Happened> = view.history.iter().map(happened).collect();
    if state(view.row.standing) == crate::pages::mandates::State::Expired {
        let words = frame.say("history-expired").to_owned();
        all.insert(0, Happened { day: view.row.last_day, words });
    }
    all
}

fn sentence(frame: &Frame<'_>, view: &MandateView, event: &Event) -> String {
    let key = match event.event.as_str() {
        "signed" => match view.row.origin {
            Origin::Given => "history-given",
            Origin::Requested => "history-requested",
            Origin::Renewed => "history-renewed",
            Origin::Paper | Origin::FutureMandate | Origin::GeneralMandate => "history-paper",
        },
        "withdraw" | "renounce" => return who_stopped(frame, view, event),
        "suspend" => "history-suspended",
        "resume" | "successor_dropped" => "history-resumed",
        "successor_signed" => "history-successor",
        // Death, and what an authority or Borgerservice ended: that it ended is enough.
        _ => "history-ended",
    };
    frame.say(key).to_owned()
}

/// "Du stoppede: det hele."
fn who_stopped(frame: &Frame<'_>, view: &MandateView, event: &Event) -> String {
    let mine = matches!((event.by, view.side), (By::Giver, Party::Giver) | (By::Holder, Party::Holder));
    let key = if mine { "history-stopped-you" } else { "history-stopped" };
    let what = event.right.as_deref().unwrap_or_else(|| frame.say("history-everything"));
    frame.texts().with(key, &[("what", what.into()), ("full", (&view.row.other).into())])
}

/// `/fuldmagter/{mandate}/kvittering`: for the giver, who signed it.
pub(crate) async fn receipt(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    let mine = load(&web, &visit, &id).await;
    page(&web, &visit, mine, |frame, mine| {
        let (view, row) = (&mine.found, &mine.found.row);
        let of = match row.origin {
            Origin::Given => ReceiptOf::Gift(row.id),
            Origin::Requested => ReceiptOf::Approval(row.id),
            Origin::Renewed => ReceiptOf::Renewal(row.id),
            Origin::Paper | Origin::FutureMandate | Origin::GeneralMandate => {
                return go(&paths::mandates::mandate(row.id));
            }
        };
        let (Some(signed), Party::Giver) = (view.history.last(), view.side) else {
            return go(&paths::mandates::mandate(row.id));
        };
        let at = copenhagen(signed.at);
        render(&ReceiptPage {
            frame,
            of,
            number: row.number.clone(),
            full: row.other.clone(),
            first: first(&row.other),
            day: at.date(),
            time: at.time(),
            rights: row.items.iter().map(|item| right(&item.right, true)).collect(),
            last_day: row.last_day,
        })
    })
    .await
}

/// `/fuldmagter/{mandate}/stop`
pub(crate) async fn stop(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    show_stop(&web, &visit, &id, false).await
}

async fn show_stop(web: &Web, visit: &Visit, id: &str, error: bool) -> Response {
    let mine = load(web, visit, id).await;
    page(web, visit, mine, |frame, mine| {
        let (view, row) = (&mine.found, &mine.found.row);
        if !row.may_stop {
            return go(&paths::mandates::mandate(row.id));
        }
        let alone = row.items.iter().filter(|item| item.may_stop).map(|item| right(&item.right, true));
        let alone: Vec<_> = alone.collect();
        let faults = error.then(|| Fault { field: "alt", words: frame.say("stop-error").into() });
        let status = if error { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = StopPage {
            frame,
            id: row.id,
            side: side(view),
            first: first(&row.other),
            full: row.other.clone(),
            items: if view.side == Party::Giver && alone.len() > 1 { alone } else { Vec::new() },
            faults: faults.into_iter().collect(),
        };
        page_with(status, &page)
    })
    .await
}

/// Stops it, or one thing of it (POST): at once, without a fresh log-in.
pub(crate) async fn stopped(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let part = match fields.get("del") {
        Some("alt") => None,
        Some(code) => match PackageVersionId::parse(code) {
            Ok(version) => Some(version),
            Err(_) => return show_stop(&web, &visit, &id, true).await,
        },
        None => return show_stop(&web, &visit, &id, true).await,
    };
    let done = async {
        let id = errand::mandate(&id)?;
        write(&web, &visit, &fields, move |tx, who| service::stop(tx, who, id, part)).await
    };
    match done.await {
        Ok(_) => go(&format!("/fuldmagter/{id}?gjort=stoppet")),
        // Pressed twice, or the other was first: its page says that it is stopped.
        Err(Problem::Denied("mandates.already_over")) => go(&format!("/fuldmagter/{id}")),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// The words of a state, for paper.
pub(super) fn state_words(texts: &'static Texts, view: &MandateView) -> &'static str {
    texts.get(state(view.row.standing).key())
}
