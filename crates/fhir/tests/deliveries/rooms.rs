//! The official examples, where they are at hand, as the rooms tell them: right Danish labels whichever vocabulary they
//! were written in, goals and follow-ups at their conditions, and the same in whatever order the reports came. Without
//! them each test says that it was skipped; the rooms' own tests cover the same with deliveries of our own.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use borgerportal_domain::Cpr;
use borgerportal_domain::conditions::{self, Level, Story};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::Held;
use borgerportal_domain::plans::{self, GoalStory};
use borgerportal_domain::terms::Term;
use borgerportal_domain::time::copenhagen_date;
use borgerportal_fhir::delivery::{Delivery, Incoming, Room};
use borgerportal_fhir::ingest::{Limits, read};
use borgerportal_fhir::order::Rank;
use borgerportal_fhir::state::{State, fold};

/// The delivery reports of a guide, oldest first.
fn reports(folder: &str) -> Vec<Delivery> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/standards").join(folder).join("examples");
    let Ok(files) = fs::read_dir(&path) else {
        println!("skipped: the official examples are not at {}", path.display());
        return Vec::new();
    };
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    let read = |path| read(&fs::read(path).unwrap(), &Limits::default()).ok();
    files.into_iter().filter_map(read).filter(|delivery| !delivery.citizens.is_empty()).collect()
}

/// What is kept of one citizen in a room, with the items in the order of their names.
fn items<'s>(state: &'s State, cpr: &Cpr, room: Room) -> Vec<(Held<()>, &'s Incoming)> {
    let kept =
        state.kept().filter(|(_, kept)| kept.owner.as_ref() == Some(cpr) && !kept.stamp.rank.is_gone());
    let items = kept.filter_map(|(_, kept)| kept.item.as_ref()).filter(|item| item.room == room);
    let held = |number: u8| Held { id: ItemId::from_bytes([number; 16]), has_text: false, it: () };
    (0..).zip(items).map(|(number, item)| (held(number), item)).collect()
}

fn told_conditions(state: &State, cpr: &Cpr) -> conditions::Overview {
    let told = items(state, cpr, Room::Conditions).into_iter().filter_map(|(held, item)| {
        let head = borgerportal_fhir::conditions::Head::read(&item.entry.as_ref()?.head)?;
        Some(head.told(&held, copenhagen_date(item.sort_at), item.stamp.rank == Rank::Ended))
    });
    conditions::Overview::of(told.collect())
}

fn told_plans(state: &State, cpr: &Cpr) -> plans::Overview {
    let told = items(state, cpr, Room::Plans).into_iter().filter_map(|(held, item)| {
        let head = borgerportal_fhir::plans::Head::read(&item.entry.as_ref()?.head)?;
        Some(head.told(&held, copenhagen_date(item.sort_at)))
    });
    plans::Overview::of(told.collect())
}

fn level(level: Option<&Level>) -> String {
    level.map(|level| format!("{} ({:?})", level.what.label, level.height)).unwrap_or_default()
}

fn label(term: Option<&Term>) -> &str {
    term.map_or("", |term| &term.label)
}

fn write_story(out: &mut String, story: &Story) {
    let it = &story.condition.it;
    let ended = if it.ended { " · tidligere" } else { "" };
    writeln!(out, "  {} {} [{}]{ended}", it.what.key, it.what.label, it.area.label).unwrap();
    let (now, expected) = (level(it.level.as_ref()), level(story.expected()));
    let (does, feels) = (label(story.performance.as_ref()), label(story.meaning.as_ref()));
    if !now.is_empty() || !expected.is_empty() {
        writeln!(out, "    nu {now} · forventet {expected} · {does} · {feels}").unwrap();
    }
    for step in &story.steps {
        let results: Vec<&str> = step.results.iter().map(|result| result.label.as_ref()).collect();
        writeln!(out, "    {} {} {}", step.on, level(step.level.as_ref()), results.join(", ")).unwrap();
    }
}

