//! Tilstande: the overview, and one condition with everything that was written about it. Each asks for access and lets
//! the item rule drop what this reader may not see before anything is put together.

use crate::access::{self, Granted, Question};
use crate::items::{self, Labelled, Rule, held};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::conditions::{Information, Overview, Story, Told};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::items::Held;
use borgerportal_fhir::conditions::Head;
use borgerportal_fhir::delivery::Room;
use borgerportal_store::tx::Tx;
use std::sync::Arc;

pub use crate::items::Texts;

/// What stands on a page of its own.
pub enum One {
    /// A condition.
    Story(Box<Story>),
    /// Something said of the person or of an area as a whole.
    Information(Held<Information>),
}

/// The overview.
pub fn overview<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
) -> Result<(Granted<'t>, Arc<Overview>), Problem> {
    let granted = ask(tx, places, who, (journal, LogObject::page(ObjectKind::Conditions)))?;
    let rule = Rule::of(&granted, places, tx.now())?;
    let overview = seen(tx, (&granted, &rule))?;
    Ok((granted, overview))
}

/// One condition, or one piece of information, with the texts in it.
pub fn one<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
) -> Result<(Granted<'t>, (One, Texts)), Problem> {
    let granted = ask(tx, places, who, (journal, LogObject::one(ObjectKind::Conditions, item)))?;
    let rule = Rule::of(&granted, places, tx.now())?;
    let overview = seen(tx, (&granted, &rule))?;
    let Some((one, parts)) = find(&overview, item) else {
        granted.access.found_nothing(tx);
        return Err(Problem::NotFound);
    };
    let texts = items::texts(tx, (&granted, &rule), Room::Conditions, &parts, Head::read)?;
    Ok((granted, (one, texts)))
}

fn ask<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, object): (JournalId, LogObject),
) -> Result<Granted<'t>, Problem> {
    access::ask(tx, places, who, &Question { journal, privilege: Privilege::ReadConditions, object })
}

fn seen(tx: &Tx<'_>, (granted, rule): (&Granted<'_>, &Rule<'_>)) -> Result<Arc<Overview>, Problem> {
    let told = |one: &Labelled, head: &[u8]| Some(Head::read(head)?.told(&held(one), one.dated, one.ended));
    let make = |told: &[(_, Arc<Held<Told>>)]| {
        Overview::of(told.iter().map(|(_, told)| Held::clone(told)).collect())
    };
    items::together(tx, (granted, rule), Room::Conditions, told, make)
}

/// The story of this item, and the items that may hold a text in it. An earlier condition of the same thing leads to the
/// story it is part of.
fn find(overview: &Overview, item: ItemId) -> Option<(One, Vec<Held<()>>)> {
    if let Some(found) = overview.information.iter().find(|one| one.id == item) {
        return Some((One::Information(found.clone()), vec![found.with(())]));
    }
    let stories = || overview.stories();
    let part = |story: &&Story| story.steps.iter().flat_map(|step| &step.items).any(|one| one.id == item);
    let story = stories().find(|story| story.condition.id == item).or_else(|| stories().find(part))?;
    let steps = story.steps.iter().flat_map(|step| &step.items).cloned();
    let parts = steps.chain(story.goals.iter().map(|goal| goal.with(()))).collect();
    Some((One::Story(Box::new(story.clone())), parts))
}
