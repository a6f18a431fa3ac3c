//! Data of any size, the same for the same seed: people with mandates to one another, their journals with items
//! as many and as large as municipalities have them, sealed and written through the store like everything else.
//! It refuses to write SQL of its own: what it makes is what the portal would have made.

mod content;
mod dice;
mod rights;
mod rooms;
mod words;

pub(crate) use content::Weight;
pub(crate) use dice::Dice;
pub(crate) use rights::{Rights, fill_mandates};
pub(crate) use rooms::Record;

use anyhow::{Context as _, Result};
use borgerportal_domain::Cpr;
use borgerportal_domain::access::{ItemFact, MandateFact, PrivilegeSet};
use borgerportal_domain::ids::{ItemId, MandateId, PersonId};
use borgerportal_domain::mandates::{Channel, Origin, Status, Territory, Validity};
use borgerportal_domain::municipality::MunicipalityCode;
use borgerportal_domain::person::{PersonFacts, PersonName};
use borgerportal_domain::time::{Date, Timestamp, copenhagen_date};
use borgerportal_store::keys::sha256;
use borgerportal_store::people::{self, Person};
use borgerportal_store::record::{self, Item, Known, Source};
use borgerportal_store::tx::Tx;
use borgerportal_store::{Retry, Store, StoreError, mandates};
use content::Made;
use std::sync::Arc;
use std::time::Instant;

/// Items written in one transaction, about.
const CHUNK: u64 = 2_000;
/// Chunks under way: made on one thread while another is written.
const UNDER_WAY: usize = 6;
/// Full citizens of a thin set: those whose pages are measured.
pub(crate) const FULL: u64 = 1_000;
/// Who delivered it all.
const SENDER: &str = "generated";

/// What to make.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// People with a journal; an even number.
    pub(crate) citizens: u64,
    /// Spread over so many municipalities.
    pub(crate) municipalities: usize,
    /// Everything comes from it.
    pub(crate) seed: u64,
    /// All but `full` citizens get a few small things and nothing else.
    pub(crate) thin: bool,
    /// Full citizens of a thin set: those whose pages are measured. At least 1.
    pub(crate) full: u64,
    /// Small things of each citizen of a thin set.
    pub(crate) small: u64,
    /// The day it is made on.
    pub(crate) now: Timestamp,
}

/// What was made.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Done {
    /// Citizens.
    pub(crate) citizens: u64,
    /// Items.
    pub(crate) items: u64,
    /// Milliseconds it took.
    pub(crate) millis: u64,
}

impl Plan {
    /// How far full citizens of a thin set stand apart.
    fn stride(&self) -> u64 {
        if self.thin { (self.citizens / self.full).max(1) } else { 1 }
    }

    /// How much there is about a citizen.
    #[must_use]
    pub(crate) fn weight(&self, citizen: u64) -> Weight {
        let stride = self.stride();
        if !citizen.is_multiple_of(stride) || (self.thin && citizen / stride >= self.full) {
            return Weight::Thin;
        }
        match citizen / stride % 100 {
            0..60 => Weight::Light,
            60..90 => Weight::Typical,
            90..99 => Weight::Heavy,
            _ => Weight::Extreme,
        }
    }

    /// How many things of each room.
    pub(crate) fn counts(&self, citizen: u64) -> content::Counts {
        self.weight(citizen).counts(self.small)
    }

    /// The first citizens of a weight.
    pub(crate) fn some(&self, weight: Weight, limit: usize) -> Vec<u64> {
        let all = (0..self.citizens).step_by(usize::try_from(self.stride()).unwrap_or(1));
        all.filter(|citizen| self.weight(*citizen) == weight).take(limit).collect()
    }

    /// The person a citizen is.
    #[must_use]
    pub(crate) fn person(&self, citizen: u64) -> PersonId {
        let mut dice = Dice::of(self.seed, 1, citizen);
        let born = Timestamp::from_millis(1_700_000_000_000 + i64::try_from(citizen).unwrap_or(0));
        PersonId::from_uuid(content::uuid(born, dice.bytes()))
    }

    /// The relative who holds a citizen's mandate: the neighbour, who is a citizen too.
    #[must_use]
    pub(crate) const fn relative(citizen: u64) -> u64 {
        citizen ^ 1
    }

    /// Where a citizen lives. Neighbours live in one place.
    pub(crate) fn municipality(&self, citizen: u64) -> Result<MunicipalityCode> {
        let at = usize::try_from(citizen / 2).unwrap_or(0) % self.municipalities.max(1);
        municipalities().nth(at).context("there are 98 municipalities")
    }

    /// The number a citizen is found by.
    pub(crate) fn cpr(&self, citizen: u64) -> Result<Cpr> {
        Ok(self.identity(citizen)?.cpr)
    }

