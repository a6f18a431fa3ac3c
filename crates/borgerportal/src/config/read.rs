//! Reading the file, and saying what is wrong with it: which file, which line, what would be right. It refuses
//! half a configuration: the first mistake stops.

use super::{Config, post, record_systems};
use std::path::{Path, PathBuf};

/// More connections than this are no help to anybody, and likely more than the server gives.
const THREADS_MAX: usize = 1_000;
/// A day: whoever wants longer sessions has not thought of a computer at the library.
const MINUTES_MAX: i64 = 1_440;
/// Nobody waits longer for a page.
const WAIT_MS_MAX: u64 = 60_000;

/// Why a file of settings is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Which file.
    pub file: PathBuf,
    /// The line, from 1; nothing when it is about the file as a whole.
    pub line: Option<usize>,
    /// What is wrong and what would be right.
    pub hint: String,
}

impl std::fmt::Display for ConfigError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.hint)
    }
}

impl std::error::Error for ConfigError {}

impl ConfigError {
    /// About the file as a whole.
    pub fn whole(file: &Path, hint: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: None, hint: hint.into() }
    }
}

/// Reads the operator's file and makes its paths whole.
pub fn read(file: &Path) -> Result<Config, ConfigError> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| ConfigError::whole(file, format!("cannot be read: {}", error.kind())))?;
    let mut config = parse(file, &text)?;
    let folder = file.parent().unwrap_or(Path::new("")).to_owned();
    config.rebase(&folder);
    config.sensible().map_err(|hint| ConfigError::whole(file, hint))?;
    Ok(config)
}

/// The text as configuration, with the line of the first mistake.
pub(crate) fn parse(file: &Path, text: &str) -> Result<Config, ConfigError> {
    toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
        ConfigError { file: file.to_owned(), line: Some(line), hint: error.message().trim().to_owned() }
    })
}

impl Config {
    /// Relative paths are relative to the configuration file, wherever the program is started.
    fn rebase(&mut self, folder: &Path) {
        let own = [&mut self.keys.file, &mut self.files.folder, &mut self.municipalities.folder];
        let tls = self.server.tls.iter_mut().flat_map(|tls| [&mut tls.certificate, &mut tls.key]);
        let post = self.digital_post.iter_mut();
        let system =
            post.flat_map(|post| [Some(&mut post.system_file), post.certificate.as_mut(), post.key.as_mut()]);
        let print = self.print.iter_mut().map(|print| &mut print.folder);
        let keys = self.record_system.iter_mut().map(|system| &mut system.private_key_file);
        let mail = self.mail.iter_mut().filter_map(|mail| mail.password_file.as_mut());
        let optional = [
            &mut self.store.password_file,
            &mut self.login.client_secret_file,
            &mut self.login.private_key_file,
            &mut self.outgoing.authorities_file,
        ];
        for path in own
            .into_iter()
            .chain(tls)
            .chain(optional.into_iter().flatten())
            .chain(system.flatten())
            .chain(print)
            .chain(keys)
            .chain(mail)
        {
            *path = folder.join(&*path);
        }
        if let Some(path) = self.store.location.strip_prefix("sqlite:") {
            self.store.location = format!("sqlite:{}", folder.join(path).display());
        }
    }

    /// What no single key can tell: keys that do not fit together.
    fn sensible(&self) -> Result<(), String> {
        let (server, login, session) = (&self.server, &self.login, &self.session);
        let https = server.public_url.scheme() == "https";
        let loopback = matches!(server.public_url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if !https && !loopback {
            return Err("[server] public_url must begin with https://".to_owned());
        }
        if https && server.tls.is_none() && server.proxies.is_empty() && !server.listen.ip().is_loopback() {
            return Err(
                "[server] nothing does TLS: add [server.tls], or name the proxies that do in proxies, \
                        or listen on a loopback address"
                    .to_owned(),
            );
        }
        let proofs = [
            login.client_secret_file.is_some(),
            login.client_secret_env.is_some(),
            login.private_key_file.is_some(),
        ];
        if proofs.iter().filter(|given| **given).count() != 1 {
            return Err(
                "[login] give exactly one of client_secret_file, client_secret_env and private_key_file"
                    .to_owned(),
            );
        }
        if login.private_key_file.is_some() != login.private_key_id.is_some() {
            return Err("[login] private_key_file and private_key_id belong together".to_owned());
        }
        if self.store.password_file.is_some() && self.store.password_env.is_some() {
            return Err("[store] give one of password_file and password_env".to_owned());
        }
        if !(1..=THREADS_MAX).contains(&self.store.threads) {
            return Err(format!("[store] threads is a number from 1 to {THREADS_MAX}"));
        }
        let minutes = [session.idle_minutes, session.absolute_minutes, session.warn_minutes];
        if !minutes.iter().all(|minutes| (1..=MINUTES_MAX).contains(minutes))
            || session.warn_minutes >= session.idle_minutes
        {
            return Err(
                "[session] minutes are positive and at most a day, and warn_minutes is less than idle_minutes"
                    .to_owned(),
            );
        }
        let (connect_ms, answer_ms) = (self.outgoing.connect_ms, self.outgoing.answer_ms);
        if connect_ms == 0 || answer_ms == 0 || connect_ms.max(answer_ms) > WAIT_MS_MAX {
            return Err(format!("[outgoing] connect_ms and answer_ms are from 1 to {WAIT_MS_MAX}"));
        }
        super::mail::sensible(self.mail.as_ref())?;
        record_systems::sensible(&self.record_system)?;
        post::sensible(self.digital_post.as_ref(), self.print.as_ref(), &server.public_url)?;
        let redirect = &login.provider.redirect_uri;
        if redirect.origin() != server.public_url.origin() || redirect.path() != "/log-paa/svar" {
            let right = server.public_url.join("/log-paa/svar").map(String::from).unwrap_or_default();
            return Err(format!("[login.provider] redirect_uri must be {right}"));
        }
        Ok(())
    }
}
