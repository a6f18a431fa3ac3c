//! Every question about mandates is answered from a range of an index: what is slow with five million rights is found
//! here, with none.

#![expect(clippy::unwrap_used, reason = "a test stops where it is surprised")]

use borgerportal_store::Location;
use borgerportal_store::testing::{TestStore, sqlite};
use std::fs;
use std::path::Path;

/// The catalogue and the keys are read whole, and are small.
const SMALL: [&str; 5] =
    ["package_activations", "package_catalogue", "package_map", "package_compile", "proof_keys"];
/// An operator asks, now and then: no page waits, and an index would be written with every mandate.
const RARE: [&str; 1] = ["ending_with"];
/// Names of subqueries, which hold what an index gave.
const GIVEN: [&str; 7] = ["every", "page", "s", "e", "m", "r", "nodes"];

fn statements() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql/mandates");
    let read = |path: &Path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        (name, fs::read_to_string(path).unwrap().replace('$', "?"))
    };
    fs::read_dir(folder).unwrap().map(|entry| read(&entry.unwrap().path())).collect()
}

/// A database with nothing in it, which is there as long as its store is.
fn opened() -> (TestStore, rusqlite::Connection) {
    let store = sqlite();
    let Location::Sqlite(path) = store.location() else { unreachable!() };
    let connection = rusqlite::Connection::open(path).unwrap();
    (store, connection)
}

/// The steps of a statement, as the engine tells them.
fn plan(connection: &rusqlite::Connection, text: &str) -> Vec<String> {
    let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {text}")).unwrap();
    let nothing = vec![rusqlite::types::Value::Integer(1); statement.parameter_count()];
    let steps = statement.query_map(rusqlite::params_from_iter(nothing), |row| row.get(3)).unwrap();
    steps.collect::<Result<_, _>>().unwrap()
}

#[test]
fn no_question_about_mandates_reads_a_whole_table() {
    let (_store, connection) = opened();
    let mut asked = 0;
    let may_scan = |name: &str| SMALL.contains(&name) || RARE.contains(&name);
    for (name, text) in statements().iter().filter(|(name, _)| !may_scan(name)) {
        for step in plan(&connection, text) {
            let scanned = step.strip_prefix("SCAN ");
            assert!(scanned.is_none_or(|what| GIVEN.contains(&what)), "{name}: {step}");
            asked += 1;
        }
    }
    assert!(asked > 50, "{asked}");
}

#[test]
fn the_hot_questions_go_by_the_index_that_was_made_for_them() {
    let (_store, connection) = opened();
    let statements = statements();
    for (name, by) in [
        ("between", "SEARCH i USING PRIMARY KEY (holder=? AND giver=?)"),
        ("listed_held", "SEARCH mandate_item USING PRIMARY KEY (holder=?)"),
        ("listed_given", "SEARCH mandate_item USING INDEX mandate_item_giver (giver=?)"),
        ("running_until", "USING COVERING INDEX mandate_item_ends"),
        ("paused", "COVERING INDEX mandate_item_review"),
        ("reviews_missed", "COVERING INDEX mandate_item_review"),
        ("old_mandates", "USING COVERING INDEX mandate_item_ends (until_at<?)"),
        ("old_requests", "USING INDEX mandate_request_sent (sent_at<?)"),
        ("count_unsealed", "SEARCH m USING INDEX mandate_event_batch (node=? AND batch=?)"),
        ("audit_items", "SEARCH i USING PRIMARY KEY ((holder,giver,mandate,number)>(?,?,?,?))"),
        ("events_unsealed", "USING INDEX mandate_event_batch (node=? AND batch=?)"),
        ("batch_events", "USING INDEX mandate_event_batch (node=? AND batch=?)"),
        ("sweep_lookups", "USING INDEX mandate_lookup_at (at<?)"),
        ("lookups_about", "USING INDEX mandate_lookup_giver (giver=?)"),
    ] {
        let (_, text) = statements.iter().find(|(one, _)| one == name).unwrap();
        let steps = plan(&connection, text);
        assert!(steps.iter().any(|step| step.contains(by)), "{name}: {steps:?}");
    }
}
