//! One loan, and asking about it.

use super::super::{Fault, Frame, paths};
use super::step_words;
use askama::Template;
use borgerportal_domain::aids::{AskKind, DeliveryStep};
use borgerportal_domain::{ItemId, JournalId};

/// Something that was asked about the loan.
#[derive(Clone, Debug)]
pub struct AskedRow {
    /// "Der er bedt om reparation"
    pub what: &'static str,
    /// By whom and when.
    pub by: String,
    /// What they wrote.
    pub note: String,
    /// What became of it.
    pub state: &'static str,
}

/// One of the four steps of a delivery.
#[derive(Clone, Debug)]
pub struct WayStep {
    /// "Pakkes"
    pub words: &'static str,
    /// It was reached.
    pub done: bool,
    /// It is there now.
    pub now: bool,
    /// When.
    pub day: Option<String>,
}

/// `/p/{journal}/aids/loans/{item}`
#[derive(Clone, Debug, Template)]
#[template(path = "aids/loan.html")]
pub struct LoanPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Whose.
    pub journal: JournalId,
    /// Which.
    pub item: ItemId,
    /// What it is called.
    pub title: String,
    /// Where it is.
    pub step: DeliveryStep,
    /// The badge of that.
    pub badge: &'static str,
    /// When it comes, or since when it is there.
    pub when: Option<String>,
    /// The days of the four steps, as far as they are known.
    pub days: [Option<String>; 4],
    /// What was asked about it.
    pub asked: Vec<AskedRow>,
    /// What can be asked.
    pub may_ask: Vec<AskKind>,
    /// Whether the reader may act.
    pub may_act: bool,
    /// Facts: what, and what it is.
    pub facts: Vec<(&'static str, String)>,
    /// What has happened, newest first.
    pub history: Vec<(&'static str, String)>,
    /// The reader has just asked.
    pub done: bool,
}

impl LoanPage<'_> {
    /// The heading.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.title
    }

    /// Nothing is to be mended here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    fn step_words(&self) -> &'static str {
        step_words(&self.frame, self.step)
    }

    const fn is_coming(&self) -> bool {
        self.step.is_coming()
    }

    fn says(&self) -> Option<&'static str> {
        let key = match self.step {
            DeliveryStep::BackOrder => "aids-step-back_order-says",
            DeliveryStep::Repair => "aids-step-repair-says",
            DeliveryStep::PickupOrdered => "aids-step-pickup_ordered-says",
            DeliveryStep::Exchanged => "aids-step-exchanged-says",
            DeliveryStep::Ordered
            | DeliveryStep::Packed
            | DeliveryStep::OnTheWay
            | DeliveryStep::Delivered
            | DeliveryStep::Returned => return None,
        };
        Some(self.frame.say(key))
    }

    /// The four steps everybody knows, and which of them it has come to.
    #[must_use]
    pub fn way(&self) -> Vec<WayStep> {
        let reached = self.step.reached();
        let step = |(at, (step, day)): (usize, (&DeliveryStep, &Option<String>))| WayStep {
            words: step_words(
                &self.frame,
                if at == 0 && self.step == DeliveryStep::BackOrder { self.step } else { *step },
            ),
            done: at < reached,
            now: at == reached,
            day: day.clone(),
        };
        DeliveryStep::WAY.iter().zip(&self.days).enumerate().map(step).collect()
    }

    fn list_path(&self) -> String {
        paths::aids::tab(self.journal, "loans")
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the templates hand it over as they have it")]
    fn ask_path(&self, kind: &AskKind) -> String {
        paths::aids::ask(self.journal, self.item, *kind)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the templates hand it over as they have it")]
    fn ask_words(&self, kind: &AskKind) -> &'static str {
        self.frame.say(match kind {
            AskKind::Repair => "aids-ask-repair",
            AskKind::PickUp => "aids-ask-pick_up",
        })
    }
}

/// `/p/{journal}/aids/loans/{item}/{kind}`
#[derive(Clone, Debug, Template)]
#[template(path = "aids/ask.html")]
pub struct AskPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Whose.
    pub journal: JournalId,
    /// Which loan.
    pub item: ItemId,
    /// What is asked.
    pub kind: AskKind,
    /// What the loan is called.
    pub what: String,
    /// As typed.
    pub typed: String,
    /// What is to be mended.
    pub faults: Vec<Fault>,
    /// The name of this errand.
    pub errand: String,
}

impl AskPage<'_> {
    const fn pick(&self, repair: &'static str, pick_up: &'static str) -> &'static str {
        match self.kind {
            AskKind::Repair => repair,
            AskKind::PickUp => pick_up,
        }
    }

    const fn is_repair(&self) -> bool {
        matches!(self.kind, AskKind::Repair)
    }

    /// The heading.
    #[must_use]
    pub fn name(&self) -> String {
        let key = self.pick("aids-ask-repair-title", "aids-ask-pick_up-title");
        self.frame.texts().with(key, &[("what", (&self.what).into())])
    }

    /// Whether something is to be mended.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        !self.faults.is_empty()
    }

    /// "Du gør det for Inger."
    #[must_use]
    pub fn for_whom(&self) -> Option<String> {
        let (_, first) = self.frame.acting.other()?;
        Some(self.frame.texts().with("aids-ask-for", &[("name", first.into())]))
    }

    fn lead(&self) -> &'static str {
        self.frame.say(self.pick("aids-ask-repair-lead", "aids-ask-pick_up-lead"))
    }

    fn label(&self) -> &'static str {
        self.frame.say(self.pick("aids-ask-repair-note", "aids-ask-pick_up-note"))
    }

    fn send_words(&self) -> &'static str {
        self.frame.say(self.pick("aids-ask-repair-send", "aids-ask-pick_up-send"))
    }

    fn here(&self) -> String {
        paths::aids::ask(self.journal, self.item, self.kind)
    }

    fn loan_path(&self) -> String {
        paths::aids::loan(self.journal, self.item)
    }
}
