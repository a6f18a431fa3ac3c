//! One loan, and asking to have it repaired or fetched.

use super::{errand_id, fault, item, words, write};
use crate::form::Fields;
use crate::pages::aids::{AskPage, AskedRow, LoanPage, step_badge, step_words};
use crate::pages::{Fault, Frame, Here, paths};
use crate::portal::errand::{self, Answer};
use crate::problem;
use crate::render::{go, page, page_with};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use borgerportal_domain::aids::{AskKind, DeliveryStep};
use borgerportal_service::Problem;
use borgerportal_service::aids::{self as service, Lent};

async fn read(
    web: &Web,
    visit: &Visit,
    (journal, loan): (&str, &str),
) -> Result<Answer<(Lent, bool)>, Problem> {
    let loan = item(loan)?;
    errand::read(web, visit, journal, move |tx, places, who, journal| {
        service::loan(tx, places, who, (journal, loan))
    })
    .await
}

/// `/p/{journal}/aids/loans/{item}`
pub(crate) async fn loan(
    State(web): State<Web>,
    Path((journal, loan)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let done = visit.query == "done=1";
    let answer = read(&web, &visit, (&journal, &loan)).await;
    errand::page(&web, &visit, (Here::Aids, &visit.path), answer, |frame, answer| {
        page(&show(frame, answer, done))
    })
    .await
}

fn show<'f>(frame: Frame<'f>, answer: &Answer<(Lent, bool)>, done: bool) -> LoanPage<'f> {
    let (lent, may_act) = &answer.found;
    let loan = &lent.loan;
    let day_of = |step: DeliveryStep| {
        let reached = loan.way.iter().rev().find(|comes| comes.step.reached() == step.reached());
        reached.filter(|_| step.reached() <= loan.step().reached())
    };
    let days = DeliveryStep::WAY
        .map(|step| day_of(step).and_then(|it| words::window(&frame, (it.on, it.from, it.until))));
    let asked = lent.asked.iter().map(|one| AskedRow {
        what: words::asked(&frame, one.kind),
        by: words::by(&frame, (&one.by, one.at)),
        note: one.note.clone(),
        state: words::became(&frame, one),
    });
    let past = loan
        .way
        .iter()
        .rev()
        .filter_map(|comes| Some((step_words(&frame, comes.step), frame.day(&comes.on?))));
    LoanPage {
        journal: answer.journal,
        item: loan.item,
        title: loan.title().to_owned(),
        step: loan.step(),
        badge: step_badge(loan.step()),
        when: words::when(&frame, loan).filter(|_| loan.step().is_coming()),
        days,
        asked: asked.collect(),
        may_ask: AskKind::ALL.iter().copied().filter(|kind| lent.may_ask(*kind)).collect(),
        may_act: *may_act,
        facts: facts(&frame, lent),
        history: past.filter(|_| !loan.step().is_coming()).collect(),
        done,
        frame,
    }
}

fn facts(frame: &Frame<'_>, lent: &Lent) -> Vec<(&'static str, String)> {
    let (loan, device) = (&lent.loan.lent, lent.loan.device.as_ref());
    let day = |day: Option<borgerportal_domain::Date>| day.map(|day| frame.day(&day)).unwrap_or_default();
    let all = [
        ("aids-loan-since", day(loan.from.filter(|_| !lent.loan.step().is_coming()))),
        ("aids-loan-until", day(loan.until)),
        ("aids-loan-law", loan.law.clone()),
        ("aids-loan-hmi", device.map(|device| device.hmi.clone()).unwrap_or_default()),
        ("aids-loan-serial", device.map(|device| device.serial.clone()).unwrap_or_default()),
    ];
    let said = all.into_iter().filter(|(_, says)| !says.is_empty());
    said.map(|(what, says)| (frame.say(what), says)).collect()
}

/// `/p/{journal}/aids/loans/{item}/{kind}`
pub(crate) async fn ask(
    State(web): State<Web>,
    Path((journal, loan, kind)): Path<(String, String, String)>,
    visit: Visit,
) -> Response {
    show_ask(&web, &visit, (&journal, &loan, &kind), (String::new(), Vec::new())).await
}

async fn show_ask(
    web: &Web,
    visit: &Visit,
    (journal, loan, kind): (&str, &str, &str),
    (typed, faults): (String, Vec<Fault>),
) -> Response {
    let answer = match AskKind::from_code(kind) {
        Some(kind) => read(web, visit, (journal, loan)).await.map(|answer| (answer, kind)),
        None => Err(Problem::NotFound),
    };
    let (answer, kind) = match answer {
        Ok((answer, kind)) => (Ok(answer), kind),
        Err(problem) => (Err(problem), AskKind::Repair),
    };
    errand::page(web, visit, (Here::Aids, &visit.path), answer, |frame, answer| {
        let (lent, may_act) = &answer.found;
        // Somebody was first, or the aid is elsewhere now: its page says so.
        if !may_act || faults.is_empty() && !lent.may_ask(kind) {
            return go(&paths::aids::loan(answer.journal, lent.loan.item));
        }
        let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let (what, errand) = (lent.loan.title().to_owned(), errand_id(web));
        let (journal, item) = (answer.journal, lent.loan.item);
        page_with(status, &AskPage { frame, journal, item, kind, what, typed, faults, errand })
    })
    .await
}

/// Asks (POST).
pub(crate) async fn asked(
    State(web): State<Web>,
    Path((journal, loan, kind)): Path<(String, String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let note = fields.get("note").unwrap_or_default().to_owned();
    let done = async {
        let about = item(&loan)?;
        let kind = AskKind::from_code(&kind).ok_or(Problem::NotFound)?;
        let note = note.clone();
        write(&web, &visit, (&journal, "aids.ask"), &fields, move |tx, places, who, journal| {
            service::ask(tx, places, who, (journal, about), (kind, &note))
        })
        .await
    };
    match done.await {
        Ok(()) => go(&format!("/p/{journal}/aids/loans/{loan}?done=1")),
        Err(Problem::Denied(code @ ("aids.ask.note_missing" | "aids.ask.too_long"))) => {
            let faults = vec![fault(&visit, "note", code)];
            show_ask(&web, &visit, (&journal, &loan, &kind), (note, faults)).await
        }
        // Asked already by somebody, or too late: the loan's page says what is so.
        Err(Problem::Denied(_)) => go(&format!("/p/{journal}/aids/loans/{loan}")),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}
