//! The chain of events of a mandate or a request: append only, each link a keyed hash over the one before it, so that
//! nobody makes one who has the database alone; the sealer then puts it into a signed batch of the log, so that none can
//! be taken away. What a link says of people is covered by a salted commitment: it can be forgotten, and the chain still
//! holds. It refuses to change a link.

use crate::error::StoreError;
use crate::keys::{KeyRing, sha256, to_hex};
use crate::merkle::{self, Hash};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access_log::LogLine;
use borgerportal_domain::ids::{MandateId, PackageVersionId, PersonId};
use borgerportal_domain::mandates::{AnnulReason, MandateEvent, Part, Party, Recorded, SuspendReason};
use borgerportal_domain::time::Timestamp;

/// The actor of what no person did: a register, an authority, the clock.
pub const NOBODY: PersonId = LogLine::NOBODY;

/// The first link of a mandate.
pub(super) const SIGNED: &str = "signed";
/// The first link of a request.
pub(super) const SENT: &str = "sent";
/// The last link of what is kept no longer.
pub(super) const FORGOTTEN: &str = "forgotten";
/// A mandate that was given to a number has another holder now: nobody's news.
pub(super) const READDRESSED: &str = "readdressed";

/// One link, as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// When.
    pub at: Timestamp,
    /// The code of the event.
    pub event: String,
    /// Who did it; [`NOBODY`] for registers and authorities, and for a person who has been forgotten.
    pub actor: PersonId,
    /// The right it was about, when it was one.
    pub item: Option<PackageVersionId>,
    /// Reason, instant or party, as [`recorded`] reads it; of the first link what was signed, as a hash.
    pub detail: String,
}

/// What is wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// A link is missing, or there is one too many.
    Numbers,
    /// A link does not fit the one before it.
    Link(i64),
    /// What a link says is not what was committed to, or it was taken out without being forgotten.
    Commitment(i64),
}

fn parts(all: &[&[u8]]) -> Vec<u8> {
    let mut text = Vec::with_capacity(160);
    for part in all {
        text.extend_from_slice(&(part.len() as u64).to_be_bytes());
        text.extend_from_slice(part);
    }
    text
}

fn commitment(salt: &[u8], actor: &[u8], item: &[u8], detail: &str) -> Hash {
    sha256(&parts(&[salt, actor, item, detail.as_bytes()]))
}

fn link(
    keys: &KeyRing,
    before: &[u8],
    subject: &[u8; 16],
    (number, at): (i64, i64),
    event: &str,
    commitment: &[u8],
) -> Hash {
    let (number, at) = (number.to_be_bytes(), at.to_be_bytes());
    keys.keyed_hash(b"mandate event", &parts(&[before, subject, &number, &at, event.as_bytes(), commitment]))
}

/// A keyed hash of parts, as text: what was signed, without saying it.
pub(super) fn mark(tx: &Tx<'_>, purpose: &[u8], all: &[&[u8]]) -> String {
    to_hex(&tx.keys().keyed_hash(purpose, &parts(all)))
}

/// Appends a link to the chain of a mandate or a request.
pub fn append(
    tx: &Tx<'_>,
    subject: [u8; 16],
    (event, actor): (&str, PersonId),
    item: Option<PackageVersionId>,
    detail: &str,
) -> Result<(), StoreError> {
    let last = tx.one(sql!("mandates/last_event"), params![&subject], |row| {
        Ok((row.int(0)?, row.opt_blob(1)?.unwrap_or_default().to_vec()))
    })?;
    let (number, before) = last.map_or((0, Vec::new()), |(number, hash)| (number + 1, hash));
    let (salt, actor) = (tx.salt(), actor.into_bytes());
    let item = item.map(PackageVersionId::into_bytes);
    let at = tx.now().millis();
    let commitment = commitment(&salt, &actor, item.as_ref().map_or(&[][..], |item| item), detail);
    let hash = link(tx.keys(), &before, &subject, (number, at), event, &commitment);
    let node = tx.keys().node();
    tx.execute(
        sql!("mandates/append_event"),
        params![&subject, number, at, event, &actor, item.as_ref(), detail, &salt, &commitment, &hash, node],
    )?;
    Ok(())
}

