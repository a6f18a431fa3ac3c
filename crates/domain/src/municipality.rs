//! Danish municipalities: their codes and names, how to find one by typing, and what each has decided for
//! itself. It refuses regions and Christiansø, which is no municipality.

mod codes;
mod policy;

pub use codes::{CodeError, MUNICIPALITIES, Municipality, MunicipalityCode};
pub use policy::{InactiveJournal, MandateSource, Policy, YouthPolicy};
