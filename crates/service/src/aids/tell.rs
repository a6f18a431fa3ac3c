//! What the record system is told of aids, in the words of FHIR. It refuses to leave out who acted for whom.

use super::{Content, Said};
use crate::access::Granted;
use crate::outgoing::{self, Told};
use crate::problem::Problem;
use borgerportal_domain::Cpr;
use borgerportal_domain::ids::OutgoingId;
use borgerportal_domain::outgoing::OutgoingKind;
use borgerportal_domain::time::Timestamp;
use borgerportal_fhir::outgoing::{Telling, citizen};
use borgerportal_fhir::{BASE, DOCUMENT_AREA, DOCUMENT_TYPE};
use borgerportal_store::attachments::Attachment;
use borgerportal_store::tx::Tx;
use serde_json::{Value, json};

/// Tells the record system of something, about something of its own.
pub(super) fn tell(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    (id, kind): (OutgoingId, OutgoingKind),
    (says, focus): (&str, Option<&str>),
    more: Vec<Value>,
) -> Result<(), Problem> {
    let telling = Telling {
        id,
        kind,
        at: tx.now(),
        citizen: &granted.loaded.subject.cpr,
        actor: &granted.loaded.actor.name.full(),
        basis: granted.basis(),
        says,
        focus,
        more,
    };
    outgoing::tell(tx, &granted.access, &Told { id, kind, resource: telling.bundle() })
}

/// What was answered, as a form. Also the body of the document that an application is among the others.
pub(super) fn form(content: &Content, subject: &Value, at: Timestamp) -> Value {
    let item = |said: &Said| {
        let [question, _] = &said.question;
        let [answer, _] = &said.answer;
        json!({ "linkId": said.code, "text": question, "answer": [{ "valueString": answer }] })
    };
    json!({
        "resourceType": "QuestionnaireResponse",
        "questionnaire": format!("{BASE}/Questionnaire/aid-application|{}", content.code),
        "status": "completed",
        "subject": subject,
        "authored": at.to_string(),
        "author": { "display": content.by },
        "item": content.said.iter().map(item).collect::<Vec<_>>(),
    })
}

/// Everything that goes along with an application: the form, the receipt, and the files, which are put in when it is sent.
pub(super) fn more(
    content: &Content,
    cpr: &Cpr,
    (at, receipt): (Timestamp, &str),
    files: &[Attachment],
) -> Vec<Value> {
    let document = |title: &str, media_type: &str, data: &str| {
        json!({
            "resourceType": "DocumentReference",
            "status": "current",
            "subject": citizen(cpr),
            "date": at.to_string(),
            "description": title,
            "type": { "coding": [{ "system": DOCUMENT_TYPE, "code": "application" }] },
            "category": [{ "coding": [{ "system": DOCUMENT_AREA, "code": "aids" }] }],
            "content": [{ "attachment": { "contentType": media_type, "data": data, "title": title } }],
        })
    };
    let [kind, _] = &content.kind;
    let mut more = vec![
        form(content, &citizen(cpr), at),
        document(&format!("Kvittering for ansøgning {}: {kind}", content.number), "application/pdf", receipt),
    ];
    for one in files {
        more.push(document(&one.name, &one.file.media_type, &format!("file:{}", one.file.address)));
    }
    more
}
