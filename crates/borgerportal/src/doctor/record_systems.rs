//! The way to the record systems: set up or not, and what waits there.

use super::{Finding, age_s};
use crate::config::Config;
use crate::record_systems;
use borgerportal_store::Store;
use borgerportal_store::outgoing::{Queue, queue};

const PART: &str = "record systems";
/// So long something may wait for a record system that is there.
const WAIT_S_MAX: i64 = 3_600;

/// Whether record systems can be told anything.
pub(super) fn set_up(config: &Config) -> Finding {
    match record_systems::open(config) {
        Ok(ways) if ways.is_empty() => Finding::look(
            PART,
            "none is set up: what citizens cancel, write and apply for waits here",
            "fill in [[record_system]]",
        ),
        Ok(ways) => Finding::well(PART, format!("{} are set up", ways.len())),
        Err(error) => Finding::wrong(PART, format!("{error:#}"), "mend [[record_system]]"),
    }
}

/// Whether they are told.
pub(super) fn waiting(store: &Store) -> Finding {
    super::waiting((PART, store), queue, |queue, now| judge(queue, age_s(queue.oldest, now)))
}

fn judge(queue: &Queue, oldest_s: i64) -> Finding {
    let waiting = queue.waiting;
    if queue.dead > 0 {
        let what = format!("{} were given up", queue.dead);
        return Finding::look(PART, what, "`borgerportal outgoing list --dead`, then `outgoing retry ID`");
    }
    if oldest_s > WAIT_S_MAX {
        let what = format!("{waiting} wait for a record system, the oldest for {oldest_s} s");
        return Finding::look(PART, what, "see that a node runs and that the record system answers");
    }
    Finding::well(PART, format!("{waiting} wait for a record system"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn what_was_given_up_is_said_before_what_is_old() {
        let judged = |waiting, dead, oldest_s| {
            let finding = judge(&Queue { waiting, oldest: None, dead }, oldest_s);
            (finding.state, finding.what)
        };
        assert_eq!(judged(3, 0, 60).0, State::Well);
        let (state, what) = judged(3, 0, 7_200);
        assert!(state == State::Look && what.contains("3 wait for a record system, the oldest for 7200 s"));
        let (state, what) = judged(3, 2, 7_200);
        assert!(state == State::Look && what == "2 were given up");
    }
}
