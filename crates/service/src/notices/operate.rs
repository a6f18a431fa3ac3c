//! What operators see and do with the outbox.

use crate::app::App;
use crate::problem::Problem;
use borgerportal_domain::ids::NoticeId;
use borgerportal_domain::notices::{Event, State};
use borgerportal_store::notices::{self as store, Listed, Queue};

/// Lines of a list.
const MOST: i64 = 200;

/// The outbox in numbers.
pub async fn queue(app: &App) -> Result<Queue, Problem> {
    app.read(|tx| Ok(store::queue(tx)?)).await
}

/// Messages that need a hand, or those that wait.
pub async fn list(app: &App, dead: bool) -> Result<Vec<Listed>, Problem> {
    let states: &'static [State] = if dead {
        &[State::GivenUp, State::LetterGivenUp]
    } else {
        &[State::Queued, State::LetterQueued, State::Accepted]
    };
    app.read(move |tx| {
        let lists = states.iter().map(|state| store::list(tx, *state, MOST));
        Ok(lists.collect::<Result<Vec<_>, _>>()?.concat())
    })
    .await
}

/// Once more. False when there is no such message, or it is not one that was given up.
pub async fn retry(app: &App, id: NoticeId) -> Result<bool, Problem> {
    app.write(move |tx| {
        let after = store::happen(tx, id, Event::TryAgain, "operator")?;
        Ok(after.is_some_and(|after| after.changed))
    })
    .await
}

/// The letter with this code came back. False when no letter has it.
pub async fn came_back(app: &App, code: &str) -> Result<bool, Problem> {
    let code = code.to_owned();
    app.write(move |tx| {
        let Some(letter) = store::letter_by_code(tx, &code)? else { return Ok(false) };
        let after = store::happen(tx, letter.id, Event::CameBack, "operator")?;
        Ok(after.is_some_and(|after| after.changed))
    })
    .await
}

/// Forgets what has been at rest for long.
pub async fn sweep(app: &App) -> Result<u64, Problem> {
    let days = i64::from(app.retention.notices);
    app.write(move |tx| Ok(store::sweep(tx, tx.now().plus_days(-days))?)).await
}
