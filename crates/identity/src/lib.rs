//! Log-in proofs: bytes and keys in, proven facts out.
//!
//! This crate decides whether what a broker or a record system says about itself is true: it builds the request
//! that starts a log-in, checks every byte of the answer, and hands over a [`oidc::ProvenLogin`] or a
//! [`system_clients::ProvenClient`]; nothing else in the portal reads a token.
//!
//! It refuses to fetch anything, to look at a clock and to make randomness: keys, `now` and entropy are
//! parameters. It refuses to say *what* was wrong with a token beyond a code, so that no token and nothing personal
//! can end in a log.

mod json;
pub mod jws;
pub mod oidc;
pub mod oiobpp;
pub mod proof;
mod secret;
pub mod system_clients;

pub use json::{ClaimError, Claims};
pub use secret::Secret;
