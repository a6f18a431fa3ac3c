//! The other person as somebody typed them: a name with a CPR number, an address, or both. What was typed is
//! compared with the register leniently, as people write names. It refuses to correct what was typed, and it
//! never says whether anybody of that name or number exists.

use crate::cpr::Cpr;
use crate::person::PersonName;
use crate::search_text::{folded, is_unseen};

/// The longest name and address that are taken, in characters.
const LONGEST: usize = 200;

coded_enum! {
    /// What is wrong with what was typed. Each belongs to one field of the form.
    pub enum NamedRefusal {
        /// No name.
        NameMissing = "mandates.named.name_missing",
        /// Only one word: a full name has at least two.
        NameNotFull = "mandates.named.name_not_full",
        /// Longer than any name.
        NameTooLong = "mandates.named.name_too_long",
        /// Not ten digits, or no such day.
        NumberInvalid = "mandates.named.number_invalid",
        /// Neither a number nor an address.
        NothingToFindBy = "mandates.named.nothing_to_find_by",
        /// Longer than any address.
        AddressTooLong = "mandates.named.address_too_long",
    }
}

/// A person as typed. Debug shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Named {
    /// The full name, as typed, without spaces around it.
    pub name: String,
    /// The number, if one was typed.
    pub cpr: Option<Cpr>,
    /// Street, number, postcode and town, if typed.
    pub address: Option<String>,
}

impl std::fmt::Debug for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Named(hidden)")
    }
}

impl Named {
    /// Reads the three fields of the form. Empty fields are fine where the other one is filled. Everything
    /// that is wrong is told at once.
    ///
    /// ```
    /// use borgerportal_domain::mandates::{Named, NamedRefusal};
    /// let inger = Named::read(" Inger  Holm ", "720843-1104", "")?;
    /// assert_eq!(inger.name, "Inger Holm");
    /// assert_eq!(Named::read("Inger", "", "").unwrap_err(), [
    ///     NamedRefusal::NameNotFull,
    ///     NamedRefusal::NothingToFindBy,
    /// ]);
    /// # Ok::<(), Vec<NamedRefusal>>(())
    /// ```
    pub fn read(name: &str, cpr: &str, address: &str) -> Result<Self, Vec<NamedRefusal>> {
        let (name, address) = (one_line(name), one_line(address));
        let mut wrong = Vec::new();
        match name.split(' ').count() {
            _ if name.is_empty() => wrong.push(NamedRefusal::NameMissing),
            _ if name.chars().count() > LONGEST => wrong.push(NamedRefusal::NameTooLong),
            1 => wrong.push(NamedRefusal::NameNotFull),
            _ => {}
        }
        let cpr = match cpr.trim() {
            "" => None,
            typed => {
                let cpr = Cpr::parse(typed).ok();
                if cpr.is_none() {
                    wrong.push(NamedRefusal::NumberInvalid);
                }
                cpr
            }
        };
        if address.chars().count() > LONGEST {
            wrong.push(NamedRefusal::AddressTooLong);
        }
        if cpr.is_none() && address.is_empty() && !wrong.contains(&NamedRefusal::NumberInvalid) {
            wrong.push(NamedRefusal::NothingToFindBy);
        }
        let address = Some(address).filter(|address| !address.is_empty());
        if wrong.is_empty() { Ok(Self { name, cpr, address }) } else { Err(wrong) }
    }

    /// Whether this may be the person the register knows by that name: the first given name and the last
    /// family name were typed, and no word that is in neither. Case, accents, hyphens and æøå do not matter.
    #[must_use]
    pub fn fits(&self, name: &PersonName) -> bool {
        let typed = words(&self.name);
        let (given, family) = (words(&name.given), words(&name.family));
        let (Some(first), Some(last)) = (given.first().or(family.first()), family.last().or(given.last()))
        else {
            return false;
        };
        let known = |word: &String| given.contains(word) || family.contains(word);
        typed.contains(first) && typed.contains(last) && typed.iter().all(known)
    }

    /// What the request is addressed to, in one spelling: the number where there is one, else name and
    /// address. Two requests to the same are to the same person, found or not.
    #[must_use]
    pub fn addressee(&self) -> String {
        match (&self.cpr, &self.address) {
            (Some(cpr), _) => format!("cpr {}", cpr.expose()),
            (None, address) => {
                let address = address.as_deref().unwrap_or_default();
                format!("address {} / {}", words(&self.name).join(" "), words(address).join(" "))
            }
        }
    }
}

