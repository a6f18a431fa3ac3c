//! What a file really is, by its first bytes. Only PDF, PNG and JPEG pass. It refuses to trust the stated
//! content type.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::outcome::Reason;

/// A kind of file that citizens can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl FileKind {
    /// The media type to serve it as.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }
}

/// How EDIFACT, CDA, OIOXML and FHIR messages begin.
const MESSAGES: [&[u8]; 5] = [b"UNA", b"UNB", b"UNH", b"<", b"{"];

/// What the file is; or why it may not pass, with messages between professionals told apart.
pub fn sniff(bytes: &[u8]) -> Result<FileKind, Reason> {
    if bytes.starts_with(b"%PDF-") {
        return Ok(FileKind::Pdf);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(FileKind::Png);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(FileKind::Jpeg);
    }
    // UTF-16 becomes readable by leaving out the zero bytes; a byte order mark and white space do not count.
    let start: Vec<u8> = bytes
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff) && !byte.is_ascii_whitespace())
        .take(8)
        .collect();
    if MESSAGES.iter().any(|mark| start.starts_with(mark)) { Err(Reason::Message) } else { Err(Reason::File) }
}

/// The same from base64 text, reading only its beginning.
pub(super) fn sniff_base64(text: &str) -> Result<FileKind, Reason> {
    let start: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).take(64).collect();
    let whole = start.len() - start.len() % 4;
    let bytes = start.get(..whole).and_then(|start| STANDARD.decode(start).ok()).unwrap_or_default();
    sniff(&bytes)
}

/// The bytes of base64 text, white space allowed.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        let plain: Vec<u8> = text.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        return STANDARD.decode(plain).ok();
    }
    STANDARD.decode(text).ok()
}
