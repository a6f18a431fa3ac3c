//! Deliveries from bytes to state: ours and the official ones, what they make of a record, what is refused.

#[cfg(test)]
mod common;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod official;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod stories;
