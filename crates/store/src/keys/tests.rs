//! Key files that do not read, rotation, and seals that were touched.

use super::{Aads, DataKey, KeyRing, SEAL_OVERHEAD, sha256};
use crate::error::StoreError;
use proptest::prelude::*;
use serde_json::{Value, json};

fn key(byte: u8) -> String {
    format!("{byte:02x}").repeat(32)
}

/// A key file with these master keys, in this order.
fn file(active: u32, masters: &[(u32, u8)]) -> Value {
    let master = masters.iter().map(|(number, byte)| json!({ "number": number, "key": key(*byte) }));
    json!({ "active": active, "master": master.collect::<Vec<_>>(), "lookup": key(0xaa), "log_signing": key(0xbb) })
}

fn ring(active: u32, masters: &[(u32, u8)]) -> KeyRing {
    KeyRing::parse(&file(active, masters).to_string()).unwrap()
}

fn data_key() -> DataKey {
    ring(1, &[(1, 1)]).key_for(b"test", b"somebody").unwrap()
}

#[test]
fn a_key_file_that_is_not_right_is_refused_and_not_repeated() {
    let with = |pointer: &str, value: Value| {
        let mut file = file(1, &[(1, 0x11), (2, 0x22)]);
        *file.pointer_mut(pointer).unwrap() = value;
        file.to_string()
    };
    let mut more = file(1, &[(1, 0x11)]);
    more["backup"] = json!(key(0x33));
    for (text, hint) in [
        (String::new(), "does not read"),
        ("[]".to_owned(), "does not read"),
        (more.to_string(), "does not read"),
        (with("/active", json!("1")), "does not read"),
        (with("/active", json!(3)), "the active master key is not in the file"),
        (with("/master", json!([])), "the active master key is not in the file"),
        (with("/lookup", Value::Null), "does not read"),
        (with("/lookup", json!("")), "not 32 bytes"),
        (with("/lookup", json!(&key(0xaa)[..62])), "not 32 bytes"),
        (with("/lookup", json!(&key(0xaa)[..63])), "not hexadecimal"),
        (with("/lookup", json!(key(0xaa) + "aa")), "not 32 bytes"),
        (with("/lookup", json!("g".repeat(64))), "not hexadecimal"),
        (with("/lookup", json!("æ".repeat(32))), "not hexadecimal"),
        (with("/master/1/key", json!("x")), "not hexadecimal"),
        (with("/log_signing", json!(&key(0xbb)[2..])), "not 32 bytes"),
    ] {
        let error = KeyRing::parse(&text).unwrap_err().to_string();
        assert!(error.starts_with("key ring: ") && error.ends_with(hint) || error.contains(hint), "{error}");
        assert!(!["1111", "2222", "3333", "aaaa", "bbbb"].iter().any(|part| error.contains(part)), "{error}");
    }
    let shown = format!("{:?} {:?}", ring(1, &[(1, 0x11)]), data_key());
    assert_eq!(shown, "KeyRing(hidden) DataKey(hidden)");
}

#[test]
fn after_a_rotation_old_content_opens_and_new_content_names_the_new_key() {
    let (before, after) = (ring(1, &[(1, 1)]), ring(2, &[(1, 1), (2, 2)]));
    let (aad, plain) = (b"journal".as_slice(), [7; 32]);
    let old = before.new_data_key(aad, &plain, [0; 12]).unwrap();
    let new = after.new_data_key(aad, &plain, [0; 12]).unwrap();
    assert_eq!((&old[..4], &new[..4]), ([0, 0, 0, 1].as_slice(), [0, 0, 0, 2].as_slice()));
    let address =
        |ring: &KeyRing, wrapped: &[u8]| ring.data_key(aad, wrapped).map(|key| key.address(b"file"));
    assert_eq!(address(&after, &old).unwrap(), address(&after, &new).unwrap(), "one key, wrapped twice");
    assert!(matches!(address(&before, &new), Err(StoreError::Keys(_))), "not known before the rotation");
    let forgotten = ring(2, &[(2, 2)]);
    assert!(
        matches!(address(&forgotten, &old), Err(StoreError::Keys(_))),
        "the old key was thrown away too soon"
    );
    // Who has the number but not the key opens nothing.
    assert!(matches!(address(&ring(1, &[(1, 9)]), &old), Err(StoreError::Corrupt { .. })));
    let sealed = before.seal_person(b"p", [0; 12], b"Inger").unwrap();
    assert_eq!(&*after.open_person(b"p", &sealed).unwrap(), b"Inger", "names stay readable");
    assert_eq!(
        before.cpr_hash(&crate::keys::Cpr::parse("7205440001").unwrap()),
        after.cpr_hash(&crate::keys::Cpr::parse("7205440001").unwrap())
    );
}

