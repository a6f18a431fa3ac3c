//! Pages where the way ends: what happened, why, and one next step. They say only what the visitor
//! may know: a page for something that may not be revealed is `NotFound` and nothing else.

use super::{Frame, paths};
use askama::Template;
use borgerportal_domain::access::RefusalCode;
use borgerportal_i18n::Date;
use std::borrow::Cow;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadEnd<'a> {
    /// Came as a relative, but nobody has given a mandate.
    NoMandate {
        /// Where one is asked for.
        ask: Option<&'a str>,
    },
    /// Came as a parent, but has custody of no child under 18.
    NoChild,
    /// The rule refused and may be named.
    Refused {
        /// Why.
        why: RefusalCode,
        /// The person it is about.
        name: &'a str,
        /// The day the sentence names.
        day: Option<Date>,
    },
    /// What the national service said at the log-in counted for half an hour.
    ClaimOver {
        /// The person it is about.
        name: &'a str,
        /// A fresh log-in that comes back to the same page.
        again: &'a str,
    },
    /// Under 15 and came for oneself.
    TooYoung,
    /// The municipality uses something else.
    NotHere {
        /// Its name.
        place: &'a str,
        /// Its web site.
        site: &'a str,
    },
    /// Stopped in MitID.
    MitIdCancelled {
        /// Starts again.
        again: &'a str,
    },
    /// MitID does not answer.
    MitIdAway {
        /// Starts again.
        again: &'a str,
    },
    /// The login was too weak.
    LevelTooLow {
        /// Starts again.
        again: &'a str,
    },
    /// Logged off because nothing happened.
    SessionEnded {
        /// For how many minutes nothing happened.
        minutes: u32,
        /// The way in again; it comes back to the same page.
        again: &'a str,
    },
    /// The form was for another person than the page.
    PersonMismatch,
    /// The form was too old, or came from elsewhere.
    StaleForm {
        /// The page it stands on.
        again: &'a str,
    },
    /// A rule about mandates said no.
    Denied {
        /// The code of its sentence.
        code: &'a str,
    },
    /// Too many tries in a short time.
    TooMany,
    /// Not there, or not to be known.
    NotFound,
    /// Our fault.
    Failed {
        /// The number to tell support.
        number: &'a str,
    },
    /// Away for a moment: the record, the register, too much to do.
    Unavailable {
        /// The same page.
        again: &'a str,
    },
}

/// A dead end.
#[derive(Clone, Debug, Template)]
#[template(path = "dead_ends/dead_end.html")]
pub struct DeadEndPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// What happened.
    pub what: DeadEnd<'a>,
}

/// The one next step.
#[derive(Clone, Debug)]
pub struct NextStep<'a> {
    /// Where it leads.
    pub href: Cow<'a, str>,
    /// The act.
    pub words: Cow<'static, str>,
    /// A MitID button.
    pub mitid: bool,
}

