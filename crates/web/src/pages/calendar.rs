//! The calendar: a week, a day, a list; every day with its visits or without. Pages are given what a visit says and what
//! may be done with it; nothing here knows a deadline.

mod cancel;
mod feed;
mod visit;
pub mod words;

pub use cancel::{Again, CancelPage, ReceiptPage, Told};
pub use feed::{FeedRow, FeedsPage, NewFeed};
pub use visit::{VisitPage, WasThere};

use super::{Acting, Frame, Rights, paths};
use askama::Template;
use borgerportal_domain::calendar::{monday_of, week_number};
use borgerportal_domain::time::days_after;
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::Date;
use std::borrow::Cow;

/// Which way the days are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Seven days from Monday.
    Week,
    /// One day.
    Day,
    /// The days with visits that come.
    Coming,
    /// The days with visits that have been.
    Past,
}

/// The word beside a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// None.
    Nothing,
    /// Cancelled here.
    Off,
    /// Called off by the municipality.
    OffThere,
    /// Its time was changed.
    Moved,
    /// It is over.
    Past,
}

/// What a card offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// Calling it off.
    Cancel,
    /// Looking at it, where the cancellation can be taken back.
    Undo,
    /// Nothing.
    Nothing,
}

/// A visit as a card.
#[derive(Clone, Debug)]
pub struct Card {
    /// Which.
    pub id: ItemId,
    /// "10.00–10.30"
    pub times: String,
    /// "tirsdag 25. november kl. 10.00", for who hears links one by one.
    pub spoken: String,
    /// "Sårpleje"
    pub what: String,
    /// "Sygeplejerske", "Hjemmeplejen Nord", "Træningscentret, Havnegade 4"
    pub who: Vec<String>,
    /// The word beside it.
    pub mark: Mark,
    /// What there is to know: until when, who has cancelled, when it was to be before.
    pub lines: Vec<String>,
    /// The last line ends with a telephone number.
    pub call: bool,
    /// What may be done.
    pub offer: Offer,
}

/// A day.
#[derive(Clone, Debug)]
pub struct DayOf {
    /// Which.
    pub date: Date,
    /// Its visits, earliest first.
    pub cards: Vec<Card>,
}

/// A telephone number, to read and to dial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// "12 34 56 78"
    pub number: String,
    /// "tel:+4512345678"
    pub href: String,
}

/// `/p/{journal}/calendar`, `…/day`, `…/list`
#[derive(Clone, Debug, Template)]
#[template(path = "calendar/calendar.html")]
pub struct CalendarPage<'a> {
    /// What stands around it; `journal` must be set.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// How the days are shown.
    pub view: View,
    /// The day that stays when the view is changed.
    pub anchor: Date,
    /// Today in Denmark.
    pub today: Date,
    /// The days.
    pub days: Vec<DayOf>,
    /// How many working days before a visit can usually be called off.
    pub rule_days: u16,
    /// So many minutes may a clock time move; 0 says nothing.
    pub may_move: u16,
    /// The visitor may call visits off.
    pub may_act: bool,
    /// Whom to call.
    pub call: Call,
    /// How many weeks the list looks ahead.
    pub weeks: u32,
    /// The day the list goes on from.
    pub more: Option<Date>,
}

/// A step to other days.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where it leads.
    pub href: String,
    /// "Uge 47"
    pub words: Cow<'static, str>,
    /// It leads back, on, or to today.
    pub way: Way,
}

/// Where a step leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To earlier days.
    Back,
    /// To today.
    Now,
    /// To later days.
    On,
}

