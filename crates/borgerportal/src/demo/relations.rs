//! Who is what to whom in the demo beside mandates of our own: a guardian, custody as the register tells it, a block,
//! and what was given at NemLog-in. It refuses to decide anything; the rules do.

use super::ago;
use super::people::find;
use borgerportal_domain::access::{Block, Blocked, Guardianship, GuardianshipScope};
use borgerportal_domain::ids::PersonId;
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::time::{Date, copenhagen_midnight};
use borgerportal_service::Problem;
use borgerportal_simulators::broker::{Mandated, NemLogin};
use borgerportal_simulators::custody::{ChildRecord, Custody, Holder};
use borgerportal_store::facts;
use borgerportal_store::tx::Tx;
use std::collections::BTreeMap;

/// People of the demo by key.
pub(super) type Ids = BTreeMap<String, PersonId>;

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

/// The national mandate service: Amir lets his mother see and do everything in the portal.
pub(super) fn nemlogin(today: Date) -> anyhow::Result<NemLogin> {
    let (giver, holder) = (find("amir")?.cpr(today)?, find("yasmin")?.cpr(today)?);
    let privileges = vec!["urn:dk:borgerportal:example:portal:handle".to_owned()];
    Ok(NemLogin::new(vec![Mandated { giver, holder, privileges }]))
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
