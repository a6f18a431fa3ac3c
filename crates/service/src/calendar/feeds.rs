//! Addresses at which a calendar program reads without a log-in. Each reading is decided anew, as if its owner had come:
//! who may no longer read gets what an address that was never made gets. It refuses addresses to whose right hangs on a
//! log-in or on an answer of the register, and it never knows an address, only its hash.

use super::file::{File, written};
use super::question;
use crate::access::{self, Granted};
use crate::app::App;
use crate::hex::hex;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::access::Basis;
use borgerportal_domain::access_log::{LogObject, ObjectKind};
use borgerportal_domain::calendar::FeedRefusal;
use borgerportal_domain::ids::{FeedId, JournalId};
use borgerportal_domain::time::{Timestamp, copenhagen_date};
use borgerportal_i18n::Lang;
use borgerportal_store::feeds::{self as store, Feed, Found};
use borgerportal_store::keys::sha256;
use borgerportal_store::sessions::Session;
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};

/// Most addresses of one reader for one journal.
const MOST: usize = 5;
/// An address that no program has read for so long is forgotten.
const UNREAD_DAYS: i64 = 180;

/// The addresses of a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    /// Oldest first.
    pub feeds: Vec<Feed>,
    /// Why there can be no other.
    pub closed: Option<FeedRefusal>,
}

/// An address was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The hash of the address, in hexadecimal: a form that is sent twice makes one address.
    pub hash: String,
}

impl Made {
    /// Whether it was this address, and not that of an earlier try.
    #[must_use]
    pub fn is(&self, address: &str) -> bool {
        self.hash == hex(&address_hash(address))
    }
}

/// What an address is known by.
#[must_use]
pub fn address_hash(address: &str) -> [u8; 32] {
    sha256(address.as_bytes())
}

/// The addresses of this reader for this journal.
pub fn feeds<'t>(
    tx: &'t Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    journal: JournalId,
) -> Result<(Granted<'t>, Feeds), Problem> {
    let granted = access::ask(tx, places, who, &question(journal, LogObject::page(ObjectKind::Calendar)))?;
    let feeds = store::of(tx, &granted.access)?;
    let closed = closed(&granted, feeds.len());
    Ok((granted, Feeds { feeds, closed }))
}

fn closed(granted: &Granted<'_>, made: usize) -> Option<FeedRefusal> {
    match granted.basis() {
        Basis::Custody { .. } | Basis::Claim { .. } => Some(FeedRefusal::NeedsLogIn),
        Basis::Own | Basis::Mandate { .. } | Basis::Guardianship { .. } => {
            (made >= MOST).then_some(FeedRefusal::TooMany)
        }
    }
}

/// Makes an address of which `hash` is known. Denied: `calendar.feed_needs_log_in`, `calendar.feed_too_many`.
pub fn make_feed(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, hash): (JournalId, &[u8; 32]),
    file: File,
) -> Result<Made, Problem> {
    let (granted, feeds) = feeds(tx, places, who, journal)?;
    if let Some(no) = feeds.closed {
        return Err(no.into());
    }
    let feed = Feed {
        id: FeedId::from_uuid(tx.mint()),
        words: file.words,
        language: file.lang.code().to_owned(),
        made_at: tx.now(),
        read_on: None,
    };
    store::keep(tx, &granted.access, hash, &feed, (who.caller.role, who.caller.level))?;
    Ok(Made { hash: hex(hash) })
}

/// Turns an address of this reader off; twice is once.
pub fn drop_feed(
    tx: &Tx<'_>,
    places: &Municipalities,
    who: &SignedIn,
    (journal, id): (JournalId, FeedId),
) -> Result<(), Problem> {
    let (granted, _) = feeds(tx, places, who, journal)?;
    store::drop(tx, &granted.access, id)?;
    Ok(())
}

/// What a calendar program gets at an address. Whatever is wrong, there is one answer.
pub async fn read_feed(app: &App, address: &str) -> Result<String, Problem> {
    let (hash, places) = (address_hash(address), app.municipalities.clone());
    let read = app.read(move |tx| {
        let found = store::find(tx, &hash)?.ok_or(Problem::NotFound)?;
        let who = owner(&found, hash, tx.now());
        let asked = question(found.journal, LogObject::page(ObjectKind::Calendar));
        let granted = access::ask(tx, &places, &who, &asked)?;
        let lang = Lang::parse(&found.feed.language).unwrap_or(Lang::Da);
        let text = written(tx, &places, &granted, File { words: found.feed.words, lang })?;
        Ok((text, found.feed.read_on == Some(copenhagen_date(tx.now()))))
    });
    let (text, noted) = read.await.map_err(unknown)?;
    if !noted {
        app.write(move |tx| Ok(store::note_read(tx, &hash)?)).await?;
    }
    Ok(text)
}

/// Refused, over and never made look the same.
fn unknown(problem: Problem) -> Problem {
    match problem {
        Problem::Refused(..) | Problem::Denied(_) | Problem::NoSession | Problem::AskRegister => {
            Problem::NotFound
        }
        other @ (Problem::NotFound | Problem::Stale | Problem::Away(_) | Problem::Broken(_)) => other,
    }
}

/// The owner of an address, as when they made it, but with nothing that was said at that log-in.
fn owner(found: &Found, hash: [u8; 32], now: Timestamp) -> SignedIn {
    let session = Session {
        person: found.reader,
        role: found.role,
        municipality: None,
        level: found.level,
        authenticated_at: found.feed.made_at,
        created_at: found.feed.made_at,
        seen_at: now,
        ends_at: now,
        csrf: [0; 32],
    };
    SignedIn::of(session, Vec::new(), hash)
}

/// Forgets addresses that no program reads. Returns how many.
pub fn sweep(tx: &Tx<'_>) -> Result<u64, Problem> {
    Ok(store::sweep(tx, tx.now().plus_days(-UNREAD_DAYS))?)
}
