//! An application: one draft, step by step, and what becomes of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::municipality::{AidKind, AidQuestion, Papers};
use crate::outgoing::{OutgoingState, Progress};
use crate::time::{Date, days_after};

/// Characters of an answer in one's own words.
pub(super) const LONGEST: usize = 2_000;

coded_enum! {
    /// The questions of an application, one a page.
    pub enum Step {
        /// Why the aid is needed: the criteria of the law.
        Why = "why",
        /// What the municipality asks about this kind of aid, and who shall supply it.
        Details = "details",
        /// Medical papers and pictures.
        Files = "files",
        /// Everything once more, and sent.
        Check = "check",
    }
}

coded_enum! {
    /// Whether the need lasts: serviceloven § 112 is about lasting ones.
    pub enum Lasting {
        /// It lasts.
        Yes = "yes",
        /// It goes away again.
        No = "no",
        /// Nobody has said.
        Unknown = "unknown",
    }
}

coded_enum! {
    /// What the aid shall do, in the words of serviceloven § 112, stk. 1.
    pub enum Aim {
        /// Make up for what is lost, to a considerable degree.
        Relieve = "relieve",
        /// Make everyday life at home considerably easier.
        Everyday = "everyday",
        /// It is needed to have a job.
        Work = "work",
    }
}

coded_enum! {
    /// Whether there was one like it before.
    pub enum Occasion {
        /// The first time.
        First = "first",
        /// One like it is worn out.
        Again = "again",
        /// Something has changed, so that another one is needed.
        Changed = "changed",
    }
}

/// Who shall supply it. The choice is free; whoever chooses a dearer one pays the difference (§ 112, stk. 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supplier {
    /// The one the municipality has an agreement with.
    Municipality,
    /// Another, by name.
    Own(String),
}

/// Why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Why {
    /// Whether it lasts.
    pub lasting: Lasting,
    /// What is difficult now.
    pub need: String,
    /// What the aid shall do.
    pub aims: Vec<Aim>,
}

/// What was answered about the kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Whether there was one before.
    pub occasion: Occasion,
    /// By the code of the question: the code of what was chosen, or own words.
    pub answers: BTreeMap<String, String>,
    /// Who shall supply it.
    pub supplier: Supplier,
}

/// An application that is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The kind of aid, by its code.
    pub kind: String,
    /// Answered, or not yet.
    pub why: Option<Why>,
    /// Answered, or not yet.
    pub answers: Option<Answers>,
    /// Whether the page of files has been gone past.
    pub files_seen: bool,
}

coded_enum! {
    /// Why an answer is not taken, or the application not sent.
    pub enum ApplyRefusal {
        /// Whether it lasts is not answered.
        LastingMissing = "aids.apply.lasting_missing",
        /// What is difficult is not said.
        NeedMissing = "aids.apply.need_missing",
        /// What it shall do is not chosen.
        AimMissing = "aids.apply.aim_missing",
        /// Whether it is the first time is not answered.
        OccasionMissing = "aids.apply.occasion_missing",
        /// A question about the kind is not answered.
        AnswerMissing = "aids.apply.answer_missing",
        /// The supplier is not chosen, or has no name.
        SupplierMissing = "aids.apply.supplier_missing",
        /// Longer than can be sent.
        TooLong = "aids.apply.too_long",
        /// Medical papers are missing.
        PapersMissing = "aids.apply.papers_missing",
        /// Something that reads as the CPR number of a person stands in an answer.
        CprLike = "aids.apply.cpr_like",
        /// This kind cannot be applied for here any more.
        KindGone = "aids.apply.kind_gone",
        /// It was sent already, or was decided.
        Over = "aids.apply.over",
    }
}

impl Why {
    /// Whether it says enough.
    pub fn check(&self) -> Result<(), ApplyRefusal> {
        own_words(&self.need, ApplyRefusal::NeedMissing, ApplyRefusal::TooLong)?;
        if self.aims.is_empty() { Err(ApplyRefusal::AimMissing) } else { Ok(()) }
    }
}

pub(super) fn own_words<R>(text: &str, missing: R, too_long: R) -> Result<(), R> {
    match text.trim().chars().count() {
        0 => Err(missing),
        1..=LONGEST => Ok(()),
        _ => Err(too_long),
    }
}

