//! From what `service` answers to what pages show: rights, states, days, names. Nothing is added.

use crate::pages::mandates::{Fault, Right, RightKind, State};
use borgerportal_domain::ids::PackageVersionId;
use borgerportal_domain::mandates::{Channel, RequestStanding, RightAccess, Standing, Subject};
use borgerportal_domain::time::{Date, Timestamp, copenhagen_date};
use borgerportal_i18n::{Lang, Texts};
use borgerportal_service::mandates as service;
use std::collections::BTreeSet;

/// A right as a page lists it.
pub(crate) fn right(right: &service::Right, chosen: bool) -> Right {
    let kind = match (right.channel, right.access) {
        (Channel::Contact, _) => RightKind::Contact,
        (Channel::SelfService, RightAccess::Read) => RightKind::Read,
        (Channel::SelfService, RightAccess::Act) => RightKind::Act,
    };
    let (code, topic, says) = (right.version.to_string(), right.title.clone(), right.says.clone());
    Right { code, topic, kind, says, chosen }
}

/// Rights of which all are meant.
pub(crate) fn rights(all: &[service::Right]) -> Vec<Right> {
    all.iter().map(|one| right(one, true)).collect()
}

/// "Sundhed og sygdom"
pub(crate) fn subject(lang: Lang, subject: Subject) -> &'static str {
    Texts::of(lang).of_code(&format!("mandates-subject-{}", subject.code())).unwrap_or_default()
}

/// What a mandate or a part of it is worth.
pub(crate) const fn state(standing: Standing) -> State {
    match standing {
        Standing::Planned => State::Planned,
        Standing::Active => State::Active,
        Standing::Suspended => State::Suspended,
        Standing::Expired => State::Expired,
        Standing::Withdrawn => State::StoppedByGiver,
        Standing::Renounced => State::StoppedByHolder,
        Standing::Annulled | Standing::EndedByDeath => State::Ended,
        Standing::Superseded => State::Replaced,
    }
}

/// What a request is worth to the one who sent it. A letter that has come back still waits, to them.
pub(crate) const fn asked_state(standing: RequestStanding) -> State {
    match standing {
        RequestStanding::Waiting | RequestStanding::ToRegister => State::WaitsForOther,
        RequestStanding::Approved => State::Approved,
        RequestStanding::Declined => State::Declined,
        RequestStanding::Withdrawn => State::TakenBack,
        RequestStanding::Lapsed => State::Lapsed,
        RequestStanding::Annulled => State::Ended,
    }
}

/// The first word of a name, for headings.
pub(crate) fn first(full: &str) -> String {
    full.split_whitespace().next().unwrap_or_default().to_owned()
}

/// The last day on which something that lapses at this instant can be done.
pub(crate) fn last_day_before(lapses: Timestamp) -> Date {
    copenhagen_date(lapses.plus_millis(-1))
}

/// Something to mend, by the code of the rule that refuses it.
pub(crate) fn fault(lang: Lang, field: &'static str, code: &str) -> Fault {
    let texts = Texts::of(lang);
    let words = texts.of_code(code).unwrap_or_else(|| texts.get("dead-denied-other"));
    Fault { field, words: words.into() }
}

/// The versions a form has chosen among those on offer. Acting brings reading of the same thing with it: nobody
/// can do what they cannot see.
pub(crate) fn chosen<'r>(
    offered: impl Iterator<Item = &'r service::Right> + Clone,
    codes: &[String],
) -> BTreeSet<PackageVersionId> {
    let ticked = offered.clone().filter(|one| codes.contains(&one.version.to_string()));
    let ticked: Vec<&service::Right> = ticked.collect();
    let reads = |one: &service::Right| one.access == RightAccess::Read && one.channel == Channel::SelfService;
    let acts = |one: &service::Right| one.access == RightAccess::Act && one.channel == Channel::SelfService;
    let brought = offered.filter(|read| {
        reads(read)
            && ticked.iter().any(|act| acts(act) && act.subject == read.subject && act.title == read.title)
    });
    ticked.iter().copied().chain(brought).map(|one| one.version).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use borgerportal_domain::ids::PackageId;

    fn right(number: u8, title: &str, access: RightAccess, channel: Channel) -> service::Right {
        service::Right {
            version: PackageVersionId::from_bytes([number; 16]),
            package: PackageId::from_bytes([number; 16]),
            title: title.to_owned(),
            says: String::new(),
            subject: Subject::Health,
            access,
            channel,
        }
    }

    #[test]
    fn acting_brings_reading_of_the_same_thing_and_of_nothing_else() {
        use {Channel::*, RightAccess::*};
        let offered = [
            right(1, "Portal", Read, SelfService),
            right(2, "Portal", Act, SelfService),
            right(3, "Portal", Act, Contact),
            right(4, "Medicin", Read, SelfService),
            right(5, "Portal", Read, Contact),
        ];
        let code = |number: u8| PackageVersionId::from_bytes([number; 16]).to_string();
        let after = |ticked: &[u8]| {
            let codes: Vec<String> = ticked.iter().map(|one| code(*one)).collect();
            let all = chosen(offered.iter(), &codes);
            all.into_iter().map(|version| version.into_bytes()[0]).collect::<Vec<_>>()
        };
        assert_eq!(after(&[2]), [1, 2]);
        assert_eq!(after(&[1]), [1]);
        assert_eq!(after(&[3]), [3], "speaking for somebody shows nothing");
        assert_eq!(after(&[2, 4]), [1, 2, 4]);
        assert_eq!(after(&[9]), [] as [u8; 0], "what is not offered cannot be chosen");
    }

    #[test]
    fn a_request_of_ones_own_tells_nothing_of_a_letter_that_came_back() {
        assert_eq!(asked_state(RequestStanding::Waiting), asked_state(RequestStanding::ToRegister));
    }

    #[test]
    fn why_an_authority_or_a_death_ended_it_is_not_told_by_the_badge() {
        assert_eq!(state(Standing::Annulled), state(Standing::EndedByDeath));
    }

    #[test]
    fn the_first_name_is_the_first_word() {
        assert_eq!(first(" Inger Marie Holm"), "Inger");
        assert_eq!(first(""), "");
    }
}
