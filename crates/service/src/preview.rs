//! What somebody would see who got what they ask for: of the giver's own records, by the very rules that will hold
//! for the helper. Only the one who is asked sees it. It stands beside the rooms, because it looks into two.

use crate::access::{self, Question};
use crate::documents::as_helper;
use crate::mandates::requests::{self, AnswerView};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::{Privilege, Refusal};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::documents::DocumentHead;
use borgerportal_domain::ids::RequestId;
use borgerportal_i18n::Lang;
use borgerportal_store::reach;
use borgerportal_store::tx::Tx;

/// Titles that are shown.
const NEWEST: usize = 4;

/// Documents a helper would see.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// How many.
    pub count: usize,
    /// The newest, at most four of each municipality.
    pub newest: Vec<DocumentHead>,
}

/// The request, and what its helper would see with a yes to all of it; no documents where the rights do not
/// cover them.
pub fn see_as_helper(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    request: RequestId,
    lang: Lang,
) -> Result<(AnswerView, Option<Documents>), Problem> {
    let view = requests::show(tx, who, request, lang)?;
    if !requests::would_open(tx, &view)?.contains(Privilege::ReadDocuments) {
        return Ok((view, None));
    }
    let mut seen = Documents::default();
    for settings in places.all() {
        let Some(journal) = reach::citizens_journal(tx, who.caller.actor, settings.municipality)? else {
            continue;
        };
        let object = LogObject::list(ObjectKind::DocumentList, Vec::new());
        let question = Question { journal, privilege: Privilege::ReadDocuments, object };
        match access::ask(tx, places, who, &question) {
            Ok(granted) => {
                let (count, newest) = as_helper(tx, places, &granted, NEWEST)?;
                seen.count += count;
                seen.newest.extend(newest);
            }
            // A closed journal is closed to a helper, too.
            Err(Problem::Refused(refusal, _)) if refusal != Refusal::NO_RELATION => {}
            Err(problem) => return Err(problem),
        }
    }
    Ok((view, Some(seen)))
}
