//! What people type: words to search for, numbers, dates, and the files an operator writes.

use crate::mutate::{Random, bytes, text};
use crate::play::Target;
use borgerportal_domain::municipality::{MunicipalityCode, Settings, search};
use borgerportal_domain::search_text::{Query, folded, indexed};
use borgerportal_domain::{Cpr, Date};
use borgerportal_store::keys::KeyRing;
use std::fmt::Write as _;

const LETTER: &str = "Afgørelse om hjemmehjælp: Inger får hjælp til bad, sår\u{ad}pleje og rengøring hver 14. dag. \
    Åse fra Hjemmeplejen Nord ringer på telefon 12 34 56 78, når besøgene begynder.";

fn letters(random: &mut Random, input: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    if random.once_in(4) {
        let mut input = input.to_vec();
        bytes(random, &mut input, others);
        return input;
    }
    text(random, &String::from_utf8_lossy(input)).into_bytes()
}

/// Marks stand on whole letters, in order, inside the piece that is shown; who searches for a whole text finds it.
#[test]
fn words_to_search_for() {
    let seeds = ["hjemmehjælp", "sårpleje bad", "\"hver 14. dag\"", "Åse", LETTER, "a-b_c 12345678"];
    let read = |input: &[u8]| {
        let typed = String::from_utf8_lossy(input);
        let query = Query::parse(&typed);
        let mut said = format!("{} ", query.is_empty());
        for original in [LETTER, &typed] {
            let (found, snippet) = (query.matches(&indexed(original)), query.snippet(original, 160));
            let piece = original.get(snippet.range.clone()).expect("whole letters");
            let mut end = snippet.range.start;
            for mark in &snippet.highlights {
                assert!(
                    mark.start >= end && mark.end <= snippet.range.end && !original[mark.clone()].is_empty()
                );
                end = mark.end;
            }
            assert!(piece.chars().count() <= 400, "{} letters are shown", piece.chars().count());
            let _ = write!(said, "{found} {} ", snippet.highlights.len().min(3));
        }
        let _ = (folded(&typed), search(&typed).count());
        said
    };
    let seeds = seeds.map(|seed| seed.as_bytes().to_vec()).to_vec();
    Target { name: "search", seeds, bend: &letters, read: &read }.play();
}

/// A number that reads is six digits and four of digits and letters, reads again, and hides when it is printed.
#[test]
fn numbers_and_dates() {
    let seeds = ["7205430004", "720543-0004", "0217", "2026-10-01", " 720543 0004 "];
    let read = |input: &[u8]| {
        let typed = String::from_utf8_lossy(input);
        let number = Cpr::parse(&typed);
        if let Ok(number) = &number {
            let shown = number.expose();
            let (birth, rest) = shown.split_at(6);
            assert!(birth.bytes().all(|byte| byte.is_ascii_digit()) && rest.len() == 4, "{shown}");
            assert!(rest.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase()), "{shown}");
            assert_eq!(Cpr::parse(shown).as_ref(), Ok(number));
            assert!(!format!("{number:?}").contains(birth), "a number in a log");
            let _ = (number.kind(), number.encoded_birth_date());
        }
        let date = typed.parse::<Date>().map(Date::year).ok();
        let place = MunicipalityCode::parse(&typed).map(MunicipalityCode::name);
        format!("{:?} {date:?} {place:?}", number.map(|number| number.kind()))
    };
    let seeds = seeds.map(|seed| seed.as_bytes().to_vec()).to_vec();
    Target { name: "numbers", seeds, bend: &letters, read: &read }.play();
}

#[test]
fn files_an_operator_writes() {
    let settings = include_str!("../../../crates/domain/src/municipality/example.toml");
    let small = "municipality = \"0217\"\n[[publication]]\naudience = [\"citizen\"]\nsigned_off_by = \"Test\"\n\
        signed_off_on = 2026-01-01\n";
    let keys = KeyRing::generate().unwrap();
    let secret = keys.split('"').find(|part| part.len() == 64).unwrap()[..32].to_owned();
    let read = |input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let settings = Settings::from_toml(&text).map(|it| it.name()).map_err(|error| error.to_string());
        let ring = KeyRing::parse(&text).map(|_| ()).map_err(|error| error.to_string());
        assert!(!format!("{ring:?}").contains(&secret), "an error repeats a key");
        format!("{settings:?} {ring:?}").chars().take(80).collect()
    };
    let seeds = [settings, small, &keys].map(|seed| seed.as_bytes().to_vec()).to_vec();
    Target { name: "settings", seeds, bend: &letters, read: &read }.play();
}
