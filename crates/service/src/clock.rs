//! The clock. Everything below takes the time as a parameter; this is where it comes from. The demo can move
//! it; the operator's build cannot.

use borgerportal_domain::time::Timestamp;
#[cfg(feature = "movable-clock")]
use std::sync::Arc;
#[cfg(feature = "movable-clock")]
use std::sync::atomic::{AtomicI64, Ordering};

/// Where the time comes from.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    #[cfg(feature = "movable-clock")]
    moved_ms: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// Now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    pub fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        let now = Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(0));
        #[cfg(feature = "movable-clock")]
        let now = now.plus_millis(self.moved_ms.load(Ordering::SeqCst));
        now
    }

    /// Moves the clock, forwards or back, for everybody who has a copy of it.
    #[cfg(feature = "movable-clock")]
    pub fn move_by(&self, millis: i64) {
        self.moved_ms.fetch_add(millis, Ordering::SeqCst);
    }

    /// Sets the clock to an instant, from which it runs on.
    #[cfg(feature = "movable-clock")]
    pub fn set(&self, to: Timestamp) {
        self.move_by(to.millis_since(self.now()));
    }
}
