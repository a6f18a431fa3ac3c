//! The contents name the page that each heading stands on, however long they are themselves.

use super::*;
use crate::pdf::flow::Ink;
use crate::pdf::sheet::Frame;
use borgerportal_i18n::Date;

fn sheet(entries: usize) -> Sheet {
    let mut sheet = Sheet::of_record().unwrap();
    sheet.heading("Dokumenter");
    for number in 0..entries {
        sheet.sub_heading(&format!("Brev nummer {number}"));
        sheet.paragraph(&"Inger klarer sig selv. ".repeat(6));
    }
    sheet.with_front(Lang::Da, "Journal for Inger Holm", &["Fjordby Kommune"]).unwrap()
}

/// The lines of each page.
fn pages(sheet: &Sheet) -> Vec<Vec<String>> {
    let line = |chunk: &crate::pdf::flow::Chunk| match &chunk.ink {
        Ink::Text(line, ..) => Some(line.text.clone()),
        Ink::Bars(_) | Ink::Rules(_) | Ink::Frame(_) => None,
    };
    sheet.flow.pages.iter().map(|page| page.iter().filter_map(line).collect()).collect()
}

#[test]
fn every_heading_stands_on_the_page_that_is_named() {
    for entries in [0, 1, 40, 70] {
        let sheet = sheet(entries);
        let pages = pages(&sheet);
        assert_eq!(pages[0][0], "Journal for Inger Holm");
        for number in 0..entries {
            let title = format!("Brev nummer {number}");
            let page = pages.iter().position(|lines| lines.contains(&title)).unwrap() + 1;
            let line = format!("{title}, side {page}");
            assert!(pages.iter().flatten().any(|one| *one == line), "{line} of {entries}");
            let mark = sheet.flow.marks.iter().find(|mark| mark.text == title).unwrap();
            assert_eq!(mark.page + 1, page, "the bookmark leads there, too");
        }
    }
}

#[test]
fn the_whole_is_one_document_in_reading_order() {
    let frame = Frame {
        lang: Lang::Da,
        author: "Fjordby Kommune",
        date: Date::constant(2026, 11, 22),
        foot: "Inger Holm",
    };
    let sheet = sheet(30);
    let expected = sheet.flow.pages.len();
    assert_eq!(sheet.finish(&frame).unwrap().pages, expected);
}

#[test]
fn numbers_are_covered_whoever_wrote_them_also_in_the_contents() {
    let mut sheet = Sheet::of_record().unwrap();
    sheet.heading("Om 720550-0004");
    sheet.paragraph("Ring til 12345678 om 7205500004.");
    let sheet = sheet.with_front(Lang::Da, "Journal for Inger", &[]).unwrap();
    let all = pages(&sheet).concat().join("\n");
    assert!(
        !all.contains("0004") && all.contains("12345678") && all.contains("••••••-••••, side 2"),
        "{all}"
    );
}
