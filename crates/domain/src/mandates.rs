//! Mandates: one person lets another read, act or speak for them. Requests and mandates as two life cycles,
//! the invariants of signing, and the standing that only the clock changes. It refuses custody and
//! guardianship, which are never mandates, and it refuses to change anything that has been signed.

mod catalogue;
mod decided;
mod draft;
mod events;
pub mod import;
mod look_up;
mod mandate;
mod named;
mod often;
mod request;
mod request_states;
mod sign;
mod status;

#[cfg(test)]
mod tests;

pub use crate::asking::{LookUpAnswer, Purpose};
pub use catalogue::{CatalogueEntry, HolderKind, Periods, RightAccess, Subject, Words};
pub use decided::{Decided, review_day};
pub use draft::{Draft, DraftKind, DraftRefusal, Step};
pub use events::{MandateEvent, MandateRefusal};
pub use look_up::{Counting, Covering, LookUp, covering};
pub use mandate::{Mandate, MandateItem, Part, Recorded, Terms};
pub use named::{Named, NamedRefusal};
pub use often::{Before, GiveRefusal, may_ask_again, may_give_again};
pub use request::{Agreed, AskRefusal, Request, RequestLimits, may_ask};
pub use request_states::{RequestAnnulReason, RequestEvent, RequestRefusal, RequestStanding, RequestState};
pub use sign::{Package, SignRefusal};
pub use status::{AnnulReason, Channel, Origin, Party, Standing, Status, SuspendReason, Territory, Validity};