impl Answers {
    /// Whether every question of the kind is answered by something that can be chosen. Says which is not.
    pub fn check<'k>(&self, kind: &'k AidKind) -> Result<(), (ApplyRefusal, Option<&'k AidQuestion>)> {
        for question in &kind.question {
            let answer = self.answers.get(&question.code).map(|text| text.trim()).unwrap_or_default();
            let wrong = if answer.is_empty() {
                (!question.optional).then_some(ApplyRefusal::AnswerMissing)
            } else if question.option.is_empty() {
                own_words(answer, ApplyRefusal::AnswerMissing, ApplyRefusal::TooLong).err()
            } else {
                let offered = question.option.iter().any(|option| option.code == answer);
                (!offered).then_some(ApplyRefusal::AnswerMissing)
            };
            if let Some(refusal) = wrong {
                return Err((refusal, Some(question)));
            }
        }
        match &self.supplier {
            Supplier::Own(name) => own_words(name, ApplyRefusal::SupplierMissing, ApplyRefusal::TooLong)
                .map_err(|refusal| (refusal, None)),
            Supplier::Municipality => Ok(()),
        }
    }
}

impl Draft {
    /// A new one.
    #[must_use]
    pub const fn new(kind: String) -> Self {
        Self { kind, why: None, answers: None, files_seen: false }
    }

    /// The first question that is not answered.
    #[must_use]
    pub const fn step(&self) -> Step {
        match (&self.why, &self.answers, self.files_seen) {
            (None, _, _) => Step::Why,
            (Some(_), None, _) => Step::Details,
            (Some(_), Some(_), false) => Step::Files,
            (Some(_), Some(_), true) => Step::Check,
        }
    }

    /// Whether medical papers must go along.
    #[must_use]
    pub fn needs_papers(&self, kind: &AidKind) -> bool {
        match kind.papers {
            Papers::Always => true,
            Papers::Never => false,
            Papers::FirstTime => self.answers.as_ref().is_none_or(|said| said.occasion != Occasion::Again),
        }
    }

    /// Whether it can be sent with so many files. A paper that only the doctor has can be promised: then the
    /// municipality asks for it.
    pub fn check(&self, kind: &AidKind, files: usize) -> Result<(), ApplyRefusal> {
        let why = self.why.as_ref().ok_or(ApplyRefusal::NeedMissing)?;
        let answers = self.answers.as_ref().ok_or(ApplyRefusal::AnswerMissing)?;
        why.check()?;
        answers.check(kind).map_err(|(refusal, _)| refusal)?;
        if self.needs_papers(kind) && files == 0 {
            return Err(ApplyRefusal::PapersMissing);
        }
        Ok(())
    }

    /// The day by which the municipality has promised an answer to one that is sent on this day.
    #[must_use]
    pub fn answer_by(&self, kind: &AidKind, sent_on: Date) -> Date {
        let again = self.answers.as_ref().is_some_and(|said| said.occasion == Occasion::Again);
        let weeks = if again { kind.repeat_weeks } else { kind.answer_weeks };
        days_after(sent_on, 7 * i64::from(weeks))
    }
}

coded_enum! {
    /// How far an application has come.
    pub enum Stage {
        /// On its way to the municipality.
        Sent = "sent",
        /// It did not get there: a person must look.
        Undelivered = "undelivered",
        /// The municipality has it.
        Received = "received",
        /// Somebody is at it.
        InProgress = "in_progress",
        /// They wait for something, from the citizen perhaps.
        OnHold = "on_hold",
        /// It is decided; the decision comes as a letter.
        Decided = "decided",
        /// It could not be dealt with.
        Rejected = "rejected",
        /// It was taken back.
        Withdrawn = "withdrawn",
    }
}

impl Stage {
    /// From where it is, and what the record system has said of it so far.
    #[must_use]
    pub fn of(state: &OutgoingState, last: Option<Progress>, withdrawn: bool) -> Self {
        let decided = matches!(last, Some(Progress::Completed));
        match state {
            _ if withdrawn && !decided => Self::Withdrawn,
            OutgoingState::Waiting => Self::Sent,
            OutgoingState::GivenUp { .. } => Self::Undelivered,
            OutgoingState::Refused { .. } => Self::Rejected,
            OutgoingState::Delivered { .. } => match last {
                Some(Progress::Completed) => Self::Decided,
                Some(Progress::Accepted | Progress::InProgress) => Self::InProgress,
                Some(Progress::OnHold) => Self::OnHold,
                Some(Progress::Cancelled) => Self::Withdrawn,
                Some(Progress::Received | Progress::Rejected | Progress::Failed) | None => Self::Received,
            },
        }
    }

    /// Whether it can still be taken back.
    #[must_use]
    pub const fn is_open(self) -> bool {
        match self {
            Self::Sent | Self::Undelivered | Self::Received | Self::InProgress | Self::OnHold => true,
            Self::Decided | Self::Rejected | Self::Withdrawn => false,
        }
    }
}
