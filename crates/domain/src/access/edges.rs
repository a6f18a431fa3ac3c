//! Edges that a table of circumstances does not show: exact minutes, several mandates at once, what is told
//! when more than one thing is wrong.

use super::*;
use crate::law::fixtures::{
    HELPER, OTHER, SUBJECT, Scene, at, custody, day, helsingor, mandate, now, randers,
};
use crate::mandates::{AnnulReason, Channel, Origin, Status, SuspendReason, Territory, Validity};
use crate::municipality::{MandateSource, YouthPolicy};
use crate::time::copenhagen_midnight;
use crate::{MandateId, Timestamp};

fn ask(scene: &Scene, privilege: Privilege) -> Result<Basis, RefusalCode> {
    decide(&scene.caller, &scene.facts, &scene.policy, privilege, now()).map_err(|no| no.kind())
}

fn ask_at(scene: &Scene, privilege: Privilege, now: Timestamp) -> Result<Basis, RefusalCode> {
    decide(&scene.caller, &scene.facts, &scene.policy, privilege, now).map_err(|no| no.kind())
}

#[test]
fn a_login_is_fresh_for_exactly_ten_minutes() {
    let mut scene = Scene::own(day(1943, 5, 12));
    scene.caller.authenticated_at = now().plus_minutes(-FRESH_LOGIN_MINUTES);
    assert_eq!(ask(&scene, Privilege::ManageMandates), Ok(Basis::Own));
    scene.caller.authenticated_at = scene.caller.authenticated_at.plus_millis(-1);
    assert_eq!(ask(&scene, Privilege::ManageMandates), Err(RefusalCode::FreshLoginNeeded));
    assert_eq!(ask(&scene, Privilege::StopMandates), Ok(Basis::Own), "a stop is never held up");
    scene.caller.authenticated_at = now().plus_minutes(1);
    assert_eq!(ask(&scene, Privilege::ManageMandates), Ok(Basis::Own), "the broker's clock may run ahead");
}

#[test]
fn the_registers_answer_is_asked_again_after_15_minutes_and_worth_nothing_after_60() {
    let fact = custody();
    let after = |minutes: i64, millis: i64| fact.asked_at.plus_minutes(minutes).plus_millis(millis);
    assert!(!fact.needs_asking(after(15, 0)) && fact.needs_asking(after(15, 1)));
    assert!(!fact.is_stale(after(60, 0)) && fact.is_stale(after(60, 1)));
    let scene = Scene::parent(day(2017, 4, 9));
    assert!(ask_at(&scene, Privilege::ReadDocuments, after(60, 0)).is_ok());
    let stale = ask_at(&scene, Privilege::ReadDocuments, after(60, 1));
    assert_eq!(stale, Err(RefusalCode::CustodyStale));
}

#[test]
fn custody_ends_at_danish_midnight_before_the_18th_birthday() {
    let mut scene = Scene::parent(day(2008, 7, 15));
    let midnight = copenhagen_midnight(day(2026, 7, 15));
    assert_eq!(midnight, at("2026-07-14T22:00:00Z"), "summer time");
    scene.facts.custody = Some(CustodyFact { asked_at: midnight, ..custody() });
    let before = ask_at(&scene, Privilege::ReadDocuments, midnight.plus_millis(-1));
    let youth = Some(YouthPolicy::Filtered);
    assert_eq!(before, Ok(Basis::Custody { last_day: day(2026, 7, 14), youth }));
    assert_eq!(before.map(|basis| basis.until()), Ok(Some(midnight)));
    assert_eq!(ask_at(&scene, Privilege::ReadDocuments, midnight), Err(RefusalCode::ChildOfAge));
}

#[test]
fn an_earlier_end_of_custody_counts_before_the_birthday() {
    let mut scene = Scene::parent(day(2017, 4, 9));
    let last_day = day(2026, 12, 24);
    scene.facts.custody = Some(CustodyFact { last_day: Some(last_day), ..custody() });
    assert_eq!(ask(&scene, Privilege::ReadPlans), Ok(Basis::Custody { last_day, youth: None }));
}

#[test]
fn custody_of_another_child_or_by_another_parent_is_none() {
    for wrong in [CustodyFact { child: OTHER, ..custody() }, CustodyFact { holder: OTHER, ..custody() }] {
        let mut scene = Scene::parent(day(2017, 4, 9));
        scene.facts.custody = Some(wrong);
        assert_eq!(ask(&scene, Privilege::ReadDocuments), Err(RefusalCode::NoRelation));
    }
}