/// All links of a mandate or a request, the oldest first.
pub fn links(tx: &Tx<'_>, subject: [u8; 16]) -> Result<Vec<Link>, StoreError> {
    tx.all(sql!("mandates/events"), params![&subject], |row| {
        Ok(Link {
            at: Timestamp::from_millis(row.int(1)?),
            event: row.text(2)?.to_owned(),
            actor: PersonId::from_uuid(row.id(3)?),
            item: super::opt_id(row, 4)?.map(PackageVersionId::from_bytes),
            detail: row.opt_text(5)?.unwrap_or_default().to_owned(),
        })
    })
}

/// What a check has seen of a chain so far.
#[derive(Default)]
struct Seen {
    count: usize,
    hash: Option<Vec<u8>>,
    /// The first link whose words are gone.
    wordless: Option<i64>,
    ends_forgotten: bool,
    broken: Option<Broken>,
}

/// Checks a chain; the number of its links. Every link has its hash. Words are gone only where the last link says that they were forgotten.
pub fn verify(tx: &Tx<'_>, subject: [u8; 16]) -> Result<Result<usize, Broken>, StoreError> {
    let mut seen = Seen::default();
    tx.each(sql!("mandates/events"), params![&subject], |row| {
        let (number, at, event) = (row.int(0)?, row.int(1)?, row.text(2)?);
        let expected = i64::try_from(seen.count).unwrap_or(i64::MAX);
        let (actor, item, detail) = (row.blob(3)?, row.opt_blob(4)?, row.opt_text(5)?);
        let (salt, kept, hash) = (row.opt_blob(6)?, row.opt_blob(7)?, row.opt_blob(8)?);
        seen.count += 1;
        seen.ends_forgotten = event == FORGOTTEN;
        let fits = match (kept, hash) {
            (Some(kept), Some(hash)) => {
                let before = seen.hash.as_deref().unwrap_or_default();
                hash == link(tx.keys(), before, &subject, (number, at), event, kept)
            }
            _ => false,
        };
        let says = match (salt, kept) {
            (Some(salt), Some(kept)) => {
                kept == commitment(salt, actor, item.unwrap_or_default(), detail.unwrap_or_default())
            }
            (None, Some(_)) => {
                seen.wordless = seen.wordless.or(Some(number));
                actor == NOBODY.into_bytes() && item.is_none() && detail.is_none()
            }
            (_, None) => true,
        };
        let fault = if number != expected {
            Some(Broken::Numbers)
        } else if !fits {
            Some(Broken::Link(number))
        } else if !says {
            Some(Broken::Commitment(number))
        } else {
            None
        };
        seen.broken = seen.broken.or(fault);
        if let Some(hash) = hash {
            seen.hash = Some(hash.to_vec());
        }
        Ok(())
    })?;
    let wordless = seen.wordless.filter(|_| !seen.ends_forgotten).map(Broken::Commitment);
    Ok(seen.broken.or(wordless).map_or(Ok(seen.count), Err))
}

/// Forgets what the links of a mandate or a request say of people, and says so in a last one.
pub(super) fn forget(tx: &Tx<'_>, subject: [u8; 16]) -> Result<(), StoreError> {
    tx.execute(sql!("mandates/forget_events"), params![&subject, &NOBODY.into_bytes()])?;
    append(tx, subject, (FORGOTTEN, NOBODY), None, "")
}

/// A link as the sealer of the log sees it: whose, which number, what it commits to.
pub(crate) struct Anchored {
    pub(crate) subject: [u8; 16],
    pub(crate) number: i64,
    pub(crate) leaf: Hash,
}

