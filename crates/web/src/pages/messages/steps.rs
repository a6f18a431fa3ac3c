//! The questions before a message is sent, one a page: to whom, what, with which files, is it right. Each page says where
//! in the questions one is, and what is wrong with what was typed. The server keeps every answer.

use super::super::{Fault, Frame, paths};
use super::{kind_says, kind_words};
use askama::Template;
use borgerportal_domain::attachments::{FILE_BYTES, FILES};
use borgerportal_domain::messages::{Kind, SUBJECT_MAX, Step, TEXT_MAX};
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::{Date, DayStyle, FileSize, phone, phone_href};
use std::fmt::Display;

/// Where in the questions one is.
#[derive(Clone, Debug)]
pub struct At {
    /// The journal in view.
    pub journal: JournalId,
    /// The draft; nothing before it is begun.
    pub draft: Option<ItemId>,
    /// The question.
    pub step: Step,
    /// The furthest question whose answers allow it to be seen.
    pub reached: Step,
    /// What the message is for.
    pub kind: Kind,
    /// The message it answers: then nobody is asked to whom it goes.
    pub answers: Option<ItemId>,
    /// What is to be mended.
    pub faults: Vec<Fault>,
}

/// A step in the list beside the question.
#[derive(Clone, Debug)]
pub struct StepLine {
    /// "Til hvem"
    pub words: &'static str,
    /// Its place, from 1.
    pub number: usize,
    /// Where it leads; only steps that are answered.
    pub href: Option<String>,
    /// Whether it is this one.
    pub current: bool,
}

impl At {
    fn steps(&self) -> &'static [Step] {
        const ALL: &[Step] = &[Step::Department, Step::Write, Step::Files, Step::Check];
        if self.answers.is_some() { ALL.get(1..).unwrap_or_default() } else { ALL }
    }

    /// The steps beside the question.
    #[must_use]
    pub fn lines(&self, frame: &Frame<'_>) -> Vec<StepLine> {
        let words = |step| match step {
            Step::Department => "message-step-department",
            Step::Write => "message-step-write",
            Step::Files => "message-step-files",
            Step::Check => "message-step-check",
        };
        let line = |(at, step): (usize, &Step)| StepLine {
            words: frame.say(words(*step)),
            number: at + 1,
            href: (*step != self.step && *step <= self.reached).then(|| self.path(*step)).flatten(),
            current: *step == self.step,
        };
        self.steps().iter().enumerate().map(line).collect()
    }

    fn place(&self) -> (usize, usize) {
        let steps = self.steps();
        (steps.iter().filter(|step| **step <= self.step).count(), steps.len())
    }

    /// The class of the bar that phones show.
    #[must_use]
    pub fn bar(&self) -> &'static str {
        match self.place() {
            (1, 4) => "bp-bar-25",
            (2, 4) => "bp-bar-50",
            (3, 4) => "bp-bar-75",
            (1, 3) => "bp-bar-40",
            (2, 3) => "bp-bar-60",
            _ => "bp-bar-100",
        }
    }

    /// "Ny besked · trin 2 af 4"
    #[must_use]
    pub fn over(&self, frame: &Frame<'_>) -> String {
        let name =
            if self.answers.is_some() { frame.say("message-answer") } else { kind_words(frame, self.kind) };
        format!("{name} · {}", self.of(frame))
    }

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

    /// A step's address, once there is a draft.
    #[must_use]
    pub fn path(&self, step: Step) -> Option<String> {
        self.draft.map(|draft| paths::messages::step(self.journal, draft, step))
    }

    /// Where this step is posted to.
    #[must_use]
    pub fn here(&self) -> String {
        self.path(self.step).unwrap_or_else(|| paths::messages::begin(self.journal))
    }

    /// The next step.
    #[must_use]
    pub fn next(&self) -> String {
        let next = self.steps().iter().copied().find(|step| *step > self.step);
        next.and_then(|step| self.path(step)).unwrap_or_default()
    }

    /// The step before, or the page one came from.
    #[must_use]
    pub fn back(&self) -> String {
        let before = self.steps().iter().copied().rfind(|step| *step < self.step);
        before.and_then(|step| self.path(step)).unwrap_or_else(|| match self.answers {
            Some(message) => paths::messages::thread(self.journal, message),
            None => paths::messages(self.journal),
        })
    }

    /// Where the draft is thrown away (POST).
    #[must_use]
    pub fn drop(&self) -> String {
        self.draft
            .map(|draft| format!("{}/drop", paths::messages::draft(self.journal, draft)))
            .unwrap_or_default()
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.words.as_ref())
    }
}

/// A department that can be chosen.
#[derive(Clone, Debug)]
pub struct DepartmentRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What to write about; may be empty.
    pub about: String,
    /// When somebody is there; may be empty.
    pub hours: String,
    /// Whether somebody is there now; nothing when nobody has said when.
    pub open: Option<bool>,
    /// What it says while it is closed.
    pub closed: Option<String>,
    /// An answer is promised by this day.
    pub answer_by: Date,
}

/// To whom?
#[derive(Clone, Debug, Template)]
#[template(path = "messages/department.html")]
pub struct DepartmentPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Where in the questions.
    pub at: At,
    /// What it is about, by id and title.
    pub about: Vec<(ItemId, String)>,
    /// Whom one can write to.
    pub departments: Vec<DepartmentRow>,
    /// The one that is chosen.
    pub chosen: Option<String>,
    /// The name of the errand that begins a draft.
    pub errand: String,
}

