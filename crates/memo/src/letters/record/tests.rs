//! A record is printed whatever stands in it, and the same record is the same file.

use super::*;
use borgerportal_i18n::Lang;

fn print(entries: Vec<Entry>) -> Pdf {
    let house = House {
        lang: Lang::Da,
        name: "Fjordby Kommune",
        address: &[],
        phone: "12345678",
        site: "borgerportal.example",
        date: Date::constant(2026, 11, 22),
    };
    let chapters = [Chapter { title: "Dokumenter", entries }];
    let at = (Date::constant(2026, 11, 22), Time::constant(10, 4, 0, 0));
    RecordCopy { who: "Inger Holm", by: "Mette Holm", at, chapters: &chapters }.print(&house).unwrap()
}

fn entry(title: &str, text: &str) -> Entry {
    let parts = vec![
        Part::Heading(text.to_owned()),
        Part::Paragraph(format!("{text}\n{text}")),
        Part::Pairs(vec![(text.to_owned(), text.to_owned()), (String::new(), String::new())]),
    ];
    Entry { title: title.to_owned(), dated: Date::constant(2026, 11, 6), parts, files: 2 }
}

#[test]
fn whatever_stands_in_it_can_be_printed() {
    let long = "å".repeat(3_000);
    for text in ["", "Tekst", "\u{200b}", "\u{1f600}", "720550-0004", "\n\n", long.as_str()] {
        assert!(print(vec![entry("Brev", text), entry(text, "Tekst")]).pages >= 2, "{text}");
    }
    // More than a bookmark has room for.
    assert!(print(vec![entry(&"å".repeat(17_000), "Tekst")]).pages >= 2);
    assert!(print(Vec::new()).pages >= 1);
}

#[test]
fn the_same_record_is_the_same_file() {
    let one = || print(vec![entry("Brev", "Tekst")]);
    assert_eq!(one(), one());
}
