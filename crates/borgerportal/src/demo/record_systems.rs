//! The demo's record systems: one simulator for all municipalities, which takes what it is told, accepts it by
//! itself and answers by the portal's FHIR door. It refuses to be known to anybody but this start's portal.

use super::{MUNICIPALITIES, listen};
use anyhow::Context as _;
use borgerportal_domain::municipality::{MunicipalityCode, Settings};
use borgerportal_identity::jws::{KeySet, SigningKey};
use borgerportal_partners::{HttpConfig, Outgoing, RecordSystemAddress, RecordSystemClient};
use borgerportal_service::outgoing::Way;
use borgerportal_service::{App, Clock, system_clients};
use borgerportal_simulators::Running;
use borgerportal_simulators::record_system::{self, Door, RecordSystemConfig};
use ring::rand::SystemRandom;
use std::sync::Arc;
use url::Url;

/// Our name there.
const CLIENT: &str = "borgerportal-demo";

/// The simulator, and what the portal needs of it.
pub(super) struct RecordSystems {
    /// To be stopped with the others.
    pub(super) running: Running,
    /// The ways there.
    pub(super) ways: Vec<Way>,
    /// The keys with which it answers.
    jwks: String,
}

/// The municipalities of the demo.
fn municipalities() -> anyhow::Result<Vec<MunicipalityCode>> {
    let code = |(name, text): &(&str, &str)| {
        Settings::from_toml(text).map(|settings| settings.municipality).with_context(|| (*name).to_owned())
    };
    MUNICIPALITIES.iter().map(code).collect()
}

fn jwks(key: &SigningKey) -> String {
    serde_json::json!({ "keys": [key.public_jwk()] }).to_string()
}

/// Starts the simulator on the first free port from this one.
pub(super) async fn start(port: u16, portal: &Url, clock: &Clock) -> anyhow::Result<RecordSystems> {
    let random = SystemRandom::new();
    let no_key = |_| anyhow::anyhow!("no key for the record systems");
    let (ours, theirs) =
        (SigningKey::generate_pkcs8(&random).map_err(no_key)?, SigningKey::generate("rs", &random));
    let (theirs, own) = (theirs.map_err(no_key)?, || SigningKey::from_pkcs8("portal", &ours, &random));
    let keys = jwks(&own().map_err(no_key)?);
    let answering = jwks(&theirs);
    let (listener, clock) = (listen(port).await?, clock.clone());
    let config = RecordSystemConfig {
        client: (CLIENT.to_owned(), KeySet::parse(keys.as_bytes()).context("the portal's keys")?),
        token_audience: None,
        clock: Arc::new(move || clock.now()),
        door: Some(Door { portal: portal.clone(), key: theirs }),
    };
    let (running, _) = record_system::serve(listener, config).context("the simulated record systems")?;
    let outgoing = Outgoing::new(&HttpConfig::for_this_machine())?;
    let mut ways = Vec::new();
    for municipality in municipalities()? {
        let address = RecordSystemAddress {
            base: Url::parse(&format!(
                "{}{}",
                running.base(),
                record_system::base(&municipality.to_string())
            ))?,
            token: Url::parse(&format!("{}{}", running.base(), record_system::TOKEN))?,
            client_id: CLIENT.to_owned(),
            scope: "system/*.c".to_owned(),
        };
        let client = RecordSystemClient::new(outgoing.clone(), address, own().map_err(no_key)?);
        ways.push(Way { municipality, system: Arc::new(client) });
    }
    Ok(RecordSystems { running, ways, jwks: answering })
}

impl RecordSystems {
    /// Lets each municipality's record system answer by this portal's door, with the key of this start.
    pub(super) async fn introduce(&self, app: &App) -> anyhow::Result<()> {
        for way in &self.ways {
            let id = record_system::client_id(&way.municipality.to_string());
            system_clients::register(app, id, way.municipality, self.jwks.clone())
                .await
                .context("a record system")?;
        }
        Ok(())
    }
}
