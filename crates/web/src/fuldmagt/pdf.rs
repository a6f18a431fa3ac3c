//! The same on paper: receipts, a copy of a mandate, and the form for a mandate in one's own words.

use super::ask::sent;
use super::kept::{history, load, state_words};
use super::words::last_day_before;
use crate::pages::{Frame, Here};
use crate::problem;
use crate::session::Visit;
use crate::session::visit::Surroundings;
use crate::site::Web;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use borgerportal_domain::time::{Date, copenhagen};
use borgerportal_i18n::{Texts, Time};
use borgerportal_memo::letters::{House, Item, MandateCopy, OwnWordsForm, Receipt, Sent};
use borgerportal_memo::pdf::{Pdf, Unprintable};
use borgerportal_service::Problem;
use borgerportal_service::mandates::{MandateView, RequestRow, Right};

/// Day and time in Denmark now.
fn now(web: &Web) -> (Date, Time) {
    let here = copenhagen(web.app.clock.now());
    (here.date(), here.time())
}

fn house<'a>(web: &'a Web, visit: &Visit) -> House<'a> {
    let site = &web.site;
    House {
        lang: visit.lang,
        name: &site.owner,
        address: &[],
        phone: &site.support_phone,
        site: site.public_url.host_str().unwrap_or_default(),
        date: now(web).0,
    }
}

fn items<'r>(rights: impl Iterator<Item = &'r Right>) -> Vec<Item<'r>> {
    rights.map(|right| Item { title: &right.title, says: &right.says }).collect()
}

/// The file, or the page that says that it could not be made. Its name says nothing of anybody.
async fn file(web: &Web, visit: &Visit, name: &str, printed: Result<Pdf, Unprintable>) -> Response {
    match printed {
        Ok(pdf) => {
            let named = format!("inline; filename=\"{name}.pdf\"");
            let headers =
                [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, named)];
            (headers, pdf.bytes).into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a document could not be printed");
            problem::answer(web, visit, Problem::Away("print")).await
        }
    }
}

/// `/fuldmagter/papir`: for everybody, logged in or not.
pub(crate) async fn paper(State(web): State<Web>, visit: Visit) -> Response {
    file(&web, &visit, "fuldmagt-med-egne-ord", OwnWordsForm.print(&house(&web, &visit))).await
}

/// `/fuldmagter/bed-om/kvittering/{request}/pdf`
pub(crate) async fn asked(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    match sent(&web, &visit, &id).await {
        Ok(mine) => file(&web, &visit, "kvittering", asked_receipt(&web, &visit, &mine.found)).await,
        Err(error) => problem::answer(&web, &visit, error).await,
    }
}

fn asked_receipt(web: &Web, visit: &Visit, row: &RequestRow) -> Result<Pdf, Unprintable> {
    let at = copenhagen(row.sent_at);
    let receipt = Receipt {
        number: &row.number,
        sent: Sent::Asked { answer_by: last_day_before(row.answer_by), letter_too: row.by_letter },
        who: &row.other,
        items: &items(row.rights.iter()),
        last_day: row.last_day,
        at: (at.date(), at.time()),
    };
    receipt.print(&house(web, visit))
}

/// `/fuldmagter/{mandate}/pdf`
pub(crate) async fn mandate(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    match load(&web, &visit, &id).await {
        Ok(mine) => {
            let around = Surroundings::of(&web, Some(&mine.view), None, visit.lang);
            let frame = around.frame(Some(&mine.view), (visit.lang, Here::Mandates, &visit.path));
            file(&web, &visit, "fuldmagt", copy(&web, &visit, (&frame, &mine.found))).await
        }
        Err(error) => problem::answer(&web, &visit, error).await,
    }
}

fn copy(web: &Web, visit: &Visit, (frame, view): (&Frame<'_>, &MandateView)) -> Result<Pdf, Unprintable> {
    let (row, texts) = (&view.row, Texts::of(visit.lang));
    let line = |one: &crate::pages::mandates::Happened| format!("{}: {}", visit.lang.day(one.day), one.words);
    let happened: Vec<String> = history(frame, view).iter().rev().map(line).collect();
    let copy = MandateCopy {
        number: &row.number,
        giver: &view.giver,
        holder: &view.holder,
        items: &items(row.items.iter().map(|item| &item.right)),
        days: (row.first_day, row.last_day),
        state: state_words(texts, view),
        signed: &signed(visit, texts, view),
        evidence: view.evidence.as_ref().and_then(|evidence| bytes(&evidence.hash)).unwrap_or_default(),
        history: &happened.iter().map(String::as_str).collect::<Vec<_>>(),
        at: now(web),
    };
    copy.print(&house(web, visit))
}

/// "Med MitID 3. november 2026 kl. 10.00"
fn signed(visit: &Visit, texts: &'static Texts, view: &MandateView) -> String {
    match &view.evidence {
        Some(evidence) if !evidence.paper => {
            let at = copenhagen(evidence.authenticated_at);
            let (day, time) =
                (visit.lang.day(at.date()).to_string(), visit.lang.clock(at.time()).to_string());
            texts.with("pdf-signed-mitid", &[("day", (&day).into()), ("time", (&time).into())])
        }
        Some(_) | None => texts.get("pdf-signed-paper").to_owned(),
    }
}

/// The 32 bytes of a hash in hexadecimal.
fn bytes(hash: &str) -> Option<[u8; 32]> {
    let pair = |at: usize| u8::from_str_radix(hash.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..32).map(|at| pair(2 * at)).collect();
    bytes?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::bytes;

    #[test]
    fn a_hash_is_read_whole_or_not_at_all() {
        assert_eq!(bytes(&"0a".repeat(32)), Some([10; 32]));
        assert_eq!(bytes(&"0a".repeat(31)), None);
        assert_eq!(bytes(&"zz".repeat(32)), None);
    }
}
