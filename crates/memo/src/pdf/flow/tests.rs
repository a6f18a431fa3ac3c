//! Where lines fall: pages turn when they are full, pairs of lines stay together, columns stand side by side.

use super::super::text::STRONG_BODY;
use super::*;
use proptest::prelude::*;

fn flow() -> Flow {
    Flow::new(Fonts::load().unwrap())
}

fn lines(flow: &Flow, count: usize) -> Vec<Line> {
    let line = flow.broken("ord", BODY, 0).remove(0);
    vec![line; count]
}

/// (page, top of the letters) of every line in the order it was drawn.
fn places(flow: &Flow) -> Vec<(usize, i32)> {
    let mut places = Vec::new();
    for (page, chunks) in flow.pages.iter().enumerate() {
        for chunk in chunks {
            if let Ink::Text(_, _, _, baseline) = &chunk.ink {
                places.push((page, *baseline));
            }
        }
    }
    places
}

/// How many text lines each page holds.
fn counts(flow: &Flow) -> Vec<usize> {
    let count = |page: &Vec<Chunk>| page.iter().filter(|chunk| matches!(chunk.ink, Ink::Text(..))).count();
    flow.pages.iter().map(count).collect()
}

fn full() -> usize {
    usize::try_from((BOTTOM - TOP) / BODY.leading).unwrap()
}

#[test]
fn a_full_page_turns_and_no_line_stands_alone() {
    let mut flow = flow();
    let exactly = lines(&flow, full());
    flow.lines(exactly, BODY, 0);
    assert_eq!(counts(&flow), [full()]);

    let mut flow = self::flow();
    let one_more = lines(&flow, full() + 1);
    flow.lines(one_more, BODY, 0);
    assert_eq!(counts(&flow), [full() - 1, 2], "the last two lines go together");

    let mut flow = self::flow();
    flow.y = BOTTOM - BODY.leading;
    let pair = lines(&flow, 2);
    flow.lines(pair, BODY, 0);
    assert_eq!(counts(&flow), [0, 2], "the first two lines go together");
}

#[test]
fn white_space_is_not_carried_over() {
    let mut flow = flow();
    flow.skip(50_000);
    assert_eq!(flow.y, TOP, "not at the head of a page");
    flow.y += 10_000;
    flow.skip(50_000);
    assert_eq!(flow.y, TOP + 60_000);
    flow.turn();
    assert_eq!((flow.page(), flow.y), (1, TOP));
}

#[test]
fn room_is_asked_for_without_turning_in_vain() {
    let mut flow = flow();
    flow.need(BOTTOM - TOP);
    assert_eq!(flow.page(), 0, "it fits exactly");
    flow.need(BOTTOM);
    assert_eq!(flow.page(), 0, "higher than a page: begins where it is");
    flow.y += 1;
    flow.need(BOTTOM - TOP);
    assert_eq!(flow.page(), 1);
    flow.need(BOTTOM - TOP);
    assert_eq!(flow.page(), 1, "an empty page is not turned");
}

#[test]
fn columns_stand_side_by_side_and_move_together() {
    let mut flow = flow();
    flow.y = BOTTOM - 2 * BODY.leading;
    let (left, right) = (lines(&flow, 1), lines(&flow, 3));
    let (left, right) = flow.columns((left, STRONG_BODY), (right, BODY), 160_000);
    assert_eq!((left.len(), right.len()), (1, 3));
    assert_eq!(counts(&flow), [0, 4], "three lines do not fit, so all go");
    let places = places(&flow);
    assert_eq!(places[0], places[1], "the first lines share a baseline");
    assert_eq!(flow.y, TOP + 3 * BODY.leading);
}

#[test]
fn a_row_higher_than_a_page_is_broken_between_lines() {
    let mut flow = flow();
    let (left, right) = (lines(&flow, 1), lines(&flow, full() + 5));
    flow.columns((left, STRONG_BODY), (right, BODY), 160_000);
    assert_eq!(counts(&flow), [full() + 1, 5]);
}

#[test]
fn a_bar_ends_with_its_page_and_goes_on_on_the_next() {
    let mut flow = flow();
    flow.open_bar();
    let many = lines(&flow, full() + 3);
    flow.lines(many, BODY, 0);
    assert!(flow.close_bar());
    assert!(!flow.close_bar(), "it is closed");
    let bars: Vec<_> = flow
        .pages
        .iter()
        .map(|chunks| {
            let bar = chunks.iter().find_map(|chunk| match &chunk.ink {
                Ink::Bars(areas) => Some((areas[0].1, areas[0].3)),
                Ink::Text(..) | Ink::Rules(_) | Ink::Frame(_) => None,
            });
            assert!(chunks.iter().all(|c| matches!(c.ink, Ink::Text(..)) || c.role == Role::Decoration));
            bar
        })
        .collect();
    let first = i32::try_from(full()).unwrap() * BODY.leading;
    assert_eq!(bars, [Some((TOP, first)), Some((TOP, 3 * BODY.leading))]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_is_printed_outside_the_page(blocks in proptest::collection::vec(1_usize..60, 1..8)) {
        let mut flow = flow();
        for count in &blocks {
            let block = lines(&flow, *count);
            let nodes = flow.lines(block, BODY, 0);
            prop_assert_eq!(nodes.len(), *count);
            flow.skip(8_000);
        }
        let places = places(&flow);
        prop_assert_eq!(places.len(), blocks.iter().sum::<usize>());
        prop_assert!(places.iter().all(|(_, y)| (TOP..BOTTOM).contains(y)));
        prop_assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "reading order is the order on paper");
    }
}
