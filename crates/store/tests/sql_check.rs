//! Every statement that lies under `sql/` is prepared on the engines it is for, so that a wrong column is found
//! here and not by a person; and every one of them is used, by its name, in the source.

#![expect(clippy::unwrap_used, reason = "a test stops where it is surprised")]

use borgerportal_store::Location;
use borgerportal_store::testing::{postgres, sqlite};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A statement for PostgreSQL alone carries this before its extension.
const POSTGRES_ONLY: &str = ".postgres";

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Every file below a folder with this extension, as its path there without the extension.
fn files(under: &Path, extension: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec![under.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|one| one == extension) {
                let name = path.strip_prefix(under).unwrap().with_extension("");
                found.insert(name.to_str().unwrap().to_owned());
            }
        }
    }
    found
}

fn text(name: &str) -> String {
    fs::read_to_string(folder("sql").join(format!("{name}.sql"))).unwrap()
}

/// The names between this and the next quotation mark, wherever it stands in the source.
fn named(source: &str, before: &str) -> BTreeSet<String> {
    let pieces = source.split(before).skip(1);
    pieces.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn every_file_is_used_and_every_name_has_a_file() {
    let lying = files(&folder("sql"), "sql");
    let source: String = files(&folder("src"), "rs")
        .iter()
        .map(|name| fs::read_to_string(folder("src").join(format!("{name}.rs"))).unwrap())
        .collect();
    let mut used = named(&source, "sql!(\"");
    let included = named(&source, "include_str!(\"../../sql/");
    used.extend(included.iter().filter_map(|path| path.strip_suffix(".sql")).map(str::to_owned));
    let unused: Vec<_> = lying.difference(&used).collect();
    assert!(unused.is_empty(), "nobody runs these: {unused:?}");
    let missing: Vec<_> = used.difference(&lying).collect();
    assert!(missing.is_empty(), "these lie nowhere: {missing:?}");
}

#[test]
fn every_statement_is_one_that_sqlite_takes() {
    let store = sqlite();
    let Location::Sqlite(path) = store.location() else { unreachable!() };
    let connection = rusqlite::Connection::open(path).unwrap();
    let mut out = String::new();
    for name in files(&folder("sql"), "sql").iter().filter(|name| !name.ends_with(POSTGRES_ONLY)) {
        let text = text(name).replace('$', "?");
        let statement = connection.prepare(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        let columns = statement.column_names().collect::<Vec<_>>().join(", ");
        writeln!(out, "{name}: {} -> {columns}", statement.parameter_count()).unwrap();
    }
    insta::assert_snapshot!(out);
}

#[test]
fn every_statement_is_one_that_postgres_takes() {
    let store = postgres();
    let Location::Postgres(url) = store.location() else { unreachable!() };
    let mut client = ::postgres::Client::connect(url, ::postgres::NoTls).unwrap();
    let mut out = String::new();
    for name in &files(&folder("sql"), "sql") {
        let statement = client.prepare(&text(name)).unwrap_or_else(|error| panic!("{name}: {error:?}"));
        let takes: Vec<&str> = statement.params().iter().map(::postgres::types::Type::name).collect();
        let gives = statement.columns().iter().map(|one| format!("{} {}", one.name(), one.type_().name()));
        let gives = gives.collect::<Vec<_>>().join(", ");
        writeln!(out, "{name}: {} -> {gives}", takes.join(", ")).unwrap();
        if !name.ends_with(POSTGRES_ONLY) {
            let plain = |kind: &&str| !["int8", "text", "bytea"].contains(kind);
            let odd: Vec<_> = takes.iter().filter(|kind| plain(kind)).collect();
            assert!(odd.is_empty(), "{name} takes {odd:?}, which the store cannot send");
        }
    }
    insta::assert_snapshot!(out);
}
