//! The calendar on both engines: what is shown, calling off and thinking better of it, many at once, and what calendar
//! programs get.

#[cfg(test)]
mod act;
#[cfg(test)]
mod cancelling;
#[path = "../errands/common/mod.rs"]
#[cfg(test)]
mod common;
#[cfg(test)]
mod feeds;
#[cfg(test)]
mod races;
#[cfg(test)]
mod seen;
