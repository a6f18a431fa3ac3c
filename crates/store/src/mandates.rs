//! Mandates and their items. Signed fields are written once; what happens later changes only the status of
//! items and leaves an event. What an item is worth now is for the clock and `domain` to say.

pub mod audit;
pub mod chain;
pub mod drafts;
pub mod evidence;
pub mod forget;
mod kept;
pub mod listed;
pub mod lookup;
pub mod packages;
pub mod paused;
pub mod requests;
mod seal;
#[cfg(feature = "generating")]
mod unsigned;

pub use kept::{
    Kept, NewItem, between, ending_with, keep, load, of, readdress, record, running_until, successor,
    typed_names,
};

#[cfg(feature = "generating")]
pub use unsigned::{set_status, sign};

use crate::engine::Row;
use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access::{ItemFact, MandateFact, PrivilegeSet};
use borgerportal_domain::ids::{MandateId, PackageId, PackageVersionId, PersonId};
use borgerportal_domain::mandates::{
    AnnulReason, Channel, Origin, Party, Status, SuspendReason, Territory, Validity,
};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Timestamp, copenhagen_date};

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("mandate_item", column)
}

/// Where an item lies, and what its mandate says for all of them.
struct ItemRow<'a> {
    parties: (&'a [u8; 16], &'a [u8; 16]),
    place: (&'a [u8; 16], i64),
    origin: Origin,
    validity: Validity,
    package: Option<(PackageId, PackageVersionId)>,
}

fn add_item(tx: &Tx<'_>, row: &ItemRow<'_>, item: &ItemFact) -> Result<(), StoreError> {
    let status = Columns::of(&item.status);
    let package = row.package.map(|(package, _)| package.into_bytes());
    let version = row.package.map(|(_, version)| version.into_bytes());
    tx.execute(
        sql!("mandates/add_item"),
        params![
            row.parties.0,
            row.parties.1,
            row.place.0,
            row.place.1,
            row.origin.code(),
            &item.privileges.codes(),
            item.channel.code(),
            &territory_text(&item.territory),
            row.validity.from.millis(),
            row.validity.until.millis(),
            item.status.code(),
            status.at,
            status.reason,
            status.review_by,
            status.successor_from,
            package.as_ref(),
            version.as_ref(),
        ],
    )?;
    Ok(())
}

/// Remembers that an authority doubts whether this person understands what a mandate is. Twice is once.
pub fn doubt(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.execute(sql!("mandates/keep_doubt"), params![&person.into_bytes(), tx.now().millis()])?;
    Ok(())
}

/// The doubt is over.
pub fn trust(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    tx.execute(sql!("mandates/drop_doubt"), params![&person.into_bytes()])?;
    Ok(())
}

/// Whether an authority doubts.
pub fn is_doubted(tx: &Tx<'_>, person: PersonId) -> Result<bool, StoreError> {
    Ok(tx.one(sql!("mandates/doubt"), params![&person.into_bytes()], |row| row.int(0))?.is_some())
}

/// An id that may be missing.
fn opt_id(row: &Row<'_>, column: usize) -> Result<Option<[u8; 16]>, StoreError> {
    let bytes = row.opt_blob(column)?.map(<[u8; 16]>::try_from);
    bytes.transpose().map_err(|_| corrupt("id"))
}

/// All mandates of a holder, ended ones too, by giver and mandate.
pub fn of_holder(tx: &Tx<'_>, holder: PersonId) -> Result<Vec<MandateFact>, StoreError> {
    let mut mandates = Vec::new();
    tx.each(sql!("mandates/of_holder"), params![&holder.into_bytes()], |row| {
        gather(&mut mandates, row, holder, PersonId::from_uuid(row.id(0)?))
    })?;
    Ok(mandates)
}

/// All mandates of a giver, ended ones too, by holder and mandate, as they stand in this municipality.
pub fn of_giver(
    tx: &Tx<'_>,
    giver: PersonId,
    place: MunicipalityCode,
) -> Result<Vec<MandateFact>, StoreError> {
    let mut mandates = Vec::new();
    let (id, today) = (giver.into_bytes(), today(tx));
    let values = params![&id, i64::from(place.number()), &today];
    tx.each(sql!("mandates/of_giver"), values, |row| {
        gather(&mut mandates, row, PersonId::from_uuid(row.id(0)?), giver)
    })?;
    Ok(mandates)
}

