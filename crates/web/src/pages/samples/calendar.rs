//! Samples of the calendar: the week of the pictures, a day without visits, lists, calling off and what comes of it.

use super::super::calendar::{
    Again, CalendarPage, Call, CancelPage, Card, DayOf, FeedRow, FeedsPage, Mark, NewFeed, Offer,
    ReceiptPage, Told, View, VisitPage, WasThere,
};
use super::super::{Here, Rights};
use super::{TODAY, inger, item, journal, mette, parent};
use borgerportal_domain::Date;
use borgerportal_domain::calendar::Slot;
use borgerportal_domain::ids::FeedId;
use borgerportal_domain::time::{Timestamp, copenhagen_at, copenhagen_midnight};
use borgerportal_i18n::{Lang, Texts};

fn call() -> Call {
    Call { number: "12\u{a0}34\u{a0}56\u{a0}78".to_owned(), href: "tel:+4512345678".to_owned() }
}

fn slot(day: i8, hour: i8, minute: i8) -> Slot {
    let from = copenhagen_at(Date::constant(2025, 11, day).at(hour, minute, 0, 0));
    Slot { from, until: Some(from.plus_minutes(30)), whole_day: false }
}

fn until(day: i8) -> Timestamp {
    copenhagen_midnight(Date::constant(2025, 11, day))
}

/// A visit of home care on a day, that can be called off.
fn card(lang: Lang, number: u8, times: &str) -> Card {
    let texts = Texts::of(lang);
    Card {
        id: item(number),
        times: times.to_owned(),
        spoken: format!("25. november {times}"),
        what: texts.get("visit-personal_care").to_owned(),
        who: vec!["Hjemmeplejen Nord".to_owned()],
        mark: Mark::Nothing,
        lines: vec![texts.with("visit-until-day", &[("day", "fredag 21. november".into())])],
        call: false,
        offer: Offer::Cancel,
    }
}

fn days(lang: Lang) -> Vec<DayOf> {
    let texts = Texts::of(lang);
    let say = |key: &'static str| vec![texts.get(key).to_owned()];
    let nothing = |number, times: &str| Card { offer: Offer::Nothing, ..card(lang, number, times) };
    let by = texts.with("visit-off-by", &[("name", "Mette Holm".into()), ("day", "18. november".into())]);
    let mut week = vec![
        vec![Card { lines: say("visit-too-late"), call: true, ..nothing(1, "8.30–9.00") }],
        vec![
            Card { what: texts.get("visit-wound_care").to_owned(), ..card(lang, 2, "10.00–10.30") },
            Card { who: vec!["Træningscentret, Havnegade 4".to_owned()], ..card(lang, 3, "13.00–14.00") },
        ],
        vec![Card { lines: say("visit-by-phone"), call: true, ..nothing(4, "8.30–9.00") }],
        vec![Card { mark: Mark::Off, lines: vec![by], offer: Offer::Undo, ..card(lang, 5, "10.00–10.30") }],
        vec![
            Card {
                mark: Mark::Moved,
                lines: vec![texts.with("visit-before", &[("time", "8.30–9.00".into())])],
                ..card(lang, 6, "9.30–10.00")
            },
            Card { lines: say("visit-not-cancelled"), call: true, ..nothing(7, "11.00–12.00") },
        ],
        vec![],
        vec![Card {
            mark: Mark::OffThere, lines: say("visit-off-municipality"), ..nothing(8, "8.30–9.00")
        }],
    ];
    let dated = (24..).zip(week.drain(..));
    dated.map(|(day, cards)| DayOf { date: Date::constant(2025, 11, day), cards }).collect()
}

impl CalendarPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let own = Self {
            frame: inger(lang, Here::Calendar),
            journal: journal(),
            view: View::Week,
            anchor: Date::constant(2025, 11, 24),
            today: TODAY,
            days: days(lang),
            rule_days: 3,
            may_move: 30,
            may_act: true,
            call: call(),
            weeks: 8,
            more: None,
        };
        let over = |one: &DayOf| DayOf {
            date: one.date,
            cards: vec![Card { mark: Mark::Past, lines: vec![], ..card(lang, 9, "9.00–9.30") }],
        };
        let day = vec![DayOf { date: TODAY, cards: vec![] }];
        vec![
            ("relative", Self { frame: mette(lang, Here::Calendar, Rights::ReadAndAct), ..own.clone() }),
            (
                "reader",
                Self {
                    frame: mette(lang, Here::Calendar, Rights::Read),
                    may_act: false,
                    days: days(lang).into_iter().map(only_to_read).collect(),
                    ..own.clone()
                },
            ),
            ("parent", Self { frame: parent(lang, Here::Calendar, false), rule_days: 1, ..own.clone() }),
            (
                "day",
                Self { view: View::Day, anchor: TODAY, days: day, may_move: 0, rule_days: 0, ..own.clone() },
            ),
            ("coming", Self { view: View::Coming, more: Some(Date::constant(2025, 12, 29)), ..own.clone() }),
            ("nothing", Self { view: View::Coming, days: vec![], ..own.clone() }),
            ("past", Self { view: View::Past, days: own.days.iter().map(over).collect(), ..own.clone() }),
            ("past-nothing", Self { view: View::Past, days: vec![], ..own.clone() }),
            ("typical", own),
        ]
    }
}

fn only_to_read(mut day: DayOf) -> DayOf {
    for card in &mut day.cards {
        card.offer = Offer::Nothing;
    }
    day
}

