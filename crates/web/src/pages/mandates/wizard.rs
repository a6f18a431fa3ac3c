//! What the steps of asking and of giving share: which step it is, what is wrong, where the draft is kept;
//! and the page before the first step.

pub use super::super::fault::Fault;
use super::super::{Frame, paths};
use askama::Template;
use borgerportal_domain::time::Date;
use borgerportal_i18n::{phone, phone_href};
use std::fmt::Display;

/// Asking somebody for a mandate, or giving one without being asked.
pub use borgerportal_domain::mandates::DraftKind as Way;
/// A question.
pub use borgerportal_domain::mandates::Step;

/// One of two words, by the way.
#[must_use]
pub const fn pick(way: Way, ask: &'static str, give: &'static str) -> &'static str {
    match way {
        Way::Ask => ask,
        Way::Give => give,
    }
}

/// The questions, in order.
#[must_use]
pub const fn steps(way: Way) -> &'static [Step] {
    match way {
        Way::Ask => &[Step::Person, Step::Rights, Step::Period, Step::Sending, Step::Check],
        Way::Give => &[Step::Person, Step::Rights, Step::Period, Step::Check],
    }
}

/// Where in the questions one is.
#[derive(Clone, Debug)]
pub struct At {
    /// Asking or giving.
    pub way: Way,
    /// The question.
    pub step: Step,
    /// The furthest question whose answers allow it to be seen.
    pub reached: Step,
    /// The draft's address, without a slash at its end.
    pub draft: String,
    /// The first name of the other as it was typed; empty before that.
    pub name: String,
    /// What is to be mended.
    pub faults: Vec<Fault>,
}

/// A step in the list beside the question.
#[derive(Clone, Debug)]
pub struct StepLine {
    /// "Person"
    pub words: &'static str,
    /// Its place, from 1.
    pub number: usize,
    /// Where it leads; only steps that are answered.
    pub href: Option<String>,
    /// Whether it is this one.
    pub current: bool,
}

impl At {
    /// The steps beside the question.
    #[must_use]
    pub fn lines(&self, frame: &Frame<'_>) -> Vec<StepLine> {
        let words = |step| match step {
            Step::Person => "step-person",
            Step::Rights => pick(self.way, "step-rights-ask", "step-rights-give"),
            Step::Period => "step-period",
            Step::Sending => "step-sending",
            Step::Check => pick(self.way, "step-check-ask", "step-check-give"),
        };
        let line = |(at, step): (usize, &Step)| StepLine {
            words: frame.say(words(*step)),
            number: at + 1,
            href: (*step != self.step && *step <= self.reached).then(|| self.path(*step)),
            current: *step == self.step,
        };
        steps(self.way).iter().enumerate().map(line).collect()
    }

    /// Which question of how many.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        let steps = steps(self.way);
        (steps.iter().filter(|step| **step <= self.step).count(), steps.len())
    }

    /// The class of the bar that phones show: it is filled in fifths, or in quarters.
    #[must_use]
    pub fn bar(&self) -> &'static str {
        match self.place() {
            (1, 5) => "bp-bar-20",
            (2, 5) => "bp-bar-40",
            (3, 5) => "bp-bar-60",
            (4, 5) => "bp-bar-80",
            (1, 4) => "bp-bar-25",
            (2, 4) => "bp-bar-50",
            (3, 4) => "bp-bar-75",
            _ => "bp-bar-100",
        }
    }

    /// "Bed om fuldmagt · trin 2 af 5"
    #[must_use]
    pub fn over(&self, frame: &Frame<'_>) -> String {
        format!("{} · {}", frame.say(pick(self.way, "ask-title", "give-title")), self.of(frame))
    }

    /// "trin 2 af 5"
    fn of(&self, frame: &Frame<'_>) -> String {
        let (number, count) = self.place();
        frame.texts().with("step-of", &[("number", number.into()), ("count", count.into())])
    }

    /// The title: the question and its place, and first that something is wrong.
    #[must_use]
    pub fn title(&self, frame: &Frame<'_>, question: impl Display) -> String {
        let wrong = if self.faults.is_empty() { "" } else { frame.say("title-error") };
        format!("{wrong}{question} – {}", self.of(frame))
    }

    /// A step's address.
    #[must_use]
    pub fn path(&self, step: Step) -> String {
        format!("{}/{}", self.draft, paths::mandates::step_word(step))
    }

    /// The step before, or the first page.
    #[must_use]
    pub fn back(&self) -> String {
        let first = || paths::mandates::begin(self.way).to_owned();
        before(self.way, self.step).map_or_else(first, |step| self.path(step))
    }

    /// Where this step is posted to.
    #[must_use]
    pub fn here(&self) -> String {
        self.path(self.step)
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.words.as_ref())
    }

    /// A text about the other by first name.
    #[must_use]
    pub fn say(&self, frame: &Frame<'_>, ask: &'static str, give: &'static str) -> String {
        frame.texts().with(pick(self.way, ask, give), &[("name", (&self.name).into())])
    }
}

