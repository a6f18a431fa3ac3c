//! A fresh store on either engine, for tests of this crate and of those above. It fails loudly when
//! PostgreSQL is not there: a test that was skipped proves nothing.

#![expect(clippy::expect_used, reason = "a test that cannot start its store should stop where it is")]

pub mod kept;
pub mod own;
mod raw;

use crate::keys::KeyRing;
use crate::{Location, Options, Store, migrate};
use borgerportal_domain::time::Timestamp;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use uuid::Uuid;

/// A store of its own for one test; what it wrote is gone when the last copy is dropped.
#[derive(Clone)]
pub struct TestStore {
    store: Store,
    place: Arc<Place>,
}

struct Place {
    location: Location,
    keys: String,
    admin: Option<String>,
    directory: PathBuf,
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl TestStore {
    /// Opens the same data again, as a second node would.
    #[must_use]
    pub fn another_node(&self, node: &str) -> Store {
        open(&self.place.location, &self.place.keys, node)
    }

    /// A fresh store on the same engine, for tests that need several.
    #[must_use]
    pub fn another(&self) -> Self {
        if self.is_sqlite() {
            return sqlite();
        }
        // On a thread of its own: the client may not block inside an async runtime.
        std::thread::spawn(postgres).join().expect("a fresh database")
    }

    /// Where the data lies, for tests that start a process of their own.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.place.location
    }

    /// The text of the key file.
    #[must_use]
    pub fn key_file(&self) -> &str {
        &self.place.keys
    }

    /// A folder for files of this test.
    #[must_use]
    pub fn directory(&self) -> &std::path::Path {
        &self.place.directory
    }

    /// The store itself.
    #[must_use]
    pub fn store(&self) -> Store {
        self.store.clone()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // What cannot be removed now is removed with the throw-away cluster and the temporary folder.
        let _ = std::fs::remove_dir_all(&self.directory);
        if let (Some(admin), Location::Postgres(url)) = (&self.admin, &self.location) {
            let name =
                url.rsplit('/').next().and_then(|name| name.split('?').next()).unwrap_or_default().to_owned();
            let admin = admin.clone();
            // A thread of its own: the last copy may be dropped inside an async runtime.
            let drop = std::thread::spawn(move || {
                if let Ok(mut client) = postgres::Client::connect(&admin, postgres::NoTls) {
                    let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
                }
            });
            let _ = drop.join();
        }
    }
}

/// When tests happen, unless they say otherwise: 3 November 2026, 10.00 in Copenhagen.
pub const NOW: Timestamp = Timestamp::from_millis(1_793_696_400_000);

fn open(location: &Location, keys: &str, node: &str) -> Store {
    let keys = KeyRing::parse(keys).expect("test keys");
    let options = Options { location: location.clone(), threads: 4, node: node.to_owned() };
    Store::open(&options, keys).expect("open the store")
}

fn test_store(location: Location, admin: Option<String>, directory: PathBuf) -> TestStore {
    let keys = KeyRing::generate().expect("keys");
    let store = open(&location, &keys, "test-node");
    TestStore { store, place: Arc::new(Place { location, keys, admin, directory }) }
}

fn directory() -> PathBuf {
    let directory = std::env::temp_dir().join(format!("borgerportal-test-{}", name()));
    std::fs::create_dir_all(&directory).expect("a temporary folder");
    directory
}

fn name() -> String {
    let mut bytes = [0; 16];
    ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes).expect("randomness");
    Uuid::from_bytes(bytes).simple().to_string()
}

/// A fresh embedded store.
#[must_use]
pub fn sqlite() -> TestStore {
    let directory = directory();
    let location = Location::Sqlite(directory.join("portal.db"));
    migrate(&location, NOW).expect("migrate");
    test_store(location, None, directory)
}

/// A fresh database on the PostgreSQL that `BORGERPORTAL_TEST_POSTGRES` names.
#[must_use]
pub fn postgres() -> TestStore {
    let admin = server();
    let mut client = postgres::Client::connect(&admin, postgres::NoTls).expect("reach PostgreSQL");
    let (base, rest) = admin.rsplit_once('/').expect("an address with a database");
    let parameters = rest.find('?').and_then(|at| rest.get(at..)).unwrap_or_default();
    let template = format!("portal_template_{}", crate::engine::migrate::digest());
    client.batch_execute("SELECT pg_advisory_lock(2712)").expect("lock the template");
    let made = client
        .query_opt("SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate", &[&template])
        .expect("look for the template");
    if made.is_none() {
        let _ = client.batch_execute(&format!("DROP DATABASE IF EXISTS {template}"));
        client.batch_execute(&format!("CREATE DATABASE {template}")).expect("make the template");
        migrate(&Location::Postgres(format!("{base}/{template}{parameters}")), NOW)
            .expect("migrate the template");
        client
            .batch_execute(&format!("ALTER DATABASE {template} IS_TEMPLATE true"))
            .expect("mark the template");
    }
    let database = format!("test_{}", name());
    // Copied as files: a quarter of the time of a copy through the write-ahead log, which only a replica would need.
    let clone = format!("CREATE DATABASE {database} TEMPLATE {template} STRATEGY FILE_COPY");
    client.batch_execute(&clone).expect("clone");
    client.batch_execute("SELECT pg_advisory_unlock(2712)").expect("unlock the template");
    let location = Location::Postgres(format!("{base}/{database}{parameters}"));
    test_store(location, Some(admin), directory())
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration file")]
fn server() -> String {
    std::env::var("BORGERPORTAL_TEST_POSTGRES").expect(
        "BORGERPORTAL_TEST_POSTGRES is not set: run ./test, or `cargo run -p xtask -- postgres` and export it",
    )
}

/// Runs a test on SQLite.
pub fn on_sqlite<R>(test: impl FnOnce(TestStore) -> R) -> R {
    test(sqlite())
}

/// Runs a test on PostgreSQL.
pub fn on_postgres<R>(test: impl FnOnce(TestStore) -> R) -> R {
    test(postgres())
}

/// Runs an async test to its end.
pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
        .block_on(future)
}
