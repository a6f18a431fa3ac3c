//! A municipality that leaves: everything of it in open formats, and then nothing of it. It reads for the operator, who
//! holds the keys and acts for the municipality, and not for a reader; so it asks for no `Access`, and each journal it opens
//! leaves a line in the same log. It refuses what belongs to other municipalities, and to change a line of the log.

mod around;
mod erase;
mod lines;

pub use around::{log_lines, lookups, mandates, requests};
pub(crate) use erase::note;
pub use erase::{
    FILLED, Slice, TABLES, Table, begin, claim_unnamed, forget_mandates, forget_people, mandates_only_here,
    slice,
};
pub use lines::{After, FileLine, Part, files, lines};

use crate::error::StoreError;
use crate::people::{self as persons, Person};
use crate::record::{self, Writing};
use crate::tx::Tx;
use crate::{params, sessions, sql};
use borgerportal_domain::access::{Privilege, Role};
use borgerportal_domain::access_log::{LogLine, LogObject, ObjectKind, Outcome};
use borgerportal_domain::ids::{LogId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;
use serde_json::Value;
use zeroize::Zeroizing;

/// Nobody: before everybody in the order of ids, and in the place of a citizen where a row is about a municipality.
pub const NOBODY: PersonId = LogLine::NOBODY;

/// A journal on its way out.
pub struct Journal {
    /// It, open.
    pub writing: Writing,
    /// Whose it is.
    pub person: Person,
    /// The day since which it is closed.
    pub closed_since: Option<String>,
    /// When it was opened.
    pub opened_at: Timestamp,
}

/// A line of a file that leaves: JSON, and the people it names by their ids.
pub struct Line {
    /// The line, without its end.
    pub json: Zeroizing<Vec<u8>>,
    /// Ids of people in it.
    pub people: Vec<PersonId>,
}

/// Some lines, and the place after which there are more.
pub type Page<Place> = (Vec<Line>, Option<Place>);

impl Line {
    /// Of this JSON.
    #[must_use]
    pub fn of(json: &Value, people: Vec<PersonId>) -> Self {
        Self { json: Zeroizing::new(json.to_string().into_bytes()), people }
    }
}

/// Which municipalities have journals here, and how many.
pub fn left(tx: &Tx<'_>) -> Result<Vec<(MunicipalityCode, i64)>, StoreError> {
    tx.all(sql!("leaving/left"), &[], |row| {
        let code =
            sessions::municipality(row.int(0)?).ok_or(StoreError::corrupt("journal", "municipality"))?;
        Ok((code, row.int(1)?))
    })
}

/// Citizens with a journal in this municipality, after this one, at most so many.
pub fn citizens(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    after: PersonId,
    most: i64,
) -> Result<Vec<PersonId>, StoreError> {
    let (number, after) = (i64::from(municipality.number()), after.into_bytes());
    let values = params![number, &after, most];
    tx.all(sql!("leaving/journals"), values, |row| Ok(PersonId::from_uuid(row.id(0)?)))
}

/// Opens a journal to take it out, and says so in its citizen's log: the municipality took the whole record. Nothing where
/// its key is gone.
pub fn open(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    citizen: PersonId,
) -> Result<Option<Journal>, StoreError> {
    let Some(writing) = record::open_known(tx, municipality, citizen)? else { return Ok(None) };
    let person = persons::person(tx, citizen)?.ok_or(StoreError::corrupt("person", "id"))?;
    let (number, owner) = (i64::from(municipality.number()), citizen.into_bytes());
    let state = tx.one(sql!("leaving/journal_state"), params![number, &owner], |row| {
        Ok((row.opt_text(0)?.map(str::to_owned), Timestamp::from_millis(row.int(1)?)))
    })?;
    let (closed_since, opened_at) = state.ok_or(StoreError::corrupt("journal", "id"))?;
    tx.note(LogLine {
        id: LogId::from_uuid(tx.mint()),
        at: tx.now(),
        municipality,
        journal: writing.journal,
        subject: Some(citizen),
        actor: LogLine::NOBODY,
        role: Role::Citizen,
        basis: None,
        mandate: None,
        privilege: Privilege::ReadFrontPage,
        object: LogObject::page(ObjectKind::Export),
        outcome: Outcome::Shown,
        asked: None,
    });
    Ok(Some(Journal { writing, person, closed_since, opened_at }))
}
