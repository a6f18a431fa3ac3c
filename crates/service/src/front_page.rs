//! The front page: the next visits, what is new or waits, and who else can see the data. Only what exists.

mod latest;

pub use latest::{Asked, Latest, New};

use crate::access::{self, Granted, Question};
use crate::calendar;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::{ItemFact, MandateFact, Privilege, PrivilegeSet};
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::mandates::{Channel, Standing};
use borgerportal_domain::municipality::{Settings, YouthPolicy};
use borgerportal_domain::person::PersonName;
use borgerportal_domain::time::{Timestamp, copenhagen_date};
use borgerportal_store::tx::Tx;
use borgerportal_store::{mandates, people};
use std::collections::BTreeMap;

/// Visits at the top.
const VISITS: usize = 3;
/// From this age nobody has custody.
const ADULT_AGE: i32 = 18;

/// Somebody who can see the citizen's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watcher {
    /// Who.
    pub name: PersonName,
    /// May they act as well?
    pub may_act: bool,
    /// First instant without it.
    pub until: Timestamp,
}

/// What the front page shows.
pub struct FrontPage {
    /// What this reader may read here: an area that is not in it stands there shut.
    pub reads: PrivilegeSet,
    /// The next visits; nothing where the reader's right does not cover the calendar, or there is none.
    pub visits: Option<Vec<calendar::Row>>,
    /// What is new or waits; nothing where the reader's right covers nothing that could be.
    pub news: Option<Latest>,
    /// Holders of live mandates; for the citizen alone.
    pub watchers: Vec<Watcher>,
    /// Whether whoever has custody may see something here, too. Only the register knows who that is, and it is
    /// asked when they come.
    pub parents: bool,
}

/// Loads the front page.
pub fn front_page<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
) -> Result<(Granted<'t>, FrontPage), Problem> {
    let object = LogObject::page(ObjectKind::FrontPage);
    let granted =
        access::ask(tx, places, who, &Question { journal, privilege: Privilege::ReadFrontPage, object })?;
    let settings = access::settings(places, &granted)?;
    let reads = reads(places, who, &granted, tx.now());
    let visits = if reads.contains(Privilege::ReadCalendar) {
        Some(calendar::next(tx, places, &granted, VISITS)?)
    } else {
        None
    };
    let news = latest::load(tx, places, &granted, reads)?;
    let own = granted.basis().is_own();
    let watchers = if own { watchers(tx, settings, &granted)? } else { Vec::new() };
    let parents = own && parents(settings, &granted, tx.now());
    Ok((granted, FrontPage { reads, visits, news, watchers, parents }))
}

/// Whether parents see something of somebody of this age here.
fn parents(settings: &Settings, granted: &Granted<'_>, now: Timestamp) -> bool {
    let age = granted.loaded.facts.subject.age_on(copenhagen_date(now));
    age < ADULT_AGE && settings.policy().youth != YouthPolicy::None
}

/// What this reader may read here, by the same rule and facts that opened the front page.
fn reads(places: &Municipalities, who: &SignedIn, granted: &Granted<'_>, now: Timestamp) -> PrivilegeSet {
    let reading = Privilege::ALL.iter().copied().filter(|privilege| !privilege.is_act());
    reading.filter(|privilege| access::may(places, who, granted, *privilege, now)).collect()
}

/// Everybody who can see something here now, each once.
fn watchers(tx: &Tx<'_>, settings: &Settings, granted: &Granted<'_>) -> Result<Vec<Watcher>, Problem> {
    let mut watchers: BTreeMap<Named, Watcher> = BTreeMap::new();
    let citizen = granted.access.citizen();
    let given = mandates::of_giver(tx, citizen, settings.municipality)?;
    let mut typed = if given.is_empty() { BTreeMap::new() } else { mandates::typed_names(tx, citizen)? };
    for mandate in given {
        let Some(may_act) = live(&mandate, settings, tx.now()) else { continue };
        let until = mandate.validity.until;
        let who = typed.remove(&mandate.id).map_or(Named::Known(mandate.holder), Named::Typed);
        if let Some(known) = watchers.get_mut(&who) {
            known.until = known.until.max(until);
            known.may_act |= may_act;
        } else if let Some(name) = who.name(tx)? {
            watchers.insert(who, Watcher { name, may_act, until });
        }
    }
    let mut watchers: Vec<Watcher> = watchers.into_values().collect();
    watchers.sort_by_key(|watcher| watcher.name.full());
    Ok(watchers)
}

/// A holder as the giver may know them: by the name they typed, whether or not there is such a person.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Named {
    Typed(String),
    Known(PersonId),
}

impl Named {
    fn name(&self, tx: &Tx<'_>) -> Result<Option<PersonName>, Problem> {
        match self {
            Self::Typed(name) => Ok(Some(PersonName { given: name.clone(), family: String::new() })),
            Self::Known(id) => {
                let living = people::person(tx, *id)?.filter(|one| !one.facts.is_dead());
                Ok(living.map(|holder| holder.name))
            }
        }
    }
}

/// Whether a mandate opens anything in this municipality now, and whether it lets its holder act.
fn live(mandate: &MandateFact, settings: &Settings, now: Timestamp) -> Option<bool> {
    let counts = settings.policy().mandate_source.takes_own() || mandate.origin.is_registered_by_staff();
    let live = |item: &&ItemFact| {
        item.channel == Channel::SelfService
            && item.package_active
            && item.territory.covers(settings.municipality)
            && mandate.standing(item, now) == Standing::Active
    };
    let mut live = mandate.items.iter().filter(live).peekable();
    live.peek().filter(|_| counts)?;
    Some(live.any(|item| item.privileges.may_act()))
}