#[test]
fn the_mandate_that_lasts_longest_is_the_basis() {
    let mut scene = Scene::mandated(PrivilegeSet::all_reading());
    let longer = MandateFact {
        id: MandateId::from_bytes([9; 16]),
        validity: Validity::days(day(2026, 6, 1), day(2027, 5, 31)),
        ..mandate(PrivilegeSet::EMPTY.with(Privilege::ReadDocuments))
    };
    scene.facts.mandates.push(longer.clone());
    let basis = ask(&scene, Privilege::ReadDocuments).unwrap();
    assert_eq!((basis.mandate(), basis.until()), (Some(longer.id), Some(longer.validity.until)));
    let plans = ask(&scene, Privilege::ReadPlans).unwrap();
    assert_eq!(plans.mandate(), Some(MandateId::from_bytes([7; 16])), "only the other one covers plans");
}

#[test]
fn a_successor_sets_the_end_that_is_shown() {
    let mut scene = Scene::mandated(PrivilegeSet::all());
    let takes_over = now().plus_days(3);
    scene.facts.mandates[0].items[0].status = Status::Running { successor_from: Some(takes_over) };
    assert_eq!(ask(&scene, Privilege::ReadAids).unwrap().until(), Some(takes_over));
}

#[test]
fn acting_is_promised_only_for_what_may_be_done_here() {
    let mut scene = Scene::mandated(PrivilegeSet::all_reading());
    let reading = scene.facts.mandates[0].items[0].clone();
    let acting = ItemFact { privileges: PrivilegeSet::all(), ..reading.clone() };
    let may_act = |scene: &Scene| ask(scene, Privilege::ReadDocuments).unwrap().may_act();
    assert!(!may_act(&scene));
    scene.facts.mandates[0].items = vec![reading.clone(), acting.clone()];
    assert!(may_act(&scene));
    for hollow in [
        ItemFact { channel: Channel::Contact, ..acting.clone() },
        ItemFact { territory: Territory::Only(vec![randers()]), ..acting.clone() },
        ItemFact { package_active: false, ..acting.clone() },
        ItemFact { status: Status::Withdrawn { at: now() }, ..acting },
    ] {
        scene.facts.mandates[0].items = vec![reading.clone(), hollow];
        assert!(!may_act(&scene));
    }
}

#[test]
fn of_several_reasons_the_nearest_to_yes_is_told() {
    let mut scene = Scene::mandated(PrivilegeSet::all_reading());
    let mut expired = mandate(PrivilegeSet::all());
    expired.validity = Validity::days(day(2026, 1, 1), day(2026, 6, 30));
    let mut withdrawn = mandate(PrivilegeSet::all());
    withdrawn.items[0].status = Status::Withdrawn { at: at("2026-08-01T10:00:00Z") };
    scene.facts.mandates.push(expired.clone());
    assert_eq!(ask(&scene, Privilege::ActAids), Err(RefusalCode::ReadOnly));
    scene.facts.mandates = vec![expired.clone(), withdrawn.clone()];
    assert_eq!(ask(&scene, Privilege::ActAids), Err(RefusalCode::MandateWithdrawn), "the later end");
    scene.facts.mandates = vec![withdrawn, expired];
    assert_eq!(ask(&scene, Privilege::ActAids), Err(RefusalCode::MandateWithdrawn), "in any order");
}

#[test]
fn the_role_orders_the_bases() {
    let mut scene = Scene::parent(day(2010, 3, 5));
    scene.facts.mandates.push(mandate(PrivilegeSet::all_reading()));
    assert_eq!(ask(&scene, Privilege::ReadPlans).unwrap().kind(), BasisKind::Custody);
    scene.caller.role = Role::Relative;
    assert_eq!(ask(&scene, Privilege::ReadPlans).unwrap().kind(), BasisKind::Mandate);
    assert_eq!(ask(&scene, Privilege::ActAids).unwrap().kind(), BasisKind::Custody, "the mandate only reads");
}

#[test]
fn a_claim_ends_to_the_millisecond() {
    let mut scene = Scene::mandated(PrivilegeSet::EMPTY);
    scene.facts.mandates.clear();
    scene.policy.mandate_source = MandateSource::NemLogin;
    let (municipality, privileges) = (helsingor(), PrivilegeSet::all());
    let claim = Claim { giver: SUBJECT, municipality, privileges, asserted_at: now() };
    scene.caller.claims = vec![claim];
    assert!(ask_at(&scene, Privilege::ReadAids, claim.until().plus_millis(-1)).is_ok());
    assert_eq!(ask_at(&scene, Privilege::ReadAids, claim.until()), Err(RefusalCode::ClaimOver));
}