fn write_goal(out: &mut String, story: &GoalStory, indent: usize) {
    let it = &story.goal.it;
    let themes: Vec<&str> = story.themes.iter().map(|theme| theme.it.what.label.as_ref()).collect();
    let (aim, expected) = (label(it.aim.as_ref()), label(it.expected.as_ref()));
    let pad = " ".repeat(indent);
    writeln!(out, "{pad}{} {} · {aim} · {expected} · {}", it.kind.code(), it.title, themes.join(", "))
        .unwrap();
    story.steps.iter().for_each(|step| write_goal(out, step, indent + 2));
}

fn write_plans(out: &mut String, overview: &plans::Overview) {
    let said = |one: &Held<plans::Judgement>| format!("{} {}", one.it.on, label(one.it.said.as_ref()));
    let labels = |terms: &[Term]| terms.iter().map(|term| term.label.clone()).collect::<Vec<_>>().join(", ");
    for story in &overview.plans {
        let plan = &story.plan.it;
        writeln!(out, "  plan {} {:?} til {}", plan.state.code(), plan.from, labels(&story.targets)).unwrap();
        for part in &story.parts {
            writeln!(out, "    indsats {} {}", labels(&part.it.help), part.it.state.code()).unwrap();
        }
        story.judgements.iter().for_each(|one| writeln!(out, "    {}", said(one)).unwrap());
        story.goals.iter().for_each(|goal| write_goal(out, goal, 4));
    }
    overview.goals.iter().for_each(|goal| write_goal(out, goal, 2));
    for story in &overview.assessments {
        writeln!(out, "  udredning {} færdig {}", story.assessment.it.on, story.assessment.it.finished)
            .unwrap();
        for (group, themes) in &story.themes {
            for theme in themes {
                let (what, level) = (&theme.it.what.label, label(theme.it.level.as_ref()));
                writeln!(out, "    {}: {what} {level}", group.label).unwrap();
            }
        }
        story.judgements.iter().for_each(|one| writeln!(out, "    {}", said(one)).unwrap());
    }
}

/// Every citizen of a guide, as both rooms tell of them.
fn written(reports: &[Delivery], order: impl Iterator<Item = usize>) -> String {
    let state = fold(order.filter_map(|at| reports.get(at)));
    let mut owners: Vec<&Cpr> = reports.iter().flat_map(|one| &one.citizens).map(|one| &one.cpr).collect();
    owners.sort_by_key(|cpr| cpr.expose());
    owners.dedup();
    let mut out = String::new();
    for (number, cpr) in owners.into_iter().enumerate() {
        let (conditions, plans) = (told_conditions(&state, cpr), told_plans(&state, cpr));
        if conditions.is_empty() && plans.is_empty() {
            continue;
        }
        writeln!(out, "citizen {number}").unwrap();
        conditions.stories().for_each(|story| write_story(&mut out, story));
        for one in &conditions.information {
            writeln!(out, "  om {} {} {}", one.it.what.label, label(one.it.found.as_ref()), one.it.on)
                .unwrap();
        }
        write_plans(&mut out, &plans);
    }
    out
}

#[test]
fn official_reports_are_told_in_the_rooms() {
    for folder in ["kl-gateway", "kl-ffb-reporting", "kl-rehab-140", "kl-prevention-119"] {
        let reports = reports(folder);
        if reports.is_empty() {
            continue;
        }
        let told = written(&reports, 0..reports.len());
        assert_eq!(told, written(&reports, (0..reports.len()).rev()), "{folder} in any order");
        assert!(!told.contains("Ukendt kode"), "{folder}: {told}");
        insta::assert_snapshot!(folder, told);
    }
}

#[test]
fn every_official_condition_is_told_by_the_name_its_list_has_for_it() {
    for folder in
        ["kl-gateway", "kl-ffb-reporting", "kl-rehab-140", "kl-prevention-119", "kl-children", "kl-ltt"]
    {
        let reports = reports(folder);
        let state = fold(&reports);
        for cpr in reports.iter().flat_map(|report| &report.citizens).map(|citizen| &citizen.cpr) {
            for story in told_conditions(&state, cpr).stories() {
                let what = &story.condition.it.what;
                // A hospital's diagnosis is no condition of ours: it is called what the hospital calls it.
                let known = !what.key.is_empty() || ["kl-rehab-140", "kl-prevention-119"].contains(&folder);
                assert!(known && !what.label.contains("Problemer_med"), "{folder}: {what:?}");
            }
        }
    }
}
