//! Deadlines as a table a lawyer can read, and what holds for every day and every channel.

use super::*;
use crate::access::{Basis, JournalState};
use crate::municipality::InactiveJournal;
use crate::time::{Holidays, Timestamp};
use jiff::ToSpan as _;
use jiff::civil::date;
use proptest::prelude::*;

const fn delivery(by: SentBy, sent: Date) -> Delivery {
    Delivery { to: Recipient::Citizen, by, sent }
}

#[test]
fn the_last_day_to_complain() {
    use SentBy::{DigitalPost, Letter};
    for (why, by, sent, days, received, last_day) in [
        ("an ordinary Friday", DigitalPost, date(2026, 11, 6), 6, date(2026, 11, 6), date(2026, 12, 4)),
        (
            "sent on a Saturday: moves on to Monday",
            DigitalPost,
            date(2026, 11, 7),
            6,
            date(2026, 11, 7),
            date(2026, 12, 7),
        ),
        ("a letter, six working days", Letter, date(2026, 11, 9), 6, date(2026, 11, 17), date(2026, 12, 15)),
        ("a letter, two working days", Letter, date(2026, 11, 9), 2, date(2026, 11, 11), date(2026, 12, 9)),
        ("a letter that arrives at once", Letter, date(2026, 11, 9), 0, date(2026, 11, 9), date(2026, 12, 7)),
        ("a letter sent on a Sunday", Letter, date(2026, 11, 8), 1, date(2026, 11, 9), date(2026, 12, 7)),
        ("a letter over Christmas", Letter, date(2026, 12, 21), 6, date(2027, 1, 4), date(2027, 2, 1)),
        ("ends on New Year's Eve", DigitalPost, date(2026, 12, 3), 6, date(2026, 12, 3), date(2027, 1, 4)),
        ("ends on Maundy Thursday", DigitalPost, date(2026, 3, 5), 6, date(2026, 3, 5), date(2026, 4, 7)),
        ("ends on Constitution Day", DigitalPost, date(2026, 5, 8), 6, date(2026, 5, 8), date(2026, 6, 8)),
        (
            "through the spring change of the clock",
            DigitalPost,
            date(2026, 3, 16),
            6,
            date(2026, 3, 16),
            date(2026, 4, 13),
        ),
    ] {
        let deadline = Deadline::of(delivery(by, sent), days);
        assert_eq!((deadline.received, deadline.last_day), (received, last_day), "{why}");
    }
}

#[test]
fn the_last_day_counts_and_the_next_does_not() {
    let deadline = Deadline::of(delivery(SentBy::DigitalPost, date(2026, 11, 6)), 6);
    assert_eq!(deadline.days_left(date(2026, 11, 22)), Some(12));
    assert_eq!(deadline.days_left(date(2026, 12, 4)), Some(0));
    assert_eq!(deadline.days_left(date(2026, 12, 5)), None);
}

#[test]
fn everybody_has_their_own_time() {
    let sent = date(2026, 11, 6);
    let all = deadlines(
        &[
            Delivery { to: Recipient::Parent, by: SentBy::Letter, sent },
            Delivery { to: Recipient::Parent, by: SentBy::DigitalPost, sent },
            Delivery { to: Recipient::Citizen, by: SentBy::DigitalPost, sent: date(2026, 11, 2) },
        ],
        6,
    );
    let day = |reader| own(&all, reader).map(|one| one.last_day);
    assert_eq!(day(Recipient::Parent), Some(date(2026, 12, 4)), "the first of two parents'");
    assert_eq!(day(Recipient::Citizen), Some(date(2026, 11, 30)));
    assert_eq!(day(Recipient::Representative), Some(date(2026, 11, 30)), "sent to nobody of the kind");
    assert_eq!(own(&[], Recipient::Citizen), None);
    assert!(is_running(&all, date(2026, 12, 14)), "one parent still has time");
    assert!(!is_running(&all, date(2026, 12, 15)));
}

#[test]
fn who_reads_is_who_got_it() {
    let until = Timestamp::from_millis(0);
    for (basis, recipient) in [
        (Basis::Own, Recipient::Citizen),
        (Basis::Custody { last_day: date(2030, 1, 1), youth: None }, Recipient::Parent),
        (Basis::Guardianship { last_day: None }, Recipient::Representative),
        (Basis::Claim { until, may_act: true }, Recipient::Representative),
    ] {
        assert_eq!(Recipient::of(&basis), recipient, "{basis:?}");
    }
}

#[test]
fn a_closed_journal_never_hides_a_running_deadline() {
    let closed = JournalState::Inactive { since: date(2026, 3, 1) };
    let all = deadlines(&[delivery(SentBy::DigitalPost, date(2026, 11, 6))], 6);
    let (running, passed) = (date(2026, 12, 4), date(2026, 12, 5));
    for (policy, left_running, left_passed) in [
        (InactiveJournal::Locked, true, false),
        (InactiveJournal::ReadOnly { months: 6 }, true, false),
        (InactiveJournal::ReadOnly { months: 12 }, true, true),
        (InactiveJournal::LettersOnly, true, true),
    ] {
        assert_eq!(is_left(closed, policy, &all, running), left_running, "{policy:?}");
        assert_eq!(is_left(closed, policy, &all, passed), left_passed, "{policy:?}");
        assert!(is_left(JournalState::Active, policy, &[], passed));
    }
}

