//! The same page and the same decision on ever more data: in one municipality and in all 98, on the embedded
//! engine and on PostgreSQL. The pages measured are always those of full citizens, spread over the data.

use super::Stage;
use super::decision::{Decision, decision};
use super::pages::list_only;
use crate::Options;
use crate::figures::{Figure, millis, ratio, spaced};
use crate::generate::{FULL, Plan};
use crate::portal::Place;
use crate::report::Section;
use crate::say;
use anyhow::{Context as _, Result};
use std::fmt::Write as _;
use std::path::Path;

/// One size of the data.
struct Step {
    engine: &'static str,
    citizens: u64,
    municipalities: usize,
    items: u64,
    items_per_second: u64,
    page: Figure,
    decision: Decision,
}

/// Measures every size.
pub(crate) async fn sections(options: &Options) -> Result<Vec<Section>> {
    let mut steps = Vec::new();
    stages(options, async |engine, stage| {
        steps.push(step(engine, stage).await?);
        Ok(())
    })
    .await?;
    Ok(vec![table(&steps)])
}

/// Brings up each size in turn, made or found, and hands it over. What is not kept is deleted before the next.
pub(crate) async fn stages(
    options: &Options,
    mut each: impl AsyncFnMut(&'static str, &Stage) -> Result<()>,
) -> Result<()> {
    let folder = options.data.as_deref().unwrap_or(&options.folder);
    for (citizens, municipalities, small) in sizes(options) {
        let name = format!("thin-{citizens}-{municipalities}");
        let plan = Plan { small, full: full(options), ..Stage::plan(citizens, municipalities, true) };
        let place = Place::new(&format!("sqlite:{}", folder.join(format!("{name}.db")).display()), None)?;
        let clear = || remove(&place);
        let stage = bring(options, &name, (place.clone(), plan), clear).await?;
        each("SQLite", &stage).await?;
        if options.data.is_none() && !options.keep {
            remove(&stage.place)?;
        }
    }
    let Some(server) = &options.postgres else { return Ok(()) };
    let sizes: &[u64] = if options.quick { &[200] } else { &[1_000, options.largest.min(100_000)] };
    for citizens in sizes {
        let name = format!("bench_{citizens}");
        let plan = Plan { small: options.small, full: full(options), ..Stage::plan(*citizens, 1, true) };
        let place = database(server, folder, &name)?;
        let stage = bring(options, &name, (place, plan), || create(server, &name)).await?;
        each("PostgreSQL", &stage).await?;
    }
    Ok(())
}

async fn bring(
    options: &Options,
    name: &str,
    (place, plan): (Place, Plan),
    clear: impl FnOnce() -> Result<()>,
) -> Result<Stage> {
    say::progress(format!("{name}: {} citizens in {} municipalities", plan.citizens, plan.municipalities));
    let folder = options.data.as_deref().unwrap_or(&options.folder);
    let note = folder.join(format!("{name}.json"));
    Stage::kept((folder, &note), place, plan, (options.quick, clear)).await
}

/// Full citizens in each set.
fn full(options: &Options) -> u64 {
    if options.quick { 100 } else { FULL }
}

/// Citizens, municipalities, items of a thin citizen. The larger sets have as few items as `--small` says.
fn sizes(options: &Options) -> Vec<(u64, usize, u64)> {
    if options.quick {
        return vec![(200, 1, 20), (5_000, 98, 2)];
    }
    let mut sizes = vec![(1_000, 1, 20), (1_000, 98, 20)];
    if options.largest >= 100_000 {
        sizes.extend([(100_000, 1, options.small), (100_000, 98, options.small)]);
    }
    if options.largest > 100_000 {
        sizes.push((options.largest, 98, options.small));
    }
    sizes
}

async fn step(engine: &'static str, stage: &Stage) -> Result<Step> {
    let decision = decision(stage).await?;
    let page = {
        let portal = stage.portal()?;
        list_only(stage, &portal).await?
    };
    say::progress(format!("  page {} µs CPU, decision {} ns", page.cpu_us, decision.stored_ns));
    Ok(Step {
        engine,
        citizens: stage.plan.citizens,
        municipalities: stage.plan.municipalities,
        items: stage.made.items,
        items_per_second: stage.made.items * 1_000 / stage.made.millis.max(1),
        page,
        decision,
    })
}

/// Where a database of its own lies on the server; its keys lie in a folder of ours.
pub(super) fn database(server: &str, keys: &Path, name: &str) -> Result<Place> {
    let (base, _) = server.rsplit_once('/').context("--postgres ends in /database")?;
    Place::new(&format!("{base}/{name}"), Some(&keys.join(format!("{name}.keys"))))
}

/// Makes it anew.
pub(super) fn create(server: &str, name: &str) -> Result<()> {
    let (server, name) = (server.to_owned(), name.to_owned());
    let made = std::thread::spawn(move || -> Result<()> {
        let mut client = postgres::Client::connect(&server, postgres::NoTls)?;
        client.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))?;
        Ok(client.batch_execute(&format!("CREATE DATABASE {name}"))?)
    });
    made.join().ok().context("the thread that makes the database")?
}

pub(super) fn remove(place: &Place) -> Result<()> {
    let file = place.text.trim_start_matches("sqlite:");
    for end in ["", "-wal", "-shm"] {
        let file = format!("{file}{end}");
        if std::fs::exists(&file)? {
            std::fs::remove_file(&file)?;
        }
    }
    Ok(())
}

fn table(steps: &[Step]) -> Section {
    let mut text = String::from(
        "Thin data (items of at most 300 bytes, no files) with 1,000 full citizens (100 in a quick run) spread over it; each \
         citizen has given one mandate, so there are as many mandates as citizens. The page is the list of a typical \
         citizen's documents on behalf, 64 connections; cost is told against the first row of the same engine. The \
         decision asks about 2,000 journals all over the table: two statements, two people's seals, the rule, in CPU time; \
         \"rule alone\" is `decide` without any reading.\n\n\
         | engine | citizens = mandates | municipalities | items | made, items/s | page CPU µs | against first | page/s | p99 ms | rule alone ns | facts and rule µs |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for step in steps {
        let first = steps.iter().find(|one| one.engine == step.engine).map_or(0, |one| one.page.cpu_us);
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {}.{} |",
            step.engine,
            spaced(step.citizens),
            step.municipalities,
            spaced(step.items),
            spaced(step.items_per_second),
            step.page.cpu_us,
            ratio(step.page.cpu_us, first),
            spaced(step.page.rate),
            millis(step.page.p99_us),
            step.decision.pure_ns,
            step.decision.stored_ns / 1_000,
            step.decision.stored_ns % 1_000 / 100,
        );
    }
    Section { title: "Cost by size of the data".to_owned(), text }
}
