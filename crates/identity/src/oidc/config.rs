//! What an operator writes down about one OpenID provider. The defaults are those of a Danish MitID broker
//! (Signaturgruppen/Nets); every claim name can be changed for another provider. It refuses unknown keys, and by
//! default every identity made for tests.

use std::collections::BTreeMap;

use borgerportal_domain::access::Level;
use serde::Deserialize;
use url::Url;

use super::level;
use crate::jws::Algorithm;

/// Us, as one provider knows us.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelyingParty {
    /// Compared byte for byte with what the provider says about itself and with `iss` of every token.
    pub issuer: String,
    pub client_id: String,
    /// Where the browser comes back, exactly as registered.
    pub redirect_uri: Url,
    /// Where the browser lands after logging out at the provider.
    #[serde(default)]
    pub post_logout_redirect_uri: Option<Url>,
    #[serde(default = "mitid_scopes")]
    pub scopes: Vec<String>,
    /// Further parameters of the request, such as `idp_values = "mitid"`. They cannot replace the ones we set.
    #[serde(default)]
    pub parameters: BTreeMap<String, String>,
    #[serde(default = "all_algorithms")]
    pub algorithms: Vec<Algorithm>,
    #[serde(default)]
    pub claims: ClaimNames,
    #[serde(default)]
    pub identities: Identities,
    /// Below this nobody comes in.
    #[serde(default = "substantial", deserialize_with = "level::deserialize")]
    pub level_min: Level,
    /// The level of a provider that does not state one. Only for providers that vouch for it by contract.
    #[serde(default, deserialize_with = "level::deserialize_option")]
    pub level_when_unstated: Option<Level>,
    /// At an ordinary log-in, a session at the provider may be this old. Seconds.
    #[serde(default = "one_hour_s")]
    pub login_age_s_max: u32,
}

/// Which claim holds what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    pub cpr: String,
    /// A date, `YYYY-MM-DD`.
    pub birth_date: String,
    /// One full name; used when `given_name` and `family_name` are not both there.
    pub name: String,
    pub given_name: String,
    pub family_name: String,
    /// Read from the signed ID token only.
    pub level: String,
    pub person_uuid: String,
    pub transaction_id: String,
    pub session_expiry: String,
    pub identity_provider: String,
    pub identity_type: String,
    pub environment: String,
    /// What others let the person do for them: an OIO Basic Privilege Profile in base64.
    pub privileges: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        let name = str::to_owned;
        Self {
            cpr: name("dk.cpr"),
            birth_date: name("mitid.date_of_birth"),
            name: name("mitid.identity_name"),
            given_name: name("given_name"),
            family_name: name("family_name"),
            level: name("loa"),
            person_uuid: name("mitid.uuid"),
            transaction_id: name("transaction_id"),
            session_expiry: name("session_expiry"),
            identity_provider: name("idp"),
            identity_type: name("identity_type"),
            environment: name("idp_environment"),
            privileges: name("https://data.gov.dk/model/core/eid/privilegesIntermediate"),
        }
    }
}

/// Which identities may come in. An empty list leaves that claim unchecked (plain providers do not send it).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Identities {
    pub providers: Vec<String>,
    pub types: Vec<String>,
    /// Brokers may leave the environment out; when it is there, it must be one of these.
    pub environments: Vec<String>,
    /// Lets `test` identities and other environments in. Never in production.
    pub accept_test: bool,
}

impl Default for Identities {
    fn default() -> Self {
        let list = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Self {
            providers: list(&["mitid"]),
            types: list(&["private"]),
            environments: list(&["production", "prod"]),
            accept_test: false,
        }
    }
}

fn mitid_scopes() -> Vec<String> {
    ["openid", "mitid", "ssn"].map(str::to_owned).to_vec()
}

fn all_algorithms() -> Vec<Algorithm> {
    Algorithm::ALL.to_vec()
}

fn substantial() -> Level {
    Level::Substantial
}

fn one_hour_s() -> u32 {
    3600
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mitid_broker_needs_three_lines() {
        let party: RelyingParty = serde_json::from_str(
            r#"{"issuer":"https://broker.example/op","client_id":"us","redirect_uri":"https://us.example/back"}"#,
        )
        .unwrap();
        assert_eq!(party.level_min, Level::Substantial);
        assert_eq!(party.level_when_unstated, None);
        assert_eq!(party.scopes, ["openid", "mitid", "ssn"]);
        assert!(!party.identities.accept_test);
        assert_eq!(party.claims.cpr, "dk.cpr");
    }

    #[test]
    fn unknown_keys_levels_and_algorithms_stop_start_up() {
        let base =
            r#""issuer":"https://b.example","client_id":"us","redirect_uri":"https://us.example/back""#;
        for wrong in [
            r#""isuer":"x""#,
            r#""level_min":"substantial""#,
            r#""algorithms":["HS256"]"#,
            r#""algorithms":["none"]"#,
            r#""claims":{"cprr":"x"}"#,
            r#""identities":{"accept_tests":true}"#,
        ] {
            assert!(serde_json::from_str::<RelyingParty>(&format!("{{{base},{wrong}}}")).is_err(), "{wrong}");
        }
        let right = format!(r#"{{{base},"level_when_unstated":"Substantial","algorithms":["PS256"]}}"#);
        assert!(serde_json::from_str::<RelyingParty>(&right).is_ok());
    }
}
