//! The register's record of a child, and what it says about one adult. It refuses records whose dates or numbers
//! cannot be read: a wrong answer must not look like "no custody", nor like custody.
//!
//! Names are the register's own (`PersonBaseDataExtended` 4): `foraeldremyndighedtype` 3 is the mother, 4 the father,
//! 5 and 6 others; almost everything is optional there.

use borgerportal_domain::time::copenhagen_date;
use borgerportal_domain::{Cpr, Date, PersonName, Timestamp};
use serde::Deserialize;

use super::CustodyOf;
use crate::http::object;

#[derive(Deserialize)]
struct Answer {
    personer: Vec<Record>,
}

#[derive(Deserialize)]
struct Record {
    persondata: Persondata,
    #[serde(default)]
    relationer: Relationer,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Persondata {
    personnummer: String,
    gaeldende_personnummer: Option<String>,
    navn: Option<Navn>,
    foedselsdato: Option<UsikkerDato>,
    status: Option<Status>,
    adressebeskyttelse: Option<Beskyttelse>,
}

#[derive(Deserialize)]
struct Navn {
    personadresseringsnavn: Option<String>,
    fornavn: Option<String>,
    mellemnavn: Option<String>,
    efternavn: Option<String>,
}

/// A day as the register writes it, `YYYY-MM-DD`.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Dato(Date);

impl TryFrom<String> for Dato {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self).map_err(|_| "not a day")
    }
}

#[derive(Deserialize)]
struct UsikkerDato {
    dato: Dato,
    usikkerhedsmarkering: Option<String>,
}

#[derive(Deserialize)]
struct Status {
    status: Option<u8>,
}

#[derive(Deserialize)]
struct Beskyttelse {
    startdato: Option<Dato>,
    slutdato: Option<Dato>,
    beskyttet: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Relationer {
    mor: Option<Relation>,
    far: Option<Relation>,
    foraeldremyndighed: Vec<Foraeldremyndighed>,
}

#[derive(Deserialize)]
struct Relation {
    personnummer: String,
}

#[derive(Deserialize)]
struct Foraeldremyndighed {
    #[serde(rename = "foraeldremyndighedtype")]
    kind: u8,
    #[serde(rename = "foraeldremyndighedStartdato")]
    from: Option<UsikkerDato>,
    #[serde(rename = "foraeldremyndighedSletdato")]
    until: Option<Dato>,
    #[serde(rename = "relationPersonnummer")]
    holder: Option<String>,
}

const DEAD: u8 = 90;
/// Annulled, deleted as a duplicate, replaced after a change: another record speaks for that child.
const SUPERSEDED: [u8; 3] = [30, 50, 60];

/// The children `person` has or had custody of. An error is a fixed text that says what cannot be read.
pub(super) fn children(answer: &[u8], person: &Cpr, now: Timestamp) -> Result<Vec<CustodyOf>, &'static str> {
    let answer: Answer = object(answer).ok_or("not the record of persons")?;
    let today = copenhagen_date(now);
    let mut found = Vec::new();
    for record in &answer.personer {
        found.extend(custodies(record, person, today)?);
    }
    found.sort_by(|a, b| (a.birth_on, &a.child).cmp(&(b.birth_on, &b.child)));
    Ok(found)
}

fn custodies(record: &Record, person: &Cpr, today: Date) -> Result<Vec<CustodyOf>, &'static str> {
    let about = &record.persondata;
    let status = about.status.as_ref().and_then(|it| it.status);
    if status.is_some_and(|status| status == DEAD || SUPERSEDED.contains(&status)) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for custody in &record.relationer.foraeldremyndighed {
        if holder(custody, &record.relationer)?.as_ref() == Some(person) {
            found.push(CustodyOf {
                child: number(about.gaeldende_personnummer.as_ref().unwrap_or(&about.personnummer))?,
                name: name(about.navn.as_ref()),
                birth_on: about.foedselsdato.as_ref().ok_or("a child without birth date")?.dato.0,
                from: custody.from.as_ref().and_then(certain),
                until: custody.until.map(|day| day.0),
                protected: about.adressebeskyttelse.as_ref().is_some_and(|it| in_force(it, today)),
            });
        }
    }
    Ok(found)
}

/// Whose custody this line is. Mother and father may be named only in their own relation.
fn holder(custody: &Foraeldremyndighed, relations: &Relationer) -> Result<Option<Cpr>, &'static str> {
    let parent = match custody.kind {
        3 => relations.mor.as_ref(),
        4 => relations.far.as_ref(),
        5 | 6 => None,
        _ => return Err("an unknown type of custody"),
    };
    let named = custody.holder.as_deref().or(parent.map(|it| it.personnummer.as_str()));
    named.map(number).transpose()
}

fn number(text: &str) -> Result<Cpr, &'static str> {
    Cpr::parse(text).map_err(|_| "a personnummer that is none")
}

/// An uncertain start is no start: then the custody counts as known, its first day as not known.
fn certain(date: &UsikkerDato) -> Option<Date> {
    let certain = date.usikkerhedsmarkering.as_deref().is_none_or(|mark| mark.trim().is_empty());
    certain.then_some(date.dato.0)
}

/// Protected unless the register clearly says that it is over or has not begun.
fn in_force(protection: &Beskyttelse, today: Date) -> bool {
    let begun = protection.startdato.is_none_or(|from| from.0 <= today);
    let over = protection.slutdato.is_some_and(|until| until.0 <= today);
    protection.beskyttet.unwrap_or(true) && begun && !over
}

fn name(name: Option<&Navn>) -> PersonName {
    let Some(name) = name else { return PersonName::default() };
    let text = |part: &Option<String>| part.as_deref().unwrap_or_default().trim().to_owned();
    let given = format!("{} {}", text(&name.fornavn), text(&name.mellemnavn)).trim().to_owned();
    let family = text(&name.efternavn);
    if given.is_empty() && family.is_empty() {
        return PersonName { given: text(&name.personadresseringsnavn), family };
    }
    PersonName { given, family }
}

#[cfg(test)]
mod tests;
