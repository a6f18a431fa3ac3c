//! What somebody is writing: a request or a mandate that is not sent yet, one question a page. It says which
//! question comes next and whether the answers hang together. It refuses to be a request: nobody but its writer
//! ever sees it.

use std::collections::BTreeSet;

use super::{Named, Periods};
use crate::ids::{DraftId, PackageVersionId};
use crate::time::Date;

coded_enum! {
    /// What is being written.
    pub enum DraftKind {
        /// A request to somebody else (anmod).
        Ask = "ask",
        /// A mandate given without being asked (afgiv).
        Give = "give",
    }
}

coded_enum! {
    /// The questions, in the order they are asked.
    pub enum Step {
        /// Who is the other?
        Person = "person",
        /// What may be done?
        Rights = "rights",
        /// Until when?
        Period = "period",
        /// How is it sent? Only for a request.
        Sending = "sending",
        /// Is it right?
        Check = "check",
    }
}

coded_enum! {
    /// Why an answer is not taken.
    pub enum DraftRefusal {
        /// No right was chosen.
        NothingChosen = "mandates.draft.nothing_chosen",
        /// A right that is not offered, or no longer.
        NotOffered = "mandates.draft.not_offered",
        /// The end lies before today.
        EndsTooEarly = "mandates.draft.ends_too_early",
        /// Longer than a chosen right allows.
        TooLong = "mandates.draft.too_long",
        /// An earlier question has no answer yet.
        NotYet = "mandates.draft.not_yet",
        /// Who is given a mandate is found by number: nothing is sent before there is one.
        NumberNeeded = "mandates.draft.number_needed",
        /// One gives and asks others, not oneself.
        Oneself = "mandates.draft.oneself",
    }
}

/// Answers so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its name.
    pub id: DraftId,
    /// What it will be.
    pub kind: DraftKind,
    /// The other person, as typed.
    pub person: Option<Named>,
    /// The rights, by version.
    pub packages: BTreeSet<PackageVersionId>,
    /// The last day.
    pub last_day: Option<Date>,
    /// Send it as a letter, too. Nothing before that question was answered.
    pub by_letter: Option<bool>,
}

impl Draft {
    /// With no answers.
    #[must_use]
    pub const fn new(id: DraftId, kind: DraftKind) -> Self {
        Self { id, kind, person: None, packages: BTreeSet::new(), last_day: None, by_letter: None }
    }

    /// The first question without an answer; [`Step::Check`] when there is none.
    #[must_use]
    pub fn step(&self) -> Step {
        let asks = self.kind == DraftKind::Ask;
        if self.person.is_none() {
            Step::Person
        } else if self.packages.is_empty() {
            Step::Rights
        } else if self.last_day.is_none() {
            Step::Period
        } else if asks && self.by_letter.is_none() {
            Step::Sending
        } else {
            Step::Check
        }
    }

    /// Whether a page for this question can be shown: all before it are answered.
    #[must_use]
    pub fn reaches(&self, step: Step) -> bool {
        let skipped = step == Step::Sending && self.kind == DraftKind::Give;
        step <= self.step() && !skipped
    }

    /// Whether a letter is sent. Who has no number to be found by is reached by letter alone.
    #[must_use]
    pub fn sends_letter(&self) -> bool {
        let no_number = self.person.as_ref().is_some_and(|person| person.cpr.is_none());
        self.kind == DraftKind::Ask && (no_number || self.by_letter == Some(true))
    }

    /// Whether this last day can be chosen.
    pub fn may_end(periods: &Periods, last_day: Date, today: Date) -> Result<(), DraftRefusal> {
        if last_day < today {
            return Err(DraftRefusal::EndsTooEarly);
        }
        if last_day > periods.longest { Err(DraftRefusal::TooLong) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::tests::entry;
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn draft(kind: DraftKind) -> Draft {
        Draft::new(DraftId::from_bytes([1; 16]), kind)
    }

    #[test]
    fn one_question_after_the_other() {
        let mut asking = draft(DraftKind::Ask);
        assert_eq!(asking.step(), Step::Person);
        asking.person = Named::read("Inger Holm", "720843-1104", "").ok();
        assert_eq!(asking.step(), Step::Rights);
        asking.last_day = Some(day("2027-01-01"));
        assert_eq!(asking.step(), Step::Rights, "a later answer does not skip a question");
        asking.packages.insert(PackageVersionId::from_bytes([1; 16]));
        assert_eq!(asking.step(), Step::Sending);
        assert!(
            asking.reaches(Step::Person) && asking.reaches(Step::Sending) && !asking.reaches(Step::Check)
        );
        asking.by_letter = Some(false);
        assert_eq!(asking.step(), Step::Check);
        let giving = Draft { kind: DraftKind::Give, by_letter: None, ..asking };
        assert_eq!(giving.step(), Step::Check, "nothing is sent to who is given a mandate");
        assert!(!giving.reaches(Step::Sending) && giving.reaches(Step::Check));
    }

    #[test]
    fn without_a_number_there_is_only_the_letter() {
        let mut asking = draft(DraftKind::Ask);
        asking.by_letter = Some(false);
        asking.person = Named::read("Inger Holm", "", "Havnegade 1, 3000 Helsingør").ok();
        assert!(asking.sends_letter());
        asking.person = Named::read("Inger Holm", "720843-1104", "Havnegade 1").ok();
        assert!(!asking.sends_letter());
        asking.by_letter = Some(true);
        assert!(asking.sends_letter());
        assert!(!Draft { kind: DraftKind::Give, ..asking }.sends_letter());
    }

    #[test]
    fn the_last_day_lies_between_today_and_the_shortest_limit() {
        let today = day("2026-11-22");
        let periods = Periods::of(&[entry(30, 90), entry(30, 60)], today);
        for (last, answer) in [
            ("2026-11-21", Err(DraftRefusal::EndsTooEarly)),
            ("2026-11-22", Ok(())),
            ("2027-01-20", Ok(())),
            ("2027-01-21", Err(DraftRefusal::TooLong)),
        ] {
            assert_eq!(Draft::may_end(&periods, day(last), today), answer, "{last}");
        }
    }
}
