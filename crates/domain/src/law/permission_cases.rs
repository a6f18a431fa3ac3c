//! The circumstances of the permission matrix: an ordinary day with one thing changed, and the reason for
//! the answer it gets.

use super::fixtures::{HELPER, OTHER, Scene, at, custody, day, mandate, now, randers};
use crate::access::{
    Block, Blocked, CustodyFact, GuardianshipScope, ItemFact, JournalState, Level, Privilege, PrivilegeSet,
    Role,
};
use crate::mandates::{AnnulReason, Channel, Origin, Party, Status, SuspendReason, Territory, Validity};
use crate::municipality::{InactiveJournal, MandateSource, YouthPolicy};

/// A row of the matrix.
pub(super) struct Case {
    /// The circumstance.
    pub(super) name: &'static str,
    /// Why the answer is what it is.
    pub(super) why: &'static str,
    /// Who asks for what, amid which facts.
    pub(super) scene: Scene,
}

/// A case made from a scene by changing one thing.
pub(super) fn case(
    name: &'static str,
    why: &'static str,
    mut scene: Scene,
    change: impl FnOnce(&mut Scene),
) -> Case {
    change(&mut scene);
    Case { name, why, scene }
}

pub(super) fn citizen() -> Vec<Case> {
    let grown = || Scene::own(day(1943, 5, 12));
    let inactive = JournalState::Inactive { since: day(2026, 3, 1) };
    vec![
        case("an ordinary day", "one's own journal (R1)", grown(), |_| {}),
        case("15 today", "own access from the 15th birthday (sundhedsloven §§ 14, 17)", grown(), |s| {
            s.facts.subject.birth_on = day(2011, 11, 20);
        }),
        case("15 tomorrow", "MitID exists from 13, access from 15 by birth date", grown(), |s| {
            s.facts.subject.birth_on = day(2011, 11, 21);
        }),
        case("weak login (NSIS Low)", "health data need Substantial", grown(), |s| {
            s.caller.level = Level::Low;
        }),
        case("logged in 11 minutes ago", "giving a mandate needs a fresh login", grown(), |s| {
            s.caller.authenticated_at = now().plus_minutes(-11);
        }),
        case("registered as dead", "an identity that lives on is misused or wrong", grown(), |s| {
            s.facts.actor.deceased_on = Some(day(2026, 11, 1));
        }),
        case("portal closed for this journal", "the municipality may close it for everybody", grown(), |s| {
            s.facts.blocks.push(Block { blocked: Blocked::Everybody, from: now(), until: None });
        }),
        case("all helpers blocked", "a block on helpers does not hit the citizen", grown(), |s| {
            s.facts.blocks.push(Block { blocked: Blocked::AllOthers, from: now(), until: None });
        }),
        case("inactive journal, locked", "the default; log and mandates stay open", grown(), |s| {
            s.facts.journal = inactive;
        }),
        case("inactive journal, readable 12 months", "municipal knob; within the time", grown(), |s| {
            s.facts.journal = inactive;
            s.policy.inactive = InactiveJournal::ReadOnly { months: 12 };
        }),
        case("inactive journal, readable 6 months, over", "municipal knob; time is up", grown(), |s| {
            s.facts.journal = inactive;
            s.policy.inactive = InactiveJournal::ReadOnly { months: 6 };
        }),
        case("inactive journal, letters and decisions", "municipal knob", grown(), |s| {
            s.facts.journal = inactive;
            s.policy.inactive = InactiveJournal::LettersOnly;
        }),
    ]
}

