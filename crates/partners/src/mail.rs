//! E-mail, handed to the operator's own mail server by SMTP. The port is [`MailServer`]; behind it stands `lettre`. A server's
//! word that there is no such address is told apart from its word about us. It refuses to go without TLS to anything but this
//! machine, to wait without end, and to know what a mail says or who reads it.

use crate::{Absence, Partner, PartnerError, SetUpError, Trust};
use async_trait::async_trait;
use borgerportal_domain::Timestamp;
use borgerportal_domain::news::MailAddress;
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::loopback;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{AsyncSmtpTransport, Error};
use lettre::{Address, AsyncTransport as _, Tokio1Executor};
use serde::Deserialize;
use std::error::Error as _;
use std::time::{Duration, UNIX_EPOCH};
use uuid::Uuid;

const PARTNER: Partner = Partner::Mail;

/// One mail, plain text.
#[derive(Clone, Debug)]
pub struct Mail {
    /// Its name, the same on every try: whoever keeps mail knows it a second time.
    pub id: Uuid,
    /// To whom.
    pub to: MailAddress,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
}

/// What became of a mail that was handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// The server has it.
    Taken,
    /// There is no such address, and trying again does not help.
    NoSuchAddress,
}

/// The port.
#[async_trait]
pub trait MailServer: Send + Sync {
    /// Hands a mail over. The same again, under the same name, may arrive twice: SMTP promises no more.
    async fn send(&self, mail: &Mail) -> Result<Handed, PartnerError>;
}

/// How the line to the server is kept closed to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Security {
    /// TLS from the first byte (port 465).
    Tls,
    /// TLS after `STARTTLS`, or not at all (port 587).
    #[default]
    StartTls,
    /// None: to this machine alone.
    None,
}

/// Where the mail server is, and who we are there.
#[derive(Clone, Debug)]
pub struct SmtpAddress {
    /// Its name, as its certificate says it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// TLS or not.
    pub security: Security,
    /// Our name and password there, if it wants any.
    pub user: Option<(String, Secret)>,
    /// Who writes, as people see it, and the address.
    pub from: (String, MailAddress),
}

/// The client of one mail server. A connection for each mail: they are few.
#[derive(Debug)]
pub struct SmtpClient {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// What stands behind the sign in names of mails.
    domain: String,
    patience: Duration,
}

impl SmtpClient {
    /// `trust` says whose certificates are believed; a mail must be handed over within `patience`.
    pub fn new(server: SmtpAddress, trust: &Trust, patience: Duration) -> Result<Self, SetUpError> {
        let tls = tls(&server, trust)?;
        let from = mailbox(&server.from.1).ok_or(SetUpError::Mail)?;
        let domain = from.email.domain().to_owned();
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host)
            .port(server.port)
            .tls(tls)
            .hello_name(ClientId::Domain(domain.clone()))
            .timeout(Some(patience));
        if let Some((name, password)) = server.user {
            transport = transport.credentials(Credentials::new(name, password.expose().to_owned()));
        }
        let from = Mailbox::new(Some(server.from.0), from.email);
        Ok(Self { transport: transport.build(), from, domain, patience })
    }

    fn written(&self, mail: &Mail) -> Option<Message> {
        let at = UNIX_EPOCH + Duration::from_secs(u64::try_from(mail.at.seconds()).ok()?);
        // Answering machines do not answer it, and it answers none.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(self.from.clone())
            .to(mailbox(&mail.to)?)
            .subject(&mail.subject)
            .message_id(Some(format!("<{}@{}>", mail.id, self.domain)))
            .date(at)
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN);
        message.body(mail.text.clone()).ok()
    }
}

fn mailbox(address: &MailAddress) -> Option<Mailbox> {
    Some(Mailbox::new(None, address.as_str().parse::<Address>().ok()?))
}

fn tls(server: &SmtpAddress, trust: &Trust) -> Result<Tls, SetUpError> {
    let parameters = || {
        let mut tls = TlsParameters::builder(server.host.clone());
        if let Trust::Only(authorities) = trust {
            tls = tls.certificate_store(CertificateStore::None);
            for pem in authorities {
                let read = Certificate::from_pem(pem.as_bytes());
                tls = tls.add_root_certificate(read.map_err(|_| SetUpError::Certificate)?);
            }
        }
        tls.build_rustls().map_err(|_| SetUpError::Tls)
    };
    match server.security {
        Security::Tls => Ok(Tls::Wrapper(parameters()?)),
        Security::StartTls => Ok(Tls::Required(parameters()?)),
        Security::None if is_here(&server.host) => Ok(Tls::None),
        Security::None => Err(SetUpError::Mail),
    }
}

/// Whether a host is this very machine.
fn is_here(host: &str) -> bool {
    url::Url::parse(&format!("http://{host}/")).is_ok_and(|url| loopback(&url))
}

