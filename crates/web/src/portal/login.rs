//! The way in: role, municipality, the broker and back.

use super::about::speak;
use crate::form::{Fields, own_path};
use crate::fuldmagt::elsewhere;
use crate::pages::{
    DeadEnd, Here, MunicipalityHit, MunicipalityNote, MunicipalityPage, RoleChoicePage, Searched, paths,
};
use crate::problem;
use crate::render::{go, page};
use crate::session::visit::Surroundings;
use crate::session::{Visit, cookies};
use crate::site::Web;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::access::Role;
use borgerportal_domain::municipality::{Municipality, MunicipalityCode, in_danish_order, search};
use borgerportal_service::sessions::{self, Intent};

/// `/`
pub(crate) async fn roles(State(web): State<Web>, visit: Visit) -> Response {
    let around = Surroundings::of(&web, None, None, visit.lang);
    let frame = around.frame(None, (visit.lang, Here::Elsewhere, &visit.path));
    let elsewhere = elsewhere(&web.app.municipalities);
    let mandate_url = Some(elsewhere.as_deref().unwrap_or(paths::mandates::LOG_IN));
    page(&RoleChoicePage { frame, fmk_url: &web.site.fmk_url, mandate_url })
}

/// `/kommune?rolle=…[&q=…][&vis=alle]`
pub(crate) async fn municipality(State(web): State<Web>, visit: Visit) -> Response {
    let query = Fields::parse(visit.query.as_bytes());
    let role = query.get("rolle").and_then(paths::role_of).unwrap_or(Role::Citizen);
    let last = last(&visit).map(|(code, _)| code);
    let typed = query.get("q").map(str::trim).unwrap_or_default();
    let searched = match (query.get("vis"), typed) {
        (Some("alle"), _) => Searched::Everything,
        (_, "") => Searched::Nothing,
        (_, words) => Searched::For(words),
    };
    let mut found: Vec<&Municipality> = match searched {
        Searched::Everything => in_danish_order().collect(),
        Searched::For(words) => search(words).collect(),
        Searched::Nothing => in_danish_order().filter(|one| Some(one.code) == last).collect(),
    };
    if !matches!(searched, Searched::Everything) {
        found.sort_by_key(|one| Some(one.code) != last);
    }
    let names: Vec<String> = found.iter().map(|one| one.code.full_name()).collect();
    let note = |code| match web.app.municipalities.get(code) {
        _ if Some(code) == last => MunicipalityNote::LastUsed,
        Some(_) => MunicipalityNote::Here,
        None => MunicipalityNote::Elsewhere,
    };
    let hits = found
        .iter()
        .zip(&names)
        .map(|(one, name)| MunicipalityHit { code: one.code, name, note: note(one.code) })
        .collect();
    let around = Surroundings::of(&web, None, None, visit.lang);
    let frame = around.frame(None, (visit.lang, Here::Elsewhere, &visit.path));
    page(&MunicipalityPage { frame, role, searched, hits })
}

/// Role and municipality of the last log-in on this device.
pub(crate) fn last(visit: &Visit) -> Option<(MunicipalityCode, Role)> {
    let (code, role) = cookies::get(&visit.headers, cookies::LAST)?.split_once('.')?;
    Some((MunicipalityCode::parse(code)?, paths::role_of(role)?))
}

/// `/log-paa/fuldmagter[?til=/fuldmagter/…]`: off to the broker without choosing a municipality. One's own mandates
/// are the same in all of them; the session has the one of the last log-in, if there was one.
pub(crate) async fn start_for_mandates(State(web): State<Web>, visit: Visit) -> Response {
    let known = last(&visit).filter(|(code, _)| web.app.municipalities.get(*code).is_some());
    let (municipality, role) = known.map_or((None, Role::Citizen), |(code, role)| (Some(code), role));
    let query = Fields::parse(visit.query.as_bytes());
    let back_to = query.get("til").and_then(own_path).unwrap_or(paths::mandates::MANDATES).to_owned();
    let intent = Intent { role, municipality, back_to, language: visit.lang.code() };
    go_to_broker(&web, &visit, intent, paths::mandates::LOG_IN).await
}

/// Sends the browser to the broker with what it must keep meanwhile.
async fn go_to_broker(web: &Web, visit: &Visit, intent: Intent, again: &str) -> Response {
    if !web.limiter.lets(&visit.from) {
        return problem::dead_end(web, visit, StatusCode::TOO_MANY_REQUESTS, DeadEnd::TooMany).await;
    }
    match sessions::begin(&web.app, intent, None).await {
        Ok(begun) => {
            let mut response = go(&begun.to);
            cookies::set_login(response.headers_mut(), &begun.browser);
            response
        }
        Err(error) => problem::not_in(web, visit, again, error).await,
    }
}

/// `/log-paa/0217?rolle=…[&til=/p/…]`: off to the broker.
pub(crate) async fn start(State(web): State<Web>, Path(code): Path<String>, visit: Visit) -> Response {
    let query = Fields::parse(visit.query.as_bytes());
    let code = MunicipalityCode::parse(&code);
    let (Some(code), Some(role)) = (code, query.get("rolle").and_then(paths::role_of)) else {
        return problem::dead_end(&web, &visit, StatusCode::NOT_FOUND, DeadEnd::NotFound).await;
    };
    if web.app.municipalities.get(code).is_none() {
        let (place, site) = (code.full_name(), "https://www.borger.dk");
        return problem::dead_end(&web, &visit, StatusCode::OK, DeadEnd::NotHere { place: &place, site })
            .await;
    }
    let back_to = query.get("til").and_then(own_path).unwrap_or(paths::WELCOME).to_owned();
    let intent = Intent { role, municipality: Some(code), back_to, language: visit.lang.code() };
    let mut response = go_to_broker(&web, &visit, intent, &paths::log_in(code, role)).await;
    if response.status().is_redirection() {
        let last = format!("{code}.{}", paths::role_word(role));
        cookies::remember(response.headers_mut(), cookies::LAST, &last);
    }
    response
}

/// `/log-paa/svar`: back from the broker.
pub(crate) async fn answer(State(web): State<Web>, visit: Visit) -> Response {
    if !web.limiter.lets(&visit.from) {
        return problem::dead_end(&web, &visit, StatusCode::TOO_MANY_REQUESTS, DeadEnd::TooMany).await;
    }
    let browser = cookies::token(&visit.headers, cookies::LOGIN);
    match sessions::finish(&web.app, &visit.query, browser.as_ref()).await {
        Ok(came_in) => {
            let mut response = go(&came_in.back_to);
            cookies::forget(response.headers_mut(), cookies::LOGIN);
            if let Some(token) = &came_in.token {
                // The session that was there before, if any, ends with the new one.
                if let Some(old) = &visit.token {
                    let _ = sessions::log_off(&web.app, old).await;
                }
                cookies::set_session(response.headers_mut(), token);
                // Only what somebody has chosen; what a browser prefers is a guess.
                if let Some(lang) = visit.chosen_language() {
                    speak(&web, Some(token), lang).await;
                }
            }
            response
        }
        Err(error) => {
            let again = last(&visit)
                .map_or_else(|| paths::START.to_owned(), |(code, role)| paths::log_in(code, role));
            problem::not_in(&web, &visit, &again, error).await
        }
    }
}
