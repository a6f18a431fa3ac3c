//! The only home of SQL: one text for two engines, sealed content, and a log that is durable before any
//! answer leaves. It refuses to read a citizen's data without an [`Access`](access::Access), to acknowledge
//! what is not durable, and to do anything twice.
//!
//! An errand is a plain closure over a [`Tx`](tx::Tx). `store.read` runs it in one snapshot and hands its
//! value out once the log lines it noted are durable; `store.write` runs it in one transaction with its lines
//! and remembers its answer under its errand id. Closures are `Fn`: a re-run gives the same bytes.

#![cfg_attr(not(test), warn(missing_docs))]

pub mod access;
pub mod access_log;
pub mod aids;
pub mod attachments;
pub mod binaries;
pub mod calendar;
pub mod claims;
pub mod custody;
pub mod deletions;
pub mod deliveries;
pub mod documents;
mod engine;
pub mod errands;
mod error;
pub mod facts;
pub mod feeds;
pub mod head;
pub mod items;
pub mod keys;
mod labels;
pub mod leaving;
mod log_line;
pub mod log_seal;
pub mod mandates;
pub mod merkle;
pub mod messages;
pub mod news;
pub mod notices;
pub mod outgoing;
pub mod people;
pub mod reach;
mod recent;
pub mod record;
pub mod record_parts;
mod session_claims;
pub mod sessions;
pub mod sql;
pub mod sweeps;
pub mod system_clients;
#[cfg(feature = "testing")]
pub mod testing;
pub mod tx;

pub use engine::job::Retry;
pub use error::{Conflict, StoreError};

use borgerportal_domain::ids::ErrandId;
use borgerportal_domain::time::Timestamp;
use engine::job::Errand;
use engine::postgres::{PoolJob, Postgres};
use engine::postgres_server::Server;
use engine::sqlite::Sqlite;
use engine::sqlite_writer::WriterJob;
use keys::KeyRing;
use recent::Recent;
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::path::PathBuf;
use std::sync::Arc;
use tx::{Moment, Shared, Tx};

/// Where the data lies.
#[derive(Debug, Clone)]
pub enum Location {
    /// One file beside the program.
    Sqlite(PathBuf),
    /// A PostgreSQL server, `postgres://user@host:port/database`; on another machine with `?sslrootcert=FILE`.
    Postgres(String),
}

impl Location {
    /// `sqlite:PATH` or `postgres://…`.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            return Some(Self::Sqlite(PathBuf::from(path)));
        }
        let postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        postgres.then(|| Self::Postgres(text.to_owned()))
    }
}

/// How the store is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the data lies.
    pub location: Location,
    /// Threads that read (SQLite) or connections (PostgreSQL).
    pub threads: usize,
    /// This node's name in the chain of the log: one running process, one name.
    pub node: String,
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

struct Inner {
    engine: Engine,
    shared: Arc<Shared>,
    random: SystemRandom,
    node: String,
}

/// The store: cheap to clone, used from any task.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

/// Applies what is missing of the migrations; returns their names.
pub fn migrate(location: &Location, now: Timestamp) -> Result<Vec<&'static str>, StoreError> {
    match location {
        Location::Sqlite(path) => engine::migrate::sqlite(path, now),
        Location::Postgres(url) => engine::migrate::postgres(&Server::parse(url)?, now),
    }
}

/// The names of migrations that are still to be applied.
pub fn waiting_migrations(location: &Location) -> Result<Vec<&'static str>, StoreError> {
    match location {
        Location::Sqlite(path) => engine::migrate::waiting_sqlite(path),
        Location::Postgres(url) => engine::migrate::waiting_postgres(&Server::parse(url)?),
    }
}

