//! Samples of the way in.

use super::super::{
    ChoiceOf, Lapsed, MunicipalityHit, MunicipalityNote, MunicipalityPage, PersonChoice, PersonsPage, Rights,
    RoleChoicePage, Searched, Until,
};
use super::{FMK, Here, inger, journal, mette, outside};
use borgerportal_domain::access::{RefusalCode, Role};
use borgerportal_domain::municipality::MUNICIPALITIES;
use borgerportal_i18n::{Date, Lang};

impl RoleChoicePage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |mandate_url| Self { frame: outside(lang), fmk_url: FMK, mandate_url };
        vec![("typical", page(Some("https://fuldmagt.nemlog-in.dk/"))), ("no-link", page(None))]
    }
}

impl MunicipalityPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |role, searched, hits| Self { frame: outside(lang), role, searched, hits };
        let hits = |start: &str, most: usize| -> Vec<MunicipalityHit<'static>> {
            let fits = MUNICIPALITIES.iter().filter(|one| one.name.starts_with(start)).take(most);
            fits.enumerate()
                .map(|(at, one)| MunicipalityHit {
                    code: one.code,
                    name: one.name,
                    note: match at {
                        0 => MunicipalityNote::LastUsed,
                        1 => MunicipalityNote::Here,
                        _ => MunicipalityNote::Elsewhere,
                    },
                })
                .collect()
        };
        vec![
            ("empty", page(Role::Citizen, Searched::Nothing, Vec::new())),
            ("last-used", page(Role::Relative, Searched::Nothing, hits("Hels", 1))),
            ("typical", page(Role::Relative, Searched::For("hel"), hits("H", 3))),
            ("nothing", page(Role::Parent, Searched::For("<b>xyz"), Vec::new())),
            ("crowded", page(Role::Relative, Searched::Everything, hits("", 98))),
        ]
    }
}

impl PersonsPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let before = super::super::Frame { journal: None, ..inger(lang, Here::Elsewhere) };
        let own = PersonChoice {
            journal: journal(),
            name: "Mette Holm",
            first: "Mette",
            of: ChoiceOf::Own,
            chosen: false,
        };
        let until = Until::Day(Date::constant(2026, 6, 30));
        let giver = |name, first, rights, until| PersonChoice {
            name,
            first,
            of: ChoiceOf::Giver { rights, until },
            ..own
        };
        let child = PersonChoice { name: "Emil Holm", first: "Emil", of: ChoiceOf::Child { age: 9 }, ..own };
        let ward = PersonChoice {
            name: "Karl Søe",
            first: "Karl",
            of: ChoiceOf::Ward { until: Until::Open },
            ..own
        };
        let mother = PersonChoice { chosen: true, ..giver("Inger Holm", "Inger", Rights::ReadAndAct, until) };
        let clock = Until::Clock(borgerportal_i18n::Time::constant(14, 30, 0, 0));
        let lapsed = |why, since| Lapsed { name: "Jens Holm", why, since };
        let plain = Self {
            frame: before,
            choices: vec![],
            lapsed: vec![],
            error: false,
            no_own: false,
            cancel: None,
        };
        let switch = Self {
            frame: mette(lang, Here::Elsewhere, Rights::ReadAndAct),
            choices: vec![own, mother, child, ward, giver("Åse Bo", "Åse", Rights::Read, clock)],
            lapsed: vec![
                lapsed(RefusalCode::MandateExpired, Some(Date::constant(2025, 9, 3))),
                lapsed(RefusalCode::MandateSuspended, None),
            ],
            cancel: Some("/p/019aa000-0000-7000-8000-000000000001/"),
            ..plain.clone()
        };
        vec![
            ("typical", Self { choices: vec![own, mother, child], ..plain.clone() }),
            ("switch", switch),
            ("error", Self { choices: vec![own, child], error: true, ..plain.clone() }),
            ("claim-over", Self { lapsed: vec![lapsed(RefusalCode::ClaimOver, None)], ..plain.clone() }),
            ("empty", Self { no_own: true, ..plain }),
        ]
    }
}
