//! The question to the portal: a signed assertion for a token, the token for a list of privileges, the list as data. It
//! refuses addresses without TLS, except on this machine, and a list that is not exactly what schema 1.2 says: it was
//! built apart from the portal's own reader, so that both cannot be wrong in the same way.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use borgerportal_domain::Cpr;
use borgerportal_identity::jws::SigningKey;
use borgerportal_identity::oidc::loopback;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use reqwest::{Client, Response, redirect};
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::Deserialize;
use serde_json::json;
use url::Url;
use uuid::Builder;

use crate::faults::InForce;
use crate::{Clock, Fault};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const SCOPE: &str = "urn:dk:gov:saml:cprNumberIdentifier:";
/// How long an assertion is good for. Seconds.
const ASSERTION_S: i64 = 60;

/// Privileges by the giver's number.
type Given = BTreeMap<String, BTreeSet<String>>;

pub(super) struct Portal {
    base: Url,
    client_id: String,
    key: SigningKey,
    clock: Clock,
    http: Client,
    random: SystemRandom,
}

#[derive(Deserialize)]
struct Token {
    access_token: String,
}

impl Portal {
    pub(super) fn new(base: Url, client_id: String, key: SigningKey, clock: Clock) -> Result<Self, String> {
        if base.scheme() != "https" && !loopback(&base) {
            return Err("the portal's address is neither https nor this machine".to_owned());
        }
        // The whole process uses ring; an error means that it is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().redirect(redirect::Policy::none()).no_proxy();
        // This machine needs no authority, and shall believe none.
        let http = if loopback(&base) { http.tls_certs_only([]) } else { http };
        let http = http.timeout(Duration::from_secs(5)).build().map_err(|error| error.to_string())?;
        Ok(Self { base, client_id, key, clock, http, random: SystemRandom::new() })
    }

    /// What this holder may do here, now. An error says which step failed, and no more.
    pub(super) async fn privileges(&self, holder: &Cpr, faults: &InForce) -> Result<Given, &'static str> {
        let token = self.token(faults).await?;
        let address = self.base.join("api/mandates/v1/privileges").map_err(|_| "address")?;
        let asked = self.http.post(address).bearer_auth(token).json(&json!({ "holder": holder.expose() }));
        let answer = asked.send().await.map_err(|_| "no answer")?;
        match answer.status().as_u16() {
            200 => read(&whole(answer).await?).ok_or("not a list of privileges"),
            204 => Ok(Given::new()),
            _ => Err("refused"),
        }
    }

    async fn token(&self, faults: &InForce) -> Result<String, &'static str> {
        let address = self.base.join("oauth/token").map_err(|_| "address")?;
        let assertion = self.assertion(&address, faults).ok_or("our key")?;
        let form = [
            ("grant_type", "client_credentials"),
            ("client_assertion_type", ASSERTION_TYPE),
            ("client_assertion", &assertion),
        ];
        let answer = self.http.post(address).form(&form).send().await.map_err(|_| "no answer")?;
        if !answer.status().is_success() {
            return Err("no token");
        }
        let token: Token = serde_json::from_str(&whole(answer).await?).map_err(|_| "no token")?;
        Ok(token.access_token)
    }

    /// A name that no assertion had before.
    fn fresh(&self) -> Option<String> {
        let mut bytes = [0; 16];
        self.random.fill(&mut bytes).ok()?;
        Some(Builder::from_random_bytes(bytes).into_uuid().to_string())
    }

    /// Who we are, signed, or what the faults make of it.
    fn assertion(&self, audience: &Url, faults: &InForce) -> Option<String> {
        let late_s = if faults.has(&Fault::Expired) { 2 * ASSERTION_S } else { 0 };
        let issued_s = (self.clock)().seconds() - late_s;
        let audience =
            if faults.has(&Fault::WrongAudience) { "https://other.example/token" } else { audience.as_str() };
        let claims = json!({
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": audience,
            "jti": self.fresh()?,
            "iat": issued_s,
            "exp": issued_s + ASSERTION_S,
        });
        if faults.has(&Fault::WrongSignature) {
            let forged = SigningKey::generate(self.key.kid(), &self.random).ok()?;
            return forged.sign(&claims, &self.random).ok();
        }
        self.key.sign(&claims, &self.random).ok()
    }
}

