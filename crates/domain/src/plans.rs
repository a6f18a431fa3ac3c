//! Handlingsplaner: the municipality's social case work after Voksenudredningsmetoden (VUM 2.0), put together for
//! reading: what was found out, what is aimed at, what help is given, and how it has gone. It refuses to tie things
//! together that the record system has not tied, and texts longer than a title, which stay in the resource.

mod together;

#[cfg(test)]
mod tests;

use crate::items::Held;
use crate::terms::Term;
use crate::time::Date;

coded_enum! {
    /// How far something has come.
    pub enum State {
        /// Not begun.
        Planned = "planned",
        /// In force.
        Running = "running",
        /// Paused.
        Paused = "paused",
        /// Over.
        Ended = "ended",
        /// Given up before its end.
        Stopped = "stopped",
    }
}

impl State {
    /// Whether it belongs to history.
    #[must_use]
    pub const fn is_over(self) -> bool {
        match self {
            Self::Ended | Self::Stopped => true,
            Self::Planned | Self::Running | Self::Paused => false,
        }
    }
}

coded_enum! {
    /// What kind of goal it is, in reading order.
    pub enum GoalKind {
        /// The citizen's own wishes and goals.
        Wish = "wish",
        /// Indsatsformål: what the help is for.
        Purpose = "purpose",
        /// Indsatsmål.
        Goal = "goal",
        /// Delmål: a step on the way to a goal.
        SubGoal = "sub_goal",
    }
}

/// A theme that was looked at, and how hard it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// `Condition/…`
    pub name: String,
    /// What it is about.
    pub what: Term,
    /// The theme it belongs to.
    pub group: Term,
    /// Level of functioning.
    pub level: Option<Term>,
    /// When it was noted.
    pub on: Date,
}

/// Why the municipality may give support.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// `Condition/…`
    pub name: String,
    /// Which group.
    pub what: Term,
}

/// Something to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// `Goal/…`
    pub name: String,
    /// Which kind.
    pub kind: GoalKind,
    /// Its own words, cut to a title; empty when it has only codes.
    pub title: String,
    /// Whether functioning is to grow, stay or decline slower.
    pub aim: Option<Term>,
    /// The level of functioning that is expected.
    pub expected: Option<Term>,
    /// The themes it is about, the most important first.
    pub about: Vec<String>,
    /// The goals it is a step towards.
    pub part_of: Vec<String>,
    /// How far it has come.
    pub state: State,
}

/// A plan: help that belongs together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// `CarePlan/…`
    pub name: String,
    /// Its own words, cut to a title.
    pub title: String,
    /// The help in it, where it is said in the plan itself.
    pub help: Vec<Term>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// How far it has come.
    pub state: State,
    /// The target groups it rests on.
    pub targets: Vec<String>,
    /// Its goals.
    pub goals: Vec<String>,
    /// Judgements of the need for support.
    pub judgements: Vec<String>,
    /// The plans it is a part of.
    pub part_of: Vec<String>,
}

/// Udredning: what was looked into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// When.
    pub on: Date,
    /// Finished.
    pub finished: bool,
    /// The themes and groups it found.
    pub found: Vec<String>,
    /// Its judgements.
    pub judgements: Vec<String>,
}

/// Something that was said on a day: the need for support, or what a follow-up led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// `Observation/…`
    pub name: String,
    /// What was asked.
    pub what: Option<Term>,
    /// What was said, where it is a code.
    pub said: Option<Term>,
    /// It is a follow-up.
    pub follow_up: bool,
    /// The plans and goals it is about.
    pub about: Vec<String>,
    /// When.
    pub on: Date,
}

/// A request that started it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What was asked for.
    pub what: Vec<Term>,
    /// When.
    pub on: Date,
}

/// One thing of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A theme.
    Theme(Theme),
    /// A target group.
    Target(Target),
    /// A goal.
    Goal(Goal),
    /// A plan.
    Plan(Plan),
    /// An assessment.
    Assessment(Assessment),
    /// A judgement.
    Judgement(Judgement),
    /// A request.
    Request(Request),
}

/// A goal with what it is about and the steps on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalStory {
    /// It.
    pub goal: Held<Goal>,
    /// The themes it is about.
    pub themes: Vec<Held<Theme>>,
    /// Steps towards it.
    pub steps: Vec<GoalStory>,
    /// What was said of it later, newest first.
    pub judgements: Vec<Held<Judgement>>,
}

/// A plan with everything that names it or that it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanStory {
    /// It.
    pub plan: Held<Plan>,
    /// Target groups.
    pub targets: Vec<Term>,
    /// Plans that are parts of it: the single kinds of help.
    pub parts: Vec<Held<Plan>>,
    /// Its goals.
    pub goals: Vec<GoalStory>,
    /// Need for support and follow-ups, newest first.
    pub judgements: Vec<Held<Judgement>>,
}

/// Themes under the theme they belong to.
pub type Themes = Vec<(Term, Vec<Held<Theme>>)>;

/// An assessment with what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssessmentStory {
    /// It.
    pub assessment: Held<Assessment>,
    /// Themes.
    pub themes: Themes,
    /// Target groups.
    pub targets: Vec<Term>,
    /// Judgements, newest first.
    pub judgements: Vec<Held<Judgement>>,
}

/// The whole room as one reader sees it. What is tied to nothing stands for itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Plans, those in force first, then the newest.
    pub plans: Vec<PlanStory>,
    /// Goals that no plan names.
    pub goals: Vec<GoalStory>,
    /// Assessments, newest first.
    pub assessments: Vec<AssessmentStory>,
    /// Themes that no assessment names.
    pub themes: Themes,
    /// Target groups that neither plan nor assessment names.
    pub targets: Vec<Term>,
    /// Judgements of nothing in particular, newest first.
    pub judgements: Vec<Held<Judgement>>,
    /// Requests, newest first.
    pub requests: Vec<Held<Request>>,
}

impl Overview {
    /// Puts together what this reader may see; nothing else may come in here.
    #[must_use]
    pub fn of(told: Vec<Held<Told>>) -> Self {
        together::overview(told)
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
