//! The circumstances of the permission matrix in which the national service has said at the log-in that somebody may.

use super::fixtures::{OTHER, Scene, at, day, mandate, now, randers};
use super::permission_cases::{Case, case};
use crate::access::{Claim, MandateFact, PrivilegeSet};
use crate::mandates::{AnnulReason, Status, SuspendReason, Validity};
use crate::municipality::MandateSource;

pub(super) fn claims() -> Vec<Case> {
    let with = |minutes: i64| {
        let mut scene = Scene::mandated(PrivilegeSet::EMPTY);
        scene.facts.mandates.clear();
        let asserted_at = now().plus_minutes(-minutes);
        let (giver, municipality) = (scene.facts.subject.id, scene.facts.municipality);
        let privileges = PrivilegeSet::all();
        scene.caller.claims.push(Claim { giver, municipality, privileges, asserted_at });
        scene
    };
    vec![
        case("login 29 minutes ago", "a claim says only 'now'", with(29), |_| {}),
        case("login 30 minutes ago", "a claim ends 30 minutes after its login", with(30), |_| {}),
        case("claim for reading only", "read never permits write (I13)", with(5), |s| {
            s.caller.claims[0].privileges = PrivilegeSet::all_reading();
        }),
        case("municipality takes own mandates only", "municipal knob", with(5), |s| {
            s.policy.mandate_source = MandateSource::Own;
        }),
        case("claim about somebody else", "the scope names the giver", with(5), |s| {
            s.caller.claims[0].giver = OTHER;
        }),
        case("claim for the record of another municipality", "each record has its own facts", with(5), |s| {
            s.caller.claims[0].municipality = randers();
        }),
        case("municipality does not use the package", "the authority has it active (I12)", with(5), |s| {
            s.caller.claims[0].privileges = PrivilegeSet::EMPTY;
        }),
        case("claim over, own mandate expired", "the later of two reasons is told", with(45), |s| {
            let mut old = mandate(PrivilegeSet::all());
            old.validity = Validity::days(day(2026, 1, 1), day(2026, 6, 30));
            s.facts.mandates.push(old);
        }),
        case(
            "own mandate suspended in doubt",
            "the national service has not heard of the doubt",
            with(5),
            |s| {
                let mut doubted = mandate(PrivilegeSet::all());
                let (since, review_by) = (at("2026-11-10T09:00:00Z"), at("2027-01-31T11:00:00Z"));
                let reason = SuspendReason::Evidence;
                doubted.items[0].status =
                    Status::Suspended { since, reason, review_by, successor_from: None };
                s.facts.mandates.push(doubted);
            },
        ),
        case(
            "own mandate ended for misuse, its period running",
            "misuse is not moved elsewhere",
            with(5),
            |s| s.facts.mandates.push(misused()),
        ),
        case(
            "own mandate ended for misuse, its period over",
            "what it was signed for is over",
            with(5),
            |s| {
                let validity = Validity::days(day(2026, 1, 1), day(2026, 11, 19));
                s.facts.mandates.push(MandateFact { validity, ..misused() });
            },
        ),
        case(
            "the giver is doubted to understand a mandate",
            "nor one that was signed elsewhere",
            with(5),
            |s| {
                s.facts.subject_doubted = Some(at("2026-11-10T09:00:00Z"));
            },
        ),
    ]
}

fn misused() -> MandateFact {
    let mut misused = mandate(PrivilegeSet::all());
    let (at, reason) = (at("2026-11-10T09:00:00Z"), AnnulReason::Misuse);
    misused.items[0].status = Status::Annulled { at, reason };
    misused
}
