//! NSIS levels on the wire. One level, three spellings: the OIDC claim writes `…/core/nsis/Substantial`, a SAML
//! context class `…/core/nsis/loa/Substantial`, a SAML attribute just `Substantial`. It refuses every other
//! spelling: an unknown level is no level.

use borgerportal_domain::access::Level;

const IN_A_CLAIM: &str = "https://data.gov.dk/concept/core/nsis/";
const IN_A_CONTEXT_CLASS: &str = "https://data.gov.dk/concept/core/nsis/loa/";

/// Reads one of the three spellings. Case matters, as in the standard.
#[must_use]
pub fn level_from_claim(text: &str) -> Option<Level> {
    let bare =
        text.strip_prefix(IN_A_CONTEXT_CLASS).or_else(|| text.strip_prefix(IN_A_CLAIM)).unwrap_or(text);
    match bare {
        "Low" => Some(Level::Low),
        "Substantial" => Some(Level::Substantial),
        "High" => Some(Level::High),
        _ => None,
    }
}

/// For configuration: the same spellings.
pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Level, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(deserializer)?;
    level_from_claim(&text).ok_or_else(|| serde::de::Error::custom("a level is Low, Substantial or High"))
}

/// For configuration, where there may be none.
pub(super) fn deserialize_option<'de, D: serde::Deserializer<'de>>(d: D) -> Result<Option<Level>, D::Error> {
    deserialize(d).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_spellings_are_one_level() {
        for (name, level) in [("Low", Level::Low), ("Substantial", Level::Substantial), ("High", Level::High)]
        {
            for prefix in [IN_A_CLAIM, IN_A_CONTEXT_CLASS, ""] {
                assert_eq!(level_from_claim(&format!("{prefix}{name}")), Some(level));
            }
        }
    }

    #[test]
    fn other_spellings_are_no_level() {
        for wrong in [
            "",
            "substantial",
            "SUBSTANTIAL",
            "High ",
            "https://data.gov.dk/concept/core/nsis/",
            "https://data.gov.dk/concept/core/nsis/loa",
            "http://data.gov.dk/concept/core/nsis/High",
            "https://data.gov.dk/concept/core/nsis/aal/High",
            "https://evil.example/https://data.gov.dk/concept/core/nsis/High",
            "urn:mace:incommon:iap:silver",
        ] {
            assert_eq!(level_from_claim(wrong), None, "{wrong}");
        }
    }
}
