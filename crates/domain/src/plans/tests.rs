//! A plan is told in small pieces; what belongs together is found by name alone.

use super::*;
use crate::ids::ItemId;
use proptest::prelude::*;

fn held(number: u8, it: Told) -> Held<Told> {
    Held { id: ItemId::from_bytes([number; 16]), has_text: false, it }
}

fn names(kind: &str, numbers: &[u8]) -> Vec<String> {
    numbers.iter().map(|number| format!("{kind}/{number}")).collect()
}

fn day(day: i8) -> Date {
    Date::constant(2026, 3, day)
}

fn empty_plan(number: u8) -> Plan {
    Plan {
        name: format!("CarePlan/{number}"),
        title: format!("plan {number}"),
        help: Vec::new(),
        from: Some(day(1)),
        to: None,
        state: State::Running,
        targets: Vec::new(),
        goals: Vec::new(),
        judgements: Vec::new(),
        part_of: Vec::new(),
    }
}

fn plan(number: u8, part_of: &[u8], goals: &[u8]) -> Held<Told> {
    let plan =
        Plan { part_of: names("CarePlan", part_of), goals: names("Goal", goals), ..empty_plan(number) };
    held(number, Told::Plan(plan))
}

fn goal(number: u8, kind: GoalKind, part_of: &[u8], about: &[u8], state: State) -> Held<Told> {
    let goal = Goal {
        name: format!("Goal/{number}"),
        kind,
        title: String::new(),
        aim: None,
        expected: None,
        about: names("Condition", about),
        part_of: names("Goal", part_of),
        state,
    };
    held(number, Told::Goal(goal))
}

fn theme(number: u8, group: &'static str, what: &'static str) -> Held<Told> {
    let theme = Theme {
        name: format!("Condition/{number}"),
        what: Term::new(what, what),
        group: Term::new(group, group),
        level: None,
        on: day(1),
    };
    held(number, Told::Theme(theme))
}

fn target(number: u8, what: &'static str) -> Held<Told> {
    held(number, Told::Target(Target { name: format!("Condition/{number}"), what: Term::new(what, what) }))
}

fn judgement(number: u8, about: &[&str], on: i8) -> Held<Told> {
    let judgement = Judgement {
        name: format!("Observation/{number}"),
        what: None,
        said: None,
        follow_up: true,
        about: about.iter().map(|name| (*name).to_owned()).collect(),
        on: day(on),
    };
    held(number, Told::Judgement(judgement))
}

fn goal_line(story: &GoalStory) -> String {
    let themes: Vec<&str> = story.themes.iter().map(|theme| theme.it.what.key.as_ref()).collect();
    let steps: Vec<String> = story.steps.iter().map(goal_line).collect();
    format!("{}[{}]({})", story.goal.it.name, themes.join(" "), steps.join(", "))
}

fn plan_line(story: &PlanStory) -> String {
    let parts: Vec<&str> = story.parts.iter().map(|part| part.it.name.as_str()).collect();
    let goals: Vec<String> = story.goals.iter().map(goal_line).collect();
    let targets: Vec<&str> = story.targets.iter().map(|target| target.key.as_ref()).collect();
    let said: Vec<String> = story.judgements.iter().map(|one| one.it.on.day().to_string()).collect();
    format!(
        "{} parts {} goals {} targets {} said {}",
        story.plan.it.name,
        parts.join(" "),
        goals.join(" "),
        targets.join(" "),
        said.join(" ")
    )
}

#[test]
fn a_plan_has_its_help_its_goals_with_their_steps_and_what_was_said_of_it() {
    let running = State::Running;
    let whole = Plan {
        goals: names("Goal", &[5]),
        targets: names("Condition", &[8, 9]),
        judgements: names("Observation", &[11]),
        ..empty_plan(1)
    };
    let overview = Overview::of(vec![
        plan(3, &[1], &[]),
        plan(2, &[1], &[]),
        held(1, Told::Plan(whole)),
        goal(6, GoalKind::SubGoal, &[5], &[], running),
        goal(5, GoalKind::Goal, &[], &[7], running),
        theme(7, "Praktiske opgaver", "Gøre rent"),
        target(8, "Autismespektrum"),
        target(9, "Autismespektrum"),
        judgement(11, &[], 4),
        judgement(12, &["CarePlan/1"], 9),
        judgement(13, &["CarePlan/3"], 6),
        judgement(14, &["Goal/6"], 7),
    ]);
    assert_eq!(
        overview.plans.iter().map(plan_line).collect::<Vec<_>>(),
        [
            "CarePlan/1 parts CarePlan/2 CarePlan/3 goals Goal/5[Gøre rent](Goal/6[]()) targets Autismespektrum said 9 6 4"
        ]
    );
    let step = &overview.plans[0].goals[0].steps[0];
    assert_eq!(step.judgements.len(), 1, "a follow-up of a step is told there");
    assert!(overview.goals.is_empty() && overview.judgements.is_empty() && overview.targets.is_empty());
}