#[async_trait]
impl MailServer for SmtpClient {
    async fn send(&self, mail: &Mail) -> Result<Handed, PartnerError> {
        let nonsense = PartnerError::Nonsense { partner: PARTNER, what: "the mail" };
        let message = self.written(mail).ok_or(nonsense)?;
        let away = PartnerError::Away { partner: PARTNER, how: Absence::TimedOut };
        let sent = tokio::time::timeout(self.patience, self.transport.send(message));
        match sent.await.map_err(|_| away)? {
            Ok(_) => Ok(Handed::Taken),
            Err(error) => judge(&error),
        }
    }
}

/// What a failure means. The server's words are looked at for its code and go no further.
fn judge(error: &Error) -> Result<Handed, PartnerError> {
    let away = |how| Err(PartnerError::Away { partner: PARTNER, how });
    if let Some(status) = error.status().map(u16::from) {
        let said = error.source().map(ToString::to_string).unwrap_or_default();
        return match status {
            500.. if is_no_address(status, &said) => Ok(Handed::NoSuchAddress),
            500.. => Err(PartnerError::Refused { partner: PARTNER, status }),
            _ => away(Absence::Status(status)),
        };
    }
    if error.is_timeout() {
        away(Absence::TimedOut)
    } else if error.is_response() || error.is_client() {
        Err(PartnerError::Nonsense { partner: PARTNER, what: "its answer" })
    } else {
        away(Absence::Unreachable)
    }
}

/// Whether a refusal for good is about the address. The extended code (RFC 3463) knows best: 5.1 is about addresses, 5.2.1 a
/// mailbox that was shut, 5.7 about us. Without one, three codes are about mailboxes.
fn is_no_address(status: u16, said: &str) -> bool {
    let extended = said.split_whitespace().next().filter(|word| word.starts_with("5."));
    match extended {
        Some(code) => code.starts_with("5.1.") || code == "5.2.1",
        None => matches!(status, 550 | 551 | 553),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(host: &str, security: Security) -> SmtpAddress {
        let from = ("Borgerportalen".to_owned(), MailAddress::parse("svar-ikke@portal.example").unwrap());
        SmtpAddress { host: host.to_owned(), port: 25, security, user: None, from }
    }

    fn client(host: &str, security: Security) -> Result<SmtpClient, SetUpError> {
        SmtpClient::new(address(host, security), &Trust::Only(Vec::new()), Duration::from_secs(1))
    }

    #[test]
    fn without_tls_it_goes_to_this_machine_alone() {
        for here in ["localhost", "127.0.0.1"] {
            assert!(client(here, Security::None).is_ok(), "{here}");
        }
        for away in ["mail.example", "127.0.0.1.example", "10.0.0.1", "localhost.example", ""] {
            assert!(client(away, Security::None).is_err(), "{away}");
        }
        assert!(client("mail.example", Security::StartTls).is_ok());
        assert!(client("mail.example", Security::Tls).is_ok());
    }

    #[test]
    fn only_a_word_about_the_address_is_one() {
        for (status, said, is) in [
            (550, "5.1.1 No such user here", true),
            (550, "5.1.10 null MX", true),
            (554, "5.1.2 Bad destination", true),
            (550, "5.2.1 Mailbox disabled", true),
            (550, "No such user", true),
            (553, "", true),
            (550, "5.7.1 Relaying denied", false),
            (554, "5.7.1 Blocked as spam", false),
            (552, "5.2.2 Mailbox full", false),
            (554, "Transaction failed", false),
            (535, "5.7.8 Wrong password", false),
            (530, "Must issue STARTTLS first", false),
        ] {
            assert_eq!(is_no_address(status, said), is, "{status} {said}");
        }
    }

    #[test]
    fn a_mail_has_one_name_a_date_and_nothing_of_its_reader_but_the_address() {
        let mail = Mail {
            id: Uuid::from_bytes([7; 16]),
            to: MailAddress::parse("inger@eksempel.dk").unwrap(),
            subject: "Du har nyt i Borgerportalen".to_owned(),
            text: "Log på for at se det.".to_owned(),
            at: Timestamp::from_seconds(1_800_000_000),
        };
        let us = client("localhost", Security::None).unwrap();
        let written = String::from_utf8(us.written(&mail).unwrap().formatted()).unwrap();
        for line in [
            "Message-ID: <07070707-0707-0707-0707-070707070707@portal.example>",
            "To: inger@eksempel.dk",
            "Date: Fri, 15 Jan 2027 08:00:00 +0000",
            "Auto-Submitted: auto-generated",
            "Subject: Du har nyt i Borgerportalen",
        ] {
            assert!(written.contains(&format!("{line}\r\n")), "{line} in {written}");
        }
    }
}
