//! The departments (fagområder) that people can write to: what each answers, when somebody is there, how soon it
//! promises to answer, whom to call when it cannot wait, and what it says while it is closed. It refuses two
//! departments of one code and hours that are none.

use serde::Deserialize;

use super::contact::Phone;
use crate::items::Area;
use crate::time::{Date, Holidays, working_days_after};
use jiff::civil::{DateTime, Time, Weekday};

/// All departments of a municipality, in its own order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<Department>")]
pub struct Departments(Vec<Department>);

impl Departments {
    /// In the municipality's order.
    pub fn iter(&self) -> impl Iterator<Item = &Department> {
        self.0.iter()
    }

    /// The one with this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Department> {
        self.0.iter().find(|one| one.code == code)
    }

    /// Whether nobody can be written to.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl TryFrom<Vec<Department>> for Departments {
    type Error = &'static str;

    fn try_from(all: Vec<Department>) -> Result<Self, Self::Error> {
        let twice = |(at, one): (usize, &Department)| all.iter().take(at).any(|other| other.code == one.code);
        if all.iter().enumerate().any(twice) {
            return Err("two departments have the same code");
        }
        Ok(Self(all))
    }
}

/// One department.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// What messages and record systems call it. Never changes; a department that is left out takes no new messages.
    #[serde(deserialize_with = "code")]
    pub code: String,
    /// Its name in Danish.
    pub name_da: String,
    /// Its name in English; the Danish one where it is left out.
    #[serde(default)]
    pub name_en: String,
    /// Which part of the help it belongs to.
    #[serde(default = "other")]
    pub area: Area,
    /// What to write about, in Danish.
    #[serde(default)]
    pub about_da: String,
    /// The same in English.
    #[serde(default)]
    pub about_en: String,
    /// When somebody is there.
    #[serde(default)]
    pub hours: Vec<Hours>,
    /// An answer is promised within so many working days.
    #[serde(default = "usual")]
    pub answer_days: u16,
    /// Whom to call when it cannot wait.
    #[serde(default)]
    pub acute_phone: Option<Phone>,
    /// When nobody is there for a while.
    #[serde(default)]
    pub closed: Option<Closed>,
}

fn code<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let code = String::deserialize(deserializer)?;
    let sane = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=40).contains(&code.len()) && code.bytes().all(sane) {
        Ok(code)
    } else {
        Err(serde::de::Error::custom(
            "write a code of small letters, digits and hyphens, such as \"home-nursing\"",
        ))
    }
}

const fn other() -> Area {
    Area::Other
}

const fn usual() -> u16 {
    5
}

impl Department {
    /// The day by which an answer is promised to what is sent on this day. The day it is sent on does not count, and
    /// neither do days on which the department is closed.
    #[must_use]
    pub fn answer_by(&self, sent_on: Date, holidays: &Holidays) -> Date {
        let from = match self.closed_on(sent_on) {
            Some(closed) => closed.until,
            None => sent_on,
        };
        let by = working_days_after(from, self.answer_days, holidays);
        match &self.closed {
            // Closed meanwhile: what is left of the days begins afterwards.
            Some(closed) if from < closed.from && closed.from <= by => {
                let passed = days_between(from, closed.from, *holidays);
                working_days_after(closed.until, self.answer_days.saturating_sub(passed), holidays)
            }
            Some(_) | None => by,
        }
    }

    /// What it says of a day on which nobody is there for a while.
    #[must_use]
    pub fn closed_on(&self, day: Date) -> Option<&Closed> {
        self.closed.as_ref().filter(|closed| (closed.from..=closed.until).contains(&day))
    }

    /// Whether somebody is there at this moment; nothing where the municipality has not said when.
    #[must_use]
    pub fn is_open(&self, at: DateTime, holidays: &Holidays) -> Option<bool> {
        if self.hours.is_empty() {
            return None;
        }
        let works = holidays.is_working_day(at.date()) && self.closed_on(at.date()).is_none();
        Some(works && self.hours.iter().any(|hours| hours.hold(at)))
    }
}

