use super::*;
use proptest::prelude::*;
use ring::rand::SystemRandom;
use serde_json::json;

const NOW_S: i64 = 1_795_262_400;
const WHO: (&str, &str) = ("https://portal.example", "cases-0217");

fn now() -> Timestamp {
    Timestamp::from_seconds(NOW_S)
}

fn key(kid: &str) -> SigningKey {
    SigningKey::generate(kid, &SystemRandom::new()).unwrap()
}

fn published(key: &SigningKey) -> KeySet {
    KeySet::from_value(&json!({"keys": [key.public_jwk()]})).unwrap()
}

fn cpr(number: &str) -> Cpr {
    Cpr::parse(number).unwrap()
}

fn yes() -> Proof {
    let (giver, helper) = (cpr("7205500004"), cpr("6106570008"));
    Proof {
        issuer: WHO.0.to_owned(),
        asker: WHO.1.to_owned(),
        decision: "0192d3a4-0000-7000-8000-00000000002a".to_owned(),
        about: about("0192d3a4-0000-7000-8000-00000000002a", &giver, &helper),
        municipality: "0217".to_owned(),
        channel: "contact".to_owned(),
        subject: "health".to_owned(),
        access: "read".to_owned(),
        purpose: "phone_call".to_owned(),
        answer: Answer::Yes,
        items: vec![Item {
            package: "demo.health.read.contact".to_owned(),
            version: 1,
            access: "read".to_owned(),
            valid_until: NOW_S + 900,
        }],
        valid_until: Some(NOW_S + 900),
        issued: NOW_S,
        expires: NOW_S + 86_400,
        status: Some(Status {
            status_list: Place {
                uri: "https://portal.example/api/lookup/v1/status/1-0217".to_owned(),
                idx: 7,
            },
        }),
    }
}

fn no() -> Proof {
    Proof { answer: Answer::No, items: Vec::new(), valid_until: None, status: None, ..yes() }
}

fn check(proof: &Proof) -> Result<Proof, ProofError> {
    let key = key("p1");
    let token = proof.sign(&key, &SystemRandom::new()).unwrap();
    Proof::verify(&token, &published(&key), WHO, now())
}

#[test]
fn a_proof_says_what_was_answered_and_names_nobody() {
    for proof in [yes(), no(), Proof { answer: Answer::Unknown, ..no() }] {
        assert_eq!(check(&proof), Ok(proof));
    }
    let token = yes().sign(&key("p1"), &SystemRandom::new()).unwrap();
    let payload = token.split('.').nth(1).unwrap();
    let payload = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
    assert!(!payload.contains("7205500004") && !payload.contains("6106570008"), "{payload}");
}

#[test]
fn a_proof_is_about_two_people_in_their_roles() {
    let (giver, helper) = (cpr("7205500004"), cpr("6106570008"));
    assert!(yes().is_about(&giver, &helper));
    assert!(!yes().is_about(&helper, &giver), "roles do not change places");
    assert!(!yes().is_about(&giver, &cpr("8311380007")));
    let other = Proof { decision: "another".to_owned(), ..yes() };
    assert!(!other.is_about(&giver, &helper), "two proofs about the same people do not look alike");
}

#[test]
fn a_change_of_any_field_breaks_the_signature() {
    let key = key("p1");
    let token = yes().sign(&key, &SystemRandom::new()).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let Value::Object(claims) = serde_json::to_value(yes()).unwrap() else { unreachable!() };
    assert_eq!(claims.len(), 15);
    for name in claims.keys() {
        for changed in [json!("forged"), json!(NOW_S + 1_000_000), json!(null), json!([])] {
            let mut claims = claims.clone();
            claims[name] = changed;
            let forged = BASE64_URL_SAFE_NO_PAD.encode(Value::Object(claims).to_string());
            let token = format!("{}.{forged}.{}", parts[0], parts[2]);
            let refused = Proof::verify(&token, &published(&key), WHO, now());
            assert_eq!(refused, Err(ProofError::Token(JwsError::Signature)), "{name}");
        }
    }
}

