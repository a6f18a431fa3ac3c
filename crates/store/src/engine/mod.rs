//! The only place that names a database engine. Both look the same from outside: run a closure over a
//! connection inside one transaction, and answer when what must be durable is durable.

pub(crate) mod job;
pub(crate) mod migrate;
pub(crate) mod postgres;
mod postgres_log;
pub(crate) mod postgres_server;
mod queue;
pub(crate) mod sqlite;
pub(crate) mod sqlite_writer;

use crate::error::StoreError;
use crate::sql::{Sql, Value};

/// One connection inside one transaction.
pub(crate) enum Conn<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c postgres::Session),
}

/// One row, read where it lies.
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r ::postgres::Row),
}

impl Conn<'_> {
    /// Runs `each` on every row.
    pub(crate) fn query(
        &self,
        sql: &'static Sql,
        values: &[Value<'_>],
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(connection) => sqlite::query(connection, sql, values, each),
            Self::Postgres(session) => session.query(sql, values, each),
        }
    }

    /// The number of rows changed.
    pub(crate) fn execute(&self, sql: &'static Sql, values: &[Value<'_>]) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(connection) => sqlite::execute(connection, sql, values),
            Self::Postgres(session) => session.execute(sql, values),
        }
    }
}

/// A column that does not hold what the statement promises.
fn wrong() -> StoreError {
    StoreError::corrupt("(statement)", "(column)")
}

impl Row<'_> {
    /// BIGINT NOT NULL.
    pub(crate) fn int(&self, column: usize) -> Result<i64, StoreError> {
        self.opt_int(column)?.ok_or_else(wrong)
    }

    /// BIGINT.
    pub(crate) fn opt_int(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self {
            Self::Sqlite(row) => row.get(column).map_err(|_| wrong()),
            Self::Postgres(row) => row.try_get(column).map_err(|_| wrong()),
        }
    }

    /// BIGINT 0 or 1.
    pub(crate) fn flag(&self, column: usize) -> Result<bool, StoreError> {
        match self.int(column)? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(wrong()),
        }
    }

    /// TEXT NOT NULL.
    pub(crate) fn text(&self, column: usize) -> Result<&str, StoreError> {
        self.opt_text(column)?.ok_or_else(wrong)
    }

    /// TEXT.
    pub(crate) fn opt_text(&self, column: usize) -> Result<Option<&str>, StoreError> {
        match self {
            Self::Sqlite(row) => {
                row.get_ref(column).map_err(|_| wrong())?.as_str_or_null().map_err(|_| wrong())
            }
            Self::Postgres(row) => row.try_get(column).map_err(|_| wrong()),
        }
    }

    /// BYTEA NOT NULL.
    pub(crate) fn blob(&self, column: usize) -> Result<&[u8], StoreError> {
        self.opt_blob(column)?.ok_or_else(wrong)
    }

    /// BYTEA.
    pub(crate) fn opt_blob(&self, column: usize) -> Result<Option<&[u8]>, StoreError> {
        match self {
            Self::Sqlite(row) => {
                row.get_ref(column).map_err(|_| wrong())?.as_blob_or_null().map_err(|_| wrong())
            }
            Self::Postgres(row) => row.try_get(column).map_err(|_| wrong()),
        }
    }

    /// BYTEA of sixteen bytes.
    pub(crate) fn id(&self, column: usize) -> Result<uuid::Uuid, StoreError> {
        uuid::Uuid::from_slice(self.blob(column)?).map_err(|_| wrong())
    }
}
