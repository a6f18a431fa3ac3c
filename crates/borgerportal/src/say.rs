//! Words to the person at the terminal. What the service says of itself goes through the log instead. It
//! refuses to fail: a closed pipe is no reason to stop.

use std::io::Write as _;

/// A line on standard output.
pub fn line(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stdout().lock(), "{}", text.as_ref());
}

/// A line on standard error.
pub fn error(text: impl AsRef<str>) {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.as_ref());
}
