//! Samples of the access log.

use super::super::{AccessLogPage, AccessRow, AccessScope, Asked, Did, Paging, Rights, Who};
use super::{Here, inger, journal, mette};
use borgerportal_domain::access::BasisKind;
use borgerportal_domain::access_log::ObjectKind;
use borgerportal_domain::asking::{LookUpAnswer, Purpose};
use borgerportal_i18n::{Date, Lang, Time};

const MANDATE: Option<BasisKind> = Some(BasisKind::Mandate);

fn row(
    day: i8,
    hour: i8,
    who: Who<'static>,
    basis: Option<BasisKind>,
    object: ObjectKind,
    did: Did,
) -> AccessRow<'static> {
    AccessRow {
        date: Date::constant(2025, 11, day),
        time: Time::constant(hour, 4, 0, 0),
        who,
        basis,
        object,
        title: (object == ObjectKind::Document).then_some("Sårpleje på venstre ben"),
        did,
        asked: None,
    }
}

fn looked_up() -> AccessRow<'static> {
    let asked = Asked { client: "fjordby-sager", purpose: Purpose::PhoneCall, answer: LookUpAnswer::Yes };
    let who = Who::System("Fjordby Kommune");
    AccessRow { asked: Some(asked), ..row(18, 10, who, None, ObjectKind::LookUp, Did::Saw) }
}

fn rows() -> Vec<AccessRow<'static>> {
    use ObjectKind as O;
    let mette = Who::Person("Mette Holm");
    let own = Some(BasisKind::Own);
    vec![
        row(20, 10, Who::You, own, O::AccessLog, Did::Saw),
        row(20, 9, mette, MANDATE, O::Document, Did::Saw),
        row(20, 9, mette, MANDATE, O::DocumentList, Did::Saw),
        row(20, 7, mette, MANDATE, O::DocumentList, Did::Saw),
        row(20, 7, mette, MANDATE, O::DocumentList, Did::Saw),
        row(20, 8, mette, MANDATE, O::DocumentSearch, Did::Saw),
        row(19, 16, mette, MANDATE, O::DocumentFile, Did::Saw),
        row(19, 15, Who::Person("Jens Holm"), None, O::Journal, Did::Refused),
        row(18, 12, Who::Staff("Visitation og hjælpemidler"), None, O::Document, Did::Saw),
        row(18, 11, Who::System("Fjordby Omsorg"), None, O::Plans, Did::Saw),
        looked_up(),
        row(17, 10, Who::You, own, O::Mandates, Did::Changed),
        row(17, 9, Who::Person("Ole Holm"), Some(BasisKind::Guardianship), O::FrontPage, Did::Saw),
        row(16, 9, Who::Person("Eva Holm"), Some(BasisKind::Claim), O::DocumentList, Did::Saw),
        row(15, 9, Who::Person("Bo Holm"), Some(BasisKind::Custody), O::Mandates, Did::Saw),
        row(15, 8, Who::Person("Bo Holm"), Some(BasisKind::Custody), O::Visit, Did::Changed),
        row(15, 7, Who::Person("Bo Holm"), Some(BasisKind::Custody), O::Messages, Did::Changed),
    ]
}

impl AccessLogPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let typical = Self {
            frame: inger(lang, Here::AccessLog),
            journal: journal(),
            scope: AccessScope::Everybody,
            rows: rows(),
            paging: Paging { newer: None, older: Some("b2xk") },
        };
        let acts = rows().into_iter().filter(|row| row.who == Who::You).collect();
        let relative = mette(lang, Here::AccessLog, Rights::Read);
        let crowd = rows().into_iter().cycle().take(50).collect();
        vec![
            ("empty", Self { rows: vec![], paging: Paging::default(), ..typical.clone() }),
            (
                "relative",
                Self { frame: relative, scope: AccessScope::OwnActs, rows: acts, ..typical.clone() },
            ),
            (
                "crowded",
                Self { rows: crowd, paging: Paging { newer: Some("bmV3"), older: None }, ..typical.clone() },
            ),
            ("typical", typical),
        ]
    }
}
