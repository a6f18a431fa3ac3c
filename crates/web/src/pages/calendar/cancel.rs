//! Calling a visit off: the visit, the consequence, a note, yes or no; and what was done afterwards.

use super::super::{Frame, paths};
use super::{Call, printed, words};
use askama::Template;
use borgerportal_domain::calendar::Slot;
use borgerportal_domain::time::Timestamp;
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::Date;
use std::borrow::Cow;

/// Another visit of the same series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// Which.
    pub id: ItemId,
    /// When it is.
    pub slot: Slot,
    /// It is ticked.
    pub ticked: bool,
}

/// `/p/{journal}/calendar/visits/{item}/cancellation`
#[derive(Clone, Debug, Template)]
#[template(path = "calendar/cancel.html")]
pub struct CancelPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// The visit.
    pub id: ItemId,
    /// When it is.
    pub slot: Slot,
    /// "Sårpleje"
    pub what: String,
    /// "Sygeplejerske, Hjemmeplejen Nord"; empty where nobody says.
    pub who: String,
    /// Where, when it is not at home.
    pub place: String,
    /// Until when it can be called off and that taken back.
    pub until: Timestamp,
    /// The municipality's own words on what becomes of the help; empty for none.
    pub own_words: &'a str,
    /// Others of its series.
    pub series: Vec<Again>,
    /// What was written.
    pub note: String,
    /// Letters a note may have.
    pub most: u32,
    /// The note is too long.
    pub too_long: bool,
    /// Names this form, so that it is taken once.
    pub errand: String,
    /// Whom to call.
    pub call: Call,
}

impl CancelPage<'_> {
    /// "Vil du afmelde dette besøg?"
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        self.frame.say_whose("cancel-title", "cancel-title-other")
    }

    /// Whether the title starts with "Fejl: ".
    #[must_use]
    pub const fn has_error(&self) -> bool {
        self.too_long
    }

    /// "Du afmelder besøget for Inger Holm."
    #[must_use]
    pub fn whose(&self) -> Option<String> {
        let (full, _) = self.frame.acting.other()?;
        Some(self.frame.texts().with("cancel-for", &[("full", full.into())]))
    }

    /// "tirs.", "25", "nov." of the tile.
    #[must_use]
    pub fn tile(&self) -> (String, i8, String) {
        words::tile(self.frame.lang, self.slot.day())
    }

    /// "tirsdag 25. november kl. 10.00–10.30"
    #[must_use]
    pub fn when(&self) -> String {
        words::spoken(self.frame.lang, &self.slot)
    }

    /// What the citizen does not get; a telephone number follows.
    #[must_use]
    pub fn consequence(&self) -> String {
        let what = lowered(&self.what);
        let texts = self.frame.texts();
        match self.frame.acting.other() {
            None => texts.with("cancel-consequence", &[("what", (&what).into())]),
            Some((_, first)) => {
                texts.with("cancel-consequence-other", &[("what", (&what).into()), ("name", first.into())])
            }
        }
    }

    /// Until when, as a date and a clock time.
    #[must_use]
    pub fn rule(&self) -> String {
        deadline(&self.frame, "cancel-rule", self.until)
    }

    /// "Fx “Jeg er hos lægen”. Højst 200 tegn."
    #[must_use]
    pub fn note_hint(&self) -> String {
        self.frame.texts().with("cancel-note-hint", &[("most", self.most.into())])
    }

    /// The sentence about a note that is too long.
    #[must_use]
    pub fn note_error(&self) -> String {
        self.frame.texts().with("cancel-note-long", &[("most", self.most.into())])
    }

    /// When another visit of the series is.
    #[must_use]
    pub fn again(&self, one: &Again) -> String {
        words::spoken(self.frame.lang, &one.slot)
    }

    /// Where the form is sent, and where it stands.
    #[must_use]
    pub fn here(&self) -> String {
        paths::calendar::cancellation(self.journal, self.id)
    }

    /// The week it stands in.
    #[must_use]
    pub fn back(&self) -> String {
        paths::calendar::week(self.journal, self.slot.day())
    }
}

fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// A sentence with the day and the clock time of an end.
fn deadline(frame: &Frame<'_>, key: &'static str, end: Timestamp) -> String {
    let (day, clock) = words::until(frame.lang, end);
    let day = words::day(frame.lang, day);
    frame.texts().with(key, &[("day", (&day).into()), ("clock", (&clock).into())])
}

