//! Runs a program so that its lines appear as they come and can be read afterwards. It refuses to
//! hide output: whatever a step says, the person at the terminal sees.

use crate::say;
use anyhow::{Context, Result};
use std::ffi::OsString;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

/// A program to run.
pub(crate) struct Program {
    command: Command,
    name: String,
}

/// How it went.
pub(crate) struct Ran {
    pub(crate) success: bool,
    /// Standard output, then standard error.
    pub(crate) output: String,
}

impl Program {
    pub(crate) fn new(name: &str, folder: &Path) -> Self {
        let mut command = Command::new(name);
        command.current_dir(folder);
        Self { command, name: name.to_owned() }
    }

    pub(crate) fn cargo(folder: &Path) -> Self {
        let mut program = Self::new("cargo", folder);
        program.command = Command::new(cargo());
        program.command.current_dir(folder);
        // What Cargo told this tool about itself is not for the Cargo it starts: build scripts watch these
        // variables, and everything above `ring` would be built anew each time the tool is used or not.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy();
            if ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start)) {
                program.command.env_remove(&*name);
            }
        }
        program
    }

    pub(crate) fn args<const N: usize>(mut self, args: [&str; N]) -> Self {
        self.command.args(args);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn run(mut self) -> Result<Ran> {
        let mut child = self
            .command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start {}", self.name))?;
        let stdout = child.stdout.take().map(echo);
        let stderr = child.stderr.take().map(echo);
        let mut output = String::new();
        for reader in [stdout, stderr].into_iter().flatten() {
            output.push_str(&reader.join().unwrap_or_default());
        }
        Ok(Ran { success: child.wait()?.success(), output })
    }
}

/// Reads lines on a thread of its own, shows each, and returns them all.
fn echo(stream: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut all = String::new();
        let lines = BufReader::new(stream).split(b'\n');
        for line in lines.map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            say::progress(&line);
            all.push_str(&line);
            all.push('\n');
        }
        all
    })
}

/// The Cargo that runs this tool.
pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

pub(super) fn has_cargo_command(name: &str) -> bool {
    let output = Command::new(cargo()).args([name, "--version"]).output();
    output.is_ok_and(|output| output.status.success())
}