pub(super) fn parent() -> Vec<Case> {
    let small = || Scene::parent(day(2017, 4, 9));
    let young = || Scene::parent(day(2010, 3, 5));
    vec![
        case("child of 9", "custody until 18 (R8)", small(), |_| {}),
        case(
            "child of 16, knob filtered",
            "default; single items are taken away later (R9)",
            young(),
            |_| {},
        ),
        case("child of 16, knob full", "municipal knob", young(), |s| s.policy.youth = YouthPolicy::Full),
        case("child of 16, knob none", "municipal knob; aktindsigt stays open", young(), |s| {
            s.policy.youth = YouthPolicy::None;
        }),
        case("child turns 18 tomorrow", "custody holds the whole last day (I18)", small(), |s| {
            s.facts.subject.birth_on = day(2008, 11, 21);
        }),
        case("child is 18 today", "custody ends at midnight before the birthday (I18)", small(), |s| {
            s.facts.subject.birth_on = day(2008, 11, 20);
        }),
        case("register's answer is 61 minutes old", "no access on an old answer (I14)", small(), |s| {
            s.facts.custody = Some(answered(61));
        }),
        case("register's answer is 59 minutes old", "still fresh enough", small(), |s| {
            s.facts.custody = Some(answered(59));
        }),
        case("custody ended yesterday", "custody, not parenthood (R10)", small(), |s| {
            if let Some(fact) = &mut s.facts.custody {
                fact.last_day = Some(day(2026, 11, 19));
            }
        }),
        case("custody starts tomorrow", "not yet, and nobody is told", small(), |s| {
            if let Some(fact) = &mut s.facts.custody {
                fact.from = Some(day(2026, 11, 21));
            }
        }),
        case("parent without custody", "parenthood gives nothing (R10)", small(), |s| s.facts.custody = None),
        case("custody flagged as confidential", "protection ends the right to see (I18)", small(), |s| {
            if let Some(fact) = &mut s.facts.custody {
                fact.withheld = true;
            }
        }),
        case("one parent blocked", "emergency block (R11)", small(), |s| {
            s.facts.blocks.push(Block { blocked: Blocked::Person(HELPER), from: now(), until: None });
        }),
        case("the other parent blocked", "a block hits one person", small(), |s| {
            s.facts.blocks.push(Block { blocked: Blocked::Person(OTHER), from: now(), until: None });
        }),
        case("block has ended", "a block holds its time", small(), |s| {
            let (from, until) = (now().plus_days(-3), Some(now()));
            s.facts.blocks.push(Block { blocked: Blocked::Person(HELPER), from, until });
        }),
        case("the child has died", "custody ends with life", small(), |s| {
            s.facts.subject.deceased_on = Some(day(2026, 11, 19));
        }),
        case(
            "child of 16, knob none, but with a mandate",
            "both bases may stand together (I18)",
            young(),
            |s| {
                s.policy.youth = YouthPolicy::None;
                s.facts.mandates.push(mandate(PrivilegeSet::all_reading()));
            },
        ),
    ]
}

/// Custody with an answer so many minutes old.
fn answered(minutes: i64) -> CustodyFact {
    CustodyFact { asked_at: now().plus_minutes(-minutes), ..custody() }
}

/// A relative with a full mandate whose only item is changed.
fn item(change: impl FnOnce(&mut ItemFact)) -> impl FnOnce(&mut Scene) {
    |scene| scene.facts.mandates.iter_mut().flat_map(|one| &mut one.items).for_each(once(change))
}

/// Turns a change that may run once into one for a list of one.
fn once<T>(change: impl FnOnce(&mut T)) -> impl FnMut(&mut T) {
    let mut change = Some(change);
    move |one| {
        if let Some(change) = change.take() {
            change(one);
        }
    }
}

