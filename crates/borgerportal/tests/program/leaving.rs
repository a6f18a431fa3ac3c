//! A municipality that leaves, by the commands of the handbook: exported, taken out of the configuration, erased, and forgotten
//! again by a backup of before.

use crate::backup::delivery;
use crate::place::Place;
use borgerportal::installation;
use borgerportal_both::both;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_service::ingest::{Sender, take};
use borgerportal_store::keys::sha256;
use borgerportal_store::testing::{TestStore, sqlite};
use serde_json::Value;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

const CPR: &str = "7205440001";

/// Helsingør and Randers, each with the same citizen's journal and one letter.
fn two(store: TestStore) -> Place {
    let place = Place::on(store);
    std::fs::write(file_of_randers(&place), "municipality = \"0730\"\n").unwrap();
    let app = installation::open(&place.config()).unwrap();
    for (code, title) in [("0217", "HELSINGØR"), ("0730", "RANDERS")] {
        let sender = Sender { id: "nexus".to_owned(), municipality: MunicipalityCode::parse(code).unwrap() };
        let letter = delivery("one", title);
        assert!(place.runtime.block_on(take(&app, &sender, letter.as_bytes(), None)).is_ok());
    }
    place
}

fn file_of_randers(place: &Place) -> PathBuf {
    place.file("municipalities/randers.toml")
}

/// Every file below a folder, with its permissions.
fn files(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        if path.is_dir() {
            assert_eq!(mode, 0o700, "{}", path.display());
            all.extend(files(&path));
        } else {
            all.push((path, mode));
        }
    }
    all
}

fn nobody_is_named(said: &str) {
    for word in [CPR, "HELSINGØR", "RANDERS", "Bliver"] {
        assert!(!said.contains(word), "{said}");
    }
}

#[both]
fn what_goes_out_is_whole_listed_and_for_its_owner_alone(store: TestStore) {
    let place = two(store);
    let to = place.file("out");
    let (well, said) = place.run(&["municipality", "export", "0730", "--to", to.to_str().unwrap()]);
    assert!(well && said.contains("journals  1") && said.contains("files     1"), "{said}");
    nobody_is_named(&said);
    let all = files(&to);
    assert!(all.iter().all(|(_, mode)| *mode == 0o600), "{all:?}");
    let contents: Value = serde_json::from_slice(&std::fs::read(to.join("contents.json")).unwrap()).unwrap();
    let listed = contents["files"].as_array().unwrap();
    assert_eq!(listed.len() + 2, all.len(), "all but the list and README.txt");
    let mut text = String::new();
    for entry in listed {
        let bytes = std::fs::read(to.join(entry["file"].as_str().unwrap())).unwrap();
        assert_eq!(entry["bytes"], bytes.len());
        let hash = format!("{:02x?}", sha256(&bytes)).replace(['[', ']', ',', ' '], "");
        assert_eq!(entry["sha256"], *hash);
        text += &String::from_utf8_lossy(&bytes);
    }
    assert!(text.contains("RANDERS") && text.contains(CPR) && !text.contains("HELSINGØR"));
    assert!(std::fs::read_to_string(to.join("README.txt")).unwrap().starts_with("Randers Kommune\n"));
    let again = place.run(&["municipality", "export", "0730", "--to", to.to_str().unwrap()]);
    assert!(!again.0 && again.1.contains("has something in it"), "{}", again.1);
}

#[test]
fn an_export_that_was_broken_off_is_begun_anew_and_nothing_else_is_removed() {
    let place = two(sqlite());
    let (to, part) = (place.file("out"), place.file("out.part"));
    std::fs::create_dir_all(&to).unwrap();
    std::fs::create_dir_all(&part).unwrap();
    std::fs::write(part.join("holiday.jpg"), "mine").unwrap();
    let export = ["municipality", "export", "0217", "--to", to.to_str().unwrap()];
    let (well, said) = place.run(&export);
    assert!(!well && said.contains("in the way") && part.join("holiday.jpg").exists(), "{said}");
    std::fs::remove_file(part.join("holiday.jpg")).unwrap();
    std::fs::write(part.join("README.txt"), "half").unwrap();
    let (well, said) = place.run(&export);
    assert!(well && to.join("contents.json").exists() && !part.exists(), "{said}");
}

#[both]
fn one_that_is_served_is_not_erased_and_one_that_left_is(store: TestStore) {
    let place = two(store);
    let erase = |code: &str, confirm: &str| place.run(&["municipality", "erase", code, "--confirm", confirm]);
    let before = place.rows();
    for (said, why) in [
        (erase("0730", "0730"), "still served"),
        (erase("0730", "0217"), "once more"),
        (erase("9999", "9999"), "four digits"),
    ] {
        assert!(!said.0 && said.1.contains(why), "{}", said.1);
    }
    assert_eq!(place.rows(), before);
    std::fs::remove_file(file_of_randers(&place)).unwrap();
    let (well, said) = place.run(&["doctor"]);
    assert!(well && said.contains("nobody serves 0730 (1 journals)"), "{said}");
    let (well, said) = erase("0730", "0730");
    assert!(well && said.contains("journal_key          1"), "{said}");
    nobody_is_named(&said);
    assert_eq!(place.rows()["journal"], 1);
    assert_eq!(place.rows()["record_body"], before["record_body"] / 2);
    assert!(place.run(&["doctor"]).1.contains("every journal is of a municipality that is served"));
    let (_, said) = place.run(&["log", "verify"]);
    assert!(!said.contains("were changed") && !said.contains("does not"), "{said}");
    let list = place.file("deletions.json");
    assert!(place.run(&["deletions", "--to", list.to_str().unwrap()]).1.contains("1 deletions"));
}

#[test]
fn a_backup_of_before_forgets_it_again_and_one_of_after_it_came_back_does_not() {
    let place = two(sqlite());
    let (backup, list) = (place.file("backup"), place.file("deletions.json"));
    let (backup, list) = (backup.to_str().unwrap(), list.to_str().unwrap());
    assert!(place.run(&["backup", "--to", backup]).0);
    let settings = std::fs::read(file_of_randers(&place)).unwrap();
    std::fs::remove_file(file_of_randers(&place)).unwrap();
    assert!(place.run(&["municipality", "erase", "0730", "--confirm", "0730"]).0);
    assert!(place.run(&["deletions", "--to", list]).0);

    let (well, said) = place.run(&["restore", "--from", backup, "--deletions", list]);
    assert!(well && said.contains("erased    0730"), "{said}");
    assert_eq!((place.rows()["journal"], place.rows()["journal_key"]), (1, 1));

    // It comes back, with a new journal; what it left behind is not its future.
    std::fs::write(file_of_randers(&place), settings).unwrap();
    let app = installation::open(&place.config()).unwrap();
    let sender = Sender { id: "nexus".to_owned(), municipality: MunicipalityCode::parse("0730").unwrap() };
    let letter = delivery("two", "RANDERS IGEN");
    assert!(place.runtime.block_on(take(&app, &sender, letter.as_bytes(), None)).is_ok());
    drop(app);
    assert_eq!(place.rows()["journal"], 2);
    let newer = place.file("newer");
    assert!(place.run(&["backup", "--to", newer.to_str().unwrap()]).0);
    let (well, said) = place.run(&["restore", "--from", newer.to_str().unwrap(), "--deletions", list]);
    assert!(well && !said.contains("erased"), "{said}");
    assert_eq!(place.rows()["journal"], 2);
}
