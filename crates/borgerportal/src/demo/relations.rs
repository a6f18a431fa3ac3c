//! Who is what to whom in the demo: mandates in every state of their life, a guardian, custody as the register
//! tells it, and a block. It refuses to decide anything; the rules do.

use super::ago;
use super::people::find;
use borgerportal_domain::access::{
    Block, Blocked, Guardianship, GuardianshipScope, ItemFact, MandateFact, Privilege, PrivilegeSet,
};
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::{Channel, Origin, Party, Status, Territory, Validity};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Date, copenhagen_midnight};
use borgerportal_service::Problem;
use borgerportal_simulators::custody::{ChildRecord, Custody, Holder};
use borgerportal_store::tx::Tx;
use borgerportal_store::{facts, mandates};
use std::collections::BTreeMap;

/// People of the demo by key.
pub(super) type Ids = BTreeMap<String, PersonId>;

/// What a mandate of the demo gives.
#[derive(Clone, Copy)]
enum Gives {
    All,
    Reading,
    CalendarAndAids,
}

impl Gives {
    fn privileges(self) -> PrivilegeSet {
        match self {
            Self::All => PrivilegeSet::all(),
            Self::Reading => PrivilegeSet::all_reading(),
            Self::CalendarAndAids => {
                [Privilege::ReadFrontPage, Privilege::ReadCalendar, Privilege::ReadAids].into_iter().collect()
            }
        }
    }
}

/// What happened to it after it was signed.
#[derive(Clone, Copy)]
enum Then {
    Nothing,
    WithdrawnDaysAgo(i64),
    GiverDied,
}

struct Mandate {
    giver: &'static str,
    holder: &'static str,
    origin: Origin,
    gives: Gives,
    signed_days_ago: i64,
    last_day: Date,
    then: Then,
}

/// The last day of June of next year, the last day of this year.
fn ends(today: Date) -> (Date, Date) {
    let year = today.year();
    (Date::constant(year + 1, 6, 30), Date::constant(year, 12, 31))
}

fn all(today: Date) -> Vec<Mandate> {
    use Gives::{All, CalendarAndAids, Reading};
    use Origin::{Given, Paper, Renewed, Requested};
    use Then::{GiverDied, Nothing, WithdrawnDaysAgo};
    let (next_june, new_year) = ends(today);
    let mandate = |giver, holder, origin, gives, signed_days_ago, last_day, then| Mandate {
        giver,
        holder,
        origin,
        gives,
        signed_days_ago,
        last_day,
        then,
    };
    vec![
        mandate("inger", "mette", Requested, All, 310, next_june, Nothing),
        mandate("inger", "bent", Given, Reading, 420, new_year, Nothing),
        mandate("inger", "karen", Given, CalendarAndAids, 95, next_june, Nothing),
        mandate("bent", "mette", Renewed, All, 360, ago(today, -1), Nothing),
        mandate("bent", "karen", Given, Reading, 400, ago(today, 30), Nothing),
        mandate("kaj", "mette", Paper, Reading, 270, next_june, Nothing),
        mandate("edith", "mette", Requested, All, 500, next_june, GiverDied),
        mandate("amir", "samir", Given, All, 200, next_june, WithdrawnDaysAgo(3)),
    ]
}

/// Signs all mandates and lets happen what happened. Each is written as of its own day by the caller's clock, so
/// this does those that belong to one day.
pub(super) fn sign(tx: &Tx<'_>, ids: &Ids, today: Date, day: i64) -> Result<(), Problem> {
    for mandate in all(today).iter().filter(|mandate| mandate.signed_days_ago == day) {
        let (Some(giver), Some(holder)) = (ids.get(mandate.giver), ids.get(mandate.holder)) else { continue };
        let fact = MandateFact {
            id: MandateId::from_uuid(tx.mint()),
            giver: *giver,
            holder: *holder,
            origin: mandate.origin,
            validity: Validity::days(ago(today, day), mandate.last_day),
            items: vec![ItemFact {
                status: Status::SIGNED,
                privileges: mandate.gives.privileges(),
                channel: Channel::SelfService,
                territory: Territory::All,
                package_active: true,
            }],
        };
        mandates::sign(tx, &fact, None)?;
        let status = match mandate.then {
            Then::Nothing => continue,
            Then::WithdrawnDaysAgo(days) => Status::Withdrawn { at: copenhagen_midnight(ago(today, days)) },
            Then::GiverDied => {
                let dead = find(mandate.giver).ok().and_then(|person| person.dead_days).unwrap_or(0);
                Status::EndedByDeath { at: copenhagen_midnight(ago(today, dead)), party: Party::Giver }
            }
        };
        mandates::set_status(tx, fact.id, &status, *giver)?;
    }
    Ok(())
}

/// The days on which something was signed, the oldest first.
pub(super) fn days(today: Date) -> Vec<i64> {
    let mut days: Vec<i64> = all(today).iter().map(|mandate| mandate.signed_days_ago).collect();
    days.sort_unstable();
    days.dedup();
    days.reverse();
    days
}

/// Kaj's guardian, and the father whom the municipality has shut out.
pub(super) fn others(tx: &Tx<'_>, ids: &Ids, today: Date) -> Result<(), Problem> {
    let person = |key: &str| ids.get(key).copied().ok_or(Problem::NotFound);
    let guardianship = Guardianship {
        guardian: person("grethe")?,
        ward: person("kaj")?,
        scope: GuardianshipScope::Personal,
        from: ago(today, 400),
        last_day: None,
    };
    facts::keep_guardianship(tx, &guardianship)?;
    let block = Block {
        blocked: Blocked::Person(person("peter")?),
        from: copenhagen_midnight(ago(today, 60)),
        until: None,
    };
    let helsingor = MunicipalityCode::parse("0217").ok_or(Problem::NotFound)?;
    Ok(facts::keep_block(tx, helsingor, person("ida")?, &block)?)
}

/// The custody register: children with mother, father and how long the father's custody lasts.
pub(super) fn register(today: Date) -> anyhow::Result<Vec<ChildRecord>> {
    let child = |key: &str, mother: &str, father: &str, until: Option<Date>| {
        let child = find(key)?;
        let birth_on = child.birth_on(today);
        let line = |holder, until| Custody { holder, from: Some(birth_on), until };
        anyhow::Ok(ChildRecord {
            cpr: child.cpr(today)?,
            name: child.name(),
            birth_on,
            dead: false,
            protected: child.protected,
            mother: Some(find(mother)?.cpr(today)?),
            father: Some(find(father)?.cpr(today)?),
            custody: vec![line(Holder::Mother, None), line(Holder::Father, until)],
        })
    };
    let ended = Some(ago(today, 7));
    Ok(vec![
        child("sofie", "rikke", "jonas", None)?,
        child("emil", "rikke", "jonas", None)?,
        child("ida", "sara", "peter", None)?,
        child("victor", "maja", "thomas", ended)?,
        child("alma", "maja", "thomas", ended)?,
        child("noah", "maja", "thomas", ended)?,
    ])
}
