//! The items of a record, whichever room they are of: one range scan of one citizen's rows of a room, one row for a page of
//! its own, and who has read what. Every function asks for the [`Access`] it was allowed by; what this reader may not see is
//! dropped by the caller's rule before its head is opened. It refuses to know what a head says: that is the room's.

use crate::access::Access;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::Aads;
use crate::recent::Head;
use crate::record::column;
use crate::tx::{Mark, Tx};
use crate::{head, labels, params, sql};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::{Area, Visibility};
use borgerportal_domain::time::{Date, Timestamp};
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;
use zeroize::Zeroizing;

/// From the beginning to the end.
pub const ALWAYS: RangeInclusive<Timestamp> =
    Timestamp::from_millis(i64::MIN)..=Timestamp::from_millis(i64::MAX);

/// Where an item stands in its room's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What the list is sorted by.
    pub sort_at: Timestamp,
    /// Tells two of the same instant apart.
    pub id: ItemId,
}

impl Place {
    /// Before everything in the list.
    pub const TOP: Self =
        Self { sort_at: Timestamp::from_millis(i64::MAX), id: ItemId::from_bytes([0xff; 16]) };
}

/// What a rule looks at before the head is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// Where it stands.
    pub place: Place,
    /// The resource type it came as.
    pub class: String,
    /// Where it belongs.
    pub area: Area,
    /// The date on it.
    pub dated: Date,
    /// When it first arrived here.
    pub received_at: Timestamp,
    /// Its labels.
    pub visibility: Visibility,
    /// Who delivered it.
    pub sender: String,
    /// Whether it is over.
    pub ended: bool,
    version: i64,
}

impl Labelled {
    /// Our count of its versions.
    #[must_use]
    pub const fn version(&self) -> i64 {
        self.version
    }
}

/// An item in a list.
pub struct Listed {
    /// Where it stands, and its labels.
    pub labelled: Labelled,
    /// What the row shows, in the room's coding.
    pub head: Zeroizing<Vec<u8>>,
}

/// An item in a list with what was made of its head; others may be looking at the same.
pub type Seen<H> = (Arc<Labelled>, Arc<H>);

/// An item of its own.
pub struct Opened {
    /// Where it stands, its labels, and what a row shows of it.
    pub listed: Listed,
    /// The resource as received.
    pub body: Zeroizing<Vec<u8>>,
}

/// Items of a room within a stretch of time that `keep` lets through, newest first, with what `read` makes of their heads:
/// of a room always the same. Those of which the room lists nothing are left out. What this reader read a moment ago, and
/// what has not changed, is taken from memory.
pub fn list<H: Send + Sync + 'static>(
    tx: &Tx<'_>,
    access: &Access<'_>,
    (room, times): (&'static str, RangeInclusive<Timestamp>),
    keep: &dyn Fn(&Labelled) -> bool,
    read: impl Fn(&Labelled, &[u8]) -> Option<H>,
) -> Result<Vec<Seen<H>>, StoreError> {
    let recent = tx.recent().map(|recent| &recent.rooms);
    if let Some(found) = recent.and_then(|recent| recent.list(access, (room, &times), tx.now(), keep)) {
        return Ok(found);
    }
    let (municipality, citizen) = access.place();
    let (mut found, mut rows) = (Vec::new(), Vec::new());
    let values = params![municipality, &citizen, room, times.start().millis(), times.end().millis()];
    tx.each(sql!("items/list"), values, |row| {
        let labelled = Arc::new(labelled(row)?);
        if !keep(&labelled) {
            rows.push((labelled, Head::Shut));
            return Ok(());
        }
        let head = open_head(access, row, &labelled)?;
        let head = if head.is_empty() { None } else { read(&labelled, &head).map(Arc::new) };
        found.extend(head.clone().map(|head| (Arc::clone(&labelled), head)));
        rows.push((labelled, head.map_or(Head::Empty, |head| Head::Read(head))));
        Ok(())
    })?;
    if let Some(recent) = recent {
        recent.keep(access, tx.now(), (room, times), rows);
    }
    Ok(found)
}

