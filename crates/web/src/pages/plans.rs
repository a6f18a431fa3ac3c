//! Handlingsplaner: the overview, and the page of one plan, goal, assessment or what else was written. Both are made of
//! the same blocks: a heading, what it means, and lines. It refuses to decide what belongs together; that is told.

mod blocks;
mod overview;

use super::record::{Tab, TabLink};
use super::{Frame, paths};
use askama::Template;
use blocks::{Block, Writer, period, state_words};
use borgerportal_domain::items::Held;
use borgerportal_domain::plans::{
    AssessmentStory, GoalStory, Judgement, Overview, PlanStory, Request, Theme,
};
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What people wrote, by item.
pub(super) type Texts = BTreeMap<ItemId, Vec<String>>;

/// `/p/{journal}/plans`
#[derive(Clone, Debug, Template)]
#[template(path = "plans/list.html")]
pub struct PlansPage<'a> {
    /// What stands around it; `journal` must be set.
    pub frame: Frame<'a>,
    /// What this reader may see, block by block; none where there is nothing.
    pub blocks: Vec<Block<'a>>,
}

/// `/p/{journal}/plans/{item}`
#[derive(Clone, Debug, Template)]
#[template(path = "plans/one.html")]
pub struct PlanPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// Its name.
    pub title: String,
    /// What kind of thing it is, in plain words.
    pub meaning: &'static str,
    /// Its facts.
    pub facts: Vec<(&'static str, String)>,
    /// What people wrote in it.
    pub texts: &'a [String],
    /// What belongs to it.
    pub blocks: Vec<Block<'a>>,
}

impl<'a> PlansPage<'a> {
    /// The page of what this reader may see.
    #[must_use]
    pub fn of(frame: Frame<'a>, journal: JournalId, overview: &'a Overview) -> Self {
        Self { blocks: overview::blocks(&Writer::new(frame, journal, None), overview), frame }
    }

    /// The page's name.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        self.frame.say_whose("plans-title", "plans-title-other")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The tabs.
    #[must_use]
    pub fn tabs(&self) -> Vec<TabLink> {
        self.frame.record_tabs(Tab::Plans)
    }
}

