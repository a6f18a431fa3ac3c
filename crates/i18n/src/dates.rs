//! Dates and clock times as people read them. Everything is a civil date or a civil time already:
//! which calendar day an instant falls on in Denmark is decided elsewhere, once, and handed in. The
//! values write themselves straight into a page without allocating.

use crate::Lang;
use jiff::civil::{Date, Time};
use std::fmt::{self, Display, Formatter};

/// How much of a date is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayStyle {
    /// "14. november 2025" · "14 November 2025"
    Full,
    /// "torsdag 20. november 2025" · "Thursday 20 November 2025"
    Weekday,
    /// "17. november" · "17 November"
    NoYear,
}

/// A date in a language, ready to be written.
#[derive(Clone, Copy, Debug)]
pub struct Day {
    lang: Lang,
    date: Date,
    style: DayStyle,
}

/// A clock time, or a span of it, in a language: "kl. 10.00–10.30" · "10:00–10:30".
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    lang: Lang,
    from: Time,
    to: Option<Time>,
}

impl Lang {
    /// "14. november 2025"
    #[must_use]
    pub const fn day(self, date: Date) -> Day {
        Day { lang: self, date, style: DayStyle::Full }
    }

    /// The date in the wanted style.
    #[must_use]
    pub const fn day_as(self, date: Date, style: DayStyle) -> Day {
        Day { lang: self, date, style }
    }

    /// "kl. 10.00"
    #[must_use]
    pub const fn clock(self, at: Time) -> Clock {
        Clock { lang: self, from: at, to: None }
    }

    /// "kl. 10.00–10.30"
    #[must_use]
    pub const fn clock_span(self, from: Time, to: Time) -> Clock {
        Clock { lang: self, from, to: Some(to) }
    }

    /// "i dag" or "i går" when the day is that near, seen from `today`; else `None`.
    #[must_use]
    pub fn near(self, date: Date, today: Date) -> Option<&'static str> {
        let is_today = date == today;
        let is_yesterday = today.yesterday().is_ok_and(|day| day == date);
        match (self, is_today, is_yesterday) {
            (Self::Da, true, _) => Some("i dag"),
            (Self::Da, _, true) => Some("i går"),
            (Self::En, true, _) => Some("today"),
            (Self::En, _, true) => Some("yesterday"),
            _ => None,
        }
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.style == DayStyle::Weekday {
            f.write_str(weekday(self.lang, self.date))?;
            f.write_str(" ")?;
        }
        small(f, self.date.day())?;
        f.write_str(if self.lang == Lang::Da { ". " } else { " " })?;
        f.write_str(month(self.lang, self.date))?;
        if self.style == DayStyle::NoYear {
            return Ok(());
        }
        f.write_str(" ")?;
        small(f, self.date.year() / 100)?;
        two_digits(f, self.date.year() % 100)
    }
}

impl Display for Clock {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.lang == Lang::Da {
            f.write_str("kl. ")?;
        }
        self.time(f, self.from)?;
        if let Some(to) = self.to {
            f.write_str("–")?;
            self.time(f, to)?;
        }
        Ok(())
    }
}

impl Clock {
    fn time(self, f: &mut Formatter<'_>, at: Time) -> fmt::Result {
        small(f, at.hour())?;
        f.write_str(if self.lang == Lang::Da { "." } else { ":" })?;
        two_digits(f, at.minute())
    }
}

/// Pages hold dozens of dates, and the formatting machinery costs more than the digits: two at most.
fn small(f: &mut Formatter<'_>, value: impl Into<i32>) -> fmt::Result {
    let value = value.into();
    if value < 10 { digit(f, value) } else { two_digits(f, value) }
}

fn two_digits(f: &mut Formatter<'_>, value: impl Into<i32>) -> fmt::Result {
    let value = value.into();
    digit(f, value / 10)?;
    digit(f, value % 10)
}

fn digit(f: &mut Formatter<'_>, value: i32) -> fmt::Result {
    const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    f.write_str(usize::try_from(value).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or("?"))
}

fn month(lang: Lang, date: Date) -> &'static str {
    const DA: [&str; 12] = [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let names = if lang == Lang::Da { &DA } else { &EN };
    usize::try_from(date.month() - 1).ok().and_then(|at| names.get(at)).copied().unwrap_or("")
}

fn weekday(lang: Lang, date: Date) -> &'static str {
    const DA: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
    const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let names = if lang == Lang::Da { &DA } else { &EN };
    usize::try_from(date.weekday().to_monday_zero_offset())
        .ok()
        .and_then(|at| names.get(at))
        .copied()
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::DayStyle;
    use crate::Lang;
    use jiff::civil::{date, time};

    #[test]
    fn a_day_in_both_languages() {
        let day = date(2025, 11, 20);
        assert_eq!(Lang::Da.day(day).to_string(), "20. november 2025");
        assert_eq!(Lang::En.day(day).to_string(), "20 November 2025");
        assert_eq!(Lang::Da.day_as(day, DayStyle::Weekday).to_string(), "torsdag 20. november 2025");
        assert_eq!(Lang::En.day_as(day, DayStyle::Weekday).to_string(), "Thursday 20 November 2025");
        assert_eq!(Lang::Da.day_as(date(2025, 3, 1), DayStyle::NoYear).to_string(), "1. marts");
        assert_eq!(Lang::Da.day(date(1909, 2, 9)).to_string(), "9. februar 1909");
    }

    #[test]
    fn clock_times() {
        assert_eq!(Lang::Da.clock(time(9, 5, 0, 0)).to_string(), "kl. 9.05");
        assert_eq!(Lang::En.clock(time(14, 0, 0, 0)).to_string(), "14:00");
        let span = Lang::Da.clock_span(time(10, 0, 0, 0), time(10, 30, 0, 0));
        assert_eq!(span.to_string(), "kl. 10.00–10.30");
    }

    #[test]
    fn near_days() {
        let today = date(2026, 1, 1);
        assert_eq!(Lang::Da.near(today, today), Some("i dag"));
        assert_eq!(Lang::En.near(date(2025, 12, 31), today), Some("yesterday"));
        assert_eq!(Lang::Da.near(date(2026, 1, 2), today), None);
    }
}
