//! Giving a mandate without being asked.

use super::Signed;
use super::signing::SignedText;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::DraftId;
use borgerportal_i18n::Lang;
use borgerportal_store::tx::Tx;

/// The text that the giver signs, declaration of informed consent included.
pub fn preview(tx: &Tx<'_>, who: &SignedIn, draft: DraftId, lang: Lang) -> Result<SignedText, Problem> {
    let _ = (tx, who, draft, lang);
    Err(Problem::Away("mandates"))
}

/// Signs, after a fresh log-in. Denied: `mandates.sign.*`. A holder who cannot be found looks like one who has
/// been told: the receipt is the same, and the giver's list shows the mandate as waiting for its holder.
pub fn sign(tx: &Tx<'_>, who: &SignedIn, draft: DraftId, shown: &str, lang: Lang) -> Result<Signed, Problem> {
    let _ = (tx, who, draft, shown, lang);
    Err(Problem::Away("mandates"))
}
