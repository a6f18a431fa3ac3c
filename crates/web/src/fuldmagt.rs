//! Digital Fuldmagt: the signed-in person's own mandates, requests and drafts. No journal stands in an address
//! here, and nobody comes here for somebody else. It refuses to decide: every answer is an errand of `service`.

mod answer;
mod ask;
mod borgerservice;
pub(crate) mod errand;
mod kept;
mod last_day;
mod lookups;
mod overview;
pub(crate) mod pdf;
mod renew;
mod sign;
mod steps;
mod words;

pub(crate) use ask::elsewhere;

use crate::pages::paths::mandates::LOOKUPS;
use crate::site::Web;
use axum::Router;
use axum::routing::{get, post};

/// The routes. Those of asking and giving are the same pages: a draft knows which of the two it is.
pub(crate) fn routes() -> Router<Web> {
    let questions =
        ["/fuldmagter/bed-om", "/fuldmagter/giv"].into_iter().fold(Router::new(), |routes, way| {
            routes
                .route(way, get(ask::intro).post(ask::begin))
                .route(&format!("{way}/{{draft}}/drop"), post(ask::drop))
                .route(&format!("{way}/{{draft}}/person"), get(steps::person).post(steps::save_person))
                .route(&format!("{way}/{{draft}}/rettigheder"), get(steps::rights).post(steps::save_rights))
                .route(&format!("{way}/{{draft}}/periode"), get(steps::period).post(steps::save_period))
                .route(&format!("{way}/{{draft}}/sending"), get(steps::sending).post(steps::save_sending))
                .route(&format!("{way}/{{draft}}/tjek"), get(steps::check))
                .route(&format!("{way}/{{draft}}/underskriv"), get(sign::draft).post(sign::draft_signed))
        });
    questions
        .route("/fuldmagter", get(overview::overview))
        .route(LOOKUPS, get(lookups::lookups))
        .route("/fuldmagter/papir", get(pdf::paper))
        .route("/fuldmagter/bed-om/kvittering/{request}", get(ask::receipt))
        .route("/fuldmagter/bed-om/kvittering/{request}/pdf", get(pdf::asked))
        .route("/fuldmagter/anmodning/{request}", get(answer::show).post(answer::answer))
        .route("/fuldmagter/anmodning/{request}/noget", get(answer::part).post(answer::save_part))
        .route("/fuldmagter/anmodning/{request}/underskriv", get(sign::request).post(sign::request_signed))
        .route("/fuldmagter/anmodning/{request}/forhaandsvisning", get(answer::see))
        .route("/fuldmagter/anmodning/{request}/traek-tilbage", get(ask::take_back).post(ask::taken_back))
        .route("/fuldmagter/{mandate}", get(kept::show))
        .route("/fuldmagter/{mandate}/pdf", get(pdf::mandate))
        .route("/fuldmagter/{mandate}/kvittering", get(kept::receipt))
        .route("/fuldmagter/{mandate}/stop", get(kept::stop).post(kept::stopped))
        .route("/fuldmagter/{mandate}/forny", get(renew::show).post(renew::save))
        .route("/fuldmagter/{mandate}/underskriv", get(sign::renewal).post(sign::renewal_signed))
}
