//! One request of a person, and what the frame of its page shows: who is signed in, for whom, on which basis,
//! until when. A [`View`] is made inside the errand, from the facts access was decided on.

use super::{cookies, csrf};
use crate::form::own_path;
use crate::pages::paths::mandates::MANDATES;
use crate::pages::{Acting, Closed, Frame, Here, Place, Rights, Support, Until, Visitor};
use crate::site::{Site, Web};
use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use borgerportal_domain::access::{Basis, JournalState};
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::municipality::{Modules, MunicipalityCode, Settings, YouthPolicy};
use borgerportal_domain::time::{Date, Timestamp, copenhagen, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_service::access::Granted;
use borgerportal_service::sessions::{self, Limits, SignedIn, Token};
use std::convert::Infallible;
use std::net::IpAddr;

/// A request, as far as every handler needs it.
pub(crate) struct Visit {
    /// The reader's language.
    pub(crate) lang: Lang,
    /// The session's token, if the browser has one.
    pub(crate) token: Option<Token>,
    /// Path and query, to come back to after a change of language, a warning or a log-in; without the query
    /// where that is none of ours. Of GETs, and of forms of Digital Fuldmagt and of messages, which all stand at the
    /// address they are sent to; other POSTs have no page of their own.
    pub(crate) path: String,
    /// The query, without its question mark.
    pub(crate) query: String,
    /// All headers.
    pub(crate) headers: HeaderMap,
    /// Who is knocking, as far as the network knows.
    pub(crate) from: IpAddr,
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        let from = caller(parts, &web.site);
        // Taken, not copied: nothing after this reads them, but for how a form with a file is packed.
        let headers = std::mem::take(&mut parts.headers);
        if let Some(kind) = headers.get(header::CONTENT_TYPE) {
            parts.headers.insert(header::CONTENT_TYPE, kind.clone());
        }
        let own = parts.uri.path().starts_with(MANDATES) || parts.uri.path().contains("/messages/");
        let get = parts.method == Method::GET || own;
        Ok(Self {
            lang: language(&headers),
            token: cookies::token(&headers, cookies::SESSION),
            path: if get { here(parts) } else { "/personer".to_owned() },
            query: parts.uri.query().unwrap_or_default().to_owned(),
            from,
            headers,
        })
    }
}

impl Visit {
    /// The language this browser's user has chosen, if they ever did.
    pub(crate) fn chosen_language(&self) -> Option<Lang> {
        chosen_language(&self.headers)
    }

    /// Whether it is about the visitor's own mandates.
    pub(crate) fn is_mandates(&self) -> bool {
        self.path.starts_with(MANDATES)
    }
}

/// The page that was asked for.
fn here(parts: &Parts) -> String {
    let whole = parts.uri.path_and_query().map_or("/", |whole| whole.as_str());
    own_path(whole).unwrap_or_else(|| parts.uri.path()).to_owned()
}

/// The cookie decides; else what the browser prefers; else Danish.
fn language(headers: &HeaderMap) -> Lang {
    let preferred = || {
        let list = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
        list.split(',').find_map(|one| Lang::parse(one.trim().get(..2)?))
    };
    chosen_language(headers).or_else(preferred).unwrap_or(Lang::Da)
}

fn chosen_language(headers: &HeaderMap) -> Option<Lang> {
    cookies::get(headers, cookies::LANGUAGE).and_then(Lang::parse)
}

/// The network address, or what a trusted proxy says it is.
fn caller(parts: &Parts, site: &Site) -> IpAddr {
    let peer = parts.extensions.get::<axum::extract::ConnectInfo<std::net::SocketAddr>>();
    let peer = peer.map_or(IpAddr::from([0, 0, 0, 0]), |info| info.0.ip());
    if !site.trusted_proxies.contains(&peer) {
        return peer;
    }
    let told = parts.headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    told.and_then(|list| list.rsplit(',').next()?.trim().parse().ok()).unwrap_or(peer)
}

/// Everything a signed-in frame shows, owned.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) actor: String,
    pub(crate) journal: Option<JournalId>,
    pub(crate) municipality: Option<MunicipalityCode>,
    subject: Option<Subject>,
    /// Since when help has ended, where it has.
    closed_since: Option<Date>,
    csrf: [u8; 32],
    ends_after_s: u32,
    warn_after_s: u32,
}

/// Whose data is in view.
#[derive(Debug, Clone)]
struct Subject {
    name: String,
    first: String,
    basis: Basis,
}

impl View {
    /// Of a page about a journal.
    pub(crate) fn of(who: &SignedIn, granted: &Granted<'_>, limits: &Limits, now: Timestamp) -> Self {
        let subject = &granted.loaded.subject.name;
        let mut view = Self::without_journal(who, granted.loaded.actor.name.full(), limits, now);
        view.journal = Some(granted.access.journal());
        view.municipality = Some(granted.access.municipality());
        view.closed_since = match granted.loaded.facts.journal {
            JournalState::Active => None,
            JournalState::Inactive { since } => Some(since),
        };
        view.subject = Some(Subject {
            name: subject.full(),
            first: subject.first().to_owned(),
            basis: *granted.basis(),
        });
        view
    }

