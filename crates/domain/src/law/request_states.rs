//! The life of a request: every state, every event, and what comes of it.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::fixtures::{HELPER, OTHER, SUBJECT, at, day, now};
use super::settle;
use crate::mandates::{Agreed, Request, RequestAnnulReason, RequestEvent, RequestStanding, RequestState};
use crate::{Date, MandateId, PackageVersionId};

const MANDATE: MandateId = MandateId::from_bytes([7; 16]);

fn packages(numbers: &[u8]) -> BTreeSet<PackageVersionId> {
    numbers.iter().map(|number| PackageVersionId::from_bytes([*number; 16])).collect()
}

fn agreed(numbers: &[u8], last_day: Date) -> Agreed {
    Agreed { items: packages(numbers), last_day }
}

/// Asked for two packages to the end of 2027.
fn request(state: RequestState) -> Request {
    let wanted = agreed(&[1, 2], day(2027, 12, 31));
    Request { requester: HELPER, target: Some(SUBJECT), addressee: [1; 32], wanted, state }
}

fn states() -> Vec<(&'static str, RequestState)> {
    let before = at("2026-11-10T12:00:00Z");
    let reason = RequestAnnulReason::GiverDead;
    vec![
        ("", RequestState::Waiting { answer_by: now().plus_days(10) }),
        (" (deadline now)", RequestState::Waiting { answer_by: now() }),
        ("", RequestState::ToRegister { received_at: before }),
        ("", RequestState::Approved { at: before, mandate: MANDATE }),
        ("", RequestState::Declined { at: before }),
        ("", RequestState::Withdrawn { at: before }),
        (" (noted)", RequestState::Lapsed { at: before }),
        ("", RequestState::Annulled { at: before, reason }),
    ]
}

fn events() -> Vec<(&'static str, RequestEvent)> {
    let whole = || agreed(&[1, 2], day(2027, 12, 31));
    let approve = |by, agreed| RequestEvent::Approve { by, agreed, mandate: MANDATE };
    let register =
        |registrar, giver, agreed| RequestEvent::Register { registrar, giver, agreed, mandate: MANDATE };
    let reason = RequestAnnulReason::CapacityDoubt;
    vec![
        ("godkend", approve(SUBJECT, whole())),
        ("godkend delvist: one package, a year less", approve(SUBJECT, agreed(&[2], day(2026, 12, 31)))),
        ("godkend: one package more", approve(SUBJECT, agreed(&[1, 2, 3], day(2027, 12, 31)))),
        ("godkend: one day longer", approve(SUBJECT, agreed(&[1], day(2028, 1, 1)))),
        ("godkend: nothing ticked", approve(SUBJECT, agreed(&[], day(2027, 12, 31)))),
        ("godkend, by the requester", approve(HELPER, whole())),
        ("godkend, by a third person", approve(OTHER, whole())),
        ("afvis, by the giver", RequestEvent::Decline { by: SUBJECT }),
        ("afvis, by a third person", RequestEvent::Decline { by: OTHER }),
        ("træk tilbage, by the requester", RequestEvent::Withdraw { by: HELPER }),
        ("træk tilbage, by the giver", RequestEvent::Withdraw { by: SUBJECT }),
        ("frist passeret", RequestEvent::Lapse),
        ("brev retur", RequestEvent::LetterReturned { registrar: OTHER }),
        ("brev retur, at an official who asked", RequestEvent::LetterReturned { registrar: HELPER }),
        ("registrér", register(OTHER, SUBJECT, whole())),
        ("registrér: signed by another", register(OTHER, OTHER, whole())),
        ("registrér, by an official who gives", register(SUBJECT, SUBJECT, whole())),
        ("registrér: more than asked", register(OTHER, SUBJECT, agreed(&[9], day(2027, 12, 31)))),
        ("afvis på papir", RequestEvent::DeclineOnPaper { registrar: OTHER, scan: [9; 32] }),
        (
            "afvis på papir, at an official who asked",
            RequestEvent::DeclineOnPaper { registrar: HELPER, scan: [9; 32] },
        ),
        (
            "mangelfuld, new deadline",
            RequestEvent::Deficient { registrar: OTHER, answer_by: now().plus_days(20) },
        ),
        ("mangelfuld, deadline gone", RequestEvent::Deficient { registrar: OTHER, answer_by: now() }),
        ("giver død / habilitetstvivl / under aldersgrænse", RequestEvent::Annul { reason }),
    ]
}

#[test]
fn request_events() {
    let mut out = String::from(
        "# The life of a request: every state and every event\n\n\
         Two packages were asked for, to 31 December 2027. Asked on Friday 20 November 2026 at 10:00. In bold\n\
         the state after the event; after a dash why it is refused: its code is `mandates.request.` and that\n\
         word.\n\n",
    );
    let columns = states();
    let names: Vec<_> =
        columns.iter().map(|(note, state)| format!("{}{note}", state.standing(now()).danish())).collect();
    write!(out, "| event | {} |\n|---{}|\n", names.join(" | "), "|---".repeat(names.len())).unwrap();
    for (name, event) in events() {
        let cells: Vec<_> = columns
            .iter()
            .map(|(_, state)| match request(*state).after(&event, now()) {
                Ok(after) => format!("**{}**", after.standing(now()).danish()),
                Err(no) => format!("– {}", no.code().trim_start_matches("mandates.request.")),
            })
            .collect();
        writeln!(out, "| {name} | {} |", cells.join(" | ")).unwrap();
    }
    settle("request_events", "The life of a request", &out);
}

#[test]
fn every_standing_stands_in_the_table() {
    let shown: BTreeSet<_> = states().iter().map(|(_, state)| state.standing(now())).collect();
    assert_eq!(shown.len(), RequestStanding::ALL.len());
}
