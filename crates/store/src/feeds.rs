//! Addresses for calendar programs. Whoever has one reads as its owner may read, so the row has only its hash, and each
//! reading is decided anew. It refuses to show an address again.

use crate::access::Access;
use crate::error::StoreError;
use crate::head;
use crate::tx::Tx;
use crate::{params, sql};
use borgerportal_domain::access::{Level, Role};
use borgerportal_domain::ids::{FeedId, JournalId, PersonId};
use borgerportal_domain::time::{Date, Timestamp, copenhagen_date};

/// How an address reads, for its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its name; no secret.
    pub id: FeedId,
    /// It says what a visit is for.
    pub words: bool,
    /// Language code of what it says.
    pub language: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// The last day a program has read it.
    pub read_on: Option<Date>,
}

/// An address that a program knocks with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How it reads.
    pub feed: Feed,
    /// Whose visits.
    pub journal: JournalId,
    /// As whom.
    pub reader: PersonId,
    /// As what they came when they made it.
    pub role: Role,
    /// How well they had proven who they are.
    pub level: Level,
}

const fn corrupt(column: &'static str) -> StoreError {
    StoreError::corrupt("calendar_feed", column)
}

/// Keeps an address of this reader for this journal, by its hash.
pub fn keep(
    tx: &Tx<'_>,
    access: &Access<'_>,
    hash: &[u8; 32],
    feed: &Feed,
    (role, level): (Role, Level),
) -> Result<(), StoreError> {
    let (municipality, _) = access.place();
    tx.execute(
        sql!("feeds/keep"),
        params![
            hash,
            &feed.id.into_bytes(),
            municipality,
            &access.journal().into_bytes(),
            &access.reader().into_bytes(),
            role.code(),
            level.code(),
            feed.words,
            &feed.language,
            feed.made_at.millis(),
        ],
    )?;
    Ok(())
}

/// The addresses of this reader for this journal, oldest first.
pub fn of(tx: &Tx<'_>, access: &Access<'_>) -> Result<Vec<Feed>, StoreError> {
    let (journal, reader) = (access.journal().into_bytes(), access.reader().into_bytes());
    tx.all(sql!("feeds/of"), params![&journal, &reader], |row| {
        Ok(Feed {
            id: FeedId::from_uuid(row.id(0)?),
            words: row.int(1)? != 0,
            language: row.text(2)?.to_owned(),
            made_at: Timestamp::from_millis(row.int(3)?),
            read_on: row.opt_int(4)?.map(|days| head::date(days).ok_or(corrupt("read_on"))).transpose()?,
        })
    })
}

/// Turns an address of this reader off. True if there was one.
pub fn drop(tx: &Tx<'_>, access: &Access<'_>, id: FeedId) -> Result<bool, StoreError> {
    let (journal, reader) = (access.journal().into_bytes(), access.reader().into_bytes());
    Ok(tx.execute(sql!("feeds/drop"), params![&journal, &reader, &id.into_bytes()])? == 1)
}

/// The address with this hash. It opens nothing: who may read is decided after it.
pub fn find(tx: &Tx<'_>, hash: &[u8; 32]) -> Result<Option<Found>, StoreError> {
    tx.one(sql!("feeds/find"), params![hash], |row| {
        Ok(Found {
            feed: Feed {
                id: FeedId::from_uuid(row.id(0)?),
                words: row.int(5)? != 0,
                language: row.text(6)?.to_owned(),
                made_at: Timestamp::from_millis(row.int(7)?),
                read_on: row
                    .opt_int(8)?
                    .map(|days| head::date(days).ok_or(corrupt("read_on")))
                    .transpose()?,
            },
            journal: JournalId::from_uuid(row.id(1)?),
            reader: PersonId::from_uuid(row.id(2)?),
            role: Role::from_code(row.text(3)?).ok_or(corrupt("role"))?,
            level: Level::from_code(row.text(4)?).ok_or(corrupt("level"))?,
        })
    })
}

/// Notes that a program has read it today.
pub fn note_read(tx: &Tx<'_>, hash: &[u8; 32]) -> Result<(), StoreError> {
    let today = head::days(copenhagen_date(tx.now()));
    tx.execute(sql!("feeds/note_read"), params![hash, today])?;
    Ok(())
}

/// Forgets addresses that no program has read since. Returns how many.
pub fn sweep(tx: &Tx<'_>, unread_since: Timestamp) -> Result<u64, StoreError> {
    let day = head::days(copenhagen_date(unread_since));
    tx.execute(sql!("feeds/sweep"), params![unread_since.millis(), day])
}
