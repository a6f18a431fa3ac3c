//! What can go wrong in the store, for the operator. It never carries a value from a row: a table and a
//! column say where to look without saying whose data stood there.

/// Whether a conflict may vanish by trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// A unique key is taken.
    Taken,
    /// The row was changed by another since it was read.
    Changed,
    /// The engine could not order this transaction among others, after all re-runs.
    Busy,
}

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The engine refused or failed. The text is the engine's own, without values.
    #[error("database: {0}")]
    Driver(String),
    /// A row holds what the program never writes: a wrong type, an unknown code, a seal that does not open.
    #[error("row does not read: {table}.{column}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A write met another write.
    #[error("conflict: {0:?}")]
    Conflict(Conflict),
    /// The batch this write was part of did not become durable. Nothing of it was acknowledged.
    #[error("the batch was lost before it was durable")]
    Lost,
    /// The commit was sent and no answer came: done or not, nobody knows yet.
    #[error("the outcome of the commit is unknown")]
    Unknown,
    /// The line of the access log could not be made durable, so the answer was withheld.
    #[error("the access log could not be written")]
    NotLogged,
    /// The store is shutting down or its queue is full.
    #[error("the store takes no more work now")]
    Away,
    /// The errand panicked. Nothing of it was kept.
    #[error("an errand failed inside the store")]
    Panicked,
    /// A key is missing, wrong or of an unknown kind.
    #[error("key ring: {0}")]
    Keys(&'static str),
    /// A migration file was changed after it was applied, or the database is newer than the program.
    #[error("migrations: {0}")]
    Migrations(String),
}

impl StoreError {
    /// Shorthand for a row that does not read.
    pub(crate) const fn corrupt(table: &'static str, column: &'static str) -> Self {
        Self::Corrupt { table, column }
    }

    /// True where the same errand may succeed if it is run again at once.
    pub(crate) const fn may_rerun(&self) -> bool {
        matches!(self, Self::Conflict(Conflict::Busy))
    }
}
