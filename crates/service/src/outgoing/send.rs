//! One round of the way out. The record system is called outside any transaction; what came of it is written
//! afterwards, one at a time. A round that is cut off anywhere leaves each either done or due again, and what is sent
//! again has the same name.

use super::{Way, files};
use crate::app::App;
use crate::problem::Problem;
use crate::rounds;
use borgerportal_domain::ids::OutgoingId;
use borgerportal_domain::outgoing::{Event, State};
use borgerportal_partners::PartnerError;
use borgerportal_store::outgoing as store;
use borgerportal_store::tx::Tx;

/// Sends what is due to this record system, until nothing is. Returns how many something happened to.
pub async fn send_due(app: &App, way: &Way) -> Result<u64, Problem> {
    let place = way.municipality;
    let due = move |tx: &Tx<'_>| store::due(tx, place);
    let claim = move |tx: &Tx<'_>, most, lease_ms| store::claim(tx, place, most, lease_ms);
    let (node, to) = (app.clone(), way.clone());
    let send = move |id| one(node.clone(), to.clone(), id);
    rounds::until_none_is_due(app, (due, claim), send).await
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

async fn mark(app: &App, id: OutgoingId, event: Event, why: &'static str) -> Result<(), Problem> {
    let given_up = rounds::mark(app, move |tx| {
        let after = store::happen(tx, id, event, why)?;
        Ok(after.is_some_and(|after| after.changed && after.sending.state == State::GivenUp))
    });
    if given_up.await? {
        tracing::error!(outgoing = %id, why, "given up: see `borgerportal outgoing list --dead`");
    }
    Ok(())
}
