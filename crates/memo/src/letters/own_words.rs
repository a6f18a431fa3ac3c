//! The empty form for a mandate in one's own words: an authority must take one, so we help to write it. It asks
//! for no more than the authority needs to know who gives what to whom.

use super::House;
use crate::pdf::{Pdf, Unprintable};

/// The form.
#[derive(Clone, Copy, Debug)]
pub struct OwnWordsForm;

impl OwnWordsForm {
    /// Two pages: how, and the form itself.
    pub fn print(&self, house: &House<'_>) -> Result<Pdf, Unprintable> {
        let say = |key| house.say(key, "");
        let mut sheet = house.open(None)?;
        sheet.title(&say("letter-own-title"));
        for key in ["letter-own-lead", "letter-own-digital"] {
            sheet.paragraph(&say(key));
        }
        sheet.heading(&say("letter-own-how"));
        // A house without an address is no place to send it to.
        let back = if house.address.is_empty() { "letter-own-how-3-desk" } else { "letter-own-how-3" };
        let steps = ["letter-own-how-1", "letter-own-how-2", back].map(say);
        sheet.numbered(&steps.each_ref().map(String::as_str));
        if !house.address.is_empty() {
            let lines: Vec<&str> = std::iter::once(house.name).chain(house.address.iter().copied()).collect();
            sheet.paragraph(&lines.join(", "));
        }
        sheet.heading(&say("letter-own-desk"));
        let desk = ["letter-own-desk-1", "letter-own-desk-2", "letter-own-desk-3"].map(say);
        sheet.bullets(&desk.each_ref().map(String::as_str));
        let warning = ["letter-own-warn-1", "letter-own-warn-2", "letter-own-warn-3"].map(say);
        sheet.warning(&say("letter-own-warn"), &warning.each_ref().map(String::as_str));
        sheet.turn();
        sheet.heading(&say("letter-own-form"));
        for key in
            ["letter-own-giver", "letter-own-giver-cpr", "letter-own-holder", "letter-own-holder-address"]
        {
            sheet.writing(&say(key), 1);
        }
        sheet.writing(&say("letter-own-words"), 6);
        sheet.writing(&say("letter-own-until"), 1);
        sheet.paragraph(&say("letter-own-declare"));
        sheet.signature(&say("letter-sign-date"), &say("letter-sign-name"));
        house.close(sheet, "")
    }
}
