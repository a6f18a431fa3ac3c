//! Whether somebody represents somebody, as an authority or another service may be told: which items of which
//! mandate cover a question here and now. A right to read never answers a question about acting, and the portal
//! and the caseworker never answer for each other. It refuses to say why something does not cover.

use super::{CatalogueEntry, Channel, Mandate, MandateItem, RightAccess, Standing, Status, Subject};
use crate::ids::{MandateId, PackageVersionId};
use crate::municipality::{MandateSource, MunicipalityCode};
use crate::time::Timestamp;

/// Where and when a mandate is to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counting {
    /// Whose authority.
    pub place: MunicipalityCode,
    /// Which mandates count there.
    pub source: MandateSource,
    /// When.
    pub now: Timestamp,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LookUp {
    /// In which subject area.
    pub subject: Subject,
    /// Reading or acting.
    pub access: RightAccess,
    /// Portal or caseworker.
    pub channel: Channel,
}

impl LookUp {
    /// Whether a package answers it. Acting includes reading, never the other way round.
    #[must_use]
    pub fn is_answered_by(&self, entry: &CatalogueEntry) -> bool {
        let enough = self.access == RightAccess::Read || entry.access == RightAccess::Act;
        self.subject == entry.subject && self.channel == entry.channel && enough
    }
}

impl Counting {
    /// Until when this item counts, if it counts now. Whether its package is active is for the caller to know.
    #[must_use]
    pub fn until(&self, mandate: &Mandate, item: &MandateItem) -> Option<Timestamp> {
        let terms = mandate.terms();
        let validity = terms.validity();
        let counts = (self.source.takes_own() || terms.origin.is_registered_by_staff())
            && item.territory.covers(self.place)
            && item.status.standing(&validity, self.now) == Standing::Active;
        let until = match item.status {
            Status::Running { successor_from: Some(from) } => validity.until.min(from),
            Status::Running { successor_from: None }
            | Status::Suspended { .. }
            | Status::Withdrawn { .. }
            | Status::Renounced { .. }
            | Status::Annulled { .. }
            | Status::EndedByDeath { .. } => validity.until,
        };
        counts.then_some(until)
    }
}

/// The items of one mandate that cover a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Covering {
    /// The mandate.
    pub mandate: MandateId,
    /// First instant at which it no longer covers.
    pub until: Timestamp,
    /// The versions that do.
    pub versions: Vec<PackageVersionId>,
}

