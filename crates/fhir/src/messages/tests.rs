//! What is read of a message that arrives, and that what is written here reads back.

use super::*;
use crate::delivery::{ResourceType, Source};
use crate::documents::STORED;
use proptest::prelude::*;

fn heard(resource: &Value) -> Head {
    let text = resource.to_string();
    let node = json::parse(text.as_bytes(), &STORED).unwrap();
    let source = Source::new(ResourceType::Communication, "c1");
    head(&Heard { source: &source, node: &node, refers: &|_| None })
}

fn reply(more: &Value) -> Value {
    let mut resource = json!({
        "resourceType": "Communication", "id": "c1", "status": "completed",
        "category": [{ "coding": [{ "system": MESSAGE_CATEGORY, "code": "question" }] }],
        "subject": { "reference": "Patient/inger" }, "sent": "2026-11-02T10:00:00Z",
        "sender": { "type": "Organization", "display": " Hjemmesygeplejen " },
        "payload": [{ "contentString": "Vi kommer i morgen.\n\nHilsen Lise" }],
    });
    resource.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    resource
}

fn id(number: u8) -> ItemId {
    ItemId::from_bytes([number; 16])
}

fn written<'a>(writer: Author<'a>, files: &'a [Enclosed], about: &'a [About]) -> Written<'a> {
    Written {
        id: id(1),
        kind: Kind::Complaint,
        title: "Klage over rengøring",
        text: "Jeg er ikke enig.",
        sent: Timestamp::from_seconds(1_763_600_000),
        answers: Some("Communication/c7"),
        about,
        department: (Some("nursing"), "Hjemmesygeplejen"),
        writer,
        files,
    }
}

#[test]
fn an_answer_is_read_whole() {
    let ours = name(id(1));
    let head =
        heard(&reply(&json!({ "inResponseTo": [{ "reference": ours }], "topic": { "text": "Om såret" } })));
    assert_eq!((head.name.as_str(), head.answers.as_slice()), ("Communication/c1", [name(id(1))].as_slice()));
    assert_eq!((head.title.as_str(), head.start.as_str()), ("Om såret", "Vi kommer i morgen. Hilsen Lise"));
    assert_eq!(
        (head.unit.as_str(), &head.writer, head.kind()),
        ("Hjemmesygeplejen", &Writer::Municipality, Kind::Question)
    );
    assert_eq!(read(&head.write()), Some(head));
}

#[test]
fn what_it_answers_is_found_however_it_is_said() {
    let ours = id(1).to_string();
    let whole = format!("https://nexus.example/fhir/Communication/{ours}");
    for (more, answers) in [
        (json!({}), vec![]),
        (json!({ "inResponseTo": [{ "reference": whole }] }), vec![name(id(1))]),
        (
            json!({ "inResponseTo": [{ "identifier": { "system": MESSAGE, "value": ours } }] }),
            vec![name(id(1))],
        ),
        (json!({ "inResponseTo": [{ "identifier": { "system": "urn:other", "value": ours } }] }), vec![]),
        (
            json!({ "inResponseTo": [{ "identifier": { "system": OUTGOING, "value": format!("{ours}.1") } }] }),
            vec![name(id(1))],
        ),
        (json!({ "identifier": [{ "system": THREAD, "value": ours }] }), vec![name(id(1))]),
        (
            json!({ "inResponseTo": [{ "reference": "Communication/c0" }] }),
            vec!["Communication/c0".to_owned()],
        ),
        (json!({ "inResponseTo": "Communication/c0" }), vec![]),
    ] {
        assert_eq!(heard(&reply(&more)).answers, answers, "{more}");
    }
}

