//! What lives between two people, by hand: the rows of one pair through the engine's own driver, on a thread with its own
//! connection, as the store has it.

use super::reading;
use anyhow::{Context as _, Result};
use borgerportal_domain::ids::PersonId;
use borgerportal_store::Location;
use postgres::NoTls;
use std::sync::mpsc::{Receiver, Sender, channel};

const PAIR: &str = "SELECT m.id, m.origin, m.last_day, i.package_version, i.status, i.until_at \
    FROM mandate_item i JOIN mandate m ON m.id = i.mandate WHERE i.holder = $1 AND i.giver = $2";

type Asked = ([u8; 16], [u8; 16]);

/// The thread that answers.
pub(crate) struct Between(Sender<Asked>, Receiver<u64>);

impl Between {
    /// Connects.
    pub(crate) fn open(location: &Location) -> Result<Self> {
        let (ask, asked) = channel::<Asked>();
        let (tell, told) = channel();
        match location.clone() {
            Location::Sqlite(path) => {
                let connection = reading(&path)?;
                std::thread::spawn(move || answer(&asked, &tell, |pair| sqlite(&connection, pair)));
            }
            Location::Postgres(url) => {
                std::thread::spawn(move || {
                    let Ok(mut client) = postgres::Client::connect(&url, NoTls) else { return };
                    let Ok(statement) = client.prepare(PAIR) else { return };
                    answer(&asked, &tell, |(giver, holder)| {
                        let rows = client.query(&statement, &[&holder.as_slice(), &giver.as_slice()])?;
                        Ok(rows.iter().map(|row| row.get::<_, i64>(5).min(1)).sum::<i64>().unsigned_abs())
                    });
                });
            }
        }
        Ok(Self(ask, told))
    }

    /// How many rights there are between them.
    pub(crate) fn rows(&self, giver: PersonId, holder: PersonId) -> Result<u64> {
        self.0.send((giver.into_bytes(), holder.into_bytes()))?;
        self.1.recv().context("the thread that asks by hand")
    }
}

fn answer(asked: &Receiver<Asked>, tell: &Sender<u64>, mut look: impl FnMut(Asked) -> Result<u64>) {
    while let Ok(pair) = asked.recv() {
        if tell.send(look(pair).unwrap_or(0)).is_err() {
            return;
        }
    }
}

fn sqlite(connection: &rusqlite::Connection, (giver, holder): Asked) -> Result<u64> {
    let mut statement = connection.prepare_cached(PAIR)?;
    let mut rows = statement.query((holder, giver))?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        count += row.get::<_, i64>(5)?.min(1).unsigned_abs();
    }
    Ok(count)
}
