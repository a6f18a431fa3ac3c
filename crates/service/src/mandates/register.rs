//! What registers and authorities let happen to mandates and requests: doubt, its end, death, age, a new number,
//! paper. Driven by the command line and by jobs until staff have pages.

use crate::problem::Problem;
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::{AnnulReason, SuspendReason};
use borgerportal_domain::time::Timestamp;
use borgerportal_store::tx::Tx;

/// An authority doubts: nothing is open on this mandate until it is resumed. Both are told, neutrally.
pub fn suspend(
    tx: &Tx<'_>,
    mandate: MandateId,
    reason: SuspendReason,
    review_by: Timestamp,
) -> Result<(), Problem> {
    let _ = (tx, mandate, reason, review_by);
    Err(Problem::Away("mandates"))
}

/// The doubt is gone.
pub fn resume(tx: &Tx<'_>, mandate: MandateId) -> Result<(), Problem> {
    let _ = (tx, mandate);
    Err(Problem::Away("mandates"))
}

/// The authority ends it.
pub fn annul(tx: &Tx<'_>, mandate: MandateId, reason: AnnulReason) -> Result<(), Problem> {
    let _ = (tx, mandate, reason);
    Err(Problem::Away("mandates"))
}

/// A death was registered: every mandate and open request of the person ends.
pub fn died(tx: &Tx<'_>, person: PersonId) -> Result<(), Problem> {
    let _ = (tx, person);
    Err(Problem::Away("mandates"))
}