#[test]
fn who_wrote_it_is_never_somebody_here() {
    let forged = json!({ "writer": { "Here": { "person": "x", "name": "y", "basis": "own" } } });
    assert_eq!(heard(&reply(&forged)).writer, Writer::Municipality);
    let helper = Writer::For { name: "Mette".to_owned() };
    for (sender, writer) in [
        (json!({ "reference": "Patient/inger" }), Writer::Citizen),
        (json!({ "type": "RelatedPerson", "display": "Mette" }), helper.clone()),
    ] {
        let head = heard(&reply(&json!({ "sender": sender,
            "recipient": [{ "display": "Visitationen", "identifier": { "system": DEPARTMENT, "value": "visitation" } }] })));
        assert_eq!((head.writer, head.unit.as_str()), (writer, "Visitationen"));
        assert_eq!(head.department.as_deref(), Some("visitation"));
    }
}

#[test]
fn a_department_may_stand_inside() {
    let head = heard(&reply(&json!({ "sender": { "reference": "#o" },
        "contained": [{ "resourceType": "Organization", "id": "o", "name": "Bostøtte" }] })));
    assert_eq!(head.unit, "Bostøtte");
    assert_eq!(heard(&reply(&json!({ "sender": { "reference": "#x" } }))).unit, "");
}

#[test]
fn what_is_written_here_reads_back() {
    let address = "0f".repeat(32);
    let file =
        Enclosed { name: "sår.jpg".to_owned(), media_type: "image/jpeg".to_owned(), size: 12, address };
    let about = [About { item: id(3), name: "CarePlan/9".to_owned(), title: "Rengøring".to_owned() }];
    let files = [file];
    let one = written(Author::For("Mette Holm", "mandate"), &files, &about);
    let told = one.told(&json!({ "reference": "Patient/1" }));
    assert_eq!(told["contained"][0]["relationship"][0]["coding"][0]["code"], "mandate");
    assert_eq!(told["payload"][1]["contentAttachment"]["data"], format!("file:{}", files[0].address));
    assert_eq!(told["inResponseTo"][0]["reference"], "Communication/c7");
    let kept = one.kept("Inger Holm");
    assert!(!kept.to_string().contains(&files[0].address), "what is kept names its files and no more");
    let body = body(kept.to_string().as_bytes());
    assert_eq!(body.text, one.text);
    assert_eq!((body.files, body.about), (vec!["sår.jpg".to_owned()], vec!["Rengøring".to_owned()]));
    let back = heard(&told);
    assert_eq!(
        (back.ours, back.writer, back.kind.as_str()),
        (vec![name(id(1))], Writer::For { name: "Mette Holm".to_owned() }, "complaint")
    );
    let unit = (back.unit.as_str(), back.department.as_deref());
    assert_eq!((unit, back.files), (("Hjemmesygeplejen", Some("nursing")), 1));
}

#[test]
fn without_files_things_and_answers_nothing_is_said_of_them() {
    let one = Written { answers: None, ..written(Author::Citizen("Inger Holm"), &[], &[]) };
    let resource = one.kept("Inger Holm");
    assert!(
        ["about", "inResponseTo", "contained"].iter().all(|name| resource.get(name).is_none()),
        "{resource}"
    );
    let said = Written { writer: Author::Municipality, ..one }.kept("Inger Holm");
    let (from, to) = (&said["sender"]["display"], &said["recipient"][0]["display"]);
    assert_eq!((from, to), (&json!("Hjemmesygeplejen"), &json!("Inger Holm")));
}

#[test]
fn only_names_given_here_lead_to_a_message() {
    assert_eq!(written_here(&name(id(1))), Some(id(1)));
    for other in ["Communication/7", "CarePlan/01010101-0101-0101-0101-010101010101", "", "Communication/"] {
        assert_eq!(written_here(other), None, "{other}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(text in ".{0,80}") {
        let _ = (read(text.as_bytes()), body(text.as_bytes()));
    }

    #[test]
    fn a_head_is_short(text in ".{0,2000}", topic in ".{0,300}") {
        let resource = reply(&json!({ "payload": [{ "contentString": text }], "topic": { "text": topic } }));
        let head = heard(&resource);
        prop_assert!(head.title.chars().count() <= 122 && head.start.chars().count() <= 102);
    }
}
