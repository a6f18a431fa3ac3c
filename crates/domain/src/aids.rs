//! Aids: what an application must say before it is sent, how far it has come, when an answer is promised, how far a
//! loan is on its way, and what may be asked about it. Which kinds there are is the municipality's. It refuses to
//! decide an application.

mod application;
mod loan;
mod record;
#[cfg(test)]
mod tests;

pub use application::{Aim, Answers, ApplyRefusal, Draft, Lasting, Occasion, Stage, Step, Supplier, Why};
pub use loan::{AskKind, AskRefusal, DeliveryStep};
pub use record::{Comes, Device, Granted, Lent, Loan, Told, loans};
