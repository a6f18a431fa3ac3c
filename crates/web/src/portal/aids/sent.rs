//! An application that was sent: its receipt and how far it has come, the PDF, and taking it back.

use super::{errand_id, item, words, write};
use crate::form::Fields;
use crate::pages::aids::{ApplicationPage, WithdrawPage, stage_badge, stage_words};
use crate::pages::{Frame, Here, paths};
use crate::portal::errand::{self, Answer, asked};
use crate::problem;
use crate::render::{go, page};
use crate::session::Visit;
use crate::site::Web;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_service::Problem;
use borgerportal_service::aids::{self as service, Application};

async fn read(
    web: &Web,
    visit: &Visit,
    (journal, id): (&str, &str),
) -> Result<Answer<(Application, bool)>, Problem> {
    let id = item(id)?;
    errand::read(web, visit, journal, move |tx, places, who, journal| {
        service::application(tx, places, who, (journal, id))
    })
    .await
}

/// `/p/{journal}/aids/applications/{id}`
pub(crate) async fn application(
    State(web): State<Web>,
    Path((journal, id)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let is_new = visit.query == "new=1";
    let answer = read(&web, &visit, (&journal, &id)).await;
    errand::page(&web, &visit, (Here::Aids, &visit.path), answer, |frame, answer| {
        page(&show(frame, answer, is_new))
    })
    .await
}

fn show<'f>(frame: Frame<'f>, answer: &Answer<(Application, bool)>, is_new: bool) -> ApplicationPage<'f> {
    let (one, may_act) = &answer.found;
    let passed =
        one.passed.iter().map(|step| (stage_words(&frame, step.stage), frame.day(&copenhagen_date(step.at))));
    let said = one.content.said.iter().map(|said| {
        (words::word(&frame, &said.question).to_owned(), words::word(&frame, &said.answer).to_owned())
    });
    let more = [
        (frame.say("aids-check-files").to_owned(), one.content.files.join(", ")),
        (frame.say("aids-application-by").to_owned(), one.content.by.clone()),
        (frame.say("aids-application-number").to_owned(), one.content.number.clone()),
    ];
    ApplicationPage {
        journal: answer.journal,
        id: one.id,
        title: words::title(&frame, one),
        number: one.content.number.clone(),
        sent: words::sent(&frame, one),
        stage: one.stage,
        badge: stage_badge(one.stage),
        passed: passed.collect(),
        next: if one.stage.is_open() { next(&frame, one) } else { Vec::new() },
        rows: said.chain(more.into_iter().filter(|(_, says)| !says.is_empty())).collect(),
        is_new,
        may_withdraw: *may_act && one.stage.is_open(),
        frame,
    }
}

/// What happens now, while nobody has decided.
fn next(frame: &Frame<'_>, one: &Application) -> Vec<String> {
    let by = one.content.answer_by().map(|day| {
        let day = frame.day(&day);
        frame.texts().with("aids-next-by", &[("day", (&day).into())])
    });
    let lines =
        [Some(frame.say("aids-next-read").to_owned()), by, Some(frame.say("aids-next-wait").to_owned())];
    lines.into_iter().flatten().collect()
}

/// `/p/{journal}/aids/applications/{id}/pdf`
pub(crate) async fn pdf(
    State(web): State<Web>,
    Path((journal, id)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let printed = async {
        let (token, journal) = asked(&visit, &journal)?;
        service::receipt(&web.app, token, (journal, item(&id)?), visit.lang).await
    };
    match printed.await {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, "application/pdf"),
                (header::CONTENT_DISPOSITION, "inline; filename=\"kvittering.pdf\""),
            ];
            (headers, bytes).into_response()
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// `/p/{journal}/aids/applications/{id}/withdraw`
pub(crate) async fn withdraw(
    State(web): State<Web>,
    Path((journal, id)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    let answer = read(&web, &visit, (&journal, &id)).await;
    errand::page(&web, &visit, (Here::Aids, &visit.path), answer, |frame, answer| {
        let (one, may_act) = &answer.found;
        if !may_act || !one.stage.is_open() {
            return go(&paths::aids::application(answer.journal, one.id));
        }
        let title = words::title(&frame, one);
        page(&WithdrawPage { frame, journal: answer.journal, id: one.id, title, errand: errand_id(&web) })
    })
    .await
}

/// Takes it back (POST).
pub(crate) async fn withdrawn(
    State(web): State<Web>,
    Path((journal, id)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let done = async {
        let about = item(&id)?;
        write(&web, &visit, (&journal, "aids.withdraw"), &fields, move |tx, places, who, journal| {
            service::withdraw(tx, places, who, (journal, about))
        })
        .await
    };
    match done.await {
        // Pressed twice, or decided meanwhile: its page says what became of it.
        Ok(()) | Err(Problem::Denied(_)) => go(&format!("/p/{journal}/aids/applications/{id}")),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}
