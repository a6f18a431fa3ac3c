//! The way out: set up or not, and what waits there.

use super::{Finding, age_s};
use crate::config::Config;
use crate::post;
use borgerportal_store::Store;
use borgerportal_store::notices::{Queue, queue};

/// Messages may wait this long for a worker, and for a receipt.
const WAIT_S_MAX: i64 = 3_600;
const RECEIPT_S_MAX: i64 = 3 * 86_400;

/// Whether notices can go out.
pub(super) fn set_up(config: &Config) -> Finding {
    match post::open(config) {
        Ok(Some(_)) => Finding::well("post", "Digital Post and print are set up"),
        Ok(None) => Finding::look(
            "post",
            "neither Digital Post nor print is set up: notices wait in the outbox",
            "fill in [digital_post] and [print]",
        ),
        Err(error) => Finding::wrong("post", format!("{error:#}"), "mend [digital_post] or [print]"),
    }
}

/// Whether they do.
pub(super) fn outbox(store: &Store) -> Finding {
    super::waiting(("outbox", store), queue, |queue, now| judge(queue, |since| age_s(Some(since), now)))
}

fn judge(queue: &Queue, age_s: impl Fn(borgerportal_domain::Timestamp) -> i64) -> Finding {
    let (oldest_s, receipt_s) =
        (queue.oldest.map_or(0, &age_s), queue.oldest_without_receipt.map_or(0, &age_s));
    if queue.dead > 0 {
        let what = format!("{} notices were given up", queue.dead);
        return Finding::look("outbox", what, "`borgerportal notices list --dead`, then `notices retry ID`");
    }
    if oldest_s > WAIT_S_MAX {
        let what = format!("{} notices wait, the oldest for {oldest_s} s", queue.waiting);
        return Finding::look("outbox", what, "see that a node runs and that Digital Post answers");
    }
    if receipt_s > RECEIPT_S_MAX {
        let what = format!("{} notices have no receipt, the oldest for {receipt_s} s", queue.without_receipt);
        return Finding::look("outbox", what, "ask Digital Post about the receipts of our system");
    }
    Finding::well("outbox", format!("{} notices wait", queue.waiting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;
    use borgerportal_domain::Timestamp;

    fn judged(queue: Queue) -> (State, String) {
        let finding = judge(&queue, |since| 10_000_000 - since.seconds());
        assert_eq!(
            finding.state == State::Well,
            finding.cure.is_empty(),
            "a cure, and only where one is needed"
        );
        (finding.state, finding.what)
    }

    #[test]
    fn what_was_given_up_is_said_before_what_is_old() {
        let old = Some(Timestamp::from_seconds(0));
        let young = Some(Timestamp::from_seconds(9_999_000));
        assert_eq!(judged(Queue::default()).0, State::Well);
        assert_eq!(judged(Queue { waiting: 3, oldest: young, ..Queue::default() }).0, State::Well);
        let (state, what) = judged(Queue { waiting: 3, oldest: old, ..Queue::default() });
        assert!(state == State::Look && what.contains("3 notices wait, the oldest for 10000000 s"));
        let (state, what) = judged(Queue { waiting: 3, oldest: old, dead: 2, ..Queue::default() });
        assert!(state == State::Look && what.starts_with("2 notices were given up"));
        let silent = Queue { without_receipt: 4, oldest_without_receipt: old, ..Queue::default() };
        assert!(judged(silent).1.starts_with("4 notices have no receipt"));
        let fresh = Queue { without_receipt: 4, oldest_without_receipt: young, ..Queue::default() };
        assert_eq!(judged(fresh).0, State::Well);
    }
}
