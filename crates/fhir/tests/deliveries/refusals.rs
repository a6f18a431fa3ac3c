//! Wrong input: refused with its place, nothing kept, nothing repeated.

use borgerportal_fhir::delivery::{DeliveryKind, Fate};
use borgerportal_fhir::ingest::{self, Limits};
use borgerportal_fhir::outcome::Reason;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::*;

const AT: &str = "2021-01-01T00:00:00Z";

fn found(bundle: &Value, reason: Reason, place: &str) {
    assert_eq!(issues(bundle), [(reason, place.to_owned())], "{bundle}");
}

#[test]
fn forbidden_content_refuses_the_whole_report_with_its_place() {
    for (forbidden, reason) in [
        (json!({ "resourceType": "MedicationStatement" }), Reason::Medicine),
        (json!({ "resourceType": "MessageHeader" }), Reason::Message),
        (
            json!({ "resourceType": "Observation", "code": coded("J1"), "valueQuantity": { "value": 1 } }),
            Reason::Measurement,
        ),
    ] {
        let bundle = report("r", AT, &[condition("c"), forbidden]);
        let all = issues(&bundle);
        assert_eq!(all.len(), 1);
        assert_eq!(all[0].0, reason);
        assert!(all[0].1.starts_with("Bundle.entry[2].resource"), "{}", all[0].1);
        let outcome = read(bundle.to_string().as_bytes()).unwrap_err().operation_outcome();
        assert!(
            outcome.contains("Bundle.entry[2].resource") && outcome.contains("business-rule"),
            "{outcome}"
        );
    }
}

#[test]
fn growth_is_left_out_of_a_childrens_report_only() {
    let growth = json!({ "resourceType": "Observation", "id": "w", "status": "final", "valueQuantity": { "value": 9 },
        "meta": { "profile": ["http://fhir.kl.dk/children/StructureDefinition/klgateway-children-bodyweight"] },
        "code": { "coding": [{ "system": "http://loinc.org", "code": "29463-7" }] }, "subject": { "reference": "Patient/inger" } });
    let delivery = take(&report("r", AT, &[encounter("v"), growth.clone()]));
    assert!(matches!(&delivery.fates[2], Fate::LeftOut(issue) if issue.reason == Reason::Measurement));
    let kept: Vec<String> = delivery.citizens[0].items.iter().map(|item| item.source.to_string()).collect();
    assert_eq!(kept, ["Patient/inger", "Encounter/v", "Bundle/r@inger"]);
    assert!(
        delivery.citizens[0].items.iter().all(|item| !String::from_utf8_lossy(&item.raw).contains("29463-7"))
    );
    assert_eq!(reasons(&transaction(&[patient("inger", INGER), growth])), [Reason::Measurement]);
}

#[test]
fn a_transaction_yields_nothing_when_one_entry_is_wrong() {
    let mut orphan = condition("c");
    orphan["subject"]["reference"] = json!("Patient/unknown");
    found(
        &transaction(&[patient("inger", INGER), condition("ok"), orphan]),
        Reason::NoSubject,
        "Bundle.entry[2].resource.subject",
    );
}

#[test]
fn a_batch_is_judged_entry_by_entry() {
    let mut batch = transaction(&[
        patient("inger", INGER),
        condition("ok"),
        json!({ "resourceType": "Immunization", "id": "i" }),
        patient("nobody", "12"),
    ]);
    let mut nobodys = condition("nobodys");
    nobodys["subject"]["reference"] = json!("Patient/nobody");
    let entry = json!({ "resource": nobodys, "request": { "method": "PUT", "url": "Condition/nobodys" } });
    batch["entry"].as_array_mut().unwrap().push(entry);
    batch["type"] = json!("batch");
    let delivery = take(&batch);
    assert_eq!(delivery.kind, DeliveryKind::Batch);
    let fates: Vec<Option<Reason>> = delivery
        .fates
        .iter()
        .map(|fate| if let Fate::Refused(issues) = fate { Some(issues[0].reason) } else { None })
        .collect();
    assert_eq!(fates, [None, None, Some(Reason::Medicine), Some(Reason::NoCpr), Some(Reason::NoSubject)]);
    assert_eq!(delivery.citizens.len(), 1);
    assert_eq!(delivery.citizens[0].items.len(), 2);
}

