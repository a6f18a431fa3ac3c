//! The floor of taking in: a loop that inserts rows as many and as large as the portal did, and nothing else.

use crate::portal::Place;
use anyhow::{Context as _, Result};
use borgerportal_service::Clock;
use borgerportal_store::migrate;
use rusqlite::Connection;
use std::path::Path;
use std::time::Instant;

/// The tables a delivery writes to, with a statement for a row each: number of the row, bytes of its content.
const TABLES: [(&str, &str); 9] = [
    (
        "record_item",
        "INSERT INTO record_item VALUES (217, randomblob(16), 'conditions', ?1, randomblob(16), 'other', 'other', \
         20000, 1, NULL, 0, '', NULL, 'bench', 'active', 1, randomblob(?2))",
    ),
    (
        "record_body",
        "INSERT INTO record_body VALUES (217, randomblob(16), randomblob(16), 'conditions', ?1, 1, randomblob(?2))",
    ),
    (
        "record_search",
        "INSERT INTO record_search VALUES (217, randomblob(16), 'conditions', ?1, randomblob(16), 1, randomblob(?2))",
    ),
    (
        "record_source",
        "INSERT INTO record_source (municipality, sender, type, source_id, citizen, item, stamp_at, stamp_rank, \
         content_hash, version, received_at) VALUES (217, 'bench', 'Condition', 'c' || ?1, randomblob(16), randomblob(16), 1, 1, \
         randomblob(?2), 1, 1)",
    ),
    (
        "record_part",
        "INSERT INTO record_part VALUES (217, 'bench', 'Bundle', 'b' || ?1, 'Condition', 'c' || ?1 || ?2)",
    ),
    (
        "record_original",
        "INSERT INTO record_original VALUES (217, randomblob(16), randomblob(16), ?1, randomblob(?2))",
    ),
    (
        "record_word",
        "INSERT INTO record_word VALUES (217, randomblob(16), 'bench', 'p' || ?1, 1, 1, randomblob(32), randomblob(?2))",
    ),
    (
        "delivery",
        "INSERT INTO delivery VALUES (217, 'bench', randomblob(32), randomblob(32), hex(randomblob(?2)), ?1)",
    ),
    ("errand", "INSERT INTO errand VALUES (randomblob(16), ?1, randomblob(?2))"),
];

/// Rows and bytes of content by table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows(Vec<(u64, u64)>);

impl Rows {
    /// What came since.
    pub(crate) fn minus(&self, before: &Self) -> Self {
        let pairs = self.0.iter().zip(&before.0);
        Self(pairs.map(|(now, then)| (now.0.saturating_sub(then.0), now.1.saturating_sub(then.1))).collect())
    }

    /// Rows of one of `reports`, with bytes of one row.
    pub(crate) fn over(&self, reports: u64) -> Self {
        let one = |(rows, bytes): &(u64, u64)| ((rows + reports / 2) / reports, bytes / (*rows).max(1));
        Self(self.0.iter().map(one).collect())
    }

    /// Rows of all tables.
    pub(crate) fn total(&self) -> u64 {
        self.0.iter().map(|table| table.0).sum()
    }
}

/// What the tables hold.
pub(crate) fn count(file: &str) -> Result<Rows> {
    let connection = Connection::open(file)?;
    let content =
        ["head", "body", "words", "content_hash", "part_id", "original", "word", "answer", "answer"];
    let one = |((table, _), column): (&(&str, &str), &str)| {
        let text = format!("SELECT COUNT(*), COALESCE(SUM(LENGTH({column})), 0) FROM {table}");
        connection.query_row(&text, [], |row| {
            let (rows, bytes): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok((rows.unsigned_abs(), bytes.unsigned_abs()))
        })
    };
    Ok(Rows(TABLES.iter().zip(content).map(one).collect::<Result<_, _>>()?))
}

/// Reports a second of the bare loop, `together` in each transaction, into a fresh database of the same schema.
pub(crate) fn bare_loop(
    place: &Place,
    floor: &Path,
    (rows, reports, together): (&Rows, u64, usize),
) -> Result<u64> {
    let floor_place = Place::new(&format!("sqlite:{}", floor.display()), Some(&place.keys))?;
    migrate(&floor_place.location()?, Clock::system().now())?;
    let connection = Connection::open(floor)?;
    connection
        .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;")?;
    let mut statements = Vec::new();
    for ((_, text), (count, bytes)) in TABLES.iter().zip(&rows.0) {
        statements.push((connection.prepare(text)?, *count, i64::try_from(*bytes)?));
    }
    let started = Instant::now();
    let mut number = 0_i64;
    for report in 0..reports {
        if report.is_multiple_of(together as u64) {
            connection.execute_batch("BEGIN IMMEDIATE")?;
        }
        for (statement, count, bytes) in &mut statements {
            for _ in 0..*count {
                number += 1;
                statement.execute((number, *bytes))?;
            }
        }
        if (report + 1).is_multiple_of(together as u64) || report + 1 == reports {
            connection.execute_batch("COMMIT")?;
        }
    }
    let micros = u64::try_from(started.elapsed().as_micros())?;
    (reports * 1_000_000).checked_div(micros).context("no time passed")
}