/// The question before this one.
fn before(way: Way, step: Step) -> Option<Step> {
    steps(way).iter().copied().rfind(|one| *one < step)
}

/// Where people are helped in person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Borgerservice<'a> {
    /// "Helsingør Kommune"
    pub place: &'a str,
    /// "Birkedalsvej 27, 3000 Helsingør"; may be empty.
    pub address: &'a str,
    /// The number there.
    pub phone: &'a str,
    /// Its page, where it has one.
    pub url: Option<&'a str>,
}

impl Borgerservice<'_> {
    /// The number as people read it.
    #[must_use]
    pub fn phone(&self) -> String {
        phone(self.phone)
    }

    /// The number to dial.
    #[must_use]
    pub fn phone_href(&self) -> String {
        phone_href(self.phone)
    }
}

/// A draft that can be continued.
#[derive(Clone, Debug)]
pub struct Continued {
    /// Where to go on.
    pub href: String,
    /// Where it is thrown away (POST).
    pub drop: String,
    /// The other, as typed; empty when nothing is typed yet.
    pub name: String,
    /// When it was begun.
    pub begun: Date,
}

/// `/fuldmagter/bed-om`, `/fuldmagter/giv`
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/intro.html")]
pub struct IntroPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Asking or giving.
    pub way: Way,
    /// What was begun and not sent.
    pub drafts: Vec<Continued>,
    /// Where Borgerservice helps, when the municipality is known.
    pub borgerservice: Option<Borgerservice<'a>>,
    /// Days to answer.
    pub answer_days: u32,
}

impl IntroPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say(pick(self.way, "ask-title", "give-title"))
    }

    /// Never a form with answers here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// A text by the way.
    #[must_use]
    pub fn say(&self, ask: &'static str, give: &'static str) -> &'static str {
        self.frame.say(pick(self.way, ask, give))
    }

    /// What happens after: the days are data.
    #[must_use]
    pub fn answer_line(&self) -> String {
        self.frame
            .texts()
            .with(pick(self.way, "ask-intro-3", "give-intro-3"), &[("days", self.answer_days.into())])
    }

    /// Where a new one is begun (POST).
    #[must_use]
    pub const fn begin_path(&self) -> &'static str {
        paths::mandates::begin(self.way)
    }

    /// The form for a mandate in one's own words.
    #[must_use]
    pub const fn paper_path(&self) -> &'static str {
        paths::mandates::PAPER
    }

    /// "Din kladde til Inger Holm"
    #[must_use]
    pub fn draft_words(&self, draft: &Continued) -> String {
        if draft.name.is_empty() {
            return self.frame.say("draft-nameless").to_owned();
        }
        self.frame.texts().with(pick(self.way, "draft-ask", "draft-give"), &[("name", (&draft.name).into())])
    }

    /// "Begyndt 20. november 2025"
    #[must_use]
    pub fn draft_line(&self, draft: &Continued) -> String {
        let day = self.frame.lang.day(draft.begun).to_string();
        self.frame.texts().with("draft-begun", &[("date", (&day).into())])
    }
}

/// Where mandates are the national service's: its pages, and what remains of ours.
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/elsewhere.html")]
pub struct ElsewherePage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The national service.
    pub there: &'a str,
}

impl ElsewherePage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("elsewhere-title")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The form for a mandate in one's own words.
    #[must_use]
    pub const fn paper_path(&self) -> &'static str {
        paths::mandates::PAPER
    }
}
