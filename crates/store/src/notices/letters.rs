//! Letters in the print spool. Each carries a random code on its return page; here it is found again by a keyed
//! hash of that code, so that a signed page leads to its request without a CPR number on it.

use crate::error::StoreError;
use crate::keys::to_hex;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{MandateId, NoticeId, RequestId};
use borgerportal_domain::notices::{Cause, NoticeKind};
use borgerportal_domain::time::Timestamp;

/// What is known of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The message.
    pub id: NoticeId,
    /// What it tells or asks.
    pub kind: NoticeKind,
    /// What it is about.
    pub cause: Cause,
    /// Pages that went out: all of them shall come back.
    pub pages: i64,
    /// Of the PDF, in hexadecimal.
    pub sha256: String,
    /// When it was handed to print.
    pub spooled_at: Timestamp,
}

/// Letters and digits that are not mistaken for each other, also on a bad copy: 32 of them.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Twelve signs, sixty bits.
pub(super) fn code(random: [u8; 16]) -> String {
    let signs = random.iter().take(12).map(|byte| SIGNS.get(usize::from(byte % 32)).copied().unwrap_or(b'2'));
    signs.map(char::from).collect()
}

/// As typed by a person at a desk: spaces, hyphens and small letters do not matter.
fn plain(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|sign| sign.to_ascii_uppercase()).collect()
}

/// Keeps what was handed to print. The first word of a letter stands.
pub fn keep_letter(
    tx: &Tx<'_>,
    id: NoticeId,
    code: &str,
    pages: i64,
    sha256: &[u8; 32],
) -> Result<(), StoreError> {
    let hash = tx.keys().keyed_hash(b"letter", plain(code).as_bytes());
    tx.execute(
        sql!("notices/keep_letter"),
        params![&id.into_bytes(), &hash, pages, sha256, tx.now().millis()],
    )?;
    Ok(())
}

/// The letter with this code on its return page.
pub fn letter_by_code(tx: &Tx<'_>, code: &str) -> Result<Option<Letter>, StoreError> {
    let hash = tx.keys().keyed_hash(b"letter", plain(code).as_bytes());
    let corrupt = || StoreError::corrupt("notice", "cause");
    tx.one(sql!("notices/letter"), params![&hash], |row| {
        let id = |column: usize| {
            let bytes = row.opt_blob(column)?.map(|bytes| bytes.try_into().map_err(|_| corrupt()));
            bytes.transpose()
        };
        Ok(Letter {
            id: NoticeId::from_uuid(row.id(0)?),
            cause: Cause {
                request: id(1)?.map(RequestId::from_bytes),
                mandate: id(2)?.map(MandateId::from_bytes),
            },
            kind: NoticeKind::from_code(row.text(6)?).ok_or(StoreError::corrupt("notice", "kind"))?,
            pages: row.int(3)?,
            sha256: to_hex(row.blob(4)?),
            spooled_at: Timestamp::from_millis(row.int(5)?),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        assert_eq!(plain("k7mp-2x9q-r4tv"), "K7MP2X9QR4TV");
        assert_eq!(plain(" K7MP 2X9Q\tR4TV\n"), "K7MP2X9QR4TV");
    }

    proptest! {
        #[test]
        fn a_code_has_twelve_signs_that_are_not_mistaken(random: [u8; 16]) {
            let code = code(random);
            prop_assert_eq!(code.len(), 12);
            prop_assert!(!code.contains(['0', '1', 'O', 'I']));
            prop_assert_eq!(plain(&code), code);
        }
    }
}
