//! What must hold for every mandate and request, whatever happens to them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::time::{Date, copenhagen_end_of, copenhagen_midnight};
use crate::{MandateId, PackageId, PackageVersionId, PersonFacts, PersonId, Timestamp};

const GIVER: PersonId = PersonId::from_bytes([1; 16]);
const HOLDER: PersonId = PersonId::from_bytes([2; 16]);
const OTHER: PersonId = PersonId::from_bytes([3; 16]);

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

fn signed_at() -> Timestamp {
    Timestamp::parse("2026-01-10T10:00:00Z").unwrap()
}

fn terms() -> Terms {
    Terms {
        giver: GIVER,
        holder: HOLDER,
        origin: Origin::Given,
        first_day: day(2026, 1, 10),
        last_day: day(2026, 12, 31),
        signed_at: signed_at(),
        supersedes: None,
    }
}

fn person(id: PersonId, birth_on: Date) -> PersonFacts {
    PersonFacts { id, birth_on, deceased_on: None, protected: false }
}

fn package(number: u8) -> (Package, Territory) {
    let package = Package {
        package: PackageId::from_bytes([number; 16]),
        version: PackageVersionId::from_bytes([number + 100; 16]),
        least_giver_age: 0,
        longest_days: 1000,
    };
    (package, Territory::All)
}

fn mandate_id(number: u8) -> MandateId {
    MandateId::from_bytes([number; 16])
}

fn sign(
    terms: Terms,
    packages: &[(Package, Territory)],
    existing: &[Mandate],
) -> Result<Mandate, SignRefusal> {
    let (giver, holder) = (person(terms.giver, day(1943, 5, 12)), person(terms.holder, day(1974, 1, 1)));
    Mandate::sign(mandate_id(50), terms, packages, (&giver, &holder), existing)
}

fn events() -> impl Strategy<Value = MandateEvent> {
    let people = select(vec![GIVER, HOLDER, OTHER]);
    let parties = select(Party::ALL);
    let minutes = -10_000i64..900_000;
    prop_oneof![
        people.clone().prop_map(|by| MandateEvent::Withdraw { by }),
        people.clone().prop_map(|registrar| MandateEvent::WithdrawForGiver { registrar }),
        people.prop_map(|by| MandateEvent::Renounce { by }),
        parties.prop_map(|party| MandateEvent::Death { party }),
        minutes.clone().prop_map(|minutes| MandateEvent::Suspend {
            reason: SuspendReason::Capacity,
            review_by: signed_at().plus_minutes(minutes),
        }),
        Just(MandateEvent::Resume),
        Just(MandateEvent::Annul { reason: AnnulReason::Misuse }),
        minutes.prop_map(|minutes| MandateEvent::SuccessorSigned { from: signed_at().plus_minutes(minutes) }),
        Just(MandateEvent::SuccessorDropped),
    ]
}

/// Steps in time with something tried at each: minutes since the last, to which part, what.
fn histories() -> impl Strategy<Value = Vec<(i64, Option<u8>, MandateEvent)>> {
    vec((0i64..90_000, proptest::option::of(0u8..4), events()), 0..12)
}

/// Tries every step; gives the mandate after each with its instant, and the events that took place.
fn live(history: &[(i64, Option<u8>, MandateEvent)]) -> (Vec<(Timestamp, Mandate)>, Vec<Recorded>) {
    let signed = sign(terms(), &[package(0), package(1), package(2)], &[]).unwrap();
    let (mut now, mut mandate) = (signed_at(), signed.clone());
    let (mut lives, mut recorded) = (vec![(now, signed)], Vec::new());
    for (minutes, number, event) in history {
        now = now.plus_minutes(*minutes);
        let part = number.map_or(Part::Whole, |number| Part::Item(package(number).0.version));
        if let Ok(after) = mandate.after(part, event, now) {
            recorded.push(Recorded { at: now, part, event: *event });
            mandate = after;
        }
        lives.push((now, mandate.clone()));
    }
    (lives, recorded)
}

