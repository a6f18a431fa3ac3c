//! Walls: which library and which language may be named where. A wall is checked twice: in the
//! manifest, so that nothing can be called, and in the code, so that nothing is re-exported past it.

use super::Finding;
use super::source::{Source, is_test_path, word_offsets};
use super::tree::{Kind, Tree};
use std::path::Path;

/// Pairs of words that make a string SQL. In capitals anywhere in a text; in any case at its start.
const SQL: &[(&str, &str)] = &[
    ("SELECT", "FROM"),
    ("INSERT", "INTO"),
    ("UPDATE", "SET"),
    ("DELETE", "FROM"),
    ("CREATE", "TABLE"),
    ("CREATE", "INDEX"),
    ("ALTER", "TABLE"),
    ("DROP", "TABLE"),
];

/// SQL stands in `crates/store` and, for the floors it measures against, in `benches`. A test may say what somebody
/// does behind the store's back; it has no engine of its own to say it to.
pub(super) fn sql(tree: &Tree) -> Vec<Finding> {
    let allowed = |path: &Path| path.starts_with("crates/store") || path.starts_with("benches");
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| !allowed(&source.path)) {
        let product = source.strings.iter().filter(|literal| !source.is_test(literal.line));
        let literals = product.filter(|literal| is_sql(&literal.text));
        findings
            .extend(literals.map(|literal| Finding::new(&source.path, literal.line, "SQL outside store")));
    }
    let is_sql_file =
        |path: &&std::path::PathBuf| path.extension().is_some_and(|extension| extension == "sql");
    let files = tree.files.iter().filter(is_sql_file).filter(|path| !allowed(path));
    findings.extend(files.map(|path| Finding::new(path, 1, "an SQL file outside store")));
    findings
}

fn is_sql(text: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .map(str::to_owned)
            .filter(|w| !w.is_empty())
            .collect()
    };
    let exact = words(text);
    let upper = words(&text.to_uppercase());
    SQL.iter().any(|(verb, second)| {
        let shouted = exact.iter().position(|word| word == verb);
        let at_start = (upper.first().map(String::as_str) == Some(verb)).then_some(0);
        let follows = |words: &[String], at: usize| words.iter().skip(at + 1).any(|word| word == second);
        shouted.is_some_and(|at| follows(&exact, at))
            || at_start.is_some_and(|at| sql_sentence(&upper, at, second))
    })
}

/// Lower-case SQL: the second word where SQL has it, and not the "from" of an English sentence.
fn sql_sentence(words: &[String], verb: usize, second: &str) -> bool {
    let at = words.iter().skip(verb + 1).position(|word| word == second);
    match second {
        "INTO" | "TABLE" | "INDEX" => at == Some(0),
        "SET" => at == Some(1),
        _ => at.is_some() && words.iter().any(|word| ["WHERE", "LIMIT", "ORDER"].contains(&word.as_str())),
    }
}

/// A library that only some crates may name.
struct Wall {
    /// Packages, as Cargo knows them.
    packages: &'static [&'static str],
    /// Crates under `crates/` that may depend on them.
    crates: &'static [&'static str],
    /// Folders whose code may name them.
    folders: &'static [&'static str],
    why: &'static str,
}

const ENGINES: Wall = Wall {
    packages: &[
        "rusqlite",
        "libsqlite3-sys",
        "postgres",
        "tokio-postgres",
        "tokio-postgres-rustls",
        "postgres-types",
    ],
    crates: &["store"],
    folders: &["crates/store/src/engine", "crates/store/src/engine.rs", "crates/store/src/testing"],
    why: "is an engine: only store/src/engine names it",
};

const HTTP: Wall = Wall {
    packages: &["axum", "askama", "tower-http", "hyper", "hyper-util"],
    crates: &["web", "simulators"],
    folders: &["crates/web", "crates/simulators"],
    why: "is HTTP or HTML: only web and the simulators know it",
};

const CLIENTS: Wall = Wall {
    packages: &["reqwest", "ureq", "isahc", "curl", "attohttpc", "minreq", "awc", "lettre"],
    crates: &["partners", "simulators"],
    folders: &["crates/partners", "crates/simulators"],
    why: "is a client: only partners calls out, and a simulator that plays a caller",
};

pub(super) fn engines(tree: &Tree) -> Vec<Finding> {
    behind(tree, &ENGINES)
}

pub(super) fn http(tree: &Tree) -> Vec<Finding> {
    behind(tree, &HTTP)
}

