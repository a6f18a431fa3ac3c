//! The blocks and lines that the pages of Handlingsplaner are made of, and the words in them.

use super::{Frame, Texts, paths};
use borgerportal_domain::items::Held;
use borgerportal_domain::plans::{GoalKind, GoalStory, Judgement, Plan, PlanStory, State, Theme, Themes};
use borgerportal_domain::terms::Term;
use borgerportal_domain::{ItemId, JournalId};
use borgerportal_i18n::Date;
use std::borrow::Cow;

/// Lines under a heading.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    /// The heading.
    pub heading: Cow<'a, str>,
    /// The method's name, where another method has the same heading.
    pub method: Option<&'static str>,
    /// What it means, in plain words.
    pub meaning: &'static str,
    /// What stands under it.
    pub lines: Vec<Line<'a>>,
}

/// One line.
#[derive(Clone, Debug, Default)]
pub struct Line<'a> {
    /// What it is.
    pub name: Cow<'a, str>,
    /// Its own page, where there is more to read.
    pub href: Option<String>,
    /// What it means, in plain words.
    pub meaning: Cow<'a, str>,
    /// Level, aim, date.
    pub meta: String,
    /// How far it has come, where it is not simply running.
    pub badge: Option<&'static str>,
    /// What people wrote about it.
    pub texts: &'a [String],
}

/// Writes lines; with texts on a page of its own, with links in the overview.
pub(super) struct Writer<'a> {
    frame: Frame<'a>,
    journal: JournalId,
    texts: Option<&'a Texts>,
}

/// "I gang", "Afsluttet" …
pub(super) fn state_words(frame: &Frame<'_>, state: State) -> &'static str {
    frame.say(match state {
        State::Planned => "plan-state-planned",
        State::Running => "plan-state-running",
        State::Paused => "plan-state-paused",
        State::Ended => "plan-state-ended",
        State::Stopped => "plan-state-stopped",
    })
}

/// "Egne ønsker", "Mål" …
pub(super) fn kind_words(frame: &Frame<'_>, kind: GoalKind) -> &'static str {
    frame.say(match kind {
        GoalKind::Wish => "goal-wish",
        GoalKind::Purpose => "goal-purpose",
        GoalKind::Goal => "goal-goal",
        GoalKind::SubGoal => "goal-step",
    })
}

/// The key of what such a goal is.
pub(super) const fn kind_meaning(kind: GoalKind) -> &'static str {
    match kind {
        GoalKind::Wish => "explain-wish",
        GoalKind::Purpose => "explain-purpose",
        GoalKind::Goal => "explain-goal",
        GoalKind::SubGoal => "explain-step",
    }
}

/// "Fra 1. marts 2026 til 1. marts 2027".
pub(super) fn period(frame: &Frame<'_>, from: Option<Date>, to: Option<Date>) -> Option<String> {
    let (from, to) = (from.map(|from| frame.day(&from)), to.map(|to| frame.day(&to)));
    let args =
        |from: &str, to: &str| frame.texts().with("plan-period", &[("from", from.into()), ("to", to.into())]);
    match (from, to) {
        (Some(from), Some(to)) => Some(args(&from, &to)),
        (Some(from), None) => Some(frame.texts().with("plan-from", &[("from", (&from).into())])),
        (None, Some(to)) => Some(frame.texts().with("plan-to", &[("to", (&to).into())])),
        (None, None) => None,
    }
}

/// What a judgement is called: a follow-up, or what was judged.
pub(super) fn judgement_name<'t>(frame: &Frame<'_>, one: &'t Judgement) -> &'t str {
    match &one.what {
        Some(what) => frame.judged(what),
        None => frame.say("followup-name"),
    }
}

impl Frame<'_> {
    /// KL's own codes have long names for what is simply the need for support.
    fn judged<'t>(&self, what: &'t Term) -> &'t str {
        match what.key.as_ref() {
            "effe55c7-572c-4a99-8fb4-2a9dda2f6572" => self.say("judged-support"),
            "053a301d-1bb8-4cc4-b781-87825ecf0ef8" => self.say("judged-situation"),
            "3f7a8ca0-afca-4b0d-8773-a99b5f2f8aaf" => self.say("judged-view"),
            "f52887de-023f-4193-b6b0-4b0a37b1cffc" => self.say("judged-resources"),
            _ => self.term(what),
        }
    }
}

impl<'a> Writer<'a> {
    pub(super) const fn new(frame: Frame<'a>, journal: JournalId, texts: Option<&'a Texts>) -> Self {
        Self { frame, journal, texts }
    }