/// Working days after `from` and before `until`.
fn days_between(from: Date, until: Date, holidays: Holidays) -> u16 {
    let days = from.series(jiff::Span::new().days(1)).skip(1).take_while(|day| *day < until);
    u16::try_from(days.filter(|day| holidays.is_working_day(*day)).count()).unwrap_or(u16::MAX)
}

/// A stretch of the week with clock times.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Hours {
    /// First day.
    pub first: Weekday,
    /// Last day, not before the first in a week that begins on Monday.
    pub last: Weekday,
    /// From.
    pub from: Time,
    /// Until; nobody is there at this instant any more.
    pub until: Time,
}

impl Hours {
    fn hold(&self, at: DateTime) -> bool {
        let number = Weekday::to_monday_zero_offset;
        let day = number(at.date().weekday());
        (number(self.first)..=number(self.last)).contains(&day)
            && (self.from..self.until).contains(&at.time())
    }
}

const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

impl TryFrom<String> for Hours {
    type Error = &'static str;

    fn try_from(written: String) -> Result<Self, Self::Error> {
        const HINT: &str = "write hours such as \"monday-thursday 8.00-15.30\" or \"friday 8.00-13.00\"";
        let (days, times) = written.split_once(' ').ok_or(HINT)?;
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        let day = |name: &str| DAYS.iter().find(|(known, _)| *known == name).map(|(_, day)| *day).ok_or(HINT);
        let (from, until) = times.split_once('-').ok_or(HINT)?;
        let hours = Self {
            first: day(first)?,
            last: day(last)?,
            from: time(from).ok_or(HINT)?,
            until: time(until).ok_or(HINT)?,
        };
        let number = Weekday::to_monday_zero_offset;
        let forward = number(hours.first) <= number(hours.last) && hours.from < hours.until;
        if forward { Ok(hours) } else { Err(HINT) }
    }
}

/// "8.30"
fn time(written: &str) -> Option<Time> {
    let (hour, minute) = written.split_once('.')?;
    let two = |digits: &str| (digits.len() <= 2).then(|| digits.parse::<i8>().ok()).flatten();
    Time::new(two(hour)?, two(minute)?, 0, 0).ok()
}

/// A while in which nobody is there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenClosed")]
pub struct Closed {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// What it says meanwhile, in Danish; the portal's words where it is left out.
    pub da: String,
    /// The same in English.
    pub en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenClosed {
    from: toml::value::Datetime,
    until: toml::value::Datetime,
    #[serde(default)]
    da: String,
    #[serde(default)]
    en: String,
}

impl TryFrom<WrittenClosed> for Closed {
    type Error = &'static str;

