//! The operator's one file. Every key is explained in `config.example.toml`; a key nobody knows stops the
//! start with its line and a hint. It refuses to hold a secret: secrets lie in files of their own, or come
//! in the environment, and the file only names them.

mod mail;
mod post;
mod read;
mod record_systems;
mod retention;
pub mod secrets;
#[cfg(test)]
mod tests;

pub use mail::Mail;
pub use post::{DigitalPost, Print};
pub use read::{ConfigError, read};
pub use record_systems::RecordSystem;
pub use retention::Retention;

use borgerportal_identity::oidc::RelyingParty;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use url::Url;

/// The whole file. Paths in it are relative to the file itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where people come in.
    pub server: Server,
    /// Whom people can turn to.
    pub support: Support,
    /// The database.
    pub store: Store,
    /// The key ring.
    pub keys: Keys,
    /// Contents of documents' files.
    pub files: Files,
    /// What the municipalities have decided.
    pub municipalities: Municipalities,
    /// The log-in.
    pub login: Login,
    /// The register of custody.
    pub custody: Custody,
    /// Digital Post; without it notices wait.
    pub digital_post: Option<DigitalPost>,
    /// Letters; belongs to Digital Post.
    pub print: Option<Print>,
    /// The mail server; without it nobody is told by e-mail.
    pub mail: Option<Mail>,
    /// Record systems, one for each municipality that has one to tell.
    #[serde(default)]
    pub record_system: Vec<RecordSystem>,
    /// How partners are called.
    #[serde(default)]
    pub outgoing: Outgoing,
    /// How long sessions live.
    #[serde(default)]
    pub session: Session,
    /// How long what has served its purpose is kept.
    #[serde(default)]
    pub retention: Retention,
    /// What the program says of itself.
    #[serde(default)]
    pub log: Log,
    /// Numbers for monitoring.
    #[serde(default)]
    pub metrics: Metrics,
}

/// Where people come in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Where people reach the portal, as their browsers see it.
    pub public_url: Url,
    /// TLS in this process. Without it a named proxy must do it.
    pub tls: Option<Tls>,
    /// Proxies whose word about the caller's address is taken.
    #[serde(default)]
    pub proxies: Vec<IpAddr>,
    /// How long requests under way may take at a stop.
    #[serde(default = "stop_seconds")]
    pub stop_seconds: u64,
    /// Deliveries that one record system may make in a minute.
    #[serde(default = "deliveries_a_minute")]
    pub deliveries_a_minute: NonZeroU32,
}

/// A certificate with its key, in PEM.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The chain, own certificate first.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Whom people can turn to before a municipality is chosen, and in whose name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// As written in Denmark.
    pub phone: String,
    /// When, in Danish.
    pub hours_da: String,
    /// When, in English.
    pub hours_en: String,
    /// Who answers for the site.
    pub owner: String,
    /// Where to write about the portal.
    pub mail: String,
    /// Where to write about personal data.
    pub dpo_mail: String,
    /// FMK-online, where medicine is.
    #[serde(default = "fmk_url")]
    pub fmk_url: Url,
}

/// The database.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// `sqlite:PATH` or `postgres://user@host:port/database`.
    pub location: String,
    /// A file with the password of the database.
    pub password_file: Option<PathBuf>,
    /// The environment variable with that password.
    pub password_env: Option<String>,
    /// Threads that read (SQLite) or connections (PostgreSQL).
    #[serde(default = "threads")]
    pub threads: usize,
    /// This node's name in the chain of the access log.
    #[serde(default = "node")]
    pub node: String,
}

/// The key ring.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The key file, readable by the service alone.
    pub file: PathBuf,
}

/// Contents of documents' files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// The folder they lie in, sealed.
    pub folder: PathBuf,
    /// ClamAV's daemon, which looks at what people send along; without it nobody does.
    pub scanner: Option<SocketAddr>,
}

/// What the municipalities have decided.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Municipalities {
    /// A folder with one TOML file for each municipality.
    pub folder: PathBuf,
}

/// The log-in.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// A file with the client secret.
    pub client_secret_file: Option<PathBuf>,
    /// The environment variable with the client secret.
    pub client_secret_env: Option<String>,
    /// A file with our private key (PKCS#8 PEM, P-256), instead of a secret.
    pub private_key_file: Option<PathBuf>,
    /// The key's name (`kid`) at the provider.
    pub private_key_id: Option<String>,
    /// The provider.
    pub provider: RelyingParty,
}

/// The register of custody.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Custody {
    /// Where the question is sent.
    pub address: Url,
}

/// How partners are called.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Outgoing {
    /// Milliseconds to connect.
    pub connect_ms: u64,
    /// Milliseconds for the whole answer.
    pub answer_ms: u64,
    /// Plain http to this machine, for a sidecar that does TLS.
    pub loopback_http: bool,
    /// A proxy for all calls.
    pub proxy: Option<Url>,
    /// A PEM file with the only authorities that are believed; without it those of the system.
    pub authorities_file: Option<PathBuf>,
}

impl Default for Outgoing {
    fn default() -> Self {
        Self {
            connect_ms: 2_000,
            answer_ms: 5_000,
            loopback_http: false,
            proxy: None,
            authorities_file: None,
        }
    }
}

/// How long sessions live, in minutes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Session {
    /// Without use.
    pub idle_minutes: i64,
    /// Whatever happens.
    pub absolute_minutes: i64,
    /// How long before the end the person is warned.
    pub warn_minutes: i64,
}

impl Default for Session {
    fn default() -> Self {
        Self { idle_minutes: 30, absolute_minutes: 480, warn_minutes: 5 }
    }
}

/// What the program says of itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug` or `trace`.
    pub level: Level,
    /// `json` or `text`.
    pub format: Format,
    /// Other levels for single parts of the program.
    pub parts: BTreeMap<String, Level>,
}

impl Default for Log {
    fn default() -> Self {
        Self { level: Level::Info, format: Format::Json, parts: BTreeMap::new() }
    }
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// What failed.
    Error,
    /// What somebody should look at.
    Warn,
    /// What happened.
    Info,
    /// What helps to find a fault.
    Debug,
    /// Everything.
    Trace,
}

impl Level {
    /// As the log's filter writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// One JSON object a line.
    Json,
    /// For people at a terminal.
    Text,
}

/// Numbers for monitoring.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Metrics {
    /// Address and port of `/metrics`; without it there is none.
    pub listen: Option<SocketAddr>,
}

/// A hundred a second: the busiest minute of the largest municipality, when plans are made anew before seven.
pub(crate) const fn deliveries_a_minute() -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(5_999)
}

fn stop_seconds() -> u64 {
    20
}

fn threads() -> usize {
    4
}

fn node() -> String {
    "node-1".to_owned()
}

#[expect(clippy::expect_used, reason = "the address is written here and tested")]
fn fmk_url() -> Url {
    Url::parse("https://www.fmk-online.dk").expect("a web address")
}
