//! Where a person lives, for the envelope of a letter. The port is [`AddressRegister`]; behind it stands a JSON
//! interface shaped after "PersonBaseDataExtended" of the municipal platform, as for custody. It refuses to answer
//! about the dead, and to pass on more than the lines of an envelope.

use async_trait::async_trait;
use borgerportal_domain::Cpr;
use serde::Deserialize;
use serde_json::json;
use url::Url;

use crate::http::object;
use crate::{Outgoing, Partner, PartnerError};

/// What stands on an envelope, line by line: name, street, postal code and town. Never a number of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Envelope(pub Vec<String>);

impl std::fmt::Debug for Envelope {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Envelope(hidden)")
    }
}

/// The port.
#[async_trait]
pub trait AddressRegister: Send + Sync {
    /// The envelope of this person; nothing when the register has no address to send to.
    async fn envelope_of(&self, person: &Cpr) -> Result<Option<Envelope>, PartnerError>;
}

/// The client of the JSON interface.
#[derive(Debug)]
pub struct AddressClient {
    outgoing: Outgoing,
    address: Url,
}

impl AddressClient {
    /// `address` is where the question is sent, whole.
    #[must_use]
    pub fn new(outgoing: Outgoing, address: Url) -> Self {
        Self { outgoing, address }
    }
}

#[async_trait]
impl AddressRegister for AddressClient {
    async fn envelope_of(&self, person: &Cpr) -> Result<Option<Envelope>, PartnerError> {
        // POST: a CPR number never stands in an address of ours.
        let question = json!({ "personnummer": person.expose() });
        let request = self.outgoing.post(self.address.clone()).json(&question);
        let answer = self.outgoing.json(Partner::AddressRegister, request).await?;
        read(&answer, person)
            .map_err(|what| PartnerError::Nonsense { partner: Partner::AddressRegister, what })
    }
}

#[derive(Deserialize)]
struct Answer {
    personer: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    persondata: Persondata,
    adresse: Option<Adresse>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Persondata {
    personnummer: String,
    gaeldende_personnummer: Option<String>,
    navn: Navn,
    status: Option<Status>,
}

#[derive(Deserialize)]
struct Navn {
    personadresseringsnavn: String,
}

#[derive(Deserialize)]
struct Status {
    status: Option<u8>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Adresse {
    aktuel_adresse: Option<Aktuel>,
}

#[derive(Deserialize)]
struct Aktuel {
    standardadresse: String,
    postnummer: String,
    postdistrikt: String,
}

/// Living in Denmark or administratively registered: the others have no address to send to.
const RESIDENT: [u8; 5] = [1, 3, 5, 7, 20];

fn read(answer: &[u8], person: &Cpr) -> Result<Option<Envelope>, &'static str> {
    let answer: Answer = object(answer).ok_or("not the record of a person")?;
    let Some(record) = answer.personer.into_iter().next() else { return Ok(None) };
    let about = &record.persondata;
    let current = about.gaeldende_personnummer.as_deref();
    if about.personnummer != person.expose() && current != Some(person.expose()) {
        return Err("the record of somebody else");
    }
    let resident = about.status.as_ref().and_then(|it| it.status).is_some_and(|it| RESIDENT.contains(&it));
    let Some(place) = record.adresse.and_then(|it| it.aktuel_adresse).filter(|_| resident) else {
        return Ok(None);
    };
    let lines = [
        line(&about.navn.personadresseringsnavn),
        line(&place.standardadresse),
        town(&format!("{} {}", place.postnummer, place.postdistrikt)),
    ];
    Ok(lines.iter().all(|line| !line.is_empty()).then(|| Envelope(lines.to_vec())))
}

/// The last line of an envelope as the post wants it inside Denmark: four digits, one space, the town. Some write the
/// country before the number, with a hyphen, a space or nothing between; what has no such number stays as it is.
#[must_use]
pub fn town(text: &str) -> String {
    let text = line(text);
    let (country, rest) = text.split_at_checked(2).unwrap_or(("", &text));
    let rest = rest.trim_start_matches(['-', ' ']);
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    if country.eq_ignore_ascii_case("DK") && digits == 4 { rest.to_owned() } else { text }
}

/// One line of an envelope: no line breaks, no stray spaces.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(number: &str, status: u8, street: &str) -> Vec<u8> {
        serde_json::to_vec(&json!({"personer": [{
            "persondata": {
                "personnummer": number,
                "navn": {"personadresseringsnavn": "Inger\nHolm"},
                "status": {"status": status},
            },
            "adresse": {"aktuelAdresse": {"standardadresse": street, "postnummer": "3000", "postdistrikt": "Helsingør"}},
        }]}))
        .unwrap()
    }

    #[test]
    fn the_country_does_not_stand_before_the_postal_code() {
        for (written, wanted) in [
            ("3000 Helsingør", "3000 Helsingør"),
            ("DK-3000 Helsingør", "3000 Helsingør"),
            ("dk 3000  Helsingør", "3000 Helsingør"),
            ("DK3000 Helsingør", "3000 Helsingør"),
            ("D-24937 Flensburg", "D-24937 Flensburg"),
            ("DK-30000 Nowhere", "DK-30000 Nowhere"),
            ("Æ", "Æ"),
            ("", ""),
        ] {
            assert_eq!(town(written), wanted, "{written}");
        }
    }

    #[test]
    fn an_envelope_has_three_lines_and_no_number() {
        let person = Cpr::parse("7205440012").unwrap();
        let envelope = read(&record("7205440012", 1, "Strandvejen  5, 2. tv"), &person).unwrap().unwrap();
        assert_eq!(envelope.0, ["Inger Holm", "Strandvejen 5, 2. tv", "3000 Helsingør"]);
        assert_eq!(format!("{envelope:?}"), "Envelope(hidden)");
    }

    #[test]
    fn who_is_dead_or_gone_or_has_no_street_gets_no_letter() {
        let person = Cpr::parse("7205440012").unwrap();
        for status in [90, 80, 70, 30, 50, 60] {
            assert_eq!(read(&record("7205440012", status, "Strandvejen 5"), &person), Ok(None), "{status}");
        }
        assert_eq!(read(&record("7205440012", 1, " "), &person), Ok(None));
        assert_eq!(read(br#"{"personer":[]}"#, &person), Ok(None));
    }

    #[test]
    fn somebody_elses_address_is_never_used() {
        let person = Cpr::parse("7205440012").unwrap();
        assert!(read(&record("7205440020", 1, "Strandvejen 5"), &person).is_err());
        assert!(read(b"{}", &person).is_err());
    }
}
