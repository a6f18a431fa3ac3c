//! One round of the way out. The record system is called outside any transaction; what came of it is written
//! afterwards, one at a time. A round that is cut off anywhere leaves each either done or due again, and what is sent
//! again has the same name.

use super::{Way, files};
use crate::app::App;
use crate::problem::Problem;
use borgerportal_domain::ids::OutgoingId;
use borgerportal_domain::outgoing::{Event, State};
use borgerportal_partners::PartnerError;
use borgerportal_store::outgoing as store;
use std::time::Duration;
use tokio::task::JoinSet;

/// Taken at once by one node.
const MOST: i64 = 16;
/// So long nobody else takes them: far longer than a partner may take to answer.
const LEASE_MS: i64 = 5 * 60_000;
/// Tries to write what came of one.
const BUSY_TRIES: u64 = 6;

/// Sends what is due to this record system, until nothing is. Returns how many something happened to.
pub async fn send_due(app: &App, way: &Way) -> Result<u64, Problem> {
    let (mut sent, place) = (0, way.municipality);
    // Looking costs little; taking is a write, and most of the time there is nothing to take.
    while app.read(move |tx| Ok(store::due(tx, place)?)).await? > 0 {
        let taken = match app.write(move |tx| Ok(store::claim(tx, place, MOST, LEASE_MS)?)).await {
            Ok(taken) => taken,
            // Other nodes take at the same moment: they do the work.
            Err(problem) if problem.is_busy() => break,
            Err(problem) => return Err(problem),
        };
        if taken.is_empty() {
            break;
        }
        let mut tries = JoinSet::new();
        for id in taken {
            tries.spawn(one(app.clone(), way.clone(), id));
        }
        while let Some(ended) = tries.join_next().await {
            match ended {
                Ok(Ok(())) => sent += 1,
                // It stays taken and is due again when the lease ends.
                Ok(Err(problem)) => tracing::error!(%problem, "something could not be told or marked"),
                Err(error) => tracing::error!(%error, "telling a record system panicked"),
            }
        }
    }
    Ok(sent)
}

async fn one(app: App, way: Way, id: OutgoingId) -> Result<(), Problem> {
    let Some(message) = app.read(move |tx| Ok(store::load(tx, id)?)).await? else { return Ok(()) };
    if message.sending.state != State::Waiting {
        // It was answered since it was taken.
        return Ok(());
    }
    let (event, why) = match message.resource {
        Some((resource, journal)) => match files::put_in(&app, &journal, resource).await {
            Ok(whole) => tried(way.system.tell(id, whole, app.clock.now()).await),
            Err(missing) => missing,
        },
        // The journal was deleted by law: there is nothing left to tell.
        None => (Event::Unusable, "record.gone"),
    };
    mark(&app, id, event, why).await
}

/// What came of a try. A refusal of these very words is for a person to look at; who we are, and how much we send,
/// are not about the words.
fn tried(answer: Result<(), PartnerError>) -> (Event, &'static str) {
    match answer {
        Ok(()) => (Event::Taken, "record.taken"),
        Err(PartnerError::Refused { status: 400 | 413 | 415 | 422, .. }) => {
            (Event::Unusable, "record.unusable")
        }
        Err(error) => (Event::Failed, error.code()),
    }
}

/// Writes what came of a try. With many nodes at work a write may have to stand back; what is not written here is
/// sent again when the lease ends, so it is worth a few tries.
async fn mark(app: &App, id: OutgoingId, event: Event, why: &'static str) -> Result<(), Problem> {
    let mut waits: u64 = 0;
    loop {
        let marked = app.write(move |tx| {
            let after = store::happen(tx, id, event, why)?;
            Ok(after.is_some_and(|after| after.changed && after.sending.state == State::GivenUp))
        });
        match marked.await {
            Ok(given_up) => {
                if given_up {
                    tracing::error!(outgoing = %id, why, "given up: see `borgerportal outgoing list --dead`");
                }
                return Ok(());
            }
            Err(problem) if problem.is_busy() && waits < BUSY_TRIES => {
                waits += 1;
                tokio::time::sleep(Duration::from_millis(50 * waits)).await;
            }
            Err(problem) => return Err(problem),
        }
    }
}
