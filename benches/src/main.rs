//! Side-by-side measurements: the real portal on generated data beside its floors, as a table. Also the generator
//! of that data. None of it is part of the product; it refuses to measure anything but a release build.

mod client;
mod figures;
mod floors;
mod generate;
mod kept;
mod measure;
mod portal;
mod report;
mod say;
mod serve;
mod server;

use anyhow::{Context as _, Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};
use measure::Stage;
use mimalloc::MiMalloc;
use portal::Place;
use report::Section;
use std::path::{Path, PathBuf};

/// Pages are made of many short strings on a few threads: a tenth of their cost with the C library's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[derive(Parser)]
#[command(name = "borgerportal-benches", about = "Measures the portal beside its floors")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Every bench, as one table
    All(Options),
    /// Some of them
    Run {
        /// Which
        #[arg(value_enum, required = true)]
        benches: Vec<Bench>,
        #[command(flatten)]
        options: Options,
    },
    /// Make data and leave it there
    Generate(Generate),
    /// Make the data of the benches of scale and mandates in `--data`, as far as it is not there, and measure nothing
    Prepare(Options),
    /// A server for the benches themselves
    #[command(hide = true, subcommand)]
    Serve(Serve),
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Bench {
    /// The list page on behalf, 64 connections
    List,
    /// One document
    Document,
    /// Search in 5,000 documents
    Search,
    /// Mandate decisions
    Decision,
    /// Delivery reports
    Ingest,
    /// Start and idle memory
    Start,
    /// Page cost by size of the data
    Scale,
    /// Overview of who helps 900, look-ups among five million rights
    Mandates,
    /// Every list page and the front page beside the list of documents
    Rooms,
    /// Memory while a record of 5,000 documents is taken away
    Export,
    /// 64 who call visits off and send messages; with `--postgres` there, too
    Writes,
}

const ALL: [Bench; 11] = [
    Bench::List,
    Bench::Document,
    Bench::Search,
    Bench::Decision,
    Bench::Ingest,
    Bench::Start,
    Bench::Rooms,
    Bench::Export,
    Bench::Writes,
    Bench::Mandates,
    Bench::Scale,
];

#[derive(Args)]
struct Options {
    /// Small data and short runs
    #[arg(long)]
    quick: bool,
    /// Write the table here
    #[arg(long)]
    write: Option<PathBuf>,
    /// Data goes here and is deleted afterwards
    #[arg(long, default_value = "target/benches")]
    folder: PathBuf,
    /// A PostgreSQL server whose database may be filled: `postgres://user@host:port/database`
    #[arg(long)]
    postgres: Option<String>,
    /// The largest thin set
    #[arg(long, default_value_t = 1_000_000)]
    largest: u64,
    /// Items of a thin citizen in sets of 100,000 and more, and on PostgreSQL
    #[arg(long, default_value_t = 20)]
    small: u64,
    /// Keep the data
    #[arg(long)]
    keep: bool,
    /// The data of the benches of scale and mandates is kept here and taken from here (PostgreSQL: its keys; the databases stay, too)
    #[arg(long)]
    data: Option<PathBuf>,
}

#[derive(Args)]
struct Generate {
    #[arg(long)]
    citizens: u64,
    #[arg(long, default_value_t = 1)]
    municipalities: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// `sqlite:PATH` or `postgres://…`
    #[arg(long)]
    location: String,
    /// The key file, made if it is missing; beside an embedded database when left out
    #[arg(long)]
    keys: Option<PathBuf>,
    /// 20 small items each, and 1,000 full citizens among them
    #[arg(long)]
    thin: bool,
}

#[derive(Subcommand)]
enum Serve {
    Portal {
        #[arg(long)]
        location: String,
        #[arg(long)]
        keys: PathBuf,
    },
    Fixed {
        #[arg(long)]
        body: PathBuf,
    },
    Hand {
        #[arg(long)]
        location: String,
        #[arg(long)]
        body: PathBuf,
    },
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Serve(Serve::Portal { location, keys }) => serve::portal(&Place::new(&location, Some(&keys))?),
        Task::Serve(Serve::Fixed { body }) => serve::fixed(&body),
        Task::Serve(Serve::Hand { location, body }) => {
            serve::hand(&Place::new(&location, Some(Path::new("")))?, &body)
        }
        Task::Generate(options) => block_on(make(options)),
        Task::Prepare(options) => block_on(prepare(&options)),
        Task::All(options) => block_on(measure(&ALL, options)),
        Task::Run { benches, options } => block_on(measure(&benches, options)),
    }
}

