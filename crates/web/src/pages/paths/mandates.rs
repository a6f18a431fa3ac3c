//! The addresses of Digital Fuldmagt. They belong to the signed-in person alone: no journal stands in them,
//! and no draft, request or mandate can be guessed from another.

use crate::pages::mandates::{Step, Way};
use borgerportal_domain::{MandateId, RequestId};

/// All of a person's mandates and requests.
pub const MANDATES: &str = "/fuldmagter";
/// What one has been given.
pub const RECEIVED: &str = "/fuldmagter?side=faaet";
/// The log-in for mandates: no municipality is chosen.
pub const LOG_IN: &str = "/log-paa/fuldmagter";
/// What systems asked about one's mandates.
pub const LOOKUPS: &str = "/fuldmagter/opslag";
/// The form for a mandate in one's own words (PDF).
pub const PAPER: &str = "/fuldmagter/papir";

/// The first page of asking or giving.
#[must_use]
pub const fn begin(way: Way) -> &'static str {
    match way {
        Way::Ask => "/fuldmagter/bed-om",
        Way::Give => "/fuldmagter/giv",
    }
}

/// A draft, without a slash at its end.
#[must_use]
pub fn draft(way: Way, id: &str) -> String {
    format!("{}/{id}", begin(way))
}

/// The word of a step in its address.
#[must_use]
pub const fn step_word(step: Step) -> &'static str {
    match step {
        Step::Person => "person",
        Step::Rights => "rettigheder",
        Step::Period => "periode",
        Step::Sending => "sending",
        Step::Check => "tjek",
    }
}

/// The receipt of a request, which is also its page for the one who asked.
#[must_use]
pub fn asked(request: RequestId) -> String {
    format!("/fuldmagter/bed-om/kvittering/{request}")
}

/// A request, for the one who is asked.
#[must_use]
pub fn request(request: RequestId) -> String {
    format!("/fuldmagter/anmodning/{request}")
}

/// A mandate, for both of its sides.
#[must_use]
pub fn mandate(mandate: MandateId) -> String {
    format!("/fuldmagter/{mandate}")
}
