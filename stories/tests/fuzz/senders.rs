//! Record systems at the token door: the form, the assertion in it, and the token it is traded for.

use crate::mutate::{Random, form, json_bytes, text, token};
use crate::play::Target;
use borgerportal_domain::{MunicipalityCode, Timestamp};
use borgerportal_identity::jws::{KeySet, SigningKey};
use borgerportal_identity::system_clients::{
    ASSERTION_S_MAX, AccessTokens, RegisteredClient, Scope, TokenRequest, prove,
};
use borgerportal_stories::HELSINGOR;
use ring::rand::SystemRandom;
use serde_json::{Value, json};

const NOW_S: i64 = 1_795_262_400;
const AUDIENCE: &str = "https://portal.example/oauth/token";
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

struct Client {
    key: SigningKey,
    registered: RegisteredClient,
}

fn client() -> Client {
    let key = SigningKey::generate("k1", &SystemRandom::new()).unwrap();
    let keys = KeySet::from_value(&json!({ "keys": [key.public_jwk()] })).unwrap();
    let scopes = Scope::parse_list("system/Bundle.c system/Condition.cud").unwrap();
    let municipality = MunicipalityCode::parse(HELSINGOR).unwrap();
    Client { key, registered: RegisteredClient { id: "nexus".to_owned(), municipality, keys, scopes } }
}

fn claims() -> Value {
    json!({ "iss": "nexus", "sub": "nexus", "aud": AUDIENCE, "jti": "j-1", "iat": NOW_S, "exp": NOW_S + 60 })
}

fn body(assertion: &str, scope: &str) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("grant_type", "client_credentials"),
            ("client_assertion_type", TYPE),
            ("client_assertion", assertion),
            ("client_id", "nexus"),
            ("scope", scope),
        ])
        .finish()
}

fn now() -> Timestamp {
    Timestamp::from_seconds(NOW_S)
}

#[test]
fn a_form_at_the_token_door() {
    let client = client();
    let good = client.key.sign(&claims(), &SystemRandom::new()).unwrap();
    let seeds = ["system/Bundle.c", "system/Condition.cu system/Bundle.c"];
    let seeds = seeds.map(|scope| body(&good, scope).into_bytes()).to_vec();
    let bend = |random: &mut Random, input: &[u8], _: &[Vec<u8>]| match random.below(3) {
        0 => body(&token(random, &good), "system/Bundle.c").into_bytes(),
        1 => body(&good, &text(random, "system/Bundle.c system/Condition.cud")).into_bytes(),
        _ => form(random, &String::from_utf8_lossy(input)).into_bytes(),
    };
    let read = |input: &[u8]| {
        let proven = TokenRequest::parse(input)
            .and_then(|request| prove(&request, &client.registered, AUDIENCE, now()));
        if let Ok(proven) = &proven {
            let held = url::form_urlencoded::parse(input).any(|(_, value)| value == good);
            assert!(held, "an assertion nobody signed");
            let own = &client.registered.scopes;
            assert!(
                proven.scopes.iter().all(|got| own.iter().any(|mine| mine.covers(got))),
                "{:?}",
                proven.scopes
            );
        }
        format!("{:?}", proven.map(|proven| proven.scopes.len().min(4)))
    };
    Target { name: "token_request", seeds, bend: &bend, read: &read }.play();
}

/// The client signs anything; it gets a token only for itself, for us, for now, and once.
#[test]
fn an_assertion_that_was_signed() {
    let (client, random) = (client(), SystemRandom::new());
    let read = |input: &[u8]| {
        let Ok(claims) = serde_json::from_slice::<Value>(input) else { return "no JSON".to_owned() };
        let Ok(signed) = client.key.sign(&claims, &random) else { return "not signed".to_owned() };
        let proven = TokenRequest::parse(body(&signed, "system/Bundle.c").as_bytes())
            .and_then(|request| prove(&request, &client.registered, AUDIENCE, now()));
        if let Ok(proven) = &proven {
            assert_eq!((&claims["iss"], &claims["sub"]), (&json!("nexus"), &json!("nexus")));
            assert!(claims["aud"] == json!(AUDIENCE) || claims["aud"] == json!([AUDIENCE]));
            assert_eq!(claims["jti"], json!(proven.jti));
            let latest = now().plus_seconds(ASSERTION_S_MAX + 300);
            assert!(proven.keep_jti_until > now() && proven.keep_jti_until < latest, "{claims}");
        }
        format!("{:?}", proven.map(|_| ()))
    };
    let seeds = vec![claims().to_string().into_bytes()];
    Target { name: "assertion", seeds, bend: &json_bytes, read: &read }.play();
}

#[test]
fn an_access_token_somebody_has_touched() {
    let client = client();
    let good = client.key.sign(&claims(), &SystemRandom::new()).unwrap();
    let request = TokenRequest::parse(body(&good, "system/Bundle.c").as_bytes()).unwrap();
    let proven = prove(&request, &client.registered, AUDIENCE, now()).unwrap();
    let tokens = AccessTokens::new(&[[7; 32], [8; 32]]).unwrap();
    let issued = tokens.issue(&proven, now()).unwrap().expose().to_owned();
    let bend = |random: &mut Random, _: &[u8], _: &[Vec<u8>]| token(random, &issued).into_bytes();
    let read = |input: &[u8]| {
        let text = String::from_utf8_lossy(input);
        let caller = tokens.read(&text, now()).map(|caller| caller.client_id);
        assert_eq!(caller.is_ok(), text == issued, "{text}");
        format!("{caller:?} {}", text.len() / 8)
    };
    Target { name: "access_token", seeds: vec![issued.clone().into_bytes()], bend: &bend, read: &read }
        .play();
}
