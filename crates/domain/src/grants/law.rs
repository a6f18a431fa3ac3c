//! The law a decision rests on, and what its sections are about in everyday words. It knows the sections that
//! municipalities decide by in this area and refuses to guess at any other: then only act and section are shown.

use super::Route;

coded_enum! {
    /// The act.
    pub enum Law {
        /// Lov om social service.
        Service = "serviceloven",
        /// Ældreloven: help to people of pension age from 1 July 2025.
        Elderly = "aeldreloven",
        /// Sundhedsloven.
        Health = "sundhedsloven",
        /// Barnets lov.
        Child = "barnets_lov",
        /// Another.
        Other = "other",
    }
}

impl Law {
    /// How one complains about a decision by this act (retssikkerhedsloven § 67). Home nursing and training after
    /// hospital go other ways with other times, which the decision itself tells.
    #[must_use]
    pub const fn route(self) -> Route {
        match self {
            Self::Service | Self::Elderly | Self::Child => Route::Municipality,
            Self::Health | Self::Other => Route::AsTheLetterSays,
        }
    }
}

coded_enum! {
    /// What a section is about; the key of its sentence in plain words.
    pub enum Meaning {
        /// Personal care, housework, food.
        HomeHelp = "home_help",
        /// A course of learning to manage more oneself.
        Reablement = "reablement",
        /// Relief for those who care, and short stays.
        Relief = "relief",
        /// Support in everyday life.
        SocialSupport = "social_support",
        /// Training after an illness without hospital.
        Training = "training",
        /// Training to keep what one can.
        Maintenance = "maintenance",
        /// Money for helpers one employs oneself.
        OwnHelpers = "own_helpers",
        /// Company outside the home.
        Companion = "companion",
        /// Sheltered work.
        ShelteredWork = "sheltered_work",
        /// Activity and company.
        Activity = "activity",
        /// A home for a time.
        TemporaryHome = "temporary_home",
        /// A home to stay in.
        LastingHome = "lasting_home",
        /// Aids.
        Aid = "aid",
        /// Consumer goods that help.
        Goods = "goods",
        /// A car.
        Car = "car",
        /// Changes to the home.
        HomeChanges = "home_changes",
        /// Extra costs of a disability.
        ExtraCosts = "extra_costs",
        /// Earnings lost by caring for a child.
        LostEarnings = "lost_earnings",
        /// The elder act's one course of help.
        ElderlyCourse = "elderly_course",
        /// Home nursing.
        Nursing = "nursing",
        /// Training after hospital.
        TrainingAfterHospital = "training_after_hospital",
        /// Prevention.
        Prevention = "prevention",
    }
}

/// Act and section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The act.
    pub law: Law,
    /// The section as the decision writes it, "§ 83, stk. 1, nr. 1"; may be empty.
    pub section: String,
}

impl Ground {
    /// What the section is about, if it is one of those known here.
    #[must_use]
    pub fn meaning(&self) -> Option<Meaning> {
        let section = Section::read(&self.section);
        let (number, letter) = section.map_or((0, None), |one| (one.number, one.letter));
        let meaning = match (self.law, number, letter) {
            (Law::Elderly, _, _) => Meaning::ElderlyCourse,
            (Law::Service, 83, None) => Meaning::HomeHelp,
            (Law::Service, 83, Some('a')) => Meaning::Reablement,
            (Law::Service, 84, None) => Meaning::Relief,
            (Law::Service, 85, None) => Meaning::SocialSupport,
            (Law::Service, 86, None) if section.is_some_and(|one| one.part == Some(2)) => {
                Meaning::Maintenance
            }
            (Law::Service, 86, None) => Meaning::Training,
            (Law::Service, 95 | 96, None) => Meaning::OwnHelpers,
            (Law::Service, 97, None) => Meaning::Companion,
            (Law::Service, 100, None) | (Law::Child, 86, None) => Meaning::ExtraCosts,
            (Law::Service, 103, None) => Meaning::ShelteredWork,
            (Law::Service, 104, None) => Meaning::Activity,
            (Law::Service, 107, None) => Meaning::TemporaryHome,
            (Law::Service, 108, None) => Meaning::LastingHome,
            (Law::Service, 112, None) => Meaning::Aid,
            (Law::Service, 113, None) => Meaning::Goods,
            (Law::Service, 114, None) => Meaning::Car,
            (Law::Service, 116, None) => Meaning::HomeChanges,
            (Law::Child, 87, None) => Meaning::LostEarnings,
            (Law::Health, 119, None) => Meaning::Prevention,
            (Law::Health, 138, None) => Meaning::Nursing,
            (Law::Health, 140, None) => Meaning::TrainingAfterHospital,
            _ => return None,
        };
        Some(meaning)
    }
}

/// The parts of "§ 83 a, stk. 2, nr. 1" that tell sections apart here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Section {
    number: u16,
    letter: Option<char>,
    part: Option<u16>,
}

impl Section {
    fn read(text: &str) -> Option<Self> {
        let (head, rest) = text.split_once(',').unwrap_or((text, ""));
        let head = head.trim().trim_start_matches('§').trim_start();
        let digits = head.bytes().take_while(u8::is_ascii_digit).count();
        let (number, letter) = head.split_at_checked(digits)?;
        let mut letters = letter.trim().chars();
        let letter = letters.next().map(|one| one.to_ascii_lowercase());
        if letters.next().is_some() || letter.is_some_and(|one| !one.is_ascii_lowercase()) {
            return None;
        }
        let part = rest.split(',').find_map(|piece| piece.trim().strip_prefix("stk."));
        Some(Self {
            number: number.parse().ok()?,
            letter,
            part: part.and_then(|part| part.trim().parse().ok()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn meaning(law: Law, section: &str) -> Option<&'static str> {
        Ground { law, section: section.to_owned() }.meaning().map(Meaning::code)
    }

    #[test]
    fn sections_are_told_apart_however_they_are_written() {
        for (law, section, expected) in [
            (Law::Service, "§ 83, stk. 1, nr. 1", Some("home_help")),
            (Law::Service, "§83", Some("home_help")),
            (Law::Service, "83 a", Some("reablement")),
            (Law::Service, "§ 83 A, stk. 2", Some("reablement")),
            (Law::Service, "§ 86, stk. 1", Some("training")),
            (Law::Service, "§ 86,stk.2", Some("maintenance")),
            (Law::Service, "§ 83 b", None),
            (Law::Service, "§ 83 and more", None),
            (Law::Service, "§ 138", None),
            (Law::Health, "§ 138", Some("nursing")),
            (Law::Health, "§ 83", None),
            (Law::Elderly, "", Some("elderly_course")),
            (Law::Service, "", None),
            (Law::Service, "§ 99999999", None),
            (Law::Other, "§ 83", None),
        ] {
            assert_eq!(meaning(law, section), expected, "{law:?} {section}");
        }
    }

    #[test]
    fn every_meaning_has_a_section() {
        let all = Law::ALL.iter().flat_map(|law| {
            (1..200).flat_map(move |number| {
                ["", " a", ", stk. 2"].into_iter().filter_map(move |rest| {
                    Ground { law: *law, section: format!("§ {number}{rest}") }.meaning()
                })
            })
        });
        let found: std::collections::BTreeSet<Meaning> = all.collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), Meaning::ALL);
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(section in "[§0-9a-zæ ,.]{0,20}") {
            let _ = meaning(Law::Service, &section);
        }
    }
}
