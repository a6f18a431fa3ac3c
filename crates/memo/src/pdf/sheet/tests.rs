//! Blocks: what each becomes in the structure tree, and which faults a sheet tells.

use super::*;

const FRAME: Frame<'_> =
    Frame { lang: Lang::Da, author: "Eksempel Kommune", date: Date::constant(2026, 12, 1), foot: "FM-1" };

/// Writes one block.
type Block = fn(&mut Sheet);

fn sheet() -> Sheet {
    let mut sheet = Sheet::new().unwrap();
    sheet.title("Titel");
    sheet
}

/// The tree from the second block on, as words.
fn shape(sheet: &Sheet) -> String {
    fn tell(node: &Node) -> String {
        match node {
            Node::Leaf { .. } => ".".to_owned(),
            Node::Group(kind, children) => {
                let name = format!("{kind:?}");
                let name = name.split('(').next().unwrap_or_default().to_owned();
                format!("{name}[{}]", children.iter().map(tell).collect::<String>())
            }
        }
    }
    sheet.flow.tree.iter().skip(1).map(tell).collect()
}

#[test]
fn blocks_tag_themselves() {
    let cases: [(&str, Block); 9] = [
        ("Heading[.]", |sheet| sheet.heading("Under")),
        ("Paragraph[.]", |sheet| sheet.paragraph("ord")),
        ("", |sheet| sheet.paragraph("")),
        ("Heading[.]Paragraph[.]", |sheet| sheet.warning("Pas på", &["svindel"])),
        ("List[Item[Label[.]Body[Paragraph[.]]]]", |sheet| sheet.bullets(&["et"])),
        ("Numbered[Item[Label[.]Body[Paragraph[.]]]]", |sheet| sheet.numbered(&["et"])),
        ("List[Item[Label[Figure[.]]Body[Paragraph[.]]]]", |sheet| sheet.boxes("felt", ["ja"].into_iter())),
        ("Table[Row[Head[.]Cell[.]]]", |sheet| sheet.table(&[("Nummer", "1")])),
        ("Paragraph[.]Paragraph[.]Figure[.]", |sheet| sheet.code("Kode", "AB-12", "stregkode")),
    ];
    for (expected, block) in cases {
        let mut sheet = sheet();
        block(&mut sheet);
        assert_eq!(shape(&sheet), expected);
        assert!(sheet.finish(&FRAME).is_ok(), "{expected}");
    }
}

#[test]
fn numbered_items_are_numbered() {
    let mut sheet = sheet();
    sheet.numbered(&["a", "b", "c"]);
    let texts: Vec<&str> = sheet.flow.pages[0]
        .iter()
        .filter_map(|chunk| match &chunk.ink {
            Ink::Text(line, ..) => Some(line.text.as_str()),
            Ink::Bars(_) | Ink::Rules(_) | Ink::Frame(_) => None,
        })
        .collect();
    assert_eq!(texts, ["Titel", "1.", "a", "2.", "b", "3.", "c"]);
}

#[test]
fn lines_to_write_on_are_only_for_the_eye() {
    let mut sheet = sheet();
    sheet.writing("Mit navn", 3);
    sheet.signature("Dato", "Underskrift");
    let rules = sheet.flow.pages[0].iter().filter(|chunk| matches!(chunk.ink, Ink::Rules(_)));
    assert!(rules.clone().all(|chunk| chunk.role == Role::Decoration));
    assert_eq!(rules.count(), 4, "three lines and the pair for date and name");
    assert_eq!(shape(&sheet), "Paragraph[.]Paragraph[.]Paragraph[.]");
}

#[test]
fn the_address_stands_in_the_window_and_the_letter_under_it() {
    let mut sheet = Sheet::new().unwrap();
    sheet.letterhead("Eksempel Kommune", &["Torvet 1"], &["Inger Holm", "Vej 1", "9999 By"]);
    assert!(sheet.flow.y >= UNDER_WINDOW);
    let baselines: Vec<i32> = sheet.flow.pages[0]
        .iter()
        .filter_map(|chunk| match &chunk.ink {
            Ink::Text(line, _, _, y) if line.text != "Eksempel Kommune" && line.text != "Torvet 1" => {
                Some(*y)
            }
            Ink::Text(..) | Ink::Bars(_) | Ink::Rules(_) | Ink::Frame(_) => None,
        })
        .collect();
    assert_eq!(baselines.len(), 3);
    assert!(baselines.iter().all(|y| (WINDOW..UNDER_WINDOW).contains(y)));
    let mut long = Sheet::new().unwrap();
    long.letterhead("Eksempel Kommune", &["linje"; 12], &["Inger Holm", "Vej 1"]);
    assert!(long.flow.y > UNDER_WINDOW, "a long letterhead pushes the address down, and nothing overlaps");
}

#[test]
fn the_first_fault_is_told() {
    let faults: [(Unprintable, Block); 6] = [
        (Unprintable::CprLike, |sheet| sheet.paragraph("720550-0004")),
        (Unprintable::CprLike, |sheet| sheet.table(&[("Nummer", "7205500004")])),
        (Unprintable::CprLike, |sheet| sheet.paragraph("720550\u{200b}0004")),
        (Unprintable::Empty, |sheet| sheet.heading(" ")),
        (Unprintable::Empty, |sheet| sheet.bullets(&[""])),
        (Unprintable::Code, |sheet| sheet.code("Kode", "å", "")),
    ];
    for (fault, block) in faults {
        let mut sheet = sheet();
        block(&mut sheet);
        sheet.code("Kode", "small letters", "");
        assert_eq!(sheet.finish(&FRAME), Err(fault));
    }
    let foot = Frame { foot: "7205500004", ..FRAME };
    assert_eq!(sheet().finish(&foot), Err(Unprintable::CprLike));
}

#[test]
fn a_document_ends_before_nobody_reads_it() {
    let mut sheet = sheet();
    for _ in 1..PAGES_MAX {
        sheet.turn();
    }
    assert_eq!(sheet.finish(&FRAME).map(|pdf| pdf.pages), Ok(PAGES_MAX));
    let mut sheet = self::sheet();
    for _ in 0..PAGES_MAX {
        sheet.turn();
    }
    assert_eq!(sheet.finish(&FRAME), Err(Unprintable::TooLong));
    let mut sheet = self::sheet();
    sheet.paragraph(&"å".repeat(TEXT_MAX + 1));
    assert_eq!(sheet.finish(&FRAME), Err(Unprintable::TooLong));
}
