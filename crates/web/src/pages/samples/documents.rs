//! Samples of the document list and of one document.

use super::super::{
    Choice, DocumentPage, DocumentRow, DocumentState, DocumentsPage, FileLink, Filter, Found, Marked, Paging,
    Part, Period, Rights, RowMark, SearchError, Section,
};
use super::{FMK, Here, TODAY, inger, item, journal, mette, parent};
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::Area;
use borgerportal_i18n::{Date, Lang, Time};

/// A row from its parts.
pub(super) const fn row(
    number: u8,
    title: &'static str,
    kind: DocumentType,
    from: &'static str,
    (year, month, day): (i16, i8, i8),
    mark: RowMark,
) -> DocumentRow<'static> {
    DocumentRow {
        id: item(number),
        title: Marked::plain(title),
        kind,
        from,
        sent_by: None,
        date: Date::constant(year, month, day),
        mark,
        snippet: None,
        in_file: false,
    }
}

fn rows() -> Vec<DocumentRow<'static>> {
    use DocumentType as D;
    let nursing = "Hjemmesygeplejen";
    let mut application = row(
        5,
        "Ansøgning om støttestrømper",
        D::Application,
        "Visitation og hjælpemidler",
        (2025, 9, 21),
        RowMark::Nothing,
    );
    application.sent_by = Some("Mette Holm");
    vec![
        row(1, "Såret ser pænere ud", D::Observation, nursing, (2025, 11, 14), RowMark::Unread),
        row(2, "Sårpleje på venstre ben", D::Instruction, nursing, (2025, 11, 12), RowMark::Unread),
        row(3, "Mindre væske fra såret", D::Observation, nursing, (2025, 11, 5), RowMark::Corrected),
        row(4, "Sårpleje – kompression", D::Instruction, nursing, (2025, 10, 3), RowMark::Nothing),
        application,
        row(
            6,
            "Brev om sårpleje i hjemmet",
            D::Letter,
            "Visitation og hjælpemidler",
            (2025, 9, 2),
            RowMark::Withdrawn,
        ),
    ]
}

fn crowd() -> Vec<DocumentRow<'static>> {
    let some = rows();
    some.iter()
        .cycle()
        .zip(0_u8..50)
        .map(|(row, number)| DocumentRow { id: item(number), ..row.clone() })
        .collect()
}

fn found() -> Vec<DocumentRow<'static>> {
    let mut rows = rows();
    rows.truncate(4);
    for row in &mut rows {
        let text = "Huden omkring såret er rolig. Såret er nu 2 cm og uden lugt";
        let at = |word: &str| text.find(word).map(|start| start..start + word.len());
        row.snippet =
            Some(Marked { text, marks: [at("såret"), at("Såret")].into_iter().flatten().collect() });
        if row.title.text.starts_with("Sår") {
            row.title.marks = std::iter::once(0.."Sår".len()).collect();
        }
    }
    rows
}

fn filter(set: bool) -> Filter {
    let kind = |value, count, chosen| Choice { value, count: Some(count), chosen };
    Filter {
        kinds: vec![
            kind(DocumentType::Letter, 1, false),
            kind(DocumentType::Instruction, 3, set),
            kind(DocumentType::Observation, 6, set),
            kind(DocumentType::Application, 2, false),
        ],
        areas: vec![
            Choice { value: Area::Nursing, count: Some(9), chosen: false },
            Choice { value: Area::Aids, count: Some(3), chosen: false },
        ],
        period: if set { Period::Months12 } else { Period::All },
        unread: false,
    }
}

