//! The catalogue and the events of registers, as an operator brings them in.

use crate::place::Place;
use borgerportal_both::both;
use borgerportal_store::testing::{TestStore, sqlite};
use std::io::Write as _;
use std::process::{Command, Stdio};

const FILES: [(&str, &str); 3] = [
    ("catalogue.csv", include_str!("../../src/demo/packages/catalogue.csv")),
    ("activations.csv", include_str!("../../src/demo/packages/activations.csv")),
    ("map.csv", include_str!("../../src/demo/packages/map.csv")),
];

#[both]
fn a_catalogue_is_tried_imported_and_known(store: TestStore) {
    let place = Place::on(store);
    for (name, text) in FILES {
        let file = place.file(name);
        std::fs::write(&file, text).unwrap();
        let file = file.display().to_string();
        let lines = text.lines().count() - 1;
        let (ok, said) = place.run(&["packages", "import", &file, "--dry-run"]);
        assert!(ok && said.contains("Nothing was written."), "{said}");
        let (ok, said) = place.run(&["packages", "import", &file]);
        assert!(ok && said.contains(&format!("new {lines}, changed 0, known 0")), "{said}");
        let (ok, said) = place.run(&["packages", "import", &file]);
        assert!(ok && said.contains(&format!("new 0, changed 0, known {lines}")), "{said}");
    }
}

#[test]
fn a_bad_line_is_told_with_its_place_and_nothing_is_written() {
    let place = Place::on(sqlite());
    let file = place.file("catalogue.csv");
    std::fs::write(&file, FILES[0].1.replacen(";health;read;", ";sundhed;read;", 1)).unwrap();
    let (ok, said) = place.run(&["packages", "import", &file.display().to_string()]);
    assert!(!ok && said.contains("line 2, column 7 (area): one of health, aids"), "{said}");
    std::fs::write(&file, FILES[0].1).unwrap();
    let (_, said) = place.run(&["packages", "import", &file.display().to_string()]);
    assert!(said.contains("new 18"), "{said}");
}

#[test]
fn numbers_come_by_standard_input_and_are_never_said_back() {
    let place = Place::on(sqlite());
    let mut child = Command::new(env!("CARGO_BIN_EXE_borgerportal"))
        .args(["mandates", "died", "--on", "2026-11-01", "--config"])
        .arg(place.config_file())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
#[both]
fn every_new_proof_key_has_a_name_of_its_own(store: TestStore) {
    let place = Place::on(store);
    let named = || {
        let (ok, said) = place.run(&["mandates", "new-proof-key"]);
        let name = said.split_whitespace().next().unwrap().to_owned();
        assert!(ok && said.contains("signs from now on") && name.len() == 36, "{said}");
        name
    };
    assert_ne!(named(), named());
}

        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"720843-1104\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("not found"), "nobody has that number: {said}");
    assert!(!said.contains("1104"), "{said}");
    let (ok, said) = place.run(&["mandates", "resume", "not-an-id"]);
    assert!(!ok && said.contains("is not the id of a mandate"), "{said}");
    let (ok, said) = place.run(&[
        "mandates",
        "suspend",
        "0192d3a4-0000-7000-8000-00000000002a",
        "--reason",
        "mood",
        "--review-by",
        "2027-01-01",
    ]);
    assert!(!ok && said.contains("capacity, misuse or evidence"), "{said}");
}
