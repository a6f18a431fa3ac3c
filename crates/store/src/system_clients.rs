//! Systems that may deliver, or ask about mandates: each bound to one municipality. Assertions are used once.

use crate::error::StoreError;
use crate::sessions::municipality;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;

/// A registered client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Its client id.
    pub id: String,
    /// The one municipality it delivers for.
    pub municipality: MunicipalityCode,
    /// Its public keys, a JWK set as text.
    pub jwks: String,
    /// What it may, as written on the wire; nothing said means to deliver.
    pub scopes: Option<String>,
}

/// Registers a client, or changes its keys; what it may stays as it is where nothing is said of it.
pub fn register(tx: &Tx<'_>, client: &Client) -> Result<(), StoreError> {
    let number = i64::from(client.municipality.number());
    tx.execute(
        sql!("system_clients/register"),
        params![&client.id, number, &client.jwks, tx.now().millis(), client.scopes.as_ref()],
    )?;
    Ok(())
}

/// A client by its id.
pub fn client(tx: &Tx<'_>, id: &str) -> Result<Option<Client>, StoreError> {
    tx.one(sql!("system_clients/client"), params![id], |row| {
        Ok(Client {
            id: row.text(0)?.to_owned(),
            municipality: municipality(row.int(1)?)
                .ok_or(StoreError::corrupt("system_client", "municipality"))?,
            jwks: row.text(2)?.to_owned(),
            scopes: row.opt_text(3)?.map(str::to_owned),
        })
    })
}

/// Uses an assertion up. False if it was used before.
pub fn use_assertion(tx: &Tx<'_>, client: &str, jti: &str, ends_at: Timestamp) -> Result<bool, StoreError> {
    let hash = tx.keys().keyed_hash(b"jti", jti.as_bytes());
    Ok(tx.execute(sql!("system_clients/use_assertion"), params![client, &hash, ends_at.millis()])? == 1)
}

/// Deletes what has ended. Returns how many rows.
pub fn sweep(tx: &Tx<'_>) -> Result<u64, StoreError> {
    tx.execute(sql!("system_clients/sweep_assertions"), params![tx.now().millis()])
}
