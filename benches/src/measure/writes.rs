//! Durable writes: 64 people who call visits off and take that back, and who write and send messages, each waiting for the
//! answer to what they did before they go on. Every answer is on disk with what it says, what the record system is to be
//! told, and its line in the log. The floor is what the disk does when it is asked for one flush after the other.

use super::rooms::people;
use super::scale;
use crate::client::Load;
use crate::figures::{median, micros, millis, spaced};
use crate::portal::{self, Place, Visitor, sign_in};
use crate::report::Section;
use crate::server::cpu_us;
use crate::{Options, say};
use anyhow::{Context as _, Result, ensure};
use borgerportal_domain::access::Role;
use borgerportal_domain::ids::{ItemId, JournalId};
use borgerportal_domain::messages::Kind;
use borgerportal_domain::time::{copenhagen_date, days_after};
use borgerportal_service::messages::drafts::{self, Wish};
use borgerportal_service::sessions::{SignedIn, Token};
use borgerportal_service::{App, Clock, Problem, calendar, jobs, messages};
use borgerportal_store::tx::Tx;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// People at once.
const CLIENTS: u64 = 64;

/// Somebody who writes.
#[derive(Clone)]
struct Client {
    app: App,
    token: Token,
    journal: JournalId,
    /// Visits that can be called off.
    visits: Vec<ItemId>,
}

/// What they do.
#[derive(Clone, Copy)]
enum Work {
    Visits,
    Messages,
}

/// Medians of one kind of work.
struct Figures {
    engine: String,
    work: &'static str,
    rate: u64,
    cpu_us: u64,
    p50_us: u64,
    p99_us: u64,
}

/// On the embedded engine, and on PostgreSQL where there is one.
pub(crate) async fn section(options: &Options) -> Result<Section> {
    let place = Place::new(&format!("sqlite:{}", options.folder.join("writes.db").display()), None)?;
    let mut figures = on("SQLite", options, place).await?;
    if let Some(server) = &options.postgres {
        scale::create(server, "bench_writes")?;
        let engine = format!("PostgreSQL, {}", durability(server)?);
        figures
            .extend(on(&engine, options, scale::database(server, &options.folder, "bench_writes")?).await?);
    }
    Ok(table(flushes(&options.folder)?, &figures))
}

async fn on(engine: &str, options: &Options, place: Place) -> Result<Vec<Figures>> {
    let (stage, citizens) = people((&options.folder, place, options.quick), (CLIENTS, 0)).await?;
    let app = portal::app(&stage.place)?;
    let visitors =
        sign_in(&app.store, &stage.plan, (&citizens, Role::Citizen), Clock::system().now()).await?;
    let mut clients = Vec::new();
    for visitor in &visitors {
        clients.push(client(&app, visitor).await?);
    }
    // The log is sealed meanwhile, as in every portal.
    let sealing = tokio::spawn(jobs::run(app));
    let effort = stage.effort(clients.len());
    let works = [(Work::Visits, "call off a visit, take it back"), (Work::Messages, "begin, write, send")];
    let mut runs: [Vec<(Load, u64)>; 2] = Default::default();
    for _ in 0..effort.rounds {
        for ((work, _), runs) in works.iter().zip(&mut runs) {
            runs.push(all(&clients, *work, effort.time).await?);
        }
    }
    sealing.abort();
    let figures = works.iter().zip(&runs).map(|((_, work), runs)| {
        let of = |pick: fn(&(Load, u64)) -> u64| median(runs.iter().map(pick));
        Figures {
            engine: engine.to_owned(),
            work,
            rate: of(|(load, _)| load.rate()),
            cpu_us: of(|(load, cpu)| cpu / load.answers.max(1)),
            p50_us: of(|(load, _)| load.percentile(500)),
            p99_us: of(|(load, _)| load.percentile(990)),
        }
    });
    Ok(figures.collect())
}

/// Somebody, with the visits that they can call off.
async fn client(app: &App, visitor: &Visitor) -> Result<Client> {
    let (token, journal) = (Token::from_cookie(&visitor.cookie), visitor.journal);
    let places = app.municipalities.clone();
    let read = move |tx: &Tx<'_>, who: &SignedIn| {
        let today = copenhagen_date(tx.now());
        let days = (days_after(today, 14), days_after(today, 60), calendar::Part::All);
        let (_, days) = calendar::days(tx, &places, who, journal, days)?;
        Ok(days.rows.into_iter().filter(|row| row.look.cancel().is_ok()).map(|row| row.id).collect())
    };
    let visits: Vec<ItemId> = app.read_as(&token, read).await?;
    ensure!(!visits.is_empty(), "there is no visit that can be called off");
    Ok(Client { app: app.clone(), token, journal, visits })
}

/// All of them work for a time: what they did, and the CPU time of this process, in which everything runs.
async fn all(clients: &[Client], work: Work, time: Duration) -> Result<(Load, u64)> {
    let (begun, cpu) = (Instant::now(), cpu_us(std::process::id())?);
    let mut tasks = JoinSet::new();
    for client in clients {
        let client = client.clone();
        tasks.spawn(async move { client.works(work, begun + time).await });
    }
    let mut load = Load::default();
    while let Some(done) = tasks.join_next().await {
        load.latencies.extend(done??);
    }
    load.micros = micros(begun.elapsed());
    load.answers = load.latencies.len() as u64;
    load.latencies.sort_unstable();
    Ok((load, cpu_us(std::process::id())? - cpu))
}

