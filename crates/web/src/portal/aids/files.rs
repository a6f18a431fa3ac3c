//! The files that go with an application, and throwing it away with them.

use super::apply::show;
use super::{fault, item, write};
use crate::form::Fields;
use crate::portal::errand;
use crate::problem;
use crate::render::go;
use crate::session::{Visit, sent};
use crate::site::Web;
use crate::upload;
use axum::body::Bytes;
use axum::extract::{Multipart, Path, State};
use axum::response::Response;
use borgerportal_domain::aids::Step;
use borgerportal_domain::attachments::AttachmentRefusal;
use borgerportal_domain::ids::JournalId;
use borgerportal_service::Problem;
use borgerportal_service::aids as service;
use borgerportal_service::attachments::{self, Owner};

/// Adds a file (POST, with the file in the form).
pub(crate) async fn add_file(
    State(web): State<Web>,
    Path((journal, id)): Path<(String, String)>,
    visit: Visit,
    form: Multipart,
) -> Response {
    let added = async {
        let (fields, upload) = upload::read(form).await?;
        let (token, journal) = errand::asked(&visit, &journal)?;
        let (errand, may_ask) = sent::form(&web, &visit, &fields)?;
        let upload = upload.ok_or(AttachmentRefusal::Empty)?;
        let owner = Owner { journal, item: item(&id)?, ask: service::may_write };
        attachments::add(&web.app, (token, ("aids.add", errand)), owner, upload, may_ask).await
    };
    match added.await {
        Ok(()) => go(&format!("/p/{journal}/aids/apply/{id}/files")),
        Err(Problem::Denied(code)) => {
            let faults = vec![fault(&visit, "file", code)];
            show(&web, &visit, &(journal, id, Step::Files.code().to_owned()), (None, faults)).await
        }
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Takes a file away (POST).
pub(crate) async fn remove_file(
    State(web): State<Web>,
    Path((journal, id)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let number = fields.get("number").and_then(|number| number.parse().ok()).unwrap_or(-1_i64);
    let done = async {
        let about = item(&id)?;
        write(&web, &visit, (&journal, "aids.remove"), &fields, move |tx, places, who, journal: JournalId| {
            let granted = service::may_write(tx, places, who, (journal, about))?;
            attachments::remove(tx, &granted, about, number)
        })
        .await
    };
    match done.await {
        Ok(()) => go(&format!("/p/{journal}/aids/apply/{id}/files")),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}

/// Throws a draft away (POST).
pub(crate) async fn drop(
    State(web): State<Web>,
    Path((journal, id)): Path<(String, String)>,
    visit: Visit,
    body: Bytes,
) -> Response {
    let fields = Fields::parse(&body);
    let done = async {
        let about = item(&id)?;
        write(&web, &visit, (&journal, "aids.drop"), &fields, move |tx, places, who, journal| {
            service::drop_draft(tx, places, who, (journal, about))
        })
        .await
    };
    match done.await {
        Ok(()) => go(&format!("/p/{journal}/aids/applications")),
        Err(problem) => problem::answer(&web, &visit, problem).await,
    }
}
