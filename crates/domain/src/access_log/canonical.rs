//! The bytes of a log line that are committed to and can be checked years later. Every field has a length
//! before it, so that no two different lines give the same bytes; the first byte names the version, and a
//! version once used is never changed.

use super::{FilterKind, LogLine};

/// The version written first.
const VERSION: u8 = 1;

impl LogLine {
    /// The line as bytes: version 1, then each field as a four-byte big-endian length and its content, in
    /// the order of the struct. What is missing is an empty field. Filters are sorted and named once.
    ///
    /// ```
    /// use borgerportal_domain::access::{Privilege, Role};
    /// use borgerportal_domain::access_log::*;
    /// use borgerportal_domain::*;
    /// let line = LogLine {
    ///     id: LogId::from_bytes([1; 16]),
    ///     at: Timestamp::from_millis(1_700_000_000_000),
    ///     municipality: MunicipalityCode::parse("0217").ok_or("unknown")?,
    ///     journal: JournalId::from_bytes([2; 16]),
    ///     subject: None,
    ///     actor: PersonId::from_bytes([3; 16]),
    ///     role: Role::Citizen,
    ///     basis: None,
    ///     mandate: None,
    ///     privilege: Privilege::ReadDocuments,
    ///     object: LogObject::page(ObjectKind::DocumentList),
    ///     outcome: Outcome::Shown,
    /// };
    /// let bytes = line.canonical_bytes();
    /// assert_eq!(bytes[..5], [1, 0, 0, 0, 16]);
    /// assert_eq!(bytes, line.clone().canonical_bytes());
    /// # Ok::<(), &str>(())
    /// ```
    #[must_use]
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut filters: Vec<FilterKind> = self.object.filters.clone();
        filters.sort_unstable();
        filters.dedup();
        let filters = filters.into_iter().map(FilterKind::code).collect::<Vec<_>>().join(" ");

        let mut out = Vec::with_capacity(256);
        out.push(VERSION);
        field(&mut out, &self.id.into_bytes());
        field(&mut out, &self.at.millis().to_be_bytes());
        field(&mut out, &self.municipality.number().to_be_bytes());
        field(&mut out, &self.journal.into_bytes());
        optional(&mut out, self.subject.map(crate::PersonId::into_bytes));
        field(&mut out, &self.actor.into_bytes());
        field(&mut out, self.role.code().as_bytes());
        field(&mut out, self.basis.map_or("", crate::access::BasisKind::code).as_bytes());
        optional(&mut out, self.mandate.map(crate::MandateId::into_bytes));
        field(&mut out, self.privilege.code().as_bytes());
        field(&mut out, self.object.kind.code().as_bytes());
        optional(&mut out, self.object.item.map(crate::ItemId::into_bytes));
        field(&mut out, filters.as_bytes());
        field(&mut out, self.outcome.code().as_bytes());
        out
    }
}

fn field(out: &mut Vec<u8>, content: &[u8]) {
    // No field comes near 4 GB; saturating keeps this free of a panic that cannot happen.
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(content);
}

