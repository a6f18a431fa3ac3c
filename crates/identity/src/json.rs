//! Claims: one JSON object, read strictly. It refuses a member that is there twice (two parsers could each see
//! another one), a claim of another type than asked for, and a time that is not a whole number of seconds.

use borgerportal_domain::Timestamp;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};

/// The claims of a token whose signature has been checked, or of an answer that came over TLS.
#[derive(Clone, PartialEq)]
pub struct Claims(Map<String, Value>);

/// A claim could not be used. Names the claim, never its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("claims are not what they must be")]
pub struct ClaimError;

impl Claims {
    /// Reads one JSON object; trailing bytes and repeated members are errors.
    pub fn parse(bytes: &[u8]) -> Result<Self, ClaimError> {
        serde_json::from_slice(bytes).map_err(|_| ClaimError)
    }

    /// A text that is not empty. Absent and `null` are `None`.
    pub fn text(&self, name: &str) -> Result<Option<&str>, ClaimError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
            Some(_) => Err(ClaimError),
        }
    }

    /// One text or a list of texts, as `aud` may be.
    pub fn texts(&self, name: &str) -> Result<Vec<&str>, ClaimError> {
        match self.0.get(name) {
            None | Some(Value::Null) => Ok(Vec::new()),
            Some(Value::String(text)) => Ok(vec![text]),
            Some(Value::Array(items)) => items.iter().map(|item| item.as_str().ok_or(ClaimError)).collect(),
            Some(Value::Bool(_) | Value::Number(_) | Value::Object(_)) => Err(ClaimError),
        }
    }

    /// A NumericDate of whole seconds. Brokers also send it as digits in a text; that is accepted.
    pub fn time(&self, name: &str) -> Result<Option<Timestamp>, ClaimError> {
        let seconds = match self.0.get(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Number(number)) => number.as_i64(),
            Some(Value::String(digits)) => digits.parse().ok(),
            Some(Value::Bool(_) | Value::Array(_) | Value::Object(_)) => None,
        };
        let millis = seconds.and_then(|s| s.checked_mul(1000)).filter(|ms| *ms >= 0);
        millis.map(|ms| Some(Timestamp::from_millis(ms))).ok_or(ClaimError)
    }

    /// Only for building messages of our own and for tests; readers use the typed methods.
    #[must_use]
    pub fn into_map(self) -> Map<String, Value> {
        self.0
    }
}

impl std::fmt::Debug for Claims {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Claims(hidden)")
    }
}

impl<'de> serde::Deserialize<'de> for Claims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneObject;
        impl<'de> Visitor<'de> for OneObject {
            type Value = Map<String, Value>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object whose members are there once")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
                let mut members = Map::new();
                while let Some((name, value)) = access.next_entry::<String, Value>()? {
                    if members.insert(name, value).is_some() {
                        return Err(A::Error::custom("a member is there twice"));
                    }
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(OneObject).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claims(text: &str) -> Claims {
        Claims::parse(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_member_that_is_there_twice_is_refused() {
        assert_eq!(Claims::parse(br#"{"sub":"a","sub":"b"}"#), Err(ClaimError));
        assert_eq!(Claims::parse(br#"{"sub":"a"} {}"#), Err(ClaimError));
        assert_eq!(Claims::parse(br#"["sub"]"#), Err(ClaimError));
        assert!(Claims::parse(br#"{"sub":"a"}"#).is_ok());
    }

    #[test]
    fn text_is_text() {
        let c = claims(r#"{"a":"x","empty":"","null":null,"number":1}"#);
        assert_eq!(c.text("a"), Ok(Some("x")));
        assert_eq!(c.text("absent"), Ok(None));
        assert_eq!(c.text("null"), Ok(None));
        assert_eq!(c.text("empty"), Err(ClaimError));
        assert_eq!(c.text("number"), Err(ClaimError));
    }

    #[test]
    fn a_list_may_be_one_text() {
        let c = claims(r#"{"one":"x","many":["x","y"],"mixed":["x",1],"object":{}}"#);
        assert_eq!(c.texts("one"), Ok(vec!["x"]));
        assert_eq!(c.texts("many"), Ok(vec!["x", "y"]));
        assert_eq!(c.texts("absent"), Ok(vec![]));
        assert_eq!(c.texts("mixed"), Err(ClaimError));
        assert_eq!(c.texts("object"), Err(ClaimError));
    }

    #[test]
    fn time_is_whole_seconds_within_reason() {
        let c = claims(
            r#"{"t":1763760000,"text":"1763760000","fraction":1.5,"minus":-1,"huge":9223372036854775807,"word":"soon"}"#,
        );
        assert_eq!(c.time("t"), Ok(Some(Timestamp::from_millis(1_763_760_000_000))));
        assert_eq!(c.time("text"), c.time("t"));
        assert_eq!(c.time("absent"), Ok(None));
        for wrong in ["fraction", "minus", "huge", "word"] {
            assert_eq!(c.time(wrong), Err(ClaimError), "{wrong}");
        }
    }

    #[test]
    fn claims_are_never_shown() {
        assert_eq!(format!("{:?}", claims(r#"{"dk.cpr":"6101010101"}"#)), "Claims(hidden)");
    }
}
