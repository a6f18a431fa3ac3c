//! What a provider says about itself (OpenID discovery). It refuses a document for another issuer, addresses that are
//! not https (plain http only on this machine, and only when allowed), and providers without the code flow, PKCE S256
//! or one of our signature algorithms.

use std::net::IpAddr;

use serde::Deserialize;
use url::{Host, Url};

use super::{OidcError, RelyingParty};

/// A checked discovery document.
#[derive(Clone, Debug, Deserialize)]
pub struct Metadata {
    pub issuer: String,
    pub authorization_endpoint: Url,
    pub token_endpoint: Url,
    pub jwks_uri: Url,
    pub userinfo_endpoint: Option<Url>,
    pub end_session_endpoint: Option<Url>,
    #[serde(default)]
    response_types_supported: Vec<String>,
    #[serde(default)]
    id_token_signing_alg_values_supported: Vec<String>,
    code_challenge_methods_supported: Option<Vec<String>>,
    /// RFC 9207: then an answer without `iss` is refused.
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// Where the document lies, for an issuer.
    pub fn url(issuer: &str) -> Result<Url, OidcError> {
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        Url::parse(&address).map_err(|_| OidcError::Metadata)
    }

    /// Reads and checks the document of `party`'s provider.
    pub fn parse(bytes: &[u8], party: &RelyingParty, loopback_http: bool) -> Result<Self, OidcError> {
        let it: Self = serde_json::from_slice(bytes).map_err(|_| OidcError::Metadata)?;
        if it.issuer != party.issuer {
            return Err(OidcError::Issuer);
        }
        if it.can_do_what_we_need(party) && it.is_safe(loopback_http) {
            Ok(it)
        } else {
            Err(OidcError::Metadata)
        }
    }

    fn can_do_what_we_need(&self, party: &RelyingParty) -> bool {
        let algorithms = &self.id_token_signing_alg_values_supported;
        let pkce = self.code_challenge_methods_supported.as_ref();
        self.response_types_supported.iter().any(|kind| kind == "code")
            && party.algorithms.iter().any(|ours| algorithms.iter().any(|theirs| theirs == ours.name()))
            && pkce.is_none_or(|methods| methods.iter().any(|method| method == "S256"))
    }

    fn is_safe(&self, loopback_http: bool) -> bool {
        let optional = [self.userinfo_endpoint.as_ref(), self.end_session_endpoint.as_ref()];
        [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri]
            .into_iter()
            .chain(optional.into_iter().flatten())
            .all(|url| url.scheme() == "https" || (loopback_http && loopback(url)))
    }
}

/// Plain http to this very machine?
#[must_use]
pub fn loopback(url: &Url) -> bool {
    let here = match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "http" && here
}
