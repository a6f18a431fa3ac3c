//! Digital Post. The port is [`DigitalPost`]; behind it stands a client of the national REST interface: our
//! certificate proves who connects (mTLS), `Authorization: Basic` names the calling system, a MeMo is posted as it
//! is, receipts are pulled one by one and taken away when they have been kept. It refuses to decide what a receipt
//! is worth, and to tell "taken" from "taken before": the receiver knows a message by its UUID.
//!
//! Addresses under the base: `contacts/?cprNumber=` (enrolment; the interface knows no other way to ask),
//! `memos/` with the header `memo-message-uuid`, `receipts/`, `receipts/{id}`.

mod wire;

use async_trait::async_trait;
use borgerportal_domain::Cpr;
use borgerportal_identity::Secret;
use reqwest::RequestBuilder;
use url::Url;
use uuid::Uuid;

use crate::{Outgoing, Partner, PartnerError};

pub use wire::{Receipt, ReceiptOutcome};

const PARTNER: Partner = Partner::DigitalPost;

/// The port.
#[async_trait]
pub trait DigitalPost: Send + Sync {
    /// Whether the person gets Digital Post now. Who is exempt or unknown there does not.
    async fn is_enrolled(&self, person: &Cpr) -> Result<bool, PartnerError>;

    /// Whether the person gets NemSMS now, at a number that Digital Post keeps and we never see.
    async fn is_enrolled_for_sms(&self, person: &Cpr) -> Result<bool, PartnerError>;

    /// Hands a MeMo over. The same UUID again is no second message.
    async fn send(&self, message: Uuid, memo: Vec<u8>) -> Result<(), PartnerError>;

    /// Names of receipts that wait: the page of this number, from 0, in pages of at most so many.
    async fn waiting_receipts(&self, page: usize, most: usize) -> Result<Vec<String>, PartnerError>;

    /// One receipt.
    async fn receipt(&self, name: &str) -> Result<Receipt, PartnerError>;

    /// Takes a receipt away: it has been kept here.
    async fn take_receipt(&self, name: &str) -> Result<(), PartnerError>;
}

/// The client of the REST interface.
#[derive(Debug)]
pub struct DigitalPostClient {
    outgoing: Outgoing,
    base: Url,
    system: Secret,
}

impl DigitalPostClient {
    /// `base` ends where the resources begin, as in `https://api.digitalpost.dk/apis/v1/`. `system` is what the
    /// calling system is named with, as registered: base64 of its two ids. `outgoing` has our certificate.
    #[must_use]
    pub fn new(outgoing: Outgoing, mut base: Url, system: Secret) -> Self {
        if !base.path().ends_with('/') {
            let path = format!("{}/", base.path());
            base.set_path(&path);
        }
        Self { outgoing, base, system }
    }

    fn at(&self, path: &str) -> Result<Url, PartnerError> {
        self.base.join(path).map_err(|_| PartnerError::Nonsense { partner: PARTNER, what: "its address" })
    }

    fn named(&self, request: RequestBuilder) -> RequestBuilder {
        request.header("authorization", format!("Basic {}", self.system.expose()))
    }

    async fn contact(&self, person: &Cpr) -> Result<Vec<u8>, PartnerError> {
        let mut url = self.at("contacts/")?;
        url.query_pairs_mut().append_pair("cprNumber", person.expose());
        self.ask(self.outgoing.get(url)).await
    }

    async fn ask(&self, request: RequestBuilder) -> Result<Vec<u8>, PartnerError> {
        self.outgoing.json(PARTNER, self.named(request)).await
    }
}

fn nonsense(what: &'static str) -> PartnerError {
    PartnerError::Nonsense { partner: PARTNER, what }
}

/// A receipt's name becomes a part of an address.
fn place(name: &str) -> Result<String, PartnerError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let fits = (1..=100).contains(&name.len()) && name.bytes().all(plain);
    if fits { Ok(format!("receipts/{name}")) } else { Err(nonsense("the name of a receipt")) }
}

#[async_trait]
impl DigitalPost for DigitalPostClient {
    async fn is_enrolled(&self, person: &Cpr) -> Result<bool, PartnerError> {
        wire::enrolled(&self.contact(person).await?, person).map_err(nonsense)
    }

    async fn is_enrolled_for_sms(&self, person: &Cpr) -> Result<bool, PartnerError> {
        wire::enrolled_for_sms(&self.contact(person).await?, person).map_err(nonsense)
    }

    async fn send(&self, message: Uuid, memo: Vec<u8>) -> Result<(), PartnerError> {
        let request = self.outgoing.post(self.at("memos/")?);
        let request = request
            .header("content-type", "application/xml")
            .header("memo-message-uuid", message.hyphenated().to_string())
            .body(memo);
        match self.outgoing.answered(PARTNER, self.named(request)).await {
            // It has this UUID: an earlier try came through and its answer did not.
            Ok(()) | Err(PartnerError::Refused { status: 409, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn waiting_receipts(&self, page: usize, most: usize) -> Result<Vec<String>, PartnerError> {
        let mut url = self.at("receipts/")?;
        url.query_pairs_mut().append_pair("page", &page.to_string()).append_pair("size", &most.to_string());
        let answer = self.ask(self.outgoing.get(url)).await?;
        let mut names = wire::names(&answer).map_err(nonsense)?;
        names.truncate(most);
        Ok(names)
    }

    async fn receipt(&self, name: &str) -> Result<Receipt, PartnerError> {
        let answer = self.ask(self.outgoing.get(self.at(&place(name)?)?)).await?;
        wire::receipt(&answer).map_err(nonsense)
    }

    async fn take_receipt(&self, name: &str) -> Result<(), PartnerError> {
        let request = self.outgoing.delete(self.at(&place(name)?)?);
        match self.outgoing.answered(PARTNER, self.named(request)).await {
            // Gone already: another node took it.
            Ok(()) | Err(PartnerError::Refused { status: 404 | 410, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HttpConfig;

    #[test]
    fn a_receipt_by_an_odd_name_does_not_become_an_address() {
        for name in ["", "../memos", "a/b", "a?b", "a b", "å", &"a".repeat(101)] {
            assert!(place(name).is_err(), "{name}");
        }
        assert_eq!(place("0c9e6f0e-1").unwrap(), "receipts/0c9e6f0e-1");
    }

    #[test]
    fn the_base_may_end_with_a_slash_or_not() {
        let outgoing = Outgoing::new(&HttpConfig::for_this_machine()).unwrap();
        for base in ["https://post.example/apis/v1", "https://post.example/apis/v1/"] {
            let system = Secret::new("eDp5".to_owned());
            let client = DigitalPostClient::new(outgoing.clone(), Url::parse(base).unwrap(), system);
            assert_eq!(client.at("memos/").unwrap().as_str(), "https://post.example/apis/v1/memos/");
            assert!(!format!("{client:?}").contains("eDp5"));
        }
    }
}
