//! The session's own pages: the warning before it ends, the fresh login, logged off.

use super::{Frame, paths};
use askama::Template;

/// `/session/warning`
#[derive(Clone, Debug, Template)]
#[template(path = "session/warning.html")]
pub struct SessionWarningPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Whole minutes left.
    pub minutes: u32,
    /// The path of ours to come back to.
    pub back: &'a str,
}

impl SessionWarningPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> String {
        self.frame.texts().with("session-title", &[("minutes", self.minutes.into())])
    }

    /// Never a form with answers here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Where staying is posted to.
    #[must_use]
    pub const fn extend_path(&self) -> &'static str {
        paths::SESSION_EXTENSION
    }

    /// Where logging off is posted to.
    #[must_use]
    pub const fn log_off_path(&self) -> &'static str {
        paths::LOG_OFF
    }
}

/// Why a fresh login is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepUpReason {
    /// To give, approve or widen a mandate.
    Mandate,
    /// To open what the municipality protects more.
    Sensitive,
    /// It has been long since the last login.
    LongAgo,
}

/// The page before a fresh login.
#[derive(Clone, Debug, Template)]
#[template(path = "session/step_up.html")]
pub struct StepUpPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// Why.
    pub reason: StepUpReason,
    /// Starts MitID (a GET link); it comes back to the page the visitor was on.
    pub start: &'a str,
    /// The way back without it.
    pub cancel: &'a str,
}

impl StepUpPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("stepup-title")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Why, in words.
    #[must_use]
    pub fn why(&self) -> &'static str {
        self.frame.say(match self.reason {
            StepUpReason::Mandate => "stepup-mandate",
            StepUpReason::Sensitive => "stepup-sensitive",
            StepUpReason::LongAgo => "stepup-long-ago",
        })
    }
}

/// After logging off.
#[derive(Clone, Debug, Template)]
#[template(path = "session/logged_out.html")]
pub struct LoggedOutPage<'a> {
    /// What stands around it; nobody is logged in.
    pub frame: Frame<'a>,
}

impl LoggedOutPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.frame.say("logged-out-title")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }
}
