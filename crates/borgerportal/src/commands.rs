//! What each command does. It refuses to end quietly: what failed is said in one line, and the process ends
//! with a number that scripts can ask for.

mod deliver;
mod mandates;
mod municipality;
mod notices;
mod outgoing;
mod paused;
mod verify;

pub(crate) use municipality::again as erase_again;
pub(crate) use verify::check as checked_log;

use crate::command::{Arguments, ClientCommand, Command, ConfigFile, KeysCommand, LogCommand};
use crate::config::{Config, read, secrets};
use crate::running::{Doors, Out, until_stopped};
use crate::{backup, doctor, installation, key_file, log, municipal, news, post, record_systems, say};
use anyhow::Context as _;
use borgerportal_service::App;
use borgerportal_store::migrate;
use borgerportal_web::server::Tls;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Does what the command line says.
#[must_use]
pub fn run(arguments: Arguments) -> ExitCode {
    match dispatch(arguments.command) {
        Ok(code) => code,
        Err(error) => {
            say::error(format!("borgerportal: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(file) => serve(&file)?,
        Command::Migrate(file) => migrations(&file)?,
        Command::Import(import) => return deliver::import(&import),
        Command::Client(ClientCommand::Register { config, id, municipality, jwks, scopes }) => {
            deliver::register(&config, (&id, &municipality), &jwks, scopes)?;
        }
        Command::Packages(command) => mandates::packages(&command)?,
        Command::Mandates(command) => mandates::run(&command)?,
        Command::Log(LogCommand::Verify(file)) => return verify::log(&file),
        Command::Check(file) => check(&file)?,
        Command::Doctor(file) => return Ok(doctor::run(&file.config)),
        Command::Notices(command) => notices::run(&command)?,
        Command::Outgoing(command) => outgoing::run(&command)?,
        Command::Keys(KeysCommand::Init(file)) => keys(&file)?,
        Command::Backup(command) => backup::run(&read(&command.config.config)?, &command.to)?,
        Command::Restore(command) => {
            let config = read(&command.config.config)?;
            backup::restore::run(&config, &command.from, command.deletions.as_deref())?;
        }
        Command::Deletions(command) => backup::write_deletions(&read(&command.config.config)?, &command.to)?,
        Command::Municipality(command) => municipality::run(&command)?,
        #[cfg(feature = "demo")]
        Command::Demo(options) => crate::demo::run(&options)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// An async runtime for one command.
pub(crate) fn runtime() -> anyhow::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().context("no threads")
}

/// The installation, for one command.
fn open(file: &ConfigFile) -> anyhow::Result<(App, Runtime)> {
    let config = read(&file.config)?;
    log::start(&config.log);
    Ok((installation::open(&config)?, runtime()?))
}

fn serve(file: &ConfigFile) -> anyhow::Result<()> {
    let config = read(&file.config)?;
    log::start(&config.log);
    if config.files.scanner.is_none() {
        tracing::warn!("no virus scanner is set ([files] scanner): what people send along is not looked at");
    }
    let tls = tls(&config)?;
    let app = installation::open(&config)?;
    let site = installation::site(&config);
    let post = post::open(&config)?;
    let news = news::open(&config, post.as_ref())?;
    let out = Out { post, record_systems: record_systems::open(&config)?, news };
    runtime()?.block_on(async {
        let listen = config.server.listen;
        let listener =
            TcpListener::bind(listen).await.with_context(|| format!("[server] listen {listen}"))?;
        tracing::info!(%listen, version = env!("CARGO_PKG_VERSION"), node = config.store.node, "serving");
        let stop_within = Duration::from_secs(config.server.stop_seconds);
        let doors = Doors { listener, tls, metrics: config.metrics.listen, stop_within };
        until_stopped(app, site, out, doors).await
    })
}

/// The certificate, if TLS is done in this process.
pub(crate) fn tls(config: &Config) -> anyhow::Result<Option<Tls>> {
    let Some(tls) = &config.server.tls else { return Ok(None) };
    let read = |file: &std::path::Path| std::fs::read(file).with_context(|| file.display().to_string());
    let (certificate, key) = (read(&tls.certificate)?, read(&tls.key)?);
    let place = || format!("[server.tls] {} and {}", tls.certificate.display(), tls.key.display());
    Tls::from_pem(&certificate, &key).map(Some).with_context(place)
}

fn migrations(file: &ConfigFile) -> anyhow::Result<()> {
    let config = read(&file.config)?;
    let location = secrets::location(&config.store)?;
    make_folder(&location)?;
    let applied = migrate(&location, installation::now()).context("the database")?;
    if applied.is_empty() {
        say::line("The database is up to date.");
    }
    for name in applied {
        say::line(format!("applied {name}"));
    }
    Ok(())
}

/// The folder of an embedded database.
pub(crate) fn make_folder(location: &borgerportal_store::Location) -> anyhow::Result<()> {
    match location {
        borgerportal_store::Location::Sqlite(path) => {
            let folder = path.parent().unwrap_or(std::path::Path::new("."));
            std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())
        }
        borgerportal_store::Location::Postgres(_) => Ok(()),
    }
}

fn keys(file: &ConfigFile) -> anyhow::Result<()> {
    let config = read(&file.config)?;
    key_file::init(&config.keys.file)?;
    say::line(format!("Made {}, which only its owner can read.", config.keys.file.display()));
    say::line("Put a copy where no backup of the database lies. Whoever loses the keys loses the record.");
    Ok(())
}

fn check(file: &ConfigFile) -> anyhow::Result<()> {
    let config = read(&file.config)?;
    say::line(format!("ok  {}", file.config.display()));
    let places = municipal::read(&config.municipalities.folder)?;
    for settings in places.all() {
        say::line(format!("ok  {} {}", settings.municipality, settings.name()));
    }
    key_file::read(&config.keys.file)?;
    say::line(format!("ok  {}", config.keys.file.display()));
    secrets::location(&config.store)?;
    secrets::client_authentication(&config.login)?;
    installation::http(&config)?;
    say::line("ok  secrets");
    if post::open(&config)?.is_some() {
        say::line("ok  Digital Post and print");
    }
    for way in record_systems::open(&config)? {
        say::line(format!("ok  record system of {}", way.municipality));
    }
    if tls(&config)?.is_some() {
        say::line("ok  certificate");
    }
    Ok(())
}
