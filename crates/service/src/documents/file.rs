//! A file of a document: one decision and one line in the log, then the content is fetched outside the transaction. It
//! refuses to fetch what the decision did not name.

use super::{open, question};
use crate::access;
use crate::app::App;
use crate::attachments::{File, fetch};
use crate::problem::Problem;
use crate::sessions::Token;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_store::attachments::FileOpener;

/// A document's file: decided and logged once, before it is fetched.
pub async fn file(
    app: &App,
    token: &Token,
    journal: JournalId,
    item: ItemId,
    number: usize,
) -> Result<File, Problem> {
    let places = app.municipalities.clone();
    let (row, title, opener) = app
        .read_as(token, move |tx, who| {
            let object = LogObject::one(ObjectKind::DocumentFile, item);
            let granted = access::ask(tx, &places, who, &question(journal, object))?;
            let document = open(tx, &places, &granted, item)?;
            let row = document.files.into_iter().nth(number).ok_or(Problem::NotFound)?;
            Ok((row, document.head.title, FileOpener::of(&granted.access)))
        })
        .await?;
    fetch(app, title, row, opener).await
}