#[test]
fn bundles_that_are_no_deliveries_are_refused() {
    for (kind, reason) in [
        ("searchset", Reason::NotADelivery),
        ("document", Reason::NotADelivery),
        ("message", Reason::Message),
    ] {
        let mut bundle = report("r", AT, &[]);
        bundle["type"] = json!(kind);
        found(&bundle, reason, "Bundle.type");
    }
    found(&json!({ "resourceType": "Bundle" }), Reason::NotADelivery, "Bundle.type");
    found(&json!({ "resourceType": "Condition" }), Reason::NotADelivery, "resourceType");
    found(&json!({ "resourceType": "Medication" }), Reason::Medicine, "resource");
    found(&collection("r", AT, &[]), Reason::NoSubject, "Bundle");
    found(
        &collection("r", AT, &[json!({ "resourceType": "Organization", "id": "o" })]),
        Reason::NoSubject,
        "Bundle",
    );
}

#[test]
fn owners_must_be_certain() {
    for (name, subject) in [
        ("missing", Value::Null),
        ("a group", json!({ "reference": "Group/1" })),
        ("a contained one", json!({ "reference": "#p" })),
        ("another kind", json!({ "reference": "RelatedPerson/inger" })),
        ("elsewhere", json!({ "reference": "https://other.dk/Patient/inger" })),
        ("a name", json!({ "display": "Inger Holm" })),
        ("another identifier", json!({ "identifier": { "system": "http://x", "value": INGER } })),
    ] {
        let mut orphan = condition("c");
        orphan["subject"] = subject;
        assert_eq!(
            issues(&report("r", AT, &[orphan])),
            [(Reason::NoSubject, "Bundle.entry[1].resource.subject".to_owned())],
            "{name}"
        );
    }
    let mut shared = json!({ "resourceType": "Appointment", "id": "a", "status": "booked" });
    shared["participant"] =
        json!([{ "actor": { "reference": "Patient/inger" } }, { "actor": { "reference": "Patient/other" } }]);
    let both = collection("r", AT, &[patient("inger", INGER), patient("other", "0101410001"), shared]);
    found(&both, Reason::NoSubject, "Bundle.entry[2].resource.participant");
}

#[test]
fn a_reference_that_fits_two_patients_fits_none() {
    let mut bundle =
        collection("r", AT, &[patient("one", INGER), patient("two", "0101410001"), condition("c")]);
    bundle["entry"][0]["fullUrl"] = json!("Patient/two");
    bundle["entry"][2]["resource"]["subject"]["reference"] = json!("Patient/two");
    found(&bundle, Reason::NoSubject, "Bundle.entry[2].resource.subject");
}

#[test]
fn owners_may_be_named_by_number() {
    let mut by_identifier = condition("c");
    by_identifier["subject"] =
        json!({ "identifier": { "system": "urn:oid:1.2.208.176.1.2", "value": INGER } });
    let mut by_query = condition("q");
    by_query["subject"] =
        json!({ "reference": format!("Patient?identifier=urn:oid:1.2.208.176.1.2|{INGER}") });
    let delivery = take(&transaction(&[by_identifier, by_query]));
    assert_eq!(delivery.citizens.len(), 1);
    assert_eq!(delivery.citizens[0].cpr.expose(), INGER);
    assert_eq!(delivery.citizens[0].items.len(), 2);
}

#[test]
fn ids_are_stable_unique_and_never_a_number_of_a_person() {
    found(&report("r", AT, &[condition("c"), condition("c")]), Reason::Duplicate, "Bundle.entry[2].resource");
    found(&report("r", AT, &[condition("a b")]), Reason::Malformed, "Bundle.entry[1].resource.id");
    let mut nameless = condition("c");
    nameless.as_object_mut().unwrap().remove("id");
    found(&report("r", AT, &[nameless.clone()]), Reason::Missing, "Bundle.entry[1].resource.id");
    found(&collection("r", AT, &[patient(INGER, INGER)]), Reason::Malformed, "Bundle.entry[0].resource.id");
    found(&collection("r@x", AT, &[patient("inger", INGER)]), Reason::Malformed, "Bundle.id");
    nameless["identifier"] = json!([{ "system": "http://nexus/kommune/217", "value": "4711#a@b" }]);
    let delivery = take(&report("r", AT, &[nameless]));
    assert_eq!(delivery.citizens[0].items[1].source.id, "~http://nexus/kommune/217|4711%23a%40b");
}

