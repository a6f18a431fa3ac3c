//! SQLite: a few reader threads, each with its own connection and statement cache, and one writer thread.
//! A read errand is one hop to a reader; if it leaves log lines, the reader hands it on to the writer, which
//! answers when they are durable.

use super::job::{Job, Pending, Verdict};
use super::queue::{self, Sender};
use super::sqlite_writer::{self, WriterJob};
use super::{Conn, Row};
use crate::error::{Conflict, StoreError};
use crate::sql::{Sql, Value};
use crate::tx::{Moment, Shared, Tx};
use rusqlite::config::DbConfig;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Work for a reader.
pub(crate) type ReaderJob = (Moment, Box<dyn Job>);

/// The embedded engine.
pub(crate) struct Sqlite {
    readers: Sender<ReaderJob>,
    heavy: Sender<ReaderJob>,
    writer: Sender<WriterJob>,
    path: PathBuf,
}

/// Jobs that may wait for a thread before callers are told to come back later.
const QUEUE: usize = 4096;
/// Threads for searches and exports: one long search must not keep everybody else from searching.
const HEAVY: usize = 2;
/// Reads that one thread does in one snapshot, where so many wait: after each commit of anybody SQLite throws away
/// the pages a reader has in memory, and what they share is then read once.
const TOGETHER: usize = 4;
/// Prepared statements a connection keeps.
const STATEMENTS: usize = 128;

impl Sqlite {
    /// Opens the file (made if it is missing) and starts its threads.
    pub(crate) fn open(path: &Path, readers: usize, shared: &Arc<Shared>) -> Result<Self, StoreError> {
        let (writer, writer_queue) = queue::bounded(QUEUE);
        sqlite_writer::start(connect(path, false)?, writer_queue, Arc::clone(shared))?;
        let light = start_readers(path, (readers.max(1), TOGETHER), shared, &writer)?;
        let heavy = start_readers(path, (HEAVY, 1), shared, &writer)?;
        Ok(Self { readers: light, heavy, writer, path: path.to_owned() })
    }

    pub(crate) fn read(&self, job: ReaderJob, heavy: bool) {
        let queue = if heavy { &self.heavy } else { &self.readers };
        if let Err((_, job)) = queue.send(job) {
            job.finish(Err(StoreError::Away));
        }
    }

    pub(crate) fn write(&self, job: WriterJob) {
        sqlite_writer::send(&self.writer, job);
    }

    /// Copies the whole database, while it is in use, to a new file.
    pub(crate) fn backup(&self, to: &Path) -> Result<(), StoreError> {
        let from = connect(&self.path, true)?;
        from.backup("main", to, None::<fn(rusqlite::backup::Progress)>).map_err(|error| driver(&error))
    }
}

fn start_readers(
    path: &Path,
    (count, together): (usize, usize),
    shared: &Arc<Shared>,
    writer: &Sender<WriterJob>,
) -> Result<Sender<ReaderJob>, StoreError> {
    let (sender, queue) = queue::bounded::<ReaderJob>(QUEUE);
    for number in 0..count {
        let connection = connect(path, true)?;
        let (queue, shared, writer) = (queue.clone(), Arc::clone(shared), writer.clone());
        std::thread::Builder::new()
            .name(format!("sqlite-read-{number}"))
            .spawn(move || {
                let mut jobs = Vec::with_capacity(together);
                while queue.take(&mut jobs, together) {
                    run_reads(&connection, &shared, &mut jobs, &writer);
                }
            })
            .map_err(|error| StoreError::Driver(error.to_string()))?;
    }
    Ok(sender)
}

/// Some read errands in one snapshot, taken after the last of them was asked for: what had been written before anybody
/// asked, each of them sees. Nothing is answered here if a log line must be written first.
fn run_reads(
    connection: &Connection,
    shared: &Shared,
    jobs: &mut Vec<ReaderJob>,
    writer: &Sender<WriterJob>,
) {
    if let Err(error) = statement(connection, "BEGIN") {
        let why = error.to_string();
        jobs.drain(..).for_each(|(_, job)| job.finish(Err(StoreError::Driver(why.clone()))));
        return;
    }
    for (moment, mut job) in jobs.drain(..) {
        let tx = Tx::new(Conn::Sqlite(connection), shared, moment);
        let _: Verdict = job.run(&tx);
        let left = tx.take_left();
        if left.is_empty() {
            job.finish(Ok(()));
        } else {
            sqlite_writer::send(writer, WriterJob::Log(Pending { left, job }));
        }
    }
    // Nothing was written: ending the snapshot can take nothing back.
    if statement(connection, "COMMIT").is_err() {
        let _ = statement(connection, "ROLLBACK");
    }
}

/// A connection set up for one thread.
pub(crate) fn connect(path: &Path, reader: bool) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_PRIVATE_CACHE;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| driver(&error))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Without it a bound value may change the plan, and SQLite parses and plans such statements anew at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|error| driver(&error))?;
    let setting =
        |name: &str, value: &str| connection.pragma_update(None, name, value).map_err(|error| driver(&error));
    setting("journal_mode", "WAL")?;
    setting("synchronous", "FULL")?;
    setting("foreign_keys", "ON")?;
    setting("busy_timeout", "5000")?;
    setting("cache_size", "-16000")?;
    if reader {
        // No mmap: a mapping is thrown away whenever somebody else has written, and every page of it faults anew.
        setting("query_only", "ON")?;
    }
    Ok(connection)
}

/// A statement of the engine's own: transactions and savepoints.
pub(super) fn statement(connection: &Connection, text: &str) -> Result<(), StoreError> {
    let mut prepared = connection.prepare_cached(text).map_err(|error| driver(&error))?;
    prepared.execute([]).map(|_| ()).map_err(|error| driver(&error))
}

pub(super) fn query(
    connection: &Connection,
    sql: &'static Sql,
    values: &[Value<'_>],
    each: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut prepared = connection.prepare_cached(sql.question()).map_err(|error| driver(&error))?;
    let mut rows = prepared.query(rusqlite::params_from_iter(values)).map_err(|error| driver(&error))?;
    while let Some(row) = rows.next().map_err(|error| driver(&error))? {
        each(&Row::Sqlite(row))?;
    }
    Ok(())
}

pub(super) fn execute(
    connection: &Connection,
    sql: &'static Sql,
    values: &[Value<'_>],
) -> Result<u64, StoreError> {
    let mut prepared = connection.prepare_cached(sql.question()).map_err(|error| driver(&error))?;
    let changed = prepared.execute(rusqlite::params_from_iter(values)).map_err(|error| driver(&error))?;
    Ok(changed as u64)
}

/// The engine's error without any value it may quote.
pub(super) fn driver(error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation) => StoreError::Conflict(Conflict::Taken),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Conflict(Conflict::Busy),
        Some(code) => StoreError::Driver(format!("sqlite: {code:?}")),
        None => StoreError::Driver(format!("sqlite: {error}")),
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Blob(value) => ValueRef::Blob(value),
        }))
    }
}
