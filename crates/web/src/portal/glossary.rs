//! The glossary: the same for everybody, signed in or not.

use crate::pages::{GlossaryPage, Here, Topic, TopicPage};
use crate::problem;
use crate::render::page;
use crate::session::Visit;
use crate::session::visit::Surroundings;
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_service::Problem;

/// `/ordbog`
pub(crate) async fn topics(State(web): State<Web>, visit: Visit) -> Response {
    let around = Surroundings::of(&web, None, None, visit.lang);
    page(&GlossaryPage { frame: around.frame(None, (visit.lang, Here::Elsewhere, &visit.path)) })
}

/// `/ordbog/{topic}`
pub(crate) async fn topic(State(web): State<Web>, Path(topic): Path<String>, visit: Visit) -> Response {
    let Some(topic) = Topic::from_word(&topic) else {
        return problem::answer(&web, &visit, Problem::NotFound).await;
    };
    let around = Surroundings::of(&web, None, None, visit.lang);
    page(&TopicPage { frame: around.frame(None, (visit.lang, Here::Elsewhere, &visit.path)), topic })
}