proptest! {
    #[test]
    fn nothing_brings_an_ended_item_or_mandate_back(history in histories()) {
        let (lives, _) = live(&history);
        let validity = terms().validity();
        for pair in lives.windows(2) {
            let [(before, old), (now, new)] = pair else { unreachable!() };
            if old.standing(*before).is_over() {
                prop_assert!(new.standing(*now).is_over());
            }
            for (old, new) in old.items().iter().zip(new.items()) {
                let ended = old.status.standing(&validity, *before);
                if ended.is_over() {
                    prop_assert_eq!(new.status.standing(&validity, *now), ended);
                }
            }
        }
    }

    #[test]
    fn the_state_follows_from_the_events_and_the_clock(history in histories(), later in 0i64..2_000_000) {
        let (lives, recorded) = live(&history);
        let (_, last) = lives.last().unwrap();
        let again = last.replay(&recorded).unwrap();
        prop_assert_eq!(&again, last);
        let at = signed_at().plus_minutes(later);
        prop_assert_eq!(again.standing(at), last.standing(at));
    }

    #[test]
    fn what_was_signed_never_changes(history in histories()) {
        let (lives, _) = live(&history);
        for (_, mandate) in &lives {
            prop_assert_eq!(mandate.terms(), &terms());
            prop_assert_eq!(mandate.id(), mandate_id(50));
            prop_assert_eq!(mandate.items().len(), 3);
        }
    }

    #[test]
    fn once_over_the_clock_changes_nothing(history in histories(), one in 0i64..2_000_000, more in 0i64..2_000_000) {
        let (lives, _) = live(&history);
        let (now, last) = lives.last().unwrap();
        let (one, other) = (now.plus_minutes(one), now.plus_minutes(one + more));
        for item in last.items() {
            let ended = item.status.standing(&terms().validity(), one);
            if ended.is_over() {
                prop_assert_eq!(item.status.standing(&terms().validity(), other), ended);
            }
        }
    }

    #[test]
    fn a_withdrawal_by_the_giver_works_on_everything_that_lives(history in histories()) {
        let (lives, _) = live(&history);
        let (now, last) = lives.last().unwrap();
        let stopped = last.after(Part::Whole, &MandateEvent::Withdraw { by: GIVER }, *now);
        prop_assert_eq!(stopped.is_ok(), !last.standing(*now).is_over());
        if let Ok(stopped) = stopped {
            prop_assert!(stopped.standing(*now).is_over());
        }
    }

    #[test]
    fn the_end_date_is_its_whole_day_also_when_summer_time_changes(first in 0i32..800, length in 0i32..400) {
        let first_day = day(2026, 1, 10).saturating_add(jiff::Span::new().days(first));
        let last_day = first_day.saturating_add(jiff::Span::new().days(length));
        let mandate = sign(Terms { first_day, last_day, ..terms() }, &[package(1)], &[]).unwrap();
        let midnight = copenhagen_end_of(last_day);
        prop_assert_eq!(mandate.standing(midnight.plus_millis(-1)), Standing::Active);
        prop_assert_eq!(mandate.standing(midnight), Standing::Expired);
        let start = copenhagen_midnight(first_day);
        prop_assert_eq!(mandate.standing(start.plus_millis(-1)), Standing::Planned);
        prop_assert_eq!(mandate.standing(start), Standing::Active);
    }

    #[test]
    fn no_two_live_items_give_the_same_right_at_the_same_time(
        first in (0i32..60, 0i32..60, 1u8..4), second in (0i32..60, 0i32..60, 1u8..4), here in 0u8..3,
    ) {
        let period = |(start, length, _): (i32, i32, u8)| {
            let first_day = day(2026, 1, 10).saturating_add(jiff::Span::new().days(start));
            let last_day = first_day.saturating_add(jiff::Span::new().days(length));
            Terms { first_day, last_day, ..terms() }
        };
        let code = |number| vec![crate::MunicipalityCode::new(number).unwrap()];
        let territory = match here { 0 => Territory::All, 1 => Territory::Only(code(217)), _ => Territory::Only(code(730)) };
        let in_helsingor = (package(first.2).0, Territory::Only(code(217)));
        let one = Mandate::restore(
            mandate_id(51), period(first), sign(period(first), &[in_helsingor], &[]).unwrap().items().to_vec(),
        );
        let days = |(start, length, _): (i32, i32, u8)| start..=start + length;
        let together = days(first).any(|at| days(second).contains(&at));
        let collide = together && first.2 == second.2 && here != 2;
        let next = sign(period(second), &[(package(second.2).0, territory)], &[one]);
        prop_assert_eq!(next.err(), collide.then_some(SignRefusal::Overlaps));
    }
}

