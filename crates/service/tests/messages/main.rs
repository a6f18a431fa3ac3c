//! Messages on both engines: drafts and files, sending once, threads as each reader may see them, answers through the door.

#[cfg(test)]
mod arriving;
#[path = "../errands/common/mod.rs"]
#[cfg(test)]
mod common;
#[cfg(test)]
mod enclosing;
#[cfg(test)]
mod front_page;
#[cfg(test)]
mod sending;
#[cfg(test)]
mod world;
