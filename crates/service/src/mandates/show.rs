//! One mandate with its history, for either party.

use super::rows::MandateRow;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::MandateId;
use borgerportal_domain::mandates::Party;
use borgerportal_domain::time::Timestamp;
use borgerportal_i18n::Lang;
use borgerportal_store::tx::Tx;

/// A mandate as one of its parties sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateView {
    /// Which side the reader is on.
    pub side: Party,
    /// The row of the list.
    pub row: MandateRow,
    /// Full names.
    pub giver: String,
    /// Full names.
    pub holder: String,
    /// What has happened, the newest first.
    pub history: Vec<Happened>,
    /// What was signed.
    pub evidence: Option<EvidenceView>,
    /// The one it took over from.
    pub supersedes: Option<MandateId>,
}

/// Something that happened to a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub at: Timestamp,
    /// `signed`, or the code of the event: `withdraw`, `renounce`, `death`, `suspend`, `resume`, `annul`,
    /// `successor_signed`, `successor_dropped`, `withdraw_for_giver`.
    pub event: String,
    /// Who did it.
    pub by: By,
    /// The title of the right it was about, when it was one.
    pub right: Option<String>,
    /// The code of the reason, when there is one that both parties may know.
    pub reason: Option<String>,
}

/// Who did something, as the parties may know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The giver.
    Giver,
    /// The holder.
    Holder,
    /// The municipality or Borgerservice.
    Authority,
    /// A register.
    Register,
}

/// What was signed, as the parties may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceView {
    /// The text that was shown and signed; nothing for paper.
    pub text: Option<String>,
    /// SHA-256 of the text or the scan, in hexadecimal.
    pub hash: String,
    /// When the signer proved who they were.
    pub authenticated_at: Timestamp,
    /// Signed by hand and registered by staff.
    pub paper: bool,
}

/// The mandate, for its giver or its holder. Everybody else: not found.
pub fn show(tx: &Tx<'_>, who: &SignedIn, mandate: MandateId, lang: Lang) -> Result<MandateView, Problem> {
    let _ = (tx, who, mandate, lang);
    Err(Problem::Away("mandates"))
}
