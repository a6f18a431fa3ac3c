//! Aids on both engines: what is shown in each municipal mode, applying from the first question to the last word of the
//! record system, and asking about loans, alone and many at once.

#[cfg(test)]
mod applying;
#[cfg(test)]
mod asking;
#[path = "../errands/common/mod.rs"]
#[cfg(test)]
mod common;
#[cfg(test)]
mod seen;
#[cfg(test)]
mod world;
