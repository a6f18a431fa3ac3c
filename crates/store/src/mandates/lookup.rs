//! What authorities asked about mandates and were told, and the keys their proofs are signed with. Each look-up leaves
//! a line of the access log in the same transaction. It refuses to keep a look-up without one.

use super::{opt_id, seal};
use crate::engine::Row;
use crate::error::StoreError;
use crate::sessions::municipality;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access_log::LogLine;
use borgerportal_domain::ids::{ItemId, MandateId, PackageVersionId, PersonId};
use borgerportal_domain::mandates::{Channel, LookUp, LookUpAnswer, Purpose, RightAccess, Subject};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

/// A look-up as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Names the decision, also in the proof.
    pub id: ItemId,
    /// Whose authority asked.
    pub municipality: MunicipalityCode,
    /// The system it asked with.
    pub client: String,
    /// About whom; [`LogLine::NOBODY`] when it was nobody.
    pub giver: PersonId,
    /// What.
    pub question: LookUp,
    /// What for.
    pub purpose: Purpose,
    /// In which case.
    pub case: String,
    /// What was answered.
    pub answer: LookUpAnswer,
    /// When.
    pub at: Timestamp,
    /// What a yes rests on.
    pub ground: Option<Ground>,
}

/// What a yes rests on, and where it is told when that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    /// The mandate.
    pub mandate: MandateId,
    /// The versions that covered the question.
    pub versions: Vec<PackageVersionId>,
    /// Days since 1970: which list.
    pub day: i64,
    /// The place in it.
    pub place: u32,
}

/// Keeps a look-up with its line.
pub fn keep(tx: &Tx<'_>, kept: &Kept, line: LogLine) -> Result<(), StoreError> {
    let (id, giver) = (kept.id.into_bytes(), kept.giver.into_bytes());
    let case = seal::close(tx, "lookup", kept.id.uuid(), kept.case.as_bytes())?;
    let ground = kept.ground.as_ref();
    let mandate = ground.map(|ground| ground.mandate.into_bytes());
    let versions: Option<Vec<u8>> =
        ground.map(|ground| ground.versions.iter().flat_map(|one| one.into_bytes()).collect());
    tx.execute(
        sql!("mandates/keep_lookup"),
        params![
            &id,
            i64::from(kept.municipality.number()),
            &kept.client,
            &giver,
            kept.question.subject.code(),
            kept.question.access.code(),
            kept.question.channel.code(),
            kept.purpose.code(),
            &case,
            kept.answer.code(),
            kept.at.millis(),
            mandate.as_ref(),
            versions.as_ref(),
            ground.map(|ground| ground.day),
            ground.map(|ground| i64::from(ground.place)),
        ],
    )?;
    tx.note(line);
    Ok(())
}

/// Whether a place of a list is taken.
pub fn is_taken(tx: &Tx<'_>, of: MunicipalityCode, day: i64, place: u32) -> Result<bool, StoreError> {
    let values = params![i64::from(of.number()), day, i64::from(place)];
    Ok(tx.one(sql!("mandates/lookup_place"), values, |_| Ok(()))?.is_some())
}

/// The newest look-ups about a giver. Reading them is for the giver alone.
pub fn about(tx: &Tx<'_>, giver: PersonId, most: i64) -> Result<Vec<Kept>, StoreError> {
    tx.all(sql!("mandates/lookups_about"), params![&giver.into_bytes(), most], |row| read(tx, row))
}

/// Deletes look-ups from before this. Their lines of the access log stay. Returns how many.
pub fn sweep(tx: &Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(sql!("mandates/sweep_lookups"), params![before.millis()])
}

/// Those of a list, by place.
pub fn listed(tx: &Tx<'_>, of: MunicipalityCode, day: i64) -> Result<Vec<Kept>, StoreError> {
    tx.all(sql!("mandates/lookups_listed"), params![i64::from(of.number()), day], |row| read(tx, row))
}

pub(crate) fn read(tx: &Tx<'_>, row: &Row<'_>) -> Result<Kept, StoreError> {
    let wrong = |column| StoreError::corrupt("mandate_lookup", column);
    let id = ItemId::from_uuid(row.id(0)?);
    let case = seal::open(tx, "lookup", id.uuid(), row.blob(8)?)?;
    let ground = match opt_id(row, 11)? {
        None => None,
        Some(mandate) => {
            let (versions, rest) = row.opt_blob(12)?.unwrap_or_default().as_chunks::<16>();
            let place = row.opt_int(14)?.and_then(|place| u32::try_from(place).ok());
            if versions.is_empty() || !rest.is_empty() {
                return Err(wrong("versions"));
            }
            Some(Ground {
                mandate: MandateId::from_bytes(mandate),
                versions: versions.iter().map(|one| PackageVersionId::from_bytes(*one)).collect(),
                day: row.opt_int(13)?.ok_or(wrong("day"))?,
                place: place.ok_or(wrong("place"))?,
            })
        }
    };
    Ok(Kept {
        id,
        municipality: municipality(row.int(1)?).ok_or(wrong("municipality"))?,
        client: row.text(2)?.to_owned(),
        giver: PersonId::from_uuid(row.id(3)?),
        question: LookUp {
            subject: Subject::from_code(row.text(4)?).ok_or(wrong("subject"))?,
            access: RightAccess::from_code(row.text(5)?).ok_or(wrong("access"))?,
            channel: Channel::from_code(row.text(6)?).ok_or(wrong("channel"))?,
        },
        purpose: Purpose::from_code(row.text(7)?).ok_or(wrong("purpose"))?,
        case: String::from_utf8(case.to_vec()).map_err(|_| wrong("case_ref"))?,
        answer: LookUpAnswer::from_code(row.text(9)?).ok_or(wrong("answer"))?,
        at: Timestamp::from_millis(row.int(10)?),
        ground,
    })
}

/// A key that proofs are signed with.
pub struct ProofKey {
    /// Its name.
    pub kid: String,
    /// The public half, a JWK as text.
    pub jwk: String,
    /// PKCS#8.
    pub private: Zeroizing<Vec<u8>>,
}

/// Keeps a new key, from which on it signs.
pub fn keep_key(tx: &Tx<'_>, key: &ProofKey) -> Result<(), StoreError> {
    let sealed = seal::close(tx, "proof_key", seal_of(&key.kid)?, &key.private)?;
    tx.execute(sql!("mandates/keep_proof_key"), params![&key.kid, &key.jwk, &sealed, tx.now().millis()])?;
    Ok(())
}

/// Notes that a service was told what somebody may do there for the person of the line: before it is told.
pub fn tell(tx: &Tx<'_>, line: LogLine) {
    tx.note(line);
}

/// All keys, the newest first.
pub fn keys(tx: &Tx<'_>) -> Result<Vec<ProofKey>, StoreError> {
    tx.all(sql!("mandates/proof_keys"), params![], |row| {
        let kid = row.text(0)?.to_owned();
        let private = seal::open(tx, "proof_key", seal_of(&kid)?, row.blob(2)?)?;
        Ok(ProofKey { kid, jwk: row.text(1)?.to_owned(), private })
    })
}

/// A key's name is an id.
fn seal_of(kid: &str) -> Result<Uuid, StoreError> {
    Uuid::try_parse(kid).map_err(|_| StoreError::corrupt("proof_key", "kid"))
}
