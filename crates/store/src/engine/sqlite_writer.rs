//! The one writer of SQLite. It takes what waits, runs each errand in its own savepoint inside one
//! transaction, commits once, and only then answers all of them. One failing errand rolls back alone; a lost
//! batch acknowledges nobody.

use super::Conn;
use super::job::{Job, Pending, Verdict};
use super::queue::{Queue, Sender};
use super::sqlite::statement;
use crate::access_log;
use crate::error::StoreError;
use crate::tx::{Left, Moment, Shared, Tx};
use rusqlite::Connection;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Work for the writer.
pub(crate) enum WriterJob {
    /// An errand that writes.
    Errand(Moment, Box<dyn Job>),
    /// A read whose log lines must be durable before it is answered.
    Log(Pending),
}

impl WriterJob {
    fn finish(self, durable: Result<(), StoreError>) {
        match self {
            Self::Errand(_, job) => job.finish(durable),
            Self::Log(pending) => pending.job.finish(durable.map_err(|_| StoreError::NotLogged)),
        }
    }
}

/// A batch ends after this many errands …
const BATCH: usize = 256;
/// … or after this long.
const BATCH_TIME: Duration = Duration::from_millis(5);

pub(super) fn send(writer: &Sender<WriterJob>, job: WriterJob) {
    if let Err(job) = writer.send(job) {
        job.finish(Err(StoreError::Away));
    }
}

pub(super) fn start(
    connection: Connection,
    queue: Queue<WriterJob>,
    shared: Arc<Shared>,
) -> Result<(), StoreError> {
    std::thread::Builder::new()
        .name("sqlite-write".to_owned())
        .spawn(move || {
            while let Some(first) = queue.next() {
                Batch::run(&connection, &shared, &queue, first);
            }
        })
        .map(|_| ())
        .map_err(|error| StoreError::Driver(error.to_string()))
}

/// The errands of one transaction, run but not yet answered, each with what kept it from being done.
struct Batch<'c> {
    connection: &'c Connection,
    shared: &'c Shared,
    done: Vec<(Box<dyn Job>, Result<(), StoreError>)>,
}

impl<'c> Batch<'c> {
    fn run(connection: &'c Connection, shared: &'c Shared, queue: &Queue<WriterJob>, first: WriterJob) {
        if let Err(error) = statement(connection, "BEGIN IMMEDIATE") {
            first.finish(Err(error));
            return;
        }
        let mut batch = Self { connection, shared, done: Vec::new() };
        let started = Instant::now();
        let mut next = Some(first);
        let mut stands = Ok(());
        while let Some(job) = next {
            stands = batch.take(job);
            let full = batch.done.len() >= BATCH || started.elapsed() >= BATCH_TIME;
            next = if stands.is_err() || full { None } else { queue.try_next() };
        }
        let durable = stands.and_then(|()| statement(connection, "COMMIT"));
        if durable.is_err() && !connection.is_autocommit() {
            let _ = statement(connection, "ROLLBACK");
        }
        batch.answer(durable.is_ok());
    }

    /// Runs one piece of work. `Err` means that the whole transaction is gone.
    fn take(&mut self, job: WriterJob) -> Result<(), StoreError> {
        let (job, outcome) = match job {
            WriterJob::Errand(moment, mut job) => {
                let outcome = self.in_savepoint(|| self.errand(moment, job.as_mut()));
                (job, outcome)
            }
            WriterJob::Log(Pending { left, job }) => {
                // One statement is undone as a whole by itself; several need a savepoint.
                let single = left.lines.len() + left.touches.len() + left.marks.len() <= 1;
                let outcome = if single {
                    self.write_left(&left)
                } else {
                    self.in_savepoint(|| self.write_left(&left))
                };
                (job, outcome.map_err(|_| StoreError::NotLogged))
            }
        };
        self.done.push((job, outcome));
        self.stands()
    }

    /// What fails inside leaves no trace in the batch.
    fn in_savepoint(&self, work: impl FnOnce() -> Result<(), StoreError>) -> Result<(), StoreError> {
        statement(self.connection, "SAVEPOINT outer_errand")?;
        let outcome = work();
        self.stands()?;
        if outcome.is_err() {
            statement(self.connection, "ROLLBACK TO outer_errand")?;
        }
        statement(self.connection, "RELEASE outer_errand")?;
        outcome
    }

    /// Runs the errand; if it refuses, its writes are undone and its log lines still written.
    fn errand(&self, moment: Moment, job: &mut dyn Job) -> Result<(), StoreError> {
        statement(self.connection, "SAVEPOINT errand")?;
        let tx = Tx::new(Conn::Sqlite(self.connection), self.shared, moment);
        let verdict = job.run(&tx);
        let left = tx.take_left();
        self.stands()?;
        if verdict != Verdict::Keep {
            statement(self.connection, "ROLLBACK TO errand")?;
        }
        statement(self.connection, "RELEASE errand")?;
        self.write_left(&left).map_err(|_| StoreError::NotLogged)
    }

    fn write_left(&self, left: &Left) -> Result<(), StoreError> {
        access_log::write_left(&Conn::Sqlite(self.connection), &self.shared.keys, left)
    }

    /// An error such as a full disk can end the transaction behind our back.
    fn stands(&self) -> Result<(), StoreError> {
        if self.connection.is_autocommit() { Err(StoreError::Lost) } else { Ok(()) }
    }

    fn answer(self, durable: bool) {
        for (job, outcome) in self.done {
            job.finish(if durable { outcome } else { Err(StoreError::Lost) });
        }
    }
}
