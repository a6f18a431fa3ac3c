//! Dates and clock times as people read them. Everything is a civil date or a civil time already:
//! which calendar day an instant falls on in Denmark is decided elsewhere, once, and handed in. The
//! values write themselves straight into a page without allocating.

use crate::Lang;
use jiff::civil::{Date, Time, Weekday};
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
    /// "november 2025" · "November 2025": where the day is not known
    Month,
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
        let is_tomorrow = today.tomorrow().is_ok_and(|day| day == date);
        match self {
            Self::Da if is_today => Some("i dag"),
            Self::Da if is_yesterday => Some("i går"),
            Self::Da if is_tomorrow => Some("i morgen"),
            Self::En if is_today => Some("today"),
            Self::En if is_yesterday => Some("yesterday"),
            Self::En if is_tomorrow => Some("tomorrow"),
            Self::Da | Self::En => None,
        }
    }
}

impl Day {
    /// Hands the words over in one piece, without allocating: lists hold dozens of dates, and the
    /// formatting machinery costs more than the digits.
    pub fn as_text<R>(&self, then: impl FnOnce(&str) -> R) -> R {
        let mut line = Line::default();
        if self.style == DayStyle::Weekday {
            line.push(weekday(self.lang, self.date));
            line.push(" ");
        }
        if self.style != DayStyle::Month {
            line.number(self.date.day().into());
            line.push(if self.lang == Lang::Da { ". " } else { " " });
        }
        line.push(month(self.lang, self.date));
        if self.style != DayStyle::NoYear {
            let year = i32::from(self.date.year());
            line.push(" ");
            line.number(year / 100);
            line.two_digits(year % 100);
        }
        then(line.text())
    }
}

impl Display for Day {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.as_text(|text| f.write_str(text))
    }
}

impl Display for Clock {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut line = Line::default();
        if self.lang == Lang::Da {
            line.push("kl. ");
        }
        self.time(&mut line, self.from);
        if let Some(to) = self.to {
            line.push("–");
            self.time(&mut line, to);
        }
        f.write_str(line.text())
    }
}

impl Clock {
    fn time(self, line: &mut Line, at: Time) {
        line.number(at.hour().into());
        line.push(if self.lang == Lang::Da { "." } else { ":" });
        line.two_digits(at.minute().into());
    }
}

/// Room for the longest date there is ("Wednesday 30 September 2025") with some to spare. What does
/// not fit is left out.
struct Line {
    bytes: [u8; 48],
    length: usize,
}

impl Default for Line {
    fn default() -> Self {
        Self { bytes: [0; 48], length: 0 }
    }
}

impl Line {
    fn push(&mut self, text: &str) {
        let end = self.length + text.len();
        if let Some(room) = self.bytes.get_mut(self.length..end) {
            room.copy_from_slice(text.as_bytes());
            self.length = end;
        }
    }

    /// 0 to 99, without a leading nought.
    fn number(&mut self, value: i32) {
        if value < 10 { self.digit(value) } else { self.two_digits(value) }
    }

    fn two_digits(&mut self, value: i32) {
        self.digit(value / 10);
        self.digit(value % 10);
    }

    fn digit(&mut self, value: i32) {
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        self.push(usize::try_from(value).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or("?"));
    }

    fn text(&self) -> &str {
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
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
    lang.weekday(date.weekday())
}

impl Lang {
    /// "mandag"
    #[must_use]
    pub fn weekday(self, day: Weekday) -> &'static str {
        const DA: [&str; 7] = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"];
        const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let names = if self == Self::Da { &DA } else { &EN };
        usize::try_from(day.to_monday_zero_offset()).ok().and_then(|at| names.get(at)).copied().unwrap_or("")
    }
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
        assert_eq!(Lang::Da.day_as(date(2021, 2, 1), DayStyle::Month).to_string(), "februar 2021");
        assert_eq!(Lang::En.day_as(date(2021, 2, 1), DayStyle::Month).to_string(), "February 2021");
        assert_eq!(Lang::Da.day(date(1909, 2, 9)).to_string(), "9. februar 1909");
    }

    #[test]
    fn clock_times() {
        assert_eq!(Lang::Da.clock(time(9, 5, 0, 0)).to_string(), "kl. 9.05");
        assert_eq!(Lang::En.clock(time(14, 0, 0, 0)).to_string(), "14:00");
        let span = Lang::Da.clock_span(time(10, 0, 0, 0), time(10, 30, 0, 0));
        assert_eq!(span.to_string(), "kl. 10.00–10.30");
    }

    /// Every day of a leap year, so every name of a month and of a weekday, in every style: whole, and each its own.
    #[test]
    fn no_date_is_cut_short_or_written_as_another() {
        for lang in Lang::ALL {
            let mut seen = std::collections::BTreeSet::new();
            let mut day = date(2028, 1, 1);
            while day.year() == 2028 {
                let full = lang.day(day).to_string();
                let weekday = lang.day_as(day, DayStyle::Weekday).to_string();
                let no_year = lang.day_as(day, DayStyle::NoYear).to_string();
                let month = lang.day_as(day, DayStyle::Month).to_string();
                assert_eq!(full, format!("{no_year} 2028"));
                assert!(
                    weekday.ends_with(&format!("day {full}")) || weekday.ends_with(&format!("dag {full}"))
                );
                assert!(full.ends_with(&month) && !full.contains('?') && !weekday.contains('?'), "{weekday}");
                assert!(seen.insert(weekday), "{full} stands for two days");
                day = day.tomorrow().unwrap();
            }
            assert_eq!(seen.len(), 366);
            let months = (1..=12).map(|month| lang.day_as(date(2028, month, 1), DayStyle::Month).to_string());
            assert_eq!(months.collect::<std::collections::BTreeSet<_>>().len(), 12);
            assert!(lang.day(date(9999, 12, 31)).to_string().ends_with("9999"));
        }
        let longest = Lang::En.day_as(date(2027, 9, 29), DayStyle::Weekday);
        assert_eq!(longest.to_string(), "Wednesday 29 September 2027");
    }

    #[test]
    fn every_minute_has_two_digits_and_danes_write_a_full_stop() {
        for (hour, minute) in [(0, 0), (0, 9), (7, 5), (9, 59), (10, 0), (23, 59)] {
            let at = time(hour, minute, 0, 0);
            assert_eq!(Lang::Da.clock(at).to_string(), format!("kl. {hour}.{minute:02}"));
            assert_eq!(Lang::En.clock(at).to_string(), format!("{hour}:{minute:02}"));
        }
        let night = Lang::En.clock_span(time(22, 30, 0, 0), time(0, 15, 0, 0));
        assert_eq!(night.to_string(), "22:30–0:15");
    }

    #[test]
    fn near_days() {
        let today = date(2026, 1, 1);
        assert_eq!(Lang::Da.near(today, today), Some("i dag"));
        assert_eq!(Lang::En.near(date(2025, 12, 31), today), Some("yesterday"));
        assert_eq!(Lang::Da.near(date(2026, 1, 2), today), Some("i morgen"));
        assert_eq!(Lang::Da.near(date(2026, 1, 3), today), None);
    }
}
