//! Tilstande: the overview, and what stands on a page of its own.

use super::errand;
use crate::pages::{ConditionPage, ConditionsPage, Here, InformationPage};
use crate::render::page;
use crate::session::Visit;
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::ids::ItemId;
use borgerportal_service::Problem;
use borgerportal_service::conditions::{self, One};

/// `/p/{journal}/conditions`
pub(crate) async fn list(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let answer = errand::read(&web, &visit, &journal, conditions::overview).await;
    errand::page(&web, &visit, (Here::Documents, &visit.path), answer, |frame, answer| {
        page(&ConditionsPage { frame, journal: answer.journal, overview: &answer.found })
    })
    .await
}

/// `/p/{journal}/conditions/{item}`
pub(crate) async fn one(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let answer = errand::read(&web, &visit, &journal, move |tx, places, who, journal| {
        let item = ItemId::parse(&item).map_err(|_| Problem::NotFound)?;
        conditions::one(tx, places, who, (journal, item))
    });
    errand::page(&web, &visit, (Here::Documents, &visit.path), answer.await, |frame, answer| {
        let (journal, (one, texts)) = (answer.journal, &answer.found);
        match one {
            One::Story(story) => page(&ConditionPage { frame, journal, story, texts }),
            One::Information(held) => {
                let texts = texts.get(&held.id).map_or(&[][..], Vec::as_slice);
                page(&InformationPage { frame, journal, information: &held.it, texts })
            }
        }
    })
    .await
}