/// What was typed, on one line and without characters that nobody sees.
fn one_line(text: &str) -> String {
    let words = text.split_whitespace().map(|word| word.replace(is_unseen, ""));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Folded words; everything that is no letter or digit parts them.
fn words(text: &str) -> Vec<String> {
    let folded = folded(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(given: &str, family: &str) -> PersonName {
        PersonName { given: given.to_owned(), family: family.to_owned() }
    }

    fn typed(name: &str) -> Named {
        Named { name: name.to_owned(), cpr: None, address: Some("Havnegade 1".to_owned()) }
    }

    #[test]
    fn names_are_compared_as_people_write_them() {
        let aase = known("Åse Marie", "Sørensen-Holm");
        for same in ["Åse Marie Sørensen-Holm", "aase holm", "ÅSE SØRENSEN HOLM", "Ase\u{30a} Marie Holm"]
        {
            let fits = typed(same).fits(&aase);
            assert_eq!(fits, same != "Ase\u{30a} Marie Holm", "{same}");
        }
        for other in ["Åse", "Holm", "Marie Holm", "Åse Jensen", "Åse Holm Jensen", "Aase Marie Sørensen"]
        {
            assert!(!typed(other).fits(&aase), "{other}");
        }
    }

    #[test]
    fn a_person_without_a_name_is_nobody() {
        assert!(!typed("Inger Holm").fits(&known("", "")));
        assert!(typed("Inger Inger").fits(&known("Inger", "")), "one name is enough where there is one");
    }

    #[test]
    fn the_form_says_everything_that_is_wrong_at_once() {
        use NamedRefusal::{
            AddressTooLong, NameMissing, NameNotFull, NameTooLong, NothingToFindBy, NumberInvalid,
        };
        let long = "a ".repeat(150);
        for (name, cpr, address, wrong) in [
            ("", "", "", vec![NameMissing, NothingToFindBy]),
            ("Inger", "7208431104", "", vec![NameNotFull]),
            ("Inger Holm", "72084311", "", vec![NumberInvalid]),
            ("Inger Holm", "72084311", "Havnegade 1", vec![NumberInvalid]),
            (&long, "", &long, vec![NameTooLong, AddressTooLong]),
            ("Inger Holm", " ", "\t", vec![NothingToFindBy]),
        ] {
            assert_eq!(Named::read(name, cpr, address).unwrap_err(), wrong, "{name:.20} {cpr} {address:.20}");
        }
    }

    #[test]
    fn the_same_addressee_is_one_however_it_is_typed() {
        let addressee = |name, cpr, address| Named::read(name, cpr, address).unwrap().addressee();
        assert_eq!(
            addressee("Inger Holm", "720843-1104", "Havnegade 1"),
            addressee("Inger H. Holm", "7208431104", ""),
        );
        assert_eq!(
            addressee("Inger Holm", "", "Havnegade 1, 3000 Helsingør"),
            addressee("INGER  HOLM", "", "havnegade 1 3000 Helsingoer"),
        );
        assert_ne!(addressee("Inger Holm", "", "Havnegade 1"), addressee("Inger Holm", "", "Havnegade 2"));
    }

    #[test]
    fn nothing_unseen_stays_in_a_name_or_an_address() {
        for (typed, kept) in [
            ("Inger \u{202e}mloH\u{202c}", "Inger mloH"),
            ("Inger\u{200b}Holm Bo", "IngerHolm Bo"),
            ("Inger \u{2066}\u{2069} Holm", "Inger Holm"),
            ("In\u{ad}ger\u{feff} Holm\u{7f}", "Inger Holm"),
            ("Inger\tHolm\r\nBo", "Inger Holm Bo"),
            ("Åse-Marie O’Neil", "Åse-Marie O’Neil"),
            (
                "\u{645}\u{631}\u{64a}\u{645} \u{639}\u{644}\u{64a}",
                "\u{645}\u{631}\u{64a}\u{645} \u{639}\u{644}\u{64a}",
            ),
        ] {
            let named = Named::read(typed, "", typed).unwrap();
            assert_eq!((named.name.as_str(), named.address.as_deref()), (kept, Some(kept)));
        }
        let hidden = Named::read("\u{202e} \u{200b}", "", "\u{2060}").unwrap_err();
        assert_eq!(hidden, [NamedRefusal::NameMissing, NamedRefusal::NothingToFindBy]);
    }

    proptest! {
        #[test]
        fn no_name_holds_what_nobody_sees(name in "\\PC{0,8}[\u{200b}-\u{202e}\u{2060}-\u{206f}a-å ]{0,20}", mark in any::<char>()) {
            let marked = format!("{name}{mark} Holm");
            if let Ok(named) = Named::read(&marked, "", "Havnegade 1") {
                prop_assert!(!named.name.chars().any(is_unseen), "{:?}", named.name);
                prop_assert_eq!(Named::read(&named.name, "", "Havnegade 1").map(|again| again.name), Ok(named.name));
            }
        }

        #[test]
        fn whatever_is_typed_the_answer_is_calm(name in ".{0,40}", cpr in ".{0,12}", address in ".{0,40}") {
            if let Ok(named) = Named::read(&name, &cpr, &address) {
                prop_assert!(named.cpr.is_some() || named.address.is_some());
                prop_assert_eq!(format!("{named:?}"), "Named(hidden)");
            }
        }

        #[test]
        fn the_full_name_always_fits(given in "[A-ZÆØÅa-zæøåé]{1,8}( [A-Za-z]{1,8})?", family in "[A-ZÆØÅa-zæøå]{1,8}(-[A-Za-z]{1,8})?") {
            let whole = format!("{given} {family}");
            prop_assert!(typed(&whole).fits(&known(&given, &family)));
        }
    }
}