    pub(super) const fn frame(&self) -> &Frame<'a> {
        &self.frame
    }

    pub(super) fn texts(&self, item: ItemId) -> &'a [String] {
        self.texts.and_then(|texts| texts.get(&item)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn path(&self, item: ItemId) -> String {
        paths::plan(self.journal, item)
    }

    pub(super) fn block(&self, heading: &'static str, lines: Vec<Line<'a>>) -> Block<'a> {
        Block { heading: self.frame.say(heading).into(), method: None, meaning: "", lines }
    }

    pub(super) fn explained(
        &self,
        heading: &'static str,
        meaning: &'static str,
        lines: Vec<Line<'a>>,
    ) -> Block<'a> {
        Block { meaning: self.frame.say(meaning), ..self.block(heading, lines) }
    }

    /// "Udvikle funktionsevne. Målet er at blive bedre til noget."
    pub(super) fn with_meaning(&self, term: &Term) -> String {
        format!("{}. {}", self.frame.term(term), self.frame.meaning(term)).trim_end().to_owned()
    }

    /// A block for each group of themes.
    pub(super) fn themes(&self, themes: &'a Themes) -> Vec<Block<'a>> {
        let block = |(group, themes): &'a (Term, Vec<Held<Theme>>)| Block {
            heading: self.frame.term(group).into(),
            method: self.frame.method(group),
            meaning: self.frame.meaning(group),
            lines: themes.iter().map(|theme| self.theme(theme)).collect(),
        };
        themes.iter().map(block).collect()
    }

    pub(super) fn theme(&self, theme: &'a Held<Theme>) -> Line<'a> {
        let it = &theme.it;
        let level = it.level.as_ref().map(|level| self.frame.term(level));
        Line {
            name: self.frame.term(&it.what).into(),
            href: if self.texts.is_none() && theme.has_text { Some(self.path(theme.id)) } else { None },
            meaning: self.frame.meaning(&it.what).into(),
            meta: level.unwrap_or_default().to_owned(),
            badge: None,
            texts: self.texts(theme.id),
        }
    }

    /// A goal by its own words, or else by its themes.
    pub(super) fn goal_name(&self, story: &GoalStory) -> String {
        let goal = &story.goal.it;
        let themes: Vec<&str> = story.themes.iter().map(|theme| self.frame.term(&theme.it.what)).collect();
        match (goal.title.is_empty(), themes.is_empty()) {
            (false, _) => upper_first(&goal.title),
            (true, false) => themes.join(", "),
            (true, true) => kind_words(&self.frame, goal.kind).to_owned(),
        }
    }

    pub(super) fn goal(&self, story: &'a GoalStory) -> Line<'a> {
        let goal = &story.goal.it;
        let mut meta = vec![kind_words(&self.frame, goal.kind).to_owned()];
        meta.extend(goal.aim.as_ref().map(|aim| self.frame.term(aim).to_owned()));
        if !story.steps.is_empty() {
            let done = story.steps.iter().filter(|step| step.goal.it.state.is_over()).count();
            let args = [("done", done.into()), ("all", story.steps.len().into())];
            meta.push(self.frame.texts().with("goal-steps", &args));
        }
        Line {
            name: self.goal_name(story).into(),
            href: Some(self.path(story.goal.id)),
            meaning: Cow::Borrowed(""),
            meta: meta.join(" · "),
            badge: self.badge(goal.state),
            texts: &[],
        }
    }

    fn badge(&self, state: State) -> Option<&'static str> {
        (state != State::Running).then(|| state_words(&self.frame, state))
    }

    /// A plan by its own words, or else by the help in it.
    pub(super) fn plan_name(&self, story: &PlanStory) -> String {
        let plan = &story.plan.it;
        if !plan.title.is_empty() {
            return upper_first(&plan.title);
        }
        let help = plan.help.iter().chain(story.parts.iter().flat_map(|part| &part.it.help));
        let mut names: Vec<&str> = help.map(|help| self.frame.term(help)).collect();
        names.dedup();
        if names.is_empty() { self.frame.say("plan-name").to_owned() } else { names.join(", ") }
    }

    pub(super) fn plan(&self, story: &'a PlanStory) -> Line<'a> {
        let plan = &story.plan.it;
        Line {
            name: self.plan_name(story).into(),
            href: Some(self.path(story.plan.id)),
            meta: period(&self.frame, plan.from, plan.to).unwrap_or_default(),
            badge: self.badge(plan.state),
            ..Line::default()
        }
    }

    /// A kind of help in the plan itself.
    pub(super) fn help(&self, help: &'a Term) -> Line<'a> {
        Line {
            name: self.frame.term(help).into(),
            meaning: self.frame.meaning(help).into(),
            ..Line::default()
        }
    }

    /// A kind of help that is a plan of its own.
    pub(super) fn part(&self, part: &'a Held<Plan>) -> Line<'a> {
        let names: Vec<&str> = part.it.help.iter().map(|help| self.frame.term(help)).collect();
        let meaning = part.it.help.first().map_or("", |help| self.frame.meaning(help));
        let name = match (names.is_empty(), part.it.title.is_empty()) {
            (false, _) => names.join(", "),
            (true, false) => upper_first(&part.it.title),
            (true, true) => self.frame.say("plan-name").to_owned(),
        };
        Line {
            name: name.into(),
            href: None,
            meaning: meaning.into(),
            meta: period(&self.frame, part.it.from, part.it.to).unwrap_or_default(),
            badge: self.badge(part.it.state),
            texts: self.texts(part.id),
        }
    }

    pub(super) fn judgement(&self, one: &'a Held<Judgement>) -> Line<'a> {
        let said = one.it.said.as_ref();
        let day = self.frame.day(&one.it.on);
        let name = said.map_or_else(|| judgement_name(&self.frame, &one.it), |said| self.frame.term(said));
        Line {
            name: name.into(),
            href: if self.texts.is_none() && one.has_text { Some(self.path(one.id)) } else { None },
            meaning: said.map_or("", |said| self.frame.meaning(said)).into(),
            meta: format!("{} · {day}", judgement_name(&self.frame, &one.it)),
            badge: None,
            texts: self.texts(one.id),
        }
    }
}

/// Titles in records often begin with a small letter.
fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