impl<'a> PlanPage<'a> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.title
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Where the back link leads.
    #[must_use]
    pub fn back(&self) -> String {
        paths::plans(self.journal)
    }

    /// The page of a plan.
    #[must_use]
    pub fn plan(frame: Frame<'a>, journal: JournalId, story: &'a PlanStory, texts: &'a Texts) -> Self {
        let (writer, plan) = (Writer::new(frame, journal, Some(texts)), &story.plan.it);
        let targets: Vec<&str> = story.targets.iter().map(|target| frame.term(target)).collect();
        let facts = [
            ("plan-fact-state", Some(state_words(&frame, plan.state).to_owned())),
            ("plan-fact-period", period(&frame, plan.from, plan.to)),
            ("plan-fact-targets", Some(targets.join(", ")).filter(|targets| !targets.is_empty())),
        ];
        let (over, now): (Vec<&GoalStory>, Vec<&GoalStory>) =
            story.goals.iter().partition(|goal| goal.goal.it.state.is_over());
        let help = plan.help.iter().map(|help| writer.help(help));
        let (follow_ups, needs): (Vec<_>, Vec<_>) = story.judgements.iter().partition(|one| one.it.follow_up);
        let blocks = vec![
            writer.block("plan-goals", now.into_iter().map(|goal| writer.goal(goal)).collect()),
            writer.block("plan-help", help.chain(story.parts.iter().map(|part| writer.part(part))).collect()),
            writer.block("plan-support", needs.into_iter().map(|one| writer.judgement(one)).collect()),
            writer.block("plan-followed", follow_ups.into_iter().map(|one| writer.judgement(one)).collect()),
            writer.block("plan-goals-over", over.into_iter().map(|goal| writer.goal(goal)).collect()),
        ];
        let texts = writer.texts(story.plan.id);
        Self::page(frame, journal, (writer.plan_name(story), "explain-plan"), facts.into(), (texts, blocks))
    }

    /// The page of a goal.
    #[must_use]
    pub fn goal(frame: Frame<'a>, journal: JournalId, story: &'a GoalStory, texts: &'a Texts) -> Self {
        let (writer, goal) = (Writer::new(frame, journal, Some(texts)), &story.goal.it);
        let facts = [
            ("plan-fact-kind", Some(blocks::kind_words(&frame, goal.kind).to_owned())),
            ("plan-fact-aim", goal.aim.as_ref().map(|aim| writer.with_meaning(aim))),
            ("plan-fact-expected", goal.expected.as_ref().map(|level| frame.term(level).to_owned())),
            ("plan-fact-state", Some(state_words(&frame, goal.state).to_owned())),
        ];
        let blocks = vec![
            writer.block("plan-themes", story.themes.iter().map(|theme| writer.theme(theme)).collect()),
            writer.block("plan-steps", story.steps.iter().map(|step| writer.goal(step)).collect()),
            writer.block("plan-followed", story.judgements.iter().map(|one| writer.judgement(one)).collect()),
        ];
        let texts = writer.texts(story.goal.id);
        let name = (writer.goal_name(story), blocks::kind_meaning(goal.kind));
        Self::page(frame, journal, name, facts.into(), (texts, blocks))
    }

    /// The page of an assessment.
    #[must_use]
    pub fn assessment(
        frame: Frame<'a>,
        journal: JournalId,
        story: &'a AssessmentStory,
        texts: &'a Texts,
    ) -> Self {
        let (writer, it) = (Writer::new(frame, journal, Some(texts)), &story.assessment.it);
        let targets: Vec<&str> = story.targets.iter().map(|target| frame.term(target)).collect();
        let state = if it.finished { "assessment-finished" } else { "assessment-running" };
        let facts = [
            ("plan-fact-date", Some(frame.day(&it.on))),
            ("plan-fact-state", Some(frame.say(state).to_owned())),
            ("plan-fact-targets", Some(targets.join(", ")).filter(|targets| !targets.is_empty())),
        ];
        let mut blocks = vec![
            writer.block("plan-support", story.judgements.iter().map(|one| writer.judgement(one)).collect()),
        ];
        blocks.extend(writer.themes(&story.themes));
        let texts = writer.texts(story.assessment.id);
        let name = (frame.say("assessment-name").to_owned(), "explain-vum-assessment");
        Self::page(frame, journal, name, facts.into(), (texts, blocks))
    }

    /// The page of a theme.
    #[must_use]
    pub fn theme(frame: Frame<'a>, journal: JournalId, theme: &'a Held<Theme>, texts: &'a Texts) -> Self {
        let it = &theme.it;
        let facts = [
            ("plan-fact-group", Some(frame.term(&it.group).to_owned())),
            ("plan-fact-level", it.level.as_ref().map(|level| frame.term(level).to_owned())),
        ];
        let mut page =
            Self::note(frame, journal, (frame.term(&it.what), it.on), facts.into(), (theme.id, texts));
        page.meaning = frame.meaning(&it.what);
        page
    }

    /// The page of a judgement or follow-up.
    #[must_use]
    pub fn judgement(
        frame: Frame<'a>,
        journal: JournalId,
        one: &'a Held<Judgement>,
        texts: &'a Texts,
    ) -> Self {
        let said = one.it.said.as_ref();
        let facts = [("plan-fact-said", said.map(|said| frame.term(said).to_owned()))];
        let name = (blocks::judgement_name(&frame, &one.it), one.it.on);
        let mut page = Self::note(frame, journal, name, facts.into(), (one.id, texts));
        page.meaning = said.map_or("", |said| frame.meaning(said));
        page
    }

    /// The page of a request.
    #[must_use]
    pub fn request(frame: Frame<'a>, journal: JournalId, one: &'a Held<Request>, texts: &'a Texts) -> Self {
        let asked: Vec<&str> = one.it.what.iter().map(|what| frame.term(what)).collect();
        let facts = [("plan-fact-asked", Some(asked.join(", ")).filter(|asked| !asked.is_empty()))];
        let name = (frame.say("request-name"), one.it.on);
        Self::note(frame, journal, name, facts.into(), (one.id, texts))
    }

    /// Something that was written on a day.
    fn note(
        frame: Frame<'a>,
        journal: JournalId,
        (name, on): (&str, Date),
        mut facts: Vec<(&'static str, Option<String>)>,
        (id, texts): (ItemId, &'a Texts),
    ) -> Self {
        facts.push(("plan-fact-date", Some(frame.day(&on))));
        let texts = texts.get(&id).map_or(&[][..], Vec::as_slice);
        Self::page(frame, journal, (name.to_owned(), ""), facts, (texts, Vec::new()))
    }

    fn page(
        frame: Frame<'a>,
        journal: JournalId,
        (title, meaning): (String, &'static str),
        facts: Vec<(&'static str, Option<String>)>,
        (texts, mut blocks): (&'a [String], Vec<Block<'a>>),
    ) -> Self {
        blocks.retain(|block| !block.lines.is_empty());
        let meaning = if meaning.is_empty() { "" } else { frame.say(meaning) };
        let method = ("plan-fact-method", Some(frame.say("plan-method").to_owned()));
        let facts = facts.into_iter().chain([method]);
        let facts = facts.filter_map(|(key, value)| Some((frame.say(key), value?))).collect();
        Self { frame, journal, title, meaning, facts, texts, blocks }
    }
}
