//! News: what came into a journal of which somebody wants to hear, and the notices about it on their way, taken by one worker
//! at a time. A person has at most one of each kind. It refuses to open anything of a record: of an item it gives the labels
//! that the rule about items looks at, so that a job can tell whether there is anything, and nothing of what it is.

mod address;
mod operate;

pub use address::{
    Address, Waiting, address, confirm, drop_address, forget_code, keep_code, note_try, waiting,
};
pub use operate::{Queue, queue, sweep};

use crate::error::StoreError;
use crate::items::{Labelled, labelled};
use crate::people::{self, Person};
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::ids::{AlertId, ItemId, JournalId, PersonId};
use borgerportal_domain::news::{Channel, Event, Kind, Sending, State};
use borgerportal_domain::notices::wait_ms;
use borgerportal_domain::time::Timestamp;

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("news_alert", column)
}

/// Notes an item that is new, in the errand that keeps it, if anybody wants to hear of its journal. It is due when it may be
/// seen by whom it is for.
pub fn note(tx: &Tx<'_>, journal: JournalId, item: ItemId, due_at: Timestamp) -> Result<(), StoreError> {
    tx.execute(sql!("news/note"), params![&journal.into_bytes(), &item.into_bytes(), due_at.millis()])?;
    Ok(())
}

/// Journals with news to be looked at, those that waited longest first.
pub fn due(tx: &Tx<'_>, most: i64) -> Result<Vec<JournalId>, StoreError> {
    tx.all(sql!("news/due"), params![tx.now().millis(), most], |row| Ok(JournalId::from_uuid(row.id(0)?)))
}

/// Takes what is due of a journal, to be told of in this very transaction. Nothing when somebody else did.
pub fn take(tx: &Tx<'_>, journal: JournalId) -> Result<Vec<ItemId>, StoreError> {
    tx.all(sql!("news/take"), params![&journal.into_bytes(), tx.now().millis()], |row| {
        Ok(ItemId::from_uuid(row.id(0)?))
    })
}

/// Who wants to hear of a journal. Whether they may is not said.
pub fn wanted(tx: &Tx<'_>, journal: JournalId) -> Result<Vec<(PersonId, Channel)>, StoreError> {
    tx.all(sql!("news/wanted"), params![&journal.into_bytes()], |row| {
        Ok((PersonId::from_uuid(row.id(0)?), channel(row.text(1)?)?))
    })
}

/// The labels of an item as they are now, with its room; nothing when it is there no more.
pub fn came(tx: &Tx<'_>, journal: JournalId, item: ItemId) -> Result<Option<(String, Labelled)>, StoreError> {
    tx.one(sql!("news/came"), params![&journal.into_bytes(), &item.into_bytes()], |row| {
        Ok((row.text(13)?.to_owned(), labelled(row)?))
    })
}

/// What somebody wants to hear of.
pub fn wishes(tx: &Tx<'_>, person: PersonId) -> Result<Vec<(JournalId, Channel)>, StoreError> {
    tx.all(sql!("news/wishes"), params![&person.into_bytes()], |row| {
        Ok((JournalId::from_uuid(row.id(0)?), channel(row.text(1)?)?))
    })
}

/// Keeps how somebody wants to hear of a journal, and in no other way.
pub fn set_wishes(
    tx: &Tx<'_>,
    person: PersonId,
    journal: JournalId,
    channels: &[Channel],
) -> Result<(), StoreError> {
    let (journal, person) = (journal.into_bytes(), person.into_bytes());
    tx.execute(sql!("news/unwish"), params![&journal, &person])?;
    for channel in channels {
        tx.execute(sql!("news/wish"), params![&journal, &person, channel.code()])?;
    }
    Ok(())
}

fn channel(code: &str) -> Result<Channel, StoreError> {
    Channel::from_code(code).ok_or(StoreError::corrupt("news_wish", "channel"))
}

/// What became of the last of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Last {
    /// Where it is.
    pub sending: Sending,
    /// Since when.
    pub since: Timestamp,
    /// A code.
    pub why: String,
}

/// The last of a kind to this person; nothing when there was none since they logged in.
pub fn last(tx: &Tx<'_>, person: PersonId, kind: Kind) -> Result<Option<Last>, StoreError> {
    tx.one(sql!("news/last"), params![&person.into_bytes(), kind.code()], |row| {
        Ok(Last {
            sending: sending(row.text(0)?, row.int(1)?)?,
            since: Timestamp::from_millis(row.int(2)?),
            why: row.text(3)?.to_owned(),
        })
    })
}

