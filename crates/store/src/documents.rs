//! The documents of a record: one range scan for a page of the list, one row for a page of its own, one scan
//! of one citizen for a search. Every function asks for the [`Access`] it was allowed by; what this reader may
//! not see is dropped by the caller's rule before its head is opened.

use crate::access::Access;
use crate::attachments::{self, FileRow};
use crate::engine::Row;
use crate::error::StoreError;
use crate::items::{Place, place};
use crate::keys::Aads;
use crate::recent::Looked;
use crate::record::column;
use crate::tx::Tx;
use crate::{head, labels, params, sql};
use borgerportal_domain::documents::{DocumentHead, DocumentType};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::{Area, Visibility};
use borgerportal_domain::time::{Date, Timestamp};
use std::sync::Arc;
use zeroize::Zeroizing;

/// The room's name in `record_item.kind`.
pub const KIND: &str = "documents";
/// Most rows fetched at a time.
const CHUNK: i64 = 64;
/// Fewest: the last rows of a page are not fetched one by one where many are dropped.
const FEW: i64 = 16;
/// Bytes of an ordinary sealed head.
const HEAD: usize = 512;

/// What a rule looks at before the head is opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: DocumentType,
    /// Where it belongs.
    pub area: Area,
    /// The date on it.
    pub dated: Date,
    /// When it first arrived here.
    pub received_at: Timestamp,
    /// Its labels.
    pub visibility: Visibility,
    /// Who delivered it.
    pub sender: Arc<str>,
    version: i64,
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Where it stands, and its labels.
    pub labelled: Labelled,
    /// What the row shows.
    pub head: Arc<DocumentHead>,
}

/// A document of its own.
pub struct Opened {
    /// Labels, for the item rule.
    pub labelled: Labelled,
    /// What the row shows.
    pub head: DocumentHead,
    /// The resource as received.
    pub body: Zeroizing<Vec<u8>>,
    /// Its files.
    pub files: Vec<FileRow>,
}

/// Which stretch of the list.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// Only what comes after this, downwards (older) or upwards (newer).
    pub from: Place,
    /// Nothing older than this.
    pub oldest: Timestamp,
    /// True to go towards newer ones; the answer is newest first all the same.
    pub newer: bool,
    /// At most so many.
    pub limit: usize,
}

/// Documents of the window that `keep` lets through, newest first.
pub fn list(
    tx: &Tx<'_>,
    access: &Access<'_>,
    window: &Window,
    keep: &dyn Fn(&Labelled) -> bool,
) -> Result<Vec<Listed>, StoreError> {
    let top = !window.newer && window.from == Place::TOP;
    let recent = tx.recent().filter(|_| top).map(|recent| &recent.documents);
    if let Some(found) = recent.and_then(|recent| recent.list(access, window, tx.now(), keep)) {
        return Ok(found);
    }
    let (looked, end) = scan(tx, access, window, keep)?;
    let listed = |row: &Looked| {
        let head = Arc::clone(row.head.as_ref()?);
        Some(Listed { labelled: row.labelled.clone(), head })
    };
    let mut found: Vec<Listed> = looked.iter().filter_map(listed).collect();
    if let Some(recent) = recent {
        let whole = end && window.oldest == Timestamp::from_millis(i64::MIN);
        recent.keep(access, tx.now(), looked, whole);
    }
    if window.newer {
        found.reverse();
    }
    Ok(found)
}

