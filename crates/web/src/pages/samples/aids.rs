//! Samples of the pages about aids.

use super::super::aids::{
    AidsPage, ApplicationPage, AskPage, AskedRow, Body, CheckRow, Details, DraftRow, FileRow, GrantedRow,
    KindRow, LoanPage, LoanRow, QuestionRow, SentRow, StepBody, StepPage, Tab, WhyAnswers, WithdrawPage,
    stage_badge, step_badge,
};
use super::super::{Fault, Rights};
use super::{Here, inger, item, journal, mette};
use borgerportal_domain::aids::{Aim, AskKind, DeliveryStep, Lasting, Occasion, Stage, Step};
use borgerportal_i18n::Lang;

const ERRAND: &str = "019aa000-0000-7000-8000-0000000000e1";
const ALL: [Tab; 4] = [Tab::Loans, Tab::Granted, Tab::Applications, Tab::Apply];

fn own(text: &str) -> String {
    text.to_owned()
}

fn loan(number: u8, title: &str, step: DeliveryStep, says: &str) -> LoanRow {
    LoanRow { item: item(number), title: own(title), step, says: own(says), asked: Vec::new() }
}

fn loans() -> Body {
    let mut walker = loan(2, "Rollator", DeliveryStep::Delivered, "1. september 2025");
    walker.asked = vec![own("Der er bedt om reparation")];
    Body::Loans {
        here: vec![
            loan(1, "Plejeseng med motor", DeliveryStep::BackOrder, "Ventes 4. december 2025"),
            loan(3, "Badebænk", DeliveryStep::OnTheWay, "24. november 2025, kl. 9.00 til kl. 12.00"),
            walker,
        ],
        over: vec![loan(4, "Gangstativ", DeliveryStep::Returned, "2. juni 2025")],
    }
}

fn applications() -> Body {
    let sent = |number, title: &str, stage| SentRow {
        id: item(number),
        title: own(title),
        line: own("Sendt 3. november 2025 af Mette Holm"),
        answer_by: Some(own("Svar senest 15. december 2025")).filter(|_| stage == Stage::Received),
        stage,
    };
    Body::Applications {
        drafts: vec![DraftRow {
            id: item(9),
            title: own("Ansøgning om Ortoser"),
            line: own("Sidst ændret 19. november 2025"),
            step: Step::Details,
        }],
        sent: vec![
            sent(5, "Ansøgning om Kompressionsstrømper", Stage::Received),
            sent(6, "Ansøgning om Paryk", Stage::Decided),
            sent(7, "Ansøgning om Fodindlæg", Stage::Withdrawn),
        ],
    }
}

fn apply(faults: Vec<Fault>) -> Body {
    let kind = |code: &str, name: &str| KindRow {
        code: own(code),
        name: own(name),
        about: own("Det, der støtter en del af kroppen."),
        time: own("Svar inden 6 uger"),
    };
    Body::Apply {
        kinds: vec![kind("orthoses", "Ortoser"), kind("stockings", "Kompressionsstrømper")],
        faults,
        errand: own(ERRAND),
    }
}

fn granted() -> Body {
    let row = |title: &str, over| GrantedRow {
        title: own(title),
        lines: vec![own("§ 112 i Serviceloven"), own("Fra Bandagist Jensen"), own("Fra 1. januar 2025")],
        over,
    };
    Body::Granted(vec![row("Kompressionsstrømper", false), row("Ortopædisk fodtøj", true)])
}

