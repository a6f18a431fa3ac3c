//! The documents of a journal: list, search, one document, its file.

mod show;

pub(crate) use show::row;

use super::errand::{self, Answer, asked};
use crate::cursor;
use crate::download::send;
use crate::form::Fields;
use crate::pages::{self, Found, Here, Period, SearchError, paths};
use crate::problem;
use crate::render::{page, page_with};
use crate::session::{View, Visit, csrf};
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::Area;
use borgerportal_domain::search_text::Query;
use borgerportal_domain::time::{Timestamp, copenhagen_date, copenhagen_midnight};
use borgerportal_service::Problem;
use borgerportal_service::attachments::File;
use borgerportal_service::documents::{self, Filter, HITS, Hits};
use std::ops::Range;

/// The longest search.
const WORDS_MAX: usize = 100;

/// The filter as the page shows it, and as the errand takes it. Unknown codes are left out.
fn filter(fields: &Fields, now: Timestamp) -> (pages::Filter, Filter) {
    let kinds: Vec<DocumentType> = fields.all("type").filter_map(DocumentType::from_code).collect();
    let areas: Vec<Area> = fields.all("area").filter_map(Area::from_code).collect();
    let period = fields.get("period").and_then(Period::from_code).unwrap_or_default();
    let unread = fields.get("unread") == Some("1");
    let since = period.months().and_then(|months| {
        let today = copenhagen_date(now);
        today.checked_sub(jiff::Span::new().months(months)).ok().map(copenhagen_midnight)
    });
    let shown = pages::Filter {
        kinds: DocumentType::ALL.iter().map(|kind| choice(*kind, kinds.contains(kind))).collect(),
        areas: Area::ALL.iter().map(|area| choice(*area, areas.contains(area))).collect(),
        period,
        unread,
    };
    (shown, Filter { kinds, areas, since, unread })
}

const fn choice<T: Copy>(value: T, chosen: bool) -> pages::Choice<T> {
    pages::Choice { value, count: None, chosen }
}

/// `/p/{journal}/documents`
pub(crate) async fn list(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let fields = Fields::parse(visit.query.as_bytes());
    let (shown, wanted) = filter(&fields, web.app.clock.now());
    let at = cursor::read(fields.get("cursor"));
    let answer = errand::read(&web, &visit, &journal, move |tx, places, who, journal| {
        documents::list(tx, places, who, journal, (&wanted, at))
    });
    errand::page(&web, &visit, (Here::Documents, &visit.path), answer.await, |frame, answer| {
        let list = &answer.found;
        let shown = match &list.met {
            Some(met) => shown.only(&met.kinds, &met.areas),
            None => shown,
        };
        let edge = |row: Option<&documents::Row>, write: fn(documents::Place) -> String| {
            row.map(|row| write(row.place)).unwrap_or_default()
        };
        let newer = list.newer.then(|| edge(list.rows.first(), cursor::before));
        let older = list.older.then(|| edge(list.rows.last(), cursor::after));
        let paging = pages::Paging { newer: newer.as_deref(), older: older.as_deref() };
        page(&show::list(frame, answer.journal, &list.rows, shown, paging, &web.site.fmk_url))
    })
    .await
}

/// `POST /p/{journal}/documents/search`: words never stand in an address.
pub(crate) async fn search(
    State(web): State<Web>,
    Path(journal): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let typed = fields.get("q").map(str::trim).unwrap_or_default().to_owned();
    let query = Query::parse(&typed);
    let error = match typed.chars().count() {
        count if count > WORDS_MAX => Some(SearchError::TooLong),
        _ if query.is_empty() => Some(SearchError::Empty),
        _ => None,
    };
    let from = fields.get("cursor").and_then(|word| word.parse().ok()).unwrap_or(0_usize).min(5_000);
    let window = if error.is_some() { 0..0 } else { from..from + HITS };
    let (shown, wanted) = filter(&fields, web.app.clock.now());
    let answer = find(&web, &visit, &journal, (query, wanted, window), fields.get("csrf")).await;
    let path = answer.as_ref().map(|answer| paths::documents(answer.journal)).unwrap_or_default();
    errand::page(&web, &visit, (Here::Documents, &path), answer, |frame, answer| {
        let hits = &answer.found;
        let total = u32::try_from(hits.total).unwrap_or(u32::MAX);
        let newer = (from > 0).then(|| from.saturating_sub(HITS).to_string());
        let older = (from + HITS < hits.total).then(|| (from + HITS).to_string());
        let paging = pages::Paging { newer: newer.as_deref(), older: older.as_deref() };
        let mut page = show::list(frame, answer.journal, &hits.rows, shown, paging, &web.site.fmk_url);
        page.search = Some(Found { query: &typed, total, error });
        show::highlight(&mut page, &hits.rows, &Query::parse(&typed));
        page_with(if error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &page)
    })
    .await
}

/// Searches, after the form was found to be ours. A wrong search finds nothing but is still asked and logged.
async fn find(
    web: &Web,
    visit: &Visit,
    journal: &str,
    (query, filter, window): (Query, Filter, Range<usize>),
    field: Option<&str>,
) -> Result<Answer<Hits>, Problem> {
    let (token, journal) = asked(visit, journal)?;
    let here = csrf::is_from_here(&visit.headers, &web.site.public_url);
    let (places, limits, lang) = (web.app.municipalities.clone(), web.app.limits, visit.lang);
    let field = field.map(str::to_owned);
    web.app
        .search_as(token, move |tx, who| {
            if !here || !field.as_deref().is_some_and(|field| csrf::fits(field, &who.session.csrf)) {
                return Err(Problem::Stale);
            }
            let asked = (&query, &filter, window.clone(), lang);
            let (granted, hits) = documents::search(tx, &places, who, journal, asked)?;
            Ok(Answer { journal, view: View::of(who, &granted, &limits, tx.now()), found: hits })
        })
        .await
}

/// `/p/{journal}/documents/{item}`
pub(crate) async fn document(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let lang = visit.lang;
    let answer = errand::read(&web, &visit, &journal, move |tx, places, who, journal| {
        let item = ItemId::parse(&item).map_err(|_| Problem::NotFound)?;
        documents::document(tx, places, who, (journal, item), lang)
    });
    errand::page(&web, &visit, (Here::Documents, &visit.path), answer.await, |frame, answer| {
        let back = paths::documents(answer.journal);
        page(&show::document(frame, answer.journal, &answer.found, &back, web.app.clock.now()))
    })
    .await
}

/// `/p/{journal}/documents/{item}/file`
pub(crate) async fn file(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    match file_of(&web, &visit, &journal, &item).await {
        Ok(file) => send(file),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

async fn file_of(web: &Web, visit: &Visit, journal: &str, item: &str) -> Result<File, Problem> {
    let (token, journal) = asked(visit, journal)?;
    let item = ItemId::parse(item).map_err(|_| Problem::NotFound)?;
    documents::file(&web.app, token, journal, item, 0).await
}
