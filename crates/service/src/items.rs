//! What the rooms share when they read a record: the item rule for one reader, and the items of a room that it lets
//! through, with their heads read. It refuses to grant anything: the errand has asked for its access before.

use crate::access::{Granted, settings};
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use borgerportal_domain::access::Basis;
use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::ids::ItemId;
use borgerportal_domain::items::{Held, Hidden, Item, ItemKind, Shown, Viewing, may_show};
use borgerportal_domain::search_text::indexed;
use borgerportal_domain::time::Timestamp;
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::{gate, render};
pub(crate) use borgerportal_store::items::ALWAYS;
use borgerportal_store::items::{self as store, Listed};
pub use borgerportal_store::items::{Labelled, Place};
use borgerportal_store::tx::Tx;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Stands between the words of a document and what may tell where its citizen is cared for: no word holds it.
pub(crate) const WHEREABOUTS: char = '\u{1}';

/// The words by which a document is found: those of title and text, and apart from them author, unit and files,
/// whose letterheads name the unit as well. `files` is stored form already.
pub(crate) fn words(text: &str, whereabouts: &str, files: &str) -> String {
    format!("{}{WHEREABOUTS}{}{files}", indexed(text), indexed(whereabouts))
}

/// The item rule for this reader, as a function the store can ask row by row.
pub(crate) struct Rule<'a> {
    viewing: Viewing<'a>,
}

/// An item that this reader may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen<H> {
    /// Where it stands, and what is known of it without opening it.
    pub labelled: Arc<Labelled>,
    /// What its room shows of it; others may be looking at the same.
    pub head: Arc<H>,
    /// How much of it may be shown.
    pub shown: Shown,
}

/// An item, and whether only the filter for parents of young people hides it.
pub(crate) type Filtered<H> = (Seen<H>, bool);

/// An item of its own.
pub struct Opened<H> {
    /// The item.
    pub seen: Seen<H>,
    /// The resource as received.
    pub body: Zeroizing<Vec<u8>>,
}

/// The item, for what its room reads of it.
pub(crate) fn held(one: &Labelled) -> Held<()> {
    Held { id: one.place.id, has_text: false, it: () }
}

/// What people wrote in items, by item.
pub type Texts = BTreeMap<ItemId, Vec<String>>;

impl<'a> Rule<'a> {
    pub(crate) fn of(
        granted: &'a Granted<'_>,
        places: &'a Municipalities,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        Self::on(granted.basis(), granted, places, now)
    }

    /// As somebody would see it who came on this basis.
    pub(crate) fn on(
        basis: &'a Basis,
        granted: &'a Granted<'_>,
        places: &'a Municipalities,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let (facts, settings) = (&granted.loaded.facts, settings(places, granted)?);
        Ok(Self { viewing: Viewing::new(basis, facts.subject.protected, facts.journal, settings, now) })
    }

    /// How much of an item may be shown, if anything.
    pub(crate) fn shown(&self, item: &Item<'_>) -> Option<Shown> {
        may_show(item, &self.viewing).ok()
    }

    /// Whether what tells where the citizen is cared for stays hidden.
    pub(crate) fn hides_whereabouts(&self) -> bool {
        self.viewing.hides_whereabouts()
    }

    /// How much of a room's item may be shown, if anything.
    pub(crate) fn of_room(&self, room: Room, one: &Labelled) -> Option<Shown> {
        self.shown(&item(room, one))
    }

    /// The same, and also what only the filter for parents of young people hides; that is said.
    fn or_filtered(&self, room: Room, one: &Labelled) -> Option<(Shown, bool)> {
        match may_show(&item(room, one), &self.viewing) {
            Ok(shown) => Some((shown, false)),
            Err(Hidden::YouthFilter) if self.hides_whereabouts() => Some((Shown::WithoutWhereabouts, true)),
            Err(Hidden::YouthFilter) => Some((Shown::Whole, true)),
            Err(_) => None,
        }
    }

    /// Reads a row's head; nothing of a head that this version of the program does not understand.
    fn read<H>(&self, room: Room, one: Listed, head: impl Fn(&[u8]) -> Option<H>) -> Option<Seen<H>> {
        let shown = self.of_room(room, &one.labelled)?;
        Some(Seen { head: Arc::new(head(&one.head)?), labelled: Arc::new(one.labelled), shown })
    }
}

/// An item as the rule looks at it.
pub(crate) fn item(room: Room, one: &Labelled) -> Item<'_> {
    Item {
        kind: kind(room, &one.class),
        area: one.area,
        sender: &one.sender,
        dated: one.dated,
        received_at: one.received_at,
        visibility: &one.visibility,
    }
}

