//! The site: what is the same on every page, and the table of all routes.

use crate::headers;
use crate::limit::Limiter;
use crate::{api, fuldmagt, portal, statics, upload};
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::{Router, middleware};
use borgerportal_domain::news::Channel;
use borgerportal_service::App;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::timeout::TimeoutLayer;
use url::Url;

/// What an operator says of the site.
#[derive(Debug, Clone)]
pub struct Site {
    /// Where people reach it; its origin is the only one whose forms are taken.
    pub public_url: Url,
    /// Whom to call before a municipality is chosen, as written in Denmark.
    pub support_phone: String,
    /// When, in Danish: "på hverdage kl. 9–15".
    pub support_hours_da: String,
    /// When, in English.
    pub support_hours_en: String,
    /// FMK-online, where medicine is.
    pub fmk_url: String,
    /// Who answers for the site, for the pages about it.
    pub owner: String,
    /// Where to write about the portal.
    pub mail: String,
    /// Where to write about personal data.
    pub dpo_mail: String,
    /// The ways by which people can be told of news.
    pub news_by: Vec<Channel>,
    /// Proxies whose word about the caller's address is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// Deliveries that one record system may make in a minute.
    pub deliveries_a_minute: NonZeroU32,
    /// Address of the broker's pages, for `form-action` and links back; empty if not known.
    pub version: &'static str,
}

/// What every handler has.
#[derive(Clone)]
pub(crate) struct Web {
    pub(crate) app: App,
    pub(crate) site: Arc<Site>,
    /// Knocks by address.
    pub(crate) limiter: Arc<Limiter<IpAddr>>,
    /// Deliveries by record system.
    pub(crate) deliveries: Arc<Limiter<String>>,
    /// Questions about mandates by the system that asks.
    pub(crate) lookups: Arc<Limiter<String>>,
    /// Calendar programs by address.
    pub(crate) feeds: Arc<Limiter<IpAddr>>,
    /// Readings of withdrawn proofs by address: who reads them keeps nobody at that address from logging in.
    pub(crate) lists: Arc<Limiter<IpAddr>>,
}

/// Bytes of an ordinary form.
const FORM_BYTES: usize = 64 << 10;
/// The longest a request may take.
const LONGEST: Duration = Duration::from_secs(20);
/// Smaller answers are not worth packing.
const PACK_FROM: u64 = 1024;

/// Packed lightly: each answer is packed once and read once, and the next levels cost the server more than they
/// spare the line.
const PACKED: CompressionLevel = CompressionLevel::Precise(1);

