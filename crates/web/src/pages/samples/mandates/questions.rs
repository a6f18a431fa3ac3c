//! Samples of the questions: the page before them, each step right and wrong, the look at the end, the signature.

use super::super::TODAY;
use super::{DRAFT, JUNE, at, chosen, medicine, own, portal, right};
use crate::pages::mandates::{
    Area, At, Borgerservice, CheckPage, Continued, ElsewherePage, IntroPage, LastDay, PeriodStep, PersonStep,
    RightKind, RightsStep, SendingStep, SignPage, Signing, Step, Way,
};
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;

const BORGERSERVICE: Borgerservice<'static> = Borgerservice {
    place: "Fjordby Kommune",
    address: "Torvet 1, 3999 Fjordby",
    phone: "12345678",
    url: Some("https://www.fjordby.example/borgerservice"),
};

impl IntroPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let draft = |name: &str| Continued {
            href: format!("{DRAFT}/periode"),
            drop: format!("{DRAFT}/drop"),
            name: name.to_owned(),
            begun: TODAY,
        };
        let ask = Self {
            frame: own(lang, "Mette Holm"),
            way: Way::Ask,
            drafts: Vec::new(),
            borgerservice: None,
            answer_days: 30,
        };
        vec![
            ("ask", ask.clone()),
            ("give", Self { way: Way::Give, borgerservice: Some(BORGERSERVICE), ..ask.clone() }),
            ("drafts", Self { drafts: vec![draft("Inger Holm"), draft("")], ..ask }),
        ]
    }
}

impl ElsewherePage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        vec![("typical", Self { frame: own(lang, "Mette Holm"), there: "https://fuldmagt.nemlog-in.dk" })]
    }
}

impl PersonStep<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |at: At, full: &str, cpr: &str, address: &str| Self {
            frame: own(lang, "Mette Holm"),
            at,
            full: full.to_owned(),
            cpr: cpr.to_owned(),
            address: address.to_owned(),
        };
        let wrong = [("navn", "Skriv personens fulde navn"), ("cpr", "CPR-nummeret skal have 10 tal")];
        vec![
            ("ask", page(at(Way::Ask, Step::Person, &[]), "", "", "")),
            ("give", page(at(Way::Give, Step::Person, &[]), "", "", "")),
            ("error", page(at(Way::Ask, Step::Person, &wrong), "", "720543", "")),
            ("address", page(at(Way::Ask, Step::Person, &[]), "Inger <b>xyz", "", "Strandvej 8")),
        ]
    }
}

impl RightsStep<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let area = |title: &str, rights| Area { title: title.to_owned(), rights };
        let none = |rights: Vec<_>| {
            rights.into_iter().map(|one| crate::pages::mandates::Right { chosen: false, ..one }).collect()
        };
        let aids = || {
            vec![
                right(
                    6,
                    "Hjælpemidler – i alle kommuner",
                    RightKind::Act,
                    "Søge hjælpemidler digitalt",
                    false,
                ),
                right(
                    7,
                    "Hjælpemidler – i alle kommuner",
                    RightKind::Contact,
                    "Ringe og skrive om sagen",
                    false,
                ),
            ]
        };
        let health: Vec<_> = [portal(), medicine(), aids()].concat();
        let housing = vec![right(8, "Flytning", RightKind::Act, "Melde flytning", false)];
        let page = |at, rights| Self {
            frame: own(lang, "Mette Holm"),
            at,
            areas: vec![area("Sundhed og omsorg", rights), area("Bolig og flytning", housing.clone())],
        };
        let wrong = [("valg", "Vælg mindst én ting, du vil have lov til")];
        vec![
            ("typical", page(at(Way::Ask, Step::Rights, &[]), health.clone())),
            ("give", page(at(Way::Give, Step::Rights, &[]), health.clone())),
            ("error", page(at(Way::Ask, Step::Rights, &wrong), none(health))),
        ]
    }
}

pub(super) fn last_day(chosen: &str, typed: [&str; 3]) -> LastDay {
    LastDay {
        first_day: TODAY,
        fixed: vec![
            Date::constant(2026, 2, 19),
            Date::constant(2026, 11, 19),
            Date::constant(2027, 11, 19),
            Date::constant(2028, 11, 20),
        ],
        latest: Date::constant(2028, 11, 20),
        chosen: chosen.to_owned(),
        typed: typed.map(str::to_owned),
    }
}

impl PeriodStep<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |at, last_day| Self { frame: own(lang, "Mette Holm"), at, last_day };
        let none = [("periode", "Vælg, hvor længe fuldmagten skal gælde")];
        let date = [("dag", "Datoen findes ikke. Tjek dag og måned")];
        let own_day = last_day("own", ["30", "6", "2026"]);
        vec![
            ("typical", page(at(Way::Ask, Step::Period, &[]), last_day("2026-11-19", ["", "", ""]))),
            ("own", page(at(Way::Give, Step::Period, &[]), own_day)),
            ("error", page(at(Way::Ask, Step::Period, &none), last_day("", ["", "", ""]))),
            ("date", page(at(Way::Ask, Step::Period, &date), last_day("own", ["31", "juni", "2026"]))),
        ]
    }
}

impl SendingStep<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |faults, by_letter, only_letter| Self {
            frame: own(lang, "Mette Holm"),
            at: at(Way::Ask, Step::Sending, faults),
            by_letter,
            only_letter,
        };
        let wrong = [("sending-digital", "Vælg, hvordan anmodningen skal sendes")];
        vec![
            ("typical", page(&[], None, false)),
            ("letter", page(&[], Some(true), false)),
            ("only-letter", page(&[], None, true)),
            ("error", page(&wrong, None, false)),
        ]
    }
}

impl CheckPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |way| Self {
            frame: own(lang, "Mette Holm"),
            at: at(way, Step::Check, &[]),
            full: "Inger Holm".to_owned(),
            borgerservice: (way == Way::Give).then_some(BORGERSERVICE),
            known_by: vec!["CPR-nummer 720543-4007".to_owned(), "Strandvej 8, 3000 Helsingør".to_owned()],
            own: "Mette Holm".to_owned(),
            rights: chosen(),
            last_day: JUNE,
            by_letter: way == Way::Ask,
            sign: format!("{DRAFT}/underskriv"),
        };
        vec![("ask", page(Way::Ask)), ("give", page(Way::Give))]
    }
}

const TEXT: &str = "Anmodning om fuldmagt\n\nFra: Mette Holm\nTil: Inger Holm\n\nMette Holm beder om lov til at:\n\
    Borgerportalen – læse\nBorgerportalen – handle\n\nGælder til og med 30. juni 2026.";

impl SignPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |what, error| Self {
            frame: own(lang, "Inger Holm"),
            what,
            other: "Mette".to_owned(),
            text: TEXT,
            seal: "ab12".to_owned(),
            errand: "019aa500-0000-7000-8000-000000000001".to_owned(),
            action: "/fuldmagter/anmodning/019aa200-0000-7000-8000-000000000001/underskriv",
            back: "/fuldmagter",
            error,
        };
        vec![
            ("request", page(Signing::Request, false)),
            ("gift", page(Signing::Gift, false)),
            ("approval", page(Signing::Approval, false)),
            ("renewal", page(Signing::Renewal, false)),
            ("error", page(Signing::Approval, true)),
        ]
    }
}
