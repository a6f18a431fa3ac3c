//! Doors for programs: deliveries of record systems, their tokens, and the operator's questions.

pub(crate) mod fhir;
pub(crate) mod health;
pub(crate) mod lookup;
pub(crate) mod token;
