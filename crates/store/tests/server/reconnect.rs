//! A database that went away for a moment and came back: whoever asks next gets an answer.

use crate::common::*;
use borgerportal_store::testing::{NOW, block_on, postgres};
use borgerportal_store::{Location, StoreError, people};

/// Ends every connection of the store to its database, as a failover does.
fn cut(url: &str) {
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()";
    ::postgres::Client::connect(url, ::postgres::NoTls).unwrap().execute(others, &[]).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(200));
}

#[test]
fn a_broken_connection_costs_nobody_their_answer() {
    let store = postgres();
    let Location::Postgres(url) = store.location().clone() else { unreachable!() };
    let journal = block_on(set_up(&store, 1));
    let ask = |number: u8| {
        let read = store.read::<_, StoreError, _>(NOW, move |tx| {
            grant(tx, journal, person_id(2))?;
            Ok(number)
        });
        block_on(read)
    };
    let save = |number: u8| {
        let id = store.errand_id(NOW).unwrap();
        block_on(store.write::<_, StoreError, _>(NOW, id, move |tx| people::save(tx, &person(number))))
    };
    // Every thread of the pool, and the one that writes the log, has a connection.
    (0..20).for_each(|number| assert!(ask(number).is_ok()));
    let before = block_on(lines(&store, journal)).len();
    cut(&url);
    for number in 0..20 {
        assert!(matches!(ask(number), Ok(answer) if answer == number), "read {number}");
    }
    assert_eq!(block_on(lines(&store, journal)).len(), before + 21, "one line each, none twice");
    cut(&url);
    for number in 10..20 {
        assert!(save(number).is_ok(), "write {number}");
    }
}
