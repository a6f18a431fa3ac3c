use borgerportal_domain::access::Level;
use borgerportal_domain::{Cpr, Timestamp};
use ring::rand::SystemRandom;
use serde_json::json;

use super::{ISSUER, NOW_S, log_in, step_up};
use crate::jws::SigningKey;
use crate::oidc::{OidcError, Tokens, client_assertion};

#[test]
fn a_right_answer_proves_who_it_was() {
    let proven = log_in().proven().unwrap();
    assert_eq!(proven.cpr, Cpr::parse("7205500004").unwrap());
    assert_eq!(proven.birth_on.to_string(), "1955-05-12");
    assert_eq!((proven.name.given.as_str(), proven.name.family.as_str()), ("Inger Marie", "Holm"));
    assert_eq!(proven.level, Level::Substantial);
    assert_eq!(proven.authenticated_at, Timestamp::from_seconds(NOW_S - 5));
    assert_eq!(proven.session_ends_at, Some(Timestamp::from_seconds(NOW_S + 3600)));
    assert_eq!(proven.methods, ["code_app"]);
    assert_eq!(proven.transaction_id.as_deref(), Some("t-1"));
    assert_eq!(proven.person_uuid.as_deref(), Some("u-1"));
    assert_eq!(format!("{proven:?}"), "ProvenLogin(Substantial, rest hidden)");
}

#[test]
fn the_issuer_is_compared_byte_for_byte() {
    for wrong in ["https://broker.example/op/", "https://BROKER.example/op", "https://broker.example", "x"] {
        assert_eq!(log_in().with("iss", json!(wrong)).refused(), OidcError::Issuer, "{wrong}");
    }
    assert_eq!(log_in().without("iss").refused(), OidcError::Issuer);
}

#[test]
fn the_audience_is_us_and_us_alone() {
    assert_eq!(log_in().with("aud", json!("them")).refused(), OidcError::Audience);
    assert_eq!(log_in().with("aud", json!("us2")).refused(), OidcError::Audience);
    assert_eq!(log_in().with("aud", json!([])).refused(), OidcError::Audience);
    assert_eq!(log_in().without("aud").refused(), OidcError::Audience);
    assert!(log_in().with("aud", json!(["us"])).proven().is_ok());
    assert_eq!(log_in().with("aud", json!(["us", "them"])).refused(), OidcError::AuthorizedParty);
    assert_eq!(
        log_in().with("aud", json!(["us", "them"])).with("azp", json!("us")).refused(),
        OidcError::Audience
    );
}

#[test]
fn azp_names_us_or_nobody() {
    assert_eq!(log_in().with("azp", json!("them")).refused(), OidcError::AuthorizedParty);
    assert!(log_in().with("azp", json!("us")).proven().is_ok());
}

#[test]
fn the_nonce_is_the_one_we_sent() {
    assert_eq!(log_in().with("nonce", json!("other")).refused(), OidcError::Nonce);
    assert_eq!(log_in().without("nonce").refused(), OidcError::Nonce);
}

#[test]
fn an_expired_token_is_refused_once_the_leeway_is_over() {
    assert!(log_in().with("exp", json!(NOW_S - 59)).proven().is_ok());
    assert_eq!(log_in().with("exp", json!(NOW_S - 60)).refused(), OidcError::Expired);
    assert_eq!(log_in().without("exp").refused(), OidcError::Malformed);
    assert_eq!(log_in().with("exp", json!("never")).refused(), OidcError::Malformed);
}

#[test]
fn a_token_from_the_future_or_from_long_ago_is_refused() {
    assert!(log_in().with("iat", json!(NOW_S + 60)).proven().is_ok());
    assert_eq!(log_in().with("iat", json!(NOW_S + 61)).refused(), OidcError::IssuedAt);
    assert_eq!(log_in().with("nbf", json!(NOW_S + 61)).refused(), OidcError::IssuedAt);
    assert_eq!(log_in().with("iat", json!(NOW_S - 601)).refused(), OidcError::IssuedAt);
    assert_eq!(log_in().without("iat").refused(), OidcError::Malformed);
}

