//! One visit, with all there is to know; also where somebody comes who wanted to call it off and cannot.

use super::super::{Frame, paths};
use super::{Call, Card, Offer, printed, words};
use askama::Template;
use borgerportal_domain::JournalId;
use borgerportal_domain::calendar::Slot;
use borgerportal_i18n::Date;

/// What somebody is told who comes too late.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WasThere {
    /// They did it themselves before.
    Me,
    /// Somebody else did, by name.
    Other(String),
    /// The municipality has called it off.
    Municipality,
    /// It cannot be called off here; the sentence says why.
    Closed(&'static str),
}

/// `/p/{journal}/calendar/visits/{item}`
#[derive(Clone, Debug, Template)]
#[template(path = "calendar/visit.html")]
pub struct VisitPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// The visit, as its card says it.
    pub card: Card,
    /// When it is.
    pub slot: Slot,
    /// Today in Denmark.
    pub today: Date,
    /// Who comes and from where; empty where nobody says.
    pub who: String,
    /// Where, when it is not at home.
    pub place: String,
    /// Why the municipality has called it off; empty for nothing.
    pub reason: String,
    /// Until when it can be called off, in words.
    pub deadline: Option<String>,
    /// Why the visitor stands here, when they wanted to call it off.
    pub tried: Option<WasThere>,
    /// For the form that takes a cancellation back.
    pub errand: String,
    /// Whom to call.
    pub call: Call,
}

impl VisitPage<'_> {
    /// "Besøg tirsdag 25. november"
    #[must_use]
    pub fn name(&self) -> String {
        let day = words::day(self.frame.lang, self.slot.day());
        self.frame.texts().with("visit-name", &[("day", (&day).into())])
    }

    /// Never a form with answers here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The heading and the line of what somebody is told who comes too late.
    #[must_use]
    pub fn tried_words(&self) -> Option<(String, &'static str)> {
        let texts = self.frame.texts();
        let more = self.frame.say("visit-already-more");
        Some(match self.tried.as_ref()? {
            WasThere::Me => (self.frame.say("visit-already-me").to_owned(), more),
            WasThere::Other(name) => (texts.with("visit-already-by", &[("name", name.into())]), more),
            WasThere::Municipality => (self.frame.say("visit-already-there").to_owned(), more),
            WasThere::Closed(sentence) => ((*sentence).to_owned(), ""),
        })
    }

    /// "tirsdag 25. november kl. 10.00–10.30"
    #[must_use]
    pub fn when(&self) -> String {
        words::spoken(self.frame.lang, &self.slot)
    }

    /// The address where it is called off, when that is offered.
    #[must_use]
    pub fn cancel_path(&self) -> Option<String> {
        (self.card.offer == Offer::Cancel).then(|| paths::calendar::cancellation(self.journal, self.card.id))
    }

    /// The address that takes a cancellation back, when that is offered.
    #[must_use]
    pub fn undo_path(&self) -> Option<String> {
        (self.card.offer == Offer::Undo).then(|| paths::calendar::undo(self.journal, self.card.id))
    }

    /// The week it stands in.
    #[must_use]
    pub fn back(&self) -> String {
        paths::calendar::week(self.journal, self.slot.day())
    }

    /// The line that only paper shows.
    #[must_use]
    pub fn printed(&self) -> String {
        printed(&self.frame, self.today)
    }
}
