//! Stopping: the giver all of it or one right, the holder all of it. At once, without a reason, without a fresh
//! log-in.

use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{MandateId, PackageVersionId};
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};

/// What was stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// When, in milliseconds.
    pub at: i64,
    /// Nothing of the mandate is left.
    pub all: bool,
}

/// Stops a mandate, or with `right` one right of it (giver only). Denied: `mandates.already_over`,
/// `mandates.not_the_giver`, `mandates.no_such_item`.
pub fn stop(
    tx: &Tx<'_>,
    who: &SignedIn,
    mandate: MandateId,
    right: Option<PackageVersionId>,
) -> Result<Stopped, Problem> {
    let _ = (tx, who, mandate, right);
    Err(Problem::Away("mandates"))
}