/// All items of a room that `keep` lets through, newest first, and what the room puts together of them: of the same items
/// always the same.
pub fn together<H: Send + Sync + 'static, M: Send + Sync + 'static>(
    tx: &Tx<'_>,
    access: &Access<'_>,
    room: &'static str,
    keep: &dyn Fn(&Labelled) -> bool,
    read: impl Fn(&Labelled, &[u8]) -> Option<H>,
    make: impl FnOnce(&[Seen<H>]) -> M,
) -> Result<Together<H, M>, StoreError> {
    let found = list(tx, access, (room, ALWAYS), keep, read)?;
    let of = found.iter().map(|(one, _)| one.place.id).collect();
    let whole = match tx.recent() {
        Some(recent) => recent.rooms.made(access, (room, of), tx.now(), || make(&found)),
        None => Arc::new(make(&found)),
    };
    Ok((found, whole))
}

/// Items, and what was put together of them.
pub type Together<H, M> = (Vec<Seen<H>>, Arc<M>);

/// One item of a room, if `keep` lets it through. What is not there and what may not be seen look the same.
pub fn one(
    tx: &Tx<'_>,
    access: &Access<'_>,
    (room, id): (&str, ItemId),
    keep: &dyn Fn(&Labelled) -> bool,
) -> Result<Option<Opened>, StoreError> {
    let (municipality, citizen) = access.place();
    let key = id.into_bytes();
    let body = tx.one(sql!("items/body"), params![municipality, &citizen, room, &key], |row| {
        Ok((row.int(0)?, row.int(1)?, row.blob(2)?.to_vec()))
    })?;
    let (sort_at, version, sealed) = body.unwrap_or_default();
    let values = params![municipality, &citizen, room, sort_at, &key];
    let found = tx.one(sql!("items/at"), values, |row| {
        let labelled = labelled(row)?;
        if !keep(&labelled) {
            return Ok(None);
        }
        let head = open_head(access, row, &labelled)?;
        Ok(Some(Listed { labelled, head }))
    })?;
    let Some(listed) = found.flatten() else { return Ok(None) };
    let aad = Aads::new(municipality, &citizen, &key, column::BODY, version);
    let body = access.key().open(&aad, &sealed).ok_or(StoreError::corrupt("record_body", "body"))?;
    Ok(Some(Opened { listed, body }))
}

/// Where the items of a room stand that `keep` lets through, newest first; none of them is opened.
pub fn places(
    tx: &Tx<'_>,
    access: &Access<'_>,
    room: &str,
    keep: &dyn Fn(&Labelled) -> bool,
) -> Result<Vec<Place>, StoreError> {
    let (municipality, citizen) = access.place();
    let mut found = Vec::new();
    tx.each(sql!("items/labels"), params![municipality, &citizen, room], |row| {
        let labelled = labelled(row)?;
        if keep(&labelled) {
            found.push(labelled.place);
        }
        Ok(())
    })?;
    Ok(found)
}

/// A stretch of a room's items, whole, for whoever takes them all: those that `keep` lets through of the next `limit`
/// after a place, and the place to go on from, if there are more.
pub fn page(
    tx: &Tx<'_>,
    access: &Access<'_>,
    (room, after, limit): (&str, Place, usize),
    keep: &dyn Fn(&Labelled) -> bool,
) -> Result<(Vec<Opened>, Option<Place>), StoreError> {
    let (municipality, citizen) = access.place();
    let (sort_at, id, count) =
        (after.sort_at.millis(), after.id.into_bytes(), i64::try_from(limit).unwrap_or(1));
    let (mut found, mut seen, mut last) = (Vec::new(), 0, after);
    tx.each(sql!("items/page"), params![municipality, &citizen, room, sort_at, &id, count], |row| {
        let labelled = labelled(row)?;
        (seen, last) = (seen + 1, labelled.place);
        if keep(&labelled) {
            let key = labelled.place.id.into_bytes();
            let aad = Aads::new(municipality, &citizen, &key, column::BODY, row.int(14)?);
            let body =
                access.key().open(&aad, row.blob(15)?).ok_or(StoreError::corrupt("record_body", "body"))?;
            let head = open_head(access, row, &labelled)?;
            found.push(Opened { listed: Listed { labelled, head }, body });
        }
        Ok(())
    })?;
    Ok((found, (seen == limit).then_some(last)))
}

