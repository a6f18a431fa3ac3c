//! One way to write an enum whose values stand in the database, in addresses and in logs: each value
//! carries a stable code, so that renaming a variant in Rust never changes what is stored. It refuses
//! values with data; those have their own types.

/// Writes a field-less enum together with `ALL`, `code()`, `from_code()`, and reading and writing by serde.
macro_rules! coded_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant),+ }

        impl $name {
            /// Every value, in the order they are listed to people.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable code used in the database, in addresses and in logs.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// The value with this code, or nothing. Codes are case-sensitive.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str($crate::coded::Reader {
                    read: Self::from_code,
                    codes: &[$($code),+],
                })
            }
        }
    };
}

/// Reads a code through serde; an unknown one is answered with the codes that exist.
pub(crate) struct Reader<T> {
    /// From code to value.
    pub(crate) read: fn(&str) -> Option<T>,
    /// All codes.
    pub(crate) codes: &'static [&'static str],
}

impl<T> serde::de::Visitor<'_> for Reader<T> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "one of {}", self.codes.join(", "))
    }

    fn visit_str<E: serde::de::Error>(self, code: &str) -> Result<T, E> {
        (self.read)(code).ok_or_else(|| E::custom(format_args!("write one of: {}", self.codes.join(", "))))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    /// Codes lead back to their value, are told apart, and fit in addresses and columns.
    macro_rules! check {
        ($($name:ty),+ $(,)?) => {$(
            let mut seen = BTreeSet::new();
            for one in <$name>::ALL {
                assert_eq!(<$name>::from_code(one.code()), Some(*one));
                assert!(seen.insert(one.code()), "{} twice", one.code());
                let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.');
                assert!(one.code().bytes().all(plain), "{}", one.code());
            }
            assert_eq!(<$name>::from_code(""), None);
            assert_eq!(<$name>::from_code("no such code"), None);
        )+};
    }

    #[test]
    fn codes_lead_back_to_their_value_and_nothing_else_does() {
        use crate::{
            access, access_log, aids, calendar, documents, grants, items, mandates, municipality, notices,
            outgoing,
        };
        check!(
            access::Role,
            access::Level,
            access::Privilege,
            access::BasisKind,
            access::RefusalCode,
            access::GuardianshipScope,
            access_log::ObjectKind,
            access_log::FilterKind,
            aids::Aim,
            aids::ApplyRefusal,
            aids::AskKind,
            aids::AskRefusal,
            aids::DeliveryStep,
            aids::Lasting,
            aids::Occasion,
            aids::Stage,
            aids::Step,
            calendar::VisitType,
            calendar::Booked,
            calendar::Standing,
            calendar::Trouble,
            calendar::CancelRefusal,
            calendar::FeedRefusal,
            documents::DocumentType,
            grants::State,
            grants::Standing,
            grants::Every,
            grants::Law,
            grants::Meaning,
            grants::Recipient,
            grants::SentBy,
            grants::Route,
            items::Area,
            items::Sensitivity,
            mandates::DraftKind,
            mandates::DraftRefusal,
            mandates::HolderKind,
            mandates::NamedRefusal,
            mandates::RightAccess,
            mandates::Step,
            mandates::Subject,
            mandates::Origin,
            mandates::Channel,
            mandates::Party,
            mandates::Standing,
            mandates::SuspendReason,
            mandates::AnnulReason,
            municipality::Module,
            municipality::AidsMode,
            municipality::Papers,
            municipality::YouthPolicy,
            municipality::MandateSource,
            notices::NoticeKind,
            notices::Channels,
            notices::State,
            outgoing::OutgoingKind,
            outgoing::State,
            outgoing::Progress,
        );
    }
}
