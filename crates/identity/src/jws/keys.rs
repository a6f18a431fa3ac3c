//! The public keys a partner signs with (a JWK set, RFC 7517). It refuses shared secrets, private keys, keys meant
//! for encryption, RSA shorter than 2048 bits and curves other than P-256; what it refuses is left out, not an
//! error, because a set may hold keys for others too.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

use super::{Algorithm, JwsError};

const KEYS_MAX: usize = 32;
const RSA_BYTES_MIN: usize = 2048 / 8;
const RSA_BYTES_MAX: usize = 8192 / 8;
const P256_BYTES: usize = 32;

/// Public keys by name.
#[derive(Clone, Debug, Default)]
pub struct KeySet {
    keys: Vec<Key>,
}

#[derive(Clone, Debug)]
struct Key {
    kid: Option<String>,
    fits: Vec<Algorithm>,
    public: Public,
}

#[derive(Clone, Debug)]
enum Public {
    /// Modulus and exponent, big-endian without leading zeros.
    Rsa { n: Vec<u8>, e: Vec<u8> },
    /// An uncompressed point: 4, x, y.
    P256(Vec<u8>),
}

impl KeySet {
    /// Reads a JWK set. An error means that it is no such set at all, or that it holds more than 32 keys.
    pub fn parse(bytes: &[u8]) -> Result<Self, JwsError> {
        let set: Value = serde_json::from_slice(bytes).map_err(|_| JwsError::Malformed)?;
        Self::from_value(&set)
    }

    /// The same, from JSON that is part of something else (a client's registration).
    pub fn from_value(set: &Value) -> Result<Self, JwsError> {
        let keys = set.get("keys").and_then(Value::as_array).ok_or(JwsError::Malformed)?;
        if keys.len() > KEYS_MAX {
            return Err(JwsError::Malformed);
        }
        Ok(Self { keys: keys.iter().filter_map(Key::read).collect() })
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// `kid` narrows the choice; without one every key of the right kind may have signed.
    pub(super) fn verify(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
        signed: &[u8],
        signature: &[u8],
    ) -> Result<(), JwsError> {
        let named = |key: &&Key| kid.is_none() || key.kid.as_deref() == kid;
        let mut fitting =
            self.keys.iter().filter(named).filter(|key| key.fits.contains(&algorithm)).peekable();
        if fitting.peek().is_none() {
            return Err(JwsError::UnknownKey);
        }
        if fitting.any(|key| key.public.signed(algorithm, signed, signature)) {
            Ok(())
        } else {
            Err(JwsError::Signature)
        }
    }
}

impl Key {
    fn read(jwk: &Value) -> Option<Self> {
        let text = |name| jwk.get(name).and_then(Value::as_str);
        let meant_for_other_use = text("use").is_some_and(|purpose| purpose != "sig");
        if jwk.get("d").is_some() || meant_for_other_use {
            return None;
        }
        let bytes = |name| BASE64_URL_SAFE_NO_PAD.decode(text(name)?).ok();
        let (kinds, public): (&[Algorithm], Public) = match (text("kty")?, text("crv")) {
            ("RSA", None) => {
                (&[Algorithm::Rs256, Algorithm::Ps256], Public::rsa(&bytes("n")?, &bytes("e")?)?)
            }
            ("EC", Some("P-256")) => (&[Algorithm::Es256], Public::p256(&bytes("x")?, &bytes("y")?)?),
            _ => return None,
        };
        let fits = match text("alg") {
            None => kinds.to_vec(),
            Some(alg) => vec![Algorithm::named(alg).filter(|alg| kinds.contains(alg))?],
        };
        Some(Self { kid: text("kid").map(str::to_owned), fits, public })
    }
}

impl Public {
    fn rsa(n: &[u8], e: &[u8]) -> Option<Self> {
        let (n, e) = (without_leading_zeros(n), without_leading_zeros(e));
        let sized = (RSA_BYTES_MIN..=RSA_BYTES_MAX).contains(&n.len()) && (1..=4).contains(&e.len());
        sized.then(|| Self::Rsa { n: n.to_vec(), e: e.to_vec() })
    }

    fn p256(x: &[u8], y: &[u8]) -> Option<Self> {
        let sized = x.len() == P256_BYTES && y.len() == P256_BYTES;
        sized.then(|| Self::P256([&[4], x, y].concat()))
    }

    fn signed(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let rsa = |parameters: &'static RsaParameters, n: &[u8], e: &[u8]| {
            RsaPublicKeyComponents { n, e }.verify(parameters, message, signature).is_ok()
        };
        match (self, algorithm) {
            (Self::Rsa { n, e }, Algorithm::Rs256) => rsa(&RSA_PKCS1_2048_8192_SHA256, n, e),
            (Self::Rsa { n, e }, Algorithm::Ps256) => rsa(&RSA_PSS_2048_8192_SHA256, n, e),
            (Self::P256(point), Algorithm::Es256) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
            }
            (Self::Rsa { .. }, Algorithm::Es256) | (Self::P256(_), Algorithm::Rs256 | Algorithm::Ps256) => {
                false
            }
        }
    }
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    bytes.get(zeros..).unwrap_or_default()
}
