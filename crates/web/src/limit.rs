//! How often one caller may knock: an address where guessing could pay (log-in and tokens), a record system where
//! it could keep people waiting, a caseworker's system that asks about mandates. Counts are in memory and forgotten with
//! the process; each node counts for itself, so that two nodes let through twice as much.

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;

/// Knocks a minute from one address.
const A_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(59);
/// Callers that are remembered before those who have been quiet are forgotten.
const MANY: usize = 100_000;

/// Counts knocks of callers who are told apart by `K`.
pub(crate) struct Limiter<K: Clone + Eq + Hash>(DefaultKeyedRateLimiter<K>);

impl Default for Limiter<IpAddr> {
    fn default() -> Self {
        Self::a_minute(A_MINUTE)
    }
}

impl<K: Clone + Eq + Hash> Limiter<K> {
    /// So many a minute, all at once if the caller likes.
    pub(crate) fn a_minute(most: NonZeroU32) -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(most)))
    }

    /// Whether this caller may knock once more now.
    pub(crate) fn lets(&self, from: &K) -> bool {
        self.wait_s(from).is_none()
    }

    /// After how many seconds this caller may knock again, if not now; at least one.
    pub(crate) fn wait_s(&self, from: &K) -> Option<u64> {
        // Forgets callers who have been quiet: memory stays bounded by one minute's callers.
        if self.0.len() > MANY {
            self.0.retain_recent();
        }
        let refused = self.0.check_key(from).err()?;
        Some(refused.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_stopped_and_another_is_not() {
        let limiter = Limiter::default();
        let (one, other) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        assert!((0..60).all(|_| limiter.lets(&one)));
        assert!(!limiter.lets(&one));
        assert!(limiter.lets(&other));
    }

    #[test]
    fn who_is_stopped_hears_for_how_long() {
        let limiter = Limiter::a_minute(NonZeroU32::MIN.saturating_add(1));
        let knock = |who: &str| limiter.wait_s(&who.to_owned());
        assert_eq!([knock("nexus"), knock("nexus")], [None, None]);
        // Two a minute: the next place is free within half a minute, and the wait is never nothing.
        assert!(knock("nexus").is_some_and(|seconds| (1..=31).contains(&seconds)));
        assert_eq!(knock("columna"), None, "each has its own count");
    }
}