    fn identity(&self, citizen: u64) -> Result<Person> {
        let mut dice = Dice::of(self.seed, 2, citizen);
        let name = PersonName {
            given: dice.one(words::GIVEN).to_owned(),
            family: dice.one(words::FAMILY).to_owned(),
        };
        // Day + 60: a number nobody can have. Ten thousand serials on 365 × 80 days are enough for a country.
        let (serial, day) = (citizen % 10_000, citizen / 10_000);
        let (month, year) = (1 + day / 28 % 12, 20 + day / 336 % 60);
        let text = format!("{:02}{month:02}{year:02}{serial:04}", 61 + day % 28);
        let cpr = Cpr::parse(&text).ok().context("a number of the generator's own does not read")?;
        let year = 1_930 + i16::try_from(dice.below(50)).unwrap_or(0);
        let birth_on = Date::constant(year, 1, 1)
            .saturating_add(jiff::Span::new().days(i32::try_from(dice.below(365)).unwrap_or(0)));
        let facts = PersonFacts { id: self.person(citizen), birth_on, deceased_on: None, protected: false };
        Ok(Person { facts, name, cpr })
    }

    /// A mandate to read everything, signed some time ago and good for another year.
    fn mandate(&self, citizen: u64) -> MandateFact {
        let mut dice = Dice::of(self.seed, 3, citizen);
        let item = ItemFact {
            status: Status::SIGNED,
            privileges: PrivilegeSet::all_reading(),
            channel: Channel::SelfService,
            territory: Territory::All,
            package_active: true,
        };
        MandateFact {
            id: MandateId::from_uuid(content::uuid(
                Timestamp::from_millis(1_700_000_000_000 + i64::try_from(citizen).unwrap_or(0)),
                dice.bytes(),
            )),
            giver: self.person(citizen),
            holder: self.person(Self::relative(citizen)),
            origin: Origin::Given,
            validity: Validity { from: self.now.plus_days(-100), until: self.now.plus_days(365) },
            items: vec![item],
        }
    }
}

/// The 98, Helsingør first.
pub(crate) fn municipalities() -> impl Iterator<Item = MunicipalityCode> {
    let first = MunicipalityCode::new(217);
    let all = (101..=860).filter_map(MunicipalityCode::new).filter(move |code| Some(*code) != first);
    first.into_iter().chain(all)
}

/// A citizen ready to be written.
struct Citizen {
    person: Person,
    municipality: MunicipalityCode,
    key: [u8; 32],
    mandate: MandateFact,
    items: Vec<Made>,
    /// Remember where each item came from, as the ingest does.
    sources: bool,
}

fn citizen(plan: &Plan, number: u64) -> Result<Citizen> {
    Ok(Citizen {
        person: plan.identity(number)?,
        municipality: plan.municipality(number)?,
        key: Dice::of(plan.seed, 4, number).bytes(),
        mandate: plan.mandate(number),
        items: content::items(plan, number),
        sources: plan.weight(number) != Weight::Thin,
    })
}

fn write(tx: &Tx<'_>, citizen: &Citizen, from: usize, to: usize) -> Result<(), StoreError> {
    if from == 0 {
        people::save(tx, &citizen.person)?;
        mandates::sign(tx, &citizen.mandate, None)?;
    }
    let writing = record::open(tx, citizen.municipality, citizen.person.facts.id, &citizen.key)?;
    for made in citizen.items.get(from..to.min(citizen.items.len())).unwrap_or_default() {
        let item = Item {
            id: made.id,
            kind: made.room,
            sort_at: made.at,
            class: made.class,
            area: made.area,
            dated: copenhagen_date(made.at),
            received_at: made.at,
            visibility: &made.visibility,
            sender: SENDER,
            state: "active",
            version: 1,
            head: &made.head,
            body: &made.body,
            words: made.words.as_deref(),
        };
        writing.put(tx, &item)?;
        if citizen.sources {
            remember(tx, citizen, made)?;
        }
    }
    Ok(())
}

fn remember(tx: &Tx<'_>, citizen: &Citizen, made: &Made) -> Result<(), StoreError> {
    let id = made.id.to_string();
    let source = Source { sender: SENDER, kind: "QuestionnaireResponse", id: &id };
    let known = Known {
        citizen: citizen.person.facts.id,
        item: ItemId::from_bytes(made.id.into_bytes()),
        at: made.at.millis(),
        rank: 0,
        content_hash: sha256(&made.body),
        version: 1,
        received_at: made.at,
    };
    record::remember(tx, citizen.municipality, source, &known)
}

/// Makes it all. `said` hears now and then how many citizens are there.
pub(crate) async fn generate(store: &Store, plan: Plan, mut said: impl FnMut(&Done)) -> Result<Done> {
    let started = Instant::now();
    let mut total = Done::default();
    let mut under_way = tokio::task::JoinSet::new();
    for chunk in chunks(&plan) {
        while under_way.len() >= UNDER_WAY {
            take(&mut total, under_way.join_next().await)?;
            total.millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(0);
            said(&total);
        }
        let store = store.clone();
        under_way.spawn(async move {
            let made = tokio::task::spawn_blocking(move || {
                chunk.iter().map(|number| citizen(&plan, *number)).collect::<Result<Vec<_>>>()
            });
            keep(&store, plan.now, made.await??).await
        });
    }
    while let Some(done) = under_way.join_next().await {
        take(&mut total, Some(done))?;
    }
    total.millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(0);
    Ok(total)
}