/// All routes of the portal.
pub fn router(app: App, site: Site) -> Router {
    let deliveries = Arc::new(Limiter::a_minute(site.deliveries_a_minute));
    let lookups = Arc::new(Limiter::a_minute(api::lookup::A_MINUTE));
    let limiter = Arc::new(Limiter::default());
    let lists = Arc::new(Limiter::default());
    let feeds = Arc::new(Limiter::default());
    let web = Web { app, site: Arc::new(site), limiter, deliveries, lookups, feeds, lists };
    let pages = Router::new()
        .merge(before_login())
        .merge(signed_in())
        .merge(journal())
        .merge(aids())
        .merge(calendar())
        .merge(messages())
        .merge(fuldmagt::routes())
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    let fhir = Router::new()
        .route("/oauth/token", post(api::token::token))
        .route("/fhir/{municipality}", post(api::fhir::deliver))
        .route("/fhir/{municipality}/metadata", get(api::fhir::metadata))
        .route("/api/lookup/v1", post(api::lookup::look_up))
        .route("/api/lookup/v1/keys", get(api::lookup::keys))
        .route("/api/lookup/v1/status/{list}", get(api::lookup::status))
        .route("/api/mandates/v1/privileges", post(api::lookup::privileges))
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    let packing = SizeAbove::new(PACK_FROM)
        .and(NotForContentType::new("application/pdf"))
        .and(NotForContentType::new("image/"))
        .and(NotForContentType::new("font/"));
    pages
        .merge(fhir)
        .route("/static/{file}", get(statics::file))
        .route("/health/live", get(api::health::live))
        .route("/health/ready", get(api::health::ready))
        .fallback(portal::nothing)
        .layer(CompressionLayer::new().quality(PACKED).compress_when(packing))
        .layer(CatchPanicLayer::custom(headers::panicked))
        .layer(TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(middleware::from_fn_with_state(web.clone(), headers::around))
        .with_state(web)
}

fn before_login() -> Router<Web> {
    Router::new()
        .route("/", get(portal::login::roles))
        .route("/kommune", get(portal::login::municipality))
        .route("/log-paa/svar", get(portal::login::answer))
        .route("/log-paa/fuldmagter", get(portal::login::start_for_mandates))
        .route("/log-paa/{municipality}", get(portal::login::start))
        .route("/sprog/{language}", get(portal::about::language))
        .route("/was", get(portal::about::accessibility))
        .route("/privatliv", get(portal::about::privacy))
        .route("/cookies", get(portal::about::cookies))
        .route("/hjaelp", get(portal::about::help))
        .route("/ordbog", get(portal::glossary::topics))
        .route("/ordbog/{topic}", get(portal::glossary::topic))
}

fn signed_in() -> Router<Web> {
    use portal::profile;
    Router::new()
        .route("/velkommen", get(portal::people::welcome))
        .route("/personer", get(portal::people::chooser).post(portal::people::choose))
        .route("/profil", get(profile::show).post(profile::save))
        .route("/profil/mail", get(profile::home).post(profile::ask_code))
        .route("/profil/mail/slet", get(profile::home).post(profile::drop_address))
        .route("/profil/kode", get(profile::home).post(profile::confirm))
        .route("/profil/kode/fortryd", get(profile::home).post(profile::forget_code))
        .route("/log-af", get(portal::session::logged_off).post(portal::session::log_off))
        .route("/session/warning", get(portal::session::warning))
        .route("/session/ended", get(portal::session::ended))
        .route("/session/extension", post(portal::session::extend))
        .route("/session/step-up", get(portal::session::step_up))
}

fn journal() -> Router<Web> {
    Router::new()
        .route("/p/{journal}/", get(portal::front_page::front_page))
        .route("/p/{journal}/menu", get(portal::front_page::menu))
        .route("/p/{journal}/documents", get(portal::documents::list))
        .route("/p/{journal}/documents/search", post(portal::documents::search))
        .route("/p/{journal}/documents/{item}", get(portal::documents::document))
        .route("/p/{journal}/documents/{item}/file", get(portal::documents::file))
        .route("/p/{journal}/export", get(portal::export::about))
        .route("/p/{journal}/export/pdf", get(portal::export::pdf))
        .route("/p/{journal}/export/fhir", get(portal::export::data))
        .route("/p/{journal}/grants", get(portal::grants::list))
        .route("/p/{journal}/grants/{item}", get(portal::grants::grant))
        .route("/p/{journal}/grants/{item}/letter", get(portal::grants::letter))
        .route("/p/{journal}/conditions", get(portal::conditions::list))
        .route("/p/{journal}/conditions/{item}", get(portal::conditions::one))
        .route("/p/{journal}/plans", get(portal::plans::list))
        .route("/p/{journal}/plans/{item}", get(portal::plans::one))
        .route("/p/{journal}/access-log", get(portal::access_log::page))
}

fn aids() -> Router<Web> {
    use portal::aids;
    Router::new()
        .route("/p/{journal}/aids", get(aids::home))
        .route("/p/{journal}/aids/loans", get(aids::loans))
        .route("/p/{journal}/aids/granted", get(aids::granted))
        .route("/p/{journal}/aids/applications", get(aids::applications))
        .route("/p/{journal}/aids/apply", get(aids::kinds).post(aids::begin))
        .route("/p/{journal}/aids/loans/{item}", get(aids::loan))
        .route("/p/{journal}/aids/loans/{item}/{kind}", get(aids::ask).post(aids::asked))
        .route("/p/{journal}/aids/apply/{draft}/drop", post(aids::drop))
        .route("/p/{journal}/aids/apply/{draft}/files/remove", post(aids::remove_file))
        .route(
            "/p/{journal}/aids/apply/{draft}/files/add",
            post(aids::add_file).layer(DefaultBodyLimit::max(upload::BYTES)),
        )
        .route("/p/{journal}/aids/apply/{draft}/{step}", get(aids::step).post(aids::save))
        .route("/p/{journal}/aids/applications/{id}", get(aids::application))
        .route("/p/{journal}/aids/applications/{id}/pdf", get(aids::pdf))
        .route("/p/{journal}/aids/applications/{id}/withdraw", get(aids::withdraw).post(aids::withdrawn))
}

fn calendar() -> Router<Web> {
    use portal::calendar::{cancel, programs, week};
    Router::new()
        .route("/p/{journal}/calendar", get(week::week))
        .route("/p/{journal}/calendar/day", get(week::day))
        .route("/p/{journal}/calendar/list", get(week::list))
        .route("/p/{journal}/calendar/file", get(programs::file))
        .route("/p/{journal}/calendar/feeds", get(programs::feeds).post(programs::make))
        .route("/p/{journal}/calendar/feeds/{feed}/revocation", post(programs::shut))
        .route("/p/{journal}/calendar/visits/{item}", get(week::visit))
        .route("/p/{journal}/calendar/visits/{item}/cancellation", get(cancel::ask).post(cancel::cancel))
        .route("/p/{journal}/calendar/visits/{item}/undo", post(cancel::undo))
        .route("/p/{journal}/calendar/visits/{item}/receipt", get(cancel::receipt))
        .route("/kalender/{file}", get(programs::feed))
}

fn messages() -> Router<Web> {
    use portal::messages as room;
    let files = get(room::files).post(room::add).layer(DefaultBodyLimit::max(upload::BYTES));
    Router::new()
        .route("/p/{journal}/messages", get(room::list))
        .route("/p/{journal}/messages/new", get(room::new).post(room::begin))
        .route("/p/{journal}/messages/{message}", get(room::thread))
        .route("/p/{journal}/messages/{message}/pdf", get(room::pdf))
        .route("/p/{journal}/messages/{message}/receipt", get(room::receipt))
        .route("/p/{journal}/messages/{message}/answer", get(room::to_thread).post(room::answer))
        .route("/p/{journal}/messages/{message}/files/{number}", get(room::file))
        .route("/p/{journal}/messages/drafts/{draft}/department", get(room::department).post(room::choose))
        .route("/p/{journal}/messages/drafts/{draft}/write", get(room::write).post(room::save))
        .route("/p/{journal}/messages/drafts/{draft}/files", files)
        .route(
            "/p/{journal}/messages/drafts/{draft}/files/{number}/removal",
            get(room::to_files).post(room::remove),
        )
        .route("/p/{journal}/messages/drafts/{draft}/check", get(room::check).post(room::send))
        .route("/p/{journal}/messages/drafts/{draft}/drop", get(room::to_files).post(room::drop))
}
