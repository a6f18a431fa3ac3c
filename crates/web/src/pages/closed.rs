//! The page of a journal whose help has ended: why it is closed, what can still be read, about what one can still
//! complain, and how to get access to documents. It refuses to hide a time that runs.

use super::frame::Closed;
use super::grants::{left, weekday};
use super::{Frame, GrantRow, paths};
use askama::Template;
use borgerportal_domain::JournalId;
use borgerportal_domain::grants::Deadline;
use borgerportal_i18n::{Date, phone, phone_href};
use std::borrow::Cow;

/// Any page of a closed journal that is not left.
#[derive(Clone, Debug, Template)]
#[template(path = "dead_ends/closed.html")]
pub struct ClosedPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal, where there is one.
    pub journal: Option<JournalId>,
    /// What can still be read of it.
    pub left: Option<Closed>,
    /// Why, in the municipality's own words; without them the portal's.
    pub words: Option<&'a str>,
    /// For how many months it could be read after help ended, where that time has passed.
    pub months: Option<u8>,
    /// Decisions about which there is still time to complain.
    pub running: Vec<GrantRow<'a>>,
    /// The municipality's guide to access to documents.
    pub guide: Option<&'a str>,
    /// Where to write.
    pub mail: Option<&'a str>,
    /// Where to come.
    pub address: &'a str,
    /// Today in Denmark.
    pub today: Date,
}

impl<'a> ClosedPage<'a> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("dead-inactive")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Why.
    #[must_use]
    pub fn why(&self) -> &str {
        self.words.unwrap_or_else(|| self.frame.say("dead-inactive-1"))
    }

    /// "Du kunne læse i journalen 6 måneder, efter at hjælpen sluttede. Den tid er gået."
    #[must_use]
    pub fn lapsed(&self) -> Option<String> {
        let months = u32::from(self.months?);
        Some(self.frame.texts().with("dead-inactive-months", &[("months", months.into())]))
    }

    /// Addresses of the letters and the decisions, where those are left.
    #[must_use]
    pub fn letters(&self) -> Option<(String, String)> {
        let journal = self.journal.filter(|_| self.left == Some(Closed::Letters))?;
        Some((paths::documents(journal), paths::grants(journal)))
    }

    /// Who has seen the data: that is the citizen's for ever.
    #[must_use]
    pub fn log_path(&self) -> Option<String> {
        self.journal.filter(|_| self.frame.is_own()).map(paths::access_log)
    }

    /// Each decision with its time.
    #[must_use]
    pub fn deadlines(&self) -> Vec<(GrantRow<'a>, Deadline)> {
        self.running.iter().filter_map(|row| Some((*row, row.running?))).collect()
    }

    /// The address of a decision.
    #[must_use]
    pub fn path(&self, row: &GrantRow<'_>) -> String {
        self.journal.map(|journal| paths::grant(journal, row.id)).unwrap_or_default()
    }

    /// "til og med fredag 4. december 2026"
    #[must_use]
    pub fn until(&self, deadline: &Deadline) -> String {
        let day = weekday(self.frame.lang, deadline.last_day);
        self.frame.texts().with("complaint-until", &[("day", (&day).into())])
    }

    /// "Der er 12 dage endnu"
    #[must_use]
    pub fn days(&self, deadline: &Deadline) -> Option<String> {
        left(self.frame.lang, deadline, self.today)
    }

    /// The one next step: where access to documents is asked for, or the telephone.
    #[must_use]
    pub fn next(&self) -> (Cow<'a, str>, Cow<'static, str>) {
        if let Some(guide) = self.guide {
            return (guide.into(), self.frame.say("dead-inactive-next").into());
        }
        let number = self.frame.support.phone;
        let words = self.frame.texts().with("dead-call", &[("phone", (&phone(number)).into())]);
        (phone_href(number).into(), words.into())
    }
}