#[test]
fn signing_checks_people_age_and_period() {
    let giver = |born| person(GIVER, born);
    let holder = person(HOLDER, day(1974, 1, 1));
    let try_sign = |terms: Terms, giver: &PersonFacts, package: &(Package, Territory)| {
        let package = [package.clone()];
        Mandate::sign(mandate_id(50), terms, &package, (giver, &holder), &[]).err()
    };
    let grown = giver(day(1943, 5, 12));
    assert_eq!(try_sign(terms(), &grown, &package(1)), None);
    let to_self = Terms { holder: GIVER, ..terms() };
    assert_eq!(try_sign(to_self, &grown, &package(1)), Some(SignRefusal::SamePerson));
    let young = Some(SignRefusal::GiverTooYoung);
    assert_eq!(try_sign(terms(), &giver(day(2011, 1, 10)), &package(1)), None, "15 on the day of signing");
    assert_eq!(try_sign(terms(), &giver(day(2011, 1, 11)), &package(1)), young);
    let adults = (Package { least_giver_age: 18, ..package(1).0 }, Territory::All);
    assert_eq!(try_sign(terms(), &giver(day(2008, 1, 11)), &adults), young, "the package asks for 18");
    let dead = PersonFacts { deceased_on: Some(day(2026, 1, 1)), ..grown };
    assert_eq!(try_sign(terms(), &dead, &package(1)), Some(SignRefusal::Deceased));
    assert_eq!(
        try_sign(terms(), &person(OTHER, day(1943, 1, 1)), &package(1)),
        Some(SignRefusal::OtherPeople)
    );
    let past = Terms { first_day: day(2026, 1, 9), ..terms() };
    assert_eq!(try_sign(past, &grown, &package(1)), Some(SignRefusal::BeginsTooEarly));
    let backwards = Terms { last_day: day(2026, 1, 9), ..terms() };
    assert_eq!(try_sign(backwards, &grown, &package(1)), Some(SignRefusal::EndsTooEarly));
    let one_day = Terms { last_day: day(2026, 1, 10), ..terms() };
    assert_eq!(try_sign(one_day, &grown, &package(1)), None);
    let limited = |longest_days| (Package { longest_days, ..package(1).0 }, Territory::All);
    assert_eq!(try_sign(terms(), &grown, &limited(355)), Some(SignRefusal::TooLong));
    assert_eq!(try_sign(terms(), &grown, &limited(356)), None, "10 January to 31 December are 356 days");
    assert_eq!(sign(terms(), &[], &[]).err(), Some(SignRefusal::NothingChosen));
    assert_eq!(sign(terms(), &[package(1), package(1)], &[]).err(), Some(SignRefusal::Overlaps));
}

#[test]
fn a_successor_begins_where_the_old_one_ends() {
    let old = sign(terms(), &[package(1)], &[]).unwrap();
    let next = Terms {
        first_day: day(2026, 12, 1),
        last_day: day(2027, 11, 30),
        signed_at: Timestamp::parse("2026-11-20T10:00:00Z").unwrap(),
        origin: Origin::Renewed,
        supersedes: Some(old.id()),
        ..terms()
    };
    let other_id = Terms { supersedes: None, ..next };
    assert_eq!(sign(other_id, &[package(1)], std::slice::from_ref(&old)).err(), Some(SignRefusal::Overlaps));
    let new = sign(next, &[package(1)], std::slice::from_ref(&old)).unwrap();
    let takes_over = new.terms().validity().from;
    let event = MandateEvent::SuccessorSigned { from: takes_over };
    let old = old.after(Part::Whole, &event, next.signed_at).unwrap();
    for (at, expected) in [
        (takes_over.plus_millis(-1), (Standing::Active, Standing::Planned)),
        (takes_over, (Standing::Superseded, Standing::Active)),
    ] {
        assert_eq!((old.standing(at), new.standing(at)), expected);
    }
    let third = Terms { first_day: day(2026, 12, 2), supersedes: Some(new.id()), ..next };
    assert!(sign(third, &[package(1)], &[old]).is_ok(), "the old one counts only until it is taken over");
}

