//! Mine fuldmagter: what one has given and what one has been given, what waits for an answer on top.

use super::super::{Frame, paths};
use super::rights::in_short;
use super::{Right, State};
use askama::Template;
use borgerportal_domain::time::Date;
use borgerportal_domain::{MandateId, RequestId};

/// Which of the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Du har givet.
    Given,
    /// Du har fået.
    Received,
}

/// What the reader has just done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Kept a draft for later.
    Kept,
    /// Said no to a request.
    Declined,
    /// Took a request back.
    TakenBack,
}

/// A request.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// Which.
    pub id: RequestId,
    /// The other; of a request one has sent, as typed.
    pub full: String,
    /// What is asked for.
    pub rights: Vec<Right>,
    /// The last day that is asked for.
    pub last_day: Date,
    /// The last day to answer.
    pub answer_by: Date,
    /// What it is worth.
    pub state: State,
}

/// A mandate.
#[derive(Clone, Debug)]
pub struct MandateRow {
    /// Which.
    pub id: MandateId,
    /// The other.
    pub full: String,
    /// What it covers.
    pub rights: Vec<Right>,
    /// The last day.
    pub last_day: Date,
    /// What it is worth.
    pub state: State,
    /// The day it was stopped or ended, where that is not its last day.
    pub since: Option<Date>,
    /// Its giver is asked whether it shall go on.
    pub renewable: bool,
    /// The reader may stop it now.
    pub stoppable: bool,
}

/// `/fuldmagter`
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/overview.html")]
pub struct OverviewPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which list.
    pub shown: Shown,
    /// How many live ones there are of each.
    pub counts: (usize, usize),
    /// Requests to the reader, open.
    pub waiting: Vec<RequestRow>,
    /// Requests of the reader.
    pub asked: Vec<RequestRow>,
    /// The mandates of this page of the list, live ones first.
    pub rows: Vec<MandateRow>,
    /// Pages of the list before and after this one, by number.
    pub newer: Option<usize>,
    /// As above.
    pub older: Option<usize>,
    /// What was just done.
    pub done: Option<Done>,
    /// Where mandates are given and asked for elsewhere, that service.
    pub elsewhere: Option<&'a str>,
    /// The way to the reader's own record and those of others.
    pub portal: &'a str,
}

impl OverviewPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("mandates-title")
    }

    /// Never a form with answers here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Whether it is the list of what one has given.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.shown == Shown::Given
    }

    /// "Du har givet (2)"
    #[must_use]
    pub fn tab(&self, given: bool) -> String {
        let (key, count) = if given { ("tab-given", self.counts.0) } else { ("tab-received", self.counts.1) };
        self.frame.texts().with(key, &[("count", count.into())])
    }

    /// A tab's address.
    #[must_use]
    pub const fn tab_path(&self, given: bool) -> &'static str {
        if given { "/fuldmagter?side=givet" } else { paths::mandates::RECEIVED }
    }

    /// The live ones of this page.
    #[must_use]
    pub fn live(&self) -> Vec<&MandateRow> {
        self.rows.iter().filter(|row| row.state.is_live()).collect()
    }

    /// The others.
    #[must_use]
    pub fn over(&self) -> Vec<&MandateRow> {
        self.rows.iter().filter(|row| !row.state.is_live()).collect()
    }

    /// "Mette Holm beder om din hjælp …"
    #[must_use]
    pub fn asks(&self, row: &RequestRow) -> String {
        self.frame.texts().with("waiting-asks", &[("full", (&row.full).into())])
    }

    /// "Borgerportalen: læse og handle."
    #[must_use]
    pub fn rights(&self, rights: &[Right]) -> String {
        in_short(&self.frame, rights)
    }

    /// "Gælder til og med 30. juni 2026."
    #[must_use]
    pub fn until(&self, day: &Date) -> String {
        self.dated("mandate-until", *day)
    }

    /// "Svar senest 18. december 2025."
    #[must_use]
    pub fn answer_by(&self, row: &RequestRow) -> String {
        self.dated("waiting-by", row.answer_by)
    }

    /// What became of a request of one's own.
    #[must_use]
    pub fn asked_line(&self, row: &RequestRow) -> String {
        let key = if row.state == State::WaitsForOther { "asked-waits" } else { "asked-over" };
        self.dated(key, row.answer_by)
    }

    /// Why one is over: "Du stoppede den 3. september 2025"
    #[must_use]
    pub fn reason(&self, row: &MandateRow) -> String {
        let given = self.is_given();
        let key = match row.state {
            State::StoppedByGiver if given => "over-you-stopped",
            State::StoppedByHolder if !given => "over-you-stopped",
            State::StoppedByGiver | State::StoppedByHolder => "over-other-stopped",
            State::Replaced => "over-replaced",
            State::Expired => "over-expired",
            State::Ended
            | State::Active
            | State::Planned
            | State::Suspended
            | State::WaitsForYou
            | State::WaitsForOther
            | State::Approved
            | State::Declined
            | State::TakenBack
            | State::Lapsed => "over-ended",
        };
        let day = self.frame.lang.day(row.since.unwrap_or(row.last_day)).to_string();
        self.frame.texts().with(key, &[("date", (&day).into()), ("full", (&row.full).into())])
    }

    fn dated(&self, key: &'static str, day: Date) -> String {
        self.frame.texts().with(key, &[("date", (&self.frame.lang.day(day).to_string()).into())])
    }

    /// A request's page, for the one who is asked.
    #[must_use]
    pub fn request_path(&self, row: &RequestRow) -> String {
        paths::mandates::request(row.id)
    }

    /// A request's page, for the one who asked.
    #[must_use]
    pub fn asked_path(&self, row: &RequestRow) -> String {
        paths::mandates::asked(row.id)
    }

    /// A mandate's page.
    #[must_use]
    pub fn mandate_path(&self, row: &MandateRow) -> String {
        paths::mandates::mandate(row.id)
    }

    /// Another page of this list.
    #[must_use]
    pub fn page_path(&self, number: &usize) -> String {
        format!("{}&fra={number}", self.tab_path(self.is_given()))
    }

    /// What was done, and what that means.
    #[must_use]
    pub fn done_words(&self) -> Option<(&'static str, &'static str)> {
        let (title, more) = match self.done? {
            Done::Kept => ("done-kept", "done-kept-1"),
            Done::Declined => ("done-declined", "done-declined-1"),
            Done::TakenBack => ("done-taken-back", "done-taken-back-1"),
        };
        Some((self.frame.say(title), self.frame.say(more)))
    }
}
