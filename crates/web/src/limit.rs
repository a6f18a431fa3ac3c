//! How often one address may knock where guessing could pay: log-in and tokens. Counts are in memory, by
//! network address, and forgotten with the process.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::num::NonZeroU32;

/// Knocks a minute from one address.
const A_MINUTE: NonZeroU32 = NonZeroU32::MIN.saturating_add(59);

/// Counts knocks.
pub(crate) struct Limiter(DefaultKeyedRateLimiter<IpAddr>);

impl Default for Limiter {
    fn default() -> Self {
        Self(RateLimiter::keyed(Quota::per_minute(A_MINUTE)))
    }
}

impl Limiter {
    /// Whether this address may knock once more now.
    pub(crate) fn lets(&self, from: IpAddr) -> bool {
        // Forgets addresses that have been quiet: memory stays bounded by one minute's callers.
        if self.0.len() > 100_000 {
            self.0.retain_recent();
        }
        self.0.check_key(&from).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_stopped_and_another_is_not() {
        let limiter = Limiter::default();
        let (one, other) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 2]));
        assert!((0..60).all(|_| limiter.lets(one)));
        assert!(!limiter.lets(one));
        assert!(limiter.lets(other));
    }
}
