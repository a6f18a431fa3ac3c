//! What a sender delivered under which key, so that the same delivery gets the same answer and another one
//! under the same key is refused.

use crate::error::StoreError;
use crate::keys::sha256;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::municipality::MunicipalityCode;

/// What is known of a delivery key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// Never seen.
    New,
    /// Seen with these very bytes; this was answered.
    Same(String),
    /// Seen with other bytes.
    Other,
}

/// Looks a delivery key up.
pub fn known(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    sender: &str,
    key: &str,
    content: &[u8; 32],
) -> Result<Known, StoreError> {
    let number = i64::from(municipality.number());
    let key = sha256(key.as_bytes());
    let content = tx.keys().keyed_hash(b"delivery", content);
    let found = tx.one(sql!("record/delivery"), params![number, sender, &key], |row| {
        Ok((row.blob(0)? == content, row.text(1)?.to_owned()))
    })?;
    Ok(match found {
        None => Known::New,
        Some((true, answer)) => Known::Same(answer),
        Some((false, _)) => Known::Other,
    })
}

/// Remembers what was answered.
pub fn remember(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    sender: &str,
    key: &str,
    (content, answer): (&[u8; 32], &str),
) -> Result<(), StoreError> {
    let number = i64::from(municipality.number());
    let key = sha256(key.as_bytes());
    let content = tx.keys().keyed_hash(b"delivery", content);
    let values = params![number, sender, &key, &content, answer, tx.now().millis()];
    tx.execute(sql!("record/keep_delivery"), values)?;
    Ok(())
}
