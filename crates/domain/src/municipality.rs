//! Danish municipalities: their codes and names, how to find one by typing, and what each has decided for
//! itself. It refuses regions and Christiansø, which is no municipality.

mod codes;
mod departments;
mod policy;
mod publication;
mod search;
mod settings;

pub use codes::{CodeError, MUNICIPALITIES, Municipality, MunicipalityCode};
pub use departments::{Closed, Department, Departments, Hours};
pub use policy::{InactiveJournal, MandateSource, Policy, YouthPolicy};
pub use publication::PublicationRule;
pub use search::{in_danish_order, search};
pub use settings::{AccessSettings, Link, Links, Look, Phone, Settings, SettingsError, Support, Texts};
