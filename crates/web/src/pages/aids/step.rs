//! An application step by step: why, details, files, check. Each page keeps what was answered, also when it was wrong.

use super::super::{Fault, Frame, paths};
use askama::Template;
use borgerportal_domain::aids::{Aim, Lasting, Occasion, Step};
use borgerportal_domain::{ItemId, JournalId};

/// Why, as it was answered so far.
#[derive(Clone, Debug, Default)]
pub struct WhyAnswers {
    /// Whether it lasts.
    pub lasting: Option<Lasting>,
    /// As typed.
    pub need: String,
    /// What it shall do.
    pub aims: Vec<Aim>,
}

/// A question of the municipality about the kind.
#[derive(Clone, Debug)]
pub struct QuestionRow {
    /// Its code.
    pub code: String,
    /// Its words.
    pub words: String,
    /// What can be chosen, by code; nothing where people write.
    pub options: Vec<(String, String)>,
    /// Whether it may be left out.
    pub optional: bool,
    /// The code of what was chosen, or what was written.
    pub answer: String,
    /// What is to be mended.
    pub wrong: Option<String>,
}

impl QuestionRow {
    /// The field's id on the page.
    #[must_use]
    pub fn field(&self) -> String {
        format!("q-{}", self.code)
    }
}

/// Details, as they were answered so far.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// Whether there was one before.
    pub occasion: Option<Occasion>,
    /// What the municipality asks.
    pub questions: Vec<QuestionRow>,
    /// `municipality`, `own`, or nothing yet.
    pub supplier: String,
    /// As typed.
    pub supplier_name: String,
}

/// A file that goes along.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// "1,2 MB"
    pub size: String,
}

/// A line of the check.
#[derive(Clone, Debug)]
pub struct CheckRow {
    /// What.
    pub what: String,
    /// What it says.
    pub says: String,
    /// Where it can be changed.
    pub change: Option<Step>,
}

/// The question of the page.
#[derive(Clone, Debug)]
pub enum StepBody {
    /// Why.
    Why(WhyAnswers),
    /// About the kind.
    Details(Details),
    /// Files.
    Files {
        /// Those that are there.
        files: Vec<FileRow>,
        /// Whether medical papers must go along.
        needed: bool,
        /// The name of the errand of adding one.
        errand: String,
    },
    /// Everything once more.
    Check {
        /// What was answered.
        rows: Vec<CheckRow>,
        /// When the answer comes.
        answer_by: String,
        /// The name of the errand of sending it.
        errand: String,
    },
}

/// A step in the list beside the question.
#[derive(Clone, Debug)]
pub struct StepLine {
    /// "Hvorfor"
    pub words: &'static str,
    /// Its place, from 1.
    pub number: usize,
    /// Where it leads; only steps that are answered.
    pub href: Option<String>,
    /// Whether it is this one.
    pub current: bool,
}

/// One of several answers.
#[derive(Clone, Debug)]
pub struct OneChoice {
    /// Its code.
    pub code: &'static str,
    /// Its words.
    pub words: &'static str,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// `/p/{journal}/aids/apply/{draft}/{step}`
#[derive(Clone, Debug, Template)]
#[template(path = "aids/step.html")]
pub struct StepPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Whose.
    pub journal: JournalId,
    /// Which draft.
    pub id: ItemId,
    /// The kind of aid, by its name.
    pub kind: String,
    /// This step.
    pub step: Step,
    /// The furthest step whose answers allow it to be seen.
    pub reached: Step,
    /// What is to be mended.
    pub faults: Vec<Fault>,
    /// The question.
    pub body: StepBody,
}

impl StepPage<'_> {
    /// The question, as the heading.
    #[must_use]
    pub fn question(&self) -> String {
        let say = |own, other| self.frame.say_whose(own, other).into_owned();
        match self.step {
            Step::Why => say("aids-why-question", "aids-why-question-other"),
            Step::Details => say("aids-details-question", "aids-details-question-other"),
            Step::Files => self.frame.say("aids-files-question").to_owned(),
            Step::Check => self.frame.say("aids-check-question").to_owned(),
        }
    }

    /// The same, for the title.
    #[must_use]
    pub fn name(&self) -> String {
        self.question()
    }

    /// Whether something is to be mended.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        !self.faults.is_empty()
    }

    fn number(&self) -> usize {
        Step::ALL.iter().filter(|step| **step <= self.step).count()
    }

    /// "Ortoser, trin 2 af 4"
    #[must_use]
    pub fn over(&self) -> String {
        let args = [("kind", (&self.kind).into()), ("number", self.number().into())];
        self.frame.texts().with("aids-wizard-over", &args)
    }

    /// The title: the question and its place, and first that something is wrong.
    #[must_use]
    pub fn title(&self) -> String {
        let wrong = if self.has_error() { self.frame.say("title-error") } else { "" };
        format!("{wrong}{} – {}", self.question(), self.over())
    }

    /// The steps beside the question.
    #[must_use]
    pub fn lines(&self) -> Vec<StepLine> {
        let words = |step| match step {
            Step::Why => "aids-wizard-why",
            Step::Details => "aids-wizard-details",
            Step::Files => "aids-wizard-files",
            Step::Check => "aids-wizard-check",
        };
        let line = |(at, step): (usize, &Step)| StepLine {
            words: self.frame.say(words(*step)),
            number: at + 1,
            href: (*step != self.step && *step <= self.reached).then(|| self.step_path(*step)),
            current: *step == self.step,
        };
        Step::ALL.iter().enumerate().map(line).collect()
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| &*fault.words)
    }

    fn lastings(&self) -> Vec<OneChoice> {
        let StepBody::Why(why) = &self.body else { return Vec::new() };
        let words = borgerportal_service::aids::lasting;
        let choice = |one: &Lasting| OneChoice {
            code: one.code(),
            words: self.frame.say(words(*one)),
            chosen: why.lasting == Some(*one),
        };
        Lasting::ALL.iter().map(choice).collect()
    }

    fn aims(&self) -> Vec<OneChoice> {
        let StepBody::Why(why) = &self.body else { return Vec::new() };
        let words = borgerportal_service::aids::aim;
        let choice = |one: &Aim| OneChoice {
            code: one.code(),
            words: self.frame.say(words(*one)),
            chosen: why.aims.contains(one),
        };
        Aim::ALL.iter().map(choice).collect()
    }

    fn occasions(&self) -> Vec<OneChoice> {
        let StepBody::Details(details) = &self.body else { return Vec::new() };
        let words = borgerportal_service::aids::occasion;
        let choice = |one: &Occasion| OneChoice {
            code: one.code(),
            words: self.frame.say(words(*one)),
            chosen: details.occasion == Some(*one),
        };
        Occasion::ALL.iter().map(choice).collect()
    }

    fn step_path(&self, step: Step) -> String {
        paths::aids::step(self.journal, self.id, step)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the templates hand it over as they have it")]
    fn change_path(&self, step: &Step) -> String {
        self.step_path(*step)
    }

    fn here(&self) -> String {
        self.step_path(self.step)
    }

    fn back(&self) -> String {
        let before = Step::ALL.iter().rev().find(|step| **step < self.step);
        before.map_or_else(|| paths::aids::tab(self.journal, "applications"), |step| self.step_path(*step))
    }

    fn drop_path(&self) -> String {
        format!("{}/drop", paths::aids::draft(self.journal, self.id))
    }
}
