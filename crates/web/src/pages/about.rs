//! Pages about the portal itself: accessibility statement, privacy, cookies, how to use it. Their
//! text stands in the texts of each language, not in the templates; who to write to is configured.

use super::Frame;
use askama::Template;

/// Which page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AboutTopic {
    /// `/was`
    Accessibility,
    /// `/privatliv`
    Privacy,
    /// `/cookies`
    Cookies,
    /// `/hjaelp`
    Help,
}

/// Who to write to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contact<'a> {
    /// Who answers: the municipality or the installation.
    pub name: &'a str,
    /// E-mail address about the portal (accessibility, errors).
    pub mail: &'a str,
    /// E-mail address of the data protection officer.
    pub dpo_mail: &'a str,
    /// The published accessibility statement in WAS-Tool, if there is one.
    pub was_url: Option<&'a str>,
}

/// A page about the portal.
#[derive(Clone, Debug, Template)]
#[template(path = "about/about.html")]
pub struct AboutPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which one.
    pub topic: AboutTopic,
    /// Who to write to.
    pub contact: Contact<'a>,
}

/// A part of such a page.
#[derive(Clone, Copy, Debug)]
pub struct Chapter {
    /// The anchor, for links from elsewhere.
    pub anchor: &'static str,
    /// The heading.
    pub heading: &'static str,
    /// Paragraphs.
    pub texts: &'static [&'static str],
    /// Points under them.
    pub points: &'static [&'static str],
}

const fn chapter(
    anchor: &'static str,
    heading: &'static str,
    texts: &'static [&'static str],
    points: &'static [&'static str],
) -> Chapter {
    Chapter { anchor, heading, texts, points }
}

const ACCESSIBILITY: &[Chapter] = &[
    chapter("krav", "was-h-level", &["was-level"], &["was-level-1", "was-level-2", "was-level-3"]),
    chapter("mangler", "was-h-gaps", &["was-gaps"], &["was-gaps-1"]),
    chapter("provet", "was-h-tested", &["was-tested"], &[]),
    chapter("klage", "was-h-complain", &["was-complain"], &[]),
];

const PRIVACY: &[Chapter] = &[
    chapter("ansvar", "privacy-h-who", &["privacy-who"], &[]),
    chapter(
        "oplysninger",
        "privacy-h-what",
        &["privacy-what"],
        &["privacy-what-1", "privacy-what-2", "privacy-what-3"],
    ),
    chapter("adgang", "privacy-h-access", &["privacy-access"], &[]),
    chapter("laenge", "privacy-h-long", &["privacy-long"], &[]),
    chapter(
        "ret",
        "privacy-h-rights",
        &["privacy-rights"],
        &["privacy-rights-1", "privacy-rights-2", "privacy-rights-3"],
    ),
    chapter("klage", "privacy-h-complain", &["privacy-complain"], &[]),
];

const COOKIES: &[Chapter] = &[
    chapter("vores", "cookies-h-ours", &["cookies-ours"], &["cookies-1", "cookies-2", "cookies-3"]),
    chapter("andre", "cookies-h-others", &["cookies-others"], &[]),
];

const HELP: &[Chapter] = &[
    chapter("log-paa", "help-h-login", &["help-login"], &[]),
    chapter("se", "help-h-see", &["help-see", "help-see-2"], &[]),
    chapter("fuldmagt", "help-h-mandate", &["help-mandate", "help-mandate-2"], &[]),
    chapter("hvem", "help-h-log", &["help-log"], &[]),
    chapter("laese", "help-h-read", &["help-read"], &["help-read-1", "help-read-2", "help-read-3"]),
];

impl AboutPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say(match self.topic {
            AboutTopic::Accessibility => "was-title",
            AboutTopic::Privacy => "privacy-title",
            AboutTopic::Cookies => "cookies-title",
            AboutTopic::Help => "help-title",
        })
    }

    /// The name as a heading: a long word says where it may be broken.
    #[must_use]
    pub fn heading(&self) -> &'static str {
        match self.topic {
            AboutTopic::Accessibility => self.frame.say("was-heading"),
            AboutTopic::Privacy | AboutTopic::Cookies | AboutTopic::Help => self.name(),
        }
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The first sentence.
    #[must_use]
    pub fn lead(&self) -> &'static str {
        self.frame.say(match self.topic {
            AboutTopic::Accessibility => "was-lead",
            AboutTopic::Privacy => "privacy-lead",
            AboutTopic::Cookies => "cookies-lead",
            AboutTopic::Help => "help-lead",
        })
    }

    /// The parts.
    #[must_use]
    pub const fn chapters(&self) -> &'static [Chapter] {
        match self.topic {
            AboutTopic::Accessibility => ACCESSIBILITY,
            AboutTopic::Privacy => PRIVACY,
            AboutTopic::Cookies => COOKIES,
            AboutTopic::Help => HELP,
        }
    }

    /// The address to write to about this page; empty when there is none.
    #[must_use]
    pub const fn mail(&self) -> &str {
        match self.topic {
            AboutTopic::Privacy => self.contact.dpo_mail,
            AboutTopic::Accessibility | AboutTopic::Cookies | AboutTopic::Help => self.contact.mail,
        }
    }

    /// The published statement, on the page about it.
    #[must_use]
    pub fn was_url(&self) -> Option<&str> {
        self.contact.was_url.filter(|_| self.topic == AboutTopic::Accessibility)
    }
}