/// The rows from the window's start on, opened where `keep` lets them through, until there are enough of these; and
/// whether the window's end was reached on the way.
fn scan(
    tx: &Tx<'_>,
    access: &Access<'_>,
    window: &Window,
    keep: &dyn Fn(&Labelled) -> bool,
) -> Result<(Vec<Looked>, bool), StoreError> {
    let (municipality, citizen) = access.place();
    let statement = if window.newer { sql!("documents/newer") } else { sql!("documents/older") };
    let (mut from, mut found, mut looked) = (window.from, 0, Vec::with_capacity(window.limit));
    let mut buffer = Zeroizing::new(Vec::with_capacity(HEAD));
    loop {
        // No more than is still wanted: where nothing is dropped, no row is read in vain.
        let wanted = i64::try_from(window.limit - found).map_or(CHUNK, |wanted| wanted.clamp(FEW, CHUNK));
        let (mut rows, after) = (0, from.id.into_bytes());
        let values =
            params![municipality, &citizen, from.sort_at.millis(), &after, window.oldest.millis(), wanted];
        tx.each(statement, values, |row| {
            rows += 1;
            if found == window.limit {
                return Ok(());
            }
            let labelled = labelled(row)?;
            from = labelled.place;
            let head = if keep(&labelled) {
                found += 1;
                Some(Arc::new(open_head(access, row, &labelled, &mut buffer)?))
            } else {
                None
            };
            looked.push(Looked { labelled, head });
            Ok(())
        })?;
        if found == window.limit || rows < wanted {
            return Ok((looked, found < window.limit));
        }
    }
}

/// Columns `sort_at, id, class, area, dated, received_at, audience, withheld, sensitive, visible_from, sender,
/// version, head`.
fn labelled(row: &Row<'_>) -> Result<Labelled, StoreError> {
    let corrupt = |column| StoreError::corrupt("record_item", column);
    Ok(Labelled {
        place: place(row)?,
        kind: DocumentType::from_code(row.text(2)?).ok_or(corrupt("class"))?,
        area: Area::from_code(row.text(3)?).ok_or(corrupt("area"))?,
        dated: head::date(row.int(4)?).ok_or(corrupt("dated"))?,
        received_at: Timestamp::from_millis(row.int(5)?),
        visibility: labels::read(row, 6)?,
        sender: row.text(10)?.into(),
        version: row.int(11)?,
    })
}

/// Opens a row's head; `buffer` is for its seal and reused from row to row.
fn open_head(
    access: &Access<'_>,
    row: &Row<'_>,
    labelled: &Labelled,
    buffer: &mut Vec<u8>,
) -> Result<DocumentHead, StoreError> {
    let (municipality, citizen) = access.place();
    let id = labelled.place.id;
    let aad = Aads::new(municipality, &citizen, &id.into_bytes(), column::HEAD, labelled.version);
    buffer.clear();
    buffer.extend_from_slice(row.blob(12)?);
    let plain = access.key().open_in(&aad, buffer).ok_or(StoreError::corrupt("record_item", "head"))?;
    let plain = head::decode(plain)?;
    Ok(DocumentHead {
        id,
        title: plain.title.to_owned(),
        kind: labelled.kind,
        area: labelled.area,
        author: plain.author.map(str::to_owned),
        unit: plain.unit.map(str::to_owned),
        dated: labelled.dated,
        has_pdf: plain.has_pdf,
        changed: plain.changed,
    })
}

/// The title in a document's head.
#[must_use]
pub fn title(head: &[u8]) -> Option<String> {
    Some(head::decode(head).ok()?.title.to_owned())
}

/// One document, if `keep` lets it through. What is not there and what may not be seen look the same.
pub fn document(
    tx: &Tx<'_>,
    access: &Access<'_>,
    id: ItemId,
    keep: &dyn Fn(&Labelled) -> bool,
) -> Result<Option<Opened>, StoreError> {
    let (municipality, citizen) = access.place();
    let key = id.into_bytes();
    let body = tx.one(sql!("documents/body"), params![municipality, &citizen, &key], |row| {
        Ok((row.int(0)?, row.int(1)?, row.blob(2)?.to_vec()))
    })?;
    let (sort_at, version, sealed) = body.unwrap_or_default();
    let values = params![municipality, &citizen, sort_at, &key];
    let found = tx.one(sql!("documents/at"), values, |row| {
        let labelled = labelled(row)?;
        if !keep(&labelled) {
            return Ok(None);
        }
        let head = open_head(access, row, &labelled, &mut Zeroizing::new(Vec::new()))?;
        Ok(Some((head, labelled)))
    })?;
    let Some((head, labelled)) = found.flatten() else { return Ok(None) };
    let aad = Aads::new(municipality, &citizen, &key, column::BODY, version);
    let body = access.key().open(&aad, &sealed).ok_or(StoreError::corrupt("record_body", "body"))?;
    let files = attachments::of_item(tx, access, id)?;
    Ok(Some(Opened { labelled, head, body, files }))
}

