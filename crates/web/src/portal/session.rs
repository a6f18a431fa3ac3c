//! The session's own pages: the warning, more time, a fresh log-in, the end.

use crate::form::{Fields, own_path};
use crate::pages::{DeadEnd, Here, LoggedOutPage, SessionWarningPage, paths};
use crate::portal::login::last;
use crate::problem;
use crate::render::{go, page};
use crate::session::visit::Surroundings;
use crate::session::{View, Visit, cookies, csrf};
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use borgerportal_service::Problem;
use borgerportal_service::people::name_of;
use borgerportal_service::sessions::{self, Intent, SignedIn, peek};

/// Who is signed in, without giving the session more time.
async fn look(web: &Web, visit: &Visit) -> Result<(View, SignedIn), Problem> {
    let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
    let (hash, limits) = (token.hash(), web.app.limits);
    web.app
        .read(move |tx| {
            let who = peek(tx, &hash, &limits)?;
            let name = name_of(tx, who.caller.actor)?;
            Ok((View::without_journal(&who, name, &limits, tx.now()), who))
        })
        .await
}

/// `/session/warning?back=…`
pub(crate) async fn warning(State(web): State<Web>, visit: Visit) -> Response {
    let (view, who) = match look(&web, &visit).await {
        Ok(seen) => seen,
        Err(error) => return problem::answer(&web, &visit, error).await,
    };
    let left = sessions::ends_at(&who.session, &web.app.limits).millis_since(web.app.clock.now());
    let query = Fields::parse(visit.query.as_bytes());
    let back = query.get("back").and_then(own_path).unwrap_or(paths::PERSONS);
    let settings = view.place(&web);
    let around = Surroundings::of(&web, Some(&view), settings, visit.lang);
    let frame = around.frame(Some(&view), (visit.lang, Here::Elsewhere, &visit.path));
    let minutes = u32::try_from((left + 59_999) / 60_000).unwrap_or(1);
    page(&SessionWarningPage { frame, minutes, back })
}

/// Whether a form of this session was sent from here.
fn is_ours(web: &Web, visit: &Visit, view: &View, fields: &Fields) -> bool {
    csrf::is_from_here(&visit.headers, &web.site.public_url) && view.took(fields.get("csrf"))
}

/// `POST /session/extension`: one press, and back to the same page.
pub(crate) async fn extend(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let extended = async {
        let (view, _) = look(&web, &visit).await?;
        let token = visit.token.as_ref().ok_or(Problem::NoSession)?;
        if !is_ours(&web, &visit, &view, &fields) {
            return Err(Problem::Stale);
        }
        sessions::extend(&web.app, token).await
    };
    match extended.await {
        Ok(()) => go(fields.get("back").and_then(own_path).unwrap_or(paths::PERSONS)),
        Err(error) => problem::answer(&web, &visit, error).await,
    }
}

/// `POST /log-af`
pub(crate) async fn log_off(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    if let (Ok((view, _)), Some(token)) = (look(&web, &visit).await, &visit.token) {
        if !is_ours(&web, &visit, &view, &fields) {
            return problem::answer(&web, &visit, Problem::Stale).await;
        }
        if let Err(error) = sessions::log_off(&web.app, token).await {
            return problem::answer(&web, &visit, error).await;
        }
    }
    let mut response = go(paths::LOG_OFF);
    let headers = response.headers_mut();
    cookies::forget(headers, cookies::SESSION);
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\", \"storage\""));
    response
}

/// `/log-af`: logged off.
pub(crate) async fn logged_off(State(web): State<Web>, visit: Visit) -> Response {
    let around = Surroundings::of(&web, None, None, visit.lang);
    page(&LoggedOutPage { frame: around.frame(None, (visit.lang, Here::Elsewhere, paths::START)) })
}

/// `/session/ended?back=…`: nothing happened for too long; the way in again leads back.
pub(crate) async fn ended(State(web): State<Web>, visit: Visit) -> Response {
    let query = Fields::parse(visit.query.as_bytes());
    let back = query.get("back").and_then(own_path);
    let again = match (last(&visit), back) {
        (_, Some(back)) if back.starts_with(paths::mandates::MANDATES) => {
            format!("{}?til={}", paths::mandates::LOG_IN, paths::in_query(back))
        }
        (Some((code, role)), Some(back)) => {
            format!("{}&til={}", paths::log_in(code, role), paths::in_query(back))
        }
        (Some((code, role)), None) => paths::log_in(code, role),
        (None, _) => paths::START.to_owned(),
    };
    let minutes = u32::try_from(web.app.limits.idle_min).unwrap_or(30);
    problem::dead_end(&web, &visit, StatusCode::OK, DeadEnd::SessionEnded { minutes, again: &again }).await
}

/// `/session/step-up?back=…`: a fresh log-in of this very session, and back to the same page.
pub(crate) async fn step_up(State(web): State<Web>, visit: Visit) -> Response {
    let (_, who) = match look(&web, &visit).await {
        Ok(seen) => seen,
        Err(error) => return problem::answer(&web, &visit, error).await,
    };
    let query = Fields::parse(visit.query.as_bytes());
    let intent = Intent {
        role: who.caller.role,
        municipality: who.caller.municipality,
        back_to: query.get("back").and_then(own_path).unwrap_or(paths::PERSONS).to_owned(),
        language: visit.lang.code(),
    };
    match sessions::begin(&web.app, intent, visit.token.as_ref()).await {
        Ok(begun) => {
            let mut response = go(&begun.to);
            cookies::set_login(response.headers_mut(), &begun.browser);
            response
        }
        Err(error) => problem::not_in(&web, &visit, paths::PERSONS, error).await,
    }
}