impl AidsPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |tab, body| Self {
            frame: inger(lang, Here::Aids),
            journal: journal(),
            tabs: ALL.to_vec(),
            tab,
            may_act: true,
            body,
        };
        let wrong = Fault { field: "kind-1", words: "Vælg et hjælpemiddel".into() };
        let reader = mette(lang, Here::Aids, Rights::Read);
        let none = || Body::Loans { here: Vec::new(), over: Vec::new() };
        let nothing = || Body::Applications { drafts: Vec::new(), sent: Vec::new() };
        let no_kinds = Body::Apply { kinds: Vec::new(), faults: Vec::new(), errand: own(ERRAND) };
        vec![
            ("loans", page(Tab::Loans, loans())),
            ("loans-none", page(Tab::Loans, none())),
            ("loans-only", Self { tabs: vec![Tab::Loans], ..page(Tab::Loans, loans()) }),
            ("loans-relative", Self { frame: reader, may_act: false, ..page(Tab::Loans, loans()) }),
            ("granted", page(Tab::Granted, granted())),
            ("granted-none", page(Tab::Granted, Body::Granted(Vec::new()))),
            ("granted-no-loans", Self { tabs: ALL[1..].to_vec(), ..page(Tab::Granted, granted()) }),
            ("applications", page(Tab::Applications, applications())),
            ("applications-none", page(Tab::Applications, nothing())),
            ("apply", page(Tab::Apply, apply(Vec::new()))),
            ("apply-error", page(Tab::Apply, apply(vec![wrong]))),
            ("apply-none", page(Tab::Apply, no_kinds)),
            ("apply-read", Self { frame: reader, may_act: false, ..page(Tab::Apply, apply(Vec::new())) }),
        ]
    }
}

impl LoanPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let typical = Self {
            frame: inger(lang, Here::Aids),
            journal: journal(),
            item: item(2),
            title: own("Rollator"),
            step: DeliveryStep::Delivered,
            badge: step_badge(DeliveryStep::Delivered),
            when: None,
            days: [None, None, None, Some(own("1. september 2025"))],
            asked: Vec::new(),
            may_ask: vec![AskKind::Repair, AskKind::PickUp],
            may_act: true,
            facts: vec![("Lånt siden", own("1. september 2025")), ("HMI-nummer", own("34512"))],
            history: vec![("Leveret", own("1. september 2025")), ("Bestilt", own("25. august 2025"))],
            done: false,
        };
        let at = |step: DeliveryStep| Self {
            step,
            badge: step_badge(step),
            when: Some(own("Ventes 4. december 2025")),
            days: [Some(own("3. november 2025")), None, None, None],
            may_ask: Vec::new(),
            history: Vec::new(),
            ..typical.clone()
        };
        let asked = AskedRow {
            what: "Der er bedt om reparation",
            by: own("Mette Holm, 20. november 2025"),
            note: own("Bremsen virker <ikke>"),
            state: "Kommunen går i gang",
        };
        let mut all = vec![
            ("typical", typical.clone()),
            (
                "asked",
                Self { asked: vec![asked], may_ask: vec![AskKind::PickUp], done: true, ..typical.clone() },
            ),
            (
                "relative",
                Self { frame: mette(lang, Here::Aids, Rights::Read), may_act: false, ..typical.clone() },
            ),
        ];
        let names =
            ["ordered", "back", "packed", "coming", "delivered", "repair", "exchanged", "pickup", "returned"];
        all.extend(names.into_iter().zip(DeliveryStep::ALL).map(|(name, step)| (name, at(*step))));
        all
    }
}

impl AskPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let typical = Self {
            frame: inger(lang, Here::Aids),
            journal: journal(),
            item: item(2),
            kind: AskKind::Repair,
            what: own("Rollator"),
            typed: String::new(),
            faults: Vec::new(),
            errand: own(ERRAND),
        };
        let wrong = Fault { field: "note", words: "Skriv, hvad der er galt".into() };
        let acting = mette(lang, Here::Aids, Rights::ReadAndAct);
        vec![
            ("repair", typical.clone()),
            ("error", Self { faults: vec![wrong], ..typical.clone() }),
            ("pick-up", Self { frame: acting, kind: AskKind::PickUp, ..typical }),
        ]
    }
}

fn why() -> StepBody {
    StepBody::Why(WhyAnswers {
        lasting: Some(Lasting::Yes),
        need: own("Benene hæver op"),
        aims: vec![Aim::Everyday],
    })
}

fn details(wrong: Option<&str>) -> StepBody {
    let question = |code: &str, options: Vec<(String, String)>, optional| QuestionRow {
        code: own(code),
        words: own("Hvilke ben?"),
        options,
        optional,
        answer: String::new(),
        wrong: wrong.filter(|_| !optional).map(own),
    };
    let legs = vec![(own("left"), own("Venstre")), (own("both"), own("Begge"))];
    StepBody::Details(Details {
        occasion: Some(Occasion::First),
        questions: vec![question("legs", legs, false), question("more", Vec::new(), true)],
        supplier: own("municipality"),
        supplier_name: String::new(),
    })
}

