//! Samples of Tilstande and Handlingsplaner, put together by the domain from what a record system would tell.

use super::super::{
    ConditionPage, ConditionsPage, GlossaryPage, InformationPage, PlanPage, PlansPage, Topic, TopicPage,
    plans,
};
use super::{Here, inger, item, journal, mette, outside, parent};
use crate::pages::Rights;
use borgerportal_domain::conditions::{
    Branch, Condition, Goal, Information, Level, Overview, Remark, Said, Story, Told,
};
use borgerportal_domain::items::Held;
use borgerportal_domain::plans as plan;
use borgerportal_domain::terms::Term;
use borgerportal_domain::{Date, ItemId};
use borgerportal_fhir::terms::of_key;
use borgerportal_i18n::Lang;
use std::collections::BTreeMap;
use std::sync::LazyLock;

fn term(key: &str) -> Term {
    of_key(key).map_or_else(|| Term::new("", key.to_owned()), |concept| concept.term())
}

fn level(height: u8) -> Level {
    Level {
        what: term(["B1", "B2", "B3", "B4", "B5"].get(usize::from(height)).copied().unwrap_or("B6")),
        height: Some(height),
    }
}

const fn day(month: i8, day: i8) -> Date {
    Date::constant(2025, month, day)
}

fn held<T>(number: u8, it: T) -> Held<T> {
    Held { id: item(number), has_text: number.is_multiple_of(2), it }
}

fn condition(number: u8, key: &str, height: Option<u8>, ended: bool) -> Held<Told> {
    let concept = of_key(key);
    let area =
        concept.and_then(|concept| concept.above()).map_or_else(|| Term::new("", ""), |area| area.term());
    let branch = if height.is_some() { Branch::Everyday } else { Branch::Health };
    let name = format!("Condition/{number}");
    let (what, level) = (term(key), height.map(level));
    held(number, Told::Condition(Condition { name, what, area, branch, level, noted: day(3, 4), ended }))
}

fn remark(number: u8, about: u8, said: Said, on: Date) -> Held<Told> {
    held(number, Told::Remark(Remark { about: vec![format!("Condition/{about}")], said, on }))
}

/// Inger walks with trouble, then with less; her wound is looked after; she eats well again.
static TYPICAL: LazyLock<Overview> = LazyLock::new(|| {
    let goal = Goal {
        about: vec!["Condition/1".to_owned()],
        expected: Some(level(1)),
        aim: Some(term("e182c5dc-9f91-474a-92e8-f62be3d498f4")),
        from: day(3, 4),
        ended: false,
    };
    let information = Said::Information { what: term("F2"), found: None };
    Overview::of(vec![
        condition(1, "J3.8", Some(3), false),
        condition(2, "J1.1", Some(3), false),
        condition(3, "J2.1", Some(4), false),
        condition(4, "I4.6", None, false),
        condition(5, "I7.1", None, false),
        condition(6, "I3.3", None, true),
        held(7, Told::Goal(goal)),
        remark(8, 1, Said::Level(level(3)), day(6, 2)),
        remark(9, 1, Said::FollowUp(term("E1")), day(6, 2)),
        remark(10, 1, Said::FollowUp(term("E1")), day(8, 1)),
        remark(11, 1, Said::Level(level(2)), day(11, 3)),
        remark(12, 1, Said::FollowUp(term("E2")), day(11, 3)),
        remark(13, 1, Said::Performance(term("C2")), day(11, 3)),
        remark(14, 1, Said::Meaning(term("D2")), day(11, 3)),
        remark(15, 4, Said::FollowUp(term("E1")), day(10, 1)),
        remark(16, 99, information, day(5, 5)),
    ])
});

/// A story with three levels, a follow-up without one, and a goal.
pub(in super::super) fn walking() -> Story {
    TYPICAL.stories().find(|story| story.condition.it.what.key == "J3.8").cloned().unwrap_or_else(|| {
        let condition = Condition {
            name: String::new(),
            what: term("J3.8"),
            area: term("J3"),
            branch: Branch::Everyday,
            level: None,
            noted: day(3, 4),
            ended: false,
        };
        Story {
            condition: held(1, condition),
            performance: None,
            meaning: None,
            goals: vec![],
            steps: vec![],
        }
    })
}

