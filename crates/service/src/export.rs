//! The whole record of the person in view, to take away: as pieces of a FHIR Bundle, and as volumes to be printed. It reads
//! stretch by stretch, each in a transaction of its own in which access is decided again; so a right that ends, ends the
//! export, and no more than a stretch is in memory. It refuses whatever this reader could not open on a page.

mod bundle;

pub use bundle::{Bundle, bundle};

use crate::access::{self, Granted, Question, settings};
use crate::app::App;
use crate::items::Rule;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::{SignedIn, Token};
use borgerportal_domain::access::Privilege;
use borgerportal_domain::access_log::{FilterKind, LogObject, ObjectKind};
use borgerportal_domain::grants::{Grant, is_shut};
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::items::Shown;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_fhir::delivery::Room;
use borgerportal_fhir::{gate, grants};
use borgerportal_store::attachments::{FileOpener, FileRow, of_item};
use borgerportal_store::documents;
use borgerportal_store::items::{self as store, Labelled, Opened, Place};
use borgerportal_store::tx::Tx;
use zeroize::Zeroizing;

/// Items of one stretch.
const STRETCH: usize = 50;
/// Items of one printed volume.
pub const VOLUME: usize = 100;

/// The rooms of a record in the order they are taken, each with the right to read it.
const ROOMS: [(Room, Privilege); 7] = [
    (Room::Documents, Privilege::ReadDocuments),
    (Room::Conditions, Privilege::ReadConditions),
    (Room::Plans, Privilege::ReadPlans),
    (Room::Grants, Privilege::ReadGrants),
    (Room::Aids, Privilege::ReadAids),
    (Room::Calendar, Privilege::ReadCalendar),
    (Room::Messages, Privilege::ReadMessages),
];

/// How far an export has come: a room, and the last item of it that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// Which of the rooms.
    pub room: Room,
    /// The place after which to go on.
    pub after: Place,
}

impl At {
    /// The beginning.
    pub const START: Self = Self { room: Room::Documents, after: Place::TOP };
}

/// An item on its way out.
pub struct Taken {
    /// Which.
    pub id: ItemId,
    /// Of which room.
    pub room: Room,
    /// Its title, where it is a document or a grant.
    pub title: Option<String>,
    /// What was granted, where it is a grant.
    pub grant: Option<Grant>,
    /// The date on it.
    pub dated: Date,
    /// All of it, or without what would tell where a protected person is cared for.
    pub whole: bool,
    /// The resource as received.
    pub body: Zeroizing<Vec<u8>>,
    /// Its files.
    pub files: Vec<FileRow>,
}

/// What was taken under one decision.
struct Stretch {
    items: Vec<Taken>,
    /// How many items the rule let through, also those that the last gate held back.
    counted: usize,
    next: Option<At>,
    whose: String,
    by: String,
    municipality: MunicipalityCode,
    opener: FileOpener,
}

/// What a volume is printed from.
pub struct Printed {
    /// Whose record.
    pub whose: String,
    /// Who takes it away.
    pub by: String,
    /// The municipality that owns it.
    pub municipality: MunicipalityCode,
    /// What stands in it.
    pub items: Vec<Taken>,
}

/// A volume of the printed record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Volume {
    /// Where it begins.
    pub from: At,
    /// How many items it holds.
    pub items: usize,
}

/// Asks for the record. Every stretch is asked for; the lines after the first say that they are later pages of it.
fn ask<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, later): (JournalId, bool),
) -> Result<Granted<'t>, Problem> {
    let filters = if later { vec![FilterKind::Page] } else { Vec::new() };
    let object = LogObject::list(ObjectKind::Export, filters);
    access::ask(tx, places, who, &Question { journal, privilege: Privilege::ReadFrontPage, object })
}

