//! A mandate on paper, for either side: who gave what to whom, from when to when, its state on the day of the
//! copy, what happened to it, and the fingerprint of the text that was signed. A copy proves nothing by
//! itself and says so.

use borgerportal_i18n::{Date, Time};
use std::fmt::Write as _;

use super::{House, Item, list};
use crate::pdf::{Pdf, Unprintable};

/// A copy of a mandate.
#[derive(Clone, Copy, Debug)]
pub struct MandateCopy<'a> {
    /// Our number.
    pub number: &'a str,
    /// Full name of the giver.
    pub giver: &'a str,
    /// Full name of the holder.
    pub holder: &'a str,
    /// What it lets the holder do; at least one.
    pub items: &'a [Item<'a>],
    /// First and last day.
    pub days: (Date, Date),
    /// Its state in words, such as "Aktiv" or "Stoppet 3. marts 2026".
    pub state: &'a str,
    /// How it was signed, in words, such as "Med MitID 2. december 2025, kl. 10.15".
    pub signed: &'a str,
    /// SHA-256 of the signed text.
    pub evidence: [u8; 32],
    /// What happened, oldest first; may be empty.
    pub history: &'a [&'a str],
    /// When the copy was made.
    pub at: (Date, Time),
}

impl MandateCopy<'_> {
    /// The copy.
    pub fn print(&self, house: &House<'_>) -> Result<Pdf, Unprintable> {
        let texts = [self.number, self.giver, self.holder, self.state, self.signed];
        if self.items.is_empty() || texts.iter().any(|text| text.trim().is_empty()) {
            return Err(Unprintable::Empty);
        }
        let say = |key| house.say(key, self.holder);
        let mut sheet = house.open(None)?;
        sheet.title(&say("letter-mandate-title"));
        let at = house.moment(self.at);
        sheet.paragraph(&house.texts().with("letter-mandate-copy", &[("when", at.as_str().into())]));
        let days = [house.day(self.days.0), house.day(self.days.1)];
        let keys = [
            "letter-number",
            "letter-mandate-giver",
            "letter-mandate-holder",
            "letter-mandate-from",
            "letter-last-day",
            "letter-mandate-state",
            "letter-signed",
        ]
        .map(say);
        let answers = [self.number, self.giver, self.holder, &days[0], &days[1], self.state, self.signed];
        let rows: Vec<(&str, &str)> = keys.iter().map(String::as_str).zip(answers).collect();
        sheet.table(&rows);
        sheet.heading(&say("letter-mandate-items"));
        list(&mut sheet, self.items);
        if !self.history.is_empty() {
            sheet.heading(&say("letter-mandate-history"));
            sheet.bullets(self.history);
        }
        sheet.heading(&say("letter-mandate-evidence"));
        sheet.small(&say("letter-mandate-evidence-says"));
        sheet.small(&fingerprint(&self.evidence));
        house.close(sheet, self.number)
    }
}

/// Hexadecimal in groups of four: read aloud, compared by eye, and never like a CPR number.
fn fingerprint(hash: &[u8; 32]) -> String {
    let mut text = String::with_capacity(80);
    for (at, byte) in hash.iter().enumerate() {
        if at > 0 && at % 2 == 0 {
            text.push(' ');
        }
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use crate::lint::has_cpr_like;

    #[test]
    fn fingerprints_are_groups_of_four_and_never_read_as_a_cpr_number() {
        assert!(fingerprint(&[0x0a; 32]).starts_with("0a0a 0a0a "));
        assert_eq!(fingerprint(&[0xff; 32]).len(), 64 + 15);
        for byte in 0..=255 {
            assert!(!has_cpr_like(&fingerprint(&[byte; 32])), "{byte}");
        }
    }
}