/// One thread: the load generator shares the machine with what it measures.
fn block_on(work: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(work)
}

async fn make(options: Generate) -> Result<()> {
    let place = Place::new(&options.location, options.keys.as_deref())?;
    let plan = Stage::plan(options.citizens, options.municipalities, options.thin);
    if options.municipalities == 0 || options.municipalities > 98 {
        bail!("there are 98 municipalities");
    }
    let plan = generate::Plan { seed: options.seed, ..plan };
    let stage = Stage::build(Path::new("."), place, plan, false).await?;
    say::line(format!("{} citizens, {} items", stage.made.citizens, stage.made.items));
    Ok(())
}

async fn prepare(options: &Options) -> Result<()> {
    std::fs::create_dir_all(options.data.as_deref().context("--data says where it stays")?)?;
    measure::mandates::prepare(options).await?;
    measure::scale::stages(options, async |_, _| Ok(())).await
}

async fn measure(benches: &[Bench], options: Options) -> Result<()> {
    if cfg!(debug_assertions) {
        bail!("a debug build measures nothing: add --release");
    }
    let _ = std::fs::remove_dir_all(&options.folder);
    std::fs::create_dir_all(&options.folder)?;
    let asked = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    let mut sections = on_full_data(benches, &options).await?;
    sections.extend(on_full_rooms(benches, &options).await?);
    if benches.contains(&Bench::Writes) {
        sections.push(measure::writes::section(&options).await?);
    }
    if benches.contains(&Bench::Mandates) {
        sections.extend(measure::mandates::sections(&options).await?);
    }
    if benches.contains(&Bench::Decision) || benches.contains(&Bench::Scale) {
        sections.extend(measure::scale::sections(&options).await?);
    }
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::from_millisecond(
        borgerportal_service::Clock::system().now().millis(),
    )?);
    let page = report::page(&sections, &asked, &format!("{} UTC", today.strftime("%Y-%m-%d %H:%M")));
    say::line(&page);
    if let Some(file) = &options.write {
        report::write(file, &page)?;
    }
    if !options.keep {
        std::fs::remove_dir_all(&options.folder)?;
    }
    Ok(())
}

/// Benches on full citizens: about a gigabyte, or a tenth of it.
async fn on_full_data(benches: &[Bench], options: &Options) -> Result<Vec<Section>> {
    let mut sections = Vec::new();
    let wanted = |bench: Bench| benches.contains(&bench);
    if [Bench::List, Bench::Document, Bench::Search, Bench::Start, Bench::Ingest].into_iter().any(wanted) {
        let citizens = if options.quick { 200 } else { 2_000 };
        let stage = stage(options, "full", Stage::plan(citizens, 1, false)).await?;
        if wanted(Bench::List) {
            sections.push(measure::pages::list(&stage).await?);
        }
        if wanted(Bench::Document) {
            sections.push(measure::pages::document(&stage).await?);
        }
        if wanted(Bench::Search) {
            sections.push(measure::pages::search(&stage).await?);
        }
        if wanted(Bench::Start) {
            sections.push(measure::start::section(&stage).await?);
        }
        if wanted(Bench::Ingest) {
            sections.push(measure::ingest::section(&stage).await?);
        }
    }
    Ok(sections)
}

/// Benches on people all of whose rooms are full.
async fn on_full_rooms(benches: &[Bench], options: &Options) -> Result<Vec<Section>> {
    let (rooms, export) = (benches.contains(&Bench::Rooms), benches.contains(&Bench::Export));
    let mut sections = Vec::new();
    if rooms || export {
        let people = measure::rooms::Rooms::build(options).await?;
        if rooms {
            sections.push(measure::rooms::section(&people).await?);
        }
        if export {
            sections.push(measure::export::section(&people).await?);
        }
    }
    Ok(sections)
}

/// Data on the embedded engine that goes after the run.
async fn stage(options: &Options, name: &str, plan: generate::Plan) -> Result<Stage> {
    let place = Place::new(&format!("sqlite:{}", options.folder.join(format!("{name}.db")).display()), None)?;
    say::progress(format!("{name}: {} citizens in {} municipalities", plan.citizens, plan.municipalities));
    Stage::build(&options.folder, place, plan, options.quick).await
}
