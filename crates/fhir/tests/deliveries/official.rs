//! The official examples, where they are at hand: every delivery report is taken in, the series end in the
//! published states in any order, and what is forbidden never comes in. In a clone without them each test
//! says that it was skipped; `stories.rs` covers the same with fixtures of our own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::Area;
use borgerportal_fhir::delivery::{Delivery, Room};
use borgerportal_fhir::ingest::{Limits, read};
use borgerportal_fhir::outcome::{Reason, Rejection};
use borgerportal_fhir::render::{Lang, body};
use borgerportal_fhir::state::{State, fold};
use borgerportal_fhir::{codes, gate};
use serde_json::{Value, json};

fn standards() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/standards");
    if !path.is_dir() {
        println!("skipped: the official examples are not at {}", path.display());
        return None;
    }
    Some(path)
}

fn examples(folder: &str) -> Vec<(String, Vec<u8>)> {
    let Some(standards) = standards() else { return Vec::new() };
    let mut files: Vec<PathBuf> = fs::read_dir(standards.join(folder).join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .collect();
    files.sort();
    files.iter().map(|path| (path.display().to_string(), fs::read(path).unwrap())).collect()
}

fn take(bytes: &[u8]) -> Result<Delivery, Rejection> {
    read(bytes, &Limits::default())
}

fn reasons(bytes: &[u8]) -> Vec<Reason> {
    take(bytes).unwrap_err().issues.iter().map(|issue| issue.reason).collect()
}

/// A single resource as a report about a citizen.
fn wrapped(resource: &Value) -> Vec<u8> {
    let mut resource = resource.clone();
    for member in ["subject", "patient", "for"] {
        if resource.get(member).is_some() {
            resource[member] = json!({ "reference": "Patient/test" });
        }
    }
    let cpr = json!([{ "use": "official", "system": "urn:oid:1.2.208.176.1.2", "value": "0101010101" }]);
    serde_json::to_vec(&json!({
        "resourceType": "Bundle", "type": "collection", "id": "wrapped", "timestamp": "2021-01-01T00:00:00Z",
        "entry": [
            { "resource": { "resourceType": "Patient", "id": "test", "identifier": cpr } },
            { "resource": resource },
        ],
    }))
    .unwrap()
}

#[test]
fn every_official_delivery_report_is_taken_in_whole() {
    let mut seen = 0;
    for folder in
        ["kl-gateway", "kl-ffb-reporting", "kl-rehab-140", "kl-prevention-119", "kl-children", "kl-ltt"]
    {
        for (name, bytes) in examples(folder) {
            let value: Value = serde_json::from_slice(&bytes).unwrap();
            if value["resourceType"] != "Bundle" {
                continue;
            }
            let delivery = take(&bytes).unwrap_or_else(|error| panic!("{name}: {error} {:?}", error.issues));
            let growth = delivery.notes().all(|issue| issue.reason == Reason::Measurement);
            assert!(growth && (folder == "kl-children" || delivery.notes().count() == 0), "{name}");
            assert!(delivery.len() >= 2, "{name}");
            for item in delivery.citizens.iter().flat_map(|citizen| &citizen.items) {
                assert!(item.raw.is_empty() || gate::may_show(&item.raw), "{name}: {}", item.source);
                assert_eq!(gate::may_index(item), !item.stamp.rank.is_gone(), "{name}: {}", item.source);
            }
            seen += 1;
        }
    }
    assert!(standards().is_none() || seen >= 40, "{seen}");
}

#[test]
fn single_resources_of_the_guides_are_taken_in_when_a_citizen_is_named() {
    for folder in ["kl-core-fki", "kl-gateway", "kl-rehab-140", "kl-prevention-119", "kl-ltt"] {
        for (name, bytes) in examples(folder) {
            let value: Value = serde_json::from_slice(&bytes).unwrap();
            let kind = value["resourceType"].as_str().unwrap();
            if matches!(kind, "Bundle" | "Patient" | "Provenance") {
                continue;
            }
            let delivery =
                take(&wrapped(&value)).unwrap_or_else(|error| panic!("{name}: {:?}", error.issues));
            assert_eq!(delivery.citizens.len(), 1, "{name}");
        }
    }
}

#[test]
fn patients_without_cpr_are_refused() {
    for (name, bytes) in examples("kl-core-fki") {
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        if value["resourceType"] == "Patient" && value["id"] != "BorgerEjnar" {
            let bundle = json!({ "resourceType": "Bundle", "type": "collection", "timestamp": "2021-01-01T00:00:00Z",
                "entry": [{ "resource": value }] });
            assert_eq!(reasons(bundle.to_string().as_bytes())[0], Reason::NoCpr, "{name}");
        }
    }
}

#[test]
fn measurements_and_messages_never_come_in() {
    let mut refused = 0;
    for folder in ["kl-measurements", "medcom-carecommunication", "medcom-homecareobservation"] {
        for (name, bytes) in examples(folder) {
            let value: Value = serde_json::from_slice(&bytes).unwrap();
            assert!(take(&bytes).is_err(), "{name}");
            let neutral = ["Patient", "Practitioner"].contains(&value["resourceType"].as_str().unwrap());
            if !neutral {
                assert!(take(&wrapped(&value)).is_err(), "wrapped {name}");
                assert!(!gate::may_show(&bytes), "stored {name}");
            }
            for entry in value["entry"].as_array().into_iter().flatten() {
                let kind = entry["resource"]["resourceType"].as_str().unwrap();
                assert!(take(&wrapped(&entry["resource"])).is_err(), "{kind} of {name}");
            }
            refused += 1;
        }
    }
    assert!(standards().is_none() || refused >= 25, "{refused}");
}

/// One line a source, as the published states have them: only resources as they came.
fn plain_state(state: &State) -> BTreeMap<String, Value> {
    state
        .kept()
        .filter(|(source, _)| source.kind.name() != "Bundle" && !source.id.contains('#'))
        .map(|(source, kept)| {
            let name = source.to_string();
            let name = name.split('@').next().unwrap().to_owned();
            let raw: Value = serde_json::from_slice(&kept.item.as_ref().unwrap().raw).unwrap();
            let time = kept.stamp.time().unwrap().to_string();
            (name, json!({ "raw": raw, "time": time, "visible": !kept.stamp.rank.is_gone() }))
        })
        .collect()
}

/// Codings in the published states carry labels and sometimes UUIDs that the resources do not: compare codes.
fn code_list(codings: &Value) -> Vec<String> {
    codings
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|coding| coding["code"].as_str().map(str::to_owned))
        .collect()
}