pub(super) fn mandate_states() -> Vec<Case> {
    let full = || Scene::mandated(PrivilegeSet::all());
    let ended = at("2026-11-18T12:00:00Z");
    vec![
        case("reads and acts", "a live item covers it (I12)", full(), |_| {}),
        case(
            "reads only",
            "read never permits write (I13)",
            Scene::mandated(PrivilegeSet::all_reading()),
            |_| {},
        ),
        case(
            "one area only (calendar, acting)",
            "each area is its own right",
            Scene::mandated(PrivilegeSet::EMPTY.with(Privilege::ReadCalendar).with(Privilege::ActCalendar)),
            |_| {},
        ),
        case(
            "acts without reading",
            "the catalogue may give so little",
            Scene::mandated(PrivilegeSet::EMPTY.with(Privilege::ActMessages)),
            |_| {},
        ),
        case("a package without privileges", "nothing maps to nothing", full(), |s| {
            item(|one| one.privileges = PrivilegeSet::EMPTY)(s);
        }),
        case("contact only", "contact never opens self-service (I13)", full(), |s| {
            item(|one| one.channel = Channel::Contact)(s);
        }),
        case("last day today", "holds to midnight after the end date (I5)", full(), |s| {
            s.facts.mandates[0].validity = Validity::days(day(2026, 1, 1), day(2026, 11, 20));
        }),
        case("planlagt (starts tomorrow)", "not yet", full(), |s| {
            s.facts.mandates[0].validity = Validity::days(day(2026, 11, 21), day(2027, 11, 20));
        }),
        case("udløbet (ended yesterday)", "the clock ends it, no job (I4, I5)", full(), |s| {
            s.facts.mandates[0].validity = Validity::days(day(2026, 1, 1), day(2026, 11, 19));
        }),
        case("tilbagekaldt by the giver", "on the next request (I16)", full(), |s| {
            item(|one| one.status = Status::Withdrawn { at: ended })(s);
        }),
        case("frasagt by the holder", "on the next request (I16)", full(), |s| {
            item(|one| one.status = Status::Renounced { at: ended })(s);
        }),
        case("ophævet by the authority", "with reason and appeal", full(), |s| {
            item(|one| one.status = Status::Annulled { at: ended, reason: AnnulReason::Misuse })(s);
        }),
        case("suspenderet by the authority", "doubt pauses, neutral text (R7)", full(), |s| {
            let (reason, review_by) = (SuspendReason::Capacity, now().plus_days(14));
            item(|one| {
                one.status = Status::Suspended { since: ended, reason, review_by, successor_from: None };
            })(s);
        }),
        case("ophørt, the giver died (recorded)", "ends at death (P11)", full(), |s| {
            item(|one| one.status = Status::EndedByDeath { at: ended, party: Party::Giver })(s);
        }),
        case("erstattet by a successor", "the successor decides instead", full(), |s| {
            item(|one| one.status = Status::Running { successor_from: Some(ended) })(s);
        }),
    ]
}

pub(super) fn mandate_circumstances() -> Vec<Case> {
    let full = || Scene::mandated(PrivilegeSet::all());
    vec![
        case("the giver died (register only)", "known death counts at once", full(), |s| {
            s.facts.subject.deceased_on = Some(day(2026, 11, 19));
        }),
        case("the holder is registered as dead", "holder must live (I12)", full(), |s| {
            s.facts.actor.deceased_on = Some(day(2026, 11, 19));
        }),
        case("weak login (NSIS Low)", "health data need Substantial", full(), |s| {
            s.caller.level = Level::Low;
        }),
        case("old login", "reading and acting need no fresh login", full(), |s| {
            s.caller.authenticated_at = now().plus_minutes(-600);
        }),
        case("for another municipality only", "territory; nothing tells of a journal here", full(), |s| {
            item(|one| one.territory = Territory::Only(vec![randers()]))(s);
        }),
        case("package not active here", "the municipality has not activated it (I12)", full(), |s| {
            item(|one| one.package_active = false)(s);
        }),
        case("municipality takes NemLog-in only", "own digital mandates do not count", full(), |s| {
            s.policy.mandate_source = MandateSource::NemLogin;
        }),
        case("NemLog-in only, mandate on paper", "paper is always ours", full(), |s| {
            s.policy.mandate_source = MandateSource::NemLogin;
            s.facts.mandates[0].origin = Origin::Paper;
        }),
        case("helper blocked", "municipal block", full(), |s| {
            s.facts.blocks.push(Block { blocked: Blocked::Person(HELPER), from: now(), until: None });
        }),
        case("all helpers blocked", "municipal block", full(), |s| {
            s.facts.blocks.push(Block { blocked: Blocked::AllOthers, from: now(), until: None });
        }),
        case("inactive journal, locked", "the holder has no more than the giver", full(), |s| {
            s.facts.journal = JournalState::Inactive { since: day(2026, 3, 1) };
        }),
        case("came in as Borger, not as Pårørende", "the role orders, it does not limit", full(), |s| {
            s.caller.role = Role::Citizen;
        }),
    ]
}