#[test]
fn what_nothing_names_stands_for_itself() {
    let overview = Overview::of(vec![
        goal(1, GoalKind::SubGoal, &[77], &[], State::Running),
        goal(2, GoalKind::Wish, &[], &[], State::Planned),
        goal(3, GoalKind::Goal, &[], &[], State::Ended),
        plan(4, &[77], &[77]),
        theme(5, "b", "2"),
        theme(6, "a", "3"),
        theme(7, "b", "1"),
        target(8, "Demens"),
        judgement(9, &[], 1),
    ]);
    let goals: Vec<&str> = overview.goals.iter().map(|story| story.goal.it.name.as_str()).collect();
    assert_eq!(goals, ["Goal/2", "Goal/1", "Goal/3"], "wishes first, what is over last");
    assert_eq!(overview.plans.len(), 1);
    let themes: Vec<String> = overview
        .themes
        .iter()
        .map(|(group, themes)| {
            let keys: Vec<&str> = themes.iter().map(|theme| theme.it.what.key.as_ref()).collect();
            format!("{}: {}", group.key, keys.join(" "))
        })
        .collect();
    assert_eq!(themes, ["a: 3", "b: 1 2"]);
    assert_eq!((overview.targets.len(), overview.judgements.len()), (1, 1));
}

#[test]
fn an_assessment_holds_the_themes_it_found() {
    let assessment = Assessment {
        on: day(2),
        finished: true,
        found: names("Condition", &[1, 2]),
        judgements: names("Observation", &[4]),
    };
    let overview = Overview::of(vec![
        held(9, Told::Assessment(assessment)),
        theme(1, "a", "x"),
        target(2, "Demens"),
        theme(3, "a", "y"),
        judgement(4, &[], 2),
    ]);
    let story = &overview.assessments[0];
    assert_eq!((story.themes[0].1.len(), story.targets.len(), story.judgements.len()), (1, 1, 1));
    assert_eq!((overview.themes[0].1.len(), overview.targets.len()), (1, 0));
    assert!(overview.judgements.is_empty(), "the judgement is the assessment's");
    assert!(!overview.is_empty() && Overview::of(Vec::new()).is_empty());
}

#[test]
fn plans_that_name_each_other_in_a_ring_are_still_shown() {
    let overview = Overview::of(vec![plan(1, &[2], &[]), plan(2, &[1], &[]), plan(3, &[3], &[])]);
    assert_eq!(overview.plans.len(), 3);
}

fn any_told() -> impl Strategy<Value = Vec<Held<Told>>> {
    let numbers = prop::collection::vec((0_u8..5, 0_u8..8, 0_u8..8), 0..12);
    numbers.prop_map(|all| {
        let one = |(number, (kind, a, b)): (u8, (u8, u8, u8))| match kind {
            0 => plan(number, &[a], &[b]),
            1 => plan(number, &[], &[a, b]),
            2 => goal(number, GoalKind::SubGoal, &[a], &[b], State::Running),
            3 => goal(number, GoalKind::Goal, &[b], &[a], State::Ended),
            _ => judgement(number, &[&format!("CarePlan/{a}"), &format!("Goal/{b}")], 3),
        };
        (0_u8..).zip(all).map(one).collect()
    })
}

fn count(stories: &[GoalStory]) -> usize {
    stories.iter().map(|story| 1 + count(&story.steps)).sum()
}

proptest! {
    #[test]
    fn nothing_told_is_lost_whatever_names_what(all in any_told()) {
        let plans = all.iter().filter(|one| matches!(one.it, Told::Plan(_))).count();
        let goals = all.iter().filter(|one| matches!(one.it, Told::Goal(_))).count();
        let overview = Overview::of(all);
        let shown: usize = overview.plans.iter().map(|story| 1 + story.parts.len()).sum();
        prop_assert!(shown >= plans, "{} of {} plans", shown, plans);
        let of_plans: usize = overview.plans.iter().map(|story| count(&story.goals)).sum();
        prop_assert!(of_plans + count(&overview.goals) >= goals);
    }

    #[test]
    fn it_is_told_the_same_in_whatever_order_it_arrived(all in any_told()) {
        let mut turned = all.clone();
        turned.reverse();
        prop_assert_eq!(Overview::of(all), Overview::of(turned));
    }
}
