//! The partners of the demo: broker and custody register as simulators on this machine, and the portal's clients
//! of them. It refuses to listen on anything but this machine.

use super::people::{PEOPLE, Person};
use super::{listen, parts_tokens, relations};
use anyhow::Context as _;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::time::Date;
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::RelyingParty;
use borgerportal_partners::{BrokerClient, ClientAuthentication, CustodyClient, Files, HttpConfig, Outgoing};
use borgerportal_service::sessions::Limits;
use borgerportal_service::{App, Clock, Municipalities, Parts};
use borgerportal_simulators::Running;
use borgerportal_simulators::broker::{self, BrokerConfig, Client, ClientProof, TestPerson};
use borgerportal_simulators::custody::{self, Register};
use borgerportal_store::Store;
use ring::rand::{SecureRandom as _, SystemRandom};
use std::path::Path;
use std::sync::Arc;
use url::Url;

const CLIENT: &str = "borgerportal-demo";

/// Everything around the portal.
pub struct Stage {
    /// Where people reach the portal.
    pub public_url: Url,
    /// Where the simulated broker is.
    pub broker_url: String,
    /// Where the simulated register is.
    pub custody_url: String,
    broker: Running,
    custody: Running,
    secret: Secret,
}

impl Stage {
    /// Starts the simulators on the ports after the portal's.
    pub(super) async fn set(port: u16, made_on: Date, clock: &Clock) -> anyhow::Result<Self> {
        let public_url = Url::parse(&format!("http://localhost:{port}"))?;
        let listener = listen(port.saturating_add(1)).await?;
        let broker_url = format!("http://localhost:{}", listener.local_addr()?.port());
        let secret = secret()?;
        let client = Client {
            id: CLIENT.to_owned(),
            name: "Borgerportal (demo)".to_owned(),
            redirect_uris: vec![public_url.join("/log-paa/svar")?.into()],
            post_logout_redirect_uris: vec![public_url.join("/log-af")?.into()],
            proof: ClientProof::Secret(secret.clone()),
        };
        let with_mitid = PEOPLE.iter().filter(|person| !person.log_in.is_empty());
        let people =
            with_mitid.map(|person| test_person(person, made_on)).collect::<anyhow::Result<Vec<_>>>()?;
        let clock = clock.clone();
        let config = BrokerConfig::new(people, vec![client], Arc::new(move || clock.now()));
        let config = BrokerConfig {
            issuer: Some(broker_url.clone()),
            environment: "prod".to_owned(),
            hint_logs_in: true,
            ..config
        };
        let broker = broker::serve(listener, config).context("the simulated broker")?;
        let listener = listen(broker.address().port().saturating_add(1)).await?;
        let register = Register::new(relations::register(made_on)?);
        let custody = custody::serve(listener, register).context("the simulated register")?;
        let custody_url = custody.base();
        Ok(Self { public_url, broker_url, custody_url, broker, custody, secret })
    }

    /// The portal before these partners, on this store, with this clock.
    pub(super) fn app(
        &self,
        store: Store,
        files: &Path,
        clock: Clock,
        municipalities: Municipalities,
    ) -> anyhow::Result<App> {
        let outgoing = Outgoing::new(&HttpConfig::for_this_machine())?;
        let party: RelyingParty = serde_json::from_value(serde_json::json!({
            "issuer": self.broker_url,
            "client_id": CLIENT,
            "redirect_uri": self.public_url.join("/log-paa/svar")?,
            "post_logout_redirect_uri": self.public_url.join("/log-af")?,
        }))?;
        let proof = ClientAuthentication::Secret(self.secret.clone());
        let register = Url::parse(&format!("{}{}", self.custody_url, custody::PATH))?;
        let (tokens, token_audience) = parts_tokens(&store, &self.public_url)?;
        Ok(App::new(Parts {
            store,
            files: Files::in_folder(files).context("the demo's files")?,
            clock,
            municipalities: Arc::new(municipalities),
            broker: Arc::new(BrokerClient::new(outgoing.clone(), party, proof)),
            custody: Arc::new(CustodyClient::new(outgoing, register)),
            tokens,
            token_audience,
            limits: Limits::default(),
        }))
    }

    /// Stops the simulators.
    pub(super) async fn strike(self) {
        for simulator in [self.broker, self.custody] {
            if let Err(error) = simulator.stop().await {
                tracing::warn!(%error, "a simulator did not stop in order");
            }
        }
    }
}

fn secret() -> anyhow::Result<Secret> {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| anyhow::anyhow!("no randomness"))?;
    Ok(Secret::new(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
}

fn test_person(person: &Person, made_on: Date) -> anyhow::Result<TestPerson> {
    Ok(TestPerson {
        cpr: person.cpr(made_on)?,
        name: person.name(),
        birth_on: person.birth_on(made_on),
        uuid: person.uuid(),
        level: person.level,
        about_da: person.about_da.to_owned(),
        about_en: format!("{}. {}.", person.log_in, person.try_this.replace('`', "")),
    })
}
