//! What the benches write to the terminal. All of it goes through here, so that the rest keeps the house's ban
//! on printing.

/// A line on standard output: results, and what a parent process reads.
#[expect(clippy::print_stdout, reason = "a command-line tool answers on standard output")]
pub(crate) fn line(text: impl AsRef<str>) {
    println!("{}", text.as_ref());
}

/// A line on standard error: progress.
#[expect(clippy::print_stderr, reason = "progress is for the person at the terminal")]
pub(crate) fn progress(text: impl AsRef<str>) {
    eprintln!("{}", text.as_ref());
}
