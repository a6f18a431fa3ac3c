//! The key ring and the seals. Every journal has a data key of its own; it is stored wrapped by the master
//! key, in a table apart, so that deleting the key deletes the content. People are found by a keyed hash of
//! their CPR number, and their names are sealed under a key of the ring. The keys never leave this module.

use crate::error::StoreError;
use borgerportal_domain::cpr::Cpr;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{Ed25519KeyPair, KeyPair};
use ring::{digest, hkdf, hmac};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// Bytes that a seal adds: nonce and tag.
pub const SEAL_OVERHEAD: usize = NONCE_LEN + 16;

/// The keys as they lie in the key file: base64 is not worth a dependency here, so hex.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyFile {
    /// The number that new wrappings name.
    active: u32,
    /// Master keys by number, 32 bytes each; old ones stay for unwrapping.
    master: Vec<MasterEntry>,
    /// Keyed hash of CPR numbers, 32 bytes. Changing it means looking nobody up: it is never rotated in place.
    lookup: String,
    /// Ed25519 seed of the log's signatures, 32 bytes.
    log_signing: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MasterEntry {
    number: u32,
    key: String,
}

/// All keys of one installation, loaded once at start.
pub struct KeyRing {
    active: u32,
    masters: Vec<(u32, LessSafeKey)>,
    people: LessSafeKey,
    lookup: hmac::Key,
    log: Ed25519KeyPair,
    node: String,
}

impl KeyRing {
    /// A new key file with fresh keys, as text to be stored where only the service can read it.
    pub fn generate() -> Result<String, StoreError> {
        let random = SystemRandom::new();
        let fresh = || -> Result<String, StoreError> {
            let mut bytes = Zeroizing::new([0; 32]);
            random.fill(bytes.as_mut()).map_err(|_| StoreError::Keys("no randomness"))?;
            Ok(to_hex(bytes.as_ref()))
        };
        let file = KeyFile {
            active: 1,
            master: vec![MasterEntry { number: 1, key: fresh()? }],
            lookup: fresh()?,
            log_signing: fresh()?,
        };
        serde_json::to_string_pretty(&file).map_err(|_| StoreError::Keys("key file"))
    }

