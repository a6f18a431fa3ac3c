//! The days of the calendar, and one visit.

use super::show::{Saying, call, who};
use crate::form::Fields;
use crate::pages::calendar::{CalendarPage, Card, DayOf, View, VisitPage, WasThere, words};
use crate::pages::{Frame, Here};
use crate::portal::errand::{self, Answer};
use crate::render::page;
use crate::session::Visit;
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::calendar::{Act, CancelRefusal, Standing, monday_of};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::time::{Date, copenhagen_date, days_after};
use borgerportal_service::Problem;
use borgerportal_service::calendar::{self as service, By, Days, One, Part, Row};
use std::collections::BTreeMap;

/// How far ahead the list looks.
const WEEKS: u32 = 8;
/// How far back it looks.
const PAST_DAYS: i64 = 92;
/// Visits on a page of the list; whole days.
const ON_A_PAGE: usize = 20;

/// `/p/{journal}/calendar[?day=2026-11-24]`
pub(crate) async fn week(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    days(&web, &visit, &journal, View::Week).await
}

/// `/p/{journal}/calendar/day[?day=2026-11-24]`
pub(crate) async fn day(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    days(&web, &visit, &journal, View::Day).await
}

/// `/p/{journal}/calendar/list[?past=1][&day=2026-11-24]`
pub(crate) async fn list(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let past = Fields::parse(visit.query.as_bytes()).get("past") == Some("1");
    days(&web, &visit, &journal, if past { View::Past } else { View::Coming }).await
}

/// The first and the last day of a view, and how much of them is shown at once.
fn reach(view: View, anchor: Date, today: Date) -> (Date, Date, Part) {
    match view {
        View::Week => (monday_of(anchor), days_after(monday_of(anchor), 6), Part::All),
        View::Day => (anchor, anchor, Part::All),
        View::Coming => {
            let first = anchor.max(today);
            (first, days_after(first, i64::from(WEEKS) * 7), Part::First(ON_A_PAGE))
        }
        View::Past => (days_after(today, -PAST_DAYS), anchor.min(today), Part::Last(ON_A_PAGE)),
    }
}

async fn days(web: &Web, visit: &Visit, journal: &str, view: View) -> Response {
    let today = copenhagen_date(web.app.clock.now());
    let asked = Fields::parse(visit.query.as_bytes());
    let anchor = asked.get("day").and_then(|day| day.parse().ok()).unwrap_or(today);
    let reach = reach(view, anchor, today);
    let answer = errand::read(web, visit, journal, move |tx, places, who, journal| {
        service::days(tx, places, who, journal, reach)
    });
    errand::page(web, visit, (Here::Calendar, &visit.path), answer.await, |frame, answer| {
        let settings = answer.view.place(web);
        let visits = settings.map(|settings| settings.visits.clone()).unwrap_or_default();
        page(&CalendarPage {
            journal: answer.journal,
            view,
            anchor,
            today,
            days: shown(&frame, &answer.found, (view, reach), today),
            rule_days: visits.usual().days.number(),
            may_move: visits.may_move_minutes,
            may_act: answer.found.may_act,
            call: call(&frame, settings),
            weeks: WEEKS,
            more: answer.found.more,
            frame,
        })
    })
    .await
}

/// The days with their cards. A week and a day have every day; the lists those with visits.
fn shown(
    frame: &Frame<'_>,
    found: &Days,
    (view, (first, last, _)): (View, (Date, Date, Part)),
    today: Date,
) -> Vec<DayOf> {
    let saying = Saying { frame, today, may_act: found.may_act };
    let mut days: BTreeMap<Date, Vec<Card>> = BTreeMap::new();
    if matches!(view, View::Week | View::Day) {
        let count = last.since(first).map_or(0, |span| i64::from(span.get_days()));
        days.extend((0..=count).map(|more| (days_after(first, more), Vec::new())));
    }
    for row in &found.rows {
        let date = row.visit.slot.day();
        let over = row.look.standing != Standing::Coming || date < today;
        if (first..=last).contains(&date) && (view != View::Past || over) {
            days.entry(date).or_default().push(saying.card(row));
        }
    }
    let days = days.into_iter().map(|(date, cards)| DayOf { date, cards });
    if view == View::Past { days.rev().collect() } else { days.collect() }
}

/// `/p/{journal}/calendar/visits/{item}[?tried=1]`
pub(crate) async fn visit(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let tried = Fields::parse(visit.query.as_bytes()).get("tried") == Some("1");
    let answer = load(&web, &visit, &journal, &item).await;
    let errand = errand_id(&web);
    errand::page(&web, &visit, (Here::Calendar, &visit.path), answer, |frame, answer| {
        let (row, today) = (&answer.found.row, copenhagen_date(web.app.clock.now()));
        let card = Saying { frame: &frame, today, may_act: answer.found.may_act }.card(row);
        let until = match row.look.act {
            Act::Cancel(until) | Act::Undo(until) => Some(until),
            Act::TooLate(_) | Act::ByPhone | Act::Nothing => None,
        };
        page(&VisitPage {
            journal: answer.journal,
            card,
            slot: row.visit.slot,
            today,
            who: who(row),
            place: row.visit.place.clone(),
            reason: row.visit.reason.clone(),
            deadline: until.map(|until| {
                let (day, clock) = words::until(frame.lang, until);
                let day = words::day(frame.lang, day);
                frame
                    .texts()
                    .with("visit-deadline-line", &[("day", (&day).into()), ("clock", (&clock).into())])
            }),
            tried: if tried { was_there(&frame, row) } else { None },
            errand,
            call: call(&frame, answer.view.place(&web)),
            frame,
        })
    })
    .await
}

/// Reads one visit.
pub(super) async fn load(
    web: &Web,
    visit: &Visit,
    journal: &str,
    item: &str,
) -> Result<Answer<One>, Problem> {
    let item = ItemId::parse(item).map_err(|_| Problem::NotFound)?;
    errand::read(web, visit, journal, move |tx, places, who, journal| {
        service::visit(tx, places, who, (journal, item))
    })
    .await
}

/// A name for a form, so that it is taken once. Without one it is taken as often as it is sent.
pub(super) fn errand_id(web: &Web) -> String {
    web.app.store.errand_id(web.app.clock.now()).map(|id| id.to_string()).unwrap_or_default()
}

/// Why somebody stands here who wanted to call a visit off; nothing when they may after all.
fn was_there(frame: &Frame<'_>, row: &Row) -> Option<WasThere> {
    let no = row.look.cancel().err()?;
    let closed = |no: CancelRefusal| frame.texts().of_code(no.code()).map(WasThere::Closed);
    if row.look.standing == Standing::CancelledThere {
        return Some(WasThere::Municipality);
    }
    match (no, row.cancelled.as_ref().map(|cancelled| &cancelled.by)) {
        (CancelRefusal::AlreadyCancelled, Some(By::Me)) => Some(WasThere::Me),
        (CancelRefusal::AlreadyCancelled, Some(By::Other(name))) => Some(WasThere::Other(name.clone())),
        _ => closed(no),
    }
}
