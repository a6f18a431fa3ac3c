//! An application that was sent: its receipt, later how far it has come; and taking it back.

use super::super::{Frame, paths};
use super::{stage_says, stage_words};
use askama::Template;
use borgerportal_domain::aids::Stage;
use borgerportal_domain::{ItemId, JournalId};

/// `/p/{journal}/aids/applications/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "aids/application.html")]
pub struct ApplicationPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Whose.
    pub journal: JournalId,
    /// Which.
    pub id: ItemId,
    /// "Ansøgning om Ortoser"
    pub title: String,
    /// The number on the receipt.
    pub number: String,
    /// When it was sent, and by whom.
    pub sent: String,
    /// How far it has come.
    pub stage: Stage,
    /// The badge of that.
    pub badge: &'static str,
    /// Its steps with their days.
    pub passed: Vec<(&'static str, String)>,
    /// What happens now.
    pub next: Vec<String>,
    /// What it says: questions and answers.
    pub rows: Vec<(String, String)>,
    /// It was sent a moment ago: this is the receipt.
    pub is_new: bool,
    /// Whether the reader may take it back.
    pub may_withdraw: bool,
}

impl ApplicationPage<'_> {
    /// The heading.
    #[must_use]
    pub fn name(&self) -> &str {
        if self.is_new { self.frame.say("aids-application-new") } else { &self.title }
    }

    /// Nothing is to be mended here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    fn stage_words(&self) -> &'static str {
        stage_words(&self.frame, self.stage)
    }

    fn says(&self) -> &'static str {
        stage_says(&self.frame, self.stage)
    }

    fn list_path(&self) -> String {
        paths::aids::tab(self.journal, "applications")
    }

    fn pdf_path(&self) -> String {
        format!("{}/pdf", paths::aids::application(self.journal, self.id))
    }

    fn document_path(&self) -> String {
        paths::document(self.journal, self.id)
    }

    fn withdraw_path(&self) -> String {
        format!("{}/withdraw", paths::aids::application(self.journal, self.id))
    }
}

/// `/p/{journal}/aids/applications/{id}/withdraw`
#[derive(Clone, Debug, Template)]
#[template(path = "aids/withdraw.html")]
pub struct WithdrawPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Whose.
    pub journal: JournalId,
    /// Which.
    pub id: ItemId,
    /// "Ansøgning om Ortoser"
    pub title: String,
    /// The name of this errand.
    pub errand: String,
}

impl WithdrawPage<'_> {
    /// The heading.
    #[must_use]
    pub fn name(&self) -> String {
        self.frame.say_whose("aids-withdraw-title", "aids-withdraw-title-other").into_owned()
    }

    /// Nothing is to be mended here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    fn application_path(&self) -> String {
        paths::aids::application(self.journal, self.id)
    }

    fn here(&self) -> String {
        format!("{}/withdraw", self.application_path())
    }
}
