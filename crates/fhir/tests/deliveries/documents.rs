//! What can be read as a document: letters with files, forms, instructions, and how labels narrow them.

use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::{Area, Audience, Sensitivity};
use borgerportal_fhir::BASE;
use borgerportal_fhir::delivery::{Fate, ResourceType, Source};
use borgerportal_fhir::documents;
use borgerportal_fhir::gate::FileKind;
use borgerportal_fhir::outcome::Reason;
use borgerportal_fhir::render::{Lang, body};
use borgerportal_fhir::state::fold;
use serde_json::{Value, json};

use crate::common::*;

#[test]
fn a_letter_comes_with_file_author_unit_and_labels() {
    let mut letter = document("d", "letter", "Afgørelse om personlig hjælp");
    letter["content"] = json!([{ "attachment": { "contentType": "application/pdf", "title": "Afgørelse.pdf", "url": "urn:uuid:11111111-1111-4111-8111-111111111111" } }]);
    letter["author"] =
        json!([{ "reference": "Practitioner/anne" }, { "reference": "Organization/visitation" }]);
    letter["meta"]["security"] = json!([
        { "system": format!("{BASE}/CodeSystem/visibility"), "code": "audience-citizen" },
        { "system": format!("{BASE}/CodeSystem/visibility"), "code": "third_party" },
    ]);
    letter["extension"] =
        json!([{ "url": format!("{BASE}/StructureDefinition/visible-from"), "valueDate": "2025-03-10" }]);
    let anne = json!({ "resourceType": "Practitioner", "id": "anne", "name": [{ "given": ["Anne"], "family": "Berg" }] });
    let unit = json!({ "resourceType": "Organization", "id": "visitation", "name": "Visitationen" });
    let mut bundle = transaction(&[patient("inger", INGER), letter, anne, unit]);
    let binary =
        json!({ "resourceType": "Binary", "id": "b", "contentType": "application/pdf", "data": base64(PDF) });
    bundle["entry"].as_array_mut().unwrap().push(json!({
        "fullUrl": "urn:uuid:11111111-1111-4111-8111-111111111111", "resource": binary,
        "request": { "method": "PUT", "url": "Binary/b" } }));
    let delivery = take(&bundle);
    let letter = item(&delivery, "DocumentReference/d");
    let facts = letter.document.as_ref().unwrap();
    assert_eq!((facts.kind, facts.area), (DocumentType::Letter, Area::HomeHelp));
    assert_eq!((facts.author.as_deref(), facts.unit.as_deref()), (Some("Anne Berg"), Some("Visitationen")));
    assert_eq!((letter.files[0].kind, letter.files[0].bytes.as_slice()), (FileKind::Pdf, PDF));
    assert_eq!(letter.visibility.audience, Some(Audience::CITIZEN));
    assert!(letter.visibility.sensitivities.contains(Sensitivity::ThirdParty));
    assert_eq!(letter.visibility.visible_from.unwrap().to_string(), "2025-03-09T23:00:00Z");
    assert_eq!(letter.sort_at.to_string(), "2025-03-02T09:00:00Z");
    assert!(
        delivery.citizens[0].items.iter().all(|item| item.source.kind != ResourceType::Bundle),
        "no report"
    );
    assert_eq!(delivery.fates.last(), Some(&Fate::Taken(vec![])));
}

#[test]
fn a_form_is_read_and_disappears_with_its_retraction() {
    let mut assessment = document("d", "assessment", "Udredning");
    assessment["context"] = json!({ "related": [{ "reference": "QuestionnaireResponse/f" }] });
    let said = take(&transaction(&[patient("inger", INGER), assessment.clone(), form("f")]));
    let document = item(&said, "DocumentReference/d");
    assert_eq!(body(&document.raw, Lang::Da).plain(), "Skema\nSøvn\nSover godt");
    assert!(document.search_text.starts_with("Udredning\n") && document.search_text.contains("Sover godt"));
    let gone = [Source::new(ResourceType::QuestionnaireResponse, "f")];
    let left = documents::without(document, &gone).unwrap();
    assert!(body(&left.raw, Lang::Da).is_empty() && !left.search_text.contains("Sover"));
    assert!(left.parts.is_empty());
    let already = take(&transaction(&[patient("inger", INGER), assessment, wrong(form("f"))]));
    assert!(!item(&already, "DocumentReference/d").search_text.contains("Sover"));
}

