//! PostgreSQL as a server that others run: reached over TLS or not at all, and a connection that breaks.

#![expect(clippy::unwrap_used, reason = "a test stops where it is surprised")]

#[path = "../common/mod.rs"]
mod common;
mod reconnect;
mod tls;
