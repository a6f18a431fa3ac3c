//! A server in a process of its own, so that its CPU time and memory are its own; and what the kernel says of it.

use anyhow::{Context as _, Result};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The kernel counts CPU time in hundredths of a second.
const TICK_US: u64 = 10_000;

/// A child that serves.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts this program again with these arguments and waits until it says where it listens.
    pub(crate) fn start(arguments: &[&str]) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("start the server")?;
        let out = child.stdout.take().context("its standard output")?;
        let mut line = String::new();
        BufReader::new(out).read_line(&mut line)?;
        let address =
            line.trim().parse().with_context(|| format!("the server did not come up: {arguments:?}"))?;
        Ok(Self { child, address })
    }

    /// A server of these bytes.
    pub(crate) fn fixed(body: &Path) -> Result<Self> {
        Self::start(&["serve", "fixed", "--body", body.to_str().context("a path")?])
    }

    /// User and system time so far, µs.
    pub(crate) fn cpu_us(&self) -> Result<u64> {
        cpu_us(self.child.id())
    }

    /// From now on the most memory is counted anew.
    pub(crate) fn forget_peak(&self) -> Result<()> {
        Ok(std::fs::write(format!("/proc/{}/clear_refs", self.child.id()), "5")?)
    }

    /// The most that was ever resident, KiB.
    pub(crate) fn peak_kib(&self) -> Result<u64> {
        self.status_kib("VmHWM:")
    }

    /// Memory that is its own, and all that is resident (with the pages of the database file), KiB.
    pub(crate) fn memory_kib(&self) -> Result<(u64, u64)> {
        Ok((self.status_kib("RssAnon:")?, self.status_kib("VmRSS:")?))
    }

    fn status_kib(&self, name: &str) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        Ok(line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It holds nothing that is not durable.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// User and system time of a process, µs.
pub(crate) fn cpu_us(process: u32) -> Result<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name may hold anything: numbers are counted from the bracket behind it.
    let (_, rest) = stat.rsplit_once(')').context("/proc/…/stat")?;
    let ticks = rest.split_whitespace().skip(11).take(2).map(|ticks| ticks.parse::<u64>().unwrap_or(0));
    Ok(ticks.sum::<u64>() * TICK_US)
}
