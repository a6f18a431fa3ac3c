//! What stands around every page: language, municipality, help, who is logged in, for whom they are
//! looking, and where in the portal they are. It refuses to know what the page itself is about.

mod closed;
mod menu;

pub use closed::Closed;
pub use menu::MenuItem;

use super::paths;
use crate::assets;
use borgerportal_domain::JournalId;
use borgerportal_domain::municipality::Modules;
use borgerportal_i18n::{Date, Lang, Texts, Time, genitive, phone, phone_href};
use std::borrow::Cow;

/// Everything the layout needs. Cheap to copy; borrows from the session and the settings.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// The municipality, once chosen.
    pub place: Option<Place<'a>>,
    /// Who helps: of the municipality, before it is chosen of the installation.
    pub support: Support<'a>,
    /// Who is logged in.
    pub visitor: Option<Visitor<'a>>,
    /// For whom they are looking.
    pub acting: Acting<'a>,
    /// The journal in view; without it there is no menu.
    pub journal: Option<JournalId>,
    /// What is left of it, where help has ended.
    pub closed: Option<Closed>,
    /// The areas its municipality has.
    pub modules: Modules,
    /// Where in the portal this page is.
    pub here: Here,
    /// The path to come back to after a change of language (a GET address of ours).
    pub path: &'a str,
}

/// A municipality as the frame shows it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// "Fjordby Kommune"
    pub name: &'a str,
    /// Its own web site.
    pub site: &'a str,
}

/// Whom to call.
#[derive(Clone, Copy, Debug)]
pub struct Support<'a> {
    /// As configured; written with pairs of digits.
    pub phone: &'a str,
    /// "på hverdage kl. 9–15", in the page's language.
    pub hours: &'a str,
}

/// The person who is logged in.
#[derive(Clone, Copy, Debug)]
pub struct Visitor<'a> {
    /// Full name.
    pub name: &'a str,
    /// For the hidden field of every form.
    pub csrf: &'a str,
    /// Seconds from this answer until the warning.
    pub warn_after: u32,
    /// Seconds from this answer until the session ends.
    pub ends_after: u32,
}

/// What a representative may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Look only.
    Read,
    /// Look and act.
    ReadAndAct,
}

/// When a right ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Last day.
    Day(Date),
    /// Soon, at a clock time: what NemLog-in said at this log-in.
    Clock(Time),
    /// No end is set.
    Open,
}

impl Until {
    /// Whether the right comes from NemLog-in. Only such a right ends at a clock time.
    #[must_use]
    pub const fn is_of_nemlogin(self) -> bool {
        matches!(self, Self::Clock(_))
    }
}

/// Whose data is in view, and by what right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acting<'a> {
    /// One's own.
    Own,
    /// Somebody's who gave a mandate.
    Relative {
        /// Full name.
        name: &'a str,
        /// First name, for headings.
        first: &'a str,
        /// What the mandate covers.
        rights: Rights,
        /// When it ends.
        until: Until,
    },
    /// One's child's.
    Parent {
        /// Full name.
        name: &'a str,
        /// First name.
        first: &'a str,
        /// 15 to 17, and the municipality shows parents only a part.
        filtered: bool,
    },
    /// Somebody's under guardianship.
    Guardian {
        /// Full name.
        name: &'a str,
        /// First name.
        first: &'a str,
    },
}

/// The pages of the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Here {
    /// Forside.
    Front,
    /// Mine data: documents, conditions, action plans.
    Documents,
    /// Hjælpemidler.
    Aids,
    /// Kalender.
    Calendar,
    /// Beskeder.
    Messages,
    /// Bevillinger.
    Grants,
    /// Hvem har set mine data.
    AccessLog,
    /// The menu itself, on small screens.
    Menu,
    /// Digital Fuldmagt: the signed-in person's own, outside every journal.
    Mandates,
    /// None of them.
    Elsewhere,
}

impl<'a> Acting<'a> {
    /// Full and first name of the other person, if it is another.
    #[must_use]
    pub const fn other(&self) -> Option<(&'a str, &'a str)> {
        match *self {
            Self::Own => None,
            Self::Relative { name, first, .. }
            | Self::Parent { name, first, .. }
            | Self::Guardian { name, first } => Some((name, first)),
        }
    }
}

