//! The tabs: loans, what was granted, applications, and what can be applied for.

use super::super::{Fault, Frame, paths};
use super::{stage_badge, stage_words, step_badge, step_words};
use askama::Template;
use borgerportal_domain::aids::{DeliveryStep, Stage, Step};
use borgerportal_domain::municipality::Aids;
use borgerportal_domain::{ItemId, JournalId};

/// A tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// Udlån.
    Loans,
    /// Bevilget.
    Granted,
    /// Ansøgninger.
    Applications,
    /// Ansøg.
    Apply,
}

impl Tab {
    /// The tabs that a municipality's mode leaves, in the order they stand.
    #[must_use]
    pub fn of(offers: &Aids) -> Vec<Self> {
        let loans = [Self::Loans].into_iter().filter(|_| offers.has_loans());
        let rest = [Self::Granted, Self::Applications, Self::Apply];
        loans.chain(rest.into_iter().filter(|_| offers.has_applications())).collect()
    }

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Loans => "loans",
            Self::Granted => "granted",
            Self::Applications => "applications",
            Self::Apply => "apply",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Loans => "aids-tab-loans",
            Self::Granted => "aids-tab-granted",
            Self::Applications => "aids-tab-applications",
            Self::Apply => "aids-tab-apply",
        }
    }
}

/// A tab as a link.
#[derive(Clone, Debug)]
pub struct TabLink {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub words: &'static str,
    /// Whether it is this page.
    pub current: bool,
}

/// An aid on loan.
#[derive(Clone, Debug)]
pub struct LoanRow {
    /// Which.
    pub item: ItemId,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub step: DeliveryStep,
    /// When it comes, or since when it is there.
    pub says: String,
    /// What was asked about it and waits.
    pub asked: Vec<String>,
}

impl LoanRow {
    /// The badge of its step.
    #[must_use]
    pub const fn badge(&self) -> &'static str {
        step_badge(self.step)
    }
}

/// An aid that was granted.
#[derive(Clone, Debug)]
pub struct GrantedRow {
    /// What.
    pub title: String,
    /// By which law, from whom, from when until when.
    pub lines: Vec<String>,
    /// Whether it is over.
    pub over: bool,
}

/// A draft.
#[derive(Clone, Debug)]
pub struct DraftRow {
    /// Which.
    pub id: ItemId,
    /// "Ansøgning om Ortoser"
    pub title: String,
    /// "Sidst ændret 20. november 2025"
    pub line: String,
    /// Where it goes on.
    pub step: Step,
}

/// An application that was sent.
#[derive(Clone, Debug)]
pub struct SentRow {
    /// Which.
    pub id: ItemId,
    /// "Ansøgning om Ortoser"
    pub title: String,
    /// When, and by whom.
    pub line: String,
    /// "Svar senest …", while there is none.
    pub answer_by: Option<String>,
    /// How far it has come.
    pub stage: Stage,
}

impl SentRow {
    /// The badge of how far it has come.
    #[must_use]
    pub const fn badge(&self) -> &'static str {
        stage_badge(self.stage)
    }
}

/// Something that can be applied for.
#[derive(Clone, Debug)]
pub struct KindRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is, and who can get it.
    pub about: String,
    /// How soon an answer is promised.
    pub time: String,
}

/// What the tab shows.
#[derive(Clone, Debug)]
pub enum Body {
    /// Loans.
    Loans {
        /// Here, or on their way.
        here: Vec<LoanRow>,
        /// Handed back.
        over: Vec<LoanRow>,
    },
    /// What was granted.
    Granted(Vec<GrantedRow>),
    /// Applications.
    Applications {
        /// Not sent yet.
        drafts: Vec<DraftRow>,
        /// Sent.
        sent: Vec<SentRow>,
    },
    /// What can be applied for.
    Apply {
        /// The municipality's catalogue.
        kinds: Vec<KindRow>,
        /// What is to be mended.
        faults: Vec<Fault>,
        /// The name of the errand of beginning one.
        errand: String,
    },
}

/// `/p/{journal}/aids/{tab}`
#[derive(Clone, Debug, Template)]
#[template(path = "aids/list.html")]
pub struct AidsPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Whose.
    pub journal: JournalId,
    /// The tabs that are there.
    pub tabs: Vec<Tab>,
    /// This one.
    pub tab: Tab,
    /// Whether the reader may also act.
    pub may_act: bool,
    /// What it shows.
    pub body: Body,
}

impl AidsPage<'_> {
    /// The heading.
    #[must_use]
    pub fn name(&self) -> String {
        match self.tab {
            Tab::Apply => self.frame.say_whose("aids-apply-title", "aids-apply-title-other").into_owned(),
            Tab::Loans | Tab::Granted | Tab::Applications => {
                self.frame.say_whose("aids-title", "aids-title-other").into_owned()
            }
        }
    }

    /// Whether something is to be mended.
    #[must_use]
    pub fn has_error(&self) -> bool {
        !self.faults().is_empty()
    }

    /// What is to be mended.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        match &self.body {
            Body::Apply { faults, .. } => faults,
            Body::Loans { .. } | Body::Granted(_) | Body::Applications { .. } => &[],
        }
    }

    /// The tabs as links.
    #[must_use]
    pub fn tabs(&self) -> Vec<TabLink> {
        let link = |tab: &Tab| TabLink {
            href: paths::aids::tab(self.journal, tab.word()),
            words: self.frame.say(tab.key()),
            current: *tab == self.tab,
        };
        self.tabs.iter().map(link).collect()
    }

    fn step(&self, loan: &LoanRow) -> &'static str {
        step_words(&self.frame, loan.step)
    }

    fn stage(&self, sent: &SentRow) -> &'static str {
        stage_words(&self.frame, sent.stage)
    }

    fn loan_path(&self, loan: &LoanRow) -> String {
        paths::aids::loan(self.journal, loan.item)
    }

    fn draft_path(&self, draft: &DraftRow) -> String {
        paths::aids::step(self.journal, draft.id, draft.step)
    }

    fn application_path(&self, sent: &SentRow) -> String {
        paths::aids::application(self.journal, sent.id)
    }

    fn apply_path(&self) -> String {
        paths::aids::tab(self.journal, Tab::Apply.word())
    }
}
