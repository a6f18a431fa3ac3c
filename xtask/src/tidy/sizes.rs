//! Sizes that keep a file readable in one sitting, and the share of the code that is tests. Length
//! is counted as clippy counts it: lines of a function's body that are neither blank nor comment.

use super::Finding;
use super::source::{Source, item_end, word_offsets};
use super::tree::Tree;

const FILE_LINES_MAX: usize = 400;
const FUNCTION_LINES_MAX: usize = 70;

pub(super) fn files(tree: &Tree) -> Vec<Finding> {
    let rust = tree.sources.iter().map(|source| (&source.path, source.line_count()));
    let scripts = tree.scripts.iter().map(|script| (&script.path, script.lines));
    let long = rust.chain(scripts).filter(|(_, lines)| *lines > FILE_LINES_MAX);
    long.map(|(path, lines)| Finding::new(path, FILE_LINES_MAX + 1, format!("{lines} lines"))).collect()
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

/// "tests are 43.1 % of 12000 lines": product, tools and stories, in Rust and in JavaScript; benches, pages,
/// SQL and snapshots left out.
pub(super) fn test_share(tree: &Tree) -> String {
    let sources = tree.sources.iter().filter(|source| !source.is_under("benches"));
    let sources = sources.map(|source| (source.line_count(), source.test_line_count()));
    let scripts =
        tree.scripts.iter().map(|script| (script.lines, if script.is_test { script.lines } else { 0 }));
    let (all, tests) = sources.chain(scripts).fold((0, 0), |sum, (all, tests)| (sum.0 + all, sum.1 + tests));
    let thousandths = (tests * 1000).checked_div(all).unwrap_or(0);
    let (whole, tenth) = (thousandths / 10, thousandths % 10);
    format!("tests are {whole}.{tenth} % of {all} lines of Rust and JavaScript (benches left out)")
}
