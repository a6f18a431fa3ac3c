//! From single things to stories: which goals, help and judgements belong to which plan, and what an assessment found.
//! It goes by names alone: what the record system has not tied together, or this reader may not see, is not tied here.

use super::{
    Assessment, AssessmentStory, Goal, GoalKind, GoalStory, Judgement, Overview, Plan, PlanStory, Request,
    Target, Theme, Themes, Told,
};
use crate::items::Held;
use crate::terms::Term;
use std::cmp::Reverse;

pub(super) fn overview(told: Vec<Held<Told>>) -> Overview {
    let all = Sorted::of(told);
    let planned =
        |name: &str, list: fn(&Plan) -> &[String]| all.plans.iter().any(|plan| has(list(&plan.it), name));
    let found = |name: &str| all.assessments.iter().any(|one| has(&one.it.found, name));
    Overview {
        plans: all.plan_stories(),
        goals: all.goal_stories(|goal| !planned(&goal.name, |plan| &plan.goals)),
        assessments: all.assessment_stories(),
        themes: all.themes(|theme| !found(&theme.name)),
        targets: all.targets(|one| !found(&one.name) && !planned(&one.name, |plan| &plan.targets)),
        judgements: all.judgements(|one| !all.is_of_something(one)),
        requests: all.requests.clone(),
    }
}

fn has(names: &[String], name: &str) -> bool {
    names.iter().any(|one| one == name)
}

/// What was told, by kind and in reading order.
#[derive(Default)]
struct Sorted {
    themes: Vec<Held<Theme>>,
    targets: Vec<Target>,
    goals: Vec<Held<Goal>>,
    plans: Vec<Held<Plan>>,
    assessments: Vec<Held<Assessment>>,
    judgements: Vec<Held<Judgement>>,
    requests: Vec<Held<Request>>,
}

impl Sorted {
    fn of(told: Vec<Held<Told>>) -> Self {
        let mut all = Self::default();
        for one in told {
            let held = one.with(());
            match one.it {
                Told::Theme(theme) => all.themes.push(held.with(theme)),
                Told::Target(target) => all.targets.push(target),
                Told::Goal(goal) => all.goals.push(held.with(goal)),
                Told::Plan(plan) => all.plans.push(held.with(plan)),
                Told::Assessment(assessment) => all.assessments.push(held.with(assessment)),
                Told::Judgement(judgement) => all.judgements.push(held.with(judgement)),
                Told::Request(request) => all.requests.push(held.with(request)),
            }
        }
        all.goals.sort_by_key(|goal| (goal.it.state.is_over(), goal.it.kind, goal.it.state, goal.id));
        all.plans.sort_by_key(|plan| (plan.it.state.is_over(), Reverse(plan.it.from), plan.id));
        all.assessments.sort_by_key(|one| (Reverse(one.it.on), one.id));
        all.judgements.sort_by_key(|one| (Reverse(one.it.on), one.id));
        all.requests.sort_by_key(|one| (Reverse(one.it.on), one.id));
        all
    }

    fn plan_stories(&self) -> Vec<PlanStory> {
        let whole = self.plans.iter().filter(|plan| !self.is_part(&plan.it));
        whole.map(|plan| self.plan_story(plan)).collect()
    }

    /// A part stands in the plan it is a part of, if that may be seen; a part of a part stands for itself.
    fn is_part(&self, plan: &Plan) -> bool {
        self.plans.iter().any(|whole| is_part_of(plan, &whole.it))
    }

    fn plan_story(&self, plan: &Held<Plan>) -> PlanStory {
        let parts: Vec<Held<Plan>> =
            self.plans.iter().filter(|part| is_part_of(&part.it, &plan.it)).cloned().collect();
        let any = |holds: &dyn Fn(&Plan) -> bool| holds(&plan.it) || parts.iter().any(|part| holds(&part.it));
        PlanStory {
            targets: self.targets(|target| any(&|plan| has(&plan.targets, &target.name))),
            goals: self.goal_stories(|goal| any(&|plan| has(&plan.goals, &goal.name))),
            judgements: self.judgements(|one| any(&|plan| is_about(one, plan))),
            plan: plan.clone(),
            parts,
        }
    }

