//! Answers on their way, kept on the server for a week, sealed and bound to their writer: another person's draft
//! looks like none. A draft ends when it is sent, dropped or swept, or when its writer has begun too many after it.

use super::packages::{Area, Catalogue, choices};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{DraftId, PackageVersionId};
use borgerportal_domain::mandates::{CatalogueEntry, Draft, DraftKind, DraftRefusal, Named, Periods, Step};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::drafts as store;
use borgerportal_store::tx::Tx;
use std::collections::BTreeSet;

/// Drafts of one person; beginning another throws the one away that was touched longest ago.
const MOST: usize = 20;

/// Begins one.
pub fn start(tx: &Tx<'_>, who: &SignedIn, kind: DraftKind) -> Result<DraftId, Problem> {
    super::me_making(tx, who)?;
    for old in store::of(tx, who.caller.actor)?.iter().skip(MOST - 1) {
        store::drop(tx, who.caller.actor, old.id)?;
    }
    let draft = Draft::new(DraftId::from_uuid(tx.mint()), kind);
    store::save(tx, who.caller.actor, &draft)?;
    Ok(draft.id)
}

/// Every draft of this person, the last touched first.
pub fn mine(tx: &Tx<'_>, who: &SignedIn) -> Result<Vec<Draft>, Problem> {
    super::me(tx, who)?;
    Ok(store::of(tx, who.caller.actor)?)
}

/// Answers so far. [`Draft::step`] says which page comes next, [`Draft::reaches`] whether a page may be shown.
pub fn load(tx: &Tx<'_>, who: &SignedIn, id: DraftId) -> Result<Draft, Problem> {
    super::me(tx, who)?;
    find(tx, who, id)
}

/// The same for a caller who has asked who it is already.
pub(super) fn find(tx: &Tx<'_>, who: &SignedIn, id: DraftId) -> Result<Draft, Problem> {
    store::load(tx, who.caller.actor, id)?.ok_or(Problem::NotFound)
}

/// A draft in which this question can be answered. Denied: `mandates.draft.not_yet`.
fn at(tx: &Tx<'_>, who: &SignedIn, id: DraftId, step: Step) -> Result<Draft, Problem> {
    super::me_making(tx, who)?;
    let draft = find(tx, who, id)?;
    if draft.reaches(step) { Ok(draft) } else { Err(DraftRefusal::NotYet.into()) }
}

/// The draft with what can be chosen.
pub fn with_choices(
    tx: &Tx<'_>,
    who: &SignedIn,
    id: DraftId,
    lang: Lang,
) -> Result<(Draft, Vec<Area>), Problem> {
    let areas = choices(tx, who, lang)?;
    Ok((find(tx, who, id)?, areas))
}

/// The draft with the last days that its rights allow. Denied: `mandates.draft.not_offered`.
pub fn with_periods(tx: &Tx<'_>, who: &SignedIn, id: DraftId) -> Result<(Draft, Periods), Problem> {
    let draft = load(tx, who, id)?;
    let catalogue = Catalogue::load(tx)?;
    let periods = periods(tx, &catalogue.chosen(&draft.packages)?);
    Ok((draft, periods))
}

/// Keeps who the other is. [`Named::read`] has read the form. Denied: `mandates.draft.oneself`,
/// `mandates.draft.number_needed` where a mandate is given.
pub fn save_person(tx: &Tx<'_>, who: &SignedIn, id: DraftId, person: &Named) -> Result<Draft, Problem> {
    let me = super::me_making(tx, who)?;
    let draft = find(tx, who, id)?;
    if person.cpr.as_ref() == Some(&me.cpr) {
        return Err(DraftRefusal::Oneself.into());
    }
    if draft.kind == DraftKind::Give && person.cpr.is_none() {
        return Err(DraftRefusal::NumberNeeded.into());
    }
    save(tx, who, Draft { person: Some(person.clone()), ..draft })
}

/// Keeps the rights. A last day that has become too late for them is forgotten. Denied:
/// `mandates.draft.nothing_chosen`, `.not_offered`, `.not_yet`.
pub fn save_packages(
    tx: &Tx<'_>,
    who: &SignedIn,
    id: DraftId,
    versions: &BTreeSet<PackageVersionId>,
) -> Result<Draft, Problem> {
    let draft = at(tx, who, id, Step::Rights)?;
    if versions.is_empty() {
        return Err(DraftRefusal::NothingChosen.into());
    }
    let catalogue = Catalogue::load(tx)?;
    let longest = periods(tx, &catalogue.chosen(versions)?).longest;
    let last_day = draft.last_day.filter(|day| *day <= longest);
    save(tx, who, Draft { packages: versions.clone(), last_day, ..draft })
}

/// Keeps the last day. Denied: `mandates.draft.ends_too_early`, `.too_long`, `.not_yet`, `.not_offered`.
pub fn save_period(tx: &Tx<'_>, who: &SignedIn, id: DraftId, last_day: Date) -> Result<Draft, Problem> {
    let draft = at(tx, who, id, Step::Period)?;
    let catalogue = Catalogue::load(tx)?;
    let periods = periods(tx, &catalogue.chosen(&draft.packages)?);
    Draft::may_end(&periods, last_day, copenhagen_date(tx.now()))?;
    save(tx, who, Draft { last_day: Some(last_day), ..draft })
}

/// Keeps how it is sent. Denied: `mandates.draft.not_yet`.
pub fn save_sending(tx: &Tx<'_>, who: &SignedIn, id: DraftId, by_letter: bool) -> Result<Draft, Problem> {
    let draft = at(tx, who, id, Step::Sending)?;
    save(tx, who, Draft { by_letter: Some(by_letter), ..draft })
}

/// Throws it away. Twice is once.
pub fn drop(tx: &Tx<'_>, who: &SignedIn, id: DraftId) -> Result<(), Problem> {
    store::drop(tx, who.caller.actor, id)?;
    Ok(())
}

fn save(tx: &Tx<'_>, who: &SignedIn, draft: Draft) -> Result<Draft, Problem> {
    if store::save(tx, who.caller.actor, &draft)? { Ok(draft) } else { Err(Problem::NotFound) }
}

/// The last days that these allow, from today.
pub(super) fn periods(tx: &Tx<'_>, entries: &[&CatalogueEntry]) -> Periods {
    Periods::of(entries.iter().copied(), copenhagen_date(tx.now()))
}

/// A draft with every answer, with what it chose. Denied where an answer is missing or no longer holds.
pub(super) fn complete<'c>(
    tx: &Tx<'_>,
    (draft, kind): (&Draft, DraftKind),
    catalogue: &'c Catalogue,
) -> Result<(Named, Date, Vec<&'c CatalogueEntry>), Problem> {
    if draft.kind != kind {
        return Err(Problem::NotFound);
    }
    let (Step::Check, Some(person), Some(last_day)) = (draft.step(), &draft.person, draft.last_day) else {
        return Err(DraftRefusal::NotYet.into());
    };
    let entries = catalogue.chosen(&draft.packages)?;
    Draft::may_end(&periods(tx, &entries), last_day, copenhagen_date(tx.now()))?;
    Ok((person.clone(), last_day, entries))
}
