//! The person chooser: oneself, each child, each giver of a mandate, with rights and end; and those
//! that no longer can be chosen, with the reason in words.

use super::{Frame, Rights, Until, paths};
use askama::Template;
use borgerportal_domain::JournalId;
use borgerportal_domain::access::RefusalCode;
use borgerportal_i18n::Date;

/// Who it is to the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChoiceOf {
    /// Oneself.
    Own,
    /// One's child, with the age in years.
    Child {
        /// Age in whole years.
        age: u32,
    },
    /// Somebody who gave a mandate.
    Giver {
        /// What it covers.
        rights: Rights,
        /// When it ends.
        until: Until,
    },
    /// Somebody one is guardian of.
    Ward {
        /// When it ends.
        until: Until,
    },
}

/// A person who can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonChoice<'a> {
    /// The journal the choice opens.
    pub journal: JournalId,
    /// Full name.
    pub name: &'a str,
    /// First name.
    pub first: &'a str,
    /// Who it is.
    pub of: ChoiceOf,
    /// The one in view now.
    pub chosen: bool,
}

/// A person who can no longer be chosen. Only those the visitor may be told about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lapsed<'a> {
    /// Full name.
    pub name: &'a str,
    /// Why not.
    pub why: RefusalCode,
    /// Since when, if the day is known.
    pub since: Option<Date>,
}

/// `/personer`
#[derive(Clone, Debug, Template)]
#[template(path = "people/chooser.html")]
pub struct PersonsPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Those who can be chosen; the caller sends the visitor on when there is only one.
    pub choices: Vec<PersonChoice<'a>>,
    /// Those who cannot any more.
    pub lapsed: Vec<Lapsed<'a>>,
    /// Sent without a choice.
    pub error: bool,
    /// Wanted back to a record of their own, and has none here.
    pub no_own: bool,
    /// Back to the journal in view, when there is one.
    pub cancel: Option<&'a str>,
}

impl PersonsPage<'_> {
    /// The page's name, which is its question.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("persons-title")
    }

    /// Whether the title starts with "Fejl: ".
    #[must_use]
    pub const fn has_error(&self) -> bool {
        self.error
    }

    /// "Dig selv – Mette Holm", "Emil Holm, 9 år (dit barn)"
    #[must_use]
    pub fn title(&self, choice: &PersonChoice<'_>) -> String {
        let texts = self.frame.texts();
        match choice.of {
            ChoiceOf::Own => texts.with("persons-own", &[("full", choice.name.into())]),
            ChoiceOf::Child { age } => {
                texts.with("persons-child", &[("full", choice.name.into()), ("age", age.into())])
            }
            ChoiceOf::Giver { .. } | ChoiceOf::Ward { .. } => choice.name.to_owned(),
        }
    }

    /// "Fuldmagt: læse og handle · gælder til 30. juni 2026", "Fuldmagt fra NemLog-in: læse · gælder til kl. 14.30"
    #[must_use]
    pub fn line(&self, choice: &PersonChoice<'_>) -> String {
        let texts = self.frame.texts();
        match choice.of {
            ChoiceOf::Own => {
                let place = self.frame.place.map_or("", |place| place.name);
                texts.with("persons-own-line", &[("place", place.into())])
            }
            ChoiceOf::Child { .. } => texts.with("persons-child-line", &[("name", choice.first.into())]),
            ChoiceOf::Giver { rights, until } => {
                let key = match (rights, until.is_of_nemlogin()) {
                    (Rights::Read, false) => "persons-giver-read",
                    (Rights::ReadAndAct, false) => "persons-giver-act",
                    (Rights::Read, true) => "persons-nemlogin-read",
                    (Rights::ReadAndAct, true) => "persons-nemlogin-act",
                };
                texts.with(key, &[("until", (&self.frame.until(until)).into())])
            }
            ChoiceOf::Ward { until } => match until {
                Until::Open => self.frame.say("persons-ward").to_owned(),
                Until::Day(_) | Until::Clock(_) => {
                    texts.with("persons-ward-until", &[("until", (&self.frame.until(until)).into())])
                }
            },
        }
    }

    /// "Fuldmagten er udløbet (3. september 2025)"
    #[must_use]
    pub fn reason(&self, lapsed: &Lapsed<'_>) -> String {
        let texts = self.frame.texts();
        let why = texts.of_code(lapsed.why.code()).unwrap_or_else(|| texts.get("access-no_relation"));
        match lapsed.since {
            // A claim is over since a clock time of today; the sentence says which.
            Some(day) if lapsed.why != RefusalCode::ClaimOver => {
                let day = self.frame.lang.day(day).to_string();
                texts.with("persons-since", &[("why", why.into()), ("date", (&day).into())])
            }
            Some(_) | None => why.to_owned(),
        }
    }

    /// A fresh log-in, for those whose mandate NemLog-in tells of only then.
    #[must_use]
    pub fn log_in_again(&self) -> Option<String> {
        let over = self.lapsed.iter().any(|one| one.why == RefusalCode::ClaimOver);
        over.then(|| paths::step_up(paths::PERSONS))
    }

    /// Whether there is somebody who could give a mandate again: nobody is told to ask the dead, or for what they have.
    #[must_use]
    pub fn may_ask_again(&self) -> bool {
        let never = [RefusalCode::SubjectDead, RefusalCode::ClaimOver];
        self.lapsed.iter().any(|one| !never.contains(&one.why))
    }

    /// "Du har ikke selv en journal i Helsingør Kommune."
    #[must_use]
    pub fn no_own_words(&self) -> String {
        let place = self.frame.place.map_or("", |place| place.name);
        self.frame.texts().with("persons-no-own", &[("place", place.into())])
    }

    /// Why somebody may be missing: for parents another reason than for helpers.
    #[must_use]
    pub fn why_missing(&self) -> &'static str {
        let children =
            self.choices.iter().all(|one| matches!(one.of, ChoiceOf::Child { .. } | ChoiceOf::Own));
        let key = if children && !self.choices.is_empty() { "dead-no-child-1" } else { "persons-missing-1" };
        self.frame.say(key)
    }

    /// The word on the button: choose, or change.
    #[must_use]
    pub fn button(&self) -> &'static str {
        self.frame.say(if self.cancel.is_some() { "persons-change" } else { "persons-go" })
    }
}
