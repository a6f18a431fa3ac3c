//! The letter with a decision. Where documents can be read, it is one of them; where a closed journal leaves nothing but a
//! running time to complain, its file can be opened from the grant. It refuses to tell of a letter that this reader may
//! not see.

use super::{open, question};
use crate::access::{self, Granted};
use crate::app::App;
use crate::attachments::{File, fetch};
use crate::items::{self, Rule};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::{SignedIn, Token};
use borgerportal_domain::access::{Privilege, RefusalCode};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_fhir::delivery::Room;
use borgerportal_store::attachments::{FileOpener, of_item};
use borgerportal_store::items as store;
use borgerportal_store::tx::Tx;

/// Where the letter can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// Among the documents.
    Document(ItemId),
    /// From the grant, although the journal is closed.
    Here(ItemId),
}

/// What a letter is called at its sender.
pub(super) struct LetterName {
    pub(super) sender: String,
    pub(super) name: String,
}

/// Where this reader can read the letter, if anywhere.
pub(super) fn of(
    tx: &Tx<'_>,
    places: &Municipalities,
    (who, granted): (&SignedIn, &Granted<'_>),
    called: &LetterName,
) -> Result<Option<Letter>, Problem> {
    let Some(id) = document(tx, places, granted, called)? else { return Ok(None) };
    match access::would(places, who, granted, Privilege::ReadDocuments, tx.now()) {
        Ok(_) => Ok(Some(Letter::Document(id))),
        // The state of the journal is looked at last: all else said yes.
        Err(no) if no.kind() == RefusalCode::JournalInactive => {
            let files = of_item(tx, &granted.access, id)?;
            Ok((!files.is_empty()).then_some(Letter::Here(id)))
        }
        Err(_) => Ok(None),
    }
}

/// The document of this name, if the item rule lets this reader see it.
fn document(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    called: &LetterName,
) -> Result<Option<ItemId>, Problem> {
    let Some(id) = store::named(tx, &granted.access, (&called.sender, &called.name))? else {
        return Ok(None);
    };
    let rule = Rule::of(granted, places, tx.now())?;
    let found = items::found(tx, (granted, &rule), (Room::Documents, id), |_| Some(()))?;
    Ok(found.map(|_| id))
}

/// The file of the letter with the decision of a grant that is left of a closed journal.
pub async fn letter(app: &App, token: &Token, journal: JournalId, item: ItemId) -> Result<File, Problem> {
    let places = app.municipalities.clone();
    let found = app.read_as(token, move |tx, who| {
        let object = LogObject::one(ObjectKind::DocumentFile, item);
        let granted = access::ask(tx, &places, who, &question(journal, object))?;
        let (_, row, called, _) = open(tx, &places, &granted, item)?;
        let letter = match called {
            Some(called) => of(tx, &places, (who, &granted), &called)?,
            None => None,
        };
        let file = match letter {
            Some(Letter::Here(id)) => of_item(tx, &granted.access, id)?.into_iter().next(),
            Some(Letter::Document(_)) | None => None,
        };
        if file.is_none() {
            granted.access.found_nothing(tx);
        }
        Ok((file.ok_or(Problem::NotFound)?, row.grant.title, FileOpener::of(&granted.access)))
    });
    let (row, title, opener) = found.await?;
    fetch(app, title, row, opener).await
}