#[test]
fn the_whole_ends_with_its_last_item() {
    let mandate = sign(terms(), &[package(1), package(2)], &[]).unwrap();
    let now = signed_at().plus_days(10);
    let first = Part::Item(package(1).0.version);
    let one_left = mandate.after(first, &MandateEvent::Withdraw { by: GIVER }, now).unwrap();
    assert_eq!(one_left.standing(now), Standing::Active);
    let refused = one_left.after(first, &MandateEvent::Renounce { by: HOLDER }, now);
    assert_eq!(refused, Err(MandateRefusal::AlreadyOver));
    let later = now.plus_days(1);
    let none = one_left.after(Part::Whole, &MandateEvent::Renounce { by: HOLDER }, later).unwrap();
    assert_eq!(none.standing(later), Standing::Renounced, "the reason of the last");
    let nothing = Part::Item(PackageVersionId::from_bytes([250; 16]));
    let refused = mandate.after(nothing, &MandateEvent::Renounce { by: HOLDER }, now);
    assert_eq!(refused, Err(MandateRefusal::NoSuchItem));
}

#[test]
fn only_digital_mandates_are_renewed_by_a_signature() {
    let now = signed_at().plus_days(1);
    for origin in Origin::ALL {
        let mandate = sign(Terms { origin: *origin, ..terms() }, &[package(1)], &[]).unwrap();
        assert_eq!(mandate.may_be_renewed(now), !origin.is_registered_by_staff(), "{origin:?}");
        let stopped = mandate.after(Part::Whole, &MandateEvent::Withdraw { by: GIVER }, now).unwrap();
        assert!(!stopped.may_be_renewed(now));
    }
}

fn request(requester: PersonId, target: Option<PersonId>, numbers: &[u8]) -> Request {
    let items = numbers.iter().map(|number| PackageVersionId::from_bytes([*number; 16])).collect();
    let wanted = Agreed { items, last_day: day(2027, 12, 31) };
    let addressee = target.map_or([0; 32], |target| [target.into_bytes()[0]; 32]);
    Request::sent(requester, (target, addressee), wanted, signed_at().plus_days(30))
}

#[test]
fn requests_are_counted_against_harassment() {
    let now = signed_at();
    let limits = RequestLimits { per_requester: 2, per_target: 3 };
    let ask = |new: &Request, existing: &[Request]| may_ask(new, existing, &limits, now).err();
    let new = request(HOLDER, Some(GIVER), &[1]);
    assert_eq!(ask(&new, &[]), None);
    assert_eq!(ask(&new, std::slice::from_ref(&new)), Some(AskRefusal::AskedAlready));
    assert_eq!(ask(&request(HOLDER, Some(GIVER), &[1, 2]), std::slice::from_ref(&new)), None);
    let two = [new.clone(), request(HOLDER, Some(OTHER), &[1])];
    assert_eq!(ask(&request(HOLDER, Some(GIVER), &[3]), &two), Some(AskRefusal::TooManyOpen));
    let from = |number: u8| request(PersonId::from_bytes([number; 16]), Some(GIVER), &[1]);
    let busy = [from(10), from(11), from(12)];
    assert_eq!(ask(&new, &busy), Some(AskRefusal::TargetBusy));
    assert!(!AskRefusal::TargetBusy.reveals());
    let answered = new.after(&RequestEvent::Decline { by: GIVER }, now).unwrap();
    assert_eq!(ask(&new, &[answered]), None, "an answered request does not count");
    let lapsed = Request { state: RequestState::Waiting { answer_by: now }, ..new.clone() };
    assert_eq!(ask(&new, &[lapsed]), None, "nor does one whose deadline has passed");
    let respelt = Request { addressee: [200; 32], ..new.clone() };
    assert_eq!(
        ask(&respelt, std::slice::from_ref(&new)),
        Some(AskRefusal::TargetBusy),
        "the same person, typed differently"
    );
    let nobody = request(HOLDER, None, &[1]);
    assert_eq!(
        ask(&nobody, std::slice::from_ref(&nobody)),
        Some(AskRefusal::AskedAlready),
        "as if there were somebody"
    );
    assert_eq!(ask(&request(HOLDER, Some(HOLDER), &[1]), &[]), Some(AskRefusal::Oneself));
    assert_eq!(ask(&request(HOLDER, Some(GIVER), &[]), &[]), Some(AskRefusal::NothingChosen));
}

