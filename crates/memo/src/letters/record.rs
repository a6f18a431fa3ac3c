//! A citizen's record on paper, or a volume of it: what each item says, under a heading for each room, with contents.
//! Numbers that read as CPR are covered, whoever wrote them. It refuses pictures and files; those are told of by name.

use super::House;
use crate::pdf::{Pdf, Sheet, Unprintable};
use borgerportal_i18n::{Date, Time};

/// A volume of a record.
#[derive(Clone, Copy, Debug)]
pub struct RecordCopy<'a> {
    /// Whose record.
    pub who: &'a str,
    /// Who takes it away.
    pub by: &'a str,
    /// When.
    pub at: (Date, Time),
    /// What stands in it.
    pub chapters: &'a [Chapter<'a>],
}

/// The items of one room.
#[derive(Clone, Debug)]
pub struct Chapter<'a> {
    /// The room's name.
    pub title: &'a str,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// One item.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is called.
    pub title: String,
    /// The date on it.
    pub dated: Date,
    /// What it says.
    pub parts: Vec<Part>,
    /// How many files belong to it.
    pub files: usize,
}

/// A piece of what an item says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A heading inside it.
    Heading(String),
    /// Running text.
    Paragraph(String),
    /// Names and values.
    Pairs(Vec<(String, String)>),
}

impl RecordCopy<'_> {
    /// As many pages as it takes.
    pub fn print(&self, house: &House<'_>) -> Result<Pdf, Unprintable> {
        let mut sheet = Sheet::of_record()?;
        for chapter in self.chapters {
            sheet.heading(chapter.title);
            for entry in &chapter.entries {
                Self::entry(&mut sheet, house, entry);
            }
        }
        let texts = house.texts();
        let when = house.moment(self.at);
        let title = texts.with("record-title", &[("who", self.who.into())]);
        let taken = texts.with("record-taken", &[("by", self.by.into()), ("when", when.as_str().into())]);
        let lines = [house.name, &taken, texts.get("record-covered")];
        house.close(sheet.with_front(house.lang, &title, &lines)?, self.who)
    }

    fn entry(sheet: &mut Sheet, house: &House<'_>, entry: &Entry) {
        sheet.sub_heading(&entry.title);
        sheet.small(&house.day(entry.dated));
        for part in &entry.parts {
            match part {
                Part::Heading(text) => sheet.strong(text),
                Part::Paragraph(text) => text.lines().for_each(|line| sheet.paragraph(line)),
                Part::Pairs(pairs) => {
                    let said = pairs
                        .iter()
                        .filter(|(name, value)| !(name.trim().is_empty() && value.trim().is_empty()));
                    sheet.terms(said.map(|(name, value)| (name.as_str(), value.as_str())));
                }
            }
        }
        if entry.files > 0 {
            sheet.small(&house.texts().with("record-files", &[("count", entry.files.into())]));
        }
    }
}

#[cfg(test)]
mod tests;
