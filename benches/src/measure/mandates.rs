//! Mandates in number: the overview of somebody who helps nine hundred people, and the look-up of what lives between two
//! people among five million rights. It measures what people and authorities wait for, and refuses to pick easy pairs:
//! they lie all over the table.

use super::pages::table;
use super::scale::{create, database, remove};
use crate::client::{Requests, fetch, get};
use crate::figures::{Effort, Runner, interleaved, micros};
use crate::floors::Between;
use crate::generate::{Rights, fill_mandates};
use crate::portal::{Place, app, sign_in_person};
use crate::report::Section;
use crate::server::Server;
use crate::{Options, say};
use anyhow::{Result, bail};
use borgerportal_domain::ids::{PackageVersionId, PersonId};
use borgerportal_domain::mandates::{
    CatalogueEntry, Channel, Counting, LookUp, Purpose, RightAccess, Subject, covering,
};
use borgerportal_domain::municipality::MandateSource;
use borgerportal_service::mandates::lookup::{self, Question};
use borgerportal_service::{App, Clock};
use borgerportal_store::mandates::{between, packages};
use borgerportal_store::{Store, StoreError, tx::Tx};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Versions of packages.
type Catalogue = BTreeMap<PackageVersionId, CatalogueEntry>;

/// Pairs that are looked up.
const PAIRS: u64 = 2_000;

/// Mandates on one engine.
struct Set {
    engine: &'static str,
    place: Place,
    rights: Rights,
}

/// Everything about mandates, on both engines.
pub(crate) async fn sections(options: &Options) -> Result<Vec<Section>> {
    let (mut overview, mut looks) = (Vec::new(), Vec::new());
    each(options, async |set| {
        overview.push(overview_of(options, set).await?);
        looks.push(look_ups(options, set).await?);
        Ok(())
    })
    .await?;
    overview.push(table_of(&looks));
    Ok(overview)
}

/// Makes the data, or takes what lies there, on each engine in turn.
pub(crate) async fn prepare(options: &Options) -> Result<()> {
    each(options, async |_| Ok(())).await
}

async fn each(options: &Options, mut measure: impl AsyncFnMut(&Set) -> Result<()>) -> Result<()> {
    let folder = options.data.as_deref().unwrap_or(&options.folder);
    let rights = Rights::of(options.quick);
    let name = format!("mandates-{}", rights.items);
    let place = Place::new(&format!("sqlite:{}", folder.join(format!("{name}.db")).display()), None)?;
    let set = Set { engine: "SQLite", place, rights };
    bring(folder, &name, &set, || remove(&set.place)).await?;
    measure(&set).await?;
    if options.data.is_none() && !options.keep {
        remove(&set.place)?;
    }
    let Some(server) = &options.postgres else { return Ok(()) };
    let name = format!("bench_mandates_{}", rights.items);
    let set = Set { engine: "PostgreSQL", place: database(server, folder, &name)?, rights };
    bring(folder, &name, &set, || create(server, &name)).await?;
    measure(&set).await
}

/// What lies there is whole where its note lies beside it.
async fn bring(folder: &Path, name: &str, set: &Set, clear: impl FnOnce() -> Result<()>) -> Result<()> {
    let note = folder.join(format!("{name}.json"));
    let now = Clock::system().now();
    let whole = serde_json::to_string(&set.rights)?;
    if std::fs::read_to_string(&note).is_ok_and(|text| text == whole) {
        return set.place.prepare(now);
    }
    say::progress(format!("{name}: {} rights, {} givers of one person", set.rights.items, set.rights.givers));
    clear()?;
    set.place.prepare(now)?;
    fill_mandates(&set.place.store("generate")?, set.rights, now).await?;
    Ok(std::fs::write(&note, whole)?)
}

async fn overview_of(options: &Options, set: &Set) -> Result<Section> {
    let cookie = sign_in_person(&set.place.store("bench-sessions")?, Rights::helper()).await?;
    let keys = set.place.keys.display().to_string();
    let portal = Server::start(&["serve", "portal", "--location", &set.place.text, "--keys", &keys])?;
    let ask = get("/fuldmagter?side=faaet", &cookie, "identity");
    let (status, body) = fetch(portal.address, &ask).await?;
    let rows = String::from_utf8_lossy(&body).matches("bp-card-head").count();
    if status != 200 || rows == 0 {
        bail!("the overview answered {status} with {rows} mandates");
    }
    let file = options.folder.join("overview.html");
    std::fs::write(&file, &body)?;
    let fixed = Server::fixed(&file)?;
    let requests: Requests = vec![ask].into();
    let runners = [&fixed, &portal].map(|server| Runner { server, requests: requests.clone() });
    let (millis, rounds) = if options.quick { (500, 3) } else { (2_500, 5) };
    let effort = |connections| Effort { connections, time: Duration::from_millis(millis), rounds };
    let mut figures = interleaved(&runners, effort(1)).await?;
    figures.extend(interleaved(&runners, effort(8)).await?);
    let names = [
        "the same bytes, static, one at a time",
        "**overview**, one at a time",
        "the same bytes, static, 8 at once",
        "overview, 8 at once",
    ];
    let title = format!("Overview of who helps {} people, {}", set.rights.givers, set.engine);
    let mut section = table(&title, &names, &figures);
    section.text.push_str(
        "The first page of what one has been given, among the rights of the next table: live ones by their end, \
         twenty on a page, with the names of their givers opened. Aim: p99 under 50 ms.\n",
    );
    Ok(section)
}