async fn whole(answer: Response) -> Result<String, &'static str> {
    answer.text().await.map_err(|_| "the answer broke off")
}

/// A list exactly as schema 1.2 says: the root in its namespace, everything else in none, no constraint that we would
/// have to understand. One group for each giver.
fn read(xml: &str) -> Option<Given> {
    let mut reader = Reader::from_str(xml);
    let (mut given, mut whom, mut place) = (Given::new(), None::<String>, Vec::<String>::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.name().as_ref().to_owned();
                match (place.len(), name.as_str()) {
                    (0, "bpp:PrivilegeList") => {
                        attribute(&start, "xmlns:bpp")
                            .filter(|space| space == "http://digst.dk/oiosaml/basic_privilege_profile")?;
                    }
                    (1, "PrivilegeGroup") => {
                        whom = Some(attribute(&start, "Scope")?.strip_prefix(SCOPE)?.to_owned());
                    }
                    (2, "Privilege") => {}
                    _ => return None,
                }
                place.push(name);
            }
            Event::End(_) => {
                place.pop()?;
            }
            Event::Text(text) if place.len() == 3 => {
                let privilege = text.xml10_content().into_owned();
                given.entry(whom.clone()?).or_default().insert(privilege);
            }
            Event::Text(text) if text.xml10_content().trim().is_empty() => {}
            Event::Decl(_) => {}
            Event::Eof => return place.is_empty().then_some(given).filter(|given| !given.is_empty()),
            Event::Text(_)
            | Event::Empty(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => return None,
        }
    }
}

fn attribute(start: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = start.attributes().find_map(|one| one.ok().filter(|one| one.key.as_ref() == wanted))?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBER: &str = "7205500004";

    fn list(groups: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<bpp:PrivilegeList \
             xmlns:bpp=\"http://digst.dk/oiosaml/basic_privilege_profile\">{groups}</bpp:PrivilegeList>\n"
        )
    }

    fn group(privileges: &str) -> String {
        format!("<PrivilegeGroup Scope=\"{SCOPE}{NUMBER}\">{privileges}</PrivilegeGroup>")
    }

    #[test]
    fn a_list_is_read_by_giver() {
        let read = read(&list(&group("<Privilege>urn:a</Privilege><Privilege>urn:b</Privilege>"))).unwrap();
        let expected = ["urn:a", "urn:b"].map(str::to_owned).into();
        assert_eq!(read, Given::from([(NUMBER.to_owned(), expected)]));
    }

    #[test]
    fn what_is_not_exactly_a_list_is_refused() {
        let good = list(&group("<Privilege>urn:a</Privilege>"));
        assert!(read(&good).is_some());
        for wrong in [
            list(""),
            list(&group("")),
            list(&group("<Privilege>urn:a</Privilege><Constraint Name=\"urn:x\">1</Constraint>")),
            list(&group("<bpp:Privilege>urn:a</bpp:Privilege>")),
            list(&group("<Privilege>urn:a<!-- --></Privilege>")),
            good.replace("digst.dk", "itst.dk"),
            good.replace("cprNumberIdentifier", "cvrNumberIdentifier"),
            good.replace("Scope", "scope"),
            good.replace("</bpp:PrivilegeList>", ""),
            good.replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<!DOCTYPE a>"),
            "<html>Out for lunch</html>".to_owned(),
            String::new(),
        ] {
            assert_eq!(read(&wrong), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_do_not_travel_without_tls() {
        let new = |address: &str| {
            let key = SigningKey::generate("k", &SystemRandom::new()).unwrap();
            let clock: Clock = std::sync::Arc::new(|| borgerportal_domain::Timestamp::from_seconds(0));
            Portal::new(Url::parse(address).unwrap(), "fmk".to_owned(), key, clock)
        };
        assert!(new("http://portal.example/").is_err());
        assert!(new("http://127.0.0.1:8080/").is_ok());
        assert!(new("http://localhost:8080/").is_ok());
    }
}
