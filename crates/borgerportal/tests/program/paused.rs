//! Which pauses somebody must look at again, as an operator sees them.

use crate::place::Place;
use borgerportal_both::both;
use borgerportal_domain::Date;
use borgerportal_domain::access::PrivilegeSet;
use borgerportal_domain::ids::{MandateId, PackageId, PackageVersionId, PersonId};
use borgerportal_domain::mandates::{Channel, Mandate, MandateItem, Origin, Status, Terms, Territory};
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::{Cpr, Timestamp};
use borgerportal_service::mandates::number;
use borgerportal_store::StoreError;
use borgerportal_store::mandates::{self, Kept, NewItem};
use borgerportal_store::people::{self, Person};
use borgerportal_store::testing::{NOW, TestStore};
use borgerportal_store::tx::Tx;

const GIVER: PersonId = PersonId::from_bytes([1; 16]);
const HOLDER: PersonId = PersonId::from_bytes([2; 16]);
const MANDATE: MandateId = MandateId::from_bytes([5; 16]);

/// A mandate between two people with names, good for as long as these tests are run.
fn signed(tx: &Tx<'_>) -> Result<(), StoreError> {
    for (id, given, cpr) in [(GIVER, "Inger", "720543-1104"), (HOLDER, "Mette", "720575-1105")] {
        let birth_on = Date::constant(1943, 5, 12);
        let facts = PersonFacts { id, birth_on, deceased_on: None, protected: false };
        let name = PersonName { given: given.to_owned(), family: "Holm".to_owned() };
        people::save(tx, &Person { facts, name, cpr: Cpr::parse(cpr).unwrap() })?;
    }
    let terms = Terms {
        giver: GIVER,
        holder: HOLDER,
        origin: Origin::Given,
        first_day: Date::constant(2020, 1, 1),
        last_day: Date::constant(2199, 12, 31),
        signed_at: Timestamp::parse("2020-01-01T10:00:00Z").unwrap(),
        supersedes: None,
    };
    let item = MandateItem {
        package: PackageId::from_bytes([3; 16]),
        version: PackageVersionId::from_bytes([4; 16]),
        territory: Territory::All,
        status: Status::SIGNED,
    };
    let mandate = Mandate::restore(MANDATE, terms, vec![item]);
    let kept = Kept { mandate, evidence: None, request: None, named: None, addressee: None };
    mandates::keep(tx, &kept, &[NewItem { privileges: PrivilegeSet::EMPTY, channel: Channel::SelfService }])
}

#[both]
fn pauses_are_listed_with_their_day_and_without_anybodys_name(store: TestStore) {
    let place = Place::on(store.clone());
    let (runtime, id) = (tokio::runtime::Runtime::new().unwrap(), store.errand_id(NOW).unwrap());
    runtime.block_on(store.write::<_, StoreError, _>(NOW, id, signed)).unwrap();
    let paused = || {
        let (ok, said) = place.run(&["mandates", "paused"]);
        assert!(ok && !said.contains("Holm") && !said.contains("Inger") && !said.contains("110"), "{said}");
        said
    };
    assert!(paused().contains("0 shown, 0 past their day."));
    let mandate = MANDATE.to_string();
    let suspend = ["mandates", "suspend", &mandate, "--reason", "capacity", "--review-by", "2198-01-31"];
    let (ok, said) = place.run(&suspend);
    assert!(ok, "{said}");
    let said = paused();
    let line = format!("{mandate}  {}  look again by 2198-01-31", number(MANDATE.uuid()));
    assert!(said.contains(&line) && said.contains("1 shown, 0 past their day."), "{said}");
    assert!(!said.contains("capacity") && !said.contains("  past"), "{said}");
    store.tamper("UPDATE mandate_item SET review_by = 1577880000000");
    let said = paused();
    assert!(said.contains("look again by 2020-01-01  past") && said.contains("1 past their day."), "{said}");
}
