//! The list of documents: rows, search, filter, paging, and what a reader cannot find here. Rows
//! borrow their text from the caller's arena; nothing is allocated per row while a page is written.

use super::fast::{FastDay, FastId};
use super::filter::Pair;
use super::{Acting, Filter, Frame, Marked, Period, area_label, kind_icon, kind_label, paths};
use askama::Template;
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::Area;
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::{Date, Lang};
use std::borrow::Cow;

/// One row: what a document is called and where it came from.
#[derive(Clone, Debug)]
pub struct DocumentRow<'a> {
    /// Which document.
    pub id: ItemId,
    /// Its title, with the places a search found.
    pub title: Marked<'a>,
    /// What it is.
    pub kind: DocumentType,
    /// The unit it came from, or the author; empty when the municipality shows neither.
    pub from: &'a str,
    /// The one who sent it on the citizen's behalf, if somebody did.
    pub sent_by: Option<&'a str>,
    /// The date on the document.
    pub date: Date,
    /// At most one word beside the row.
    pub mark: RowMark,
    /// The place in the text that a search found.
    pub snippet: Option<Marked<'a>>,
    /// What was searched for stands in its file.
    pub in_file: bool,
}

/// The word beside a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowMark {
    /// None.
    Nothing,
    /// This reader has not opened it.
    Unread,
    /// Corrected since it was written.
    Corrected,
    /// Taken back by the municipality; only the row is left.
    Withdrawn,
}

/// What was searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// The words, as typed.
    pub query: &'a str,
    /// How many documents were found.
    pub total: u32,
    /// What is wrong with the words.
    pub error: Option<SearchError>,
}

/// What is wrong with the words of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchError {
    /// Nothing was written.
    Empty,
    /// More than 100 characters.
    TooLong,
}

/// The way to newer and older rows: opaque cursors (letters, digits, `_`, `-`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Paging<'a> {
    /// Towards newer rows.
    pub newer: Option<&'a str>,
    /// Towards older rows.
    pub older: Option<&'a str>,
}

/// `/p/{journal}/documents`, and the answer of its search.
#[derive(Clone, Debug, Template)]
#[template(path = "documents/list.html")]
pub struct DocumentsPage<'a> {
    /// What stands around it; `journal` must be set.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// The search, when this is its answer.
    pub search: Option<Found<'a>>,
    /// The filter.
    pub filter: Filter,
    /// The rows of this page, newest first.
    pub rows: Vec<DocumentRow<'a>>,
    /// How many documents there are with this filter, when it was counted.
    pub total: Option<u32>,
    /// Newer and older.
    pub paging: Paging<'a>,
    /// FMK-online, where medicine is.
    pub fmk_url: &'a str,
}

/// A set part of the filter with a cross.
#[derive(Clone, Debug)]
pub struct Chip {
    /// "Brev", "Seneste 12 måneder".
    pub words: Cow<'static, str>,
    /// The hidden words for a screen reader: "Fjern …".
    pub remove: String,
    /// Where the cross leads, when it is a link.
    pub href: String,
    /// What stays set, when it is a button in a search.
    pub rest: Vec<Pair>,
}

impl RowMark {
    /// Key of its word and class of its badge.
    #[must_use]
    pub const fn badge(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Nothing => None,
            Self::Unread => Some(("unread", "bp-badge-new")),
            Self::Corrected => Some(("corrected", "bp-badge-plain")),
            Self::Withdrawn => Some(("withdrawn", "bp-badge-plain")),
        }
    }
}

impl DocumentRow<'_> {
    /// The last part of its address.
    #[must_use]
    pub const fn key(&self) -> FastId {
        FastId(self.id)
    }

    /// Its date in words.
    #[must_use]
    pub const fn day(&self, lang: &Lang) -> FastDay {
        FastDay(lang.day(self.date))
    }

    /// The icon's name.
    #[must_use]
    pub const fn icon(&self) -> &'static str {
        kind_icon(self.kind)
    }
}

