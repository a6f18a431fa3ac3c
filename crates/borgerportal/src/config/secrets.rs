//! Secrets, from a file of their own or from the environment. It refuses to show one: errors name the place.

use super::{ConfigError, Login, Mail, Store};
use borgerportal_identity::Secret;
use borgerportal_identity::jws::SigningKey;
use borgerportal_partners::ClientAuthentication;
use borgerportal_store::Location;
use ring::rand::SystemRandom;
use std::path::Path;
use url::Url;

/// The first line of a file that holds one secret.
fn from_file(file: &Path) -> Result<String, ConfigError> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| ConfigError::whole(file, format!("cannot be read: {}", error.kind())))?;
    let secret = text.trim();
    if secret.is_empty() { Err(ConfigError::whole(file, "is empty")) } else { Ok(secret.to_owned()) }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place where configuration is read")]
fn from_environment(name: &str) -> Result<String, ConfigError> {
    let place = format!("environment variable {name}");
    match std::env::var(name) {
        Ok(secret) if !secret.is_empty() => Ok(secret),
        _ => Err(ConfigError::whole(Path::new(&place), "is not set, or is empty")),
    }
}

/// One secret from whichever of the two places is named.
fn one(file: Option<&Path>, name: Option<&str>) -> Result<Option<String>, ConfigError> {
    match (file, name) {
        (Some(file), _) => from_file(file).map(Some),
        (None, Some(name)) => from_environment(name).map(Some),
        (None, None) => Ok(None),
    }
}

/// The database with its password.
pub fn location(store: &Store) -> Result<Location, ConfigError> {
    let whole = |hint: &str| ConfigError::whole(Path::new("[store] location"), hint);
    let form = "write sqlite:PATH or postgres://user@host:port/database";
    match Location::parse(&store.location).ok_or_else(|| whole(form))? {
        Location::Sqlite(path) => Ok(Location::Sqlite(path)),
        Location::Postgres(address) => {
            let mut address = Url::parse(&address).map_err(|_| whole(form))?;
            if address.password().is_some() {
                return Err(whole("a password does not belong here: use password_file or password_env"));
            }
            if let Some(password) = one(store.password_file.as_deref(), store.password_env.as_deref())? {
                address.set_password(Some(&password)).map_err(|()| whole(form))?;
            }
            Ok(Location::Postgres(address.into()))
        }
    }
}

/// Our password at the mail server.
pub fn mail_password(mail: &Mail) -> Result<Option<Secret>, ConfigError> {
    Ok(one(mail.password_file.as_deref(), None)?.map(Secret::new))
}

/// How we prove to the provider who we are.
pub fn client_authentication(login: &Login) -> Result<ClientAuthentication, ConfigError> {
    if let Some(file) = &login.private_key_file {
        let key = signing_key(file, login.private_key_id.as_deref().unwrap_or_default())?;
        return Ok(ClientAuthentication::PrivateKey(Box::new(key)));
    }
    let secret = one(login.client_secret_file.as_deref(), login.client_secret_env.as_deref())?;
    let none = || ConfigError::whole(Path::new("[login]"), "has neither a secret nor a private key");
    Ok(ClientAuthentication::Secret(Secret::new(secret.ok_or_else(none)?)))
}

/// A private key of ours, under the name by which the other side knows it.
pub fn signing_key(file: &Path, kid: &str) -> Result<SigningKey, ConfigError> {
    SigningKey::from_pem(kid, &from_file(file)?, &SystemRandom::new())
        .map_err(|_| ConfigError::whole(file, "is no private key (P-256 or RSA) in PKCS#8 PEM"))
}
