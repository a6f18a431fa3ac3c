//! The catalogue as people choose from it, and its import.

use super::rows::Right;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::mandates::Subject;
use borgerportal_i18n::Lang;
use borgerportal_store::tx::Tx;

/// A subject area with what can be chosen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Which; its title is `mandates-subject-<code>`.
    pub subject: Subject,
    /// Reading before acting, self-service before contact.
    pub choices: Vec<Choice>,
}

/// A right that can be asked for or given today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What it is.
    pub right: Right,
    /// Proposed first, in days.
    pub usual_days: u16,
    /// The longest, in days.
    pub longest_days: u16,
    /// The least age of the giver, where it is more than 15.
    pub least_giver_age: Option<u8>,
}

/// What can be chosen today, by area. The same for everybody: it says nothing of who uses what.
pub fn choices(tx: &Tx<'_>, who: &SignedIn, lang: Lang) -> Result<Vec<Area>, Problem> {
    let _ = (tx, who, lang);
    Err(Problem::Away("mandates"))
}
