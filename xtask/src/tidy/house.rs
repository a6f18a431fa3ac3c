//! House rules that no library enforces: who may grant an Access, no read without one, no state that
//! outlives its owner, a first paragraph in every module, no test that is switched off.

use super::Finding;
use super::source::{Source, is_test_path, item_end, word_offsets};
use super::tree::Tree;
use std::path::Path;

/// Where a decided Access may be made.
const GRANTERS: [&str; 2] = ["crates/service/src/access.rs", "crates/service/src/access"];

/// Ways to make an Access. The store defines them and has its own tests; all others ask `service::access`.
const GRANTS: [&str; 2] = ["tx.grant(", "Access::grant("];

pub(super) fn grants(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.crate_sources().filter(|source| !source.is_under("crates/store")) {
        if GRANTERS.iter().any(|granter| source.is_under(granter)) {
            continue;
        }
        for grant in GRANTS {
            let offsets = source.code.match_indices(grant).map(|(offset, _)| source.line_at(offset));
            let why = "makes an Access: ask service::access, which loads the facts itself";
            findings.extend(offsets.map(|line| Finding::new(&source.path, line, why)));
        }
    }
    findings
}

/// Rooms of the record whose every look is a line in the citizen's log.
const READ_ROOMS: [&str; 9] =
    ["items", "documents", "conditions", "plans", "aids", "calendar", "messages", "grants", "access_log"];

/// A public function of a record room in the store that gets a transaction gets an `Access` too.
pub(super) fn reads(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.sources.iter().filter(|source| is_read_room(&source.path)) {
        for offset in word_offsets(&source.code, "pub fn") {
            let head = source.code.get(offset..).and_then(|tail| tail.split('{').next()).unwrap_or_default();
            let line = source.line_at(offset);
            if head.contains("Tx<") && !head.contains("Access") && !source.is_test(line) {
                findings.push(Finding::new(&source.path, line, "reads citizen data without an Access"));
            }
        }
    }
    findings
}

fn is_read_room(path: &Path) -> bool {
    let Ok(inside) = path.strip_prefix("crates/store/src") else { return false };
    let first = inside.iter().next().and_then(|part| part.to_str()).unwrap_or_default();
    !is_test_path(path) && READ_ROOMS.contains(&first.trim_end_matches(".rs"))
}

/// What makes a `static` a state that tests and nodes would share without saying so.
const STATEFUL: [&str; 10] = [
    "Mutex",
    "RwLock",
    "Atomic",
    "RefCell",
    "Cell<",
    "OnceLock",
    "OnceCell",
    "DashMap",
    "ArcSwap",
    "UnsafeCell",
];

pub(super) fn globals(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.crate_sources() {
        let mut found = |line: usize, why: &str| {
            if !source.is_test(line) {
                findings.push(Finding::new(&source.path, line, why));
            }
        };
        for pattern in ["static mut", "thread_local!", "lazy_static!"] {
            for line in source.lines_with(pattern) {
                found(line, &format!("`{pattern}` is global state: pass it down as a value"));
            }
        }
        for offset in word_offsets(&source.code, "static") {
            let item = source.code.get(offset..item_end(&source.code, offset)).unwrap_or_default();
            let kind = item.split('=').next().unwrap_or_default();
            // `&'static T` and `T: 'static` are lifetimes, an item has a name and a type.
            let is_item = kind.contains(':') && !lifetime_before(source, offset);
            if is_item && STATEFUL.iter().any(|word| kind.contains(word)) {
                found(
                    source.line_at(offset),
                    "a `static` that changes is global state: pass it down as a value",
                );
            }
        }
    }
    findings
}

fn lifetime_before(source: &Source, offset: usize) -> bool {
    offset.checked_sub(1).and_then(|at| source.code.as_bytes().get(at)) == Some(&b'\'')
}

/// Every module of the product and of the tools starts with a `//!` paragraph.
pub(super) fn paragraphs(tree: &Tree) -> Vec<Finding> {
    let is_module = |source: &&Source| {
        let path = source.path.to_string_lossy();
        let in_src = path.contains("/src/") && !path.contains("/src/bin/");
        in_src && !is_test_path(&source.path)
    };
    let starts_well = |source: &Source| {
        source.text.trim_start().starts_with("//! ")
            && source.text.lines().next().is_some_and(|line| line.len() > 20)
    };
    let silent = tree.sources.iter().filter(is_module).filter(|source| !starts_well(source));
    silent.map(|source| Finding::new(&source.path, 1, "starts without a `//!` paragraph")).collect()
}

/// A test that does not run says nothing, and reads as if it did.
pub(super) fn ignored(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &tree.sources {
        for pattern in ["#[ignore", "#[should_panic"] {
            let offsets = source.code.match_indices(pattern);
            let lines = offsets.map(|(offset, _)| source.line_at(offset));
            findings.extend(
                lines.map(|line| Finding::new(&source.path, line, format!("`{pattern}]` in a test"))),
            );
        }
    }
    findings
}
