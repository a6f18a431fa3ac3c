//! Letters on paper and on screen: tagged PDF with title, language, headings, lists and tables in reading order,
//! bookmarks and embedded fonts (PDF/UA-1 and PDF/A-2a). A small layout of our own; it refuses a CPR number
//! anywhere on a page, pictures, and documents that nobody would read to the end.

mod code39;
mod contents;
mod draw;
mod flow;
mod sheet;
mod text;

pub(crate) use sheet::{Frame, Sheet};

/// The most pages a document may have.
pub const PAGES_MAX: usize = 20;
/// The most pages a volume of a record may have.
pub const RECORD_PAGES_MAX: usize = 2_000;
/// The longest single text, in characters.
pub const TEXT_MAX: usize = 20_000;

/// A finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has, as its feet say.
    pub pages: usize,
}

/// Why a document cannot be made. Never holds its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unprintable {
    /// Something that reads as a CPR number would stand on a page or in the window of the envelope.
    #[error("something like a CPR number would be printed")]
    CprLike,
    /// A text or the whole document is too long.
    #[error("too long to be printed")]
    TooLong,
    /// A text that must be there is empty, or has nothing that can be shown.
    #[error("a text is empty")]
    Empty,
    /// The return code has characters other than `A–Z`, `0–9` and `-`, or is longer than a line.
    #[error("not a return code")]
    Code,
    /// The PDF library refused; a fault of ours.
    #[error("the PDF library refused")]
    Library,
}
