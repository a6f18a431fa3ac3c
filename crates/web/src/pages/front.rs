//! The front page of a journal, and the menu page of small screens. They show only what exists: an
//! area that is not built, or that the municipality has turned off, is not mentioned.

mod latest;

pub use latest::{Latest, LatestRow};

use super::calendar::{Call, words};
use super::frame::MenuItem;
use super::{Acting, Frame, Here, Rights, Until, paths};
use askama::Template;
use borgerportal_domain::access::{BasisKind, Privilege, PrivilegeSet};
use borgerportal_domain::calendar::Slot;
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::Date;
use std::borrow::Cow;

/// Somebody who can see the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watcher<'a> {
    /// Full name.
    pub name: &'a str,
    /// By what right.
    pub basis: BasisKind,
    /// What they may do.
    pub rights: Rights,
    /// When it ends.
    pub until: Until,
}

/// A visit that is to come.
#[derive(Clone, Debug)]
pub struct NextVisit {
    /// Which.
    pub id: ItemId,
    /// When.
    pub slot: Slot,
    /// What for.
    pub what: String,
    /// Who comes and from where; empty when it is not told.
    pub who: String,
    /// Where it is; empty when it is not told.
    pub place: String,
    /// What there is to know of it: until when it can be called off.
    pub lines: Vec<String>,
    /// The number that the last line ends with.
    pub call: Option<Call>,
}

/// An area of the portal.
#[derive(Clone, Debug)]
pub struct Tile {
    /// Where it leads.
    pub item: MenuItem,
    /// What is there.
    pub line: Cow<'static, str>,
    /// The visitor's right does not cover it.
    pub shut: bool,
    /// What is new there, as a number and in words.
    pub new: Option<(u32, String)>,
}

/// `/p/{journal}/`
#[derive(Clone, Debug, Template)]
#[template(path = "front_page/front.html")]
pub struct FrontPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// The visitor's first name, for the greeting.
    pub first: &'a str,
    /// What the visitor may read here.
    pub reads: PrivilegeSet,
    /// The next visits; nothing where the visitor has no right to the calendar, or there are none.
    pub visits: Vec<NextVisit>,
    /// Messages that the visitor has not opened.
    pub unread: u32,
    /// What is new or waits; nothing where the visitor has a right to none of it.
    pub news: Option<Vec<Latest<'a>>>,
    /// Who else can see the data; empty for somebody acting.
    pub watchers: Vec<Watcher<'a>>,
    /// Whether whoever has custody may see something, too.
    pub parents: bool,
    /// Today in Denmark, for "i går".
    pub today: Date,
}

