//! One thing of the record by its title, for what somebody writes about it. It stands beside the rooms, because it looks
//! into more than one. What this reader may not see is not there.

use crate::access::{self, Granted};
use crate::items::{self as rooms, ALWAYS, Rule, Seen};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::{Item, ItemKind};
use borgerportal_domain::messages::About;
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::grants::{Head, read};
use borgerportal_store::documents::{self, Labelled};
use borgerportal_store::items;
use borgerportal_store::tx::Tx;

/// Most things that one message is about.
pub(crate) const MOST: usize = 3;

/// Those of these things that this reader may see, in their order.
pub(crate) fn all(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    granted: &Granted<'_>,
    items: &[ItemId],
) -> Result<Vec<About>, Problem> {
    let each = items.iter().take(MOST).map(|item| one(tx, places, who, granted, *item));
    each.filter_map(Result::transpose).collect()
}

fn one(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    granted: &Granted<'_>,
    item: ItemId,
) -> Result<Option<About>, Problem> {
    let title = match document(tx, places, who, granted, item)? {
        Some(title) => Some(title),
        None => grant(tx, places, who, granted, item)?,
    };
    let Some(title) = title else { return Ok(None) };
    let name = items::source(tx, &granted.access, item)?;
    Ok(name.map(|(kind, id)| About { item, name: format!("{kind}/{}", own(&id)), title }))
}

/// The id without what was put behind it here: the sender knows nothing of that.
fn own(id: &str) -> &str {
    id.split(['#', '@']).next().unwrap_or(id)
}

fn document(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    granted: &Granted<'_>,
    item: ItemId,
) -> Result<Option<String>, Problem> {
    if !access::may(places, who, granted, Privilege::ReadDocuments, tx.now()) {
        return Ok(None);
    }
    let rule = Rule::of(granted, places, tx.now())?;
    let keep = |one: &Labelled| {
        let item = Item {
            kind: ItemKind::Document(one.kind),
            area: one.area,
            sender: &one.sender,
            dated: one.dated,
            received_at: one.received_at,
            visibility: &one.visibility,
        };
        rule.shown(&item).is_some()
    };
    let found = documents::document(tx, &granted.access, item, &keep)?;
    Ok(found.map(|document| document.head.title))
}

fn grant(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    granted: &Granted<'_>,
    item: ItemId,
) -> Result<Option<String>, Problem> {
    if !access::may(places, who, granted, Privilege::ReadGrants, tx.now()) {
        return Ok(None);
    }
    let rule = Rule::of(granted, places, tx.now())?;
    let seen = rooms::seen(tx, (granted, &rule), (Room::Grants, ALWAYS), read)?;
    let found = seen.into_iter().find(|one| one.labelled.place.id == item);
    Ok(found.map(|one: Seen<Head>| one.head.grant.title))
}
