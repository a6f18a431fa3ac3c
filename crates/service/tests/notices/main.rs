//! Notices from the outbox to a box, over the real wire, on both engines: every way in which Digital Post, the
//! register and the printer misbehave, and nodes that die.

#[cfg(test)]
mod faults;
#[path = "../errands/common/faults.rs"]
#[cfg(test)]
mod faults_of;
#[cfg(test)]
mod many;
#[cfg(test)]
mod ways;
#[cfg(test)]
mod world;
