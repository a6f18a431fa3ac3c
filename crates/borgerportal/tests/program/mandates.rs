//! The catalogue and the events of registers, as an operator brings them in.

use crate::place::Place;
use borgerportal_both::both;
use borgerportal_domain::access::PrivilegeSet;
use borgerportal_domain::ids::{MandateId, PackageId, PackageVersionId, PersonId};
use borgerportal_domain::mandates::{Channel, Mandate, MandateItem, Origin, Status, Terms, Territory};
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::{Cpr, Date};
use borgerportal_store::StoreError;
use borgerportal_store::mandates::{self, Kept, NewItem};
use borgerportal_store::people::{self, Person};
use borgerportal_store::testing::{NOW, TestStore, sqlite};
use borgerportal_store::tx::Tx;

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

#[test]
fn numbers_come_by_standard_input_and_are_never_said_back() {
    let place = Place::on(sqlite());
    let (ok, said) = place.typed(&["mandates", "died", "--on", "2026-11-01"], "720843-1104\n");
    assert!(!ok && said.contains("not found"), "nobody has that number: {said}");
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

/// An errand in the store of a place, beside the program.
fn write(store: &TestStore, errand: impl Fn(&Tx<'_>) -> Result<(), StoreError> + Send + Sync + 'static) {
    let (runtime, id) = (tokio::runtime::Runtime::new().unwrap(), store.errand_id(NOW).unwrap());
    runtime.block_on(store.write::<_, StoreError, _>(NOW, id, errand)).unwrap();
}

#[both]
fn a_person_who_was_doubted_is_trusted_again_from_the_command_line(store: TestStore) {
    let (place, id) = (Place::on(store.clone()), PersonId::from_bytes([7; 16]));
    let facts =
        PersonFacts { id, birth_on: Date::constant(1943, 5, 12), deceased_on: None, protected: false };
    let name = PersonName { given: "Inger".to_owned(), family: "Holm".to_owned() };
    let inger = Person { facts, name, cpr: Cpr::parse("7205431104").unwrap() };
    write(&store, move |tx| people::save(tx, &inger));
    let doubted = || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let read = store.read::<_, StoreError, _>(NOW, move |tx| mandates::is_doubted(tx, id));
        runtime.block_on(read).unwrap()
    };
    for _ in 0..2 {
        let (ok, said) = place.typed(&["mandates", "doubt"], "720543-1104\n");
        assert!(ok && doubted(), "{said}");
        assert!(!said.contains("1104") && !said.contains("Inger"), "{said}");
    }
    let (ok, said) = place.typed(&["mandates", "trust"], "720543-1105\n");
    assert!(!ok && said.contains("not found") && doubted(), "another person's number: {said}");
    let (ok, said) = place.typed(&["mandates", "trust"], "not a number\n");
    assert!(!ok && said.contains("write a CPR number") && doubted(), "{said}");
    for _ in 0..2 {
        let (ok, said) = place.typed(&["mandates", "trust"], "720543-1104\n");
        assert!(ok && !doubted(), "{said}");
    }
}

fn sign(tx: &Tx<'_>) -> Result<(), StoreError> {
    let terms = Terms {
        giver: PersonId::from_bytes([1; 16]),
        holder: PersonId::from_bytes([2; 16]),
        origin: Origin::Given,
        first_day: Date::constant(2026, 11, 3),
        last_day: Date::constant(2027, 11, 3),
        signed_at: tx.now(),
        supersedes: None,
    };
    let item = MandateItem {
        package: PackageId::from_bytes([3; 16]),
        version: PackageVersionId::from_bytes([4; 16]),
        territory: Territory::All,
        status: Status::SIGNED,
    };
    let mandate = Mandate::restore(MandateId::from_bytes([5; 16]), terms, vec![item]);
    let kept = Kept { mandate, evidence: None, request: None, named: None, addressee: None };
    let new = NewItem { privileges: PrivilegeSet::EMPTY, channel: Channel::SelfService };
    mandates::keep(tx, &kept, &[new])
}

#[both]
fn a_mandate_that_was_changed_is_found_by_log_verify(store: TestStore) {
    let place = Place::on(store.clone());
    let (ok, said) = place.run(&["log", "verify"]);
    assert!(ok && said.contains("0 mandates and requests and 0 rights checked"), "{said}");
    write(&store, sign);
    write(&store, |tx| borgerportal_store::log_seal::seal(tx).map(|_| ()));
    let (ok, said) = place.run(&["log", "verify"]);
    assert!(said.contains("1 mandates and requests and 1 rights checked"), "{said}");
    assert!(
        !ok && said.contains("opens something else than the catalogue"),
        "a package nobody knows: {said}"
    );
    for (change, found) in [
        ("UPDATE mandate SET last_day = '2036-01-01'", "it is not what was signed"),
        ("UPDATE mandate_event SET detail = 'x'", "event 0 says something else now"),
        ("DELETE FROM mandate_event", "an event is missing, or one too many"),
        ("UPDATE mandate_item SET status = 'suspended'", "something of it does not read"),
    ] {
        store.tamper(change);
        let (ok, said) = place.run(&["log", "verify"]);
        assert!(!ok && said.contains("WRONG") && said.contains(found), "{change}: {said}");
    }
}
