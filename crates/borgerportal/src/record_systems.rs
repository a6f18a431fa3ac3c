//! The ways to the record systems of an installation, put together from its configuration. It refuses a key that
//! cannot sign.

use crate::config::{Config, secrets};
use crate::installation;
use borgerportal_partners::{Outgoing, RecordSystemAddress, RecordSystemClient};
use borgerportal_service::outgoing::Way;
use std::sync::Arc;

/// One for each municipality that has said where its record system is.
pub fn open(config: &Config) -> anyhow::Result<Vec<Way>> {
    if config.record_system.is_empty() {
        return Ok(Vec::new());
    }
    let outgoing = Outgoing::new(&installation::http(config)?)?;
    let mut ways = Vec::new();
    for one in &config.record_system {
        let key = secrets::signing_key(&one.private_key_file, &one.private_key_id)?;
        let address = RecordSystemAddress {
            base: one.address.clone(),
            token: one.token_address.clone(),
            client_id: one.client_id.clone(),
            scope: one.scope.clone(),
        };
        let client = RecordSystemClient::new(outgoing.clone(), address, key);
        ways.push(Way { municipality: one.municipality, system: Arc::new(client) });
    }
    Ok(ways)
}
