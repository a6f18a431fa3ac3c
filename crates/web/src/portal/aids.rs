//! Hjælpemidler: the tabs, one loan and what is asked about it, applying step by step, and what was sent.

mod apply;
mod files;
mod loan;
mod sent;
mod words;

pub(crate) use apply::{begin, save, step};
pub(crate) use files::{add_file, drop, remove_file};
pub(crate) use loan::{ask, asked, loan};
pub(crate) use sent::{application, pdf, withdraw, withdrawn};

use super::errand;
use crate::form::Fields;
use crate::pages::aids::{AidsPage, Body, DraftRow, GrantedRow, KindRow, LoanRow, SentRow, Tab};
use crate::pages::{Fault, Frame, Here, paths};
use crate::render::{go, page_with};
use crate::session::Visit;
use crate::site::Web;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::aids::{self as rules, Stage};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_i18n::Texts;
use borgerportal_service::aids::Tx;
use borgerportal_service::aids::{self as service, Application, Begun, Lent, Overview};
use borgerportal_service::sessions::SignedIn;
use borgerportal_service::{Municipalities, Problem};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A name in an address; what is none is not there.
fn item(text: &str) -> Result<ItemId, Problem> {
    ItemId::parse(text).map_err(|_| Problem::NotFound)
}

/// A name for an errand that a form of this page asks for.
fn errand_id(web: &Web) -> String {
    web.app.store.errand_id(web.app.clock.now()).map(|id| id.to_string()).unwrap_or_default()
}

/// The sentence of a code, at its field.
fn fault(visit: &Visit, field: &'static str, code: &'static str) -> Fault {
    let texts = Texts::of(visit.lang);
    Fault { field, words: texts.of_code(code).unwrap_or_else(|| texts.get("dead-denied-other")).into() }
}

