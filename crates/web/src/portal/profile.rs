//! The profile of whoever is signed in. Each form is its own errand; one that was right leads back to the page, one that was
//! wrong is shown again with what is to be mended.

use crate::form::Fields;
use crate::fuldmagt::errand::{read, write};
use crate::pages::{CodeSent, Fault, Here, NewsRow, ProfileDone, ProfilePage, paths};
use crate::problem;
use crate::render::{go, page_with};
use crate::session::Visit;
use crate::session::visit::Surroundings;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::news::{Channel, MailAddress};
use borgerportal_i18n::Texts;
use borgerportal_service::Problem;
use borgerportal_service::profile::{self as service, Confirmed};

/// What is to be mended.
#[derive(Default)]
struct Wrong {
    fault: Option<Fault>,
    typed: String,
}

impl Wrong {
    /// By a code that the rule gave.
    fn by_code(visit: &Visit, field: &'static str, code: &str) -> Self {
        let words = Texts::of(visit.lang).of_code(code).unwrap_or_default();
        Self { fault: Some(Fault { field, words: words.into() }), typed: String::new() }
    }
}

/// `/profil[?gjort=…]`
pub(crate) async fn show(State(web): State<Web>, visit: Visit) -> Response {
    page(&web, &visit, Wrong::default()).await
}

/// Where a form is sent to there is no page of its own: whoever goes there again comes back.
pub(crate) async fn home() -> Response {
    go(paths::PROFILE)
}

async fn page(web: &Web, visit: &Visit, wrong: Wrong) -> Response {
    let places = web.app.municipalities.clone();
    let mine = match read(web, visit, move |tx, who| service::profile(tx, &places, who)).await {
        Ok(mine) => mine,
        Err(problem) => return problem::answer(web, visit, problem).await,
    };
    let around = Surroundings::of(web, Some(&mine.view), mine.view.place(web), visit.lang);
    let frame = around.frame(Some(&mine.view), (visit.lang, Here::Elsewhere, paths::PROFILE));
    let found = &mine.found;
    let names: Vec<String> = found.people.iter().map(|one| one.choice.name.full()).collect();
    let status = if wrong.fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(
        status,
        &ProfilePage {
            frame,
            address: found.address.as_ref().map(MailAddress::as_str),
            refused: found.refused,
            code: found.waiting.as_ref().map(|one| CodeSent {
                address: one.address.as_str(),
                refused: one.refused,
                open: one.open,
            }),
            no_number: found.no_number,
            ways: &web.site.news_by,
            rows: found.people.iter().zip(&names).map(|(one, name)| row(one, name)).collect(),
            done: if wrong.fault.is_none() { done(visit) } else { None },
            faults: wrong.fault.into_iter().collect(),
            typed: &wrong.typed,
        },
    )
}

fn row<'a>(one: &'a service::Wanted, name: &'a str) -> NewsRow<'a> {
    let other = (!one.choice.basis.is_own()).then_some(name);
    NewsRow { journal: one.choice.journal, other, by: &one.channels }
}

fn done(visit: &Visit) -> Option<ProfileDone> {
    match Fields::parse(visit.query.as_bytes()).get("gjort")? {
        "gemt" => Some(ProfileDone::Saved),
        "kode" => Some(ProfileDone::CodeSent),
        "bekraeftet" => Some(ProfileDone::Confirmed),
        "slettet" => Some(ProfileDone::Removed),
        _ => None,
    }
}

fn back(done: &str) -> Response {
    go(&format!("{}?gjort={done}", paths::PROFILE))
}

/// Of whose record one wants to hear, and how (POST).
pub(crate) async fn save(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let wishes: Vec<_> = fields.all("besked").filter_map(wish).collect();
    let places = web.app.municipalities.clone();
    let saved = write(&web, &visit, &fields, move |tx, who| service::set_wishes(tx, &places, who, &wishes));
    match saved.await {
        Ok(()) => back("gemt"),
        Err(Problem::Denied(code)) => page(&web, &visit, Wrong::by_code(&visit, "besked", code)).await,
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// `mail-0192…`: a way and a journal. What is none is passed over.
fn wish(text: &str) -> Option<(JournalId, Channel)> {
    let (channel, journal) = text.split_once('-')?;
    Some((JournalId::parse(journal).ok()?, Channel::from_code(channel)?))
}

/// Sends a code to an address (POST).
pub(crate) async fn ask_code(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let typed = fields.get("mail").unwrap_or_default().to_owned();
    let address = typed.clone();
    let asked = write(&web, &visit, &fields, move |tx, who| service::ask_code(tx, who, &address));
    match asked.await {
        Ok(()) => back("kode"),
        Err(Problem::Denied(code)) => {
            page(&web, &visit, Wrong { typed, ..Wrong::by_code(&visit, "mail", code) }).await
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Confirms an address with the code that was sent there (POST).
pub(crate) async fn confirm(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    let fields = Fields::parse(&body);
    let typed = fields.get("kode").unwrap_or_default().to_owned();
    let wrong = |key| {
        let words = Texts::of(visit.lang).get(key).into();
        Wrong { fault: Some(Fault { field: "kode", words }), ..Wrong::default() }
    };
    match write(&web, &visit, &fields, move |tx, who| service::confirm(tx, who, &typed)).await {
        Ok(Confirmed::Yes) => back("bekraeftet"),
        Ok(Confirmed::Wrong) => page(&web, &visit, wrong("profile-code-wrong")).await,
        Ok(Confirmed::Over) => page(&web, &visit, wrong("profile-code-over")).await,
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Forgets an address that waits for its code (POST).
pub(crate) async fn forget_code(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    match write(&web, &visit, &Fields::parse(&body), service::forget_code).await {
        Ok(()) => go(paths::PROFILE),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Forgets the address, and what was wanted by it (POST).
pub(crate) async fn drop_address(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    match write(&web, &visit, &Fields::parse(&body), service::drop_address).await {
        Ok(()) => back("slettet"),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}