#[test]
fn an_unknown_key_asks_for_the_keys_again_and_a_wrong_signature_does_not() {
    let mut rotated = log_in();
    rotated.key = SigningKey::generate("k2", &SystemRandom::new()).unwrap();
    assert_eq!(rotated.refused(), OidcError::UnknownKey);
    let mut forged = log_in();
    forged.key = SigningKey::generate("k1", &SystemRandom::new()).unwrap();
    assert_eq!(forged.refused(), OidcError::Signature);
}

#[test]
fn an_algorithm_the_operator_left_out_is_refused() {
    let it = log_in().of_party(|config| config["algorithms"] = json!(["PS256"]));
    assert_eq!(it.refused(), OidcError::Algorithm);
}

#[test]
fn a_level_below_the_least_is_refused_in_every_spelling() {
    for low in
        ["https://data.gov.dk/concept/core/nsis/Low", "https://data.gov.dk/concept/core/nsis/loa/Low", "Low"]
    {
        assert_eq!(log_in().with("loa", json!(low)).refused(), OidcError::LevelTooLow);
    }
    assert_eq!(log_in().with("loa", json!("urn:high")).refused(), OidcError::LevelMissing);
    assert_eq!(log_in().without("loa").refused(), OidcError::LevelMissing);
    assert_eq!(log_in().with("loa", json!("High")).proven().unwrap().level, Level::High);
    let high = log_in().of_party(|config| config["level_min"] = json!("High"));
    assert_eq!(high.refused(), OidcError::LevelTooLow);
}

#[test]
fn a_level_in_userinfo_is_not_signed_and_does_not_count() {
    assert_eq!(log_in().without("loa").told("loa", json!("High")).refused(), OidcError::LevelMissing);
    let low = log_in().with("loa", json!("Low")).told("loa", json!("High"));
    assert_eq!(low.refused(), OidcError::LevelTooLow);
}

#[test]
fn a_step_up_needs_an_authentication_after_the_question() {
    assert!(step_up().proven().is_ok());
    assert_eq!(step_up().without("auth_time").refused(), OidcError::AuthTimeMissing);
    // Asked 30 seconds ago; ten seconds between the clocks are forgiven.
    assert!(step_up().with("auth_time", json!(NOW_S - 40)).proven().is_ok());
    assert_eq!(step_up().with("auth_time", json!(NOW_S - 41)).refused(), OidcError::AuthTimeStale);
    assert_eq!(step_up().with("auth_time", json!(NOW_S + 61)).refused(), OidcError::AuthTimeFuture);
}

#[test]
fn a_fast_clock_at_the_provider_makes_no_log_in_fresher() {
    let proven = step_up().with("auth_time", json!(NOW_S + 50)).proven().unwrap();
    assert_eq!(proven.authenticated_at, Timestamp::from_seconds(NOW_S));
}

#[test]
fn an_ordinary_log_in_may_use_a_session_of_an_hour() {
    assert!(log_in().with("auth_time", json!(NOW_S - 3600)).proven().is_ok());
    assert_eq!(log_in().with("auth_time", json!(NOW_S - 3700)).refused(), OidcError::AuthTimeStale);
    assert_eq!(log_in().without("auth_time").refused(), OidcError::AuthTimeMissing);
}

#[test]
fn identities_for_tests_stay_out_of_production() {
    let test_type = || log_in().with("identity_type", json!("test"));
    let test_environment = || log_in().with("idp_environment", json!("pp"));
    assert_eq!(test_type().refused(), OidcError::IdentityKind);
    assert_eq!(test_environment().refused(), OidcError::IdentityKind);
    assert!(log_in().with("idp_environment", json!("production")).proven().is_ok());
    for it in [test_type(), test_environment()] {
        let accepting = it.of_party(|config| config["identities"] = json!({"accept_test": true}));
        assert!(accepting.proven().is_ok());
    }
    let unlisted = test_type().of_party(|config| config["identities"] = json!({"types": []}));
    assert_eq!(unlisted.refused(), OidcError::IdentityKind, "an empty list does not let tests in");
}

