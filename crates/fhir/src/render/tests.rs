use super::*;
use serde_json::json;

fn read(value: &serde_json::Value, lang: Lang) -> Body {
    body(value.to_string().as_bytes(), lang)
}

fn show(body: &Body) -> String {
    let mut lines = Vec::new();
    for section in &body.sections {
        lines.push(format!("## {}", section.heading));
        lines.extend(section.entries.iter().map(|entry| format!("{} = {}", entry.label, entry.value)));
        lines.extend(section.paragraphs.iter().cloned());
    }
    lines.join("\n")
}

#[test]
fn a_form_becomes_sections_with_questions_and_answers() {
    let form = json!({ "resourceType": "QuestionnaireResponse", "item": [
        { "text": "Dato", "answer": [{ "valueDate": "2025-03-02" }] },
        { "text": "Boligen", "item": [
            { "text": "Bor alene", "answer": [{ "valueBoolean": true }] },
            { "text": "Trin til døren", "answer": [{ "valueDecimal": 3.5 }] },
            { "text": "Hjælpemidler", "answer": [{ "valueString": "Rollator" }, { "valueString": "Badestol" }] },
            { "text": "Gå", "answer": [{ "valueCoding": { "system": "urn:oid:1.2.208.176.2.21", "code": "B3", "display": "2" } }] },
        ] },
        { "linkId": "7", "answer": [{ "valueCoding": { "system": "http://x", "code": "y" }, "item": [{ "text": "Hvorfor", "answer": [{ "valueString": "Fald" }] }] }] },
        { "text": "Ubesvaret" },
    ] });
    insta::assert_snapshot!(format!("{}\n\n{}", show(&read(&form, Lang::Da)), show(&read(&form, Lang::En))));
}

#[test]
fn a_document_shows_its_contained_form_and_a_packed_one() {
    let form = json!({ "resourceType": "QuestionnaireResponse", "id": "f", "item": [{ "text": "Mål", "answer": [{ "valueString": "Gå ture" }] }] });
    let alone = json!({ "resourceType": "DocumentReference", "contained": [form] });
    let packed = json!({ "resourceType": "Bundle", "entry": [
        { "fullUrl": "DocumentReference/d", "resource": { "resourceType": "DocumentReference", "id": "d" } },
        { "fullUrl": "QuestionnaireResponse/f", "resource": form },
    ] });
    for value in [alone, packed] {
        assert_eq!(read(&value, Lang::Da).plain(), "Skema\nMål\nGå ture");
    }
}

#[test]
fn unknown_codes_get_what_was_sent_or_a_neutral_word() {
    let condition = |coding: serde_json::Value| {
        let node = json!({ "resourceType": "Condition", "code": coding });
        read(&node, Lang::Da).sections.remove(0).entries.remove(0).label
    };
    let fsiii = "urn:oid:1.2.208.176.2.21";
    assert_eq!(
        condition(json!({ "coding": [{ "system": fsiii, "code": "J3.8", "display": "Løbe" }] })),
        "Gå",
        "the list wins"
    );
    assert_eq!(
        condition(json!({ "coding": [{ "system": fsiii, "code": "J99.9", "display": "Flyve" }] })),
        "Flyve"
    );
    assert_eq!(condition(json!({ "coding": [{ "system": fsiii, "code": "J99.9" }] })), "Ukendt kode");
    assert_eq!(condition(json!({ "coding": [] , "text": "Træt"})), "Træt");
    assert_eq!(condition(json!({})), "Ukendt kode");
    assert_eq!(condition(json!("x")), "Ukendt kode");
}

#[test]
fn a_local_name_stands_beside_the_common_one() {
    let plan = json!({ "resourceType": "CarePlan", "activity": [{ "detail": { "code": { "coding": [
        { "system": "urn:oid:1.2.208.176.2.21", "code": "H1.1" },
        { "system": "http://fhir.kl.dk/gateway/CodeSystem/LocallyDefinedInterventions", "code": "H1.1.1", "display": "Speciel personlig pleje" },
    ] } } }] });
    assert_eq!(
        subjects(ResourceType::CarePlan, &parse(&plan.to_string())),
        ["Personlig hygiejne: Speciel personlig pleje"]
    );
}

fn parse(text: &str) -> Node<'_> {
    json::parse(text.as_bytes(), &STORED).unwrap()
}

#[test]
fn states_are_words_and_the_plans_own_status_counts() {
    let plan = json!({ "resourceType": "CarePlan", "status": "completed", "period": { "start": "2021-02-12", "end": "2021-02-24" },
        "activity": [{ "detail": { "status": "in-progress", "description": "Støt ved trappen.\n\nBrug bælte.", "code": { "coding": [{ "system": "urn:oid:1.2.208.176.2.21", "code": "H1.1" }] } } }] });
    insta::assert_snapshot!(format!("{}\n\n{}", show(&read(&plan, Lang::Da)), show(&read(&plan, Lang::En))));
    let odd = json!({ "resourceType": "Encounter", "status": "from-the-future", "class": { "code": "?" } });
    assert_eq!(show(&read(&odd, Lang::Da)), "## Besøg og kontakter\nKontakt = ");
}

#[test]
fn levels_are_words_by_short_code_and_uuid() {
    for code in ["B5", "f4c9f159-5806-4c06-95e9-e69b83bab1a1"] {
        let node = json!({ "resourceType": "Condition", "severity": { "coding": [{ "system": "urn:oid:1.2.208.176.2.21", "code": code, "display": "4" }] } });
        assert_eq!(read(&node, Lang::Da).sections[0].entries[0].value, "Totale begrænsninger");
    }
}

#[test]
fn persons_files_and_narrative_are_never_body() {
    for kind in ["Patient", "RelatedPerson", "Practitioner", "Binary", "Provenance", "Location"] {
        let node = json!({ "resourceType": kind, "text": { "div": "<div>0101010101</div>" }, "name": [{ "family": "Holm" }], "identifier": [{ "value": "0101010101" }] });
        assert!(read(&node, Lang::Da).is_empty(), "{kind}");
    }
    let condition = json!({ "resourceType": "Condition", "text": { "div": "<div>skjult</div>" }, "note": [{ "text": "vist" }] });
    assert!(!read(&condition, Lang::Da).plain().contains("skjult"));
    assert!(read(&condition, Lang::Da).plain().contains("vist"));
}

#[test]
fn whatever_is_stored_it_never_fails() {
    for raw in [
        "",
        "{",
        "{}",
        "[]",
        "null",
        r#"{"resourceType":7}"#,
        r#"{"resourceType":"Nonsense"}"#,
        r#"{"resourceType":"Bundle","entry":{}}"#,
    ] {
        assert!(body(raw.as_bytes(), Lang::En).is_empty(), "{raw}");
    }
    let deep = (0..40).fold(
        json!({ "text": "x", "answer": [{ "valueString": "y" }] }),
        |inner, _| json!({ "text": "g", "item": [inner] }),
    );
    let form = json!({ "resourceType": "QuestionnaireResponse", "item": [deep] });
    let _ = read(&form, Lang::Da);
    for kind in ResourceType::ALL {
        let node = json!({ "resourceType": kind.name(), "code": [], "activity": {}, "period": "x", "target": [7], "note": [{}], "class": [], "status": {} });
        let _ = read(&node, Lang::En);
    }
}
