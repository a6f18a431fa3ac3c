//! Our own signing keys: for proving to a broker who we are, and for the simulators. It refuses keys it cannot use
//! for one of the three algorithms, and never shows the private part again.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use ring::rand::SecureRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair,
};
use serde_json::{Value, json};

use super::Algorithm;

/// The key could not be read or used; says nothing about its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a usable signing key: PKCS#8 with RSA of 2048 bits or more, or P-256, is needed")]
pub struct KeyError;

/// A private key with the name under which its public half is published.
pub struct SigningKey {
    kid: String,
    pair: Pair,
}

enum Pair {
    P256(EcdsaKeyPair),
    Rsa(Algorithm, RsaKeyPair),
}

impl SigningKey {
    /// Reads a PKCS#8 document (DER). An RSA key signs RS256 unless [`Self::with_pss`] says otherwise.
    pub fn from_pkcs8(kid: &str, der: &[u8], random: &dyn SecureRandom) -> Result<Self, KeyError> {
        let pair = match EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der, random) {
            Ok(pair) => Pair::P256(pair),
            Err(_) => Pair::Rsa(Algorithm::Rs256, RsaKeyPair::from_pkcs8(der).map_err(|_| KeyError)?),
        };
        Ok(Self { kid: kid.to_owned(), pair })
    }

    /// The same from a PEM file that holds one `PRIVATE KEY`.
    pub fn from_pem(kid: &str, pem: &str, random: &dyn SecureRandom) -> Result<Self, KeyError> {
        let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----").ok_or(KeyError)?;
        let (body, _) = rest.split_once("-----END PRIVATE KEY-----").ok_or(KeyError)?;
        let body: String = body.split_ascii_whitespace().collect();
        let der = BASE64_STANDARD.decode(body).map_err(|_| KeyError)?;
        Self::from_pkcs8(kid, &der, random)
    }

    /// A new P-256 key from the caller's randomness.
    pub fn generate(kid: &str, random: &dyn SecureRandom) -> Result<Self, KeyError> {
        Self::from_pkcs8(kid, &Self::generate_pkcs8(random)?, random)
    }

    /// A new P-256 key as a PKCS#8 document, to be kept sealed.
    pub fn generate_pkcs8(random: &dyn SecureRandom) -> Result<Vec<u8>, KeyError> {
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, random);
        Ok(document.map_err(|_| KeyError)?.as_ref().to_vec())
    }

    /// Signs PS256 from here on, if this is an RSA key.
    #[must_use]
    pub fn with_pss(mut self) -> Self {
        if let Pair::Rsa(algorithm, _) = &mut self.pair {
            *algorithm = Algorithm::Ps256;
        }
        self
    }

    #[must_use]
    pub fn kid(&self) -> &str {
        &self.kid
    }

    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match &self.pair {
            Pair::P256(_) => Algorithm::Es256,
            Pair::Rsa(algorithm, _) => *algorithm,
        }
    }

    /// The public half as a JWK.
    #[must_use]
    pub fn public_jwk(&self) -> Value {
        let text = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        let alg = self.algorithm().name();
        match &self.pair {
            Pair::P256(pair) => {
                let point = pair.public_key().as_ref().get(1..).unwrap_or_default();
                let (x, y) = point.split_at(point.len() / 2);
                json!({"kty": "EC", "crv": "P-256", "x": text(x), "y": text(y), "use": "sig", "alg": alg, "kid": self.kid})
            }
            Pair::Rsa(_, pair) => {
                let public: PublicKeyComponents<Vec<u8>> = pair.public().into();
                let (n, e) = (text(&public.n), text(&public.e));
                json!({"kty": "RSA", "n": n, "e": e, "use": "sig", "alg": alg, "kid": self.kid})
            }
        }
    }

    /// Signs the claims: a compact token.
    pub fn sign(&self, claims: &Value, random: &dyn SecureRandom) -> Result<String, KeyError> {
        self.sign_kind("JWT", claims, random)
    }

    /// The same with a kind of its own, for [`super::verify_kind`].
    pub fn sign_kind(
        &self,
        kind: &str,
        claims: &Value,
        random: &dyn SecureRandom,
    ) -> Result<String, KeyError> {
        let header = json!({"alg": self.algorithm().name(), "typ": kind, "kid": self.kid});
        let text = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", text(&header), text(claims));
        let signature = self.signature(signed.as_bytes(), random)?;
        Ok(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)))
    }

    fn signature(&self, message: &[u8], random: &dyn SecureRandom) -> Result<Vec<u8>, KeyError> {
        match &self.pair {
            Pair::P256(pair) => {
                let signature = pair.sign(random, message).map_err(|_| KeyError)?;
                Ok(signature.as_ref().to_vec())
            }
            Pair::Rsa(algorithm, pair) => {
                let padding = match algorithm {
                    Algorithm::Ps256 => &RSA_PSS_SHA256 as &dyn ring::signature::RsaEncoding,
                    Algorithm::Rs256 | Algorithm::Es256 => &RSA_PKCS1_SHA256,
                };
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(padding, random, message, &mut signature).map_err(|_| KeyError)?;
                Ok(signature)
            }
        }
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKey({}, {}, hidden)", self.kid, self.algorithm().name())
    }
}
