//! Which of two versions of one resource counts. The rule is a total order: a later version wins; at the
//! same time a deletion beats a withdrawal, a withdrawal beats an end, an end beats an active state, and the
//! content hash decides the rest. Whatever order reports arrive in, and however often, the largest wins, so
//! the end is the same. It refuses to look at arrival time.

use borgerportal_domain::Timestamp;

/// How strong a state is when two versions carry the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// In force, or has no states.
    Active = 0,
    /// Over by its own status.
    Ended = 1,
    /// `entered-in-error`: shall not be seen by anyone.
    Withdrawn = 2,
    /// Legally deleted: only id and time are left.
    Deleted = 3,
}

impl Rank {
    /// The number kept in a column.
    pub const fn number(self) -> i64 {
        self as i64
    }

    /// From the number in a column.
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            0 => Some(Self::Active),
            1 => Some(Self::Ended),
            2 => Some(Self::Withdrawn),
            3 => Some(Self::Deleted),
            _ => None,
        }
    }

    /// Whether anyone may still see it.
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Deleted)
    }
}

/// SHA-256 of what a resource says, without when it was sent.
pub type ContentHash = [u8; 32];

/// What decides between two versions. Ordered as the module says; keep all three in the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VersionStamp {
    /// From [`VersionStamp::at`] or [`VersionStamp::numbered`]; one comparable number.
    pub version: i64,
    /// Strength at equal version.
    pub rank: Rank,
    /// Last resort, and how equal content is recognised.
    pub hash: ContentHash,
}

/// Version numbers lie below every instant, so that a stated time always beats a bare number.
const NUMBERS_END: i64 = i64::MIN / 2;

impl VersionStamp {
    /// A version known by its time.
    pub fn at(time: Timestamp, rank: Rank, hash: ContentHash) -> Self {
        Self { version: time.millis().max(NUMBERS_END + 1), rank, hash }
    }

    /// A version known only by `meta.versionId`.
    pub fn numbered(number: u32, rank: Rank, hash: ContentHash) -> Self {
        Self { version: NUMBERS_END - i64::from(u32::MAX) + i64::from(number), rank, hash }
    }

    /// The time of the version, when it has one.
    pub fn time(&self) -> Option<Timestamp> {
        (self.version > NUMBERS_END).then(|| Timestamp::from_millis(self.version))
    }
}

/// What to do with a version that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It counts: store it, mark as changed.
    Replace,
    /// It is older than, or exactly, what is there: change nothing.
    KeepExisting,
    /// It says the same at a later time: put it in place of the old one, but silently: no mark of change, no
    /// notice, no new version. (The stamp must move, and so must what falls back on it, such as the place in
    /// lists; otherwise something would depend on the order of arrival.)
    Same,
}

/// Which of two versions of one resource counts.
pub fn newer(existing: &VersionStamp, incoming: &VersionStamp) -> Outcome {
    if incoming <= existing {
        Outcome::KeepExisting
    } else if incoming.rank == existing.rank && incoming.hash == existing.hash {
        Outcome::Same
    } else {
        Outcome::Replace
    }
}

