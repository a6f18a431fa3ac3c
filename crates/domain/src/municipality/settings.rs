//! What a municipality has decided, read from one TOML file with a default for everything. A key nobody
//! knows, a code that does not exist, or an address that is not https stops the reading with its line and a
//! hint. It refuses secrets and addresses of servers: those are the operator's, not the municipality's.

use std::fmt;

use serde::Deserialize;

use super::departments::Departments;
use super::publication::PublicationRule;
use super::{InactiveJournal, MandateSource, MunicipalityCode, Policy, YouthPolicy};

/// Everything a municipality decides for itself.
///
/// ```
/// use borgerportal_domain::municipality::{Settings, YouthPolicy};
/// let settings = Settings::from_toml("municipality = \"0217\"\n[access]\nyouth = \"none\"\n")?;
/// assert_eq!(settings.policy().youth, YouthPolicy::None);
/// let error = Settings::from_toml("municipality = \"0217\"\n\n[access]\nyoth = \"none\"\n").unwrap_err();
/// assert_eq!(error.line, 4);
/// # Ok::<(), borgerportal_domain::municipality::SettingsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whose settings these are.
    pub municipality: MunicipalityCode,
    /// Who may come in.
    #[serde(default)]
    pub access: AccessSettings,
    /// What remains when help has ended.
    #[serde(default)]
    pub inactive_journal: InactiveJournal,
    /// Defaults for items without a label; the first that fits counts.
    #[serde(default)]
    pub publication: Vec<PublicationRule>,
    /// Whom people can write to.
    #[serde(default)]
    pub department: Departments,
    /// Where else to go.
    #[serde(default)]
    pub links: Links,
    /// Whom to call.
    #[serde(default)]
    pub support: Support,
    /// Where people are helped in person.
    #[serde(default)]
    pub borgerservice: Borgerservice,
    /// Own words in Danish.
    #[serde(default)]
    pub da: Texts,
    /// Own words in English.
    #[serde(default)]
    pub en: Texts,
    /// How it looks.
    #[serde(default)]
    pub look: Look,
}

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccessSettings {
    /// What parents see of a young person of 15–17: `full`, `filtered`, `none`.
    pub youth: YouthPolicy,
    /// Which mandates count: `own`, `nemlogin`, `both`.
    pub mandate_source: MandateSource,
}

impl Default for AccessSettings {
    fn default() -> Self {
        let policy = Policy::default();
        Self { youth: policy.youth, mandate_source: policy.mandate_source }
    }
}

/// A web address that begins with `https://`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Link(String);

impl Link {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// An address written in this program.
    fn known(address: &str) -> Self {
        Self(address.to_owned())
    }
}

impl TryFrom<String> for Link {
    type Error = &'static str;

    fn try_from(address: String) -> Result<Self, Self::Error> {
        let host = address.strip_prefix("https://").unwrap_or_default();
        let sane = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
        if host.starts_with(|c: char| c.is_ascii_alphanumeric()) && host.chars().all(sane) {
            Ok(Self(address))
        } else {
            Err("write a web address that begins with https://")
        }
    }
}

/// Where else to go.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Links {
    /// Medicine: Fælles Medicinkort online.
    pub fmk: Link,
    /// The national service for mandates.
    pub digital_fuldmagt: Link,
    /// Public self-service.
    pub borger_dk: Link,
    /// Guardianship and mandates for the future.
    pub familieretshuset: Link,
    /// The municipality's accessibility statement (tilgængelighedserklæring), once published.
    pub accessibility_statement: Option<Link>,
    /// How the municipality treats personal data.
    pub privacy: Option<Link>,
    /// How to get Borgerservice to help.
    pub borgerservice: Option<Link>,
    /// The municipality's own guide to the portal.
    pub guide: Option<Link>,
    /// How to complain about a decision.
    pub complaint_guide: Option<Link>,
}

