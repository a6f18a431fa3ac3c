use borgerportal_domain::{MunicipalityCode, Timestamp};
use ring::rand::SystemRandom;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use super::*;
use crate::jws::{KeySet, SigningKey};

const US: &str = "https://us.example/oauth/token";
const NOW_S: i64 = 1_795_262_400;
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

fn now() -> Timestamp {
    Timestamp::from_seconds(NOW_S)
}

fn key(kid: &str) -> SigningKey {
    SigningKey::generate(kid, &SystemRandom::new()).unwrap()
}

fn registered(key: &SigningKey) -> RegisteredClient {
    RegisteredClient {
        id: "nexus-0217".to_owned(),
        municipality: MunicipalityCode::parse("0217").unwrap(),
        keys: KeySet::from_value(&json!({"keys": [key.public_jwk()]})).unwrap(),
        scopes: Scope::parse_list("system/*.cruds").unwrap(),
    }
}

fn claims() -> Value {
    json!({"iss": "nexus-0217", "sub": "nexus-0217", "aud": US, "jti": "j-1", "iat": NOW_S, "exp": NOW_S + 300})
}

fn form(fields: &[(&str, &str)]) -> Vec<u8> {
    Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
}

fn request(key: &SigningKey, claims: &Value, scope: Option<&str>) -> Result<TokenRequest, ClientError> {
    let assertion = key.sign(claims, &SystemRandom::new()).unwrap();
    let mut fields = vec![
        ("grant_type", "client_credentials"),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", &assertion),
    ];
    fields.extend(scope.map(|scope| ("scope", scope)));
    TokenRequest::parse(&form(&fields))
}

fn proven_with(change: impl FnOnce(&mut Value)) -> Result<ProvenClient, ClientError> {
    let key = key("k");
    let mut claims = claims();
    change(&mut claims);
    prove(&request(&key, &claims, None)?, &registered(&key), US, now())
}

fn some_client() -> ProvenClient {
    proven_with(|_| ()).unwrap()
}

#[test]
fn a_right_assertion_proves_the_client_and_its_municipality() {
    let proven = some_client();
    assert_eq!(proven.client_id, "nexus-0217");
    assert_eq!(proven.municipality.to_string(), "0217");
    assert_eq!(Scope::list_to_string(&proven.scopes), "system/*.cruds");
    assert_eq!((proven.jti.as_str(), proven.keep_jti_until), ("j-1", now().plus_seconds(360)));
}

#[test]
fn issuer_and_subject_are_both_the_client() {
    assert_eq!(proven_with(|c| c["iss"] = json!("other")), Err(ClientError::Client));
    assert_eq!(proven_with(|c| c["sub"] = json!("other")), Err(ClientError::Client));
    assert_eq!(proven_with(|c| c["sub"] = json!(null)), Err(ClientError::Client));
}

#[test]
fn the_audience_is_our_token_address_alone() {
    assert!(proven_with(|c| c["aud"] = json!([US])).is_ok());
    for wrong in
        [json!("https://us.example/"), json!("https://us.example/oauth/token/"), json!([US, "x"]), json!([])]
    {
        assert_eq!(proven_with(|c| c["aud"] = wrong), Err(ClientError::Audience));
    }
}

#[test]
fn an_assertion_lives_five_minutes_at_most() {
    assert_eq!(proven_with(|c| c["exp"] = json!(NOW_S + 361)), Err(ClientError::Lifetime));
    assert_eq!(proven_with(|c| c["exp"] = json!(null)), Err(ClientError::Lifetime));
    assert_eq!(proven_with(|c| c["exp"] = json!(NOW_S - 60)), Err(ClientError::Expired));
    assert_eq!(proven_with(|c| c["iat"] = json!(NOW_S + 61)), Err(ClientError::Lifetime));
    assert_eq!(proven_with(|c| c["nbf"] = json!(NOW_S + 61)), Err(ClientError::Lifetime));
    assert!(proven_with(|c| c["iat"] = json!(null)).is_ok(), "RFC 7523 does not ask for iat");
}

#[test]
fn without_a_short_jti_it_could_be_used_again() {
    assert_eq!(proven_with(|c| c["jti"] = json!(null)), Err(ClientError::Jti));
    assert_eq!(proven_with(|c| c["jti"] = json!("x".repeat(129))), Err(ClientError::Jti));
}

#[test]
fn only_the_registered_key_speaks_for_the_client() {
    let (ours, theirs) = (key("k"), key("k"));
    let forged = request(&theirs, &claims(), None).unwrap();
    assert_eq!(prove(&forged, &registered(&ours), US, now()), Err(ClientError::Assertion));
    let nobody = RegisteredClient { keys: KeySet::default(), ..registered(&ours) };
    assert_eq!(
        prove(&forged, &nobody, US, now()),
        Err(ClientError::Assertion),
        "unregistered looks the same"
    );
}