impl DocumentsPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let typical = Self {
            frame: inger(lang, Here::Documents),
            journal: journal(),
            search: None,
            filter: filter(false),
            rows: rows(),
            total: Some(12),
            paging: Paging { newer: None, older: Some("b2xkZXI") },
            fmk_url: FMK,
        };
        let found_12 = Found { query: "sår", total: 12, error: None };
        let relative = mette(lang, Here::Documents, Rights::Read);
        let wrong = |query, error| Found { query, total: 0, error: Some(error) };
        vec![
            (
                "empty",
                Self {
                    filter: Filter::default(),
                    rows: vec![],
                    total: None,
                    paging: Paging::default(),
                    ..typical.clone()
                },
            ),
            ("relative", Self { frame: relative, ..typical.clone() }),
            ("parent", Self { frame: parent(lang, Here::Documents, true), total: None, ..typical.clone() }),
            ("filtered", Self { filter: filter(true), total: None, ..typical.clone() }),
            (
                "filtered-empty",
                Self { filter: filter(true), rows: vec![], total: Some(0), ..typical.clone() },
            ),
            (
                "search",
                Self {
                    search: Some(found_12),
                    filter: filter(true),
                    rows: found(),
                    paging: Paging { newer: Some("bmV3"), older: Some("b2xk") },
                    ..typical.clone()
                },
            ),
            (
                "search-empty",
                Self {
                    search: Some(Found { query: "<script>", total: 0, error: None }),
                    rows: vec![],
                    ..typical.clone()
                },
            ),
            (
                "search-error",
                Self { search: Some(wrong("", SearchError::Empty)), rows: vec![], ..typical.clone() },
            ),
            (
                "search-long",
                Self { search: Some(wrong("x", SearchError::TooLong)), rows: vec![], ..typical.clone() },
            ),
            (
                "crowded",
                Self {
                    frame: relative,
                    rows: crowd(),
                    total: Some(412),
                    paging: Paging { newer: Some("bmV3"), older: Some("b2xk") },
                    ..typical.clone()
                },
            ),
            ("typical", typical),
        ]
    }
}

fn sections() -> Vec<Section<'static>> {
    vec![
        Section {
            heading: None,
            sub: false,
            parts: vec![Part::Paragraph("Såret på venstre ben er renset og skiftet.")],
        },
        Section {
            heading: Some("Sådan gør vi"),
            sub: false,
            parts: vec![
                Part::Paragraph(
                    "Hjemmesygeplejen kommer mandag og torsdag.\nVi tager billeder hver 14. dag.",
                ),
                Part::List(vec!["Skyl med vand fra hanen", "Tør forsigtigt", "Ny forbinding og strømpe"]),
            ],
        },
        Section {
            heading: Some("Aftaler"),
            sub: true,
            parts: vec![Part::Pairs(vec![
                ("Mål", "Såret er lukket til jul"),
                ("Opfølgning", "1. december 2025"),
            ])],
        },
    ]
}

impl DocumentPage<'static> {
    /// Samples.
    #[must_use]
    pub fn samples(lang: Lang) -> Vec<(&'static str, Self)> {
        let typical = Self {
            frame: inger(lang, Here::Documents),
            journal: journal(),
            id: item(2),
            title: "Sårpleje på venstre ben",
            kind: DocumentType::Instruction,
            area: Area::Nursing,
            unit: Some("Hjemmesygeplejen"),
            author: None,
            sent_by: None,
            date: Date::constant(2025, 11, 12),
            state: DocumentState::Current,
            sections: sections(),
            file: None,
            back: "/p/019aa000-0000-7000-8000-000000000001/documents?type=instruction",
            now: (TODAY, Time::constant(10, 4, 0, 0)),
        };
        let relative = mette(lang, Here::Documents, Rights::Read);
        vec![
            (
                "relative",
                Self {
                    frame: relative,
                    state: DocumentState::Corrected(TODAY),
                    author: Some("Anne Bo"),
                    ..typical.clone()
                },
            ),
            (
                "pdf",
                Self {
                    title: "Brev om genoptræning",
                    kind: DocumentType::Letter,
                    area: Area::Rehabilitation,
                    sections: vec![],
                    sent_by: Some("Mette Holm"),
                    file: Some(FileLink { bytes: 84_213, format: "PDF" }),
                    ..typical.clone()
                },
            ),
            (
                "withdrawn",
                Self { sections: vec![], state: DocumentState::Withdrawn(Some(TODAY)), ..typical.clone() },
            ),
            (
                "withdrawn-undated",
                Self {
                    sections: vec![],
                    state: DocumentState::Withdrawn(None),
                    unit: None,
                    ..typical.clone()
                },
            ),
            ("typical", typical),
        ]
    }
}