impl<'a> DeadEndPage<'a> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.frame.say(self.keys().0))
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The paragraphs under the heading.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<Cow<'a, str>> {
        let texts = self.frame.texts();
        let plain = |key| Cow::Borrowed(self.frame.say(key));
        let (_, first, second) = self.keys();
        if let DeadEnd::Refused { why, name, day } = self.what {
            return self.refusal(why, name, day);
        }
        if let DeadEnd::Denied { code } = self.what {
            return vec![texts.of_code(code).map_or_else(|| plain(first), Cow::Borrowed)];
        }
        let opening = if let DeadEnd::NotHere { place, .. } = self.what {
            Cow::Owned(texts.with(first, &[("place", place.into())]))
        } else if let DeadEnd::SessionEnded { minutes, .. } = self.what {
            Cow::Owned(texts.with(first, &[("minutes", minutes.into())]))
        } else if let DeadEnd::ClaimOver { name, .. } = self.what {
            Cow::Owned(texts.with(first, &[("name", name.into())]))
        } else {
            plain(first)
        };
        vec![opening, plain(second)]
    }

    /// The paragraphs of a refusal that may be named: about whom, why, what one can do.
    fn refusal(&self, why: RefusalCode, name: &str, day: Option<Date>) -> Vec<Cow<'a, str>> {
        let texts = self.frame.texts();
        let day = day.map(|day| self.frame.lang.day(day).to_string());
        if let (RefusalCode::MandateExpired, Some(day)) = (why, &day) {
            let args = [("name", name.into()), ("date", day.into())];
            let ask = texts.with("dead-expired-2", &[("name", name.into())]);
            return vec![Cow::Owned(texts.with("dead-expired-1", &args)), Cow::Owned(ask)];
        }
        let sentence = texts.of_code(why.code()).unwrap_or_else(|| texts.get("access-no_relation"));
        let reason = day.map_or(Cow::Borrowed(sentence), |day| {
            Cow::Owned(texts.with("persons-since", &[("why", sentence.into()), ("date", (&day).into())]))
        });
        let about = texts.with("dead-refused-who", &[("name", name.into())]);
        vec![Cow::Owned(about), reason, Cow::Borrowed(self.frame.say("dead-refused-2"))]
    }

    /// The keys of heading, first and second paragraph.
    const fn keys(&self) -> (&'static str, &'static str, &'static str) {
        match self.what {
            DeadEnd::NoMandate { .. } => ("dead-no-mandate", "dead-no-mandate-1", "dead-no-mandate-2"),
            DeadEnd::NoChild => ("dead-no-child", "dead-no-child-1", "dead-no-child-2"),
            DeadEnd::Refused { why, .. } => (refused_heading(why), "dead-refused-who", "dead-refused-2"),
            DeadEnd::ClaimOver { .. } => ("dead-claim", "dead-claim-1", "dead-claim-2"),
            DeadEnd::TooYoung => ("dead-too-young", "dead-too-young-1", "dead-too-young-2"),
            DeadEnd::NotHere { .. } => ("dead-not-here", "dead-not-here-1", "dead-not-here-2"),
            DeadEnd::MitIdCancelled { .. } => ("dead-mitid-stop", "dead-mitid-stop-1", "dead-mitid-stop-2"),
            DeadEnd::MitIdAway { .. } => ("dead-mitid-away", "dead-mitid-away-1", "dead-mitid-away-2"),
            DeadEnd::LevelTooLow { .. } => ("dead-level", "dead-level-1", "dead-level-2"),
            DeadEnd::SessionEnded { .. } => ("dead-session", "dead-session-1", "dead-session-2"),
            DeadEnd::PersonMismatch => ("dead-mismatch", "dead-mismatch-1", "dead-mismatch-2"),
            DeadEnd::StaleForm { .. } => ("dead-stale", "dead-stale-1", "dead-stale-2"),
            DeadEnd::Denied { .. } => ("dead-denied", "dead-denied-other", "dead-denied-other"),
            DeadEnd::TooMany => ("dead-many", "dead-many-1", "dead-many-2"),
            DeadEnd::NotFound => ("dead-missing", "dead-missing-1", "dead-missing-2"),
            DeadEnd::Failed { .. } => ("dead-failed", "dead-failed-1", "dead-failed-2"),
            DeadEnd::Unavailable { .. } => ("dead-away", "dead-away-1", "dead-away-2"),
        }
    }

    /// The number to tell support.
    #[must_use]
    pub const fn number(&self) -> Option<&'a str> {
        if let DeadEnd::Failed { number } = self.what { Some(number) } else { None }
    }

    /// The one next step.
    #[must_use]
    pub fn next(&self) -> NextStep<'a> {
        let step =
            |href: Cow<'a, str>, key| NextStep { href, words: self.frame.say(key).into(), mitid: false };
        let mitid = |href: &'a str| NextStep {
            href: href.into(),
            words: self.frame.say("mitid-log-in").into(),
            mitid: true,
        };
        match self.what {
            DeadEnd::NoMandate { ask: Some(ask) } => step(ask.into(), "dead-no-mandate-next"),
            DeadEnd::NoMandate { ask: None } => {
                step(format!("{}#fuldmagt", paths::HELP).into(), "dead-no-mandate-help")
            }
            DeadEnd::NotHere { site, .. } => step(site.into(), "dead-not-here-next"),
            DeadEnd::MitIdCancelled { again }
            | DeadEnd::MitIdAway { again }
            | DeadEnd::LevelTooLow { again }
            | DeadEnd::ClaimOver { again, .. } => mitid(again),
            DeadEnd::SessionEnded { again, .. } => step(again.into(), "dead-session-next"),
            DeadEnd::StaleForm { again } | DeadEnd::Unavailable { again } => {
                step(again.into(), "dead-try-again")
            }
            DeadEnd::Denied { .. } => step(paths::mandates::MANDATES.into(), "dead-denied-next"),
            DeadEnd::Refused { .. } | DeadEnd::NoChild if self.frame.visitor.is_some() => {
                step(paths::PERSONS.into(), "dead-choose-person")
            }
            DeadEnd::NoChild
            | DeadEnd::Refused { .. }
            | DeadEnd::TooYoung
            | DeadEnd::PersonMismatch
            | DeadEnd::TooMany
            | DeadEnd::NotFound
            | DeadEnd::Failed { .. } => step(
                self.frame.home().into(),
                if self.frame.visitor.is_some() { "dead-to-front" } else { "dead-to-start" },
            ),
        }
    }
}

/// The heading for a refusal: by what it is about, not a heading per code.
const fn refused_heading(why: RefusalCode) -> &'static str {
    if matches!(why, RefusalCode::MandateExpired) {
        "dead-expired"
    } else if matches!(why, RefusalCode::MandateSuspended) {
        "dead-suspended"
    } else if matches!(why, RefusalCode::ChildOfAge) {
        "dead-child-of-age"
    } else if matches!(why, RefusalCode::CustodyStale) {
        "dead-custody-stale"
    } else if matches!(why, RefusalCode::ReadOnly | RefusalCode::JournalReadOnly) {
        "dead-read-only"
    } else {
        "dead-refused"
    }
}
