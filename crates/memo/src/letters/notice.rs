//! Any other message: a title and paragraphs, as a letter with a window, as a PDF for the post box, or as a small
//! HTML document. It takes words, not kinds: which notice says what is decided where notices are.

use quick_xml::escape::escape;

use super::{House, Receiver};
use crate::lint::has_cpr_like;
use crate::pdf::{Pdf, Unprintable};

/// A message in words.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    /// Only for paper.
    pub receiver: Option<Receiver<'a>>,
    /// The heading.
    pub title: &'a str,
    /// At least one.
    pub paragraphs: &'a [&'a str],
    /// Our number, at the foot; empty when there is none.
    pub number: &'a str,
}

impl Notice<'_> {
    /// As a PDF.
    pub fn print(&self, house: &House<'_>) -> Result<Pdf, Unprintable> {
        self.check()?;
        let mut sheet = house.open(self.receiver.as_ref())?;
        sheet.title(self.title);
        for paragraph in self.paragraphs {
            sheet.paragraph(paragraph);
        }
        sheet.small(&house.say("letter-help", ""));
        house.close(sheet, self.number)
    }

    /// As a complete HTML document without scripts, styles, pictures and links, for the post box.
    pub fn html(&self, house: &House<'_>) -> Result<String, Unprintable> {
        self.check()?;
        let help = house.say("letter-help", "");
        let mut html = format!(
            "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title></head>\
             <body><h1>{title}</h1>",
            house.lang.code(),
            title = escape(self.title),
        );
        for paragraph in self.paragraphs.iter().copied().chain([help.as_str()]) {
            html.push_str("<p>");
            html.push_str(&escape(paragraph));
            html.push_str("</p>");
        }
        html.push_str("</body></html>\n");
        if has_cpr_like(&html) { Err(Unprintable::CprLike) } else { Ok(html) }
    }

    fn check(&self) -> Result<(), Unprintable> {
        let empty = |text: &&str| text.trim().is_empty();
        let missing = empty(&self.title) || self.paragraphs.is_empty() || self.paragraphs.iter().any(empty);
        if missing { Err(Unprintable::Empty) } else { Ok(()) }
    }
}