static WALKING: LazyLock<Story> = LazyLock::new(walking);
static EMPTY: LazyLock<Overview> = LazyLock::new(Overview::default);
static WOUND: LazyLock<Story> = LazyLock::new(|| {
    TYPICAL.stories().find(|story| story.condition.it.what.key == "I4.6").cloned().unwrap_or_else(walking)
});
static TEXTS: LazyLock<BTreeMap<ItemId, Vec<String>>> = LazyLock::new(|| {
    let text = |number: u8, text: &str| (item(number), vec![text.to_owned()]);
    BTreeMap::from([
        text(1, "Går med rollator. <b>xyz\nTræder forsigtigt på højre ben."),
        text(4, "Såret er 2 cm."),
        text(7, "Vil gerne kunne gå til købmanden."),
        text(12, "Går nu selv til postkassen."),
        text(32, "Amir vil gerne kunne åbne sin post."),
        text(36, "Det er gået godt. Han har selv åbnet to breve."),
        text(40, "Tre timer om ugen i et år."),
        text(44, "Post bliver liggende."),
    ])
});
static INFORMATION: LazyLock<Information> =
    LazyLock::new(|| Information { what: term("F2"), found: None, on: day(5, 5) });
static WRITTEN: LazyLock<Vec<String>> =
    LazyLock::new(|| vec!["Vil gerne blive i huset og passe haven.".to_owned()]);

impl ConditionsPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let typical = Self { frame: inger(lang, Here::Documents), journal: journal(), overview: &TYPICAL };
        let relative = mette(lang, Here::Documents, Rights::Read);
        vec![
            ("empty", Self { overview: &EMPTY, ..typical.clone() }),
            ("relative", Self { frame: relative, ..typical.clone() }),
            ("parent", Self { frame: parent(lang, Here::Documents, true), ..typical.clone() }),
            ("typical", typical),
        ]
    }
}

impl ConditionPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let (frame, journal) = (inger(lang, Here::Documents), journal());
        let typical = Self { frame, journal, story: &WALKING, texts: &TEXTS };
        let relative = mette(lang, Here::Documents, Rights::ReadAndAct);
        vec![("health", Self { frame: relative, story: &WOUND, ..typical.clone() }), ("typical", typical)]
    }
}

impl InformationPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let frame = inger(lang, Here::Documents);
        vec![("typical", Self { frame, journal: journal(), information: &INFORMATION, texts: &WRITTEN })]
    }
}

