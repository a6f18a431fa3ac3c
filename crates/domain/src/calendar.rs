//! Visits and appointments: when they are, until when one may be cancelled here, what became of it, and how a calendar
//! program is told. It refuses to decide who may see or cancel a visit; that is access and the item rule.

mod deadline;
pub mod ical;
mod look;

pub use deadline::{CancelRule, CutOff, WorkingDays};
pub use look::{Act, Booked, CancelRefusal, Cancellation, Look, Standing, Trouble, Undone, look};

use crate::time::{Date, Timestamp, copenhagen_date, copenhagen_end_of, days_after};

coded_enum! {
    /// What a visit is for. A municipality decides per type whether it may be cancelled online.
    pub enum VisitType {
        /// Personlig pleje.
        PersonalCare = "personal_care",
        /// Morgenpleje.
        MorningCare = "morning_care",
        /// Middagsbesøg.
        MiddayVisit = "midday_visit",
        /// Aftenpleje.
        EveningCare = "evening_care",
        /// Natbesøg.
        NightVisit = "night_visit",
        /// Bad.
        Bath = "bath",
        /// Rengøring.
        Cleaning = "cleaning",
        /// Tøjvask.
        Laundry = "laundry",
        /// Indkøb.
        Shopping = "shopping",
        /// Levering af mad.
        Meals = "meals",
        /// Medicingivning.
        Medicine = "medicine",
        /// Medicindosering.
        MedicineDosing = "medicine_dosing",
        /// Sårpleje.
        WoundCare = "wound_care",
        /// Kateterskift.
        Catheter = "catheter",
        /// Any other visit of a nurse.
        Nursing = "nursing",
        /// Skærmbesøg.
        ScreenVisit = "screen_visit",
        /// Genoptræning, hold.
        GroupTraining = "group_training",
        /// Genoptræning, individuel.
        Training = "training",
        /// Hjemmebesøg af visitator.
        AssessorVisit = "assessor_visit",
        /// Forebyggende hjemmebesøg.
        PreventiveVisit = "preventive_visit",
        /// Bostøtte.
        SocialSupport = "social_support",
        /// Opfølgningsmøde.
        FollowUpMeeting = "follow_up_meeting",
        /// Levering af hjælpemiddel.
        AidDelivery = "aid_delivery",
        /// Anything else.
        Other = "other",
    }
}

/// When a visit is: a window in which somebody comes, or a day of which no time is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// It begins then, or its day does.
    pub from: Timestamp,
    /// It ends then, where the record system has said so.
    pub until: Option<Timestamp>,
    /// Only the day is known.
    pub whole_day: bool,
}

impl Slot {
    /// The Danish day it begins on. A visit over midnight belongs to the evening.
    #[must_use]
    pub fn day(&self) -> Date {
        copenhagen_date(self.from)
    }

    /// From then on it cannot be called off: it has begun.
    #[must_use]
    pub fn has_begun(&self, now: Timestamp) -> bool {
        now >= self.from
    }

    /// The end of its window; of a day the end of the day.
    #[must_use]
    pub fn end(&self) -> Timestamp {
        let otherwise = if self.whole_day { copenhagen_end_of(self.day()) } else { self.from };
        self.until.unwrap_or(otherwise).max(self.from)
    }
}

/// A visit as the record system tells of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Its name there: `Appointment/x`, of a past one perhaps `Encounter/x`.
    pub name: String,
    /// What it is for.
    pub kind: VisitType,
    /// What the record system calls it; empty where it does not say.
    pub title: String,
    /// When it is.
    pub slot: Slot,
    /// What the record system says of it.
    pub booked: Booked,
    /// What somebody is who comes, such as "Sygeplejerske"; never who.
    pub role: String,
    /// Where they come from.
    pub unit: String,
    /// Where it is, when it is not at home.
    pub place: String,
    /// Why the municipality has called it off, in its own words.
    pub reason: String,
    /// The series it is one of.
    pub series: Option<String>,
    /// When it was to be before it was moved.
    pub moved_from: Option<Slot>,
    /// The appointment that this contact came of.
    pub of_appointment: Option<String>,
}

impl Visit {
    /// Without what tells where a protected person lives or is cared for.
    #[must_use]
    pub fn without_whereabouts(self) -> Self {
        Self { unit: String::new(), place: String::new(), ..self }
    }
}

coded_enum! {
    /// Why there is no other address for calendar programs.
    pub enum FeedRefusal {
        /// The right hangs on a log-in, or on an answer of the register: no program can read by it.
        NeedsLogIn = "calendar.feed_needs_log_in",
        /// There are enough.
        TooMany = "calendar.feed_too_many",
    }
}

/// Days of a series that are looked at together.
const SERIES_DAYS: i64 = 56;

/// The last day on which visits of one series are offered together with one of that day.
#[must_use]
pub fn series_end(day: Date) -> Date {
    days_after(day, SERIES_DAYS)
}

/// The Monday of the week a day lies in.
///
/// ```
/// use borgerportal_domain::{Date, calendar::monday_of};
/// assert_eq!(monday_of(Date::constant(2025, 11, 30)), Date::constant(2025, 11, 24));
/// assert_eq!(monday_of(Date::constant(2025, 11, 24)), Date::constant(2025, 11, 24));
/// ```
#[must_use]
pub fn monday_of(day: Date) -> Date {
    days_after(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

/// The number Danes call the week of that day by (ISO 8601).
#[must_use]
pub fn week_number(day: Date) -> i8 {
    day.iso_week_date().week()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{copenhagen_at, copenhagen_midnight};
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn weeks_at_the_edges_of_years() {
        for (day, monday, number) in [
            (date(2025, 11, 20), date(2025, 11, 17), 47),
            (date(2026, 12, 31), date(2026, 12, 28), 53),
            (date(2027, 1, 3), date(2026, 12, 28), 53),
            (date(2027, 1, 4), date(2027, 1, 4), 1),
            (date(2024, 12, 30), date(2024, 12, 30), 1),
        ] {
            assert_eq!((monday_of(day), week_number(day)), (monday, number), "{day}");
        }
    }

    #[test]
    fn a_visit_belongs_to_the_danish_day_it_begins_on_and_ends_with_its_window() {
        let night = date(2026, 10, 24).at(23, 30, 0, 0);
        let from = copenhagen_at(night);
        let slot = Slot { from, until: Some(from.plus_minutes(60)), whole_day: false };
        assert_eq!((slot.day(), slot.end()), (date(2026, 10, 24), from.plus_minutes(60)));
        assert!(!slot.has_begun(from.plus_millis(-1)) && slot.has_begun(from));
        let open = Slot { until: None, ..slot };
        assert_eq!(open.end(), from);
        let backwards = Slot { until: Some(from.plus_minutes(-5)), ..slot };
        assert_eq!(backwards.end(), from, "an end before the beginning is none");
        let long = copenhagen_midnight(date(2026, 10, 25));
        let day = Slot { from: long, until: None, whole_day: true };
        assert_eq!(day.end().millis_since(long), 25 * 3_600_000, "the day the clock goes back");
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_week(offset in 0i64..40_000) {
            let day = days_after(date(1990, 1, 1), offset);
            let monday = monday_of(day);
            prop_assert!(monday <= day && day < days_after(monday, 7));
            prop_assert_eq!(monday_of(monday), monday);
            prop_assert_eq!(week_number(monday), week_number(day));
        }
    }
}
