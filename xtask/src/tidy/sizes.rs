//! Sizes that keep a file readable in one sitting, and the share of the code that is tests. Length
//! is counted as clippy counts it: lines of a function's body that are neither blank nor comment.

use super::Finding;
use super::source::{Source, item_end, word_offsets};
use super::tree::Tree;

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;

pub(super) fn files(tree: &Tree) -> Vec<Finding> {
    let long = tree.sources.iter().filter(|source| source.line_count() > FILE_LINES_MAX);
    long.map(|source| {
        Finding::new(&source.path, FILE_LINES_MAX + 1, format!("{} lines", source.line_count()))
    })
    .collect()
}

pub(super) fn functions(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &tree.sources {
        for offset in word_offsets(&source.code, "fn") {
            let (name, lines) = measure(source, offset);
            if lines > FUNCTION_LINES_MAX {
                let why = format!("{name} has {lines} lines");
                findings.push(Finding::new(&source.path, source.line_at(offset), why));
            }
        }
    }
    findings
}

/// Name and body length of the function whose `fn` stands at `offset`; no body is length 0.
fn measure(source: &Source, offset: usize) -> (&str, usize) {
    let item = source.code.get(offset..item_end(&source.code, offset)).unwrap_or_default();
    let name = item.get(2..).unwrap_or_default().trim_start();
    let name = name.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    let body = item.split_once('{').map_or("", |(_, body)| body);
    // The closing brace is not part of the body.
    let lines = body.lines().filter(|line| !line.trim().is_empty()).count();
    (name, lines.saturating_sub(1))
}

/// "Tests are 43 % of 12,000 lines": product, tools and stories; benches and snapshots left out.
pub(super) fn test_share(tree: &Tree) -> String {
    let counted = || tree.sources.iter().filter(|source| !source.is_under("benches"));
    let all: usize = counted().map(Source::line_count).sum();
    let tests: usize = counted().map(Source::test_line_count).sum();
    let share = (tests * 100).checked_div(all).unwrap_or(0);
    format!("tests are {share} % of {all} lines of Rust (benches left out)")
}