#[test]
fn requests_must_agree_with_their_resources() {
    let with = |method: &str, url: &str| {
        let mut bundle = transaction(&[patient("inger", INGER), condition("c")]);
        bundle["entry"][1]["request"] = json!({ "method": method, "url": url });
        bundle
    };
    let place = |part: &str| format!("Bundle.entry[1].request.{part}");
    for url in ["Condition/other", "Goal/c", "Condition/c/x", "Condition?code=x", "", "Condition"] {
        assert_eq!(issues(&with("PUT", url)), [(Reason::Method, place("url"))], "{url}");
    }
    for method in ["PATCH", "GET", "", "put"] {
        assert_eq!(issues(&with(method, "Condition/c")), [(Reason::Method, place("method"))], "{method}");
    }
    for (method, url) in
        [("POST", "Condition"), ("PUT", "Condition/c"), ("PUT", "Condition?identifier=http://x|1")]
    {
        assert_eq!(take(&with(method, url)).len(), 2, "{method} {url}");
    }
    let secret = format!("Condition?identifier=urn:oid:1.2.208.176.1.2|{INGER}");
    assert_eq!(issues(&with("PUT", &secret)), [(Reason::Method, place("url"))]);
    assert_eq!(issues(&with("DELETE", "Nonsense/c")), [(Reason::Method, place("url"))]);
}

#[test]
fn times_order_versions_and_must_be_there() {
    let mut bundle = report("r", AT, &[condition("c")]);
    bundle["timestamp"] = json!("yesterday");
    found(&bundle, Reason::Malformed, "Bundle.timestamp");
    bundle.as_object_mut().unwrap().remove("timestamp");
    let place = |at: usize| (Reason::NoVersion, format!("Bundle.entry[{at}].resource.meta.lastUpdated"));
    assert_eq!(issues(&bundle), [place(0), place(1)]);
    bundle["entry"][0]["resource"]["meta"] = json!({ "versionId": "3" });
    bundle["entry"][1]["resource"]["meta"] =
        json!({ "lastUpdated": "2021-05-05T10:00:00+02:00", "versionId": "9" });
    let items = take(&bundle).citizens.remove(0).items;
    assert_eq!(items[0].stamp.time(), None);
    assert_eq!(items[1].stamp.time().unwrap().to_string(), "2021-05-05T08:00:00Z");
    bundle["entry"][1]["resource"]["meta"]["lastUpdated"] = json!("2021-05-05");
    found(&bundle, Reason::Malformed, "Bundle.entry[1].resource.meta.lastUpdated");
}

#[test]
fn loose_files_and_supporting_resources_of_nobody() {
    let loose =
        json!({ "resourceType": "Binary", "id": "b", "contentType": "application/pdf", "data": base64(PDF) });
    let alone = take(&collection("r", AT, std::slice::from_ref(&loose)));
    assert!(alone.citizens.is_empty() && !alone.is_empty(), "a file may come on its own");
    assert_eq!(alone.binaries[0].source.to_string(), "Binary/b");
    for (member, value, reason, place) in [
        ("contentType", json!("image/png"), Reason::File, ".contentType"),
        ("data", json!(base64(b"UNA:+.? 'UNB")), Reason::Message, ".data"),
        ("data", json!(base64(b"MZ no file of ours")), Reason::File, ".data"),
        ("data", Value::Null, Reason::Missing, ".data"),
    ] {
        let mut wrong = loose.clone();
        wrong[member] = value;
        found(&report("r", AT, &[wrong]), reason, &format!("Bundle.entry[1].resource{place}"));
    }
    let unit = json!({ "resourceType": "Organization", "id": "o" });
    let two = collection("r", AT, &[patient("inger", INGER), patient("other", "0101410001"), unit.clone()]);
    assert!(matches!(&take(&two).fates[2], Fate::LeftOut(issue) if issue.reason == Reason::Unused));
    assert_eq!(take(&report("r", AT, &[unit])).fates.len(), 2);
}

#[test]
fn limits_are_kept_before_work_is_done() {
    let limits = Limits { bytes: 2_000, entries: 3, depth: 12, string: 100, values: 200 };
    let refused = |bundle: &Value| {
        let rejection = ingest::read(bundle.to_string().as_bytes(), &limits).unwrap_err();
        (rejection.issues[0].reason, rejection.status())
    };
    let mut long = condition("c");
    long["note"] = json!([{ "text": "x".repeat(101) }]);
    assert_eq!(refused(&report("r", AT, &[long])), (Reason::TooLarge, 413));
    let big: Vec<Value> = (0..20).map(|number| condition(&format!("c{number}"))).collect();
    assert_eq!(refused(&report("r", AT, &big)), (Reason::TooLarge, 413));
    let small: Vec<Value> =
        (0..3).map(|number| json!({ "resourceType": "Location", "id": format!("l{number}") })).collect();
    assert_eq!(refused(&report("r", AT, &small)), (Reason::TooLarge, 413));
    let deep = (0..20).fold(json!({}), |inner, _| json!({ "extension": [inner] }));
    assert_eq!(refused(&deep), (Reason::TooLarge, 413));
    let many = json!({ "resourceType": "Bundle", "x": vec![0; 300] });
    assert_eq!(refused(&many), (Reason::TooLarge, 413));
    let nested = json!({ "resourceType": "Bundle", "type": "collection", "entry": [{ "resource": collection("r", AT, &small) }] });
    assert_eq!(refused(&nested), (Reason::TooLarge, 413), "inner entries count");
}

