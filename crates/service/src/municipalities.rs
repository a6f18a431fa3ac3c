//! The municipalities that are in this installation, with what each has decided.

use borgerportal_domain::municipality::{MunicipalityCode, Settings};
use std::collections::BTreeMap;

/// Settings by municipality. One that is not here has nothing to do with this installation.
#[derive(Debug, Clone, Default)]
pub struct Municipalities(BTreeMap<MunicipalityCode, Settings>);

impl Municipalities {
    /// From their settings; the later of two with one code counts.
    #[must_use]
    pub fn new(settings: impl IntoIterator<Item = Settings>) -> Self {
        Self(settings.into_iter().map(|settings| (settings.municipality, settings)).collect())
    }

    /// What this municipality has decided, if it is in.
    #[must_use]
    pub fn get(&self, code: MunicipalityCode) -> Option<&Settings> {
        self.0.get(&code)
    }

    /// All that are in, by code.
    pub fn all(&self) -> impl Iterator<Item = &Settings> {
        self.0.values()
    }
}
