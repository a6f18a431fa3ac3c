//! The questions of asking and giving: who, what, how long, how it is sent. Each keeps what was answered,
//! also when it was wrong.

use super::super::Frame;
use super::wizard::pick;
use super::{Area, At, LastDay, Way};
use askama::Template;

/// Who is the other?
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/person.html")]
pub struct PersonStep<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Where in the questions.
    pub at: At,
    /// As typed.
    pub full: String,
    /// As typed.
    pub cpr: String,
    /// As typed.
    pub address: String,
}

impl PersonStep<'_> {
    /// The heading.
    #[must_use]
    pub fn question(&self) -> &'static str {
        self.frame.say(pick(self.at.way, "person-question-ask", "person-question-give"))
    }

    /// Whether the field for an address is open.
    #[must_use]
    pub fn by_address(&self) -> bool {
        !self.address.is_empty() || self.at.fault("adresse").is_some()
    }
}

/// What may be done?
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/rights.html")]
pub struct RightsStep<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Where in the questions.
    pub at: At,
    /// The catalogue by subject.
    pub areas: Vec<Area>,
}

impl RightsStep<'_> {
    /// The heading.
    #[must_use]
    pub fn question(&self) -> String {
        self.at.say(&self.frame, "rights-question-ask", "rights-question-give")
    }

    /// "2 valgt"
    #[must_use]
    pub fn count(&self, area: &Area) -> String {
        self.frame.texts().with("rights-chosen", &[("count", area.chosen().into())])
    }

    /// Areas with choices are open; before anything is chosen the first is, so that one sees what it is like.
    #[must_use]
    pub fn is_open(&self, area: &Area, first: &bool) -> bool {
        area.chosen() > 0 || (*first && self.areas.iter().all(|one| one.chosen() == 0))
    }
}

/// How long?
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/period.html")]
pub struct PeriodStep<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Where in the questions.
    pub at: At,
    /// What can be chosen, and what is.
    pub last_day: LastDay,
}

impl PeriodStep<'_> {
    /// The heading.
    #[must_use]
    pub fn question(&self) -> &'static str {
        self.frame.say("period-question")
    }
}

/// How is it sent?
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/sending.html")]
pub struct SendingStep<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Where in the questions.
    pub at: At,
    /// By letter as well, if that is answered.
    pub by_letter: Option<bool>,
    /// Without a number the other can only be reached by letter.
    pub only_letter: bool,
}

impl SendingStep<'_> {
    /// The heading.
    #[must_use]
    pub fn question(&self) -> String {
        debug_assert!(self.at.way == Way::Ask, "a gift is not sent by letter");
        self.frame.texts().with("sending-question", &[("name", (&self.at.name).into())])
    }
}
