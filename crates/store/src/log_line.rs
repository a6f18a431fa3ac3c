//! A line of the access log as text: JSON with its fields always in one order, so that the same line is the
//! same bytes, and a person with `psql` or `sqlite3` can read it. It holds ids and codes only.

use crate::error::StoreError;
use borgerportal_domain::access::{BasisKind, Privilege, RefusalCode, Role};
use borgerportal_domain::access_log::{FilterKind, LogLine, LogObject, ObjectKind, Outcome};
use borgerportal_domain::asking::{Asking, LookUpAnswer, Purpose};
use borgerportal_domain::ids::{ItemId, JournalId, LogId, MandateId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Version 1 of the text, and version 2, which ends with who asked where a system did. A new field makes a new version;
/// old ones stay readable for as long as the log.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Text<'a> {
    v: u8,
    id: Cow<'a, str>,
    at: i64,
    municipality: u16,
    journal: Cow<'a, str>,
    subject: Option<Cow<'a, str>>,
    actor: Cow<'a, str>,
    role: Cow<'a, str>,
    basis: Option<Cow<'a, str>>,
    mandate: Option<Cow<'a, str>>,
    privilege: Cow<'a, str>,
    object: Cow<'a, str>,
    item: Option<Cow<'a, str>>,
    filters: Vec<Cow<'a, str>>,
    outcome: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    asked: Option<AskedText<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedText<'a> {
    client: Cow<'a, str>,
    purpose: Cow<'a, str>,
    answer: Cow<'a, str>,
}

/// In the place of a role where a system asked.
const SYSTEM: &str = "system";

pub(crate) fn encode(line: &LogLine) -> Result<String, StoreError> {
    let outcome = match line.outcome {
        Outcome::Shown => "shown",
        Outcome::Done => "done",
        Outcome::Refused(code) => code.code(),
    };
    let asked = line.asked.as_ref().map(|asked| AskedText {
        client: asked.client.as_str().into(),
        purpose: asked.purpose.code().into(),
        answer: asked.answer.code().into(),
    });
    let text = Text {
        v: if asked.is_some() { 2 } else { 1 },
        id: line.id.to_string().into(),
        at: line.at.millis(),
        municipality: line.municipality.number(),
        journal: line.journal.to_string().into(),
        subject: line.subject.map(|id| id.to_string().into()),
        actor: line.actor.to_string().into(),
        role: if asked.is_some() { SYSTEM } else { line.role.code() }.into(),
        basis: line.basis.map(|basis| basis.code().into()),
        mandate: line.mandate.map(|id| id.to_string().into()),
        privilege: line.privilege.code().into(),
        object: line.object.kind.code().into(),
        item: line.object.item.map(|id| id.to_string().into()),
        filters: line.object.filters.iter().map(|filter| filter.code().into()).collect(),
        outcome: outcome.into(),
        asked,
    };
    serde_json::to_string(&text).map_err(|_| corrupt())
}

const fn corrupt() -> StoreError {
    StoreError::corrupt("access_log", "line")
}

pub(crate) fn decode(text: &str) -> Result<LogLine, StoreError> {
    let text: Text<'_> = serde_json::from_str(text).map_err(|_| corrupt())?;
    read(&text).ok_or(corrupt())
}

