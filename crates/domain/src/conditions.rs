//! Tilstande: what the municipality has noted of a person's health and everyday life after Fælles Sprog III, put
//! together for reading: what is in focus now, what was before, and how a level has gone. It refuses texts that
//! people wrote, which stay in the resource, and guesses: what names no condition is told of none.

mod together;

#[cfg(test)]
mod tests;

use crate::items::Held;
use crate::terms::Term;
use crate::time::Date;

/// How much a person is limited in something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// What it is called.
    pub what: Term,
    /// 0 (not at all) to 4 (totally); "not relevant" has no place on the scale.
    pub height: Option<u8>,
}

impl Level {
    /// The highest place on the scale.
    pub const MAX: u8 = 4;
}

coded_enum! {
    /// The part of the municipality's work a condition is noted in, in reading order.
    pub enum Branch {
        /// Pleje- og omsorgstilstande: everyday life, with a level.
        Everyday = "everyday",
        /// Sygeplejetilstande: health.
        Health = "health",
        /// Genoptræning, § 140.
        Rehabilitation = "rehabilitation",
        /// Sundhedsfremme, § 119.
        Prevention = "prevention",
        /// Hjælpemidler.
        Aids = "aids",
        /// Sundhedsplejen.
        Children = "children",
        /// Lettilgængelige tilbud til børn og unge.
        Young = "young",
        /// A code of no list that is known here.
        Other = "other",
    }
}

/// A condition as it was last told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// `Condition/…`: what goals and follow-ups call it.
    pub name: String,
    /// What it is.
    pub what: Term,
    /// The area it stands in.
    pub area: Term,
    /// Where it is noted.
    pub branch: Branch,
    /// The level now, or when it ended.
    pub level: Option<Level>,
    /// When it was noted, or looked at last if that is told.
    pub noted: Date,
    /// It is not in focus any more.
    pub ended: bool,
}

/// What is aimed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The conditions it is about.
    pub about: Vec<String>,
    /// The level that is expected.
    pub expected: Option<Level>,
    /// Whether it is to go away, lessen or stay.
    pub aim: Option<Term>,
    /// From when.
    pub from: Date,
    /// It counts no more.
    pub ended: bool,
}

/// Something that was noted on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The conditions it is about; none for what is said of the person as a whole.
    pub about: Vec<String>,
    /// What was noted.
    pub said: Said,
    /// When.
    pub on: Date,
}

/// What a remark says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Udførelse: how the person does it.
    Performance(Term),
    /// Betydning: whether the person finds it a problem.
    Meaning(Term),
    /// The level on that day.
    Level(Level),
    /// What a follow-up led to.
    FollowUp(Term),
    /// Something about the person, or about a whole area.
    Information {
        /// What it is about.
        what: Term,
        /// What was found, where that is a code.
        found: Option<Term>,
    },
}

/// One thing of this room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// A condition.
    Condition(Condition),
    /// A goal.
    Goal(Goal),
    /// A remark.
    Remark(Remark),
}

/// A day on which something was said of a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day.
    pub on: Date,
    /// The level that was noted.
    pub level: Option<Level>,
    /// What follow-ups led to, in the order they came.
    pub results: Vec<Term>,
    /// The items of that day, for their texts.
    pub items: Vec<Held<()>>,
}

/// Everything known of one condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// It.
    pub condition: Held<Condition>,
    /// How the person does it, said last.
    pub performance: Option<Term>,
    /// Whether the person finds it a problem, said last.
    pub meaning: Option<Term>,
    /// The goals, those that count first, then the newest.
    pub goals: Vec<Held<Goal>>,
    /// Its days, oldest first.
    pub steps: Vec<Step>,
}

impl Story {
    /// The level that is aimed at now.
    #[must_use]
    pub fn expected(&self) -> Option<&Level> {
        self.goals.iter().filter(|goal| !goal.it.ended).find_map(|goal| goal.it.expected.as_ref())
    }

    /// The last day it was followed up, and what came of it.
    #[must_use]
    pub fn followed_up(&self) -> Option<(Date, &Term)> {
        self.steps.iter().rev().find_map(|step| Some((step.on, step.results.last()?)))
    }
}

/// Conditions of one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its name.
    pub what: Term,
    /// In the order of the list.
    pub stories: Vec<Story>,
}

/// Something said of the person or of an area as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Information {
    /// What it is about.
    pub what: Term,
    /// What was found, where that is a code.
    pub found: Option<Term>,
    /// When.
    pub on: Date,
}

/// The whole room as one reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// In focus: branch by branch, area by area.
    pub now: Vec<(Branch, Vec<Area>)>,
    /// Not any more, the newest first.
    pub before: Vec<Story>,
    /// What is said of the person or of an area as a whole, the newest first.
    pub information: Vec<Held<Information>>,
}

impl Overview {
    /// Puts together what this reader may see; nothing else may come in here.
    #[must_use]
    pub fn of(told: Vec<Held<Told>>) -> Self {
        together::overview(told)
    }

    /// Every story, those in focus first.
    pub fn stories(&self) -> impl Iterator<Item = &Story> {
        let now = self.now.iter().flat_map(|(_, areas)| areas).flat_map(|area| &area.stories);
        now.chain(&self.before)
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.now.is_empty() && self.before.is_empty() && self.information.is_empty()
    }
}
