//! Until when a visit may be cancelled: so many working days before, at a clock time. The day of the visit is not
//! counted, and no deadline lies after the visit has begun. It refuses to know which days a municipality keeps closed.

use super::Slot;
use crate::time::{Holidays, Timestamp, copenhagen_at, copenhagen_end_of, working_days_before};

/// How many working days before: 0 to 30.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "u16")]
pub struct WorkingDays(u16);

impl WorkingDays {
    /// What most municipalities ask for.
    pub const USUAL: Self = Self(3);

    /// The number.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for WorkingDays {
    type Error = &'static str;

    fn try_from(days: u16) -> Result<Self, Self::Error> {
        if days <= 30 { Ok(Self(days)) } else { Err("write a number of working days from 0 to 30") }
    }
}

/// The clock hour on the last day: 1 to 24, and 24 is the end of that day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "u16")]
pub struct CutOff(i8);

impl CutOff {
    /// The whole last day counts.
    pub const END_OF_DAY: Self = Self(24);
}

impl TryFrom<u16> for CutOff {
    type Error = &'static str;

    fn try_from(hour: u16) -> Result<Self, Self::Error> {
        let hour = i8::try_from(hour).ok().filter(|hour| (1..=24).contains(hour));
        hour.map(Self).ok_or("write an hour from 1 to 24")
    }
}

/// The rule for one type of visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancelRule {
    /// So many working days before.
    pub days: WorkingDays,
    /// Until this hour.
    pub cut_off: CutOff,
    /// What the municipality keeps closed.
    pub holidays: Holidays,
}