fn read(text: &Text<'_>) -> Option<LogLine> {
    // An absent value is fine; a present one that does not read is not: hence the two layers.
    fn opt<T>(text: Option<&Cow<'_, str>>, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ()> {
        text.map(|text| read(text).ok_or(())).transpose()
    }
    let asked = match (text.v, &text.asked) {
        (1, None) => None,
        (2, Some(asked)) if text.role == SYSTEM => Some(Asking {
            client: asked.client.clone().into_owned(),
            purpose: Purpose::from_code(&asked.purpose)?,
            answer: LookUpAnswer::from_code(&asked.answer)?,
        }),
        _ => return None,
    };
    let filters: Option<Vec<_>> = text.filters.iter().map(|code| FilterKind::from_code(code)).collect();
    Some(LogLine {
        id: LogId::parse(&text.id).ok()?,
        at: Timestamp::from_millis(text.at),
        municipality: MunicipalityCode::new(text.municipality)?,
        journal: JournalId::parse(&text.journal).ok()?,
        subject: opt(text.subject.as_ref(), |id| PersonId::parse(id).ok()).ok()?,
        actor: PersonId::parse(&text.actor).ok()?,
        role: if asked.is_some() { Role::Citizen } else { Role::from_code(&text.role)? },
        basis: opt(text.basis.as_ref(), BasisKind::from_code).ok()?,
        mandate: opt(text.mandate.as_ref(), |id| MandateId::parse(id).ok()).ok()?,
        privilege: Privilege::from_code(&text.privilege)?,
        object: LogObject {
            kind: ObjectKind::from_code(&text.object)?,
            item: opt(text.item.as_ref(), |id| ItemId::parse(id).ok()).ok()?,
            filters: filters?,
        },
        outcome: match text.outcome.as_ref() {
            "shown" => Outcome::Shown,
            "done" => Outcome::Done,
            code => Outcome::Refused(RefusalCode::from_code(code)?),
        },
        asked,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn line() -> LogLine {
        LogLine {
            id: LogId::from_bytes([1; 16]),
            at: Timestamp::from_millis(1_793_696_400_000),
            municipality: MunicipalityCode::new(217).unwrap(),
            journal: JournalId::from_bytes([2; 16]),
            subject: Some(PersonId::from_bytes([3; 16])),
            actor: PersonId::from_bytes([4; 16]),
            role: Role::Citizen,
            basis: Some(BasisKind::Own),
            mandate: Some(MandateId::from_bytes([5; 16])),
            privilege: Privilege::ReadDocuments,
            object: LogObject {
                kind: ObjectKind::Document,
                item: Some(ItemId::from_bytes([6; 16])),
                filters: FilterKind::ALL.to_vec(),
            },
            outcome: Outcome::Shown,
            asked: None,
        }
    }

    fn comes_back(line: &LogLine) {
        let text = encode(line).unwrap();
        assert_eq!(decode(&text).unwrap(), *line, "{text}");
        assert_eq!(encode(&decode(&text).unwrap()).unwrap(), text, "the same line is the same bytes");
    }

    #[test]
    fn every_word_a_line_can_hold_comes_back() {
        let good = line();
        for role in Role::ALL {
            comes_back(&LogLine { role: *role, ..good.clone() });
        }
        for basis in BasisKind::ALL.iter().copied().map(Some).chain([None]) {
            comes_back(&LogLine { basis, ..good.clone() });
        }
        for privilege in Privilege::ALL {
            comes_back(&LogLine { privilege: *privilege, ..good.clone() });
        }
        for kind in ObjectKind::ALL {
            comes_back(&LogLine { object: LogObject::page(*kind), ..good.clone() });
        }
        let refused = RefusalCode::ALL.iter().copied().map(Outcome::Refused);
        for outcome in refused.chain([Outcome::Shown, Outcome::Done]) {
            comes_back(&LogLine { outcome, ..good.clone() });
        }
        comes_back(&LogLine { subject: None, mandate: None, at: Timestamp::from_millis(0), ..good });
    }

    fn looked_up(purpose: Purpose, answer: LookUpAnswer) -> LogLine {
        let asked = Some(Asking { client: "cases".to_owned(), purpose, answer });
        let object = LogObject::one(ObjectKind::LookUp, ItemId::from_bytes([6; 16]));
        LogLine { basis: None, actor: LogLine::NOBODY, object, asked, ..line() }
    }

    #[test]
    fn what_a_system_asked_comes_back_with_what_it_was_told() {
        for purpose in Purpose::ALL {
            for answer in LookUpAnswer::ALL {
                comes_back(&looked_up(*purpose, *answer));
            }
        }
        let text = encode(&looked_up(Purpose::PhoneCall, LookUpAnswer::No)).unwrap();
        assert!(text.starts_with("{\"v\":2,") && text.contains("\"role\":\"system\""), "{text}");
        let says = ",\"asked\":{\"client\":\"cases\",\"purpose\":\"phone_call\",\"answer\":\"no\"}}";
        assert!(text.ends_with(says), "{text}");
    }

    #[test]
    fn a_system_is_no_person_and_a_person_is_no_system() {
        let system = encode(&looked_up(Purpose::Meeting, LookUpAnswer::Yes)).unwrap();
        let person = encode(&line()).unwrap();
        for bent in [
            system.replace("\"v\":2", "\"v\":1"),
            system.replace("\"role\":\"system\"", "\"role\":\"citizen\""),
            system.replace("meeting", "curiosity"),
            system.replace("\"answer\":\"yes\"", "\"answer\":\"perhaps\""),
            system.replace("\"client\":\"cases\",", ""),
            system.replace("\"client\"", "\"name\":\"x\",\"client\""),
            person.replace("\"v\":1", "\"v\":2"),
            person.replace("\"role\":\"citizen\"", "\"role\":\"system\""),
        ] {
            assert!(decode(&bent).is_err(), "{bent}");
        }
    }

    /// The commitments of old batches are over these bytes: a change here breaks every log that was ever sealed.
    #[test]
    fn the_text_of_version_one_never_changes() {
        let text = encode(&line()).unwrap();
        assert_eq!(
            text,
            "{\"v\":1,\"id\":\"01010101-0101-0101-0101-010101010101\",\"at\":1793696400000,\"municipality\":217,\
             \"journal\":\"02020202-0202-0202-0202-020202020202\",\"subject\":\"03030303-0303-0303-0303-030303030303\",\
             \"actor\":\"04040404-0404-0404-0404-040404040404\",\"role\":\"citizen\",\"basis\":\"own\",\
             \"mandate\":\"05050505-0505-0505-0505-050505050505\",\"privilege\":\"documents.read\",\"object\":\"document\",\
             \"item\":\"06060606-0606-0606-0606-060606060606\",\
             \"filters\":[\"type\",\"area\",\"period\",\"words\",\"unread\",\"page\"],\"outcome\":\"shown\"}"
        );
    }

    #[test]
    fn a_line_with_anything_else_in_it_does_not_read() {
        let good: Value = serde_json::from_str(&encode(&line()).unwrap()).unwrap();
        for (name, value) in [
            ("v", json!(2)),
            ("id", json!("x")),
            ("at", json!("2026-11-03")),
            ("municipality", json!(411)),
            ("municipality", json!(-1)),
            ("journal", json!("")),
            ("subject", json!("7205440001")),
            ("actor", Value::Null),
            ("role", json!("Citizen")),
            ("basis", json!("because")),
            ("mandate", json!("none")),
            ("privilege", json!("*")),
            ("object", json!("")),
            ("item", json!("../etc")),
            ("filters", json!(["type", "names"])),
            ("filters", json!("type")),
            ("outcome", json!("access.unknown")),
            ("words", json!("what somebody searched for")),
        ] {
            let mut bent = good.clone();
            bent[name] = value.clone();
            let error = decode(&bent.to_string()).unwrap_err();
            assert!(
                matches!(error, StoreError::Corrupt { table: "access_log", column: "line" }),
                "{name} {value}"
            );
        }
        for name in good.as_object().unwrap().keys() {
            let mut short = good.clone();
            short.as_object_mut().unwrap().remove(name);
            let may_be_absent = ["subject", "basis", "mandate", "item"].contains(&name.as_str());
            assert_eq!(decode(&short.to_string()).is_ok(), may_be_absent, "without {name}");
        }
    }
}
