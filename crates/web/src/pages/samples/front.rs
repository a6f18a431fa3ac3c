//! Samples of the front page and the menu.

use super::super::calendar::Call;
use super::super::messages::Mark;
use super::super::{FrontPage, Latest, MenuPage, NextVisit, Rights, RowMark, Until, Watcher};
use super::documents::row;
use super::{Here, TODAY, inger, item, journal, mette, parent};
use borgerportal_domain::access::{BasisKind, Privilege, PrivilegeSet};
use borgerportal_domain::calendar::Slot;
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::grants::{Deadline, Delivery, Recipient, SentBy};
use borgerportal_domain::{RequestId, Timestamp};
use borgerportal_i18n::{Date, Lang, Texts, phone, phone_href};

/// A visit so many days from now, from nine to half past.
fn visit(number: u8, days: i64, what: &str) -> NextVisit {
    let from = Timestamp::from_seconds(1_763_625_600).plus_days(days);
    NextVisit {
        id: item(number),
        slot: Slot { from, until: Some(from.plus_minutes(30)), whole_day: false },
        what: what.to_owned(),
        who: "Hjemmeplejen Nord".to_owned(),
        place: String::new(),
        lines: Vec::new(),
        call: None,
    }
}

/// The next of them, in words of this language: it is too late to call it off.
fn next(lang: Lang) -> NextVisit {
    let line = Texts::of(lang).get("visit-too-late").to_owned();
    let call = Call { number: phone("12345678"), href: phone_href("12345678") };
    let place = "Træningscentret, Havnegade 4".to_owned();
    NextVisit { place, lines: vec![line], call: Some(call), ..visit(1, 0, "Sårpleje") }
}

fn thread(number: u8, title: &'static str, (day, mark): (i8, Mark)) -> Latest<'static> {
    Latest::Thread {
        id: item(number),
        title,
        with: "Visitation og hjælpemidler".to_owned(),
        day: Date::constant(2025, 11, day),
        answer_by: (mark == Mark::Waits).then(|| Date::constant(2025, 11, 25)),
        mark,
    }
}

/// What waits for the citizen alone.
fn asked() -> Latest<'static> {
    Latest::Asked {
        id: RequestId::from_bytes([7; 16]),
        name: "Mette Holm",
        answer_by: Date::constant(2025, 12, 18),
    }
}

/// A decision that can be complained about, sent on this day.
fn running(title: &'static str, (month, day): (i8, i8)) -> Latest<'static> {
    let sent = Date::constant(2025, month, day);
    let delivery = Delivery { to: Recipient::Citizen, by: SentBy::DigitalPost, sent };
    Latest::Running { id: item(5), title, deadline: Deadline::of(delivery, 6) }
}

/// Documents alone.
fn documents() -> Vec<Latest<'static>> {
    let (here, other) = ("Træningscentret", "Visitation og hjælpemidler");
    vec![
        row(2, "Brev om genoptræning", DocumentType::Letter, here, (2025, 11, 17), RowMark::Unread),
        row(3, "Udredning af fald", DocumentType::Assessment, other, (2025, 11, 3), RowMark::Corrected),
        row(4, "Ansøgning om strømper", DocumentType::Application, "", (2024, 9, 21), RowMark::Nothing),
    ]
    .into_iter()
    .map(Latest::Document)
    .collect()
}

/// What anybody is told whose right covers it.
fn news() -> Vec<Latest<'static>> {
    let mut news = vec![running("Rengøring hver 14. dag", (11, 6))];
    news.push(thread(8, "Svar om støttestrømper", (19, Mark::Answered)));
    news.extend(documents().into_iter().take(2));
    news.push(thread(9, "Spørgsmål om rengøring", (18, Mark::Waits)));
    news
}

impl FrontPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let watcher = Watcher {
            name: "Mette Holm",
            basis: BasisKind::Mandate,
            rights: Rights::Read,
            until: Until::Day(Date::constant(2026, 6, 30)),
        };
        let own = Self {
            frame: inger(lang, Here::Front),
            journal: journal(),
            first: "Inger",
            reads: PrivilegeSet::all_reading(),
            visits: vec![next(lang), visit(2, 1, "Personlig pleje"), visit(3, 4, "Personlig pleje")],
            unread: 1,
            news: Some([vec![asked()], news()].concat()),
            watchers: vec![watcher],
            parents: false,
            today: TODAY,
        };
        let other =
            |frame| Self { frame, first: "Mette", watchers: vec![], news: Some(news()), ..own.clone() };
        vec![
            (
                "empty",
                Self { news: Some(vec![]), visits: vec![], unread: 0, watchers: vec![], ..own.clone() },
            ),
            (
                "quiet",
                Self { news: Some(documents()), visits: vec![visit(1, 0, "Bad")], unread: 0, ..own.clone() },
            ),
            (
                "last-day",
                Self {
                    news: Some(vec![running("Indkøb", (10, 23)), thread(8, "Et spørgsmål", (20, Mark::New))]),
                    visits: vec![],
                    ..own.clone()
                },
            ),
            ("youth", Self { watchers: vec![], parents: true, ..own.clone() }),
            (
                "narrow",
                Self {
                    news: None,
                    reads: PrivilegeSet::EMPTY.with(Privilege::ReadCalendar),
                    ..other(mette(lang, Here::Front, Rights::Read))
                },
            ),
            ("relative", other(mette(lang, Here::Front, Rights::ReadAndAct))),
            ("parent", other(parent(lang, Here::Front, false))),
            ("typical", own),
        ]
    }
}

impl MenuPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        vec![
            ("typical", Self { frame: inger(lang, Here::Menu) }),
            ("relative", Self { frame: mette(lang, Here::Menu, Rights::Read) }),
        ]
    }
}
