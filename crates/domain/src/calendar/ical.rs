//! A calendar as other programs read it (iCalendar, RFC 5545): instants in UTC, so that no program needs our summer
//! time; a visit that was called off stays in it as cancelled, with a higher sequence, so that it goes from calendars
//! that have it. It refuses to choose words: what a visit is called there, the caller says.

use super::Slot;
use crate::time::{Date, Timestamp, copenhagen_date};
use std::fmt::Write as _;

/// Most bytes of a line, without its end.
const LINE: usize = 75;

/// A visit, as another program is told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for the same visit, always.
    pub uid: String,
    /// Counts up with every change of the visit.
    pub sequence: u32,
    /// When it was last changed.
    pub changed: Timestamp,
    /// When it is.
    pub slot: Slot,
    /// It is called off.
    pub cancelled: bool,
    /// What stands in the calendar.
    pub summary: String,
    /// Where; empty for nowhere in particular.
    pub place: String,
    /// What else there is to say; empty for nothing.
    pub description: String,
}

/// The whole file, made now. `name` is what a program calls the calendar.
#[must_use]
pub fn write(name: &str, now: Timestamp, events: &[Event]) -> String {
    let mut file = File(String::with_capacity(300 + 400 * events.len()));
    file.line("BEGIN", "VCALENDAR");
    file.line("VERSION", "2.0");
    file.line("PRODID", "-//Borgerportalen//Kalender//DA");
    file.line("CALSCALE", "GREGORIAN");
    file.line("METHOD", "PUBLISH");
    file.text("X-WR-CALNAME", name);
    // How often a program should ask again: in the newer and in the older way.
    file.line("REFRESH-INTERVAL;VALUE=DURATION", "PT4H");
    file.line("X-PUBLISHED-TTL", "PT4H");
    for event in events {
        file.event(event, now);
    }
    file.line("END", "VCALENDAR");
    file.0
}

struct File(String);

