//! What must hold for every item and every viewer.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::*;
use crate::access::{Basis, JournalState};
use crate::documents::DocumentType;
use crate::law::fixtures::{at, day, now};
use crate::municipality::{InactiveJournal, Policy, PublicationRule, Settings, YouthPolicy};
use crate::{MandateId, MunicipalityCode, Timestamp};

/// Everything that decides about one item.
#[derive(Clone, Debug)]
struct Case {
    kind: ItemKind,
    area: Area,
    labels: Visibility,
    basis: Basis,
    protected: bool,
    journal: JournalState,
    policy: Policy,
    rules: Vec<PublicationRule>,
}

fn item(case: &Case) -> Item<'_> {
    Item {
        kind: case.kind,
        area: case.area,
        sender: "nexus",
        dated: day(2026, 11, 10),
        received_at: at("2026-11-19T09:00:00Z"),
        visibility: &case.labels,
    }
}

fn show_at(case: &Case, now: Timestamp) -> Result<Shown, Hidden> {
    let viewing = Viewing {
        basis: &case.basis,
        protected: case.protected,
        journal: case.journal,
        policy: case.policy,
        publication: &case.rules,
        now,
    };
    may_show(&item(case), &viewing)
}

fn audiences() -> impl Strategy<Value = Audience> {
    subsequence(Group::ALL, 0..=3).prop_map(|groups| groups.into_iter().collect())
}

fn labels() -> impl Strategy<Value = Visibility> {
    let sensitivities = subsequence(Sensitivity::ALL, 0..=2)
        .prop_map(|some| some.into_iter().fold(Sensitivities::NONE, Sensitivities::with));
    let instants = (-5_000i64..5_000).prop_map(|minutes| now().plus_minutes(minutes));
    (
        option::weighted(0.8, audiences()),
        option::weighted(0.3, instants),
        any::<bool>(),
        any::<bool>(),
        sensitivities,
    )
        .prop_map(
            |(audience, visible_from, withheld_from_parent, withheld_from_relative, sensitivities)| {
                Visibility {
                    audience,
                    visible_from,
                    withheld_from_parent,
                    withheld_from_relative,
                    sensitivities,
                }
            },
        )
}

fn bases() -> impl Strategy<Value = Basis> {
    let (last_day, until) = (day(2028, 1, 1), at("2027-01-01T00:00:00Z"));
    select(vec![
        Basis::Own,
        Basis::Custody { last_day, youth: None },
        Basis::Custody { last_day, youth: Some(YouthPolicy::Filtered) },
        Basis::Custody { last_day, youth: Some(YouthPolicy::Full) },
        Basis::Guardianship { last_day: None },
        Basis::Mandate { id: MandateId::from_bytes([7; 16]), until, may_act: true },
        Basis::Claim { until, may_act: true },
    ])
}

fn rules() -> impl Strategy<Value = PublicationRule> {
    let senders = select(vec![None, Some("nexus".to_owned()), Some("other".to_owned())]);
    let from_dates = select(vec![None, Some(day(2026, 11, 1)), Some(day(2026, 11, 15))]);
    (senders, option::of(select(&ItemKind::ALL)), audiences(), 0u16..5, from_dates).prop_map(
        |(sender, kind, audience, delay_days, from_date)| PublicationRule {
            sender,
            kind,
            area: None,
            audience,
            delay_days,
            from_date,
            signed_off_by: "Visitationen".to_owned(),
            signed_off_on: day(2026, 1, 31),
        },
    )
}

