//! Mandates as they were signed, with what has happened to each item since. Signed columns are written once;
//! an event changes the status of items and appends a link to the chain, in one transaction.

use super::{Columns, ItemRow, add_item, chain, corrupt, opt_id, seal, status, territory};
use crate::engine::Row;
use crate::error::StoreError;
use crate::people;
use crate::sql::Sql;
use crate::sql::Value;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access::{ItemFact, PrivilegeSet};
use borgerportal_domain::ids::{EvidenceId, MandateId, PackageId, PackageVersionId, PersonId, RequestId};
use borgerportal_domain::mandates::{
    Channel, Mandate, MandateItem, Origin, Party, Recorded, Terms, Validity,
};
use borgerportal_domain::person::PersonName;
use borgerportal_domain::time::{Date, Timestamp, copenhagen_date};
use std::collections::BTreeMap;

/// A mandate as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What was signed, and what has become of it.
    pub mandate: Mandate,
    /// What was shown and signed; nothing for what was made before there was evidence.
    pub evidence: Option<EvidenceId>,
    /// The request it answered.
    pub request: Option<RequestId>,
    /// The holder's name as the giver typed it, where the giver named them.
    pub named: Option<String>,
    /// The keyed hash of how they named them, as [`super::requests::addressee`] makes it.
    pub addressee: Option<[u8; 32]>,
}

/// An item to be kept: what the map makes of its version today, and where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewItem {
    /// What it opens.
    pub privileges: PrivilegeSet,
    /// Portal or caseworker.
    pub channel: Channel,
}

/// Keeps a mandate that was just signed; `items` in the order of its own.
pub fn keep(tx: &Tx<'_>, kept: &Kept, items: &[NewItem]) -> Result<(), StoreError> {
    let terms = kept.mandate.terms();
    let id = kept.mandate.id().into_bytes();
    let (giver, holder) = (terms.giver.into_bytes(), terms.holder.into_bytes());
    let older = terms.supersedes.map(MandateId::into_bytes);
    let evidence = kept.evidence.map(EvidenceId::into_bytes);
    let request = kept.request.map(RequestId::into_bytes);
    let name =
        kept.named.as_ref().map(|name| seal::close(tx, "mandate", kept.mandate.id().uuid(), name.as_bytes()));
    let name = name.transpose()?;
    tx.execute(
        sql!("mandates/sign"),
        params![
            &id,
            &giver,
            &holder,
            terms.origin.code(),
            terms.signed_at.millis(),
            older.as_ref(),
            &terms.first_day.to_string(),
            &terms.last_day.to_string(),
            evidence.as_ref(),
            request.as_ref(),
            name.as_ref(),
            kept.addressee.as_ref(),
        ],
    )?;
    for (number, (item, new)) in (0_i64..).zip(kept.mandate.items().iter().zip(items)) {
        let fact = ItemFact {
            status: item.status,
            privileges: new.privileges,
            channel: new.channel,
            territory: item.territory.clone(),
            package_active: true,
        };
        let row = ItemRow {
            parties: (&holder, &giver),
            place: (&id, number),
            origin: terms.origin,
            validity: terms.validity(),
            package: Some((item.package, item.version)),
        };
        add_item(tx, &row, &fact)?;
    }
    chain::append(tx, id, ("signed", terms.giver), None, "")
}

/// Writes what an event has made of a mandate: the statuses that differ from `before`, and one link.
pub fn record(tx: &Tx<'_>, before: &Mandate, after: &Mandate, recorded: &Recorded) -> Result<(), StoreError> {
    let terms = after.terms();
    let (id, holder, giver) = (after.id().into_bytes(), terms.holder.into_bytes(), terms.giver.into_bytes());
    for (number, (old, new)) in (0_i64..).zip(before.items().iter().zip(after.items())) {
        if old.status == new.status {
            continue;
        }
        let columns = Columns::of(&new.status);
        tx.execute(
            sql!("mandates/set_item_status"),
            params![
                &holder,
                &giver,
                &id,
                number,
                new.status.code(),
                columns.at,
                columns.reason,
                columns.review_by,
                columns.successor_from,
            ],
        )?;
    }
    chain::append_recorded(tx, after.id(), recorded)
}

