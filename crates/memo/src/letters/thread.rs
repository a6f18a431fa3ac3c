//! A thread of messages on paper, for whoever may read it: who wrote what to whom, when, with which files. What people
//! wrote is printed as they wrote it but for numbers that read as CPR numbers, and the page says so.

use super::House;
use crate::lint::{has_cpr_like, without_cpr};
use crate::pdf::{Pdf, Unprintable};
use borgerportal_i18n::{Date, Time};

/// A thread.
#[derive(Clone, Copy, Debug)]
pub struct Thread<'a> {
    /// What it is about.
    pub title: &'a str,
    /// With which department; may be empty.
    pub with: &'a str,
    /// Oldest first; at least one.
    pub wrote: &'a [Wrote<'a>],
    /// When it was printed.
    pub at: (Date, Time),
}

/// One message.
#[derive(Clone, Copy, Debug)]
pub struct Wrote<'a> {
    /// Who wrote it, and for whom.
    pub who: &'a str,
    /// When.
    pub at: (Date, Time),
    /// What it says.
    pub text: &'a str,
    /// What it is about.
    pub about: &'a [String],
    /// The names of its files.
    pub files: &'a [String],
}

impl Thread<'_> {
    /// The document.
    pub fn print(&self, house: &House<'_>) -> Result<Pdf, Unprintable> {
        if self.wrote.is_empty() {
            return Err(Unprintable::Empty);
        }
        let mut sheet = house.open(None)?;
        let texts = house.texts();
        let line = |key, name, value: &str| texts.with(key, &[(name, without_cpr(value).as_str().into())]);
        sheet.title(&line("thread-pdf-title", "title", self.title));
        if !self.with.is_empty() {
            sheet.paragraph(&line("thread-pdf-with", "with", self.with));
        }
        sheet.small(&line("thread-pdf-copy", "when", &house.moment(self.at)));
        for one in self.wrote {
            sheet.heading(&without_cpr(one.who));
            sheet.small(&house.moment(one.at));
            if !one.about.is_empty() {
                sheet.small(&line("thread-pdf-about", "about", &one.about.join(", ")));
            }
            for paragraph in one.text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
                sheet.paragraph(&without_cpr(paragraph));
            }
            if !one.files.is_empty() {
                sheet.small(&line("thread-pdf-files", "files", &one.files.join(", ")));
            }
        }
        if self.wrote.iter().any(|one| has_cpr_like(one.text)) {
            sheet.small(texts.get("thread-pdf-hidden"));
        }
        house.close(sheet, "")
    }
}
