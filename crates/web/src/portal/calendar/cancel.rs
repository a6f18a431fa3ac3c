//! Calling a visit off, what was done, and taking it back. Every answer is an errand of `service`, which decides anew.

use super::show::{call, who};
use super::week::{errand_id, load};
use super::{NotTaken, not_taken, write};
use crate::form::Fields;
use crate::pages::calendar::{Again, CancelPage, ReceiptPage, Told};
use crate::pages::{Here, paths};
use crate::portal::errand;
use crate::render::{go, page, page_with};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::calendar::Act;
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::outgoing::State as Sent;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::Lang;
use borgerportal_service::Problem;
use borgerportal_service::calendar::{self as service, By, CalledOff, Form, NOTE_MAX, Row, what};

/// `/p/{journal}/calendar/visits/{item}/cancellation`
pub(crate) async fn ask(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    show(&web, &visit, (&journal, &item), None).await
}

/// The question; `sent` is a form whose note is too long, shown again with all that was answered.
async fn show(web: &Web, visit: &Visit, (journal, item): (&str, &str), sent: Option<&Fields>) -> Response {
    let answer = load(web, visit, journal, item).await;
    let path = answer
        .as_ref()
        .map(|answer| paths::calendar::cancellation(answer.journal, answer.found.row.id))
        .unwrap_or_default();
    errand::page(web, visit, (Here::Calendar, &path), answer, |frame, answer| {
        let (row, settings) = (&answer.found.row, answer.view.place(web));
        let Act::Cancel(until) = row.look.act else {
            return go(&paths::calendar::visit_tried(answer.journal, row.id));
        };
        let ticked = |row: &Row| sent.is_some_and(|sent| sent.all("also").any(|id| id == row.id.to_string()));
        let again = |row: &Row| Again { id: row.id, slot: row.visit.slot, ticked: ticked(row) };
        let own_words = settings.map_or("", |settings| match visit.lang {
            Lang::Da => &settings.da.cancelling,
            Lang::En => &settings.en.cancelling,
        });
        let status = if sent.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let sent_id = sent.and_then(|sent| sent.get("id")).map(str::to_owned);
        let page = CancelPage {
            journal: answer.journal,
            id: row.id,
            slot: row.visit.slot,
            what: what(row, visit.lang),
            who: who(row),
            place: row.visit.place.clone(),
            until,
            own_words,
            series: answer.found.series.iter().map(again).collect(),
            note: sent.and_then(|sent| sent.get("note")).unwrap_or_default().to_owned(),
            most: u32::try_from(NOTE_MAX).unwrap_or(u32::MAX),
            too_long: sent.is_some(),
            errand: sent_id.unwrap_or_else(|| errand_id(web)),
            call: call(&frame, settings),
            frame,
        };
        page_with(status, &page)
    })
    .await
}

/// Calls it off (POST).
pub(crate) async fn cancel(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    // A browser counts the end of a line as one letter, and sends two.
    let note = fields.get("note").unwrap_or_default().replace("\r\n", "\n").trim().to_owned();
    if note.chars().count() > NOTE_MAX {
        return show(&web, &visit, (&journal, &item), Some(&fields)).await;
    }
    let done = async {
        let id = ItemId::parse(&item).map_err(|_| Problem::NotFound)?;
        let also = fields.all("also").filter_map(|id| ItemId::parse(id).ok()).collect();
        let form = Form { visit: id, also, note };
        write(&web, &visit, (&journal, "cancel a visit", &fields), move |tx, places, who, journal| {
            service::cancel(tx, places, who, journal, &form)
        })
        .await
    };
    match done.await {
        Ok(_) => to(&journal, &item, paths::calendar::receipt),
        // Somebody was first, or the deadline passed meanwhile: its page says what became of it.
        Err(NotTaken::Problem(Problem::Denied(_))) => to(&journal, &item, paths::calendar::visit_tried),
        Err(why) => not_taken(&web, &visit, why).await,
    }
}

/// Takes it back (POST).
pub(crate) async fn undo(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let done = async {
        let id = ItemId::parse(&item).map_err(|_| Problem::NotFound)?;
        write(&web, &visit, (&journal, "undo a cancellation", &fields), move |tx, places, who, journal| {
            service::undo(tx, places, who, (journal, id))
        })
        .await
    };
    match done.await {
        Ok(()) => to(&journal, &item, paths::calendar::receipt),
        Err(NotTaken::Problem(Problem::Denied(_))) => to(&journal, &item, paths::calendar::visit),
        Err(why) => not_taken(&web, &visit, why).await,
    }
}

/// On to a page of the visit, whose names were read already.
fn to(journal: &str, item: &str, path: fn(JournalId, ItemId) -> String) -> Response {
    match (JournalId::parse(journal), ItemId::parse(item)) {
        (Ok(journal), Ok(item)) => go(&path(journal, item)),
        _ => go(paths::PERSONS),
    }
}

/// `/p/{journal}/calendar/visits/{item}/receipt`
pub(crate) async fn receipt(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let answer = load(&web, &visit, &journal, &item).await;
    let errand = errand_id(&web);
    errand::page(&web, &visit, (Here::Calendar, &visit.path), answer, |frame, answer| {
        let row = &answer.found.row;
        let Some(done) = row.cancelled.as_ref() else {
            return go(&paths::calendar::visit(answer.journal, row.id));
        };
        let deed = Deed::of(done);
        let together = answer.found.together.iter().filter(|_| done.undone.is_none());
        let undo_until = match row.look.act {
            Act::Undo(until) if answer.found.may_act => Some(until),
            Act::Cancel(_) | Act::Undo(_) | Act::TooLate(_) | Act::ByPhone | Act::Nothing => None,
        };
        page(&ReceiptPage {
            journal: answer.journal,
            id: row.id,
            what: what(row, visit.lang),
            slots: std::iter::once(row).chain(together).map(|row| row.visit.slot).collect(),
            undone: done.undone.is_some(),
            by: deed.by,
            at: deed.at,
            number: deed.number,
            note: done.note.clone(),
            told: deed.told,
            undo_until,
            errand,
            today: copenhagen_date(web.app.clock.now()),
            call: call(&frame, answer.view.place(&web)),
            frame,
        })
    })
    .await
}

/// What was done last.
struct Deed {
    by: String,
    at: borgerportal_domain::Timestamp,
    number: String,
    told: Told,
}

impl Deed {
    fn of(done: &CalledOff) -> Self {
        let (by, at, number, told) = match &done.undone {
            Some(back) => (&back.by, back.at, &back.number, back.told),
            None => (&done.by, done.at, &done.number, done.told),
        };
        let by = match by {
            By::Me => String::new(),
            By::Other(name) => name.clone(),
        };
        let told = match told {
            Sent::Waiting => Told::Waiting,
            Sent::Delivered => Told::Arrived,
            Sent::Refused | Sent::GivenUp => Told::Failed,
        };
        Self { by, at, number: number.clone(), told }
    }
}
