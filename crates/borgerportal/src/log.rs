//! The program's own log: one line an event, JSON or text, on standard error. It refuses personal data by
//! what is logged, not by filtering: events carry codes, counts and names of parts.

use crate::config::{Format, Log};
use tracing_subscriber::EnvFilter;

/// Starts logging. A second start in one process (tests) changes nothing.
pub fn start(log: &Log) {
    let parts = log.parts.iter().map(|(part, level)| format!(",{part}={}", level.name()));
    let directives = std::iter::once(log.level.name().to_owned()).chain(parts).collect::<String>();
    let filter = EnvFilter::try_new(directives).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = match log.format {
        Format::Json => builder.json().flatten_event(true).with_current_span(false).try_init(),
        Format::Text => builder.with_target(false).try_init(),
    };
}
