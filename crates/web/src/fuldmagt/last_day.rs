//! A last day as people write it: "30 6 2026", "30. juni 26". It takes every way of writing one day and refuses
//! days that do not exist; whether the day can be chosen, the rules know.

use crate::form::Fields;
use crate::pages::mandates::LastDay;
use borgerportal_domain::mandates::Periods;
use borgerportal_domain::time::Date;

/// What was answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Answered {
    /// A day.
    Day(Date),
    /// Nothing was chosen.
    Nothing,
    /// A day of one's own, without the day.
    Empty,
    /// A day that does not exist.
    NoSuchDay,
}

/// What the form says. `asked` is the day that "as asked for" means, where that can be chosen.
pub(crate) fn answered(fields: &Fields, asked: Option<Date>) -> Answered {
    match fields.get("periode") {
        Some("own") => own(typed(fields)),
        Some("asked") => asked.map_or(Answered::Nothing, Answered::Day),
        Some(day) => day.parse().map_or(Answered::Nothing, Answered::Day),
        None => Answered::Nothing,
    }
}

fn typed(fields: &Fields) -> [&str; 3] {
    ["dag", "maaned", "aar"].map(|name| fields.get(name).unwrap_or_default().trim())
}

fn own(typed: [&str; 3]) -> Answered {
    let [day, month, year] = typed.map(|text| text.trim_end_matches('.'));
    if [day, month, year].iter().all(|text| text.is_empty()) {
        return Answered::Empty;
    }
    let year = year.parse::<i16>().ok().map(|year| if (0..100).contains(&year) { 2000 + year } else { year });
    let read = || Date::new(year?, month_of(month)?, day.parse().ok()?).ok();
    read().map_or(Answered::NoSuchDay, Answered::Day)
}

/// A month as a number or by its first three letters, which are enough in both languages.
fn month_of(text: &str) -> Option<i8> {
    const DA: [&str; 12] =
        ["jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
    const EN: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start: String = text.chars().take(3).collect::<String>().to_lowercase();
    let named = || DA.iter().zip(EN).position(|(da, en)| *da == start || en == start);
    text.parse().ok().or_else(|| i8::try_from(named()? + 1).ok())
}

/// What the page shows before anything is answered: the day that was chosen the last time, or the usual one.
pub(crate) fn shown(periods: &Periods, first_day: Date, kept: Option<Date>) -> LastDay {
    let day = kept.unwrap_or(periods.usual);
    let fixed = periods.choices.contains(&day);
    let nothing = || [String::new(), String::new(), String::new()];
    let typed = || [day.day().to_string(), day.month().to_string(), day.year().to_string()];
    LastDay {
        first_day,
        fixed: periods.choices.clone(),
        latest: periods.longest,
        chosen: if fixed { day.to_string() } else { "own".to_owned() },
        typed: if fixed { nothing() } else { typed() },
    }
}

/// What the page shows again: exactly what was sent.
pub(crate) fn again(periods: &Periods, first_day: Date, fields: &Fields) -> LastDay {
    LastDay {
        first_day,
        fixed: periods.choices.clone(),
        latest: periods.longest,
        chosen: fields.get("periode").unwrap_or_default().to_owned(),
        typed: typed(fields).map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(body: &str) -> Answered {
        answered(&Fields::parse(body.as_bytes()), Some(Date::constant(2026, 12, 24)))
    }

    #[test]
    fn a_day_is_read_however_it_is_written() {
        for (day, month, year) in [
            ("30", "6", "2026"),
            ("30.", "06", "26"),
            (" 30 ", "juni", "2026"),
            ("30", "JUN", "2026"),
            ("30", "june.", "26"),
        ] {
            let body = format!("periode=own&dag={day}&maaned={month}&aar={year}");
            assert_eq!(sent(&body), Answered::Day(Date::constant(2026, 6, 30)), "{body}");
        }
        assert_eq!(sent("periode=own&dag=1&maaned=oct&aar=27"), Answered::Day(Date::constant(2027, 10, 1)));
        assert_eq!(sent("periode=own&dag=1&maaned=okt&aar=27"), Answered::Day(Date::constant(2027, 10, 1)));
    }

    #[test]
    fn a_day_that_is_none_is_told_apart_from_no_day() {
        for body in [
            "dag=31&maaned=6&aar=2026",
            "dag=30&maaned=2&aar=26",
            "dag=30",
            "dag=x&maaned=1&aar=26",
            "dag=1&maaned=13&aar=26",
            "dag=1&maaned=xyz&aar=26",
            "dag=1&maaned=1&aar=99999",
            "dag=0&maaned=1&aar=26",
        ] {
            assert_eq!(sent(&format!("periode=own&{body}")), Answered::NoSuchDay, "{body}");
        }
        assert_eq!(sent("periode=own"), Answered::Empty);
        assert_eq!(sent("periode=own&dag=+&maaned=.&aar="), Answered::Empty);
        assert_eq!(sent(""), Answered::Nothing);
        assert_eq!(sent("periode=soon"), Answered::Nothing);
    }

    #[test]
    fn fixed_choices_and_the_day_that_was_asked_for() {
        assert_eq!(sent("periode=2027-02-21&dag=1"), Answered::Day(Date::constant(2027, 2, 21)));
        assert_eq!(sent("periode=asked"), Answered::Day(Date::constant(2026, 12, 24)));
        assert_eq!(answered(&Fields::parse(b"periode=asked"), None), Answered::Nothing);
    }

    #[test]
    fn what_was_kept_is_shown_as_it_was_answered() {
        let (today, longest) = (Date::constant(2026, 11, 22), Date::constant(2027, 11, 21));
        let periods = Periods { usual: longest, longest, choices: vec![longest] };
        assert_eq!(shown(&periods, today, None).chosen, "2027-11-21");
        let own = shown(&periods, today, Some(Date::constant(2027, 1, 5)));
        assert_eq!((own.chosen.as_str(), own.typed), ("own", ["5", "1", "2027"].map(str::to_owned)));
    }
}