/// What the items of a room are in a municipality's decision on what it publishes.
pub(crate) fn kind(room: Room, class: &str) -> ItemKind {
    match room {
        Room::Conditions => ItemKind::Condition,
        Room::Plans => ItemKind::Plan,
        Room::Grants => ItemKind::Grant,
        Room::Aids => ItemKind::Aid,
        Room::Calendar => ItemKind::Visit,
        Room::Messages => ItemKind::Document(DocumentType::Message),
        Room::Documents => ItemKind::Document(DocumentType::from_code(class).unwrap_or(DocumentType::Other)),
        Room::Other => ItemKind::Document(DocumentType::Other),
    }
}

/// The items of a room that this reader may see, of this stretch of time, newest first, with what `read` makes of their
/// heads: of a room always the same, for it is remembered.
pub(crate) fn seen<H: Send + Sync + 'static>(
    tx: &Tx<'_>,
    (granted, rule): (&Granted<'_>, &Rule<'_>),
    (room, times): (Room, RangeInclusive<Timestamp>),
    read: impl Fn(&Labelled, &[u8]) -> Option<H>,
) -> Result<Vec<Seen<H>>, Problem> {
    let keep = |one: &Labelled| rule.of_room(room, one).is_some();
    let listed = store::list(tx, &granted.access, (room.code(), times), &keep, read)?;
    let seen = |(labelled, head): store::Seen<H>| {
        let shown = rule.of_room(room, &labelled)?;
        Some(Seen { labelled, head, shown })
    };
    Ok(listed.into_iter().filter_map(seen).collect())
}

/// What a room puts together of all its items that this reader may see, newest first: of the same items always the same, for
/// it is remembered.
pub(crate) fn together<H: Send + Sync + 'static, M: Send + Sync + 'static>(
    tx: &Tx<'_>,
    (granted, rule): (&Granted<'_>, &Rule<'_>),
    room: Room,
    read: impl Fn(&Labelled, &[u8]) -> Option<H>,
    make: impl FnOnce(&[store::Seen<H>]) -> M,
) -> Result<Arc<M>, Problem> {
    let keep = |one: &Labelled| rule.of_room(room, one).is_some();
    Ok(store::together(tx, &granted.access, room.code(), &keep, read, make)?.1)
}

/// The items of a room that this reader may see, and those that only the filter for parents of young people hides (true):
/// what such a parent wrote, and the answers to it, they may read. Which these are the caller finds out. With them, what the
/// room puts together of all of them, as above.
pub(crate) fn seen_or_filtered<H: Send + Sync + 'static, M: Send + Sync + 'static>(
    tx: &Tx<'_>,
    (granted, rule): (&Granted<'_>, &Rule<'_>),
    room: Room,
    read: impl Fn(&Labelled, &[u8]) -> Option<H>,
    put: impl FnOnce(&[store::Seen<H>]) -> M,
) -> Result<(Vec<Filtered<H>>, Arc<M>), Problem> {
    let keep = |one: &Labelled| rule.or_filtered(room, one).is_some();
    let (listed, whole) = store::together(tx, &granted.access, room.code(), &keep, read, put)?;
    let seen = |(labelled, head): store::Seen<H>| {
        let (shown, filtered) = rule.or_filtered(room, &labelled)?;
        Some((Seen { labelled, head, shown }, filtered))
    };
    Ok((listed.into_iter().filter_map(seen).collect(), whole))
}

/// One item of a room, if this reader may see it; the third gate stands here, too. The line says so when there is none.
pub(crate) fn one<H>(
    tx: &Tx<'_>,
    (granted, rule): (&Granted<'_>, &Rule<'_>),
    (room, id): (Room, ItemId),
    head: impl Fn(&[u8]) -> Option<H>,
) -> Result<Opened<H>, Problem> {
    let found = found(tx, (granted, rule), (room, id), head)?;
    if found.is_none() {
        granted.access.found_nothing(tx);
    }
    found.ok_or(Problem::NotFound)
}

/// The same for an item that another one speaks of: whether it is there is not what was asked.
pub(crate) fn found<H>(
    tx: &Tx<'_>,
    (granted, rule): (&Granted<'_>, &Rule<'_>),
    (room, id): (Room, ItemId),
    head: impl Fn(&[u8]) -> Option<H>,
) -> Result<Option<Opened<H>>, Problem> {
    let keep = |one: &Labelled| rule.of_room(room, one).is_some();
    let opened = store::one(tx, &granted.access, (room.code(), id), &keep)?;
    let opened = opened.filter(|opened| gate::may_show(&opened.body));
    Ok(opened
        .and_then(|opened| Some(Opened { seen: rule.read(room, opened.listed, &head)?, body: opened.body })))
}

/// What people wrote in these items, which this reader may see.
pub(crate) fn texts<T, H>(
    tx: &Tx<'_>,
    access: (&Granted<'_>, &Rule<'_>),
    room: Room,
    items: &[Held<T>],
    head: impl Fn(&[u8]) -> Option<H>,
) -> Result<Texts, Problem> {
    let mut texts = Texts::new();
    for item in items.iter().filter(|item| item.has_text) {
        let opened = one(tx, access, (room, item.id), &head)?;
        texts.insert(item.id, render::texts(&opened.body));
    }
    Ok(texts)
}
