//! Seals of this room: each value is bound to its table and its row.

use crate::error::StoreError;
use crate::tx::Tx;
use uuid::Uuid;
use zeroize::Zeroizing;

fn place(table: &str, id: Uuid) -> Vec<u8> {
    [table.as_bytes(), b" ", id.as_bytes()].concat()
}

pub(super) fn close(tx: &Tx<'_>, table: &str, id: Uuid, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
    tx.keys().seal_person(&place(table, id), tx.nonce(), plain)
}

pub(super) fn open(
    tx: &Tx<'_>,
    table: &'static str,
    id: Uuid,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    tx.keys().open_person(&place(table, id), sealed).map_err(|_| StoreError::corrupt(table, "sealed"))
}
