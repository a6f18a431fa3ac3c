//! The chain of events of a mandate or a request: append only, each link covering the one before it. What an
//! event says of people is covered by a salted commitment, so that it can be forgotten without breaking the
//! chain. It refuses to change a link.

use crate::error::StoreError;
use crate::keys::sha256;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{MandateId, PackageVersionId, PersonId};
use borgerportal_domain::mandates::{AnnulReason, MandateEvent, Part, Party, Recorded, SuspendReason};
use borgerportal_domain::time::Timestamp;

/// The actor of what no person did: a register, an authority, the clock.
pub const NOBODY: PersonId = PersonId::from_bytes([0; 16]);

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
    /// Reason, instant or party, as [`recorded`] reads it.
    pub detail: String,
}

/// What is wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// A link is missing, or there is one too many.
    Numbers,
    /// A link does not fit the one before it.
    Link(i64),
    /// What a link says is not what was committed to.
    Commitment(i64),
}

fn commitment(salt: &[u8], actor: &[u8], item: &[u8], detail: &str) -> [u8; 32] {
    let mut text = Vec::with_capacity(96);
    for part in [salt, actor, item, detail.as_bytes()] {
        text.extend_from_slice(&(part.len() as u64).to_be_bytes());
        text.extend_from_slice(part);
    }
    sha256(&text)
}

fn link(
    before: &[u8],
    subject: &[u8; 16],
    (number, at): (i64, i64),
    event: &str,
    commitment: &[u8],
) -> [u8; 32] {
    let mut text = Vec::with_capacity(128);
    for part in [before, subject, &number.to_be_bytes(), &at.to_be_bytes(), event.as_bytes(), commitment] {
        text.extend_from_slice(&(part.len() as u64).to_be_bytes());
        text.extend_from_slice(part);
    }
    sha256(&text)
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
    let hash = link(&before, &subject, (number, at), event, &commitment);
    tx.execute(
        sql!("mandates/append_event"),
        params![&subject, number, at, event, &actor, item.as_ref(), detail, &salt, &commitment, &hash],
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

/// Checks a chain. Links from before there were chains have none and are passed over.
pub fn verify(tx: &Tx<'_>, subject: [u8; 16]) -> Result<Result<usize, Broken>, StoreError> {
    let mut before: Vec<u8> = Vec::new();
    let (mut count, mut broken) = (0_usize, None);
    tx.each(sql!("mandates/events"), params![&subject], |row| {
        let number = row.int(0)?;
        let expected = i64::try_from(count).unwrap_or(i64::MAX);
        count += 1;
        let (Some(kept), Some(hash)) = (row.opt_blob(7)?, row.opt_blob(8)?) else { return Ok(()) };
        let known = link(&before, &subject, (number, row.int(1)?), row.text(2)?, kept);
        let said = row.opt_blob(6)?.map(|salt| {
            let item = row.opt_blob(4)?.unwrap_or_default();
            Ok::<_, StoreError>(commitment(salt, row.blob(3)?, item, row.opt_text(5)?.unwrap_or_default()))
        });
        let fault = if number != expected {
            Some(Broken::Numbers)
        } else if hash != known {
            Some(Broken::Link(number))
        } else if said.transpose()?.is_some_and(|said| said != kept) {
            Some(Broken::Commitment(number))
        } else {
            None
        };
        broken = broken.or(fault);
        before = hash.to_vec();
        Ok(())
    })?;
    Ok(broken.map_or(Ok(count), Err))
}

/// Forgets what the links of a mandate or a request say of people. The chain still verifies.
pub fn forget(tx: &Tx<'_>, subject: [u8; 16]) -> Result<u64, StoreError> {
    tx.execute(sql!("mandates/forget_events"), params![&subject, &NOBODY.into_bytes()])
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

/// The event of a link, for replaying; nothing for `signed` and for what only older programs wrote.
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
