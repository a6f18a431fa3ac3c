//! A record is told in small pieces; here the pieces are written as a record system would tell them.

use super::*;
use crate::ids::ItemId;
use proptest::prelude::*;

fn held(number: u8, it: Told) -> Held<Told> {
    Held { id: ItemId::from_bytes([number; 16]), has_text: false, it }
}

fn level(height: u8) -> Level {
    Level { what: Term::new(format!("B{}", height + 1), "…"), height: Some(height) }
}

fn day(day: i8) -> Date {
    Date::constant(2026, 3, day)
}

/// `J1.1` of area `J1`.
fn condition(number: u8, key: &'static str, height: Option<u8>, on: i8) -> Held<Told> {
    held(number, Told::Condition(noted(number, key, height, on)))
}

fn noted(number: u8, key: &'static str, height: Option<u8>, on: i8) -> Condition {
    let area = key.split('.').next().unwrap();
    Condition {
        name: format!("Condition/{number}"),
        what: Term::new(key, key),
        area: Term::new(area, area),
        branch: if key.starts_with('J') { Branch::Everyday } else { Branch::Health },
        level: height.map(level),
        noted: day(on),
        ended: false,
    }
}

fn ended(number: u8, key: &'static str, height: Option<u8>, on: i8) -> Held<Told> {
    held(number, Told::Condition(Condition { ended: true, ..noted(number, key, height, on) }))
}

fn remark(number: u8, about: &[u8], said: Said, on: i8) -> Held<Told> {
    let about = about.iter().map(|number| format!("Condition/{number}")).collect();
    held(number, Told::Remark(Remark { about, said, on: day(on) }))
}

fn goal(number: u8, about: u8, height: u8, from: i8, ended: bool) -> Held<Told> {
    let about = vec![format!("Condition/{about}")];
    held(number, Told::Goal(Goal { about, expected: Some(level(height)), aim: None, from: day(from), ended }))
}

fn followed(key: &'static str) -> Said {
    Said::FollowUp(Term::new(key, key))
}

/// Every story on a line: what it is, level → expected, and its days.
fn told(overview: &Overview) -> Vec<String> {
    let height = |level: Option<&Level>| {
        level.map_or("-".to_owned(), |level| level.height.map_or("9".to_owned(), |height| height.to_string()))
    };
    let line = |story: &Story| {
        let it = &story.condition.it;
        let days: Vec<String> = story
            .steps
            .iter()
            .map(|step| {
                let results: String = step.results.iter().map(|result| result.key.as_ref()).collect();
                format!("{}:{}{results}", step.on.day(), height(step.level.as_ref()))
            })
            .collect();
        let state = if it.ended { "ended " } else { "" };
        let (now, expected) = (height(it.level.as_ref()), height(story.expected()));
        format!("{state}{} {now}→{expected} {}", it.what.key, days.join(" "))
    };
    overview.stories().map(line).collect()
}

#[test]
fn what_is_in_focus_stands_as_in_the_list_and_what_was_comes_after() {
    let overview = Overview::of(vec![
        condition(1, "I12.1", None, 1),
        condition(2, "J3.8", Some(2), 1),
        ended(3, "I7.1", None, 1),
        condition(4, "J1.3", Some(3), 1),
        condition(5, "J1.1", Some(3), 1),
        condition(6, "I4.6", None, 1),
    ]);
    assert_eq!(
        told(&overview),
        [
            "J1.1 3→- 1:3",
            "J1.3 3→- 1:3",
            "J3.8 2→- 1:2",
            "I4.6 -→- 1:-",
            "I12.1 -→- 1:-",
            "ended I7.1 -→- 1:-"
        ]
    );
    let areas: Vec<(Branch, usize)> =
        overview.now.iter().map(|(branch, areas)| (*branch, areas.len())).collect();
    assert_eq!(areas, [(Branch::Everyday, 2), (Branch::Health, 2)]);
}

#[test]
fn a_level_goes_through_follow_ups_in_the_order_of_their_days() {
    let overview = Overview::of(vec![
        remark(7, &[1], Said::Level(level(2)), 20),
        remark(6, &[1], followed("E2"), 20),
        remark(4, &[1], followed("E1"), 20),
        remark(5, &[1, 2], followed("E1"), 10),
        goal(8, 1, 1, 1, false),
        goal(9, 1, 0, 5, true),
        condition(1, "J3.8", Some(3), 1),
        condition(2, "J3.9", Some(4), 2),
    ]);
    assert_eq!(told(&overview), ["J3.8 3→1 1:3 10:-E1 20:2E1E2", "J3.9 4→- 2:4 10:-E1"]);
    let first = overview.stories().next().unwrap();
    assert_eq!(first.followed_up().map(|(on, what)| (on, what.key.as_ref())), Some((day(20), "E2")));
    assert_eq!(first.goals.len(), 2, "a goal that counts no more is history, not gone");
}

