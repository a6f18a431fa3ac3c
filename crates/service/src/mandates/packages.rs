//! The catalogue as people choose from it. The same for everybody: it says nothing of who uses what. It refuses
//! what is not offered today, and what no municipality here has active.

use super::rows::Right;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::{Privilege, PrivilegeSet};
use borgerportal_domain::ids::{PackageId, PackageVersionId};
use borgerportal_domain::mandates::{
    CatalogueEntry, DraftRefusal, HolderKind, Package, RightAccess, Subject, Territory,
};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::NewItem;
use borgerportal_store::mandates::audit::Opened;
use borgerportal_store::mandates::packages as store;
use borgerportal_store::tx::Tx;
use std::collections::{BTreeMap, BTreeSet};

/// Our own service in a vendor's map.
pub const OUR_SERVICE: &str = "borgerportal";

/// A giver's age that needs no telling.
const USUAL_AGE: u8 = 15;

/// A subject area with what can be chosen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Which; its title is `mandates-subject-<code>`.
    pub subject: Subject,
    /// Reading before acting, self-service before contact.
    pub choices: Vec<Choice>,
}

/// A right that can be asked for or given today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it is.
    pub right: Right,
    /// Proposed first, in days.
    pub usual_days: u16,
    /// The longest, in days.
    pub longest_days: u16,
    /// The least age of the giver, where it is more than 15.
    pub least_giver_age: Option<u8>,
}

/// What can be chosen today, by area.
pub fn choices(tx: &Tx<'_>, who: &SignedIn, lang: Lang) -> Result<Vec<Area>, Problem> {
    super::me_making(tx, who)?;
    let catalogue = Catalogue::load(tx)?;
    let mut areas: BTreeMap<Subject, Vec<Choice>> = BTreeMap::new();
    for entry in catalogue.offered() {
        areas.entry(entry.subject).or_default().push(Choice {
            right: right(entry, lang),
            usual_days: entry.usual_days,
            longest_days: entry.longest_days,
            least_giver_age: Some(entry.least_giver_age).filter(|age| *age > USUAL_AGE),
        });
    }
    let area = |(subject, mut choices): (Subject, Vec<Choice>)| {
        choices.sort_by(|one, other| order(&one.right).cmp(&order(&other.right)));
        Area { subject, choices }
    };
    Ok(areas.into_iter().map(area).collect())
}

/// Self-service before contact, and in each reading before acting.
fn order(right: &Right) -> (borgerportal_domain::mandates::Channel, RightAccess, &str) {
    (right.channel, right.access, &right.title)
}

fn right(entry: &CatalogueEntry, lang: Lang) -> Right {
    let words = |words: &borgerportal_domain::mandates::Words| match lang {
        Lang::Da => words.da.clone(),
        Lang::En => words.en.clone(),
    };
    Right {
        version: entry.version,
        package: entry.package,
        title: words(&entry.title),
        says: words(&entry.says),
        subject: entry.subject,
        access: entry.access,
        channel: entry.channel,
    }
}

/// Every version of every package, with where each is active today.
pub(crate) struct Catalogue {
    entries: BTreeMap<PackageVersionId, CatalogueEntry>,
    active: BTreeSet<(PackageId, MunicipalityCode)>,
    today: Date,
}

impl Catalogue {
    pub(crate) fn load(tx: &Tx<'_>) -> Result<Self, Problem> {
        let today = copenhagen_date(tx.now());
        let runs =
            |one: &store::Activation| one.from <= today && one.last_day.is_none_or(|last| today <= last);
        let active = store::activations(tx)?.into_iter().filter(runs);
        let active = active.map(|one| (one.package, one.municipality)).collect();
        let entries = store::catalogue(tx)?.into_iter().map(|entry| (entry.version, entry)).collect();
        Ok(Self { entries, active, today })
    }

    /// Whether this municipality has the package active today.
    pub(super) fn is_active(&self, package: PackageId, place: MunicipalityCode) -> bool {
        self.active.contains(&(package, place))
    }

    /// Only what this municipality has active today, offered or not: what was given before stays.
    pub(super) fn active_in(mut self, place: MunicipalityCode) -> Self {
        self.active.retain(|(_, municipality)| *municipality == place);
        let active = &self.active;
        self.entries.retain(|_, entry| active.contains(&(entry.package, place)));
        self
    }

