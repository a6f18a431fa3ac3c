//! The program as an operator meets it: an installation in a folder of its own, with the partners beside it.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    reason = "a test stops where it is surprised"
)]

mod backup;
mod doctor;
mod leaving;
mod mandates;
mod mistakes;
mod notices;
mod operating;
mod outgoing;
mod papers;
mod paused;
mod place;
