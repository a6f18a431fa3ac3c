//! Searching Danish text: the same folding and stemming of what is stored and of what is asked, so that
//! "Hjælpemidlet" finds "hjælpemiddel" and "hjaelpemidler". Stored text is one string of stems; a search
//! is a plain substring scan. It refuses ranking and indexes: one citizen's texts are few, and an index
//! would leak what they say.

mod query;
mod snippet;
mod words;

pub use query::{Matcher, Query};
pub use snippet::Snippet;

use words::{fold, stem, words};

/// The form of a text that is stored for searching: its stems, with a space before, between and after.
/// Texts without words give a single space.
///
/// ```
/// use borgerportal_domain::search_text::{Query, indexed};
/// let stored = indexed("Afgørelse om hjælpemidler til Inger");
/// assert!(Query::parse("hjaelpemiddel").matches(&stored));
/// assert!(Query::parse("AFGØRELSEN inger").matches(&stored));
/// assert!(!Query::parse("kørestol").matches(&stored));
/// ```
#[must_use]
pub fn indexed(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(' ');
    for (_, word) in words(text) {
        out.push_str(&stem(&fold(word)));
        out.push(' ');
    }
    out
}

/// Whether a character is none that people see and type: controls, and marks that turn, join or hide what stands
/// beside them. In a name they would make one person's look like another's.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Case, spelling of æøå and accents taken away: "Århus", "AARHUS" and "Aarhus" are all "aarhus". For
/// names and lists; texts go through [`indexed`].
#[must_use]
pub fn folded(text: &str) -> String {
    fold(text)
}
