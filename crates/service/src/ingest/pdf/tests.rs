//! PDFs as offices make them, and PDFs that nobody should make.

use super::*;
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, Stream, StringFormat, dictionary};
use proptest::prelude::*;

/// A PDF with one page for each text, in WinAnsi as Word writes it.
fn pdf(pages: &[&str]) -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let tree = file.new_object_id();
    let font = file.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let resources = file.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for page in pages {
        let mut operations = vec![
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec!["F1".into(), 12.into()]),
            Operation::new("Td", vec![50.into(), 700.into()]),
        ];
        for line in page.lines() {
            let bytes = line.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
            operations.push(Operation::new("Tj", vec![Object::String(bytes, StringFormat::Literal)]));
            operations.push(Operation::new("Td", vec![0.into(), Object::Integer(-14)]));
        }
        operations.push(Operation::new("ET", vec![]));
        let content = Content { operations }.encode().unwrap();
        let mut stream = Stream::new(Dictionary::new(), content);
        stream.compress().unwrap();
        let content = file.add_object(stream);
        kids.push(
            file.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content,
            "Resources" => resources, "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] })
                .into(),
        );
    }
    let count = i64::try_from(kids.len()).unwrap();
    file.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

fn read(bytes: &[u8]) -> String {
    text(bytes, &AtomicBool::new(false))
}

#[test]
fn every_page_is_read_with_its_danish_letters() {
    let text = read(&pdf(&["Afgørelse om hjælpemidler", "Rollator og kørestol på Åvej"]));
    let stored = indexed(&text);
    for word in ["afgørelse", "hjælpemiddel", "kørestol", "Åvej"] {
        assert!(borgerportal_domain::search_text::Query::parse(word).matches(&stored), "{word}: {text}");
    }
}

#[test]
fn a_word_that_is_divided_at_the_end_of_a_line_is_one() {
    let text = read(&pdf(&["Vi bevilger et hjælpe-\nmiddel til dig"]));
    assert!(text.contains("hjælpemiddel"), "{text}");
}

#[test]
fn words_at_the_ends_of_lines_stay_apart() {
    let text = read(&pdf(&["Afgørelse om\nhjælp\ntil Inger"]));
    assert!(text.contains("om\nhjælp\ntil"), "{text}");
}

#[test]
fn what_is_no_pdf_has_no_words() {
    for bytes in
        [&b""[..], b"%PDF-1.7\nNothing but a PDF by its first bytes", b"%PDF-1.7\n%%EOF", &[0xff; 4_096]]
    {
        assert_eq!(read(bytes), "");
    }
}

#[test]
fn a_page_without_text_is_not_an_error() {
    assert_eq!(read(&pdf(&[""])).trim(), "");
}

#[test]
fn a_long_text_ends_at_a_whole_letter() {
    let page = "ærø ".repeat(60_000);
    let text = read(&pdf(&[&page]));
    assert!(text.len() <= LONGEST_TEXT && text.len() > LONGEST_TEXT - 8, "{}", text.len());
}

#[test]
fn pages_beyond_the_limit_are_not_read() {
    let pages: Vec<String> = (0..MOST_PAGES + 2).map(|number| format!("side{number}x")).collect();
    let text = read(&pdf(&pages.iter().map(String::as_str).collect::<Vec<_>>()));
    assert!(text.contains(&format!("side{}x", MOST_PAGES - 1)));
    assert!(!text.contains(&format!("side{MOST_PAGES}x")));
}

#[test]
fn a_reader_that_is_told_to_stop_stops() {
    assert_eq!(text(&pdf(&["Afgørelse"]), &AtomicBool::new(true)), "");
}

/// A small file that unpacks to gigabytes.
#[test]
fn a_page_that_unpacks_without_end_adds_no_words() {
    let mut file = Document::load_mem(&pdf(&["Afgørelse", "Bevilling"])).unwrap();
    let first = file.page_iter().next().unwrap();
    let mut bomb = Stream::new(Dictionary::new(), vec![b' '; UNPACKED * 4]);
    bomb.compress().unwrap();
    let bomb = file.add_object(bomb);
    file.get_dictionary_mut(first).unwrap().set("Contents", bomb);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    assert!(bytes.len() < 200_000, "small as it comes");
    let text = read(&bytes);
    assert!(text.contains("Bevilling") && text.len() < 1_000, "the other pages are read");
}

/// Pages that are their own parents, boxes in boxes, streams that lie about their length.
#[test]
fn files_made_to_break_a_reader_do_not() {
    let nested = format!("{}{}", "[".repeat(20_000), "]".repeat(20_000));
    let around = |catalog: &str, more: &str| {
        format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{catalog}>>endobj\n{more}\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF"
        )
    };
    let cases = [
        around("", "2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj"),
        around(&format!("/X {nested}"), "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj"),
        around(
            "",
            "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj 4 0 obj<</Length 99999999999>>stream\nBT\nendstream endobj",
        ),
        around("", "2 0 obj 2 0 R endobj"),
    ];
    for case in cases {
        assert_eq!(read(case.as_bytes()).trim(), "");
    }
}

#[tokio::test]
async fn a_broken_file_does_not_stop_the_next() {
    let reader = PdfReader::default();
    for _ in 0..2 * AT_ONCE {
        assert_eq!(reader.words(b"%PDF-1.7 broken").await.trim(), "");
    }
    assert!(reader.words(&pdf(&["Bevilling"])).await.contains("bevil"));
    assert_eq!(reader.words(&vec![b' '; LONGEST_FILE + 1]).await, "", "too large to be looked at");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Bytes changed, cut and repeated anywhere in a good file: never a panic, never endless.
    #[test]
    fn a_damaged_file_is_read_or_not_but_breaks_nothing(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        cut in any::<prop::sample::Index>(),
        keep_whole in any::<bool>(),
    ) {
        let mut bytes = pdf(&["Afgørelse om hjælpemidler", "Side to"]);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if !keep_whole {
            bytes.truncate(cut.index(bytes.len()));
        }
        read(&bytes);
    }
}
