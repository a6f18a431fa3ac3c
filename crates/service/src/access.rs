//! The one place where a decision becomes a permission. It loads the facts, lets the pure rule decide, and
//! notes the line of the log, whichever way it went. Nothing else in the program makes an `Access`.

use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::{Basis, Caller, Facts, Privilege, Refusal, decide};
use borgerportal_domain::access_log::{LogLine, LogObject, Outcome};
use borgerportal_domain::ids::{JournalId, LogId};
use borgerportal_domain::municipality::{Module, MunicipalityCode, Settings};
use borgerportal_domain::time::Timestamp;
use borgerportal_store::access::{Access, refuse};
use borgerportal_store::facts::{self, Asked, Loaded};
use borgerportal_store::tx::Tx;

/// What somebody wants with a journal.
#[derive(Debug, Clone)]
pub struct Question {
    /// Whose record.
    pub journal: JournalId,
    /// What for.
    pub privilege: Privilege,
    /// What the log will say it was about.
    pub object: LogObject,
}

/// A permission with what it was decided on.
pub struct Granted<'tx> {
    /// What the store asks for.
    pub access: Access<'tx>,
    /// Facts and names of both.
    pub loaded: Box<Loaded>,
}

impl Granted<'_> {
    /// The rule's answer.
    #[must_use]
    pub fn basis(&self) -> &Basis {
        self.access.basis()
    }
}

/// Asks whether this person may do this with this journal now.
pub fn ask<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    question: &Question,
) -> Result<Granted<'t>, Problem> {
    let loaded = match facts::load(tx, question.journal, who.caller.actor)? {
        Asked::Found(loaded) => loaded,
        Asked::Nothing => {
            // What is nowhere is noted where the session is, or anywhere: there is one answer and one line.
            let any = || places.all().next().map(|settings| settings.municipality);
            let place = who.caller.municipality.or_else(any).ok_or(Problem::NotFound)?;
            return Err(no(tx, who, question, (place, None), Refusal::NO_RELATION));
        }
    };
    let here = (loaded.facts.municipality, Some(&*loaded));
    let Some(settings) = places.get(loaded.facts.municipality) else {
        return Err(no(tx, who, question, here, Refusal::NO_RELATION));
    };
    let decided = would_come(&who.caller, settings, &loaded.facts, question.privilege, tx.now());
    let must_ask = loaded.facts.custody.is_some_and(|fact| fact.needs_asking(tx.now()));
    let by_custody = matches!(&decided, Ok(Basis::Custody { .. }))
        || matches!(&decided, Err(no) if no.code().starts_with("access.custody."));
    if must_ask && by_custody && !who.register_asked {
        // Nothing has been shown or refused: the question comes back after the register has answered.
        return Err(Problem::AskRegister);
    }
    match decided {
        Ok(basis) => {
            let line = line(tx, who, question, here, Outcome::Shown, Some(&basis));
            let access = Access::grant(tx, &loaded, basis, line)?;
            Ok(Granted { access, loaded })
        }
        Err(refusal) => Err(no(tx, who, question, here, refusal)),
    }
}

/// The rule's answer where the municipality has the area at all. Nothing is granted, and there is no line of it: a job asks
/// this about somebody who is not there.
pub(crate) fn would_come(
    caller: &Caller,
    settings: &Settings,
    facts: &Facts,
    privilege: Privilege,
    now: Timestamp,
) -> Result<Basis, Refusal> {
    if Module::of(privilege).is_some_and(|module| !settings.modules.has(module)) {
        return Err(Refusal::NO_RELATION);
    }
    decide(caller, facts, &settings.policy(), privilege, now)
}

/// What would be answered to whoever was let in if they asked for this as well, by the same facts: for what a page offers.
/// Nothing is granted, and there is no line of it.
pub fn would(
    places: &Municipalities,
    who: &SignedIn,
    granted: &Granted<'_>,
    privilege: Privilege,
    now: Timestamp,
) -> Result<Basis, Refusal> {
    let settings = places.get(granted.loaded.facts.municipality).ok_or(Refusal::NO_RELATION)?;
    would_come(&who.caller, settings, &granted.loaded.facts, privilege, now)
}

/// Whether they may.
#[must_use]
pub fn may(
    places: &Municipalities,
    who: &SignedIn,
    granted: &Granted<'_>,
    privilege: Privilege,
    now: Timestamp,
) -> bool {
    would(places, who, granted, privilege, now).is_ok()
}

/// Asks on behalf of somebody who writes what will be sent later, whether they will be let do that. The line says that
/// they read: nothing has been done yet.
pub(crate) fn ask_to_write<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (read, act): (Question, Privilege),
) -> Result<Granted<'t>, Problem> {
    let granted = ask(tx, places, who, &read)?;
    if may(places, who, &granted, act, tx.now()) {
        return Ok(granted);
    }
    // No; and this says why.
    ask(tx, places, who, &Question { privilege: act, ..read })
}

/// Notes a refusal and says only what may be known.
fn no(
    tx: &Tx<'_>,
    who: &SignedIn,
    question: &Question,
    (place, loaded): (MunicipalityCode, Option<&Loaded>),
    refusal: Refusal,
) -> Problem {
    refuse(tx, line(tx, who, question, (place, loaded), Outcome::Refused(refusal.kind()), None));
    match loaded {
        Some(loaded) if refusal.reveals() => Problem::Refused(refusal, loaded.subject.name.full()),
        _ => Problem::NotFound,
    }
}

fn line(
    tx: &Tx<'_>,
    who: &SignedIn,
    question: &Question,
    (municipality, loaded): (MunicipalityCode, Option<&Loaded>),
    outcome: Outcome,
    basis: Option<&Basis>,
) -> LogLine {
    let acts = question.privilege.is_act() && outcome == Outcome::Shown;
    let outcome = if acts { Outcome::Done } else { outcome };
    LogLine {
        id: LogId::from_uuid(tx.mint()),
        at: tx.now(),
        municipality,
        journal: question.journal,
        subject: loaded.map(|loaded| loaded.subject.facts.id),
        actor: who.caller.actor,
        role: basis.map_or(who.caller.role, Basis::role),
        basis: basis.map(Basis::kind),
        mandate: basis.and_then(Basis::mandate),
        privilege: question.privilege,
        object: question.object.clone(),
        outcome,
        asked: None,
    }
}

/// Settings of the journal's municipality; `ask` has made sure that it is in.
pub fn settings<'p>(places: &'p Municipalities, granted: &Granted<'_>) -> Result<&'p Settings, Problem> {
    places.get(granted.loaded.facts.municipality).ok_or(Problem::NotFound)
}
