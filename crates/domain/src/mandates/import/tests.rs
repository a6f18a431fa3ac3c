//! Files of the catalogue, well written and not.

use super::*;
use proptest::prelude::*;

const HEAD: &str = "code;version;title_da;title_en;says_da;says_en;area;access;channel;kle;publisher;\
                    least_giver_age;usual_days;longest_days;holder_kinds;from;to\n";
const GOOD: &str = "kl.social.laese;2;Titel;Title;\"Siger; meget\";Says;health;read;self_service;27.36 27.60;KL;15;365;1096;person;2026-01-01;";

#[test]
fn a_line_becomes_a_package() {
    let rows = catalogue(&format!("\u{feff}{HEAD}{GOOD}\r\n\n")).unwrap();
    let [row] = &rows[..] else { unreachable!() };
    assert_eq!((row.code.as_str(), row.number, row.says.da.as_str()), ("kl.social.laese", 2, "Siger; meget"));
    assert_eq!((row.subject, row.access, row.longest_days), (Subject::Health, RightAccess::Read, 1096));
    assert_eq!((row.from.to_string().as_str(), row.last_day), ("2026-01-01", None));
}

#[test]
fn mistakes_are_told_with_line_column_and_what_would_be_right() {
    let with =
        |old: &str, new: &str| format!("{HEAD}{GOOD}\n{}", GOOD.replace(";2;", ";3;").replacen(old, new, 1));
    for (text, line, column, part) in [
        (String::new(), 1, 1, "empty"),
        (HEAD.replace("title_en", "title_de"), 1, 4, "title_en"),
        (format!("{HEAD}{GOOD}\n{GOOD}"), 3, 2, "already"),
        (with("kl.social", "KL social"), 3, 1, "a–z"),
        (with(";3;", ";0;"), 3, 2, "from 1"),
        (with("Titel", ""), 3, 3, "empty"),
        (with("health", "sundhed"), 3, 7, "health, aids"),
        (with("read", "write"), 3, 8, "read, act"),
        (with("self_service", "phone"), 3, 9, "contact"),
        (with(";15;", ";14;"), 3, 12, "15 to 120"),
        (with(";365;", ";2000;"), 3, 13, "longest"),
        (with(";person;", ";dog;"), 3, 15, "person, employee"),
        (with("2026-01-01", "1. januar"), 3, 16, "2026-01-31"),
        (with("2026-01-01;", "2026-01-01;2025-12-31"), 3, 17, "first day"),
        (with("\"Siger", "\"\"Siger"), 3, 17, "18 values"),
        (with("meget\"", "meget"), 3, 5, "not closed"),
        (with(";Says;", ";"), 3, 17, "16 values"),
        (with("Titel", "Ti\u{7}tel"), 3, 3, "does not show"),
        (with("27.36 ", "27.36\u{0}"), 3, 10, "does not show"),
    ] {
        let error = catalogue(&text).unwrap_err();
        assert_eq!((error.line, error.column), (line, column), "{error}");
        assert!(error.hint.contains(part), "{error}");
        assert_eq!(error.name, CATALOGUE_COLUMNS[column - 1]);
    }
}

#[test]
fn activations_and_maps_are_read_with_the_same_care() {
    let read = activations("municipality;package;from;to\n0217;kl.a;2026-01-01;2026-12-31\n").unwrap();
    assert_eq!((read[0].municipality.number(), read[0].package.as_str()), (217, "kl.a"));
    let error = activations("municipality;package;from;to\n217;kl.a;2026-01-01;\n").unwrap_err();
    assert_eq!((error.line, error.column), (2, 1));
    let error = activations("municipality;package;from;to\n0217;a;b;c;d;e;\"f\n").unwrap_err();
    assert_eq!(
        (error.line, error.column, error.name),
        (2, 4, "to"),
        "a mark not closed behind the last column"
    );
    let read = map("package;version;service;privilege\nkl.a;1;borgerportal;documents.read\n").unwrap();
    assert_eq!((read[0].number, read[0].privilege.as_str()), (1, "documents.read"));
    let error = map("package;version;service;privilege\nkl.a;en;borgerportal;documents.read\n").unwrap_err();
    assert_eq!((error.line, error.column, error.name), (2, 2, "version"));
}

proptest! {
    #[test]
    fn no_file_makes_it_panic_and_every_mistake_has_a_place(text in "[a-z0-9;\" \n.-]{0,120}", headed: bool) {
        let text = if headed { format!("{HEAD}{text}") } else { text };
        if let Err(error) = catalogue(&text) {
            prop_assert!(error.line >= 1 && (1..=17).contains(&error.column) && !error.hint.is_empty());
        }
    }

    #[test]
    fn quoted_values_come_back_as_they_were(parts in prop::collection::vec("[a-zæø;\",]{1,8}", 1..6)) {
        let line: Vec<String> = parts.iter().map(|part| format!("\"{}\"", part.replace('"', "\"\""))).collect();
        prop_assert_eq!(values(&line.join(";")), Ok(parts));
    }
}