/// Amir's plan: help with mail and money, a goal with two steps, an assessment, and how it went.
static AMIR: LazyLock<plan::Overview> = LazyLock::new(|| {
    let names = |kind: &str, numbers: &[u8]| -> Vec<String> {
        numbers.iter().map(|number| format!("{kind}/{number}")).collect()
    };
    let theme = |number: u8, key: &str, group: &str, level: Option<&str>| {
        let level = level.map(term);
        let name = format!("Condition/{number}");
        held(
            number,
            plan::Told::Theme(plan::Theme {
                name,
                what: term(key),
                group: term(group),
                level,
                on: day(1, 9),
            }),
        )
    };
    let goal = |number: u8, kind, title: &str, part_of: &[u8], state| {
        let (develop, slight) =
            ("d41c8072-52f8-42b5-9375-ddbea454d27f", "8328ce4a-6238-4f73-bf1a-74aadb68eff8");
        held(
            number,
            plan::Told::Goal(plan::Goal {
                name: format!("Goal/{number}"),
                kind,
                title: title.to_owned(),
                aim: (kind == plan::GoalKind::Goal).then(|| term(develop)),
                expected: (kind == plan::GoalKind::Goal).then(|| term(slight)),
                about: names("Condition", &[44, 45]),
                part_of: names("Goal", part_of),
                state,
            }),
        )
    };
    let part = |number: u8, title: &str, help: &[&str], part_of: &[u8], state| {
        held(
            number,
            plan::Told::Plan(plan::Plan {
                name: format!("CarePlan/{number}"),
                title: title.to_owned(),
                help: help.iter().map(|key| term(key)).collect(),
                from: Some(day(2, 1)),
                to: if state == plan::State::Ended { Some(day(9, 1)) } else { None },
                state,
                targets: names("Condition", &[46]),
                goals: if part_of.is_empty() { names("Goal", &[31, 32]) } else { Vec::new() },
                judgements: names("Observation", &[35]),
                part_of: names("CarePlan", part_of),
            }),
        )
    };
    let judgement = |number: u8, what: Option<&str>, said: &str, on, about: &[u8]| {
        let about = names("CarePlan", about);
        let (what, said, follow_up) = (what.map(term), Some(term(said)), what.is_none());
        let name = format!("Observation/{number}");
        held(number, plan::Told::Judgement(plan::Judgement { name, what, said, follow_up, about, on }))
    };
    let assessment = plan::Assessment {
        on: day(1, 9),
        finished: true,
        found: names("Condition", &[44, 45]),
        judgements: names("Observation", &[35]),
    };
    let support = Some("effe55c7-572c-4a99-8fb4-2a9dda2f6572");
    let (tasks, society) = ("eef71492-65f5-4297-aa95-3c3a6866ddef", "dfbe6ff6-223b-436a-b864-8ba29bda41e2");
    plan::Overview::of(vec![
        theme(
            44,
            "8bef71de-55b5-47fe-b438-18ac769106b3",
            society,
            Some("5bdde847-2837-416b-ab63-bbff8b7aa531"),
        ),
        theme(
            45,
            "b947f321-7cdb-4b33-9653-f3ff800572b0",
            tasks,
            Some("8328ce4a-6238-4f73-bf1a-74aadb68eff8"),
        ),
        held(
            46,
            plan::Told::Target(plan::Target {
                name: "Condition/46".to_owned(),
                what: term("9b3fd322-a75a-4ed8-9b74-425fa1e01c95"),
            }),
        ),
        goal(
            31,
            plan::GoalKind::Wish,
            "at kunne åbne min post uden at få ondt i maven",
            &[],
            plan::State::Running,
        ),
        goal(32, plan::GoalKind::Goal, "holder styr på post og penge", &[], plan::State::Running),
        goal(33, plan::GoalKind::SubGoal, "åbner sin post hver mandag", &[32], plan::State::Ended),
        goal(34, plan::GoalKind::SubGoal, "", &[32], plan::State::Planned),
        judgement(35, support, "401a397b-b3aa-4ca3-8b23-bd8f99dd3f76", day(1, 9), &[]),
        judgement(36, None, "1e971d84-10a4-4ef8-a8b3-0daa4c7d088a", day(10, 3), &[40]),
        held(38, plan::Told::Request(plan::Request { what: vec![], on: day(1, 2) })),
        held(39, plan::Told::Assessment(assessment)),
        part(40, "Bostøtte", &[], &[], plan::State::Running),
        part(41, "", &["638f44df-6bf2-47f8-9935-b8fdc83e5bf5"], &[40], plan::State::Running),
        part(42, "Kontaktperson", &[], &[], plan::State::Ended),
        goal(43, plan::GoalKind::Goal, "", &[], plan::State::Ended),
    ])
});
static NO_PLANS: LazyLock<plan::Overview> = LazyLock::new(plan::Overview::default);

impl PlansPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let frame = inger(lang, Here::Documents);
        let relative = mette(lang, Here::Documents, Rights::Read);
        vec![
            ("empty", Self::of(frame, journal(), &NO_PLANS)),
            ("relative", Self::of(relative, journal(), &AMIR)),
            ("typical", Self::of(frame, journal(), &AMIR)),
        ]
    }
}

impl PlanPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let (frame, journal, texts): (_, _, &'static plans::Texts) =
            (inger(lang, Here::Documents), journal(), &TEXTS);
        let relative = mette(lang, Here::Documents, Rights::Read);
        let mut pages = Vec::new();
        for story in &AMIR.plans {
            let name = if story.plan.it.state.is_over() { "ended" } else { "plan" };
            pages.push((name, Self::plan(frame, journal, story, texts)));
            let named = story.goals.iter().zip(["wish", "goal"]);
            pages.extend(named.map(|(goal, name)| (name, Self::goal(relative, journal, goal, texts))));
        }
        for story in &AMIR.assessments {
            pages.push(("assessment", Self::assessment(frame, journal, story, texts)));
            let theme = story.themes.first().and_then(|(_, themes)| themes.first());
            pages.extend(theme.map(|theme| ("theme", Self::theme(frame, journal, theme, texts))));
            let one = story.judgements.first();
            pages.extend(one.map(|one| ("judgement", Self::judgement(frame, journal, one, texts))));
        }
        pages.extend(AMIR.requests.first().map(|one| ("request", Self::request(frame, journal, one, texts))));
        pages
    }
}

impl GlossaryPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        vec![("topics", Self { frame: outside(lang) })]
    }
}

impl TopicPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        Topic::ALL.map(|topic| (topic.word(), Self { frame: outside(lang), topic })).into()
    }
}
