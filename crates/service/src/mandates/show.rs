//! One mandate with its history, for either party.

use super::overview::other_name;
use super::packages::Catalogue;
use super::rows::{MandateRow, mandate_row};
use crate::hex::hex;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::{Decided, Mandate, MandateEvent, Party};
use borgerportal_domain::time::Timestamp;
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::chain::{self, Link};
use borgerportal_store::mandates::evidence::{self, Proof};
use borgerportal_store::mandates::{self as store, Kept};
use borgerportal_store::people;
use borgerportal_store::tx::Tx;

/// A mandate as one of its parties sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateView {
    /// Which side the reader is on.
    pub side: Party,
    /// The row of the list.
    pub row: MandateRow,
    /// Full name.
    pub giver: String,
    /// Full name.
    pub holder: String,
    /// What has happened, the newest first.
    pub history: Vec<Happened>,
    /// What was signed.
    pub evidence: Option<EvidenceView>,
    /// What an authority has decided, for the giver alone.
    pub decided: Option<Decided>,
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
    /// The code of the reason, when there is one that this reader may know: the giver alone is told why an
    /// authority doubted.
    pub reason: Option<&'static str>,
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

/// A mandate and which side the reader is on. Everybody else: not found.
pub(super) fn mine(tx: &Tx<'_>, who: &SignedIn, mandate: MandateId) -> Result<(Kept, Party), Problem> {
    let kept = store::load(tx, mandate)?.ok_or(Problem::NotFound)?;
    let terms = kept.mandate.terms();
    if terms.giver == who.caller.actor {
        Ok((kept, Party::Giver))
    } else if terms.holder == who.caller.actor {
        Ok((kept, Party::Holder))
    } else {
        Err(Problem::NotFound)
    }
}

/// The mandate that has taken or will take over, if its giver has not dropped it.
pub(super) fn successor(tx: &Tx<'_>, mandate: &Mandate) -> Result<Option<MandateId>, Problem> {
    let signed = mandate.items().iter().any(|item| item.status.successor_from().is_some());
    if signed { Ok(store::successor(tx, mandate.id())?) } else { Ok(None) }
}

/// The mandate, for its giver or its holder. Everybody else: not found.
pub fn show(tx: &Tx<'_>, who: &SignedIn, mandate: MandateId, lang: Lang) -> Result<MandateView, Problem> {
    super::me(tx, who)?;
    let (kept, side) = mine(tx, who, mandate)?;
    let catalogue = Catalogue::load(tx)?;
    let terms = *kept.mandate.terms();
    let name = |id: PersonId| Ok::<_, Problem>(people::person(tx, id)?.map(|person| person.name.full()));
    let (giver, registered) = (name(terms.giver)?.unwrap_or_default(), name(terms.holder)?);
    let holder = match side {
        Party::Giver => other_name(&kept, side, registered),
        Party::Holder => registered.unwrap_or_default(),
    };
    let other = match side {
        Party::Giver => holder.clone(),
        Party::Holder => giver.clone(),
    };
    let successor = successor(tx, &kept.mandate)?;
    let row = mandate_row(tx, &catalogue, (&kept.mandate, other, side), successor, lang);
    let links = chain::links(tx, mandate.into_bytes())?;
    let news = links.iter().filter(|link| chain::is_news(link));
    let mut history: Vec<Happened> =
        news.map(|link| happened(&catalogue, (link, &kept.mandate, side), lang)).collect();
    history.reverse();
    let evidence = match kept.evidence {
        Some(id) => evidence::load(tx, id)?.map(view),
        None => None,
    };
    let decided = kept.mandate.decided(tx.now()).filter(|_| side == Party::Giver);
    Ok(MandateView { side, row, giver, holder, history, evidence, decided, supersedes: terms.supersedes })
}

fn view(evidence: evidence::Evidence) -> EvidenceView {
    let (hash, authenticated_at) = (hex(&evidence.sha256()), evidence.authenticated_at);
    match evidence.proof {
        Proof::Digital { text, .. } => {
            EvidenceView { text: Some(text), hash, authenticated_at, paper: false }
        }
        Proof::Paper { .. } => EvidenceView { text: None, hash, authenticated_at, paper: true },
    }
}

fn happened(catalogue: &Catalogue, (link, mandate, side): (&Link, &Mandate, Party), lang: Lang) -> Happened {
    let terms = mandate.terms();
    let by = match chain::recorded(link).map(|recorded| recorded.event) {
        _ if link.actor == terms.giver => By::Giver,
        _ if link.actor == terms.holder => By::Holder,
        Some(MandateEvent::Death { .. }) => By::Register,
        Some(MandateEvent::SuccessorSigned { .. } | MandateEvent::SuccessorDropped) => By::Giver,
        _ => By::Authority,
    };
    let reason = match chain::recorded(link).map(|recorded| recorded.event) {
        Some(MandateEvent::Suspend { reason, .. }) if side == Party::Giver => Some(reason.code()),
        Some(MandateEvent::Annul { reason }) if side == Party::Giver => Some(reason.code()),
        Some(MandateEvent::Death { party }) => Some(party.code()),
        _ => None,
    };
    let right = link.item.and_then(|version| catalogue.right(version, lang)).map(|right| right.title);
    Happened { at: link.at, event: link.event.clone(), by, right, reason }
}
