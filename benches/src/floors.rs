//! Floors: the same work by hand, without sessions, decisions, seals, pages or log. What the portal costs is told
//! against these in the same run. It refuses to be clever: it is what somebody would write in an afternoon.

mod between;
pub(crate) mod inserts;

pub(crate) use between::Between;

use anyhow::{Context as _, Result};
use borgerportal_domain::ids::JournalId;
use borgerportal_store::Location;
use postgres::NoTls;
use rusqlite::Connection;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::oneshot;

const OWNER: &str = "SELECT municipality, citizen FROM journal WHERE id = $1";
const LIST: &str = "SELECT sort_at, id, class, area, dated, received_at, audience, withheld, sensitive, \
    visible_from, sender, version, head FROM record_item \
    WHERE municipality = $1 AND citizen = $2 AND kind = 'documents' \
    ORDER BY sort_at DESC, id DESC LIMIT 64";
/// Threads with a connection each.
const THREADS: usize = 4;

type Asked = ([u8; 16], oneshot::Sender<u64>);

/// Rows of a list, fetched on threads of their own.
#[derive(Clone)]
pub(crate) struct Rows(SyncSender<Asked>);

impl Rows {
    /// Connects.
    pub(crate) fn open(location: &Location) -> Result<Self> {
        let (sender, queue) = sync_channel::<Asked>(4096);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..THREADS {
            let queue = Arc::clone(&queue);
            match location {
                Location::Sqlite(path) => {
                    let connection = reading(path)?;
                    std::thread::spawn(move || serve(&queue, |journal| by_sqlite(&connection, journal)));
                }
                Location::Postgres(url) => {
                    let url = url.clone();
                    std::thread::spawn(move || {
                        let Ok(mut client) = postgres::Client::connect(&url, NoTls) else { return };
                        let (Ok(owner), Ok(list)) = (client.prepare(OWNER), client.prepare(LIST)) else {
                            return;
                        };
                        serve(&queue, |journal| by_postgres(&mut client, (&owner, &list), journal));
                    });
                }
            }
        }
        Ok(Self(sender))
    }

    /// How many rows there are for a journal; 0 when there is none.
    pub(crate) async fn list(&self, journal: String) -> u64 {
        let Ok(journal) = JournalId::parse(&journal) else { return 0 };
        let (back, answer) = oneshot::channel();
        if self.0.try_send((journal.into_bytes(), back)).is_err() {
            return 0;
        }
        answer.await.unwrap_or(0)
    }
}

fn serve(queue: &Mutex<Receiver<Asked>>, mut list: impl FnMut(&[u8; 16]) -> Result<u64>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((journal, back)) = next else { return };
        // Who asked may have gone.
        let _ = back.send(list(&journal).unwrap_or(0));
    }
}

/// A connection as the store opens its own.
fn reading(path: &std::path::Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA cache_size = -16000; PRAGMA query_only = ON; \
         PRAGMA mmap_size = 268435456;",
    )?;
    Ok(connection)
}

fn by_sqlite(connection: &Connection, journal: &[u8; 16]) -> Result<u64> {
    let mut owner = connection.prepare_cached(OWNER)?;
    let (place, citizen): (i64, Vec<u8>) =
        owner.query_row([journal], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut list = connection.prepare_cached(LIST)?;
    let mut rows = list.query((place, citizen))?;
    let mut count = 0;
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        count += 1;
        for column in [0, 4, 5, 7, 11] {
            seen += row.get_ref(column)?.as_i64()?;
        }
        for column in [2, 3, 8, 10] {
            seen += i64::try_from(row.get_ref(column)?.as_str()?.len())?;
        }
        for column in [1, 12] {
            seen += i64::try_from(row.get_ref(column)?.as_blob()?.len())?;
        }
    }
    std::hint::black_box(seen);
    Ok(count)
}

fn by_postgres(
    client: &mut postgres::Client,
    (owner, list): (&postgres::Statement, &postgres::Statement),
    journal: &[u8; 16],
) -> Result<u64> {
    let journal: &[u8] = journal;
    let found = client.query_opt(owner, &[&journal])?.context("no such journal")?;
    let (place, citizen): (i64, &[u8]) = (found.get(0), found.get(1));
    let rows = client.query(list, &[&place, &citizen])?;
    let mut seen = 0;
    for row in &rows {
        for column in [0, 4, 5, 7, 11] {
            seen += row.get::<_, i64>(column);
        }
        for column in [2, 3, 8, 10] {
            seen += i64::try_from(row.get::<_, &str>(column).len())?;
        }
        for column in [1, 12] {
            seen += i64::try_from(row.get::<_, &[u8]>(column).len())?;
        }
    }
    std::hint::black_box(seen);
    Ok(rows.len() as u64)
}
