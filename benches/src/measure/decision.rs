//! One decision about a mandate: the rule alone, and with its facts read through the store in one snapshot. It
//! must cost the same whether there are a thousand mandates or a million.

use super::Stage;
use crate::generate::Plan;
use anyhow::{Context as _, Result};
use borgerportal_domain::access::{Caller, Facts, Level, Privilege, Role, decide};
use borgerportal_domain::ids::{JournalId, PersonId};
use borgerportal_domain::municipality::{MunicipalityCode, Policy};
use borgerportal_domain::time::Timestamp;
use borgerportal_service::Clock;
use borgerportal_store::facts::{self, Asked};
use borgerportal_store::tx::Tx;
use borgerportal_store::{StoreError, reach};
use std::hint::black_box;
use std::sync::Arc;

/// Questions asked in one snapshot.
const QUESTIONS: u64 = 2_000;

/// Nanoseconds of one decision.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decision {
    /// The rule alone.
    pub(crate) pure_ns: u64,
    /// Facts read and decided; the journals are spread over the whole table.
    pub(crate) stored_ns: u64,
}

/// Who asks about which journal.
struct Question {
    journal: JournalId,
    caller: Caller,
}

/// Asks about journals all over the table.
pub(crate) async fn decision(stage: &Stage) -> Result<Decision> {
    let store = stage.place.store("bench-decision")?;
    let now = Clock::system().now();
    let questions = Arc::new(questions(stage, now).await?);
    let mut runs = Vec::new();
    let mut known = None;
    for _ in 0..7 {
        let questions = Arc::clone(&questions);
        let run = move |tx: &Tx<'_>| {
            let started = thread_ns();
            let mut last = None;
            for question in questions.iter() {
                let Asked::Found(loaded) = facts::load(tx, question.journal, question.caller.actor)? else {
                    return Err(StoreError::Away);
                };
                if decide(&question.caller, &loaded.facts, &Policy::default(), READ, now).is_err() {
                    return Err(StoreError::Away);
                }
                last = Some((question.caller.clone(), loaded.facts));
            }
            Ok((thread_ns().saturating_sub(started), last))
        };
        let (nanos, last) = store.read_heavy(now, run).await?;
        runs.push(nanos / QUESTIONS);
        known = last.or(known);
    }
    let (caller, facts) = known.context("no questions")?;
    Ok(Decision { pure_ns: pure(&caller, &facts, now), stored_ns: crate::figures::median(runs.into_iter()) })
}

const READ: Privilege = Privilege::ReadDocuments;

/// CPU time of this thread, ns: on a crowded machine the clock on the wall counts other people's work.
fn thread_ns() -> u64 {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    said.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0)
}

fn pure(caller: &Caller, facts: &Facts, now: Timestamp) -> u64 {
    const TIMES: u64 = 1_000_000;
    let runs = (0..5).map(|_| {
        let started = thread_ns();
        for _ in 0..TIMES {
            let _ = black_box(decide(black_box(caller), black_box(facts), &Policy::default(), READ, now));
        }
        thread_ns().saturating_sub(started) / TIMES
    });
    crate::figures::median(runs)
}

async fn questions(stage: &Stage, now: Timestamp) -> Result<Vec<Question>> {
    let plan = stage.plan;
    let store = stage.place.store("bench-questions")?;
    let spread = |number: u64| number * 7_919 * 13 % plan.citizens;
    let people = (0..QUESTIONS).map(|number| person(&plan, spread(number))).collect::<Result<Vec<_>>>()?;
    let read = move |tx: &Tx<'_>| {
        let one = |(giver, holder, place): &(PersonId, PersonId, MunicipalityCode)| {
            let journal = reach::citizens_journal(tx, *giver, *place)?.ok_or(StoreError::Away)?;
            let caller = Caller {
                actor: *holder,
                role: Role::Relative,
                municipality: Some(*place),
                level: Level::Substantial,
                authenticated_at: now,
                claims: Vec::new(),
            };
            Ok(Question { journal, caller })
        };
        people.iter().map(one).collect::<Result<Vec<_>, StoreError>>()
    };
    Ok(store.read_heavy(now, read).await?)
}

fn person(plan: &Plan, giver: u64) -> Result<(PersonId, PersonId, MunicipalityCode)> {
    Ok((plan.person(giver), plan.person(Plan::relative(giver)), plan.municipality(giver)?))
}
