//! What a browser brings along: its cookies, its language, where it comes from. A token is only carried here;
//! whether it is worth anything, the store knows.

pub(crate) mod cookies;
pub(crate) mod csrf;
pub(crate) mod sent;
pub(crate) mod visit;

pub(crate) use visit::{View, Visit};
