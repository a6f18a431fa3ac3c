//! Nothing twice: each write leaves its id and its answer in the same transaction as its effects, and an id
//! that is known is answered from there.

use crate::error::{Conflict, StoreError};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::ErrandId;
use borgerportal_domain::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Runs `errand` unless its id is known; remembers the answer.
pub(crate) fn once<T, E>(tx: &Tx<'_>, id: ErrandId, errand: &dyn Fn(&Tx<'_>) -> Result<T, E>) -> Result<T, E>
where
    T: Serialize + DeserializeOwned,
    E: From<StoreError>,
{
    let bytes = *id.uuid().as_bytes();
    let known = tx.one(sql!("errands/answer"), params![&bytes], |row| Ok(row.blob(0)?.to_vec()))?;
    if let Some(answer) = known {
        let answer = serde_json::from_slice(&answer).map_err(|_| StoreError::corrupt("errand", "answer"));
        return answer.map_err(E::from);
    }
    let answer = errand(tx)?;
    let text = serde_json::to_vec(&answer).map_err(|_| StoreError::corrupt("errand", "answer"))?;
    let kept = tx.execute(sql!("errands/remember"), params![&bytes, tx.now().millis(), &text]);
    // The same errand at the same time on another connection: run again, it will find the other's answer.
    if matches!(kept, Err(StoreError::Conflict(Conflict::Taken))) {
        return Err(E::from(StoreError::Conflict(Conflict::Busy)));
    }
    kept?;
    Ok(answer)
}

/// Forgets answers older than `before`: nobody repeats a form after that. Returns how many.
pub fn forget(tx: &Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(sql!("errands/forget"), params![before.millis()])
}
