//! From single things to stories: which remarks and goals belong to which condition, and the order to read them in.
//! It refuses to join two conditions of health: two wounds of one kind are two.

use super::{Area, Branch, Condition, Goal, Information, Overview, Remark, Said, Step, Story, Told};
use crate::items::Held;
use crate::time::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn overview(told: Vec<Held<Told>>) -> Overview {
    let mut all = Sorted::of(told);
    let conditions = std::mem::take(&mut all.conditions);
    let stories = gather(conditions).into_iter().map(|(newest, earlier)| all.story(newest, &earlier));
    let (before, now): (Vec<Story>, Vec<Story>) = stories.partition(|story| story.condition.it.ended);
    all.information.sort_by(|a, b| b.it.on.cmp(&a.it.on).then_with(|| a.it.what.cmp(&b.it.what)));
    Overview { now: by_branch(now), before: newest_first(before), information: all.information }
}

/// What was told, by kind.
#[derive(Default)]
struct Sorted {
    conditions: Vec<Held<Condition>>,
    goals: Vec<Held<Goal>>,
    remarks: Vec<Held<Remark>>,
    information: Vec<Held<Information>>,
    about: About,
}

/// Which goals and which remarks, by their place, are about the condition of a name.
#[derive(Default)]
struct About(BTreeMap<String, (Vec<usize>, Vec<usize>)>);

impl About {
    fn of(goals: &[Held<Goal>], remarks: &[Held<Remark>]) -> Self {
        let mut all = Self::default();
        for (at, goal) in goals.iter().enumerate() {
            goal.it.about.iter().for_each(|name| all.entry(name).0.push(at));
        }
        for (at, remark) in remarks.iter().enumerate() {
            remark.it.about.iter().for_each(|name| all.entry(name).1.push(at));
        }
        all
    }

    fn entry(&mut self, name: &str) -> &mut (Vec<usize>, Vec<usize>) {
        self.0.entry(name.to_owned()).or_default()
    }

    /// The places of those that are about any of these names, each once, in their order.
    fn find<'n>(&self, names: impl Iterator<Item = &'n String>) -> (BTreeSet<usize>, BTreeSet<usize>) {
        let (mut goals, mut remarks) = (BTreeSet::new(), BTreeSet::new());
        for (some, more) in names.filter_map(|name| self.0.get(name)) {
            goals.extend(some);
            remarks.extend(more);
        }
        (goals, remarks)
    }
}

impl Sorted {
    fn of(told: Vec<Held<Told>>) -> Self {
        let mut all = Self::default();
        for one in told {
            let held = one.with(());
            match one.it {
                Told::Condition(condition) => all.conditions.push(held.with(condition)),
                Told::Goal(goal) => all.goals.push(held.with(goal)),
                Told::Remark(Remark { said: Said::Information { what, found }, on, .. }) => {
                    all.information.push(held.with(Information { what, found, on }));
                }
                Told::Remark(remark) => all.remarks.push(held.with(remark)),
            }
        }
        all.goals.sort_by_key(|goal| (goal.it.ended, Reverse(goal.it.from), goal.id));
        all.remarks.sort_by_key(|remark| (remark.it.on, remark.id));
        all.about = About::of(&all.goals, &all.remarks);
        all
    }

    fn story(&self, condition: Held<Condition>, earlier: &[Held<Condition>]) -> Story {
        let versions = || std::iter::once(&condition).chain(earlier);
        let (goals, remarks) = self.about.find(versions().map(|version| &version.it.name));
        let mut days = Days::default();
        // Of two that were noted on one day, the newest comes last and counts.
        for version in earlier.iter().chain(std::iter::once(&condition)) {
            days.note(version.it.noted, version).level.clone_from(&version.it.level);
        }
        let (mut performance, mut meaning) = (None, None);
        for remark in remarks.into_iter().filter_map(|at| self.remarks.get(at)) {
            match &remark.it.said {
                Said::Performance(told) => performance = Some(told.clone()),
                Said::Meaning(told) => meaning = Some(told.clone()),
                Said::Level(level) => days.note(remark.it.on, remark).level = Some(level.clone()),
                Said::FollowUp(result) => days.note(remark.it.on, remark).results.push(result.clone()),
                Said::Information { .. } => {}
            }
        }
        let goals = goals.into_iter().filter_map(|at| self.goals.get(at).cloned()).collect();
        Story { performance, meaning, goals, steps: days.0.into_values().collect(), condition }
    }
}

/// Each condition with the earlier ones of the same thing. In everyday life there is one level for each thing at a time:
/// what was noted of it before is the same story.
fn gather(mut conditions: Vec<Held<Condition>>) -> Vec<(Held<Condition>, Vec<Held<Condition>>)> {
    conditions.sort_by_key(|one| (one.it.ended, Reverse(one.it.noted), one.id));
    let mut stories: Vec<(Held<Condition>, Vec<Held<Condition>>)> = Vec::new();
    for condition in conditions {
        let same =
            |newest: &Condition| condition.it.branch == Branch::Everyday && newest.what == condition.it.what;
        match stories.iter_mut().find(|(newest, _)| same(&newest.it)) {
            Some((_, earlier)) => earlier.insert(0, condition),
            None => stories.push((condition, Vec::new())),
        }
    }
    stories
}

/// Steps by their day.
#[derive(Default)]
struct Days(BTreeMap<Date, Step>);

impl Days {
    fn note<T>(&mut self, on: Date, item: &Held<T>) -> &mut Step {
        let empty = || Step { on, level: None, results: Vec::new(), items: Vec::new() };
        let step = self.0.entry(on).or_insert_with(empty);
        step.items.push(item.with(()));
        step
    }
}

fn by_branch(mut stories: Vec<Story>) -> Vec<(Branch, Vec<Area>)> {
    stories.sort_by(|a, b| {
        let (a, b) = (&a.condition.it, &b.condition.it);
        (a.branch, &a.area, &a.what).cmp(&(b.branch, &b.area, &b.what))
    });
    let mut branches: Vec<(Branch, Vec<Area>)> = Vec::new();
    for story in stories {
        let Condition { branch, area, .. } = &story.condition.it;
        let here = branches.last_mut().filter(|(last, _)| last == branch);
        match here {
            None => branches.push((*branch, vec![Area { what: area.clone(), stories: vec![story] }])),
            Some((_, areas)) => match areas.last_mut().filter(|last| last.what == *area) {
                Some(last) => last.stories.push(story),
                None => areas.push(Area { what: area.clone(), stories: vec![story] }),
            },
        }
    }
    branches
}

fn newest_first(mut stories: Vec<Story>) -> Vec<Story> {
    let last = |story: &Story| story.steps.last().map(|step| step.on);
    stories.sort_by(|a, b| last(b).cmp(&last(a)).then_with(|| a.condition.it.what.cmp(&b.condition.it.what)));
    stories
}
