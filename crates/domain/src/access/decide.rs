//! The decision itself. Order matters and is the same for everybody: the person at the door, the relation
//! between the two, death and blocks, what is the subject's alone, the state of the journal. Only somebody
//! who otherwise had access is told of a death, a block or an inactive journal; all others get the answer
//! about their own right, or none.

use super::{
    Basis, Caller, Claim, CustodyFact, Facts, GuardianshipScope, ItemFact, JournalState, Level, MandateFact,
    Privilege, PrivilegeSet, Refusal, RefusalCode, Role,
};
use crate::mandates::{AnnulReason, Channel, Party, Standing, Status};
use crate::municipality::{Left, Policy, YouthPolicy};
use crate::time::{Date, Timestamp, birthday, copenhagen_date};

/// From this age a person has access to their own journal, and may give mandates.
const OWN_ACCESS_AGE: i32 = 15;

/// From this age custody is over.
const OF_AGE: i16 = 18;

/// Decides whether the caller may do this with this journal now, and why.
///
/// ```
/// use borgerportal_domain::access::*;
/// use borgerportal_domain::municipality::Policy;
/// use borgerportal_domain::{Date, MunicipalityCode, PersonFacts, PersonId, Timestamp};
/// let me = PersonFacts {
///     id: PersonId::from_bytes([1; 16]),
///     birth_on: Date::constant(1943, 5, 12),
///     deceased_on: None,
///     protected: false,
/// };
/// let municipality = MunicipalityCode::parse("0217").ok_or("unknown")?;
/// let now = Timestamp::parse("2026-11-20T09:00:00Z").ok_or("no instant")?;
/// let caller = Caller {
///     actor: me.id,
///     role: Role::Citizen,
///     municipality: Some(municipality),
///     level: Level::Substantial,
///     authenticated_at: now,
///     claims: Vec::new(),
/// };
/// let facts = Facts {
///     actor: me,
///     subject: me,
///     municipality,
///     journal: JournalState::Active,
///     mandates: Vec::new(),
///     custody: None,
///     guardianship: None,
///     blocks: Vec::new(),
///     subject_doubted: None,
/// };
/// let basis = decide(&caller, &facts, &Policy::default(), Privilege::ReadDocuments, now);
/// assert_eq!(basis, Ok(Basis::Own));
/// # Ok::<(), &str>(())
/// ```
pub fn decide(
    caller: &Caller,
    facts: &Facts,
    policy: &Policy,
    privilege: Privilege,
    now: Timestamp,
) -> Result<Basis, Refusal> {
    if caller.level < Level::Substantial {
        return Err(Refusal::new(RefusalCode::LevelTooLow));
    }
    // Facts about somebody else than the caller prove nothing about the caller.
    if facts.actor.id != caller.actor {
        return Err(Refusal::NO_RELATION);
    }
    if facts.actor.is_dead() {
        return Err(Refusal::new(RefusalCode::ActorDead));
    }
    let today = copenhagen_date(now);
    let ask = Ask { caller, facts, policy, privilege, now, today };
    let own = facts.subject.id == caller.actor;
    let basis = if own { ask.own() } else { ask.for_another() }?;
    if facts.blocks.iter().any(|block| block.hits(caller.actor, facts.subject.id, now)) {
        return Err(Refusal::new(RefusalCode::Blocked));
    }
    if privilege.is_subjects_alone() {
        return ask.subjects_alone(basis);
    }
    ask.journal_allows()?;
    Ok(basis)
}

/// One question with everything that answers it.
struct Ask<'a> {
    caller: &'a Caller,
    facts: &'a Facts,
    policy: &'a Policy,
    privilege: Privilege,
    now: Timestamp,
    today: Date,
}

