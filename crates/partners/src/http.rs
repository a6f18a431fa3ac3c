//! One HTTP client for all partners, with limits on everything: time to connect, time to answer, bytes of an answer.
//! It refuses redirects (a partner that moves is a change of configuration), cookies, proxies from the environment,
//! and every address that is not https, except plain http to this machine when the configuration allows it.

use std::time::Duration;

use borgerportal_domain::Timestamp;
use borgerportal_identity::Secret;
use borgerportal_identity::oidc::loopback;
use reqwest::{Certificate, Client, Identity, Proxy, RequestBuilder, Response, redirect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::{Absence, Partner, PartnerError};

/// How to go out. Times in milliseconds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HttpConfig {
    pub connect_ms: u64,
    /// From the first byte sent to the last byte read.
    pub answer_ms: u64,
    pub answer_bytes_max: usize,
    /// Plain http to 127.0.0.1, ::1 and localhost: for simulators and sidecars.
    pub loopback_http: bool,
    pub proxy: Option<Url>,
    pub trust: Trust,
    /// Our own certificate with its key (PEM), for partners that want to see one.
    #[serde(skip)]
    pub identity: Option<Secret>,
}

/// Whose certificates we believe.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// What the operating system trusts.
    #[default]
    System,
    /// These authorities (PEM, one or more in each text) and no other; an empty list trusts nobody.
    Only(Vec<String>),
}

impl Default for HttpConfig {
    fn default() -> Self {
        Self {
            connect_ms: 2_000,
            answer_ms: 5_000,
            answer_bytes_max: 256 * 1024,
            loopback_http: false,
            proxy: None,
            trust: Trust::System,
            identity: None,
        }
    }
}

impl HttpConfig {
    /// For a machine with its own simulators: loopback allowed, no certificate authority needed or believed.
    #[must_use]
    pub fn for_this_machine() -> Self {
        Self { loopback_http: true, trust: Trust::Only(Vec::new()), ..Self::default() }
    }
}

/// The configuration cannot be used. Found at start-up.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    #[error("a trusted certificate is not PEM")]
    Certificate,
    #[error("our own certificate and key cannot be used")]
    Identity,
    #[error("the proxy's address cannot be used")]
    Proxy,
    #[error("mail goes without TLS to this machine alone, and its sender needs an address")]
    Mail,
    #[error("no TLS: does the system have certificate authorities (package ca-certificates)?")]
    Tls,
}

/// The client. Cheap to clone: clones share the connections.
#[derive(Clone, Debug)]
pub struct Outgoing {
    client: Client,
    answer_bytes_max: usize,
    loopback_http: bool,
}

impl Outgoing {
    pub fn new(config: &HttpConfig) -> Result<Self, SetUpError> {
        // The whole process uses ring; an error means that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = Client::builder()
            .redirect(redirect::Policy::none())
            .no_proxy()
            .http1_only()
            .connect_timeout(Duration::from_millis(config.connect_ms))
            .timeout(Duration::from_millis(config.answer_ms))
            .pool_idle_timeout(Duration::from_secs(30))
            .user_agent("borgerportal");
        if let Some(proxy) = &config.proxy {
            if !matches!(proxy.scheme(), "http" | "https") {
                return Err(SetUpError::Proxy);
            }
            builder = builder.proxy(Proxy::all(proxy.clone()).map_err(|_| SetUpError::Proxy)?);
        }
        if let Some(identity) = &config.identity {
            let read = Identity::from_pem(identity.expose().as_bytes());
            builder = builder.identity(read.map_err(|_| SetUpError::Identity)?);
        }
        if let Trust::Only(authorities) = &config.trust {
            let mut certificates = Vec::new();
            for pem in authorities {
                let read =
                    Certificate::from_pem_bundle(pem.as_bytes()).map_err(|_| SetUpError::Certificate)?;
                // Text without a certificate reads as none at all; nobody means that.
                if read.is_empty() {
                    return Err(SetUpError::Certificate);
                }
                certificates.extend(read);
            }
            builder = builder.tls_certs_only(certificates);
        }
        Ok(Self {
            client: builder.build().map_err(|_| SetUpError::Tls)?,
            answer_bytes_max: config.answer_bytes_max,
            loopback_http: config.loopback_http,
        })
    }

    #[must_use]
    pub fn loopback_http(&self) -> bool {
        self.loopback_http
    }

    pub(crate) fn get(&self, url: Url) -> RequestBuilder {
        self.client.get(url)
    }

    pub(crate) fn post(&self, url: Url) -> RequestBuilder {
        self.client.post(url)
    }

    pub(crate) fn delete(&self, url: Url) -> RequestBuilder {
        self.client.delete(url)
    }

    /// What the clock at an address shows, by the `Date` of its answer, whatever else it answers.
    pub async fn clock_of(&self, url: Url) -> Option<Timestamp> {
        if url.scheme() != "https" && !(self.loopback_http && loopback(&url)) {
            return None;
        }
        let answer = self.client.get(url).send().await.ok()?;
        let date = answer.headers().get("date")?.to_str().ok()?;
        http_date(date)
    }

    /// Sends, and reads the whole answer: JSON of bounded size with a 2xx status, or an error.
    pub(crate) async fn json(
        &self,
        partner: Partner,
        request: RequestBuilder,
    ) -> Result<Vec<u8>, PartnerError> {
        let answer = self.sent(partner, request).await?;
        if !is_json(&answer) {
            return Err(PartnerError::Nonsense { partner, what: "not JSON" });
        }
        self.whole(partner, answer).await
    }

