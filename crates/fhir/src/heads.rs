//! What the lists of a room show of a resource, read once when it arrives and kept under the seal beside it, so that no
//! page parses what was received. Each room says in its own module what its head holds, as JSON of a few fields. It refuses
//! documents, which have a head of their own, and everything without a page.

use crate::calendar;
use crate::delivery::{Entry, ResourceType, Room, Source};
use crate::documents::{area_of, area_said};
use crate::json::Node;
use crate::messages;
use borgerportal_domain::items::Area;
use serde::Serialize;

/// Finds the resource that a reference of this delivery means.
pub(crate) type Refers<'r> = dyn Fn(&str) -> Option<Source> + 'r;

/// A resource as its room reads it.
pub(crate) struct Heard<'r, 'n, 'a> {
    /// Its name at the sender.
    pub(crate) source: &'r Source,
    /// What it says.
    pub(crate) node: &'n Node<'a>,
    /// Finds what its references mean.
    pub(crate) refers: &'r Refers<'r>,
}

impl Heard<'_, '_, '_> {
    /// The name, such as `Condition/x`, of what a Reference means: in this delivery, or else as it is written.
    pub(crate) fn name(&self, reference: Option<&Node<'_>>) -> Option<String> {
        let written = reference?.str("reference")?;
        if let Some(found) = (self.refers)(written) {
            return Some(found.to_string());
        }
        let (kind, id) = written.rsplit_once('/').map(|(before, id)| (before.rsplit('/').next(), id))?;
        let kind = ResourceType::from_name(kind?)?;
        Some(Source::new(kind, id).to_string())
    }
}

/// What the lists of the room show; nothing for a room without lists.
pub(crate) fn entry(room: Room, heard: &Heard<'_, '_, '_>) -> Option<Entry> {
    let shown = match room {
        Room::Conditions => kept(crate::conditions::head(heard)),
        Room::Plans => kept(crate::plans::head(heard)),
        Room::Grants => kept(crate::grants::head(heard)),
        Room::Aids => kept(crate::aids::head(heard)),
        Room::Calendar => calendar::head(heard),
        Room::Messages => {
            let area = messages::area(heard.node).unwrap_or(Area::Other);
            return Some(Entry { area, head: messages::head(heard).write() });
        }
        Room::Documents | Room::Other => return None,
    };
    let area = area_said(heard.node).unwrap_or_else(|| area_of(&[(heard.source.kind, heard.node)]));
    Some(Entry { area, head: shown })
}

/// The head as bytes; none of what the room lists nothing of.
fn kept(head: Option<impl Serialize>) -> Vec<u8> {
    head.and_then(|head| serde_json::to_vec(&head).ok()).unwrap_or_default()
}

/// What tests of the rooms share.
#[cfg(test)]
pub(crate) mod testing {
    use crate::delivery::{Incoming, Room};
    use crate::ingest::{Limits, read};
    use serde_json::{Value, json};

    /// What a room gets of a report about one citizen, the Patient `p`.
    pub(crate) fn delivered(resources: &[Value], room: Room) -> Vec<Incoming> {
        let cpr = json!([{ "system": crate::CPR, "value": "0101010101" }]);
        let patient = json!({ "resourceType": "Patient", "id": "p", "identifier": cpr });
        let entries =
            std::iter::once(&patient).chain(resources).map(|resource| json!({ "resource": resource }));
        let bundle = json!({ "resourceType": "Bundle", "type": "collection", "timestamp": "2026-03-30T10:00:00Z",
            "entry": entries.collect::<Value>() });
        let mut delivery = read(bundle.to_string().as_bytes(), &Limits::default()).unwrap();
        let mut items = std::mem::take(&mut delivery.citizens[0].items);
        items.retain(|item| item.room == room);
        items
    }
}
