//! Answers on their way, kept on the server for a week, sealed and bound to their writer: another person's draft
//! looks like none. A draft ends when it is sent, dropped or swept.

use super::packages::Area;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{DraftId, PackageVersionId};
use borgerportal_domain::mandates::{Draft, DraftKind, Named, Periods};
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_store::tx::Tx;
use std::collections::BTreeSet;

/// Begins one.
pub fn start(tx: &Tx<'_>, who: &SignedIn, kind: DraftKind) -> Result<DraftId, Problem> {
    let _ = (tx, who, kind);
    Err(Problem::Away("mandates"))
}

/// Answers so far. [`Draft::step`] says which page comes next, [`Draft::reaches`] whether a page may be shown.
pub fn load(tx: &Tx<'_>, who: &SignedIn, id: DraftId) -> Result<Draft, Problem> {
    let _ = (tx, who, id);
    Err(Problem::Away("mandates"))
}

/// The draft with what can be chosen.
pub fn with_choices(
    tx: &Tx<'_>,
    who: &SignedIn,
    id: DraftId,
    lang: Lang,
) -> Result<(Draft, Vec<Area>), Problem> {
    Ok((load(tx, who, id)?, super::packages::choices(tx, who, lang)?))
}

/// The draft with the last days that its rights allow.
pub fn with_periods(tx: &Tx<'_>, who: &SignedIn, id: DraftId) -> Result<(Draft, Periods), Problem> {
    let _ = (tx, who, id);
    Err(Problem::Away("mandates"))
}

/// Keeps who the other is. [`Named::read`] has read the form. Denied: `mandates.draft.oneself`.
pub fn save_person(tx: &Tx<'_>, who: &SignedIn, id: DraftId, person: &Named) -> Result<Draft, Problem> {
    let _ = (tx, who, id, person);
    Err(Problem::Away("mandates"))
}

/// Keeps the rights. Acting brings reading of the same area with it. A last day that has become too late is
/// forgotten. Denied: `mandates.draft.nothing_chosen`, `.not_offered`.
pub fn save_packages(
    tx: &Tx<'_>,
    who: &SignedIn,
    id: DraftId,
    versions: &BTreeSet<PackageVersionId>,
) -> Result<Draft, Problem> {
    let _ = (tx, who, id, versions);
    Err(Problem::Away("mandates"))
}

/// Keeps the last day. Denied: `mandates.draft.ends_too_early`, `.too_long`, `.not_yet`.
pub fn save_period(tx: &Tx<'_>, who: &SignedIn, id: DraftId, last_day: Date) -> Result<Draft, Problem> {
    let _ = (tx, who, id, last_day);
    Err(Problem::Away("mandates"))
}

/// Keeps how it is sent.
pub fn save_sending(tx: &Tx<'_>, who: &SignedIn, id: DraftId, by_letter: bool) -> Result<Draft, Problem> {
    let _ = (tx, who, id, by_letter);
    Err(Problem::Away("mandates"))
}

/// Throws it away. Twice is once.
pub fn drop(tx: &Tx<'_>, who: &SignedIn, id: DraftId) -> Result<(), Problem> {
    let _ = (tx, who, id);
    Err(Problem::Away("mandates"))
}
