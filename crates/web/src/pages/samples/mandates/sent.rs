//! Samples of what comes after: receipts, answers, the list, one mandate, stopping and renewing.

use super::super::TODAY;
use super::questions::last_day;
use super::{ANSWER_BY, JUNE, chosen, mandate, medicine, own, portal, request};
use crate::pages::mandates::{
    AnswerPage, Closed, ClosedPage, Done, Fault, Happened, ItemRow, MandatePage, MandateRow, OverviewPage,
    PartPage, ReceiptOf, ReceiptPage, RenewPage, RequestRow, RightKind, SeePage, Seen, Shown, Side, State,
    StopPage, WithdrawPage,
};
use borgerportal_domain::mandates::{AnnulReason, Decided, SuspendReason};
use borgerportal_domain::time::Date;
use borgerportal_i18n::{Lang, Time};
use std::borrow::Cow;

impl ReceiptPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |of, full: &str, first: &str| Self {
            frame: own(lang, "Mette Holm"),
            of,
            number: "F-4K7M-9PQR".to_owned(),
            full: full.to_owned(),
            first: first.to_owned(),
            day: TODAY,
            time: Time::constant(11, 42, 0, 0),
            rights: chosen(),
            last_day: JUNE,
        };
        let asked = |by_letter, state| {
            page(
                ReceiptOf::Request { id: request(1), answer_by: ANSWER_BY, by_letter, state },
                "Inger Holm",
                "Inger",
            )
        };
        let id = mandate(1);
        vec![
            ("request", asked(false, State::WaitsForOther)),
            ("letter", asked(true, State::WaitsForOther)),
            ("lapsed", asked(false, State::Lapsed)),
            ("gift", page(ReceiptOf::Gift(id), "Mette Holm", "Mette")),
            ("approval", page(ReceiptOf::Approval(id), "Mette Holm", "Mette")),
            ("renewal", page(ReceiptOf::Renewal(id), "Mette Holm", "Mette")),
        ]
    }
}

impl AnswerPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let not = portal().into_iter().filter(|right| !right.chosen).chain(medicine()).collect();
        let page = Self {
            frame: own(lang, "Inger Holm"),
            id: request(1),
            full: "Mette Holm".to_owned(),
            first: "Mette".to_owned(),
            gets: chosen(),
            gets_not: not,
            last_day: JUNE,
            answer_by: ANSWER_BY,
            error: false,
        };
        vec![("typical", page.clone()), ("error", Self { error: true, ..page })]
    }
}

impl SeePage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let newest = vec![
            ("Såret ser pænere ud".to_owned(), Date::constant(2025, 11, 19)),
            ("Brev om <b>xyz".to_owned(), Date::constant(2025, 11, 17)),
        ];
        let page = |seen| Self {
            frame: own(lang, "Inger Holm"),
            id: request(1),
            first: "Mette".to_owned(),
            seen,
            unseen: vec!["Medicin".to_owned()],
        };
        let documents = |count, newest| Seen { area: "Dokumenter".to_owned(), count, newest };
        vec![
            ("typical", page(vec![documents(34, newest)])),
            ("none", page(vec![documents(0, Vec::new())])),
            ("contact", page(Vec::new())),
        ]
    }
}

impl PartPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |until, faults: &[(&'static str, &'static str)]| Self {
            frame: own(lang, "Inger Holm"),
            id: request(1),
            first: "Mette".to_owned(),
            rights: chosen(),
            until,
            faults: faults.iter().map(|(field, words)| fault(field, words)).collect(),
        };
        let wrong = [("valg", "Vælg mindst én ting, personen må"), ("dag", "Datoen findes ikke.")];
        vec![
            ("typical", page(last_day("asked", ["", "", ""]), &[])),
            ("error", page(last_day("own", ["32", "1", ""]), &wrong)),
        ]
    }
}

fn fault(field: &'static str, words: &'static str) -> Fault {
    Fault { field, words: Cow::Borrowed(words) }
}

impl ClosedPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |why| Self {
            frame: own(lang, "Inger Holm"),
            why,
            first: "Mette".to_owned(),
            full: "Mette Holm".to_owned(),
        };
        vec![
            ("declined", page(Closed::Declined)),
            ("approved", page(Closed::Approved)),
            ("taken-back", page(Closed::TakenBack)),
            ("lapsed", page(Closed::Lapsed)),
            ("registering", page(Closed::Registering)),
            ("ended", page(Closed::Ended)),
        ]
    }
}

fn asked(number: u8, full: &str, state: State) -> RequestRow {
    let full = full.to_owned();
    RequestRow { id: request(number), full, rights: chosen(), last_day: JUNE, answer_by: ANSWER_BY, state }
}

fn row(number: u8, full: &str, state: State) -> MandateRow {
    MandateRow {
        id: mandate(number),
        full: full.to_owned(),
        rights: chosen(),
        last_day: JUNE,
        state,
        since: (!state.is_live()).then_some(Date::constant(2025, 9, 3)),
        renewable: number == 2,
        stoppable: state.is_live(),
    }
}

