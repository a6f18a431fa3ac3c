//! Samples of the profile: nothing chosen, everything chosen, a code on its way, and what can be wrong.

use super::super::{CodeSent, Fault, Frame, NewsRow, ProfileDone, ProfilePage};
use super::{Here, inger, journal};
use borgerportal_domain::JournalId;
use borgerportal_domain::news::Channel;
use borgerportal_i18n::{Lang, Texts};

const ADDRESS: &str = "inger.holm@eksempel.dk";

fn rows(by: &'static [Channel]) -> Vec<NewsRow<'static>> {
    let other = JournalId::from_bytes([0x02; 16]);
    vec![
        NewsRow { journal: journal(), other: None, by },
        NewsRow { journal: other, other: Some("Karen Margrethe Holm-Larsen"), by: &[Channel::Sms] },
    ]
}

impl ProfilePage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let empty = Self {
            frame: Frame { journal: None, path: "/profil", ..inger(lang, Here::Elsewhere) },
            address: None,
            refused: false,
            code: None,
            no_number: false,
            ways: Channel::ALL,
            rows: rows(&[]),
            done: None,
            faults: Vec::new(),
            typed: "",
        };
        let wrong = |field, code| {
            let words = Texts::of(lang).of_code(code).unwrap_or_default();
            Fault::of(true, field, words)
        };
        let sent = CodeSent { address: ADDRESS, refused: false, open: true };
        let chosen = Self { address: Some(ADDRESS), rows: rows(Channel::ALL), ..empty.clone() };
        let over = || vec![Fault { field: "kode", words: Texts::of(lang).get("profile-code-over").into() }];
        vec![
            ("nothing", empty.clone()),
            ("typical", Self { done: Some(ProfileDone::Saved), ..chosen.clone() }),
            ("no-address", Self { faults: wrong("mail", "news.address"), typed: "inger@", ..empty.clone() }),
            ("code", Self { code: Some(sent), done: Some(ProfileDone::CodeSent), ..empty.clone() }),
            (
                "code-over",
                Self { code: Some(CodeSent { open: false, ..sent }), faults: over(), ..empty.clone() },
            ),
            ("code-refused", Self { code: Some(CodeSent { refused: true, ..sent }), ..chosen.clone() }),
            ("refused", Self { refused: true, no_number: true, ..chosen.clone() }),
            ("wish-refused", Self { faults: wrong("besked", "news.no_address"), ..empty.clone() }),
            ("sms-only", Self { ways: &[Channel::Sms], ..empty.clone() }),
            ("no-municipality", Self { rows: Vec::new(), ..empty.clone() }),
            ("no-ways", Self { ways: &[], ..empty }),
        ]
    }
}