/// Writes in the journal, once however often the form is sent.
async fn write<T: Serialize + DeserializeOwned + Send + 'static>(
    web: &Web,
    visit: &Visit,
    (journal, name): (&str, &'static str),
    fields: &Fields,
    errand: impl Fn(&Tx<'_>, &Municipalities, &SignedIn, JournalId) -> Result<T, Problem>
    + Clone
    + Send
    + Sync
    + 'static,
) -> Result<T, Problem> {
    errand::write(web, visit, (journal, name), fields, errand).await
}

/// `/p/{journal}/aids`
pub(crate) async fn home(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    show(&web, &visit, &journal, None, Vec::new()).await
}

/// `/p/{journal}/aids/loans`
pub(crate) async fn loans(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    show(&web, &visit, &journal, Some(Tab::Loans), Vec::new()).await
}

/// `/p/{journal}/aids/granted`
pub(crate) async fn granted(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    show(&web, &visit, &journal, Some(Tab::Granted), Vec::new()).await
}

/// `/p/{journal}/aids/applications`
pub(crate) async fn applications(
    State(web): State<Web>,
    Path(journal): Path<String>,
    visit: Visit,
) -> Response {
    show(&web, &visit, &journal, Some(Tab::Applications), Vec::new()).await
}

/// `/p/{journal}/aids/apply`
pub(crate) async fn kinds(State(web): State<Web>, Path(journal): Path<String>, visit: Visit) -> Response {
    show(&web, &visit, &journal, Some(Tab::Apply), Vec::new()).await
}

/// A tab; where the mode leaves it out, the first that is there.
async fn show(web: &Web, visit: &Visit, journal: &str, tab: Option<Tab>, faults: Vec<Fault>) -> Response {
    let answer = errand::read(web, visit, journal, service::overview).await;
    errand::page(web, visit, (Here::Aids, &visit.path), answer, |frame, answer| {
        let (it, journal) = (&answer.found, answer.journal);
        let tabs = Tab::of(&it.offers);
        let Some(shown) = tab.filter(|tab| tabs.contains(tab)).or(tabs.first().copied()) else {
            return go(&paths::front(journal));
        };
        if tab.is_some_and(|tab| tab != shown) {
            return go(&paths::aids(journal));
        }
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let body = body(&frame, it, shown, (faults, errand_id(web)));
        page_with(status, &AidsPage { frame, journal, tabs, tab: shown, may_act: it.may_act, body })
    })
    .await
}

fn body(frame: &Frame<'_>, it: &Overview, tab: Tab, (faults, errand): (Vec<Fault>, String)) -> Body {
    match tab {
        Tab::Loans => {
            let row = |lent: &Lent| loan_row(frame, lent);
            let is_over = |lent: &&Lent| lent.loan.step().is_over();
            Body::Loans {
                here: it.loans.iter().filter(|lent| !is_over(lent)).map(row).collect(),
                over: it.loans.iter().filter(is_over).map(row).collect(),
            }
        }
        Tab::Granted => Body::Granted(it.granted.iter().map(|one| granted_row(frame, one)).collect()),
        Tab::Applications => Body::Applications {
            drafts: it.drafts.iter().map(|one| draft_row(frame, it, one)).collect(),
            sent: it.applications.iter().map(|one| sent_row(frame, one)).collect(),
        },
        Tab::Apply => {
            let english = words::is_english(frame);
            let row = |kind: &borgerportal_domain::municipality::AidKind| KindRow {
                code: kind.code.clone(),
                name: kind.name(english).to_owned(),
                about: kind.about(english).to_owned(),
                time: frame
                    .texts()
                    .with("aids-apply-time", &[("weeks", u32::from(kind.answer_weeks).into())]),
            };
            Body::Apply { kinds: it.offers.kind.iter().map(row).collect(), faults, errand }
        }
    }
}

fn loan_row(frame: &Frame<'_>, lent: &Lent) -> LoanRow {
    let open = lent.asked.iter().filter(|asked| asked.is_open());
    LoanRow {
        item: lent.loan.item,
        title: lent.loan.title().to_owned(),
        step: lent.loan.step(),
        says: words::when(frame, &lent.loan).unwrap_or_default(),
        asked: open.map(|asked| words::asked(frame, asked.kind).to_owned()).collect(),
    }
}

fn granted_row(frame: &Frame<'_>, one: &rules::Granted) -> GrantedRow {
    let day = |day: Option<borgerportal_domain::Date>| day.map(|day| frame.day(&day));
    let period = match (day(one.from), day(one.until)) {
        (Some(from), Some(until)) => {
            let args = [("from", (&from).into()), ("until", (&until).into())];
            frame.texts().with("aids-granted-until", &args)
        }
        (Some(from), None) => frame.texts().with("aids-granted-from", &[("from", (&from).into())]),
        (None, _) => String::new(),
    };
    let supplier = match one.supplier.as_str() {
        "" => String::new(),
        name => frame.texts().with("aids-granted-supplier", &[("supplier", name.into())]),
    };
    let lines = [one.law.clone(), supplier, period].into_iter().filter(|line| !line.is_empty());
    GrantedRow { title: one.title.clone(), lines: lines.collect(), over: one.over }
}

fn draft_row(frame: &Frame<'_>, it: &Overview, one: &Begun) -> DraftRow {
    let english = words::is_english(frame);
    let kind = it.offers.kind(&one.draft.kind).map_or(one.draft.kind.as_str(), |kind| kind.name(english));
    let day = frame.day(&copenhagen_date(one.at));
    DraftRow {
        id: one.id,
        title: words::about(frame, "aids-draft-of", kind),
        line: frame.texts().with("aids-draft-touched", &[("day", (&day).into())]),
        step: one.draft.step(),
    }
}

fn sent_row(frame: &Frame<'_>, one: &Application) -> SentRow {
    let answer_by =
        one.content.answer_by().filter(|_| one.stage.is_open() && one.stage != Stage::Undelivered);
    SentRow {
        id: one.id,
        title: words::title(frame, one),
        line: words::sent(frame, one),
        answer_by: answer_by.map(|day| words::answer_by(frame, day)),
        stage: one.stage,
    }
}
