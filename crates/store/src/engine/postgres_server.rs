//! Where PostgreSQL is and how it is reached: in the clear on this machine alone, over TLS (rustls) with a
//! named authority everywhere else. `…?sslrootcert=FILE` names the authority, as libpq calls it.

use super::postgres::driver;
use crate::error::StoreError;
use postgres::config::{Host, SslMode};
use postgres::{Client, Config, NoTls};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// A server that can be connected to, as often as wanted.
#[derive(Clone)]
pub(crate) struct Server {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

impl Server {
    /// Reads `postgres://user@host:port/database[?sslrootcert=FILE]`.
    pub(crate) fn parse(address: &str) -> Result<Self, StoreError> {
        let (plain, authority) = split(address);
        let wrong = |_| StoreError::Driver("the PostgreSQL address does not read".to_owned());
        let mut config: Config = plain.parse().map_err(wrong)?;
        let tls = authority.as_deref().map(trust).transpose()?;
        if tls.is_some() {
            config.ssl_mode(SslMode::Require);
        } else if !config.get_hosts().iter().all(is_here) {
            return Err(StoreError::Driver(
                "PostgreSQL on another machine needs TLS: add sslrootcert=FILE to its address".to_owned(),
            ));
        }
        Ok(Self { config, tls })
    }

    pub(crate) fn connect(&self) -> Result<Client, StoreError> {
        let client = match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        };
        client.map_err(|error| driver(&error))
    }
}

/// Takes our one parameter out of the address; the library knows the rest.
fn split(address: &str) -> (String, Option<String>) {
    let Some((path, query)) = address.split_once('?') else { return (address.to_owned(), None) };
    let mut authority = None;
    let rest: Vec<&str> = query
        .split('&')
        .filter(|pair| match pair.strip_prefix("sslrootcert=") {
            Some(file) => {
                authority = Some(file.to_owned());
                false
            }
            None => true,
        })
        .collect();
    let sign = if rest.is_empty() { "" } else { "?" };
    (format!("{path}{sign}{}", rest.join("&")), authority)
}

/// This very machine, by socket or loopback.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
        }
    }
}

fn trust(file: &str) -> Result<MakeRustlsConnect, StoreError> {
    let failed = |what: &str| StoreError::Driver(format!("sslrootcert: {what}"));
    let mut roots = RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(file).map_err(|_| failed("the file does not read"))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|_| failed("the file is no PEM"))?;
        roots.add(certificate).map_err(|_| failed("it holds something that is no authority"))?;
    }
    if roots.is_empty() {
        return Err(failed("the file holds no certificate"));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|_| failed("no protocol version"))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_authority_is_taken_out_of_the_address() {
        let (plain, authority) =
            split("postgres://a@db.example.dk/p?connect_timeout=3&sslrootcert=/etc/ca.pem");
        assert_eq!(plain, "postgres://a@db.example.dk/p?connect_timeout=3");
        assert_eq!(authority.as_deref(), Some("/etc/ca.pem"));
        assert_eq!(
            split("postgres://a@h/p?sslrootcert=x"),
            ("postgres://a@h/p".to_owned(), Some("x".to_owned()))
        );
        assert_eq!(split("postgres://a@h/p").1, None);
    }

    #[test]
    fn another_machine_is_not_reached_in_the_clear() {
        for here in
            ["postgres://a@localhost/p", "postgres://a@127.0.0.1:5433/p", "postgres://a@%2Fvar%2Frun/p"]
        {
            assert!(Server::parse(here).is_ok(), "{here}");
        }
        assert!(Server::parse("postgres://a@db.example.dk/p").is_err());
        assert!(Server::parse("postgres://a@db.example.dk/p?sslrootcert=/no/such/file").is_err());
        for away in [
            "postgres://a@10.0.0.7/p",
            "postgres://a@[2001:db8::1]/p",
            "postgres://a@localhost.example.dk/p",
            "postgres://a@127.0.0.1,db.example.dk/p",
            "postgres://a@localhost/p?host=db.example.dk",
            "postgres://a@db.example.dk/p?hostaddr=10.0.0.7",
        ] {
            let error = Server::parse(away).err().map(|error| error.to_string());
            assert!(error.is_some_and(|error| error.contains("needs TLS")), "{away}");
        }
    }

    #[test]
    fn what_is_wrong_with_an_authority_is_said_before_anybody_is_called() {
        let folder = std::env::temp_dir().join(format!("borgerportal-authority-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        let broken = "-----BEGIN CERTIFICATE-----\nno base64!\n-----END CERTIFICATE-----\n";
        let nothing = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        for (text, said) in [
            ("", "holds no certificate"),
            ("not a certificate\n", "holds no certificate"),
            (key, "holds no certificate"),
            (broken, "is no PEM"),
            (nothing, "no authority"),
        ] {
            let file = folder.join("ca.pem");
            std::fs::write(&file, text).unwrap();
            let address = format!("postgres://a:secret@db.example.dk/p?sslrootcert={}", file.display());
            let error = Server::parse(&address).err().unwrap().to_string();
            assert!(error.contains(said) && !error.contains("secret"), "{text}: {error}");
        }
        std::fs::remove_dir_all(folder).unwrap();
    }
}
