//! The last look before a signature, and the page on which one signs: the exact text, and nothing beside it
//! that could be taken for part of it.

use super::super::{Frame, paths};
use super::{At, Borgerservice, Fault, Right, Step, Way};
use askama::Template;
use borgerportal_domain::time::Date;

/// Is it all right?
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/check.html")]
pub struct CheckPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Where in the questions.
    pub at: At,
    /// The other's name, as typed.
    pub full: String,
    /// Number and address, as typed.
    pub known_by: Vec<String>,
    /// The name of the one who asks or gives.
    pub own: String,
    /// What is asked for or given.
    pub rights: Vec<Right>,
    /// The last day.
    pub last_day: Date,
    /// By letter as well.
    pub by_letter: bool,
    /// Where Borgerservice helps, when the municipality is known.
    pub borgerservice: Option<Borgerservice<'a>>,
    /// Where signing begins (GET): the page itself, or MitID on the way to it.
    pub sign: String,
}

impl CheckPage<'_> {
    /// The heading.
    #[must_use]
    pub fn question(&self) -> &'static str {
        self.frame.say("check-title")
    }

    /// Whether how it is sent was asked.
    #[must_use]
    pub fn is_asking(&self) -> bool {
        self.at.way == Way::Ask
    }

    /// A text by the way.
    #[must_use]
    pub fn say(&self, ask: &'static str, give: &'static str) -> String {
        self.at.say(&self.frame, ask, give)
    }

    /// Where an answer is changed.
    #[must_use]
    pub fn change(&self, step: &str) -> String {
        let step = match step {
            "person" => Step::Person,
            "rights" => Step::Rights,
            "period" => Step::Period,
            _ => Step::Sending,
        };
        self.at.path(step)
    }
}

/// What is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signing {
    /// A request for a mandate.
    Request,
    /// A mandate nobody asked for.
    Gift,
    /// A mandate somebody asked for.
    Approval,
    /// A successor of a mandate.
    Renewal,
}

/// The page on which one signs.
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/sign.html")]
pub struct SignPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// What is signed.
    pub what: Signing,
    /// The other's first name.
    pub other: String,
    /// The exact text, as it is kept.
    pub text: &'a str,
    /// What ties the form to that text, so that nothing else is signed than what was shown.
    pub seal: String,
    /// The name of the errand: the same form sent twice is one signature.
    pub errand: String,
    /// Where it is signed (POST).
    pub action: &'a str,
    /// The way back.
    pub back: &'a str,
    /// Sent without the declaration.
    pub error: bool,
}

impl SignPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say(match self.what {
            Signing::Request => "sign-title-request",
            Signing::Gift | Signing::Approval => "sign-title-mandate",
            Signing::Renewal => "sign-title-renewal",
        })
    }

    /// Whether the title starts with "Fejl: ".
    #[must_use]
    pub const fn has_error(&self) -> bool {
        self.error
    }

    /// What is to be mended.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        Fault::of(self.error, "forstaaet", self.frame.say("sign-error"))
    }

    /// Whether one gives something away, and must declare that one knows what.
    #[must_use]
    pub fn gives(&self) -> bool {
        self.what != Signing::Request
    }

    /// The declaration.
    #[must_use]
    pub fn declaration(&self) -> String {
        self.frame.texts().with("sign-declaration", &[("name", (&self.other).into())])
    }

    /// What happens at once.
    #[must_use]
    pub fn consequence(&self) -> String {
        let key = match self.what {
            Signing::Request => "sign-then-request",
            Signing::Gift | Signing::Approval => "sign-then-mandate",
            Signing::Renewal => "sign-then-renewal",
        };
        self.frame.texts().with(key, &[("name", (&self.other).into())])
    }

    /// The word on the button: the act.
    #[must_use]
    pub fn button(&self) -> &'static str {
        self.frame.say(if self.gives() { "sign-button-give" } else { "sign-button-send" })
    }

    /// The text by lines; a line that ends with a colon is a heading to the eye only.
    #[must_use]
    pub fn lines(&self) -> Vec<&str> {
        self.text.lines().collect()
    }

    /// The list of all.
    #[must_use]
    pub const fn list_path(&self) -> &'static str {
        paths::mandates::MANDATES
    }
}