impl Mark {
    /// Key of its word and class of its badge.
    #[must_use]
    pub const fn badge(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Nothing => None,
            Self::Off => Some(("visit-off", "bp-badge-over")),
            Self::OffThere => Some(("visit-off-there", "bp-badge-over")),
            Self::Moved => Some(("visit-moved", "bp-badge-moved")),
            Self::Past => Some(("visit-past", "bp-badge-plain")),
        }
    }

    /// The class of its card.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Off | Self::OffThere => " bp-visit--off",
            Self::Moved => " bp-visit--moved",
            Self::Past => " bp-visit--past",
        }
    }

    /// Its time does not count any more.
    #[must_use]
    pub const fn is_off(self) -> bool {
        matches!(self, Self::Off | Self::OffThere)
    }
}

impl CalendarPage<'_> {
    /// The page's name: "Din kalender", "Ingers kalender".
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        self.frame.say_whose("calendar-title", "calendar-title-other")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The ways to show the days: address, words, whether it is this one.
    #[must_use]
    pub fn tabs(&self) -> [(String, &'static str, bool); 3] {
        let listed = matches!(self.view, View::Coming | View::Past);
        [
            (
                paths::calendar::week(self.journal, self.anchor),
                self.frame.say("calendar-week"),
                self.is_week(),
            ),
            (
                paths::calendar::day(self.journal, self.anchor),
                self.frame.say("calendar-day"),
                self.view == View::Day,
            ),
            (paths::calendar::list(self.journal, None), self.frame.say("calendar-list"), listed),
        ]
    }

    /// Whether seven days stand side by side where there is room.
    #[must_use]
    pub fn is_week(&self) -> bool {
        self.view == View::Week
    }

    /// Whether the visitor must be told that they may only read.
    #[must_use]
    pub fn only_reads(&self) -> bool {
        !self.may_act && !self.frame.is_own()
    }

    /// The heading over the days: what stands out, and the rest.
    #[must_use]
    pub fn heading(&self) -> (String, String) {
        let lang = self.frame.lang;
        match self.view {
            View::Week => {
                let monday = monday_of(self.anchor);
                (self.week_words(self.anchor), words::span(lang, monday, days_after(monday, 6)))
            }
            View::Day => (words::weekday(lang, self.anchor), lang.day(self.anchor).to_string()),
            View::Coming => (self.frame.say("calendar-coming").to_owned(), String::new()),
            View::Past => (self.frame.say("calendar-past").to_owned(), String::new()),
        }
    }

    fn week_words(&self, day: Date) -> String {
        let number = u32::from(week_number(day).unsigned_abs());
        self.frame.texts().with("calendar-week-number", &[("number", number.into())])
    }

    /// The steps to other days.
    #[must_use]
    pub fn steps(&self) -> Vec<Step> {
        let (days, path): (i64, fn(JournalId, Date) -> String) = match self.view {
            View::Week => (7, paths::calendar::week),
            View::Day => (1, paths::calendar::day),
            View::Coming | View::Past => return Vec::new(),
        };
        let words = |day: Date, key| match self.view {
            View::Week => Cow::Owned(self.week_words(day)),
            View::Day | View::Coming | View::Past => Cow::Borrowed(self.frame.say(key)),
        };
        let (back, on) = (days_after(self.anchor, -days), days_after(self.anchor, days));
        let step = |day, words, way| Step { href: path(self.journal, day), words, way };
        vec![
            step(back, words(back, "calendar-day-before"), Way::Back),
            step(self.today, Cow::Borrowed(self.frame.say("calendar-now")), Way::Now),
            step(on, words(on, "calendar-day-after"), Way::On),
        ]
    }

    /// Today, the rule, and how far a clock time may move.
    #[must_use]
    pub fn lead(&self) -> String {
        let (texts, lang) = (self.frame.texts(), self.frame.lang);
        let today = words::day(lang, self.today);
        let mut said = vec![texts.with("calendar-today", &[("day", (&today).into())])];
        let days = ("days", u32::from(self.rule_days).into());
        if self.only_reads() {
            let name = self.frame.acting.other().map_or("", |(_, first)| first);
            said.push(texts.with("calendar-read-only", &[("name", name.into())]));
        } else if let Some((_, first)) = self.frame.acting.other() {
            said.push(texts.with("calendar-rule-other", &[days, ("name", first.into())]));
        } else {
            said.push(texts.with("calendar-rule", &[days]));
        }
        if self.may_move > 0 {
            let minutes = ("minutes", u32::from(self.may_move).into());
            said.push(texts.with("calendar-may-move", &[minutes]));
        }
        said.join(" ")
    }

    /// What stands where there are no days to show.
    #[must_use]
    pub fn nothing(&self) -> String {
        match self.view {
            View::Past => self.frame.say("calendar-none-past").to_owned(),
            View::Week | View::Day | View::Coming => {
                self.frame.texts().with("calendar-none-coming", &[("weeks", self.weeks.into())])
            }
        }
    }

    /// The other of the two lists: address and words.
    #[must_use]
    pub fn other_list(&self) -> Option<(String, &'static str)> {
        match self.view {
            View::Coming => {
                Some((paths::calendar::past(self.journal, None), self.frame.say("calendar-see-past")))
            }
            View::Past => {
                Some((paths::calendar::list(self.journal, None), self.frame.say("calendar-see-coming")))
            }
            View::Week | View::Day => None,
        }
    }

    /// Back to where a long list begins: address and words.
    #[must_use]
    pub fn to_start(&self) -> Option<(String, &'static str)> {
        let say = |key| self.frame.say(key);
        match self.view {
            View::Coming if self.anchor > self.today => {
                Some((paths::calendar::list(self.journal, None), say("calendar-next")))
            }
            View::Past if self.anchor < self.today => {
                Some((paths::calendar::past(self.journal, None), say("calendar-latest")))
            }
            View::Coming | View::Past | View::Week | View::Day => None,
        }
    }

    /// Where a long list goes on: address and words.
    #[must_use]
    pub fn more(&self) -> Option<(String, String)> {
        let day = self.more?;
        let words = words::short(self.frame.lang, day);
        let said = |key| self.frame.texts().with(key, &[("day", (&words).into())]);
        match self.view {
            View::Coming => Some((paths::calendar::list(self.journal, Some(day)), said("calendar-more"))),
            View::Past => Some((paths::calendar::past(self.journal, Some(day)), said("calendar-more-past"))),
            View::Week | View::Day => None,
        }
    }

    /// "Mandag" and "24. november".
    #[must_use]
    pub fn day_words(&self, day: &DayOf) -> (String, String) {
        (words::weekday(self.frame.lang, day.date), words::short(self.frame.lang, day.date))
    }

    /// The address of a visit.
    #[must_use]
    pub fn visit_path(&self, card: &Card) -> String {
        paths::calendar::visit(self.journal, card.id)
    }

    /// The address where it is called off.
    #[must_use]
    pub fn cancel_path(&self, card: &Card) -> String {
        paths::calendar::cancellation(self.journal, card.id)
    }

    /// The page about other calendar programs.
    #[must_use]
    pub fn feeds_path(&self) -> String {
        paths::calendar::feeds(self.journal)
    }

    /// The line that only paper shows.
    #[must_use]
    pub fn printed(&self) -> String {
        printed(&self.frame, self.today)
    }
}

/// "Udskrevet 20. november 2025 af Mette Holm på vegne af Inger Holm"
fn printed(frame: &Frame<'_>, today: Date) -> String {
    let date = frame.lang.day(today).to_string();
    let who = frame.visitor.map_or("", |visitor| visitor.name);
    let args = [("date", (&date).into()), ("who", who.into()), ("full", frame.other_name().into())];
    let key = if frame.is_own() { "calendar-printed" } else { "calendar-printed-for" };
    frame.texts().with(key, &args)
}

/// Whether what the visitor has been given is to read only.
#[must_use]
pub const fn reads_only(acting: &Acting<'_>) -> bool {
    matches!(acting, Acting::Relative { rights: Rights::Read, .. })
}
