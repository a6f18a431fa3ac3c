//! The people of the tables, and the facts of an ordinary day to change one thing at a time.

use crate::access::{
    Caller, CustodyFact, Facts, Guardianship, GuardianshipScope, ItemFact, JournalState, Level, MandateFact,
    PrivilegeSet, Role,
};
use crate::mandates::{Channel, Origin, Status, Territory, Validity};
use crate::municipality::{MandateSource, MunicipalityCode, Policy};
use crate::{Date, MandateId, PersonFacts, PersonId, Timestamp};

/// Friday 20 November 2026, 10:00 in Denmark.
pub(crate) fn now() -> Timestamp {
    at("2026-11-20T09:00:00Z")
}

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

pub(crate) fn helsingor() -> MunicipalityCode {
    MunicipalityCode::parse("0217").unwrap()
}

pub(crate) fn randers() -> MunicipalityCode {
    MunicipalityCode::parse("0730").unwrap()
}

/// Whose journal it is.
pub(crate) const SUBJECT: PersonId = PersonId::from_bytes([1; 16]);
/// Who asks, when it is somebody else.
pub(crate) const HELPER: PersonId = PersonId::from_bytes([2; 16]);
/// Somebody else again.
pub(crate) const OTHER: PersonId = PersonId::from_bytes([3; 16]);

pub(crate) fn person(id: PersonId, birth_on: Date) -> PersonFacts {
    PersonFacts { id, birth_on, deceased_on: None, protected: false }
}

/// One question's surroundings.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) caller: Caller,
    pub(crate) facts: Facts,
    pub(crate) policy: Policy,
}

impl Scene {
    /// Somebody asks for the journal of a person born on that day; nothing connects them yet.
    pub(crate) fn another(role: Role, subject_born: Date) -> Self {
        let caller = Caller {
            actor: HELPER,
            role,
            municipality: Some(helsingor()),
            level: Level::Substantial,
            authenticated_at: now().plus_minutes(-5),
            claims: Vec::new(),
        };
        let facts = Facts {
            actor: person(HELPER, day(1974, 6, 2)),
            subject: person(SUBJECT, subject_born),
            municipality: helsingor(),
            journal: JournalState::Active,
            mandates: Vec::new(),
            custody: None,
            guardianship: None,
            blocks: Vec::new(),
            subject_doubted: None,
        };
        let policy = Policy { mandate_source: MandateSource::Both, ..Policy::default() };
        Self { caller, facts, policy }
    }

    /// A person asks for their own journal.
    pub(crate) fn own(born: Date) -> Self {
        let mut scene = Self::another(Role::Citizen, born);
        scene.caller.actor = SUBJECT;
        scene.facts.actor = scene.facts.subject;
        scene
    }

    /// A relative with a mandate for these privileges.
    pub(crate) fn mandated(privileges: PrivilegeSet) -> Self {
        let mut scene = Self::another(Role::Relative, day(1943, 5, 12));
        scene.facts.mandates.push(mandate(privileges));
        scene
    }

    /// A parent with custody of a child born on that day.
    pub(crate) fn parent(child_born: Date) -> Self {
        let mut scene = Self::another(Role::Parent, child_born);
        scene.facts.custody = Some(custody());
        scene
    }

    /// A guardian of an adult.
    pub(crate) fn guardian(scope: GuardianshipScope) -> Self {
        let mut scene = Self::another(Role::Relative, day(1949, 1, 3));
        scene.facts.guardianship = Some(Guardianship {
            guardian: HELPER,
            ward: SUBJECT,
            scope,
            from: day(2024, 1, 1),
            last_day: None,
        });
        scene
    }
}

/// A mandate from the subject to the helper, live for all of 2026.
pub(crate) fn mandate(privileges: PrivilegeSet) -> MandateFact {
    MandateFact {
        id: MandateId::from_bytes([7; 16]),
        giver: SUBJECT,
        holder: HELPER,
        origin: Origin::Given,
        validity: Validity::days(day(2026, 1, 1), day(2026, 12, 31)),
        items: vec![ItemFact {
            status: Status::SIGNED,
            privileges,
            channel: Channel::SelfService,
            territory: Territory::All,
            package_active: true,
        }],
    }
}

/// Custody of the subject, answered by the register ten minutes ago.
pub(crate) fn custody() -> CustodyFact {
    CustodyFact {
        holder: HELPER,
        child: SUBJECT,
        from: None,
        last_day: None,
        withheld: false,
        asked_at: now().plus_minutes(-10),
    }
}