/// The rooms that this reader may read, from one on. Of a journal that is shut none is left.
fn rooms(
    tx: &Tx<'_>,
    places: &Municipalities,
    (who, granted): (&SignedIn, &Granted<'_>),
    from: Room,
) -> Result<Vec<Room>, Problem> {
    let (settings, facts) = (settings(places, granted)?, &granted.loaded.facts);
    if is_shut(facts.journal, settings.inactive_journal, copenhagen_date(tx.now())) {
        return Ok(Vec::new());
    }
    let may = |(_, privilege): &&(Room, Privilege)| access::may(places, who, granted, *privilege, tx.now());
    let rest = ROOMS.iter().skip_while(|(room, _)| *room != from);
    Ok(rest.filter(may).map(|(room, _)| *room).collect())
}

/// What the export holds for this reader, as volumes to be printed.
pub fn volumes<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
) -> Result<(Granted<'t>, Vec<Volume>), Problem> {
    let object = LogObject::page(ObjectKind::FrontPage);
    let question = Question { journal, privilege: Privilege::ReadFrontPage, object };
    let granted = access::ask(tx, places, who, &question)?;
    let rule = Rule::of(&granted, places, tx.now())?;
    let (mut volumes, mut last) = (Vec::<Volume>::new(), At::START);
    for room in rooms(tx, places, (who, &granted), At::START.room)? {
        let keep = |one: &Labelled| rule.of_room(room, one).is_some();
        for place in store::places(tx, &granted.access, room.code(), &keep)? {
            match volumes.last_mut().filter(|volume| volume.items < VOLUME) {
                Some(volume) => volume.items += 1,
                None => volumes.push(Volume { from: last, items: 1 }),
            }
            last = At { room, after: place };
        }
    }
    Ok((granted, volumes))
}

/// The items of one volume.
pub async fn volume(app: &App, token: &Token, journal: JournalId, from: At) -> Result<Printed, Problem> {
    let first = stretch(app, token, (journal, from != At::START), (from, STRETCH)).await?;
    let Stretch { mut items, mut counted, mut next, whose, by, municipality, .. } = first;
    while let Some(at) = next.filter(|_| counted < VOLUME) {
        let more = stretch(app, token, (journal, true), (at, STRETCH.min(VOLUME - counted))).await?;
        items.extend(more.items);
        (counted, next) = (counted + more.counted, more.next);
    }
    Ok(Printed { whose, by, municipality, items })
}

/// The next items, at most so many, under a decision of their own.
async fn stretch(
    app: &App,
    token: &Token,
    asked: (JournalId, bool),
    (at, wanted): (At, usize),
) -> Result<Stretch, Problem> {
    let places = app.municipalities.clone();
    let take = move |tx: &Tx<'_>, who: &SignedIn| {
        let granted = ask(tx, &places, who, asked)?;
        let rule = Rule::of(&granted, &places, tx.now())?;
        let mut stretch = Stretch {
            items: Vec::new(),
            counted: 0,
            next: None,
            whose: granted.loaded.subject.name.full(),
            by: granted.loaded.actor.name.full(),
            municipality: granted.access.municipality(),
            opener: FileOpener::of(&granted.access),
        };
        for room in rooms(tx, &places, (who, &granted), at.room)? {
            let after = if room == at.room { at.after } else { Place::TOP };
            let keep = |one: &Labelled| rule.of_room(room, one).is_some();
            let window = (room.code(), after, wanted - stretch.counted);
            let (found, next) = store::page(tx, &granted.access, window, &keep)?;
            stretch.counted += found.len();
            for opened in found.into_iter().filter(|opened| gate::may_show(&opened.body)) {
                stretch.items.push(taken(tx, (&granted, &rule), room, opened)?);
            }
            if let Some(after) = next {
                stretch.next = Some(At { room, after });
                break;
            }
        }
        Ok(stretch)
    };
    app.search_as(token, take).await
}

fn taken(
    tx: &Tx<'_>,
    (granted, rule): (&Granted<'_>, &Rule<'_>),
    room: Room,
    opened: Opened,
) -> Result<Taken, Problem> {
    let Labelled { place, dated, .. } = opened.listed.labelled;
    let head = &opened.listed.head;
    let grant = (room == Room::Grants).then(|| grants::read(head)).flatten().map(|head| head.grant);
    let title = match &grant {
        Some(grant) => Some(grant.title.clone()),
        None => (room == Room::Documents).then(|| documents::title(head)).flatten(),
    };
    Ok(Taken {
        id: place.id,
        room,
        title,
        grant,
        dated,
        whole: rule.of_room(room, &opened.listed.labelled) == Some(Shown::Whole),
        files: of_item(tx, &granted.access, place.id)?,
        body: opened.body,
    })
}
