//! The table in `docs/performance.md`: written whole by the command, never by hand, so that every figure has its
//! command. What the figures mean is said in the sections that made them.

use anyhow::Result;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// A part of the report.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// Heading.
    pub(crate) title: String,
    /// Markdown.
    pub(crate) text: String,
}

/// Everything as one page. `asked` is the command line after the program's name.
pub(crate) fn page(sections: &[Section], asked: &str, today: &str) -> String {
    let head = "# Performance\n\n\
        Written by the benches; do not edit. Every figure is the median of interleaved runs of the real program in a \
        process of its own (release build, one process for the server, its CPU time from `/proc`), beside a floor from \
        the same run: what no server of this kind can beat on this machine at this moment. Answers are compared without \
        compression (`identity`) on both sides; sealing, access decision and durable access log are on. The log is \
        flushed to disk before any answer leaves. Load comes from the same machine: rates are what is left beside the \
        load generator, so compare ratios and CPU time, not rates.\n\n";
    let mut text = format!(
        "{head}- command: `cargo run --release -p borgerportal-benches -- {asked}`\n- date: {today}, commit {}\n- machine: {}\n",
        commit(),
        machine()
    );
    for section in sections {
        let _ = write!(text, "\n## {}\n\n{}", section.title, section.text);
    }
    text.push_str(LIMITS);
    text
}

/// What stands behind the figures; to be read again whenever they change.
const LIMITS: &str = include_str!("report/limits.md");

/// Writes the page.
pub(crate) fn write(file: &Path, page: &str) -> Result<()> {
    Ok(std::fs::write(file, page)?)
}

fn commit() -> String {
    let said = Command::new("git").args(["describe", "--always", "--dirty"]).output();
    said.ok()
        .and_then(|out| String::from_utf8(out.stdout).ok())
        .map_or_else(String::new, |text| text.trim().to_owned())
}

fn machine() -> String {
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let model = model.trim_start_matches(['\t', ' ', ':']);
    let cores = cpu.lines().filter(|line| line.starts_with("processor")).count();
    let memory: u64 =
        read("/proc/meminfo").split_whitespace().nth(1).and_then(|kib| kib.parse().ok()).unwrap_or(0);
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    format!(
        "{cores} cores ({model}), {} GiB memory; virtual, shared with other work (load average {load} at the end)",
        memory >> 20
    )
}
