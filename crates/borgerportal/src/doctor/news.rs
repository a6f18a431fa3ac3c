//! The ways by which people are told of news: set up or not, and what waits there.

use super::{Finding, age_s};
use crate::config::Config;
use crate::news;
use borgerportal_domain::news::Channel;
use borgerportal_store::Store;
use borgerportal_store::news::{Queue, queue};

const PART: &str = "news";
/// Something that is due may wait this long between two tries.
const WAIT_S_MAX: i64 = 13 * 3_600;

/// Whether people can be told.
pub(super) fn set_up(config: &Config) -> Finding {
    if let Err(error) = news::open(config, None) {
        return Finding::wrong(PART, format!("{error:#}"), "mend [mail]");
    }
    let ways: Vec<&str> = news::channels(config).into_iter().map(Channel::code).collect();
    if ways.contains(&Channel::Mail.code()) {
        return Finding::well(PART, format!("people can choose {}", ways.join(" and ")));
    }
    Finding::look(PART, "nobody can be told of news by e-mail", "fill in [mail], or leave it so")
}

/// Whether they are.
pub(super) fn waiting(store: &Store) -> Finding {
    super::waiting((PART, store), queue, |queue, now| judge(queue, age_s(queue.oldest, now)))
}

fn judge(queue: &Queue, oldest_s: i64) -> Finding {
    if queue.given_up > 0 {
        let what = format!("{} people were not told, in seventeen hours of trying", queue.given_up);
        return Finding::look(PART, what, "see in the log what the mail server or Digital Post answers");
    }
    if oldest_s > WAIT_S_MAX {
        let what = format!("{} notices wait, the oldest for {oldest_s} s", queue.waiting);
        return Finding::look(PART, what, "see that a node runs");
    }
    Finding::well(PART, format!("{} notices wait", queue.waiting))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;

    #[test]
    fn what_was_given_up_is_said_before_what_is_old() {
        let judged = |waiting, given_up, oldest_s| {
            let finding = judge(&Queue { waiting, oldest: None, given_up }, oldest_s);
            (finding.state, finding.what)
        };
        assert_eq!(judged(3, 0, 3_600).0, State::Well);
        let (state, what) = judged(3, 0, 50_000);
        assert!(state == State::Look && what == "3 notices wait, the oldest for 50000 s");
        let (state, what) = judged(3, 2, 50_000);
        assert!(state == State::Look && what.starts_with("2 people were not told"));
    }
}