pub(super) fn clients(tree: &Tree) -> Vec<Finding> {
    behind(tree, &CLIENTS)
}

/// Findings for a wall: dependencies of other crates, and names in code outside its folders.
fn behind(tree: &Tree, wall: &Wall) -> Vec<Finding> {
    let mut findings = Vec::new();
    for manifest in tree.manifests.iter().filter(|manifest| manifest.is_under("crates")) {
        if wall.crates.contains(&manifest.name.as_str()) {
            continue;
        }
        for dependency in manifest.dependencies.iter().filter(|dependency| dependency.kind != Kind::Dev) {
            if wall.packages.contains(&dependency.package.as_str()) {
                let why = format!("{} {}", dependency.package, wall.why);
                findings.push(Finding::new(&manifest.path, dependency.line, why));
            }
        }
    }
    for source in tree.crate_sources() {
        if is_test_path(&source.path) || wall.folders.iter().any(|folder| source.is_under(folder)) {
            continue;
        }
        for package in wall.packages {
            let module = package.replace('-', "_");
            let lines = named(source, &module).into_iter().filter(|line| !source.is_test(*line));
            findings.extend(
                lines.map(|line| Finding::new(&source.path, line, format!("{package} {}", wall.why))),
            );
        }
    }
    findings
}

/// Lines where a path starts with `module`: `module::x`, `::module::x`, `use module;`, `use module as x`.
fn named(source: &Source, module: &str) -> Vec<usize> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '>';
    let starts_path = |offset: &usize| {
        let before = source.code.get(..*offset).unwrap_or_default();
        let after = source.code.get(offset + module.len()..).unwrap_or_default();
        let goes_on = before.strip_suffix("::").is_some_and(|head| head.ends_with(is_word));
        !goes_on && (after.starts_with("::") || before.split_whitespace().next_back() == Some("use"))
    };
    let offsets = word_offsets(&source.code, module).into_iter();
    offsets.filter(starts_path).map(|offset| source.line_at(offset)).collect()
}

/// Crates that get time, ids, keys and bytes as parameters.
const PURE: [&str; 5] = ["domain", "i18n", "identity", "fhir", "memo"];

/// Packages a pure crate cannot have.
const IMPURE_PACKAGES: [&str; 9] =
    ["tokio", "rand", "getrandom", "fastrand", "async-std", "smol", "reqwest", "tempfile", "walkdir"];

/// Names a pure crate cannot say outside its tests.
const IMPURE_NAMES: &[&str] = &[
    "std::fs",
    "TcpStream",
    "TcpListener",
    "UdpSocket",
    "ToSocketAddrs",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "Utc::now",
    "Local::now",
    "SystemRandom",
    "use rand",
    "use ::rand",
    "thread_rng",
    "new_random",
    "new_random_sha256",
    "new_v4",
    "now_v7",
    "async fn",
    ".await",
];

/// Nothing in a pure crate waits, reads a file, looks at the clock or throws dice.
pub(super) fn pure(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for manifest in tree.manifests.iter().filter(|manifest| PURE.contains(&manifest.name.as_str())) {
        for dependency in manifest.dependencies.iter().filter(|dependency| dependency.kind == Kind::Normal) {
            if IMPURE_PACKAGES.contains(&dependency.package.as_str()) {
                let why = format!("{} is pure: no {}", manifest.name, dependency.package);
                findings.push(Finding::new(&manifest.path, dependency.line, why));
            }
        }
    }
    for name in PURE {
        let folder = format!("crates/{name}/src");
        for source in tree.sources.iter().filter(|source| source.is_under(&folder)) {
            for forbidden in IMPURE_NAMES {
                let lines = source.lines_with(forbidden).into_iter().filter(|line| !source.is_test(*line));
                let why = format!("{name} is pure: no `{forbidden}`");
                findings.extend(lines.map(|line| Finding::new(&source.path, line, why.clone())));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::is_sql;

    #[test]
    fn sql_is_told_from_sentences() {
        let sql = |verb: &str, rest: &str| is_sql(&format!("{verb} {rest}"));
        assert!(sql("SELECT", "id FROM person WHERE id = $1"));
        assert!(sql("select", "id from person where id = $1"));
        assert!(sql("with x as (SELECT 1) DELETE", "FROM y"));
        assert!(sql("insert", "into person values (1)"));
        assert!(sql("update", "person set name = $1"));
        assert!(!sql("Select", "a municipality from the list"));
        assert!(!sql("Update", "the settings, then set the clock"));
        assert!(!is_sql("documents.delete.done"));
    }
}
