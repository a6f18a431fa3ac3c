//! An application as a document among the others, found by its words by everybody whom the journal is open for.

use super::Content;
use super::tell::form;
use crate::access::Granted;
use crate::items::words;
use crate::problem::Problem;
use borgerportal_domain::documents::{DocumentHead, DocumentType};
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::{Area, Audience, Sensitivities, Visibility};
use borgerportal_domain::time::copenhagen_date;
use borgerportal_fhir::delivery::Room;
use borgerportal_store::head::encode;
use borgerportal_store::record::Item;
use borgerportal_store::tx::Tx;
use serde_json::json;

/// Everybody whom this journal is open for.
const FOR_ALL: Visibility = Visibility {
    audience: Some(Audience::ALL),
    visible_from: None,
    withheld_from_parent: false,
    withheld_from_relative: false,
    sensitivities: Sensitivities::NONE,
};

/// Keeps it.
pub(super) fn keep(
    tx: &Tx<'_>,
    granted: &Granted<'_>,
    (id, content): (ItemId, &Content),
) -> Result<(), Problem> {
    let [kind, _] = &content.kind;
    let (now, title) = (tx.now(), format!("Ansøgning om {}", kind.to_lowercase()));
    let head = DocumentHead {
        id,
        title: title.clone(),
        kind: DocumentType::Application,
        area: Area::Aids,
        author: Some(content.by.clone()),
        unit: None,
        dated: copenhagen_date(now),
        has_pdf: !content.files.is_empty(),
        changed: None,
    };
    let subject = json!({ "type": "Patient", "display": granted.loaded.subject.name.full() });
    let mut body = form(content, &subject, now);
    if let Some(members) = body.as_object_mut() {
        members.insert("id".to_owned(), json!(id.to_string()));
    }
    let body = body.to_string();
    let text: Vec<&str> = content
        .said
        .iter()
        .flat_map(|said| [&said.question[0], &said.answer[0]])
        .map(String::as_str)
        .collect();
    let found_by = words(&format!("{title}\n{}", text.join("\n")), &content.by, "");
    let item = Item {
        id,
        kind: Room::Documents.code(),
        sort_at: now,
        class: DocumentType::Application.code(),
        area: Area::Aids.code(),
        dated: copenhagen_date(now),
        received_at: now,
        visibility: &FOR_ALL,
        sender: borgerportal_domain::messages::PORTAL,
        state: "active",
        version: 1,
        head: &encode(&head),
        body: body.as_bytes(),
        words: Some(&found_by),
    };
    Ok(granted.access.writing().put_new(tx, &item)?)
}