#[test]
fn inline_files_are_kept_apart_and_missing_ones_are_told() {
    let mut letter = document("d", "letter", "Brev");
    letter["content"] = json!([
        { "attachment": { "contentType": "application/pdf", "data": base64(PDF), "title": "Æ.pdf" } },
        { "attachment": { "url": "Binary/not-here" } },
    ]);
    let delivery = take(&transaction(&[patient("inger", INGER), letter.clone()]));
    let found = item(&delivery, "DocumentReference/d");
    assert_eq!(found.files.len(), 1);
    assert!(found.document.as_ref().unwrap().file_missing);
    let raw: Value = serde_json::from_slice(&found.raw).unwrap();
    letter["content"][0]["attachment"].as_object_mut().unwrap().remove("data");
    assert_eq!(raw, letter);
    for (content_type, data) in [("image/png", base64(PDF)), ("application/pdf", "!!!!".to_owned())] {
        letter["content"] = json!([{ "attachment": { "contentType": content_type, "data": data } }]);
        assert_eq!(reasons(&transaction(&[patient("inger", INGER), letter.clone()])), [Reason::File]);
    }
}

#[test]
fn the_instruction_of_a_plan_is_a_document_that_follows_the_plan() {
    let with = |text: Option<&str>, at: &str| {
        let mut plan = care_plan("p");
        plan["meta"] = json!({ "profile": ["http://fhir.kl.dk/core/StructureDefinition/KLCommonCareSocialPlannedIntervention"] });
        if let Some(text) = text {
            plan["activity"][0]["detail"]["description"] = json!(text);
        }
        take(&report(at, at, &[plan]))
    };
    let first = with(Some("Inger vasker selv ansigt og hænder."), "2021-01-01T00:00:00Z");
    let instruction = item(&first, "CarePlan/p#instruction");
    let facts = instruction.document.as_ref().unwrap();
    assert_eq!(
        (facts.kind, facts.title.as_str()),
        (DocumentType::Instruction, "Handlingsanvisning: Personlig hygiejne")
    );
    assert!(body(&instruction.raw, Lang::Da).plain().contains("Inger vasker selv"));
    let dropped = with(None, "2021-02-01T00:00:00Z");
    let wrong = take(&report("w", "2021-01-01T00:00:00Z", &[wrong(care_plan("p"))]));
    for order in [[&first, &wrong], [&wrong, &first]] {
        assert!(fold(order).seen(&cpr(INGER)).all(|item| item.source.kind != ResourceType::CarePlan));
    }
    for order in [[&first, &dropped], [&dropped, &first]] {
        let state = fold(order);
        assert!(state.seen(&cpr(INGER)).all(|item| !item.source.id.ends_with("#instruction")));
    }
}

#[test]
fn labels_narrow_a_report_and_labelled_resources_stay_out_of_it() {
    let mut hidden = condition("hidden");
    hidden["meta"] = json!({ "security": [{ "system": format!("{BASE}/CodeSystem/visibility"), "code": "audience-none" }] });
    hidden["note"] = json!([{ "text": "Kun til personalet" }]);
    let delivery = take(&report("r", "2021-01-01T00:00:00Z", &[care_plan("p"), hidden]));
    let report_item = delivery.citizens[0].items.last().unwrap();
    assert!(!String::from_utf8_lossy(&report_item.raw).contains("Kun til personalet"));
    let mut young = encounter("v");
    young["meta"] =
        json!({ "profile": ["http://fhir.kl.dk/ltt/StructureDefinition/klgateway-ltt-encounter"] });
    let delivery = take(&report("r", "2021-01-01T00:00:00Z", &[young]));
    for item in delivery.citizens[0].items.iter().skip(1) {
        assert!(item.visibility.sensitivities.contains(Sensitivity::YouthTreatment), "{}", item.source);
    }
}

#[test]
fn a_document_never_takes_another_citizens_form_as_its_body() {
    let mut form = form("f");
    form["subject"] = json!({ "reference": "Patient/child" });
    let mut letter = document("d", "letter", "Brev");
    letter["context"] = json!({ "related": [{ "reference": "QuestionnaireResponse/f" }] });
    let bundle = collection(
        "r",
        "2021-01-01T00:00:00Z",
        &[patient("inger", INGER), patient("child", "0101410001"), form, letter],
    );
    let delivery = take(&bundle);
    let letter = item(&delivery, "DocumentReference/d");
    assert!(letter.parts.is_empty() && !String::from_utf8_lossy(&letter.raw).contains("Sover godt"));
}
