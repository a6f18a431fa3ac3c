//! What must hold for every decision, whatever the facts.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::law::fixtures::{HELPER, OTHER, SUBJECT, Scene, custody, day, helsingor, mandate, now, randers};
use crate::mandates::{AnnulReason, Channel, Origin, Party, Status, SuspendReason, Territory, Validity};
use crate::municipality::{InactiveJournal, MandateSource, Policy, YouthPolicy};
use crate::{MandateId, PersonId, Timestamp};

fn people() -> impl Strategy<Value = PersonId> {
    select(vec![SUBJECT, HELPER, HELPER, HELPER, OTHER])
}

fn privilege_sets() -> impl Strategy<Value = PrivilegeSet> {
    subsequence(Privilege::ALL, 0..=Privilege::ALL.len()).prop_map(|some| some.into_iter().collect())
}

/// Instants within half a year on both sides of now.
fn instants() -> impl Strategy<Value = Timestamp> {
    (-260_000i64..260_000).prop_map(|minutes| now().plus_minutes(minutes))
}

fn statuses() -> impl Strategy<Value = Status> {
    let reason = SuspendReason::Capacity;
    prop_oneof![
        6 => option::of(instants()).prop_map(|successor_from| Status::Running { successor_from }),
        1 => instants().prop_map(move |since| Status::Suspended {
            since, reason, review_by: since.plus_days(9), successor_from: None,
        }),
        1 => instants().prop_map(|at| Status::Withdrawn { at }),
        1 => instants().prop_map(|at| Status::Renounced { at }),
        1 => instants().prop_map(|at| Status::Annulled { at, reason: AnnulReason::Misuse }),
        1 => instants().prop_map(|at| Status::EndedByDeath { at, party: Party::Giver }),
    ]
}

fn items() -> impl Strategy<Value = ItemFact> {
    let territories = select(vec![
        Territory::All,
        Territory::All,
        Territory::Only(vec![helsingor()]),
        Territory::Only(vec![randers()]),
    ]);
    (statuses(), privilege_sets(), select(Channel::ALL), territories, any::<bool>()).prop_map(
        |(status, privileges, channel, territory, package_active)| ItemFact {
            status,
            privileges,
            channel,
            territory,
            package_active,
        },
    )
}

fn mandates() -> impl Strategy<Value = MandateFact> {
    let ids = any::<[u8; 16]>().prop_map(MandateId::from_bytes);
    (ids, people(), people(), select(Origin::ALL), (instants(), 0i64..300_000), vec(items(), 0..3)).prop_map(
        |(id, holder, giver, origin, (from, minutes), items)| MandateFact {
            id,
            giver: if giver == HELPER { SUBJECT } else { giver },
            holder,
            origin,
            validity: Validity { from, until: from.plus_minutes(minutes) },
            items,
        },
    )
}

fn policies() -> impl Strategy<Value = Policy> {
    let inactive = select(vec![
        InactiveJournal::Locked,
        InactiveJournal::ReadOnly { months: 6 },
        InactiveJournal::LettersOnly,
    ]);
    (select(YouthPolicy::ALL), inactive, select(MandateSource::ALL))
        .prop_map(|(youth, inactive, mandate_source)| Policy { youth, inactive, mandate_source })
}