#[test]
fn a_wrapped_key_that_was_touched_does_not_open() {
    let ring = ring(1, &[(1, 1), (2, 2)]);
    let wrapped = ring.new_data_key(b"journal", &[7; 32], [0; 12]).unwrap();
    for length in 0..wrapped.len() {
        assert!(ring.data_key(b"journal", &wrapped[..length]).is_err(), "{length} bytes");
    }
    for at in 0..wrapped.len() {
        let mut touched = wrapped.clone();
        touched[at] ^= 3;
        assert!(ring.data_key(b"journal", &touched).is_err(), "byte {at}");
    }
    assert!(ring.data_key(b"another journal", &wrapped).is_err());
}

#[test]
fn what_is_hashed_for_one_purpose_says_nothing_for_another() {
    let ring = ring(1, &[(1, 1)]);
    let hashes = [
        ring.keyed_hash(b"cpr", b"x"),
        ring.keyed_hash(b"cp", b"rx"),
        ring.keyed_hash(b"cprx", b""),
        ring.keyed_hash(b"", b"cprx"),
        ring.keyed_hash(b"jti", b"x"),
        ring.derived(b"cpr"),
        sha256(b"x"),
    ];
    let different: std::collections::BTreeSet<_> = hashes.into_iter().collect();
    assert_eq!(different.len(), hashes.len());
}

proptest! {
    /// A seal is bound to whose it is, which item, which column, which version; and to every one of its bytes.
    #[test]
    fn a_seal_opens_in_its_own_place_only(
        plain in prop::collection::vec(any::<u8>(), 0..80),
        place in (0i64..999, any::<[u8; 16]>(), any::<[u8; 16]>(), any::<u8>(), any::<i64>()),
        wrong in 0usize..5, nonce in any::<[u8; 12]>(), at in any::<prop::sample::Index>(),
    ) {
        let key = data_key();
        let (municipality, citizen, item, column, version) = place;
        let aad = Aads::new(municipality, &citizen, &item, column, version);
        let sealed = key.seal(&aad, nonce, &plain).unwrap();
        prop_assert_eq!(sealed.len(), plain.len() + SEAL_OVERHEAD);
        prop_assert_eq!(&**key.open(&aad, &sealed).unwrap(), plain.as_slice());
        let mut buffer = sealed.clone();
        prop_assert_eq!(key.open_in(&aad, &mut buffer), Some(plain.as_slice()));
        let turned = |mut id: [u8; 16]| { id[15] ^= 1; id };
        let elsewhere = match wrong {
            0 => Aads::new(municipality + 1, &citizen, &item, column, version),
            1 => Aads::new(municipality, &turned(citizen), &item, column, version),
            2 => Aads::new(municipality, &citizen, &turned(item), column, version),
            3 => Aads::new(municipality, &citizen, &item, column ^ 1, version),
            _ => Aads::new(municipality, &citizen, &item, column, version ^ 1),
        };
        prop_assert!(key.open(&elsewhere, &sealed).is_none());
        let mut touched = sealed.clone();
        let at = at.index(touched.len());
        touched[at] ^= 1;
        prop_assert!(key.open(&aad, &touched).is_none());
        prop_assert!(key.open(&aad, &sealed[..at]).is_none());
    }
}

#[test]
fn a_veiled_hash_comes_back_only_with_its_keys_and_its_place() {
    let ring = KeyRing::parse(&KeyRing::generate().unwrap()).unwrap();
    let other = KeyRing::parse(&KeyRing::generate().unwrap()).unwrap();
    let (hash, place): (_, [&[u8]; 2]) = ([7; 32], [b"nexus", b"Condition"]);
    let veiled = ring.veil(&place, hash);
    assert_eq!(ring.veil(&place, veiled), hash);
    assert_ne!(veiled, hash);
    assert_ne!(ring.veil(&[b"nexusC", b"ondition"], veiled), hash);
    assert_ne!(other.veil(&place, veiled), hash);
}