fn grant(state: State, from: Option<Date>, to: Option<Date>) -> Grant {
    let unit = Some("Visitationen".to_owned());
    Grant {
        title: "Rengøring".to_owned(),
        state,
        from,
        to,
        supplier: Some("Hjemmeplejen Nord".to_owned()),
        decision: Some(Decision { unit, ..Decision::default() }),
    }
}

#[test]
fn how_a_grant_stands() {
    let today = date(2026, 11, 22);
    let (before, after) = (Some(date(2026, 11, 21)), Some(date(2026, 11, 23)));
    for (state, from, to, standing) in [
        (State::Applied, None, None, Standing::Applied),
        (State::Granted, before, None, Standing::Running),
        (State::Granted, Some(today), Some(today), Standing::Running),
        (State::Ordered, after, None, Standing::Coming),
        (State::Granted, None, before, Standing::Lapsed),
        (State::Other, None, None, Standing::Running),
        (State::Refused, after, None, Standing::Refused),
        (State::Finished, None, after, Standing::Finished),
        (State::Dropped, None, None, Standing::Dropped),
        (State::Ceased, before, None, Standing::Ceased),
        (State::Replaced, before, after, Standing::Replaced),
    ] {
        assert_eq!(grant(state, from, to).standing(today, false), standing, "{state:?} {from:?} {to:?}");
    }
    let over = |standing: &&Standing| standing.is_over();
    assert_eq!(Standing::ALL.iter().filter(over).count(), 6);
}

#[test]
fn a_newer_one_takes_the_place_only_once_it_holds() {
    let today = date(2026, 11, 22);
    let old = grant(State::Granted, None, None);
    assert_eq!(old.standing(today, true), Standing::Replaced);
    assert_eq!(grant(State::Refused, None, None).standing(today, true), Standing::Refused);
    assert!(grant(State::Granted, Some(today), None).has_begun(today));
    assert!(!grant(State::Granted, Some(date(2026, 11, 23)), None).has_begun(today));
    assert!(!grant(State::Applied, None, None).has_begun(today));
    assert!(!grant(State::Refused, None, None).has_begun(today));
}

#[test]
fn nobody_complains_about_what_is_not_decided() {
    let ground = |law| Some(Ground { law, section: String::new() });
    let with = |state, law| {
        let decision = Some(Decision { ground: ground(law), ..Decision::default() });
        Grant { decision, ..grant(state, None, None) }.route()
    };
    assert_eq!(with(State::Granted, Law::Service), Some(Route::Municipality));
    assert_eq!(with(State::Granted, Law::Health), Some(Route::AsTheLetterSays));
    assert_eq!(with(State::Applied, Law::Service), None);
    assert_eq!(grant(State::Granted, None, None).route(), Some(Route::AsTheLetterSays), "no law was told");
    assert_eq!(Grant { decision: None, ..grant(State::Granted, None, None) }.route(), None);
}

#[test]
fn whereabouts_are_who_decides_and_who_comes() {
    let bare = grant(State::Granted, None, None).without_whereabouts();
    assert_eq!(bare.supplier, None);
    assert_eq!(bare.decision.and_then(|decision| decision.unit), None);
}

proptest! {
    #[test]
    fn a_deadline_ends_on_a_working_day_at_least_four_weeks_after_arrival(
        day in 0i32..20_000, days in 0u16..15, letter: bool,
    ) {
        let sent = date(2020, 1, 1) + day.days();
        let by = if letter { SentBy::Letter } else { SentBy::DigitalPost };
        let deadline = Deadline::of(delivery(by, sent), days);
        prop_assert!(Holidays::default().is_working_day(deadline.last_day));
        let weeks = deadline.received.until(deadline.last_day).unwrap().get_days();
        // Easter with its weekend, and Christmas with New Year's, are the longest stretches without work.
        prop_assert!((28..=28 + 5).contains(&weeks), "{weeks} days");
        prop_assert_eq!(deadline.days_left(deadline.last_day), Some(0));
        prop_assert_eq!(deadline.days_left(deadline.last_day.tomorrow().unwrap()), None);
    }

    #[test]
    fn a_letter_never_has_less_time_than_digital_post_and_later_is_never_shorter(
        day in 0i32..20_000, days in 0u16..15,
    ) {
        let sent = date(2020, 1, 1) + day.days();
        let at = |by, sent| Deadline::of(delivery(by, sent), days).last_day;
        prop_assert!(at(SentBy::Letter, sent) >= at(SentBy::DigitalPost, sent));
        for by in [SentBy::Letter, SentBy::DigitalPost] {
            prop_assert!(at(by, sent.tomorrow().unwrap()) >= at(by, sent));
        }
    }
}
