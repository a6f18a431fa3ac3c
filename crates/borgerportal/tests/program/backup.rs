//! The rehearsal: deliver, back up, delete by law, lose everything, restore, read again; what was deleted stays
//! deleted, also when it is delivered once more.

use crate::place::Place;
use borgerportal::installation;
use borgerportal_domain::Cpr;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_service::ingest::{Sender, take};
use borgerportal_service::{App, Problem};
use borgerportal_store::testing::{TestStore, sqlite};
use borgerportal_store::{Location, people, reach, record};
use std::path::PathBuf;
use std::process::Command;

const CPR: &str = "7205440001";
const PDF: &str = "JVBERi0xLjcKQW4gZW1wdHkgb25lLCBidXQgYSBQREYgYnkgaXRzIGZpcnN0IGJ5dGVzLg==";

/// One letter with a file.
pub(crate) fn delivery(id: &str, title: &str) -> String {
    serde_json::json!({
        "resourceType": "Bundle", "type": "transaction", "timestamp": "2026-03-02T10:00:00Z",
        "entry": [
            { "fullUrl": "Patient/p", "request": { "method": "PUT", "url": "Patient/p" }, "resource": {
                "resourceType": "Patient", "id": "p",
                "identifier": [{ "use": "official", "system": "urn:oid:1.2.208.176.1.2", "value": CPR }] } },
            { "fullUrl": format!("DocumentReference/{id}"),
              "request": { "method": "PUT", "url": format!("DocumentReference/{id}") },
              "resource": {
                "resourceType": "DocumentReference", "id": id, "status": "current", "description": title,
                "date": "2026-03-02T10:00:00+01:00", "subject": { "reference": "Patient/p" },
                "content": [{ "attachment": { "contentType": "application/pdf", "data": PDF } }] } },
        ],
    })
    .to_string()
}

fn deletion(id: &str) -> String {
    let name = format!("DocumentReference/{id}");
    serde_json::json!({
        "resourceType": "Bundle", "type": "transaction", "timestamp": "2026-04-01T10:00:00Z",
        "entry": [
            { "fullUrl": "Patient/p", "request": { "method": "PUT", "url": "Patient/p" }, "resource": {
                "resourceType": "Patient", "id": "p",
                "identifier": [{ "use": "official", "system": "urn:oid:1.2.208.176.1.2", "value": CPR }] } },
            { "request": { "method": "DELETE", "url": name, "extension": [{
                "url": "https://borgerportal.dk/fhir/StructureDefinition/deletion-reason", "valueCode": "slet" }] } },
        ],
    })
    .to_string()
}

fn deliver(place: &Place, app: &App, bundle: &str) {
    let sender = Sender { id: "nexus".to_owned(), municipality: MunicipalityCode::parse("0217").unwrap() };
    let taken = place.runtime.block_on(take(app, &sender, bundle.as_bytes(), None));
    assert!(taken.is_ok(), "{:?}", taken.err());
}

/// The rank of a document as the record knows it, and whether its journal can be opened by these keys.
fn rank(place: &Place, app: &App, id: &str) -> Option<i64> {
    let id = id.to_owned();
    let municipality = MunicipalityCode::parse("0217").unwrap();
    place
        .runtime
        .block_on(app.read(move |tx| {
            let person = people::by_cpr(tx, &Cpr::parse(CPR).unwrap())?.ok_or(Problem::NotFound)?;
            assert!(reach::citizens_journal(tx, person, municipality)?.is_some());
            assert!(record::open_known(tx, municipality, person)?.is_some());
            let source = record::Source { sender: "nexus", kind: "DocumentReference", id: &id };
            Ok(record::known(tx, municipality, source)?.map(|known| known.rank))
        }))
        .unwrap()
}

fn files(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

#[test]
fn an_embedded_installation_comes_back_without_what_was_deleted() {
    let place = Place::on(sqlite());
    let config = place.config();
    let backup = place.file("backup");
    let app = installation::open(&config).unwrap();
    deliver(&place, &app, &delivery("kept", "Bliver"));
    deliver(&place, &app, &delivery("gone", "Slettes"));
    let said = place.run(&["backup", "--to", backup.to_str().unwrap()]);
    assert!(said.0, "{}", said.1);
    assert!(!backup.join("keys.json").exists(), "keys are kept apart");
    deliver(&place, &app, &deletion("gone"));
    let list = place.file("deletions.json");
    assert!(place.run(&["deletions", "--to", list.to_str().unwrap()]).1.contains("1 deletions"));
    drop(app);

    // Everything is lost but the backup, the keys and the newest list.
    let database = place.folder.parent().unwrap().join("portal.db");
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", database.display()));
    }
    std::fs::remove_dir_all(&config.files.folder).unwrap();
    let (well, said) =
        place.run(&["restore", "--from", backup.to_str().unwrap(), "--deletions", list.to_str().unwrap()]);
    assert!(well && said.contains("deletions 1 done again"), "{said}");

    let app = installation::open(&config).unwrap();
    assert_eq!(rank(&place, &app, "kept"), Some(0));
    assert_eq!(rank(&place, &app, "gone"), Some(3), "deleted again");
    assert_eq!(files(&config.files.folder), 1, "both letters share one leaflet");
    deliver(&place, &app, &delivery("gone", "Slettes"));
    assert_eq!(rank(&place, &app, "gone"), Some(3), "an old version does not come back");
    assert!(place.run(&["doctor"]).0);
}

