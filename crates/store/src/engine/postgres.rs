//! PostgreSQL: a pool of threads, each with one connection and its prepared statements; the clients never
//! leave them. Reads see one REPEATABLE READ snapshot; writes are SERIALIZABLE and re-run at most five times.
//! Log lines of reads go through one thread that writes many rows at once.

use super::job::{Job, Pending, Verdict};
use super::postgres_log;
use super::postgres_server::Server;
use super::queue::{self, Sender};
use super::{Conn, Row};
use crate::access_log;
use crate::error::{Conflict, StoreError};
use crate::sql::{Sql, Value};
use crate::tx::{Moment, Shared, Tx};
use postgres::error::SqlState;
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Client, Statement};
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// Work for a thread of the pool.
pub(crate) struct PoolJob {
    pub(crate) moment: Moment,
    pub(crate) writes: bool,
    pub(crate) job: Box<dyn Job>,
}

/// The scale-out engine.
pub(crate) struct Postgres {
    light: Sender<PoolJob>,
    heavy: Sender<PoolJob>,
}

const QUEUE: usize = 4096;
/// Serializable transactions that lose a race are run again this often.
const RERUNS: u32 = 9;

impl Postgres {
    pub(crate) fn open(server: &Server, threads: usize, shared: &Arc<Shared>) -> Result<Self, StoreError> {
        let log = postgres_log::start(server, shared)?;
        let light = start(server, threads.max(2), shared, &log)?;
        let heavy = start(server, 2, shared, &log)?;
        Ok(Self { light, heavy })
    }

    pub(crate) fn send(&self, job: PoolJob, heavy: bool) {
        let queue = if heavy { &self.heavy } else { &self.light };
        if let Err(job) = queue.send(job) {
            job.job.finish(Err(StoreError::Away));
        }
    }
}

fn start(
    server: &Server,
    threads: usize,
    shared: &Arc<Shared>,
    log: &Sender<Pending>,
) -> Result<Sender<PoolJob>, StoreError> {
    let (sender, queue) = queue::bounded::<PoolJob>(QUEUE);
    for number in 0..threads {
        let (server, queue, shared, log) = (server.clone(), queue.clone(), Arc::clone(shared), log.clone());
        std::thread::Builder::new()
            .name(format!("postgres-{number}"))
            .spawn(move || {
                let mut session = None;
                while let Some(job) = queue.next() {
                    serve(&server, &mut session, &shared, job, &log);
                }
            })
            .map_err(|error| StoreError::Driver(error.to_string()))?;
    }
    Ok(sender)
}

/// One errand on this thread's connection, which is made anew if it broke. A connection that was found broken
/// costs nobody their answer: nothing was committed, so the errand runs once more on a new one.
fn serve(
    server: &Server,
    session: &mut Option<Session>,
    shared: &Shared,
    work: PoolJob,
    log: &Sender<Pending>,
) {
    let PoolJob { moment, writes, mut job } = work;
    let mut run = |session: &mut Option<Session>| {
        let result = Session::of(server, session).and_then(|session| {
            if writes {
                session.write(shared, moment, job.as_mut())
            } else {
                session.read(shared, moment, job.as_mut())
            }
        });
        if session.as_ref().is_some_and(Session::is_broken) {
            *session = None;
        }
        result
    };
    let was_open = session.is_some();
    let mut result = run(session);
    let never_committed = result.as_ref().is_err_and(|error| !matches!(error, StoreError::Unknown));
    if was_open && session.is_none() && never_committed {
        result = run(session);
    }
    match result {
        Ok(left) if left.is_empty() => job.finish(Ok(())),
        Ok(left) => {
            if let Err(pending) = log.send(Pending { left, job }) {
                pending.job.finish(Err(StoreError::NotLogged));
            }
        }
        Err(error) => job.finish(Err(error)),
    }
}

/// A connection with the statements it has prepared.
pub(crate) struct Session {
    client: RefCell<Client>,
    prepared: RefCell<HashMap<&'static str, Statement>>,
}

impl Session {
    fn connect(server: &Server) -> Result<Self, StoreError> {
        Ok(Self { client: RefCell::new(server.connect()?), prepared: RefCell::default() })
    }

