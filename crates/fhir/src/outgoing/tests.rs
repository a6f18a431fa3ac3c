use super::*;

const ID: &str = "0192d3a4-0000-7000-8000-00000000002a";

fn telling(basis: &Basis, more: Vec<Value>) -> Value {
    let cpr = Cpr::parse("7205440012").unwrap();
    let telling = Telling {
        id: OutgoingId::parse(ID).unwrap(),
        kind: OutgoingKind::Cancellation,
        at: Timestamp::parse("2026-11-03T09:00:00Z").unwrap(),
        citizen: &cpr,
        actor: "Mette Holm-Larsen",
        basis,
        says: "Besøget er afmeldt.",
        focus: Some("Appointment/rengoering-1"),
        more,
    };
    serde_json::from_slice(&telling.bundle()).unwrap()
}

fn by_mandate() -> Basis {
    let until = Timestamp::parse("2027-01-01T00:00:00Z").unwrap();
    Basis::Mandate { id: MandateId::from_bytes([7; 16]), until, may_act: true }
}

#[test]
fn a_telling_says_who_acted_for_whom_on_which_basis_and_about_what() {
    let bundle = telling(&by_mandate(), Vec::new());
    let task = &bundle["entry"][0]["resource"];
    assert_eq!(bundle["type"], "transaction");
    assert_eq!(task["for"]["identifier"]["value"], "7205440012");
    assert_eq!(task["requester"], json!({ "display": "Mette Holm-Larsen" }));
    assert_eq!(task["focus"]["reference"], "Appointment/rengoering-1");
    assert_eq!(task["code"]["coding"][0]["code"], "cancellation");
    let acted = task["extension"][0]["extension"].as_array().unwrap();
    let said: Vec<&Value> =
        acted.iter().map(|one| one.as_object().unwrap().iter().next_back().unwrap().1).collect();
    assert_eq!(said, ["Mette Holm-Larsen", "mandate", "urn:uuid:07070707-0707-0707-0707-070707070707"]);
    let own = telling(&Basis::Own, Vec::new());
    assert_eq!(own["entry"][0]["resource"]["requester"]["identifier"]["value"], "7205440012");
}

#[test]
fn everything_has_a_name_of_ours_and_is_made_once() {
    let more = vec![
        json!({ "resourceType": "QuestionnaireResponse" }),
        json!({ "resourceType": "DocumentReference" }),
    ];
    let bundle = telling(&Basis::Own, more.clone());
    assert_eq!(bundle, telling(&Basis::Own, more), "the same telling gives the same bytes");
    let entries = bundle["entry"].as_array().unwrap();
    let mut urls = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let name = if place == 0 { ID.to_owned() } else { format!("{ID}.{place}") };
        let named = &entry["resource"]["identifier"];
        let named = named.as_array().and_then(|list| list.first()).unwrap_or(named);
        assert_eq!((&named["system"], &named["value"]), (&json!(OUTGOING), &json!(name)));
        assert_eq!(entry["request"]["ifNoneExist"], format!("identifier={OUTGOING}|{name}"));
        assert_eq!(entry["request"]["url"], entry["resource"]["resourceType"]);
        urls.push(entry["fullUrl"].as_str().unwrap());
    }
    let inputs = entries[0]["resource"]["input"].as_array().unwrap().iter();
    let pointed: Vec<_> =
        inputs.map(|input| input["valueReference"]["reference"].as_str().unwrap()).collect();
    assert_eq!(pointed, urls[1..], "the Task points to what goes along");
    assert!(urls.iter().all(|url| url.len() == "urn:uuid:".len() + 36));
    assert_ne!(urls[1], urls[2]);
}

fn task(change: impl Fn(&mut Value)) -> Vec<u8> {
    let mut task = json!({
        "resourceType": "Task",
        "identifier": [{ "system": "urn:theirs", "value": "17" }, { "system": OUTGOING, "value": ID }],
        "status": "rejected",
        "statusReason": { "coding": [{ "code": "too-late" }], "text": "Inger er allerede på vej" },
        "lastModified": "2026-11-03T10:00:00+01:00",
    });
    change(&mut task);
    task.to_string().into_bytes()
}

#[test]
fn an_answer_is_read_by_our_name_of_it() {
    let read = answer(&task(|_| {})).unwrap();
    assert_eq!(read.id.to_string(), ID);
    assert_eq!((read.progress, read.reason.as_str()), (Progress::Rejected, "too-late"));
    assert_eq!(read.at.unwrap().to_string(), "2026-11-03T09:00:00Z");
    let based = answer(&task(|task| {
        task["identifier"] = json!([]);
        task["basedOn"] = json!([{ "identifier": { "system": OUTGOING, "value": ID } }]);
    }));
    assert_eq!(based, Some(read));
}

#[test]
fn what_answers_nothing_of_ours_is_no_answer() {
    for change in [
        |task: &mut Value| task["identifier"][1]["system"] = json!("urn:other"),
        |task: &mut Value| task["identifier"][1]["value"] = json!("17"),
        |task: &mut Value| task["status"] = json!("requested"),
        |task: &mut Value| task["status"] = json!("entered-in-error"),
        |task: &mut Value| task["status"] = json!(7),
        |task: &mut Value| *task = json!([]),
    ] {
        assert_eq!(answer(&task(change)), None);
    }
    assert_eq!(answer(b"<html>"), None);
}

#[test]
fn a_reason_that_is_no_code_is_not_kept() {
    for text in ["Inger er ude", "720544-0012", "7205440012", "", &"a".repeat(61)] {
        let read = answer(&task(|task| task["statusReason"]["coding"][0]["code"] = json!(text))).unwrap();
        assert_eq!(read.reason, "", "{text}");
    }
}
