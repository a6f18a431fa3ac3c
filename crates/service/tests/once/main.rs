//! Calling a visit off, sending a message, sending an application: many at once, a process that is killed in the middle, a
//! record system that is slow, wrong or gone, on both engines. What was acknowledged is done; what is done is told to the
//! record system once. `./test` does a little of it, `xtask soak` much.

#[path = "../errands/common/mod.rs"]
#[cfg(test)]
mod common;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod deeds;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod partner;
