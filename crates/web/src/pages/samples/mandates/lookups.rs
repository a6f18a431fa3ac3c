//! Samples of look-ups.

use super::super::super::mandates::{LookUpRow, LookUpsPage};
use super::{mandate, own};
use borgerportal_domain::asking::{LookUpAnswer, Purpose};
use borgerportal_i18n::{Date, Lang, Time};

fn row(day: i8, purpose: Purpose, answer: LookUpAnswer) -> LookUpRow {
    LookUpRow {
        date: Date::constant(2025, 11, day),
        time: Time::constant(9, 4, 0, 0),
        who: "Fjordby Kommune".to_owned(),
        client: "fjordby-sager".to_owned(),
        subject: "Hjælpemidler".to_owned(),
        portal: answer == LookUpAnswer::Unknown,
        purpose,
        case: "27.60.12-G01-7-26".to_owned(),
        answer,
        mandate: (answer == LookUpAnswer::Yes).then(|| mandate(1)),
    }
}

impl LookUpsPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let rows = vec![
            row(20, Purpose::PhoneCall, LookUpAnswer::Yes),
            row(19, Purpose::Meeting, LookUpAnswer::No),
            row(18, Purpose::Letter, LookUpAnswer::Unknown),
            row(17, Purpose::Casework, LookUpAnswer::Yes),
        ];
        let typical = Self { frame: own(lang, "Inger Holm"), rows, most: 100 };
        let crowd = typical.rows.iter().cycle().take(100).cloned().collect();
        vec![
            ("empty", Self { rows: Vec::new(), ..typical.clone() }),
            ("crowded", Self { rows: crowd, ..typical.clone() }),
            ("typical", typical),
        ]
    }
}