impl Default for Links {
    fn default() -> Self {
        Self {
            fmk: Link::known("https://www.fmk-online.dk"),
            digital_fuldmagt: Link::known("https://fuldmagt.nemlog-in.dk"),
            borger_dk: Link::known("https://www.borger.dk"),
            familieretshuset: Link::known("https://familieretshuset.dk"),
            accessibility_statement: None,
            privacy: None,
            borgerservice: None,
            guide: None,
            complaint_guide: None,
        }
    }
}

/// A telephone number: digits and spaces, perhaps `+` first.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Phone(String);

impl Phone {
    /// As people read it, such as "49 28 28 28".
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For a `tel:` address: digits only, with the country in front.
    #[must_use]
    pub fn dial(&self) -> String {
        let digits: String = self.0.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.starts_with('+') { digits } else { format!("+45{digits}") }
    }
}

impl TryFrom<String> for Phone {
    type Error = &'static str;

    fn try_from(number: String) -> Result<Self, Self::Error> {
        let rest = number.strip_prefix('+').unwrap_or(&number);
        let digits = rest.chars().filter(char::is_ascii_digit).count();
        let only = rest.chars().all(|c| c.is_ascii_digit() || c == ' ');
        let danish = number.starts_with('+') || digits == 8;
        if only && danish && (8..=15).contains(&digits) {
            Ok(Self(number))
        } else {
            Err("write a telephone number: eight digits, or + and the country first")
        }
    }
}

/// Whom to call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Support {
    /// The number on every page.
    pub phone: Option<Phone>,
    /// When somebody answers, in Danish: "mandag–torsdag kl. 9–15".
    pub hours_da: String,
    /// The same in English.
    pub hours_en: String,
    /// Written contact for those who cannot call.
    pub email: Option<String>,
}

/// Where people are helped in person, also with a mandate on paper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Borgerservice {
    /// Street, postal code and town, in one line.
    pub address: String,
    /// The number there; where it is missing, that of [`Support`].
    pub phone: Option<Phone>,
}

/// The municipality's own words in one language. Empty means the portal's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Texts {
    /// Whom to call when it cannot wait and is no matter for 112.
    pub acute: String,
    /// Above the areas on the front page.
    pub front_page: String,
    /// On the page about an inactive journal: why, and how to get access to documents.
    pub inactive_journal: String,
    /// On the page of documents: what is not there.
    pub documents: String,
}

/// How it looks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Look {
    /// The name beside the mark, when it is not "X Kommune".
    pub name: Option<String>,
}

/// Why a file of settings is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {hint}")]
pub struct SettingsError {
    /// The line it stands in, from 1.
    pub line: usize,
    /// What is wrong and what would be right. Never repeats a value that could be personal.
    pub hint: String,
}

impl Settings {
    /// A municipality that has decided nothing yet.
    #[must_use]
    pub fn new(municipality: MunicipalityCode) -> Self {
        Self {
            municipality,
            access: AccessSettings::default(),
            inactive_journal: InactiveJournal::default(),
            publication: Vec::new(),
            department: Departments::default(),
            links: Links::default(),
            support: Support::default(),
            borgerservice: Borgerservice::default(),
            da: Texts::default(),
            en: Texts::default(),
            look: Look::default(),
        }
    }

    /// Reads a file of settings.
    pub fn from_toml(text: &str) -> Result<Self, SettingsError> {
        toml::from_str(text).map_err(|error| SettingsError {
            line: line_of(text, error.span().map_or(0, |span| span.start)),
            hint: error.message().trim().to_owned(),
        })
    }

    /// What access and visibility rules need of it.
    #[must_use]
    pub const fn policy(&self) -> Policy {
        Policy {
            youth: self.access.youth,
            inactive: self.inactive_journal,
            mandate_source: self.access.mandate_source,
        }
    }

    /// The name beside the mark.
    #[must_use]
    pub fn name(&self) -> String {
        self.look.name.clone().unwrap_or_else(|| self.municipality.full_name())
    }
}

/// The line, from 1, that holds this byte.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

impl<'de> Deserialize<'de> for MunicipalityCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(NotAMunicipality))
    }
}

struct NotAMunicipality;

impl fmt::Display for NotAMunicipality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write the four digits of a municipality, such as \"0217\"")
    }
}

#[cfg(test)]
mod tests;
