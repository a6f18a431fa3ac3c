//! One thing of the record by its title, for what somebody writes about it. It stands beside the rooms, because it looks
//! into more than one. What this reader may not see is not there.

use crate::access::{self, Granted};
use crate::items::{self as rooms, Rule};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Privilege;
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::messages::About;
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::grants::read;
use borgerportal_store::documents;
use borgerportal_store::items;
use borgerportal_store::tx::Tx;
use std::sync::Arc;

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
    let rule = Rule::of(granted, places, tx.now())?;
    let may = |privilege| access::may(places, who, granted, privilege, tx.now());
    let grant = |head: &[u8]| read(head).map(|head| head.grant.title);
    let mut title = None;
    if may(Privilege::ReadDocuments) {
        title = rooms::found(tx, (granted, &rule), (Room::Documents, item), documents::title)?;
    }
    if title.is_none() && may(Privilege::ReadGrants) {
        title = rooms::found(tx, (granted, &rule), (Room::Grants, item), grant)?;
    }
    let Some(title) = title.map(|opened| Arc::unwrap_or_clone(opened.seen.head)) else { return Ok(None) };
    let name = items::source(tx, &granted.access, item)?;
    Ok(name.map(|(kind, id)| About { item, name: format!("{kind}/{}", own(&id)), title }))
}

/// The id without what was put behind it here: the sender knows nothing of that.
fn own(id: &str) -> &str {
    id.split(['#', '@']).next().unwrap_or(id)
}
