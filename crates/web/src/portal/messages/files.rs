//! The files that go with a message: added one at a time, taken away again.

use super::draft::{at, fault, load, onward, question, status};
use super::show;
use super::{errand_id, item};
use crate::form::Fields;
use crate::pages::Fault;
use crate::pages::messages::FilesPage;
use crate::portal::errand::{self, asked};
use crate::problem;
use crate::render::page_with;
use crate::session::{Visit, sent};
use crate::site::Web;
use crate::upload;
use axum::body::Bytes;
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use borgerportal_domain::attachments::AttachmentRefusal;
use borgerportal_domain::messages::Step;
use borgerportal_service::Problem;
use borgerportal_service::attachments::{self, Owner, Upload};
use borgerportal_service::messages::drafts;

/// `…/drafts/{draft}/files`
pub(crate) async fn files(
    State(web): State<Web>,
    Path((journal, draft)): Path<(String, String)>,
    visit: Visit,
) -> Response {
    show_files(&web, &visit, (&journal, &draft), Vec::new()).await
}

async fn show_files(web: &Web, visit: &Visit, ids: (&str, &str), faults: Vec<Fault>) -> Response {
    let answer = load(web, visit, ids).await;
    question(web, visit, Step::Files, answer, |frame, answer| {
        let page = FilesPage {
            at: at(answer.journal, &answer.found.draft, Step::Files, faults),
            files: answer.found.files.iter().map(show::file).collect(),
            errand: errand_id(web),
            frame,
        };
        page_with(status(&page.at.faults), &page)
    })
    .await
}

/// Adds one (POST).
pub(crate) async fn add(
    State(web): State<Web>,
    Path((journal, draft)): Path<(String, String)>,
    visit: Visit,
    form: Multipart,
) -> Response {
    match take(&web, &visit, (&journal, &draft), upload::read(form).await).await {
        Ok(()) => onward(&journal, &draft, Step::Files),
        Err(Problem::Denied(code)) => {
            show_files(&web, &visit, (&journal, &draft), vec![fault(visit.lang, code)]).await
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

async fn take(
    web: &Web,
    visit: &Visit,
    (journal, draft): (&str, &str),
    form: Result<(Fields, Option<Upload>), AttachmentRefusal>,
) -> Result<(), Problem> {
    let (token, journal) = asked(visit, journal)?;
    let (fields, upload) = form?;
    let (id, may_ask) = sent::form(web, visit, &fields)?;
    let upload = upload.ok_or(AttachmentRefusal::Empty)?;
    let owner = Owner { journal, item: item(draft)?, ask: drafts::own };
    attachments::add(&web.app, (token, ("messages.file", id)), owner, upload, may_ask).await
}

/// Takes one away (POST).
pub(crate) async fn remove(
    State(web): State<Web>,
    Path((journal, draft, number)): Path<(String, String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let removed = async {
        let (id, number) = (item(&draft)?, number.parse().map_err(|_| Problem::NotFound)?);
        errand::write(
            &web,
            &visit,
            (&journal, "messages.remove"),
            &fields,
            move |tx, places, who, journal| {
                let granted = drafts::own(tx, places, who, (journal, id))?;
                attachments::remove(tx, &granted, id, number)
            },
        )
        .await
    };
    match removed.await {
        Ok(()) => onward(&journal, &draft, Step::Files),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}
