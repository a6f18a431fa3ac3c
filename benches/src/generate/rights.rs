//! Mandates in number: one person who helps hundreds, and millions of rights between strangers, through the store's own
//! door. Every fifth pair of strangers has typed names; a few hundred of them are people whom a number leads to.

use super::Dice;
use super::words;
use anyhow::{Context as _, Result};
use borgerportal_domain::Cpr;
use borgerportal_domain::access::PrivilegeSet;
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::{CatalogueEntry, Mandate, MandateItem, Origin, Status, Terms, Territory};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::{Date, Timestamp, copenhagen_date, days_after};
use borgerportal_service::Problem;
use borgerportal_service::mandates::import::{self, File};
use borgerportal_store::Store;
use borgerportal_store::mandates::{self, Kept, NewItem, packages};
use borgerportal_store::people::{self, Person};
use borgerportal_store::tx::Tx;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The demo's catalogue.
const FILES: [&str; 3] = [
    include_str!("../../../crates/borgerportal/src/demo/packages/catalogue.csv"),
    include_str!("../../../crates/borgerportal/src/demo/packages/activations.csv"),
    include_str!("../../../crates/borgerportal/src/demo/packages/map.csv"),
];
/// Rights of one mandate between strangers.
const EACH: u64 = 5;
/// Rights of one of the helper's mandates.
const OF_HELPER: usize = 2;
/// Mandates written in one transaction.
const TOGETHER: u64 = 500;
/// Strangers who are found by number.
const KNOWN: u64 = 400;

/// How many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rights {
    /// Rights between strangers.
    pub(crate) items: u64,
    /// People whom one person helps.
    pub(crate) givers: u64,
}

impl Rights {
    /// Five million, or a look.
    #[must_use]
    pub(crate) const fn of(quick: bool) -> Self {
        Self { items: if quick { 20_000 } else { 5_000_000 }, givers: 900 }
    }

    /// Where they count.
    pub(crate) fn place() -> Result<MunicipalityCode> {
        MunicipalityCode::new(217).context("Helsingør")
    }

    /// Who helps many.
    #[must_use]
    pub(crate) fn helper() -> PersonId {
        person(70, 0)
    }

    /// Giver and holder of some mandate between strangers: those of neighbouring numbers lie far apart.
    #[must_use]
    pub(crate) fn pair_of(self, number: u64) -> (PersonId, PersonId) {
        let mandate = number * 7_919 * 13 % (self.items / EACH);
        (person(71, mandate), person(72, mandate))
    }

    /// The numbers of two strangers who have some.
    pub(crate) fn numbers(number: u64) -> Result<(Cpr, Cpr)> {
        let known = number % KNOWN;
        Ok((cpr(2 * known + 2_000)?, cpr(2 * known + 2_001)?))
    }
}

fn person(purpose: u64, number: u64) -> PersonId {
    PersonId::from_bytes(Dice::of(1, purpose, number).bytes())
}

/// Day + 60: numbers that nobody can have.
fn cpr(number: u64) -> Result<Cpr> {
    let (day, rest) = (61 + number / 9_000 % 28, 1_000 + number % 9_000);
    Cpr::parse(&format!("{day:02}0143{rest:04}")).ok().context("a number that nobody can have")
}

fn named(id: PersonId, number: u64) -> Result<Person> {
    let mut dice = Dice::of(1, 73, number);
    let facts = PersonFacts { id, birth_on: Date::constant(1943, 1, 2), deceased_on: None, protected: false };
    let name =
        PersonName { given: dice.one(words::GIVEN).to_owned(), family: dice.one(words::FAMILY).to_owned() };
    Ok(Person { facts, name, cpr: cpr(number)? })
}

/// One mandate with rights to these, for a year.
fn sign(
    tx: &Tx<'_>,
    (purpose, number): (u64, u64),
    (giver, holder): (PersonId, PersonId),
    entries: &[&CatalogueEntry],
) -> Result<(), Problem> {
    let today = copenhagen_date(tx.now());
    let terms = Terms {
        giver,
        holder,
        origin: Origin::Given,
        first_day: today,
        last_day: days_after(today, 365 + i64::try_from(number % 300).unwrap_or(0)),
        signed_at: tx.now(),
        supersedes: None,
    };
    let item = |entry: &&CatalogueEntry| MandateItem {
        package: entry.package,
        version: entry.version,
        territory: Territory::All,
        status: Status::SIGNED,
    };
    let id = MandateId::from_bytes(Dice::of(1, purpose, number).bytes());
    let mandate = Mandate::restore(id, terms, entries.iter().map(item).collect());
    let new =
        |entry: &&CatalogueEntry| NewItem { privileges: PrivilegeSet::all_reading(), channel: entry.channel };
    let items: Vec<NewItem> = entries.iter().map(new).collect();
    let typed = number.is_multiple_of(5).then(|| "Inger Margrethe Holm".to_owned());
    let kept = Kept { mandate, evidence: None, request: None, named: typed, addressee: None };
    Ok(mandates::keep(tx, &kept, &items)?)
}

/// Makes them all.
pub(crate) async fn fill_mandates(store: &Store, rights: Rights, now: Timestamp) -> Result<()> {
    for text in FILES {
        let file = File::read(text).context("the demo's catalogue")?;
        let read =
            move |tx: &Tx<'_>| import::import(tx, &file, false)?.map(|_| ()).map_err(|_| Problem::NotFound);
        store.write(now, store.errand_id(now)?, read).await?;
    }
    let catalogue = store.read::<_, Problem, _>(now, |tx| Ok(packages::catalogue(tx)?)).await?;
    let catalogue = Arc::new(catalogue);
    people_with_names(store, rights, now, &catalogue).await?;
    let mandates = rights.items / EACH;
    for from in (0..mandates).step_by(usize::try_from(TOGETHER)?) {
        let (catalogue, to) = (Arc::clone(&catalogue), (from + TOGETHER).min(mandates));
        let write = move |tx: &Tx<'_>| {
            (from..to).try_for_each(|number| {
                let entries: Vec<_> = catalogue.iter().take(usize::try_from(EACH).unwrap_or(1)).collect();
                sign(tx, (74, number), (person(71, number), person(72, number)), &entries)
            })
        };
        store.write(now, store.errand_id(now)?, write).await?;
    }
    Ok(())
}

/// The helper with everybody they help, and strangers whom a number leads to.
async fn people_with_names(
    store: &Store,
    rights: Rights,
    now: Timestamp,
    catalogue: &Arc<Vec<CatalogueEntry>>,
) -> Result<()> {
    let mut known = vec![named(Rights::helper(), 1_000)?];
    for number in 0..rights.givers {
        known.push(named(person(75, number), number)?);
    }
    for number in 0..KNOWN {
        let (giver, holder) = (person(71, number), person(72, number));
        known.push(named(giver, 2 * number + 2_000)?);
        known.push(named(holder, 2 * number + 2_001)?);
    }
    for some in known.chunks(200) {
        let some = some.to_vec();
        let write =
            move |tx: &Tx<'_>| Ok::<_, Problem>(some.iter().try_for_each(|one| people::save(tx, one))?);
        store.write(now, store.errand_id(now)?, write).await?;
    }
    let catalogue = Arc::clone(catalogue);
    let write = move |tx: &Tx<'_>| {
        (0..rights.givers).try_for_each(|number| {
            let entries: Vec<_> = catalogue.iter().rev().take(OF_HELPER).collect();
            sign(tx, (76, number), (person(75, number), Rights::helper()), &entries)
        })
    };
    Ok(store.write(now, store.errand_id(now)?, write).await?)
}