impl Ask<'_> {
    /// The caller is the subject.
    fn own(&self) -> Result<Basis, Refusal> {
        let subject = &self.facts.subject;
        if subject.age_on(self.today) < OWN_ACCESS_AGE {
            let day = birthday(subject.birth_on, 15);
            return Err(Refusal::on(RefusalCode::TooYoung, day));
        }
        Ok(Basis::Own)
    }

    /// The caller acts for somebody else: the first basis that holds, in the order of the role, or else
    /// the refusal that was nearest to yes.
    fn for_another(&self) -> Result<Basis, Refusal> {
        let helping = || self.mandates().or_else(|no| self.guardianship().map_err(|other| no.closer(other)));
        let answer = match self.caller.role {
            Role::Parent => self.custody().or_else(|no| helping().map_err(|other| no.closer(other))),
            Role::Relative | Role::Citizen => {
                helping().or_else(|no| self.custody().map_err(|other| no.closer(other)))
            }
        };
        let answer = answer.or_else(|no| self.claims().map_err(|other| no.closer(other)));
        // Every basis ends with the subject's life. Only somebody who would have had access learns of it.
        if answer.is_ok() && self.facts.subject.is_dead() {
            return Err(Refusal::new(RefusalCode::SubjectDead));
        }
        answer
    }

    fn custody(&self) -> Result<Basis, Refusal> {
        let subject = &self.facts.subject;
        let between = |fact: &&CustodyFact| fact.holder == self.caller.actor && fact.child == subject.id;
        let fact = self.facts.custody.as_ref().filter(between).ok_or(Refusal::NO_RELATION)?;
        if fact.withheld || fact.from.is_some_and(|from| self.today < from) {
            return Err(Refusal::NO_RELATION);
        }
        let of_age = birthday(subject.birth_on, OF_AGE);
        if self.today >= of_age {
            return Err(Refusal::on(RefusalCode::ChildOfAge, of_age));
        }
        if let Some(last_day) = fact.last_day
            && self.today > last_day
        {
            return Err(Refusal::on(RefusalCode::CustodyOver, last_day));
        }
        if fact.is_stale(self.now) {
            return Err(Refusal::at(RefusalCode::CustodyStale, fact.asked_at));
        }
        let youth = (subject.age_on(self.today) >= OWN_ACCESS_AGE).then_some(self.policy.youth);
        if youth == Some(YouthPolicy::None) {
            return Err(Refusal::new(RefusalCode::YouthClosed));
        }
        let before_of_age = of_age.yesterday().unwrap_or(of_age);
        let last_day = fact.last_day.map_or(before_of_age, |last| last.min(before_of_age));
        Ok(Basis::Custody { last_day, youth })
    }

    fn guardianship(&self) -> Result<Basis, Refusal> {
        let guardianship = self.facts.guardianship.as_ref().ok_or(Refusal::NO_RELATION)?;
        let between =
            guardianship.guardian == self.caller.actor && guardianship.ward == self.facts.subject.id;
        if !between || self.today < guardianship.from {
            return Err(Refusal::NO_RELATION);
        }
        if let Some(last_day) = guardianship.last_day
            && self.today > last_day
        {
            return Err(Refusal::on(RefusalCode::GuardianshipOver, last_day));
        }
        match guardianship.scope {
            GuardianshipScope::Economic => Err(Refusal::new(RefusalCode::GuardianshipScope)),
            GuardianshipScope::Personal | GuardianshipScope::Both => {
                Ok(Basis::Guardianship { last_day: guardianship.last_day })
            }
        }
    }

    /// The mandate that covers it and lasts longest, or the refusal nearest to yes.
    fn mandates(&self) -> Result<Basis, Refusal> {
        let subject = &self.facts.subject;
        let mut best: Result<Basis, Refusal> = Err(Refusal::NO_RELATION);
        if subject.age_on(self.today) < OWN_ACCESS_AGE {
            return best;
        }
        for mandate in self.between() {
            for item in &mandate.items {
                best = match (best, self.item(mandate, item)) {
                    (Ok(one), Ok(other)) if other.until() > one.until() => Ok(other),
                    (Ok(one), _) => Ok(one),
                    (Err(_), Ok(other)) => Ok(other),
                    (Err(one), Err(other)) => Err(one.closer(other)),
                };
            }
        }
        best
    }

    /// Mandates of the subject to the one who asks, whatever else was loaded.
    fn between(&self) -> impl Iterator<Item = &MandateFact> {
        let (giver, holder) = (self.facts.subject.id, self.caller.actor);
        self.facts.mandates.iter().filter(move |one| one.giver == giver && one.holder == holder)
    }

    fn item(&self, mandate: &MandateFact, item: &ItemFact) -> Result<Basis, Refusal> {
        if !item.territory.covers(self.facts.municipality) {
            return Err(Refusal::NO_RELATION);
        }
        if item.channel == Channel::Contact {
            return Err(Refusal::new(RefusalCode::ContactOnly));
        }
        if !self.policy.mandate_source.takes_own() && !mandate.origin.is_registered_by_staff() {
            return Err(Refusal::new(RefusalCode::SourceNotUsed));
        }
        not_active(mandate, item, self.now)?;
        if !item.package_active {
            return Err(Refusal::new(RefusalCode::PackageInactive));
        }
        self.covered_by(item.privileges)?;
        let may_act = mandate.items.iter().any(|other| self.lets_act(mandate, other));
        let until = match item.status {
            Status::Running { successor_from: Some(from) } => mandate.validity.until.min(from),
            Status::Running { successor_from: None }
            | Status::Suspended { .. }
            | Status::Withdrawn { .. }
            | Status::Renounced { .. }
            | Status::Annulled { .. }
            | Status::EndedByDeath { .. } => mandate.validity.until,
        };
        Ok(Basis::Mandate { id: mandate.id, until, may_act })
    }

    /// Whether this item is one under which something may be done here and now.
    fn lets_act(&self, mandate: &MandateFact, item: &ItemFact) -> bool {
        item.privileges.may_act()
            && item.channel == Channel::SelfService
            && item.package_active
            && item.territory.covers(self.facts.municipality)
            && mandate.standing(item, self.now) == Standing::Active
    }

    fn claims(&self) -> Result<Basis, Refusal> {
        let subject = &self.facts.subject;
        if subject.age_on(self.today) < OWN_ACCESS_AGE {
            return Err(Refusal::NO_RELATION);
        }
        let mut refusal = Refusal::NO_RELATION;
        let here =
            |claim: &&Claim| claim.giver == subject.id && claim.municipality == self.facts.municipality;
        for claim in self.caller.claims.iter().filter(here) {
            match self.claim(claim) {
                Ok(basis) => return Ok(basis),
                Err(other) => refusal = refusal.closer(other),
            }
        }
        Err(refusal)
    }

    fn claim(&self, claim: &Claim) -> Result<Basis, Refusal> {
        if !self.policy.mandate_source.takes_claims() {
            return Err(Refusal::new(RefusalCode::SourceNotUsed));
        }
        if self.now >= claim.until() {
            return Err(Refusal::at(RefusalCode::ClaimOver, claim.until()));
        }
        if claim.privileges.is_empty() {
            return Err(Refusal::new(RefusalCode::PackageInactive));
        }
        self.covered_by(claim.privileges)?;
        self.not_stopped()?;
        Ok(Basis::Claim { until: claim.until(), may_act: claim.privileges.may_act() })
    }

    /// What an authority has found out about these two, or about the giver, holds for what was signed elsewhere, too:
    /// the national service has not heard of it. A mandate ended for misuse speaks until the day it would have ended.
    fn not_stopped(&self) -> Result<(), Refusal> {
        for mandate in self.between() {
            for item in &mandate.items {
                let standing = mandate.standing(item, self.now);
                let misused = matches!(item.status, Status::Annulled { reason: AnnulReason::Misuse, .. })
                    && self.now < mandate.validity.until;
                if standing == Standing::Suspended || misused {
                    not_active(mandate, item, self.now)?;
                }
            }
        }
        match self.facts.subject_doubted {
            Some(since) => Err(Refusal::at(RefusalCode::MandateSuspended, since)),
            None => Ok(()),
        }
    }

    /// Whether a helper's set of privileges covers the question.
    fn covered_by(&self, privileges: PrivilegeSet) -> Result<(), Refusal> {
        let privilege = self.privilege;
        // What is the subject's alone is told apart later; here it only matters that there is a relation.
        let enough = privilege.comes_with_any() || privilege.is_subjects_alone();
        if privileges.contains(privilege) || (enough && !privileges.is_empty()) {
            return Ok(());
        }
        let reads = privilege.reading_half().is_some_and(|half| privileges.contains(half));
        Err(Refusal::new(if reads { RefusalCode::ReadOnly } else { RefusalCode::NotCovered }))
    }

    /// The log and the mandates: only on the own basis, and widening only after a fresh login. They stay
    /// open when the journal is inactive, so that a helper can always be stopped.
    fn subjects_alone(&self, basis: Basis) -> Result<Basis, Refusal> {
        if !basis.is_own() {
            return Err(Refusal::new(RefusalCode::SubjectOnly));
        }
        if self.privilege == Privilege::ManageMandates && !self.caller.is_fresh(self.now) {
            return Err(Refusal::new(RefusalCode::FreshLoginNeeded));
        }
        Ok(basis)
    }

    /// What is left of an inactive journal. Grants are never closed as a whole, because the time to complain runs
    /// on: which of them are left is decided one by one, by [`crate::grants::is_left`].
    fn journal_allows(&self) -> Result<(), Refusal> {
        let JournalState::Inactive { since } = self.facts.journal else { return Ok(()) };
        if matches!(self.privilege, Privilege::ReadOwnActs | Privilege::ReadGrants) {
            return Ok(());
        }
        let acts = self.privilege.is_act();
        let readable = match self.policy.inactive.left(since, self.today) {
            Left::Everything => true,
            Left::Letters => {
                acts || matches!(self.privilege, Privilege::ReadFrontPage | Privilege::ReadDocuments)
            }
            Left::Nothing => false,
        };
        match (readable, acts) {
            (false, _) => Err(Refusal::on(RefusalCode::JournalInactive, since)),
            (true, true) => Err(Refusal::on(RefusalCode::JournalReadOnly, since)),
            (true, false) => Ok(()),
        }
    }
}

