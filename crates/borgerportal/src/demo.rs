//! The demo: one command starts a portal on an embedded database with invented people, and beside it the
//! simulated MitID broker, registers, Digital Post and a medicine service, so that everything can be tried on one
//! machine. It refuses to be part of an operator's build (feature `demo`), to touch data it did not make, and to make
//! its data twice.

mod aids;
mod bundle;
mod grants;
mod looks;
mod made;
mod mandates;
mod messages;
mod pdf;
pub mod people;
mod record_systems;
mod records;
mod relations;
mod seed;
mod stage;
pub mod table;
#[cfg(test)]
mod tests;
mod visits;

use crate::config::{self, Format, Level, Log};
use crate::running::{Doors, Out, until_stopped};
use crate::{installation, key_file, log, say};
use anyhow::Context as _;
use borgerportal_domain::municipality::{MandateSource, Settings};
use borgerportal_domain::time::{Date, copenhagen_date};
use borgerportal_service::{Clock, Municipalities};
use borgerportal_store::{Location, Store, migrate};
use borgerportal_web::Site;
use clap::Args;
use stage::Stage;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio::net::TcpListener;
use url::Url;

/// `demo`.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Where the demo's data lies; made at the first start.
    #[arg(long, value_name = "FOLDER", default_value = "data")]
    pub data: PathBuf,
    /// The portal's port; the next free one if it is taken. The simulators get the ports after it.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Moves the demo's clock by so many days.
    #[arg(long, default_value_t = 0, allow_negative_numbers = true)]
    pub days: i64,
    /// Writes the table of people as Markdown and starts nothing.
    #[arg(long)]
    pub people: bool,
    /// Lets the national service have the mandates: ours lead there.
    #[arg(long)]
    pub elsewhere: bool,
    /// Makes the data, if it is missing, and starts nothing.
    #[arg(long)]
    pub make_only: bool,
}

/// Starts the demo and serves until it is told to stop.
pub fn run(options: &Options) -> anyhow::Result<()> {
    if options.people {
        say::line(table::markdown());
        return Ok(());
    }
    log::start(&Log { level: Level::Warn, format: Format::Text, ..Log::default() });
    let clock = Clock::system();
    let today = copenhagen_date(clock.now());
    let made_on = made::day(&options.data, today)?;
    let store = open(&options.data, &clock)?;
    let runtime = crate::commands::runtime()?;
    runtime.block_on(async {
        let listener = listen(options.port).await?;
        let port = listener.local_addr()?.port();
        let stage = Stage::set(port, made_on.unwrap_or(today), &clock, &options.data).await?;
        let folder = options.data.join("files");
        if made_on.is_none() {
            say::line("Making invented people and their records (once) …");
            let seeding = stage.app(store.clone(), &folder, Clock::system(), settings()?)?;
            seed::all(&seeding, today).await?;
            made::mark(&options.data, today)?;
        } else if let Some(days) = made_on.and_then(|day| today.since(day).ok()).map(|span| span.get_days())
            && days > 0
        {
            say::line(format!(
                "The demo's data was made {days} days ago, and its dates are that much older. For new data, \
                 remove the folder {}.",
                options.data.display()
            ));
        }
        if options.make_only {
            return Ok(());
        }
        clock.move_by(options.days.saturating_mul(86_400_000));
        let places = if options.elsewhere { elsewhere(&settings()?) } else { settings()? };
        let app = stage.app(store, &folder, clock, places)?;
        stage.introduce(&app).await?;
        say::line(table::for_terminal(&stage));
        let stop_within = Duration::from_secs(5);
        let doors = Doors { listener, tls: None, metrics: None, stop_within };
        let letters = stage.post(&options.data.join("letters"))?;
        let news = stage.news(&letters)?;
        let out = Out { post: Some(letters), record_systems: stage.record_systems.ways.clone(), news };
        let ended = until_stopped(app, site(&stage.public_url), out, doors).await;
        stage.strike().await;
        ended
    })
}

/// Keys and database, made at the first start.
fn open(folder: &Path, clock: &Clock) -> anyhow::Result<Store> {
    let keys = folder.join("keys.json");
    if !keys.exists() {
        key_file::init(&keys)?;
    }
    let location = Location::Sqlite(folder.join("portal.db"));
    migrate(&location, clock.now()).context("the demo's database")?;
    let options = borgerportal_store::Options { location, threads: 4, node: "demo".to_owned() };
    Store::open(&options, key_file::read(&keys)?).context("the demo's database")
}

/// The port, or the next free one.
async fn listen(port: u16) -> anyhow::Result<TcpListener> {
    for candidate in port..=port.saturating_add(50) {
        if let Ok(listener) = TcpListener::bind(("127.0.0.1", candidate)).await {
            return Ok(listener);
        }
    }
    anyhow::bail!("ports {port} to {} are all taken; choose another with --port", port.saturating_add(50))
}

/// What the three municipalities of the demo have decided.
const MUNICIPALITIES: &[(&str, &str)] = &[
    ("helsingor.toml", include_str!("demo/municipalities/helsingor.toml")),
    ("randers.toml", include_str!("demo/municipalities/randers.toml")),
    ("billund.toml", include_str!("demo/municipalities/billund.toml")),
];

fn settings() -> anyhow::Result<Municipalities> {
    let read = |(name, text): &(&str, &str)| Settings::from_toml(text).with_context(|| (*name).to_owned());
    Ok(Municipalities::new(MUNICIPALITIES.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?))
}

/// The same, with asking and giving at the national service.
fn elsewhere(places: &Municipalities) -> Municipalities {
    let there = |settings: &Settings| {
        let mut settings = settings.clone();
        settings.access.mandate_source = MandateSource::NemLogin;
        settings
    };
    Municipalities::new(places.all().map(there))
}

fn site(public_url: &Url) -> Site {
    let text = str::to_owned;
    Site {
        public_url: public_url.clone(),
        support_phone: text("70 20 00 00"),
        support_hours_da: text("på hverdage kl. 9–15"),
        support_hours_en: text("on working days 9–15"),
        fmk_url: text("https://www.fmk-online.dk"),
        owner: text("Borgerportalens demo"),
        mail: text("support@borgerportal.example"),
        dpo_mail: text("dpo@borgerportal.example"),
        news_by: borgerportal_domain::news::Channel::ALL.to_vec(),
        trusted_proxies: Vec::new(),
        deliveries_a_minute: config::deliveries_a_minute(),
        version: env!("CARGO_PKG_VERSION"),
    }
}

/// The day `days` before `today`.
fn ago(today: Date, days: i64) -> Date {
    today.saturating_sub(jiff::Span::new().days(days))
}

/// Puts parts of the installation together that the demo has in common with an operator's.
fn parts_tokens(
    store: &Store,
    public_url: &Url,
) -> anyhow::Result<(borgerportal_identity::system_clients::AccessTokens, String)> {
    Ok((installation::tokens(store)?, installation::token_audience(public_url)?))
}
