//! Mine fuldmagter: what waits, what was asked, given and received.

use super::rows::{MandateRow, RequestRow};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_i18n::Lang;
use borgerportal_store::tx::Tx;

/// Everything of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Requests waiting for this person's answer, the oldest first.
    pub waiting: Vec<RequestRow>,
    /// Requests this person sent, open ones first, then the newest.
    pub asked: Vec<RequestRow>,
    /// Given: running ones first by their end, then ended ones, the newest first.
    pub given: Vec<MandateRow>,
    /// Received, in the same order.
    pub received: Vec<MandateRow>,
}

/// Loads it.
pub fn overview(tx: &Tx<'_>, who: &SignedIn, lang: Lang) -> Result<Overview, Problem> {
    let _ = (tx, who, lang);
    Err(Problem::Away("mandates"))
}
