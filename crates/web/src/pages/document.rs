//! One document: what it says, where it came from, its file, and what happened to it since. A
//! withdrawn document has no text here: the caller gives none and the page says why.

use super::{Acting, Frame, Rights, area_label, kind_label, paths};
use askama::Template;
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::Area;
use borgerportal_domain::messages::Kind;
use borgerportal_domain::municipality::Module;
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::{Date, DayStyle, FileSize, Time};

/// What happened to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentState {
    /// As it was written.
    Current,
    /// Corrected on a day.
    Corrected(Date),
    /// Taken back on a day, or on a day that is not known.
    Withdrawn(Option<Date>),
}

/// The file of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLink {
    /// Its size.
    pub bytes: u64,
    /// "PDF", "JPG": what it is, in letters.
    pub format: &'static str,
}

/// A part of a document under its own heading.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// The heading, if it has one.
    pub heading: Option<&'a str>,
    /// A part of the part before it (smaller heading).
    pub sub: bool,
    /// What stands in it.
    pub parts: Vec<Part<'a>>,
}

/// A piece of text.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    /// Text; line breaks are kept.
    Paragraph(&'a str),
    /// Points.
    List(Vec<&'a str>),
    /// Questions and answers, names and values.
    Pairs(Vec<(&'a str, &'a str)>),
}

/// `/p/{journal}/documents/{item}`
#[derive(Clone, Debug, Template)]
#[template(path = "documents/document.html")]
pub struct DocumentPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// Which document.
    pub id: ItemId,
    /// Its title.
    pub title: &'a str,
    /// What it is.
    pub kind: DocumentType,
    /// Where it belongs.
    pub area: Area,
    /// The unit it came from.
    pub unit: Option<&'a str>,
    /// Who wrote it, when the municipality shows names.
    pub author: Option<&'a str>,
    /// The one who sent it on the citizen's behalf.
    pub sent_by: Option<&'a str>,
    /// The date on it.
    pub date: Date,
    /// What happened to it.
    pub state: DocumentState,
    /// What it says.
    pub sections: Vec<Section<'a>>,
    /// Its file.
    pub file: Option<FileLink>,
    /// Where the back link leads: the list with its filter.
    pub back: &'a str,
    /// Day and time of this answer in Denmark, for paper.
    pub now: (Date, Time),
}

impl DocumentPage<'_> {
    /// The page's name.
    #[must_use]
    pub const fn name(&self) -> &str {
        self.title
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// "Handlingsanvisning"
    #[must_use]
    pub fn kind_words(&self) -> &'static str {
        kind_label(self.frame.lang, self.kind)
    }

    /// "Sygepleje"
    #[must_use]
    pub fn area_words(&self) -> &'static str {
        area_label(self.frame.lang, self.area)
    }

    /// "torsdag 20. november 2025"
    #[must_use]
    pub fn date_words(&self) -> String {
        self.frame.lang.day_as(self.date, DayStyle::Weekday).to_string()
    }

    /// What this kind of document is, for the kinds whose name is not everyday language.
    #[must_use]
    pub fn explanation(&self) -> Option<&'static str> {
        let key = match self.kind {
            DocumentType::Instruction => "explain-instruction",
            DocumentType::Assessment => "explain-assessment",
            DocumentType::Observation => "explain-observation",
            DocumentType::ProfessionalJudgement => "explain-judgement",
            DocumentType::Letter
            | DocumentType::Form
            | DocumentType::Application
            | DocumentType::Message
            | DocumentType::Other => return None,
        };
        Some(self.frame.say(key))
    }

    /// The sentence about a correction or withdrawal.
    #[must_use]
    pub fn state_words(&self) -> Option<String> {
        let texts = self.frame.texts();
        let day = |date| self.frame.lang.day(date).to_string();
        match self.state {
            DocumentState::Current => None,
            DocumentState::Corrected(on) => {
                Some(texts.with("document-corrected", &[("date", (&day(on)).into())]))
            }
            DocumentState::Withdrawn(Some(on)) => {
                Some(texts.with("document-withdrawn", &[("date", (&day(on)).into())]))
            }
            DocumentState::Withdrawn(None) => Some(self.frame.say("document-withdrawn-undated").to_owned()),
        }
    }

    /// Whether the municipality took it back.
    #[must_use]
    pub const fn is_withdrawn(&self) -> bool {
        matches!(self.state, DocumentState::Withdrawn(_))
    }

    /// The address of the file.
    #[must_use]
    pub fn file_path(&self) -> String {
        paths::file(self.journal, self.id)
    }

    /// "Åbn som PDF (84 kB)"
    #[must_use]
    pub fn file_words(&self, file: &FileLink) -> String {
        let size = FileSize(self.frame.lang, file.bytes).to_string();
        self.frame.texts().with("document-file", &[("format", file.format.into()), ("size", (&size).into())])
    }

    /// Whether this reader may write about it: where messages are there, and to whom acting is allowed.
    #[must_use]
    pub fn may_write(&self) -> bool {
        let reads_only = matches!(self.frame.acting, Acting::Relative { rights: Rights::Read, .. });
        self.frame.modules.has(Module::Messages) && !reads_only
    }

    /// Ready-made messages about it: address and words.
    #[must_use]
    pub fn writing(&self) -> [(String, &'static str); 2] {
        [(Kind::Remark, "message-kind-remark"), (Kind::Correction, "message-kind-correction")].map(
            |(kind, words)| (paths::messages::new(self.journal, kind, &[self.id]), self.frame.say(words)),
        )
    }

    /// "Udskrevet 20. november 2025 kl. 10.04 af Mette Holm på vegne af Inger Holm"
    #[must_use]
    pub fn printed(&self) -> String {
        let day = self.frame.lang.day(self.now.0).to_string();
        let time = self.frame.lang.clock(self.now.1).to_string();
        let who = self.frame.visitor.map_or("", |visitor| visitor.name);
        let args = [("day", (&day).into()), ("time", (&time).into()), ("who", who.into())];
        let mut line = self.frame.texts().with("printed", &args);
        if !self.frame.is_own() {
            let args = [("full", self.frame.other_name().into())];
            line.push_str(&self.frame.texts().with("printed-for", &args));
        }
        line
    }
}