    /// Reads a key file. Nothing of it is repeated in an error.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let file: KeyFile =
            serde_json::from_str(text).map_err(|_| StoreError::Keys("the key file does not read"))?;
        let mut masters = Vec::new();
        let mut people = None;
        for entry in &file.master {
            let bytes = from_hex(&entry.key)?;
            masters.push((entry.number, cipher(bytes.as_ref())?));
            // Names stay readable over a rotation: their key comes from the first master key.
            if people.is_none() {
                people = Some(derive(bytes.as_ref(), b"people")?);
            }
        }
        if !masters.iter().any(|(number, _)| *number == file.active) {
            return Err(StoreError::Keys("the active master key is not in the file"));
        }
        Ok(Self {
            active: file.active,
            masters,
            people: people.ok_or(StoreError::Keys("no master key"))?,
            lookup: hmac::Key::new(hmac::HMAC_SHA256, from_hex(&file.lookup)?.as_ref()),
            log: Ed25519KeyPair::from_seed_unchecked(from_hex(&file.log_signing)?.as_ref())
                .map_err(|_| StoreError::Keys("log signing key"))?,
            node: String::new(),
        })
    }

    /// Says for which node these keys sign.
    #[must_use]
    pub(crate) fn of_node(mut self, node: &str) -> Self {
        node.clone_into(&mut self.node);
        self
    }

    /// The node that log lines of this process name.
    pub(crate) fn node(&self) -> &str {
        &self.node
    }

    /// The keyed hash under which a CPR number is found.
    pub(crate) fn cpr_hash(&self, cpr: &Cpr) -> [u8; 32] {
        self.keyed_hash(b"cpr", cpr.expose().as_bytes())
    }

    /// A keyed hash for one purpose.
    pub(crate) fn keyed_hash(&self, purpose: &[u8], data: &[u8]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.lookup);
        context.update(purpose);
        context.update(&[0]);
        context.update(data);
        let tag = context.sign();
        std::array::from_fn(|index| tag.as_ref().get(index).copied().unwrap_or(0))
    }

    /// Hides the hash of a content in its row: without the keys nobody can try what the content may have been.
    /// The same call brings it back. `place` differs for every version of every row.
    pub(crate) fn veil(&self, place: &[&[u8]], hash: [u8; 32]) -> [u8; 32] {
        let mut text = Vec::new();
        for part in place {
            text.extend_from_slice(&(part.len() as u64).to_be_bytes());
            text.extend_from_slice(part);
        }
        let mut veiled = self.keyed_hash(b"veil", &text);
        veiled.iter_mut().zip(hash).for_each(|(byte, other)| *byte ^= other);
        veiled
    }

    pub(crate) fn seal_person(
        &self,
        aad: &[u8],
        nonce: [u8; 12],
        plain: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        seal(&self.people, aad, nonce, plain)
    }

    pub(crate) fn open_person(&self, aad: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        open(&self.people, aad, sealed).ok_or(StoreError::corrupt("person", "sealed"))
    }

    /// A new data key, wrapped for storage.
    pub(crate) fn new_data_key(
        &self,
        aad: &[u8],
        key: &[u8; 32],
        nonce: [u8; 12],
    ) -> Result<Vec<u8>, StoreError> {
        let mut wrapped = self.active.to_be_bytes().to_vec();
        wrapped.extend(seal(self.master(self.active)?, aad, nonce, key)?);
        Ok(wrapped)
    }

    /// Opens a wrapped data key.
    pub(crate) fn data_key(&self, aad: &[u8], wrapped: &[u8]) -> Result<DataKey, StoreError> {
        let corrupt = || StoreError::corrupt("journal_key", "wrapped");
        let (number, sealed) = wrapped.split_first_chunk::<4>().ok_or_else(corrupt)?;
        let plain = open(self.master(u32::from_be_bytes(*number))?, aad, sealed).ok_or_else(corrupt)?;
        Ok(DataKey { cipher: cipher(&plain)?, names: hmac::Key::new(hmac::HMAC_SHA256, &plain) })
    }

    fn master(&self, number: u32) -> Result<&LessSafeKey, StoreError> {
        let found = self.masters.iter().find(|(known, _)| *known == number);
        found
            .map(|(_, key)| key)
            .ok_or(StoreError::Keys("a master key that content was sealed under is missing"))
    }

    /// A key of 32 bytes for one purpose outside the store, such as signing access tokens.
    pub fn derived(&self, purpose: &[u8]) -> [u8; 32] {
        self.keyed_hash(b"derived", purpose)
    }

    /// A data key for content that belongs to no journal yet.
    pub(crate) fn key_for(&self, purpose: &[u8], whose: &[u8]) -> Result<DataKey, StoreError> {
        let plain = Zeroizing::new(self.keyed_hash(purpose, whose));
        Ok(DataKey {
            cipher: cipher(plain.as_ref())?,
            names: hmac::Key::new(hmac::HMAC_SHA256, plain.as_ref()),
        })
    }

    /// Signs a checkpoint of the log.
    pub(crate) fn sign_log(&self, message: &[u8]) -> Vec<u8> {
        self.log.sign(message).as_ref().to_vec()
    }

    /// The public half of the log's signing key, 32 bytes, for those who verify.
    pub fn log_public_key(&self) -> &[u8] {
        self.log.public_key().as_ref()
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyRing(hidden)")
    }
}

/// The key of one journal: opens and seals its content and names its files.
#[derive(Clone)]
pub struct DataKey {
    cipher: LessSafeKey,
    names: hmac::Key,
}

impl DataKey {
    pub(crate) fn seal(&self, aad: &Aads, nonce: [u8; 12], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        seal(&self.cipher, &aad.0, nonce, plain)
    }

