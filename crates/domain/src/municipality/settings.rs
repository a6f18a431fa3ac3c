//! What a municipality has decided, read from one TOML file with a default for everything. A key nobody
//! knows, a code that does not exist, or an address that is not https stops the reading with its line and a
//! hint. It refuses secrets and addresses of servers: those are the operator's, not the municipality's.

use std::fmt;

use serde::Deserialize;

use super::aids::Aids;
use super::contact::{Borgerservice, Support};
use super::departments::Departments;
use super::links::Links;
use super::modules::Modules;
use super::publication::PublicationRule;
use super::visits::Visits;
use super::{Complaints, InactiveJournal, MandateSource, MunicipalityCode, Policy, YouthPolicy};

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
    /// Which areas are there.
    #[serde(default)]
    pub modules: Modules,
    /// What remains when help has ended.
    #[serde(default)]
    pub inactive_journal: InactiveJournal,
    /// How long a decision is under way.
    #[serde(default)]
    pub complaints: Complaints,
    /// Defaults for items without a label; the first that fits counts.
    #[serde(default)]
    pub publication: Vec<PublicationRule>,
    /// Whom people can write to.
    #[serde(default)]
    pub department: Departments,
    /// What of aids is there, and which can be applied for.
    #[serde(default)]
    pub aids: Aids,
    /// Visits and how they are called off.
    #[serde(default)]
    pub visits: Visits,
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
    /// On the page where a visit is called off: what becomes of the help.
    pub cancelling: String,
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
            modules: Modules::ALL,
            inactive_journal: InactiveJournal::default(),
            complaints: Complaints::default(),
            publication: Vec::new(),
            department: Departments::default(),
            aids: Aids::default(),
            visits: Visits::default(),
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