/// The mandate that covers the question longest. `entry` knows a version only where its package is active.
pub fn covering<'m, 'e>(
    mandates: impl IntoIterator<Item = &'m Mandate>,
    question: &LookUp,
    counting: &Counting,
    entry: impl Fn(PackageVersionId) -> Option<&'e CatalogueEntry>,
) -> Option<Covering> {
    let of_one = |mandate: &Mandate| {
        let answers =
            |item: &&MandateItem| entry(item.version).is_some_and(|entry| question.is_answered_by(entry));
        let found = mandate.items().iter().filter(answers);
        let found: Vec<_> =
            found.filter_map(|item| Some((counting.until(mandate, item)?, item.version))).collect();
        let until = found.iter().map(|(until, _)| *until).max()?;
        let versions = found.into_iter().map(|(_, version)| version).collect();
        Some(Covering { mandate: mandate.id(), until, versions })
    };
    mandates.into_iter().filter_map(of_one).max_by_key(|one| one.until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asking::LookUpAnswer;
    use crate::ids::{PackageId, PersonId};
    use crate::mandates::catalogue::tests::entry as usual;
    use crate::mandates::{AnnulReason, Origin, Party, SuspendReason, Terms, Territory};
    use crate::time::Date;

    const NOW: Timestamp = Timestamp::from_seconds(1_795_262_400);
    const LATER: Timestamp = NOW.plus_days(3);

    fn helsingor() -> MunicipalityCode {
        MunicipalityCode::parse("0217").unwrap()
    }

    fn counting(source: MandateSource) -> Counting {
        Counting { place: helsingor(), source, now: NOW }
    }

    fn version(number: u8) -> PackageVersionId {
        PackageVersionId::from_bytes([number; 16])
    }

    fn mandate(number: u8, origin: Origin, last_day: Date, items: &[(u8, Status)]) -> Mandate {
        let terms = Terms {
            giver: PersonId::from_bytes([1; 16]),
            holder: PersonId::from_bytes([2; 16]),
            origin,
            first_day: Date::constant(2026, 1, 1),
            last_day,
            signed_at: NOW.plus_days(-90),
            supersedes: None,
        };
        let item = |(number, status): &(u8, Status)| MandateItem {
            package: PackageId::from_bytes([9; 16]),
            version: version(*number),
            territory: Territory::All,
            status: *status,
        };
        Mandate::restore(MandateId::from_bytes([number; 16]), terms, items.iter().map(item).collect())
    }

    fn package(access: RightAccess, channel: Channel, subject: Subject) -> CatalogueEntry {
        CatalogueEntry { subject, access, channel, ..usual(1, 1) }
    }

    #[test]
    fn the_portal_and_the_caseworker_never_answer_for_each_other_and_reading_is_not_acting() {
        use Channel::{Contact, SelfService};
        use RightAccess::{Act, Read};
        let yes = [(Read, Read), (Act, Read), (Act, Act)];
        for (held, held_in) in [(Read, Contact), (Act, Contact), (Read, SelfService), (Act, SelfService)] {
            for (asked, asked_in) in
                [(Read, Contact), (Act, Contact), (Read, SelfService), (Act, SelfService)]
            {
                let question = LookUp { subject: Subject::Aids, access: asked, channel: asked_in };
                let answered = question.is_answered_by(&package(held, held_in, Subject::Aids));
                let expected = held_in == asked_in && yes.contains(&(held, asked));
                assert_eq!(answered, expected, "{held:?} {held_in:?} for {asked:?} {asked_in:?}");
                assert!(
                    !question.is_answered_by(&package(held, held_in, Subject::Health)),
                    "another subject"
                );
            }
        }
    }

    #[test]
    fn only_what_is_alive_counts() {
        let last = Date::constant(2027, 1, 1);
        let end = crate::time::copenhagen_end_of(last);
        let suspended = Status::Suspended {
            since: NOW,
            reason: SuspendReason::Capacity,
            review_by: LATER,
            successor_from: None,
        };
        for (status, until) in [
            (Status::SIGNED, Some(end)),
            (Status::Running { successor_from: Some(LATER) }, Some(LATER)),
            (Status::Running { successor_from: Some(NOW) }, None),
            (suspended, None),
            (Status::Withdrawn { at: NOW }, None),
            (Status::Renounced { at: NOW }, None),
            (Status::Annulled { at: NOW, reason: AnnulReason::Misuse }, None),
            (Status::EndedByDeath { at: NOW, party: Party::Giver }, None),
        ] {
            let one = mandate(1, Origin::Given, last, &[(1, status)]);
            assert_eq!(counting(MandateSource::Own).until(&one, &one.items()[0]), until, "{status:?}");
        }
        let over = mandate(1, Origin::Given, Date::constant(2026, 11, 1), &[(1, Status::SIGNED)]);
        assert_eq!(counting(MandateSource::Own).until(&over, &over.items()[0]), None);
        let elsewhere =
            Counting { place: MunicipalityCode::parse("0730").unwrap(), ..counting(MandateSource::Own) };
        let mut local = over.items()[0].clone();
        local.territory = Territory::Only(vec![helsingor()]);
        let local = Mandate::restore(over.id(), Terms { last_day: last, ..*over.terms() }, vec![local]);
        assert_eq!(elsewhere.until(&local, &local.items()[0]), None);
        assert_eq!(counting(MandateSource::Own).until(&local, &local.items()[0]), Some(end));
    }

    #[test]
    fn where_the_national_service_keeps_mandates_only_paper_is_ours_and_no_is_not_known() {
        use MandateSource::{Both, NemLogin, Own};
        for (origin, source, counts) in [
            (Origin::Given, Own, true),
            (Origin::Given, Both, true),
            (Origin::Given, NemLogin, false),
            (Origin::Paper, NemLogin, true),
            (Origin::GeneralMandate, NemLogin, true),
            (Origin::Renewed, NemLogin, false),
        ] {
            let one = mandate(1, origin, Date::constant(2027, 1, 1), &[(1, Status::SIGNED)]);
            assert_eq!(
                counting(source).until(&one, &one.items()[0]).is_some(),
                counts,
                "{origin:?} {source:?}"
            );
        }
        assert_eq!(LookUpAnswer::of(false, Own), LookUpAnswer::No);
        assert_eq!(LookUpAnswer::of(false, Both), LookUpAnswer::Unknown);
        assert_eq!(LookUpAnswer::of(false, NemLogin), LookUpAnswer::Unknown);
        assert_eq!(LookUpAnswer::of(true, NemLogin), LookUpAnswer::Yes);
    }

    #[test]
    fn of_several_mandates_the_longest_answers_with_its_own_items() {
        let gone = Status::Withdrawn { at: NOW };
        let short = mandate(1, Origin::Given, Date::constant(2026, 12, 1), &[(1, Status::SIGNED)]);
        let long = mandate(
            2,
            Origin::Given,
            Date::constant(2027, 1, 1),
            &[(1, Status::SIGNED), (2, Status::SIGNED), (3, gone)],
        );
        let longest = mandate(3, Origin::Given, Date::constant(2028, 1, 1), &[(4, Status::SIGNED)]);
        let entry = package(RightAccess::Read, Channel::Contact, Subject::Aids);
        let question =
            LookUp { subject: Subject::Aids, access: RightAccess::Read, channel: Channel::Contact };
        let active = |version: PackageVersionId| (version != self::version(4)).then_some(&entry);
        let found =
            covering([&short, &long, &longest], &question, &counting(MandateSource::Own), active).unwrap();
        assert_eq!(found.mandate, long.id(), "the longest has a package that is not active here");
        assert_eq!(found.versions, [version(1), version(2)]);
        assert_eq!(covering([], &question, &counting(MandateSource::Own), active), None);
    }
}
