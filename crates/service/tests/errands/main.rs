//! Errands on both engines: what comes in, who may see it, what the log says, sessions.

#[cfg(test)]
mod common;
#[cfg(test)]
mod official;
#[cfg(test)]
mod parents;
#[cfg(test)]
mod path;
#[cfg(test)]
mod relatives;
