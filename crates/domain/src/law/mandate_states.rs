//! The life of a mandate: every state, every event, and what comes of it.

use std::fmt::Write;

use super::fixtures::{HELPER, OTHER, SUBJECT, at, day, now};
use super::settle;
use crate::Timestamp;
use crate::mandates::{AnnulReason, MandateEvent, Origin, Party, Standing, Status, SuspendReason, Terms};

/// A mandate for 2026, or for days that make it planned or expired on the day of the tables.
fn terms(standing: Standing) -> Terms {
    let (first_day, last_day) = match standing {
        Standing::Planned => (day(2026, 12, 1), day(2027, 11, 30)),
        Standing::Expired => (day(2026, 1, 1), day(2026, 11, 19)),
        Standing::Active
        | Standing::Suspended
        | Standing::Withdrawn
        | Standing::Renounced
        | Standing::Annulled
        | Standing::EndedByDeath
        | Standing::Superseded => (day(2026, 1, 1), day(2026, 12, 31)),
    };
    Terms {
        giver: SUBJECT,
        holder: HELPER,
        origin: Origin::Given,
        first_day,
        last_day,
        signed_at: at("2025-12-20T12:00:00Z"),
        supersedes: None,
    }
}

fn status(standing: Standing) -> Status {
    let before = at("2026-11-10T12:00:00Z");
    match standing {
        Standing::Planned | Standing::Active | Standing::Expired => Status::SIGNED,
        Standing::Suspended => suspended(None),
        Standing::Withdrawn => Status::Withdrawn { at: before },
        Standing::Renounced => Status::Renounced { at: before },
        Standing::Annulled => Status::Annulled { at: before, reason: AnnulReason::Misuse },
        Standing::EndedByDeath => Status::EndedByDeath { at: before, party: Party::Giver },
        Standing::Superseded => Status::Running { successor_from: Some(before) },
    }
}

fn suspended(successor_from: Option<Timestamp>) -> Status {
    let (since, review_by) = (at("2026-11-10T12:00:00Z"), now().plus_days(14));
    Status::Suspended { since, reason: SuspendReason::Capacity, review_by, successor_from }
}

/// Every event in its allowed form, and beside it in the forms that are refused.
fn events() -> Vec<(&'static str, MandateEvent)> {
    let (reason, review_by) = (SuspendReason::Capacity, now().plus_days(30));
    vec![
        ("tilbagekald, by the giver", MandateEvent::Withdraw { by: SUBJECT }),
        ("tilbagekald, by the holder", MandateEvent::Withdraw { by: HELPER }),
        ("tilbagekald, by Borgerservice", MandateEvent::WithdrawForGiver { registrar: OTHER }),
        (
            "tilbagekald, by an official who is the holder",
            MandateEvent::WithdrawForGiver { registrar: HELPER },
        ),
        ("frasig, by the holder", MandateEvent::Renounce { by: HELPER }),
        ("frasig, by the giver", MandateEvent::Renounce { by: SUBJECT }),
        ("død registreret, giver", MandateEvent::Death { party: Party::Giver }),
        ("død registreret, holder", MandateEvent::Death { party: Party::Holder }),
        ("suspendér, with a review date", MandateEvent::Suspend { reason, review_by }),
        ("suspendér, without time ahead", MandateEvent::Suspend { reason, review_by: now() }),
        ("genoptag", MandateEvent::Resume),
        ("ophæv", MandateEvent::Annul { reason: AnnulReason::Misuse }),
        (
            "successor signed, within the period",
            MandateEvent::SuccessorSigned { from: at("2026-12-15T00:00:00Z") },
        ),
        (
            "successor signed, after the period",
            MandateEvent::SuccessorSigned { from: at("2028-01-01T00:00:00Z") },
        ),
        ("successor dropped", MandateEvent::SuccessorDropped),
    ]
}

/// What stands after an event, and what the clock makes of it by the end of the next year.
fn outcome(status: Status, event: &MandateEvent, terms: &Terms) -> String {
    match status.after(event, terms, now()) {
        Err(no) => format!("– {}", no.code().trim_start_matches("mandates.")),
        Ok(after) => {
            let standing = after.standing(&terms.validity(), now());
            let later = after.standing(&terms.validity(), at("2027-12-31T12:00:00Z"));
            let later = if later == standing { String::new() } else { format!(", later {}", later.danish()) };
            format!("**{}**{later}", standing.danish())
        }
    }
}

#[test]
fn mandate_events() {
    let mut out = String::from(
        "# The life of a mandate: every state and every event\n\n\
         Asked on Friday 20 November 2026 at 10:00. In bold the state after the event; *later* is what the\n\
         clock alone makes of it by the end of 2027, for a start, an end date or a successor needs no event.\n\
         After a dash the reason why the event is refused: its code is `mandates.` and that word.\n\n",
    );
    let takes_over = Some(at("2026-12-14T23:00:00Z"));
    let mut columns: Vec<(String, Status, Terms)> = Standing::ALL
        .iter()
        .map(|standing| (standing.danish().to_owned(), status(*standing), terms(*standing)))
        .collect();
    for (standing, (_, status, terms)) in Standing::ALL.iter().zip(&columns) {
        assert_eq!(status.standing(&terms.validity(), now()), *standing);
    }
    let running = Status::Running { successor_from: takes_over };
    columns.push(("aktiv, with a successor".to_owned(), running, terms(Standing::Active)));
    columns.push((
        "suspenderet, with a successor".to_owned(),
        suspended(takes_over),
        terms(Standing::Active),
    ));
    let names: Vec<_> = columns.iter().map(|(name, ..)| name.as_str()).collect();
    write!(out, "| event | {} |\n|---{}|\n", names.join(" | "), "|---".repeat(names.len())).unwrap();
    for (name, event) in events() {
        let cells: Vec<_> =
            columns.iter().map(|(_, status, terms)| outcome(*status, &event, terms)).collect();
        writeln!(out, "| {name} | {} |", cells.join(" | ")).unwrap();
    }
    settle("mandate_events", "The life of a mandate", &out);
}

#[test]
fn mandate_clock() {
    let mut out = String::from(
        "# What the clock makes of a mandate\n\n\
         Valid from 29 March 2026 (summer time begins) to and including 25 October 2026 (it ends).\n\n\
         | instant (UTC) | untouched | suspended | successor from 1 July | withdrawn on 1 June |\n\
         |---|---|---|---|---|\n",
    );
    let terms = Terms { first_day: day(2026, 3, 29), last_day: day(2026, 10, 25), ..terms(Standing::Active) };
    let columns = [
        Status::SIGNED,
        suspended(None),
        Status::Running { successor_from: Some(at("2026-06-30T22:00:00Z")) },
        Status::Withdrawn { at: at("2026-06-01T10:00:00Z") },
    ];
    for instant in [
        "2026-03-28T22:59:59.999Z",
        "2026-03-28T23:00:00Z",
        "2026-06-30T21:59:59.999Z",
        "2026-06-30T22:00:00Z",
        "2026-10-25T22:59:59.999Z",
        "2026-10-25T23:00:00Z",
    ] {
        let cells = columns.map(|one| one.standing(&terms.validity(), at(instant)).danish());
        writeln!(out, "| {instant} | {} |", cells.join(" | ")).unwrap();
    }
    settle("mandate_clock", "What the clock makes of a mandate", &out);
}