fn anchored(row: &crate::engine::Row<'_>) -> Result<Anchored, StoreError> {
    let (subject, number) = (row.id(0)?.into_bytes(), row.int(1)?);
    let says = format!("mandate event {number} {}", to_hex(row.opt_blob(2)?.unwrap_or_default()));
    Ok(Anchored { subject, number, leaf: merkle::leaf(&subject, says.as_bytes()) })
}

/// Links of a node that no batch holds yet, at most so many.
pub(crate) fn unsealed(tx: &Tx<'_>, node: &str, most: i64) -> Result<Vec<Anchored>, StoreError> {
    tx.all(sql!("mandates/events_unsealed"), params![node, most], anchored)
}

/// Says which batch holds the links up to this one.
pub(crate) fn seal(tx: &Tx<'_>, node: &str, batch: i64, last: &Anchored) -> Result<(), StoreError> {
    tx.execute(sql!("mandates/seal_events"), params![node, batch, &last.subject, last.number])?;
    Ok(())
}

/// The links that a batch holds.
pub(crate) fn of_batch(tx: &Tx<'_>, node: &str, batch: i64) -> Result<Vec<Hash>, StoreError> {
    tx.all(sql!("mandates/batch_events"), params![node, batch], |row| Ok(anchored(row)?.leaf))
}

/// Appends an event of a mandate.
pub(super) fn append_recorded(
    tx: &Tx<'_>,
    mandate: MandateId,
    recorded: &Recorded,
) -> Result<(), StoreError> {
    let (actor, detail) = match recorded.event {
        MandateEvent::Withdraw { by } | MandateEvent::Renounce { by } => (by, String::new()),
        MandateEvent::WithdrawForGiver { registrar } => (registrar, String::new()),
        MandateEvent::Death { party } => (NOBODY, party.code().to_owned()),
        MandateEvent::Suspend { reason, review_by } => {
            (NOBODY, format!("{} {}", reason.code(), review_by.millis()))
        }
        MandateEvent::Annul { reason } => (NOBODY, reason.code().to_owned()),
        MandateEvent::SuccessorSigned { from } => (NOBODY, from.millis().to_string()),
        MandateEvent::Resume | MandateEvent::SuccessorDropped => (NOBODY, String::new()),
    };
    let item = match recorded.part {
        Part::Whole => None,
        Part::Item(version) => Some(version),
    };
    append(tx, mandate.into_bytes(), (recorded.event.code(), actor), item, &detail)
}

/// The event of a link, for replaying; nothing for `signed`, and for what is no event of a mandate's life.
#[must_use]
pub fn recorded(link: &Link) -> Option<Recorded> {
    let by = link.actor;
    let event = match link.event.as_str() {
        "withdraw" => MandateEvent::Withdraw { by },
        "withdraw_for_giver" => MandateEvent::WithdrawForGiver { registrar: by },
        "renounce" => MandateEvent::Renounce { by },
        "death" => MandateEvent::Death { party: Party::from_code(&link.detail)? },
        "suspend" => {
            let (reason, review_by) = link.detail.split_once(' ')?;
            MandateEvent::Suspend {
                reason: SuspendReason::from_code(reason)?,
                review_by: Timestamp::from_millis(review_by.parse().ok()?),
            }
        }
        "resume" => MandateEvent::Resume,
        "annul" => MandateEvent::Annul { reason: AnnulReason::from_code(&link.detail)? },
        "successor_signed" => {
            MandateEvent::SuccessorSigned { from: Timestamp::from_millis(link.detail.parse().ok()?) }
        }
        "successor_dropped" => MandateEvent::SuccessorDropped,
        _ => return None,
    };
    Some(Recorded { at: link.at, part: link.item.map_or(Part::Whole, Part::Item), event })
}

/// Whether the parties of a mandate read of it.
#[must_use]
pub fn is_news(link: &Link) -> bool {
    link.event != READDRESSED
}
