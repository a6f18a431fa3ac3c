//! Bends an input: bytes without knowing what they are, JSON by its tree, forms by their fields, tokens by their
//! parts. Everything follows from the number it starts with, so that a run can be had again.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

/// SplitMix64: small, even, and the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn from(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number() % end as u64).unwrap()
    }

    /// Once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn of<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// What readers stumble over.
const WORDS: [&str; 40] = [
    "",
    " ",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "æøåÆØÅ",
    "e\u{301}",
    "𝔘𝔫𝔦",
    "ﬃ",
    "İ",
    "ẞ",
    "0",
    "-1",
    "9223372036854775808",
    "1e400",
    "NaN",
    "true",
    "null",
    "2021-02-30",
    "0000-00-00",
    "9999-12-31T23:59:60Z",
    "2026-10-25T02:30:00+02:00",
    "-9999-01-01",
    "7205500004",
    "../../etc/passwd",
    "%00",
    "%F0%9F",
    "{",
    "[[[[[[[[",
    "\"",
    "\\ud800",
    "<script>",
    "<?xml version=\"1.0\"?><ClinicalDocument/>",
    "Patient/p1",
    "urn:uuid:0192d3a4-0000-7000-8000-00000000beef",
    "#contained",
    "https://borgerportal.dk/fhir/CodeSystem/visibility",
    "audience-none",
    "entered-in-error",
    "MedicationStatement",
];

/// Names that mean something in the formats we read.
const NAMES: [&str; 16] = [
    "resourceType",
    "id",
    "meta",
    "contained",
    "extension",
    "subject",
    "status",
    "entry",
    "resource",
    "kid",
    "alg",
    "aud",
    "exp",
    "sub",
    "nonce",
    "unknown",
];

/// A few bytes here and there.
pub(crate) fn bytes(random: &mut Random, input: &mut Vec<u8>, others: &[Vec<u8>]) {
    for _ in 0..=random.below(4) {
        let at = random.below(input.len() + 1);
        let to = (at + random.below(32)).min(input.len());
        match random.below(8) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 if at < input.len() => input[at] = u8::try_from(random.below(256)).unwrap(),
            2 => drop(input.drain(at..to)),
            3 => input.truncate(at),
            4 => {
                let copy = input[at..to].to_vec();
                input.splice(at..at, copy);
            }
            5 => {
                let other = random.of(others);
                let from = random.below(other.len() + 1);
                let piece = &other[from..(from + random.below(64)).min(other.len())];
                input.splice(at..to, piece.iter().copied());
            }
            6 => drop(input.splice(at..at, random.of(&WORDS).bytes())),
            _ => drop(input.splice(at..to, std::iter::repeat_n(b'[', random.below(80)))),
        }
    }
}

/// Text, by its characters.
pub(crate) fn text(random: &mut Random, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for _ in 0..=random.below(3) {
        let at = random.below(letters.len() + 1);
        let to = (at + random.below(8)).min(letters.len());
        match random.below(5) {
            0 => drop(letters.splice(at..at, random.of(&WORDS).chars())),
            1 => drop(letters.drain(at..to)),
            2 => {
                let letter = char::from_u32(u32::try_from(random.below(0x11_0000)).unwrap());
                drop(letters.splice(at..to, letter));
            }
            3 => {
                let copy = letters[at..to].to_vec();
                let most = if random.once_in(20) { 2_000 } else { 3 };
                let times = 1 + random.below(most);
                letters.splice(at..at, copy.repeat(times));
            }
            _ => letters.reverse(),
        }
    }
    letters.into_iter().collect()
}

/// A tree, at one place or a few; `others` lend it pieces.
pub(crate) fn tree(random: &mut Random, input: &mut Value, others: &[Value]) {
    for _ in 0..=random.below(3) {
        let other = if others.is_empty() { Value::Null } else { random.of(others).clone() };
        let target = random.below(size(input));
        let piece = random.below(size(&other));
        let piece = node(&mut { other }, &mut { piece }).map(Value::take).unwrap_or_default();
        if let Some(place) = node(input, &mut { target }) {
            bend(random, place, piece);
        }
    }
}

fn bend(random: &mut Random, place: &mut Value, piece: Value) {
    match (random.below(10), &mut *place) {
        (0, _) => *place = piece,
        (1, _) => *place = odd(random),
        (2, _) => *place = json!([place.take()]),
        (3, _) => *place = json!({ *random.of(&NAMES): place.take() }),
        (_, Value::String(said)) if random.once_in(3) => (*random.of(&WORDS)).clone_into(said),
        (_, Value::String(said)) => *said = text(random, said),
        (_, Value::Number(_)) => *place = json!(random.number().cast_signed() >> random.below(64)),
        (4 | 5, Value::Array(items)) if !items.is_empty() => drop(items.remove(random.below(items.len()))),
        (6 | 7, Value::Array(items)) if !items.is_empty() => {
            let copy = random.of(items).clone();
            let times = 1 + if random.once_in(30) { random.below(200) } else { random.below(3) };
            items.extend(std::iter::repeat_n(copy, times));
        }
        (_, Value::Array(items)) => items.push(piece),
        (4 | 5, Value::Object(members)) if !members.is_empty() => {
            let name = random.of(&members.keys().cloned().collect::<Vec<_>>()).clone();
            members.remove(&name);
        }
        (6 | 7, Value::Object(members)) if !members.is_empty() => rename(random, members),
        (_, Value::Object(members)) => drop(members.insert((*random.of(&NAMES)).to_owned(), piece)),
        (_, Value::Null | Value::Bool(_)) => *place = odd(random),
    }
}