fn take(total: &mut Done, done: Option<Result<Result<(u64, u64)>, tokio::task::JoinError>>) -> Result<()> {
    let (citizens, items) = done.context("nothing under way")???;
    total.citizens += citizens;
    total.items += items;
    Ok(())
}

/// Citizens municipality by municipality, in stretches of about [`CHUNK`] items: tables grow at their end.
fn chunks(plan: &Plan) -> impl Iterator<Item = Vec<u64>> + use<> {
    let plan = *plan;
    let places = u64::try_from(plan.municipalities.max(1)).unwrap_or(1);
    let mut numbers = (0..places).flat_map(move |place| {
        let pairs = (place..plan.citizens / 2).step_by(usize::try_from(places).unwrap_or(1));
        pairs.flat_map(|pair| [pair * 2, pair * 2 + 1])
    });
    std::iter::from_fn(move || {
        let (mut chunk, mut items) = (Vec::new(), 0);
        while items < CHUNK {
            let Some(number) = numbers.next() else { break };
            let counts = plan.counts(number);
            items += counts.documents + counts.conditions + counts.grants + counts.calendar + 5;
            chunk.push(number);
        }
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// Writes some citizens; one with very much in several transactions.
async fn keep(store: &Store, now: Timestamp, citizens: Vec<Citizen>) -> Result<(u64, u64)> {
    let count = citizens.len() as u64;
    let items = citizens.iter().map(|citizen| citizen.items.len()).sum::<usize>() as u64;
    let longest = citizens.iter().map(|citizen| citizen.items.len()).max().unwrap_or(0);
    let citizens = Arc::new(citizens);
    let step = usize::try_from(CHUNK)?;
    for from in (0..longest.max(1)).step_by(step) {
        let id = store.errand_id(now)?;
        loop {
            let citizens = Arc::clone(&citizens);
            let errand = move |tx: &Tx<'_>| {
                let mut some = citizens.iter().filter(|citizen| from == 0 || citizen.items.len() > from);
                some.try_for_each(|citizen| write(tx, citizen, from, from + step))
            };
            match store.write(now, id, errand).await {
                // Transactions of this size stand in each other's way on PostgreSQL.
                Err(busy) if busy.may_rerun() => {}
                done => break done?,
            }
        }
    }
    Ok((count, items))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_793_696_400_000);

    fn plan(citizens: u64, thin: bool) -> Plan {
        Plan { citizens, municipalities: 3, seed: 7, thin, full: FULL, small: 20, now: NOW }
    }

    #[test]
    fn sizes_are_those_of_municipalities() {
        let plan = plan(1_000, false);
        let of = |weight| plan.some(weight, 2_000).len();
        assert_eq!((of(Weight::Light), of(Weight::Typical)), (600, 300));
        assert_eq!((of(Weight::Heavy), of(Weight::Extreme)), (90, 10));
    }

    #[test]
    fn a_thin_set_has_a_thousand_full_citizens_spread_over_it() {
        let plan = plan(50_000, true);
        let full = (0..50_000).filter(|number| plan.weight(*number) != Weight::Thin);
        assert_eq!(full.clone().count(), 1_000);
        assert!(full.max() > Some(45_000));
    }

    #[test]
    fn every_citizen_is_made_once_and_the_same_every_time() {
        let plan = plan(300, false);
        let mut all: Vec<u64> = chunks(&plan).flatten().collect();
        all.sort_unstable();
        assert_eq!(all, (0..300).collect::<Vec<_>>());
        let (one, two) = (content::items(&plan, 65), content::items(&plan, 65));
        assert_eq!(one.len(), 180);
        assert!(one.iter().zip(&two).all(|(one, two)| one.id == two.id && one.body == two.body));
        let mut people: Vec<_> = (0..300).map(|number| plan.identity(number).unwrap()).collect();
        assert!(people.iter().all(|person| person.cpr.expose().len() == 10));
        people.sort_by(|one, two| one.cpr.expose().cmp(two.cpr.expose()));
        people.dedup_by(|one, two| one.cpr.expose() == two.cpr.expose());
        assert_eq!(people.len(), 300, "numbers are told apart");
    }

    #[test]
    fn thin_items_are_small() {
        let plan = plan(50_000, true);
        let items = content::items(&plan, 1);
        assert_eq!(items.len(), 20);
        // Head, body and their seals.
        assert!(items.iter().all(|item| item.head.len() + item.body.len() + 56 <= 300));
    }
}
