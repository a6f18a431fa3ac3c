use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::hmac;
use ring::rand::SystemRandom;
use serde_json::{Value, json};

use super::{Algorithm, JwsError, KeySet, SigningKey, TOKEN_BYTES_MAX, verify};
use crate::json::Claims;

const PUBLISHED_RSA: &str = include_str!("../../tests/keys/rfc7515-a2-published-rsa.pem");

fn p256(kid: &str) -> SigningKey {
    SigningKey::generate(kid, &SystemRandom::new()).unwrap()
}

fn rsa(kid: &str) -> SigningKey {
    SigningKey::from_pem(kid, PUBLISHED_RSA, &SystemRandom::new()).unwrap()
}

fn set(keys: &[&SigningKey]) -> KeySet {
    let keys: Vec<Value> = keys.iter().map(|key| key.public_jwk()).collect();
    KeySet::from_value(&json!({ "keys": keys })).unwrap()
}

fn set_of(jwk: &Value) -> KeySet {
    KeySet::from_value(&json!({ "keys": [jwk] })).unwrap()
}

fn signed(key: &SigningKey) -> String {
    key.sign(&json!({"sub": "somebody"}), &SystemRandom::new()).unwrap()
}

fn checked(token: &str, keys: &KeySet) -> Result<Claims, JwsError> {
    verify(token, keys, &Algorithm::ALL)
}

/// The token with another header, the rest as signed.
fn with_header(token: &str, header: &Value) -> String {
    let (_, rest) = token.split_once('.').unwrap();
    format!("{}.{rest}", BASE64_URL_SAFE_NO_PAD.encode(header.to_string()))
}

#[test]
fn each_algorithm_signs_and_verifies() {
    for key in [p256("a"), rsa("b"), rsa("c").with_pss()] {
        let claims = checked(&signed(&key), &set(&[&key])).unwrap();
        assert_eq!(claims.text("sub"), Ok(Some("somebody")), "{key:?}");
    }
}

#[test]
fn the_example_of_rfc_7515_verifies() {
    let token = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9p\
                 c19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5\
                 YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBM\
                 Hlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUip\
                 UTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    let claims = checked(token, &set(&[&rsa("any")])).unwrap();
    assert_eq!(claims.text("iss"), Ok(Some("joe")));
}

#[test]
fn a_changed_byte_anywhere_is_refused() {
    let key = p256("a");
    let keys = set(&[&key]);
    let token = signed(&key);
    for at in (0..token.len()).step_by(7) {
        let mut bytes = token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        assert!(checked(&String::from_utf8(bytes).unwrap(), &keys).is_err(), "byte {at}");
    }
}

#[test]
fn none_is_no_algorithm() {
    let key = p256("a");
    for alg in ["none", "None", "NONE", "", "HS256", "RS512", "es256", "EdDSA"] {
        let forged = with_header(&signed(&key), &json!({"alg": alg, "kid": "a"}));
        assert_eq!(checked(&forged, &set(&[&key])), Err(JwsError::Algorithm), "{alg}");
    }
    let token = signed(&key);
    let (unsigned, _) = token.rsplit_once('.').unwrap();
    let unsigned = with_header(&format!("{unsigned}."), &json!({"alg": "none"}));
    assert_eq!(checked(&unsigned, &set(&[&key])), Err(JwsError::Algorithm));
    let emptied = with_header(&unsigned, &json!({"alg": "ES256", "kid": "a"}));
    assert_eq!(checked(&emptied, &set(&[&key])), Err(JwsError::Signature));
}

