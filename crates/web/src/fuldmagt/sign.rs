//! Signing: the exact text on a page, just after a log-in with MitID, and the signature. What comes back must be
//! what was shown. The three kinds of signature differ only in what is asked of `service`.

use super::ask::way;
use super::errand::{self, Mine, page, read, write};
use super::words::first;
use crate::form::Fields;
use crate::pages::mandates::{SignPage, Signing, Way};
use crate::pages::paths;
use crate::problem;
use crate::render::{go, page_with};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::ids::{DraftId, MandateId, RequestId};
use borgerportal_domain::mandates::Draft;
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_service::Problem;
use borgerportal_service::mandates::requests::{self, Yes};
use borgerportal_service::mandates::{RequestRow, SignedText, Tx, ask, drafts, give, renew};
use borgerportal_service::sessions::SignedIn;

/// What stands on the page.
struct ToSign {
    what: Signing,
    other: String,
    text: SignedText,
    back: String,
}

/// Shows it; first to MitID where the log-in is not fresh.
async fn show(web: &Web, visit: &Visit, mine: Result<Mine<ToSign>, Problem>, error: bool) -> Response {
    if mine.as_ref().is_ok_and(|mine| !mine.fresh) {
        return problem::step_up(web, visit).await;
    }
    let id = web.app.store.errand_id(web.app.clock.now()).map(|id| id.to_string()).unwrap_or_default();
    page(web, visit, mine, |frame, mine| {
        let it = &mine.found;
        let status = if error { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = SignPage {
            frame,
            what: it.what,
            other: first(&it.other),
            text: &it.text.text,
            seal: it.text.hash.clone(),
            errand: id,
            action: &visit.path,
            back: &it.back,
            error,
        };
        page_with(status, &page)
    })
    .await
}

/// Goes to the receipt, or to the page for the problem.
async fn signed(web: &Web, visit: &Visit, receipt: Result<String, Problem>) -> Response {
    match receipt {
        Ok(receipt) => go(&receipt),
        Err(problem) => problem::answer(web, visit, problem).await,
    }
}

/// Signs what is given away (POST): with the declaration that one knows what that is, or the page comes again.
async fn give_away(
    web: &Web,
    visit: &Visit,
    fields: &Fields,
    page: impl Future<Output = Result<Mine<ToSign>, Problem>>,
    sign: impl Future<Output = Result<String, Problem>>,
) -> Response {
    if fields.get("forstaaet").is_none() {
        return show(web, visit, page.await, true).await;
    }
    signed(web, visit, sign.await).await
}

fn shown(fields: &Fields) -> String {
    fields.get("tekst").unwrap_or_default().to_owned()
}

fn mandate_receipt(mandate: MandateId) -> String {
    format!("{}/kvittering", paths::mandates::mandate(mandate))
}

fn preview_draft(tx: &Tx<'_>, who: &SignedIn, draft: &Draft, lang: Lang) -> Result<SignedText, Problem> {
    match draft.kind {
        Way::Ask => ask::preview(tx, who, draft.id, lang),
        Way::Give => give::preview(tx, who, draft.id, lang),
    }
}

async fn draft_to_sign(web: &Web, visit: &Visit, id: &str) -> Result<Mine<ToSign>, Problem> {
    let (id, lang, way) = (errand::draft(id)?, visit.lang, way(visit));
    read(web, visit, move |tx, who| {
        let draft = drafts::load(tx, who, id)?;
        if draft.kind != way {
            return Err(Problem::NotFound);
        }
        Ok(ToSign {
            what: if way == Way::Ask { Signing::Request } else { Signing::Gift },
            text: preview_draft(tx, who, &draft, lang)?,
            other: draft.person.map(|person| person.name).unwrap_or_default(),
            back: format!("{}/tjek", paths::mandates::draft(way, &id.to_string())),
        })
    })
    .await
}

/// `…/{draft}/underskriv`
pub(crate) async fn draft(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    let mine = draft_to_sign(&web, &visit, &id).await;
    show(&web, &visit, mine, false).await
}

/// Sends the request, or gives the mandate (POST).
pub(crate) async fn draft_signed(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let (fields, way) = (Fields::parse(&body), way(&visit));
    let sign = send_or_give(&web, &visit, &fields, (way, &id));
    match way {
        Way::Ask => signed(&web, &visit, sign.await).await,
        Way::Give => give_away(&web, &visit, &fields, draft_to_sign(&web, &visit, &id), sign).await,
    }
}

async fn send_or_give(
    web: &Web,
    visit: &Visit,
    fields: &Fields,
    (way, id): (Way, &str),
) -> Result<String, Problem> {
    let (id, lang, shown): (DraftId, _, _) = (errand::draft(id)?, visit.lang, shown(fields));
    match way {
        Way::Ask => {
            let sent = write(web, visit, fields, move |tx, who| ask::send(tx, who, id, &shown, lang));
            Ok(paths::mandates::asked(sent.await?.request))
        }
        Way::Give => {
            let given = write(web, visit, fields, move |tx, who| give::sign(tx, who, id, &shown, lang));
            Ok(mandate_receipt(given.await?.mandate))
        }
    }
}

/// What is said yes to: `valg` are places in the list of what was asked for, all where there is none. An address that
/// does not read leads nowhere: nobody signs for more than they chose because a letter of it was lost.
fn yes(request: &RequestRow, query: &str) -> Result<Yes, Problem> {
    let query = Fields::parse(query.as_bytes());
    let all = &request.rights;
    let right = |place: &str| all.get(place.parse::<usize>().ok()?).map(|right| right.version);
    let versions = match query.get("valg") {
        Some(list) => list.split('-').map(right).collect(),
        None => Some(all.iter().map(|right| right.version).collect()),
    };
    let last_day = match query.get("sidste") {
        Some(day) => day.parse().ok(),
        None => Some(request.last_day),
    };
    versions.zip(last_day).map(|(versions, last_day)| Yes { versions, last_day }).ok_or(Problem::NotFound)
}

async fn request_to_sign(web: &Web, visit: &Visit, id: &str) -> Result<Mine<ToSign>, Problem> {
    let (id, lang, query): (RequestId, _, _) = (errand::request(id)?, visit.lang, visit.query.clone());
    read(web, visit, move |tx, who| {
        let request = requests::asked(tx, who, id, lang)?;
        let text = requests::preview(tx, who, id, &yes(&request, &query)?, lang)?;
        let back = paths::mandates::request(id);
        Ok(ToSign { what: Signing::Approval, text, other: request.other, back })
    })
    .await
}

/// `/fuldmagter/anmodning/{request}/underskriv[?valg=0-2&sidste=2026-06-30]`
pub(crate) async fn request(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    let mine = request_to_sign(&web, &visit, &id).await;
    show(&web, &visit, mine, false).await
}

/// Says yes (POST).
pub(crate) async fn request_signed(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let (page, sign) = (request_to_sign(&web, &visit, &id), approve(&web, &visit, &fields, &id));
    give_away(&web, &visit, &fields, page, sign).await
}

async fn approve(web: &Web, visit: &Visit, fields: &Fields, id: &str) -> Result<String, Problem> {
    let (id, lang, query) = (errand::request(id)?, visit.lang, visit.query.clone());
    let shown = shown(fields);
    let given = write(web, visit, fields, move |tx, who| {
        let request = requests::asked(tx, who, id, lang)?;
        requests::approve(tx, who, id, &yes(&request, &query)?, (&shown, lang))
    });
    Ok(mandate_receipt(given.await?.mandate))
}

/// The day in `?sidste=…`.
fn until(visit: &Visit) -> Result<Date, Problem> {
    let query = Fields::parse(visit.query.as_bytes());
    query.get("sidste").and_then(|day| day.parse().ok()).ok_or(Problem::NotFound)
}

async fn renewal_to_sign(web: &Web, visit: &Visit, id: &str) -> Result<Mine<ToSign>, Problem> {
    let (id, lang, day) = (errand::mandate(id)?, visit.lang, until(visit)?);
    read(web, visit, move |tx, who| {
        let (row, _) = renew::show(tx, who, id, lang)?;
        let text = renew::preview(tx, who, id, day, lang)?;
        let back = format!("{}/forny", paths::mandates::mandate(id));
        Ok(ToSign { what: Signing::Renewal, text, other: row.other, back })
    })
    .await
}

/// `/fuldmagter/{mandate}/underskriv?sidste=2027-06-30`
pub(crate) async fn renewal(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    let mine = renewal_to_sign(&web, &visit, &id).await;
    show(&web, &visit, mine, false).await
}

/// Lets it go on (POST).
pub(crate) async fn renewal_signed(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let (page, sign) = (renewal_to_sign(&web, &visit, &id), renew_it(&web, &visit, &fields, &id));
    give_away(&web, &visit, &fields, page, sign).await
}

async fn renew_it(web: &Web, visit: &Visit, fields: &Fields, id: &str) -> Result<String, Problem> {
    let (id, lang, day, shown) = (errand::mandate(id)?, visit.lang, until(visit)?, shown(fields));
    let renewed = write(web, visit, fields, move |tx, who| renew::sign(tx, who, id, day, (&shown, lang)));
    Ok(mandate_receipt(renewed.await?.mandate))
}
