//! Pages about the portal, and the choice of language.

use crate::form::{Fields, own_path};
use crate::pages::{AboutPage, AboutTopic, Contact, Here, paths};
use crate::problem;
use crate::render::{go, page};
use crate::session::visit::Surroundings;
use crate::session::{Visit, cookies, csrf};
use crate::site::Web;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_i18n::Lang;
use borgerportal_service::Problem;
use borgerportal_service::language::choose;
use borgerportal_service::sessions::Token;

/// `/sprog/{da|en}?back=…`
pub(crate) async fn language(State(web): State<Web>, Path(code): Path<String>, visit: Visit) -> Response {
    let Some(lang) = Lang::parse(&code) else {
        return problem::answer(&web, &visit, Problem::NotFound).await;
    };
    let query = Fields::parse(visit.query.as_bytes());
    let mut response = go(query.get("back").and_then(own_path).unwrap_or(paths::START));
    cookies::remember(response.headers_mut(), cookies::LANGUAGE, lang.code());
    // What a link from elsewhere changes is this browser's alone.
    if csrf::is_from_here(&visit.headers, &web.site.public_url) {
        speak(&web, visit.token.as_ref(), lang).await;
    }
    response
}

/// Keeps what somebody who is signed in reads, for the letters to them. Nobody waits for it or is refused a page.
pub(crate) async fn speak(web: &Web, token: Option<&Token>, lang: Lang) {
    let Some(token) = token else { return };
    match choose(&web.app, token, lang).await {
        Ok(()) | Err(Problem::NoSession) => {}
        Err(problem) => tracing::warn!(%problem, "a language was not kept"),
    }
}

/// `/was`
pub(crate) async fn accessibility(State(web): State<Web>, visit: Visit) -> Response {
    show(&web, &visit, AboutTopic::Accessibility)
}

/// `/privatliv`
pub(crate) async fn privacy(State(web): State<Web>, visit: Visit) -> Response {
    show(&web, &visit, AboutTopic::Privacy)
}

/// `/cookies`
pub(crate) async fn cookies(State(web): State<Web>, visit: Visit) -> Response {
    show(&web, &visit, AboutTopic::Cookies)
}

/// `/hjaelp`
pub(crate) async fn help(State(web): State<Web>, visit: Visit) -> Response {
    show(&web, &visit, AboutTopic::Help)
}

/// These pages know nobody: they look the same whoever is signed in.
fn show(web: &Web, visit: &Visit, topic: AboutTopic) -> Response {
    let site = &web.site;
    let contact = Contact { name: &site.owner, mail: &site.mail, dpo_mail: &site.dpo_mail, was_url: None };
    let around = Surroundings::of(web, None, None, visit.lang);
    let frame = around.frame(None, (visit.lang, Here::Elsewhere, &visit.path));
    page(&AboutPage { frame, topic, contact })
}
