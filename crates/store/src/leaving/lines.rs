//! What lies in one journal, opened, page by page: the record as FHIR, and what was written here. It refuses drafts: until
//! they are sent they are their writer's alone.

use super::{Line, Page};
use crate::attachments::FileRow;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::Aads;
use crate::record::{Writing, column};
use crate::sql::{Sql, Value as Parameter};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_domain::time::Timestamp;
use serde_json::{Value, json};
use std::cmp::Ordering;
use zeroize::Zeroizing;

/// Resources of one page.
const PAGE: i64 = 50;
/// The strength of what was withdrawn: above it is what was deleted by law.
const WITHDRAWN: i64 = 2;

/// A file of a journal. Each is one of the folder of its citizen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The resources as they stand, as received.
    Record,
    /// Earlier versions of them.
    Earlier,
    /// Documents as they came, with parts that were withdrawn since.
    Originals,
    /// Which resource came from whom under which name.
    Sources,
    /// What citizens and helpers wrote here, beside the messages, which are resources.
    Here,
    /// What the record system was told, and what became of it.
    Told,
    /// Who was shut out.
    Blocks,
}

impl Part {
    /// All, in the order they are taken.
    pub const ALL: [Self; 7] =
        [Self::Record, Self::Earlier, Self::Originals, Self::Sources, Self::Here, Self::Told, Self::Blocks];

    /// The name of its file.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Record => "record.ndjson",
            Self::Earlier => "earlier.ndjson",
            Self::Originals => "originals.ndjson",
            Self::Sources => "sources.ndjson",
            Self::Here => "written-here.ndjson",
            Self::Told => "told.ndjson",
            Self::Blocks => "blocks.ndjson",
        }
    }
}

/// A place in a part: the last item that was taken, and its version or number.
pub type After = (ItemId, i64);

/// The next lines of a part, and where to go on.
pub fn lines(tx: &Tx<'_>, journal: &Writing, part: Part, after: After) -> Result<Page<After>, StoreError> {
    let (municipality, citizen, id) = journal.keys(after.0);
    let whole = params![municipality, &citizen];
    let page = params![municipality, &citizen, &id, PAGE];
    let all = |lines: Result<Vec<Line>, StoreError>| lines.map(|lines| (lines, None));
    match part {
        Part::Record => resources(tx, journal, (sql!("leaving/bodies"), column::BODY), page),
        Part::Originals => resources(tx, journal, (sql!("leaving/originals"), column::ORIGINAL), page),
        Part::Earlier => {
            let page = params![municipality, &citizen, &id, after.1, PAGE];
            resources(tx, journal, (sql!("leaving/earlier"), column::BODY), page)
        }
        Part::Sources => all(tx.all(sql!("leaving/sources"), whole, source)),
        Part::Here => all(written_here(tx, journal, whole)),
        Part::Told => all(told(tx, journal, whole)),
        Part::Blocks => all(tx.all(sql!("leaving/blocks"), whole, block)),
    }
}