fn compare(expected: &Value, state: &State, name: &str) {
    let mut found = plain_state(state);
    for line in expected["final"].as_array().unwrap() {
        let key = line["key"].as_str().unwrap();
        let is_growth =
            code_list(&line["code"]).iter().any(|code| ["29463-7", "8302-2"].contains(&code.as_str()));
        let Some(own) = found.remove(key) else {
            assert!(is_growth, "{name}: {key} is missing");
            continue;
        };
        let raw = &own["raw"];
        for member in ["status", "lifecycleStatus"] {
            if !line[member].is_null() {
                assert_eq!(raw[member], line[member], "{name}: {key}.{member}");
            }
        }
        if let Some(period) = line["period"].as_object() {
            assert_eq!(raw["period"].as_object(), Some(period), "{name}: {key}.period");
        }
        for member in ["clinicalStatus", "verificationStatus"] {
            if let Some(code) = line[member].as_str() {
                assert_eq!(raw[member]["coding"][0]["code"], code, "{name}: {key}.{member}");
            }
        }
        let code =
            if key.starts_with("CarePlan") { &raw["activity"][0]["detail"]["code"] } else { &raw["code"] };
        if line["code"].is_array() {
            assert_eq!(code_list(&code["coding"]), code_list(&line["code"]), "{name}: {key}.code");
        }
        assert_eq!(
            code_list(&raw["severity"]["coding"]),
            code_list(&line["severity"]),
            "{name}: {key}.severity"
        );
        if let Some(value) = line["value"].as_array() {
            assert_eq!(
                code_list(&raw["valueCodeableConcept"]["coding"]),
                code_list(&json!(value)),
                "{name}: {key}"
            );
        }
        if let Some(visible) = line["visible"].as_bool() {
            assert_eq!(own["visible"], visible, "{name}: {key}.visible");
        }
        // One of the published states keeps the time of the first of several equal versions, the others the
        // last. Ours is the last: keeping the first would depend on the order of arrival.
        assert!(own["time"].as_str() >= line["lastUpdated"].as_str(), "{name}: {key}.lastUpdated");
    }
    assert!(found.is_empty(), "{name}: more than expected: {:?}", found.keys());
}

