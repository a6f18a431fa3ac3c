//! A request, for the one who is asked: who asks, what they would get and not get, until when, what exactly
//! they would see; and the answer, which nobody has chosen beforehand. Fewer things or a shorter time can be
//! agreed to, never more.

use super::super::{Frame, paths};
use super::{Fault, LastDay, Right, State};
use askama::Template;
use borgerportal_domain::RequestId;
use borgerportal_domain::time::Date;

/// The three answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes to everything.
    Yes,
    /// Yes to part of it.
    Part,
    /// No.
    No,
}

/// `/fuldmagter/anmodning/{request}`
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/answer.html")]
pub struct AnswerPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which.
    pub id: RequestId,
    /// Who asks.
    pub full: String,
    /// Their first name.
    pub first: String,
    /// What they would get.
    pub gets: Vec<Right>,
    /// What they would not get.
    pub gets_not: Vec<Right>,
    /// The last day.
    pub last_day: Date,
    /// The last day to answer.
    pub answer_by: Date,
    /// Sent without an answer.
    pub error: bool,
}

impl AnswerPage<'_> {
    /// The page's name, which is its question.
    #[must_use]
    pub fn name(&self) -> String {
        self.with("answer-question")
    }

    /// Whether the title starts with "Fejl: ".
    #[must_use]
    pub const fn has_error(&self) -> bool {
        self.error
    }

    /// What is to be mended.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        Fault::of(self.error, "svar-ja", self.frame.say("answer-error"))
    }

    /// A text with names and the last day.
    #[must_use]
    pub fn with(&self, key: &'static str) -> String {
        let (day, by) = (self.frame.lang.day(self.last_day), self.frame.lang.day(self.answer_by));
        let (day, by) = (day.to_string(), by.to_string());
        self.frame.texts().with(
            key,
            &[
                ("full", (&self.full).into()),
                ("name", (&self.first).into()),
                ("date", (&day).into()),
                ("by", (&by).into()),
            ],
        )
    }

    /// Where the answer is sent.
    #[must_use]
    pub fn action(&self) -> String {
        paths::mandates::request(self.id)
    }

    /// What the helper would see.
    #[must_use]
    pub fn see_path(&self) -> String {
        format!("{}/forhaandsvisning", self.action())
    }

    /// The list of all: the answer can wait.
    #[must_use]
    pub const fn wait_path(&self) -> &'static str {
        paths::mandates::MANDATES
    }
}

/// Part of what the helper would see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// "Dokumenter"
    pub area: String,
    /// How many there are.
    pub count: usize,
    /// The newest, by name and day.
    pub newest: Vec<(String, Date)>,
}

/// `/fuldmagter/anmodning/{request}/forhaandsvisning`
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/see.html")]
pub struct SeePage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which request.
    pub id: RequestId,
    /// The helper's first name.
    pub first: String,
    /// What they would see, by area.
    pub seen: Vec<Seen>,
    /// What they would not see.
    pub unseen: Vec<String>,
}

impl SeePage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.with("see-title")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// A text with the first name.
    #[must_use]
    pub fn with(&self, key: &'static str) -> String {
        self.frame.texts().with(key, &[("name", (&self.first).into())])
    }

    /// "34 i alt. De nyeste er:"
    #[must_use]
    pub fn count(&self, seen: &Seen) -> String {
        self.frame.texts().with("see-count", &[("count", seen.count.into())])
    }

    /// Back to the question.
    #[must_use]
    pub fn back(&self) -> String {
        paths::mandates::request(self.id)
    }
}

/// `/fuldmagter/anmodning/{request}/noget`: fewer things, or a shorter time.
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/part.html")]
pub struct PartPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which request.
    pub id: RequestId,
    /// Who asks, by first name.
    pub first: String,
    /// What is asked for; what is chosen is agreed to.
    pub rights: Vec<Right>,
    /// What can be chosen, and what is.
    pub until: LastDay,
    /// What is to be mended.
    pub faults: Vec<Fault>,
}

impl PartPage<'_> {
    /// The page's name, which is its question.
    #[must_use]
    pub fn name(&self) -> String {
        self.with("part-question")
    }

    /// Whether the title starts with "Fejl: ".
    #[must_use]
    pub const fn has_error(&self) -> bool {
        !self.faults.is_empty()
    }

    /// A text with the first name.
    #[must_use]
    pub fn with(&self, key: &'static str) -> String {
        self.frame.texts().with(key, &[("name", (&self.first).into())])
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.words.as_ref())
    }

    /// "Læse" and what it is about.
    #[must_use]
    pub fn right_name(&self, right: &Right) -> String {
        format!("{}: {}", right.topic, right.kind.name(&self.frame))
    }

    /// Back to the question.
    #[must_use]
    pub fn back(&self) -> String {
        paths::mandates::request(self.id)
    }

    /// Where it is sent.
    #[must_use]
    pub fn action(&self) -> String {
        format!("{}/noget", self.back())
    }
}

/// Why a request cannot be answered any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Declined by the reader.
    Declined,
    /// Agreed to by the reader.
    Approved,
    /// Taken back by the one who asked.
    TakenBack,
    /// Nobody answered in time.
    Lapsed,
    /// The letter is back and is being registered.
    Registering,
    /// Ended by a register or an authority, or the reader may not say yes.
    Ended,
}

/// A request that was answered, or can no longer be.
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/closed.html")]
pub struct ClosedPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// What became of it.
    pub why: Closed,
    /// Who asked, by first name.
    pub first: String,
    /// Who asked.
    pub full: String,
}

impl ClosedPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.with(match self.why {
            Closed::Declined => "closed-declined",
            Closed::Approved => "closed-approved",
            Closed::TakenBack => "closed-taken-back",
            Closed::Lapsed => "closed-lapsed",
            Closed::Registering => "closed-registering",
            Closed::Ended => "closed-ended",
        })
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// What that means.
    #[must_use]
    pub fn lead(&self) -> String {
        self.with(match self.why {
            Closed::Declined => "closed-declined-1",
            Closed::Approved => "closed-approved-1",
            Closed::TakenBack => "closed-taken-back-1",
            Closed::Lapsed => "closed-lapsed-1",
            Closed::Registering => "closed-registering-1",
            Closed::Ended => "closed-ended-1",
        })
    }

    /// The badge.
    #[must_use]
    pub const fn state(&self) -> State {
        match self.why {
            Closed::Declined => State::Declined,
            Closed::Approved => State::Approved,
            Closed::TakenBack => State::TakenBack,
            Closed::Lapsed => State::Lapsed,
            Closed::Registering => State::WaitsForOther,
            Closed::Ended => State::Ended,
        }
    }

    fn with(&self, key: &'static str) -> String {
        let args = [("name", (&self.first).into()), ("full", (&self.full).into())];
        self.frame.texts().with(key, &args)
    }

    /// The list of all.
    #[must_use]
    pub const fn list_path(&self) -> &'static str {
        paths::mandates::MANDATES
    }
}
