//! Who is told of news. Each that wants to hear is decided about as if they came now, with no log-in to lean on; then it is
//! asked whether there is anything among what came that the rule of items lets them see. It refuses to tell where either
//! says no, or cannot be asked.

use crate::access::would_come;
use crate::app::App;
use crate::custody;
use crate::items::item;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use borgerportal_domain::access::{Caller, Level, Privilege, Role};
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::items::{Viewing, may_show};
use borgerportal_domain::news::Channel;
use borgerportal_fhir::delivery::Room;
use borgerportal_store::facts::{self, Asked};
use borgerportal_store::items::Labelled;
use borgerportal_store::news as store;
use borgerportal_store::people::Person;
use borgerportal_store::tx::Tx;
use std::collections::BTreeSet;

/// Journals looked at in one round.
const MOST: i64 = 64;

/// Looks at news that is due. Returns how many notices were put on their way.
pub async fn tell_due(app: &App) -> Result<u64, Problem> {
    let mut told = 0;
    for journal in app.read(|tx| Ok(store::due(tx, MOST)?)).await? {
        for parent in app.read(move |tx| to_be_asked_about(tx, journal)).await? {
            custody::ask_about(app, parent).await?;
        }
        let places = app.municipalities.clone();
        match app.write(move |tx| tell(tx, &places, journal)).await {
            Ok(count) => told += count,
            // Another node looks at the same: it does the work.
            Err(problem) if problem.is_busy() => {}
            // It stays, and those behind it are gone on with; what stays for days is swept.
            Err(problem) => tracing::error!(%problem, "news could not be looked at"),
        }
    }
    Ok(told)
}

/// Parents of whom the register must be asked before anything can be decided.
fn to_be_asked_about(tx: &Tx<'_>, journal: JournalId) -> Result<Vec<Person>, Problem> {
    let mut parents = Vec::new();
    for person in people(&store::wanted(tx, journal)?) {
        let Asked::Found(loaded) = facts::load(tx, journal, person)? else { continue };
        if loaded.facts.custody.is_some_and(|fact| fact.needs_asking(tx.now())) {
            parents.push(loaded.actor);
        }
    }
    Ok(parents)
}

fn people(wanted: &[(PersonId, Channel)]) -> BTreeSet<PersonId> {
    wanted.iter().map(|(person, _)| *person).collect()
}

/// Takes news and puts the notices of it on their way, all in this transaction: it is looked at once, and nobody is told by
/// a right that was gone before.
fn tell(tx: &Tx<'_>, places: &Municipalities, journal: JournalId) -> Result<u64, Problem> {
    let mut came = Vec::new();
    for item in store::take(tx, journal)? {
        came.extend(store::came(tx, journal, item)?);
    }
    if came.is_empty() {
        return Ok(0);
    }
    let wanted = store::wanted(tx, journal)?;
    let mut seeing = BTreeSet::new();
    for person in people(&wanted) {
        if sees(tx, places, (journal, person), &came)? {
            seeing.insert(person);
        }
    }
    let mut told = 0;
    for (person, channel) in wanted {
        if seeing.contains(&person) && store::alert(tx, person, channel)? {
            told += 1;
        }
    }
    Ok(told)
}

/// Whether somebody could see any of it if they came now.
fn sees(
    tx: &Tx<'_>,
    places: &Municipalities,
    (journal, person): (JournalId, PersonId),
    came: &[(String, Labelled)],
) -> Result<bool, Problem> {
    let Asked::Found(loaded) = facts::load(tx, journal, person)? else { return Ok(false) };
    let facts = &loaded.facts;
    let Some(settings) = places.get(facts.municipality) else { return Ok(false) };
    let caller = Caller {
        actor: person,
        role: Role::Relative,
        municipality: Some(settings.municipality),
        level: Level::Substantial,
        authenticated_at: tx.now(),
        claims: Vec::new(),
    };
    let seen = |(room, one): &(String, Labelled)| {
        let room = Room::ALL.into_iter().find(|known| known.code() == room)?;
        let basis = would_come(&caller, settings, facts, reading(room)?, tx.now()).ok()?;
        let viewing = Viewing::new(&basis, facts.subject.protected, facts.journal, settings, tx.now());
        may_show(&item(room, one), &viewing).ok()
    };
    Ok(came.iter().any(|one| seen(one).is_some()))
}

/// What somebody must be allowed to do to see an item of a room; nothing for what has no page.
const fn reading(room: Room) -> Option<Privilege> {
    match room {
        Room::Documents => Some(Privilege::ReadDocuments),
        Room::Conditions => Some(Privilege::ReadConditions),
        Room::Plans => Some(Privilege::ReadPlans),
        Room::Aids => Some(Privilege::ReadAids),
        Room::Grants => Some(Privilege::ReadGrants),
        Room::Messages => Some(Privilege::ReadMessages),
        Room::Calendar | Room::Other => None,
    }
}
