//! Lists that were read a moment ago, kept in memory: somebody who goes from a list to one of its things and back reads the
//! same rows again. Nothing is decided here. A list is found only through an [`Access`] of the same reader to the same
//! journal, and only while the journal's number of changes, read in the access's own snapshot, is the one it was read under;
//! every row goes through the caller's rule anew. It refuses to grow, and to keep anything for long.

use crate::access::Access;
use crate::documents::{self, Window};
use crate::items;
use borgerportal_domain::documents::DocumentHead;
use borgerportal_domain::ids::{ItemId, JournalId, PersonId};
use borgerportal_domain::time::Timestamp;
use std::any::Any;
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Lists of a kind kept at once: some ten megabytes when all are long; of rooms some thirty, as records are.
const LISTS: usize = 512;
/// Rows of one list, also those that were not shown.
const ROWS: usize = 128;
/// Rows of one room.
const ROWS_OF_ROOM: usize = 512;
/// How long a list is of use, ms.
const LIFE: i64 = 5 * 60 * 1000;

/// What was read last.
#[derive(Default)]
pub(crate) struct Recent {
    /// Tops of lists of documents.
    pub(crate) documents: Lists<(JournalId, PersonId), Top>,
    /// Stretches of the other rooms, by the room's code.
    pub(crate) rooms: Lists<(JournalId, PersonId, &'static str), Stretch>,
}

impl Recent {
    /// Forgets what is too old to be of use.
    pub(crate) fn sweep(&self, now: Timestamp) {
        self.documents.sweep(now);
        self.rooms.sweep(now);
    }
}

/// Lists by whose they are.
pub(crate) struct Lists<K, L>(Mutex<HashMap<K, Arc<Kept<L>>>>);

/// A list as it was read.
struct Kept<L> {
    changed: i64,
    read_at: Timestamp,
    list: L,
}

impl<K, L> Default for Lists<K, L> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, L> Lists<K, L> {
    fn lists(&self) -> MutexGuard<'_, HashMap<K, Arc<Kept<L>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was kept, if it still holds.
    fn find(&self, key: &K, access: &Access<'_>, now: Timestamp) -> Option<Arc<Kept<L>>> {
        let kept = self.lists().get(key).map(Arc::clone)?;
        (kept.changed == access.changed() && kept.is_fresh(now)).then_some(kept)
    }

    /// Keeps a list in place of what was kept before.
    fn put(&self, key: K, access: &Access<'_>, now: Timestamp, list: L) {
        let kept = Arc::new(Kept { changed: access.changed(), read_at: now, list });
        let mut lists = self.lists();
        if lists.len() >= LISTS && !lists.contains_key(&key) {
            make_room(&mut lists, now);
        }
        lists.insert(key, kept);
    }

    fn sweep(&self, now: Timestamp) {
        self.lists().retain(|_, kept| kept.is_fresh(now));
    }
}

impl<L> Kept<L> {
    fn is_fresh(&self, now: Timestamp) -> bool {
        (0..LIFE).contains(&now.millis().saturating_sub(self.read_at.millis()))
    }
}

/// The old go first; where all are of use, an eighth of them, the oldest.
fn make_room<K: Eq + Hash, L>(lists: &mut HashMap<K, Arc<Kept<L>>>, now: Timestamp) {
    lists.retain(|_, kept| kept.is_fresh(now));
    if lists.len() < LISTS {
        return;
    }
    let mut times: Vec<Timestamp> = lists.values().map(|kept| kept.read_at).collect();
    times.sort_unstable();
    if let Some(oldest_kept) = times.get(LISTS / 8) {
        lists.retain(|_, kept| kept.read_at > *oldest_kept);
    }
}

/// A document as it was read; without a head where the rule of then did not let it through.
pub(crate) struct Looked {
    pub(crate) labelled: documents::Labelled,
    pub(crate) head: Option<Arc<DocumentHead>>,
}

/// The top of a list of documents.
pub(crate) struct Top {
    rows: Vec<Looked>,
    /// There is nothing below the last row.
    whole: bool,
}

impl Lists<(JournalId, PersonId), Top> {
    /// The rows of a window from the top, if all that is needed for it was read by this reader before and still holds.
    pub(crate) fn list(
        &self,
        access: &Access<'_>,
        window: &Window,
        now: Timestamp,
        keep: &dyn Fn(&documents::Labelled) -> bool,
    ) -> Option<Vec<documents::Listed>> {
        let kept = self.find(&(access.journal(), access.reader()), access, now)?;
        let mut found = Vec::with_capacity(window.limit);
        for row in &kept.list.rows {
            if found.len() == window.limit || row.labelled.place.sort_at < window.oldest {
                return Some(found);
            }
            if keep(&row.labelled) {
                let head = Arc::clone(row.head.as_ref()?);
                found.push(documents::Listed { labelled: row.labelled.clone(), head });
            }
        }
        (kept.list.whole || found.len() == window.limit).then_some(found)
    }