    /// Of a page about no journal.
    pub(crate) fn without_journal(who: &SignedIn, actor: String, limits: &Limits, now: Timestamp) -> Self {
        // This request counts as use: the idle time begins anew.
        let mut session = who.session.clone();
        session.seen_at = now;
        let left = sessions::ends_at(&session, limits).millis_since(now) / 1000;
        let warn = left - 60 * limits.warn_min;
        let seconds = |seconds: i64| u32::try_from(seconds.max(1)).unwrap_or(u32::MAX);
        Self {
            actor,
            journal: None,
            municipality: who.caller.municipality,
            subject: None,
            closed_since: None,
            csrf: who.session.csrf,
            ends_after_s: seconds(left),
            warn_after_s: seconds(warn),
        }
    }

    /// Whether a form's hidden field is this session's.
    pub(crate) fn took(&self, field: Option<&str>) -> bool {
        field.is_some_and(|field| csrf::fits(field, &self.csrf))
    }

    /// What the municipality in view has decided; nothing where none was chosen.
    pub(crate) fn place<'w>(&self, web: &'w Web) -> Option<&'w Settings> {
        self.municipality.and_then(|code| web.app.municipalities.get(code))
    }

    /// The first name of whose data it is.
    pub(crate) fn first_name(&self) -> &str {
        self.subject.as_ref().map_or("", |subject| &subject.first)
    }

    fn acting(&self) -> Acting<'_> {
        let Some(Subject { name, first, basis }) = &self.subject else { return Acting::Own };
        let (name, first) = (name.as_str(), first.as_str());
        match basis {
            Basis::Own => Acting::Own,
            Basis::Custody { youth, .. } => {
                Acting::Parent { name, first, filtered: matches!(youth, Some(YouthPolicy::Filtered)) }
            }
            Basis::Guardianship { .. } => Acting::Guardian { name, first },
            Basis::Mandate { may_act, .. } | Basis::Claim { may_act, .. } => {
                Acting::Relative { name, first, rights: rights(*may_act), until: until(basis) }
            }
        }
    }
}

/// Reading, or reading and acting.
pub(crate) const fn rights(may_act: bool) -> Rights {
    if may_act { Rights::ReadAndAct } else { Rights::Read }
}

/// When a basis ends, as people say it: the last day, or a clock time for a claim of this log-in.
pub(crate) fn until(basis: &Basis) -> Until {
    match (basis, basis.until()) {
        (Basis::Claim { .. }, Some(at)) => Until::Clock(copenhagen(at).time()),
        (_, Some(at)) => Until::Day(last_day(at)),
        (_, None) => Until::Open,
    }
}

/// The last day before a half-open end.
pub(crate) fn last_day(end: Timestamp) -> Date {
    copenhagen_date(end.plus_millis(-1))
}

/// What lives as long as a frame: texts that are put together once.
pub(crate) struct Surroundings {
    place: Option<(String, String)>,
    modules: Modules,
    closed: Option<Closed>,
    phone: String,
    hours: String,
    csrf: String,
}

impl Surroundings {
    /// Of a page of this view, or of nobody's.
    pub(crate) fn of(web: &Web, view: Option<&View>, settings: Option<&Settings>, lang: Lang) -> Self {
        let site = &web.site;
        let hours = match lang {
            Lang::Da => &site.support_hours_da,
            Lang::En => &site.support_hours_en,
        };
        let mask = web.app.random().unwrap_or([0; 32]);
        let today = || copenhagen_date(web.app.clock.now());
        let since = view.and_then(|view| view.closed_since);
        Self {
            place: settings.map(|settings| (settings.name(), place_site(settings))),
            closed: settings
                .zip(since)
                .map(|(settings, since)| Closed::of(settings.inactive_journal, since, today())),
            modules: settings.map_or(Modules::ALL, |settings| settings.modules),
            phone: settings
                .and_then(|settings| settings.support.phone.as_ref())
                .map_or_else(|| site.support_phone.clone(), |phone| phone.as_str().to_owned()),
            hours: settings.and_then(|settings| own_hours(settings, lang)).unwrap_or_else(|| hours.clone()),
            csrf: view.map(|view| csrf::mask(&view.csrf, &mask)).unwrap_or_default(),
        }
    }

    /// The frame of a page.
    pub(crate) fn frame<'a>(
        &'a self,
        view: Option<&'a View>,
        (lang, here, path): (Lang, Here, &'a str),
    ) -> Frame<'a> {
        Frame {
            lang,
            place: self.place.as_ref().map(|(name, site)| Place { name, site }),
            support: Support { phone: &self.phone, hours: &self.hours },
            visitor: view.map(|view| Visitor {
                name: &view.actor,
                csrf: &self.csrf,
                warn_after: view.warn_after_s,
                ends_after: view.ends_after_s,
            }),
            acting: view.map_or(Acting::Own, View::acting),
            // Of what is shut there is no menu: every page of it says the same.
            journal: view.and_then(|view| view.journal).filter(|_| self.closed != Some(Closed::Shut)),
            closed: self.closed,
            modules: self.modules,
            here,
            path,
        }
    }
}

/// The municipality's own page; where it has named none, the public entrance.
fn place_site(settings: &Settings) -> String {
    let own = settings.links.guide.as_ref().or(settings.links.borgerservice.as_ref());
    own.unwrap_or(&settings.links.borger_dk).as_str().to_owned()
}

fn own_hours(settings: &Settings, lang: Lang) -> Option<String> {
    let hours = match lang {
        Lang::Da => &settings.support.hours_da,
        Lang::En => &settings.support.hours_en,
    };
    (!hours.is_empty()).then(|| hours.clone())
}
