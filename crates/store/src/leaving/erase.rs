//! Nothing of a municipality: its keys first, so that what is left cannot be opened, and then its rows, table by table and a
//! few at a time, so that the other municipalities go on being served. It may be stopped anywhere and begun again. It refuses
//! lines of the access log, which stay for auditors, and what counts elsewhere.

use super::NOBODY;
use crate::error::StoreError;
use crate::mandates::forget;
use crate::sql::Sql;
use crate::tx::Tx;
use crate::{claims, params, people, sql};
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::person::PersonName;

/// Rows of one transaction: a few milliseconds of the one who writes.
const SLICE: i64 = 500;
/// Mandates and people of one transaction: each is several rows.
const FEW: i64 = 50;
/// In the place of a reason on the list of deletions.
const REASON: &str = "municipality";

/// A table, and how some of its rows go.
pub struct Table {
    drop: &'static Sql,
    /// Says where contents of files lay, for the sweep that removes them.
    note: Option<&'static Sql>,
}

impl Table {
    const fn of(drop: &'static Sql) -> Self {
        Self { drop, note: None }
    }

    const fn with_files(drop: &'static Sql, note: &'static Sql) -> Self {
        Self { drop, note: Some(note) }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.drop.name().trim_start_matches("leaving/")
    }
}

/// Every table that holds rows of a municipality, in the order in which they go: whoever delivers, keys, whoever reads, what
/// waits, and the rest; journals last, for others are found by them.
pub static TABLES: [Table; 35] = [
    Table::of(sql!("leaving/client_assertion")),
    Table::of(sql!("leaving/system_client")),
    Table::of(sql!("leaving/journal_key")),
    Table::of(sql!("leaving/session")),
    Table::of(sql!("leaving/login_attempt")),
    Table::of(sql!("leaving/calendar_feed")),
    Table::of(sql!("leaving/news")),
    Table::of(sql!("leaving/news_wish")),
    Table::of(sql!("leaving/outgoing")),
    Table::of(sql!("leaving/outgoing_step")),
    Table::of(sql!("leaving/message_draft")),
    Table::of(sql!("leaving/aid_draft")),
    Table::with_files(sql!("leaving/attachment"), sql!("leaving/note_attachment")),
    Table::of(sql!("leaving/record_search")),
    Table::of(sql!("leaving/record_item")),
    Table::of(sql!("leaving/record_body")),
    Table::of(sql!("leaving/record_history")),
    Table::of(sql!("leaving/record_original")),
    Table::of(sql!("leaving/record_word")),
    Table::with_files(sql!("leaving/record_file"), sql!("leaving/note_record_file")),
    Table::with_files(sql!("leaving/record_binary"), sql!("leaving/note_record_binary")),
    Table::of(sql!("leaving/record_part")),
    Table::of(sql!("leaving/record_source")),
    Table::of(sql!("leaving/message_writer")),
    Table::of(sql!("leaving/visit_cancellation")),
    Table::of(sql!("leaving/aid_application")),
    Table::of(sql!("leaving/aid_ask")),
    Table::of(sql!("leaving/read_mark")),
    Table::of(sql!("leaving/block")),
    Table::of(sql!("leaving/delivery")),
    Table::of(sql!("leaving/mandate_lookup")),
    Table::of(sql!("leaving/package_activation")),
    Table::of(sql!("leaving/number_claim")),
    Table::of(sql!("leaving/deletion")),
    Table::of(sql!("leaving/journal")),
];

/// The last of all: of whom it filled in name and birth date, once nobody is left whom it alone has named.
pub static FILLED: Table = Table::of(sql!("leaving/person_filled"));

/// Puts the municipality on the list of deletions: a database from before this is to forget it again.
pub fn begin(tx: &Tx<'_>, municipality: MunicipalityCode) -> Result<(), StoreError> {
    note(tx, i64::from(municipality.number()), tx.now().millis(), REASON)
}

/// The same at the time that stands on a list.
pub(crate) fn note(tx: &Tx<'_>, municipality: i64, at: i64, reason: &str) -> Result<(), StoreError> {
    tx.execute(sql!("leaving/note"), params![municipality, &NOBODY.into_bytes(), at, reason])?;
    Ok(())
}

/// Notes of some citizens after this one, whom no name was ever said of, that this municipality alone speaks of them. To be
/// called while its journals are there; returns where to go on.
pub fn claim_unnamed(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    after: PersonId,
) -> Result<Option<PersonId>, StoreError> {
    let page = super::citizens(tx, municipality, after, SLICE)?;
    for citizen in &page {
        let unnamed =
            people::person(tx, *citizen)?.is_some_and(|person| person.name == PersonName::default());
        if unnamed && claims::is_known_only_to(tx, *citizen, municipality)? {
            claims::fill(tx, *citizen, municipality)?;
        }
    }
    Ok(page.last().copied().filter(|_| i64::try_from(page.len()) == Ok(SLICE)))
}

/// What one transaction has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// Rows that went.
    pub rows: u64,
    /// There may be more.
    pub more: bool,
}

/// Takes some rows of a table away.
pub fn slice(tx: &Tx<'_>, municipality: MunicipalityCode, table: &Table) -> Result<Slice, StoreError> {
    let number = i64::from(municipality.number());
    if let Some(note) = table.note {
        tx.execute(note, params![number, SLICE, tx.now().millis()])?;
    }
    let rows = tx.execute(table.drop, params![number, SLICE])?;
    Ok(Slice { rows, more: i64::try_from(rows).is_ok_and(|rows| rows >= SLICE) })
}

/// Some mandates that count in this municipality and nowhere else. Reads all of them.
pub fn mandates_only_here(tx: &Tx<'_>, municipality: MunicipalityCode) -> Result<Vec<MandateId>, StoreError> {
    let only = municipality.to_string();
    tx.all(sql!("leaving/mandates_only_here"), params![&only, FEW], |row| {
        Ok(MandateId::from_uuid(row.id(0)?))
    })
}

/// Forgets these mandates, with what was signed and the notices about them that wait. Their events stay without a word of
/// people.
pub fn forget_mandates(tx: &Tx<'_>, all: &[MandateId]) -> Result<(), StoreError> {
    for id in all {
        let id = id.into_bytes();
        for notice in tx.all(sql!("leaving/notices_of"), params![&id], |row| row.id(0))? {
            for statement in [
                sql!("leaving/drop_notice_step"),
                sql!("leaving/drop_notice_letter"),
                sql!("leaving/drop_notice"),
            ] {
                tx.execute(statement, params![notice.as_bytes()])?;
            }
        }
        forget::mandate(tx, id)?;
    }
    Ok(())
}

/// Forgets some people whom nobody but this municipality's record system has ever named: they never logged in, no register
/// was asked, and nothing else is about them. To be called when its journals are gone.
pub fn forget_people(tx: &Tx<'_>, municipality: MunicipalityCode) -> Result<Slice, StoreError> {
    let values = params![i64::from(municipality.number()), FEW];
    let found = tx.all(sql!("leaving/nobody_else_knows"), values, |row| row.id(0))?;
    for person in &found {
        for statement in [
            sql!("leaving/drop_person_number"),
            sql!("leaving/drop_person_language"),
            sql!("leaving/drop_person_filled"),
            sql!("leaving/drop_person"),
        ] {
            tx.execute(statement, params![person.as_bytes()])?;
        }
    }
    Ok(Slice { rows: found.len() as u64, more: i64::try_from(found.len()) == Ok(FEW) })
}
