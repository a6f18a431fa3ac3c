//! When to try again. A pure function: the randomness that keeps many nodes from trying at the same instant is
//! a parameter.

/// After so many tries without an answer a message waits for a person: about five days.
pub const MOST_ATTEMPTS: u32 = 16;

const MINUTE_MS: i64 = 60_000;
/// Never longer than this between two tries, so that an outage over night is over when it is over.
const LONGEST_MS: i64 = 12 * 60 * MINUTE_MS;

/// How long to wait, in milliseconds, after try number `attempts` (from 1) failed. Doubles from one minute up to
/// twelve hours; `jitter` (any number) takes off up to a quarter.
///
/// ```
/// use borgerportal_domain::notices::wait_ms;
/// assert_eq!(wait_ms(1, 0), 60_000);
/// assert_eq!(wait_ms(3, 0), 240_000);
/// assert!(wait_ms(3, 12_345) >= 180_000);
/// ```
#[must_use]
pub const fn wait_ms(attempts: u32, jitter: u32) -> i64 {
    let doublings = if attempts == 0 { 0 } else { attempts - 1 };
    let whole = if doublings < 10 { MINUTE_MS << doublings } else { LONGEST_MS };
    let whole = if whole > LONGEST_MS { LONGEST_MS } else { whole };
    // `jitter` as a share of 1024 parts of a quarter.
    let share = (jitter % 1_024) as i64;
    whole - whole * share / 4_096
}
