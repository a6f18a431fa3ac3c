//! Data that stays (`--data`): what was made lies as a note beside it, so that a later run measures at once. It
//! refuses data of another plan, and data whose making was broken off: there the note is missing.

use crate::generate::{Done, Plan};
use anyhow::{Context as _, Result};
use borgerportal_domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::Path;

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    citizens: u64,
    municipalities: usize,
    seed: u64,
    thin: bool,
    full: u64,
    small: u64,
    made_at: i64,
    items: u64,
    millis: u64,
}

/// What lies there, if it is this plan but for its day: the plan it was made by, and what was made.
pub(crate) fn read(note: &Path, plan: &Plan) -> Result<Option<(Plan, Done)>> {
    if !note.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(note).context("the note beside the data")?;
    let kept: Note = serde_json::from_str(&text).context("the note beside the data")?;
    let now = Timestamp::from_millis(kept.made_at);
    let done = Done { citizens: kept.citizens, items: kept.items, millis: kept.millis };
    let of = Plan { now, ..*plan };
    Ok((kept == said(&of, &done)).then_some((of, done)))
}

/// Says that the data is whole.
pub(crate) fn write(note: &Path, plan: &Plan, done: &Done) -> Result<()> {
    Ok(std::fs::write(note, serde_json::to_string(&said(plan, done))?)?)
}

const fn said(plan: &Plan, done: &Done) -> Note {
    Note {
        citizens: plan.citizens,
        municipalities: plan.municipalities,
        seed: plan.seed,
        thin: plan.thin,
        full: plan.full,
        small: plan.small,
        made_at: plan.now.millis(),
        items: done.items,
        millis: done.millis,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DONE: Done = Done { citizens: 1_000, items: 20_000, millis: 5_000 };

    fn plan(day: i64) -> Plan {
        let now = Timestamp::from_millis(1_793_696_400_000).plus_days(day);
        Plan { citizens: 1_000, municipalities: 98, seed: 1, thin: true, full: 100, small: 20, now }
    }

    fn note(name: &str) -> std::path::PathBuf {
        std::env::temp_dir().join(format!("borgerportal-benches-{}-{name}", std::process::id()))
    }

    #[test]
    fn the_same_plan_of_another_day_takes_the_data_with_its_day() {
        let note = note("same");
        write(&note, &plan(0), &DONE).unwrap();
        let (plan, done) = read(&note, &plan(3)).unwrap().unwrap();
        std::fs::remove_file(&note).unwrap();
        assert_eq!((plan.now, done.items, done.millis), (self::plan(0).now, 20_000, 5_000));
    }

    #[test]
    fn data_of_another_plan_is_not_taken() {
        let note = note("other");
        write(&note, &plan(0), &DONE).unwrap();
        let others = [
            Plan { citizens: 2_000, ..plan(0) },
            Plan { municipalities: 1, ..plan(0) },
            Plan { seed: 2, ..plan(0) },
            Plan { full: 1_000, ..plan(0) },
            Plan { small: 2, ..plan(0) },
            Plan { thin: false, ..plan(0) },
        ];
        let taken = others.iter().filter(|other| read(&note, other).unwrap().is_some()).count();
        std::fs::remove_file(&note).unwrap();
        assert_eq!(taken, 0);
    }

    #[test]
    fn what_was_broken_off_has_no_note_and_a_broken_note_is_said() {
        let note = note("broken");
        assert!(read(&note, &plan(0)).unwrap().is_none());
        std::fs::write(&note, "{\"citizens\": 1").unwrap();
        let told = read(&note, &plan(0)).is_err();
        std::fs::remove_file(&note).unwrap();
        assert!(told);
    }
}
