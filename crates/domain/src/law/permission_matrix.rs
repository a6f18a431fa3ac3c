//! Who may do what: every kind of caller, every privilege, every circumstance, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::fixtures::{Scene, now};
use super::permission_cases::{
    Case, citizen, guardians, mandate_circumstances, mandate_states, no_relation, parent,
};
use super::permission_claims::claims;
use super::settle;
use crate::access::{Privilege, RefusalCode, decide};

/// Privileges by the name the table gives them; those that go together have one name.
const NAMES: &[(&str, &[Privilege])] = &[
    ("front page", &[Privilege::ReadFrontPage]),
    (
        "read areas",
        &[
            Privilege::ReadDocuments,
            Privilege::ReadConditions,
            Privilege::ReadPlans,
            Privilege::ReadAids,
            Privilege::ReadCalendar,
            Privilege::ReadMessages,
            Privilege::ReadGrants,
        ],
    ),
    ("act", &[Privilege::ActAids, Privilege::ActCalendar, Privilege::ActMessages]),
    ("own acts", &[Privilege::ReadOwnActs]),
    ("log", &[Privilege::ReadAccessLog]),
    ("see and stop mandates", &[Privilege::ReadMandates, Privilege::StopMandates]),
    ("give mandates", &[Privilege::ManageMandates]),
];

fn named(privileges: &[Privilege]) -> String {
    if privileges.len() == Privilege::ALL.len() {
        return "**everything**".to_owned();
    }
    let mut names = Vec::new();
    for (name, group) in NAMES {
        let inside: Vec<_> = group.iter().filter(|one| privileges.contains(one)).collect();
        if inside.len() == group.len() {
            names.push((*name).to_owned());
        } else {
            names.extend(inside.iter().map(|one| one.code().to_owned()));
        }
    }
    names.join(", ")
}

fn answer(scene: &Scene, privilege: Privilege) -> String {
    match decide(&scene.caller, &scene.facts, &scene.policy, privilege, now()) {
        Ok(basis) => {
            let last = basis.until().map(|until| crate::time::copenhagen(until.plus_millis(-1)));
            let last = last.map_or(String::new(), |last| format!(" to {}", last.strftime("%d.%m.%Y %H:%M")));
            format!("YES, {}{last}", basis.kind().code())
        }
        Err(no) if !no.reveals() => "no, *as if not there*".to_owned(),
        Err(no) => {
            let day = no.day().map_or(String::new(), |day| format!(" ({})", day.strftime("%d.%m.%Y")));
            format!("no, told: `{}`{day}", no.code())
        }
    }
}

fn print(out: &mut String, title: &str, cases: &[Case]) {
    write!(out, "\n## {title}\n\n| circumstance | answer | for | why |\n|---|---|---|---|\n").unwrap();
    for Case { name, why, scene } in cases {
        let mut answers: BTreeMap<String, Vec<Privilege>> = BTreeMap::new();
        for privilege in Privilege::ALL {
            answers.entry(answer(scene, *privilege)).or_default().push(*privilege);
        }
        let mut answers: Vec<_> = answers.into_iter().collect();
        answers.sort_by_key(|(_, privileges)| privileges.first().copied());
        for (at, (answer, privileges)) in answers.iter().enumerate() {
            let (name, why) = if at == 0 { (*name, *why) } else { ("", "") };
            writeln!(out, "| {name} | {answer} | {} | {why} |", named(privileges)).unwrap();
        }
    }
}

#[test]
fn permission_matrix() {
    let mut out = String::from(
        "# Who may do what, for whom, and why\n\n\
         Asked on Friday 20 November 2026 at 10:00. One thing differs from an ordinary day in each row.\n\
         *read areas*: documents, conditions, plans, aids, calendar, messages, grants. *act*: apply for aids,\n\
         cancel visits, write messages. *own acts*: what the person asking has done here. R, P and I numbers\n\
         are the rules and invariants of the mandate and record law collected for this project.\n",
    );
    print(&mut out, "1. Borger: the citizen's own journal", &citizen());
    print(&mut out, "2. Forælder: custody of a child", &parent());
    print(&mut out, "3. Pårørende: the state of the mandate", &mandate_states());
    print(&mut out, "4. Pårørende: what lies around the mandate", &mandate_circumstances());
    print(&mut out, "5. Pårørende: a claim of the national service", &claims());
    print(&mut out, "6. Værge: guardianship", &guardians());
    print(&mut out, "7. People with no right to this journal, or no longer", &no_relation());
    settle("permission_matrix", "Who may do what, for whom, and why", &out);
}

#[test]
fn every_refusal_stands_in_the_matrix() {
    let helpers = [mandate_states(), mandate_circumstances(), claims(), guardians(), no_relation()];
    let groups = helpers.into_iter().chain([citizen(), parent()]);
    let mut seen = BTreeSet::new();
    for Case { scene, .. } in groups.flatten() {
        for privilege in Privilege::ALL {
            let decided = decide(&scene.caller, &scene.facts, &scene.policy, *privilege, now());
            seen.extend(decided.err().map(|no| no.kind()));
        }
    }
    let missing: Vec<_> = RefusalCode::ALL.iter().filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no row shows {missing:?}");
}
