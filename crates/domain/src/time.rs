//! Instants, dates and what lies between: Copenhagen days with their summer-time edges, and ages. Instants
//! are UTC; dates are what Danes read on a letter. It refuses to ask what time it is.

use std::sync::LazyLock;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

pub use jiff::civil::Date;

mod working_days;

pub use working_days::{
    Holidays, easter_sunday, is_public_holiday, working_day_from, working_days_after, working_days_before,
};

/// An instant: milliseconds since 1970-01-01T00:00:00Z.
///
/// ```
/// use borgerportal_domain::time::{Timestamp, copenhagen_date};
/// let new_year = Timestamp::from_millis(1_767_222_000_000);
/// assert_eq!(new_year.to_string(), "2025-12-31T23:00:00Z");
/// assert_eq!(copenhagen_date(new_year).to_string(), "2026-01-01");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

impl Timestamp {
    /// From milliseconds since the epoch.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// From whole seconds since the epoch, as tokens carry them. Absurd values end at the edge.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(SECOND))
    }

    /// Reads an RFC 3339 instant such as `2026-01-02T03:04:05.678+01:00`, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>().ok().map(|instant| Self(instant.as_millisecond()))
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// This instant and so many milliseconds more (or fewer).
    #[must_use]
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// This instant and so many seconds more.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        self.plus_millis(seconds.saturating_mul(SECOND))
    }

    /// This instant and so many minutes more.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_millis(minutes.saturating_mul(MINUTE))
    }

    /// This instant and so many times 24 hours more. For calendar days use dates.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_minutes(days.saturating_mul(24 * 60))
    }

    /// Milliseconds from `earlier` to this instant; negative when `earlier` is later.
    #[must_use]
    pub const fn millis_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The same instant in jiff's type; instants outside years −9999..9999 end at the edge.
    fn jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 {
            jiff::Timestamp::MIN
        } else {
            jiff::Timestamp::MAX
        })
    }
}

impl std::fmt::Display for Timestamp {
    /// RFC 3339 in UTC.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.jiff().fmt(f)
    }
}

/// Denmark's time zone, from the table built into the program: no file is read.
#[expect(clippy::expect_used, reason = "the zone is compiled in; without it nothing here can be right")]
static COPENHAGEN: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Copenhagen").expect("built-in time zone"));

/// What a clock on a Danish wall shows at this instant.
#[must_use]
pub fn copenhagen(at: Timestamp) -> DateTime {
    COPENHAGEN.to_datetime(at.jiff())
}

/// The date in Denmark at this instant.
#[must_use]
pub fn copenhagen_date(at: Timestamp) -> Date {
    copenhagen(at).date()
}

/// The first instant of this date in Denmark. A day is the half-open span from its own midnight to the
/// next day's, 23 or 25 hours long twice a year.
#[must_use]
pub fn copenhagen_midnight(date: Date) -> Timestamp {
    copenhagen_at(date.at(0, 0, 0, 0))
}

/// The instant of a clock time in Denmark. A time that the spring change leaves out counts as the same
/// span after the change; a time that occurs twice in autumn counts as the first.
#[must_use]
pub fn copenhagen_at(clock: DateTime) -> Timestamp {
    match COPENHAGEN.to_ambiguous_zoned(clock).compatible() {
        Ok(zoned) => Timestamp(zoned.timestamp().as_millisecond()),
        // Only the last hours of year 9999 and the first of −9999 have no instant.
        Err(_) if clock.year() > 0 => Timestamp(jiff::Timestamp::MAX.as_millisecond()),
        Err(_) => Timestamp(jiff::Timestamp::MIN.as_millisecond()),
    }
}

/// The instant when a right that is valid *to and including* this date ends: midnight after it.
#[must_use]
pub fn copenhagen_end_of(date: Date) -> Timestamp {
    date.tomorrow().map_or(Timestamp(jiff::Timestamp::MAX.as_millisecond()), copenhagen_midnight)
}

/// The date so many days later (or earlier).
///
/// ```
/// use borgerportal_domain::time::{Date, days_after};
/// assert_eq!(days_after(Date::constant(2028, 2, 28), 2), Date::constant(2028, 3, 1));
/// ```
#[must_use]
pub fn days_after(date: Date, days: i64) -> Date {
    // Farther than the calendar reaches is its edge; a span of more days than that cannot even be written.
    let days = days.clamp(-3_000_000, 3_000_000);
    date.saturating_add(jiff::Span::new().days(days))
}

/// Whole years on that day. A person born on 29 February turns on 1 March in ordinary years; before birth
/// the answer is negative.
#[must_use]
pub fn age_on(birth: Date, on: Date) -> i32 {
    let years = i32::from(on.year()) - i32::from(birth.year());
    let before_birthday = (on.month(), on.day()) < (birth.month(), birth.day());
    years - i32::from(before_birthday)
}

