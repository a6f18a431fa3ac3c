//! Days and times of visits in words. What the calendar and the pages of one visit share.

use borgerportal_domain::calendar::Slot;
use borgerportal_domain::time::{Timestamp, copenhagen};
use borgerportal_i18n::{Date, DayStyle, Lang, Texts};

/// "torsdag"
#[must_use]
pub fn weekday(lang: Lang, day: Date) -> String {
    let all = lang.day_as(day, DayStyle::Weekday).to_string();
    all.split(' ').next().unwrap_or_default().to_owned()
}

/// "tirs.", 25, "nov.": the tile beside a visit.
#[must_use]
pub fn tile(lang: Lang, day: Date) -> (String, i8, String) {
    let short = |text: &str| text.chars().take(3).collect::<String>();
    (short(&weekday(lang, day)), day.day(), short(&lang.day_as(day, DayStyle::Month).to_string()))
}

/// "20. november"
#[must_use]
pub fn short(lang: Lang, day: Date) -> String {
    lang.day_as(day, DayStyle::NoYear).to_string()
}

/// "torsdag 20. november"
#[must_use]
pub fn day(lang: Lang, day: Date) -> String {
    format!("{} {}", weekday(lang, day), short(lang, day))
}

/// "i dag, torsdag", or the day itself.
#[must_use]
pub fn day_from(lang: Lang, date: Date, today: Date) -> String {
    if date == today {
        Texts::of(lang).with("visit-today", &[("weekday", (&weekday(lang, date)).into())])
    } else {
        day(lang, date)
    }
}

/// "24.–30. november 2025", "29. september–5. oktober 2025"
#[must_use]
pub fn span(lang: Lang, first: Date, last: Date) -> String {
    let start = if first.year() != last.year() {
        lang.day(first).to_string()
    } else if first.month() != last.month() {
        short(lang, first)
    } else {
        format!("{}{}", first.day(), if lang == Lang::Da { "." } else { "" })
    };
    format!("{start}–{}", lang.day(last))
}

/// "10.00–10.30", or that the time is not agreed yet.
#[must_use]
pub fn times(lang: Lang, slot: &Slot) -> String {
    if slot.whole_day {
        return Texts::of(lang).get("visit-day-only").to_owned();
    }
    let from = copenhagen(slot.from).time();
    let later = slot.end() > slot.from;
    let words = if later { lang.clock_span(from, copenhagen(slot.end()).time()) } else { lang.clock(from) };
    words.to_string().trim_start_matches("kl. ").to_owned()
}

/// "tirsdag 25. november kl. 10.00–10.30"
#[must_use]
pub fn spoken(lang: Lang, slot: &Slot) -> String {
    spoken_at(lang, slot, &times(lang, slot))
}

/// The same, where its times are words already.
#[must_use]
pub fn spoken_at(lang: Lang, slot: &Slot, times: &str) -> String {
    let day = day(lang, slot.day());
    match (slot.whole_day, lang) {
        (true, _) => day,
        (false, Lang::Da) => format!("{day} kl. {times}"),
        (false, Lang::En) => format!("{day} {times}"),
    }
}

/// The last day before an end, and the clock time of the end. Midnight is the end of the day before it.
#[must_use]
pub fn until(lang: Lang, end: Timestamp) -> (Date, String) {
    let clock = copenhagen(end);
    if clock.hour() == 0 && clock.minute() == 0 {
        let words = if lang == Lang::Da { "kl. 24.00" } else { "24:00" };
        return (clock.date().yesterday().unwrap_or(Date::MIN), words.to_owned());
    }
    (clock.date(), lang.clock(clock.time()).to_string())
}

/// Whether an end is the end of a whole day.
#[must_use]
pub fn is_midnight(end: Timestamp) -> bool {
    let clock = copenhagen(end);
    clock.hour() == 0 && clock.minute() == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use borgerportal_domain::time::{copenhagen_at, copenhagen_midnight};
    use jiff::civil::date;

    #[test]
    fn spans_of_days() {
        for (first, last, da, en) in [
            (date(2025, 11, 24), date(2025, 11, 30), "24.–30. november 2025", "24–30 November 2025"),
            (
                date(2025, 9, 29),
                date(2025, 10, 5),
                "29. september–5. oktober 2025",
                "29 September–5 October 2025",
            ),
            (
                date(2025, 12, 29),
                date(2026, 1, 4),
                "29. december 2025–4. januar 2026",
                "29 December 2025–4 January 2026",
            ),
        ] {
            assert_eq!(
                (span(Lang::Da, first, last).as_str(), span(Lang::En, first, last).as_str()),
                (da, en)
            );
        }
    }

    #[test]
    fn times_of_visits_also_on_the_nights_the_clock_is_changed() {
        let slot = |day: Date, hour, minutes| {
            let from = copenhagen_at(day.at(hour, 30, 0, 0));
            Slot { from, until: Some(from.plus_minutes(minutes)), whole_day: false }
        };
        let said = |slot: &Slot| (times(Lang::Da, slot), times(Lang::En, slot));
        assert_eq!(said(&slot(date(2025, 11, 25), 9, 30)), ("9.30–10.00".into(), "9:30–10:00".into()));
        assert_eq!(times(Lang::Da, &slot(date(2026, 3, 29), 1, 60)), "1.30–3.30", "an hour is left out");
        assert_eq!(times(Lang::Da, &slot(date(2026, 10, 25), 1, 120)), "1.30–2.30", "an hour comes twice");
        let open = Slot { until: None, ..slot(date(2025, 11, 25), 9, 0) };
        assert_eq!(times(Lang::Da, &open), "9.30");
        assert_eq!(spoken(Lang::Da, &open), "tirsdag 25. november kl. 9.30");
        let day = Slot { from: copenhagen_midnight(date(2025, 11, 25)), until: None, whole_day: true };
        assert_eq!(spoken(Lang::En, &day), "Tuesday 25 November");
    }

    #[test]
    fn deadlines_in_words() {
        let noon = copenhagen_at(date(2025, 11, 21).at(12, 0, 0, 0));
        assert_eq!(until(Lang::Da, noon), (date(2025, 11, 21), "kl. 12.00".to_owned()));
        let end = copenhagen_midnight(date(2025, 11, 22));
        assert_eq!(until(Lang::Da, end), (date(2025, 11, 21), "kl. 24.00".to_owned()));
        assert!(is_midnight(end) && !is_midnight(noon));
        let today = date(2025, 11, 20);
        assert_eq!(day_from(Lang::Da, today, today), "i dag, torsdag");
        assert_eq!(day_from(Lang::En, date(2025, 11, 21), today), "Friday 21 November");
    }
}
