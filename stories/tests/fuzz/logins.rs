//! What a broker may answer, and what somebody may answer in its place: discovery, keys, tokens, claims, userinfo.

use crate::mutate::{Random, form, json_bytes, token};
use crate::play::Target;
use borgerportal_domain::Timestamp;
use borgerportal_domain::access::Level;
use borgerportal_identity::jws::{Algorithm, KeySet, SigningKey, verify};
use borgerportal_identity::oidc::{
    Ask, Callback, Entropy, Metadata, Pending, Purpose, RelyingParty, Tokens, begin, prove,
};
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ISSUER: &str = "https://broker.example/op";
/// 21 November 2026, 12:00 UTC.
const NOW_S: i64 = 1_795_262_400;

fn party() -> RelyingParty {
    let party =
        json!({ "issuer": ISSUER, "client_id": "us", "redirect_uri": "https://us.example/log-paa/retur" });
    serde_json::from_value(party).unwrap()
}

fn discovery() -> Value {
    json!({ "issuer": ISSUER, "authorization_endpoint": "https://broker.example/op/authorize",
        "token_endpoint": "https://broker.example/op/token", "jwks_uri": "https://broker.example/op/jwks",
        "userinfo_endpoint": "https://broker.example/op/userinfo",
        "end_session_endpoint": "https://broker.example/op/end", "response_types_supported": ["code"],
        "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        "code_challenge_methods_supported": ["S256"] })
}

fn metadata() -> Metadata {
    Metadata::parse(discovery().to_string().as_bytes(), &party(), false).unwrap()
}

fn now() -> Timestamp {
    Timestamp::from_seconds(NOW_S)
}

/// The log-in under way, and the nonce it was begun with.
fn under_way() -> (Pending, String) {
    let entropy = Entropy { state: [1; 32], nonce: [2; 32], verifier: [3; 32] };
    let ask = Ask { purpose: Purpose::LogIn, at: now().plus_seconds(-30), language: "da", login_hint: None };
    let (url, pending) = begin(&party(), &metadata(), &entropy, &ask);
    let query: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
    (pending, query["nonce"].clone())
}

fn key() -> (SigningKey, KeySet) {
    let key = SigningKey::generate("k1", &SystemRandom::new()).unwrap();
    let keys = KeySet::from_value(&json!({ "keys": [key.public_jwk()] })).unwrap();
    (key, keys)
}

#[test]
fn a_broker_that_answers_anything() {
    let (_, keys) = key();
    let jwks =
        json!({ "keys": [key().0.public_jwk(), { "kty": "RSA", "kid": "r", "n": "AQAB", "e": "AQAB" }] });
    let tokens =
        json!({ "id_token": "a.b.c", "access_token": "a", "token_type": "Bearer", "expires_in": 60 });
    let seeds = [discovery(), jwks, tokens, json!({ "error": "invalid_grant" })];
    let (party, (pending, _)) = (party(), under_way());
    let read = |input: &[u8]| {
        let found = Metadata::parse(input, &party, false);
        if let Ok(found) = &found {
            assert_eq!(found.issuer, ISSUER);
            assert_eq!((found.token_endpoint.scheme(), found.jwks_uri.scheme()), ("https", "https"));
        }
        let known = KeySet::parse(input).map(|set| set.is_empty());
        let got =
            Tokens::parse(input).map(|tokens| prove(&party, &pending, &keys, &tokens, None, now()).err());
        assert!(!matches!(got, Ok(None)), "a log-in without a signature of the broker's");
        format!("{:?} {known:?} {got:?}", found.map(|_| ()))
    };
    let seeds = seeds.iter().map(|seed| seed.to_string().into_bytes()).collect();
    Target { name: "broker", seeds, bend: &json_bytes, read: &read }.play();
}

/// Claims and userinfo, signed whatever they say: who is in has said exactly what we ask for.
#[test]
fn claims_that_were_signed() {
    let ((key, keys), (pending, nonce), random) = (key(), under_way(), SystemRandom::new());
    let claims = json!({ "iss": ISSUER, "aud": "us", "sub": "person-1", "nonce": nonce, "iat": NOW_S - 1,
        "exp": NOW_S + 299, "auth_time": NOW_S - 5, "azp": "us", "idp": "mitid", "identity_type": "private",
        "loa": "https://data.gov.dk/concept/core/nsis/Substantial", "amr": ["code_app"], "transaction_id": "t-1",
        "session_expiry": NOW_S + 3600 });
    let about = json!({ "sub": "person-1", "dk.cpr": "7205500004", "mitid.uuid": "u-1",
        "mitid.date_of_birth": "1955-05-12", "mitid.identity_name": "Inger Marie Holm" });
    let read = |input: &[u8]| {
        let Ok(both) = serde_json::from_slice::<Value>(input) else { return "no JSON".to_owned() };
        let (claims, about) = (&both["claims"], both["userinfo"].to_string());
        let Ok(signed) = key.sign(claims, &random) else { return "not signed".to_owned() };
        let tokens = json!({ "id_token": signed, "access_token": "a", "token_type": "Bearer" });
        let tokens = Tokens::parse(tokens.to_string().as_bytes()).unwrap();
        match prove(&party(), &pending, &keys, &tokens, Some(about.as_bytes()), now()) {
            Ok(proven) => {
                assert_eq!((&claims["iss"], &claims["nonce"]), (&json!(ISSUER), &json!(nonce)));
                assert!(claims["aud"] == json!("us") || claims["aud"] == json!(["us"]), "{}", claims["aud"]);
                assert_eq!(
                    (&claims["sub"], &both["userinfo"]["sub"]),
                    (&json!(proven.subject), &claims["sub"])
                );
                assert!(proven.level >= Level::Substantial && claims.get("loa").is_some());
                assert!(proven.authenticated_at <= now() && claims["identity_type"] != json!("test"));
                assert!(
                    claims["exp"]
                        .as_f64()
                        .is_some_and(|exp| exp > f64::from(i32::try_from(NOW_S - 60).unwrap()))
                );
                format!("{:?} {}", proven.level, proven.methods.len().min(3))
            }
            Err(error) => error.code().to_owned(),
        }
    };
    let seeds = vec![json!({ "claims": claims, "userinfo": about }).to_string().into_bytes()];
    Target { name: "claims", seeds, bend: &json_bytes, read: &read }.play();
}

/// A token bent anywhere is no token, also where the bytes it stands for are the same.
#[test]
fn a_token_somebody_has_touched() {
    let (key, keys) = key();
    let good: Vec<String> =
        [json!({ "sub": "a" }), json!({ "sub": "b", "exp": NOW_S, "aud": ["us", "them"] })]
            .iter()
            .map(|claims| key.sign(claims, &SystemRandom::new()).unwrap())
            .collect();
    let bend = |random: &mut Random, _: &[u8], _: &[Vec<u8>]| {
        let which = random.below(2);
        token(random, &good[which]).into_bytes()
    };
    let read = |input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let verified = verify(&text, &keys, &Algorithm::ALL).map(|_| ());
        assert_eq!(verified.is_ok(), good.iter().any(|token| *token == text), "{text}");
        format!("{verified:?}")
    };
    let seeds = good.iter().map(|token| token.clone().into_bytes()).collect();
    Target { name: "token", seeds, bend: &bend, read: &read }.play();
}

#[test]
fn an_answer_brought_by_the_browser() {
    let (pending, metadata) = (under_way().0, metadata());
    let state = pending.state().expose().to_owned();
    let seeds = ["code=abc&state=S&iss=https://broker.example/op", "error=access_denied&state=S"];
    let seeds = seeds.map(|seed| seed.replace('S', &state).into_bytes()).to_vec();
    let bend = |random: &mut Random, input: &[u8], _: &[Vec<u8>]| {
        form(random, &String::from_utf8_lossy(input)).into_bytes()
    };
    let read = |input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let answer = Callback::from_query(&text).and_then(|it| pending.accept(&it, &metadata, now()));
        let stated =
            url::form_urlencoded::parse(input).filter(|(name, _)| name == "state").collect::<Vec<_>>();
        assert!(answer.is_err() || stated.len() == 1 && stated[0].1 == state, "another's answer: {text}");
        format!("{:?}", answer.map(|_| ()))
    };
    Target { name: "callback", seeds, bend: &bend, read: &read }.play();
}
