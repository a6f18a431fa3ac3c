//! Tilstande: the overview and the page of one condition. The plain words come first, the professional ones after. It
//! refuses to decide what is in focus; that is told.

use super::plot::Plot;
use super::record::{self, Tab, TabLink};
use super::{Frame, paths};
use askama::Template;
use borgerportal_domain::conditions::{Branch, Goal, Information, Level, Overview, Step, Story};
use borgerportal_domain::items::Held;
use borgerportal_domain::terms::Term;
use borgerportal_domain::{ItemId, JournalId};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// `/p/{journal}/conditions`
#[derive(Clone, Debug, Template)]
#[template(path = "conditions/list.html")]
pub struct ConditionsPage<'a> {
    /// What stands around it; `journal` must be set.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// What this reader may see.
    pub overview: &'a Overview,
}

/// `/p/{journal}/conditions/{item}` of a condition.
#[derive(Clone, Debug, Template)]
#[template(path = "conditions/one.html")]
pub struct ConditionPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// The condition.
    pub story: &'a Story,
    /// What people wrote, by item.
    pub texts: &'a BTreeMap<ItemId, Vec<String>>,
}

/// `/p/{journal}/conditions/{item}` of something else that was written.
#[derive(Clone, Debug, Template)]
#[template(path = "conditions/information.html")]
pub struct InformationPage<'a> {
    /// What stands around it.
    pub frame: Frame<'a>,
    /// The journal in view.
    pub journal: JournalId,
    /// What it is about.
    pub information: &'a Information,
    /// What people wrote.
    pub texts: &'a [String],
}

/// A fact: its name and what it is.
pub(super) type Fact = (&'static str, String);

impl Frame<'_> {
    /// "Svære begrænsninger (3 på en skala fra 0 til 4)".
    fn level(&self, level: &Level) -> String {
        let words = self.term(&level.what);
        // The English names bear the number themselves.
        let bare = words.rsplit_once(" (").map_or(words, |(bare, _)| bare);
        match level.height {
            Some(height) => {
                let height = u32::from(height);
                self.texts().with("level-of", &[("words", bare.into()), ("height", height.into())])
            }
            None => bare.to_owned(),
        }
    }
}

impl ConditionsPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> Cow<'static, str> {
        self.frame.say_whose("conditions-title", "conditions-title-other")
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// The tabs.
    #[must_use]
    pub fn tabs(&self) -> Vec<TabLink> {
        self.frame.record_tabs(Tab::Conditions)
    }

    /// "Hverdagen", "Helbredet" …
    #[must_use]
    pub fn branch(&self, branch: &Branch) -> &'static str {
        self.frame.say(match branch {
            Branch::Everyday => "branch-everyday",
            Branch::Health => "branch-health",
            Branch::Rehabilitation => "branch-rehabilitation",
            Branch::Prevention => "branch-prevention",
            Branch::Aids => "branch-aids",
            Branch::Children => "branch-children",
            Branch::Young => "branch-young",
            Branch::Other => "branch-other",
        })
    }

    /// The address of one.
    #[must_use]
    pub fn path(&self, item: &ItemId) -> String {
        paths::condition(self.journal, *item)
    }

    /// How it is now, what is expected, when it was followed up.
    #[must_use]
    pub fn line(&self, story: &Story) -> String {
        let (frame, it) = (&self.frame, &story.condition.it);
        let with = |key, what: &str| frame.texts().with(key, &[("what", what.into())]);
        let mut parts = Vec::new();
        if !it.ended {
            parts.extend(it.level.as_ref().map(|level| with("line-now", &frame.level(level))));
            parts.extend(story.expected().map(|level| with("line-expected", &frame.level(level))));
        }
        match (it.ended, story.followed_up()) {
            (true, _) => {
                let last = story.steps.last().map_or(it.noted, |step| step.on);
                parts.push(with("line-ended", &frame.day(&last)));
            }
            (false, Some((on, _))) => parts.push(with("line-followed", &frame.day(&on))),
            (false, None) => parts.push(with("line-noted", &frame.day(&it.noted))),
        }
        parts.join(" · ")
    }
}