/// Any caller amid any facts.
fn scenes() -> impl Strategy<Value = Scene> {
    let birthdays = select(vec![day(1943, 5, 12), day(2017, 4, 9), day(2010, 3, 5), day(2008, 11, 20)]);
    let places = select(vec![helsingor(), helsingor(), randers()]);
    let claims = vec((people(), places, privilege_sets(), instants()), 0..2);
    let caller = (select(Role::ALL), select(Level::ALL), people(), claims);
    let blocked =
        prop_oneof![people().prop_map(Blocked::Person), Just(Blocked::AllOthers), Just(Blocked::Everybody),];
    let blocks = vec((blocked, instants(), option::of(instants())), 0..2);
    let custody_of = option::of((people(), any::<bool>(), 0i64..120));
    let guardianship = option::of((people(), select(GuardianshipScope::ALL)));
    let subject = (birthdays, proptest::bool::weighted(0.1), proptest::bool::weighted(0.2));
    (caller, subject, vec(mandates(), 0..4), custody_of, guardianship, (blocks, policies())).prop_map(
        |(
            (role, level, actor, claims),
            (born, dead, inactive),
            mandates,
            kept,
            guardian,
            (blocks, policy),
        )| {
            let mut scene = if actor == SUBJECT { Scene::own(born) } else { Scene::another(role, born) };
            scene.caller.role = role;
            scene.caller.level = level;
            let claims = claims.into_iter();
            scene.caller.claims = claims
                .map(|(giver, municipality, privileges, asserted_at)| Claim {
                    giver,
                    municipality,
                    privileges,
                    asserted_at,
                })
                .collect();
            scene.facts.subject.deceased_on = dead.then(|| day(2026, 11, 1));
            if inactive {
                scene.facts.journal = JournalState::Inactive { since: day(2026, 7, 1) };
            }
            scene.facts.mandates = mandates;
            scene.facts.custody = kept.map(|(holder, withheld, minutes)| CustodyFact {
                holder,
                withheld,
                asked_at: now().plus_minutes(-minutes),
                ..custody()
            });
            scene.facts.guardianship = guardian.map(|(guardian, scope)| Guardianship {
                guardian,
                ward: SUBJECT,
                scope,
                from: day(2024, 1, 1),
                last_day: None,
            });
            let blocks = blocks.into_iter();
            scene.facts.blocks =
                blocks.map(|(blocked, from, until)| Block { blocked, from, until }).collect();
            scene.policy = policy;
            scene
        },
    )
}

