//! Traces of forbidden formats in strings: addresses of MedCom and of measuring guides, EDIFACT, CDA and
//! OIOXML, resources written as text, base64 of any of these; and in generated narrative also numbers with a
//! measuring unit. It refuses to read meaning into what people write.

use crate::outcome::Reason;

/// Found anywhere in a string, in any case. Their first two letters are what a pass over the text looks for.
const ANYWHERE: &[(&str, Reason)] = &[
    ("medcomfhir.dk", Reason::Message),
    ("urn:oio:medcom", Reason::Message),
    ("rep.oio.dk/medcom", Reason::Message),
    ("unb+uno", Reason::Message),
    ("una:+.", Reason::Message),
    ("<clinicaldocument", Reason::Message),
    ("<emessage", Reason::Message),
    ("urn:hl7-org:v3", Reason::Message),
    ("fhir.kl.dk/ffinst", Reason::Measurement),
    ("npu-terminology.org", Reason::Measurement),
    ("whocc.no/atc", Reason::Medicine),
    ("fmk-teknik.dk", Reason::Medicine),
    ("\"resourcetype\"", Reason::NotSupported),
];

/// Only at the start of a string: the same formats, also as base64.
const START: &[(&str, Reason)] = &[
    ("UNH+", Reason::Message),
    ("UNA:", Reason::Message),
    ("<?xml", Reason::Message),
    ("VU5B", Reason::Message),
    ("VU5CK", Reason::Message),
    ("VU5IK", Reason::Message),
    ("PD94bWw", Reason::Message),
    ("PENsaW5pY2FsRG9", Reason::Message),
    ("PEVtZXNzYWdl", Reason::Message),
    ("eyJyZXNvdXJjZVR5cGU", Reason::NotSupported),
];

/// In generated narrative: words that only name forbidden content.
const NARRATIVE: &[(&str, Reason)] = &[
    ("korrespondancemeddelelse", Reason::Message),
    ("medicinkort", Reason::Medicine),
    ("dosering", Reason::Medicine),
];

/// In generated narrative: units that make a number a measurement or a dose.
const UNITS: &[(&str, Reason)] = &[
    ("mmhg", Reason::Measurement),
    ("mmol", Reason::Measurement),
    ("kg", Reason::Measurement),
    ("cm", Reason::Measurement),
    ("°c", Reason::Measurement),
    ("bpm", Reason::Measurement),
    ("mg", Reason::Medicine),
    ("µg", Reason::Medicine),
    ("mikrogram", Reason::Medicine),
    ("ml", Reason::Medicine),
];

/// A trace of a forbidden format in any string.
pub(super) fn trace(text: &str) -> Option<Reason> {
    let trimmed = text.trim_start();
    START
        .iter()
        .find(|(mark, _)| trimmed.starts_with(mark))
        .map(|(_, reason)| *reason)
        .or_else(|| anywhere(text))
}

/// One pass over the text: only where a mark may begin are the marks compared.
fn anywhere(text: &str) -> Option<Reason> {
    let bytes = text.as_bytes();
    let begins = |byte: u8| matches!(byte | 0x20, b'm' | b'u' | b'r' | b'<' | b'f' | b'n' | b'w' | b'"');
    let starts = bytes.iter().enumerate().filter(|(_, byte)| begins(**byte));
    starts.filter_map(|(at, _)| bytes.get(at..)).find_map(mark_at)
}

fn mark_at(rest: &[u8]) -> Option<Reason> {
    let [first, second, ..] = rest else { return None };
    let (first, second) = (first.to_ascii_lowercase(), second.to_ascii_lowercase());
    let begins = |mark: &&(&str, Reason)| {
        let mark = mark.0.as_bytes();
        matches!(mark, [one, two, ..] if *one == first && *two == second)
            && rest.get(..mark.len()).is_some_and(|part| part.eq_ignore_ascii_case(mark))
    };
    ANYWHERE.iter().find(begins).map(|(_, reason)| *reason)
}

/// A trace in generated narrative, which only repeats structured data.
pub(super) fn narrative(div: &str) -> Option<Reason> {
    let small = div.to_lowercase();
    trace(div)
        .or_else(|| NARRATIVE.iter().find(|(word, _)| small.contains(word)).map(|(_, reason)| *reason))
        .or_else(|| UNITS.iter().find(|(unit, _)| has_amount(&small, unit)).map(|(_, reason)| *reason))
}

/// Whether a number stands right before the unit, with at most spaces and tags between.
fn has_amount(small: &str, unit: &str) -> bool {
    small.match_indices(unit).any(|(at, _)| {
        let after = small.get(at + unit.len()..).and_then(|rest| rest.chars().next());
        let before = small.get(..at).map(before_tags).unwrap_or_default();
        !after.is_some_and(char::is_alphanumeric) && before.ends_with(|last: char| last.is_ascii_digit())
    })
}

fn before_tags(text: &str) -> &str {
    let mut text = text.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
    while text.ends_with('>') {
        let Some(open) = text.rfind('<') else { break };
        text = text
            .get(..open)
            .unwrap_or_default()
            .trim_end_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
    }
    text.strip_suffix("&nbsp;").or_else(|| text.strip_suffix("&#160;")).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traces_are_found_in_any_case_and_place() {
        assert_eq!(trace("see HTTP://MedComFHIR.dk/ig"), Some(Reason::Message));
        assert_eq!(trace("\n UNA:+.? 'UNB+UNOC:3"), Some(Reason::Message));
        assert_eq!(trace("VU5CK1VOT0M6Mys1Nzk"), Some(Reason::Message));
        assert_eq!(trace("{\"resourceType\":\"Basic\"}"), Some(Reason::NotSupported));
        assert_eq!(trace(""), None);
    }

    #[test]
    fn every_mark_is_found_at_the_end_of_any_text() {
        for (mark, reason) in ANYWHERE {
            for text in [(*mark).to_owned(), format!("æ m u {mark}"), mark.to_uppercase()] {
                assert_eq!(trace(&text), Some(*reason), "{text}");
            }
            assert_eq!(anywhere(mark.get(..mark.len() - 1).unwrap()), None, "{mark}");
        }
    }

    #[test]
    fn ordinary_words_are_not_traces() {
        for text in [
            "Hjælp til medicin: vi giver 2 gange om dagen",
            "Blodtrykket var 145/90 mmHg i går",
            "Unbemandet, una gang, unh",
            "Borger sover dårligt og har smerter",
            "urn:oid:1.2.208.176.2.21",
        ] {
            assert_eq!(trace(text), None, "{text}");
        }
    }

    #[test]
    fn narrative_with_amounts_is_found_also_behind_tags() {
        for (div, reason) in [
            ("<div>BT 145/90 mmHg</div>", Reason::Measurement),
            ("<td>71,5</td> <td>kg</td>", Reason::Measurement),
            ("<p>37.9&nbsp;°C</p>", Reason::Measurement),
            ("<p>Panodil 500 mg</p>", Reason::Medicine),
            ("<p>Dosering: 1 morgen</p>", Reason::Medicine),
        ] {
            assert_eq!(narrative(div), Some(reason), "{div}");
        }
        for div in
            ["<div>Personlig hygiejne, 3 gange om ugen</div>", "<p>kl. 10 kgl. hof</p>", "<p>mg kg</p>"]
        {
            assert_eq!(narrative(div), None, "{div}");
        }
    }
}
