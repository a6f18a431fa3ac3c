//! Samples of Digital Fuldmagt: each page as people meet it, and each with something to mend.

mod lookups;
mod questions;
mod sent;

use super::super::mandates::{At, Fault, Right, RightKind, Step, Way};
use super::super::{Frame, Here};
use super::outside;
use crate::pages::Visitor;
use borgerportal_domain::time::Date;
use borgerportal_domain::{MandateId, RequestId};
use borgerportal_i18n::Lang;
use std::borrow::Cow;

const DRAFT: &str = "/fuldmagter/bed-om/019aa000-0000-7000-8000-0000000000d1";
const JUNE: Date = Date::constant(2026, 6, 30);
const ANSWER_BY: Date = Date::constant(2025, 12, 18);

const fn request(number: u8) -> RequestId {
    RequestId::from_bytes([0x01, 0x9a, 0xa2, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number])
}

const fn mandate(number: u8) -> MandateId {
    MandateId::from_bytes([0x01, 0x9a, 0xa3, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, number])
}

/// The frame of somebody on their own pages of Digital Fuldmagt.
const fn own(lang: Lang, name: &'static str) -> Frame<'static> {
    Frame {
        visitor: Some(Visitor { name, csrf: "c3Jm", warn_after: 1500, ends_after: 1800 }),
        here: Here::Mandates,
        path: "/fuldmagter",
        ..outside(lang)
    }
}

fn right(number: u8, topic: &str, kind: RightKind, says: &str, chosen: bool) -> Right {
    let code = format!("019aa400-0000-7000-8000-0000000000{number:02}");
    Right { code, topic: topic.to_owned(), kind, says: says.to_owned(), chosen }
}

/// Reading and acting in the portal, chosen; contacting, not.
fn portal() -> Vec<Right> {
    vec![
        right(1, "Borgerportalen", RightKind::Read, "Se det samme som Inger", true),
        right(
            2,
            "Borgerportalen",
            RightKind::Act,
            "Afmelde besøg, sende beskeder og søge hjælpemidler",
            true,
        ),
        right(3, "Borgerportalen", RightKind::Contact, "Ringe og skrive til kommunen om Inger", false),
    ]
}

fn chosen() -> Vec<Right> {
    portal().into_iter().filter(|right| right.chosen).collect()
}

fn medicine() -> Vec<Right> {
    vec![
        right(4, "Fælles Medicinkort", RightKind::Read, "Se medicin og recepter", false),
        right(5, "Fælles Medicinkort", RightKind::Act, "Bestille og forny recepter", false),
    ]
}

fn at(way: Way, step: Step, faults: &[(&'static str, &'static str)]) -> At {
    let faults = faults.iter().map(|(field, words)| Fault { field, words: Cow::Borrowed(words) }).collect();
    let name = if step == Step::Person { "" } else { "Inger" }.to_owned();
    At { way, step, reached: step, draft: DRAFT.to_owned(), name, faults }
}

#[test]
fn the_samples_show_every_state() {
    use super::super::mandates::State;
    let words: std::collections::BTreeSet<_> = [
        State::Active,
        State::Planned,
        State::Suspended,
        State::Expired,
        State::StoppedByGiver,
        State::Ended,
        State::Replaced,
        State::WaitsForYou,
        State::WaitsForOther,
        State::Approved,
        State::Declined,
        State::TakenBack,
        State::Lapsed,
    ]
    .map(|state| state.word(&own(Lang::Da, "Inger Holm")))
    .into_iter()
    .collect();
    assert_eq!(words.len(), 13, "each state has a word of its own: {words:?}");
}