#[test]
fn only_our_key_and_our_kind_of_token_count() {
    let (key, random) = (key("p1"), SystemRandom::new());
    let claims = serde_json::to_value(yes()).unwrap();
    let refused = |token: &str| Proof::verify(token, &published(&key), WHO, now()).unwrap_err();
    let by = |kid| yes().sign(&self::key(kid), &random).unwrap();
    assert_eq!(refused(&by("p1")), JwsError::Signature.into(), "another key of the same name");
    assert_eq!(refused(&by("p2")), JwsError::UnknownKey.into());
    for kind in ["JWT", "at+jwt", LIST_KIND, "mandate-proof+jwt2"] {
        let token = key.sign_kind(kind, &claims, &random).unwrap();
        assert_eq!(refused(&token), JwsError::Malformed.into(), "{kind}");
    }
    let token = yes().sign(&key, &random).unwrap();
    assert!(jws::verify(&token, &published(&key), &Algorithm::ALL).is_err(), "a proof is nobody's log-in");
}

#[test]
fn the_token_does_not_choose_its_algorithm() {
    let key = key("p1");
    let payload = BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(&yes()).unwrap());
    let public = key.public_jwk().to_string();
    for alg in ["none", "None", "HS256", "RS256", "PS256", "ES384", "EdDSA", "es256", ""] {
        let header = json!({"alg": alg, "typ": KIND, "kid": "p1"}).to_string();
        let signed = format!("{}.{payload}", BASE64_URL_SAFE_NO_PAD.encode(header));
        // What a program would make that takes the public key for a shared secret.
        let secret = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, public.as_bytes());
        let tag = ring::hmac::sign(&secret, signed.as_bytes());
        for signature in [String::new(), BASE64_URL_SAFE_NO_PAD.encode(tag)] {
            let token = format!("{signed}.{signature}");
            let refused = Proof::verify(&token, &published(&key), WHO, now());
            assert_eq!(refused, Err(ProofError::Token(JwsError::Algorithm)), "{alg}");
        }
    }
}

#[test]
fn a_proof_is_for_its_asker_and_for_a_short_time() {
    assert_eq!(
        check(&Proof { issuer: "https://other.example".to_owned(), ..yes() }),
        Err(ProofError::Issuer)
    );
    assert_eq!(check(&Proof { asker: "cases-0101".to_owned(), ..yes() }), Err(ProofError::Asker));
    assert_eq!(check(&Proof { issued: NOW_S + 61, ..yes() }), Err(ProofError::Future));
    assert_eq!(check(&Proof { expires: NOW_S, ..no() }), Err(ProofError::Expired));
    assert_eq!(
        check(&Proof { valid_until: Some(NOW_S), ..yes() }),
        Err(ProofError::Expired),
        "the mandate ended"
    );
    assert!(check(&Proof { expires: NOW_S + 1, ..no() }).is_ok());
}

#[test]
fn only_a_yes_has_what_goes_with_a_yes() {
    for crooked in [
        Proof { items: Vec::new(), ..yes() },
        Proof { valid_until: None, ..yes() },
        Proof { status: None, ..yes() },
        Proof { answer: Answer::No, ..yes() },
        Proof { items: yes().items, ..no() },
        Proof { valid_until: Some(NOW_S + 9), ..no() },
        Proof { status: yes().status, answer: Answer::Unknown, ..no() },
    ] {
        assert_eq!(check(&crooked), Err(ProofError::Claims));
    }
}

const URI: &str = "https://portal.example/api/lookup/v1/status/1-0217";

fn signed_list(claims: &Value, kind: &str) -> Result<StatusList, ProofError> {
    let key = key("p1");
    let token = key.sign_kind(kind, claims, &SystemRandom::new()).unwrap();
    StatusList::verify(&token, &published(&key), URI, now())
}