#[test]
fn a_claim_opens_the_record_of_its_own_municipality_and_only_what_is_used_there() {
    let mut scene = Scene::another(Role::Relative, day(1943, 5, 12));
    let claim = |municipality, privileges| Claim {
        giver: SUBJECT,
        municipality,
        privileges,
        asserted_at: now().plus_minutes(-5),
    };
    scene.caller.claims = vec![claim(randers(), PrivilegeSet::all())];
    assert_eq!(ask(&scene, Privilege::ReadPlans), Err(RefusalCode::NoRelation), "another's record of her");
    scene.caller.claims.push(claim(helsingor(), PrivilegeSet::EMPTY));
    assert_eq!(ask(&scene, Privilege::ReadPlans), Err(RefusalCode::PackageInactive));
    assert_eq!(ask(&scene, Privilege::ReadFrontPage), Err(RefusalCode::PackageInactive));
    scene.caller.claims.push(claim(helsingor(), PrivilegeSet::all_reading()));
    let basis = ask(&scene, Privilege::ReadPlans).unwrap();
    assert_eq!((basis.kind(), basis.until()), (BasisKind::Claim, Some(now().plus_minutes(25))));
    assert_eq!((basis.role(), basis.mandate(), basis.may_act()), (Role::Relative, None, false));
    scene.policy.mandate_source = MandateSource::Own;
    assert_eq!(ask(&scene, Privilege::ReadPlans), Err(RefusalCode::SourceNotUsed));
}

#[test]
fn a_mandate_of_our_own_comes_before_a_claim_and_the_knob_chooses_between_them() {
    let mut scene = Scene::mandated(PrivilegeSet::all_reading());
    let (municipality, privileges) = (helsingor(), PrivilegeSet::all());
    scene.caller.claims = vec![Claim { giver: SUBJECT, municipality, privileges, asserted_at: now() }];
    let kind = |scene: &Scene, privilege| ask(scene, privilege).map(|basis| basis.kind());
    for (source, reading, acting) in [
        (MandateSource::Own, Ok(BasisKind::Mandate), Err(RefusalCode::ReadOnly)),
        (MandateSource::NemLogin, Ok(BasisKind::Claim), Ok(BasisKind::Claim)),
        (MandateSource::Both, Ok(BasisKind::Mandate), Ok(BasisKind::Claim)),
    ] {
        scene.policy.mandate_source = source;
        assert_eq!(kind(&scene, Privilege::ReadAids), reading, "{source:?}");
        assert_eq!(kind(&scene, Privilege::ActAids), acting, "{source:?}");
    }
    scene.policy.mandate_source = MandateSource::NemLogin;
    scene.facts.mandates[0].origin = Origin::Paper;
    assert_eq!(kind(&scene, Privilege::ReadAids), Ok(BasisKind::Mandate), "on paper it is ours in any case");
}

/// What an authority has stopped between two people speaks of these two alone, of every municipality's record, and never
/// of what the helper has on another ground.
#[test]
fn an_authoritys_stop_refuses_the_claim_between_these_two_and_nothing_else() {
    let mut scene = Scene::another(Role::Relative, day(1943, 5, 12));
    let (municipality, privileges) = (helsingor(), PrivilegeSet::all());
    scene.caller.claims = vec![Claim { giver: SUBJECT, municipality, privileges, asserted_at: now() }];
    scene.policy.mandate_source = MandateSource::NemLogin;
    let suspended = Status::Suspended {
        since: now().plus_days(-1),
        reason: SuspendReason::Misuse,
        review_by: now().plus_days(9),
        successor_from: None,
    };
    let annulled = |reason| Status::Annulled { at: now().plus_days(-1), reason };
    let read = |scene: &Scene| ask(scene, Privilege::ReadAids).map(|basis| basis.kind());
    for (status, expected) in [
        (suspended, Err(RefusalCode::MandateSuspended)),
        (annulled(AnnulReason::Misuse), Err(RefusalCode::MandateAnnulled)),
        (annulled(AnnulReason::Guardianship), Ok(BasisKind::Claim)),
        (Status::Withdrawn { at: now().plus_days(-1) }, Ok(BasisKind::Claim)),
        (Status::SIGNED, Ok(BasisKind::Claim)),
    ] {
        let mut one = mandate(PrivilegeSet::all());
        one.items[0].status = status;
        one.items[0].territory = Territory::Only(vec![randers()]);
        scene.facts.mandates = vec![one.clone()];
        assert_eq!(read(&scene), expected, "{status:?}");
        for (giver, holder) in [(OTHER, HELPER), (SUBJECT, OTHER)] {
            scene.facts.mandates = vec![MandateFact { giver, holder, ..one.clone() }];
            assert_eq!(read(&scene), Ok(BasisKind::Claim), "between others: {status:?}");
        }
    }
    scene.facts.mandates.clear();
    scene.facts.subject_doubted = Some(now());
    assert_eq!(read(&scene), Err(RefusalCode::MandateSuspended));
    scene.policy.mandate_source = MandateSource::Both;
    scene.facts.mandates.push(mandate(PrivilegeSet::all()));
    assert_eq!(read(&scene), Ok(BasisKind::Mandate), "what was signed before the doubt is for itself");
    scene.facts.mandates.clear();
    scene.caller.claims[0].asserted_at = now().plus_minutes(-31);
    assert_eq!(read(&scene), Err(RefusalCode::ClaimOver), "whose claim is over learns of no doubt");
}

