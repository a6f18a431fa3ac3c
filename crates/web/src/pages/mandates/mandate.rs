//! One mandate as both of its sides see it: what it covers, what has happened and why; stopping it at once,
//! and letting it go on.

use super::super::{Frame, paths};
use super::{Fault, LastDay, Right, State};
use askama::Template;
use borgerportal_domain::mandates::Decided;
use borgerportal_domain::time::Date;
use borgerportal_domain::{MandateId, RequestId};

/// On which side of a mandate the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Gave it.
    Giver,
    /// Got it.
    Holder,
}

/// One thing it covers.
#[derive(Clone, Debug)]
pub struct ItemRow {
    /// What.
    pub right: Right,
    /// What that is worth now.
    pub state: State,
}

/// A line of its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happened {
    /// When.
    pub day: Date,
    /// What, as a whole sentence.
    pub words: String,
}

/// `/fuldmagter/{mandate}`
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/mandate.html")]
pub struct MandatePage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which.
    pub id: MandateId,
    /// Whose page it is.
    pub side: Side,
    /// The other.
    pub full: String,
    /// The other's first name.
    pub first: String,
    /// What it is worth.
    pub state: State,
    /// What an authority has decided, when the reader is the giver.
    pub decided: Option<Decided>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub last_day: Date,
    /// What it covers.
    pub items: Vec<ItemRow>,
    /// What has happened, oldest first.
    pub history: Vec<Happened>,
    /// The number of what was signed.
    pub number: String,
    /// The reader may stop it.
    pub stoppable: bool,
    /// The reader may let it go on.
    pub renewable: bool,
    /// The reader has just stopped it, or a part.
    pub stopped: bool,
}

impl MandatePage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.with(match self.side {
            Side::Giver => "mandate-title-giver",
            Side::Holder => "mandate-title-holder",
        })
    }

    /// Never a form with answers here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// A text with names and days.
    #[must_use]
    pub fn with(&self, key: &'static str) -> String {
        let (from, until) = (self.frame.lang.day(self.from), self.frame.lang.day(self.last_day));
        let (from, until) = (from.to_string(), until.to_string());
        let args = [
            ("full", (&self.full).into()),
            ("name", (&self.first).into()),
            ("from", (&from).into()),
            ("date", (&until).into()),
        ];
        self.frame.texts().with(key, &args)
    }

    /// Whether the reader gave it.
    #[must_use]
    pub fn is_giver(&self) -> bool {
        self.side == Side::Giver
    }

    /// "Læse i Borgerportalen", as a row.
    #[must_use]
    pub fn item(&self, item: &ItemRow) -> String {
        format!("{}: {}", item.right.topic, item.right.kind.name(&self.frame))
    }

    /// Whether a part of it is worth something else than the whole.
    #[must_use]
    pub fn differs(&self, item: &ItemRow) -> bool {
        item.state != self.state
    }

    /// What stopping it meant.
    #[must_use]
    pub fn stopped_words(&self) -> (&'static str, String) {
        let whole = !self.state.is_live();
        let title = self.frame.say(if whole { "stopped-title" } else { "stopped-part-title" });
        (title, self.with(if self.is_giver() { "stopped-giver" } else { "stopped-holder" }))
    }

    /// A page of this mandate.
    #[must_use]
    pub fn path(&self, page: &str) -> String {
        format!("{}/{page}", paths::mandates::mandate(self.id))
    }

    /// The list it stands in.
    #[must_use]
    pub const fn list_path(&self) -> &'static str {
        match self.side {
            Side::Giver => "/fuldmagter?side=givet",
            Side::Holder => paths::mandates::RECEIVED,
        }
    }
}

/// `/fuldmagter/{mandate}/stop`
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/stop.html")]
pub struct StopPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which.
    pub id: MandateId,
    /// Whose page it is.
    pub side: Side,
    /// The other's first name.
    pub first: String,
    /// The other.
    pub full: String,
    /// What can be stopped alone, by the giver: nothing where there is only one.
    pub items: Vec<Right>,
    /// What is to be mended.
    pub faults: Vec<Fault>,
}

impl StopPage<'_> {
    /// The page's name, which is its question.
    #[must_use]
    pub fn name(&self) -> String {
        self.with(match self.side {
            Side::Giver => "stop-question-giver",
            Side::Holder => "stop-question-holder",
        })
    }

    /// Whether the title starts with "Fejl: ".
    #[must_use]
    pub const fn has_error(&self) -> bool {
        !self.faults.is_empty()
    }

    fn with(&self, key: &'static str) -> String {
        let args = [("name", (&self.first).into()), ("full", (&self.full).into())];
        self.frame.texts().with(key, &args)
    }

    /// What it means.
    #[must_use]
    pub fn lead(&self) -> String {
        self.with(match self.side {
            Side::Giver => "stop-lead-giver",
            Side::Holder => "stop-lead-holder",
        })
    }

    /// "Borgerportalen: Handle"
    #[must_use]
    pub fn right_name(&self, right: &Right) -> String {
        format!("{}: {}", right.topic, right.kind.name(&self.frame))
    }

    /// Where it is sent; the mandate's page is the way back.
    #[must_use]
    pub fn action(&self) -> String {
        format!("{}/stop", self.back())
    }

    /// The mandate's page.
    #[must_use]
    pub fn back(&self) -> String {
        paths::mandates::mandate(self.id)
    }
}

/// `/fuldmagter/{mandate}/forny`
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/renew.html")]
pub struct RenewPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which.
    pub id: MandateId,
    /// The holder's first name.
    pub first: String,
    /// What it covers, and will go on covering.
    pub rights: Vec<Right>,
    /// Its last day.
    pub last_day: Date,
    /// What can be chosen, and what is.
    pub until: LastDay,
    /// What is to be mended.
    pub faults: Vec<Fault>,
}

impl RenewPage<'_> {
    /// The page's name, which is its question.
    #[must_use]
    pub fn name(&self) -> String {
        self.with("renew-question")
    }

    /// Whether the title starts with "Fejl: ".
    #[must_use]
    pub const fn has_error(&self) -> bool {
        !self.faults.is_empty()
    }

    /// A text with the name and the last day.
    #[must_use]
    pub fn with(&self, key: &'static str) -> String {
        let day = self.frame.lang.day(self.last_day).to_string();
        self.frame.texts().with(key, &[("name", (&self.first).into()), ("date", (&day).into())])
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.words.as_ref())
    }

    /// Where it is sent; the mandate's page is the way back.
    #[must_use]
    pub fn action(&self) -> String {
        format!("{}/forny", self.back())
    }

    /// The mandate's page.
    #[must_use]
    pub fn back(&self) -> String {
        paths::mandates::mandate(self.id)
    }
}

/// `/fuldmagter/anmodning/{request}/traek-tilbage`
#[derive(Clone, Debug, Template)]
#[template(path = "mandates/withdraw.html")]
pub struct WithdrawPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Which.
    pub id: RequestId,
    /// The other, as typed.
    pub full: String,
}

impl WithdrawPage<'_> {
    /// The page's name, which is its question.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("withdraw-question")
    }

    /// Never wrong: there is nothing to answer but yes.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// What it means.
    #[must_use]
    pub fn lead(&self) -> String {
        self.frame.texts().with("withdraw-lead", &[("full", (&self.full).into())])
    }

    /// Where it is sent.
    #[must_use]
    pub fn action(&self) -> String {
        format!("{}/traek-tilbage", paths::mandates::request(self.id))
    }

    /// The way back.
    #[must_use]
    pub fn back(&self) -> String {
        paths::mandates::asked(self.id)
    }
}
