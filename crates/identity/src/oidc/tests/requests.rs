use std::collections::BTreeMap;

use serde_json::json;
use url::Url;

use super::{discovery, metadata, now, party};
use crate::oidc::*;
use crate::secret::Secret;

const ENTROPY: Entropy = Entropy { state: [1; 32], nonce: [2; 32], verifier: [3; 32] };

fn asked(purpose: Purpose, party: &RelyingParty) -> (BTreeMap<String, String>, Pending) {
    let ask = Ask { purpose, at: now(), language: "en", login_hint: Some("u-1") };
    let (url, pending) = begin(party, &metadata(), &ENTROPY, &ask);
    (url.query_pairs().into_owned().collect(), pending)
}

fn back(query: &str) -> Result<Secret, OidcError> {
    let (_, pending) = asked(Purpose::LogIn, &party(|_| ()));
    let query = query.replace("STATE", pending.state().expose());
    pending.accept(&Callback::from_query(&query)?, &metadata(), now())
}

#[test]
fn the_request_asks_for_a_code_with_pkce_state_and_nonce() {
    let (query, pending) = asked(Purpose::LogIn, &party(|_| ()));
    // Worked out apart: base64url(sha256(base64url(32 times 3))).
    assert_eq!(query["code_challenge"], "g77gcvvTQj90gfwWOCFjatjPtz-u8N0FgfOXnqDHMbk");
    assert_eq!(pending.verifier().expose(), "AwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwM");
    let rest: Vec<(&str, &str)> = query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    insta::assert_debug_snapshot!(rest);
}

#[test]
fn a_step_up_asks_even_a_person_the_provider_knows() {
    let (query, pending) = asked(Purpose::StepUp, &party(|_| ()));
    assert_eq!((query["prompt"].as_str(), query["max_age"].as_str()), ("login", "0"));
    assert_eq!(pending.purpose(), Purpose::StepUp);
    let (query, _) = asked(Purpose::LogIn, &party(|_| ()));
    assert!(!query.contains_key("prompt"));
}

#[test]
fn configured_parameters_add_but_never_replace() {
    let hostile = party(|config| {
        config["parameters"] = json!({"idp_values": "mitid", "state": "x", "redirect_uri": "https://evil.example/",
            "code_challenge_method": "plain", "prompt": "none", "max_age": "999999"});
    });
    let (query, _) = asked(Purpose::LogIn, &hostile);
    assert_eq!(query, {
        let (mut plain, _) = asked(Purpose::LogIn, &party(|_| ()));
        plain.insert("idp_values".to_owned(), "mitid".to_owned());
        plain
    });
}

#[test]
fn only_an_answer_to_our_own_question_is_let_in() {
    assert_eq!(back("state=STATE&code=c").unwrap().expose(), "c");
    assert_eq!(back("state=STATEx&code=c").unwrap_err(), OidcError::State);
    assert_eq!(back("code=c").unwrap_err(), OidcError::State);
    assert_eq!(back("state=&code=c").unwrap_err(), OidcError::State);
    assert_eq!(back("state=other&error=access_denied").unwrap_err(), OidcError::State);
}

#[test]
fn errors_of_the_provider_are_told_apart() {
    assert_eq!(back("state=STATE&error=access_denied").unwrap_err(), OidcError::Cancelled);
    assert_eq!(back("state=STATE&error=login_required").unwrap_err(), OidcError::BrokerRefused);
    assert_eq!(back("state=STATE&error=server_error&code=c").unwrap_err(), OidcError::BrokerRefused);
    assert_eq!(back("state=STATE").unwrap_err(), OidcError::Malformed);
}

#[test]
fn repeated_parameters_are_refused() {
    for query in
        ["state=STATE&code=a&code=b", "state=STATE&state=STATE&code=a", "state=STATE&error=a&error=b"]
    {
        assert_eq!(back(query).unwrap_err(), OidcError::Malformed, "{query}");
    }
}

#[test]
fn an_answer_of_another_provider_is_refused() {
    assert!(back("state=STATE&code=c&iss=https%3A%2F%2Fbroker.example%2Fop").is_ok());
    assert_eq!(back("state=STATE&code=c&iss=https%3A%2F%2Fevil.example").unwrap_err(), OidcError::Issuer);
    let mut document = discovery();
    document["authorization_response_iss_parameter_supported"] = json!(true);
    let strict = Metadata::parse(document.to_string().as_bytes(), &party(|_| ()), false).unwrap();
    let (_, pending) = asked(Purpose::LogIn, &party(|_| ()));
    let callback = Callback::from_query(&format!("state={}&code=c", pending.state().expose())).unwrap();
    assert_eq!(pending.accept(&callback, &strict, now()).unwrap_err(), OidcError::Issuer);
}

