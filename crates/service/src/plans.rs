//! Handlingsplaner: the overview, and one plan, goal or assessment with everything that was written about it. Each asks
//! for access and lets the item rule drop what this reader may not see before anything is put together: what is hidden
//! leaves no trace in what names it.

use crate::access::{self, Granted, Question};
use crate::items::{self, Labelled, Rule, held};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::items::Held;
use borgerportal_domain::plans::{
    AssessmentStory, GoalStory, Judgement, Overview, PlanStory, Request, Theme, Told,
};
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::plans::Head;
use borgerportal_store::tx::Tx;
use std::sync::Arc;

pub use crate::items::Texts;

/// What stands on a page of its own.
pub enum One {
    /// A plan.
    Plan(Box<PlanStory>),
    /// A goal.
    Goal(Box<GoalStory>),
    /// An assessment.
    Assessment(Box<AssessmentStory>),
    /// A theme.
    Theme(Held<Theme>),
    /// A judgement or follow-up.
    Judgement(Held<Judgement>),
    /// A request.
    Request(Held<Request>),
}

/// The overview.
pub fn overview<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
) -> Result<(Granted<'t>, Arc<Overview>), Problem> {
    let granted = ask(tx, places, who, (journal, LogObject::page(ObjectKind::Plans)))?;
    let rule = Rule::of(&granted, places, tx.now())?;
    let overview = seen(tx, (&granted, &rule))?;
    Ok((granted, overview))
}

/// One thing of the overview, with the texts in it.
pub fn one<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, item): (JournalId, ItemId),
) -> Result<(Granted<'t>, (One, Texts)), Problem> {
    let granted = ask(tx, places, who, (journal, LogObject::one(ObjectKind::Plans, item)))?;
    let rule = Rule::of(&granted, places, tx.now())?;
    let overview = seen(tx, (&granted, &rule))?;
    let Some(one) = find(&overview, item) else {
        granted.access.found_nothing(tx);
        return Err(Problem::NotFound);
    };
    let texts = items::texts(tx, (&granted, &rule), Room::Plans, &one.parts(), Head::read)?;
    Ok((granted, (one, texts)))
}

fn ask<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, object): (JournalId, LogObject),
) -> Result<Granted<'t>, Problem> {
    access::ask(tx, places, who, &Question { journal, privilege: Privilege::ReadPlans, object })
}

fn seen(tx: &Tx<'_>, (granted, rule): (&Granted<'_>, &Rule<'_>)) -> Result<Arc<Overview>, Problem> {
    let told = |one: &Labelled, head: &[u8]| Some(Head::read(head)?.told(&held(one), one.dated));
    let make = |told: &[(_, Arc<Held<Told>>)]| {
        Overview::of(told.iter().map(|(_, told)| Held::clone(told)).collect())
    };
    items::together(tx, (granted, rule), Room::Plans, told, make)
}

fn find(overview: &Overview, item: ItemId) -> Option<One> {
    let plan = overview
        .plans
        .iter()
        .find(|story| story.plan.id == item || story.parts.iter().any(|part| part.id == item));
    if let Some(story) = plan {
        return Some(One::Plan(Box::new(story.clone())));
    }
    let goals = overview.plans.iter().flat_map(|story| &story.goals).chain(&overview.goals);
    if let Some(story) =
        goals.flat_map(|goal| std::iter::once(goal).chain(&goal.steps)).find(|one| one.goal.id == item)
    {
        return Some(One::Goal(Box::new(story.clone())));
    }
    if let Some(story) = overview.assessments.iter().find(|story| story.assessment.id == item) {
        return Some(One::Assessment(Box::new(story.clone())));
    }
    let found = overview.assessments.iter().flat_map(|story| &story.themes).chain(&overview.themes);
    if let Some(theme) = found.flat_map(|(_, themes)| themes).find(|theme| theme.id == item) {
        return Some(One::Theme(theme.clone()));
    }
    if let Some(request) = overview.requests.iter().find(|request| request.id == item) {
        return Some(One::Request(request.clone()));
    }
    overview.judgements.iter().find(|one| one.id == item).cloned().map(One::Judgement)
}

impl One {
    /// The items that may hold a text in it.
    fn parts(&self) -> Vec<Held<()>> {
        match self {
            Self::Plan(story) => {
                let purposes = story.goals.iter().map(|goal| goal.goal.with(()));
                let parts = story.parts.iter().map(|part| part.with(()));
                let said = story.judgements.iter().map(|one| one.with(()));
                std::iter::once(story.plan.with(())).chain(parts).chain(purposes).chain(said).collect()
            }
            Self::Goal(story) => {
                let said = story.judgements.iter().map(|one| one.with(()));
                let themes = story.themes.iter().map(|theme| theme.with(()));
                std::iter::once(story.goal.with(())).chain(said).chain(themes).collect()
            }
            Self::Assessment(story) => {
                let themes = story.themes.iter().flat_map(|(_, themes)| themes).map(|theme| theme.with(()));
                let said = story.judgements.iter().map(|one| one.with(()));
                std::iter::once(story.assessment.with(())).chain(themes).chain(said).collect()
            }
            Self::Theme(theme) => vec![theme.with(())],
            Self::Judgement(judgement) => vec![judgement.with(())],
            Self::Request(request) => vec![request.with(())],
        }
    }
}
