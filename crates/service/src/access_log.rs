//! "Hvem har set mine data": the citizen reads every line about themself; somebody who acts for them reads
//! their own. The jobs of the log are in `jobs`.

use crate::access::{self, Granted, Question};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{LogLine, LogObject, ObjectKind};
use borgerportal_domain::ids::{JournalId, LogId, PersonId};
use borgerportal_domain::person::PersonName;
use borgerportal_store::access_log as store;
use borgerportal_store::people;
use borgerportal_store::tx::Tx;
use std::collections::BTreeMap;

/// Lines on a page.
pub const PAGE: usize = 50;

/// One page of the log.
pub struct Log {
    /// Newest first.
    pub lines: Vec<LogLine>,
    /// There are older ones, after this.
    pub older: Option<LogId>,
    /// Names of those who stand in the lines.
    pub names: BTreeMap<PersonId, PersonName>,
    /// True for the citizen, who sees everybody; false for somebody who sees their own acts.
    pub everybody: bool,
}

/// Reads a page of the log of a journal.
pub fn page<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
    before: Option<LogId>,
) -> Result<(Granted<'t>, Log), Problem> {
    let object = LogObject::page(ObjectKind::AccessLog);
    let question = |privilege| Question { journal, privilege, object: object.clone() };
    let own = borgerportal_store::reach::is_own(tx, journal, who.caller.actor)?;
    let privilege = if own { Privilege::ReadAccessLog } else { Privilege::ReadOwnActs };
    let granted = access::ask(tx, places, who, &question(privilege))?;
    let (mut lines, mut older, mut at) = (Vec::new(), None, before);
    let actor = (!own).then_some(who.caller.actor);
    // What did not come about is skipped: fetch until a page is full.
    'fill: loop {
        let fetched = store::page(tx, &granted.access, actor, at, 2 * i64::try_from(PAGE).unwrap_or(50))?;
        let Some(last) = fetched.last().map(|line| line.id) else { break };
        for line in fetched {
            if line.is_seen_by(who.caller.actor) {
                if lines.len() == PAGE {
                    older = lines.last().map(|line: &LogLine| line.id);
                    break 'fill;
                }
                lines.push(line);
            }
        }
        at = Some(last);
    }
    let names = names(tx, &lines)?;
    Ok((granted, Log { lines, older, names, everybody: own }))
}

fn names(tx: &Tx<'_>, lines: &[LogLine]) -> Result<BTreeMap<PersonId, PersonName>, Problem> {
    let mut names = BTreeMap::new();
    for line in lines {
        if !names.contains_key(&line.actor)
            && let Some(person) = people::person(tx, line.actor)?
        {
            names.insert(line.actor, person.name);
        }
    }
    Ok(names)
}
