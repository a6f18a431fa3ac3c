//! What leaves the house as post: Digital Post messages (MeMo 1.1) and accessible letters (PDF). Typed values in,
//! bytes out; it refuses to send, to choose a channel, and to know a clock, a file or a random number.
#![deny(missing_docs)]

pub mod letters;
pub mod lint;
pub mod message;
pub mod pdf;
pub mod read;
pub mod sms;
pub mod xml;