impl DocumentsPage<'_> {
    /// The page's name: "Mine data", "Ingers data".
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        self.frame.say_whose("documents-title", "documents-title-other")
    }

    /// Where the whole record is taken away.
    #[must_use]
    pub fn export_path(&self) -> String {
        paths::export(self.journal)
    }

    /// Whether the title starts with "Fejl: ".
    #[must_use]
    pub fn has_error(&self) -> bool {
        self.error().is_some()
    }

    /// The heading over the rows, which says what is listed and how many.
    #[must_use]
    pub fn heading(&self) -> Cow<'static, str> {
        let texts = self.frame.texts();
        if let Some(found) = self.search.filter(|found| found.error.is_none()) {
            let args = [("count", found.total.into()), ("query", found.query.into())];
            return Cow::Owned(texts.with("documents-found", &args));
        }
        match self.total {
            Some(total) => Cow::Owned(texts.with("documents-count", &[("count", total.into())])),
            None if self.filter.is_set() => Cow::Borrowed(self.frame.say("documents-filtered")),
            None => self.frame.say_whose("documents-all", "documents-all-other"),
        }
    }

    /// The sentence when there are no rows.
    #[must_use]
    pub fn nothing(&self) -> Cow<'static, str> {
        if self.search.is_some() {
            Cow::Borrowed(self.frame.say("documents-none-found"))
        } else if self.filter.is_set() {
            Cow::Borrowed(self.frame.say("documents-none-filtered"))
        } else {
            self.frame.say_whose("documents-none", "documents-none-other")
        }
    }

    /// The sentence about the search field.
    #[must_use]
    pub fn error(&self) -> Option<&'static str> {
        self.search.and_then(|found| found.error).map(|error| {
            self.frame.say(match error {
                SearchError::Empty => "search-error-empty",
                SearchError::TooLong => "search-error-long",
            })
        })
    }

    /// The words in the search field.
    #[must_use]
    pub fn query(&self) -> &str {
        self.search.map_or("", |found| found.query)
    }

    /// The address of the list without filter and search.
    #[must_use]
    pub fn list_path(&self) -> String {
        paths::documents(self.journal)
    }

    /// The address search is posted to.
    #[must_use]
    pub fn search_path(&self) -> String {
        paths::search(self.journal)
    }

    /// The address of another page of the list.
    #[must_use]
    pub fn page_path(&self, cursor: &str) -> String {
        paths::documents_with(self.journal, &self.filter, Some(cursor))
    }

    /// The list with this filter but without the search.
    #[must_use]
    pub fn without_search(&self) -> String {
        paths::documents_with(self.journal, &self.filter, None)
    }

    /// The words of a kind.
    #[must_use]
    pub fn kind(&self, kind: &DocumentType) -> &'static str {
        kind_label(self.frame.lang, *kind)
    }

    /// The words of an area.
    #[must_use]
    pub fn area(&self, area: &Area) -> &'static str {
        area_label(self.frame.lang, *area)
    }

    /// The choices of the period: code, words, whether chosen.
    #[must_use]
    pub fn periods(&self) -> [(&'static str, &'static str, bool); 4] {
        Period::ALL.map(|period| (period.code(), self.frame.say(period.key()), period == self.filter.period))
    }

    /// What a parent of 15–17-year-olds is told.
    #[must_use]
    pub fn youth_note(&self) -> Option<String> {
        let Acting::Parent { first, filtered: true, .. } = self.frame.acting else { return None };
        Some(self.frame.texts().with("documents-youth", &[("name", first.into())]))
    }

    /// The set parts of the filter.
    #[must_use]
    pub fn chips(&self) -> Vec<Chip> {
        let lang = self.frame.lang;
        let words = |(name, code): Pair| match name {
            "type" => DocumentType::from_code(code).map_or("", |kind| kind_label(lang, kind)),
            "area" => Area::from_code(code).map_or("", |area| area_label(lang, area)),
            "period" => Period::from_code(code).map_or("", |period| self.frame.say(period.key())),
            _ => self.frame.say("filter-unread"),
        };
        let chip = |pair: Pair| {
            let rest = self.filter.pairs_without(pair);
            Chip {
                words: Cow::Borrowed(words(pair)),
                remove: self.frame.texts().with("filter-remove", &[("what", words(pair).into())]),
                href: address(self.journal, &rest),
                rest,
            }
        };
        self.filter.pairs().into_iter().map(chip).collect()
    }
}

fn address(journal: JournalId, pairs: &[Pair]) -> String {
    let query: Vec<String> = pairs.iter().map(|(name, code)| format!("{name}={code}")).collect();
    let path = paths::documents(journal);
    if query.is_empty() { path } else { format!("{path}?{}", query.join("&")) }
}
