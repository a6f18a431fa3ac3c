//! Custody: asked of the register at every log-in as a parent and again when the answer is older than a
//! quarter of an hour. The register is asked outside any transaction; when it is away, the old answer stands
//! until the rule calls it stale, and it is left alone for a while: a register that is down is not knocked at by
//! every parent on every page, and nobody waits for it in vain.

use crate::app::App;
use crate::people;
use crate::problem::Problem;
use crate::sessions::{Token, signed_in};
use borgerportal_domain::access::CustodyFact;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::time::Timestamp;
use borgerportal_store::custody as store;
use borgerportal_store::people::{self as store_people, Person};
use std::sync::{Mutex, PoisonError};

/// How long the register is left alone after it did not answer once; twice as long after each further time.
const PAUSE_MS: i64 = 30_000;
/// And never longer than this.
const LONGEST_PAUSE_MS: i64 = 300_000;

/// How long the register is left alone; one for the whole installation.
#[derive(Debug, Default)]
pub(crate) struct Pause(Mutex<Knocks>);

#[derive(Debug, Default)]
struct Knocks {
    /// How often in a row it did not answer.
    in_vain: u32,
    /// When it may be asked again.
    again_at: Timestamp,
}

impl Pause {
    /// Whether the register may be asked now. When a pause is over, one asks and the others still wait.
    fn lets(&self, now: Timestamp) -> bool {
        let mut knocks = self.knocks();
        // A clock that was set back does not make a pause longer.
        let waits = knocks.again_at.millis_since(now);
        if knocks.in_vain == 0 || waits > LONGEST_PAUSE_MS {
            return true;
        }
        if waits > 0 {
            return false;
        }
        knocks.again_at = now.plus_millis(PAUSE_MS);
        true
    }

    /// It answered.
    fn over(&self) {
        *self.knocks() = Knocks::default();
    }

    /// It did not answer.
    fn begin(&self, now: Timestamp) {
        let mut knocks = self.knocks();
        let length = PAUSE_MS << knocks.in_vain.min(4);
        *knocks = Knocks {
            in_vain: knocks.in_vain.saturating_add(1),
            again_at: now.plus_millis(length.min(LONGEST_PAUSE_MS)),
        };
    }

    fn knocks(&self) -> std::sync::MutexGuard<'_, Knocks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Asks the register about the person behind a token and keeps the answer.
pub async fn ask_for(app: &App, token: &Token) -> Result<(), Problem> {
    let (hash, limits) = (token.hash(), app.limits);
    let person = app
        .read(move |tx| {
            let who = signed_in(tx, &hash, &limits)?;
            store_people::person(tx, who.caller.actor)?.ok_or(Problem::NoSession)
        })
        .await?;
    ask_about(app, person).await
}

/// Asks the register about somebody and keeps the answer.
pub(crate) async fn ask_about(app: &App, person: Person) -> Result<(), Problem> {
    let now = app.clock.now();
    let pause = app.custody_pause();
    if !pause.lets(now) {
        return Ok(());
    }
    let children = match app.custody.children_of(&person.cpr, now).await {
        Ok(children) => {
            pause.over();
            children
        }
        Err(error) => {
            pause.begin(app.clock.now());
            tracing::warn!(code = error.code(), "the custody register did not answer");
            return Ok(());
        }
    };
    let holder = person.facts.id;
    app.write(move |tx| {
        let facts = children.iter().map(|child| {
            let child_id: PersonId = people::keep_child(tx, child)?;
            Ok(CustodyFact {
                holder,
                child: child_id,
                from: child.from,
                last_day: child.until.and_then(|until| until.yesterday().ok()),
                withheld: false,
                asked_at: now,
            })
        });
        let facts = facts.collect::<Result<Vec<_>, Problem>>()?;
        Ok(store::replace(tx, holder, &facts)?)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000 + seconds * 1000)
    }

    /// Asks every second from `from` on, always in vain; returns after how many seconds each question was let.
    fn knocking(pause: &Pause, from: i64, until: i64) -> Vec<i64> {
        let knocks = (from..until).filter(|second| {
            let let_in = pause.lets(at(*second));
            if let_in {
                pause.begin(at(*second));
            }
            let_in
        });
        knocks.collect()
    }

    #[test]
    fn pauses_double_up_to_five_minutes() {
        let pause = Pause::default();
        assert_eq!(knocking(&pause, 0, 1_400), [0, 30, 90, 210, 450, 750, 1_050, 1_350]);
    }

    #[test]
    fn an_answer_ends_the_pauses() {
        let pause = Pause::default();
        knocking(&pause, 0, 500);
        pause.over();
        assert!((500..503).all(|second| pause.lets(at(second))), "nobody waits for one that answers");
        assert_eq!(knocking(&pause, 503, 600), [503, 533, 593], "and they begin anew");
    }

    #[test]
    fn only_one_asks_when_a_pause_is_over() {
        let pause = Pause::default();
        pause.begin(at(0));
        assert_eq!((0..10).filter(|_| pause.lets(at(31))).count(), 1);
        assert!(pause.lets(at(62)), "whoever asked has vanished: the next one may");
    }

    #[test]
    fn a_clock_set_back_does_not_lengthen_a_pause() {
        let pause = Pause::default();
        pause.begin(at(0));
        assert!(pause.lets(at(-86_400)));
    }
}
