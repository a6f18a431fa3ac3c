use super::*;
use proptest::prelude::*;

const EVENTS: [Event; 6] =
    [Event::Taken, Event::Failed, Event::Unusable, Event::Accepted, Event::Rejected, Event::TryAgain];

#[test]
fn one_that_nobody_takes_waits_for_a_person_and_then_goes_again() {
    let mut sending = Sending::NEW;
    for attempt in 1..MOST_ATTEMPTS {
        sending = sending.on(Event::Failed).unwrap();
        assert_eq!((sending.state, sending.attempts), (State::Waiting, attempt));
    }
    sending = sending.on(Event::Failed).unwrap();
    assert_eq!(sending.state, State::GivenUp);
    assert_eq!(sending.on(Event::TryAgain), Ok(Sending::NEW));
}

#[test]
fn an_answer_that_is_faster_than_the_call_counts_and_the_late_call_changes_nothing() {
    let accepted = Sending::NEW.on(Event::Accepted).unwrap();
    assert_eq!(accepted.state, State::Delivered);
    let refused = Sending::NEW.on(Event::Rejected).unwrap();
    for late in [Event::Taken, Event::Failed, Event::Unusable] {
        assert_eq!((accepted.on(late), refused.on(late)), (Err(Ignored), Err(Ignored)), "{late:?}");
    }
}

#[test]
fn a_refusal_can_be_taken_back_by_an_answer_alone() {
    let refused = Sending { state: State::Refused, attempts: 0 };
    let after = EVENTS.map(|event| refused.on(event).ok().map(|after| after.state));
    assert_eq!(after, [None, None, None, Some(State::Delivered), None, None]);
}

#[test]
fn words_of_a_task_are_answers_or_none() {
    for (status, progress, event) in [
        ("received", Some(Progress::Received), Some(Event::Accepted)),
        ("accepted", Some(Progress::Accepted), Some(Event::Accepted)),
        ("in-progress", Some(Progress::InProgress), Some(Event::Accepted)),
        ("on-hold", Some(Progress::OnHold), Some(Event::Accepted)),
        ("completed", Some(Progress::Completed), Some(Event::Accepted)),
        ("rejected", Some(Progress::Rejected), Some(Event::Rejected)),
        ("failed", Some(Progress::Failed), Some(Event::Rejected)),
        ("cancelled", Some(Progress::Cancelled), Some(Event::Accepted)),
        ("requested", None, None),
        ("ready", None, None),
        ("draft", None, None),
        ("entered-in-error", None, None),
        ("in_progress", None, None),
        ("", None, None),
    ] {
        let read = Progress::of_task(status);
        assert_eq!((read, read.map(Progress::event)), (progress, event), "{status}");
    }
}

proptest! {
    #[test]
    fn whatever_happens_in_whatever_order_it_ends_and_the_same_word_twice_says_nothing_new(
        steps in prop::collection::vec(0..EVENTS.len(), 0..60),
    ) {
        let mut sending = Sending::NEW;
        for event in steps.into_iter().map(|at| EVENTS[at]) {
            let before = sending;
            if let Ok(after) = before.on(event) {
                prop_assert_ne!(before, after, "a change changes");
                sending = after;
                // A failed try is a new fact each time; every other event is one fact.
                prop_assert!(event == Event::Failed || after.on(event) == Err(Ignored));
            }
            prop_assert!(sending.attempts < MOST_ATTEMPTS);
            prop_assert!(sending.state == State::Waiting || sending.attempts == 0);
        }
    }
}