impl OverviewPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let empty = Self {
            frame: own(lang, "Inger Holm"),
            shown: Shown::Given,
            counts: (0, 0),
            waiting: Vec::new(),
            asked: Vec::new(),
            rows: Vec::new(),
            newer: None,
            older: None,
            done: None,
            elsewhere: None,
            portal: "/velkommen",
        };
        let given = vec![
            row(1, "Mette Holm", State::Active),
            row(2, "Bo Holm", State::Suspended),
            row(3, "Jens Holm", State::StoppedByGiver),
            row(4, "Åse Bo", State::StoppedByHolder),
            row(5, "Poul Vang", State::Expired),
            row(6, "Ib Ravn", State::Replaced),
            row(7, "Ida Ravn", State::Ended),
        ];
        let received = Self {
            shown: Shown::Received,
            counts: (0, 21),
            asked: vec![asked(2, "Inger Holm", State::WaitsForOther), asked(3, "Poul Vang", State::Declined)],
            rows: (1..=20).map(|number| row(number, "Inger Holm", State::Active)).collect(),
            older: Some(2),
            ..empty.clone()
        };
        let waiting =
            vec![asked(1, "Mette Holm", State::WaitsForYou), asked(4, "Bo Holm", State::WaitsForYou)];
        let done = |done| Self { done: Some(done), ..empty.clone() };
        vec![
            ("typical", Self { counts: (2, 0), waiting, rows: given, ..empty.clone() }),
            ("crowded", received),
            ("kept", done(Done::Kept)),
            ("declined", done(Done::Declined)),
            ("taken-back", done(Done::TakenBack)),
            ("elsewhere", Self { elsewhere: Some("https://fuldmagt.nemlog-in.dk"), ..empty.clone() }),
            ("empty", empty),
        ]
    }
}

impl MandatePage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let items = |state| chosen().into_iter().map(|right| ItemRow { right, state }).collect::<Vec<_>>();
        let happened = |day, words: &str| Happened { day, words: words.to_owned() };
        let page = |side, state| Self {
            frame: own(lang, if side == Side::Giver { "Inger Holm" } else { "Mette Holm" }),
            id: mandate(1),
            side,
            full: if side == Side::Giver { "Mette Holm" } else { "Inger Holm" }.to_owned(),
            first: if side == Side::Giver { "Mette" } else { "Inger" }.to_owned(),
            state,
            decided: None,
            from: TODAY,
            last_day: JUNE,
            items: items(state),
            history: vec![happened(TODAY, "Der blev sagt ja til en anmodning.")],
            number: "F-4K7M-9PQR".to_owned(),
            stoppable: state.is_live(),
            renewable: false,
            stopped: false,
        };
        let decided = |state, decided| Self { decided: Some(decided), ..page(Side::Giver, state) };
        let paused =
            |review_on, overdue| Decided::Paused { reason: SuspendReason::Capacity, review_on, overdue };
        let mut part = page(Side::Giver, State::Active);
        part.items.extend(items(State::StoppedByGiver).into_iter().take(1));
        vec![
            ("giver", Self { renewable: true, ..page(Side::Giver, State::Active) }),
            ("holder", page(Side::Holder, State::Active)),
            ("part-stopped", Self { stopped: true, ..part }),
            ("stopped", Self { stopped: true, ..page(Side::Giver, State::StoppedByGiver) }),
            ("suspended", page(Side::Holder, State::Suspended)),
            ("planned", page(Side::Holder, State::Planned)),
            ("paused", decided(State::Suspended, paused(Date::constant(2026, 1, 31), false))),
            ("paused-too-long", decided(State::Suspended, paused(Date::constant(2025, 11, 3), true))),
            ("annulled", decided(State::Ended, Decided::Ended { reason: AnnulReason::Misuse })),
        ]
    }
}

impl StopPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |side, items, faults| Self {
            frame: own(lang, "Inger Holm"),
            id: mandate(1),
            side,
            first: "Mette".to_owned(),
            full: "Mette Holm".to_owned(),
            items,
            faults,
        };
        let wrong = vec![fault("alt", "Vælg, hvad du vil stoppe")];
        vec![
            ("giver", page(Side::Giver, chosen(), Vec::new())),
            ("holder", page(Side::Holder, Vec::new(), Vec::new())),
            ("error", page(Side::Giver, chosen(), wrong)),
        ]
    }
}

impl RenewPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |until, faults| Self {
            frame: own(lang, "Inger Holm"),
            id: mandate(1),
            first: "Mette".to_owned(),
            rights: chosen().into_iter().filter(|right| right.kind != RightKind::Contact).collect(),
            last_day: JUNE,
            until,
            faults,
        };
        let wrong = vec![fault("periode", "Vælg, hvor længe fuldmagten skal gælde")];
        vec![
            ("typical", page(last_day("2026-11-19", ["", "", ""]), Vec::new())),
            ("error", page(last_day("", ["", "", ""]), wrong)),
        ]
    }
}

impl WithdrawPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let full = "Inger Holm".to_owned();
        vec![("typical", Self { frame: own(lang, "Mette Holm"), id: request(1), full })]
    }
}