#[test]
fn other_schemes_and_employees_are_refused() {
    assert_eq!(log_in().with("idp", json!("eboks")).refused(), OidcError::IdentityKind);
    assert_eq!(log_in().without("idp").refused(), OidcError::IdentityKind);
    assert_eq!(log_in().with("identity_type", json!("professional")).refused(), OidcError::IdentityKind);
    assert_eq!(log_in().without("identity_type").refused(), OidcError::IdentityKind);
}

#[test]
fn userinfo_of_somebody_else_is_refused() {
    assert_eq!(log_in().told("sub", json!("person-2")).refused(), OidcError::Subject);
    assert_eq!(log_in().told("sub", json!(null)).refused(), OidcError::Subject);
    assert_eq!(log_in().without("sub").refused(), OidcError::Malformed);
}

#[test]
fn the_signed_token_wins_over_userinfo() {
    let it = log_in().with("dk.cpr", json!("7711800012"));
    assert_eq!(it.proven().unwrap().cpr, Cpr::parse("7711800012").unwrap());
}

#[test]
fn nothing_is_guessed_about_the_person() {
    let mut alone = log_in();
    alone.userinfo = None;
    assert_eq!(alone.refused(), OidcError::CprMissing);
    assert_eq!(log_in().told("dk.cpr", json!("123")).refused(), OidcError::CprMissing);
    assert_eq!(log_in().told("mitid.date_of_birth", json!(null)).refused(), OidcError::BirthDateMissing);
    assert_eq!(
        log_in().told("mitid.date_of_birth", json!("12-05-1955")).refused(),
        OidcError::BirthDateMissing
    );
    assert_eq!(log_in().told("mitid.identity_name", json!(null)).refused(), OidcError::NameMissing);
}

#[test]
fn a_plain_provider_maps_its_own_claims() {
    let plain = log_in()
        .without("loa")
        .without("idp")
        .without("identity_type")
        .told("ssn", json!("720550-0004"))
        .told("birthdate", json!("1955-05-12"))
        .told("given_name", json!("Inger"))
        .told("family_name", json!("Holm Jensen"))
        .of_party(|config| {
            config["claims"] = json!({"cpr": "ssn", "birth_date": "birthdate", "name": "name"});
            config["identities"] = json!({"providers": [], "types": []});
            config["level_when_unstated"] = json!("Substantial");
        });
    let proven = plain.proven().unwrap();
    assert_eq!(proven.cpr.expose(), "7205500004");
    assert_eq!(proven.name.family, "Holm Jensen");
}

#[test]
fn the_token_answer_must_be_one() {
    for wrong in [
        "<html>",
        "{}",
        r#"{"id_token":"a","token_type":"Bearer"}"#,
        r#"{"id_token":"a","access_token":"b","token_type":"DPoP"}"#,
        r#"{"error":"invalid_grant"}"#,
    ] {
        assert_eq!(Tokens::parse(wrong.as_bytes()).unwrap_err(), OidcError::Malformed);
    }
}

#[test]
fn our_own_assertion_is_short_and_for_one_audience() {
    let it = log_in();
    let now = Timestamp::from_seconds(NOW_S);
    let random = SystemRandom::new();
    let token = client_assertion(&it.party, ISSUER, &it.key, "j-1", now, &random).unwrap();
    let claims = crate::jws::verify(token.expose(), &it.keys, &crate::jws::Algorithm::ALL).unwrap();
    assert_eq!((claims.text("iss"), claims.text("sub")), (Ok(Some("us")), Ok(Some("us"))));
    assert_eq!((claims.texts("aud"), claims.text("jti")), (Ok(vec![ISSUER]), Ok(Some("j-1"))));
    assert_eq!(claims.time("exp"), Ok(Some(now.plus_seconds(60))));
}
