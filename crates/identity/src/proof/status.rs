//! Which proofs were withdrawn: one bit each, packed and signed, in the shape of a token status list. It tells only the
//! bit, so that whoever reads a list learns nothing of the proofs of others. It refuses lists of other sizes, more
//! than one bit a proof, and data that unpacks to more than a list.

use std::io::{Read as _, Write as _};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::Timestamp;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ALLOWED, ProofError};
use crate::jws::{self, KeyError, KeySet, SigningKey};

/// The `typ` of a list.
pub const LIST_KIND: &str = "statuslist+jwt";

/// Places in a list. Even full of noise a list is a token that [`jws`] reads.
pub const PLACES: u32 = 1 << 16;
const BYTES: usize = PLACES as usize / 8;

/// How long a list may be kept by those who read it. Seconds.
const TTL_S: i64 = 60;
/// How long a list is believed. Seconds.
const LIST_S: i64 = 600;

/// The bits of one list.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusList(Vec<u8>);

#[derive(Serialize, Deserialize)]
struct Claims {
    sub: String,
    iat: i64,
    exp: i64,
    ttl: i64,
    status_list: Packed,
}

#[derive(Serialize, Deserialize)]
struct Packed {
    bits: u8,
    lst: String,
}

impl Default for StatusList {
    fn default() -> Self {
        Self(vec![0; BYTES])
    }
}

impl std::fmt::Debug for StatusList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let set: u32 = self.0.iter().map(|byte| byte.count_ones()).sum();
        write!(f, "StatusList({set} withdrawn)")
    }
}

impl StatusList {
    /// Says that the proof at this place was withdrawn. A place outside the list is no proof's.
    pub fn withdraw(&mut self, place: u32) {
        if let Some(byte) = usize::try_from(place / 8).ok().and_then(|at| self.0.get_mut(at)) {
            *byte |= 1 << (place % 8);
        }
    }

    /// Whether the proof at this place was withdrawn. A place outside the list counts as withdrawn.
    #[must_use]
    pub fn has(&self, place: u32) -> bool {
        let byte = usize::try_from(place / 8).ok().and_then(|at| self.0.get(at));
        byte.is_none_or(|byte| byte & (1 << (place % 8)) != 0)
    }

    /// Signed for its address: a compact token.
    pub fn sign(
        &self,
        uri: &str,
        now: Timestamp,
        key: &SigningKey,
        random: &dyn SecureRandom,
    ) -> Result<String, KeyError> {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(&self.0).map_err(|_| KeyError)?;
        let packed = zlib.finish().map_err(|_| KeyError)?;
        let claims = Claims {
            sub: uri.to_owned(),
            iat: now.seconds(),
            exp: now.seconds() + LIST_S,
            ttl: TTL_S,
            status_list: Packed { bits: 1, lst: BASE64_URL_SAFE_NO_PAD.encode(packed) },
        };
        let claims = serde_json::to_value(claims).map_err(|_| KeyError)?;
        key.sign_kind(LIST_KIND, &claims, random)
    }

    /// Reads the list of this address with our published keys.
    pub fn verify(token: &str, keys: &KeySet, uri: &str, now: Timestamp) -> Result<Self, ProofError> {
        let claims = jws::verify_kind(token, LIST_KIND, keys, ALLOWED)?;
        let claims: Claims =
            serde_json::from_value(Value::Object(claims.into_map())).map_err(|_| ProofError::Claims)?;
        if claims.sub != uri {
            return Err(ProofError::Issuer);
        }
        if Timestamp::from_seconds(claims.exp) <= now {
            return Err(ProofError::Expired);
        }
        let packed = BASE64_URL_SAFE_NO_PAD.decode(claims.status_list.lst).map_err(|_| ProofError::Claims)?;
        let mut bytes = Vec::new();
        // One more than a list has is enough to see that it is none.
        let limited = ZlibDecoder::new(packed.as_slice()).take(BYTES as u64 + 1);
        { limited }.read_to_end(&mut bytes).map_err(|_| ProofError::Claims)?;
        let fits = claims.status_list.bits == 1 && bytes.len() == BYTES;
        if fits { Ok(Self(bytes)) } else { Err(ProofError::Claims) }
    }
}
