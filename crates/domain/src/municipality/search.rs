//! Finding a municipality by typing, as a person does it: in small letters, with or without æøå, with
//! "Kommune" behind it. It refuses to guess: a typing error finds nothing.

use super::codes::{MUNICIPALITIES, Municipality};
use crate::search_text::folded;

/// The municipalities that fit what was typed: names that begin with it first, then names with a word that
/// begins with it, then names that hold it; each group from A to Å. Nothing typed gives all.
///
/// ```
/// use borgerportal_domain::municipality::search;
/// let names = |typed| search(typed).map(|one| one.name).collect::<Vec<_>>();
/// assert_eq!(names("helsingoer"), ["Helsingør"]);
/// assert_eq!(names("århus kommune"), ["Aarhus"]);
/// assert_eq!(names("svendb"), ["Svendborg"]);
/// ```
pub fn search(typed: &str) -> impl Iterator<Item = &'static Municipality> {
    let strict = spaced(typed);
    let loose = collapsed(&strict);
    let mut found: Vec<(usize, String, &Municipality)> = MUNICIPALITIES
        .iter()
        .filter_map(|one| {
            let place = place(&strict, &loose, one)?;
            Some((place, danish_order(one.name), one))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, _, one)| one)
}

/// All 98 as a Danish list is read: A to Å, with Aa as Å.
pub fn in_danish_order() -> impl Iterator<Item = &'static Municipality> {
    search("")
}

/// How well a name fits, best first, or nothing.
fn place(strict: &str, loose: &str, one: &Municipality) -> Option<usize> {
    let name = spaced(one.name);
    let full = spaced(&one.code.full_name());
    let loose_name = collapsed(&name);
    let fits = [
        name.starts_with(strict) || full.starts_with(strict),
        starts_a_word(&name, strict),
        loose_name.starts_with(loose) || collapsed(&full).starts_with(loose),
        starts_a_word(&loose_name, loose),
        loose_name.contains(loose),
    ];
    fits.iter().position(|fit| *fit)
}

fn starts_a_word(name: &str, typed: &str) -> bool {
    name.match_indices(' ').any(|(at, _)| name.get(at + 1..).is_some_and(|word| word.starts_with(typed)))
}

/// Folded, with one space for everything that is no letter or digit.
fn spaced(text: &str) -> String {
    let folded = folded(text);
    let parts = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(" ")
}

/// Without the second letter of aa, ae and oe: for keyboards that have no æøå and people who write o for ø.
fn collapsed(folded: &str) -> String {
    folded.replace("aa", "a").replace("ae", "a").replace("oe", "o")
}

/// A key that sorts as Danes do: æ, ø and å (also written aa) after z.
fn danish_order(name: &str) -> String {
    let lower = name.to_lowercase().replace("aa", "å");
    lower.replace('æ', "{").replace('ø', "|").replace('å', "}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(typed: &str) -> Vec<&'static str> {
        search(typed).map(|one| one.name).collect()
    }

    #[test]
    fn people_type_in_many_ways() {
        for (typed, first) in [
            ("Helsingør", "Helsingør"),
            ("helsingor", "Helsingør"),
            ("HELSINGOER KOMMUNE", "Helsingør"),
            ("århus", "Aarhus"),
            ("arhus", "Aarhus"),
            ("aabenraa", "Aabenraa"),
            ("åbenrå", "Aabenraa"),
            ("københavns kommune", "København"),
            ("kobenhavn", "København"),
            ("bornholms region", "Bornholm"),
            ("ikast brande", "Ikast-Brande"),
            ("taastrup", "Høje-Taastrup"),
            ("tårbæk", "Lyngby-Taarbæk"),
            ("  ærø ", "Ærø"),
            ("aeroe", "Ærø"),
            ("koge", "Køge"),
        ] {
            assert_eq!(names(typed).first(), Some(&first), "{typed}");
        }
    }

    #[test]
    fn beginnings_come_before_the_middle_of_a_word() {
        assert_eq!(
            names("fred"),
            ["Fredensborg", "Fredericia", "Frederiksberg", "Frederikshavn", "Frederikssund"]
        );
        assert_eq!(names("ringk"), ["Ringkøbing-Skjern"]);
        assert_eq!(names("skj"), ["Ringkøbing-Skjern"]);
        let middle = names("borg");
        assert!(middle.contains(&"Aalborg") && middle.contains(&"Svendborg"));
    }

    #[test]
    fn what_is_no_municipality_is_not_found() {
        for typed in ["christiansø", "region hovedstaden", "malmö", "xyz", "helsingørr"] {
            assert!(names(typed).is_empty(), "{typed}");
        }
    }

    #[test]
    fn the_whole_list_ends_with_aa() {
        let all = names("");
        assert_eq!(all.len(), 98);
        assert_eq!(all.first(), Some(&"Albertslund"));
        assert_eq!(all.get(94..), Some(["Ærø", "Aabenraa", "Aalborg", "Aarhus"].as_slice()));
    }

    proptest! {
        #[test]
        fn every_beginning_of_a_name_finds_it(at in 0usize..98, length in 1usize..12) {
            let one = &MUNICIPALITIES[at];
            let typed: String = one.name.chars().take(length).collect();
            prop_assert!(names(&typed).contains(&one.name));
            prop_assert!(names(&typed.to_uppercase()).contains(&one.name));
        }

        #[test]
        fn no_text_makes_it_panic(typed in any::<String>()) {
            prop_assert!(names(&typed).len() <= 98);
        }
    }
}
