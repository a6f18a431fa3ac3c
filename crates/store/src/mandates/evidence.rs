//! Evidence: exactly what a signer was shown, or what is known of a paper. Written once, never changed. Its hash stands
//! veiled: what was shown has few things to say, and anybody could try them all.

use super::seal;
use crate::engine::Row;
use crate::error::StoreError;
use crate::keys::sha256;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access::Level;
use borgerportal_domain::ids::{EvidenceId, PersonId};
use borgerportal_domain::time::{Date, Timestamp};
use serde::{Deserialize, Serialize};

/// How something was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// With MitID, over this text.
    Digital {
        /// As it was shown, byte for byte.
        text: String,
        /// The session it was signed in, by the hash of its token.
        session: [u8; 32],
    },
    /// By hand, on a paper that staff have registered.
    Paper {
        /// SHA-256 of the scan.
        scan: [u8; 32],
        /// Who registered it, as the authority names them.
        registrar: String,
        /// The day it came.
        received_on: Date,
        /// Pages that came.
        pages: u16,
    },
}

/// Evidence of one signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Its name.
    pub id: EvidenceId,
    /// How.
    pub proof: Proof,
    /// Who signed.
    pub signer: PersonId,
    /// How well they had proven who they are; for paper the registrar.
    pub level: Level,
    /// When they had.
    pub authenticated_at: Timestamp,
    /// When it was signed or registered.
    pub at: Timestamp,
}

impl Evidence {
    /// SHA-256 of the text or of the scan.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        match &self.proof {
            Proof::Digital { text, .. } => sha256(text.as_bytes()),
            Proof::Paper { scan, .. } => *scan,
        }
    }
}

/// What lies under the seal.
#[derive(Serialize, Deserialize)]
enum Sealed {
    Text(String),
    Paper { registrar: String, received_on: String, pages: u16 },
}

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("evidence", column)
}

/// Hides the hash of evidence in its row, and brings it back.
fn veil(tx: &Tx<'_>, id: EvidenceId, hash: [u8; 32]) -> [u8; 32] {
    tx.keys().veil(&[b"evidence", &id.into_bytes()], hash)
}

/// The hash in two columns: rows from before it was veiled have it in clear.
fn hash(
    tx: &Tx<'_>,
    id: EvidenceId,
    row: &Row<'_>,
    (at, veiled): (usize, usize),
) -> Result<[u8; 32], StoreError> {
    let kept: [u8; 32] = row.blob(at)?.try_into().map_err(|_| corrupt("sha256"))?;
    Ok(if row.opt_int(veiled)?.is_some() { veil(tx, id, kept) } else { kept })
}

/// The hash of what was shown, or of the scan.
pub(super) fn hash_of(tx: &Tx<'_>, id: EvidenceId) -> Result<Option<[u8; 32]>, StoreError> {
    tx.one(sql!("mandates/evidence_hash"), params![&id.into_bytes()], |row| hash(tx, id, row, (0, 1)))
}

/// Whether it is there and is what its hash says.
pub(super) fn holds(tx: &Tx<'_>, id: EvidenceId) -> Result<bool, StoreError> {
    match load(tx, id) {
        Ok(evidence) => Ok(evidence.is_some()),
        Err(StoreError::Corrupt { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Keeps it.
pub fn keep(tx: &Tx<'_>, evidence: &Evidence) -> Result<(), StoreError> {
    let (kind, sealed, session) = match &evidence.proof {
        Proof::Digital { text, session } => ("digital", Sealed::Text(text.clone()), Some(session)),
        Proof::Paper { registrar, received_on, pages, .. } => {
            let registrar = registrar.clone();
            ("paper", Sealed::Paper { registrar, received_on: received_on.to_string(), pages: *pages }, None)
        }
    };
    let plain = serde_json::to_vec(&sealed).map_err(|_| corrupt("sealed"))?;
    let sealed = seal::close(tx, "evidence", evidence.id.uuid(), &plain)?;
    tx.execute(
        sql!("mandates/keep_evidence"),
        params![
            &evidence.id.into_bytes(),
            kind,
            &sealed,
            &veil(tx, evidence.id, evidence.sha256()),
            &evidence.signer.into_bytes(),
            evidence.level.code(),
            evidence.authenticated_at.millis(),
            session,
            evidence.at.millis(),
        ],
    )?;
    Ok(())
}

/// Evidence by name. A text that is not what its hash says is corrupt, not evidence.
pub fn load(tx: &Tx<'_>, id: EvidenceId) -> Result<Option<Evidence>, StoreError> {
    tx.one(sql!("mandates/evidence"), params![&id.into_bytes()], |row| {
        let plain = seal::open(tx, "evidence", id.uuid(), row.blob(0)?)?;
        let kept = hash(tx, id, row, (1, 7))?;
        let session =
            row.opt_blob(5)?.map(<[u8; 32]>::try_from).transpose().map_err(|_| corrupt("session"))?;
        let proof = match serde_json::from_slice(&plain).map_err(|_| corrupt("sealed"))? {
            Sealed::Text(text) => Proof::Digital { text, session: session.ok_or(corrupt("session"))? },
            Sealed::Paper { registrar, received_on, pages } => {
                let received_on = received_on.parse().map_err(|_| corrupt("received_on"))?;
                Proof::Paper { scan: kept, registrar, received_on, pages }
            }
        };
        let evidence = Evidence {
            id,
            proof,
            signer: PersonId::from_uuid(row.id(2)?),
            level: Level::from_code(row.text(3)?).ok_or(corrupt("level"))?,
            authenticated_at: Timestamp::from_millis(row.int(4)?),
            at: Timestamp::from_millis(row.int(6)?),
        };
        if evidence.sha256() == kept { Ok(evidence) } else { Err(corrupt("sha256")) }
    })
}
