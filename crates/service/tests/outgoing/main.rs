//! What is told to a record system, over the real wire, on both engines: every way in which it misbehaves, answers
//! that are wrong, late and repeated, and nodes that die. Nothing is lost, and nothing is there twice.

#[cfg(test)]
mod answers;
#[path = "../errands/common/mod.rs"]
#[cfg(test)]
mod common;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod many;
#[cfg(test)]
mod world;
