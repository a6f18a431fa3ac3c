//! The receipt of an application for an aid: what was applied for, for whom and by whom, everything that was answered,
//! and what happens now.

use borgerportal_i18n::{Date, Time};

use super::House;
use crate::pdf::{Pdf, Unprintable};

/// Proof for the one who applied, and what the municipality's record system is given to read.
#[derive(Clone, Copy, Debug)]
pub struct AidReceipt<'a> {
    /// Our number.
    pub number: &'a str,
    /// What was applied for.
    pub kind: &'a str,
    /// For whom.
    pub of: &'a str,
    /// By whom.
    pub by: &'a str,
    /// When it was sent, as a Danish clock shows it.
    pub at: (Date, Time),
    /// The last day of the promised answer.
    pub answer_by: Date,
    /// Questions and answers; at least one.
    pub said: &'a [(&'a str, &'a str)],
    /// Names of the files that went along.
    pub files: &'a [&'a str],
}

impl AidReceipt<'_> {
    /// One page or two.
    pub fn print(&self, house: &House<'_>) -> Result<Pdf, Unprintable> {
        if self.said.is_empty() || self.number.trim().is_empty() || self.kind.trim().is_empty() {
            return Err(Unprintable::Empty);
        }
        let say = |key| house.say(key, self.of);
        let mut sheet = house.open(None)?;
        sheet.title(&say("letter-aid-title"));
        let (sent, answer_by) = (house.moment(self.at), house.day(self.answer_by));
        let keys = ["letter-number", "letter-aid-sent", "letter-aid-kind", "letter-aid-of", "letter-aid-by"];
        let keys = keys.map(say);
        let answers = [self.number, &sent, self.kind, self.of, self.by];
        let rows: Vec<(&str, &str)> = keys.iter().map(String::as_str).zip(answers).collect();
        sheet.table(&rows);
        sheet.heading(&say("letter-aid-said"));
        sheet.table(self.said);
        if !self.files.is_empty() {
            sheet.heading(&say("letter-aid-files"));
            sheet.bullets(self.files);
        }
        sheet.heading(&say("letter-next"));
        let by_day = house.texts().with("letter-aid-next-by", &[("date", answer_by.as_str().into())]);
        let steps = [say("letter-aid-next-read"), by_day, say("letter-aid-next-wait")];
        sheet.numbered(&steps.each_ref().map(String::as_str));
        sheet.small(&say("letter-help"));
        house.close(sheet, self.number)
    }
}