    fn of<'s>(server: &Server, slot: &'s mut Option<Self>) -> Result<&'s Self, StoreError> {
        if slot.is_none() {
            *slot = Some(Self::connect(server)?);
        }
        slot.as_ref().ok_or(StoreError::Away)
    }

    fn is_broken(&self) -> bool {
        self.client.borrow().is_closed()
    }

    pub(super) fn batch(&self, text: &str) -> Result<(), StoreError> {
        self.client.borrow_mut().batch_execute(text).map_err(|error| driver(&error))
    }

    fn read(
        &self,
        shared: &Shared,
        moment: Moment,
        job: &mut dyn Job,
    ) -> Result<crate::tx::Left, StoreError> {
        self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
        let tx = Tx::new(Conn::Postgres(self), shared, moment);
        let _: Verdict = job.run(&tx);
        let left = tx.take_left();
        self.batch("COMMIT")?;
        Ok(left)
    }

    /// A write with its log lines in one transaction; nothing is left to do afterwards.
    fn write(
        &self,
        shared: &Shared,
        moment: Moment,
        job: &mut dyn Job,
    ) -> Result<crate::tx::Left, StoreError> {
        for attempt in 0..=RERUNS {
            if attempt > 0 {
                std::thread::sleep(jitter(moment, attempt));
            }
            match self.write_once(shared, moment, job) {
                Ok(()) => return Ok(crate::tx::Left::default()),
                Err(StoreError::Conflict(Conflict::Busy)) => {}
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict(Conflict::Busy))
    }

    fn write_once(&self, shared: &Shared, moment: Moment, job: &mut dyn Job) -> Result<(), StoreError> {
        self.batch("BEGIN ISOLATION LEVEL SERIALIZABLE; SAVEPOINT errand")?;
        let tx = Tx::new(Conn::Postgres(self), shared, moment);
        let verdict = job.run(&tx);
        let left = tx.take_left();
        match verdict {
            Verdict::Rerun => {
                self.batch("ROLLBACK")?;
                return Err(StoreError::Conflict(Conflict::Busy));
            }
            Verdict::Undo => self.batch("ROLLBACK TO SAVEPOINT errand")?,
            Verdict::Keep => {}
        }
        let logged = access_log::write_left(&Conn::Postgres(self), &shared.keys, &left);
        match logged {
            Ok(()) => self.commit(),
            Err(error) => {
                self.batch("ROLLBACK")?;
                Err(if error.may_rerun() { error } else { StoreError::NotLogged })
            }
        }
    }

    /// A commit that was refused is a conflict; one that got no answer is unknown.
    fn commit(&self) -> Result<(), StoreError> {
        match self.batch("COMMIT") {
            Ok(()) => Ok(()),
            Err(StoreError::Conflict(conflict)) => {
                let _ = self.batch("ROLLBACK");
                Err(StoreError::Conflict(conflict))
            }
            Err(error) if self.is_broken() => {
                let _: StoreError = error;
                Err(StoreError::Unknown)
            }
            Err(error) => Err(error),
        }
    }

    fn statement(&self, sql: &'static Sql) -> Result<Statement, StoreError> {
        if let Some(statement) = self.prepared.borrow().get(sql.name()) {
            return Ok(statement.clone());
        }
        let statement = self.client.borrow_mut().prepare(sql.dollar()).map_err(|error| driver(&error))?;
        self.prepared.borrow_mut().insert(sql.name(), statement.clone());
        Ok(statement)
    }

    pub(super) fn query(
        &self,
        sql: &'static Sql,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let statement = self.statement(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let rows = self.client.borrow_mut().query(&statement, &values).map_err(|error| driver(&error))?;
        rows.iter().try_for_each(|row| each(&Row::Postgres(row)))
    }

    pub(super) fn execute(&self, sql: &'static Sql, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let statement = self.statement(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.client.borrow_mut().execute(&statement, &values).map_err(|error| driver(&error))
    }
}

/// Longer with each attempt, from about a millisecond to about 64, and different for each errand: many who write in one
/// journal at once spread out until each gets its turn.
fn jitter(moment: Moment, attempt: u32) -> Duration {
    let byte = moment.seed.get(attempt as usize % 16).copied().unwrap_or(7);
    Duration::from_micros((1 << attempt.min(6)) * (500 + 4 * u64::from(byte)))
}

/// The engine's error by its code alone: messages quote values.
pub(super) fn driver(error: &postgres::Error) -> StoreError {
    match error.code() {
        Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED) => {
            StoreError::Conflict(Conflict::Busy)
        }
        Some(&SqlState::UNIQUE_VIOLATION) => StoreError::Conflict(Conflict::Taken),
        Some(code) => StoreError::Driver(format!("postgres: {}", code.code())),
        None if error.is_closed() => StoreError::Driver("postgres: connection closed".to_owned()),
        None => StoreError::Driver("postgres: connection or protocol".to_owned()),
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) => value.to_sql(ty, out),
            Self::Text(value) => value.to_sql(ty, out),
            Self::Blob(value) => value.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::INT8 | Type::TEXT | Type::BYTEA)
    }

    to_sql_checked!();
}
