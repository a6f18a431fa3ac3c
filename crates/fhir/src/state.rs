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

    /// The documents of a citizen as they are read now: without parts that were withdrawn or deleted.
    pub fn documents(&self, cpr: &Cpr) -> Vec<(Source, Remaining)> {
        let gone: Vec<Source> = self
            .kept
            .iter()
            .filter(|(_, kept)| kept.stamp.rank >= Rank::Withdrawn)
            .map(|(source, _)| source.clone())
            .collect();
        self.seen(cpr)
            .filter(|item| item.document.is_some())
            .filter_map(|item| Some((item.source.clone(), documents::without(item, &gone)?)))
            .collect()
    }
}
