//! Mandates: one person lets another read, act or speak for them. Requests and mandates as two life cycles,
//! the invariants of signing, and the standing that only the clock changes. It refuses custody and
//! guardianship, which are never mandates, and it refuses to change anything that has been signed.

mod status;

pub use status::{AnnulReason, Channel, Origin, Party, Standing, Status, SuspendReason, Territory, Validity};
