//! Signing: the one moment when a mandate is checked. What the law and the package demand, and that it does
//! not collide with another. It refuses everything that could not be undone honestly later: no end date too
//! far away, no right given twice, nobody giving to themselves.

use super::{Mandate, MandateItem, Status, Terms, Territory};
use crate::ids::{MandateId, PackageId, PackageVersionId};
use crate::person::PersonFacts;
use crate::time::{Timestamp, copenhagen_date};

/// The least age of a giver, whatever a package says.
const GIVER_AGE: i32 = 15;

/// What the catalogue says about a package version at signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Package {
    /// Which package.
    pub package: PackageId,
    /// Which version of it.
    pub version: PackageVersionId,
    /// Its own age limit for the giver, if it has one.
    pub least_giver_age: u8,
    /// The longest it may be given for, in days.
    pub longest_days: u16,
}

coded_enum! {
    /// Why it cannot be signed.
    pub enum SignRefusal {
        /// Nobody gives a mandate to themselves.
        SamePerson = "mandates.sign.same_person",
        /// The giver is too young for this.
        GiverTooYoung = "mandates.sign.giver_too_young",
        /// One of the two has died.
        Deceased = "mandates.sign.deceased",
        /// No right was chosen.
        NothingChosen = "mandates.sign.nothing_chosen",
        /// The end lies before the beginning or in the past.
        EndsTooEarly = "mandates.sign.ends_too_early",
        /// The beginning lies before today.
        BeginsTooEarly = "mandates.sign.begins_too_early",
        /// Longer than a package allows.
        TooLong = "mandates.sign.too_long",
        /// The same right is given already in this period.
        Overlaps = "mandates.sign.overlaps",
        /// An authority doubts whether the giver understands what a mandate is.
        Doubted = "mandates.sign.doubted",
        /// The facts are about somebody else.
        OtherPeople = "mandates.sign.other_people",
    }
}

impl Mandate {
    /// Signs. `existing` are the giver's mandates to the same other, by who they are or by how the giver named them;
    /// `giver` and `holder` are the facts of the two.
    pub fn sign(
        id: MandateId,
        terms: Terms,
        packages: &[(Package, Territory)],
        (giver, holder): (&PersonFacts, &PersonFacts),
        existing: &[Self],
    ) -> Result<Self, SignRefusal> {
        people(&terms, giver, holder)?;
        period(&terms)?;
        if packages.is_empty() {
            return Err(SignRefusal::NothingChosen);
        }
        let today = copenhagen_date(terms.signed_at);
        let age = giver.age_on(today);
        let days = terms.last_day.since(terms.first_day).map_or(i32::MAX, |span| span.get_days() + 1);
        let mut items: Vec<MandateItem> = Vec::with_capacity(packages.len());
        for (package, territory) in packages {
            if age < GIVER_AGE.max(i32::from(package.least_giver_age)) {
                return Err(SignRefusal::GiverTooYoung);
            }
            if days > i32::from(package.longest_days) {
                return Err(SignRefusal::TooLong);
            }
            let item = MandateItem {
                package: package.package,
                version: package.version,
                territory: territory.clone(),
                status: Status::SIGNED,
            };
            if items.iter().any(|other| collide(&item, other)) {
                return Err(SignRefusal::Overlaps);
            }
            items.push(item);
        }
        let signed = Self::restore(id, terms, items);
        if existing.iter().any(|other| signed.overlaps(other, terms.signed_at)) {
            return Err(SignRefusal::Overlaps);
        }
        Ok(signed)
    }

    /// Whether a right of this one is given by the other, too, at the same time. The mandate it takes over
    /// from ends when this one begins, so it does not count; nor does anything that has ended.
    fn overlaps(&self, other: &Self, now: Timestamp) -> bool {
        let (mine, theirs) = (self.terms(), other.terms());
        if mine.giver != theirs.giver || mine.supersedes == Some(other.id()) {
            return false;
        }
        let live = other.items().iter().filter(|item| {
            let mut validity = theirs.validity();
            validity.until =
                item.status.successor_from().map_or(validity.until, |from| from.min(validity.until));
            let over = item.status.standing(&theirs.validity(), now).is_over();
            !over && validity.overlaps(&mine.validity())
        });
        let mut live = live;
        live.any(|item| self.items().iter().any(|one| collide(one, item)))
    }
}

fn collide(one: &MandateItem, other: &MandateItem) -> bool {
    one.package == other.package && one.territory.overlaps(&other.territory)
}

fn people(terms: &Terms, giver: &PersonFacts, holder: &PersonFacts) -> Result<(), SignRefusal> {
    if terms.giver == terms.holder {
        return Err(SignRefusal::SamePerson);
    }
    if giver.id != terms.giver || holder.id != terms.holder {
        return Err(SignRefusal::OtherPeople);
    }
    if giver.is_dead() || holder.is_dead() { Err(SignRefusal::Deceased) } else { Ok(()) }
}

fn period(terms: &Terms) -> Result<(), SignRefusal> {
    let today = copenhagen_date(terms.signed_at);
    if terms.first_day < today {
        return Err(SignRefusal::BeginsTooEarly);
    }
    if terms.last_day < terms.first_day { Err(SignRefusal::EndsTooEarly) } else { Ok(()) }
}
