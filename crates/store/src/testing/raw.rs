//! What a test may do behind the store's back: count rows, read the log as it lies, make the database refuse.
//! A connection of its own each time, so that nothing is seen which is not committed.

use super::TestStore;
use crate::Location;
use std::collections::BTreeMap;

const SQLITE_TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
const POSTGRES_TABLES: &str = "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname";

const SQLITE_COLUMNS: &str = "SELECT t.name || ' ' || c.name || ' ' || c.type \
     FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.cid";
const POSTGRES_COLUMNS: &str = "SELECT table_name || ' ' || column_name || ' ' || data_type \
     FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position";

const SQLITE_REFUSE: &str = "CREATE TRIGGER refuse BEFORE INSERT ON access_log_new \
     BEGIN SELECT RAISE(ABORT, 'no'); END";
const SQLITE_ALLOW: &str = "DROP TRIGGER refuse";
const POSTGRES_REFUSE: &str = "ALTER TABLE access_log_new ADD CONSTRAINT refuse CHECK (at < 0) NOT VALID";
const POSTGRES_ALLOW: &str = "ALTER TABLE access_log_new DROP CONSTRAINT refuse";

impl TestStore {
    /// How many rows each table has. Tables of the migrations are not counted.
    #[must_use]
    pub fn rows(&self) -> BTreeMap<String, i64> {
        let tables = self.texts(if self.is_sqlite() { SQLITE_TABLES } else { POSTGRES_TABLES }).into_iter();
        let ours = tables.filter(|name| !name.contains("migration") && !name.starts_with("sqlite_"));
        ours.map(|name| {
            let count = self.texts(&format!("SELECT CAST(count(*) AS TEXT) FROM {name}"));
            (name, count.first().and_then(|count| count.parse().ok()).unwrap_or(-1))
        })
        .collect()
    }

    /// Every line of the access log as its text, oldest first.
    #[must_use]
    pub fn log_lines(&self) -> Vec<String> {
        let all = "SELECT line, id FROM access_log UNION ALL SELECT line, id FROM access_log_new ORDER BY 2";
        self.texts(all)
    }

    /// Where the contents of all files lie.
    #[must_use]
    pub fn file_addresses(&self) -> Vec<String> {
        self.texts("SELECT address FROM record_file ORDER BY address")
    }

    /// Everything that stands in clear in text columns of the record, for looking for what must not be there.
    #[must_use]
    pub fn clear_text(&self) -> String {
        let columns = [
            ("record_item", "class || area || sensitive || sender || state"),
            ("record_source", "sender || type || source_id"),
            ("record_part", "source_id || part_type || part_id"),
            ("record_word", "sender || patient"),
            ("record_file", "address || media_type"),
            ("delivery", "sender || answer"),
            ("access_log", "line"),
            ("access_log_new", "line"),
            ("mandate_item", "origin || privileges || territory"),
        ];
        let texts =
            columns.map(|(table, columns)| self.texts(&format!("SELECT {columns} FROM {table}")).join("\n"));
        texts.join("\n")
    }

    /// Makes every new line of the access log fail, or not any more.
    pub fn refuse_log_lines(&self, refuse: bool) {
        let text = match (self.is_sqlite(), refuse) {
            (true, true) => SQLITE_REFUSE,
            (true, false) => SQLITE_ALLOW,
            (false, true) => POSTGRES_REFUSE,
            (false, false) => POSTGRES_ALLOW,
        };
        self.batch(text);
    }

    /// Changes rows as somebody could who has the database, but neither the program nor its keys.
    pub fn tamper(&self, text: &str) {
        self.batch(text);
    }

    /// The same where the database itself may refuse; whether it did not.
    #[must_use]
    pub fn tried_to_tamper(&self, text: &str) -> bool {
        match self.location() {
            Location::Sqlite(path) => {
                rusqlite::Connection::open(path).expect("open").execute_batch(text).is_ok()
            }
            Location::Postgres(url) => apart(url, |client| client.batch_execute(text).is_ok()),
        }
    }

    /// Table, name and type of every column.
    #[must_use]
    pub fn columns(&self) -> Vec<(String, String, String)> {
        let all = self.texts(if self.is_sqlite() { SQLITE_COLUMNS } else { POSTGRES_COLUMNS });
        let three = |line: String| {
            let mut words = line.split(' ').map(str::to_owned);
            Some((words.next()?, words.next()?, words.next()?))
        };
        all.into_iter().filter_map(three).collect()
    }

    /// Whether this is the embedded engine.
    #[must_use]
    pub fn is_sqlite(&self) -> bool {
        matches!(self.location(), Location::Sqlite(_))
    }

    fn batch(&self, text: &str) {
        match self.location() {
            Location::Sqlite(path) => {
                rusqlite::Connection::open(path).expect("open").execute_batch(text).expect("run");
            }
            Location::Postgres(url) => apart(url, |client| client.batch_execute(text).expect("run")),
        }
    }

    /// The first column of every row, as text.
    fn texts(&self, text: &str) -> Vec<String> {
        match self.location() {
            Location::Sqlite(path) => {
                let connection = rusqlite::Connection::open(path).expect("open");
                let mut statement = connection.prepare(text).expect("prepare");
                let rows = statement.query_map([], |row| row.get(0)).expect("run");
                rows.collect::<Result<_, _>>().expect("read")
            }
            Location::Postgres(url) => apart(url, |client| {
                let rows = client.query(text, &[]).expect("run");
                rows.iter().map(|row| row.get::<_, String>(0)).collect()
            }),
        }
    }
}

/// On a thread of its own: tests call from inside an async runtime, where the client may not block.
fn apart<T: Send>(url: &str, work: impl FnOnce(&mut postgres::Client) -> T + Send) -> T {
    std::thread::scope(|scope| {
        let run = || work(&mut postgres::Client::connect(url, postgres::NoTls).expect("reach PostgreSQL"));
        scope.spawn(run).join().expect("a thread")
    })
}
