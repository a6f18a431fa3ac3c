//! Every partner on the real wire, so that the demo and the tests run the code that production runs.
//!
//! A simulator speaks the partner's own protocol over TCP, knows only the people it is given, and misbehaves on
//! request: `POST /_faults` with [`Orders`]. It refuses to be part of the operator's build, to share code with the
//! clients it is there to test (but for signing), and to hold a clock of its own: the demo can move time.

pub mod addresses;
pub mod broker;
pub mod custody;
pub mod digital_post;
mod faults;
pub mod letters;
pub mod mail;
pub mod medicine;
mod page;
mod portal;
pub mod record_system;
mod running;
mod tls;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use borgerportal_domain::Timestamp;

pub use faults::{Fault, Orders};
pub use running::Running;
pub use tls::MutualTls;

/// The caller's clock, shared with the portal so that both agree.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// A simulator goes on after a panic of another request.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
