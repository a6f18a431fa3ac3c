//! The partners of the demo: broker and custody register as simulators on this machine, and the portal's clients
//! of them. It refuses to listen on anything but this machine.

use super::people::{PEOPLE, Person};
use super::record_systems::{self, RecordSystems};
use super::{listen, parts_tokens, relations};
use anyhow::Context as _;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::news::MailAddress;
use borgerportal_domain::time::Date;
use borgerportal_identity::Secret;
use borgerportal_identity::jws::SigningKey;
use borgerportal_identity::oidc::RelyingParty;
use borgerportal_partners::{
    AddressClient, BrokerClient, ClientAuthentication, CustodyClient, DigitalPostClient, Files, HttpConfig,
    NoScanner, Outgoing, PrintSpool, Security, SmtpAddress, SmtpClient, Trust,
};
use borgerportal_service::news::Ways;
use borgerportal_service::notices::{Pace, Post, Sender};
use borgerportal_service::sessions::Limits;
use borgerportal_service::{App, Clock, Municipalities, Parts, Retention, system_clients};
use borgerportal_simulators::Running;
use borgerportal_simulators::addresses::{self, AddressRecord, Addresses};
use borgerportal_simulators::broker::{self, BrokerConfig, Client, ClientProof, TestPerson};
use borgerportal_simulators::custody::{self, Register};
use borgerportal_simulators::digital_post::{self, PostConfig, Resident};
use borgerportal_simulators::mail::{self, MailServer, Mails};
use borgerportal_simulators::medicine::{self, MedicineConfig, Patient};
use borgerportal_store::Store;
use borgerportal_store::system_clients::Client as System;
use ring::rand::{SecureRandom as _, SystemRandom};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

const CLIENT: &str = "borgerportal-demo";
/// The medicine service, as the vendor's map calls it.
const MEDICINE: &str = "fmk";
/// Messages name https addresses, which this machine does not have: the simulator leads them to the portal.
const LINKS: &str = "https://borgerportal.example";
/// Whom e-mails come from.
const MAIL: &str = "svar-ikke@borgerportal.example";

/// Everything around the portal.
pub struct Stage {
    /// Where people reach the portal.
    pub public_url: Url,
    /// Where the simulated broker is.
    pub broker_url: String,
    /// Where the simulated register is.
    pub custody_url: String,
    /// Where Digital Post's boxes and the letters are shown.
    pub post_url: String,
    /// Where the medicine service is, which asks the portal for mandates.
    pub medicine_url: String,
    /// Where the portal tells what people cancel, write and apply for.
    pub(super) record_systems: RecordSystems,
    medicine_keys: String,
    addresses_url: String,
    mail_server: MailServer,
    running: [Running; 5],
    secret: Secret,
}

impl Stage {
    /// Starts the simulators on the ports after the portal's.
    pub(super) async fn set(port: u16, made_on: Date, clock: &Clock, data: &Path) -> anyhow::Result<Self> {
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
        let clock_of_broker = clock.clone();
        let config = BrokerConfig::new(people, vec![client], Arc::new(move || clock_of_broker.now()));
        let config = BrokerConfig {
            issuer: Some(broker_url.clone()),
            environment: "prod".to_owned(),
            nemlogin: relations::nemlogin(made_on)?,
            hint_logs_in: true,
            ..config
        };
        let broker = broker::serve(listener, config).context("the simulated broker")?;
        let listener = listen(broker.address().port().saturating_add(1)).await?;
        let register = Register::new(relations::register(made_on)?);
        let custody = custody::serve(listener, register).context("the simulated register")?;
        let custody_url = custody.base();
        let listener = listen(custody.address().port().saturating_add(1)).await?;
        let post_url = format!("http://localhost:{}", listener.local_addr()?.port());
        let (mail_server, mails) = mail_server(clock).await?;
        let config = post_office(&public_url, secret.clone(), made_on, clock, data)?;
        let config = PostConfig { mails: Some(mails), ..config };
        let (post_office, _) = digital_post::serve(listener, config).context("the simulated Digital Post")?;
        let listener = listen(post_office.address().port().saturating_add(1)).await?;
        let people = PEOPLE.iter().map(|person| address(person, made_on));
        let people = Addresses::new(people.collect::<anyhow::Result<_>>()?);
        let addresses = addresses::serve(listener, people).context("the simulated register of addresses")?;
        let addresses_url = addresses.base();
        let (medicine, medicine_keys) =
            medicine_service(addresses.address().port(), &public_url, made_on, clock).await?;
        let medicine_url = format!("http://localhost:{}", medicine.address().port());
        let next = medicine.address().port().saturating_add(1);
        let record_systems = record_systems::start(next, &public_url, clock).await?;
        Ok(Self {
            public_url,
            broker_url,
            custody_url,
            post_url,
            medicine_url,
            medicine_keys,
            record_systems,
            addresses_url,
            mail_server,
            running: [broker, custody, post_office, addresses, medicine],
            secret,
        })
    }

