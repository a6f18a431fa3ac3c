//! Numbered migrations, forward only. The program carries them; a changed or unknown one stops the start.

use super::postgres_server::Server;
use super::sqlite;
use crate::error::StoreError;
use crate::keys::sha256;
use borgerportal_domain::time::Timestamp;
use rusqlite::TransactionBehavior;
use std::path::Path;

#[cfg(test)]
mod tests;

/// A migration as it is compiled in.
struct Migration {
    number: i64,
    name: &'static str,
    text: &'static str,
}

const MIGRATIONS: &[Migration] = &[
    Migration { number: 1, name: "0001_frame", text: include_str!("../../migrations/0001_frame.sql") },
    Migration { number: 2, name: "0002_mandates", text: include_str!("../../migrations/0002_mandates.sql") },
    Migration { number: 3, name: "0003_notices", text: include_str!("../../migrations/0003_notices.sql") },
    Migration { number: 4, name: "0004_lookup", text: include_str!("../../migrations/0004_lookup.sql") },
    Migration { number: 5, name: "0005_log", text: include_str!("../../migrations/0005_log.sql") },
    Migration {
        number: 6,
        name: "0006_files_and_words",
        text: include_str!("../../migrations/0006_files_and_words.sql"),
    },
    Migration { number: 7, name: "0007_claims", text: include_str!("../../migrations/0007_claims.sql") },
    Migration {
        number: 8,
        name: "0008_proven_mandates",
        text: include_str!("../../migrations/0008_proven_mandates.sql"),
    },
    Migration {
        number: 9,
        name: "0009_languages",
        text: include_str!("../../migrations/0009_languages.sql"),
    },
    Migration { number: 10, name: "0010_changed", text: include_str!("../../migrations/0010_changed.sql") },
    Migration { number: 11, name: "0011_reviews", text: include_str!("../../migrations/0011_reviews.sql") },
    Migration { number: 13, name: "0013_calendar", text: include_str!("../../migrations/0013_calendar.sql") },
    Migration { number: 14, name: "0014_messages", text: include_str!("../../migrations/0014_messages.sql") },
    Migration { number: 15, name: "0015_outgoing", text: include_str!("../../migrations/0015_outgoing.sql") },
    Migration { number: 16, name: "0016_news", text: include_str!("../../migrations/0016_news.sql") },
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS schema_migration (number BIGINT NOT NULL PRIMARY KEY, \
                     name TEXT NOT NULL, checksum BYTEA NOT NULL, applied_at BIGINT NOT NULL)";
const APPLIED: &str = "SELECT number, checksum FROM schema_migration ORDER BY number";

/// Uncomments the lines of one engine: `--sqlite:…` or `--postgres:…`.
fn text_for(engine: &str, text: &str) -> String {
    text.replace(engine, "")
}

/// Which migrations are still to be applied, after checking those that were.
fn pending(applied: &[(i64, Vec<u8>)]) -> Result<Vec<&'static Migration>, StoreError> {
    for (number, checksum) in applied {
        let known = MIGRATIONS.iter().find(|migration| migration.number == *number);
        let known = known.ok_or_else(|| {
            StoreError::Migrations(format!(
                "the database has migration {number}, which this program does not know"
            ))
        })?;
        if sha256(known.text.as_bytes()) != checksum.as_slice() {
            return Err(StoreError::Migrations(format!("{} was changed after it was applied", known.name)));
        }
    }
    let done = |migration: &&Migration| !applied.iter().any(|(number, _)| *number == migration.number);
    Ok(MIGRATIONS.iter().filter(done).collect())
}

/// Brings a SQLite file up to date, or leaves it as it was. Returns the names of what was applied.
pub(crate) fn sqlite(path: &Path, now: Timestamp) -> Result<Vec<&'static str>, StoreError> {
    let mut connection = sqlite::connect(path, false)?;
    let failed = |error: rusqlite::Error| StoreError::Migrations(error.to_string());
    // Whoever starts at the same time waits here, and then finds nothing left to do.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    transaction.execute_batch(TABLE).map_err(failed)?;
    let applied = {
        let mut statement = transaction.prepare(APPLIED).map_err(failed)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
        rows.collect::<Result<Vec<_>, _>>().map_err(failed)?
    };
    let mut names = Vec::new();
    for migration in pending(&applied)? {
        transaction.execute_batch(&text_for("--sqlite:", migration.text)).map_err(failed)?;
        transaction
            .execute(
                "INSERT INTO schema_migration VALUES (?1, ?2, ?3, ?4)",
                (migration.number, migration.name, sha256(migration.text.as_bytes()), now.millis()),
            )
            .map_err(failed)?;
        names.push(migration.name);
    }
    transaction.commit().map_err(failed)?;
    Ok(names)
}

/// Brings a PostgreSQL database up to date, one node at a time.
pub(crate) fn postgres(server: &Server, now: Timestamp) -> Result<Vec<&'static str>, StoreError> {
    let mut client = server.connect()?;
    let failed = |error: ::postgres::Error| {
        StoreError::Migrations(
            error.as_db_error().map_or("connection".to_owned(), |e| e.message().to_owned()),
        )
    };
    let mut transaction = client.transaction().map_err(failed)?;
    transaction.batch_execute("SELECT pg_advisory_xact_lock(2711)").map_err(failed)?;
    transaction.batch_execute(TABLE).map_err(failed)?;
    let rows = transaction.query(APPLIED, &[]).map_err(failed)?;
    let applied: Vec<(i64, Vec<u8>)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let mut names = Vec::new();
    for migration in pending(&applied)? {
        transaction.batch_execute(&text_for("--postgres:", migration.text)).map_err(failed)?;
        let checksum = sha256(migration.text.as_bytes());
        let values: [&(dyn ::postgres::types::ToSql + Sync); 4] =
            [&migration.number, &migration.name, &checksum.as_slice(), &now.millis()];
        transaction
            .execute("INSERT INTO schema_migration VALUES ($1, $2, $3, $4)", &values)
            .map_err(failed)?;
        names.push(migration.name);
    }
    transaction.commit().map_err(failed)?;
    Ok(names)
}

/// The names of migrations that an embedded database still lacks. Changes nothing but makes the table of
/// migrations where there is none.
pub(crate) fn waiting_sqlite(path: &Path) -> Result<Vec<&'static str>, StoreError> {
    let connection = sqlite::connect(path, false)?;
    let failed = |error: rusqlite::Error| StoreError::Migrations(error.to_string());
    connection.execute_batch(TABLE).map_err(failed)?;
    let mut statement = connection.prepare(APPLIED).map_err(failed)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
    let applied = rows.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    Ok(pending(&applied)?.iter().map(|migration| migration.name).collect())
}

/// The same for PostgreSQL.
pub(crate) fn waiting_postgres(server: &Server) -> Result<Vec<&'static str>, StoreError> {
    let mut client = server.connect()?;
    let failed = |error: ::postgres::Error| super::postgres::driver(&error);
    client.batch_execute(TABLE).map_err(failed)?;
    let rows = client.query(APPLIED, &[]).map_err(failed)?;
    let applied: Vec<(i64, Vec<u8>)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    Ok(pending(&applied)?.iter().map(|migration| migration.name).collect())
}

/// A short name of all migrations together: databases of different programs are told apart by it.
#[cfg(feature = "testing")]
pub(crate) fn digest() -> String {
    let all: Vec<u8> = MIGRATIONS.iter().flat_map(|migration| migration.text.bytes()).collect();
    sha256(&all).iter().take(6).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
