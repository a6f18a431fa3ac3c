//! From runs to figures: medians of interleaved runs, in whole numbers.

use crate::client::{Load, Requests, run};
use crate::server::Server;
use anyhow::Result;
use std::time::Duration;

/// Medians of several runs of one thing.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Figure {
    /// Answers a second.
    pub(crate) rate: u64,
    /// The slowest and the fastest run.
    pub(crate) rates: (u64, u64),
    /// CPU time of the server for one answer, µs.
    pub(crate) cpu_us: u64,
    /// Half of the answers came within, µs.
    pub(crate) p50_us: u64,
    /// 99 of 100 came within, µs.
    pub(crate) p99_us: u64,
    /// Bytes of an answer with its headers.
    pub(crate) bytes: u64,
    /// Memory of the server alone, KiB.
    pub(crate) memory_kib: u64,
    /// Answers that were not 200.
    pub(crate) wrong: u64,
}

/// One thing that is run: a server and what it is asked.
pub(crate) struct Runner<'a> {
    pub(crate) server: &'a Server,
    pub(crate) requests: Requests,
}

/// How long and how often.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    /// Connections at once.
    pub(crate) connections: usize,
    /// Of one run.
    pub(crate) time: Duration,
    /// Runs of each; odd.
    pub(crate) rounds: usize,
}

/// Runs them in turn, round by round, so that whatever else the machine does hits all of them.
pub(crate) async fn interleaved(runners: &[Runner<'_>], effort: Effort) -> Result<Vec<Figure>> {
    let mut runs: Vec<Vec<Figure>> = runners.iter().map(|_| Vec::new()).collect();
    for runner in runners {
        run(runner.server.address, effort.connections, &runner.requests, effort.time / 4).await?;
    }
    for _ in 0..effort.rounds {
        for (runner, figures) in runners.iter().zip(&mut runs) {
            let before = runner.server.cpu_us()?;
            let load = run(runner.server.address, effort.connections, &runner.requests, effort.time).await?;
            let cpu = runner.server.cpu_us()? - before;
            figures.push(one(&load, cpu, runner.server.memory_kib()?.0));
        }
    }
    Ok(runs.iter().map(|runs| medians(runs)).collect())
}

fn one(load: &Load, cpu_us: u64, memory_kib: u64) -> Figure {
    let all = (load.answers + load.wrong).max(1);
    Figure {
        rate: load.rate(),
        rates: (load.rate(), load.rate()),
        cpu_us: cpu_us / all,
        p50_us: load.percentile(500),
        p99_us: load.percentile(990),
        bytes: load.bytes / all,
        memory_kib,
        wrong: load.wrong,
    }
}

fn medians(runs: &[Figure]) -> Figure {
    let of = |pick: fn(&Figure) -> u64| median(runs.iter().map(pick));
    let rates = runs.iter().map(|run| run.rate);
    Figure {
        rate: of(|run| run.rate),
        rates: (rates.clone().min().unwrap_or(0), rates.max().unwrap_or(0)),
        cpu_us: of(|run| run.cpu_us),
        p50_us: of(|run| run.p50_us),
        p99_us: of(|run| run.p99_us),
        bytes: of(|run| run.bytes),
        memory_kib: of(|run| run.memory_kib),
        wrong: runs.iter().map(|run| run.wrong).sum(),
    }
}

/// The middle one.
pub(crate) fn median(values: impl Iterator<Item = u64>) -> u64 {
    let mut all: Vec<u64> = values.collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or(0)
}

/// `part / whole` as "0.213".
#[must_use]
pub(crate) fn ratio(part: u64, whole: u64) -> String {
    let per_mille = part * 1_000 / whole.max(1);
    format!("{}.{:03}", per_mille / 1_000, per_mille % 1_000)
}

/// A duration in whole microseconds.
#[must_use]
pub(crate) fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}

/// Microseconds as milliseconds: "6.2".
#[must_use]
pub(crate) fn millis(micros: u64) -> String {
    format!("{}.{}", micros / 1_000, micros % 1_000 / 100)
}

/// Thousands set apart: "12 400".
#[must_use]
pub(crate) fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_as_people_read_them() {
        assert_eq!(
            (ratio(213, 1_000), ratio(1, 0), ratio(3, 2)),
            ("0.213".into(), "1.000".into(), "1.500".into())
        );
        assert_eq!(
            (millis(6_250), spaced(12_400), spaced(900)),
            ("6.2".into(), "12 400".into(), "900".into())
        );
        assert_eq!(median([5, 1, 9].into_iter()), 5);
    }
}
