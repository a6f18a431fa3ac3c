//! Samples of the front page and the menu.

use super::super::{DocumentRow, FrontPage, MenuPage, NextVisit, Rights, RowMark, Until, Watcher};
use super::documents::row;
use super::{Here, TODAY, inger, item, journal, mette, parent};
use borgerportal_domain::Timestamp;
use borgerportal_domain::access::{BasisKind, Privilege, PrivilegeSet};
use borgerportal_domain::calendar::Slot;
use borgerportal_domain::documents::DocumentType;
use borgerportal_i18n::{Date, Lang};

/// A visit so many days from now, from nine to half past.
fn visit(number: u8, days: i64, what: &str) -> NextVisit {
    let from = Timestamp::from_seconds(1_763_625_600).plus_days(days);
    NextVisit {
        id: item(number),
        slot: Slot { from, until: Some(from.plus_minutes(30)), whole_day: false },
        what: what.to_owned(),
        who: "Hjemmeplejen Nord".to_owned(),
    }
}

/// What has come lately.
fn news() -> Vec<DocumentRow<'static>> {
    vec![
        row(
            1,
            "Såret ser pænere ud",
            DocumentType::Observation,
            "Hjemmesygeplejen",
            (2025, 11, 19),
            RowMark::Unread,
        ),
        row(
            2,
            "Brev om genoptræning",
            DocumentType::Letter,
            "Træningscentret",
            (2025, 11, 17),
            RowMark::Unread,
        ),
        row(
            3,
            "Udredning af fald",
            DocumentType::Assessment,
            "Visitation og hjælpemidler",
            (2025, 11, 3),
            RowMark::Corrected,
        ),
        row(
            4,
            "Ansøgning om støttestrømper",
            DocumentType::Application,
            "Visitation og hjælpemidler",
            (2025, 9, 21),
            RowMark::Nothing,
        ),
    ]
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
            visits: vec![
                visit(1, 0, "Sårpleje"),
                visit(2, 1, "Personlig pleje"),
                visit(3, 4, "Personlig pleje"),
            ],
            unread: 1,
            news: Some(news()),
            watchers: vec![watcher],
            parents: false,
            today: TODAY,
        };
        let other = |frame| Self { frame, first: "Mette", watchers: vec![], ..own.clone() };
        vec![
            (
                "empty",
                Self { news: Some(vec![]), visits: vec![], unread: 0, watchers: vec![], ..own.clone() },
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