#[test]
fn hs256_with_the_public_key_as_secret_is_refused() {
    for key in [rsa("a"), p256("a")] {
        let header = BASE64_URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","kid":"a"}"#);
        let message = format!("{header}.{}", BASE64_URL_SAFE_NO_PAD.encode(r#"{"sub":"forged"}"#));
        let secret = hmac::Key::new(hmac::HMAC_SHA256, key.public_jwk().to_string().as_bytes());
        let tag = hmac::sign(&secret, message.as_bytes());
        let token = format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(tag));
        assert_eq!(checked(&token, &set(&[&key])), Err(JwsError::Algorithm));
    }
}

#[test]
fn what_the_caller_does_not_allow_is_refused() {
    let key = p256("a");
    assert_eq!(verify(&signed(&key), &set(&[&key]), &[Algorithm::Ps256]), Err(JwsError::Algorithm));
}

#[test]
fn an_algorithm_of_another_key_kind_finds_no_key() {
    let (ec, rsa) = (p256("same"), rsa("same"));
    assert_eq!(checked(&signed(&ec), &set(&[&rsa])), Err(JwsError::UnknownKey));
    let pinned = json!({"alg": "PS256", "kid": "same"});
    assert_eq!(checked(&with_header(&signed(&rsa), &pinned), &set(&[&rsa])), Err(JwsError::UnknownKey));
}

#[test]
fn an_unknown_kid_is_told_from_a_wrong_signature() {
    let (old, new) = (p256("old"), p256("new"));
    assert_eq!(checked(&signed(&new), &set(&[&old])), Err(JwsError::UnknownKey));
    assert_eq!(checked(&signed(&p256("old")), &set(&[&old])), Err(JwsError::Signature));
    assert!(checked(&signed(&new), &set(&[&old, &new])).is_ok());
}

#[test]
fn keys_inside_the_token_are_not_looked_at() {
    let (ours, theirs) = (p256("a"), p256("a"));
    let header =
        json!({"alg": "ES256", "kid": "a", "jwk": theirs.public_jwk(), "jku": "https://evil.example/"});
    assert_eq!(checked(&with_header(&signed(&theirs), &header), &set(&[&ours])), Err(JwsError::Signature));
}

#[test]
fn critical_nested_and_other_kinds_of_token_are_refused() {
    let key = p256("a");
    for header in [
        json!({"alg": "ES256", "crit": ["exp"], "exp": 1}),
        json!({"alg": "ES256", "cty": "JWT"}),
        json!({"alg": "ES256", "typ": "at+jwt"}),
        json!({"alg": "ES256", "typ": "secevent+jwt"}),
        json!({"alg": 1}),
        json!({"kid": "a"}),
        json!([]),
    ] {
        let token = with_header(&signed(&key), &header);
        assert_eq!(checked(&token, &set(&[&key])), Err(JwsError::Malformed), "{header}");
    }
}

#[test]
fn what_is_no_token_is_refused() {
    let key = p256("a");
    let token = signed(&key);
    let long = "a".repeat(TOKEN_BYTES_MAX + 1);
    let twice = format!("{token}.{token}");
    let padded = format!("{token}=");
    for wrong in ["", ".", "..", "...", "a.b.c", &long, &twice, &padded, &token.replace('.', "")] {
        assert_eq!(checked(wrong, &set(&[&key])), Err(JwsError::Malformed));
    }
}

#[test]
fn unfit_keys_are_left_out_of_the_set() {
    let good = p256("a").public_jwk();
    let changed = |name: &str, value: Value| {
        let mut jwk = good.clone();
        jwk[name] = value;
        jwk
    };
    assert!(!set_of(&good).is_empty());
    for bad in [
        changed("use", json!("enc")),
        changed("alg", json!("RS256")),
        changed("alg", json!("ES384")),
        changed("crv", json!("P-384")),
        changed("kty", json!("oct")),
        changed("d", json!("AAAA")),
        changed("x", json!("AAAA")),
        changed("y", json!("not base64!")),
        json!({"kty": "oct", "k": "c2VjcmV0", "alg": "HS256"}),
        json!({"kty": "RSA", "n": BASE64_URL_SAFE_NO_PAD.encode([0xff; 128]), "e": "AQAB"}),
        json!("key"),
    ] {
        assert!(set_of(&bad).is_empty(), "{bad}");
    }
}

#[test]
fn a_set_is_a_list_of_bounded_length() {
    assert!(KeySet::parse(br#"{"keys":[]}"#).unwrap().is_empty());
    assert_eq!(KeySet::parse(br#"{"keys":{}}"#).unwrap_err(), JwsError::Malformed);
    assert_eq!(KeySet::parse(b"<html>").unwrap_err(), JwsError::Malformed);
    let many = vec![json!({}); 33];
    assert_eq!(KeySet::from_value(&json!({ "keys": many })).unwrap_err(), JwsError::Malformed);
}

#[test]
fn a_signing_key_hides_its_private_half() {
    let key = rsa("r");
    assert_eq!(format!("{key:?}"), "SigningKey(r, RS256, hidden)");
    assert!(key.public_jwk().get("d").is_none());
    let random = SystemRandom::new();
    assert!(
        SigningKey::from_pem("r", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", &random)
            .is_err()
    );
    assert!(SigningKey::from_pem("r", "no pem", &random).is_err());
}