#[test]
fn the_official_series_end_in_the_published_state_in_any_order_and_twice() {
    let Some(standards) = standards() else { return };
    for (folder, file) in [
        ("kl-gateway", "peter-olsen-classic"),
        ("kl-gateway", "jens-hansen-new"),
        ("kl-ffb-reporting", "ffb-first-three"),
        ("kl-children", "withdrawn-contact"),
    ] {
        let path = standards.join(folder).join("expected").join(format!("{file}.final-state.json"));
        let expected: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let series: Vec<Delivery> = expected["applied"]
            .as_array()
            .unwrap()
            .iter()
            .map(|applied| {
                let name = applied["file"].as_str().unwrap().strip_prefix("shared/").unwrap();
                take(&fs::read(standards.join(name)).unwrap()).unwrap()
            })
            .collect();
        let given = fold(&series);
        compare(&expected, &given, file);
        let mut seed = 7_u64;
        for _ in 0..20 {
            let mut order: Vec<&Delivery> = series.iter().chain(&series).collect();
            for at in (1..order.len()).rev() {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                order.swap(at, (seed >> 33) as usize % (at + 1));
            }
            assert_eq!(fold(order), given, "{file}");
        }
        assert_eq!(fold(series.iter().rev()), given, "{file} reversed");
        let owners: Vec<_> =
            series.iter().flat_map(|delivery| &delivery.citizens).map(|one| one.cpr.clone()).collect();
        let read = given.documents(&owners[0]);
        assert_eq!(read, fold(series.iter().rev()).documents(&owners[0]), "{file}");
        assert!(!read.is_empty(), "{file}: nothing to read");
    }
}

#[test]
fn new_updated_and_unchanged_are_counted_as_published() {
    let Some(standards) = standards() else { return };
    for (folder, file) in [
        ("kl-gateway", "peter-olsen-classic"),
        ("kl-gateway", "jens-hansen-new"),
        ("kl-ffb-reporting", "ffb-first-three"),
    ] {
        let path = standards.join(folder).join("expected").join(format!("{file}.final-state.json"));
        let expected: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let mut state = State::default();
        for applied in expected["applied"].as_array().unwrap() {
            let name = applied["file"].as_str().unwrap().strip_prefix("shared/").unwrap();
            let delivery = take(&fs::read(standards.join(name)).unwrap()).unwrap();
            let counts = state.apply(&delivery);
            // Each report is one document more than the published counts know of.
            let counted = [counts.new as u64 - 1, counts.updated as u64, counts.same as u64];
            let published = ["new", "updated", "same"].map(|what| applied[what].as_u64().unwrap());
            assert_eq!(counted, published, "{name}");
        }
    }
}

#[test]
fn nobodys_entry_lands_in_anothers_record() {
    let mut several = 0;
    for (name, bytes) in examples("kl-children") {
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        let delivery = take(&bytes).unwrap();
        several += usize::from(delivery.citizens.len() > 1);
        for citizen in &delivery.citizens {
            let patients: Vec<&str> = citizen.words.iter().map(|word| word.patient.as_str()).collect();
            for item in &citizen.items {
                let raw = String::from_utf8(item.raw.clone()).unwrap();
                for entry in value["entry"].as_array().unwrap() {
                    let id = entry["resource"]["id"].as_str().unwrap();
                    let stranger = entry["resource"]["resourceType"] == "Patient" && !patients.contains(&id);
                    let related = item.source.kind.name() == "RelatedPerson";
                    assert!(
                        !stranger || related || !raw.contains(id),
                        "{name}: {} names another",
                        item.source
                    );
                }
            }
        }
    }
    assert!(standards().is_none() || several >= 2);
}

