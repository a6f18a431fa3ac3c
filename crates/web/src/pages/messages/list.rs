//! The list of threads, what was begun and not sent, and where a new message is begun.

use super::super::{Frame, paths};
use super::kind_words;
use askama::Template;
use borgerportal_domain::messages::Kind;
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::{Date, Time};

/// What a row has to say about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The municipality has answered, and this reader has not seen it.
    Answered,
    /// Something else that this reader has not seen.
    New,
    /// Nobody has answered yet.
    Waits,
    /// Nothing.
    Nothing,
}

impl Mark {
    /// Key of its word and class of its badge.
    #[must_use]
    pub const fn badge(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Nothing => None,
            Self::Answered => Some(("messages-answered", "bp-badge-new")),
            Self::New => Some(("unread", "bp-badge-new")),
            Self::Waits => Some(("messages-waits", "bp-badge-plain")),
        }
    }
}

/// A thread in the list.
#[derive(Clone, Debug)]
pub struct ThreadRow {
    /// Its first message.
    pub id: ItemId,
    /// What it is about.
    pub title: String,
    /// With which department; empty when nobody says.
    pub with: String,
    /// How the last message begins.
    pub start: String,
    /// The one who wrote for the citizen, if it was another than this reader.
    pub helper: Option<String>,
    /// Messages in it.
    pub count: usize,
    /// When the last was sent.
    pub last: (Date, Time),
    /// What it has to say.
    pub mark: Mark,
}

/// Something that was begun.
#[derive(Clone, Debug)]
pub struct DraftRow {
    /// Where to go on.
    pub href: String,
    /// Where it is thrown away (POST).
    pub drop: String,
    /// Its subject, or how it begins; empty when nothing is typed yet.
    pub title: String,
    /// When it was touched.
    pub touched: Date,
}

/// `/p/{journal}/messages`
#[derive(Clone, Debug, Template)]
#[expect(clippy::struct_excessive_bools, reason = "what a template asks about, each on its own")]
#[template(path = "messages/list.html")]
pub struct ListPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// The last touched first.
    pub threads: Vec<ThreadRow>,
    /// What this reader has begun.
    pub drafts: Vec<DraftRow>,
    /// This reader may write.
    pub may_write: bool,
    /// There is somebody to write to.
    pub somebody: bool,
    /// Which page, from 0.
    pub page: usize,
    /// There are older ones.
    pub more: bool,
    /// What just happened.
    pub dropped: bool,
}

impl ListPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.frame.say_whose("messages-title", "messages-title-other").into_owned()
    }

    /// Never a form with answers here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Where a new one is begun.
    #[must_use]
    pub fn new_path(&self) -> String {
        paths::messages::begin(self.journal)
    }

    /// Ready-made kinds: address and words.
    #[must_use]
    pub fn ready(&self) -> Vec<(String, &'static str)> {
        let kinds = [Kind::AccessRequest, Kind::Correction, Kind::Remark];
        let link = |kind| (paths::messages::new(self.journal, kind, &[]), kind_words(&self.frame, kind));
        kinds.into_iter().map(link).collect()
    }

    /// A thread's address.
    #[must_use]
    pub fn thread_path(&self, row: &ThreadRow) -> String {
        paths::messages::thread(self.journal, row.id)
    }

    /// "Hjemmesygeplejen · 3 beskeder · 20. november 2025, kl. 10.04"
    #[must_use]
    pub fn meta(&self, row: &ThreadRow) -> String {
        let count = self.frame.texts().with("messages-count", &[("count", row.count.into())]);
        let when = self.when(row.last);
        let with = if row.with.is_empty() { self.frame.say("messages-municipality") } else { &row.with };
        format!("{with} · {count} · {when}")
    }

    /// "Skrevet af Mette Holm"
    #[must_use]
    pub fn helper(&self, name: &str) -> String {
        self.frame.texts().with("messages-written-by", &[("who", name.into())])
    }

    /// "20. november 2025, kl. 10.04"
    #[must_use]
    fn when(&self, (day, time): (Date, Time)) -> String {
        format!("{}, {}", self.frame.lang.day(day), self.frame.lang.clock(time))
    }

    /// What a draft is called.
    #[must_use]
    pub fn draft_words<'r>(&self, row: &'r DraftRow) -> &'r str {
        if row.title.is_empty() { self.frame.say("messages-draft-empty") } else { &row.title }
    }

    /// "Sidst rettet 20. november 2025"
    #[must_use]
    pub fn draft_line(&self, row: &DraftRow) -> String {
        let day = self.frame.lang.day(row.touched).to_string();
        self.frame.texts().with("messages-draft-touched", &[("date", (&day).into())])
    }

    /// Address of another page of the list.
    #[must_use]
    pub fn page_path(&self, page: &usize) -> String {
        paths::messages::page(self.journal, *page)
    }
}