pub(super) fn no_relation() -> Vec<Case> {
    let full = || Scene::mandated(PrivilegeSet::all());
    let long_ago = || Status::Withdrawn { at: at("2026-02-01T12:00:00Z") };
    vec![
        case("giver is 14", "no mandate from anyone under 15 (I2)", full(), |s| {
            s.facts.subject.birth_on = day(2012, 1, 1);
        }),
        case("somebody else's mandate", "one giver, one holder (I3)", full(), |s| {
            s.facts.mandates[0].holder = OTHER;
        }),
        case("nothing at all (a stranger)", "looks exactly like not-there (R2)", full(), |s| {
            s.facts.mandates.clear();
        }),
        case("a stranger, and the journal is blocked", "a block tells strangers nothing", full(), |s| {
            s.facts.mandates.clear();
            s.facts.blocks.push(Block { blocked: Blocked::Everybody, from: now(), until: None });
        }),
        case(
            "withdrawn long ago, and the giver died",
            "told of their own mandate, not of the death",
            full(),
            |s| {
                item(|one| one.status = long_ago())(s);
                s.facts.subject.deceased_on = Some(day(2026, 11, 1));
            },
        ),
        case(
            "withdrawn long ago, and helpers are blocked",
            "told of their own mandate, not of the block",
            full(),
            |s| {
                item(|one| one.status = long_ago())(s);
                s.facts.blocks.push(Block { blocked: Blocked::AllOthers, from: now(), until: None });
            },
        ),
        case("a stranger, and the citizen is dead", "death tells strangers nothing (I11)", full(), |s| {
            s.facts.mandates.clear();
            s.facts.subject.deceased_on = Some(day(2026, 11, 1));
        }),
    ]
}

pub(super) fn guardians() -> Vec<Case> {
    let personal = || Scene::guardian(GuardianshipScope::Personal);
    vec![
        case("personal matters", "health is a personal matter (værgemålsloven § 5)", personal(), |_| {}),
        case(
            "personal and economic matters",
            "covers personal",
            Scene::guardian(GuardianshipScope::Both),
            |_| {},
        ),
        case(
            "economic matters only",
            "gives nothing (R12)",
            Scene::guardian(GuardianshipScope::Economic),
            |_| {},
        ),
        case("ended yesterday", "until its last day", personal(), |s| {
            if let Some(one) = &mut s.facts.guardianship {
                one.last_day = Some(day(2026, 11, 19));
            }
        }),
        case("begins tomorrow", "not yet, and nobody is told", personal(), |s| {
            if let Some(one) = &mut s.facts.guardianship {
                one.from = day(2026, 11, 21);
            }
        }),
        case("for another ward", "one ward, one guardian", personal(), |s| {
            if let Some(one) = &mut s.facts.guardianship {
                one.ward = OTHER;
            }
        }),
        case("the ward has died", "ends with life", personal(), |s| {
            s.facts.subject.deceased_on = Some(day(2026, 11, 19));
        }),
        case(
            "economic, and a reading mandate",
            "the basis that holds is used",
            Scene::guardian(GuardianshipScope::Economic),
            |s| s.facts.mandates.push(mandate(PrivilegeSet::all_reading())),
        ),
    ]
}
