//! Custody as the register told it, kept for minutes. The register is asked outside any transaction; the
//! answer replaces all that was known of this holder, so that a child who is gone from it is gone here.

use crate::error::StoreError;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access::CustodyFact;
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::time::{Date, Timestamp};

/// Replaces what is known of this holder's custody.
pub fn replace(tx: &Tx<'_>, holder: PersonId, children: &[CustodyFact]) -> Result<(), StoreError> {
    tx.execute(sql!("custody/forget"), params![&holder.into_bytes()])?;
    for fact in children {
        let from = fact.from.map(|date| date.to_string());
        let last_day = fact.last_day.map(|date| date.to_string());
        tx.execute(
            sql!("custody/keep"),
            params![
                &holder.into_bytes(),
                &fact.child.into_bytes(),
                from.as_ref(),
                last_day.as_ref(),
                fact.withheld,
                fact.asked_at.millis(),
            ],
        )?;
    }
    Ok(())
}

/// The children of a holder, as last told.
pub fn of(tx: &Tx<'_>, holder: PersonId) -> Result<Vec<CustodyFact>, StoreError> {
    tx.all(sql!("custody/of"), params![&holder.into_bytes()], |row| {
        Ok(CustodyFact {
            holder,
            child: PersonId::from_uuid(row.id(0)?),
            from: row.opt_text(1)?.map(date).transpose()?,
            last_day: row.opt_text(2)?.map(date).transpose()?,
            withheld: row.flag(3)?,
            asked_at: Timestamp::from_millis(row.int(4)?),
        })
    })
}

/// A date column of a register row.
pub(crate) fn date(text: &str) -> Result<Date, StoreError> {
    text.parse().map_err(|_| StoreError::corrupt("custody", "date"))
}