/// Puts a notice of news on its way, if the last one lets it. Returns whether it did.
pub fn alert(tx: &Tx<'_>, person: PersonId, channel: Channel) -> Result<bool, StoreError> {
    let lets = match last(tx, person, channel.into())? {
        Some(last) => last.sending.lets_another(last.since, tx.now()),
        None => true,
    };
    if lets {
        put(tx, person, channel.into())?;
    }
    Ok(lets)
}

/// Puts one on its way in the place of the last. Its name is a version 4 UUID, as Digital Post wants it.
fn put(tx: &Tx<'_>, person: PersonId, kind: Kind) -> Result<(), StoreError> {
    let id = uuid::Builder::from_random_bytes(tx.salt()).into_uuid();
    let (state, now) = (Sending::NEW.state.code(), tx.now().millis());
    tx.execute(sql!("news/put"), params![&person.into_bytes(), kind.code(), id.as_bytes(), state, now])?;
    Ok(())
}

/// Whoever has come knows: what waits is dropped, and the next news is told of again.
pub fn came_in(tx: &Tx<'_>, person: PersonId) -> Result<(), StoreError> {
    Channel::ALL.iter().try_for_each(|channel| drop_alert(tx, person, (*channel).into()))
}

fn drop_alert(tx: &Tx<'_>, person: PersonId, kind: Kind) -> Result<(), StoreError> {
    tx.execute(sql!("news/drop_alert"), params![&person.into_bytes(), kind.code()])?;
    Ok(())
}

/// How many wait for a worker now.
pub fn count(tx: &Tx<'_>) -> Result<i64, StoreError> {
    Ok(tx.one(sql!("news/count"), params![tx.now().millis()], |row| row.int(0))?.unwrap_or(0))
}

/// Takes up to `most` that are due, oldest first. Nobody else gets them for `lease_ms`; a worker that dies leaves them to the
/// next.
pub fn claim(tx: &Tx<'_>, most: i64, lease_ms: i64) -> Result<Vec<AlertId>, StoreError> {
    let until = tx.now().plus_millis(lease_ms).millis();
    tx.all(sql!("news/claim"), params![until, tx.now().millis(), most], |row| {
        Ok(AlertId::from_uuid(row.id(0)?))
    })
}

/// One of them as its sender needs it.
#[derive(Debug)]
pub struct Alert {
    /// Its name: the same on every try.
    pub id: AlertId,
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub sending: Sending,
    /// Who is told.
    pub person: Person,
}

/// One of them; nothing when another took its place, or its person has come.
pub fn load(tx: &Tx<'_>, id: AlertId) -> Result<Option<Alert>, StoreError> {
    tx.one(sql!("news/load"), params![&id.into_bytes()], |row| {
        Ok(Alert {
            id,
            kind: Kind::from_code(row.text(1)?).ok_or(corrupt("kind"))?,
            sending: sending(row.text(2)?, row.int(3)?)?,
            person: people::read(tx, row, 4)?,
        })
    })
}

/// Lets something happen to one. Nobody is written to again at an address that is none. Returns where it is; nothing when it
/// is no more.
pub fn happen(tx: &Tx<'_>, id: AlertId, event: Event, why: &str) -> Result<Option<Sending>, StoreError> {
    let Some(Alert { kind, sending, person, .. }) = load(tx, id)? else { return Ok(None) };
    let after = sending.on(event);
    let person = person.facts.id;
    if after.state == State::Refused && kind == Kind::Mail {
        tx.execute(sql!("news/refuse_address"), params![&person.into_bytes(), tx.now().millis()])?;
    }
    let next = (after.state == State::Waiting).then(|| {
        let [a, b, ..] = tx.salt();
        tx.now().plus_millis(wait_ms(after.attempts, u32::from(u16::from_be_bytes([a, b])))).millis()
    });
    if after != sending {
        let (state, attempts) = (after.state.code(), i64::from(after.attempts));
        tx.execute(
            sql!("news/move"),
            params![&id.into_bytes(), state, attempts, why, tx.now().millis(), next],
        )?;
    }
    Ok(Some(after))
}

fn sending(state: &str, attempts: i64) -> Result<Sending, StoreError> {
    let state = State::from_code(state).ok_or(corrupt("state"))?;
    let attempts = u32::try_from(attempts).map_err(|_| corrupt("attempts"))?;
    Ok(Sending { state, attempts })
}