fn ask(scene: &Scene, privilege: Privilege) -> Result<Basis, Refusal> {
    decide(&scene.caller, &scene.facts, &scene.policy, privilege, now())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn without_live_rights_others_get_nothing(scene in scenes(), privilege in select(Privilege::ALL)) {
        let mut bare = scene;
        bare.facts.custody = None;
        bare.facts.guardianship = None;
        bare.caller.claims.clear();
        for item in bare.facts.mandates.iter_mut().flat_map(|one| &mut one.items) {
            item.status = Status::Withdrawn { at: now() };
        }
        prop_assume!(bare.caller.actor != SUBJECT);
        prop_assert!(ask(&bare, privilege).is_err());
    }

    #[test]
    fn a_withdrawn_mandate_is_no_basis(scene in scenes(), privilege in select(Privilege::ALL)) {
        if let Ok(Basis::Mandate { id, .. }) = ask(&scene, privilege) {
            let mut after = scene;
            for one in after.facts.mandates.iter_mut().filter(|one| one.id == id) {
                one.items.iter_mut().for_each(|item| item.status = Status::Withdrawn { at: now() });
            }
            let still = ask(&after, privilege).ok().and_then(|basis| basis.mandate());
            prop_assert_ne!(still, Some(id));
        }
    }

    #[test]
    fn more_rights_never_take_one_away(scene in scenes(), more in privilege_sets(), privilege in select(Privilege::ALL)) {
        let before = ask(&scene, privilege);
        let mut wider = scene.clone();
        for item in wider.facts.mandates.iter_mut().flat_map(|one| &mut one.items) {
            item.privileges = item.privileges.union(more);
        }
        prop_assert!(before.is_err() || ask(&wider, privilege).is_ok());
        let mut another = scene;
        another.facts.mandates.push(mandate(more));
        prop_assert!(before.is_err() || ask(&another, privilege).is_ok());
    }

    #[test]
    fn a_doubt_opens_nothing_and_no_claim(scene in scenes(), privilege in select(Privilege::ALL)) {
        let mut doubted = scene.clone();
        doubted.facts.subject_doubted = Some(now());
        match ask(&doubted, privilege) {
            Ok(basis) => {
                prop_assert_eq!(ask(&scene, privilege), Ok(basis));
                prop_assert_ne!(basis.kind(), BasisKind::Claim);
            }
            Err(_) => prop_assert!(ask(&scene, privilege).is_ok_and(|it| it.kind() == BasisKind::Claim) || ask(&scene, privilege).is_err()),
        }
    }

    #[test]
    fn a_block_always_denies(scene in scenes(), privilege in select(Privilege::ALL)) {
        let mut blocked = scene;
        let person = Blocked::Person(blocked.caller.actor);
        blocked.facts.blocks.push(Block { blocked: person, from: now(), until: None });
        prop_assert!(ask(&blocked, privilege).is_err());
    }

    #[test]
    fn death_and_weak_logins_always_deny(scene in scenes(), privilege in select(Privilege::ALL)) {
        let mut dead = scene.clone();
        dead.facts.subject.deceased_on = Some(day(2026, 11, 1));
        dead.facts.actor.deceased_on = if dead.caller.actor == SUBJECT { Some(day(2026, 11, 1)) } else { None };
        prop_assert!(ask(&dead, privilege).is_err());
        let mut weak = scene;
        weak.caller.level = Level::Low;
        prop_assert!(ask(&weak, privilege).is_err());
    }

    #[test]
    fn reading_rights_never_act(mut scene in scenes(), privilege in select(Privilege::ALL)) {
        for item in scene.facts.mandates.iter_mut().flat_map(|one| &mut one.items) {
            item.privileges = PrivilegeSet::all_reading();
        }
        for claim in &mut scene.caller.claims {
            claim.privileges = PrivilegeSet::all_reading();
        }
        if privilege.is_act() && let Ok(basis) = ask(&scene, privilege) {
            prop_assert!(!matches!(basis.kind(), BasisKind::Mandate | BasisKind::Claim));
        }
    }

    #[test]
    fn log_and_mandates_are_the_subjects_alone(scene in scenes(), privilege in select(Privilege::ALL)) {
        if privilege.is_subjects_alone() && ask(&scene, privilege).is_ok() {
            prop_assert_eq!(scene.caller.actor, SUBJECT);
        }
    }

    #[test]
    fn facts_about_others_change_nothing(scene in scenes(), other in mandates(), privilege in select(Privilege::ALL)) {
        let before = ask(&scene, privilege);
        let mut more = scene;
        more.facts.mandates.push(MandateFact { holder: OTHER, giver: SUBJECT, ..other });
        prop_assume!(more.caller.actor != OTHER);
        prop_assert_eq!(ask(&more, privilege), before);
    }

    #[test]
    fn a_basis_has_not_ended(scene in scenes(), privilege in select(Privilege::ALL)) {
        if let Ok(basis) = ask(&scene, privilege) {
            prop_assert!(basis.until().is_none_or(|until| until > now()));
        }
    }

    #[test]
    fn the_order_of_mandates_does_not_matter_for_yes_or_no(scene in scenes(), privilege in select(Privilege::ALL)) {
        let before = ask(&scene, privilege);
        let mut turned = scene;
        turned.facts.mandates.reverse();
        let after = ask(&turned, privilege);
        prop_assert_eq!(before.map(|basis| (basis.kind(), basis.until())), after.map(|basis| (basis.kind(), basis.until())));
    }

    #[test]
    fn strangers_never_learn_anything(mut scene in scenes(), privilege in select(Privilege::ALL)) {
        scene.facts.mandates.retain(|one| one.holder != scene.caller.actor);
        scene.facts.custody = None;
        scene.facts.guardianship = None;
        scene.caller.claims.clear();
        scene.caller.level = Level::High;
        prop_assume!(scene.caller.actor != SUBJECT);
        prop_assert_eq!(ask(&scene, privilege), Err(Refusal::NO_RELATION));
    }
}
