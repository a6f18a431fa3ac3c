//! What became of a visit, and what may be done with it now: what the record system says, what was cancelled and undone
//! here, and what the record system answered, put together. It refuses to call a visit cancelled that the record system
//! has not taken off: somebody might come.

use super::{CancelRule, Slot};
use crate::ids::PersonId;
use crate::outgoing::State;
use crate::time::Timestamp;

coded_enum! {
    /// What the record system says of a visit.
    pub enum Booked {
        /// It is to take place.
        Planned = "planned",
        /// It was called off.
        Cancelled = "cancelled",
        /// It took place.
        Done = "done",
        /// Nobody was at home.
        Missed = "missed",
    }
}

/// Whether what was told counts, as far as anybody knows.
const fn holds(told: State) -> bool {
    matches!(told, State::Waiting | State::Delivered)
}

/// A cancellation made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// What the record system made of it.
    pub told: State,
    /// Somebody thought better of it.
    pub undone: Option<Undone>,
}

/// A cancellation was taken back here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undone {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// What the record system made of that.
    pub told: State,
}

coded_enum! {
    /// How a visit stands.
    pub enum Standing {
        /// It is to take place, or takes place now.
        Coming = "coming",
        /// Its time is over, and nothing was said of it.
        Over = "over",
        /// It took place.
        Done = "done",
        /// Nobody was at home.
        Missed = "missed",
        /// Cancelled here.
        CancelledHere = "cancelled_here",
        /// The municipality has called it off.
        CancelledThere = "cancelled_there",
        /// The cancellation was taken back, and the record system has not said yet that the visit is on again.
        Returning = "returning",
    }
}

coded_enum! {
    /// What did not go as somebody here asked for.
    pub enum Trouble {
        /// The municipality has not cancelled it: somebody may come.
        NotCancelled = "not_cancelled",
        /// The municipality has not put it back: nobody may come.
        NotPutBack = "not_put_back",
    }
}

/// What may be done with a visit here and now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// It may be cancelled before this instant.
    Cancel(Timestamp),
    /// The cancellation may be taken back before this instant.
    Undo(Timestamp),
    /// It could be cancelled until this instant; now somebody must call.
    TooLate(Timestamp),
    /// Visits of this type are called off by telephone.
    ByPhone,
    /// Nothing is left to do.
    Nothing,
}

/// How a visit stands, what may be done, and what went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How it stands.
    pub standing: Standing,
    /// What may be done.
    pub act: Act,
    /// What went wrong.
    pub trouble: Option<Trouble>,
}

coded_enum! {
    /// Why a visit is not cancelled, or its cancellation not taken back.
    pub enum CancelRefusal {
        /// The deadline is past.
        TooLate = "calendar.too_late",
        /// Visits of this type are called off by telephone.
        ByPhone = "calendar.by_phone",
        /// It is cancelled already.
        AlreadyCancelled = "calendar.already_cancelled",
        /// It has begun, or is over.
        Over = "calendar.over",
        /// There is no cancellation to take back.
        NotCancelled = "calendar.not_cancelled",
    }
}

impl Look {
    /// Whether the visit may be cancelled now.
    pub const fn cancel(&self) -> Result<(), CancelRefusal> {
        match (self.act, self.standing) {
            (Act::Cancel(_), _) => Ok(()),
            (_, Standing::CancelledHere | Standing::CancelledThere) => Err(CancelRefusal::AlreadyCancelled),
            (Act::TooLate(_), _) => Err(CancelRefusal::TooLate),
            (Act::ByPhone | Act::Undo(_), _) | (_, Standing::Returning) => Err(CancelRefusal::ByPhone),
            (Act::Nothing, _) => Err(CancelRefusal::Over),
        }
    }

    /// Whether the cancellation may be taken back now.
    pub const fn undo(&self) -> Result<(), CancelRefusal> {
        match (self.act, self.standing) {
            (Act::Undo(_), _) => Ok(()),
            (_, Standing::CancelledHere) => Err(CancelRefusal::TooLate),
            _ => Err(CancelRefusal::NotCancelled),
        }
    }
}