    fn is_of_something(&self, one: &Judgement) -> bool {
        self.plans.iter().any(|plan| is_about(one, &plan.it))
            || self.assessments.iter().any(|assessment| has(&assessment.it.judgements, &one.name))
            || self.goals.iter().any(|goal| has(&one.about, &goal.it.name))
    }

    /// The chosen goals, and under each the steps towards it. A step stands for itself where its goal may not be seen.
    fn goal_stories(&self, chosen: impl Fn(&Goal) -> bool) -> Vec<GoalStory> {
        let is_step = |goal: &Goal| self.goals.iter().any(|whole| is_step_to(goal, &whole.it));
        let top = self.goals.iter().filter(|goal| chosen(&goal.it) && !is_step(&goal.it));
        top.map(|goal| {
            let steps = self.goals.iter().filter(|step| is_step_to(&step.it, &goal.it));
            self.goal_story(goal, steps.map(|step| self.goal_story(step, Vec::new())).collect())
        })
        .collect()
    }

    fn goal_story(&self, goal: &Held<Goal>, steps: Vec<GoalStory>) -> GoalStory {
        let named = |name: &String| self.themes.iter().find(|theme| theme.it.name == *name);
        GoalStory {
            goal: goal.clone(),
            themes: goal.it.about.iter().filter_map(named).cloned().collect(),
            steps,
            judgements: self.judgements(|one| has(&one.about, &goal.it.name)),
        }
    }

    fn assessment_stories(&self) -> Vec<AssessmentStory> {
        let story = |one: &Held<Assessment>| AssessmentStory {
            assessment: one.clone(),
            themes: self.themes(|theme| has(&one.it.found, &theme.name)),
            targets: self.targets(|target| has(&one.it.found, &target.name)),
            judgements: self.judgements(|judgement| has(&one.it.judgements, &judgement.name)),
        };
        self.assessments.iter().map(story).collect()
    }

    fn themes(&self, chosen: impl Fn(&Theme) -> bool) -> Themes {
        let mut groups: Themes = Vec::new();
        for theme in self.themes.iter().filter(|theme| chosen(&theme.it)) {
            match groups.iter_mut().find(|(group, _)| *group == theme.it.group) {
                Some((_, themes)) => themes.push(theme.clone()),
                None => groups.push((theme.it.group.clone(), vec![theme.clone()])),
            }
        }
        groups.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (_, themes) in &mut groups {
            themes.sort_by(|a, b| (&a.it.what, b.it.on, a.id).cmp(&(&b.it.what, a.it.on, b.id)));
        }
        groups
    }

    /// Each group once: a record may hold the same one several times.
    fn targets(&self, chosen: impl Fn(&Target) -> bool) -> Vec<Term> {
        let chosen = self.targets.iter().filter(|target| chosen(target));
        let mut terms: Vec<Term> = chosen.map(|target| target.what.clone()).collect();
        terms.sort();
        terms.dedup();
        terms
    }

    fn judgements(&self, chosen: impl Fn(&Judgement) -> bool) -> Vec<Held<Judgement>> {
        self.judgements.iter().filter(|one| chosen(&one.it)).cloned().collect()
    }
}

/// Only what is itself no part has parts: so a record whose plans name each other in a ring is still shown.
fn is_part_of(part: &Plan, whole: &Plan) -> bool {
    whole.part_of.is_empty() && has(&part.part_of, &whole.name)
}

/// Only what is itself no step has steps.
fn is_step_to(step: &Goal, whole: &Goal) -> bool {
    step.kind == GoalKind::SubGoal && whole.kind != GoalKind::SubGoal && has(&step.part_of, &whole.name)
}

fn is_about(one: &Judgement, plan: &Plan) -> bool {
    has(&plan.judgements, &one.name) || has(&one.about, &plan.name)
}
