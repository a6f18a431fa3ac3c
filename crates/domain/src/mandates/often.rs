//! How often somebody may turn to the same person. Counted by what was typed, whether or not there is anybody, and
//! whatever has become of it: so it may be told, and nobody is worn down by being asked again and again.

use super::AskRefusal;
use crate::time::Timestamp;

/// Open at a time, to the same.
const OPEN: usize = 3;
/// Asked within a month, of the same.
const ASKED: usize = 6;
/// Given within a month, to the same.
const GIVEN: usize = 10;
/// Given within a day, to anybody.
const GIVEN_A_DAY: usize = 20;

coded_enum! {
    /// Why another mandate cannot be given. Told, for it counts what was typed.
    pub enum GiveRefusal {
        /// Too often to this other.
        TooOften = "mandates.give.too_often",
        /// Too many within a day.
        TooManyToday = "mandates.give.too_many_today",
    }
}

/// A request or a mandate of the same person from before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Before {
    /// Whom it was to, as a hash of [`super::Named::addressee`]; nothing where nobody was named.
    pub addressee: Option<[u8; 32]>,
    /// When it was sent or signed.
    pub at: Timestamp,
    /// Whether something can still come of it.
    pub is_open: bool,
}

/// Whether the same person may be asked once more.
pub fn may_ask_again(before: &[Before], addressee: [u8; 32], now: Timestamp) -> Result<(), AskRefusal> {
    let same = || before.iter().filter(|one| one.addressee == Some(addressee));
    let often = same().filter(|one| one.at > now.plus_days(-30)).count() >= ASKED;
    if often || same().filter(|one| one.is_open).count() >= OPEN { Err(AskRefusal::TooOften) } else { Ok(()) }
}

/// Whether the same person may be given to once more.
pub fn may_give_again(before: &[Before], addressee: [u8; 32], now: Timestamp) -> Result<(), GiveRefusal> {
    let since = |days: i64| before.iter().filter(move |one| one.at > now.plus_days(-days));
    if since(1).count() >= GIVEN_A_DAY {
        return Err(GiveRefusal::TooManyToday);
    }
    let same = since(30).filter(|one| one.addressee == Some(addressee)).count();
    if same >= GIVEN { Err(GiveRefusal::TooOften) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    fn before(count: usize, to: u8, days: i64, is_open: bool) -> Vec<Before> {
        vec![Before { addressee: Some([to; 32]), at: NOW.plus_days(-days), is_open }; count]
    }

    #[test]
    fn who_is_asked_again_and_again_is_left_in_peace_for_a_month() {
        for (requests, answer) in [
            (before(2, 1, 20, true), Ok(())),
            (before(3, 1, 20, true), Err(AskRefusal::TooOften)),
            (before(3, 1, 40, true), Err(AskRefusal::TooOften)),
            (before(9, 2, 1, true), Ok(())),
            (before(5, 1, 29, false), Ok(())),
            (before(6, 1, 29, false), Err(AskRefusal::TooOften)),
            (before(6, 1, 30, false), Ok(())),
            ([before(4, 1, 3, false), before(2, 1, 3, true)].concat(), Err(AskRefusal::TooOften)),
        ] {
            assert_eq!(may_ask_again(&requests, [1; 32], NOW), answer, "{}", requests.len());
        }
    }

    #[test]
    fn gifts_are_counted_by_whom_they_are_to_and_by_the_day() {
        for (gifts, answer) in [
            (before(9, 1, 2, true), Ok(())),
            (before(10, 1, 29, false), Err(GiveRefusal::TooOften)),
            (before(10, 1, 30, true), Ok(())),
            (before(19, 2, 0, true), Ok(())),
            (before(20, 2, 0, false), Err(GiveRefusal::TooManyToday)),
            (before(20, 2, 1, false), Ok(())),
        ] {
            assert_eq!(may_give_again(&gifts, [1; 32], NOW), answer, "{}", gifts.len());
        }
    }
}