#[test]
fn what_was_decided_is_told_while_it_holds() {
    let suspend = |reason| MandateEvent::Suspend { reason, review_by: copenhagen_end_of(day(2026, 2, 1)) };
    let paused = |overdue| {
        Some(Decided::Paused { reason: SuspendReason::Misuse, review_on: day(2026, 2, 1), overdue })
    };
    let signed = sign(terms(), &[package(0), package(1)], &[]).unwrap();
    let (at, first) = (signed_at().plus_days(1), Part::Item(package(0).0.version));
    let one = signed.after(first, &suspend(SuspendReason::Misuse), at).unwrap();
    assert_eq!((signed.decided(at), one.decided(at)), (None, None), "the rest of it holds");
    let left =
        one.after(Part::Item(package(1).0.version), &MandateEvent::Withdraw { by: GIVER }, at).unwrap();
    let review = copenhagen_end_of(day(2026, 2, 1));
    for (at, expected) in [
        (at, paused(false)),
        (review.plus_millis(-1), paused(false)),
        (review, paused(true)),
        (copenhagen_end_of(day(2026, 12, 31)), None),
    ] {
        assert_eq!(left.decided(at), expected, "{at}");
    }
    let reason = AnnulReason::Guardianship;
    let ended = left.after(Part::Whole, &MandateEvent::Annul { reason }, at).unwrap();
    assert_eq!(ended.decided(at), Some(Decided::Ended { reason }));
    let resumed = left.after(Part::Whole, &MandateEvent::Resume, at).unwrap();
    assert_eq!(resumed.decided(at), None);
    let stopped = left.after(Part::Whole, &MandateEvent::Withdraw { by: GIVER }, at).unwrap();
    assert_eq!(stopped.decided(at), None, "the giver was first");
}

#[test]
fn a_request_to_nobody_lives_like_any_other() {
    let now = signed_at();
    let (found, nobody) = (request(HOLDER, Some(GIVER), &[1]), request(HOLDER, None, &[1]));
    for at in [now, now.plus_days(29), now.plus_days(30)] {
        assert_eq!(found.standing(at), nobody.standing(at));
        let withdraw = RequestEvent::Withdraw { by: HOLDER };
        assert_eq!(found.after(&withdraw, at).is_ok(), nobody.after(&withdraw, at).is_ok());
    }
    let approve = RequestEvent::Approve { by: GIVER, agreed: nobody.wanted.clone(), mandate: mandate_id(1) };
    assert_eq!(nobody.after(&approve, now), Err(RequestRefusal::NotTheGiver));
}

proptest! {
    #[test]
    fn nobody_gets_more_than_was_asked_for(
        wanted in vec(0u8..6, 1..5), agreed in vec(0u8..6, 0..5), days in -400i32..400,
    ) {
        let request = request(HOLDER, Some(GIVER), &wanted);
        let last_day = request.wanted.last_day.saturating_add(jiff::Span::new().days(days));
        let items = agreed.iter().map(|number| PackageVersionId::from_bytes([*number; 16])).collect();
        let event = RequestEvent::Approve { by: GIVER, agreed: Agreed { items, last_day }, mandate: mandate_id(1) };
        let within = !agreed.is_empty() && agreed.iter().all(|one| wanted.contains(one)) && days <= 0;
        prop_assert_eq!(request.after(&event, signed_at()).is_ok(), within);
    }
}