/// One mandate.
pub fn load(tx: &Tx<'_>, id: MandateId) -> Result<Option<Kept>, StoreError> {
    Ok(gather(tx, sql!("mandates/one"), params![&id.into_bytes()])?.pop())
}

/// All mandates between two people, ended ones too.
pub fn between(tx: &Tx<'_>, giver: PersonId, holder: PersonId) -> Result<Vec<Kept>, StoreError> {
    gather(tx, sql!("mandates/between"), params![&holder.into_bytes(), &giver.into_bytes()])
}

/// All mandates of which this person is this party, ended ones too.
pub fn of(tx: &Tx<'_>, person: PersonId, side: Party) -> Result<Vec<Kept>, StoreError> {
    let id = person.into_bytes();
    match side {
        Party::Giver => gather(tx, sql!("mandates/given"), params![&id]),
        Party::Holder => gather(tx, sql!("mandates/held"), params![&id]),
    }
}

/// Gives a mandate another holder: who was meant turned out to be somebody else, or nobody. What was signed stays.
pub fn readdress(tx: &Tx<'_>, mandate: &Mandate, holder: PersonId) -> Result<(), StoreError> {
    let terms = mandate.terms();
    let (id, before, giver) =
        (mandate.id().into_bytes(), terms.holder.into_bytes(), terms.giver.into_bytes());
    let holder = holder.into_bytes();
    tx.execute(sql!("mandates/readdress"), params![&id, &holder])?;
    tx.execute(sql!("mandates/readdress_items"), params![&before, &giver, &id, &holder])?;
    Ok(())
}

/// How a giver named the holders of their mandates, where they did.
pub fn typed_names(tx: &Tx<'_>, giver: PersonId) -> Result<BTreeMap<MandateId, String>, StoreError> {
    let all = tx.all(sql!("mandates/typed_names"), params![&giver.into_bytes()], |row| {
        let id = MandateId::from_uuid(row.id(0)?);
        Ok((id, typed(tx, id, row.blob(1)?)?))
    });
    Ok(all?.into_iter().collect())
}

fn typed(tx: &Tx<'_>, id: MandateId, sealed: &[u8]) -> Result<String, StoreError> {
    let plain = seal::open(tx, "mandate", id.uuid(), sealed)?;
    String::from_utf8(plain.to_vec()).map_err(|_| StoreError::corrupt("mandate", "named"))
}

/// The names of everybody on the other side of a person's mandates.
pub fn names(
    tx: &Tx<'_>,
    person: PersonId,
    side: Party,
) -> Result<BTreeMap<PersonId, PersonName>, StoreError> {
    let id = person.into_bytes();
    let read = |row: &Row<'_>| people::read(tx, row, 0).map(|person| (person.facts.id, person.name));
    let all = match side {
        Party::Giver => tx.all(sql!("mandates/names_given"), params![&id], read),
        Party::Holder => tx.all(sql!("mandates/names_held"), params![&id], read),
    };
    Ok(all?.into_iter().collect())
}

/// The mandate that was signed as the successor of this one, the newest if there were several.
pub fn successor(tx: &Tx<'_>, of: MandateId) -> Result<Option<MandateId>, StoreError> {
    tx.one(sql!("mandates/successor"), params![&of.into_bytes()], |row| Ok(MandateId::from_uuid(row.id(0)?)))
}