/// Whether only rank or hash decided between two different contents: worth a line in the technical log.
pub fn is_tie(existing: &VersionStamp, incoming: &VersionStamp) -> bool {
    existing.version == incoming.version && existing.hash != incoming.hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stamp(at: i64, rank: Rank, hash: u8) -> VersionStamp {
        VersionStamp::at(Timestamp::from_millis(at), rank, [hash; 32])
    }

    fn settle(all: impl IntoIterator<Item = VersionStamp>) -> Option<VersionStamp> {
        all.into_iter().fold(None, |kept, incoming| match kept {
            None => Some(incoming),
            Some(existing) => match newer(&existing, &incoming) {
                Outcome::KeepExisting => Some(existing),
                Outcome::Replace | Outcome::Same => Some(incoming),
            },
        })
    }

    #[test]
    fn later_wins() {
        let (old, new) = (stamp(1, Rank::Ended, 9), stamp(2, Rank::Active, 1));
        assert_eq!(newer(&old, &new), Outcome::Replace);
        assert_eq!(newer(&new, &old), Outcome::KeepExisting);
    }

    #[test]
    fn a_retraction_with_the_same_time_wins_whichever_comes_first() {
        let (said, withdrawn) = (stamp(1, Rank::Active, 9), stamp(1, Rank::Withdrawn, 1));
        assert_eq!(newer(&said, &withdrawn), Outcome::Replace);
        assert_eq!(newer(&withdrawn, &said), Outcome::KeepExisting);
        assert!(is_tie(&said, &withdrawn));
    }

    #[test]
    fn withdrawn_comes_back_only_by_something_strictly_newer() {
        let withdrawn = stamp(5, Rank::Withdrawn, 1);
        assert_eq!(newer(&withdrawn, &stamp(4, Rank::Active, 9)), Outcome::KeepExisting);
        assert_eq!(newer(&withdrawn, &stamp(5, Rank::Active, 9)), Outcome::KeepExisting);
        assert_eq!(newer(&withdrawn, &stamp(6, Rank::Active, 9)), Outcome::Replace);
    }

    #[test]
    fn equal_content_later_only_moves_the_stamp() {
        assert_eq!(newer(&stamp(1, Rank::Active, 1), &stamp(2, Rank::Active, 1)), Outcome::Same);
        assert_eq!(newer(&stamp(2, Rank::Active, 1), &stamp(2, Rank::Active, 1)), Outcome::KeepExisting);
        // A at 1, B at 2, A again at 3: A counts, in every order.
        let (a1, b2, a3) = (stamp(1, Rank::Active, 1), stamp(2, Rank::Active, 2), stamp(3, Rank::Active, 1));
        assert_eq!(settle([a1, b2, a3]), settle([a1, a3, b2]));
        assert_eq!(settle([a3, a1, b2]), Some(a3));
    }

    #[test]
    fn a_time_beats_a_number() {
        let number = |n| VersionStamp::numbered(n, Rank::Withdrawn, [9; 32]);
        assert!(number(1) < number(2));
        assert!(number(u32::MAX) < stamp(i64::MIN, Rank::Active, 0));
        assert_eq!(number(3).time(), None);
        assert_eq!(stamp(-5, Rank::Active, 0).time(), Some(Timestamp::from_millis(-5)));
    }

    fn any_stamp() -> impl Strategy<Value = VersionStamp> {
        (0i64..4, 0i64..4, 0u8..3, any::<bool>()).prop_map(|(at, rank, hash, timed)| {
            let rank = Rank::from_number(rank).unwrap();
            if timed {
                stamp(at, rank, hash)
            } else {
                VersionStamp::numbered(u32::try_from(at).unwrap(), rank, [hash; 32])
            }
        })
    }

    proptest! {
        #[test]
        fn every_permutation_and_repetition_ends_in_the_same_state(
            stamps in prop::collection::vec(any_stamp(), 1..8),
            shuffled in any::<prop::sample::Index>(),
            turns in 0usize..8,
        ) {
            let end = settle(stamps.clone());
            let mut other = stamps.clone();
            other.reverse();
            other.rotate_left(turns % stamps.len());
            let at = shuffled.index(stamps.len());
            other.swap(0, at);
            prop_assert_eq!(settle(other.clone()), end);
            other.extend(stamps.clone());
            prop_assert_eq!(settle(other), end);
            prop_assert_eq!(end, stamps.into_iter().max());
        }

        #[test]
        fn exactly_one_of_two_different_versions_wins(a in any_stamp(), b in any_stamp()) {
            let wins = |x: &VersionStamp, y: &VersionStamp| newer(y, x) != Outcome::KeepExisting;
            prop_assert_eq!(wins(&a, &b) ^ wins(&b, &a), a != b);
        }

        #[test]
        fn joining_is_associative(a in any_stamp(), b in any_stamp(), c in any_stamp()) {
            let join = |x, y| settle([x, y]).unwrap();
            prop_assert_eq!(join(join(a, b), c), join(a, join(b, c)));
        }
    }
}
