//! Record systems that send and reconcile data: OAuth 2.0 client credentials with a signed assertion (RFC 7523), each
//! client bound to one municipality.
//!
//! 1. [`TokenRequest::parse`] reads the form, [`TokenRequest::client_id`] says whose registration to look up.
//! 2. [`prove`] checks the assertion with the registered keys. The caller stores the returned `jti` until
//!    `keep_jti_until`, in the same transaction, and refuses one it already has.
//! 3. [`AccessTokens::issue`] makes a short opaque token; [`AccessTokens::read`] says later whose it is.
//!
//! It refuses shared secrets, keys that come with the assertion, assertions for another address or of more than five
//! minutes, and scopes the client was not given.

mod access_token;
mod assertion;
mod scope;

pub use access_token::{AccessTokens, SystemCaller, TOKEN_S};
pub use assertion::{ASSERTION_S_MAX, ProvenClient, RegisteredClient, TokenRequest, prove};
pub use scope::{Deed, MandateScope, Scope};

/// Why a client was refused. [`ClientError::oauth_code`] is what RFC 6749 lets us say; `code` is for logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum ClientError {
    /// The form is not a request for a token, or says something twice.
    Request,
    GrantType,
    /// The assertion is not a token, or its signature, algorithm or key is wrong.
    Assertion,
    /// Signed by the right client for somebody else.
    Audience,
    /// Issuer and subject are not both the client.
    Client,
    Expired,
    /// Issued in the future, or good for more than five minutes.
    Lifetime,
    /// Without a `jti` a copy could be used again.
    Jti,
    Scope,
    /// The access token is not ours, was changed, or has run out.
    Token,
}

impl ClientError {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Request => "client.request",
            Self::GrantType => "client.grant_type",
            Self::Assertion => "client.assertion",
            Self::Audience => "client.audience",
            Self::Client => "client.name",
            Self::Expired => "client.expired",
            Self::Lifetime => "client.lifetime",
            Self::Jti => "client.jti",
            Self::Scope => "client.scope",
            Self::Token => "client.token",
        }
    }

    /// The `error` of the answer. Everything about who the client is has one code: it must not help to guess.
    #[must_use]
    pub fn oauth_code(self) -> &'static str {
        match self {
            Self::Request => "invalid_request",
            Self::GrantType => "unsupported_grant_type",
            Self::Scope => "invalid_scope",
            Self::Token => "invalid_token",
            Self::Assertion | Self::Audience | Self::Client | Self::Expired | Self::Lifetime | Self::Jti => {
                "invalid_client"
            }
        }
    }
}

#[cfg(test)]
mod tests;
