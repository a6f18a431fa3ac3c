//! Why a log-in was not believed. It refuses to carry anything of the token or the person: a code and no more.

use crate::json::ClaimError;
use crate::jws::JwsError;

/// A refused log-in. [`OidcError::code`] is for logs and counters, [`OidcError::sentence`] for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.code())]
pub enum OidcError {
    /// The person pressed cancel at the broker.
    Cancelled,
    /// The broker answered with an error of its own.
    BrokerRefused,
    /// The answer does not belong to the log-in this browser started.
    State,
    /// The person came back after [`super::PENDING_AGE_S_MAX`].
    Late,
    /// The answer, a token or a document is not what the standard says it must be.
    Malformed,
    /// The provider cannot do what we need, or its addresses are not safe.
    Metadata,
    Algorithm,
    /// Fetch the keys again once, then ask again.
    UnknownKey,
    Signature,
    Issuer,
    Audience,
    /// `azp` names another client, or several audiences are named and no `azp`.
    AuthorizedParty,
    Nonce,
    Expired,
    /// `iat` lies in the future, or too far back.
    IssuedAt,
    AuthTimeMissing,
    AuthTimeFuture,
    /// The person logged in too long ago for what was asked.
    AuthTimeStale,
    LevelMissing,
    LevelTooLow,
    /// The identity was made for tests, or is of a kind we do not take (an employee's, another scheme's).
    IdentityKind,
    /// Userinfo speaks of another subject than the ID token.
    Subject,
    CprMissing,
    BirthDateMissing,
    NameMissing,
}

impl OidcError {
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Cancelled => "login.cancelled",
            Self::BrokerRefused => "login.broker.refused",
            Self::State => "login.state",
            Self::Late => "login.late",
            Self::Malformed => "login.malformed",
            Self::Metadata => "login.metadata",
            Self::Algorithm => "login.token.algorithm",
            Self::UnknownKey => "login.token.key",
            Self::Signature => "login.token.signature",
            Self::Issuer => "login.token.issuer",
            Self::Audience => "login.token.audience",
            Self::AuthorizedParty => "login.token.azp",
            Self::Nonce => "login.token.nonce",
            Self::Expired => "login.token.expired",
            Self::IssuedAt => "login.token.issued",
            Self::AuthTimeMissing => "login.time.missing",
            Self::AuthTimeFuture => "login.time.future",
            Self::AuthTimeStale => "login.time.stale",
            Self::LevelMissing => "login.level.missing",
            Self::LevelTooLow => "login.level.low",
            Self::IdentityKind => "login.identity.kind",
            Self::Subject => "login.subject",
            Self::CprMissing => "login.claims.cpr",
            Self::BirthDateMissing => "login.claims.birth",
            Self::NameMissing => "login.claims.name",
        }
    }

    /// The key of what the person is told: five sentences are enough, and none helps somebody who tries tokens.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Cancelled => "login.cancelled",
            Self::State | Self::Late | Self::AuthTimeStale => "login.again",
            Self::LevelMissing | Self::LevelTooLow => "login.level.low",
            Self::IdentityKind => "login.identity.kind",
            Self::BrokerRefused
            | Self::Malformed
            | Self::Metadata
            | Self::Algorithm
            | Self::UnknownKey
            | Self::Signature
            | Self::Issuer
            | Self::Audience
            | Self::AuthorizedParty
            | Self::Nonce
            | Self::Expired
            | Self::IssuedAt
            | Self::AuthTimeMissing
            | Self::AuthTimeFuture
            | Self::Subject
            | Self::CprMissing
            | Self::BirthDateMissing
            | Self::NameMissing => "login.failed",
        }
    }
}

impl From<JwsError> for OidcError {
    fn from(error: JwsError) -> Self {
        match error {
            JwsError::Malformed => Self::Malformed,
            JwsError::Algorithm => Self::Algorithm,
            JwsError::UnknownKey => Self::UnknownKey,
            JwsError::Signature => Self::Signature,
        }
    }
}

impl From<ClaimError> for OidcError {
    fn from(_: ClaimError) -> Self {
        Self::Malformed
    }
}
