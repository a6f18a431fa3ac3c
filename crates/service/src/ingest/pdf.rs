//! The words of a PDF, so that a document is also found by what stands in its file. A PDF is a stranger's program:
//! it is read on a thread of its own, before any errand, within bytes, pages, unpacked bytes and time. One that is
//! too large, cannot be read or breaks the reader is kept and shown all the same; it only adds no words. Nothing is
//! drawn, no picture is read, and no text of it ever stands in an error.

use borgerportal_domain::search_text::indexed;
use lopdf::content::{Content, Operation};
use lopdf::{Document, Encoding, LoadOptions, Object, ObjectId};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// Larger files are scans.
const LONGEST_FILE: usize = 25 << 20;
/// Pages that are read; what comes after them is not found.
const MOST_PAGES: usize = 300;
/// Bytes that one compressed part may unpack to.
const UNPACKED: usize = 8 << 20;
/// Bytes of text that are kept.
const LONGEST_TEXT: usize = 256 << 10;
/// How long a delivery waits for one file.
const LONGEST_TIME: Duration = Duration::from_secs(10);
/// Files that are read at once: hostile ones can hold up each other, but nobody else.
const AT_ONCE: usize = 2;
/// Moves between letters, in thousandths of their size, from which on it is a space.
const WIDE: f32 = -200.0;
/// What the library writes for a font whose letters it cannot tell.
const UNTOLD: &str = "?Identity-H Unimplemented?";

/// Reads PDFs, a few at a time.
pub(crate) struct PdfReader(Arc<Semaphore>);

impl Default for PdfReader {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl PdfReader {
    /// The words as they are stored for searching; empty when there is nothing to read.
    pub(crate) async fn words(&self, bytes: &[u8]) -> String {
        if bytes.len() > LONGEST_FILE {
            return String::new();
        }
        let (bytes, stop) = (bytes.to_vec(), Arc::new(AtomicBool::new(false)));
        let (slots, stopped) = (Arc::clone(&self.0), Arc::clone(&stop));
        let reading = async move {
            let slot = slots.acquire_owned().await.ok()?;
            let read = tokio::task::spawn_blocking(move || {
                // Given back when the thread is done, not when nobody waits for it any more.
                let _slot = slot;
                indexed(&text(&bytes, &stopped))
            });
            read.await.ok()
        };
        let words = tokio::time::timeout(LONGEST_TIME, reading).await.ok().flatten();
        stop.store(true, Ordering::Relaxed);
        if words.is_none() {
            tracing::warn!("a PDF could not be read: it is kept, but not found by its words");
        }
        words.unwrap_or_default()
    }
}

/// The text, page after page, up to the first limit.
fn text(bytes: &[u8], stop: &AtomicBool) -> String {
    let options = LoadOptions::with_max_decompressed_size(UNPACKED);
    let Ok(document) = Document::load_mem_with_options(bytes, options) else { return String::new() };
    let mut text = String::new();
    for page in document.page_iter().take(MOST_PAGES) {
        if stop.load(Ordering::Relaxed) || text.len() >= LONGEST_TEXT {
            break;
        }
        // A page that cannot be read does not take the others with it.
        let _ = read_page(&document, page, &mut text);
        text.push('\n');
    }
    let text = text.replace(UNTOLD, " ").replace("-\n", "");
    let end = (0..=text.len().min(LONGEST_TEXT)).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default().to_owned()
}

/// Adds what one page shows. The library's own reading joins the last word of a line to the first of the next.
fn read_page(document: &Document, page: ObjectId, text: &mut String) -> lopdf::Result<()> {
    let fonts = document.get_page_fonts(page)?;
    let encodings: BTreeMap<&[u8], Encoding<'_>> = fonts
        .iter()
        .filter_map(|(name, font)| {
            Some((name.as_slice(), font.get_font_encoding_with_limit(document, UNPACKED).ok()?))
        })
        .collect();
    let content = Content::decode(&document.get_page_content_with_limit(page, UNPACKED)?)?;
    let mut current = None;
    for Operation { operator, operands } in &content.operations {
        match operator.as_str() {
            "Tf" => current = operands.first().and_then(|name| encodings.get(name.as_name().ok()?)),
            "Tj" | "TJ" => show(operands, current, text),
            "'" | "\"" => {
                text.push('\n');
                show(operands, current, text);
            }
            "Td" | "TD" | "Tm" | "T*" | "ET" if !text.ends_with('\n') => text.push('\n'),
            _ => {}
        }
    }
    Ok(())
}

/// Adds the strings that an operator shows. A wide gap between two of them is a space.
fn show(operands: &[Object], encoding: Option<&Encoding<'_>>, text: &mut String) {
    for operand in operands {
        if let Object::String(bytes, _) = operand {
            let read = encoding.and_then(|encoding| Document::decode_text(encoding, bytes).ok());
            text.push_str(&read.unwrap_or_default());
        } else if let Object::Array(pieces) = operand {
            show(pieces, encoding, text);
        } else if operand.as_float().is_ok_and(|gap| gap < WIDE) {
            text.push(' ');
        }
    }
}

#[cfg(test)]
mod tests;
