//! Asking about an aid on loan: that it is repaired, or fetched. One of each kind is open at a time, whoever of the
//! citizen and the helpers asked first; a second one is told who did.

use super::tell::tell;
use super::{Asked, question};
use crate::access::{self, Granted};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::aids::{AskKind, AskRefusal};
use borgerportal_domain::ids::{ItemId, JournalId, OutgoingId};
use borgerportal_domain::outgoing::OutgoingKind;
use borgerportal_store::aids as store;
use borgerportal_store::tx::Tx;
use borgerportal_store::{items, outgoing};
use serde::{Deserialize, Serialize};

/// What is kept of it.
#[derive(Serialize, Deserialize)]
struct Kept {
    by: String,
    note: String,
}

/// Asks. Denied: `aids.ask.*`.
pub fn ask(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
    (kind, note): (AskKind, &str),
) -> Result<(), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, Privilege::ActAids, Some(item)))?;
    let lent = super::one_loan(tx, places, &granted, item)?;
    if lent.open(kind).is_some() {
        return Err(AskRefusal::Open.into());
    }
    if !lent.may_ask(kind) {
        return Err(AskRefusal::NotNow.into());
    }
    let note = kind.check(note)?;
    let id = OutgoingId::from_uuid(tx.mint());
    let kept = Kept { by: granted.loaded.actor.name.full(), note: note.to_owned() };
    let content = serde_json::to_vec(&kept).map_err(|_| Problem::Away("record"))?;
    store::put_ask(tx, &granted.access, (item, kind, id), &content)?;
    let name = items::source(tx, &granted.access, item)?.map(|(kind, id)| format!("{kind}/{id}"));
    let what = match kind {
        AskKind::Repair => "Skal repareres",
        AskKind::PickUp => "Skal hentes",
    };
    let says = format!("{what}: {}. {note}", lent.loan.title());
    tell(tx, &granted, (id, OutgoingKind::AidRequest), (says.trim(), name.as_deref()), Vec::new())
}

/// Everything that was asked about loans of this journal, newest first.
pub(super) fn asked(tx: &Tx<'_>, granted: &Granted<'_>) -> Result<Vec<(ItemId, Asked)>, Problem> {
    let read = |one: store::Ask| {
        let kept: Kept = serde_json::from_slice(&one.content).map_err(|_| Problem::Away("record"))?;
        let state = outgoing::state(tx, &granted.access, one.id)?.ok_or(Problem::Away("record"))?;
        let steps = outgoing::steps(tx, &granted.access, one.id)?;
        let last = steps.iter().rev().find_map(|step| step.progress);
        let asked = Asked { kind: one.kind, at: one.at, by: kept.by, note: kept.note, state, last };
        Ok((one.loan, asked))
    };
    store::asks(tx, &granted.access)?.into_iter().map(read).collect()
}
