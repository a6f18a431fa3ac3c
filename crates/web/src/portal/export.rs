//! The whole record to take away: the page about it, a volume as PDF, and the data as a FHIR Bundle that is sent as it is
//! read.

mod printed;

use super::errand::{self, asked};
use crate::cursor;
use crate::form::Fields;
use crate::pages::{ExportPage, Here};
use crate::problem;
use crate::render::page;
use crate::session::Visit;
use crate::site::Web;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use borgerportal_fhir::delivery::Room;
use borgerportal_service::documents::Page;
use borgerportal_service::export::{self, At, Bundle};
use futures_util::StreamExt as _;
use futures_util::stream::unfold;
use std::io;

/// `/p/{journal}/export`
pub(crate) async fn about(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let answer = errand::read(&web, &visit, &journal, export::volumes).await;
    errand::page(&web, &visit, (Here::Documents, &visit.path), answer, |frame, answer| {
        let volumes = answer.found.iter().map(|volume| word(volume.from)).collect();
        page(&ExportPage { frame, journal: answer.journal, volumes })
    })
    .await
}

/// Where a volume begins, as a word in an address. It is no permission.
fn word(at: At) -> String {
    format!("{}.{}", at.room.code(), cursor::after(at.after))
}

/// The place a word leads to; a wrong one is the beginning.
fn read(word: Option<&str>) -> At {
    let at = word.and_then(|word| word.split_once('.')).and_then(|(room, place)| {
        let room = Room::ALL.into_iter().find(|one| one.code() == room)?;
        let Page::After(after) = cursor::read(Some(place)) else { return None };
        Some(At { room, after })
    });
    at.unwrap_or(At::START)
}

/// `/p/{journal}/export/pdf?from=…`
pub(crate) async fn pdf(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let from = read(Fields::parse(visit.query.as_bytes()).get("from"));
    let volume = async {
        let (token, journal) = asked(&visit, &journal)?;
        let volume = export::volume(&web.app, token, journal, from).await?;
        printed::print(&web, &visit, volume).await
    };
    match volume.await {
        Ok(pdf) => {
            let headers = [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"journal.pdf\""),
            ];
            (headers, pdf.bytes).into_response()
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// `/p/{journal}/export/fhir`
pub(crate) async fn data(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let begun = async {
        let (token, journal) = asked(&visit, &journal)?;
        export::bundle(&web.app, token, journal).await
    };
    match begun.await {
        Ok(bundle) => {
            let headers = [
                (header::CONTENT_TYPE, "application/fhir+json"),
                (header::CONTENT_DISPOSITION, "attachment; filename=\"journal.json\""),
            ];
            // Fused: whoever packs an answer asks once more after its end.
            let pieces = unfold(bundle, piece).fuse();
            (headers, Body::from_stream(pieces)).into_response()
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// The next piece of an answer. One that cannot be made breaks the answer off, so that nobody takes a part for the whole.
async fn piece(mut bundle: Bundle) -> Option<(io::Result<Bytes>, Bundle)> {
    let piece = bundle.next().await?.map(Bytes::from).map_err(|problem| {
        tracing::warn!(%problem, "an export broke off");
        io::Error::other("the export broke off")
    });
    Some((piece, bundle))
}

#[cfg(test)]
mod tests {
    use super::*;
    use borgerportal_domain::ids::ItemId;
    use borgerportal_domain::time::Timestamp;
    use borgerportal_service::documents::Place;

    #[test]
    fn every_beginning_is_found_again_and_a_wrong_one_is_the_first() {
        for room in Room::ALL {
            let after = Place { sort_at: Timestamp::from_millis(7), id: ItemId::from_bytes([9; 16]) };
            let at = At { room, after };
            assert_eq!(read(Some(&word(at))), at);
        }
        for wrong in [None, Some(""), Some("rocket.AAAA"), Some("grants"), Some("grants.AAAA")] {
            assert_eq!(read(wrong), At::START, "{wrong:?}");
        }
    }
}
