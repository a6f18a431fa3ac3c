//! What the tools write to the terminal. All of it goes through here, so that the rest of the tools
//! keep the house's ban on printing and a test can run them silently. Nothing here decides anything.

use std::time::{Duration, Instant};

/// A line on standard output: results a person or a script reads.
#[expect(clippy::print_stdout, reason = "a command-line tool answers on standard output")]
pub(crate) fn line(text: impl AsRef<str>) {
    println!("{}", text.as_ref());
}

/// A line on standard error: progress, which a script does not read.
#[expect(
    clippy::print_stderr,
    reason = "progress is for the person at the terminal, results go to standard output"
)]
pub(crate) fn progress(text: impl AsRef<str>) {
    eprintln!("{}", text.as_ref());
}

/// Announces a step and measures it.
pub(crate) struct Step {
    name: String,
    started: Instant,
}

impl Step {
    pub(crate) fn begin(name: impl Into<String>) -> Self {
        let name = name.into();
        progress(format!("\n── {name} ──"));
        Self { name, started: Instant::now() }
    }

    /// Says how the step ended and returns how long it took.
    pub(crate) fn end(self, outcome: &str) -> Duration {
        let took = self.started.elapsed();
        progress(format!("── {}: {outcome} after {} ──", self.name, duration(took)));
        took
    }
}

/// "0.4 s", "12 s" or "3 min 20 s": as a person says it.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{seconds}.{} s", time.subsec_millis() / 100),
        10..120 => format!("{seconds} s"),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_a_person_says_them() {
        assert_eq!(duration(Duration::from_millis(430)), "0.4 s");
        assert_eq!(duration(Duration::from_millis(12_600)), "12 s");
        assert_eq!(duration(Duration::from_secs(200)), "3 min 20 s");
    }
}