/// Scans the words of one citizen's documents, newest first, and returns the places that `matches`.
pub fn search(
    tx: &Tx<'_>,
    access: &Access<'_>,
    oldest: Timestamp,
    matches: &dyn Fn(&str) -> bool,
) -> Result<Vec<Place>, StoreError> {
    let (municipality, citizen) = access.place();
    let (mut places, mut buffer) = (Vec::new(), Zeroizing::new(Vec::new()));
    tx.each(sql!("documents/words"), params![municipality, &citizen, oldest.millis()], |row| {
        let at = place(row)?;
        let aad = Aads::new(municipality, &citizen, &at.id.into_bytes(), column::WORDS, row.int(2)?);
        buffer.clear();
        buffer.extend_from_slice(row.blob(3)?);
        let corrupt = || StoreError::corrupt("record_search", "words");
        let words = access.key().open_in(&aad, &mut buffer).ok_or_else(corrupt)?;
        if matches(std::str::from_utf8(words).map_err(|_| corrupt())?) {
            places.push(at);
        }
        Ok(())
    })?;
    Ok(places)
}

/// A document that was searched for and is shown.
pub struct Hit {
    /// Where it stands, its labels and what the row shows.
    pub listed: Listed,
    /// The resource as received.
    pub body: Zeroizing<Vec<u8>>,
}

/// Of the documents at these places (newest first), those of the `window` of what `keep` lets through, opened; and how
/// many it lets through in all. All labels are read in one scan: a common word has thousands of places.
pub fn hits(
    tx: &Tx<'_>,
    access: &Access<'_>,
    places: &[Place],
    window: std::ops::Range<usize>,
    keep: &dyn Fn(&Labelled) -> bool,
) -> Result<(Vec<Hit>, usize), StoreError> {
    let (Some(newest), Some(oldest)) = (places.first(), places.last()) else { return Ok((Vec::new(), 0)) };
    let (municipality, citizen) = access.place();
    let values = params![municipality, &citizen, oldest.sort_at.millis(), newest.sort_at.millis()];
    let (mut shown, mut count, mut rest) = (Vec::new(), 0, places.iter().peekable());
    tx.each(sql!("documents/labels"), values, |row| {
        let at = place(row)?;
        // Both run newest first: what has words but no row is skipped, and so is a row nobody looked for.
        while rest.next_if(|place| **place > at).is_some() {}
        if rest.next_if_eq(&&at).is_some() && keep(&labelled(row)?) {
            if window.contains(&count) {
                shown.push(at);
            }
            count += 1;
        }
        Ok(())
    })?;
    let opened = shown.iter().map(|place| hit(tx, access, *place)).collect::<Result<Vec<_>, _>>()?;
    Ok((opened.into_iter().flatten().collect(), count))
}

fn hit(tx: &Tx<'_>, access: &Access<'_>, place: Place) -> Result<Option<Hit>, StoreError> {
    let (municipality, citizen) = access.place();
    let id = place.id.into_bytes();
    tx.one(sql!("documents/hit"), params![municipality, &citizen, place.sort_at.millis(), &id], |row| {
        let labelled = labelled(row)?;
        let head = open_head(access, row, &labelled, &mut Zeroizing::new(Vec::with_capacity(HEAD)))?;
        let aad = Aads::new(municipality, &citizen, &id, column::BODY, row.int(13)?);
        let body =
            access.key().open(&aad, row.blob(14)?).ok_or(StoreError::corrupt("record_body", "body"))?;
        Ok(Hit { listed: Listed { labelled, head: Arc::new(head) }, body })
    })
}