    /// Keeps what was read from the top of a list.
    pub(crate) fn keep(&self, access: &Access<'_>, now: Timestamp, rows: Vec<Looked>, whole: bool) {
        if rows.len() <= ROWS {
            self.put((access.journal(), access.reader()), access, now, Top { rows, whole });
        }
    }
}

/// What was read of an item of a room.
pub(crate) enum Head {
    /// Nothing: the rule of then did not let it through.
    Shut,
    /// The room lists nothing of it.
    Empty,
    /// Its head, as the room reads it.
    Read(Arc<dyn Any + Send + Sync>),
}

/// The items of a room within a stretch of time.
pub(crate) struct Stretch {
    times: RangeInclusive<Timestamp>,
    rows: Vec<(Arc<items::Labelled>, Head)>,
    made: Mutex<Option<Made>>,
}

/// What a room put together last, and of which items.
struct Made {
    of: Vec<ItemId>,
    it: Arc<dyn Any + Send + Sync>,
}

impl Lists<(JournalId, PersonId, &'static str), Stretch> {
    /// The items of a stretch with their heads, if all of it was read by this reader before and still holds.
    pub(crate) fn list<H: Send + Sync + 'static>(
        &self,
        access: &Access<'_>,
        (room, times): (&'static str, &RangeInclusive<Timestamp>),
        now: Timestamp,
        keep: &dyn Fn(&items::Labelled) -> bool,
    ) -> Option<Vec<items::Seen<H>>> {
        let kept = self.find(&(access.journal(), access.reader(), room), access, now)?;
        let Stretch { times: of, rows, .. } = &kept.list;
        if !of.contains(times.start()) || !of.contains(times.end()) {
            return None;
        }
        let mut found = Vec::with_capacity(rows.len());
        for (labelled, head) in rows.iter().filter(|(one, _)| times.contains(&one.place.sort_at)) {
            match head {
                _ if !keep(labelled) => {}
                Head::Shut => return None,
                Head::Empty => {}
                Head::Read(head) => found.push((Arc::clone(labelled), Arc::clone(head).downcast().ok()?)),
            }
        }
        Some(found)
    }

    /// Keeps what was read of a room.
    pub(crate) fn keep(
        &self,
        access: &Access<'_>,
        now: Timestamp,
        (room, times): (&'static str, RangeInclusive<Timestamp>),
        rows: Vec<(Arc<items::Labelled>, Head)>,
    ) {
        if rows.len() <= ROWS_OF_ROOM {
            let stretch = Stretch { times, rows, made: Mutex::default() };
            self.put((access.journal(), access.reader(), room), access, now, stretch);
        }
    }

    /// What is put together of these items: taken from memory if it was put together of the very same.
    pub(crate) fn made<M: Send + Sync + 'static>(
        &self,
        access: &Access<'_>,
        (room, of): (&'static str, Vec<ItemId>),
        now: Timestamp,
        put: impl FnOnce() -> M,
    ) -> Arc<M> {
        let Some(kept) = self.find(&(access.journal(), access.reader(), room), access, now) else {
            return Arc::new(put());
        };
        let last = || kept.list.made.lock().unwrap_or_else(PoisonError::into_inner);
        let same = last().as_ref().filter(|made| made.of == of).map(|made| Arc::clone(&made.it));
        if let Some(made) = same.and_then(|made| made.downcast().ok()) {
            return made;
        }
        let made = Arc::new(put());
        *last() = Some(Made { of, it: Arc::clone(&made) as Arc<dyn Any + Send + Sync> });
        made
    }
}