#[test]
fn blocks_hold_from_their_first_instant_to_before_their_last() {
    let block = |blocked| Block { blocked, from: now(), until: Some(now().plus_minutes(1)) };
    let person = block(Blocked::Person(HELPER));
    let hits = |block: &Block, actor, millis| block.hits(actor, SUBJECT, now().plus_millis(millis));
    assert!(!hits(&person, HELPER, -1) && hits(&person, HELPER, 0));
    assert!(hits(&person, HELPER, 59_999) && !hits(&person, HELPER, 60_000));
    assert!(!hits(&person, OTHER, 0) && !hits(&person, SUBJECT, 0));
    let others = block(Blocked::AllOthers);
    assert!(hits(&others, HELPER, 0) && !hits(&others, SUBJECT, 0));
    let everybody = block(Blocked::Everybody);
    assert!(hits(&everybody, HELPER, 0) && hits(&everybody, SUBJECT, 0));
}

#[test]
fn facts_about_somebody_else_prove_nothing_about_the_caller() {
    let mut scene = Scene::own(day(1943, 5, 12));
    scene.caller.actor = OTHER;
    assert_eq!(ask(&scene, Privilege::ReadDocuments), Err(RefusalCode::NoRelation));
}

#[test]
fn refusals_name_the_day_in_denmark() {
    let late = Refusal::at(RefusalCode::MandateExpired, at("2026-06-30T21:59:59.999Z"));
    assert_eq!((late.day(), late.instant().is_some()), (Some(day(2026, 6, 30)), true));
    let birthday = Refusal::on(RefusalCode::ChildOfAge, day(2026, 7, 15));
    assert_eq!((birthday.day(), birthday.instant()), (Some(day(2026, 7, 15)), None));
    assert_eq!(Refusal::NO_RELATION.day(), None);
    assert_eq!(late.to_string(), "access.mandate.expired");
    let hidden: Vec<_> = RefusalCode::ALL.iter().filter(|code| !code.reveals()).collect();
    assert_eq!(hidden, [&RefusalCode::NoRelation], "everything else is about the person's own right");
}

#[test]
fn each_basis_says_who_until_when_and_whether_more_than_reading() {
    let (last_day, until, id) =
        (day(2026, 12, 31), at("2026-12-31T23:00:00Z"), MandateId::from_bytes([7; 16]));
    for (basis, kind, ends, may_act) in [
        (Basis::Own, BasisKind::Own, None, true),
        (Basis::Custody { last_day, youth: None }, BasisKind::Custody, Some(until), true),
        (Basis::Guardianship { last_day: Some(last_day) }, BasisKind::Guardianship, Some(until), true),
        (Basis::Guardianship { last_day: None }, BasisKind::Guardianship, None, true),
        (Basis::Mandate { id, until, may_act: false }, BasisKind::Mandate, Some(until), false),
        (Basis::Claim { until, may_act: true }, BasisKind::Claim, Some(until), true),
    ] {
        assert_eq!((basis.kind(), basis.until(), basis.may_act()), (kind, ends, may_act));
        assert_eq!(basis.mandate(), (kind == BasisKind::Mandate).then_some(id));
        assert_eq!(basis.is_own(), kind == BasisKind::Own);
    }
}

#[test]
fn a_mandate_from_somebody_else_opens_nothing_here() {
    for (giver, holder) in [(OTHER, HELPER), (SUBJECT, OTHER), (HELPER, SUBJECT)] {
        let mut scene = Scene::mandated(PrivilegeSet::all());
        scene.facts.mandates[0].giver = giver;
        scene.facts.mandates[0].holder = holder;
        assert_eq!(ask(&scene, Privilege::ReadDocuments), Err(RefusalCode::NoRelation));
    }
}

#[test]
fn territories_cover_and_overlap() {
    let (here, there) = (Territory::Only(vec![helsingor()]), Territory::Only(vec![randers()]));
    let nowhere = Territory::Only(Vec::new());
    assert!(Territory::All.covers(randers()) && here.covers(helsingor()) && !here.covers(randers()));
    assert!(Territory::All.overlaps(&here) && here.overlaps(&Territory::All) && here.overlaps(&here));
    assert!(!here.overlaps(&there) && !nowhere.covers(helsingor()));
    assert!(!nowhere.overlaps(&Territory::All) && !Territory::All.overlaps(&nowhere));
}
