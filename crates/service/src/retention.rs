//! How long what has served its purpose is kept. The record, the access log and read marks are no matter of this: they are
//! kept as long as the journal is. It refuses to keep anything for no time at all: what somebody reads now must be there.

/// Days after which something is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Answers of errands, so that a second try of the same errand gets the first answer.
    pub answers: u16,
    /// Drafts that nobody has touched.
    pub drafts: u16,
    /// Look-ups of authorities, with what they were told.
    pub lookups: u16,
    /// Mandates and requests with what was signed, after their end: as long as claims out of them live.
    pub mandates: u16,
    /// Notices and letters that are at rest.
    pub notices: u16,
}

impl Default for Retention {
    fn default() -> Self {
        Self { answers: 7, drafts: 7, lookups: 730, mandates: 5 * 365 + 1, notices: 400 }
    }
}