    fn try_from(written: WrittenClosed) -> Result<Self, Self::Error> {
        let (from, until) =
            (super::publication::date(written.from)?, super::publication::date(written.until)?);
        if until < from {
            return Err("closed ends before it begins");
        }
        Ok(Self { from, until, da: written.da, en: written.en })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::municipality::Settings;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn read(text: &str) -> Result<Departments, (usize, String)> {
        let file = format!("municipality = \"0217\"\n{text}");
        Settings::from_toml(&file).map(|settings| settings.department).map_err(|no| (no.line, no.hint))
    }

    fn one(rest: &str) -> Department {
        let text = format!("[[department]]\ncode = \"nursing\"\nname_da = \"Hjemmesygeplejen\"\n{rest}");
        read(&text).unwrap().get("nursing").unwrap().clone()
    }

    #[test]
    fn a_department_needs_a_code_and_a_name() {
        let plain = one("");
        assert_eq!((plain.area, plain.answer_days, plain.acute_phone.is_none()), (Area::Other, 5, true));
        assert_eq!(
            plain.is_open(date(2026, 11, 20).at(10, 0, 0, 0), &Holidays::default()),
            None,
            "nobody has said when"
        );
        for (text, part) in [
            ("[[department]]\ncode = \"a\"\n", "name_da"),
            ("[[department]]\nname_da = \"A\"\n", "code"),
            ("[[department]]\ncode = \"Sygepleje\"\nname_da = \"A\"\n", "small letters"),
            (
                "[[department]]\ncode = \"a\"\nname_da = \"A\"\n\n[[department]]\ncode = \"a\"\nname_da = \"B\"\n",
                "same code",
            ),
            ("[[department]]\ncode = \"a\"\nname_da = \"A\"\nhours = [\"8-15\"]\n", "monday-thursday"),
            (
                "[[department]]\ncode = \"a\"\nname_da = \"A\"\nhours = [\"friday-monday 8.00-15.00\"]\n",
                "monday-thursday",
            ),
            (
                "[[department]]\ncode = \"a\"\nname_da = \"A\"\nhours = [\"monday 15.00-8.00\"]\n",
                "monday-thursday",
            ),
            (
                "[[department]]\ncode = \"a\"\nname_da = \"A\"\nhours = [\"monday 8.00-24.30\"]\n",
                "monday-thursday",
            ),
            (
                "[[department]]\ncode = \"a\"\nname_da = \"A\"\nclosed = { from = 2026-12-24, until = 2026-12-23 }\n",
                "before",
            ),
            ("[[department]]\ncode = \"a\"\nname_da = \"A\"\nclosed = { from = 2026-12-24 }\n", "until"),
            ("[[department]]\ncode = \"a\"\nname_da = \"A\"\nanswer = 2\n", "unknown field"),
        ] {
            let (line, hint) = read(text).unwrap_err();
            assert!(line >= 2 && hint.contains(part), "{text}: {line}: {hint}");
        }
    }

    #[test]
    fn somebody_is_there_on_working_days_within_the_hours() {
        let nursing = one(
            "hours = [\"monday-thursday 8.00-15.30\", \"friday 8.00-13.00\"]\nclosed = { from = 2026-12-28, until = 2026-12-30 }\n",
        );
        for (day, hour, minute, open) in [
            (date(2026, 11, 19), 7, 59, false),
            (date(2026, 11, 19), 8, 0, true),
            (date(2026, 11, 19), 15, 29, true),
            (date(2026, 11, 19), 15, 30, false),
            (date(2026, 11, 20), 13, 0, false),
            (date(2026, 11, 21), 10, 0, false),
            (date(2026, 12, 24), 10, 0, false),
            (date(2026, 12, 29), 10, 0, false),
            (date(2026, 12, 31), 10, 0, false),
            (date(2027, 1, 4), 10, 0, true),
        ] {
            let at = day.at(hour, minute, 0, 0);
            assert_eq!(nursing.is_open(at, &Holidays::default()), Some(open), "{at}");
        }
    }

    #[test]
    fn the_promise_counts_working_days_on_which_somebody_is_there() {
        let usual = Holidays::default();
        let two = one("answer_days = 2\n");
        for (sent, by) in [
            (date(2026, 11, 17), date(2026, 11, 19)),
            (date(2026, 11, 20), date(2026, 11, 24)),
            (date(2026, 11, 21), date(2026, 11, 24)),
            (date(2026, 12, 23), date(2026, 12, 29)),
        ] {
            assert_eq!(two.answer_by(sent, &usual), by, "{sent}");
        }
        let away = one("answer_days = 2\nclosed = { from = 2026-12-28, until = 2027-01-01 }\n");
        for (sent, by) in [
            (date(2026, 12, 21), date(2026, 12, 23)),
            (date(2026, 12, 22), date(2027, 1, 4)),
            (date(2026, 12, 23), date(2027, 1, 5)),
            (date(2026, 12, 29), date(2027, 1, 5)),
        ] {
            assert_eq!(away.answer_by(sent, &usual), by, "{sent}");
        }
    }

    proptest! {
        #[test]
        fn no_hours_make_it_panic(text in "[a-z0-9. -]{0,30}") {
            let _ = Hours::try_from(text);
        }

        #[test]
        fn an_answer_is_never_promised_for_a_day_on_which_nobody_is_there(offset in 0i32..800, days in 1u16..20) {
            let mut department = one("closed = { from = 2026-12-24, until = 2027-01-03 }\n");
            department.answer_days = days;
            let sent = date(2026, 1, 1) + jiff::Span::new().days(offset);
            let by = department.answer_by(sent, &Holidays::default());
            prop_assert!(by > sent);
            prop_assert!(Holidays::default().is_working_day(by) && department.closed_on(by).is_none());
        }
    }
}
