//! What a municipality offers of aids in the portal: which of the three modes, and its catalogue of kropsbårne
//! hjælpemidler with what it asks about each. No kind of aid stands in this program: "kropsbåren" is no word of the
//! law, and each municipality decides. It refuses two kinds or two questions of one code.

use serde::Deserialize;

coded_enum! {
    /// What of the area is there.
    pub enum AidsMode {
        /// Alle funktioner.
        All = "all",
        /// Ingen udlån.
        NoLoans = "no_loans",
        /// Kun udlån.
        LoansOnly = "loans_only",
    }
}

coded_enum! {
    /// When medical papers go along with an application.
    pub enum Papers {
        /// The first time, and when something has changed.
        FirstTime = "first_time",
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

/// What the municipality offers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Aids {
    /// Which of the three modes.
    pub functions: AidsMode,
    /// What can be applied for.
    #[serde(deserialize_with = "kinds")]
    pub kind: Vec<AidKind>,
}

impl Default for Aids {
    fn default() -> Self {
        Self { functions: AidsMode::All, kind: Vec::new() }
    }
}

impl Aids {
    /// Whether loans are shown.
    #[must_use]
    pub const fn has_loans(&self) -> bool {
        matches!(self.functions, AidsMode::All | AidsMode::LoansOnly)
    }

    /// Whether what was applied for and granted is shown.
    #[must_use]
    pub const fn has_applications(&self) -> bool {
        matches!(self.functions, AidsMode::All | AidsMode::NoLoans)
    }

    /// The kind with this code, where it can be applied for.
    #[must_use]
    pub fn kind(&self, code: &str) -> Option<&AidKind> {
        self.kind.iter().find(|kind| self.has_applications() && kind.code == code)
    }
}

/// A kind of aid that can be applied for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidKind {
    /// What applications and record systems call it. Never changes.
    #[serde(deserialize_with = "code")]
    pub code: String,
    /// Its name in Danish.
    pub name_da: String,
    /// Its name in English; the Danish one where it is left out.
    #[serde(default)]
    pub name_en: String,
    /// What it is, and who can get it, in Danish.
    #[serde(default)]
    pub about_da: String,
    /// The same in English.
    #[serde(default)]
    pub about_en: String,
    /// When medical papers go along.
    #[serde(default = "first_time")]
    pub papers: Papers,
    /// An answer to a first application is promised within so many weeks.
    #[serde(default = "six")]
    pub answer_weeks: u16,
    /// The same when one like it was granted before.
    #[serde(default = "three")]
    pub repeat_weeks: u16,
    /// What is asked besides the criteria of the law.
    #[serde(default, deserialize_with = "questions")]
    pub question: Vec<AidQuestion>,
}

impl AidKind {
    /// Its name.
    #[must_use]
    pub fn name(&self, english: bool) -> &str {
        own(english, &self.name_da, &self.name_en)
    }

    /// What it is, and who can get it.
    #[must_use]
    pub fn about(&self, english: bool) -> &str {
        own(english, &self.about_da, &self.about_en)
    }
}

/// The English words where there are any.
fn own<'t>(english: bool, da: &'t str, en: &'t str) -> &'t str {
    if english && !en.is_empty() { en } else { da }
}

/// A question about a kind of aid. Without options it is answered in one's own words.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidQuestion {
    /// What record systems call it.
    #[serde(deserialize_with = "code")]
    pub code: String,
    /// The question in Danish.
    pub da: String,
    /// The question in English.
    pub en: String,
    /// What can be chosen.
    #[serde(default)]
    pub option: Vec<AidOption>,
    /// Whether it may be left out.
    #[serde(default)]
    pub optional: bool,
}

/// What can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AidOption {
    /// What record systems call it.
    #[serde(deserialize_with = "code")]
    pub code: String,
    /// In Danish.
    pub da: String,
    /// In English.
    pub en: String,
}

const fn first_time() -> Papers {
    Papers::FirstTime
}

const fn six() -> u16 {
    6
}

const fn three() -> u16 {
    3
}

fn code<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let code = String::deserialize(deserializer)?;
    let sane = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=40).contains(&code.len()) && code.bytes().all(sane) {
        Ok(code)
    } else {
        Err(serde::de::Error::custom("write a code of small letters, digits and hyphens"))
    }
}

fn kinds<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<AidKind>, D::Error> {
    once(Vec::deserialize(deserializer)?, |kind: &AidKind| &kind.code, "two kinds of aid have the same code")
}

fn questions<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<AidQuestion>, D::Error> {
    let all: Vec<AidQuestion> = Vec::deserialize(deserializer)?;
    once(all, |question| &question.code, "two questions about one kind of aid have the same code")
}

fn once<T, E: serde::de::Error>(
    all: Vec<T>,
    code: impl Fn(&T) -> &String,
    twice: &'static str,
) -> Result<Vec<T>, E> {
    let is_twice = |(at, one): (usize, &T)| all.iter().take(at).any(|other| code(other) == code(one));
    if all.iter().enumerate().any(is_twice) { Err(E::custom(twice)) } else { Ok(all) }
}

#[cfg(test)]
mod tests {
    use crate::municipality::Settings;

    fn read(aids: &str) -> Result<super::Aids, String> {
        let text = format!("municipality = \"0217\"\n{aids}");
        Settings::from_toml(&text).map(|settings| settings.aids).map_err(|error| error.hint)
    }

    const BRACE: &str = "[[aids.kind]]\ncode = \"brace\"\nname_da = \"Skinne\"\nname_en = \"Brace\"\n";

    #[test]
    fn the_three_modes_decide_what_is_there() {
        for (mode, loans, applications) in
            [("all", true, true), ("no_loans", false, true), ("loans_only", true, false)]
        {
            let aids = read(&format!("[aids]\nfunctions = \"{mode}\"\n{BRACE}")).unwrap();
            assert_eq!((aids.has_loans(), aids.has_applications()), (loans, applications), "{mode}");
            assert_eq!(aids.kind("brace").is_some(), applications, "{mode}");
        }
        assert!(read("").unwrap().has_loans(), "all, unless something is said");
    }

    #[test]
    fn mistakes_in_the_catalogue_stop_the_reading() {
        for (text, hint) in [
            ("[aids]\nfunctions = \"some\"\n".to_owned(), "all, no_loans, loans_only"),
            (format!("{BRACE}{BRACE}"), "two kinds"),
            (BRACE.replace("brace", "En skinne"), "small letters"),
            (BRACE.replace("name_en", "name_de"), "name_de"),
            (format!("{BRACE}papers = \"sometimes\"\n"), "first_time, always, never"),
            (
                format!(
                    "{BRACE}question = [{{ code = \"a\", da = \"A\", en = \"A\" }}, \
                     {{ code = \"a\", da = \"B\", en = \"B\" }}]\n"
                ),
                "two questions",
            ),
        ] {
            let said = read(&text).unwrap_err();
            assert!(said.contains(hint), "{text}: {said}");
        }
    }
}
