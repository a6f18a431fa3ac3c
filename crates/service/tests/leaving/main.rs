//! A municipality that leaves, on both engines: all of it and nothing else goes out; nothing of it and everything else stays.

#[path = "../errands/common/mod.rs"]
#[cfg(test)]
mod common;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod exporting;
#[path = "../messages/world.rs"]
#[expect(dead_code, reason = "these tests use part of it")]
#[cfg(test)]
mod messages;
#[cfg(test)]
mod world;