impl Store {
    /// Opens a database that `migrate` has brought up to date.
    pub fn open(options: &Options, keys: KeyRing) -> Result<Self, StoreError> {
        let shared = Arc::new(Shared { keys: keys.of_node(&options.node), recent: Recent::default() });
        let engine = match &options.location {
            Location::Sqlite(path) => Engine::Sqlite(Sqlite::open(path, options.threads, &shared)?),
            Location::Postgres(url) => {
                Engine::Postgres(Postgres::open(&Server::parse(url)?, options.threads, &shared)?)
            }
        };
        let inner = Inner { engine, shared, random: SystemRandom::new(), node: options.node.clone() };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Runs a read in one snapshot. Its value comes back once every log line it noted is durable.
    pub async fn read<T, E, F>(&self, now: Timestamp, errand: F) -> Result<T, E>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Retry + Send + 'static,
    {
        self.run_read(now, errand, false).await
    }

    /// A read that scans a lot (search, export): on threads of its own, never before a page.
    pub async fn read_heavy<T, E, F>(&self, now: Timestamp, errand: F) -> Result<T, E>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Retry + Send + 'static,
    {
        self.run_read(now, errand, true).await
    }

    async fn run_read<T, E, F>(&self, now: Timestamp, errand: F, heavy: bool) -> Result<T, E>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Retry + Send + 'static,
    {
        let moment = self.moment(now)?;
        let (job, answer) = Errand::new(errand);
        match &self.inner.engine {
            Engine::Sqlite(sqlite) => sqlite.read((moment, Box::new(job)), heavy),
            Engine::Postgres(postgres) => {
                postgres.send(PoolJob { moment, writes: false, job: Box::new(job) }, heavy);
            }
        }
        answer.await.unwrap_or_else(|_| Err(E::from(StoreError::Away)))
    }

    /// Runs a write in one transaction. The same id gives the same answer and is done once, also when the
    /// outcome of a commit was unknown. A refusal is not remembered: it may be asked again.
    pub async fn write<T, E, F>(&self, now: Timestamp, id: ErrandId, errand: F) -> Result<T, E>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
        E: From<StoreError> + Retry + Unknown + Send + 'static,
    {
        self.run_write(now, move |tx| errands::once(tx, id, &errand)).await
    }

    /// The same for an errand that somebody asks for: `asker` runs each time, also where the answer is known already,
    /// and says under which id that answer is kept for them.
    pub async fn write_for<T, E, W, A, F>(&self, now: Timestamp, asker: A, errand: F) -> Result<T, E>
    where
        A: Fn(&Tx<'_>) -> Result<(ErrandId, W), E> + Send + Sync + 'static,
        F: Fn(&Tx<'_>, &W) -> Result<T, E> + Send + Sync + 'static,
        T: Serialize + DeserializeOwned + Send + 'static,
        E: From<StoreError> + Retry + Unknown + Send + 'static,
    {
        let run = move |tx: &Tx<'_>| {
            let (id, who) = asker(tx)?;
            errands::once(tx, id, &|tx: &Tx<'_>| errand(tx, &who))
        };
        self.run_write(now, run).await
    }

    /// `once` looks its id up before it does anything: it may be run again.
    async fn run_write<T, E, F>(&self, now: Timestamp, once: F) -> Result<T, E>
    where
        F: Fn(&Tx<'_>) -> Result<T, E> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Retry + Unknown + Send + 'static,
    {
        let moment = self.moment(now)?;
        let once = Arc::new(once);
        for _ in 0..3 {
            let once = Arc::clone(&once);
            let (job, answer) = Errand::new(move |tx: &Tx<'_>| once(tx));
            match &self.inner.engine {
                Engine::Sqlite(sqlite) => sqlite.write(WriterJob::Errand(moment, Box::new(job))),
                Engine::Postgres(postgres) => {
                    postgres.send(PoolJob { moment, writes: true, job: Box::new(job) }, false);
                }
            }
            match answer.await {
                Ok(Err(error)) if error.is_unknown() => {}
                Ok(answer) => return answer,
                Err(_) => return Err(E::from(StoreError::Away)),
            }
        }
        Err(E::from(StoreError::Unknown))
    }

    fn moment(&self, now: Timestamp) -> Result<Moment, StoreError> {
        let mut seed = [0; 16];
        self.inner.random.fill(&mut seed).map_err(|_| StoreError::Keys("no randomness"))?;
        Ok(Moment { now, seed })
    }

    /// Secret bytes: session tokens, states, new keys.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], StoreError> {
        let mut bytes = [0; N];
        self.inner.random.fill(&mut bytes).map_err(|_| StoreError::Keys("no randomness"))?;
        Ok(bytes)
    }

    /// A new errand id.
    pub fn errand_id(&self, now: Timestamp) -> Result<ErrandId, StoreError> {
        let millis = u64::try_from(now.millis()).unwrap_or(0);
        let builder = uuid::Builder::from_unix_timestamp_millis(millis, &self.random()?);
        Ok(ErrandId::from_uuid(builder.into_uuid()))
    }

    /// The keys, for those who verify the log.
    pub fn keys(&self) -> &KeyRing {
        &self.inner.shared.keys
    }

    /// Forgets lists that were read too long ago to be of use.
    pub fn forget_old_lists(&self, now: Timestamp) {
        self.inner.shared.recent.sweep(now);
    }

    /// This node's name in the log.
    pub fn node(&self) -> &str {
        &self.inner.node
    }

    /// Copies an embedded database to a file while it is in use. PostgreSQL has its own tools.
    pub fn backup(&self, to: &std::path::Path) -> Result<(), StoreError> {
        match &self.inner.engine {
            Engine::Sqlite(sqlite) => sqlite.backup(to),
            Engine::Postgres(_) => Err(StoreError::Driver("use pg_dump or pg_basebackup".to_owned())),
        }
    }
}

/// Lets the facade see an unknown outcome inside the caller's own error type.
pub trait Unknown {
    /// True where a commit got no answer.
    fn is_unknown(&self) -> bool;
}

impl Unknown for StoreError {
    fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }
}
