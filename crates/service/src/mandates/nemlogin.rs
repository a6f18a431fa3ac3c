//! What NemLog-in says at a log-in, in our own words: whose record it opens, where, and what for. It refuses what the
//! map does not name for NemLog-in, contact mandates, what a municipality does not use, what a person may not hold or the
//! giver is too young for, and people of whom nobody here keeps a record. It says nothing of how long: that is a matter of the clock, and of `domain::access`.

use super::packages::{Catalogue, opens};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use borgerportal_domain::access::{Claim, PrivilegeSet};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::mandates::{CatalogueEntry, Channel, HolderKind};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Timestamp, copenhagen_date};
use borgerportal_identity::oidc::Privileges;
use borgerportal_store::mandates::packages::{self as store, Mapped};
use borgerportal_store::tx::Tx;
use borgerportal_store::{people, reach};

/// NemLog-in in a vendor's map.
pub const SERVICE: &str = "nemlogin";

/// Whether what NemLog-in says counts in any municipality here.
pub(crate) fn counts_anywhere(places: &Municipalities) -> bool {
    places.all().any(|settings| settings.policy().mandate_source.takes_claims())
}

/// What was said of `person` when they proved who they are, for every record it may open.
pub(crate) fn claims(
    tx: &Tx<'_>,
    places: &Municipalities,
    said: &Privileges,
    (person, asserted_at): (PersonId, Timestamp),
) -> Result<Vec<Claim>, Problem> {
    let map = Map::load(tx)?;
    let today = copenhagen_date(tx.now());
    let mut claims = Vec::new();
    for (number, uris) in said {
        let Some(giver) = people::by_cpr(tx, number)?.filter(|giver| *giver != person) else { continue };
        let Some(age) = people::person(tx, giver)?.map(|giver| giver.facts.age_on(today)) else { continue };
        for municipality in reach::municipalities(tx, giver)? {
            let settings = places.get(municipality);
            if !settings.is_some_and(|settings| settings.policy().mandate_source.takes_claims()) {
                continue;
            }
            let opened = uris.iter().filter_map(|uri| map.opens(uri, municipality, age));
            // Nothing that is used there is still an answer, and has a sentence of its own.
            if let Some(privileges) = opened.reduce(PrivilegeSet::union) {
                claims.push(Claim { giver, municipality, privileges, asserted_at });
            }
        }
    }
    Ok(claims)
}

/// The map, with what it is about.
struct Map {
    lines: Vec<Mapped>,
    catalogue: Catalogue,
}

impl Map {
    fn load(tx: &Tx<'_>) -> Result<Self, Problem> {
        Ok(Self { lines: store::map(tx)?, catalogue: Catalogue::load(tx)? })
    }

    /// What this URI opens there for a giver of this age; nothing known where it names no package that could open
    /// anything. A URI that several versions bear opens only what each of them opens: it does not say which of them was
    /// signed, and that may be the one that opens nothing.
    fn opens(&self, uri: &str, place: MunicipalityCode, giver_age: i32) -> Option<PrivilegeSet> {
        let named = self.lines.iter().filter(|line| line.service == SERVICE && line.privilege == uri);
        let entries: Vec<_> = named.map(|line| self.catalogue.entry(line.version)).collect();
        if !entries.iter().flatten().any(|entry| could_open(entry, giver_age)) {
            return None;
        }
        let opened = entries.into_iter().map(|entry| match entry {
            Some(entry) if could_open(entry, giver_age) && self.catalogue.is_active(entry.package, place) => {
                opens(&self.lines, entry)
            }
            _ => PrivilegeSet::EMPTY,
        });
        opened.reduce(PrivilegeSet::intersection)
    }
}

/// Whether a person may hold this from somebody of this age, for use in a portal.
fn could_open(entry: &CatalogueEntry, giver_age: i32) -> bool {
    entry.channel == Channel::SelfService
        && entry.holder_kinds.contains(&HolderKind::Person)
        && giver_age >= i32::from(entry.least_giver_age)
}