impl FrontPage<'_> {
    /// The page's name: "Forside", "Inger Holms forside".
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        self.frame.say_whose("front-title", "front-heading-other")
    }

    /// The heading: "Goddag, Inger", "Inger Holms forside".
    #[must_use]
    pub fn heading(&self) -> Cow<'static, str> {
        if self.frame.is_own() {
            return Cow::Owned(self.frame.texts().with("front-greeting", &[("name", self.first.into())]));
        }
        self.name()
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The areas, shut where the visitor's right does not cover them.
    #[must_use]
    pub fn tiles(&self) -> Vec<Tile> {
        let area = |(item, line, privilege): (MenuItem, Cow<'static, str>, Privilege)| Tile {
            line,
            shut: !self.reads.contains(privilege),
            new: (item.here == Here::Messages && self.unread > 0).then(|| {
                (self.unread, self.frame.texts().with("tile-unread", &[("count", self.unread.into())]))
            }),
            item,
        };
        let say = |key| Cow::Borrowed(self.frame.say(key));
        let known = self.frame.menu().into_iter().filter_map(|item| {
            let (line, privilege) = match item.here {
                Here::Documents => (say("tile-documents"), Privilege::ReadDocuments),
                Here::Aids => (say("tile-aids"), Privilege::ReadAids),
                Here::Calendar => (say("tile-calendar"), Privilege::ReadCalendar),
                Here::Messages => (say("tile-messages"), Privilege::ReadMessages),
                Here::Grants => {
                    (self.frame.say_whose("tile-grants", "tile-grants-other"), Privilege::ReadGrants)
                }
                Here::Front | Here::AccessLog | Here::Menu | Here::Mandates | Here::Elsewhere => return None,
            };
            Some((item, line, privilege))
        });
        known.map(area).collect()
    }

    /// "tor", 20, "nov" of a visit.
    #[must_use]
    pub fn tile_of(&self, visit: &NextVisit) -> (String, i8, String) {
        words::tile(self.frame.lang, visit.slot.day())
    }

    /// "i dag kl. 10.00–10.30", "torsdag 20. november kl. 10.00–10.30"
    #[must_use]
    pub fn when(&self, visit: &NextVisit) -> String {
        match self.frame.lang.near(visit.slot.day(), self.today) {
            Some(near) if !visit.slot.whole_day => {
                let times = words::times(self.frame.lang, &visit.slot);
                let key = "front-visit-near";
                let words = self.frame.texts().with(key, &[("day", near.into()), ("times", (&times).into())]);
                capital(&words)
            }
            _ => capital(&words::spoken(self.frame.lang, &visit.slot)),
        }
    }

    /// The address of a visit.
    #[must_use]
    pub fn visit_path(&self, visit: &NextVisit) -> String {
        paths::calendar::visit(self.journal, visit.id)
    }

    /// The address of the calendar.
    #[must_use]
    pub fn calendar_path(&self) -> String {
        paths::calendar(self.journal)
    }

    /// The address of the documents.
    #[must_use]
    pub fn documents_path(&self) -> String {
        paths::documents(self.journal)
    }

    /// The address of the log.
    #[must_use]
    pub fn log_path(&self) -> String {
        paths::access_log(self.journal)
    }

    /// The address of the visitor's own mandates.
    #[must_use]
    pub const fn mandates_path(&self) -> &'static str {
        paths::mandates::MANDATES
    }

    /// Whether the visitor has a right to documents.
    #[must_use]
    pub fn reads_documents(&self) -> bool {
        self.reads.contains(Privilege::ReadDocuments)
    }

    /// "Mette Holm kan læse dine oplysninger som pårørende. Fuldmagten gælder til 30. juni 2026."
    #[must_use]
    pub fn watcher(&self, one: &Watcher<'_>) -> String {
        let until = self.frame.until(one.until);
        let key = match (one.basis, one.rights) {
            (BasisKind::Custody, _) => "watcher-parent",
            (BasisKind::Guardianship, _) => "watcher-guardian",
            (_, Rights::Read) => "watcher-read",
            (_, Rights::ReadAndAct) => "watcher-act",
        };
        let mut words = self.frame.texts().with(key, &[("name", one.name.into())]);
        if !until.is_empty() && !matches!(one.basis, BasisKind::Custody) {
            words.push(' ');
            words.push_str(&self.frame.texts().with("watcher-until", &[("until", (&until).into())]));
        }
        words
    }

    /// What somebody acting may do here, in words.
    #[must_use]
    pub fn my_right(&self) -> Option<String> {
        let texts = self.frame.texts();
        match self.frame.acting {
            Acting::Own => None,
            Acting::Relative { first, rights, until, .. } => {
                let key = match rights {
                    Rights::Read => "front-right-read",
                    Rights::ReadAndAct => "front-right-act",
                };
                let until = self.frame.until(until);
                Some(texts.with(key, &[("name", first.into()), ("until", (&until).into())]))
            }
            Acting::Parent { first, .. } => Some(texts.with("front-right-parent", &[("name", first.into())])),
            Acting::Guardian { first, .. } => {
                Some(texts.with("front-right-guardian", &[("name", first.into())]))
            }
        }
    }

    /// The heading over it: "Din fuldmagt", "Dit barn", "Du er værge".
    #[must_use]
    pub fn right_heading(&self) -> &'static str {
        self.frame.say(match self.frame.acting {
            Acting::Own | Acting::Relative { .. } => "front-right-heading",
            Acting::Parent { .. } => "front-right-heading-parent",
            Acting::Guardian { .. } => "front-right-heading-guardian",
        })
    }
}

/// With a capital letter first.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `/p/{journal}/menu`
#[derive(Clone, Debug, Template)]
#[template(path = "front_page/menu.html")]
pub struct MenuPage<'a> {
    /// What stands around it; `here` is `Menu`.
    pub frame: Frame<'a>,
}

impl MenuPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("menu-title")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The entries: those of the main menu, and who has seen the data.
    #[must_use]
    pub fn entries(&self) -> Vec<MenuItem> {
        self.frame.menu().into_iter().chain(self.frame.more()).collect()
    }
}
