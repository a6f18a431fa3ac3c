//! The example and its every key, and what is told of a mistake.

use super::*;
use crate::municipality::{Module, Phone};
use proptest::prelude::*;

const EXAMPLE: &str = include_str!("../example.toml");

fn error(text: &str) -> (usize, String) {
    let error = Settings::from_toml(text).unwrap_err();
    (error.line, error.hint)
}

#[test]
fn a_file_with_only_the_code_has_every_default() {
    let settings = Settings::from_toml("municipality = \"0217\"").unwrap();
    assert_eq!(settings, Settings::new(MunicipalityCode::parse("0217").unwrap()));
    assert_eq!(settings.policy(), Policy::default());
    assert_eq!(settings.name(), "Helsingør Kommune");
    assert_eq!(settings.links.fmk.as_str(), "https://www.fmk-online.dk");
}

#[test]
fn the_example_reads_and_says_something_for_every_key() {
    let settings = Settings::from_toml(EXAMPLE).unwrap();
    assert_eq!(settings.policy().inactive, InactiveJournal::ReadOnly { months: 12 });
    assert_eq!(settings.publication.len(), 1);
    assert!(!settings.modules.has(Module::Plans));
    assert_eq!(settings.support.phone.as_ref().map(Phone::dial).as_deref(), Some("+4549282828"));
    // Debug shows every field; the example leaves none at nothing.
    let all = format!("{settings:?}");
    assert!(!all.contains("None") && !all.contains("\"\""), "{all}");
}

#[test]
fn every_line_of_the_example_is_needed_or_has_a_default() {
    let keys = EXAMPLE.lines().enumerate().filter(|(_, line)| line.contains(" = "));
    for (at, line) in keys {
        let without: Vec<&str> =
            EXAMPLE.lines().enumerate().filter(|(other, _)| *other != at).map(|(_, line)| line).collect();
        let needed = [
            "municipality",
            "mode",
            "months",
            "audience",
            "signed_off_by",
            "signed_off_on",
            "code",
            "name_da",
            "visit",
        ];
        let read = Settings::from_toml(&without.join("\n"));
        let is_needed = needed.iter().any(|key| line.starts_with(&format!("{key} ")));
        assert_eq!(read.is_err(), is_needed, "{line}");
    }
}

#[test]
fn mistakes_are_told_with_their_line_and_a_hint() {
    let head = "municipality = \"0217\"\n";
    for (text, line, part) in [
        ("[acess]\nyouth = \"none\"\n", 2, "unknown field `acess`"),
        ("[access]\n\nyouht = \"none\"\n", 4, "youth"),
        ("[access]\nyouth = \"nothing\"\n", 3, "full, filtered, none"),
        ("[access]\nyouth = 3\n", 3, "full, filtered, none"),
        ("[inactive_journal]\nmode = \"read_only\"\n", 2, "months"),
        ("[inactive_journal]\nmode = \"open\"\n", 3, "locked"),
        ("[complaints]\nletter_days = 21\n", 3, "at most 20"),
        ("[links]\nfmk = \"http://fmk-online.dk\"\n", 3, "https://"),
        ("[links]\nguide = \"https://\"\n", 3, "https://"),
        ("[links]\nguide = \"https://a b\"\n", 3, "https://"),
        ("[links]\nguide = \"javascript:alert(1)\"\n", 3, "https://"),
        ("[support]\nphone = \"call us\"\n", 3, "telephone"),
        ("[support]\nphone = \"112\"\n", 3, "telephone"),
        ("[modules]\noff = [\"documents\"]\n", 3, "conditions"),
        ("[modules]\nplans = false\n", 3, "unknown field"),
        ("[look]\nlogo = \"x\"\n", 3, "unknown field"),
        ("[da]\nacute = \"a\"\nacute = \"b\"\n", 4, "duplicate"),
        ("[da\n", 2, ""),
    ] {
        let (at, hint) = error(&format!("{head}{text}"));
        assert!(hint.contains(part), "{text}: {hint}");
        assert_eq!(at, line, "{text}: {hint}");
    }
    assert_eq!(error("municipality = \"0411\"\n"), (1, NotAMunicipality.to_string()));
    assert!(error("").1.contains("municipality"));
}

#[test]
fn numbers_are_dialled_with_their_country() {
    let dial = |text: &str| Phone::try_from(text.to_owned()).map(|phone| phone.dial());
    assert_eq!(dial("49 28 28 28"), Ok("+4549282828".to_owned()));
    assert_eq!(dial("+46 40 34 10 00"), Ok("+4640341000".to_owned()));
    assert!(dial("49-28-28-28").is_err() && dial("").is_err() && dial("+").is_err());
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "[a-z\\[\\]=\"'0-9\n æø.#_-]{0,80}") {
        if let Err(error) = Settings::from_toml(&text) {
            prop_assert!(error.line >= 1 && error.line <= text.lines().count() + 1);
        }
    }
}