fn cases() -> impl Strategy<Value = Case> {
    let journals = select(vec![JournalState::Active, JournalState::Inactive { since: day(2026, 3, 1) }]);
    let inactive = select(vec![InactiveJournal::Locked, InactiveJournal::LettersOnly]);
    let item = (select(&ItemKind::ALL), select(Area::ALL), labels());
    let rules = proptest::collection::vec(rules(), 0..3);
    (item, bases(), any::<bool>(), journals, inactive, rules).prop_map(
        |((kind, area, labels), basis, protected, journal, inactive, rules)| {
            let policy = Policy { inactive, ..Policy::default() };
            Case { kind, area, labels, basis, protected, journal, policy, rules }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn nothing_is_seen_before_the_instant_that_is_said_and_nothing_waits_after_it(case in cases()) {
        let from = shown_from(&item(&case), &case.rules);
        prop_assert_ne!(show_at(&case, from), Err(Hidden::NotYet));
        if from > item(&case).received_at {
            prop_assert!(show_at(&case, from.plus_millis(-1)).is_err());
        }
    }

    #[test]
    fn time_only_ever_opens(case in cases(), earlier in 0i64..20_000) {
        let before = show_at(&case, now().plus_minutes(-earlier));
        prop_assert!(before.is_err() || show_at(&case, now()) == before);
    }

    #[test]
    fn the_citizen_sees_whatever_anybody_sees_if_it_is_meant_for_them(case in cases()) {
        let own = Case { basis: Basis::Own, ..case.clone() };
        let audience = case.labels.audience;
        let for_citizen = audience.is_some_and(|audience| audience.citizen);
        if for_citizen && show_at(&case, now()).is_ok() {
            prop_assert_eq!(show_at(&own, now()), Ok(Shown::Whole));
        }
    }

    #[test]
    fn withholding_and_sensitivity_never_show_more(case in cases(), one in select(Sensitivity::ALL)) {
        let mut stricter = case.clone();
        stricter.labels.sensitivities = case.labels.sensitivities.with(one);
        prop_assert!(show_at(&stricter, now()).is_err() || show_at(&case, now()).is_ok());
        stricter.labels.withheld_from_parent = true;
        stricter.labels.withheld_from_relative = true;
        let shown = show_at(&stricter, now());
        prop_assert!(shown.is_err() || stricter.basis.is_own());
    }

    #[test]
    fn nothing_undecided_is_shown(mut case in cases()) {
        case.labels.audience = None;
        case.rules.retain(|rule| !rule.fits("nexus", case.kind, case.area));
        prop_assert!(show_at(&case, now()).is_err());
    }

    #[test]
    fn where_a_protected_person_lives_is_shown_to_nobody_else(mut case in cases()) {
        case.protected = true;
        if !case.basis.is_own() {
            prop_assert_ne!(show_at(&case, now()), Ok(Shown::Whole));
            case.labels.sensitivities = case.labels.sensitivities.with(Sensitivity::Whereabouts);
            prop_assert!(show_at(&case, now()).is_err());
        }
    }

    #[test]
    fn nobody_outside_the_audience_sees_it(mut case in cases()) {
        case.labels.audience = Some(Audience::NOBODY);
        prop_assert!(show_at(&case, now()).is_err());
    }
}

#[test]
fn a_delay_ends_at_danish_midnight_also_when_summer_time_ends() {
    let settings = Settings::from_toml(
        "municipality = \"0217\"\n[[publication]]\naudience = [\"citizen\"]\ndelay_days = 2\n\
         signed_off_by = \"V\"\nsigned_off_on = 2026-01-01\n",
    )
    .unwrap();
    let labels = Visibility::default();
    let item = Item {
        kind: ItemKind::Document(DocumentType::Form),
        area: Area::Other,
        sender: "nexus",
        dated: day(2026, 10, 23),
        received_at: at("2026-10-24T21:30:00Z"),
        visibility: &labels,
    };
    let shown =
        |now| may_show(&item, &Viewing::new(&Basis::Own, false, JournalState::Active, &settings, now));
    assert_eq!(shown(at("2026-10-25T22:59:59.999Z")), Err(Hidden::NotYet));
    assert_eq!(shown(at("2026-10-25T23:00:00Z")), Ok(Shown::Whole));
}

#[test]
fn the_first_rule_that_fits_counts() {
    let mut settings = Settings::new(MunicipalityCode::parse("0217").unwrap());
    let rule = |kind, audience| PublicationRule {
        sender: None,
        kind,
        area: None,
        audience,
        delay_days: 0,
        from_date: None,
        signed_off_by: "V".to_owned(),
        signed_off_on: day(2026, 1, 1),
    };
    settings.publication = vec![
        rule(Some(ItemKind::Document(DocumentType::Observation)), Audience::NOBODY),
        rule(None, Audience::CITIZEN),
    ];
    let labels = Visibility::default();
    let shown = |kind| {
        let (dated, received_at) = (day(2026, 11, 1), now());
        let item = Item { kind, area: Area::Nursing, sender: "x", dated, received_at, visibility: &labels };
        may_show(&item, &Viewing::new(&Basis::Own, false, JournalState::Active, &settings, now()))
    };
    assert_eq!(shown(ItemKind::Document(DocumentType::Observation)), Err(Hidden::NotForYou));
    assert_eq!(shown(ItemKind::Document(DocumentType::Letter)), Ok(Shown::Whole));
}
