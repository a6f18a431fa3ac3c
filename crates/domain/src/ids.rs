//! Names of things: opaque identifiers, one type per kind of thing, so that a person can never be taken
//! for a journal. This module refuses to make identifiers (they come from outside, as UUIDv7), and an
//! identifier is never a permission.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

/// The text is not an identifier: 36 characters, lower-case hexadecimal with hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct IdError;

/// Reads the one accepted spelling. Other spellings of the same UUID are refused, so that every thing has
/// exactly one address.
fn parse(text: &str) -> Result<Uuid, IdError> {
    let canonical = text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        });
    if canonical { Uuid::try_parse(text).map_err(|_| IdError) } else { Err(IdError) }
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an identifier made elsewhere.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// From the 16 bytes a database stores.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The identifier inside.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// The 16 bytes, big-endian, as stored and as sealed.
            #[must_use]
            pub const fn into_bytes(self) -> [u8; 16] {
                self.0.into_bytes()
            }

            /// Reads the lower-case hyphenated form, and only that.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                parse(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }
    };
}

id!(
    /// A human being, in all municipalities and roles. Stays the same when the CPR number changes.
    ///
    /// ```
    /// use borgerportal_domain::PersonId;
    /// let id = PersonId::parse("0192d3a4-0000-7000-8000-00000000002a")?;
    /// assert_eq!(id.to_string(), "0192d3a4-0000-7000-8000-00000000002a");
    /// assert!(PersonId::parse("{0192d3a4-0000-7000-8000-00000000002a}").is_err());
    /// # Ok::<(), borgerportal_domain::ids::IdError>(())
    /// ```
    PersonId
);
id!(
    /// A journal view: one citizen in one municipality. This is the opaque part of every signed-in address.
    JournalId
);
id!(
    /// A mandate, signed once and never changed.
    MandateId
);
id!(
    /// A request for a mandate.
    RequestId
);
id!(
    /// A request or a mandate that is being written.
    DraftId
);
id!(
    /// What somebody was shown and signed, or the scan of what they signed by hand.
    EvidenceId
);
id!(
    /// A package of rights in the catalogue, whatever its version.
    PackageId
);
id!(
    /// One version of a package of rights. Pinned in every mandate that uses it.
    PackageVersionId
);
id!(
    /// One thing in a record: a document, a condition, a visit, a grant.
    ItemId
);
id!(
    /// A message to a person on its way, by Digital Post or by letter.
    NoticeId
);
id!(
    /// A word to a person that there is news, on its way.
    AlertId
);
id!(
    /// An address at which a calendar program reads. Not the address itself.
    FeedId
);
id!(
    /// Something that a record system is told, as the record system knows it.
    OutgoingId
);
id!(
    /// A line of the access log.
    LogId
);
id!(
    /// One intended write, however often it is tried.
    ErrandId
);
id!(
    /// A session of a signed-in person. Not the secret in the cookie.
    SessionId
);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_one_spelling_is_an_identifier() {
        let good = "0192d3a4-0000-7000-8000-0000000000ff";
        assert_eq!(ItemId::parse(good).unwrap().to_string(), good);
        for bad in [
            "",
            "0192D3A4-0000-7000-8000-0000000000FF",
            "0192d3a40000700080000000000000ff",
            "{0192d3a4-0000-7000-8000-0000000000ff}",
            "urn:uuid:0192d3a4-0000-7000-8000-0000000000ff",
            "0192d3a4-0000-7000-8000-0000000000f",
            "0192d3a4-0000-7000-8000-0000000000ffa",
            "0192d3a4 0000-7000-8000-0000000000ff",
            "0192d3a4-0000-7000-8000-0000000000fæ",
        ] {
            assert_eq!(ItemId::parse(bad), Err(IdError), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn text_and_bytes_lead_back(bytes: [u8; 16]) {
            let id = PersonId::from_bytes(bytes);
            prop_assert_eq!(PersonId::parse(&id.to_string()), Ok(id));
            prop_assert_eq!(id.into_bytes(), bytes);
        }

        #[test]
        fn remembered_answers_lead_back(bytes: [u8; 16]) {
            let id = MandateId::from_bytes(bytes);
            let text = toml::Value::try_from(id).unwrap();
            prop_assert_eq!(text.try_into::<MandateId>().ok(), Some(id));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,40}") {
            let _ = text.parse::<MandateId>();
        }
    }
}