/// The date in Denmark, as columns hold it.
pub(crate) fn today(tx: &Tx<'_>) -> String {
    copenhagen_date(tx.now()).to_string()
}

/// Adds one item row, in the columns 1–14, to the mandate it belongs to. Rows mostly come mandate by mandate;
/// PostgreSQL promises no order among the pieces of a UNION.
pub(crate) fn gather(
    mandates: &mut Vec<MandateFact>,
    row: &Row<'_>,
    holder: PersonId,
    giver: PersonId,
) -> Result<(), StoreError> {
    let id = MandateId::from_uuid(row.id(1)?);
    let item = ItemFact {
        status: status(row, 9)?,
        privileges: PrivilegeSet::from_codes(row.text(4)?),
        channel: Channel::from_code(row.text(5)?).ok_or(corrupt("channel"))?,
        territory: territory(row.text(6)?)?,
        package_active: row.flag(14)?,
    };
    match mandates.iter_mut().rev().find(|one| one.id == id) {
        Some(known) => known.items.push(item),
        None => mandates.push(MandateFact {
            id,
            giver,
            holder,
            origin: Origin::from_code(row.text(3)?).ok_or(corrupt("origin"))?,
            validity: Validity {
                from: Timestamp::from_millis(row.int(7)?),
                until: Timestamp::from_millis(row.int(8)?),
            },
            items: vec![item],
        }),
    }
    Ok(())
}

/// The columns behind a status.
struct Columns {
    at: Option<i64>,
    reason: Option<&'static str>,
    review_by: Option<i64>,
    successor_from: Option<i64>,
}

impl Columns {
    fn of(status: &Status) -> Self {
        let (at, reason) = match status {
            Status::Running { .. } => (None, None),
            Status::Suspended { since, reason, .. } => (Some(since), Some(reason.code())),
            Status::Withdrawn { at } | Status::Renounced { at } => (Some(at), None),
            Status::Annulled { at, reason } => (Some(at), Some(reason.code())),
            Status::EndedByDeath { at, party } => (Some(at), Some(party.code())),
        };
        let (review_by, successor_from) = match status {
            Status::Running { successor_from } => (None, *successor_from),
            Status::Suspended { review_by, successor_from, .. } => (Some(*review_by), *successor_from),
            Status::Withdrawn { .. }
            | Status::Renounced { .. }
            | Status::Annulled { .. }
            | Status::EndedByDeath { .. } => (None, None),
        };
        Self {
            at: at.map(|at| at.millis()),
            reason,
            review_by: review_by.map(Timestamp::millis),
            successor_from: successor_from.map(Timestamp::millis),
        }
    }
}

/// Reads `status, status_at, reason, review_by, successor_from` from `first` on.
fn status(row: &Row<'_>, first: usize) -> Result<Status, StoreError> {
    let time = |column| Ok::<_, StoreError>(row.opt_int(column)?.map(Timestamp::from_millis));
    let at = || time(first + 1)?.ok_or(corrupt("status_at"));
    let reason = || row.text(first + 2);
    let successor_from = time(first + 4)?;
    Ok(match row.text(first)? {
        "running" => Status::Running { successor_from },
        "suspended" => Status::Suspended {
            since: at()?,
            reason: SuspendReason::from_code(reason()?).ok_or(corrupt("reason"))?,
            review_by: time(first + 3)?.ok_or(corrupt("review_by"))?,
            successor_from,
        },
        "withdrawn" => Status::Withdrawn { at: at()? },
        "renounced" => Status::Renounced { at: at()? },
        "annulled" => Status::Annulled {
            at: at()?,
            reason: AnnulReason::from_code(reason()?).ok_or(corrupt("reason"))?,
        },
        "ended_by_death" => {
            Status::EndedByDeath { at: at()?, party: Party::from_code(reason()?).ok_or(corrupt("reason"))? }
        }
        _ => return Err(corrupt("status")),
    })
}

fn territory_text(territory: &Territory) -> String {
    match territory {
        Territory::All => String::new(),
        Territory::Only(codes) => codes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    }
}

fn territory(text: &str) -> Result<Territory, StoreError> {
    if text.is_empty() {
        return Ok(Territory::All);
    }
    let codes: Option<Vec<_>> = text.split(' ').map(MunicipalityCode::parse).collect();
    codes.map(Territory::Only).ok_or(corrupt("territory"))
}