/// Mandates with a running item that ends after this instant and mandate, up to this instant, in that order, with
/// their ends.
pub fn running_until(
    tx: &Tx<'_>,
    (from, until): ((Timestamp, MandateId), Timestamp),
    most: i64,
) -> Result<Vec<(Timestamp, MandateId)>, StoreError> {
    let after = from.1.into_bytes();
    let values = params![from.0.millis(), &after, until.millis(), most];
    tx.all(sql!("mandates/running_until"), values, |row| {
        Ok((Timestamp::from_millis(row.int(0)?), MandateId::from_uuid(row.id(1)?)))
    })
}

fn gather(tx: &Tx<'_>, sql: &'static Sql, values: &[Value<'_>]) -> Result<Vec<Kept>, StoreError> {
    let mut heads: Vec<(Head, Vec<MandateItem>)> = Vec::new();
    tx.each(sql, values, |row| {
        let id = MandateId::from_uuid(row.id(0)?);
        let item = item(row)?;
        match heads.last_mut().filter(|(head, _)| head.id == id) {
            Some((_, items)) => items.push(item),
            None => heads.push((head(tx, row, id)?, vec![item])),
        }
        Ok(())
    })?;
    let kept = |(head, items): (Head, Vec<MandateItem>)| Kept {
        mandate: Mandate::restore(head.id, head.terms, items),
        evidence: head.evidence,
        request: head.request,
        named: head.named,
        addressee: head.addressee,
    };
    Ok(heads.into_iter().map(kept).collect())
}

struct Head {
    id: MandateId,
    terms: Terms,
    evidence: Option<EvidenceId>,
    request: Option<RequestId>,
    named: Option<String>,
    addressee: Option<[u8; 32]>,
}

/// Columns 0–10 and 23 of a mandate, and its instants in 16 and 17 where no days were kept.
fn head(tx: &Tx<'_>, row: &Row<'_>, id: MandateId) -> Result<Head, StoreError> {
    let validity =
        Validity { from: Timestamp::from_millis(row.int(16)?), until: Timestamp::from_millis(row.int(17)?) };
    let day = |column: usize, else_at: Timestamp| match row.opt_text(column)? {
        Some(text) => text.parse::<Date>().map_err(|_| StoreError::corrupt("mandate", "days")),
        None => Ok(copenhagen_date(else_at)),
    };
    let addressee = row.opt_blob(23)?.map(<[u8; 32]>::try_from);
    Ok(Head {
        id,
        terms: Terms {
            giver: PersonId::from_uuid(row.id(1)?),
            holder: PersonId::from_uuid(row.id(2)?),
            origin: Origin::from_code(row.text(3)?).ok_or(StoreError::corrupt("mandate", "origin"))?,
            signed_at: Timestamp::from_millis(row.int(4)?),
            supersedes: opt_id(row, 5)?.map(MandateId::from_bytes),
            first_day: day(6, validity.from)?,
            last_day: day(7, validity.until.plus_millis(-1))?,
        },
        evidence: opt_id(row, 8)?.map(EvidenceId::from_bytes),
        request: opt_id(row, 9)?.map(RequestId::from_bytes),
        named: row.opt_blob(10)?.map(|sealed| typed(tx, id, sealed)).transpose()?,
        addressee: addressee.transpose().map_err(|_| StoreError::corrupt("mandate", "addressee"))?,
    })
}

/// Columns 11–22. An item from before the catalogue goes by its number.
fn item(row: &Row<'_>) -> Result<MandateItem, StoreError> {
    let number = row.int(11)?;
    let own = || {
        let mut id = [0; 16];
        id.iter_mut().rev().zip(number.to_le_bytes()).for_each(|(slot, byte)| *slot = byte);
        id
    };
    Channel::from_code(row.text(14)?).ok_or(corrupt("channel"))?;
    Ok(MandateItem {
        package: PackageId::from_bytes(opt_id(row, 12)?.unwrap_or_else(own)),
        version: PackageVersionId::from_bytes(opt_id(row, 13)?.unwrap_or_else(own)),
        territory: territory(row.text(15)?)?,
        status: status(row, 18)?,
    })
}
