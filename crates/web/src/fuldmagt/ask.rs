//! The page before the questions, the drafts on it, and a request that was sent.

use super::borgerservice::{Help, help};
use super::errand::{self, Mine, page, read, write};
use super::words::{asked_state, first, last_day_before, rights};
use crate::form::Fields;
use crate::pages::mandates::{
    Continued, ElsewherePage, IntroPage, ReceiptOf, ReceiptPage, State as Worth, Step, Way, WithdrawPage,
};
use crate::pages::paths;
use crate::problem;
use crate::render::{go, page as render};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::response::Response;
use borgerportal_domain::mandates::Draft;
use borgerportal_domain::time::{Date, copenhagen};
use borgerportal_service::mandates::{RequestRow, are_ours, ask, drafts};
use borgerportal_service::{Municipalities, Problem};

/// Asking or giving, by the address.
pub(super) fn way(visit: &Visit) -> Way {
    if visit.path.starts_with(paths::mandates::begin(Way::Give)) { Way::Give } else { Way::Ask }
}

/// The national service, where mandates are not ours.
pub(crate) fn elsewhere(places: &Municipalities) -> Option<String> {
    let there = || places.all().next().map(|settings| settings.links.digital_fuldmagt.as_str().to_owned());
    if are_ours(places) { None } else { there() }
}

/// `/fuldmagter/bed-om`, `/fuldmagter/giv`
pub(crate) async fn intro(State(web): State<Web>, visit: Visit) -> Response {
    let (way, there) = (way(&visit), elsewhere(&web.app.municipalities));
    let mine = read(&web, &visit, drafts::mine).await;
    page(&web, &visit, mine, |frame, mine| {
        if let Some(there) = &there {
            return render(&ElsewherePage { frame, there });
        }
        let drafts = mine.found.iter().filter(|draft| draft.kind == way).map(continued).collect();
        let help = mine.view.place(&web).map(help);
        let borgerservice = help.as_ref().map(Help::shown);
        render(&IntroPage { frame, way, drafts, borgerservice, answer_days: ask::ANSWER_DAYS })
    })
    .await
}

fn continued(draft: &Draft) -> Continued {
    let at = paths::mandates::draft(draft.kind, &draft.id.to_string());
    Continued {
        href: format!("{at}/{}", paths::mandates::step_word(draft.step())),
        drop: format!("{at}/drop"),
        name: draft.person.as_ref().map(|person| person.name.clone()).unwrap_or_default(),
        begun: begun(draft),
    }
}

/// The day on which its name was made.
fn begun(draft: &Draft) -> Date {
    let millis = draft.id.uuid().as_u64_pair().0 >> 16;
    copenhagen(borgerportal_domain::Timestamp::from_millis(i64::try_from(millis).unwrap_or(0))).date()
}

/// Begins one (POST).
pub(crate) async fn begin(State(web): State<Web>, visit: Visit, body: Bytes) -> Response {
    let way = way(&visit);
    if elsewhere(&web.app.municipalities).is_some() {
        return go(paths::mandates::begin(way));
    }
    let fields = Fields::parse(&body);
    match write(&web, &visit, &fields, move |tx, who| Ok(drafts::start(tx, who, way)?.to_string())).await {
        Ok(id) => go(&format!("{}/person", paths::mandates::draft(way, &id))),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Throws one away (POST).
pub(crate) async fn drop(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let dropped = async {
        let id = errand::draft(&id)?;
        write(&web, &visit, &fields, move |tx, who| drafts::drop(tx, who, id)).await
    };
    match dropped.await {
        Ok(()) => go(paths::mandates::begin(way(&visit))),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Reads a request for the one who sent it.
pub(super) async fn sent(web: &Web, visit: &Visit, id: &str) -> Result<Mine<RequestRow>, Problem> {
    let (id, lang) = (errand::request(id)?, visit.lang);
    read(web, visit, move |tx, who| ask::receipt(tx, who, id, lang)).await
}

/// `/fuldmagter/bed-om/kvittering/{request}`: the receipt, and later the page, of a request one has sent.
pub(crate) async fn receipt(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    let mine = sent(&web, &visit, &id).await;
    page(&web, &visit, mine, |frame, mine| {
        let (row, at) = (&mine.found, copenhagen(mine.found.sent_at));
        render(&ReceiptPage {
            frame,
            of: ReceiptOf::Request {
                id: row.id,
                answer_by: last_day_before(row.answer_by),
                by_letter: row.by_letter,
                state: asked_state(row.standing),
            },
            number: row.number.clone(),
            first: first(&row.other),
            full: row.other.clone(),
            day: at.date(),
            time: at.time(),
            rights: rights(&row.rights),
            last_day: row.last_day,
        })
    })
    .await
}

/// `/fuldmagter/anmodning/{request}/traek-tilbage`
pub(crate) async fn take_back(State(web): State<Web>, Path(id): Path<String>, visit: Visit) -> Response {
    let mine = sent(&web, &visit, &id).await;
    page(&web, &visit, mine, |frame, mine| {
        if asked_state(mine.found.standing) != Worth::WaitsForOther {
            return go(&paths::mandates::asked(mine.found.id));
        }
        render(&WithdrawPage { frame, id: mine.found.id, full: mine.found.other.clone() })
    })
    .await
}

/// Takes it back (POST).
pub(crate) async fn taken_back(
    State(web): State<Web>,
    Path(id): Path<String>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let done = async {
        let id = errand::request(&id)?;
        write(&web, &visit, &fields, move |tx, who| ask::withdraw(tx, who, id)).await
    };
    match done.await {
        Ok(()) => go("/fuldmagter?side=faaet&gjort=trukket"),
        // Pressed twice, or answered meanwhile: its page says what became of it.
        Err(Problem::Denied(_)) => go(&format!("/fuldmagter/bed-om/kvittering/{id}")),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Where a draft goes on after an answer.
pub(super) fn next(way: Way, id: &str, step: &str) -> Response {
    let step = Step::from_code(step).unwrap_or(Step::Check);
    go(&format!("{}/{}", paths::mandates::draft(way, id), paths::mandates::step_word(step)))
}
