//! Whatever arrives from outside: real examples, bent in thousands of ways, thrown at every reader. A reader may
//! refuse; it may not panic, hang, or believe what it should not. `PORTAL_FUZZ` says for how many seconds each target
//! is played (5, the soak says more), `PORTAL_FUZZ_SEED` from which number on. What broke a target is kept
//! under `seeds/<target>/found-…` and is played first from then on.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a story stops where it is surprised"
)]

mod deliveries;
mod logins;
mod mutate;
mod pages;
mod papers;
mod play;
mod senders;
mod typed;