/// Refuses an item that is not active now, with the reason and its instant.
fn not_active(mandate: &MandateFact, item: &ItemFact, now: Timestamp) -> Result<(), Refusal> {
    let validity = &mandate.validity;
    let code = match mandate.standing(item, now) {
        Standing::Active => return Ok(()),
        Standing::Planned => return Err(Refusal::at(RefusalCode::MandatePlanned, validity.from)),
        // The last instant it held, so that the sentence names the last day.
        Standing::Expired => {
            return Err(Refusal::at(RefusalCode::MandateExpired, validity.until.plus_millis(-1)));
        }
        Standing::Suspended => RefusalCode::MandateSuspended,
        Standing::Withdrawn => RefusalCode::MandateWithdrawn,
        Standing::Renounced => RefusalCode::MandateRenounced,
        Standing::Annulled => RefusalCode::MandateAnnulled,
        Standing::Superseded => RefusalCode::MandateSuperseded,
        Standing::EndedByDeath => match item.status {
            Status::EndedByDeath { party: Party::Holder, .. } => RefusalCode::ActorDead,
            Status::EndedByDeath { party: Party::Giver, .. }
            | Status::Running { .. }
            | Status::Suspended { .. }
            | Status::Withdrawn { .. }
            | Status::Renounced { .. }
            | Status::Annulled { .. } => RefusalCode::SubjectDead,
        },
    };
    let at = match item.status {
        Status::Suspended { since, .. } => Some(since),
        Status::Running { successor_from } => successor_from,
        Status::Withdrawn { .. }
        | Status::Renounced { .. }
        | Status::Annulled { .. }
        | Status::EndedByDeath { .. } => item.status.ended_at(),
    };
    Err(at.map_or(Refusal::new(code), |at| Refusal::at(code, at)))
}