/// Columns `sort_at, id, class, area, dated, received_at, audience, withheld, sensitive, visible_from, sender,
/// version, state, head`.
pub(crate) fn labelled(row: &Row<'_>) -> Result<Labelled, StoreError> {
    let corrupt = |column| StoreError::corrupt("record_item", column);
    Ok(Labelled {
        place: place(row)?,
        class: row.text(2)?.to_owned(),
        area: Area::from_code(row.text(3)?).ok_or(corrupt("area"))?,
        dated: head::date(row.int(4)?).ok_or(corrupt("dated"))?,
        received_at: Timestamp::from_millis(row.int(5)?),
        visibility: labels::read(row, 6)?,
        sender: row.text(10)?.to_owned(),
        version: row.int(11)?,
        ended: row.text(12)? == "ended",
    })
}

/// Columns `sort_at, id`.
pub(crate) fn place(row: &Row<'_>) -> Result<Place, StoreError> {
    Ok(Place { sort_at: Timestamp::from_millis(row.int(0)?), id: ItemId::from_uuid(row.id(1)?) })
}

fn open_head(
    access: &Access<'_>,
    row: &Row<'_>,
    labelled: &Labelled,
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let (municipality, citizen) = access.place();
    let id = labelled.place.id.into_bytes();
    let aad = Aads::new(municipality, &citizen, &id, column::HEAD, labelled.version);
    access.key().open(&aad, row.blob(13)?).ok_or(StoreError::corrupt("record_item", "head"))
}

/// Notes that this reader has opened an item of a room: written with this errand's log line.
pub fn mark_read(tx: &Tx<'_>, access: &Access<'_>, room: &'static str, place: Place) {
    let (municipality, citizen) = access.place();
    tx.mark(Mark {
        municipality,
        citizen,
        reader: access.reader().into_bytes(),
        kind: room,
        sort_at: place.sort_at.millis(),
        id: place.id.into_bytes(),
        at: tx.now().millis(),
    });
}

/// Which items of a room, of this stretch of time, this reader has opened.
pub fn read_marks(
    tx: &Tx<'_>,
    access: &Access<'_>,
    room: &str,
    times: RangeInclusive<Timestamp>,
) -> Result<BTreeSet<ItemId>, StoreError> {
    let (municipality, citizen) = access.place();
    let reader = access.reader().into_bytes();
    let (oldest, newest) = (times.start().millis(), times.end().millis());
    let values = params![municipality, &citizen, &reader, room, oldest, newest];
    let ids = tx.all(sql!("items/marks"), values, |row| Ok(ItemId::from_uuid(row.id(0)?)))?;
    Ok(ids.into_iter().collect())
}

/// The name of an item at its sender: resource type and id.
pub fn source(
    tx: &Tx<'_>,
    access: &Access<'_>,
    item: ItemId,
) -> Result<Option<(String, String)>, StoreError> {
    let (municipality, citizen) = access.place();
    tx.one(sql!("items/source"), params![municipality, &citizen, &item.into_bytes()], |row| {
        Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))
    })
}

/// The item of this name at a sender, such as `DocumentReference/x`, if it is of this citizen. What it is called is no
/// permission: whoever wants to show it asks the item rule.
pub fn named(
    tx: &Tx<'_>,
    access: &Access<'_>,
    (sender, name): (&str, &str),
) -> Result<Option<ItemId>, StoreError> {
    let (municipality, citizen) = access.place();
    let Some((kind, id)) = name.split_once('/') else { return Ok(None) };
    let values = params![municipality, sender, kind, id, &citizen];
    tx.one(sql!("items/named"), values, |row| Ok(ItemId::from_uuid(row.id(0)?)))
}
