use super::*;
use proptest::prelude::*;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

#[test]
fn the_schedule_without_jitter() {
    let minutes = |attempts| wait_ms(attempts, 0) / 60_000;
    let schedule: Vec<i64> = (1..=MOST_ATTEMPTS).map(minutes).collect();
    assert_eq!(schedule, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720, 720, 720, 720, 720]);
    let whole: i64 = (1..MOST_ATTEMPTS).map(|attempts| wait_ms(attempts, 0)).sum();
    assert!((3 * DAY_MS..4 * DAY_MS).contains(&whole), "an outage of a long weekend is survived");
}

proptest! {
    #[test]
    fn waiting_is_never_short_never_long_and_never_less_than_before(
        attempts in 0_u32..=u32::MAX, jitter: u32, other: u32,
    ) {
        let wait = wait_ms(attempts, jitter);
        prop_assert!((45_000..=DAY_MS / 2).contains(&wait));
        prop_assert!(wait <= wait_ms(attempts, 0));
        prop_assert!(wait * 4 > wait_ms(attempts, 0) * 3, "at most a quarter is taken off");
        prop_assert!(wait_ms(attempts.saturating_add(1), 0) >= wait_ms(attempts, 0));
        // Two nodes with different luck do not differ by more than the quarter either.
        prop_assert!((wait - wait_ms(attempts, other)).abs() * 4 <= wait_ms(attempts, 0));
    }

    #[test]
    fn whatever_happens_a_message_ends_and_never_goes_back(
        letter_apart: bool, by_letter: bool, steps in prop::collection::vec(0..ALL.len(), 0..60),
    ) {
        let mut sending = if by_letter { Sending::by_letter() } else { Sending::by_post(letter_apart) };
        let mut delivered = false;
        for event in steps.into_iter().map(|at| ALL[at]) {
            let before = sending;
            if let Ok(after) = before.on(event) {
                prop_assert_ne!(before, after, "a change changes");
                sending = after;
            }
            prop_assert!(sending.attempts < MOST_ATTEMPTS);
            prop_assert!(!delivered || sending.state == State::Delivered, "what was received stays received");
            delivered = sending.state == State::Delivered;
            if letter_apart && !by_letter {
                prop_assert!(!matches!(sending.state, State::LetterQueued | State::Printed), "one letter only");
            }
        }
    }

    #[test]
    fn the_same_word_twice_says_nothing_new(letter_apart: bool, at in 0..ALL.len(), state in 0..State::ALL.len()) {
        let event = ALL[at];
        let start = Sending { state: State::ALL[state], attempts: 3, letter_apart };
        // A failed try is a new fact each time; every other event is one fact.
        if event != Event::Failed && let Ok(once) = start.on(event) {
            prop_assert_eq!(once.on(event), Err(Ignored));
        }
    }
}

const ALL: [Event; 10] = [
    Event::Taken,
    Event::NotEnrolled,
    Event::Failed,
    Event::Refused,
    Event::ReceiptDelivered,
    Event::ReceiptRejected,
    Event::Spooled,
    Event::CameBack,
    Event::TryAgain,
    Event::Drop,
];

#[test]
fn a_message_nobody_answers_waits_for_a_person_and_then_goes_again() {
    let mut sending = Sending::by_post(false);
    for attempt in 1..MOST_ATTEMPTS {
        sending = sending.on(Event::Failed).unwrap();
        assert_eq!((sending.state, sending.attempts), (State::Queued, attempt));
    }
    sending = sending.on(Event::Failed).unwrap();
    assert!(sending.state.is_dead() && !sending.state.is_waiting());
    assert_eq!(sending.on(Event::TryAgain), Ok(Sending::by_post(false)));
}

#[test]
fn what_nobody_can_say_is_hidden_from_logs() {
    let says = Says { other: Some("Inger Holm".to_owned()), ..Says::default() };
    assert_eq!(format!("{says:?}"), "Says(hidden)");
}