fn files(there: bool) -> StepBody {
    let file = FileRow { number: 0, name: own("Udtalelse fra læge.pdf"), size: own("1,2 MB") };
    StepBody::Files {
        files: vec![file].into_iter().filter(|_| there).collect(),
        needed: !there,
        errand: own(ERRAND),
    }
}

fn check() -> StepBody {
    let row = |what: &str, says: &str, change| CheckRow { what: own(what), says: own(says), change };
    StepBody::Check {
        rows: vec![
            row("Hjælpemiddel", "Kompressionsstrømper", None),
            row("Hvad er svært nu?", "Benene hæver op", Some(Step::Why)),
            row("Hvilke ben?", "Begge", Some(Step::Details)),
            row("Bilag", "Udtalelse fra læge.pdf", Some(Step::Files)),
        ],
        answer_by: own("Svaret kommer som et brev, senest 3. januar 2026."),
        errand: own(ERRAND),
    }
}

impl StepPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let page = |step, body| Self {
            frame: inger(lang, Here::Aids),
            journal: journal(),
            id: item(9),
            kind: own("Kompressionsstrømper"),
            step,
            reached: Step::Check,
            faults: Vec::new(),
            body,
        };
        let wrong = |step, body, field, words: &'static str| Self {
            faults: vec![Fault { field, words: words.into() }],
            ..page(step, body)
        };
        let acting = mette(lang, Here::Aids, Rights::ReadAndAct);
        vec![
            ("why", page(Step::Why, why())),
            (
                "why-first",
                Self { reached: Step::Why, ..page(Step::Why, StepBody::Why(WhyAnswers::default())) },
            ),
            ("why-error", wrong(Step::Why, why(), "need", "Skriv, hvad der er svært nu")),
            ("details", page(Step::Details, details(None))),
            (
                "details-error",
                wrong(Step::Details, details(Some("Svar på spørgsmålet")), "indhold", "Svar på spørgsmålet"),
            ),
            ("files", page(Step::Files, files(true))),
            ("files-error", wrong(Step::Files, files(false), "file", "Filen er for stor")),
            ("check", page(Step::Check, check())),
            ("check-relative", Self { frame: acting, ..page(Step::Check, check()) }),
        ]
    }
}

impl ApplicationPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let at = |stage: Stage| Self {
            frame: inger(lang, Here::Aids),
            journal: journal(),
            id: item(5),
            title: own("Ansøgning om Kompressionsstrømper"),
            number: own("HJ-2025-000117"),
            sent: own("Sendt 3. november 2025 af Mette Holm"),
            stage,
            badge: stage_badge(stage),
            passed: vec![("Sendt", own("3. november 2025")), ("Modtaget", own("3. november 2025"))],
            next: vec![own("Svaret kommer senest 15. december 2025.")]
                .into_iter()
                .filter(|_| stage.is_open())
                .collect(),
            rows: vec![(own("Hvad er svært nu?"), own("Benene <hæver> op"))],
            is_new: false,
            may_withdraw: stage.is_open(),
        };
        let new = Self { is_new: true, ..at(Stage::Sent) };
        let reader = mette(lang, Here::Aids, Rights::Read);
        let names =
            ["sent", "undelivered", "received", "working", "waiting", "decided", "rejected", "withdrawn"];
        let mut all: Vec<_> =
            names.into_iter().zip(Stage::ALL).map(|(name, stage)| (name, at(*stage))).collect();
        all.push(("new", new));
        all.push(("relative", Self { frame: reader, may_withdraw: false, ..at(Stage::Received) }));
        all
    }
}

impl WithdrawPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let typical = Self {
            frame: inger(lang, Here::Aids),
            journal: journal(),
            id: item(5),
            title: own("Ansøgning om Kompressionsstrømper"),
            errand: own(ERRAND),
        };
        let acting = mette(lang, Here::Aids, Rights::ReadAndAct);
        vec![("typical", typical.clone()), ("relative", Self { frame: acting, ..typical })]
    }
}
