//! The overview of Handlingsplaner: plans and goals in force first, then what was found out, then history.

use super::blocks::{Block, Line, Writer};
use borgerportal_domain::plans::{GoalStory, Overview, PlanStory};

pub(super) fn blocks<'a>(writer: &Writer<'a>, overview: &'a Overview) -> Vec<Block<'a>> {
    let (plans_over, plans): (Vec<&PlanStory>, Vec<&PlanStory>) =
        overview.plans.iter().partition(|story| story.plan.it.state.is_over());
    let (goals_over, goals): (Vec<&GoalStory>, Vec<&GoalStory>) =
        overview.goals.iter().partition(|story| story.goal.it.state.is_over());
    let lines = |plans: Vec<&'a PlanStory>| plans.into_iter().map(|plan| writer.plan(plan));
    let goal_lines = |goals: Vec<&'a GoalStory>| goals.into_iter().map(|goal| writer.goal(goal));
    let judgements = overview.judgements.iter().map(|one| writer.judgement(one));
    let targets = overview.targets.iter().map(|target| writer.help(target));
    let mut blocks = vec![
        writer.explained("plans-now", "explain-plan", lines(plans).collect()),
        writer.explained("plans-goals", "explain-goal", goal_lines(goals).collect()),
        writer.explained("plans-judgements", "explain-judgements", judgements.collect()),
        writer.explained("plans-assessments", "explain-vum-assessment", assessments(writer, overview)),
        writer.explained("plans-targets", "explain-targets", targets.collect()),
    ];
    blocks.extend(writer.themes(&overview.themes));
    blocks.push(writer.explained("plans-requests", "explain-requests", requests(writer, overview)));
    blocks.push(writer.block("plans-before", lines(plans_over).chain(goal_lines(goals_over)).collect()));
    blocks.retain(|block| !block.lines.is_empty());
    blocks
}

fn assessments<'a>(writer: &Writer<'a>, overview: &'a Overview) -> Vec<Line<'a>> {
    let frame = writer.frame();
    let line = |story: &'a borgerportal_domain::plans::AssessmentStory| {
        let it = &story.assessment.it;
        let themes: usize = story.themes.iter().map(|(_, themes)| themes.len()).sum();
        let count = frame.texts().with("assessment-themes", &[("count", themes.into())]);
        Line {
            name: frame.say("assessment-name").into(),
            href: Some(writer.path(story.assessment.id)),
            meta: format!("{} · {count}", frame.day(&it.on)),
            badge: (!it.finished).then(|| frame.say("assessment-running")),
            ..Line::default()
        }
    };
    overview.assessments.iter().map(line).collect()
}

fn requests<'a>(writer: &Writer<'a>, overview: &'a Overview) -> Vec<Line<'a>> {
    let frame = writer.frame();
    let line = |one: &'a borgerportal_domain::items::Held<borgerportal_domain::plans::Request>| {
        let asked: Vec<&str> = one.it.what.iter().map(|what| frame.term(what)).collect();
        let name = if asked.is_empty() { frame.say("request-name").to_owned() } else { asked.join(", ") };
        let href = if one.has_text { Some(writer.path(one.id)) } else { None };
        Line { name: name.into(), href, meta: frame.day(&one.it.on), ..Line::default() }
    };
    overview.requests.iter().map(line).collect()
}