/// The day a person reaches that age: the birthday, or 1 March for those born on 29 February.
#[must_use]
pub fn birthday(birth: Date, age: i16) -> Date {
    let year = birth.year().saturating_add(age).min(9999);
    Date::new(year, birth.month(), birth.day()).or_else(|_| Date::new(year, 3, 1)).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    const HOUR: i64 = 60 * MINUTE;

    #[test]
    fn days_are_23_and_25_hours_long_at_the_edges_of_summer_time() {
        let length = |day: Date| copenhagen_end_of(day).millis_since(copenhagen_midnight(day));
        assert_eq!(length(date(2026, 3, 28)), 24 * HOUR);
        assert_eq!(length(date(2026, 3, 29)), 23 * HOUR);
        assert_eq!(length(date(2026, 10, 24)), 24 * HOUR);
        assert_eq!(length(date(2026, 10, 25)), 25 * HOUR);
        assert_eq!(length(date(2026, 12, 31)), 24 * HOUR);
    }

    #[test]
    fn midnights_differ_in_utc_between_winter_and_summer() {
        assert_eq!(copenhagen_midnight(date(2026, 1, 15)).to_string(), "2026-01-14T23:00:00Z");
        assert_eq!(copenhagen_midnight(date(2026, 7, 15)).to_string(), "2026-07-14T22:00:00Z");
        assert_eq!(copenhagen_midnight(date(1970, 1, 1)).to_string(), "1969-12-31T23:00:00Z");
    }

    #[test]
    fn a_clock_time_that_does_not_exist_or_exists_twice_has_one_answer() {
        assert_eq!(copenhagen_at(date(2026, 3, 29).at(2, 30, 0, 0)).to_string(), "2026-03-29T01:30:00Z");
        assert_eq!(copenhagen_at(date(2026, 10, 25).at(2, 30, 0, 0)).to_string(), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn the_edges_of_time_do_not_panic() {
        for millis in [i64::MIN, i64::MAX] {
            let at = Timestamp::from_millis(millis);
            let _ = (copenhagen_date(at), at.to_string(), at.plus_days(1), at.millis_since(Timestamp(7)));
        }
        let _ =
            (copenhagen_midnight(Date::MIN), copenhagen_midnight(Date::MAX), copenhagen_end_of(Date::MAX));
        assert_eq!(birthday(Date::MAX, i16::MAX), Date::MAX);
    }

    #[test]
    fn birthdays() {
        assert_eq!(age_on(date(2010, 6, 15), date(2025, 6, 14)), 14);
        assert_eq!(age_on(date(2010, 6, 15), date(2025, 6, 15)), 15);
        assert_eq!(age_on(date(2008, 2, 29), date(2026, 2, 28)), 17);
        assert_eq!(age_on(date(2008, 2, 29), date(2026, 3, 1)), 18);
        assert_eq!(age_on(date(2026, 1, 2), date(2026, 1, 1)), -1);
        assert_eq!(birthday(date(2008, 2, 29), 18), date(2026, 3, 1));
        assert_eq!(birthday(date(2008, 2, 29), 16), date(2024, 2, 29));
    }

    #[test]
    fn instants_read_as_they_are_written() {
        let at = Timestamp::parse("2026-01-02T03:04:05.678+01:00").unwrap();
        assert_eq!(at.to_string(), "2026-01-02T02:04:05.678Z");
        assert_eq!(Timestamp::parse(&at.to_string()), Some(at));
        assert_eq!(Timestamp::parse("2026-01-02"), None);
        assert_eq!(Timestamp::from_seconds(at.seconds()).plus_millis(678), at);
    }

    proptest! {
        #[test]
        fn midnight_is_the_first_instant_of_its_date(days in 0i32..60_000) {
            let day = date(1980, 1, 1) + days.days();
            let midnight = copenhagen_midnight(day);
            prop_assert_eq!(copenhagen_date(midnight), day);
            prop_assert_eq!(copenhagen_date(midnight.plus_millis(-1)), day.yesterday().unwrap());
            prop_assert_eq!(copenhagen_end_of(day), copenhagen_midnight(day.tomorrow().unwrap()));
        }

        #[test]
        fn a_person_is_exactly_as_old_as_the_birthday_says(
            born in 0i32..40_000, age in 0i16..110,
        ) {
            let birth = date(1900, 1, 1) + born.days();
            let day = birthday(birth, age);
            prop_assert_eq!(age_on(birth, day), i32::from(age));
            prop_assert_eq!(age_on(birth, day.yesterday().unwrap()), i32::from(age) - 1);
        }
    }
}
