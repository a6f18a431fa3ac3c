//! An installation put together from its configuration: store, files, keys, partners, municipalities. It
//! refuses to start on a database that is behind: `migrate` is a step of its own.

use crate::config::{Config, ConfigError, secrets};
use crate::{key_file, municipal};
use anyhow::{Context as _, bail};
use borgerportal_domain::time::Timestamp;
use borgerportal_identity::system_clients::AccessTokens;
use borgerportal_partners::{
    BrokerClient, ClamAv, CustodyClient, Files, HttpConfig, NoScanner, Outgoing, Trust, VirusScanner,
};
use borgerportal_service::sessions::Limits;
use borgerportal_service::{App, Clock, Parts};
use borgerportal_store::{Options, Store, waiting_migrations};
use borgerportal_web::Site;
use std::sync::Arc;
use url::Url;

/// Where record systems ask for a token.
const TOKEN_PATH: &str = "/oauth/token";

/// Puts it together. Not inside an async runtime: engines connect on threads of their own.
pub fn open(config: &Config) -> anyhow::Result<App> {
    let store = open_store(config)?;
    let outgoing = Outgoing::new(&http(config)?)?;
    let authentication = secrets::client_authentication(&config.login)?;
    let broker = BrokerClient::new(outgoing.clone(), config.login.provider.clone(), authentication);
    let custody = CustodyClient::new(outgoing, config.custody.address.clone());
    let files =
        Files::in_folder(&config.files.folder).with_context(|| config.files.folder.display().to_string())?;
    Ok(App::new(Parts {
        tokens: tokens(&store)?,
        store,
        files,
        clock: Clock::system(),
        municipalities: Arc::new(municipal::read(&config.municipalities.folder)?),
        broker: Arc::new(broker),
        custody: Arc::new(custody),
        scanner: scanner(config),
        token_audience: token_audience(&config.server.public_url)?,
        limits: limits(config),
        retention: config.retention.days(),
    }))
}

/// Who looks at files before they are kept.
fn scanner(config: &Config) -> Arc<dyn VirusScanner> {
    match config.files.scanner {
        Some(address) => Arc::new(ClamAv::new(address)),
        None => Arc::new(NoScanner),
    }
}

/// The store alone, up to date.
pub fn open_store(config: &Config) -> anyhow::Result<Store> {
    let location = secrets::location(&config.store)?;
    let waiting = waiting_migrations(&location).context("the database")?;
    if !waiting.is_empty() {
        bail!("the database is behind ({}): run `borgerportal migrate` first", waiting.join(", "));
    }
    let keys = key_file::read(&config.keys.file)?;
    let options = Options { location, threads: config.store.threads, node: config.store.node.clone() };
    Store::open(&options, keys).context("the database")
}

/// Keys of record systems' tokens: the same on every node with the same key file.
pub(crate) fn tokens(store: &Store) -> anyhow::Result<AccessTokens> {
    AccessTokens::new(&[store.keys().derived(b"access tokens 1")]).context("no key for access tokens")
}

/// The address of the token endpoint, as record systems are told it.
pub(crate) fn token_audience(public: &Url) -> anyhow::Result<String> {
    Ok(public.join(TOKEN_PATH).context("public_url")?.into())
}

fn limits(config: &Config) -> Limits {
    Limits {
        idle_min: config.session.idle_minutes,
        absolute_min: config.session.absolute_minutes,
        warn_min: config.session.warn_minutes,
    }
}

/// How partners are called.
pub(crate) fn http(config: &Config) -> Result<HttpConfig, ConfigError> {
    let outgoing = &config.outgoing;
    let trust = match &outgoing.authorities_file {
        None => Trust::System,
        Some(file) => Trust::Only(vec![
            std::fs::read_to_string(file)
                .map_err(|error| ConfigError::whole(file, format!("cannot be read: {}", error.kind())))?,
        ]),
    };
    Ok(HttpConfig {
        connect_ms: outgoing.connect_ms,
        answer_ms: outgoing.answer_ms,
        loopback_http: outgoing.loopback_http,
        proxy: outgoing.proxy.clone(),
        trust,
        ..HttpConfig::default()
    })
}

/// What the pages say of the site.
#[must_use]
pub fn site(config: &Config) -> Site {
    let support = &config.support;
    Site {
        public_url: config.server.public_url.clone(),
        support_phone: support.phone.clone(),
        support_hours_da: support.hours_da.clone(),
        support_hours_en: support.hours_en.clone(),
        fmk_url: support.fmk_url.to_string(),
        owner: support.owner.clone(),
        mail: support.mail.clone(),
        dpo_mail: support.dpo_mail.clone(),
        news_by: crate::news::channels(config),
        trusted_proxies: config.server.proxies.clone(),
        deliveries_a_minute: config.server.deliveries_a_minute,
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// Now, for steps outside an installation.
#[must_use]
pub fn now() -> Timestamp {
    Clock::system().now()
}
