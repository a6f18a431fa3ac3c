//! Answering a request: yes, yes to part of it, no. Only the one who was asked ever sees it.

use super::Signed;
use super::rows::{RequestRow, Right};
use super::signing::SignedText;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{PackageVersionId, RequestId};
use borgerportal_domain::mandates::Periods;
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_store::tx::Tx;
use std::collections::BTreeSet;

/// A request as its giver sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerView {
    /// Who asks for what, until when; `rights` is what they get with a yes to all.
    pub request: RequestRow,
    /// What they do not get, of what could be asked for in the same areas.
    pub not_asked: Vec<Right>,
    /// Last days that can be chosen instead: never later than what was asked for.
    pub periods: Periods,
    /// Why it cannot be answered with yes, if so: the code of the sentence (`mandates.sign.giver_too_young`,
    /// `mandates.request.closed`, `.deadline_passed`, `.being_registered`).
    pub closed: Option<&'static str>,
}

/// What the giver says yes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Yes {
    /// Of the versions asked for.
    pub versions: BTreeSet<PackageVersionId>,
    /// Not later than asked for.
    pub last_day: Date,
}

/// The request, for the one it is addressed to. Everybody else: not found.
pub fn show(tx: &Tx<'_>, who: &SignedIn, request: RequestId, lang: Lang) -> Result<AnswerView, Problem> {
    let _ = (tx, who, request, lang);
    Err(Problem::Away("mandates"))
}

/// The text that the giver signs. Denied: `mandates.request.*`, `mandates.sign.*`.
pub fn preview(
    tx: &Tx<'_>,
    who: &SignedIn,
    request: RequestId,
    yes: &Yes,
    lang: Lang,
) -> Result<SignedText, Problem> {
    let _ = (tx, who, request, yes, lang);
    Err(Problem::Away("mandates"))
}

/// Yes, after a fresh log-in; `shown` is the hash of the text that stood on the page.
pub fn approve(
    tx: &Tx<'_>,
    who: &SignedIn,
    request: RequestId,
    yes: &Yes,
    (shown, lang): (&str, Lang),
) -> Result<Signed, Problem> {
    let _ = (tx, who, request, yes, shown, lang);
    Err(Problem::Away("mandates"))
}

/// No. No reason is asked for, and no fresh log-in.
pub fn decline(tx: &Tx<'_>, who: &SignedIn, request: RequestId) -> Result<(), Problem> {
    let _ = (tx, who, request);
    Err(Problem::Away("mandates"))
}