fn rename(random: &mut Random, members: &mut Map<String, Value>) {
    let name = random.of(&members.keys().cloned().collect::<Vec<_>>()).clone();
    let value = members.remove(&name).unwrap_or_default();
    let other = if random.once_in(2) { (*random.of(&NAMES)).to_owned() } else { text(random, &name) };
    members.insert(other, value);
}

fn odd(random: &mut Random) -> Value {
    match random.below(9) {
        0 => Value::Null,
        1 => json!(random.once_in(2)),
        2 => json!(random.number().cast_signed()),
        3 => json!(1.5e300),
        4 => json!({}),
        5 => json!([]),
        6 => (0..random.below(60)).fold(json!(1), |inner, _| json!([inner])),
        7 => json!("a".repeat(random.below(5_000))),
        _ => json!(random.of(&WORDS)),
    }
}

fn size(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(size).sum::<usize>(),
        Value::Object(members) => members.values().map(size).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}

/// The node with this number, counted from the root down.
fn node<'v>(value: &'v mut Value, number: &mut usize) -> Option<&'v mut Value> {
    if *number == 0 {
        return Some(value);
    }
    *number -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|inner| node(inner, number)),
        Value::Object(members) => members.values_mut().find_map(|inner| node(inner, number)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// JSON bytes: mostly by the tree, now and then by bytes.
pub(crate) fn json_bytes(random: &mut Random, input: &[u8], others: &[Vec<u8>]) -> Vec<u8> {
    let mut out = input.to_vec();
    if let Ok(mut value) = serde_json::from_slice::<Value>(input)
        && !random.once_in(6)
    {
        let other = serde_json::from_slice(random.of(others).as_slice()).into_iter().collect::<Vec<_>>();
        tree(random, &mut value, &other);
        out = value.to_string().into_bytes();
    }
    if random.once_in(8) {
        bytes(random, &mut out, others);
    }
    out
}

/// A compact token: its parts, or what stands inside them.
pub(crate) fn token(random: &mut Random, token: &str) -> String {
    let mut parts: Vec<String> = token.split(['.', '~']).map(str::to_owned).collect();
    let which = random.below(parts.len());
    let inside = BASE64_URL_SAFE_NO_PAD.decode(&parts[which]).unwrap_or_default();
    match random.below(6) {
        0 => parts[which] = text(random, &parts[which]),
        1 => drop(parts.remove(which)),
        2 => parts.insert(which, parts[which].clone()),
        3 => parts.reverse(),
        _ => {
            let bent = json_bytes(random, &inside, std::slice::from_ref(&inside));
            parts[which] = BASE64_URL_SAFE_NO_PAD.encode(bent);
        }
    }
    parts.join(if token.contains('~') { "~" } else { "." })
}

/// A form: its fields, their names and values.
pub(crate) fn form(random: &mut Random, input: &str) -> String {
    let mut fields: Vec<(String, String)> =
        url::form_urlencoded::parse(input.as_bytes()).into_owned().collect();
    for _ in 0..=random.below(2) {
        if fields.is_empty() {
            fields.push((String::new(), (*random.of(&WORDS)).to_owned()));
        }
        let which = random.below(fields.len());
        match random.below(6) {
            0 => drop(fields.remove(which)),
            1 => fields.push(fields[which].clone()),
            2 => fields[which].0 = text(random, &fields[which].0),
            3 => (*random.of(&WORDS)).clone_into(&mut fields[which].1),
            _ => fields[which].1 = text(random, &fields[which].1),
        }
    }
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

#[test]
fn the_same_number_bends_the_same_way() {
    let bent = |seed| {
        let random = &mut Random::from(seed);
        let mut value = json!({ "a": [1, "x", { "b": null }], "c": "d" });
        tree(random, &mut value, &[json!({ "e": "f" })]);
        (value, token(random, "eyJhIjoxfQ.eyJiIjoyfQ.c2ln"), form(random, "a=1&b=2"))
    };
    assert_eq!(bent(5), bent(5));
    let different: std::collections::BTreeSet<String> =
        (0..200).map(|seed| format!("{:?}", bent(seed))).collect();
    assert!(different.len() > 190, "{}", different.len());
}

#[test]
fn every_place_of_a_tree_is_reached() {
    let mut value = json!({ "a": [1, 2], "b": { "c": 3 } });
    let reached: Vec<String> =
        (0..size(&value)).map(|at| node(&mut value, &mut { at }).unwrap().to_string()).collect();
    assert_eq!(reached[1..], ["[1,2]", "1", "2", "{\"c\":3}", "3"]);
}