impl DepartmentPage<'_> {
    /// The heading.
    #[must_use]
    pub fn question(&self) -> &'static str {
        self.frame.say("message-to-whom")
    }

    /// What this kind of message does.
    #[must_use]
    pub fn kind_says(&self) -> Option<&'static str> {
        kind_says(&self.frame, self.at.kind)
    }

    /// Whether it is this one.
    #[must_use]
    pub fn is_chosen(&self, row: &DepartmentRow) -> bool {
        self.chosen.as_deref() == Some(&row.code)
    }

    /// "Svar senest torsdag 20. november 2025"
    #[must_use]
    pub fn promise(&self, row: &DepartmentRow) -> String {
        promise(&self.frame, row.answer_by)
    }
}

/// "Svar senest torsdag 20. november 2025"
pub(super) fn promise(frame: &Frame<'_>, by: Date) -> String {
    let day = frame.lang.day_as(by, DayStyle::Weekday).to_string();
    frame.texts().with("message-answer-by", &[("date", (&day).into())])
}

/// To whom it goes, as it was chosen.
#[derive(Clone, Debug)]
pub struct To {
    /// The department.
    pub name: String,
    /// An answer is promised by this day, where it promises.
    pub answer_by: Option<Date>,
    /// Whom to call when it cannot wait.
    pub acute: String,
    /// What it says while it is closed.
    pub closed: Option<String>,
}

/// What do you want to say?
#[derive(Clone, Debug, Template)]
#[template(path = "messages/write.html")]
pub struct WritePage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Where in the questions.
    pub at: At,
    /// To whom.
    pub to: To,
    /// What it is about.
    pub about: Vec<String>,
    /// The subject so far.
    pub subject: String,
    /// The text so far.
    pub text: String,
}

impl WritePage<'_> {
    /// The heading: whose message it is.
    #[must_use]
    pub fn question(&self) -> String {
        self.frame.say_whose("message-write", "message-write-other").into_owned()
    }

    /// What this kind of message does.
    #[must_use]
    pub fn kind_says(&self) -> Option<&'static str> {
        kind_says(&self.frame, self.at.kind)
    }

    /// "Højst 2.000 tegn"
    #[must_use]
    pub fn limit(&self) -> String {
        self.frame.texts().with("message-text-limit", &[("count", TEXT_MAX.into())])
    }

    /// "Højst 80 tegn"
    #[must_use]
    pub fn subject_limit(&self) -> String {
        self.frame.texts().with("message-subject-limit", &[("count", SUBJECT_MAX.into())])
    }
}

/// A file that goes with it.
#[derive(Clone, Debug)]
pub struct FileRow {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes: u64,
}

/// Is there something to send along?
#[derive(Clone, Debug, Template)]
#[template(path = "messages/files.html")]
pub struct FilesPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Where in the questions.
    pub at: At,
    /// What goes with it so far.
    pub files: Vec<FileRow>,
    /// The name of the errand that adds one.
    pub errand: String,
}

impl FilesPage<'_> {
    /// The heading.
    #[must_use]
    pub fn question(&self) -> &'static str {
        self.frame.say("message-files")
    }

    /// "PDF, JPG eller PNG, højst 10 MB"
    #[must_use]
    pub fn hint(&self) -> String {
        let size = FileSize(self.frame.lang, FILE_BYTES as u64).to_string();
        self.frame.texts().with("message-file-hint", &[("size", (&size).into()), ("count", FILES.into())])
    }

    /// Whether one more may come.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.files.len() < FILES
    }

    /// "84 kB"
    #[must_use]
    pub fn size(&self, file: &FileRow) -> String {
        FileSize(self.frame.lang, file.bytes).to_string()
    }

    /// Where a file is taken away (POST).
    #[must_use]
    pub fn remove(&self, file: &FileRow) -> String {
        format!("{}/{}/removal", self.at.here(), file.number)
    }
}

/// Is it right?
#[derive(Clone, Debug, Template)]
#[template(path = "messages/check.html")]
pub struct CheckPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Where in the questions.
    pub at: At,
    /// To whom.
    pub to: To,
    /// What it is about.
    pub about: Vec<String>,
    /// The subject; may be empty.
    pub subject: String,
    /// The text.
    pub text: String,
    /// What goes with it.
    pub files: Vec<FileRow>,
    /// The name of the errand that sends it.
    pub errand: String,
}

impl CheckPage<'_> {
    /// The heading.
    #[must_use]
    pub fn question(&self) -> &'static str {
        self.frame.say("message-check")
    }

    /// "Svar senest torsdag 20. november 2025"
    #[must_use]
    pub fn promise(&self) -> Option<String> {
        self.to.answer_by.map(|by| promise(&self.frame, by))
    }

    /// For whom it is written, and that they can read it.
    #[must_use]
    pub fn for_whom(&self) -> Option<String> {
        (!self.frame.is_own())
            .then(|| self.frame.say_whose("message-for-whom", "message-for-whom").into_owned())
    }

    /// Where an answer is changed.
    #[must_use]
    pub fn change(&self, step: &str) -> Option<String> {
        let step = match step {
            "department" if self.at.answers.is_none() => Step::Department,
            "write" => Step::Write,
            "files" => Step::Files,
            _ => return None,
        };
        self.at.path(step)
    }

    /// Whom to call, as people read it.
    #[must_use]
    pub fn acute(&self) -> String {
        phone(&self.to.acute)
    }

    /// The same to dial.
    #[must_use]
    pub fn acute_href(&self) -> String {
        phone_href(&self.to.acute)
    }
}