/// How long look-ups took on one engine, µs: half came within, 99 of 100 came within.
struct Looks {
    engine: &'static str,
    items: u64,
    by_hand: (u64, u64),
    live: (u64, u64),
    answered: (u64, u64),
}

async fn look_ups(options: &Options, set: &Set) -> Result<Looks> {
    let (store, app) = (set.place.store("bench-look-ups")?, app(&set.place)?);
    let rounds = if options.quick { 1 } else { 5 };
    let pairs: Vec<(PersonId, PersonId)> = (0..PAIRS).map(|number| set.rights.pair_of(number)).collect();
    let floor = Between::open(&set.place.location()?)?;
    let all = store.read::<_, StoreError, _>(Clock::system().now(), packages::catalogue).await?;
    let catalogue: Arc<Catalogue> = Arc::new(all.into_iter().map(|entry| (entry.version, entry)).collect());
    let (mut by_hand, mut live, mut answered) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        for (giver, holder) in &pairs {
            let started = Instant::now();
            if floor.rows(*giver, *holder)? == 0 {
                bail!("no mandate by hand");
            }
            by_hand.push(micros(started.elapsed()));
            let started = Instant::now();
            look(&store, (*giver, *holder), &catalogue).await?;
            live.push(micros(started.elapsed()));
        }
    }
    for number in 0..PAIRS / 10 {
        let started = Instant::now();
        ask(&app, number).await?;
        answered.push(micros(started.elapsed()));
    }
    let spread = |mut all: Vec<u64>| {
        all.sort_unstable();
        let at = |part: usize| all.get(all.len() * part / 100).copied().unwrap_or(0);
        (at(50), at(99))
    };
    Ok(Looks {
        engine: set.engine,
        items: set.rights.items,
        by_hand: spread(by_hand),
        live: spread(live),
        answered: spread(answered),
    })
}

const ASKED: LookUp = LookUp { subject: Subject::Aids, access: RightAccess::Read, channel: Channel::Contact };

/// What lives between two people, read in a snapshot of its own and judged.
async fn look(
    store: &Store,
    (giver, holder): (PersonId, PersonId),
    catalogue: &Arc<Catalogue>,
) -> Result<()> {
    let (now, catalogue) = (Clock::system().now(), Arc::clone(catalogue));
    let counting = Counting { place: Rights::place()?, source: MandateSource::Own, now };
    let read = move |tx: &Tx<'_>| {
        let found = between(tx, giver, holder)?;
        let mandates = found.iter().map(|kept| &kept.mandate);
        let covers = covering(mandates, &ASKED, &counting, |version| catalogue.get(&version));
        Ok::<_, StoreError>((found.len(), covers.is_some()))
    };
    let (found, _) = store.read(now, read).await?;
    if found == 0 {
        bail!("no mandate between two people who have one");
    }
    Ok(())
}

/// The whole answer to an authority: both people by number, the catalogue, the decision, its receipt and its line on disk.
async fn ask(app: &App, number: u64) -> Result<()> {
    let (giver, representative) = Rights::numbers(number)?;
    let question = Question {
        giver,
        representative,
        what: ASKED,
        purpose: Purpose::PhoneCall,
        case: "27.60.12-G01-7-26".to_owned(),
    };
    let place = (Rights::place()?, MandateSource::Own);
    app.write(move |tx| lookup::decide(tx, place, "bench", &question)).await?;
    Ok(())
}

fn table_of(looks: &[Looks]) -> Section {
    let mut text = String::from(
        "What lives between two people, 2,000 pairs all over the table, one at a time in a snapshot of its own: rows, \
         seals of typed names, states, the rule. By hand is the same rows through the engine's own driver, without any \
         of that. Answered to an authority is the whole errand: both people by number, the catalogue, the decision, and \
         its receipt and its log line on disk. Aim for what lives: p99 under 1 ms.\n\n\
         | engine | rights | by hand, p50 µs | p99 µs | **what lives**, p50 µs | p99 µs | answered to an authority, p50 µs | p99 µs |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for one in looks {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} |",
            one.engine,
            crate::figures::spaced(one.items),
            one.by_hand.0,
            one.by_hand.1,
            one.live.0,
            one.live.1,
            one.answered.0,
            one.answered.1,
        );
    }
    Section { title: "Look-up of live mandates".to_owned(), text }
}