#[test]
fn what_lies_there_is_moved_aside_and_its_own_deletions_count() {
    let place = Place::on(sqlite());
    let config = place.config();
    let backup = place.file("backup");
    let app = installation::open(&config).unwrap();
    deliver(&place, &app, &delivery("gone", "Slettes"));
    assert!(place.run(&["backup", "--to", backup.to_str().unwrap()]).0);
    deliver(&place, &app, &deletion("gone"));
    drop(app);
    let (well, said) = place.run(&["restore", "--from", backup.to_str().unwrap()]);
    assert!(well && said.contains("moved") && said.contains("deletions 1 done again"), "{said}");
    let folder = place.folder.parent().unwrap().read_dir().unwrap();
    let names: Vec<String> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().any(|name| name.starts_with("portal.db.before-restore-")), "{names:?}");
}

#[test]
fn a_broken_backup_and_foreign_keys_are_refused_before_anything_is_touched() {
    let place = Place::on(sqlite());
    let backup = place.file("backup");
    let to = backup.to_str().unwrap();
    assert!(place.run(&["backup", "--to", to]).0);
    let database = place.folder.parent().unwrap().join("portal.db");
    let before = std::fs::metadata(&database).unwrap().len();
    crate::place::secret(&place.file("keys.json"), &borgerportal_store::keys::KeyRing::generate().unwrap());
    let (well, said) = place.run(&["restore", "--from", to]);
    assert!(!well && said.contains("does not belong to this backup"), "{said}");
    std::fs::remove_file(backup.join("backup.json")).unwrap();
    let (well, said) = place.run(&["restore", "--from", to]);
    assert!(!well && said.contains("no whole backup"), "{said}");
    assert_eq!(std::fs::metadata(&database).unwrap().len(), before);
}

/// A tool of the PostgreSQL that is installed here, the newest.
fn tool(name: &str) -> PathBuf {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .expect("PostgreSQL's own tools: ./test installs them")
        .map(|entry| entry.unwrap().path().join("bin").join(name))
        .filter(|path| path.exists())
        .collect();
    versions.sort();
    versions.pop().expect("PostgreSQL's own tools: ./test installs them")
}

#[test]
fn a_server_comes_back_by_its_own_tools_without_what_was_deleted() {
    borgerportal_store::testing::on_postgres(rehearse);
}

fn rehearse(store: TestStore) {
    let Location::Postgres(address) = store.location().clone() else { panic!("PostgreSQL") };
    let place = Place::on(store);
    let config = place.config();
    let (backup, dump) = (place.file("backup"), place.file("portal.dump"));
    let app = installation::open(&config).unwrap();
    deliver(&place, &app, &delivery("kept", "Bliver"));
    deliver(&place, &app, &delivery("gone", "Slettes"));
    // Database first, then files.
    let dumped = Command::new(tool("pg_dump")).args(["-Fc", "-f"]).arg(&dump).arg(&address).status().unwrap();
    assert!(dumped.success());
    let said = place.run(&["backup", "--to", backup.to_str().unwrap()]);
    assert!(said.0 && said.1.contains("pg_dump"), "{}", said.1);
    deliver(&place, &app, &deletion("gone"));
    let list = place.file("deletions.json");
    assert!(place.run(&["deletions", "--to", list.to_str().unwrap()]).0);
    drop(app);

    std::fs::remove_dir_all(&config.files.folder).unwrap();
    let (base, name) = address.rsplit_once('/').unwrap();
    let admin = format!("--maintenance-db={base}/postgres");
    for (program, arguments) in [
        ("dropdb", vec!["--force", &admin, name]),
        ("createdb", vec![&admin, name]),
        ("pg_restore", vec!["--single-transaction", "-d", &address, dump.to_str().unwrap()]),
    ] {
        assert!(Command::new(tool(program)).args(arguments).status().unwrap().success(), "{program}");
    }
    let (well, said) =
        place.run(&["restore", "--from", backup.to_str().unwrap(), "--deletions", list.to_str().unwrap()]);
    assert!(well && said.contains("deletions 1 done again"), "{said}");

    let app = installation::open(&config).unwrap();
    assert_eq!(rank(&place, &app, "kept"), Some(0));
    assert_eq!(rank(&place, &app, "gone"), Some(3));
    assert_eq!(files(&config.files.folder), 1);
}