impl File {
    fn event(&mut self, event: &Event, now: Timestamp) {
        self.line("BEGIN", "VEVENT");
        self.line("UID", &event.uid);
        self.line("DTSTAMP", &utc(now));
        self.line("LAST-MODIFIED", &utc(event.changed));
        self.line("SEQUENCE", &event.sequence.to_string());
        if event.slot.whole_day {
            let day = event.slot.day();
            self.line("DTSTART;VALUE=DATE", &date(day));
            self.line("DTEND;VALUE=DATE", &date(day.tomorrow().unwrap_or(day)));
        } else {
            self.line("DTSTART", &utc(event.slot.from));
            // A program must not read an end that is no later than the beginning.
            if event.slot.end() > event.slot.from {
                self.line("DTEND", &utc(event.slot.end()));
            }
        }
        self.line("STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
        // Somebody who looks over a shoulder, or shares the calendar, reads no more than that one is busy.
        self.line("CLASS", "PRIVATE");
        self.line("TRANSP", if event.cancelled { "TRANSPARENT" } else { "OPAQUE" });
        self.text("SUMMARY", &event.summary);
        for (name, words) in [("LOCATION", &event.place), ("DESCRIPTION", &event.description)] {
            if !words.is_empty() {
                self.text(name, words);
            }
        }
        self.line("END", "VEVENT");
    }

    /// A value of free text: what has a meaning in the format is written so that it has none.
    fn text(&mut self, name: &str, words: &str) {
        let mut value = String::with_capacity(words.len());
        for letter in words.chars() {
            match letter {
                '\\' | ';' | ',' => value.extend(['\\', letter]),
                '\n' => value.push_str("\\n"),
                control if control.is_control() => {}
                letter => value.push(letter),
            }
        }
        self.line(name, &value);
    }

    /// A line, folded after 75 bytes: the next piece begins with a space. No letter is cut in two.
    fn line(&mut self, name: &str, value: &str) {
        let mut used = 0;
        let colon = std::iter::once(':');
        for letter in name.chars().chain(colon).chain(value.chars()) {
            if used + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(letter);
            used += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// `20251125T090000Z`
fn utc(at: Timestamp) -> String {
    let text = Timestamp::from_seconds(at.seconds()).to_string();
    text.chars().filter(|letter| !matches!(letter, '-' | ':')).collect()
}

/// `20251125`
fn date(day: Date) -> String {
    let mut text = String::with_capacity(8);
    // Writing into a String cannot fail.
    let _ = write!(text, "{:04}{:02}{:02}", day.year(), day.month(), day.day());
    text
}

/// How far back and ahead a calendar file reaches: what is long past fills no telephone.
#[must_use]
pub fn reach(now: Timestamp) -> (Date, Date) {
    let today = copenhagen_date(now);
    (crate::time::days_after(today, -28), crate::time::days_after(today, 182))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{copenhagen_at, copenhagen_midnight};
    use jiff::civil::date as on;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp::from_seconds(1_763_600_000);

    fn event(summary: &str) -> Event {
        let from = copenhagen_at(on(2025, 11, 25).at(10, 0, 0, 0));
        Event {
            uid: "0192d3a4-0000-7000-8000-0000000000ff@borgerportal.dk".to_owned(),
            sequence: 2,
            changed: Timestamp::parse("2025-11-18T08:01:02.345Z").unwrap(),
            slot: Slot { from, until: Some(from.plus_minutes(30)), whole_day: false },
            cancelled: false,
            summary: summary.to_owned(),
            place: String::new(),
            description: String::new(),
        }
    }

    /// The folded lines put together again, as RFC 5545 §3.1 says a reader does.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    fn value(file: &str, name: &str) -> Option<String> {
        let start = format!("{name}:");
        unfolded(file).into_iter().find_map(|line| line.strip_prefix(&start).map(str::to_owned))
    }

    #[test]
    fn a_visit_and_one_that_was_called_off() {
        let gone = Event { cancelled: true, sequence: 3, place: "Havnegade 4".to_owned(), ..event("Besøg") };
        insta::assert_snapshot!(write("Borgerportalen", NOW, &[event("Besøg"), gone]).replace("\r\n", "\n"));
    }

    #[test]
    fn summer_and_winter_stand_in_utc() {
        let of = |day| {
            let from = copenhagen_at(day);
            let slot = Slot { from, until: Some(from.plus_minutes(30)), whole_day: false };
            value(&write("", NOW, &[Event { slot, ..event("") }]), "DTSTART").unwrap()
        };
        assert_eq!(of(on(2026, 3, 28).at(10, 0, 0, 0)), "20260328T090000Z");
        assert_eq!(of(on(2026, 3, 29).at(10, 0, 0, 0)), "20260329T080000Z");
        assert_eq!(of(on(2026, 10, 25).at(10, 0, 0, 0)), "20261025T090000Z");
        let open = Event { slot: Slot { until: None, ..event("").slot }, ..event("") };
        assert_eq!(value(&write("", NOW, &[open]), "DTEND"), None, "an end is told where one is known");
    }

    #[test]
    fn a_day_without_a_time_is_a_day() {
        let slot = Slot { from: copenhagen_midnight(on(2026, 3, 29)), until: None, whole_day: true };
        let file = write("", NOW, &[Event { slot, ..event("") }]);
        assert_eq!(value(&file, "DTSTART;VALUE=DATE").as_deref(), Some("20260329"));
        assert_eq!(value(&file, "DTEND;VALUE=DATE").as_deref(), Some("20260330"));
    }

    proptest! {
        /// No text breaks out of its value, no line is longer than 75 bytes, and the words come back whole.
        #[test]
        fn any_words_stand_in_one_value(words in "[\\PC\\n\\r\\\\;,:\"]{0,120}") {
            let file = write(&words, NOW, &[Event { place: words.clone(), ..event(&words) }]);
            prop_assert!(file.split("\r\n").all(|line| line.len() <= LINE && !line.contains(['\r', '\n'])));
            prop_assert_eq!(file.matches("\r\nBEGIN:VEVENT\r\n").count(), 1);
            let back = value(&file, "SUMMARY").unwrap();
            let back = back.replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",").replace("\\\\", "\\");
            let plain: String = words.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
            // A backslash before an n of its own is told apart by its pair.
            if !plain.contains('\\') {
                prop_assert_eq!(back, plain);
            }
        }
    }
}
