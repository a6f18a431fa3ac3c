//! The access log: appended before any answer leaves, sealed into signed batches soon after, read by the
//! citizen alone. Appending happens for every errand, by the engines; nothing here changes or deletes a line.

use crate::access::Access;
use crate::engine::Conn;
use crate::error::StoreError;
use crate::keys::KeyRing;
use crate::log_line;
use crate::tx::{Left, Tx};
use crate::{params, sql};
use borgerportal_domain::access_log::LogLine;
use borgerportal_domain::ids::{LogId, PersonId};

/// A line as the columns of its table.
pub(crate) struct Row {
    pub(crate) municipality: i64,
    pub(crate) citizen: [u8; 16],
    pub(crate) id: [u8; 16],
    pub(crate) at: i64,
    pub(crate) actor: [u8; 16],
    pub(crate) line: String,
    pub(crate) salt: [u8; 16],
}

impl Row {
    pub(crate) fn of(line: &LogLine, salt: &[u8; 16]) -> Result<Self, StoreError> {
        Ok(Self {
            municipality: i64::from(line.municipality.number()),
            // A question about nobody's journal is kept too, under nobody.
            citizen: line.subject.map_or([0; 16], PersonId::into_bytes),
            id: line.id.into_bytes(),
            at: line.at.millis(),
            actor: line.actor.into_bytes(),
            line: log_line::encode(line)?,
            salt: *salt,
        })
    }
}

/// Writes what an errand left, inside a transaction that the caller commits.
pub(crate) fn write_left(conn: &Conn<'_>, keys: &KeyRing, left: &Left) -> Result<(), StoreError> {
    for (line, salt) in &left.lines {
        let row = Row::of(line, salt)?;
        conn.execute(
            sql!("access_log/append"),
            params![
                keys.node(),
                &row.id,
                row.municipality,
                &row.citizen,
                row.at,
                &row.actor,
                &row.line,
                &row.salt,
            ],
        )?;
    }
    for touch in &left.touches {
        conn.execute(sql!("sessions/touch"), params![&touch.session, touch.seen_at.millis()])?;
    }
    for mark in &left.marks {
        conn.execute(
            sql!("items/mark"),
            params![
                mark.municipality,
                &mark.citizen,
                &mark.reader,
                mark.kind,
                mark.sort_at,
                &mark.id,
                mark.at,
            ],
        )?;
    }
    Ok(())
}

/// The newest lines about this citizen in this municipality, older than `before` if that is given: those of everybody,
/// or of one `actor` alone. Lines of others are not even decoded for a helper.
pub fn page(
    tx: &Tx<'_>,
    access: &Access<'_>,
    actor: Option<PersonId>,
    before: Option<LogId>,
    limit: i64,
) -> Result<Vec<LogLine>, StoreError> {
    let (municipality, citizen) = access.place();
    let before = before.map_or([0xff; 16], LogId::into_bytes);
    let actor = actor.map(PersonId::into_bytes);
    let values = params![municipality, &citizen, &before, limit, actor.as_ref()];
    tx.all(sql!("access_log/page"), values, |row| log_line::decode(row.text(1)?))
}
