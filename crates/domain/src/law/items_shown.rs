//! Which items are shown to whom: every kind of viewer, every label, and why not.

use std::fmt::Write;

use super::fixtures::{at, day, now};
use super::settle;
use crate::access::{Basis, JournalState};
use crate::documents::DocumentType;
use crate::items::{
    Area, Audience, Item, ItemKind, Sensitivities, Sensitivity, Shown, Viewing, Visibility, may_show,
};
use crate::municipality::{InactiveJournal, Policy, PublicationRule, YouthPolicy};
use crate::{MandateId, Timestamp};

/// A row: an item, and what is special about the journal.
struct Case {
    name: &'static str,
    kind: ItemKind,
    area: Area,
    labels: Visibility,
    protected: bool,
    journal: JournalState,
    policy: Policy,
    rules: Vec<PublicationRule>,
    received_at: Timestamp,
}

/// A letter for everybody in an ordinary journal, with one thing changed.
fn case(name: &'static str, change: impl FnOnce(&mut Case)) -> Case {
    let mut case = Case {
        name,
        kind: ItemKind::Document(DocumentType::Letter),
        area: Area::Nursing,
        labels: Visibility { audience: Some(Audience::ALL), ..Visibility::default() },
        protected: false,
        journal: JournalState::Active,
        policy: Policy::default(),
        rules: Vec::new(),
        received_at: at("2026-11-19T09:00:00Z"),
    };
    change(&mut case);
    case
}

fn sensitive(one: Sensitivity) -> Sensitivities {
    Sensitivities::NONE.with(one)
}

/// The municipality shows letters from Nexus to the citizen and relatives.
fn rule() -> PublicationRule {
    PublicationRule {
        sender: Some("nexus".to_owned()),
        kind: Some(ItemKind::Document(DocumentType::Letter)),
        area: None,
        audience: Audience { citizen: true, parent: false, relative: true },
        delay_days: 0,
        from_date: None,
        signed_off_by: "Visitationen".to_owned(),
        signed_off_on: day(2026, 1, 31),
    }
}

fn audiences() -> Vec<Case> {
    vec![
        case("for everybody", |_| {}),
        case("for the citizen alone", |c| c.labels.audience = Some(Audience::CITIZEN)),
        case("for nobody", |c| c.labels.audience = Some(Audience::NOBODY)),
        case("no label, no municipal default", |c| c.labels.audience = None),
        case("no label, default for this sender and type", |c| {
            c.labels.audience = None;
            c.rules = vec![rule()];
        }),
        case("no label, default for another sender", |c| {
            c.labels.audience = None;
            c.rules = vec![PublicationRule { sender: Some("other".to_owned()), ..rule() }];
        }),
        case("no label, default for another type", |c| {
            c.labels.audience = None;
            c.kind = ItemKind::Document(DocumentType::Form);
            c.rules = vec![rule()];
        }),
        case("label for the citizen, default wider: the label counts", |c| {
            c.labels.audience = Some(Audience::CITIZEN);
            c.rules = vec![rule()];
        }),
        case("no label, dated before the municipality's from-date", |c| {
            c.labels.audience = None;
            c.rules = vec![PublicationRule { from_date: Some(day(2026, 11, 11)), ..rule() }];
        }),
    ]
}

fn delays() -> Vec<Case> {
    vec![
        case("visible from in an hour", |c| c.labels.visible_from = Some(now().plus_minutes(60))),
        case("visible from this very instant", |c| c.labels.visible_from = Some(now())),
        case("came yesterday, municipal delay 2 days", |c| {
            c.rules = vec![PublicationRule { delay_days: 2, ..rule() }];
        }),
        case("came yesterday, municipal delay 1 day", |c| {
            c.rules = vec![PublicationRule { delay_days: 1, ..rule() }];
        }),
        case("municipal delay 2 days, but the label names an earlier instant", |c| {
            c.rules = vec![PublicationRule { delay_days: 2, ..rule() }];
            c.labels.visible_from = Some(now().plus_minutes(-5));
        }),
    ]
}

fn withheld() -> Vec<Case> {
    vec![
        case("withheld from parents", |c| c.labels.withheld_from_parent = true),
        case("withheld from relatives", |c| c.labels.withheld_from_relative = true),
        case("tells about a third person", |c| c.labels.sensitivities = sensitive(Sensitivity::ThirdParty)),
        case("treatment a young person may keep", |c| {
            c.labels.sensitivities = sensitive(Sensitivity::YouthTreatment);
        }),
        case("sensitive social theme", |c| c.labels.sensitivities = sensitive(Sensitivity::Social)),
        case("shows where the citizen lives", |c| {
            c.labels.sensitivities = sensitive(Sensitivity::Whereabouts);
        }),
        case("shows where a protected citizen lives", |c| {
            c.labels.sensitivities = sensitive(Sensitivity::Whereabouts);
            c.protected = true;
        }),
        case("any letter of a protected citizen", |c| c.protected = true),
    ]
}

