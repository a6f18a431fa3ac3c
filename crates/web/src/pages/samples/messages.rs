//! Samples of messages: the list, the questions, the receipt, a thread; for oneself, for another, and with nothing.

use super::super::messages::{
    At, By, CheckPage, DepartmentPage, DepartmentRow, DraftRow, FileRow, FilesPage, ListPage, Mark,
    ReceiptPage, Said, ThreadPage, ThreadRow, To, Way, WritePage,
};
use super::super::{Fault, Frame, Rights};
use super::{Here, TODAY, inger, item, journal, mette};
use borgerportal_domain::messages::{Kind, Step};
use borgerportal_i18n::{Date, Lang, Texts, Time};

const AT: (Date, Time) = (TODAY, Time::constant(10, 4, 0, 0));
const ERRAND: &str = "019aa000-0000-7000-8000-0000000000ee";
const BY: Date = Date::constant(2025, 11, 24);

fn own(lang: Lang) -> Frame<'static> {
    inger(lang, Here::Messages)
}

fn helping(lang: Lang, rights: Rights) -> Frame<'static> {
    mette(lang, Here::Messages, rights)
}

fn at(step: Step, kind: Kind, faults: Vec<Fault>) -> At {
    let draft = (step != Step::Department).then(|| item(40));
    At { journal: journal(), draft, step, reached: step, kind, answers: None, faults }
}

fn wrong(lang: Lang, field: &'static str, code: &str) -> Vec<Fault> {
    vec![Fault { field, words: Texts::of(lang).of_code(code).unwrap_or_default().into() }]
}

fn own_words(text: &str) -> String {
    text.to_owned()
}

impl ListPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let row = |number, title: &str, mark, helper: Option<&str>| ThreadRow {
            id: item(number),
            title: own_words(title),
            with: own_words("Hjemmesygeplejen"),
            start: own_words("Vi kommer i morgen mellem kl. 9 og 11."),
            helper: helper.map(own_words),
            count: usize::from(number),
            last: AT,
            mark,
        };
        let threads = vec![
            row(1, "Såret væsker", Mark::Answered, None),
            row(2, "Besøg i påsken", Mark::New, Some("Mette Holm")),
            row(3, "Ny madras", Mark::Waits, None),
            ThreadRow { with: String::new(), ..row(4, "Aktindsigt i min sag", Mark::Nothing, None) },
        ];
        let draft = |title: &str| DraftRow {
            href: own_words("/p/x/messages/drafts/y/write"),
            drop: own_words("/p/x/messages/drafts/y/drop"),
            title: own_words(title),
            touched: TODAY,
        };
        let empty = Self {
            frame: own(lang),
            journal: journal(),
            threads: Vec::new(),
            drafts: Vec::new(),
            may_write: true,
            somebody: true,
            page: 0,
            more: false,
            dropped: false,
        };
        let full = Self {
            threads,
            drafts: vec![draft("Kan I komme lidt senere på …"), draft("")],
            page: 1,
            more: true,
            dropped: true,
            ..empty.clone()
        };
        vec![
            ("empty", empty.clone()),
            ("nobody", Self { somebody: false, ..empty }),
            ("relative", Self { frame: helping(lang, Rights::ReadAndAct), ..full.clone() }),
            (
                "read-only",
                Self {
                    frame: helping(lang, Rights::Read),
                    may_write: false,
                    drafts: Vec::new(),
                    ..full.clone()
                },
            ),
            ("typical", full),
        ]
    }
}

impl DepartmentPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let row = |code: &str, name: &str, about: &str, open| DepartmentRow {
            code: own_words(code),
            name: own_words(name),
            about: own_words(about),
            hours: if about.is_empty() {
                String::new()
            } else {
                own_words("mandag–torsdag kl. 8.00–15.00")
            },
            open,
            closed: (open == Some(false)).then(|| own_words("Vi holder juleferie.")),
            answer_by: BY,
        };
        let departments = vec![
            row("nursing", "Hjemmesygeplejen", "Sår og medicin.", Some(true)),
            row("aids", "Hjælpemidler", "Kørestole og senge.", Some(false)),
            row("other", "Visitationen", "", None),
        ];
        let page = Self {
            frame: own(lang),
            at: at(Step::Department, Kind::Question, Vec::new()),
            about: Vec::new(),
            departments,
            chosen: None,
            errand: own_words(ERRAND),
        };
        let complaint = Self {
            at: at(Step::Department, Kind::Complaint, wrong(lang, "til", "messages.department.none")),
            about: vec![(item(7), own_words("Rengøring")), (item(8), own_words("Afgørelse om rengøring"))],
            chosen: Some(own_words("other")),
            ..page.clone()
        };
        vec![
            ("typical", page.clone()),
            ("complaint", complaint),
            ("nobody", Self { departments: Vec::new(), ..page.clone() }),
            ("relative", Self { frame: helping(lang, Rights::ReadAndAct), ..page }),
        ]
    }
}

