//! Text that must not be seen. It refuses to be shown by `Debug` and has no `Display`; comparing two of them takes
//! the same time wherever they differ.

use ring::digest::{SHA256, digest};
use serde::{Deserialize, Serialize};

/// A token, code, verifier or client secret. `expose` is for the wire and for sealing, never for a log.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Equal to `other`? Digests are compared, so the time tells nothing about where the two differ.
    #[must_use]
    pub fn is(&self, other: &str) -> bool {
        digest(&SHA256, self.0.as_bytes()).as_ref() == digest(&SHA256, other.as_bytes()).as_ref()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_compared_and_never_shown() {
        let secret = Secret::new("s3cret".to_owned());
        assert!(secret.is("s3cret"));
        assert!(!secret.is("s3cret "));
        assert_eq!(format!("{secret:?}"), "Secret(hidden)");
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"s3cret\"");
    }
}
