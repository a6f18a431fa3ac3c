//! Danish municipalities: their codes and names, how to find one by typing, and what each has decided for
//! itself. It refuses regions and Christiansø, which is no municipality.

mod aids;
mod codes;
mod complaints;
mod contact;
mod departments;
mod links;
mod modules;
mod policy;
mod publication;
mod search;
mod settings;
mod visits;

pub use aids::{AidKind, AidOption, AidQuestion, Aids, AidsMode, Papers};
pub use codes::{CodeError, MUNICIPALITIES, Municipality, MunicipalityCode};
pub use complaints::{Complaints, LetterDays};
pub use contact::{Borgerservice, Phone, Support};
pub use departments::{Closed, Department, Departments, Hours};
pub use links::{Link, Links};
pub use modules::{Module, Modules};
pub use policy::{InactiveJournal, Left, MandateSource, Policy, YouthPolicy};
pub use publication::PublicationRule;
pub use search::{in_danish_order, search};
pub use settings::{AccessSettings, Look, Settings, SettingsError, Texts};
pub use visits::Visits;
