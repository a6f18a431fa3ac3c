//! Outgoing calls: a port (trait) for each partner, and the client that speaks its real wire.
//!
//! It refuses to decide anything: brokers' answers are judged by `identity`, custody by `domain`. It refuses
//! redirects, answers without end, waiting without end and plain http (but to this very machine, when allowed); and
//! its errors name the partner and whether trying again helps, never what was sent or received.

pub mod addresses;
pub mod broker;
#[cfg(test)]
mod client_tests;
pub mod custody;
pub mod digital_post;
mod error;
mod files;
mod http;
pub mod mail;
pub mod print;
pub mod record_system;
pub mod virus;

pub use addresses::{AddressClient, AddressRegister, Envelope, town};
pub use broker::{Broker, BrokerClient, ClientAuthentication, LoginError};
pub use custody::{CustodyClient, CustodyOf, CustodyRegister};
pub use digital_post::{DigitalPost, DigitalPostClient, Receipt, ReceiptOutcome};
pub use error::{Absence, Partner, PartnerError};
pub use files::{Files, FolderError};
pub use http::{HttpConfig, Outgoing, SetUpError, Trust};
pub use mail::{Handed, Mail, MailServer, Security, SmtpAddress, SmtpClient};
pub use print::{Manifest, PrintSpool};
pub use record_system::{RecordSystem, RecordSystemAddress, RecordSystemClient};
pub use virus::{ClamAv, NoScanner, VirusScanner};
