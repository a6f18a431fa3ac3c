//! Log lines of reads on PostgreSQL: one thread takes what waits, writes it in one statement and one commit,
//! and then lets all those reads answer.

use super::job::Pending;
use super::postgres::driver;
use super::postgres_server::Server;
use super::queue::{self, Sender};
use crate::access_log;
use crate::error::StoreError;
use crate::tx::{Mark, Shared, Touch};
use postgres::{Client, Transaction};
use std::sync::Arc;

/// Reads answered by one commit.
const BATCH: usize = 512;
const QUEUE: usize = 8192;
/// How often a batch is tried, as long as nothing of it can have been written.
const ATTEMPTS: usize = 3;

const INSERT: &str = include_str!("../../sql/access_log/append_many.postgres.sql");
const TOUCH: &str = include_str!("../../sql/sessions/touch_many.postgres.sql");
const MARK: &str = include_str!("../../sql/items/mark_many.postgres.sql");

pub(super) fn start(server: &Server, shared: &Arc<Shared>) -> Result<Sender<Pending>, StoreError> {
    let (sender, queue) = queue::bounded::<Pending>(QUEUE);
    let (server, shared) = (server.clone(), Arc::clone(shared));
    std::thread::Builder::new()
        .name("postgres-log".to_owned())
        .spawn(move || {
            let mut client = None;
            let mut batch = Vec::new();
            while queue.take(&mut batch, BATCH) {
                let durable = make_durable(&server, &mut client, &shared, &batch);
                for pending in batch.drain(..) {
                    let answer = if durable.is_ok() { Ok(()) } else { Err(StoreError::NotLogged) };
                    pending.job.finish(answer);
                }
            }
        })
        .map_err(|error| StoreError::Driver(error.to_string()))?;
    Ok(sender)
}

/// How writing a batch failed.
enum Failed {
    /// Before the commit was sent, for a reason that may be gone: a broken connection, a lost race.
    Again,
    /// For good, or nobody knows.
    ForGood,
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        if error.may_rerun() { Self::Again } else { Self::ForGood }
    }
}

/// Tries again while nothing can have been written: one broken connection must not cost a whole batch of
/// readers their answers.
fn make_durable(
    server: &Server,
    slot: &mut Option<Client>,
    shared: &Shared,
    batch: &[Pending],
) -> Result<(), Failed> {
    let mut outcome = Err(Failed::ForGood);
    for _ in 0..ATTEMPTS {
        outcome = append(server, slot, shared, batch).map_err(|failed| {
            let broken = slot.take().is_some_and(|client| client.is_closed());
            match failed {
                Failure::Before(_) if broken => Failed::Again,
                Failure::Before(error) => error.into(),
                Failure::AtCommit => Failed::ForGood,
            }
        });
        if !matches!(outcome, Err(Failed::Again)) {
            break;
        }
    }
    outcome
}

/// Where writing a batch failed.
enum Failure {
    Before(StoreError),
    AtCommit,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Before(error)
    }
}

/// Writes all lines and touches of a batch in one transaction. Lines are new rows with ids of their own, so a
/// batch whose commit got no answer is refused, not repeated: a line too many is better than an answer unlogged.
fn append(
    server: &Server,
    slot: &mut Option<Client>,
    shared: &Shared,
    batch: &[Pending],
) -> Result<(), Failure> {
    if slot.is_none() {
        *slot = Some(server.connect()?);
    }
    let client = slot.as_mut().ok_or(StoreError::Away)?;
    let lines = batch.iter().flat_map(|pending| &pending.left.lines);
    let rows: Vec<access_log::Row> =
        lines.map(|(line, salt)| access_log::Row::of(line, salt)).collect::<Result<_, _>>()?;
    let touches: Vec<&Touch> = batch.iter().flat_map(|pending| &pending.left.touches).collect();
    let marks: Vec<&Mark> = batch.iter().flat_map(|pending| &pending.left.marks).collect();
    let mut transaction = client.transaction().map_err(|error| driver(&error))?;
    insert_lines(&mut transaction, shared, &rows)?;
    if !touches.is_empty() {
        let sessions: Vec<&[u8]> = touches.iter().map(|touch| touch.session.as_slice()).collect();
        let seen: Vec<i64> = touches.iter().map(|touch| touch.seen_at.millis()).collect();
        transaction.execute(TOUCH, &[&sessions, &seen]).map_err(|error| driver(&error))?;
    }
    if !marks.is_empty() {
        insert_marks(&mut transaction, &marks)?;
    }
    transaction.commit().map_err(|_| Failure::AtCommit)
}

fn insert_lines(
    transaction: &mut Transaction<'_>,
    shared: &Shared,
    rows: &[access_log::Row],
) -> Result<(), StoreError> {
    let bytes = |pick: fn(&access_log::Row) -> &[u8]| rows.iter().map(pick).collect::<Vec<_>>();
    let number = |pick: fn(&access_log::Row) -> i64| rows.iter().map(pick).collect::<Vec<_>>();
    let lines: Vec<&str> = rows.iter().map(|row| row.line.as_str()).collect();
    transaction
        .execute(
            INSERT,
            &[
                &number(|row| row.municipality),
                &bytes(|row| &row.citizen),
                &bytes(|row| &row.id),
                &number(|row| row.at),
                &bytes(|row| &row.actor),
                &lines,
                &bytes(|row| &row.salt),
                &shared.keys.node(),
            ],
        )
        .map(|_| ())
        .map_err(|error| driver(&error))
}

fn insert_marks(transaction: &mut Transaction<'_>, marks: &[&Mark]) -> Result<(), StoreError> {
    let bytes = |pick: fn(&Mark) -> &[u8]| marks.iter().map(|mark| pick(mark)).collect::<Vec<_>>();
    let number = |pick: fn(&Mark) -> i64| marks.iter().map(|mark| pick(mark)).collect::<Vec<_>>();
    let kinds: Vec<&str> = marks.iter().map(|mark| mark.kind).collect();
    transaction
        .execute(
            MARK,
            &[
                &number(|mark| mark.municipality),
                &bytes(|mark| &mark.citizen),
                &bytes(|mark| &mark.reader),
                &kinds,
                &number(|mark| mark.sort_at),
                &bytes(|mark| &mark.id),
                &number(|mark| mark.at),
            ],
        )
        .map(|_| ())
        .map_err(|error| driver(&error))
}
