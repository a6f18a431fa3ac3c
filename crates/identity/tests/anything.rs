//! Whatever arrives, no reader panics and nothing unsigned is believed.

use borgerportal_domain::Timestamp;
use borgerportal_identity::Claims;
use borgerportal_identity::jws::{self, Algorithm, KeySet, SigningKey};
use borgerportal_identity::oidc::{Callback, Tokens, level_from_claim};
use borgerportal_identity::system_clients::{AccessTokens, Scope, TokenRequest};
use proptest::prelude::*;
use ring::rand::SystemRandom;
use serde_json::json;

/// Text that looks like a token, so that the inner readers are reached too.
fn like_a_token() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[A-Za-z0-9_-]{0,40}",
        Just("eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ".to_owned()),
        Just("eyJhbGciOiJub25lIn0".to_owned()),
        Just("eyJzdWIiOiJhIn0".to_owned()),
        Just(String::new()),
    ];
    prop::collection::vec(part, 0..6).prop_map(|parts| parts.join("."))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_is_a_token(text in prop_oneof![like_a_token(), ".{0,200}"]) {
        let key = SigningKey::generate("a", &SystemRandom::new()).unwrap();
        let keys = KeySet::from_value(&json!({"keys": [key.public_jwk()]})).unwrap();
        prop_assert!(jws::verify(&text, &keys, &Algorithm::ALL).is_err());
        let tokens = AccessTokens::new(&[[1; 32]]).unwrap();
        prop_assert!(tokens.read(&text, Timestamp::from_seconds(0)).is_err());
    }

    #[test]
    fn what_was_signed_is_what_is_read(subject in ".{1,60}", name in "[a-z.]{1,12}") {
        prop_assume!(name != "sub");
        let random = SystemRandom::new();
        let key = SigningKey::generate("a", &random).unwrap();
        let keys = KeySet::from_value(&json!({"keys": [key.public_jwk()]})).unwrap();
        let token = key.sign(&json!({"sub": subject, name.as_str(): 1}), &random).unwrap();
        let claims = jws::verify(&token, &keys, &[Algorithm::Es256]).unwrap();
        prop_assert_eq!(claims.text("sub").unwrap(), Some(subject.as_str()));
        prop_assert!(claims.text(&name).is_err());
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Claims::parse(&bytes);
        let _ = KeySet::parse(&bytes);
        let _ = Tokens::parse(&bytes);
        let _ = TokenRequest::parse(&bytes);
        let text = String::from_utf8_lossy(&bytes);
        let _ = Callback::from_query(&text);
        let _ = Scope::parse_list(&text);
        let _ = level_from_claim(&text);
    }

    #[test]
    fn a_scope_that_is_read_is_written_the_same(text in "system/[*A-Za-z]{0,8}\\.[crudsx]{0,6}") {
        if let Ok(scope) = Scope::parse(&text) {
            prop_assert_eq!(scope.to_string(), text);
        }
    }
}