    /// Sends, and waits for a whole answer with a 2xx status, whatever else it says.
    pub(crate) async fn answered(
        &self,
        partner: Partner,
        request: RequestBuilder,
    ) -> Result<(), PartnerError> {
        let answer = self.sent(partner, request).await?;
        self.whole(partner, answer).await.map(|_| ())
    }

    /// Sends, and sorts the answer by its status.
    async fn sent(&self, partner: Partner, request: RequestBuilder) -> Result<Response, PartnerError> {
        let nonsense = |what| PartnerError::Nonsense { partner, what };
        let request = request.build().map_err(|_| nonsense("an address or header cannot be sent"))?;
        let safe = request.url().scheme() == "https" || (self.loopback_http && loopback(request.url()));
        if !safe {
            return Err(nonsense("the address is not https"));
        }
        let sent = self.client.execute(request).await;
        let answer = sent.map_err(|error| PartnerError::Away { partner, how: absence(&error) })?;
        match answer.status().as_u16() {
            200..=299 => Ok(answer),
            status @ (429 | 500..) => Err(PartnerError::Away { partner, how: Absence::Status(status) }),
            status @ 400.. => Err(PartnerError::Refused { partner, status }),
            _ => Err(nonsense("it redirects")),
        }
    }

    async fn whole(&self, partner: Partner, mut answer: Response) -> Result<Vec<u8>, PartnerError> {
        let mut body = Vec::new();
        loop {
            let chunk =
                answer.chunk().await.map_err(|error| PartnerError::Away { partner, how: absence(&error) })?;
            let Some(chunk) = chunk else { return Ok(body) };
            if body.len() + chunk.len() > self.answer_bytes_max {
                return Err(PartnerError::Nonsense { partner, what: "the answer is too long" });
            }
            body.extend_from_slice(&chunk);
        }
    }
}

/// `Sun, 22 Nov 2026 00:36:16 GMT`, the one form that HTTP writes.
fn http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let mut words = text.split_once(", ")?.1.strip_suffix(" GMT")?.split(' ');
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.find(month).filter(|at| month.len() == 3 && at % 3 == 0)? / 3 + 1;
    Timestamp::parse(&format!("{year}-{month:02}-{day}T{time}Z"))
}

/// Reads an answer that must be an object: a library that reads by members would take a list for one, and an empty
/// list inside it for "nobody".
pub(crate) fn object<T: DeserializeOwned>(answer: &[u8]) -> Option<T> {
    if answer.trim_ascii_start().starts_with(b"{") { serde_json::from_slice(answer).ok() } else { None }
}

fn is_json(answer: &Response) -> bool {
    let kind = answer.headers().get("content-type").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json") || kind.to_ascii_lowercase().ends_with("+json")
}

fn absence(error: &reqwest::Error) -> Absence {
    if error.is_timeout() {
        Absence::TimedOut
    } else if error.is_connect() {
        Absence::Unreachable
    } else {
        Absence::CutOff
    }
}

#[cfg(test)]
pub(crate) mod wire_tests;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_has_safe_defaults_and_no_unknown_keys() {
        let config: HttpConfig = serde_json::from_str("{}").unwrap();
        assert!(!config.loopback_http && config.answer_ms > config.connect_ms && config.proxy.is_none());
        assert!(matches!(config.trust, Trust::System));
        let own: HttpConfig = serde_json::from_str(r#"{"trust":{"only":[]},"loopback_http":true}"#).unwrap();
        assert!(matches!(own.trust, Trust::Only(authorities) if authorities.is_empty()));
        assert!(serde_json::from_str::<HttpConfig>(r#"{"timeout_ms":1}"#).is_err());
        assert!(serde_json::from_str::<HttpConfig>(r#"{"trust":"everybody"}"#).is_err());
    }

    #[test]
    fn what_cannot_be_used_is_found_at_start_up() {
        let with = |trust, proxy: Option<&str>| {
            let proxy = proxy.and_then(|address| Url::parse(address).ok());
            Outgoing::new(&HttpConfig { proxy, trust, ..HttpConfig::for_this_machine() }).err()
        };
        assert!(with(Trust::Only(Vec::new()), Some("http://proxy.example:3128")).is_none());
        assert!(matches!(with(Trust::Only(vec!["not PEM".to_owned()]), None), Some(SetUpError::Certificate)));
        assert!(matches!(
            with(Trust::Only(Vec::new()), Some("mailto:proxy@example")),
            Some(SetUpError::Proxy)
        ));
    }

    #[test]
    fn the_date_of_an_answer_is_read_in_its_one_form() {
        let read = |text: &str| http_date(text).map(|at| at.to_string());
        assert_eq!(read("Sun, 22 Nov 2026 00:36:16 GMT").as_deref(), Some("2026-11-22T00:36:16Z"));
        assert_eq!(read("Thu, 01 Jan 2026 23:59:59 GMT").as_deref(), Some("2026-01-01T23:59:59Z"));
        for wrong in ["", "yesterday", "Sun, 22 anF 2026 00:36:16 GMT", "Sun, 22 Nov 2026 00:36:16 CET"] {
            assert_eq!(http_date(wrong), None, "{wrong}");
        }
    }
}
