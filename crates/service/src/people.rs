//! Who a signed-in person may choose to look at, and keeping people as the log-in and the registers know them.

use crate::app::App;
use crate::mandates::register;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::{Basis, Facts, JournalState, Privilege, Refusal, RefusalCode, decide};
use borgerportal_domain::cpr::Cpr;
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::Date;
use borgerportal_identity::oidc::ProvenLogin;
use borgerportal_partners::CustodyOf;
use borgerportal_store::claims;
use borgerportal_store::facts::{self, Asked};
use borgerportal_store::people::{self as store, Person};
use borgerportal_store::reach;
use borgerportal_store::tx::Tx;

/// The birth date of somebody who is known by number only. Under every age: nothing is opened by it.
pub const UNKNOWN_BIRTH: Date = Date::constant(9999, 12, 31);

/// Somebody a person may choose.
#[derive(Debug, Clone)]
pub struct Choice {
    /// The journal.
    pub journal: JournalId,
    /// Whose it is.
    pub name: PersonName,
    /// Their age today, in whole years.
    pub birth_on: Date,
    /// Why.
    pub basis: Basis,
}

/// Somebody a person could once choose, or cannot yet.
#[derive(Debug, Clone)]
pub struct Lapsed {
    /// Whose it was.
    pub name: PersonName,
    /// Why not.
    pub refusal: Refusal,
}

/// Everybody within reach in the municipality of the session.
#[derive(Debug, Clone)]
pub struct Reach {
    /// Who asks.
    pub actor: PersonName,
    /// Those who can be chosen.
    pub choices: Vec<Choice>,
    /// Those who cannot, with a reason that may be told.
    pub lapsed: Vec<Lapsed>,
}

/// Whom this person may look at now. Own journal first, then children and givers by name; nobody where no
/// municipality was chosen.
pub fn reach(tx: &Tx<'_>, places: &Municipalities, who: &SignedIn) -> Result<Reach, Problem> {
    let actor = store::person(tx, who.caller.actor)?.ok_or(Problem::NoSession)?;
    let mut reach = Reach { actor: actor.name, choices: Vec::new(), lapsed: Vec::new() };
    let Some(place) = who.caller.municipality else { return Ok(reach) };
    let settings = places.get(place).ok_or(Problem::NotFound)?;
    for journal in journals(tx, who, place)? {
        let Asked::Found(loaded) = facts::load(tx, journal, who.caller.actor)? else { continue };
        // Old custody names nobody's child: the question comes back after the register has answered.
        if loaded.facts.custody.is_some_and(|fact| fact.needs_asking(tx.now())) && !who.register_asked {
            return Err(Problem::AskRegister);
        }
        let name = loaded.subject.name.clone();
        match may_enter(tx, who, &loaded.facts, settings.policy()) {
            Ok(basis) => {
                let birth_on = loaded.subject.facts.birth_on;
                reach.choices.push(Choice { journal, name, birth_on, basis });
            }
            Err(refusal) if refusal.reveals() => reach.lapsed.push(Lapsed { name, refusal }),
            Err(_) => {}
        }
    }
    reach.choices.sort_by_key(|choice| (!choice.basis.is_own(), choice.name.full()));
    Ok(reach)
}

/// By what we keep ourselves, and by what NemLog-in said when this person logged in.
fn journals(tx: &Tx<'_>, who: &SignedIn, place: MunicipalityCode) -> Result<Vec<JournalId>, Problem> {
    let mut journals = reach::journals(tx, who.caller.actor, place)?;
    for claim in who.caller.claims.iter().filter(|claim| claim.municipality == place) {
        let said = reach::citizens_journal(tx, claim.giver, place)?;
        journals.extend(said.filter(|journal| !journals.contains(journal)));
    }
    Ok(journals)
}

/// An inactive journal can be chosen: its page says why it is closed.
fn may_enter(
    tx: &Tx<'_>,
    who: &SignedIn,
    facts: &Facts,
    policy: borgerportal_domain::municipality::Policy,
) -> Result<Basis, Refusal> {
    let decided = decide(&who.caller, facts, &policy, Privilege::ReadFrontPage, tx.now());
    match decided {
        Err(refusal) if refusal.kind() == RefusalCode::JournalInactive => {
            let open = Facts { journal: JournalState::Active, ..facts.clone() };
            decide(&who.caller, &open, &policy, Privilege::ReadFrontPage, tx.now())
        }
        decided => decided,
    }
}

