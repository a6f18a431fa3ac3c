//! Handlingsplaner: the overview, and what stands on a page of its own.

use super::errand;
use crate::pages::{Here, PlanPage, PlansPage};
use crate::render::page;
use crate::session::Visit;
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::ids::ItemId;
use borgerportal_service::Problem;
use borgerportal_service::plans::{self, One};

/// `/p/{journal}/plans`
pub(crate) async fn list(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    let answer = errand::read(&web, &visit, &journal, plans::overview).await;
    errand::page(&web, &visit, (Here::Documents, &visit.path), answer, |frame, answer| {
        page(&PlansPage::of(frame, answer.journal, &answer.found))
    })
    .await
}

/// `/p/{journal}/plans/{item}`
pub(crate) async fn one(
    State(web): State<Web>,
    Path((journal, item)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let answer = errand::read(&web, &visit, &journal, move |tx, places, who, journal| {
        let item = ItemId::parse(&item).map_err(|_| Problem::NotFound)?;
        plans::one(tx, places, who, (journal, item))
    });
    errand::page(&web, &visit, (Here::Documents, &visit.path), answer.await, |frame, answer| {
        let (journal, (one, texts)) = (answer.journal, &answer.found);
        page(&match one {
            One::Plan(story) => PlanPage::plan(frame, journal, story, texts),
            One::Goal(story) => PlanPage::goal(frame, journal, story, texts),
            One::Assessment(story) => PlanPage::assessment(frame, journal, story, texts),
            One::Theme(theme) => PlanPage::theme(frame, journal, theme, texts),
            One::Judgement(one) => PlanPage::judgement(frame, journal, one, texts),
            One::Request(request) => PlanPage::request(frame, journal, request, texts),
        })
    })
    .await
}