fn optional(out: &mut Vec<u8>, content: Option<[u8; 16]>) {
    field(out, content.as_ref().map_or(&[], <[u8; 16]>::as_slice));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{BasisKind, Privilege, RefusalCode, Role};
    use crate::access_log::{LogObject, ObjectKind, Outcome};
    use crate::municipality::MUNICIPALITIES;
    use crate::{ItemId, JournalId, LogId, MandateId, PersonId, Timestamp};
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::select;
    use std::fmt::Write;

    fn lines() -> impl Strategy<Value = LogLine> {
        let outcomes = prop_oneof![
            Just(Outcome::Shown),
            Just(Outcome::Done),
            select(RefusalCode::ALL).prop_map(Outcome::Refused),
        ];
        let object =
            (select(ObjectKind::ALL), option::of(any::<[u8; 16]>()), vec(select(FilterKind::ALL), 0..4));
        (
            (any::<[u8; 16]>(), any::<i64>(), select(MUNICIPALITIES), any::<[u8; 16]>()),
            (option::of(any::<[u8; 16]>()), any::<[u8; 16]>(), select(Role::ALL)),
            (option::of(select(BasisKind::ALL)), option::of(any::<[u8; 16]>()), select(Privilege::ALL)),
            object,
            outcomes,
        )
            .prop_map(|(first, who, why, (kind, item, filters), outcome)| LogLine {
                id: LogId::from_bytes(first.0),
                at: Timestamp::from_millis(first.1),
                municipality: first.2.code,
                journal: JournalId::from_bytes(first.3),
                subject: who.0.map(PersonId::from_bytes),
                actor: PersonId::from_bytes(who.1),
                role: who.2,
                basis: why.0,
                mandate: why.1.map(MandateId::from_bytes),
                privilege: why.2,
                object: LogObject { kind, item: item.map(ItemId::from_bytes), filters },
                outcome,
            })
    }

    /// The bytes of version 1, seen by eye. If this changes, old lines can no longer be checked: add a
    /// version instead.
    #[test]
    fn version_one_never_changes() {
        let line = LogLine {
            id: LogId::from_bytes([0x11; 16]),
            at: Timestamp::from_millis(1_763_600_000_123),
            municipality: MUNICIPALITIES[0].code,
            journal: JournalId::from_bytes([0x22; 16]),
            subject: Some(PersonId::from_bytes([0x33; 16])),
            actor: PersonId::from_bytes([0x44; 16]),
            role: Role::Relative,
            basis: Some(BasisKind::Mandate),
            mandate: Some(MandateId::from_bytes([0x55; 16])),
            privilege: Privilege::ReadDocuments,
            object: LogObject::list(ObjectKind::DocumentList, vec![FilterKind::Words, FilterKind::Type]),
            outcome: Outcome::Shown,
        };
        let mut hex = String::new();
        for chunk in line.canonical_bytes().chunks(32) {
            for byte in chunk {
                write!(hex, "{byte:02x}").unwrap();
            }
            hex.push('\n');
        }
        insta::assert_snapshot!(hex, @r"
        010000001011111111111111111111111111111111000000080000019a9ec064
        7b00000002006500000010222222222222222222222222222222220000001033
        3333333333333333333333333333330000001044444444444444444444444444
        4444440000000872656c6174697665000000076d616e64617465000000105555
        55555555555555555555555555550000000e646f63756d656e74732e72656164
        0000000d646f63756d656e745f6c697374000000000000000a7479706520776f
        7264730000000573686f776e
        ");
    }

    proptest! {
        #[test]
        fn different_lines_have_different_bytes(one in lines(), other in lines()) {
            let filters = |line: &LogLine| {
                let mut filters = line.object.filters.clone();
                filters.sort_unstable();
                filters.dedup();
                filters
            };
            let mut twin = other.clone();
            twin.object.filters = filters(&other);
            prop_assert_eq!(other.canonical_bytes(), twin.canonical_bytes());
            let same = LogLine { object: LogObject { filters: filters(&one), ..one.object.clone() }, ..one.clone() } == twin;
            prop_assert_eq!(one.canonical_bytes() == other.canonical_bytes(), same);
        }

        #[test]
        fn one_changed_field_changes_the_bytes(line in lines(), other in lines()) {
            let before = line.canonical_bytes();
            let changed = [
                (LogLine { subject: other.subject, ..line.clone() }, line.subject == other.subject),
                (LogLine { mandate: other.mandate, ..line.clone() }, line.mandate == other.mandate),
                (LogLine { basis: other.basis, ..line.clone() }, line.basis == other.basis),
                (LogLine { outcome: other.outcome, ..line.clone() }, line.outcome == other.outcome),
                (LogLine { privilege: other.privilege, ..line.clone() }, line.privilege == other.privilege),
                (LogLine { at: line.at.plus_millis(1), ..line.clone() }, line.at.millis() == i64::MAX),
            ];
            for (after, same) in changed {
                prop_assert_eq!(after.canonical_bytes() == before, same);
            }
        }
    }
}
