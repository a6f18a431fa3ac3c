//! The documents as a person, a screen reader, an archive and a print shop get them: read back with another
//! library and, where it is installed, with `pdftotext`.
#![expect(clippy::unwrap_used, reason = "a test stops where it is surprised")]

mod hostile;
#[path = "../samples/mod.rs"]
mod samples;

use borgerportal_i18n::Lang;
use borgerportal_memo::letters::{AskedLetter, House, Item, Notice, OwnWordsForm, Receipt, Sent};
use borgerportal_memo::pdf::{Pdf, Unprintable};
use lopdf::{Dictionary, Document, Object};
use samples::{CODE, SOON, all, asked, house, items, mandate, notice, receipt};
use std::io::Write as _;
use std::process::{Command, Stdio};

fn da() -> House<'static> {
    house(Lang::Da)
}

fn every() -> Vec<(String, Lang, Pdf)> {
    let named = |lang: Lang| {
        all(lang).into_iter().map(move |(name, pdf)| (format!("{name}.{}", lang.code()), lang, pdf.unwrap()))
    };
    Lang::ALL.into_iter().flat_map(named).collect()
}

fn open(pdf: &Pdf) -> Document {
    Document::load_mem(&pdf.bytes).unwrap()
}

/// The text of a document as `pdftotext` reads it; nothing where the tool is missing.
fn text(pdf: &Pdf) -> Option<String> {
    let mut child = Command::new("pdftotext")
        .args(["-enc", "UTF-8", "-nopgbrk", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut pipe = child.stdin.take()?;
    pipe.write_all(&pdf.bytes).ok()?;
    drop(pipe);
    let output = child.wait_with_output().ok()?;
    let words = String::from_utf8(output.stdout).ok()?;
    Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Where each word stands first, in the order they are given.
fn in_order(text: &str, words: &[&str]) -> bool {
    let mut rest = text;
    words.iter().all(|word| match rest.split_once(word) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => panic!("{word:?} is not in its place in:\n{text}"),
    })
}

/// The structure tree as its tags, children in brackets.
fn structure(document: &Document) -> String {
    let root = document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
    let mut out = String::new();
    outline(document, document.dereference(root).unwrap().1, &mut out);
    out
}

fn outline(document: &Document, object: &Object, out: &mut String) {
    let Ok(element) = object.as_dict() else { return };
    if let Ok(tag) = element.get(b"S").and_then(Object::as_name) {
        out.push_str(&String::from_utf8_lossy(tag));
    }
    let Ok(kids) = element.get(b"K") else { return };
    let (_, kids) = document.dereference(kids).unwrap();
    let kids = kids.as_array().cloned().unwrap_or_else(|_| vec![kids.clone()]);
    out.push('(');
    for kid in &kids {
        outline(document, document.dereference(kid).unwrap().1, out);
        if out.ends_with(|c: char| c.is_alphanumeric() || c == ')') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out.push(')');
}

fn dictionary<'a>(document: &'a Document, from: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    document.dereference(from.get(key).unwrap()).unwrap().1.as_dict().unwrap()
}

#[test]
fn every_document_is_tagged_named_and_light() {
    for (name, lang, pdf) in every() {
        assert!(pdf.bytes.len() < 60_000, "{name}: {} bytes", pdf.bytes.len());
        let document = open(&pdf);
        assert_eq!(document.get_pages().len(), pdf.pages, "{name}");
        let catalog = document.catalog().unwrap();
        let language = catalog.get(b"Lang").unwrap().as_str().unwrap();
        assert_eq!(language, lang.code().as_bytes(), "{name}");
        let marked = dictionary(&document, catalog, b"MarkInfo").get(b"Marked").unwrap();
        assert!(marked.as_bool().unwrap(), "{name}");
        let shown = dictionary(&document, catalog, b"ViewerPreferences").get(b"DisplayDocTitle").unwrap();
        assert!(shown.as_bool().unwrap(), "{name}: the window shows the title, not the file's name");
        assert!(catalog.get(b"Outlines").is_ok(), "{name}: bookmarks");
        let xmp = document.dereference(catalog.get(b"Metadata").unwrap()).unwrap().1.as_stream().unwrap();
        let xmp = String::from_utf8_lossy(&xmp.get_plain_content().unwrap_or_else(|_| xmp.content.clone()))
            .into_owned();
        for part in ["pdfuaid:part", "pdfaid:part", "Eksempel Kommune"] {
            assert!(xmp.contains(part), "{name}: {part}");
        }
    }
}

#[test]
fn fonts_are_embedded_subsets_and_nothing_runs() {
    for (name, _, pdf) in every() {
        let document = open(&pdf);
        let mut fonts = 0;
        for object in document.objects.values() {
            let Ok(dict) = object.as_dict() else { continue };
            assert!(!dict.has(b"JS") && !dict.has(b"OpenAction") && !dict.has(b"URI"), "{name}");
            if dict.has_type(b"FontDescriptor") {
                fonts += 1;
                assert!(dict.has(b"FontFile3") || dict.has(b"FontFile2"), "{name}");
                let font =
                    String::from_utf8_lossy(dict.get(b"FontName").unwrap().as_name().unwrap()).into_owned();
                assert!(font.contains("+IBMPlexSans"), "{name}: {font}");
            }
        }
        assert!(fonts >= 2, "{name}: regular and semibold");
    }
}

#[test]
fn a_screen_reader_hears_the_structure() {
    let shapes = |lang| {
        let shape =
            |(name, pdf): (&str, Result<Pdf, _>)| format!("{name}: {}", structure(&open(&pdf.unwrap())));
        all(lang).into_iter().map(shape).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!("structure", shapes(Lang::Da));
}

#[test]
fn the_letter_says_things_in_the_order_they_are_needed() {
    let Some(said) = text(&asked(Lang::Da).print(&da()).unwrap()) else { return };
    assert!(in_order(
        &said,
        &[
            "Eksempel Kommune",
            "Inger Margrethe Holm",
            "Ærøvej 12, 2. th.",
            "1. december 2026",
            "Karen Prøvesen beder om fuldmagt fra dig",
            "Svar senest 15. december 2026.",
            "Pas på svindel",
            "Det beder Karen Prøvesen om",
            "Social- og sundhedsportal: læse",
            "Se breve, kalender og beskeder",
            "højst til og med 30. november 2027",
            "Sådan svarer du",
            "Side 2 af 3",
            "Svarside",
            "Ja til det hele",
            "Nej",
            "Underskrift",
            "Send alle brevets sider til",
            CODE,
            "Side 3 af 3",
        ]
    ));
    assert!(
        said.find("Pas på svindel") < said.find("Sådan svarer du"),
        "the warning stands before the answer"
    );
}

#[test]
fn every_box_and_the_bar_code_say_what_they_are() {
    let document = open(&asked(Lang::Da).print(&da()).unwrap());
    let alts: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok())
        .map(|alt| lopdf::decode_text_string(alt).unwrap())
        .collect();
    let boxes = alts.iter().filter(|alt| *alt == "Felt til kryds").count();
    assert_eq!(boxes, 3 + items(Lang::Da).len(), "a box for each answer and each right");
    assert!(alts.contains(&format!("Stregkode med brevets kode {CODE}")), "{alts:?}");
}

#[test]
fn every_page_of_the_letter_carries_its_code_and_its_number() {
    let pdf = asked(Lang::En).print(&house(Lang::En)).unwrap();
    let Some(said) = text(&pdf) else { return };
    for page in 1..=pdf.pages {
        assert!(said.contains(&format!("{CODE} · Page {page} of {}", pdf.pages)), "{said}");
    }
}

#[test]
fn receipts_mandates_and_forms_say_what_matters() {
    let asked_for = |letter_too| Sent::Asked { answer_by: SOON, letter_too };
    for (pdf, words) in [
        (
            receipt(Lang::Da, asked_for(false)).print(&da()),
            vec![
                "Du har bedt om en fuldmagt",
                "Nummer FM-2026-000117",
                "1. december 2026, kl. 10.15",
                "Du har bedt Inger Holm",
                "Gælder til og med 30. november 2027",
                "Det sker der nu",
                "1. Passer oplysningerne",
                "15. december 2026",
                "12 34 56 78",
            ],
        ),
        (receipt(Lang::Da, asked_for(true)).print(&da()), vec!["i Digital Post og som brev"]),
        (
            receipt(Lang::En, Sent::Given).print(&house(Lang::En)),
            vec![
                "You have given a mandate",
                "You have given it to Inger Holm",
                "What happens now",
                "Inger Holm is told",
            ],
        ),
        (
            mandate(Lang::Da).print(&da()),
            vec![
                "Fuldmagt",
                "Kopi fra 1. december 2026",
                "Har givet fuldmagt Inger Margrethe Holm",
                "Status Aktiv",
                "Det må Karen Prøvesen",
                "Det er der sket",
                "Bevis",
                "0007 0e15",
            ],
        ),
        (
            OwnWordsForm.print(&da()),
            vec![
                "Fuldmagt med dine egne ord",
                "Sådan hjælper Borgerservice",
                "Før du skriver under",
                "Mit navn",
                "Det må personen gøre for mig",
                "Underskrift",
            ],
        ),
        (
            notice(None).print(&da()),
            vec!["Din fuldmagt er stoppet", "Ingers oplysninger", "Har du spørgsmål"],
        ),
    ] {
        let Some(said) = text(&pdf.unwrap()) else { return };
        assert!(in_order(&said, &words));
    }
}

#[test]
fn a_receipt_reads_the_same_for_any_person() {
    // Nothing but what the signer typed differs: the receipt cannot tell whether the person exists.
    let sent = Sent::Asked { answer_by: SOON, letter_too: false };
    let said = |who| text(&receipt(Lang::Da, sent).to_somebody(who).print(&da()).unwrap());
    let (Some(one), Some(other)) = (said("Inger Holm"), said("Xaver Qvist")) else { return };
    assert_eq!(one.replace("Inger Holm", "Xaver Qvist"), other);
}

trait ToSomebody<'a> {
    fn to_somebody(self, who: &'a str) -> Self;
}

impl<'a> ToSomebody<'a> for Receipt<'a> {
    fn to_somebody(self, who: &'a str) -> Self {
        Self { who, ..self }
    }
}

#[test]
fn the_same_words_make_the_same_bytes() {
    let letter = || asked(Lang::Da).print(&da()).unwrap();
    assert_eq!(letter(), letter());
}

#[test]
fn a_notice_for_the_post_box_is_plain_html() {
    let html = Notice { title: "Ja <& nej>", ..notice(None) }.html(&da()).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"da\">"));
    assert!(html.contains("<h1>Ja &lt;&amp; nej&gt;</h1><p>Inger Holm har stoppet"));
    for tag in ["<script", "<style", "<img", "<a ", "http"] {
        assert!(!html.contains(tag), "{tag}");
    }
    assert_eq!(Notice { title: "", ..notice(None) }.html(&da()), Err(Unprintable::Empty));
}

