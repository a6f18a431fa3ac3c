//! The letter to somebody who is asked for a mandate: who asks and for what, the warning before the answer, three
//! ways to answer, and a page to fill in and send back. It names neither the giver's number nor anything that
//! is known of her.

use borgerportal_i18n::Date;

use super::{House, Item, Receiver, list};
use crate::pdf::{Pdf, Sheet, Unprintable};

/// A request for a mandate, on paper.
#[derive(Clone, Copy, Debug)]
pub struct AskedLetter<'a> {
    /// The giver, in the window.
    pub receiver: Receiver<'a>,
    /// Who asks.
    pub who: &'a str,
    /// What is asked for; at least one.
    pub items: &'a [Item<'a>],
    /// The last day it would run.
    pub last_day: Date,
    /// The last day to answer.
    pub answer_by: Date,
    /// Random, `A–Z`, `0–9` and `-`; names the request on the page that comes back.
    pub code: &'a str,
    /// Why it is sent.
    pub occasion: Occasion,
}

/// Why somebody gets this letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Somebody asks.
    First,
    /// There was no answer yet.
    Reminder,
    /// The answer that came back lacks something.
    Deficient,
}

impl AskedLetter<'_> {
    /// The letter with its return page.
    pub fn print(&self, house: &House<'_>) -> Result<Pdf, Unprintable> {
        if self.items.is_empty() || self.who.trim().is_empty() {
            return Err(Unprintable::Empty);
        }
        let say = |key| house.say(key, self.who);
        let mut sheet = house.open(Some(&self.receiver))?;
        sheet.title(&say("letter-asked-title"));
        match self.occasion {
            Occasion::First => {}
            Occasion::Reminder => sheet.paragraph(&say("letter-asked-reminder")),
            Occasion::Deficient => sheet.paragraph(&say("letter-asked-deficient")),
        }
        sheet.paragraph(&say("letter-asked-what"));
        sheet.paragraph(&say("letter-asked-choice"));
        let answer_by = house.day(self.answer_by);
        sheet.strong(&house.texts().with("letter-asked-by", &[("date", answer_by.as_str().into())]));
        let warning = ["letter-fraud-1", "letter-fraud-2", "letter-fraud-3"].map(say);
        sheet.warning(&say("letter-fraud"), &warning.each_ref().map(String::as_str));
        sheet.heading(&say("letter-asked-items"));
        list(&mut sheet, self.items);
        let last_day = house.day(self.last_day);
        sheet.paragraph(&house.texts().with("letter-asked-until", &[("date", last_day.as_str().into())]));
        sheet.heading(&say("letter-asked-how"));
        let ways = ["letter-asked-how-mitid", "letter-asked-how-paper", "letter-asked-how-desk"].map(say);
        sheet.bullets(&ways.each_ref().map(String::as_str));
        sheet.paragraph(&say("letter-asked-silence"));
        sheet.heading(&say("letter-asked-after"));
        sheet.paragraph(&say("letter-asked-stop"));
        sheet.turn();
        self.answer_page(&mut sheet, house);
        let foot = house.texts().with("letter-foot-code", &[("code", self.code.into())]);
        house.close(sheet, &foot)
    }

    /// What is filled in by hand and sent back.
    fn answer_page(&self, sheet: &mut Sheet, house: &House<'_>) {
        let say = |key| house.say(key, self.who);
        sheet.heading(&say("letter-answer-title"));
        sheet.paragraph(&say("letter-answer-lead"));
        sheet.heading(&say("letter-answer-one"));
        let answers = ["letter-answer-yes", "letter-answer-part", "letter-answer-no"].map(say);
        let cross = say("letter-box");
        sheet.boxes(&cross, answers.iter().map(String::as_str));
        sheet.heading(&say("letter-answer-items"));
        sheet.boxes(&cross, self.items.iter().map(|item| item.title));
        let last_day = house.day(self.last_day);
        sheet.writing(&house.texts().with("letter-answer-until", &[("date", last_day.as_str().into())]), 1);
        sheet.paragraph(&say("letter-answer-declare"));
        sheet.signature(&say("letter-sign-date"), &say("letter-sign-name"));
        sheet.heading(&say("letter-answer-back"));
        let address: Vec<&str> = std::iter::once(house.name).chain(house.address.iter().copied()).collect();
        sheet.paragraph(&address.join(", "));
        let alt = house.texts().with("letter-code-alt", &[("code", self.code.into())]);
        sheet.code(&say("letter-code"), self.code, &alt);
    }
}
