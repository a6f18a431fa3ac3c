//! Signed proof of what an authority was told about a mandate: it is kept with the case and checked without asking
//! us, and a signed list says which proofs no longer hold. A proof names nobody: whoever knows both CPR numbers can
//! see that it is about them. It refuses to be any other token of ours, to be for another asker, and to be acted on
//! after its short time; what it says was true when it was issued stays true.

mod status;
#[cfg(test)]
mod tests;

pub use status::{LIST_KIND, PLACES, StatusList};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::{Cpr, Timestamp};
use ring::digest::{SHA256, digest};
use ring::rand::SecureRandom;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::jws::{self, Algorithm, JwsError, KeyError, KeySet, SigningKey};

/// The `typ` of a proof.
pub const KIND: &str = "mandate-proof+jwt";

/// The only signature of ours.
const ALLOWED: &[Algorithm] = &[Algorithm::Es256];

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// There is a live mandate that covers it.
    Yes,
    /// There is none.
    No,
    /// We cannot say: it may be kept by the national service.
    Unknown,
}

/// A right that covers what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The package's code in the catalogue.
    pub package: String,
    /// The version that was signed.
    pub version: u32,
    /// `read` or `act`.
    pub access: String,
    /// First instant without it, in seconds.
    pub valid_until: i64,
}

/// Where a proof stands in a list of withdrawn proofs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The list's address.
    pub uri: String,
    /// The bit in it.
    pub idx: u32,
}

/// What a proof says. Times are whole seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Who answers: our address.
    #[serde(rename = "iss")]
    pub issuer: String,
    /// Who asked: the client.
    #[serde(rename = "aud")]
    pub asker: String,
    /// Names the decision; the giver sees the same one.
    #[serde(rename = "jti")]
    pub decision: String,
    /// Binds it to two people, see [`about`].
    pub about: String,
    /// Four digits: for which municipality.
    pub municipality: String,
    /// `contact` or `self_service`.
    pub channel: String,
    /// The subject area or package asked about.
    pub subject: String,
    /// `read` or `act`.
    pub access: String,
    /// The code of the purpose.
    pub purpose: String,
    /// The answer.
    pub answer: Answer,
    /// What covers it; nothing unless the answer is yes.
    pub items: Vec<Item>,
    /// First instant at which the mandate no longer covers it, if the answer is yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<i64>,
    /// When it was answered.
    #[serde(rename = "iat")]
    pub issued: i64,
    /// First instant at which nobody should act on it without asking again.
    #[serde(rename = "exp")]
    pub expires: i64,
    /// Where withdrawal is told, if the answer is yes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
}

/// The claim of a token status list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// Which list, which place.
    pub status_list: Place,
}

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Not a token of this kind, or not signed by us.
    #[error("not a proof: {0}")]
    Token(#[from] JwsError),
    /// Its claims do not fit together.
    #[error("the claims of the proof are not what they must be")]
    Claims,
    /// From another issuer.
    #[error("another issuer")]
    Issuer,
    /// For another asker.
    #[error("for another asker")]
    Asker,
    /// Issued after now.
    #[error("issued in the future")]
    Future,
    /// It is too old to be acted on.
    #[error("expired")]
    Expired,
}

/// What binds a proof to two people without naming them: SHA-256 over the decision and both numbers.
#[must_use]
pub fn about(decision: &str, giver: &Cpr, representative: &Cpr) -> String {
    let text = format!("mandate-proof 1\n{decision}\n{}\n{}\n", giver.expose(), representative.expose());
    BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}

impl Proof {
    /// Whether it is about these two, in these roles.
    #[must_use]
    pub fn is_about(&self, giver: &Cpr, representative: &Cpr) -> bool {
        self.about == about(&self.decision, giver, representative)
    }

    /// Signed: a compact token.
    pub fn sign(&self, key: &SigningKey, random: &dyn SecureRandom) -> Result<String, KeyError> {
        let claims = serde_json::to_value(self).map_err(|_| KeyError)?;
        key.sign_kind(KIND, &claims, random)
    }

    /// Reads a proof for `asker` with our published keys, at `now`. Nothing is fetched; whether it was withdrawn is
    /// for [`StatusList::has`] to say.
    pub fn verify(
        token: &str,
        keys: &KeySet,
        (issuer, asker): (&str, &str),
        now: Timestamp,
    ) -> Result<Self, ProofError> {
        let claims = jws::verify_kind(token, KIND, keys, ALLOWED)?;
        let proof: Self =
            serde_json::from_value(Value::Object(claims.into_map())).map_err(|_| ProofError::Claims)?;
        // A yes has everything that goes with a yes, and nothing else has any of it.
        let is_yes = proof.answer == Answer::Yes;
        let parts = [!proof.items.is_empty(), proof.valid_until.is_some(), proof.status.is_some()];
        if parts.contains(&!is_yes) {
            return Err(ProofError::Claims);
        }
        if proof.issuer != issuer {
            return Err(ProofError::Issuer);
        }
        if proof.asker != asker {
            return Err(ProofError::Asker);
        }
        if Timestamp::from_seconds(proof.issued) > now.plus_seconds(crate::oidc::CLOCK_LEEWAY_S) {
            return Err(ProofError::Future);
        }
        let ends = proof.valid_until.map_or(proof.expires, |until| until.min(proof.expires));
        if Timestamp::from_seconds(ends) <= now { Err(ProofError::Expired) } else { Ok(proof) }
    }
}
