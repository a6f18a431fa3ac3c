//! One transaction, as the rooms of the store see it. It counts the time and the ids of its errand, so that a
//! re-run writes the same bytes, and it gathers what must be durable before anyone hears the answer: lines of
//! the access log and the idle time of sessions. It opens and closes no transaction itself.

use crate::engine::{Conn, Row};
use crate::error::StoreError;
use crate::keys::KeyRing;
use crate::recent::Recent;
use crate::sql::{Sql, Value};
use crate::{params, sql};
use borgerportal_domain::access_log::{LogLine, Outcome};
use borgerportal_domain::ids::LogId;
use borgerportal_domain::time::Timestamp;
use ring::digest;
use std::cell::{Cell, RefCell};
use uuid::Uuid;

/// What all transactions of one store share: its keys, and what was read a moment ago.
pub(crate) struct Shared {
    pub(crate) keys: KeyRing,
    pub(crate) recent: Recent,
}

/// When an errand happens, and the randomness it may use: both chosen before it runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) now: Timestamp,
    pub(crate) seed: [u8; 16],
}

/// What an errand leaves to be written whether or not its own writes are kept.
#[derive(Default)]
pub(crate) struct Left {
    pub(crate) lines: Vec<(LogLine, [u8; 16])>,
    pub(crate) touches: Vec<Touch>,
    pub(crate) marks: Vec<Mark>,
}

impl Left {
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.touches.is_empty() && self.marks.is_empty()
    }
}

/// A session was used in this minute.
pub(crate) struct Touch {
    pub(crate) session: [u8; 32],
    pub(crate) seen_at: Timestamp,
}

/// A reader has opened an item.
pub(crate) struct Mark {
    pub(crate) municipality: i64,
    pub(crate) citizen: [u8; 16],
    pub(crate) reader: [u8; 16],
    pub(crate) kind: &'static str,
    pub(crate) sort_at: i64,
    pub(crate) id: [u8; 16],
    pub(crate) at: i64,
}

/// One open transaction on either engine.
pub struct Tx<'c> {
    conn: Conn<'c>,
    shared: &'c Shared,
    moment: Moment,
    minted: Cell<u64>,
    left: RefCell<Left>,
    /// The journal whose change was noted last.
    changed: Cell<Option<(i64, [u8; 16])>>,
    /// For tests that compare what two questions made the database do.
    #[cfg(feature = "testing")]
    statements: RefCell<Vec<&'static str>>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(conn: Conn<'c>, shared: &'c Shared, moment: Moment) -> Self {
        Self {
            conn,
            shared,
            moment,
            minted: Cell::new(0),
            left: RefCell::default(),
            changed: Cell::default(),
            #[cfg(feature = "testing")]
            statements: RefCell::default(),
        }
    }

    /// The instant of the errand: the same for all it does.
    pub fn now(&self) -> Timestamp {
        self.moment.now
    }

    /// A new id (UUIDv7) of this errand; the same one again if the errand is re-run.
    pub fn mint(&self) -> Uuid {
        let random = self.random();
        let mut tail = [0; 10];
        tail.copy_from_slice(random.get(..10).unwrap_or(&[0; 10]));
        let millis = u64::try_from(self.moment.now.millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()
    }

    /// Sixteen bytes nobody can guess and no other errand gets.
    pub(crate) fn salt(&self) -> [u8; 16] {
        let random = self.random();
        std::array::from_fn(|index| random.get(index).copied().unwrap_or(0))
    }

    /// A nonce for one sealing.
    pub(crate) fn nonce(&self) -> [u8; 12] {
        let random = self.random();
        std::array::from_fn(|index| random.get(index).copied().unwrap_or(0))
    }

    fn random(&self) -> [u8; 32] {
        let count = self.minted.get();
        self.minted.set(count + 1);
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(&self.moment.seed);
        context.update(&count.to_be_bytes());
        let hash = context.finish();
        std::array::from_fn(|index| hash.as_ref().get(index).copied().unwrap_or(0))
    }

    pub(crate) fn keys(&self) -> &'c KeyRing {
        &self.shared.keys
    }

    /// What was read a moment ago: of no use once this transaction itself has changed items.
    pub(crate) fn recent(&self) -> Option<&'c Recent> {
        self.changed.get().is_none().then_some(&self.shared.recent)
    }

    /// Notes that items of a journal are about to change: whatever was read of them before is of no use when this
    /// transaction stands. Called before every statement that writes to `record_item`.
    pub(crate) fn items_change(&self, municipality: i64, citizen: &[u8; 16]) -> Result<(), StoreError> {
        if self.changed.get() != Some((municipality, *citizen)) {
            let number = self.salt().first_chunk().map_or(1, |bytes| i64::from_be_bytes(*bytes));
            self.execute(sql!("record/note_change"), params![municipality, citizen, number])?;
            self.changed.set(Some((municipality, *citizen)));
        }
        Ok(())
    }

    /// Notes a line of the access log. It is written before the answer of this errand leaves the store.
    pub(crate) fn note(&self, line: LogLine) {
        let salt = self.salt();
        self.left.borrow_mut().lines.push((line, salt));
    }

    /// Changes how a line that was noted says it ended.
    pub(crate) fn amend(&self, line: LogId, outcome: Outcome) {
        let mut left = self.left.borrow_mut();
        if let Some((noted, _)) = left.lines.iter_mut().find(|(noted, _)| noted.id == line) {
            noted.outcome = outcome;
        }
    }

    pub(crate) fn touch(&self, touch: Touch) {
        self.left.borrow_mut().touches.push(touch);
    }

    pub(crate) fn mark(&self, mark: Mark) {
        self.left.borrow_mut().marks.push(mark);
    }

    pub(crate) fn take_left(&self) -> Left {
        self.left.take()
    }

    /// The names of the statements this transaction has run so far, in order.
    #[cfg(feature = "testing")]
    pub fn statements(&self) -> Vec<&'static str> {
        self.statements.borrow().clone()
    }

    #[cfg(feature = "testing")]
    fn heard(&self, sql: &'static Sql) {
        self.statements.borrow_mut().push(sql.name());
    }

    #[cfg(not(feature = "testing"))]
    #[expect(clippy::unused_self, reason = "only tests listen")]
    const fn heard(&self, _: &'static Sql) {}

    /// Runs `each` on every row, in order.
    pub(crate) fn each(
        &self,
        sql: &'static Sql,
        values: &[Value<'_>],
        mut each: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.heard(sql);
        self.conn.query(sql, values, &mut each)
    }

    /// All rows.
    pub(crate) fn all<T>(
        &self,
        sql: &'static Sql,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        let mut rows = Vec::new();
        self.each(sql, values, |row| {
            rows.push(read(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row, if there is one.
    pub(crate) fn one<T>(
        &self,
        sql: &'static Sql,
        values: &[Value<'_>],
        mut read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut found = None;
        self.each(sql, values, |row| {
            if found.is_none() {
                found = Some(read(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    /// The number of rows changed.
    pub(crate) fn execute(&self, sql: &'static Sql, values: &[Value<'_>]) -> Result<u64, StoreError> {
        self.heard(sql);
        self.conn.execute(sql, values)
    }
}