fn packed(bytes: &[u8]) -> String {
    use std::io::Write as _;
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).unwrap();
    BASE64_URL_SAFE_NO_PAD.encode(packer.finish().unwrap())
}

#[test]
fn a_list_is_read_as_others_would_write_it() {
    let mut bytes = vec![0; 8_192];
    bytes[1] = 0b1000_0001;
    let claims = json!({"sub": URI, "iat": NOW_S, "exp": NOW_S + 9, "ttl": 60, "status_list": {"bits": 1, "lst": packed(&bytes)}});
    let list = signed_list(&claims, LIST_KIND).unwrap();
    let set: Vec<u32> = (0..PLACES).filter(|place| list.has(*place)).collect();
    assert_eq!(set, [8, 15], "the first place of a byte is its lowest bit");
    assert!(list.has(PLACES), "outside of the list nothing holds");
    assert_eq!(signed_list(&claims, KIND), Err(JwsError::Malformed.into()));
}

#[test]
fn a_list_of_another_shape_is_no_list() {
    let claims = |bits: u8, lst: &str| json!({"sub": URI, "iat": NOW_S, "exp": NOW_S + 9, "ttl": 60, "status_list": {"bits": bits, "lst": lst}});
    let good = packed(&[0; 8_192]);
    assert!(signed_list(&claims(1, &good), LIST_KIND).is_ok());
    for (bits, lst) in [(2, good.as_str()), (1, "****"), (1, "AAAA"), (1, ""), (1, &packed(&[0; 8_191]))] {
        assert_eq!(signed_list(&claims(bits, lst), LIST_KIND), Err(ProofError::Claims), "{bits} {lst}");
    }
    let bomb = packed(&vec![0; 4 << 20]);
    assert!(bomb.len() < 16 << 10, "small enough to be let in");
    assert_eq!(signed_list(&claims(1, &bomb), LIST_KIND), Err(ProofError::Claims));
    let mut other = claims(1, &good);
    other["sub"] = json!("https://portal.example/api/lookup/v1/status/2-0217");
    assert_eq!(
        signed_list(&other, LIST_KIND),
        Err(ProofError::Issuer),
        "yesterday's list says nothing of today"
    );
    let mut old = claims(1, &good);
    old["exp"] = json!(NOW_S);
    assert_eq!(signed_list(&old, LIST_KIND), Err(ProofError::Expired), "an old list hides what came later");
}

#[test]
fn a_list_full_of_noise_is_still_a_token() {
    let mut list = StatusList::default();
    let mut state = 1_u32;
    for place in 0..PLACES {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        if state & 0x8000_0000 != 0 {
            list.withdraw(place);
        }
    }
    let key = key("p1");
    let token = list.sign(URI, now(), &key, &SystemRandom::new()).unwrap();
    assert!(token.len() < jws::TOKEN_BYTES_MAX, "{}", token.len());
    assert_eq!(StatusList::verify(&token, &published(&key), URI, now()), Ok(list));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn exactly_what_was_withdrawn_is_told(places in prop::collection::btree_set(0..PLACES, 0..20)) {
        let mut list = StatusList::default();
        for place in &places {
            list.withdraw(*place);
        }
        list.withdraw(PLACES);
        let key = key("p1");
        let token = list.sign(URI, now(), &key, &SystemRandom::new()).unwrap();
        let read = StatusList::verify(&token, &published(&key), URI, now()).unwrap();
        let told: std::collections::BTreeSet<u32> = (0..PLACES).filter(|place| read.has(*place)).collect();
        prop_assert_eq!(told, places);
    }

    #[test]
    fn no_text_is_a_proof(text in "[A-Za-z0-9_.-]{0,200}") {
        let keys = published(&key("p1"));
        prop_assert!(Proof::verify(&text, &keys, WHO, now()).is_err());
        prop_assert!(StatusList::verify(&text, &keys, URI, now()).is_err());
    }
}