fn to(closed: bool) -> To {
    To {
        name: own_words("Hjemmesygeplejen"),
        answer_by: Some(BY),
        acute: own_words("49283000"),
        closed: closed.then(|| own_words("Vi holder juleferie.")),
    }
}

impl WritePage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: own(lang),
            at: at(Step::Write, Kind::Question, Vec::new()),
            to: to(false),
            about: Vec::new(),
            subject: String::new(),
            text: String::new(),
        };
        let mut faults = wrong(lang, "emne", "messages.subject.too_long");
        faults.extend(wrong(lang, "besked", "messages.text.too_long"));
        let answer = At { answers: Some(item(3)), ..at(Step::Write, Kind::Question, Vec::new()) };
        vec![
            ("empty", page.clone()),
            ("error", Self { at: at(Step::Write, Kind::Correction, faults), to: to(true), ..page.clone() }),
            (
                "relative",
                Self {
                    frame: helping(lang, Rights::ReadAndAct),
                    at: answer,
                    about: vec![own_words("Rengøring")],
                    text: own_words("Kan I komme <før> kl. 9?\n\nHilsen Mette"),
                    ..page
                },
            ),
        ]
    }
}

fn files() -> Vec<FileRow> {
    vec![
        FileRow { number: 0, name: own_words("sår.jpg"), bytes: 2_400_000 },
        FileRow { number: 3, name: own_words("brev fra lægen.pdf"), bytes: 84_000 },
    ]
}

impl FilesPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let errand = own_words(ERRAND);
        let page = Self {
            frame: own(lang),
            at: at(Step::Files, Kind::Question, Vec::new()),
            files: Vec::new(),
            errand,
        };
        let faults = wrong(lang, "fil", "attachments.wrong_type");
        vec![
            ("empty", page.clone()),
            ("error", Self { at: at(Step::Files, Kind::Question, faults), files: files(), ..page.clone() }),
            ("full", Self { files: [files(), files(), files()].concat(), ..page }),
        ]
    }
}

impl CheckPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: own(lang),
            at: at(Step::Check, Kind::Question, Vec::new()),
            to: to(false),
            about: Vec::new(),
            subject: String::new(),
            text: own_words("Såret væsker.\n\nKommer I i dag?"),
            files: Vec::new(),
            errand: own_words(ERRAND),
        };
        let relative = Self {
            frame: helping(lang, Rights::ReadAndAct),
            to: to(true),
            about: vec![own_words("Rengøring"), own_words("Afgørelse om rengøring")],
            subject: own_words("Klage"),
            files: files(),
            ..page.clone()
        };
        vec![("typical", page), ("relative", relative)]
    }
}

impl ReceiptPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = Self {
            frame: own(lang),
            journal: journal(),
            id: item(5),
            to: own_words("Hjemmesygeplejen"),
            at: AT,
            title: own_words("Såret væsker"),
            files: 1,
            answer_by: Some(BY),
        };
        let relative = Self { frame: helping(lang, Rights::ReadAndAct), answer_by: None, ..page.clone() };
        vec![("typical", page), ("relative", relative)]
    }
}

impl ThreadPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let said = |number, by, text: &str, way| Said {
            id: item(number),
            by,
            at: AT,
            text: own_words(text),
            about: Vec::new(),
            files: Vec::new(),
            new: false,
            way,
        };
        let nurses = || By::Municipality(own_words("Hjemmesygeplejen"));
        let typical = vec![
            Said {
                about: vec![own_words("Sårpleje")],
                files: vec![(own_words("sår.jpg"), 2_400_000)],
                ..said(1, By::You, "Såret <væsker>.\n\nKommer I i dag?", Some(Way::Delivered(AT.0, AT.1)))
            },
            Said { new: true, ..said(2, nurses(), "Vi kommer i morgen.", None) },
            said(3, By::Helper(own_words("Mette Holm")), "Tak for det.", Some(Way::Stopped)),
            said(4, By::Municipality(String::new()), "Velbekomme.", None),
        ];
        let page = Self {
            frame: own(lang),
            journal: journal(),
            title: own_words("Såret væsker"),
            with: own_words("Hjemmesygeplejen"),
            said: typical,
            may_write: true,
            errand: own_words(ERRAND),
            answer_by: None,
            now: AT,
        };
        let waiting = vec![said(1, By::You, "Hvornår kommer I?", Some(Way::Waiting))];
        let relative = vec![
            said(1, By::Citizen(own_words("Inger Holm")), "Hvornår kommer I?", None),
            said(2, By::Helper(own_words("Bent Holm")), "Hun venter.", None),
            said(3, By::You, "Jeg skriver også.", None),
        ];
        vec![
            ("typical", page.clone()),
            ("waiting", Self { said: waiting, answer_by: Some(BY), ..page.clone() }),
            (
                "relative",
                Self {
                    frame: helping(lang, Rights::Read),
                    said: relative,
                    may_write: false,
                    with: String::new(),
                    ..page
                },
            ),
        ]
    }
}