impl Client {
    /// Until then, one write after the other: how long each took, µs.
    async fn works(&self, work: Work, until: Instant) -> Result<Vec<u32>> {
        let mut took = Vec::new();
        let mut visits = self.visits.iter().cycle();
        while Instant::now() < until {
            match work {
                Work::Visits => {
                    let visit = *visits.next().context("no visit")?;
                    self.call_off(visit, &mut took).await?;
                }
                Work::Messages => self.write(&mut took).await?,
            }
        }
        Ok(took)
    }

    /// An errand under a form of its own, again while the store has too much to do, as a person would.
    async fn does<T: Serialize + DeserializeOwned + Send + 'static>(
        &self,
        took: &mut Vec<u32>,
        errand: impl Fn(&Tx<'_>, &SignedIn) -> Result<T, Problem> + Clone + Send + Sync + 'static,
    ) -> Result<T> {
        let (begun, id) = (Instant::now(), self.app.store.errand_id(self.app.clock.now())?);
        loop {
            match self.app.write_as(&self.token, ("bench", id), |_| Ok(()), errand.clone()).await {
                Err(problem) if problem.is_busy() => {}
                answer => {
                    took.push(u32::try_from(micros(begun.elapsed())).unwrap_or(u32::MAX));
                    return Ok(answer?);
                }
            }
        }
    }

    async fn call_off(&self, visit: ItemId, took: &mut Vec<u32>) -> Result<()> {
        let (journal, places) = (self.journal, self.app.municipalities.clone());
        let form = calendar::Form { visit, also: Vec::new(), note: String::new() };
        let undo = places.clone();
        self.does(took, move |tx, who| calendar::cancel(tx, &places, who, journal, &form)).await?;
        self.does(took, move |tx, who| calendar::undo(tx, &undo, who, (journal, visit))).await
    }

    async fn write(&self, took: &mut Vec<u32>) -> Result<()> {
        let journal = self.journal;
        let places = || self.app.municipalities.clone();
        let department = Some("nursing".to_owned());
        let wish = Wish { kind: Kind::Question, department, about: Vec::new(), answers: None };
        let here = places();
        let id = self.does(took, move |tx, who| drafts::begin(tx, &here, who, journal, &wish)).await?;
        let (here, text) = (places(), "Såret væsker lidt. Kommer I i dag, eller skal jeg ringe til lægen?");
        self.does(took, move |tx, who| drafts::write(tx, &here, who, (journal, id), ("", text))).await?;
        let here = places();
        self.does(took, move |tx, who| messages::send(tx, &here, who, (journal, id))).await.map(drop)
    }
}

/// What the server says of its durability.
fn durability(server: &str) -> Result<String> {
    let server = server.to_owned();
    let asked = std::thread::spawn(move || -> Result<String> {
        let mut client = postgres::Client::connect(&server, postgres::NoTls)?;
        let mut show = |name: &str| -> Result<String> {
            let row = client.query_one(&format!("SHOW {name}"), &[])?;
            Ok(format!("{name} {}", row.try_get::<_, String>(0)?))
        };
        Ok([show("fsync")?, show("synchronous_commit")?].join(", "))
    });
    asked.join().ok().context("the thread that asks")?
}

/// How often a second the disk flushes a page that was appended to a file, one after the other.
fn flushes(folder: &Path) -> Result<u64> {
    let path = folder.join("flushes");
    let mut file = std::fs::File::create(&path)?;
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < Duration::from_secs(2) {
        file.write_all(&[7; 4_096])?;
        file.sync_data()?;
        count += 1;
    }
    std::fs::remove_file(path)?;
    say::progress(format!("  {} flushes/s", count / 2));
    Ok(count / 2)
}

fn table(flushes: u64, figures: &[Figures]) -> Section {
    let mut text = format!(
        "{CLIENTS} citizens, each with a record of their own, each waiting for an answer before the next write; all in one process \
         through the service, without HTTP. A write is one errand: session, decision, rule, what is done, what the record system \
         is to be told, the answer by its form, the line in the log, on disk. The floor is {} flushes a second of one \
         appended page, one after the other. Aim: 5 000 writes/s on SQLite.\n\n\
         | engine | work | durable writes/s | writes for a flush of the floor | CPU µs/write | p50 ms | p99 ms |\n\
         |---|---|---|---|---|---|---|\n",
        spaced(flushes)
    );
    for one in figures {
        let flush = one.rate * 10 / flushes.max(1);
        // Writing to a String does not fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {}.{} | {} | {} | {} |",
            one.engine,
            one.work,
            spaced(one.rate),
            flush / 10,
            flush % 10,
            one.cpu_us,
            millis(one.p50_us),
            millis(one.p99_us),
        );
    }
    Section { title: "Durable writes, 64 at once".to_owned(), text }
}
