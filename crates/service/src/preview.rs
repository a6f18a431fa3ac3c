//! What somebody would see who got what they ask for: of the giver's own records, by the very rules that will hold
//! for the helper. Only the one who is asked sees it. It stands beside the rooms, because it looks into two.

use crate::access::{self, Question};
use crate::documents::as_helper;
use crate::mandates::requests::{self, AnswerView, Given};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::{
    Caller, Facts, JournalState, Level, MandateFact, Privilege, Refusal, Role, decide,
};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::documents::DocumentHead;
use borgerportal_domain::ids::{JournalId, RequestId};
use borgerportal_domain::municipality::Settings;
use borgerportal_i18n::Lang;
use borgerportal_store::facts::{self, Asked};
use borgerportal_store::reach;
use borgerportal_store::tx::Tx;
use std::sync::Arc;

/// Titles that are shown.
const NEWEST: usize = 4;

/// Documents a helper would see.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// How many.
    pub count: usize,
    /// The newest, at most four of each municipality.
    pub newest: Vec<Arc<DocumentHead>>,
}

/// Whether the rule would let the helper read documents here with this mandate and nothing else: where the package is
/// not in use, where our mandates do not count, and where the municipality shuts this person out, it would not.
fn lets_in(
    tx: &Tx<'_>,
    settings: &Settings,
    journal: JournalId,
    mandate: &MandateFact,
) -> Result<bool, Problem> {
    let Asked::Found(loaded) = facts::load(tx, journal, mandate.holder)? else { return Ok(false) };
    let alone = Facts {
        mandates: vec![mandate.clone()],
        custody: None,
        guardianship: None,
        // A closed journal shows its letters, perhaps: what is shown of it the question below knows.
        journal: JournalState::Active,
        ..loaded.facts
    };
    let helper = Caller {
        actor: mandate.holder,
        role: Role::Relative,
        municipality: Some(settings.municipality),
        level: Level::Substantial,
        authenticated_at: tx.now(),
        claims: Vec::new(),
    };
    Ok(decide(&helper, &alone, &settings.policy(), Privilege::ReadDocuments, tx.now()).is_ok())
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
    let given = Given::load(tx, who, &view)?;
    if !given.opens().contains(Privilege::ReadDocuments) {
        return Ok((view, None));
    }
    let mut seen = Documents::default();
    for settings in places.all() {
        let Some(journal) = reach::citizens_journal(tx, who.caller.actor, settings.municipality)? else {
            continue;
        };
        if !lets_in(tx, settings, journal, &given.in_place(settings.municipality))? {
            continue;
        }
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
