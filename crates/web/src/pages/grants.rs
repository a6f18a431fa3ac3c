//! The grants of a journal: what one can still complain about, what is in force, what stands in a plan, and the history.
//! It is given what may be shown, and decides nothing but the words.

mod words;

pub(crate) use words::facts;
pub(super) use words::{amount, left, period, standing, weekday};

use super::{Frame, paths};
use askama::Template;
use borgerportal_domain::grants::{Deadline, Grant, Standing};
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::Date;
use std::borrow::Cow;

/// Rows of the history that stand on the first look.
const FEW: usize = 8;

/// A row of the list.
#[derive(Clone, Copy, Debug)]
pub struct GrantRow<'a> {
    /// Which.
    pub id: ItemId,
    /// What it says.
    pub grant: &'a Grant,
    /// How it stands.
    pub standing: Standing,
    /// The time to complain that counts for this reader, while anybody's runs.
    pub running: Option<Deadline>,
    /// This reader has not opened it.
    pub unread: bool,
}

/// `/p/{journal}/grants`
#[derive(Clone, Debug, Template)]
#[template(path = "grants/list.html")]
pub struct GrantsPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// Newest first.
    pub rows: Vec<GrantRow<'a>>,
    /// The whole history is wanted.
    pub all: bool,
    /// Today in Denmark.
    pub today: Date,
}

impl<'a> GrantsPage<'a> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        self.frame.say_whose("grants-title", "grants-title-other")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    fn rows(&self, keep: impl Fn(&GrantRow<'a>) -> bool) -> Vec<GrantRow<'a>> {
        self.rows.iter().filter(|row| keep(row)).copied().collect()
    }

    /// Decisions about which there is still time to complain, the shortest time first.
    #[must_use]
    pub fn running(&self) -> Vec<(GrantRow<'a>, Deadline)> {
        let mut running: Vec<_> = self.rows.iter().filter_map(|row| Some((*row, row.running?))).collect();
        running.sort_by_key(|(_, deadline)| deadline.last_day);
        running
    }

    /// Decided and not over.
    #[must_use]
    pub fn current(&self) -> Vec<GrantRow<'a>> {
        self.rows(|row| !row.standing.is_over() && row.grant.decision.is_some())
    }

    /// In a plan only, and not over.
    #[must_use]
    pub fn planned(&self) -> Vec<GrantRow<'a>> {
        self.rows(|row| !row.standing.is_over() && row.grant.decision.is_none())
    }

    /// The history: all of it, or its newest.
    #[must_use]
    pub fn former(&self) -> Vec<GrantRow<'a>> {
        let mut former = self.rows(|row| row.standing.is_over());
        if !self.all {
            former.truncate(FEW);
        }
        former
    }

    /// "Vis alle 30", where not all of the history stands here.
    #[must_use]
    pub fn more(&self) -> Option<String> {
        let count = self.rows.iter().filter(|row| row.standing.is_over()).count();
        let more = !self.all && count > FEW;
        more.then(|| self.frame.texts().with("grants-former-all", &[("count", count.into())]))
    }

    /// The whole history.
    #[must_use]
    pub fn all_path(&self) -> String {
        format!("{}?all=1", paths::grants(self.journal))
    }

    /// The address of a row.
    #[must_use]
    pub fn path(&self, row: &GrantRow<'_>) -> String {
        paths::grant(self.journal, row.id)
    }

    /// "20 minutter, 7 gange om ugen · Hjemmeplejen Nord · fra 1. maj 2026"
    #[must_use]
    pub fn meta(&self, row: &GrantRow<'_>) -> String {
        let supplier = row.grant.supplier.clone().unwrap_or_default();
        let parts = [amount(self.frame.lang, row.grant), supplier, period(self.frame.lang, row.grant)];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    /// "til og med fredag 4. december 2026"
    #[must_use]
    pub fn until(&self, deadline: &Deadline) -> String {
        let day = weekday(self.frame.lang, deadline.last_day);
        self.frame.texts().with("complaint-until", &[("day", (&day).into())])
    }

    /// "Der er 12 dage endnu"; nothing where the time that runs is another's.
    #[must_use]
    pub fn left(&self, deadline: &Deadline) -> Option<String> {
        left(self.frame.lang, deadline, self.today)
    }

    /// "Afslået"; nothing for what is simply in force.
    #[must_use]
    pub fn badge(&self, row: &GrantRow<'_>) -> Option<&'static str> {
        (row.standing != Standing::Running).then(|| standing(self.frame.lang, row.standing))
    }

    /// What parents of a young person are told.
    #[must_use]
    pub fn youth_note(&self) -> Option<String> {
        let super::Acting::Parent { first, filtered: true, .. } = self.frame.acting else { return None };
        Some(self.frame.texts().with("grants-youth", &[("name", first.into())]))
    }
}
