//! The rules of correction as a small machine in memory: deliveries go in, in any order and however often,
//! and the same state comes out. The store does the same with rows; this one is the reference that its tests,
//! and ours, compare with. It refuses to be fast or to last.

use std::collections::BTreeMap;

use borgerportal_domain::Cpr;

use crate::delivery::{Delivery, Incoming, Source};
use crate::documents::{self, Remaining};
use crate::order::{Outcome, Rank, VersionStamp, newer};
use crate::people::{Journal, JournalWord, settle};

/// All records of one municipality and sender.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    kept: BTreeMap<Source, Kept>,
    /// The newest deletion of each thing, also after something newer has come.
    deleted: BTreeMap<Source, i64>,
    words: BTreeMap<(Cpr, String), JournalWord>,
}

/// What is known of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The version that counts.
    pub stamp: VersionStamp,
    /// Whose it is; nobody's when only a deletion is known.
    pub owner: Option<Cpr>,
    /// The content; nothing after a deletion.
    pub item: Option<Incoming>,
}

/// What applying a delivery did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not known before.
    pub new: usize,
    /// Replaced what was there.
    pub updated: usize,
    /// Said nothing new, or was older.
    pub same: usize,
}

/// Applies deliveries in this order.
pub fn fold<'d>(deliveries: impl IntoIterator<Item = &'d Delivery>) -> State {
    let mut state = State::default();
    for delivery in deliveries {
        state.apply(delivery);
    }
    state
}

impl State {
    /// Applies one delivery.
    pub fn apply(&mut self, delivery: &Delivery) -> Counts {
        let mut counts = Counts::default();
        for citizen in &delivery.citizens {
            for word in &citizen.words {
                let key = (citizen.cpr.clone(), word.patient.clone());
                let counts_more = self.words.get(&key).is_none_or(|kept| word.stamp > kept.stamp);
                if counts_more {
                    self.words.insert(key, word.clone());
                }
            }
            for item in &citizen.items {
                let kept =
                    Kept { stamp: item.stamp, owner: Some(citizen.cpr.clone()), item: Some(item.clone()) };
                self.put(&item.source, kept, &mut counts);
            }
        }
        for deletion in &delivery.deletions {
            for source in &deletion.sources {
                let at = self.deleted.entry(source.clone()).or_insert(i64::MIN);
                *at = deletion.stamp.version.max(*at);
                let kept = Kept { stamp: deletion.stamp, owner: None, item: None };
                self.put(source, kept, &mut counts);
            }
        }
        counts
    }

    fn put(&mut self, source: &Source, incoming: Kept, counts: &mut Counts) {
        let Some(existing) = self.kept.get_mut(source) else {
            counts.new += 1;
            self.kept.insert(source.clone(), incoming);
            return;
        };
        match newer(&existing.stamp, &incoming.stamp) {
            Outcome::KeepExisting => counts.same += 1,
            Outcome::Same => {
                counts.same += 1;
                *existing = incoming;
            }
            Outcome::Replace => {
                counts.updated += 1;
                *existing = incoming;
            }
        }
    }

    /// Everything that is known, by source.
    pub fn kept(&self) -> impl Iterator<Item = (&Source, &Kept)> {
        self.kept.iter()
    }

    /// What is known of one source.
    pub fn get(&self, source: &Source) -> Option<&Kept> {
        self.kept.get(source)
    }

    /// What all words about a citizen come to.
    pub fn journal(&self, cpr: &Cpr) -> Journal {
        settle(self.words.iter().filter(|((owner, _), _)| owner == cpr).map(|(_, word)| word))
    }

    /// What may still be seen of a citizen, by source.
    pub fn seen<'s>(&'s self, cpr: &'s Cpr) -> impl Iterator<Item = &'s Incoming> {
        self.kept
            .values()
            .filter(move |kept| kept.owner.as_ref() == Some(cpr) && !kept.stamp.rank.is_gone())
            .filter_map(|kept| kept.item.as_ref())
    }

    /// The documents of a citizen as they are read now: without parts that were withdrawn or deleted, or that
    /// turned out to be another citizen's. A copy that is not newer than a deletion does not come back when
    /// the part itself does.
    pub fn documents(&self, cpr: &Cpr) -> Vec<(Source, Remaining)> {
        let without = |item: &Incoming| {
            let gone = item.parts.iter().filter(|part| self.is_gone(part, cpr, item.stamp.version));
            documents::without(item, &gone.cloned().collect::<Vec<_>>())
        };
        self.seen(cpr)
            .filter(|item| item.document.is_some())
            .filter_map(|item| Some((item.source.clone(), without(item)?)))
            .collect()
    }

    /// Whether a part may not stand in this citizen's document of that time.
    fn is_gone(&self, part: &Source, cpr: &Cpr, written: i64) -> bool {
        let now = self.kept.get(part);
        let elsewhere = |kept: &Kept| kept.owner.as_ref().is_some_and(|owner| owner != cpr);
        now.is_some_and(|kept| kept.stamp.rank >= Rank::Withdrawn || elsewhere(kept))
            || self.deleted.get(part).is_some_and(|at| *at >= written)
    }
}
