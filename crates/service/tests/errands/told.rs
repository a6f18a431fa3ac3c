//! What the rooms of conditions and plans tell, beside what the reference says they must.

use crate::common::*;
use borgerportal_domain::Cpr;
use borgerportal_domain::conditions::{Overview, Story};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::Held;
use borgerportal_domain::plans::{GoalStory, Overview as PlanOverview, PlanStory};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::order::Rank;
use borgerportal_fhir::state::State;
use borgerportal_fhir::{conditions, plans};

impl Portal {
    /// What Tilstande and Handlingsplaner tell must be what the reference says, whichever engine kept it.
    pub(crate) async fn tells_as(&self, reader: &Visitor, cpr: &Cpr, state: &State, name: &str) {
        let Some(journal) = self.journal_of(cpr, helsingor()).await else { return };
        let nobody = || Held { id: ItemId::from_bytes([0; 16]), has_text: false, it: () };
        let of = |room: Room| {
            let mine = state.kept().filter(move |(_, kept)| kept.owner.as_ref() == Some(cpr));
            let here = mine.filter(|(_, kept)| !kept.stamp.rank.is_gone());
            here.filter_map(|(_, kept)| kept.item.as_ref()).filter(move |item| item.room == room)
        };
        let told = of(Room::Conditions).filter_map(|item| {
            let head = conditions::Head::read(&item.entry.as_ref()?.head)?;
            Some(head.told(&nobody(), copenhagen_date(item.sort_at), item.stamp.rank == Rank::Ended))
        });
        let expected = condition_lines(&Overview::of(told.collect()));
        let found = condition_lines(&reader.conditions(journal).await.unwrap());
        assert_eq!(found, expected, "{name}: conditions");
        let told = of(Room::Plans).filter_map(|item| {
            let head = plans::Head::read(&item.entry.as_ref()?.head)?;
            Some(head.told(&nobody(), copenhagen_date(item.sort_at)))
        });
        let expected = plan_lines(&PlanOverview::of(told.collect()));
        assert_eq!(plan_lines(&reader.plans(journal).await.unwrap()), expected, "{name}: plans");
    }
}

/// Every condition on a line, without ids: each store mints its own.
fn condition_lines(overview: &Overview) -> Vec<String> {
    let line = |story: &Story| {
        let it = &story.condition.it;
        let steps: Vec<_> =
            story.steps.iter().map(|step| (step.on, &step.level, step.results.len())).collect();
        format!("{} {} {:?} {:?} {steps:?}", it.what.label, it.ended, it.level, story.expected())
    };
    let mut lines: Vec<String> = overview.stories().map(line).collect();
    lines.sort();
    lines
}

/// Every plan and goal on a line.
fn plan_lines(overview: &PlanOverview) -> Vec<String> {
    let plan = |story: &PlanStory| {
        let (parts, goals) = (story.parts.len(), story.goals.len());
        format!("{} {:?} {parts} {goals} {}", story.plan.it.name, story.targets, story.judgements.len())
    };
    let goal = |story: &GoalStory| format!("{} {:?}", story.goal.it.name, story.goal.it.aim);
    let mut lines: Vec<String> = overview.plans.iter().map(plan).collect();
    lines.extend(overview.goals.iter().map(goal));
    lines.sort();
    lines
}
