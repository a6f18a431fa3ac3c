//! From what the errands gave to what the pages show. Texts are borrowed; nothing is decided here.

use crate::download::format;
use crate::pages::{
    DocumentPage, DocumentRow, DocumentState, DocumentsPage, FileLink, Filter, Frame, Marked, Paging, Part,
    RowMark, Section,
};
use borgerportal_domain::documents::DocumentHead;
use borgerportal_domain::ids::JournalId;
use borgerportal_domain::search_text::Query;
use borgerportal_domain::time::{Timestamp, copenhagen, copenhagen_date};
use borgerportal_fhir::render;
use borgerportal_service::documents::{Document, Row};

/// The page of the list, also of a search.
pub(super) fn list<'a>(
    frame: Frame<'a>,
    journal: JournalId,
    rows: &'a [Row],
    filter: Filter,
    paging: Paging<'a>,
    fmk_url: &'a str,
) -> DocumentsPage<'a> {
    let rows = rows.iter().map(row).collect();
    DocumentsPage { frame, journal, search: None, filter, rows, total: None, paging, fmk_url }
}

/// A row of the list.
pub(crate) fn row(row: &Row) -> DocumentRow<'_> {
    let head = &row.head;
    DocumentRow {
        id: head.id,
        title: Marked::plain(&head.title),
        kind: head.kind,
        from: from(head),
        sent_by: None,
        date: head.dated,
        mark: match (row.read, head.changed) {
            (false, _) => RowMark::Unread,
            (true, Some(_)) => RowMark::Corrected,
            (true, None) => RowMark::Nothing,
        },
        snippet: row.snippet.as_ref().map(|found| Marked { text: &found.text, marks: found.marks.clone() }),
        in_file: row.in_file,
    }
}

/// The unit it came from, else the author.
fn from(head: &DocumentHead) -> &str {
    head.unit.as_deref().or(head.author.as_deref()).unwrap_or_default()
}

/// Marks the searched words in titles.
pub(super) fn highlight<'a>(page: &mut DocumentsPage<'a>, rows: &'a [Row], query: &Query) {
    for (shown, row) in page.rows.iter_mut().zip(rows) {
        shown.title.marks = query.highlights(&row.head.title);
    }
}

/// The page of one document.
pub(super) fn document<'a>(
    frame: Frame<'a>,
    journal: JournalId,
    document: &'a Document,
    back: &'a str,
    now: Timestamp,
) -> DocumentPage<'a> {
    let head = &document.head;
    let state =
        head.changed.map_or(DocumentState::Current, |at| DocumentState::Corrected(copenhagen_date(at)));
    let here = copenhagen(now);
    DocumentPage {
        frame,
        journal,
        id: head.id,
        title: &head.title,
        kind: head.kind,
        area: head.area,
        unit: head.unit.as_deref(),
        author: head.author.as_deref(),
        sent_by: None,
        date: head.dated,
        state,
        sections: document.body.sections.iter().map(section).collect(),
        file: document.files.first().map(|file| FileLink {
            bytes: u64::try_from(file.size).unwrap_or(0),
            format: format(&file.media_type),
        }),
        back,
        now: (here.date(), here.time()),
    }
}

fn section(section: &render::Section) -> Section<'_> {
    let mut parts: Vec<Part<'_>> = section.paragraphs.iter().map(|text| Part::Paragraph(text)).collect();
    if !section.entries.is_empty() {
        let pairs = section.entries.iter().map(|entry| (entry.label.as_str(), entry.value.as_str()));
        parts.push(Part::Pairs(pairs.collect()));
    }
    let heading = Some(section.heading.as_str()).filter(|heading| !heading.is_empty());
    Section { heading, sub: false, parts }
}
