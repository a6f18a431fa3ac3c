//! The operator's mail server, which takes e-mails about news. Without it nobody is told by e-mail, and nobody can choose it.

use borgerportal_domain::news::MailAddress;
use borgerportal_partners::Security;
use serde::Deserialize;
use std::path::PathBuf;

/// The mail server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Its name, as its certificate says it.
    pub host: String,
    /// Its port.
    #[serde(default = "port")]
    pub port: u16,
    /// `tls`, `starttls`, or `none` to this machine alone.
    #[serde(default)]
    pub security: Security,
    /// Our name there.
    pub user: Option<String>,
    /// A file with our password there.
    pub password_file: Option<PathBuf>,
    /// Who writes, as people see it.
    pub from_name: String,
    /// The address that e-mails come from. Nobody reads what is sent there.
    pub from_address: String,
}

const fn port() -> u16 {
    587
}

/// What no single key can tell.
pub(super) fn sensible(mail: Option<&Mail>) -> Result<(), String> {
    let Some(mail) = mail else { return Ok(()) };
    if mail.user.is_some() != mail.password_file.is_some() {
        return Err("[mail] user and password_file belong together".to_owned());
    }
    if mail.user.is_some() && mail.security == Security::None {
        return Err("[mail] a password does not go without TLS".to_owned());
    }
    if MailAddress::parse(&mail.from_address).is_none() {
        return Err("[mail] from_address is an e-mail address".to_owned());
    }
    Ok(())
}