#[test]
fn a_log_in_left_lying_is_over() {
    let (_, pending) = asked(Purpose::LogIn, &party(|_| ()));
    let callback = Callback::from_query(&format!("state={}&code=c", pending.state().expose())).unwrap();
    let at = |seconds| pending.accept(&callback, &metadata(), now().plus_seconds(seconds)).err();
    assert_eq!(at(PENDING_AGE_S_MAX), None);
    assert_eq!(at(PENDING_AGE_S_MAX + 1), Some(OidcError::Late));
}

#[test]
fn a_pending_log_in_is_kept_and_never_shown() {
    let (_, pending) = asked(Purpose::StepUp, &party(|_| ()));
    assert!(!format!("{pending:?}").contains("AQEB"));
    let kept: Pending = serde_json::from_str(&serde_json::to_string(&pending).unwrap()).unwrap();
    assert_eq!(kept.state().expose(), pending.state().expose());
    assert_eq!(kept.purpose(), Purpose::StepUp);
    let callback = Callback::from_query("state=s&code=top-secret").unwrap();
    assert!(!format!("{callback:?}").contains("top-secret"));
}

#[test]
fn a_provider_that_cannot_do_what_we_need_is_refused() {
    let told = |name: &str, value: serde_json::Value| {
        let mut document = discovery();
        document[name] = value;
        Metadata::parse(document.to_string().as_bytes(), &party(|_| ()), true).err()
    };
    assert_eq!(told("issuer", json!("https://broker.example/op")), None);
    assert_eq!(told("code_challenge_methods_supported", json!(null)), None);
    assert_eq!(told("issuer", json!("https://broker.example/op/")), Some(OidcError::Issuer));
    assert_eq!(told("response_types_supported", json!(["id_token"])), Some(OidcError::Metadata));
    assert_eq!(told("code_challenge_methods_supported", json!(["plain"])), Some(OidcError::Metadata));
    assert_eq!(
        told("id_token_signing_alg_values_supported", json!(["HS256", "none"])),
        Some(OidcError::Metadata)
    );
    assert_eq!(told("jwks_uri", json!("http://broker.example/jwks")), Some(OidcError::Metadata));
    assert_eq!(told("token_endpoint", json!("ftp://127.0.0.1/")), Some(OidcError::Metadata));
    assert_eq!(told("userinfo_endpoint", json!("http://127.0.0.1:1/userinfo")), None);
    assert!(Metadata::parse(b"<html>", &party(|_| ()), false).is_err());
}

#[test]
fn plain_http_is_for_this_machine_and_only_when_allowed() {
    for (address, here) in [
        ("http://127.0.0.1:8080/", true),
        ("http://[::1]/", true),
        ("http://localhost/", true),
        ("https://127.0.0.1/", false),
        ("http://127.0.0.1.evil.example/", false),
        ("http://localhost.evil.example/", false),
        ("http://10.0.0.1/", false),
        ("file:///etc/passwd", false),
    ] {
        assert_eq!(loopback(&Url::parse(address).unwrap()), here, "{address}");
    }
    let mut document = discovery();
    document["jwks_uri"] = json!("http://127.0.0.1:1/jwks");
    let read = |allowed| Metadata::parse(document.to_string().as_bytes(), &party(|_| ()), allowed).is_ok();
    assert!(read(true) && !read(false));
}

#[test]
fn the_documents_address_follows_from_the_issuer() {
    for issuer in ["https://broker.example/op", "https://broker.example/op/"] {
        let url = Metadata::url(issuer).unwrap();
        assert_eq!(url.as_str(), "https://broker.example/op/.well-known/openid-configuration");
    }
    assert!(Metadata::url("broker").is_err());
}

#[test]
fn logging_out_at_the_provider_names_us_and_the_way_back() {
    let with_way_back = party(|config| config["post_logout_redirect_uri"] = json!("https://us.example/ud"));
    let url = logout_url(&with_way_back, &metadata(), Some(&Secret::new("hint".to_owned()))).unwrap();
    assert_eq!(
        url.as_str(),
        "https://broker.example/op/end?client_id=us&id_token_hint=hint&post_logout_redirect_uri=https%3A%2F%2Fus.example%2Fud"
    );
}

#[test]
fn every_error_has_a_code_and_one_of_five_sentences() {
    use OidcError as E;
    let all = [
        E::Cancelled,
        E::BrokerRefused,
        E::State,
        E::Late,
        E::Malformed,
        E::Metadata,
        E::Algorithm,
        E::UnknownKey,
        E::Signature,
        E::Issuer,
        E::Audience,
        E::AuthorizedParty,
        E::Nonce,
        E::Expired,
        E::IssuedAt,
        E::AuthTimeMissing,
        E::AuthTimeFuture,
        E::AuthTimeStale,
        E::LevelMissing,
        E::LevelTooLow,
        E::IdentityKind,
        E::Subject,
        E::CprMissing,
        E::BirthDateMissing,
        E::NameMissing,
    ];
    let table: Vec<String> = all.iter().map(|error| format!("{error} → {}", error.sentence())).collect();
    insta::assert_snapshot!(table.join("\n"));
}