/// The full name of somebody who is signed in.
pub fn name_of(tx: &Tx<'_>, person: PersonId) -> Result<String, Problem> {
    Ok(store::person(tx, person)?.ok_or(Problem::NoSession)?.name.full())
}

/// Keeps a person as their own log-in proved them; returns who it is.
pub async fn keep_proven(app: &App, proven: &ProvenLogin) -> Result<PersonId, Problem> {
    let (cpr, name, birth_on) = (proven.cpr.clone(), proven.name.clone(), proven.birth_on);
    let id = app
        .write(move |tx| {
            let told = Told { cpr: &cpr, name: Some(&name), birth_on: Some(birth_on), protected: None };
            let id = keep(tx, &told)?;
            Ok(id.to_string())
        })
        .await?;
    PersonId::parse(&id).map_err(|_| Problem::NotFound)
}

/// Keeps a child as the register told of it.
pub(crate) fn keep_child(tx: &Tx<'_>, child: &CustodyOf) -> Result<PersonId, Problem> {
    let told = Told {
        cpr: &child.child,
        name: Some(&child.name),
        birth_on: Some(child.birth_on),
        protected: Some(child.protected),
    };
    keep(tx, &told)
}

/// What a source says of a person. Silence changes nothing; a number alone, perhaps a former one, only finds.
pub(crate) struct Told<'a> {
    pub(crate) cpr: &'a Cpr,
    pub(crate) name: Option<&'a PersonName>,
    pub(crate) birth_on: Option<Date>,
    pub(crate) protected: Option<bool>,
}

/// Keeps what is said of a person, known or new.
pub(crate) fn keep(tx: &Tx<'_>, told: &Told<'_>) -> Result<PersonId, Problem> {
    let known = store::by_cpr(tx, told.cpr)?.map(|id| store::person(tx, id)).transpose()?.flatten();
    let id = known.as_ref().map_or_else(|| PersonId::from_uuid(tx.mint()), |person| person.facts.id);
    let before = known.clone().unwrap_or_else(|| Person {
        facts: PersonFacts { id, birth_on: UNKNOWN_BIRTH, deceased_on: None, protected: false },
        name: PersonName::default(),
        cpr: told.cpr.clone(),
    });
    let unnamed = before.name == PersonName::default();
    let after = Person {
        facts: PersonFacts {
            birth_on: told.birth_on.unwrap_or(before.facts.birth_on),
            protected: told.protected.unwrap_or(before.facts.protected),
            ..before.facts
        },
        cpr: if told.name.is_some() { told.cpr.clone() } else { before.cpr },
        name: told.name.cloned().unwrap_or(before.name),
    };
    match &known {
        Some(known) => learn(tx, known, &after)?,
        None => store::save(tx, &after)?,
    }
    if let Some(name) = told.name {
        let only_claimed = claims::filled_by(tx, id)?.is_some();
        if only_claimed {
            claims::better_said(tx, id)?;
        }
        if unnamed || only_claimed {
            crate::mandates::people::met(tx, id, name)?;
        }
    }
    Ok(id)
}

/// Keeps what is known of a person now, and lets follow what must, in the same transaction and once: a death ends what
/// they gave and got, and whose birth date shows that they are too young to give has given nothing. A death that is
/// taken back gives nothing back (ADR 0017).
pub(crate) fn learn(tx: &Tx<'_>, before: &Person, after: &Person) -> Result<(), Problem> {
    if after == before {
        return Ok(());
    }
    store::save(tx, after)?;
    let (old, new) = (&before.facts, &after.facts);
    if let Some(on) = new.deceased_on.filter(|_| !old.is_dead()) {
        register::died(tx, new.id, on)?;
    }
    if new.birth_on != old.birth_on && new.birth_on != UNKNOWN_BIRTH {
        register::under_age(tx, new.id, new.birth_on)?;
    }
    Ok(())
}

/// A person's number was changed: both lead to them from now on. Only the number they have now is changed; an earlier
/// one is past that already.
pub(crate) fn change_number(tx: &Tx<'_>, person: PersonId, old: &Cpr, new: &Cpr) -> Result<(), Problem> {
    match store::person(tx, person)?.filter(|person| person.cpr == *old) {
        Some(person) => Ok(store::save(tx, &Person { cpr: new.clone(), ..person })?),
        None => Ok(()),
    }
}