    /// A right in words; nothing for a version from before the catalogue.
    pub(super) fn right(&self, version: PackageVersionId, lang: Lang) -> Option<Right> {
        self.entries.get(&version).map(|entry| right(entry, lang))
    }

    pub(super) fn entry(&self, version: PackageVersionId) -> Option<&CatalogueEntry> {
        self.entries.get(&version)
    }

    /// The newest offered version of every package that a person may hold and some municipality uses.
    pub(super) fn offered(&self) -> impl Iterator<Item = &CatalogueEntry> {
        let used: BTreeSet<PackageId> = self.active.iter().map(|(package, _)| *package).collect();
        let offered = |entry: &&CatalogueEntry| used.contains(&entry.package) && self.is_offered(entry);
        let mut newest: BTreeMap<PackageId, &CatalogueEntry> = BTreeMap::new();
        for entry in self.entries.values().filter(offered) {
            let known = newest.entry(entry.package).or_insert(entry);
            if entry.number > known.number {
                *known = entry;
            }
        }
        newest.into_values()
    }

    fn is_offered(&self, entry: &CatalogueEntry) -> bool {
        entry.is_offered(self.today) && entry.holder_kinds.contains(&HolderKind::Person)
    }

    /// The entries of these versions, in the order they are listed; denied if one is not offered today.
    pub(super) fn chosen(
        &self,
        versions: &BTreeSet<PackageVersionId>,
    ) -> Result<Vec<&CatalogueEntry>, Problem> {
        let offered: Vec<&CatalogueEntry> =
            self.offered().filter(|one| versions.contains(&one.version)).collect();
        if offered.len() == versions.len() {
            Ok(in_order(offered))
        } else {
            Err(DraftRefusal::NotOffered.into())
        }
    }

    /// The entries of these versions, offered or not: what was asked for before may still be answered.
    pub(super) fn known(
        &self,
        versions: &BTreeSet<PackageVersionId>,
    ) -> Result<Vec<&CatalogueEntry>, Problem> {
        let known: Vec<&CatalogueEntry> =
            versions.iter().filter_map(|version| self.entry(*version)).collect();
        if known.len() == versions.len() { Ok(in_order(known)) } else { Err(DraftRefusal::NotOffered.into()) }
    }

    /// What a version offered today has taken the place of this one.
    pub(super) fn newest_of(&self, package: PackageId) -> Option<&CatalogueEntry> {
        self.offered().find(|entry| entry.package == package)
    }
}

fn in_order(mut entries: Vec<&CatalogueEntry>) -> Vec<&CatalogueEntry> {
    entries.sort_by_key(|entry| (entry.subject, entry.channel, entry.access, &entry.title.da));
    entries
}

/// The versions of entries.
pub(super) fn versions(entries: &[&CatalogueEntry]) -> Vec<PackageVersionId> {
    entries.iter().map(|entry| entry.version).collect()
}

/// What signing checks, everywhere.
pub(super) fn to_sign(entries: &[&CatalogueEntry]) -> Vec<(Package, Territory)> {
    entries.iter().map(|entry| (entry.limits(), Territory::All)).collect()
}

/// What the map makes of these versions today.
pub(super) fn compiled(tx: &Tx<'_>, entries: &[&CatalogueEntry]) -> Result<Vec<NewItem>, Problem> {
    let map = store::map(tx)?;
    let item = |entry: &&CatalogueEntry| NewItem { privileges: opens(&map, entry), channel: entry.channel };
    Ok(entries.iter().map(item).collect())
}

/// What a right of each version opens today, for holding rights against it.
pub fn opened(tx: &Tx<'_>) -> Result<Opened, Problem> {
    let (map, catalogue) = (store::map(tx)?, Catalogue::load(tx)?);
    let of = |entry: &CatalogueEntry| (opens(&map, entry).codes(), entry.channel);
    Ok(catalogue.entries.values().map(|entry| (entry.version, of(entry))).collect())
}

/// What a version opens in this portal by the map. A right to read never opens an act, whatever the map says.
pub(super) fn opens(map: &[store::Mapped], entry: &CatalogueEntry) -> PrivilegeSet {
    let ours = map.iter().filter(|line| line.version == entry.version && line.service == OUR_SERVICE);
    let privileges = ours.filter_map(|line| Privilege::from_code(&line.privilege));
    let allowed =
        |one: &Privilege| !one.is_subjects_alone() && (entry.access == RightAccess::Act || !one.is_act());
    privileges.filter(allowed).collect()
}
