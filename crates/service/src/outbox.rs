//! The way out: an errand that has something to tell puts a notice here, in its own transaction, so that a
//! message goes exactly when the thing it tells of has happened. It refuses to send anything.

use crate::problem::Problem;
use borgerportal_domain::notices::Notice;
use borgerportal_store::notices;
use borgerportal_store::tx::Tx;

/// Puts a notice. Kinds that are told once are left out when they were put before for the same cause.
/// Returns whether it was put.
pub fn put(tx: &Tx<'_>, notice: &Notice) -> Result<bool, Problem> {
    if notice.kind.is_told_once() && notices::was_told(tx, notice.recipient, notice.kind, notice.cause)? {
        return Ok(false);
    }
    notices::put(tx, notice)?;
    Ok(true)
}