    /// Opens in place: `buffer` holds the sealed bytes and afterwards the plain ones at its start.
    pub(crate) fn open_in<'b>(&self, aad: &Aads, buffer: &'b mut [u8]) -> Option<&'b [u8]> {
        open_in(&self.cipher, &aad.0, buffer)
    }

    pub(crate) fn open(&self, aad: &Aads, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        open(&self.cipher, &aad.0, sealed)
    }

    /// The address of a file: only who holds the key can tell which content has it.
    pub fn address(&self, content: &[u8]) -> String {
        to_hex(hmac::sign(&self.names, content).as_ref())
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DataKey(hidden)")
    }
}

/// What a sealed value is bound to: whose it is, which item, which column, which version.
#[derive(Clone)]
pub(crate) struct Aads([u8; 43]);

impl Aads {
    pub(crate) fn new(
        municipality: i64,
        citizen: &[u8; 16],
        item: &[u8; 16],
        column: u8,
        version: i64,
    ) -> Self {
        let mut bytes = [0; 43];
        let parts = municipality.to_be_bytes();
        let all = parts.get(6..).into_iter().flatten().chain(citizen).chain(item);
        let tail = version.to_be_bytes();
        for (slot, byte) in bytes.iter_mut().zip(all.chain([&column]).chain(&tail)) {
            *slot = *byte;
        }
        Self(bytes)
    }
}

/// SHA-256.
pub fn sha256(data: &[u8]) -> [u8; 32] {
    let hash = digest::digest(&digest::SHA256, data);
    std::array::from_fn(|index| hash.as_ref().get(index).copied().unwrap_or(0))
}

fn cipher(key: &[u8]) -> Result<LessSafeKey, StoreError> {
    UnboundKey::new(&AES_256_GCM, key).map(LessSafeKey::new).map_err(|_| StoreError::Keys("key length"))
}

fn derive(master: &[u8], purpose: &[u8]) -> Result<LessSafeKey, StoreError> {
    let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"borgerportal");
    let info = [purpose];
    salt.extract(master)
        .expand(&info, &AES_256_GCM)
        .map(|key| LessSafeKey::new(UnboundKey::from(key)))
        .map_err(|_| StoreError::Keys("derivation"))
}

fn seal(key: &LessSafeKey, aad: &[u8], nonce: [u8; 12], plain: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut sealed = Vec::with_capacity(plain.len() + SEAL_OVERHEAD);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plain);
    let (_, content) = sealed.split_at_mut(NONCE_LEN);
    let tag = key
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(aad), content)
        .map_err(|_| StoreError::Keys("sealing"))?;
    sealed.extend_from_slice(tag.as_ref());
    Ok(sealed)
}

fn open(key: &LessSafeKey, aad: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut buffer = sealed.to_vec();
    let length = open_in(key, aad, &mut buffer)?.len();
    buffer.truncate(length);
    Some(Zeroizing::new(buffer))
}

/// The plain text is moved to the front of the buffer.
fn open_in<'b>(key: &LessSafeKey, aad: &[u8], buffer: &'b mut [u8]) -> Option<&'b [u8]> {
    let nonce: [u8; NONCE_LEN] = *buffer.first_chunk()?;
    key.open_within(Nonce::assume_unique_for_key(nonce), Aad::from(aad), buffer, NONCE_LEN..)
        .ok()
        .map(|plain| &*plain)
}

pub(crate) fn to_hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Thirty-two bytes.
pub(crate) fn from_hex(text: &str) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Zeroizing::new(Vec::with_capacity(32));
    for pair in text.as_bytes().chunks(2) {
        let byte = match pair {
            [high, low] => digit(*high).zip(digit(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        bytes.push(byte.ok_or(StoreError::Keys("a key is not hexadecimal"))?);
    }
    if bytes.len() == 32 { Ok(bytes) } else { Err(StoreError::Keys("a key is not 32 bytes long")) }
}

#[cfg(test)]
mod tests;