fn resources(
    tx: &Tx<'_>,
    journal: &Writing,
    (statement, column): (&'static Sql, u8),
    values: &[Parameter<'_>],
) -> Result<Page<After>, StoreError> {
    let mut last = None;
    let lines = tx.all(statement, values, |row| {
        let place = (id(row, 0)?, row.int(1)?);
        last = Some(place);
        let plain = open(journal, (place.0, column, place.1), row.blob(2)?)?;
        Ok(Line { json: in_one_line(plain), people: Vec::new() })
    })?;
    let full = i64::try_from(lines.len()) == Ok(PAGE);
    Ok((lines, last.filter(|_| full)))
}

/// Between the members of JSON an end of line is a space like any other; within its texts there is none.
fn in_one_line(mut json: Zeroizing<Vec<u8>>) -> Zeroizing<Vec<u8>> {
    json.iter_mut().filter(|byte| matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
    json
}

fn open(
    journal: &Writing,
    (item, column, version): (ItemId, u8, i64),
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let (municipality, citizen, id) = journal.keys(item);
    let aad = Aads::new(municipality, &citizen, &id, column, version);
    journal.key.open(&aad, sealed).ok_or(StoreError::corrupt("record_body", "sealed"))
}

/// What a room keeps is JSON; anything else is a text.
fn content(plain: &[u8]) -> Value {
    serde_json::from_slice(plain).unwrap_or_else(|_| json!(String::from_utf8_lossy(plain)))
}

fn id(row: &Row<'_>, column: usize) -> Result<ItemId, StoreError> {
    row.id(column).map(ItemId::from_uuid)
}

fn at(millis: i64) -> String {
    Timestamp::from_millis(millis).to_string()
}

fn source(row: &Row<'_>) -> Result<Line, StoreError> {
    let state = match row.int(6)?.cmp(&WITHDRAWN) {
        Ordering::Less => "kept",
        Ordering::Equal => "withdrawn",
        Ordering::Greater => "deleted",
    };
    let json = json!({
        "item": id(row, 0)?, "sender": row.text(1)?, "resource": format!("{}/{}", row.text(2)?, row.text(3)?),
        "version": row.int(4)?, "received": at(row.int(5)?), "state": state,
    });
    Ok(Line::of(&json, Vec::new()))
}

fn written_here(tx: &Tx<'_>, journal: &Writing, whole: &[Parameter<'_>]) -> Result<Vec<Line>, StoreError> {
    let mut lines = tx.all(sql!("leaving/cancellations"), whole, |row| {
        let (item, round) = (id(row, 0)?, row.int(1)?);
        let note = open(journal, (item, column::CANCELLATION, round), row.blob(4)?)?;
        let undone_at = row.opt_int(5)?;
        let by = PersonId::from_uuid(row.id(3)?);
        let undone_by = undone_at.map(|_| row.id(6)).transpose()?.map(PersonId::from_uuid);
        let json = json!({
            "kind": "cancellation", "item": item, "at": at(row.int(2)?), "by": by,
            "note": String::from_utf8_lossy(&note), "undoneAt": undone_at.map(at), "undoneBy": undone_by,
        });
        Ok(Line::of(&json, [by].into_iter().chain(undone_by).collect()))
    })?;
    lines.extend(tx.all(sql!("leaving/writers"), whole, |row| {
        let by = PersonId::from_uuid(row.id(1)?);
        Ok(Line::of(&json!({ "kind": "message", "item": id(row, 0)?, "by": by }), vec![by]))
    })?);
    lines.extend(tx.all(sql!("leaving/applications"), whole, |row| {
        let item = id(row, 0)?;
        let plain = open(journal, (item, column::AID_APPLICATION, 0), row.blob(3)?)?;
        let withdrawn = row.opt_blob(2)?.is_some();
        let json = json!({ "kind": "application", "item": item, "at": at(row.int(1)?), "withdrawn": withdrawn,
            "content": content(&plain) });
        Ok(Line::of(&json, Vec::new()))
    })?);
    lines.extend(tx.all(sql!("leaving/asks"), whole, |row| {
        let name = id(row, 2)?;
        let plain = open(journal, (name, column::AID_ASK, 0), row.blob(4)?)?;
        let json = json!({ "kind": row.text(1)?, "item": id(row, 0)?, "id": name, "at": at(row.int(3)?),
            "content": content(&plain) });
        Ok(Line::of(&json, Vec::new()))
    })?);
    Ok(lines)
}

fn told(tx: &Tx<'_>, journal: &Writing, whole: &[Parameter<'_>]) -> Result<Vec<Line>, StoreError> {
    let mut lines = tx.all(sql!("leaving/told"), whole, |row| {
        let name = id(row, 0)?;
        let waits = row.opt_blob(6)?.map(|sealed| open(journal, (name, column::OUTGOING, 0), sealed));
        let waits = waits.transpose()?;
        let json = json!({
            "id": name, "kind": row.text(1)?, "state": row.text(2)?, "reason": row.text(3)?, "at": at(row.int(4)?),
            "changed": at(row.int(5)?), "notTakenYet": waits.map(|plain| content(&plain)),
        });
        Ok(Line::of(&json, Vec::new()))
    })?;
    lines.extend(tx.all(sql!("leaving/told_steps"), whole, |row| {
        let json =
            json!({ "of": id(row, 0)?, "at": at(row.int(1)?), "event": row.text(2)?, "why": row.text(3)? });
        Ok(Line::of(&json, Vec::new()))
    })?);
    Ok(lines)
}

fn block(row: &Row<'_>) -> Result<Line, StoreError> {
    let person = Some(PersonId::from_uuid(row.id(2)?)).filter(|person| *person != super::NOBODY);
    let json = json!({
        "from": at(row.int(0)?), "whom": row.text(1)?, "person": person, "until": row.opt_int(3)?.map(at),
    });
    Ok(Line::of(&json, person.into_iter().collect()))
}

/// A file of an item, without its content.
#[derive(Debug, Clone)]
pub struct FileLine {
    /// Which item.
    pub item: ItemId,
    /// Which of its files.
    pub number: i64,
    /// Where the content lies.
    pub file: FileRow,
}

/// The next files of a journal, after this one.
pub fn files(tx: &Tx<'_>, journal: &Writing, after: After) -> Result<Vec<FileLine>, StoreError> {
    let (municipality, citizen, id) = journal.keys(after.0);
    tx.all(sql!("leaving/files"), params![municipality, &citizen, &id, after.1, PAGE], |row| {
        Ok(FileLine {
            item: ItemId::from_uuid(row.id(0)?),
            number: row.int(1)?,
            file: FileRow {
                address: row.text(2)?.to_owned(),
                media_type: row.text(3)?.to_owned(),
                size: row.int(4)?,
            },
        })
    })
}
