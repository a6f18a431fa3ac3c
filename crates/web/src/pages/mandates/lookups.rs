//! Opslag om dig: every time a system asked whether somebody may speak or act for the reader. It shows what was asked and
//! answered; it has nothing to press.

use super::super::{Asked, Frame, asked, paths};
use askama::Template;
use borgerportal_domain::MandateId;
use borgerportal_domain::asking::{LookUpAnswer, Purpose};
use borgerportal_i18n::{Date, Time};

/// One look-up.
#[derive(Clone, Debug)]
pub struct LookUpRow {
    /// The day in Denmark.
    pub date: Date,
    /// The time in Denmark.
    pub time: Time,
    /// Whose authority asked, by full name.
    pub who: String,
    /// The system it asked with.
    pub client: String,
    /// The subject area, by its title.
    pub subject: String,
    /// Whether it was about using the portal; else about contacting the authority.
    pub portal: bool,
    /// What for.
    pub purpose: Purpose,
    /// In which case, as the authority writes it.
    pub case: String,
    /// What it was told.
    pub answer: LookUpAnswer,
    /// The mandate that a yes rests on.
    pub mandate: Option<MandateId>,
}

/// `/fuldmagter/opslag`
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/lookups.html")]
pub struct LookUpsPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The newest first.
    pub rows: Vec<LookUpRow>,
    /// How many are shown at most.
    pub most: usize,
}

impl LookUpsPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("lookups-title")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// "Helsingør Kommune slog op, om nogen må henvende sig for dig"
    #[must_use]
    pub fn sentence(&self, row: &LookUpRow) -> String {
        let key = if row.portal { "lookups-asked-portal" } else { "lookups-asked" };
        self.frame.texts().with(key, &[("who", (&row.who).into())])
    }

    /// "20. november 2025 kl. 9.04"
    #[must_use]
    pub fn when(&self, row: &LookUpRow) -> String {
        format!("{} {}", self.frame.lang.day(row.date), self.frame.lang.clock(row.time))
    }

    /// "Anledning: en telefonsamtale · svar: ja · it-system: sager"
    #[must_use]
    pub fn asked(&self, row: &LookUpRow) -> String {
        asked(&self.frame, &Asked { client: &row.client, purpose: row.purpose, answer: row.answer })
    }

    /// "Emne: Hjælpemidler · Sag 27.60.12-G01-7-26"
    #[must_use]
    pub fn about(&self, row: &LookUpRow) -> String {
        let texts = self.frame.texts();
        let subject = texts.with("lookups-about", &[("subject", (&row.subject).into())]);
        format!("{subject} · {}", texts.with("lookups-case", &[("case", (&row.case).into())]))
    }

    /// A mandate's page.
    #[must_use]
    pub fn mandate_path(&self, mandate: &MandateId) -> String {
        paths::mandates::mandate(*mandate)
    }

    /// How far the list goes.
    #[must_use]
    pub fn kept(&self) -> String {
        self.frame.texts().with("lookups-kept", &[("count", self.most.into())])
    }
}
