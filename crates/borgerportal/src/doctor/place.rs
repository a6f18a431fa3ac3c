//! What lies on this machine or its database: secrets, certificate, folder, tables, the waiting log.

use super::{Finding, open_to_others};
use crate::commands::{self, runtime};
use crate::config::{Config, secrets};
use crate::{installation, municipal};
use borgerportal_service::Problem;
use borgerportal_store::leaving;
use borgerportal_store::log_seal::{Cursor, Damage, Whose, check_next, unsealed};
use borgerportal_store::{Location, Store, waiting_migrations};
use std::path::Path;

/// Lines of the log may wait this long for their seal before somebody should look.
const UNSEALED_S_MAX: i64 = 300;

/// Passwords and keys towards others.
pub(super) fn secrets(config: &Config) -> Vec<Finding> {
    let cure = "put the secret there; the file holds it and nothing else";
    let mut findings = Vec::new();
    if let Err(error) = secrets::client_authentication(&config.login) {
        findings.push(Finding::wrong("login secret", error.to_string(), cure));
    }
    if let Err(error) = secrets::location(&config.store) {
        findings.push(Finding::wrong("database", error.to_string(), cure));
    }
    let files =
        [&config.login.client_secret_file, &config.login.private_key_file, &config.store.password_file];
    let private = config.server.tls.as_ref().map(|tls| &tls.key);
    let mail = config.mail.as_ref().and_then(|mail| mail.password_file.as_ref());
    let open = files.into_iter().flatten().chain(private).chain(mail);
    findings.extend(open.filter_map(|file| open_to_others("secret", file)));
    if findings.is_empty() {
        findings.push(Finding::well("secrets", "are there, and open to nobody else"));
    }
    findings
}

/// The certificate of this process.
pub(super) fn tls(config: &Config) -> Vec<Finding> {
    let https = config.server.public_url.scheme() == "https";
    let finding = match (commands::tls(config), https) {
        (Err(error), _) => {
            Finding::wrong("tls", format!("{error:#}"), "put chain and key there, both in PEM")
        }
        (Ok(Some(_)), _) => Finding::well("tls", "in this process"),
        (Ok(None), true) => Finding::well("tls", "left to the proxy before this process"),
        (Ok(None), false) => Finding::look(
            "tls",
            "public_url is not https",
            "fine on a developer's machine, wrong everywhere else",
        ),
    };
    vec![finding]
}

/// The folder of files must take a file.
pub(super) fn files(folder: &Path) -> Finding {
    let name = folder.display();
    let probe = folder.join(".doctor");
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&probe, b"doctor"))
        .and_then(|()| std::fs::remove_file(&probe));
    match written {
        Ok(()) => Finding::well("files", format!("{name} can be written")),
        Err(error) => Finding::wrong(
            "files",
            format!("{name} cannot be written: {}", error.kind()),
            "give the folder to the service's user, and see that the disk has room",
        ),
    }
}

/// Reachable, up to date, opened by these keys, its log being sealed.
pub(super) fn database(config: &Config) -> Vec<Finding> {
    const PART: &str = "database";
    // What is wrong with the password was said already.
    let Ok(location) = secrets::location(&config.store) else { return Vec::new() };
    if let Location::Sqlite(path) = &location
        && !path.exists()
    {
        let what = format!("{} is not there", path.display());
        return vec![Finding::wrong(
            PART,
            what,
            "bring it back with `borgerportal restore`, or make it: `migrate`",
        )];
    }
    match waiting_migrations(&location) {
        Err(error) => {
            let cure =
                "see that the server runs, that this machine may reach it, and that name and password hold";
            return vec![Finding::wrong(PART, format!("cannot be used: {error}"), cure)];
        }
        Ok(waiting) if !waiting.is_empty() => {
            let what = format!("is behind: {}", waiting.join(", "));
            return vec![Finding::wrong(PART, what, "take a backup, then `borgerportal migrate`")];
        }
        Ok(_) => {}
    }
    match installation::open_store(config) {
        Ok(store) => vec![
            Finding::well(PART, "answers and is up to date"),
            log(&store),
            seal(&store),
            super::post::outbox(&store),
            super::news::waiting(&store),
            super::record_systems::waiting(&store),
            left(config, &store),
        ],
        Err(error) => vec![Finding::wrong(PART, format!("{error:#}"), "mend what is said here")],
    }
}

/// Whether there are journals that nobody serves: of a municipality that left and was not erased, or whose file is lost.
fn left(config: &Config, store: &Store) -> Finding {
    const PART: &str = "left";
    super::waiting((PART, store), leaving::left, |found, _| {
        let Ok(served) = municipal::read(&config.municipalities.folder) else {
            return Finding::look(PART, "unknown", "mend the files of the municipalities first");
        };
        let left = found.iter().filter(|(code, _)| served.get(*code).is_none());
        let left: Vec<String> = left.map(|(code, count)| format!("{code} ({count} journals)")).collect();
        if left.is_empty() {
            return Finding::well(PART, "every journal is of a municipality that is served");
        }
        let what = format!("nobody serves {}", left.join(", "));
        Finding::look(PART, what, "put its file back, or `borgerportal municipality erase`: see operate.md")
    })
}

/// Whether the log is being sealed.
fn log(store: &Store) -> Finding {
    let now = installation::now();
    let read = store.read(now, |tx| Ok::<_, Problem>(unsealed(tx, Whose::OfAll)?));
    let cure = "start a node: it seals every few seconds. If one runs, look at its own log";
    match runtime().map(|runtime| runtime.block_on(read)) {
        Ok(Ok((0, _) | (_, None))) => Finding::well("access log", "every line is sealed"),
        Ok(Ok((lines, Some(since)))) => {
            let waited_s = (now.millis() - since) / 1000;
            let what = format!("{lines} lines wait for their seal, the oldest for {waited_s} s");
            if waited_s > UNSEALED_S_MAX {
                Finding::look("access log", what, cure)
            } else {
                Finding::well("access log", what)
            }
        }
        Ok(Err(problem)) => Finding::wrong("access log", problem.to_string(), cure),
        Err(error) => Finding::wrong("access log", format!("{error:#}"), cure),
    }
}

/// Whether these keys signed this database's log: a wrong key file is found before anybody logs in.
fn seal(store: &Store) -> Finding {
    let key = store.keys().log_public_key().to_vec();
    let first = store
        .read(installation::now(), move |tx| Ok::<_, Problem>(check_next(tx, &key, &Cursor::default())?));
    let signed = |cursor: &Cursor| !cursor.damage.iter().any(|one| matches!(one, Damage::Signature(..)));
    match runtime().map(|runtime| runtime.block_on(first)) {
        Ok(Ok(None)) => Finding::well("key fit", "nothing was sealed yet"),
        Ok(Ok(Some(cursor))) if signed(&cursor) => {
            Finding::well("key fit", "keys and database belong together")
        }
        Ok(Ok(Some(_))) => Finding::wrong(
            "key fit",
            "the access log was signed with other keys",
            "put the key file of this installation in place",
        ),
        Ok(Err(problem)) => Finding::wrong("key fit", problem.to_string(), "look at the database"),
        Err(error) => Finding::wrong("key fit", format!("{error:#}"), "look at this machine"),
    }
}