impl CancelRule {
    /// The first instant at which it is too late.
    ///
    /// ```
    /// use borgerportal_domain::calendar::{CancelRule, CutOff, Slot, WorkingDays};
    /// use borgerportal_domain::time::{Date, Holidays, copenhagen, copenhagen_at};
    /// let rule = CancelRule {
    ///     days: WorkingDays::USUAL,
    ///     cut_off: CutOff::END_OF_DAY,
    ///     holidays: Holidays::default(),
    /// };
    /// // The Monday after Christmas: the 24th, the 25th and the weekend do not count.
    /// let monday = copenhagen_at(Date::constant(2026, 12, 28).at(9, 0, 0, 0));
    /// let visit = Slot { from: monday, until: None, whole_day: false };
    /// let last_day = copenhagen(rule.ends_at(&visit).plus_millis(-1)).date();
    /// assert_eq!(last_day, Date::constant(2026, 12, 21));
    /// ```
    #[must_use]
    pub fn ends_at(&self, visit: &Slot) -> Timestamp {
        let last_day = working_days_before(visit.day(), self.days.0, &self.holidays);
        let at = if self.cut_off == CutOff::END_OF_DAY {
            copenhagen_end_of(last_day)
        } else {
            copenhagen_at(last_day.at(self.cut_off.0, 0, 0, 0))
        };
        at.min(visit.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Date, copenhagen, copenhagen_date, days_after};
    use jiff::civil::date;
    use proptest::prelude::*;

    fn rule(days: u16, hour: u16) -> CancelRule {
        let days = WorkingDays::try_from(days).unwrap();
        CancelRule { days, cut_off: CutOff::try_from(hour).unwrap(), holidays: Holidays::default() }
    }

    fn visit(day: Date, hour: i8) -> Slot {
        let from = copenhagen_at(day.at(hour, 30, 0, 0));
        Slot { from, until: Some(from.plus_minutes(30)), whole_day: false }
    }

    /// As a person would say it: the last day, and the clock if it is not the whole of it.
    fn said(rule: CancelRule, visit: &Slot) -> String {
        let end = rule.ends_at(visit);
        let clock = copenhagen(end);
        if clock.hour() == 0 && clock.minute() == 0 {
            format!("{} all day", copenhagen_date(end.plus_millis(-1)))
        } else {
            format!("{} {:02}:{:02}", clock.date(), clock.hour(), clock.minute())
        }
    }

    #[test]
    fn the_last_chance_as_the_calendar_says_it() {
        let saturdays =
            CancelRule { holidays: Holidays { saturday_works: true, ..Holidays::default() }, ..rule(3, 24) };
        let open_eve =
            CancelRule { holidays: Holidays { christmas_eve: false, ..Holidays::default() }, ..rule(3, 24) };
        for (what, rule, day, expected) in [
            ("an ordinary Wednesday", rule(3, 24), date(2025, 11, 26), "2025-11-21 all day"),
            ("over a weekend", rule(3, 24), date(2025, 11, 25), "2025-11-20 all day"),
            ("a visit on a Sunday", rule(3, 24), date(2025, 11, 30), "2025-11-26 all day"),
            ("at noon", rule(3, 12), date(2025, 11, 26), "2025-11-21 12:00"),
            ("Saturdays count", saturdays, date(2025, 11, 25), "2025-11-21 all day"),
            ("the Monday after Christmas", rule(3, 24), date(2026, 12, 28), "2026-12-21 all day"),
            ("the 24th is open here", open_eve, date(2026, 12, 28), "2026-12-22 all day"),
            ("the Tuesday after Easter", rule(3, 24), date(2026, 4, 7), "2026-03-30 all day"),
            ("after Ascension Day", rule(1, 24), date(2026, 5, 15), "2026-05-13 all day"),
            ("after New Year", rule(3, 12), date(2027, 1, 4), "2026-12-28 12:00"),
            ("after Constitution Day", rule(1, 24), date(2026, 6, 8), "2026-06-04 all day"),
            ("the same day until 7", rule(0, 7), date(2026, 11, 26), "2026-11-26 07:00"),
            ("the same day, never after it has begun", rule(0, 24), date(2026, 11, 26), "2026-11-26 10:30"),
            (
                "the last day is the one summer time begins on",
                CancelRule {
                    days: WorkingDays(1),
                    cut_off: CutOff(3),
                    holidays: Holidays { saturday_works: true, ..Holidays::default() },
                },
                date(2026, 3, 30),
                "2026-03-28 03:00",
            ),
        ] {
            assert_eq!(said(rule, &visit(day, 10)), expected, "{what}");
        }
    }

    #[test]
    fn a_cut_off_in_the_hour_that_is_left_out_or_comes_twice_is_one_instant() {
        // Sunday 29 March 2026 has no 02:00; on Sunday 25 October it comes twice, and the first counts.
        for (day, expected) in
            [(date(2026, 3, 29), "2026-03-29T01:00:00Z"), (date(2026, 10, 25), "2026-10-25T00:00:00Z")]
        {
            assert_eq!(rule(0, 2).ends_at(&visit(day, 10)).to_string(), expected);
        }
    }

    #[test]
    fn a_whole_day_may_be_called_off_until_it_begins_at_the_latest() {
        let from = copenhagen_at(date(2026, 11, 26).at(0, 0, 0, 0));
        let day = Slot { from, until: None, whole_day: true };
        assert_eq!(rule(0, 24).ends_at(&day), from);
    }

    #[test]
    fn numbers_out_of_reach_are_refused() {
        assert!(WorkingDays::try_from(31).is_err() && WorkingDays::try_from(30).is_ok());
        for (hour, fits) in [(0, false), (1, true), (24, true), (25, false), (300, false)] {
            assert_eq!(CutOff::try_from(hour).is_ok(), fits, "{hour}");
        }
    }

    proptest! {
        /// More days are never later, a later hour never earlier, and nothing ends after the visit has begun.
        #[test]
        fn deadlines_are_ordered(offset in 0i64..12_000, hour in 0i8..24, days in 0u16..30, cut in 1u16..24) {
            let visit = visit(days_after(date(2020, 1, 1), offset), hour);
            let end = rule(days, cut).ends_at(&visit);
            prop_assert!(end <= visit.from);
            prop_assert!(rule(days + 1, cut).ends_at(&visit) <= end);
            prop_assert!(rule(days, cut + 1).ends_at(&visit) >= end);
        }

        /// Between the last day and the visit lie exactly so many working days, the last day among them.
        #[test]
        fn that_many_working_days_are_left(offset in 0i64..12_000, days in 1u16..12) {
            let (visit, usual) = (visit(days_after(date(2020, 1, 1), offset), 9), Holidays::default());
            let last = copenhagen_date(rule(days, 24).ends_at(&visit).plus_millis(-1));
            let left = (0..).map(|more| days_after(last, more)).take_while(|day| *day < visit.day());
            prop_assert_eq!(left.filter(|day| usual.is_working_day(*day)).count(), usize::from(days));
            prop_assert!(usual.is_working_day(last));
        }
    }
}