#[test]
fn reports_can_be_read_as_documents() {
    let Some(standards) = standards() else { return };
    let mut out = Vec::new();
    for file in [
        "kl-gateway/examples/Bundle-3304e5f8-4b3f-4c19-8c68-e36c573f3f98.json",
        "kl-gateway/examples/Bundle-89071c96-e053-40d5-8873-105b7bad40f9.json",
        "kl-gateway/examples/Bundle-TestPersonReport.json",
        "kl-ffb-reporting/examples/Bundle-4b4e5f33-a9a2-42f6-b598-180543029ae5.json",
        "kl-ffb-reporting/examples/Bundle-5bf6a186-ee66-4b0e-ba6e-623972ab5130.json",
        "kl-children/examples/Bundle-5f1d5816-a906-4314-a6f4-69b400682ec6.json",
        "kl-rehab-140/examples/Bundle-RuddiIndberetningsrapport.json",
        "kl-prevention-119/examples/Bundle-BrunoIndberetningsrapport.json",
        "kl-ltt/examples/Bundle-RapportOmJosefine.json",
    ] {
        let delivery = take(&fs::read(standards.join(file)).unwrap()).unwrap();
        for item in delivery.citizens[0].items.iter().filter(|item| item.room == Room::Documents) {
            let facts = item.document.as_ref().unwrap();
            let (kind, area, dated) = (facts.kind.code(), facts.area.code(), facts.dated);
            out.push(format!("=== {} [{kind}, {area}] {dated}", facts.title));
            for section in body(&item.raw, Lang::Da).sections {
                out.push(format!("## {}", section.heading));
                out.extend(section.entries.iter().map(|entry| format!("- {}: {}", entry.label, entry.value)));
                out.extend(section.paragraphs);
            }
        }
    }
    let out = out.join("\n");
    assert!(!out.contains("Ukendt kode"), "{out}");
    insta::assert_snapshot!(out);
}

#[test]
fn free_text_of_the_information_model_is_read() {
    for (name, bytes) in examples("kl-core-fki") {
        let value: Value = serde_json::from_slice(&bytes).unwrap();
        let text = match value["id"].as_str().unwrap() {
            "FFBIndsats" => "Andreas plan for midlertidigt ophold",
            "Condition111v2" => "Drikker mindre, der har været et overforbrug",
            "MentalInformationMads" => "Mads fortæller, at han har svært ved at holde orden",
            "AndreasindsatsmaalOpfolgning" => "Andreas har fået styr på morgenrutiner",
            "HenvendelseFraMorVedrSocialIndsats" => "Moderen har fået svær gigt",
            _ => continue,
        };
        let delivery = take(&wrapped(&value)).unwrap();
        let report =
            delivery.citizens[0].items.iter().find(|item| item.source.kind.name() == "Bundle").unwrap();
        assert!(body(&report.raw, Lang::En).plain().contains(text), "{name}");
        assert!(report.search_text.contains(text), "{name}");
        assert_eq!(report.document.as_ref().unwrap().kind, DocumentType::ProfessionalJudgement);
        assert!(matches!(report.document.as_ref().unwrap().area, Area::Social | Area::Nursing), "{name}");
    }
}

#[test]
fn the_embedded_lists_agree_with_the_published_ones() {
    const MENDED: [&str; 3] = ["Praktisk hjælp i hjemmet", "Kropsopfattelse", "Bevægeapparatet"];
    let Some(standards) = standards() else { return };
    for (system, file) in
        codes::System::ALL.into_iter().zip(["fsiii", "ffb-vum", "kl-caresocialcodes", "kl-fboe", "kl-ltt"])
    {
        let text = fs::read_to_string(standards.join("code-lists").join(format!("{file}.csv"))).unwrap();
        let mut count = 0;
        for line in text.lines().skip(1).filter(|line| line.starts_with(system.uri())) {
            let mut cells = line.splitn(3, ',').skip(1);
            let concept = system.concept(cells.next().unwrap()).unwrap();
            let rest = cells.next().unwrap();
            let mended = concept.severity_level().is_some() || MENDED.contains(&concept.label);
            assert!(
                mended || rest.trim_start_matches('"').starts_with(concept.label.split('"').next().unwrap()),
                "{line}"
            );
            count += 1;
        }
        assert_eq!(count, system.concepts().count(), "{file}");
    }
}
