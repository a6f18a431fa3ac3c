//! What the record holds of everything a sender has told of, opened: for comparing with what it should hold.
//! No room reads like this; only tests do.

use crate::error::StoreError;
use crate::keys::Aads;
use crate::record::{column, open_known};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{ItemId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;

/// One thing a sender has told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Resource type.
    pub kind: String,
    /// Its id at the sender.
    pub id: String,
    /// Version as one number.
    pub at: i64,
    /// Strength at equal version.
    pub rank: i64,
    /// Our id.
    pub item: ItemId,
    /// Whose it is.
    pub citizen: PersonId,
    /// Room, place in lists and what may be shown of it; nothing when nobody may see it.
    pub shown: Option<(String, i64, Vec<u8>)>,
}

/// Everything this sender has told of in a municipality, by type and id.
pub fn kept(tx: &Tx<'_>, municipality: MunicipalityCode, sender: &str) -> Result<Vec<Kept>, StoreError> {
    let number = i64::from(municipality.number());
    tx.all(sql!("testing/kept"), params![number, sender], |row| {
        let (item, citizen) = (ItemId::from_uuid(row.id(4)?), PersonId::from_uuid(row.id(5)?));
        let shown = match row.opt_blob(9)? {
            None => None,
            Some(sealed) => {
                let writing = open_known(tx, municipality, citizen)?
                    .ok_or(StoreError::corrupt("record_source", "citizen"))?;
                let (owner, id) = (citizen.into_bytes(), item.into_bytes());
                let aad = Aads::new(number, &owner, &id, column::BODY, row.int(8)?);
                let plain = writing.key.open(&aad, sealed);
                let plain = plain.ok_or(StoreError::corrupt("record_body", "body"))?.to_vec();
                Some((row.text(6)?.to_owned(), row.int(7)?, plain))
            }
        };
        Ok(Kept {
            kind: row.text(0)?.to_owned(),
            id: row.text(1)?.to_owned(),
            at: row.int(2)?,
            rank: row.int(3)?,
            item,
            citizen,
            shown,
        })
    })
}

impl super::TestStore {
    /// Everything sealed in the record, opened, whatever table it lies in: for looking for copies of what must
    /// not be kept.
    pub async fn everything_opened(&self) -> Vec<String> {
        let opened: Result<_, StoreError> = self.read(super::NOW, everything).await;
        opened.expect("open everything")
    }
}

fn everything(tx: &Tx<'_>) -> Result<Vec<String>, StoreError> {
    let mut texts = Vec::new();
    for (statement, column) in [
        (sql!("testing/bodies"), column::BODY),
        (sql!("testing/history"), column::BODY),
        (sql!("testing/heads"), column::HEAD),
        (sql!("testing/search"), column::WORDS),
        (sql!("testing/originals"), column::ORIGINAL),
    ] {
        tx.each(statement, &[], |row| {
            let (number, citizen) = (row.int(0)?, PersonId::from_uuid(row.id(1)?));
            let municipality = crate::sessions::municipality(number);
            let corrupt = || StoreError::corrupt(statement.name(), "sealed");
            let writing = open_known(tx, municipality.ok_or_else(corrupt)?, citizen)?.ok_or_else(corrupt)?;
            let id = row.id(2)?;
            let aad = Aads::new(number, &citizen.into_bytes(), id.as_bytes(), column, row.int(3)?);
            let plain = writing.key.open(&aad, row.blob(4)?).ok_or_else(corrupt)?;
            texts.push(String::from_utf8_lossy(&plain).into_owned());
            Ok(())
        })?;
    }
    Ok(texts)
}
