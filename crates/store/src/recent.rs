//! Lists that were read a moment ago, kept in memory: somebody who goes from a list to a document and back reads the same
//! rows again. Nothing is decided here. A list is found only through an [`Access`] of the same reader to the same journal,
//! and only while the journal's number of changes, read in the access's own snapshot, is the one it was read under; every
//! row goes through the caller's rule anew. It refuses to grow, and to keep anything for long.

use crate::access::Access;
use crate::documents::{Labelled, Listed, Window};
use borgerportal_domain::documents::DocumentHead;
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::time::Timestamp;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Lists kept at once: some ten megabytes when all are long.
const LISTS: usize = 512;
/// Rows of one list, also those that were not shown.
const ROWS: usize = 128;
/// How long a list is of use, ms.
const LIFE: i64 = 5 * 60 * 1000;

/// A row as it was read; without a head where the rule of then did not let it through.
pub(crate) struct Looked {
    pub(crate) labelled: Labelled,
    pub(crate) head: Option<Arc<DocumentHead>>,
}

/// The top of a list.
struct Top {
    changed: i64,
    read_at: Timestamp,
    rows: Vec<Looked>,
    /// There is nothing below the last row.
    whole: bool,
}

/// The lists that were read last.
#[derive(Default)]
pub(crate) struct Recent(Mutex<HashMap<(JournalId, PersonId), Arc<Top>>>);

impl Recent {
    fn lists(&self) -> MutexGuard<'_, HashMap<(JournalId, PersonId), Arc<Top>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rows of a window from the top, if all that is needed for it was read by this reader before and still holds.
    pub(crate) fn list(
        &self,
        access: &Access<'_>,
        window: &Window,
        now: Timestamp,
        keep: &dyn Fn(&Labelled) -> bool,
    ) -> Option<Vec<Listed>> {
        let top = self.lists().get(&(access.journal(), access.reader())).map(Arc::clone)?;
        if top.changed != access.changed() || !top.is_fresh(now) {
            return None;
        }
        let mut found = Vec::with_capacity(window.limit);
        for row in &top.rows {
            if found.len() == window.limit || row.labelled.place.sort_at < window.oldest {
                return Some(found);
            }
            if keep(&row.labelled) {
                found.push(Listed { labelled: row.labelled.clone(), head: Arc::clone(row.head.as_ref()?) });
            }
        }
        (top.whole || found.len() == window.limit).then_some(found)
    }

    /// Keeps what was read from the top of a list, in place of what was kept of it before.
    pub(crate) fn keep(&self, access: &Access<'_>, now: Timestamp, rows: Vec<Looked>, whole: bool) {
        if rows.len() > ROWS {
            return;
        }
        let top = Arc::new(Top { changed: access.changed(), read_at: now, rows, whole });
        let key = (access.journal(), access.reader());
        let mut lists = self.lists();
        if lists.len() >= LISTS && !lists.contains_key(&key) {
            make_room(&mut lists, now);
        }
        lists.insert(key, top);
    }

    /// Forgets what is too old to be of use.
    pub(crate) fn sweep(&self, now: Timestamp) {
        self.lists().retain(|_, top| top.is_fresh(now));
    }
}

impl Top {
    fn is_fresh(&self, now: Timestamp) -> bool {
        (0..LIFE).contains(&now.millis().saturating_sub(self.read_at.millis()))
    }
}

/// The old go first; where all are of use, an eighth of them, the oldest.
fn make_room(lists: &mut HashMap<(JournalId, PersonId), Arc<Top>>, now: Timestamp) {
    lists.retain(|_, top| top.is_fresh(now));
    if lists.len() < LISTS {
        return;
    }
    let mut times: Vec<Timestamp> = lists.values().map(|top| top.read_at).collect();
    times.sort_unstable();
    if let Some(oldest_kept) = times.get(LISTS / 8) {
        lists.retain(|_, top| top.read_at > *oldest_kept);
    }
}
