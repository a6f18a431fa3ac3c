//! Where else to go. It refuses addresses that do not begin with `https://`: what stands here becomes a link.

use serde::Deserialize;

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
