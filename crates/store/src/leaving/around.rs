//! What a municipality has around its journals: its lines of the access log, its look-ups, and the mandates and requests
//! that concern its citizens. It refuses rights that count only elsewhere.

use super::{Line, Page};
use crate::error::StoreError;
use crate::keys::to_hex;
use crate::mandates::evidence::{self, Proof};
use crate::mandates::{self, Kept, lookup};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{EvidenceId, ItemId, LogId, PackageId, PersonId};
use borgerportal_domain::mandates::{MandateItem, Party};
use borgerportal_domain::municipality::MunicipalityCode;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Lines of one page.
const PAGE: i64 = 500;

/// The next lines of the access log, by citizen, and where to go on. Each has what its place in the signed batches is proven
/// with.
pub fn log_lines(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    after: (PersonId, LogId),
) -> Result<Page<(PersonId, LogId)>, StoreError> {
    let (citizen, id) = (after.0.into_bytes(), after.1.into_bytes());
    let values = params![i64::from(municipality.number()), &citizen, &id, PAGE];
    let mut last = None;
    let lines = tx.all(sql!("leaving/log_lines"), values, |row| {
        last = Some((PersonId::from_uuid(row.id(0)?), LogId::from_uuid(row.id(1)?)));
        let seal = json!({
            "salt": to_hex(row.blob(4)?), "node": row.text(5)?, "batch": row.opt_int(6)?, "position": row.opt_int(7)?,
        });
        // The text itself, for its bytes are what was committed to.
        let json = format!("{{\"seal\":{seal},\"line\":{}}}", row.text(3)?).into_bytes();
        Ok(Line { json: json.into(), people: vec![PersonId::from_uuid(row.id(2)?)] })
    })?;
    let full = i64::try_from(lines.len()) == Ok(PAGE);
    Ok((lines, last.filter(|_| full)))
}

/// The next look-ups of mandates by the municipality's systems, and where to go on.
pub fn lookups(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    after: ItemId,
) -> Result<Page<ItemId>, StoreError> {
    let after = after.into_bytes();
    let values = params![i64::from(municipality.number()), &after, PAGE];
    let found = tx.all(sql!("leaving/lookups"), values, |row| lookup::read(tx, row))?;
    let full = i64::try_from(found.len()) == Ok(PAGE);
    let last = found.last().map(|kept| kept.id).filter(|_| full);
    let line = |kept: lookup::Kept| {
        let ground = kept.ground.map(|ground| ground.mandate);
        let json = json!({
            "id": kept.id, "at": kept.at.to_string(), "system": kept.client, "about": kept.giver,
            "subject": kept.question.subject.code(), "access": kept.question.access.code(),
            "channel": kept.question.channel.code(), "purpose": kept.purpose.code(), "case": kept.case,
            "answer": kept.answer.code(), "mandate": ground,
        });
        Line::of(&json, vec![kept.giver])
    };
    Ok((found.into_iter().map(line).collect(), last))
}

/// The mandates a citizen has given that count in this municipality, ended ones too, with the texts that were signed.
pub fn mandates(
    tx: &Tx<'_>,
    municipality: MunicipalityCode,
    citizen: PersonId,
) -> Result<Vec<Line>, StoreError> {
    let codes = codes(tx)?;
    let mut lines = Vec::new();
    for kept in mandates::of(tx, citizen, Party::Giver)? {
        let here = |item: &&MandateItem| item.territory.covers(municipality);
        let items: Vec<Value> =
            kept.mandate.items().iter().filter(here).map(|item| right(item, &codes)).collect();
        if !items.is_empty() {
            let signed = kept.evidence.map(|id| signed(tx, id)).transpose()?.flatten();
            lines.push(mandate(&kept, &items, signed.as_ref()));
        }
    }
    Ok(lines)
}

fn mandate(kept: &Kept, items: &[Value], signed: Option<&Value>) -> Line {
    let (id, terms) = (kept.mandate.id(), kept.mandate.terms());
    let json = json!({
        "kind": "mandate", "id": id, "giver": terms.giver, "holder": terms.holder, "named": kept.named,
        "origin": terms.origin.code(), "signedAt": terms.signed_at.to_string(),
        "firstDay": terms.first_day.to_string(), "lastDay": terms.last_day.to_string(),
        "supersedes": terms.supersedes, "request": kept.request, "rights": items, "signed": signed,
    });
    Line::of(&json, vec![terms.giver, terms.holder])
}

fn right(item: &MandateItem, codes: &BTreeMap<PackageId, String>) -> Value {
    json!({ "package": codes.get(&item.package), "version": item.version, "status": item.status.code() })
}

/// Codes of packages.
fn codes(tx: &Tx<'_>) -> Result<BTreeMap<PackageId, String>, StoreError> {
    let all = mandates::packages::catalogue(tx)?;
    Ok(all.into_iter().map(|entry| (entry.package, entry.code)).collect())
}

/// What was shown and signed, or what is known of the paper.
fn signed(tx: &Tx<'_>, id: EvidenceId) -> Result<Option<Value>, StoreError> {
    let Some(evidence) = evidence::load(tx, id)? else { return Ok(None) };
    let sha256 = to_hex(&evidence.sha256());
    let (text, paper) = match evidence.proof {
        Proof::Digital { text, .. } => (Some(text), None),
        Proof::Paper { registrar, received_on, pages, .. } => {
            let received_on = received_on.to_string();
            (None, Some(json!({ "registrar": registrar, "receivedOn": received_on, "pages": pages })))
        }
    };
    Ok(Some(json!({
        "at": evidence.at.to_string(), "by": evidence.signer, "sha256": sha256, "text": text, "paper": paper,
    })))
}

/// What others have asked this citizen for.
pub fn requests(tx: &Tx<'_>, citizen: PersonId) -> Result<Vec<Line>, StoreError> {
    let kept = mandates::requests::all_to(tx, citizen)?;
    let line = |kept: mandates::requests::Kept| {
        let request = &kept.request;
        let json = json!({
            "kind": "request", "id": kept.id, "requester": request.requester, "target": citizen,
            "versions": request.wanted.items, "lastDay": request.wanted.last_day.to_string(),
            "sentAt": kept.sent_at.to_string(), "answerBy": kept.answer_by.to_string(), "byLetter": kept.by_letter,
            "state": kept.state(), "evidence": kept.evidence,
        });
        Line::of(&json, vec![request.requester, citizen])
    };
    Ok(kept.into_iter().map(line).collect())
}
