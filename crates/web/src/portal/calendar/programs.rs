//! The calendar in other programs. The page after an address was made is the answer to its form: the address is written
//! nowhere, so there is nothing that a page to be gone to could show.

use super::week::errand_id;
use super::{NotTaken, not_taken, write};
use crate::form::Fields;
use crate::pages::calendar::{FeedRow, FeedsPage, NewFeed};
use crate::pages::{Here, paths};
use crate::portal::errand::{self, asked};
use crate::problem;
use crate::render::{go, page};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::ids::{FeedId, JournalId};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_service::Problem;
use borgerportal_service::calendar::{self as service, File, address_hash, read_feed};

/// `/p/{journal}/calendar/file[?words=1]`
pub(crate) async fn file(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let words = Fields::parse(visit.query.as_bytes()).get("words") == Some("1");
    let file = File { words, lang: visit.lang };
    let answer = errand::read(&web, &visit, &journal, move |tx, places, who, journal| {
        service::download(tx, places, who, journal, file)
    });
    match answer.await {
        Ok(answer) => calendar(answer.found, "attachment; filename=\"kalender.ics\""),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// A calendar as its programs take it.
fn calendar(text: String, shown: &'static str) -> Response {
    let kind = "text/calendar; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, shown)], text).into_response()
}

/// `/kalender/{address}.ics`: no log-in, no cookie, one answer for whatever is wrong.
pub(crate) async fn feed(State(web): State<Web>, Path(file): Path<String>, visit: Visit) -> Response {
    if let Some(seconds) = web.feeds.wait_s(&visit.from) {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds.to_string())]).into_response();
    }
    match read_feed(&web.app, file.strip_suffix(".ics").unwrap_or(&file)).await {
        Ok(text) => calendar(text, "inline; filename=\"kalender.ics\""),
        Err(Problem::Broken(error)) => {
            tracing::error!(%error, "a calendar could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        Err(Problem::Away(_) | Problem::Stale) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `/p/{journal}/calendar/feeds[?shut=1]`
pub(crate) async fn feeds(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let shut = Fields::parse(visit.query.as_bytes()).get("shut") == Some("1");
    show(&web, &visit, &journal, if shut { NewFeed::Shut } else { NewFeed::Nothing }).await
}

async fn show(web: &Web, visit: &Visit, journal: &str, new: NewFeed) -> Response {
    let answer = errand::read(web, visit, journal, service::feeds).await;
    let path = answer.as_ref().map(|answer| paths::calendar::feeds(answer.journal)).unwrap_or_default();
    errand::page(web, visit, (Here::Calendar, &path), answer, |frame, answer| {
        let row = |feed: &service::Feed| FeedRow {
            id: feed.id,
            made_on: copenhagen_date(feed.made_at),
            read_on: feed.read_on,
            words: feed.words,
        };
        page(&FeedsPage {
            journal: answer.journal,
            feeds: answer.found.feeds.iter().map(row).collect(),
            closed: answer.found.closed.and_then(|no| frame.texts().of_code(no.code())),
            new,
            errand: errand_id(web),
            frame,
        })
    })
    .await
}

/// Makes an address (POST) and shows it, this once.
pub(crate) async fn make(
    State(web): State<Web>,
    Path(journal): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let file = File { words: fields.get("words") == Some("1"), lang: visit.lang };
    let made = async {
        let bytes: [u8; 32] = web.app.random()?;
        let address = BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let hash = address_hash(&address);
        let made =
            write(&web, &visit, (&journal, "make a feed", &fields), move |tx, places, who, journal| {
                service::make_feed(tx, places, who, (journal, &hash), file)
            });
        let is_new = made.await?.is(&address);
        let url = web.site.public_url.join(&paths::calendar::feed(&address)).map_err(|_| Problem::Stale)?;
        Ok(if is_new { NewFeed::Made(url.to_string()) } else { NewFeed::MadeBefore })
    };
    match made.await {
        Ok(new) => show(&web, &visit, &journal, new).await,
        // The page says why there can be no other.
        Err(NotTaken::Problem(Problem::Denied(_))) => show(&web, &visit, &journal, NewFeed::Nothing).await,
        Err(why) => not_taken(&web, &visit, why).await,
    }
}

/// Turns an address off (POST).
pub(crate) async fn shut(
    State(web): State<Web>,
    Path((journal, feed)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let done = async {
        let (_, journal_id): (_, JournalId) = asked(&visit, &journal)?;
        let feed = FeedId::parse(&feed).map_err(|_| Problem::NotFound)?;
        write(&web, &visit, (&journal, "shut a feed", &fields), move |tx, places, who, journal| {
            service::drop_feed(tx, places, who, (journal, feed))
        })
        .await?;
        Ok(journal_id)
    };
    match done.await {
        Ok(journal) => go(&format!("{}?shut=1", paths::calendar::feeds(journal))),
        Err(why) => not_taken(&web, &visit, why).await,
    }
}