    /// Lets the medicine service ask this portal, and record systems answer, with the keys of this start.
    pub(super) async fn introduce(&self, app: &App) -> anyhow::Result<()> {
        let client = System {
            id: MEDICINE.to_owned(),
            municipality: MunicipalityCode::parse("0217").context("Helsingør")?,
            jwks: self.medicine_keys.clone(),
            scopes: Some("mandates.privileges".to_owned()),
        };
        system_clients::register_with(app, client).await.context("the medicine service")?;
        self.record_systems.introduce(app).await
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
            "scopes": ["openid", "mitid", "ssn", "nemlogin"],
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
            scanner: Arc::new(NoScanner),
            tokens,
            token_audience,
            limits: Limits::default(),
            retention: Retention::default(),
        }))
    }

    /// The way out: the simulated Digital Post, and letters in this folder.
    pub(super) fn post(&self, letters: &Path) -> anyhow::Result<Post> {
        let outgoing = Outgoing::new(&HttpConfig::for_this_machine())?;
        let base = Url::parse(&self.post_url)?.join(digital_post::BASE)?;
        let register = Url::parse(&self.addresses_url)?.join(addresses::PATH)?;
        Ok(Post {
            digital: Arc::new(DigitalPostClient::new(outgoing.clone(), base, self.secret.clone())),
            addresses: Arc::new(AddressClient::new(outgoing, register)),
            print: PrintSpool::in_folder(letters).context("the demo's letters")?,
            sender: Sender {
                cvr: "90000001".to_owned(),
                name: "Borgerportalens demo".to_owned(),
                address: vec!["Fuldmagter".to_owned(), "Demovej 1".to_owned(), "3000 Helsingør".to_owned()],
                phone: "70 20 00 00".to_owned(),
            },
            links: Url::parse(LINKS)?,
            pace: Pace { receipts: Duration::from_secs(3), ..Pace::default() },
        })
    }

    /// The ways of news: the mail server of this machine, and the same Digital Post.
    pub(super) fn news(&self, post: &Post) -> anyhow::Result<Ways> {
        let server = SmtpAddress {
            host: "127.0.0.1".to_owned(),
            port: self.mail_server.address().port(),
            security: Security::None,
            user: None,
            from: ("Borgerportalens demo".to_owned(), MailAddress::parse(MAIL).context("the sender")?),
        };
        let client = SmtpClient::new(server, &Trust::Only(Vec::new()), Duration::from_secs(5))?;
        Ok(Ways {
            mail: Some(Arc::new(client)),
            sms: Some((Arc::clone(&post.digital), post.sender.clone())),
            portal: self.public_url.clone(),
        })
    }

    /// Stops the simulators.
    pub(super) async fn strike(self) {
        for simulator in self.running.into_iter().chain([self.record_systems.running]) {
            if let Err(error) = simulator.stop().await {
                tracing::warn!(%error, "a simulator did not stop in order");
            }
        }
    }
}

/// A mail server, and what came there. Nobody needs to know its port.
async fn mail_server(clock: &Clock) -> anyhow::Result<(MailServer, Mails)> {
    let listener = listen(0).await?;
    let clock = clock.clone();
    mail::serve(listener, Arc::new(move || clock.now())).context("the simulated mail server")
}

/// The service, and its public keys.
async fn medicine_service(
    last_port: u16,
    portal: &Url,
    made_on: Date,
    clock: &Clock,
) -> anyhow::Result<(Running, String)> {
    let listener = listen(last_port.saturating_add(1)).await?;
    let key = SigningKey::generate(MEDICINE, &SystemRandom::new())
        .map_err(|_| anyhow::anyhow!("no key for the medicine service"))?;
    let keys = serde_json::json!({ "keys": [key.public_jwk()] }).to_string();
    let adults = PEOPLE.iter().filter(|person| person.age() >= 15 && person.dead_days.is_none());
    let patient = |person: &Person| Ok(Patient { cpr: person.cpr(made_on)?, name: person.name() });
    let clock = clock.clone();
    let config = MedicineConfig {
        people: adults.map(patient).collect::<anyhow::Result<_>>()?,
        client_id: MEDICINE.to_owned(),
        key,
        portal: portal.clone(),
        clock: Arc::new(move || clock.now()),
    };
    Ok((medicine::serve(listener, config).context("the simulated medicine service")?, keys))
}

/// Boxes of everybody who may have one: from 15 years, alive, and not the one who lives without.
fn post_office(
    portal: &Url,
    system: Secret,
    made_on: Date,
    clock: &Clock,
    data: &Path,
) -> anyhow::Result<PostConfig> {
    let people = PEOPLE.iter().filter(|person| person.age() >= 15 && person.dead_days.is_none());
    let resident = |person: &Person| {
        let enrolled = !WITHOUT_DIGITAL_POST.contains(&person.key);
        Ok(Resident { cpr: person.cpr(made_on)?, name: person.name(), enrolled })
    };
    let people = people.map(resident).collect::<anyhow::Result<Vec<_>>>()?;
    let clock = clock.clone();
    let config = PostConfig::new(people, system, Arc::new(move || clock.now()));
    let portal = portal.as_str().trim_end_matches('/').to_owned();
    Ok(PostConfig {
        letters: Some(data.join("letters")),
        keep: Some(data.join("digital-post")),
        links: Some((LINKS.to_owned(), portal)),
        ..config
    })
}

/// Exempt from Digital Post: everything comes by letter.
const WITHOUT_DIGITAL_POST: &[&str] = &["kaj"];

fn address(person: &Person, made_on: Date) -> anyhow::Result<AddressRecord> {
    Ok(AddressRecord {
        cpr: person.cpr(made_on)?,
        name: person.name(),
        dead: person.dead_days.is_some(),
        street: format!("Demovej {}", person.serial.trim_start_matches('0')),
        postal_code: "3000".to_owned(),
        town: "Helsingør".to_owned(),
    })
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
