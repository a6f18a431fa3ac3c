//! The calendar in other programs: a file once, or an address that its program asks again and again.

use super::super::{Frame, paths};
use askama::Template;
use borgerportal_domain::JournalId;
use borgerportal_domain::ids::FeedId;
use borgerportal_i18n::Date;
use std::borrow::Cow;

/// An address, as its owner sees it afterwards.
#[derive(Clone, Debug)]
pub struct FeedRow {
    /// Which.
    pub id: FeedId,
    /// The day it was made.
    pub made_on: Date,
    /// The last day a program has asked.
    pub read_on: Option<Date>,
    /// It says what a visit is for.
    pub words: bool,
}

/// What was just done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewFeed {
    /// Nothing.
    Nothing,
    /// An address was made: it is shown this once.
    Made(String),
    /// The form was sent before: its address was shown then.
    MadeBefore,
    /// An address was turned off.
    Shut,
}

/// `/p/{journal}/calendar/feeds`
#[derive(Clone, Debug, Template)]
#[template(path = "calendar/feeds.html")]
pub struct FeedsPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// The addresses there are.
    pub feeds: Vec<FeedRow>,
    /// Why there can be no other: a whole sentence.
    pub closed: Option<&'static str>,
    /// What was just done.
    pub new: NewFeed,
    /// Names the form, so that it is taken once.
    pub errand: String,
}

impl FeedsPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("feed-title")
    }

    /// Never a form with wrong answers here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// What it is good for.
    #[must_use]
    pub fn lead(&self) -> Cow<'static, str> {
        self.frame.say_whose("feed-lead", "feed-lead-other")
    }

    /// The file.
    #[must_use]
    pub fn file_path(&self, words: bool) -> String {
        paths::calendar::file(self.journal, words)
    }

    /// Where the form is sent.
    #[must_use]
    pub fn here(&self) -> String {
        paths::calendar::feeds(self.journal)
    }

    /// Where an address is turned off.
    #[must_use]
    pub fn shut_path(&self, row: &FeedRow) -> String {
        paths::calendar::shut(self.journal, row.id)
    }

    /// The address that was just made, and the same for a telephone's own calendar.
    #[must_use]
    pub fn made(&self) -> Option<(&str, String)> {
        let NewFeed::Made(address) = &self.new else { return None };
        let rest = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        Some((address, format!("webcal://{rest}")))
    }

    /// Heading and line about what was done, where no address is shown.
    #[must_use]
    pub fn done(&self) -> Option<(&'static str, &'static str)> {
        let say = |key| self.frame.say(key);
        match self.new {
            NewFeed::MadeBefore => Some((say("feed-made-before"), say("feed-made-before-line"))),
            NewFeed::Shut => Some((say("feed-shut-done"), say("feed-shut-done-line"))),
            NewFeed::Made(_) | NewFeed::Nothing => None,
        }
    }

    /// "Lavet 3. november 2026"
    #[must_use]
    pub fn made_on(&self, row: &FeedRow) -> String {
        self.dated("feed-made-on", row.made_on)
    }

    /// "viser kun tid · sidst hentet 3. november 2026"
    #[must_use]
    pub fn meta(&self, row: &FeedRow) -> String {
        let what = self.frame.say(if row.words { "feed-with-words" } else { "feed-without-words" });
        let read = row.read_on.map(|day| self.dated("feed-read-on", day));
        format!("{what} · {}", read.as_deref().unwrap_or(self.frame.say("feed-unread")))
    }

    /// The hidden words of the button.
    #[must_use]
    pub fn which(&self, row: &FeedRow) -> String {
        self.dated("feed-shut-which", row.made_on)
    }

    fn dated(&self, key: &'static str, day: Date) -> String {
        let day = self.frame.day(&day);
        self.frame.texts().with(key, &[("day", (&day).into())])
    }

    /// The calendar.
    #[must_use]
    pub fn back(&self) -> String {
        paths::calendar(self.journal)
    }
}
