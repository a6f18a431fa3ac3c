//! What must never be printed, and texts that want to break the page.

use super::*;
use borgerportal_memo::letters::{MandateCopy, Receiver};
use borgerportal_memo::pdf::PAGES_MAX;
use proptest::prelude::*;

#[test]
fn no_cpr_number_is_ever_printed() {
    let window = Receiver { name: "Inger Holm 720550-0004", ..asked(Lang::Da).receiver };
    let rights = [Item { title: "Læse", says: "for 7205500004" }];
    for pdf in [
        AskedLetter { receiver: window, ..asked(Lang::Da) }.print(&da()),
        AskedLetter { who: "7205500004", ..asked(Lang::Da) }.print(&da()),
        AskedLetter { items: &rights, ..asked(Lang::Da) }.print(&da()),
        AskedLetter { code: "7205500004", ..asked(Lang::Da) }.print(&da()),
        MandateCopy { number: "720550-0004", ..mandate(Lang::Da) }.print(&da()),
        Notice { paragraphs: &["Om 720550\u{200b}0004"], ..notice(None) }.print(&da()),
        Notice { title: "7205500004", ..notice(None) }.print(&da()),
        Notice { number: "7205500004", ..notice(None) }.print(&da()),
    ] {
        assert_eq!(pdf, Err(Unprintable::CprLike));
    }
    let leak = Notice { paragraphs: &["7205500004"], ..notice(None) };
    assert_eq!(leak.html(&da()), Err(Unprintable::CprLike));
}

#[test]
fn what_must_be_said_is_there() {
    let nobody = Receiver { name: " ", ..asked(Lang::Da).receiver };
    let homeless = Receiver { address: &[], ..asked(Lang::Da).receiver };
    let sent = Sent::Given;
    for pdf in [
        AskedLetter { receiver: nobody, ..asked(Lang::Da) }.print(&da()),
        AskedLetter { receiver: homeless, ..asked(Lang::Da) }.print(&da()),
        AskedLetter { items: &[], ..asked(Lang::Da) }.print(&da()),
        AskedLetter { who: "", ..asked(Lang::Da) }.print(&da()),
        AskedLetter { items: &[Item { title: "\u{202e}", says: "" }], ..asked(Lang::Da) }.print(&da()),
        receipt(Lang::Da, sent).to_somebody("").print(&da()),
        MandateCopy { state: "", ..mandate(Lang::Da) }.print(&da()),
        Notice { title: "\u{200b}", ..notice(None) }.print(&da()),
        Notice { paragraphs: &[], ..notice(None) }.print(&da()),
        Notice { paragraphs: &["a", " "], ..notice(None) }.print(&da()),
    ] {
        assert_eq!(pdf, Err(Unprintable::Empty));
    }
}

#[test]
fn codes_fit_the_bar_code_and_the_page() {
    for code in ["", "4q7k", "ÅÆØ", "A B", &"A".repeat(60)] {
        assert_eq!(AskedLetter { code, ..asked(Lang::Da) }.print(&da()), Err(Unprintable::Code), "{code}");
    }
}

#[test]
fn long_names_wrap_and_absurd_ones_are_refused() {
    let long = "Wolfeschlegelsteinhausenbergerdorff".repeat(12);
    let pdf = AskedLetter { who: &long, ..asked(Lang::Da) }.print(&da()).unwrap();
    assert!(pdf.pages > 3 && pdf.pages <= PAGES_MAX, "{}", pdf.pages);
    let ten_thousand = "å".repeat(10_000);
    let state = MandateCopy { state: &ten_thousand, ..mandate(Lang::Da) }.print(&da()).unwrap();
    if let Some(said) = text(&state) {
        assert_eq!(
            said.matches('å').count(),
            10_000 + text(&mandate(Lang::Da).print(&da()).unwrap()).unwrap().matches('å').count()
        );
    }
    assert_eq!(AskedLetter { who: &ten_thousand, ..asked(Lang::Da) }.print(&da()), Err(Unprintable::TooLong));
    let endless = "a ".repeat(1_000_000);
    assert_eq!(Notice { paragraphs: &[&endless], ..notice(None) }.print(&da()), Err(Unprintable::TooLong));
}

#[test]
fn hostile_characters_are_seen_or_gone() {
    let who = "Eva \u{202e}😀 محمد\0\u{1b}[31m";
    let pdf = AskedLetter { who, ..asked(Lang::Da) }.print(&da()).unwrap();
    let Some(said) = text(&pdf) else { return };
    assert!(said.contains("Eva ? ????[31m beder om fuldmagt"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_text_becomes_a_readable_pdf_or_a_typed_error(
        title in "(?s).{0,60}", paragraph in "(?s).{0,400}", number in ".{0,20}",
    ) {
        let notice = Notice { receiver: None, title: &title, paragraphs: &[&paragraph], number: &number };
        match notice.print(&da()) {
            Ok(pdf) => {
                prop_assert!(pdf.bytes.len() < 60_000);
                prop_assert_eq!(open(&pdf).get_pages().len(), pdf.pages);
            }
            Err(why) => prop_assert_ne!(why, Unprintable::Library, "{:?}", (title, paragraph, number)),
        }
    }
}
