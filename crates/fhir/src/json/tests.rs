use super::*;
use proptest::prelude::*;

const SHAPE: Shape = Shape { depth: 40, string: 1_000, values: 10_000 };

fn fault(text: &str) -> JsonFault {
    parse(text.as_bytes(), &SHAPE).unwrap_err().kind
}

/// The same tree as serde_json sees it, numbers as text.
fn plain(node: &Node<'_>) -> serde_json::Value {
    match node.value() {
        Value::Null => serde_json::Value::Null,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(digits) => serde_json::from_str(digits).unwrap(),
        Value::String(text) => text.as_ref().into(),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => serde_json::Value::Object(
            members.iter().map(|(name, node)| (name.to_string(), plain(node))).collect(),
        ),
    }
}

#[test]
fn numbers_keep_every_digit() {
    let text = br#"{ "a" : [ 1.10 , -0.0e+05, 12345678901234567890.5000 ] }"#;
    let node = parse(text, &SHAPE).unwrap();
    let digits: Vec<&str> = node
        .list("a")
        .iter()
        .map(|item| if let Value::Number(digits) = item.value() { *digits } else { panic!("{item:?}") })
        .collect();
    assert_eq!(digits, ["1.10", "-0.0e+05", "12345678901234567890.5000"]);
    assert_eq!(node.compact(), br#"{"a":[1.10,-0.0e+05,12345678901234567890.5000]}"#);
}

#[test]
fn a_value_remembers_its_own_source() {
    let node = parse(b"[ {\"a\": 1 } , \"x y\" ]", &SHAPE).unwrap();
    let sources: Vec<&str> = node.items().iter().map(|item| item.source).collect();
    assert_eq!(sources, ["{\"a\": 1 }", "\"x y\""]);
}

#[test]
fn compacting_leaves_strings_alone() {
    let node = parse(br#"{ "a b" : " \" \\ " , "c" : "d\\" }"#, &SHAPE).unwrap();
    assert_eq!(node.compact(), br#"{"a b":" \" \\ ","c":"d\\"}"#);
}

#[test]
fn what_two_readers_might_see_differently_is_refused() {
    assert_eq!(fault(r#"{"a":1,"b":2,"a":3}"#), JsonFault::Twice);
    assert_eq!(fault(r#"{"a":1,"\u0061":3}"#), JsonFault::Twice, "also when one is spelled with an escape");
    let many = (0..40).map(|n| format!("\"k{n}\":0")).collect::<Vec<_>>().join(",");
    assert_eq!(fault(&format!("{{{many},\"k7\":0}}")), JsonFault::Twice);
    assert_eq!(fault(r#""\ud800""#), JsonFault::Syntax);
    assert_eq!(fault(r#""\ud800\u0041""#), JsonFault::Syntax);
    assert_eq!(fault("\"a\u{1}b\""), JsonFault::Syntax);
    assert_eq!(parse(b"\"\xff\"", &SHAPE).unwrap_err().kind, JsonFault::Encoding);
}

#[test]
fn broken_texts_are_refused() {
    for text in [
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "01",
        "1.",
        "1e",
        "+1",
        "nul",
        "\"a",
        "[1 2]",
        "{}{}",
        "'a'",
        "NaN",
        "\"\\x\"",
        "\"\\u00g0\"",
        "[\"\\u12",
    ] {
        assert_eq!(fault(text), JsonFault::Syntax, "{text}");
    }
}

#[test]
fn limits_hold_exactly() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(nested(40).as_bytes(), &SHAPE).is_ok());
    assert_eq!(fault(&nested(41)), JsonFault::Depth);
    assert_eq!(fault(&"[".repeat(1_000_000)), JsonFault::Depth);
    assert!(parse(format!("\"{}\"", "x".repeat(1_000)).as_bytes(), &SHAPE).is_ok());
    assert_eq!(fault(&format!("\"{}\"", "x".repeat(1_001))), JsonFault::Long);
    assert!(parse(format!("{{\"data\":\"{}\"}}", "x".repeat(5_000)).as_bytes(), &SHAPE).is_ok());
    assert_eq!(fault(&format!("[{}0]", "0,".repeat(10_000))), JsonFault::Many);
}

#[test]
fn errors_tell_the_place_and_nothing_else() {
    let error = parse(b"{\"name\": Inger}", &SHAPE).unwrap_err();
    assert_eq!(error.to_string(), "the text is not JSON (byte 9)");
}

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        ".{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(".{0,6}", inner, 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn reads_what_serde_writes(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty { serde_json::to_vec_pretty(&value) } else { serde_json::to_vec(&value) }.unwrap();
        let node = parse(&text, &SHAPE).unwrap();
        prop_assert_eq!(plain(&node), value.clone());
        prop_assert_eq!(node.compact(), serde_json::to_vec(&value).unwrap());
    }

    #[test]
    fn accepts_only_what_serde_accepts(text in r#"[\[\]{},:"\\0-9a-fnrtuse\-+. ]{0,24}"#) {
        let ours = parse(text.as_bytes(), &SHAPE);
        let theirs: Result<serde_json::Value, _> = serde_json::from_str(&text);
        match (ours, theirs) {
            (Ok(node), Ok(value)) => prop_assert_eq!(plain(&node), value),
            (Ok(_), Err(error)) => prop_assert!(error.to_string().contains("out of range"), "{}", text),
            (Err(error), Ok(_)) => prop_assert_eq!(error.kind, JsonFault::Twice, "{}", text),
            (Err(_), Err(_)) => {}
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes, &SHAPE);
    }
}