#[test]
fn many_rights_turn_pages_between_and_not_within() {
    let many: Vec<Item<'_>> = std::iter::repeat_n(items(Lang::Da), 6).flatten().copied().collect();
    let pdf = AskedLetter { items: &many, ..asked(Lang::Da) }.print(&da()).unwrap();
    assert!(pdf.pages >= 5, "{}", pdf.pages);
    let Some(said) = text(&pdf) else { return };
    let split = said.matches("læse Brevets kode").count() + said.matches("handle Brevets kode").count();
    assert_eq!(split, 0, "a right's title never stands alone at the foot of a page");
}

#[test]
fn a_form_to_send_back_says_where_to_or_asks_to_call() {
    let Some(said) = text(&OwnWordsForm.print(&da()).unwrap()) else { return };
    let lines =
        ["send dem til adressen her:", "Eksempel Kommune, Borgerservice, Rådhustorvet 1, 9999 Eksempelby"];
    assert!(in_order(&said, &lines), "{said}");
    for (lang, asks) in
        [(Lang::Da, "så ring til 12 34 56 78 og spørg"), (Lang::En, "call 12 34 56 78 and ask")]
    {
        let nowhere = House { address: &[], ..house(lang) };
        let said = text(&OwnWordsForm.print(&nowhere).unwrap()).unwrap();
        assert!(said.contains(asks), "{said}");
        assert!(!said.contains("adressen her") && !said.contains("this address"), "{said}");
    }
}
