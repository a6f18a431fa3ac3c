//! Holding every mandate and every request against its chain: what was signed is what was signed, its evidence is
//! there, and its state is what its events make of it. It reads in slices, and refuses to mend anything.

use super::chain::{self, Broken, Link};
use super::kept::{self, Kept};
use super::{evidence, requests};
use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{MandateId, PackageVersionId, RequestId};
use borgerportal_domain::mandates::{Channel, Recorded};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Mandates and requests of one slice.
const SLICE: i64 = 200;

/// What is wrong with a mandate or a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Its chain of events.
    Chain(Broken),
    /// It is not what was signed.
    Signed,
    /// Its holder is neither who it was signed for nor who was found to be meant.
    Holder,
    /// What was shown and signed is missing, or another text.
    Evidence,
    /// Its rights hold from or until another day, or came about otherwise, than was signed.
    Items,
    /// Its events lead to another state.
    State,
    /// There are events, and nothing that they happened to.
    Gone,
    /// A right stands between two people without a mandate between them.
    Stray,
    /// A right opens, or is for, something else than the catalogue and the map say.
    Opens,
    /// Something of it does not read.
    Unreadable,
}

/// Where a check has come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    after: [u8; 16],
    /// The right after which to go on: holder, giver, mandate, number.
    after_right: ([[u8; 16]; 3], i64),
    /// Mandates and requests checked so far.
    pub checked: i64,
    /// Rights checked so far.
    pub rights: i64,
    /// What was found wrong so far, by the id of the mandate or the request.
    pub faults: Vec<(Uuid, Fault)>,
}

/// Checks the slice after this one. `None` when there is none left.
pub fn check_next(tx: &Tx<'_>, audit: &Audit) -> Result<Option<Audit>, StoreError> {
    let subjects = tx.all(sql!("mandates/subjects"), params![&audit.after, SLICE], |row| row.id(0))?;
    let Some(last) = subjects.last() else { return Ok(None) };
    let mut next = Audit { after: last.into_bytes(), ..audit.clone() };
    for subject in subjects {
        next.checked += 1;
        match check(tx, subject.into_bytes()) {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => next.faults.push((subject, fault)),
            Err(StoreError::Corrupt { .. }) => next.faults.push((subject, Fault::Unreadable)),
            Err(error) => return Err(error),
        }
    }
    Ok(Some(next))
}

/// What a right of each version opens today, and where: as the columns say it that requests for access are decided by.
pub type Opened = BTreeMap<PackageVersionId, (String, Channel)>;

/// Checks the slice of rights after this one. `None` when there is none left. No mandate leads to a right that stands by
/// itself, so they are read for themselves.
pub fn check_rights(tx: &Tx<'_>, audit: &Audit, opened: &Opened) -> Result<Option<Audit>, StoreError> {
    let ([holder, giver, mandate], number) = audit.after_right;
    let mut next = audit.clone();
    tx.each(sql!("mandates/audit_items"), params![&holder, &giver, &mandate, number, SLICE], |row| {
        let (mandate, number) = (row.id(2)?, row.int(3)?);
        next.after_right = ([row.id(0)?.into_bytes(), row.id(1)?.into_bytes(), mandate.into_bytes()], number);
        next.rights += 1;
        let version = super::opt_id(row, 6)?.map(PackageVersionId::from_bytes);
        let as_told = |version| {
            let says =
                opened.get(&version).map(|(privileges, channel)| (privileges.as_str(), channel.code()));
            Ok::<_, StoreError>(says == Some((row.text(4)?, row.text(5)?)))
        };
        let fault = if !row.flag(7)? {
            Some(Fault::Stray)
        } else if version.map(as_told).transpose()? == Some(false) {
            Some(Fault::Opens)
        } else {
            None
        };
        next.faults.extend(fault.map(|fault| (mandate, fault)));
        Ok(())
    })?;
    Ok((next.rights > audit.rights).then_some(next))
}

/// What is wrong with one, if anything.
fn check(tx: &Tx<'_>, subject: [u8; 16]) -> Result<Result<(), Fault>, StoreError> {
    if let Err(broken) = chain::verify(tx, subject)? {
        return Ok(Err(Fault::Chain(broken)));
    }
    let links = chain::links(tx, subject)?;
    let mandate = kept::load(tx, MandateId::from_bytes(subject))?;
    let request = match mandate {
        Some(_) => None,
        None => requests::load(tx, RequestId::from_bytes(subject))?,
    };
    let (Some(first), Some(last)) = (links.first(), links.last()) else {
        return Ok(Err(Fault::Chain(Broken::Numbers)));
    };
    let forgotten = last.event == chain::FORGOTTEN;
    match (mandate, request) {
        (None, None) => Ok(if forgotten { Ok(()) } else { Err(Fault::Gone) }),
        (Some(_), _) | (_, Some(_)) if forgotten => Ok(Err(Fault::State)),
        (Some(kept), _) => of_mandate(tx, &kept, (first, &links)),
        (None, Some(kept)) => of_request(tx, &kept, (first, &links)),
    }
}

fn of_mandate(
    tx: &Tx<'_>,
    kept: &Kept,
    (first, links): (&Link, &[Link]),
) -> Result<Result<(), Fault>, StoreError> {
    let news: Vec<&Link> = links.iter().skip(1).filter(|link| chain::is_news(link)).collect();
    let events: Option<Vec<Recorded>> = news.into_iter().map(chain::recorded).collect();
    let led_to = events.and_then(|events| kept.mandate.replay(&events).ok());
    if led_to.as_ref() != Some(&kept.mandate) {
        return Ok(Err(Fault::State));
    }
    let (signed, holder) = first.detail.split_once(' ').unwrap_or_default();
    if first.event != chain::SIGNED || signed != kept::signed(tx, kept)? {
        return Ok(Err(Fault::Signed));
    }
    let moved = links.iter().rev().find(|link| link.event == chain::READDRESSED);
    if moved.map_or(holder, |link| &link.detail) != kept::holder(tx, &kept.mandate) {
        return Ok(Err(Fault::Holder));
    }
    if let Some(id) = kept.evidence
        && !evidence::holds(tx, id)?
    {
        return Ok(Err(Fault::Evidence));
    }
    Ok(if as_signed(tx, kept)? { Ok(()) } else { Err(Fault::Items) })
}

/// Whether the columns that requests for access are decided by say what the terms say.
fn as_signed(tx: &Tx<'_>, kept: &Kept) -> Result<bool, StoreError> {
    let terms = kept.mandate.terms();
    let (holder, giver) = (terms.holder.into_bytes(), terms.giver.into_bytes());
    let (origin, validity) = (terms.origin.code(), terms.validity());
    let mut all = true;
    tx.each(
        sql!("mandates/item_columns"),
        params![&holder, &giver, &kept.mandate.id().into_bytes()],
        |row| {
            let days = (row.int(1)?, row.int(2)?) == (validity.from.millis(), validity.until.millis());
            all &= row.text(0)? == origin && days;
            Ok(())
        },
    )?;
    Ok(all)
}

fn of_request(
    tx: &Tx<'_>,
    kept: &requests::Kept,
    (first, links): (&Link, &[Link]),
) -> Result<Result<(), Fault>, StoreError> {
    if first.event != chain::SENT || !requests::was_sent(tx, kept, &first.detail)? {
        return Ok(Err(Fault::Signed));
    }
    if !evidence::holds(tx, kept.evidence)? {
        return Ok(Err(Fault::Evidence));
    }
    let led_to = requests::replay(kept, links);
    Ok(if led_to.as_ref() == Some(&kept.request) { Ok(()) } else { Err(Fault::State) })
}