/// Puts together what is known of a visit. `rule` is that of its type; without one it is called off by telephone.
#[must_use]
pub fn look(
    (slot, booked): (&Slot, Booked),
    cancelled: Option<&Cancellation>,
    rule: Option<&CancelRule>,
    now: Timestamp,
) -> Look {
    let (standing, trouble) = standing(slot, booked, cancelled, now);
    let open = !slot.has_begun(now);
    let ends_at = rule.map(|rule| rule.ends_at(slot));
    let act = match (standing, trouble, ends_at) {
        _ if !open => Act::Nothing,
        // What the record system would not take is not asked of it again.
        (_, Some(_), _) | (Standing::Coming, None, None) => Act::ByPhone,
        (Standing::Coming, None, Some(at)) if now < at => Act::Cancel(at),
        (Standing::Coming, None, Some(at)) => Act::TooLate(at),
        (Standing::CancelledHere, None, Some(at)) if now < at => Act::Undo(at),
        _ => Act::Nothing,
    };
    Look { standing, act, trouble }
}

fn standing(
    slot: &Slot,
    booked: Booked,
    cancelled: Option<&Cancellation>,
    now: Timestamp,
) -> (Standing, Option<Trouble>) {
    let as_booked = match booked {
        Booked::Planned if now >= slot.end() && slot.has_begun(now) => Standing::Over,
        Booked::Planned => Standing::Coming,
        Booked::Cancelled => Standing::CancelledThere,
        Booked::Done => return (Standing::Done, None),
        Booked::Missed => return (Standing::Missed, None),
    };
    let Some(cancelled) = cancelled else { return (as_booked, None) };
    match (cancelled.undone, booked) {
        (None, _) if holds(cancelled.told) => (Standing::CancelledHere, None),
        (None, Booked::Planned) => (as_booked, Some(Trouble::NotCancelled)),
        (Some(undone), _) if !holds(undone.told) => (Standing::CancelledHere, Some(Trouble::NotPutBack)),
        (Some(_), Booked::Cancelled) => (Standing::Returning, None),
        (None | Some(_), _) => (as_booked, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{CutOff, WorkingDays};
    use crate::time::{Holidays, copenhagen_at};
    use jiff::civil::date;
    use proptest::prelude::*;

    const METTE: PersonId = PersonId::from_bytes([2; 16]);

    const RULE: CancelRule = CancelRule {
        days: WorkingDays::USUAL,
        cut_off: CutOff::END_OF_DAY,
        holidays: Holidays {
            constitution_day: true,
            christmas_eve: true,
            new_years_eve: true,
            saturday_works: false,
        },
    };

    /// Tuesday 25 November 2025 at ten: can be called off to and with Thursday the 20th.
    fn visit() -> Slot {
        let from = copenhagen_at(date(2025, 11, 25).at(10, 0, 0, 0));
        Slot { from, until: Some(from.plus_minutes(30)), whole_day: false }
    }

    fn at(day: i8, hour: i8, minute: i8) -> Timestamp {
        copenhagen_at(date(2025, 11, day).at(hour, minute, 0, 0))
    }

    fn cancelled(told: State, undone: Option<State>) -> Cancellation {
        let at = at(18, 9, 0);
        let undone = undone.map(|told| Undone { at: at.plus_minutes(5), by: METTE, told });
        Cancellation { at, by: METTE, told, undone }
    }

    #[test]
    fn what_may_be_done_as_time_goes() {
        let end = RULE.ends_at(&visit());
        let seen = |now| look((&visit(), Booked::Planned), None, Some(&RULE), now);
        for (now, standing, act) in [
            (at(20, 23, 59), Standing::Coming, Act::Cancel(end)),
            (at(21, 0, 0), Standing::Coming, Act::TooLate(end)),
            (at(25, 9, 59), Standing::Coming, Act::TooLate(end)),
            (at(25, 10, 0), Standing::Coming, Act::Nothing),
            (at(25, 10, 30), Standing::Over, Act::Nothing),
        ] {
            assert_eq!(seen(now), Look { standing, act, trouble: None }, "{now}");
        }
        let by_phone = look((&visit(), Booked::Planned), None, None, at(18, 9, 0));
        assert_eq!((by_phone.act, by_phone.cancel()), (Act::ByPhone, Err(CancelRefusal::ByPhone)));
        assert_eq!(seen(at(21, 0, 0)).cancel(), Err(CancelRefusal::TooLate));
        assert_eq!(seen(at(25, 10, 0)).cancel(), Err(CancelRefusal::Over));
        assert_eq!(seen(at(20, 9, 0)).undo(), Err(CancelRefusal::NotCancelled));
    }

    #[test]
    fn what_was_cancelled_here_and_what_the_record_system_made_of_it() {
        use State::{Delivered, GivenUp, Refused, Waiting};
        let end = RULE.ends_at(&visit());
        for (booked, answer, undone, standing, act, trouble) in [
            (Booked::Planned, Waiting, None, Standing::CancelledHere, Act::Undo(end), None),
            (Booked::Cancelled, Delivered, None, Standing::CancelledHere, Act::Undo(end), None),
            (Booked::Planned, Refused, None, Standing::Coming, Act::ByPhone, Some(Trouble::NotCancelled)),
            (Booked::Planned, GivenUp, None, Standing::Coming, Act::ByPhone, Some(Trouble::NotCancelled)),
            (Booked::Cancelled, Refused, None, Standing::CancelledThere, Act::Nothing, None),
            (Booked::Planned, Delivered, Some(Waiting), Standing::Coming, Act::Cancel(end), None),
            (Booked::Cancelled, Delivered, Some(Delivered), Standing::Returning, Act::Nothing, None),
            (
                Booked::Cancelled,
                Delivered,
                Some(Refused),
                Standing::CancelledHere,
                Act::ByPhone,
                Some(Trouble::NotPutBack),
            ),
            (
                Booked::Planned,
                Delivered,
                Some(GivenUp),
                Standing::CancelledHere,
                Act::ByPhone,
                Some(Trouble::NotPutBack),
            ),
            (Booked::Done, Delivered, None, Standing::Done, Act::Nothing, None),
        ] {
            let seen = cancelled(answer, undone);
            let found = look((&visit(), booked), Some(&seen), Some(&RULE), at(20, 9, 0));
            assert_eq!(found.standing, standing, "{booked:?} {answer:?} {undone:?}");
            assert_eq!(found.trouble, trouble, "{booked:?} {answer:?} {undone:?}");
            assert_eq!(found.act, act, "{booked:?} {answer:?} {undone:?}");
        }
    }

    #[test]
    fn who_comes_second_is_told_that_it_is_done() {
        let waiting = cancelled(State::Waiting, None);
        let seen = |now| look((&visit(), Booked::Planned), Some(&waiting), Some(&RULE), now);
        assert_eq!(seen(at(20, 9, 0)).cancel(), Err(CancelRefusal::AlreadyCancelled));
        assert_eq!(seen(at(20, 9, 0)).undo(), Ok(()));
        assert_eq!(seen(at(21, 9, 0)).undo(), Err(CancelRefusal::TooLate));
        assert_eq!(seen(at(21, 9, 0)).cancel(), Err(CancelRefusal::AlreadyCancelled));
    }

    fn any_answer() -> impl Strategy<Value = State> {
        prop::sample::select(State::ALL)
    }

    proptest! {
        /// Whatever has happened: never both cancel and undo, nothing after the deadline, nothing once it has begun,
        /// and a visit that the record system means to carry out is called cancelled only while it has not said no.
        #[test]
        fn no_history_opens_what_the_deadline_closed(
            booked in prop::sample::select(Booked::ALL),
            made in proptest::option::of((any_answer(), proptest::option::of(any_answer()))),
            minutes in -20_000i64..20_000,
        ) {
            let made = made.map(|(answer, undone)| cancelled(answer, undone));
            let (slot, now) = (visit(), visit().from.plus_minutes(minutes));
            let found = look((&slot, booked), made.as_ref(), Some(&RULE), now);
            let open = now < RULE.ends_at(&slot);
            prop_assert!(found.cancel().is_err() || found.undo().is_err());
            prop_assert!(open || (found.cancel().is_err() && found.undo().is_err()));
            prop_assert!(now < slot.from || found.act == Act::Nothing);
            if booked == Booked::Planned && found.standing == Standing::CancelledHere {
                prop_assert!(made.is_some_and(|made| holds(made.told) || made.undone.is_some()));
            }
        }
    }
}
