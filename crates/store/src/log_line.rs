//! A line of the access log as text: JSON with its fields always in one order, so that the same line is the
//! same bytes, and a person with `psql` or `sqlite3` can read it. It holds ids and codes only.

use crate::error::StoreError;
use borgerportal_domain::access::{BasisKind, Privilege, RefusalCode, Role};
use borgerportal_domain::access_log::{FilterKind, LogLine, LogObject, ObjectKind, Outcome};
use borgerportal_domain::ids::{ItemId, JournalId, LogId, MandateId, PersonId};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Version 1 of the text. A new field makes a new version; old ones stay readable for as long as the log.
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
}

pub(crate) fn encode(line: &LogLine) -> Result<String, StoreError> {
    let outcome = match line.outcome {
        Outcome::Shown => "shown",
        Outcome::Done => "done",
        Outcome::Refused(code) => code.code(),
    };
    let text = Text {
        v: 1,
        id: line.id.to_string().into(),
        at: line.at.millis(),
        municipality: line.municipality.number(),
        journal: line.journal.to_string().into(),
        subject: line.subject.map(|id| id.to_string().into()),
        actor: line.actor.to_string().into(),
        role: line.role.code().into(),
        basis: line.basis.map(|basis| basis.code().into()),
        mandate: line.mandate.map(|id| id.to_string().into()),
        privilege: line.privilege.code().into(),
        object: line.object.kind.code().into(),
        item: line.object.item.map(|id| id.to_string().into()),
        filters: line.object.filters.iter().map(|filter| filter.code().into()).collect(),
        outcome: outcome.into(),
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
    if text.v != 1 {
        return None;
    }
    let filters: Option<Vec<_>> = text.filters.iter().map(|code| FilterKind::from_code(code)).collect();
    Some(LogLine {
        id: LogId::parse(&text.id).ok()?,
        at: Timestamp::from_millis(text.at),
        municipality: MunicipalityCode::new(text.municipality)?,
        journal: JournalId::parse(&text.journal).ok()?,
        subject: opt(text.subject.as_ref(), |id| PersonId::parse(id).ok()).ok()?,
        actor: PersonId::parse(&text.actor).ok()?,
        role: Role::from_code(&text.role)?,
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
    })
}