/// How deep a value is, how many values it holds, and the longest of its strings.
fn measures(value: &Value) -> (usize, usize, usize) {
    let (inner, own): (Vec<&Value>, usize) = match value {
        Value::Array(items) => (items.iter().collect(), 0),
        Value::Object(members) => {
            (members.values().collect(), members.keys().map(String::len).max().unwrap_or(0))
        }
        Value::String(text) => return (0, 1, text.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => return (0, 1, 0),
    };
    let each = inner.into_iter().map(measures);
    each.fold((1, 1, own), |all, one| (all.0.max(one.0 + 1), all.1 + one.1, all.2.max(one.2)))
}

type SetLimit = fn(&mut Limits, usize);

/// At the limit a delivery is taken, one beyond it is refused; whichever limit it is, and none stands in for another.
#[test]
fn each_limit_is_exactly_where_it_is_said() {
    let mut inner = condition("æ");
    inner["note"] = json!([{ "text": "Hun sover dårligt. ".repeat(30) }]);
    inner["id"] = json!("c");
    let bundle = report("r", AT, &[inner, care_plan("p")]);
    let text = bundle.to_string();
    let (depth, values, string) = measures(&bundle);
    let all: [(&str, usize, SetLimit); 5] = [
        ("bytes", text.len(), |limits, at| limits.bytes = at),
        ("entries", 3, |limits, at| limits.entries = at),
        ("depth", depth, |limits, at| limits.depth = at),
        ("string", string, |limits, at| limits.string = at),
        ("values", values, |limits, at| limits.values = at),
    ];
    for (name, size, set) in all {
        let with = |at: usize| {
            let mut limits = Limits::default();
            set(&mut limits, at);
            ingest::read(text.as_bytes(), &limits)
                .map_err(|refused| (refused.issues[0].reason, refused.status()))
        };
        assert!(with(size).is_ok(), "{name}: {size} is allowed, {:?}", with(size).err());
        assert_eq!(with(size - 1).err(), Some((Reason::TooLarge, 413)), "{name}: {size} is one too many");
    }
}

#[test]
fn answers_never_repeat_what_was_sent() {
    let secret = "Inger Holm";
    let mut odd = condition("c");
    odd[secret] = json!({ "valueQuantity": { "value": INGER } });
    odd["subject"] = json!({ "reference": format!("Patient/{secret}") });
    odd["resourceType"] = json!(secret);
    let mut person = patient("inger", INGER);
    person["id"] = json!(format!("x{INGER}"));
    for bundle in [
        report("r", AT, &[odd.clone()]),
        collection("r", AT, &[person]),
        collection("r", AT, &[patient("inger", "0101010101x")]),
        json!({ "resourceType": secret, secret: INGER }),
        json!({ "resourceType": "Bundle", "type": secret }),
    ] {
        let rejection = read(bundle.to_string().as_bytes()).unwrap_err();
        for text in [rejection.operation_outcome(), rejection.to_string()] {
            assert!(!text.contains("Inger") && !text.contains(INGER), "{text}");
        }
    }
    let rejection = read(format!("{{\"{secret}\": {INGER}x").as_bytes()).unwrap_err();
    assert_eq!(rejection.status(), 400);
    assert!(!rejection.operation_outcome().contains("Inger"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes).is_err());
    }

    #[test]
    fn no_damage_to_a_delivery_makes_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = report("r", AT, &one_of_each()).to_string().into_bytes();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let _ = read(&bytes);
    }

    #[test]
    fn no_wrong_type_makes_it_panic(entry in 0usize..18, member in any::<prop::sample::Index>(), with in 0usize..5) {
        let mut bundle = report("r", AT, &one_of_each());
        let odd = [json!(null), json!(7), json!("x"), json!([{}]), json!({ "a": [] })];
        if let Some(resource) = bundle["entry"][entry]["resource"].as_object_mut() {
            let names: Vec<String> = resource.keys().cloned().collect();
            resource.insert(member.get(&names).clone(), odd[with].clone());
        }
        let _ = read(bundle.to_string().as_bytes());
    }
}
