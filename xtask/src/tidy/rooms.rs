//! Rooms: each capability has one name in every layer, and no room opens a door into another. What
//! two rooms share lives in a shared place (people, access, municipality), never in one of them.

use super::Finding;
use super::source::{Source, word_offsets};
use super::tree::Tree;
use std::path::Path;

/// The names of the rooms. A new room is a line here and a folder or file in each layer it needs.
const ROOMS: [&str; 9] =
    ["mandates", "documents", "conditions", "plans", "aids", "calendar", "messages", "grants", "access_log"];

/// Layers with rooms, in the order a request passes them from below.
const LAYERS: [&str; 3] = ["crates/store/src", "crates/service/src", "crates/web/src"];

/// Where a path may start that leads to a room: this crate, or a layer below.
const ROOTS: [&str; 8] = [
    "crate",
    "super",
    "self",
    "borgerportal_store",
    "borgerportal_service",
    "borgerportal_web",
    "store",
    "service",
];

/// The room a file belongs to: the first room's name on its path.
fn room_of(path: &Path) -> Option<&'static str> {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let folders = path.parent().into_iter().flatten().filter_map(|part| part.to_str());
    folders.chain(stem).find_map(|part| ROOMS.into_iter().find(|room| *room == part))
}

/// No room's file in store, service or web names another room of its own layer or of a layer below.
/// The domain's words are for all: facts and rules of several rooms meet in `domain::access`.
pub(super) fn imports(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in tree.crate_sources() {
        if !LAYERS.iter().any(|layer| source.is_under(layer)) {
            continue;
        }
        let Some(own) = room_of(&source.path) else { continue };
        for other in ROOMS.into_iter().filter(|room| *room != own) {
            let lines = import_lines(source, other).into_iter().filter(|line| !source.is_test(*line));
            let finding = |line| Finding::new(&source.path, line, format!("{own} imports {other}"));
            findings.extend(lines.map(finding));
        }
    }
    findings
}

/// Lines on which a path through the layers names `room`, in a `use` or in an expression.
fn import_lines(source: &Source, room: &str) -> Vec<usize> {
    let code = source.code.as_str();
    let mut lines = Vec::new();
    for start in word_offsets(code, "use") {
        let tail = code.get(start..).unwrap_or_default();
        let statement = tail.split(';').next().unwrap_or_default();
        let path = statement.trim_start_matches("use").trim_start();
        if ROOTS.iter().any(|known| starts_path(path, known)) {
            lines.extend(word_offsets(statement, room).iter().map(|at| source.line_at(start + at)));
        }
    }
    for at in word_offsets(code, room) {
        let before = code.get(..at).unwrap_or_default();
        let after = code.get(at + room.len()..).unwrap_or_default();
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let path_start = before.rfind(|c: char| !is_path(c)).map_or(0, |offset| offset + 1);
        let path = before.get(path_start..).unwrap_or_default();
        if after.starts_with("::") && ROOTS.iter().any(|known| starts_path(path, known)) {
            lines.push(source.line_at(at));
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines
}

fn starts_path(path: &str, root: &str) -> bool {
    path.trim_start_matches("::").strip_prefix(root).is_some_and(|rest| rest.starts_with("::"))
}

/// Where a room's file or folder stands by its name. Pages are not here: a page is named after what it shows.
const NAMED: [&str; 5] = [
    "crates/domain/src",
    "crates/store/src",
    "crates/store/sql",
    "crates/service/src",
    "crates/web/src/portal",
];

/// A file or folder in a layer whose name is nearly a room's (singular, squeezed) is a room misspelt.
pub(super) fn names(tree: &Tree) -> Vec<Finding> {
    let squeeze = |name: &str| name.replace(['_', '-'], "").trim_end_matches('s').to_lowercase();
    let mut findings = Vec::new();
    for path in &tree.files {
        let Some(inside) = NAMED.iter().find_map(|layer| path.strip_prefix(layer).ok()) else { continue };
        // Names inside a room are the room's own business.
        for part in inside.iter().filter_map(|part| part.to_str()) {
            let stem = part.split('.').next().unwrap_or(part);
            if ROOMS.contains(&stem) {
                break;
            }
            if let Some(room) = ROOMS.into_iter().find(|room| squeeze(room) == squeeze(stem)) {
                findings.push(Finding::new(
                    path,
                    1,
                    format!("`{stem}` is the room `{room}` by another name"),
                ));
            }
        }
    }
    findings
}
