//! What holds for every delivery: how it is written, in which order its entries stand, how it is split, and
//! who else is in it make no difference to anybody's record.

use borgerportal_fhir::delivery::{Delivery, Incoming};
use borgerportal_fhir::order::VersionStamp;
use borgerportal_fhir::state::fold;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::*;

const AT: &str = "2021-01-01T00:00:00Z";

/// Name, version and owner of every item, in order of names.
fn items(delivery: &Delivery) -> Vec<(String, VersionStamp, String)> {
    let all = delivery
        .citizens
        .iter()
        .flat_map(|one| one.items.iter().map(|item| (one.cpr.expose().to_owned(), item)));
    let line = |(cpr, item): (String, &Incoming)| (item.source.to_string(), item.stamp, cpr);
    let mut lines: Vec<_> = all.map(line).collect();
    lines.sort();
    lines
}

/// JSON text with members written from last to first.
fn written_backwards(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            out.push_str("{ ");
            for (number, (name, inner)) in members.iter().rev().enumerate() {
                out.push_str(if number == 0 { "" } else { " ,\n" });
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push_str(" : ");
                written_backwards(inner, out);
            }
            out.push('}');
        }
        Value::Array(inner) => {
            out.push_str("[\t");
            for (number, one) in inner.iter().enumerate() {
                out.push_str(if number == 0 { "" } else { "," });
                written_backwards(one, out);
            }
            out.push(']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push_str(&value.to_string());
        }
    }
}

#[test]
fn how_json_is_written_makes_no_difference_to_what_it_says() {
    let bundle = report("r", AT, &one_of_each());
    let mut backwards = String::new();
    written_backwards(&bundle, &mut backwards);
    let plain = read(bundle.to_string().as_bytes()).unwrap();
    for other in [backwards.into_bytes(), serde_json::to_vec_pretty(&bundle).unwrap()] {
        let other = read(&other).unwrap();
        assert_eq!(items(&other), items(&plain));
        let counts = fold([&plain]).apply(&other);
        assert_eq!((counts.new, counts.updated), (0, 0));
    }
}

#[test]
fn every_owned_type_goes_to_the_citizen_it_names() {
    for resource in one_of_each() {
        let name =
            format!("{}/{}", resource["resourceType"].as_str().unwrap(), resource["id"].as_str().unwrap());
        let other = patient("other", "0101410001");
        let bundle = collection("r", AT, &[other, patient("inger", INGER), resource]);
        let delivery = take(&bundle);
        let owners: Vec<&str> = delivery
            .citizens
            .iter()
            .filter(|one| one.items.iter().any(|item| item.source.to_string() == name))
            .map(|one| one.cpr.expose())
            .collect();
        assert_eq!(owners, [INGER], "{name}");
    }
}

#[test]
fn every_owned_type_without_an_owner_is_refused() {
    for mut resource in one_of_each() {
        let name = resource["resourceType"].as_str().unwrap().to_owned();
        for member in ["subject", "patient", "for", "participant"] {
            resource.as_object_mut().unwrap().remove(member);
        }
        let bundle = report("r", AT, &[resource]);
        if name == "CareTeam" {
            assert_eq!(take(&bundle).citizens.len(), 1, "a team may be supporting");
        } else {
            assert_eq!(reasons(&bundle).len(), 1, "{name}");
        }
    }
}

#[test]
fn supporting_resources_reach_a_citizen_by_way_of_each_other() {
    let mut visit = encounter("v");
    visit["participant"] = json!([{ "individual": { "reference": "PractitionerRole/role" } }]);
    let chain = [
        json!({ "resourceType": "Organization", "id": "unit", "name": "Nord" }),
        json!({ "resourceType": "Practitioner", "id": "anne" }),
        json!({ "resourceType": "PractitionerRole", "id": "role", "practitioner": { "reference": "Practitioner/anne" },
            "organization": { "reference": "Organization/unit" } }),
        visit,
    ];
    let bundle = collection(
        "r",
        AT,
        &[&[patient("other", "0101410001"), patient("inger", INGER)], &chain[..]].concat(),
    );
    let names: Vec<String> =
        take(&bundle).citizens[1].items.iter().map(|item| item.source.to_string()).collect();
    let expected = [
        "Patient/inger",
        "Organization/unit@inger",
        "Practitioner/anne@inger",
        "PractitionerRole/role@inger",
        "Encounter/v",
        "Bundle/r@inger",
    ];
    assert_eq!(names, expected);
}

#[test]
fn a_trace_of_authorship_belongs_to_the_owner_of_what_was_written() {
    let trace = |target: &str| json!({ "resourceType": "Provenance", "id": "p", "target": [{ "reference": target }], "recorded": AT });
    let delivery = take(&report("r", AT, &[condition("c"), trace("Condition/c")]));
    assert!(delivery.citizens[0].items.iter().any(|item| item.source.to_string() == "Provenance/p"));
    assert_eq!(reasons(&report("r", AT, &[trace("Condition/elsewhere")])).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_entries_makes_no_difference(swaps in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..20)) {
        let bundle = report("r", AT, &one_of_each());
        let mut mixed = bundle.clone();
        let entries = mixed["entry"].as_array_mut().unwrap();
        for (one, other) in swaps {
            let (one, other) = (one.index(entries.len()), other.index(entries.len()));
            entries.swap(one, other);
        }
        prop_assert_eq!(items(&take(&mixed)), items(&take(&bundle)));
    }

    #[test]
    fn splitting_a_report_makes_no_difference_to_its_resources(at in 0usize..17) {
        let all = one_of_each();
        let (one, other) = all.split_at(at.min(all.len()));
        let whole = fold([&take(&report("r", AT, &all))]);
        let parts = [take(&report("a", AT, one)), take(&report("b", AT, other))];
        let parts = fold(parts.iter());
        let names = |state: &borgerportal_fhir::state::State| -> Vec<_> {
            let plain = state.kept().filter(|(source, _)| source.kind.name() != "Bundle");
            plain.map(|(source, kept)| (source.clone(), kept.stamp)).collect()
        };
        prop_assert_eq!(names(&whole), names(&parts));
    }

    #[test]
    fn who_else_is_in_a_report_makes_no_difference(first in any::<bool>()) {
        let alone = take(&report("r", AT, &one_of_each()));
        let mut others = condition("others");
        others["subject"]["reference"] = json!("Patient/other");
        let mut resources = vec![patient("inger", INGER)];
        resources.extend(one_of_each());
        let strangers = [patient("other", "0101410001"), others];
        if first { resources.splice(0..0, strangers) } else { let end = resources.len(); resources.splice(end..end, strangers) };
        let together = take(&collection("r", AT, &resources));
        let mine = |delivery: &Delivery| delivery.citizens.iter().find(|one| one.cpr.expose() == INGER).unwrap().items.clone();
        prop_assert_eq!(mine(&together), mine(&alone));
    }
}
