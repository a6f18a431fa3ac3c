//! Mandates as tests and generators make them, past the rules: without a catalogue, and in any state. The operator's
//! program has none of it.

use super::{Columns, ItemRow, add_item, chain, corrupt, kept};
use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access::MandateFact;
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::Status;

/// Keeps a mandate whose items come from no catalogue, as tests and generators make them.
pub fn sign(tx: &Tx<'_>, mandate: &MandateFact, supersedes: Option<MandateId>) -> Result<(), StoreError> {
    let (id, giver, holder) =
        (mandate.id.into_bytes(), mandate.giver.into_bytes(), mandate.holder.into_bytes());
    let older = supersedes.map(MandateId::into_bytes);
    let nothing = None::<&str>;
    tx.execute(
        sql!("mandates/sign"),
        params![
            &id,
            &giver,
            &holder,
            mandate.origin.code(),
            tx.now().millis(),
            older.as_ref(),
            nothing,
            nothing,
            None::<&[u8]>,
            None::<&[u8]>,
            None::<&[u8]>,
            None::<&[u8]>,
        ],
    )?;
    for (number, item) in (0_i64..).zip(&mandate.items) {
        let row = ItemRow {
            parties: (&holder, &giver),
            place: (&id, number),
            origin: mandate.origin,
            validity: mandate.validity,
            package: None,
        };
        add_item(tx, &row, item)?;
    }
    match kept::load(tx, mandate.id)? {
        Some(kept) => kept::chain_begins(tx, &kept),
        None => Err(corrupt("mandate")),
    }
}

/// Gives every item of a mandate that is not over this status, past the rules and as tests do it. Returns how
/// many changed.
pub fn set_status(
    tx: &Tx<'_>,
    mandate: MandateId,
    status: &Status,
    actor: PersonId,
) -> Result<u64, StoreError> {
    let columns = Columns::of(status);
    let changed = tx.execute(
        sql!("mandates/set_status"),
        params![
            &mandate.into_bytes(),
            status.code(),
            columns.at,
            columns.reason,
            columns.review_by,
            columns.successor_from,
        ],
    )?;
    if changed > 0 {
        chain::append(tx, mandate.into_bytes(), (status.code(), actor), None, "")?;
    }
    Ok(changed)
}
