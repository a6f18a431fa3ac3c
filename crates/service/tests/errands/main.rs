//! Errands on both engines: what comes in, who may see it, what the log says, sessions.

#[cfg(test)]
mod binaries;
#[cfg(test)]
mod common;
#[cfg(test)]
mod conditions;
#[cfg(test)]
mod corrections;
#[cfg(test)]
mod deletions;
#[cfg(test)]
mod deliveries;
#[cfg(test)]
mod existence;
#[cfg(test)]
mod export;
#[cfg(test)]
mod grants;
#[cfg(test)]
mod log;
#[cfg(test)]
mod news;
#[cfg(test)]
mod official;
#[cfg(test)]
mod order;
#[cfg(test)]
mod parents;
#[cfg(test)]
mod path;
#[cfg(test)]
mod persons;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod publication;
#[cfg(test)]
mod relatives;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod told;
