use super::*;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_800_000_000_000);

#[test]
fn what_is_no_address_is_none() {
    for good in ["a@b.dk", "inger.holm+portal@mail.eksempel.dk", "o'neil@xn--blbr-uoa2a.dk", "1@2.dk"] {
        let read = MailAddress::parse(good);
        assert_eq!(read.as_ref().map(MailAddress::as_str), Some(good));
    }
    let long = format!("{}@eksempel.dk", "a".repeat(65));
    let longer = format!("a@{}dk", "abcdefgh.".repeat(30));
    for bad in [
        "",
        "@",
        "inger",
        "inger@",
        "@eksempel.dk",
        "inger@eksempel",
        "inger@eksempel.d",
        "inger@127.0.0.1",
        "inger@-eksempel.dk",
        "inger@eksempel..dk",
        ".inger@eksempel.dk",
        "inger..holm@eksempel.dk",
        "inger holm@eksempel.dk",
        "inger@eksempel.dk, andre@eksempel.dk",
        "inger@x.dk@eksempel.dk",
        "Inger <inger@eksempel.dk>",
        "\"inger\"@eksempel.dk",
        "inger@eksempel.dk\r\nBcc: andre@eksempel.dk",
        "inger@eksempel.dk\0",
        "ingér@eksempel.dk",
        "inger@blåbær.dk",
        &long,
        &longer,
    ] {
        assert_eq!(MailAddress::parse(bad), None, "{bad:?}");
    }
}

proptest! {
    /// Whatever was typed: what is taken is one address on one line, and reads as itself.
    #[test]
    fn an_address_is_one_address(text in "[a-z@. <>,;\"\\r\\n\u{e6}-]{0,40}") {
        if let Some(address) = MailAddress::parse(&text) {
            let written = address.as_str();
            prop_assert!(written.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>,;\"".contains(&byte)));
            prop_assert_eq!(written.matches('@').count(), 1);
            prop_assert_eq!(MailAddress::parse(written), Some(address));
        }
    }

    #[test]
    fn a_code_has_six_digits(random in any::<[u8; 16]>()) {
        let code = code(random);
        prop_assert!(code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()));
    }
}

#[test]
fn an_address_is_not_shown_where_things_are_logged() {
    let address = MailAddress::parse("inger@eksempel.dk");
    assert!(address.is_some() && !format!("{address:?}").contains("inger"));
}

#[test]
fn what_is_at_rest_stays_there() {
    let sent = Sending { state: State::Sent, attempts: 1 };
    for state in State::ALL.iter().copied().filter(|state| *state != State::Waiting) {
        for event in [Event::Sent, Event::Failed, Event::Refused, Event::Drop] {
            assert_eq!(Sending { state, ..sent }.on(event), Sending { state, ..sent }, "{state:?} {event:?}");
        }
    }
}

#[test]
fn a_try_ends_it_or_leaves_it_waiting_until_the_last() {
    for (event, state) in
        [(Event::Sent, State::Sent), (Event::Refused, State::Refused), (Event::Drop, State::Dropped)]
    {
        assert_eq!(Sending::NEW.on(event), Sending { state, attempts: 1 });
    }
    let mut sending = Sending::NEW;
    let mut waited = 0;
    while sending.state == State::Waiting {
        sending = sending.on(Event::Failed);
        if sending.state == State::Waiting {
            waited += crate::notices::wait_ms(sending.attempts, 0);
        }
    }
    assert_eq!(sending, Sending { state: State::GivenUp, attempts: MOST_ATTEMPTS });
    assert!(waited < QUIET_HOURS * 3_600_000, "never after its day");
}

#[test]
fn another_one_waits_a_day_unless_the_last_never_arrived() {
    let lets =
        |state, hours: i64| Sending { state, attempts: 1 }.lets_another(NOW, NOW.plus_minutes(60 * hours));
    for (state, at_once, after_a_day) in [
        (State::Waiting, false, false),
        (State::Sent, false, true),
        (State::Refused, false, true),
        (State::GivenUp, true, true),
        (State::Dropped, true, true),
    ] {
        assert_eq!((lets(state, 23), lets(state, 24)), (at_once, after_a_day), "{state:?}");
    }
}

#[test]
fn a_code_counts_for_a_quarter_of_an_hour_and_five_tries() {
    let typed = |tries, code: &str, after_s: i64| {
        Confirmation { asked_at: NOW, tries }.typed("012345", code, NOW.plus_seconds(after_s))
    };
    assert_eq!(typed(0, "012345", 0), Typed::Right);
    assert_eq!(typed(4, " 012 345", 899), Typed::Right, "the last try, the last second, as people write it");
    assert_eq!(typed(0, "12345", 0), Typed::Wrong);
    assert_eq!(typed(0, "", 0), Typed::Wrong);
    assert_eq!(typed(0, "0123450", 0), Typed::Wrong);
    assert_eq!(typed(4, "000000", 0), Typed::Over, "there is no sixth");
    assert_eq!(typed(5, "012345", 0), Typed::Over);
    assert_eq!(typed(0, "012345", 900), Typed::Over);
}