impl<'a> Frame<'a> {
    /// The texts of the page's language.
    #[must_use]
    pub fn texts(&self) -> &'static Texts {
        Texts::of(self.lang)
    }

    /// A text without placeholders.
    #[must_use]
    pub fn say(&self, key: &'static str) -> &'static str {
        self.texts().get(key)
    }

    /// The text for one's own data, or the one about another person with `{ $whose }` ("Ingers"),
    /// `{ $name }` ("Inger") and `{ $full }` filled: never "din" about somebody else.
    #[must_use]
    pub fn say_whose(&self, own: &'static str, other: &'static str) -> Cow<'static, str> {
        let Some((full, first)) = self.acting.other() else { return Cow::Borrowed(self.say(own)) };
        let (whose, full_whose) = (genitive(self.lang, first), genitive(self.lang, full));
        let args = [
            ("whose", (&whose).into()),
            ("name", first.into()),
            ("full", full.into()),
            ("fullWhose", (&full_whose).into()),
        ];
        Cow::Owned(self.texts().with(other, &args))
    }

    /// "På vegne af Inger Holm – ", or nothing.
    #[must_use]
    pub fn title_start(&self) -> String {
        self.acting
            .other()
            .map(|(name, _)| self.texts().with("title-acting", &[("full", name.into())]))
            .unwrap_or_default()
    }

    /// The end of the on-behalf bar: "du må læse og handle til 30. juni 2026", "du må læse til kl. 14.30 med en
    /// fuldmagt fra NemLog-in".
    #[must_use]
    pub fn acting_until(&self) -> String {
        let Acting::Relative { rights, until, .. } = self.acting else {
            return match self.acting {
                Acting::Guardian { .. } => self.say("acting-guardian").to_owned(),
                Acting::Own | Acting::Parent { .. } | Acting::Relative { .. } => String::new(),
            };
        };
        let rights = self.say(match rights {
            Rights::Read => "acting-read",
            Rights::ReadAndAct => "acting-act",
        });
        let key = if until.is_of_nemlogin() { "acting-until-nemlogin" } else { "acting-until" };
        self.texts().with(key, &[("rights", rights.into()), ("until", (&self.until(until)).into())])
    }

    /// "til 30. juni 2026", "til kl. 14.30", or nothing.
    #[must_use]
    pub(super) fn until(&self, until: Until) -> String {
        match until {
            Until::Day(date) => {
                self.texts().with("until-day", &[("date", (&self.lang.day(date).to_string()).into())])
            }
            Until::Clock(at) => {
                self.texts().with("until-clock", &[("time", (&self.lang.clock(at).to_string()).into())])
            }
            Until::Open => String::new(),
        }
    }

    /// Whether it is one's own child.
    #[must_use]
    pub const fn is_parent(&self) -> bool {
        matches!(self.acting, Acting::Parent { .. })
    }

    /// Whether it is one's own data.
    #[must_use]
    pub const fn is_own(&self) -> bool {
        matches!(self.acting, Acting::Own)
    }

    /// Full name of the person in view, when it is another.
    #[must_use]
    pub fn other_name(&self) -> &'a str {
        self.acting.other().map_or("", |(name, _)| name)
    }

    /// "30. juni 2026"
    #[must_use]
    pub fn day(&self, day: &Date) -> String {
        self.lang.day(*day).to_string()
    }

    /// The line under the portal's name.
    #[must_use]
    pub fn brand_line(&self) -> &'a str {
        match (self.here, self.place) {
            (Here::Mandates, _) => self.say("mandates-brand"),
            (_, Some(place)) => place.name,
            (_, None) => self.say("brand-line"),
        }
    }

    /// The heading of the last column of the footer.
    #[must_use]
    pub fn foot_name(&self) -> &'a str {
        match (self.here, self.place) {
            (Here::Mandates, _) => self.say("mandates-brand"),
            (_, Some(place)) => place.name,
            (_, None) => "Borgerportalen",
        }
    }

    /// The address of the mark: the front page, or the start.
    #[must_use]
    pub fn home(&self) -> String {
        match (self.journal, self.visitor) {
            (Some(journal), _) => paths::front(journal),
            (None, Some(_)) if self.here == Here::Mandates => paths::mandates::MANDATES.to_owned(),
            (None, Some(_)) => paths::PERSONS.to_owned(),
            (None, None) => paths::START.to_owned(),
        }
    }

    /// The address of the person chooser, which knows the way back.
    #[must_use]
    pub fn switch_path(&self) -> String {
        self.journal.map_or_else(|| paths::PERSONS.to_owned(), paths::persons_from)
    }

    /// The address of the phones' menu page.
    #[must_use]
    pub fn menu_path(&self) -> String {
        self.journal.map(paths::menu).unwrap_or_default()
    }

    /// Whether this is the menu page.
    #[must_use]
    pub fn at_menu(&self) -> bool {
        self.here == Here::Menu
    }

    /// The link to the same page in the other language.
    #[must_use]
    pub fn language_path(&self) -> String {
        paths::language(self.lang.other(), self.path)
    }

    /// The warning page that comes back here: where a browser without JavaScript goes before the end.
    #[must_use]
    pub fn warning_path(&self) -> String {
        format!("{}?back={}", paths::SESSION_WARNING, paths::in_query(self.path))
    }

    /// The token for the hidden field of a form; empty when nobody is logged in.
    #[must_use]
    pub fn csrf(&self) -> &'a str {
        self.visitor.map_or("", |visitor| visitor.csrf)
    }

    /// "Ring til os på hverdage kl. 9–15"
    #[must_use]
    pub fn call_us(&self) -> String {
        // "kl. 9–15" stays in one piece: a line may not end after the full stop or the dash.
        let hours = self.support.hours.replace("kl. ", "kl.\u{a0}").replace('–', "–\u{2060}");
        self.texts().with("foot-call", &[("hours", (&hours).into())])
    }

    /// "12 34 56 78" with non-breaking spaces.
    #[must_use]
    pub fn phone(&self) -> String {
        phone(self.support.phone)
    }

    /// "tel:+4512345678"
    #[must_use]
    pub fn phone_href(&self) -> String {
        phone_href(self.support.phone)
    }

    /// The address of an embedded file.
    #[must_use]
    pub fn asset(&self, name: &str) -> &'static str {
        assets::href(name)
    }
}