#[test]
fn in_everyday_life_the_same_thing_is_one_story_and_two_wounds_are_two() {
    let overview = Overview::of(vec![
        ended(1, "J1.1", Some(4), 1),
        condition(2, "J1.1", Some(2), 15),
        ended(3, "J1.1", Some(3), 8),
        condition(4, "I4.4", None, 1),
        condition(5, "I4.4", None, 9),
        remark(6, &[3], followed("E4"), 12),
    ]);
    assert_eq!(
        told(&overview),
        ["J1.1 2→- 1:4 8:3 12:-E4 15:2", "I4.4 -→- 9:-", "I4.4 -→- 1:-"],
        "a follow-up of the earlier condition belongs to the same story"
    );
}

#[test]
fn not_relevant_is_no_level_and_the_last_word_counts() {
    let said = |key: &'static str| Term::new(key, key);
    let mut nine = noted(1, "J5.1", None, 1);
    nine.level = Some(Level { what: said("B6"), height: None });
    let overview = Overview::of(vec![
        held(1, Told::Condition(nine)),
        remark(2, &[1], Said::Performance(said("C3")), 9),
        remark(3, &[1], Said::Performance(said("C1")), 2),
        remark(4, &[1], Said::Meaning(said("D2")), 2),
    ]);
    assert_eq!(told(&overview), ["J5.1 9→- 1:9"]);
    let story = overview.stories().next().unwrap();
    assert_eq!((&story.performance, &story.meaning), (&Some(said("C3")), &Some(said("D2"))));
}

#[test]
fn what_names_nothing_that_may_be_seen_is_not_told() {
    let overview = Overview::of(vec![
        remark(1, &[77], followed("E3"), 1),
        goal(2, 77, 1, 1, false),
        remark(3, &[], Said::Information { what: Term::new("F1", "Mestring"), found: None }, 4),
        remark(4, &[], Said::Information { what: Term::new("J3", "Mobilitet"), found: None }, 5),
    ]);
    assert!(told(&overview).is_empty());
    let subjects: Vec<&str> = overview.information.iter().map(|one| one.it.what.key.as_ref()).collect();
    assert_eq!(subjects, ["J3", "F1"], "the newest first");
    assert!(!overview.is_empty() && Overview::of(Vec::new()).is_empty());
}

fn any_told() -> impl Strategy<Value = Vec<Held<Told>>> {
    let kinds = prop::collection::vec((0_u8..5, 0_u8..4, 0_u8..5, 1_i8..28), 0..14);
    kinds.prop_map(|kinds| {
        let one = |(number, (kind, about, height, on)): (u8, (u8, u8, u8, i8))| match kind {
            0 => condition(number, ["J1.1", "J3.8", "I4.4", "I7.1"][usize::from(about)], Some(height), on),
            1 => ended(number, ["J1.1", "J3.8", "I4.4", "I7.1"][usize::from(about)], Some(height), on),
            2 => goal(number, about, height, on, height == 0),
            3 => remark(number, &[about], followed("E1"), on),
            _ => remark(number, &[about], Said::Level(level(height)), on),
        };
        (0_u8..).zip(kinds).map(one).collect()
    })
}

proptest! {
    #[test]
    fn it_is_told_the_same_in_whatever_order_it_arrived(all in any_told(), turns in 0_usize..14) {
        let mut turned = all.clone();
        turned.reverse();
        turned.rotate_left(turns % all.len().max(1));
        let (one, other) = (Overview::of(all), Overview::of(turned));
        prop_assert_eq!(told(&one), told(&other));
    }

    #[test]
    fn no_condition_is_lost_and_none_is_told_twice(all in any_told()) {
        let told = all.iter().filter_map(|one| match &one.it {
            Told::Condition(condition) => Some(condition),
            Told::Goal(_) | Told::Remark(_) => None,
        });
        let (mut count, mut everyday) = (0, std::collections::BTreeSet::new());
        for condition in told {
            if condition.branch == Branch::Everyday { everyday.insert(condition.what.clone()); } else { count += 1; }
        }
        prop_assert_eq!(Overview::of(all).stories().count(), count + everyday.len());
    }
}
