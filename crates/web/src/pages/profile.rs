//! The profile of whoever is signed in: language, e-mail for notices, and of whose record they want to hear. Nothing else is
//! asked for.

use super::{Fault, Frame, paths};
use askama::Template;
use borgerportal_domain::JournalId;
use borgerportal_domain::news::Channel;

/// A record one may want to hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewsRow<'a> {
    /// Whose record, as its address says.
    pub journal: JournalId,
    /// The full name of somebody else; nothing for oneself.
    pub other: Option<&'a str>,
    /// By which ways one is told.
    pub by: &'a [Channel],
}

/// An address that waits for its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeSent<'a> {
    /// Where it was sent.
    pub address: &'a str,
    /// The mail server said that there is no such address.
    pub refused: bool,
    /// It can still be typed.
    pub open: bool,
}

/// What was done a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileDone {
    /// Wishes were saved.
    Saved,
    /// A code was sent.
    CodeSent,
    /// An address was confirmed.
    Confirmed,
    /// An address was deleted.
    Removed,
}

/// `/profil`
#[derive(Clone, Debug, Template)]
#[template(path = "profile/profile.html")]
pub struct ProfilePage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The confirmed address.
    pub address: Option<&'a str>,
    /// Its mail server said that there is no such address.
    pub refused: bool,
    /// An address that waits for its code.
    pub code: Option<CodeSent<'a>>,
    /// The last SMS found no number.
    pub no_number: bool,
    /// The ways there are.
    pub ways: &'a [Channel],
    /// Of whom one may want to hear: oneself first.
    pub rows: Vec<NewsRow<'a>>,
    /// What was done a moment ago.
    pub done: Option<ProfileDone>,
    /// What is to be mended.
    pub faults: Vec<Fault>,
    /// The address as it was typed, where it is to be mended.
    pub typed: &'a str,
}

impl ProfilePage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("profile-title")
    }

    /// Whether the title starts with "Fejl: ".
    #[must_use]
    pub fn has_error(&self) -> bool {
        !self.faults.is_empty()
    }

    /// What is wrong with a field.
    #[must_use]
    pub fn fault(&self, field: &str) -> Option<&str> {
        self.faults.iter().find(|fault| fault.field == field).map(|fault| fault.words.as_ref())
    }

    /// What was done, in words.
    #[must_use]
    pub fn done_words(&self) -> Option<&'static str> {
        let key = match self.done? {
            ProfileDone::Saved => "profile-done",
            ProfileDone::CodeSent => "profile-done-code",
            ProfileDone::Confirmed => "profile-done-confirmed",
            ProfileDone::Removed => "profile-done-removed",
        };
        Some(self.frame.say(key))
    }

    /// Whether there is e-mail here.
    #[must_use]
    pub fn by_mail(&self) -> bool {
        self.ways.contains(&Channel::Mail)
    }

    /// Whether there is SMS here.
    #[must_use]
    pub fn by_sms(&self) -> bool {
        self.ways.contains(&Channel::Sms)
    }

    /// Whether e-mail can be chosen: there is an address that takes it.
    #[must_use]
    pub fn mail_can_be_chosen(&self) -> bool {
        self.by_mail() && self.address.is_some() && !self.refused
    }

    /// The ways that can be chosen for a record: code, words, and whether it is. One that is can always be taken away again.
    #[must_use]
    pub fn choices(&self, row: &NewsRow<'_>) -> Vec<(&'static str, &'static str, bool)> {
        let can = |channel: &&Channel| {
            **channel == Channel::Sms || self.mail_can_be_chosen() || row.by.contains(channel)
        };
        let choice = |channel: &Channel| {
            let words = match channel {
                Channel::Mail => "profile-news-by-mail",
                Channel::Sms => "profile-news-by-sms",
            };
            (channel.code(), self.frame.say(words), row.by.contains(channel))
        };
        self.ways.iter().filter(can).map(choice).collect()
    }

    /// "Nyt om dig", "Nyt om Inger Holm"
    #[must_use]
    pub fn about(&self, row: &NewsRow<'_>) -> String {
        match row.other {
            Some(full) => self.frame.texts().with("profile-news-other", &[("full", full.into())]),
            None => self.frame.say("profile-news-own").to_owned(),
        }
    }

    /// A sentence about an address.
    #[must_use]
    pub fn of_address(&self, key: &'static str, address: &str) -> String {
        self.frame.texts().with(key, &[("address", address.into())])
    }

    /// What is to be known of a code that was sent.
    #[must_use]
    pub fn code_words(&self, code: &CodeSent<'_>) -> String {
        let key = match (code.refused, code.open) {
            (true, _) => "profile-code-refused",
            (false, true) => "profile-code-line",
            (false, false) => "profile-code-closed",
        };
        self.of_address(key, code.address)
    }

    /// Whether a code can be typed now.
    #[must_use]
    pub fn can_type(&self) -> bool {
        self.code.is_some_and(|code| code.open && !code.refused)
    }

    /// The look of the last form's button: one button is first on a page.
    #[must_use]
    pub fn save_look(&self) -> &'static str {
        if self.can_type() { "button-secondary" } else { "button-primary" }
    }

    /// Where forms are posted to.
    #[must_use]
    pub const fn paths(&self) -> (&'static str, &'static str, &'static str, &'static str) {
        (paths::PROFILE_MAIL, paths::PROFILE_MAIL_DROP, paths::PROFILE_CODE, paths::PROFILE_CODE_DROP)
    }
}
