//! Mandates as they were signed, with what has happened to each item since. Signed columns are written once;
//! an event changes the status of items and appends a link to the chain, in one transaction.

use super::{
    Columns, ItemRow, add_item, chain, corrupt, evidence, opt_id, seal, status, territory, territory_text,
};
use crate::engine::Row;
use crate::error::StoreError;
use crate::sql::Sql;
use crate::sql::Value;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access::{ItemFact, PrivilegeSet};
use borgerportal_domain::ids::{EvidenceId, MandateId, PackageId, PackageVersionId, PersonId, RequestId};
use borgerportal_domain::mandates::{
    Channel, Mandate, MandateItem, Origin, Party, Recorded, Terms, Validity,
};
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
    chain_begins(tx, kept)
}

/// The first link: who signed, and what.
pub(super) fn chain_begins(tx: &Tx<'_>, kept: &Kept) -> Result<(), StoreError> {
    let says = format!("{} {}", signed(tx, kept)?, holder(tx, &kept.mandate));
    let (id, terms) = (kept.mandate.id().into_bytes(), kept.mandate.terms());
    chain::append(tx, id, (chain::SIGNED, terms.giver), None, &says)
}

/// What was signed, as a hash: the terms, the versions, the text that was shown. All of it but the holder, who may turn
/// out to be another.
pub(super) fn signed(tx: &Tx<'_>, kept: &Kept) -> Result<String, StoreError> {
    let terms = kept.mandate.terms();
    let giver = terms.giver.into_bytes();
    let evidence = kept.evidence.map(|id| evidence::hash_of(tx, id)).transpose()?.flatten();
    let older = terms.supersedes.map(MandateId::into_bytes);
    let request = kept.request.map(RequestId::into_bytes);
    let days = format!("{} {} {}", terms.first_day, terms.last_day, terms.signed_at.millis());
    let items = kept.mandate.items().iter().map(|item| {
        let (package, version) = (item.package.into_bytes(), item.version.into_bytes());
        [&package[..], &version, territory_text(&item.territory).as_bytes()].concat()
    });
    let items: Vec<Vec<u8>> = items.collect();
    let mut says: Vec<&[u8]> = vec![
        &giver,
        terms.origin.code().as_bytes(),
        days.as_bytes(),
        older.as_ref().map_or(&[], |id| id),
        request.as_ref().map_or(&[], |id| id),
        evidence.as_ref().map_or(&[], |hash| hash),
        kept.named.as_deref().unwrap_or_default().as_bytes(),
        kept.addressee.as_ref().map_or(&[], |hash| hash),
    ];
    says.extend(items.iter().map(Vec::as_slice));
    Ok(chain::mark(tx, b"mandate signed", &says))
}

/// Who holds it, as a hash.
pub(super) fn holder(tx: &Tx<'_>, mandate: &Mandate) -> String {
    holder_of(tx, mandate.id(), mandate.terms().holder)
}

fn holder_of(tx: &Tx<'_>, id: MandateId, holder: PersonId) -> String {
    chain::mark(tx, b"mandate holder", &[&id.into_bytes(), &holder.into_bytes()])
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

/// Mandates whose id ends with these bytes, and what came of such requests: the number that people read is made of
/// them. Reads all of both tables.
pub fn ending_with(tx: &Tx<'_>, bytes: [u8; 5]) -> Result<Vec<MandateId>, StoreError> {
    tx.all(sql!("mandates/ending_with"), params![&bytes], |row| Ok(MandateId::from_uuid(row.id(0)?)))
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
    let mark = holder_of(tx, mandate.id(), holder);
    let holder = holder.into_bytes();
    tx.execute(sql!("mandates/readdress"), params![&id, &holder])?;
    tx.execute(sql!("mandates/readdress_items"), params![&before, &giver, &id, &holder])?;
    chain::append(tx, id, (chain::READDRESSED, chain::NOBODY), None, &mark)
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
    let mut gathered = Gathered::default();
    tx.each(sql, values, |row| gathered.add(tx, row).map(|_| ()))?;
    Ok(gathered.kept())
}

/// Mandates as their rows come: one an item, those of a mandate together.
#[derive(Default)]
pub(super) struct Gathered(Vec<(Head, Vec<MandateItem>)>);

impl Gathered {
    /// Adds a row. True where it begins another mandate.
    pub(super) fn add(&mut self, tx: &Tx<'_>, row: &Row<'_>) -> Result<bool, StoreError> {
        let id = MandateId::from_uuid(row.id(0)?);
        let item = item(row)?;
        if let Some((_, items)) = self.0.last_mut().filter(|(head, _)| head.id == id) {
            items.push(item);
            return Ok(false);
        }
        self.0.push((head(tx, row, id)?, vec![item]));
        Ok(true)
    }

    pub(super) fn kept(self) -> Vec<Kept> {
        let kept = |(head, items): (Head, Vec<MandateItem>)| Kept {
            mandate: Mandate::restore(head.id, head.terms, items),
            evidence: head.evidence,
            request: head.request,
            named: head.named,
            addressee: head.addressee,
        };
        self.0.into_iter().map(kept).collect()
    }
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
