//! Relying party for the OpenID Connect authorization-code flow, against a MitID broker or any plain provider.
//!
//! 1. [`begin`] makes the address the browser is sent to, and the [`Pending`] log-in that the session keeps.
//! 2. The browser comes back with a [`Callback`]; [`Pending::accept`] lets its code through or refuses it.
//! 3. The caller (crate `partners`) trades the code for tokens and asks for userinfo.
//! 4. [`prove`] checks all of it and returns a [`ProvenLogin`], or an [`OidcError`]. On [`OidcError::UnknownKey`]
//!    the caller fetches the keys again, once, and asks again.
//!
//! It refuses implicit and hybrid flows, answers without PKCE S256, state or nonce, another issuer or audience, old or
//! future tokens, a log-in below the level that is needed, and identities made for tests unless configured.

mod claims;
mod config;
mod error;
mod level;
mod metadata;
mod request;
mod token;

pub use claims::{Privileges, ProvenLogin, prove};
pub use config::{ClaimNames, Identities, RelyingParty};
pub use error::OidcError;
pub use level::level_from_claim;
pub use metadata::{Metadata, loopback};
pub use request::{Ask, Callback, Entropy, Pending, Purpose, begin, logout_url};
pub use token::{Tokens, client_assertion};

/// How far two clocks may differ, in seconds, when `exp` and `iat` are looked at.
pub const CLOCK_LEEWAY_S: i64 = 60;
/// How far two clocks may differ at a step-up. Shorter: within it an old log-in could pass as a fresh one.
pub const FRESH_LEEWAY_S: i64 = 10;
/// An ID token is used the moment it is fetched; one issued longer ago than this comes from somewhere else.
pub const ID_TOKEN_AGE_S_MAX: i64 = 600;
/// A person gets this long at the broker.
pub const PENDING_AGE_S_MAX: i64 = 1800;

#[cfg(test)]
mod tests;