/// How far the word to the municipality has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// On its way.
    Waiting,
    /// The municipality has it.
    Arrived,
    /// The municipality said no, or never got it.
    Failed,
}

/// `/p/{journal}/calendar/visits/{item}/receipt`: what was done last with a visit.
#[derive(Clone, Debug, Template)]
#[template(path = "calendar/receipt.html")]
pub struct ReceiptPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// The visit.
    pub id: ItemId,
    /// "Sårpleje"
    pub what: String,
    /// When it is, and the others that were called off with it.
    pub slots: Vec<Slot>,
    /// It was taken back.
    pub undone: bool,
    /// Who did it; empty for the visitor.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Its number.
    pub number: String,
    /// What was written.
    pub note: String,
    /// Whether the municipality knows.
    pub told: Told,
    /// Until when the visitor may take it back.
    pub undo_until: Option<Timestamp>,
    /// For the form that takes it back.
    pub errand: String,
    /// Today in Denmark.
    pub today: Date,
    /// Whom to call.
    pub call: Call,
}

impl ReceiptPage<'_> {
    /// "Besøget er afmeldt"
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        if self.undone {
            return Cow::Borrowed(self.frame.say("off-title-back"));
        }
        match u32::try_from(self.slots.len()).unwrap_or(u32::MAX) {
            0 | 1 => Cow::Borrowed(self.frame.say("off-title")),
            count => Cow::Owned(self.frame.texts().with("off-title-many", &[("count", count.into())])),
        }
    }

    /// Never a form with answers here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Every visit it is about.
    #[must_use]
    pub fn visits(&self) -> Vec<String> {
        self.slots.iter().map(|slot| words::spoken(self.frame.lang, slot)).collect()
    }

    /// "Dig", or the other's name.
    #[must_use]
    pub fn who(&self) -> &str {
        if self.by.is_empty() { self.frame.say("off-me") } else { &self.by }
    }

    /// The key of "Afmeldt af" or "Fortrudt af".
    #[must_use]
    pub fn who_label(&self) -> &'static str {
        self.frame.say(if self.undone { "off-back-by" } else { "off-by" })
    }

    /// "torsdag 20. november kl. 9.12"
    #[must_use]
    pub fn when(&self) -> String {
        let slot = Slot { from: self.at, until: None, whole_day: false };
        words::spoken(self.frame.lang, &slot)
    }

    /// What happens now: bold words, and the rest.
    #[must_use]
    pub fn next(&self) -> Vec<(String, &'static str)> {
        let say = |key| self.frame.say(key);
        let told = match self.told {
            Told::Waiting => (say("off-told-waiting").to_owned(), say("off-told-waiting-more")),
            Told::Arrived => (say("off-told").to_owned(), say("off-told-more")),
            Told::Failed => return Vec::new(),
        };
        let mut next = vec![told];
        let key = if self.undone { "off-somebody" } else { "off-nobody" };
        for slot in &self.slots {
            let day = words::day(self.frame.lang, slot.day());
            next.push((self.frame.texts().with(key, &[("day", (&day).into())]), ""));
        }
        if let Some(until) = self.undo_until {
            next.push((deadline(&self.frame, "off-undo-until", until), ""));
        }
        next
    }

    /// What to say where the municipality did not do it.
    #[must_use]
    pub fn failed(&self) -> Option<&'static str> {
        let key = if self.undone { "visit-not-put-back" } else { "visit-not-cancelled" };
        (self.told == Told::Failed).then(|| self.frame.say(key))
    }

    /// Where a cancellation is taken back, when it may be.
    #[must_use]
    pub fn undo_path(&self) -> Option<String> {
        self.undo_until.map(|_| paths::calendar::undo(self.journal, self.id))
    }

    /// The calendar, at the visit's week.
    #[must_use]
    pub fn back(&self) -> String {
        let day = self.slots.first().map_or(self.today, Slot::day);
        paths::calendar::week(self.journal, day)
    }

    /// The line that only paper shows.
    #[must_use]
    pub fn printed(&self) -> String {
        printed(&self.frame, self.today)
    }
}
