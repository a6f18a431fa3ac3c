//! What is signed: the exact text that is shown, byte for byte.

/// A text to be shown and signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedText {
    /// Paragraphs with an empty line between, lines inside a paragraph with a line break. Show all of it, and
    /// nothing else, above the button that signs.
    pub text: String,
    /// SHA-256 of the text in UTF-8, in hexadecimal. Comes back with the form, so that what was signed is what
    /// was shown: if anything has changed meanwhile the errand answers [`crate::Problem::Stale`].
    pub hash: String,
}

impl SignedText {
    /// The paragraphs, each with its lines.
    pub fn paragraphs(&self) -> impl Iterator<Item = Vec<&str>> {
        self.text.split("\n\n").map(|paragraph| paragraph.lines().collect())
    }
}