fn kinds() -> Vec<Case> {
    let inactive = JournalState::Inactive { since: day(2026, 3, 1) };
    vec![
        case("message", |c| c.kind = ItemKind::Document(DocumentType::Message)),
        case("observation (note)", |c| c.kind = ItemKind::Document(DocumentType::Observation)),
        case("assessment", |c| c.kind = ItemKind::Document(DocumentType::Assessment)),
        case("letter of the social area", |c| c.area = Area::Social),
        case("inactive journal, letters only: a letter", |c| {
            c.journal = inactive;
            c.policy.inactive = InactiveJournal::LettersOnly;
        }),
        case("inactive journal, letters only: a form", |c| {
            c.kind = ItemKind::Document(DocumentType::Form);
            c.journal = inactive;
            c.policy.inactive = InactiveJournal::LettersOnly;
        }),
        case("inactive journal, letters only: a grant", |c| {
            c.kind = ItemKind::Grant;
            c.journal = inactive;
            c.policy.inactive = InactiveJournal::LettersOnly;
        }),
        case("inactive journal, letters only: a visit", |c| {
            c.kind = ItemKind::Visit;
            c.journal = inactive;
            c.policy.inactive = InactiveJournal::LettersOnly;
        }),
        case("condition", |c| c.kind = ItemKind::Condition),
        case("action plan of the social area", |c| {
            c.kind = ItemKind::Plan;
            c.area = Area::Social;
        }),
        case("aid, no label, default for letters", |c| {
            c.kind = ItemKind::Aid;
            c.labels.audience = None;
            c.rules = vec![rule()];
        }),
        case("visit, no label, default for visits", |c| {
            c.kind = ItemKind::Visit;
            c.labels.audience = None;
            c.rules = vec![PublicationRule { kind: Some(ItemKind::Visit), ..rule() }];
        }),
    ]
}

/// The viewers of the columns. Custody of a young person comes with the municipality's knob.
fn viewers() -> Vec<(&'static str, Basis)> {
    let last_day = day(2028, 3, 4);
    let until = at("2026-12-31T23:00:00Z");
    vec![
        ("citizen", Basis::Own),
        ("parent of a child of 9", Basis::Custody { last_day, youth: None }),
        ("parent of 16, filtered", Basis::Custody { last_day, youth: Some(YouthPolicy::Filtered) }),
        ("parent of 16, full", Basis::Custody { last_day, youth: Some(YouthPolicy::Full) }),
        ("guardian", Basis::Guardianship { last_day: None }),
        ("mandate", Basis::Mandate { id: MandateId::from_bytes([7; 16]), until, may_act: true }),
        ("claim", Basis::Claim { until, may_act: false }),
    ]
}

fn cell(case: &Case, basis: &Basis) -> String {
    let item = Item {
        kind: case.kind,
        area: case.area,
        sender: "nexus",
        dated: day(2026, 11, 10),
        received_at: case.received_at,
        visibility: &case.labels,
    };
    let viewing = Viewing {
        basis,
        protected: case.protected,
        journal: case.journal,
        policy: case.policy,
        publication: &case.rules,
        now: now(),
    };
    match may_show(&item, &viewing) {
        Ok(Shown::Whole) => "YES".to_owned(),
        Ok(Shown::WithoutWhereabouts) => "YES, without author and unit".to_owned(),
        Err(hidden) => hidden.code().trim_start_matches("items.").to_owned(),
    }
}

#[test]
fn items_shown() {
    let mut out = String::from(
        "# Which items are shown to whom\n\n\
         A letter from the area of nursing, dated 10 November 2026, received 19 November, looked at on 20\n\
         November at 10:00 by somebody who may be in the journal. One thing differs in each row. Other words\n\
         than YES say why it is hidden; the viewer sees no trace of it.\n",
    );
    for (title, cases) in [
        ("For whom it is meant", audiences()),
        ("From when", delays()),
        ("Withheld and sensitive", withheld()),
        ("What kind it is", kinds()),
    ] {
        let names: Vec<_> = viewers().iter().map(|(name, _)| *name).collect();
        write!(
            out,
            "\n## {title}\n\n| item | {} |\n|---{}|\n",
            names.join(" | "),
            "|---".repeat(names.len())
        )
        .unwrap();
        for case in &cases {
            let cells: Vec<_> = viewers().iter().map(|(_, basis)| cell(case, basis)).collect();
            writeln!(out, "| {} | {} |", case.name, cells.join(" | ")).unwrap();
        }
    }
    settle("items_shown", "Which items are shown to whom", &out);
}

#[test]
fn nobody_sees_more_than_the_citizen_and_a_helper_never_more_than_a_guardian() {
    for case in [audiences(), delays(), withheld(), kinds()].into_iter().flatten() {
        let seen: Vec<bool> =
            viewers().iter().map(|(_, basis)| cell(&case, basis).starts_with("YES")).collect();
        assert!(seen.iter().all(|one| !one || seen[0]), "{}: more than the citizen", case.name);
        assert!(!seen[5] || seen[4], "{}: a helper more than a guardian", case.name);
        assert!(!seen[2] || seen[3], "{}: filtered more than full", case.name);
    }
}
