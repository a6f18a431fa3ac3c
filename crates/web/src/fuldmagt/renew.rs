//! Letting a mandate go on: the giver chooses a new last day and signs a successor on the next page.

use super::errand::{self, page, read};
use super::last_day::{Answered, again, answered, shown};
use super::steps::{bad_day, late, no_day};
use super::words::{first, right};
use crate::form::Fields;
use crate::pages::mandates::{Fault, RenewPage};
use crate::pages::paths;
use crate::problem;
use crate::render::{go, page_with};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_i18n::Texts;
use borgerportal_service::mandates::renew;

/// `/fuldmagter/{mandate}/forny`
pub(crate) async fn show(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    show_again(&web, &visit, &id, None, Vec::new()).await
}

async fn show_again(
    web: &Web,
    visit: &Visit,
    id: &str,
    sent: Option<&Fields>,
    faults: Vec<Fault>,
) -> Response {
    let lang = visit.lang;
    let mine = async {
        let id = errand::mandate(id)?;
        read(web, visit, move |tx, who| renew::show(tx, who, id, lang)).await
    };
    let mine = mine.await;
    page(web, visit, mine, |frame, mine| {
        let (row, periods) = &mine.found;
        let first_day = row.last_day.tomorrow().unwrap_or(row.last_day);
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let page = RenewPage {
            id: row.id,
            first: first(&row.other),
            rights: row.items.iter().map(|item| right(&item.right, true)).collect(),
            last_day: row.last_day,
            until: match sent {
                Some(fields) => again(periods, first_day, fields),
                None => shown(periods, first_day, None),
            },
            faults: faults.into_iter().map(|fault| late(fault, &frame, periods)).collect(),
            frame,
        };
        page_with(status, &page)
    })
    .await
}

/// Goes on to the page where it is signed (POST). Nothing is kept before that.
pub(crate) async fn save(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let (fields, lang) = (Fields::parse(&body), visit.lang);
    let answer = answered(&fields, None);
    let Answered::Day(day) = answer else {
        let faults = no_day(Texts::of(lang), &answer);
        return show_again(&web, &visit, &id, Some(&fields), faults).await;
    };
    let loaded = async {
        let id = errand::mandate(&id)?;
        read(&web, &visit, move |tx, who| renew::show(tx, who, id, lang)).await
    };
    let (row, periods) = match loaded.await {
        Ok(mine) => mine.found,
        Err(problem) => return problem::answer(&web, &visit, problem).await,
    };
    let code = if day > periods.longest {
        "mandates.draft.too_long"
    } else if day <= row.last_day {
        "mandates.draft.ends_too_early"
    } else {
        return go(&format!("{}/underskriv?sidste={day}", paths::mandates::mandate(row.id)));
    };
    show_again(&web, &visit, &id, Some(&fields), vec![bad_day(&visit, code)]).await
}
