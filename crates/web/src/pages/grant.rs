//! One grant: what was decided, by which law in plain words, how much, from when to when, who comes, and until when each
//! one can complain. It is given what may be shown, and decides nothing but the words.

use super::grants::{amount, facts, left, standing, weekday};
use super::{Frame, paths};
use askama::Template;
use borgerportal_domain::access::RefusalCode;
use borgerportal_domain::grants::{Deadline, Grant, Law, Recipient, Route, SentBy, Standing};
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::Date;
use std::borrow::Cow;

/// The letter with a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letter {
    /// One of the documents.
    Document(ItemId),
    /// Its file, which can be opened from here although the journal is closed.
    Here,
}

/// Why a complaint is not written here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoComplaint {
    /// The reader may only read.
    ReadOnly,
    /// The journal is closed, or messages are not for this reader: by telephone or letter.
    Elsewhere,
}

impl NoComplaint {
    /// From the refusal to write messages.
    #[must_use]
    pub const fn of(refusal: RefusalCode) -> Self {
        if matches!(refusal, RefusalCode::ReadOnly) { Self::ReadOnly } else { Self::Elsewhere }
    }
}

/// `/p/{journal}/grants/{item}`
#[derive(Clone, Debug, Template)]
#[template(path = "grants/grant.html")]
pub struct GrantPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// Which.
    pub id: ItemId,
    /// What it says.
    pub grant: &'a Grant,
    /// How it stands.
    pub standing: Standing,
    /// How one complains; nothing where nothing was decided.
    pub route: Option<Route>,
    /// Everybody's time to complain.
    pub deadlines: &'a [Deadline],
    /// The one that counts for this reader.
    pub own: Option<Deadline>,
    /// The newer one that took its place.
    pub newer: Option<ItemId>,
    /// The letter with the decision.
    pub letter: Option<Letter>,
    /// Why a complaint is not written here, where it is not.
    pub no_complaint: Option<NoComplaint>,
    /// The municipality's guide to complaints.
    pub guide: Option<&'a str>,
    /// Today in Denmark.
    pub today: Date,
}

impl GrantPage<'_> {
    /// The page's name.
    #[must_use]
    pub const fn name(&self) -> &str {
        self.grant.title.as_str()
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The list.
    #[must_use]
    pub fn list_path(&self) -> String {
        paths::grants(self.journal)
    }

    /// The address of the letter.
    #[must_use]
    pub fn letter_path(&self) -> Option<String> {
        self.letter.map(|letter| match letter {
            Letter::Document(document) => paths::document(self.journal, document),
            Letter::Here => paths::decision(self.journal, self.id),
        })
    }

    /// The newer one.
    #[must_use]
    pub fn newer_path(&self) -> Option<String> {
        self.newer.map(|newer| paths::grant(self.journal, newer))
    }

    /// "Afslået"
    #[must_use]
    pub fn standing_words(&self) -> &'static str {
        standing(self.frame.lang, self.standing)
    }

    /// What that means, where the word alone does not say it.
    #[must_use]
    pub fn standing_is(&self) -> Option<&'static str> {
        let key = match self.standing {
            Standing::Coming | Standing::Running => return None,
            Standing::Applied => "standing-applied-is",
            Standing::Refused => "standing-refused-is",
            Standing::Lapsed => "standing-lapsed-is",
            Standing::Finished => "standing-finished-is",
            Standing::Dropped => "standing-dropped-is",
            Standing::Ceased => "standing-ceased-is",
            Standing::Replaced => "standing-replaced-is",
        };
        Some(self.frame.say(key))
    }

    /// How much, when, who comes, by which law, what that is about, and who decided when.
    #[must_use]
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let mut facts = facts(self.frame.lang, self.grant);
        if self.is_broad() {
            let words = self.frame.say_whose("grant-no-minutes", "grant-no-minutes-other");
            facts.insert(0, (self.frame.say("grant-amount"), words.into_owned()));
        }
        facts
    }

    /// A broad course of help says no minutes: what it is used for is agreed from time to time.
    fn is_broad(&self) -> bool {
        let decision = self.grant.decision.as_ref();
        let ground = decision.and_then(|decision| decision.ground.as_ref());
        let is_elderly = ground.is_some_and(|ground| ground.law == Law::Elderly);
        is_elderly && amount(self.frame.lang, self.grant).is_empty()
    }

    /// Whether the time that counts for this reader runs.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.own.is_some_and(|own| own.days_left(self.today).is_some())
    }

    /// Whether it has passed.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.own.is_some() && !self.is_running()
    }

    /// "Du kan klage til og med fredag 4. december 2026.", "Fristen var …"
    #[must_use]
    pub fn until(&self) -> Cow<'static, str> {
        let Some(own) = self.own else { return Cow::Borrowed(self.frame.say("complaint-unknown")) };
        let day = weekday(self.frame.lang, own.last_day);
        let mut args = vec![("day", (&day).into())];
        let key = match (self.is_running(), self.frame.acting.other()) {
            (true, None) => "complaint-running",
            (true, Some((_, first))) => {
                args.push(("name", first.into()));
                "complaint-running-other"
            }
            (false, _) => "complaint-passed",
        };
        Cow::Owned(self.frame.texts().with(key, &args))
    }

    /// "Der er 12 dage endnu"
    #[must_use]
    pub fn left(&self) -> Option<String> {
        left(self.frame.lang, self.own.as_ref()?, self.today)
    }

    /// How each one got it and until when they have time: "Sendt til dig", "i Digital Post 6. november 2026. …"
    #[must_use]
    pub fn ways(&self) -> Vec<(Cow<'static, str>, String)> {
        self.deadlines.iter().map(|deadline| (self.to(deadline), self.way(deadline))).collect()
    }

    fn to(&self, deadline: &Deadline) -> Cow<'static, str> {
        match deadline.delivery.to {
            Recipient::Citizen => self.frame.say_whose("complaint-to-citizen", "complaint-to-citizen-other"),
            Recipient::Parent => self.frame.say("complaint-to-parent").into(),
            Recipient::Representative => self.frame.say("complaint-to-representative").into(),
        }
    }

    fn way(&self, deadline: &Deadline) -> String {
        let [sent, received, last] =
            [deadline.delivery.sent, deadline.received, deadline.last_day].map(|day| self.frame.day(&day));
        let args = [("sent", (&sent).into()), ("received", (&received).into()), ("last", (&last).into())];
        match deadline.delivery.by {
            SentBy::DigitalPost => self.frame.texts().with("complaint-by-digital_post", &[args[0], args[2]]),
            SentBy::Letter => self.frame.texts().with("complaint-by-letter", &args),
        }
    }

    /// Where the complaint is written, for those who may.
    #[must_use]
    pub fn complain_path(&self) -> Option<String> {
        let letter = match self.letter {
            Some(Letter::Document(document)) => Some(document),
            Some(Letter::Here) | None => None,
        };
        self.no_complaint.is_none().then(|| paths::complain(self.journal, self.id, letter))
    }

    /// "Du må kun læse her. Inger kan selv klage …"
    #[must_use]
    pub fn read_only(&self) -> Option<Cow<'static, str>> {
        let read_only = self.no_complaint == Some(NoComplaint::ReadOnly);
        read_only.then(|| self.frame.say_whose("complaint-only-call", "complaint-read-only"))
    }
}
