//! A thread, as it is read; and the receipt of a message that was sent.

use super::super::{Frame, paths};
use askama::Template;
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::{Date, DayStyle, FileSize, Time};

/// Who wrote a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// A department, by name; empty when nobody says which.
    Municipality(String),
    /// The reader.
    You,
    /// The citizen, by full name.
    Citizen(String),
    /// Somebody for the citizen, by full name.
    Helper(String),
}

/// How far a message has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// On its way to the municipality's record system.
    Waiting,
    /// There.
    Delivered(Date, Time),
    /// The record system would not take it, or could not be reached.
    Stopped,
}

/// A message of a thread.
#[derive(Clone, Debug)]
pub struct Said {
    /// Which.
    pub id: ItemId,
    /// Who wrote it.
    pub by: By,
    /// When.
    pub at: (Date, Time),
    /// What it says.
    pub text: String,
    /// What it is about.
    pub about: Vec<String>,
    /// Its files: name and size; none can be opened of what did not come with its content.
    pub files: Vec<(String, u64)>,
    /// The reader has not seen it before.
    pub new: bool,
    /// How far it has come, of what the reader's side wrote.
    pub way: Option<Way>,
}

/// `/p/{journal}/messages/{message}`
#[derive(Clone, Debug, Template)]
#[template(path = "messages/thread.html")]
pub struct ThreadPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// What it is about.
    pub title: String,
    /// With which department; may be empty.
    pub with: String,
    /// Oldest first.
    pub said: Vec<Said>,
    /// This reader may answer.
    pub may_write: bool,
    /// The name of the errand that begins an answer.
    pub errand: String,
    /// An answer is promised by this day, where one is waited for.
    pub answer_by: Option<Date>,
    /// Day and time of this page, for paper.
    pub now: (Date, Time),
}

impl ThreadPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.title
    }

    /// Never a form with answers here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The list.
    #[must_use]
    pub fn back(&self) -> String {
        paths::messages(self.journal)
    }

    /// The thread as a file.
    #[must_use]
    pub fn pdf_path(&self) -> String {
        self.last().map(|id| paths::messages::pdf(self.journal, id)).unwrap_or_default()
    }

    /// Where an answer is begun (POST).
    #[must_use]
    pub fn answer_path(&self) -> String {
        self.last().map(|id| paths::messages::answer(self.journal, id)).unwrap_or_default()
    }

    fn last(&self) -> Option<ItemId> {
        self.said.last().map(|one| one.id)
    }

    /// "Mette Holm for Inger Holm"
    #[must_use]
    pub fn by(&self, one: &Said) -> String {
        by(&self.frame, &one.by)
    }

    /// "torsdag 20. november 2025, kl. 10.04"
    #[must_use]
    pub fn when(&self, one: &Said) -> String {
        let (day, time) = one.at;
        format!("{}, {}", self.frame.lang.day_as(day, DayStyle::Weekday), self.frame.lang.clock(time))
    }

    /// Whether the municipality wrote it.
    #[must_use]
    pub const fn is_answer(&self, one: &Said) -> bool {
        matches!(one.by, By::Municipality(_))
    }

    /// Where a file is opened.
    #[must_use]
    pub fn file_path(&self, one: &Said, number: &usize) -> String {
        paths::messages::file(self.journal, one.id, *number)
    }

    /// "84 kB"
    #[must_use]
    pub fn size(&self, bytes: &u64) -> String {
        FileSize(self.frame.lang, *bytes).to_string()
    }

    /// "Modtaget af kommunen 20. november 2025, kl. 10.05"
    #[must_use]
    pub fn way(&self, one: &Said) -> Option<String> {
        Some(match one.way? {
            Way::Waiting => self.frame.say("message-way-waiting").to_owned(),
            Way::Stopped => self.frame.say("message-way-stopped").to_owned(),
            Way::Delivered(day, time) => {
                let when = format!("{}, {}", self.frame.lang.day(day), self.frame.lang.clock(time));
                self.frame.texts().with("message-way-delivered", &[("when", (&when).into())])
            }
        })
    }

    /// Whether something hinders it on its way.
    #[must_use]
    pub fn is_stopped(&self, one: &Said) -> bool {
        one.way == Some(Way::Stopped)
    }

    /// "Svar senest torsdag 20. november 2025"
    #[must_use]
    pub fn promise(&self) -> Option<String> {
        self.answer_by.map(|by| super::steps::promise(&self.frame, by))
    }

    /// "Du må kun læse. Bed Inger om lov til mere."
    #[must_use]
    pub fn read_only(&self) -> String {
        self.frame.say_whose("messages-read-only", "messages-read-only-other").into_owned()
    }

    /// "Udskrevet 20. november 2025 kl. 10.04 af Mette Holm på vegne af Inger Holm"
    #[must_use]
    pub fn printed(&self) -> String {
        let day = self.frame.lang.day(self.now.0).to_string();
        let time = self.frame.lang.clock(self.now.1).to_string();
        let who = self.frame.visitor.map_or("", |visitor| visitor.name);
        let args = [("day", (&day).into()), ("time", (&time).into()), ("who", who.into())];
        let line = self.frame.texts().with("printed", &args);
        let whose = self
            .frame
            .acting
            .other()
            .map(|(full, _)| self.frame.texts().with("printed-for", &[("full", full.into())]));
        line + &whose.unwrap_or_default()
    }
}

/// Who wrote something, in words.
#[must_use]
pub fn by(frame: &Frame<'_>, by: &By) -> String {
    match by {
        By::Municipality(name) if name.is_empty() => frame.say("messages-municipality").to_owned(),
        By::Municipality(name) | By::Citizen(name) => name.clone(),
        By::You => frame.say_whose("message-by-you", "message-by-you-other").into_owned(),
        By::Helper(name) => {
            let key = if frame.is_own() { "message-by-helper" } else { "message-by-helper-other" };
            let args = [("who", name.as_str().into()), ("full", frame.other_name().into())];
            frame.texts().with(key, &args)
        }
    }
}

/// `/p/{journal}/messages/{message}/receipt`
#[derive(Clone, Debug, Template)]
#[template(path = "messages/receipt.html")]
pub struct ReceiptPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// The message.
    pub id: ItemId,
    /// To which department.
    pub to: String,
    /// When.
    pub at: (Date, Time),
    /// What it is about.
    pub title: String,
    /// How many files went with it.
    pub files: usize,
    /// An answer is promised by this day.
    pub answer_by: Option<Date>,
}

impl ReceiptPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("message-sent")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// "Sendt til Hjemmesygeplejen 20. november 2025, kl. 10.04"
    #[must_use]
    pub fn when(&self) -> String {
        let (day, time) = self.at;
        let when = format!("{}, {}", self.frame.lang.day(day), self.frame.lang.clock(time));
        self.frame.texts().with("message-sent-to", &[("to", (&self.to).into()), ("when", (&when).into())])
    }

    /// "Svar senest torsdag 20. november 2025"
    #[must_use]
    pub fn promise(&self) -> Option<String> {
        self.answer_by.map(|by| super::steps::promise(&self.frame, by))
    }

    /// Who can read it.
    #[must_use]
    pub fn who_reads(&self) -> String {
        self.frame.say_whose("message-sent-reads", "message-sent-reads-other").into_owned()
    }

    /// The thread.
    #[must_use]
    pub fn thread_path(&self) -> String {
        paths::messages::thread(self.journal, self.id)
    }

    /// The list.
    #[must_use]
    pub fn list_path(&self) -> String {
        paths::messages(self.journal)
    }
}
