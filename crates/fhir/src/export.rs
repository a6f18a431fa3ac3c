//! Stored resources on their way to the citizen: a Bundle written piece by piece, each resource as it was received but
//! without what is the municipality's own business (labels for whom, statistics) and, where an address is protected,
//! without what would tell where the citizen is cared for. Files come as Binary. It refuses to hold the whole: the pieces
//! are as small as one resource or one file.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use borgerportal_domain::Timestamp;

use crate::BASE;
use crate::documents::STORED;
use crate::json::{self, Node, Value};

/// Members that would tell where somebody is cared for, at any depth.
const WHEREABOUTS: &[&str] = &[
    "address",
    "asserter",
    "author",
    "custodian",
    "from",
    "location",
    "managingOrganization",
    "organization",
    "participant",
    "performer",
    "recorder",
    "requester",
    "sender",
    "serviceProvider",
    "source",
    "supplier",
];

/// The beginning of a Bundle.
#[must_use]
pub fn begin(at: Timestamp) -> Vec<u8> {
    format!(r#"{{"resourceType":"Bundle","type":"collection","timestamp":"{at}","entry":["#).into_bytes()
}

/// Its end.
pub const END: &[u8] = b"]}";

/// What stands between two entries.
pub const BETWEEN: &[u8] = b",\n";

/// An entry: the resource as received. `None` for what cannot be read; that was never shown either.
#[must_use]
pub fn resource(name: &str, raw: &[u8], whole: bool) -> Option<Vec<u8>> {
    let root = json::parse(raw, &STORED).ok()?;
    let mut out = format!(r#"{{"fullUrl":"urn:uuid:{name}","resource":"#).into_bytes();
    copy(&root, whole, &mut out);
    out.push(b'}');
    Some(out)
}

/// An entry: a file of an item, which says what it belongs to.
#[must_use]
pub fn file(name: &str, (of, media_type): (&str, &str), content: &[u8]) -> Vec<u8> {
    let about = serde_json::json!({ "reference": format!("urn:uuid:{of}") });
    let media_type = serde_json::Value::from(media_type);
    let mut out = format!(
        r#"{{"fullUrl":"{BASE}/Binary/{name}","resource":{{"resourceType":"Binary","id":"{name}","contentType":{media_type},"securityContext":{about},"data":""#
    )
    .into_bytes();
    out.extend_from_slice(BASE64_STANDARD.encode(content).as_bytes());
    out.extend_from_slice(b"\"}}");
    out
}

/// The resource alone, for what is read aloud or printed of it.
#[must_use]
pub fn shown(raw: &[u8], whole: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(raw.len());
    if let Ok(root) = json::parse(raw, &STORED) {
        copy(&root, whole, &mut out);
    }
    out
}

/// Copies a value, strings and numbers as received.
fn copy(node: &Node<'_>, whole: bool, out: &mut Vec<u8>) {
    match node.value() {
        Value::Object(members) => {
            out.push(b'{');
            let kept = members.iter().filter(|(name, value)| is_citizens(name, value, whole));
            for (number, (name, value)) in kept.enumerate() {
                if number > 0 {
                    out.push(b',');
                }
                out.extend_from_slice(serde_json::Value::from(&**name).to_string().as_bytes());
                out.push(b':');
                copy(value, whole, out);
            }
            out.push(b'}');
        }
        Value::Array(items) => {
            out.push(b'[');
            let kept = items.iter().filter(|item| item.str("url") != Some("kle"));
            for (number, item) in kept.enumerate() {
                if number > 0 {
                    out.push(b',');
                }
                copy(item, whole, out);
            }
            out.push(b']');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.extend_from_slice(node.source.as_bytes());
        }
    }
}

/// Whether a member is the citizen's: not the labels, and of what is protected not the whereabouts.
fn is_citizens(name: &str, value: &Node<'_>, whole: bool) -> bool {
    let labels = name == "security" || name == "securityLabel";
    // The source of a file or a date is a text; that of a message or an observation is somebody.
    let tells = WHEREABOUTS.contains(&name) && value.text().is_none();
    !labels && (whole || !tells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::{Value as Json, json};

    const NAME: &str = "0192d3a4-0000-7000-8000-0000000000ff";

    fn exported(received: &Json, whole: bool) -> Json {
        let entry = resource(NAME, received.to_string().as_bytes(), whole).unwrap();
        serde_json::from_slice::<Json>(&entry).unwrap()["resource"].clone()
    }

    fn letter() -> Json {
        json!({
            "resourceType": "DocumentReference",
            "meta": { "lastUpdated": "2026-11-01T10:00:00Z", "security": [{ "code": "withheld-from-parent" }] },
            "description": "Brev",
            "author": [{ "display": "Hjemmeplejen Nord" }],
            "custodian": { "display": "Hjemmeplejen Nord" },
            "extension": [{ "url": "x", "extension": [{ "url": "kle", "valueCode": "27.36.04" }, { "url": "law" }] }],
        })
    }

    #[test]
    fn the_citizen_gets_what_was_received_without_labels_and_statistics() {
        let mut expected = letter();
        expected["meta"] = json!({ "lastUpdated": "2026-11-01T10:00:00Z" });
        expected["extension"][0]["extension"] = json!([{ "url": "law" }]);
        assert_eq!(exported(&letter(), true), expected);
    }

    #[test]
    fn whereabouts_of_a_protected_citizen_are_left_out_at_any_depth() {
        let plan = json!({
            "title": "Rengøring",
            "activity": [{ "detail": { "performer": [{ "display": "Nord" }], "code": { "text": "H1.8" } } }],
        });
        let bare =
            json!({ "title": "Rengøring", "activity": [{ "detail": { "code": { "text": "H1.8" } } }] });
        assert_eq!(exported(&plan, false), bare);
        assert!(!exported(&letter(), false).to_string().contains("Nord"));
    }

    #[test]
    fn numbers_and_escapes_stay_as_they_were_written() {
        let raw = br#"{ "a": 1.10, "b": "\u00e6\n", "c": [ true, null, 1e3 ] }"#;
        let entry = resource(NAME, raw, true).unwrap();
        let text = String::from_utf8(entry).unwrap();
        assert!(text.ends_with(r#""resource":{"a":1.10,"b":"\u00e6\n","c":[true,null,1e3]}}"#), "{text}");
    }

    #[test]
    fn the_pieces_make_a_bundle() {
        let mut bundle = begin(Timestamp::from_millis(0));
        bundle.extend(resource(NAME, letter().to_string().as_bytes(), true).unwrap());
        bundle.extend_from_slice(BETWEEN);
        bundle.extend(file(NAME, (NAME, "application/pdf"), b"%PDF"));
        bundle.extend_from_slice(END);
        let bundle: Json = serde_json::from_slice(&bundle).unwrap();
        assert_eq!(bundle["entry"].as_array().map(Vec::len), Some(2));
        assert_eq!(bundle["entry"][1]["resource"]["data"], "JVBERg==");
        assert_eq!(bundle["timestamp"], "1970-01-01T00:00:00Z");
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        assert_eq!(resource(NAME, b"{", true), None);
    }

    proptest! {
        #[test]
        fn any_text_comes_through_unchanged(key in "[a-z\"\\\\æ]{1,8}", text in ".{0,40}") {
            let mut node = json!({});
            node[format!("x{key}")] = Json::from(text);
            prop_assert_eq!(exported(&node, true), node);
        }
    }
}
