//! The way to the municipalities' record systems, a section each. Without one for a municipality, what its citizens
//! cancel, write and apply for waits.

use borgerportal_domain::municipality::MunicipalityCode;
use serde::Deserialize;
use std::path::PathBuf;
use url::Url;

/// One municipality's record system.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordSystem {
    /// Whose.
    pub municipality: MunicipalityCode,
    /// Where FHIR transactions are posted.
    pub address: Url,
    /// Where tokens are given.
    pub token_address: Url,
    /// Our name there.
    pub client_id: String,
    /// A file with our private key (PKCS#8 PEM).
    pub private_key_file: PathBuf,
    /// The key's name (`kid`) there.
    pub private_key_id: String,
    /// What we ask for, as registered there.
    #[serde(default = "scope")]
    pub scope: String,
}

fn scope() -> String {
    "system/*.c".to_owned()
}

/// What no single key can tell.
pub(super) fn sensible(all: &[RecordSystem]) -> Result<(), String> {
    let twice = |(at, one): &(usize, &RecordSystem)| {
        all.iter().take(*at).any(|other| other.municipality == one.municipality)
    };
    match all.iter().enumerate().find(twice) {
        Some((_, one)) => Err(format!("[[record_system]] municipality {} stands twice", one.municipality)),
        None => Ok(()),
    }
}