impl VisitPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let texts = Texts::of(lang);
        let own = Self {
            frame: inger(lang, Here::Calendar),
            journal: journal(),
            card: card(lang, 2, "10.00–10.30"),
            slot: slot(25, 10, 0),
            today: TODAY,
            who: "Sygeplejerske, Sygeplejen Nord".to_owned(),
            place: "Træningscentret, Havnegade 4".to_owned(),
            reason: String::new(),
            deadline: Some(texts.with(
                "visit-deadline-line",
                &[("day", "torsdag 20. november".into()), ("clock", "kl. 24.00".into())],
            )),
            tried: None,
            errand: "019aa000-0000-7000-8000-0000000000aa".to_owned(),
            call: call(),
        };
        let off = Card { mark: Mark::Off, offer: Offer::Undo, ..own.card.clone() };
        let there = Card {
            mark: Mark::OffThere,
            lines: vec![texts.get("visit-off-municipality").to_owned()],
            offer: Offer::Nothing,
            ..own.card.clone()
        };
        let late = Card {
            lines: vec![texts.get("visit-too-late").to_owned()],
            call: true,
            offer: Offer::Nothing,
            ..own.card.clone()
        };
        let tried =
            |card: &Card, was| Self { card: card.clone(), tried: Some(was), deadline: None, ..own.clone() };
        vec![
            ("off", Self { card: off.clone(), ..own.clone() }),
            (
                "already",
                Self {
                    frame: mette(lang, Here::Calendar, Rights::ReadAndAct),
                    ..tried(&off, WasThere::Other("Bent Holm".to_owned()))
                },
            ),
            ("already-me", tried(&off, WasThere::Me)),
            ("there", Self { reason: "Sygdom hos os".to_owned(), ..tried(&there, WasThere::Municipality) }),
            ("late", tried(&late, WasThere::Closed(texts.of_code("calendar.too_late").unwrap_or_default()))),
            ("typical", own),
        ]
    }
}

impl CancelPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let own = Self {
            frame: inger(lang, Here::Calendar),
            journal: journal(),
            id: item(2),
            slot: slot(25, 10, 0),
            what: Texts::of(lang).get("visit-wound_care").to_owned(),
            who: "Sygeplejerske".to_owned(),
            place: String::new(),
            until: until(21),
            own_words: "",
            series: vec![],
            note: String::new(),
            most: 200,
            too_long: false,
            errand: "019aa000-0000-7000-8000-0000000000aa".to_owned(),
            call: call(),
        };
        let again = |number, day, ticked| Again { id: item(number), slot: slot(day, 10, 0), ticked };
        vec![
            (
                "series",
                Self {
                    frame: mette(lang, Here::Calendar, Rights::ReadAndAct),
                    series: vec![again(10, 26, true), again(11, 28, false)],
                    own_words: "Afmelder du i god tid, kan du få rengøringen en anden dag.",
                    until: copenhagen_at(Date::constant(2025, 11, 20).at(12, 0, 0, 0)),
                    place: "Træningscentret, Havnegade 4".to_owned(),
                    ..own.clone()
                },
            ),
            ("error", Self { too_long: true, note: "<b>xyz".repeat(40), ..own.clone() }),
            ("typical", own),
        ]
    }
}

impl ReceiptPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let own = Self {
            frame: inger(lang, Here::Calendar),
            journal: journal(),
            id: item(2),
            what: Texts::of(lang).get("visit-wound_care").to_owned(),
            slots: vec![slot(25, 10, 0)],
            undone: false,
            by: String::new(),
            at: copenhagen_at(Date::constant(2025, 11, 20).at(9, 12, 0, 0)),
            number: "F-7Q2K-9BXM".to_owned(),
            note: "Jeg er hos lægen".to_owned(),
            told: Told::Waiting,
            undo_until: Some(until(21)),
            errand: "019aa000-0000-7000-8000-0000000000aa".to_owned(),
            today: TODAY,
            call: call(),
        };
        let relative = Self { frame: mette(lang, Here::Calendar, Rights::ReadAndAct), ..own.clone() };
        vec![
            (
                "many",
                Self {
                    slots: vec![slot(25, 10, 0), slot(28, 10, 0)],
                    told: Told::Arrived,
                    ..relative.clone()
                },
            ),
            ("undone", Self { undone: true, undo_until: None, note: String::new(), ..own.clone() }),
            (
                "failed",
                Self { told: Told::Failed, undo_until: None, by: "Mette Holm".to_owned(), ..own.clone() },
            ),
            ("relative", relative),
            ("typical", own),
        ]
    }
}

impl FeedsPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let feed = |number, read_on, words| FeedRow {
            id: FeedId::from_bytes([number; 16]),
            made_on: Date::constant(2025, 11, 3),
            read_on,
            words,
        };
        let own = Self {
            frame: inger(lang, Here::Calendar),
            journal: journal(),
            feeds: vec![feed(1, Some(TODAY), false), feed(2, None, true)],
            closed: None,
            new: NewFeed::Nothing,
            errand: "019aa000-0000-7000-8000-0000000000aa".to_owned(),
        };
        let made = NewFeed::Made("https://portal.example/kalender/hemmelig.ics".to_owned());
        vec![
            ("empty", Self { feeds: vec![], ..own.clone() }),
            ("made", Self { new: made, ..own.clone() }),
            ("made-before", Self { new: NewFeed::MadeBefore, ..own.clone() }),
            ("shut", Self { new: NewFeed::Shut, ..own.clone() }),
            (
                "parent",
                Self {
                    frame: parent(lang, Here::Calendar, false),
                    feeds: vec![],
                    closed: Texts::of(lang).of_code("calendar.feed_needs_log_in"),
                    ..own.clone()
                },
            ),
            ("typical", own),
        ]
    }
}