#[test]
fn a_scope_may_narrow_and_never_widen() {
    let key = key("k");
    let mut narrow = registered(&key);
    narrow.scopes = Scope::parse_list("system/Bundle.c system/Task.rs").unwrap();
    let asked = |scope| prove(&request(&key, &claims(), Some(scope)).unwrap(), &narrow, US, now());
    assert_eq!(Scope::list_to_string(&asked("system/Task.r").unwrap().scopes), "system/Task.r");
    assert_eq!(asked("system/Task.r system/Bundle.cu"), Err(ClientError::Scope));
    assert_eq!(asked("system/*.r"), Err(ClientError::Scope));
    assert_eq!(request(&key, &claims(), Some("openid")).unwrap_err(), ClientError::Scope);
}

#[test]
fn the_form_is_read_strictly() {
    let assertion = key("k").sign(&claims(), &SystemRandom::new()).unwrap();
    let fields = |grant, kind, assertion: &str, more: &[(&str, &str)]| {
        let mut all =
            vec![("grant_type", grant), ("client_assertion_type", kind), ("client_assertion", assertion)];
        all.extend(more);
        TokenRequest::parse(&form(&all)).map(|it| it.client_id().to_owned())
    };
    let (grant, kind) = ("client_credentials", ASSERTION_TYPE);
    assert_eq!(fields(grant, kind, &assertion, &[("client_id", "nexus-0217")]), Ok("nexus-0217".to_owned()));
    assert_eq!(fields("password", kind, &assertion, &[]), Err(ClientError::GrantType));
    assert_eq!(fields(grant, "saml2", &assertion, &[]), Err(ClientError::Request));
    assert_eq!(fields(grant, kind, "nonsense", &[]), Err(ClientError::Assertion));
    assert_eq!(fields(grant, kind, &assertion, &[("client_id", "other")]), Err(ClientError::Client));
    assert_eq!(fields(grant, kind, &assertion, &[("grant_type", grant)]), Err(ClientError::Request));
    assert_eq!(TokenRequest::parse(b"").unwrap_err(), ClientError::Request);
}

#[test]
fn an_access_token_says_whose_it_is_until_it_runs_out() {
    let tokens = AccessTokens::new(&[[7; 32]]).unwrap();
    let token = tokens.issue(&some_client(), now()).unwrap();
    let caller = tokens.read(token.expose(), now()).unwrap();
    assert_eq!((caller.client_id.as_str(), caller.municipality.number()), ("nexus-0217", 217));
    assert!(caller.may("Bundle", Deed::Create));
    assert!(tokens.read(token.expose(), now().plus_seconds(TOKEN_S - 1)).is_ok());
    assert_eq!(tokens.read(token.expose(), now().plus_seconds(TOKEN_S)), Err(ClientError::Token));
}

#[test]
fn a_changed_or_foreign_access_token_is_refused() {
    let tokens = AccessTokens::new(&[[7; 32]]).unwrap();
    let token = tokens.issue(&some_client(), now()).unwrap();
    for at in 0..token.expose().len() {
        let mut bytes = token.expose().to_owned().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).unwrap();
        assert_eq!(tokens.read(&changed, now()), Err(ClientError::Token), "byte {at}");
    }
    let others = AccessTokens::new(&[[8; 32]]).unwrap();
    assert_eq!(others.read(token.expose(), now()), Err(ClientError::Token));
    let assertion = key("k").sign(&claims(), &SystemRandom::new()).unwrap();
    assert_eq!(tokens.read(&assertion, now()), Err(ClientError::Token));
    assert_eq!(tokens.read("", now()), Err(ClientError::Token));
}

#[test]
fn keys_rotate_without_breaking_tokens_that_live() {
    let old = AccessTokens::new(&[[7; 32]]).unwrap();
    let both = AccessTokens::new(&[[8; 32], [7; 32]]).unwrap();
    assert!(both.read(old.issue(&some_client(), now()).unwrap().expose(), now()).is_ok());
    let new = both.issue(&some_client(), now()).unwrap();
    assert_eq!(old.read(new.expose(), now()), Err(ClientError::Token));
    assert!(AccessTokens::new(&[]).is_none());
}

#[test]
fn refusals_of_a_client_look_the_same_from_outside() {
    use ClientError as E;
    for error in [E::Assertion, E::Audience, E::Client, E::Expired, E::Lifetime, E::Jti] {
        assert_eq!(error.oauth_code(), "invalid_client");
    }
    assert_eq!(E::Scope.oauth_code(), "invalid_scope");
    assert_eq!(E::Token.oauth_code(), "invalid_token");
    assert_eq!(E::GrantType.to_string(), "client.grant_type");
}
