//! Asking somebody for a mandate. Whoever was named, and whether or not there is such a person: the same work is
//! done and the same receipt comes back.

use super::Receipt;
use super::rows::RequestRow;
use super::signing::SignedText;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{DraftId, RequestId};
use borgerportal_i18n::Lang;
use borgerportal_store::tx::Tx;

/// The text that the requester signs. Denied: `mandates.draft.not_yet`, `.not_offered`.
pub fn preview(tx: &Tx<'_>, who: &SignedIn, draft: DraftId, lang: Lang) -> Result<SignedText, Problem> {
    let _ = (tx, who, draft, lang);
    Err(Problem::Away("mandates"))
}

/// Sends it, after a fresh log-in. `shown` is [`SignedText::hash`] of what stood on the page. Denied:
/// `mandates.ask.oneself`, `.asked_already`, `.too_many_open`; they are only ever about the requester's own.
pub fn send(
    tx: &Tx<'_>,
    who: &SignedIn,
    draft: DraftId,
    shown: &str,
    lang: Lang,
) -> Result<Receipt, Problem> {
    let _ = (tx, who, draft, shown, lang);
    Err(Problem::Away("mandates"))
}

/// The receipt again, for the one who asked.
pub fn receipt(tx: &Tx<'_>, who: &SignedIn, request: RequestId, lang: Lang) -> Result<RequestRow, Problem> {
    let _ = (tx, who, request, lang);
    Err(Problem::Away("mandates"))
}

/// Takes it back. Denied: `mandates.request.closed`, `.deadline_passed`, `.being_registered`.
pub fn withdraw(tx: &Tx<'_>, who: &SignedIn, request: RequestId) -> Result<(), Problem> {
    let _ = (tx, who, request);
    Err(Problem::Away("mandates"))
}
