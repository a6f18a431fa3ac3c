//! Mine fuldmagter: what one has given and received, twenty on a page, and what waits for an answer.

use super::ask::elsewhere;
use super::errand::{page, read};
use super::words::{asked_state, last_day_before, right, rights, state};
use crate::form::Fields;
use crate::pages::mandates::{Done, MandateRow, OverviewPage, RequestRow, Shown, State as Worth};
use crate::pages::paths;
use crate::portal::login::last;
use crate::render::page as render;
use crate::session::Visit;
use crate::site::Web;
use axum::extract::State;
use axum::response::Response;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_service::mandates::overview::{ON_A_PAGE, overview as load};
use borgerportal_service::mandates::{self as service};

/// `/fuldmagter[?side=givet|faaet][&fra=2][&gjort=…]`
pub(crate) async fn overview(State(web): State<Web>, visit: Visit) -> Response {
    let (lang, query) = (visit.lang, Fields::parse(visit.query.as_bytes()));
    let there = elsewhere(&web.app.municipalities);
    let number = query.get("fra").and_then(|number| number.parse().ok()).unwrap_or(1_usize).max(1);
    let mine = read(&web, &visit, move |tx, who| load(tx, who, lang, number - 1)).await;
    page(&web, &visit, mine, |frame, mine| {
        let all = &mine.found;
        let shown = side(&query, all);
        let (given, received) = all.counts;
        let (list, count) =
            if shown == Shown::Given { (&all.given, given) } else { (&all.received, received) };
        render(&OverviewPage {
            frame,
            shown,
            counts: (given.live, received.live),
            waiting: all.waiting.iter().map(|row| request(row, Worth::WaitsForYou)).collect(),
            asked: all.asked.iter().map(|row| request(row, asked_state(row.standing))).collect(),
            rows: list.iter().map(mandate).collect(),
            newer: (number > 1).then(|| number - 1),
            older: (count.all > number.saturating_mul(ON_A_PAGE)).then(|| number.saturating_add(1)),
            done: done(&query),
            elsewhere: there.as_deref(),
            portal: if last(&visit).is_some() { paths::WELCOME } else { paths::START },
        })
    })
    .await
}

/// The list that was asked for; else the one that has something in it.
fn side(query: &Fields, all: &service::Overview) -> Shown {
    let given = all.counts.0.all == 0 && all.waiting.is_empty();
    let received = all.counts.1.all > 0 || !all.asked.is_empty();
    match query.get("side") {
        Some("faaet") => Shown::Received,
        Some("givet") => Shown::Given,
        _ if given && received => Shown::Received,
        _ => Shown::Given,
    }
}

fn done(query: &Fields) -> Option<Done> {
    match query.get("gjort")? {
        "gemt" => Some(Done::Kept),
        "nej" => Some(Done::Declined),
        "trukket" => Some(Done::TakenBack),
        _ => None,
    }
}

fn request(row: &service::RequestRow, state: Worth) -> RequestRow {
    RequestRow {
        id: row.id,
        full: row.other.clone(),
        rights: rights(&row.rights),
        last_day: row.last_day,
        answer_by: last_day_before(row.answer_by),
        state,
    }
}

fn mandate(row: &service::MandateRow) -> MandateRow {
    MandateRow {
        id: row.id,
        full: row.other.clone(),
        rights: row.items.iter().map(|item| right(&item.right, true)).collect(),
        last_day: row.last_day,
        state: state(row.standing),
        since: row.ended_at.map(copenhagen_date),
        renewable: row.renewal_due && row.may_renew,
        stoppable: row.may_stop,
    }
}