impl ConditionPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.frame.term(&self.story.condition.it.what)
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Where the back link leads.
    #[must_use]
    pub fn back(&self) -> String {
        paths::conditions(self.journal)
    }

    /// What it means.
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        self.frame.meaning(&self.story.condition.it.what)
    }

    /// Where the glossary explains it.
    #[must_use]
    pub fn glossary(&self) -> Option<String> {
        self.frame.glossary_path(&self.story.condition.it.what)
    }

    /// The facts of it, plain words before professional ones.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        let (frame, it) = (&self.frame, &self.story.condition.it);
        let say = |term: &Term| {
            let meaning = frame.meaning(term);
            if meaning.is_empty() { frame.term(term).to_owned() } else { meaning.to_owned() }
        };
        let level = |level: &Level| {
            let meaning = frame.meaning(&level.what);
            format!("{}. {meaning}", frame.level(level)).trim_end().to_owned()
        };
        let aim = self.story.goals.iter().filter(|goal| !goal.it.ended).find_map(|goal| goal.it.aim.as_ref());
        let facts = [
            ("condition-level", it.level.as_ref().map(level)),
            ("condition-expected", self.story.expected().map(level)),
            ("condition-performance", self.story.performance.as_ref().map(say)),
            ("condition-meaning", self.story.meaning.as_ref().map(say)),
            ("condition-aim", aim.map(say)),
            ("condition-noted", Some(frame.day(&it.noted))),
            ("condition-state", it.ended.then(|| frame.say("condition-ended").to_owned())),
            ("condition-term", frame.professional(&it.what).map(str::to_owned)),
            ("condition-area", Some(frame.term(&it.area).to_owned()).filter(|area| !area.is_empty())),
            ("condition-method", record::method(&it.what.key).map(str::to_owned)),
        ];
        facts.into_iter().filter_map(|(key, value)| Some((frame.say(key), value?))).collect()
    }

    /// The picture, where there is something to draw.
    #[must_use]
    pub fn plot(&self) -> Option<Plot> {
        Plot::of(self.story)
    }

    /// What the picture shows, for those who do not see it.
    #[must_use]
    pub fn plot_words(&self, plot: &Plot) -> String {
        let height = |at: Option<&super::plot::Point>| u32::from(at.map_or(0, |point| point.height));
        let (from, to) = (self.frame.day(&plot.from), self.frame.day(&plot.to));
        let args = [
            ("from", (&from).into()),
            ("to", (&to).into()),
            ("first", height(plot.points.first()).into()),
            ("last", height(plot.points.last()).into()),
        ];
        self.frame.texts().with("plot-label", &args)
    }

    /// "0 ingen" … "4 totale".
    #[must_use]
    pub fn plot_level(&self, height: &u8) -> &'static str {
        self.frame.say(match height {
            0 => "plot-0",
            1 => "plot-1",
            2 => "plot-2",
            3 => "plot-3",
            _ => "plot-4",
        })
    }

    /// The days for the table, newest first.
    #[must_use]
    pub fn days(&self) -> Vec<&Step> {
        self.story.steps.iter().rev().collect()
    }

    /// Level and results of a day, in words; the level as briefly as beside the picture, for a cell is narrow.
    #[must_use]
    pub fn cells(&self, step: &Step) -> (String, String) {
        let brief = |level: &Level| match level.height {
            Some(height) => self.plot_level(&height).to_owned(),
            None => self.frame.level(level),
        };
        let level = step.level.as_ref().map(brief).unwrap_or_default();
        let results: Vec<&str> = step.results.iter().map(|result| self.frame.term(result)).collect();
        (level, results.join(". "))
    }

    /// What was written on a day.
    #[must_use]
    pub fn written(&self, step: &Step) -> Vec<&str> {
        let texts = step.items.iter().filter_map(|item| self.texts.get(&item.id));
        texts.flatten().map(String::as_str).collect()
    }

    /// Whether anything was written on any day.
    #[must_use]
    pub fn has_texts(&self) -> bool {
        self.story.steps.iter().any(|step| !self.written(step).is_empty())
    }

    /// What was written of a goal.
    #[must_use]
    pub fn goal_texts(&self) -> Vec<&str> {
        let texts = |goal: &Held<Goal>| self.texts.get(&goal.id);
        self.story.goals.iter().filter_map(texts).flatten().map(String::as_str).collect()
    }
}

impl InformationPage<'_> {
    /// The page's name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.frame.term(&self.information.what)
    }

    /// Never a form here.
    #[must_use]
    pub const fn has_error(&self) -> bool {
        false
    }

    /// Where the back link leads.
    #[must_use]
    pub fn back(&self) -> String {
        paths::conditions(self.journal)
    }
}
