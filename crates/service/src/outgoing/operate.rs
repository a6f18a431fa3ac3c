//! What operators see and do with what is on its way to record systems.

use crate::app::App;
use crate::problem::Problem;
use borgerportal_domain::ids::OutgoingId;
use borgerportal_domain::outgoing::{Event, State};
use borgerportal_store::outgoing::{self as store, Listed, Queue};

/// Lines of a list.
const MOST: i64 = 200;

/// The way out in numbers.
pub async fn queue(app: &App) -> Result<Queue, Problem> {
    app.read(|tx| Ok(store::queue(tx)?)).await
}

/// Those that need a hand, or those that wait.
pub async fn list(app: &App, dead: bool) -> Result<Vec<Listed>, Problem> {
    let state = if dead { State::GivenUp } else { State::Waiting };
    app.read(move |tx| Ok(store::list(tx, state, MOST)?)).await
}

/// Once more. False when there is none of that name, or it was not given up.
pub async fn retry(app: &App, id: OutgoingId) -> Result<bool, Problem> {
    app.write(move |tx| {
        let after = store::happen(tx, id, Event::TryAgain, "operator")?;
        Ok(after.is_some_and(|after| after.changed))
    })
    .await
}
