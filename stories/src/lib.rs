//! A whole portal for one story: the real server on a real port, over a fresh store on either engine, with the
//! simulated MitID broker and custody register on the real wire, and people who come with a browser. It refuses
//! shortcuts through the program: whoever is in has logged in, and what is in the record came through the FHIR
//! door. Only mandates and what registers know are written directly, because the portal has no page for them yet.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a story stops where it is surprised"
)]

mod browser;
mod cast;
pub mod deliveries;
pub mod html;
pub mod mandates;
mod medicine;
mod record_system;
mod visitor;
mod world;

pub use browser::{Browser, Page};
pub use cast::*;
pub use medicine::{MEDICINE, Medicine};
pub use record_system::RecordSystem;
pub use visitor::{DocumentRow, Visitor, rows};
pub use world::{DELIVERIES_A_MINUTE, Orders, World};

/// Helsingør, where the stories happen.
pub const HELSINGOR: &str = "0217";
/// Randers, which is in too.
pub const RANDERS: &str = "0730";
/// Aarhus, which is not.
pub const AARHUS: &str = "0751";

/// A number from the environment, for the soak; small in `./test`.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the soak says how much")]
pub fn how_many(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
