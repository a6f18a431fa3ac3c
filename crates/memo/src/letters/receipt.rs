//! The receipt of a request that was sent, or of a mandate that was given: what, to whom, until when, and what
//! happens now. A receipt of a request reads the same whether or not the person exists.

use borgerportal_i18n::{Date, Time};

use super::{House, Item, list};
use crate::pdf::{Pdf, Unprintable};

/// Proof for the one who signed.
#[derive(Clone, Copy, Debug)]
pub struct Receipt<'a> {
    /// Our number, such as `FM-2026-000117`.
    pub number: &'a str,
    /// What was sent.
    pub sent: Sent,
    /// The other person, as the signer wrote the name.
    pub who: &'a str,
    /// What it is about; at least one.
    pub items: &'a [Item<'a>],
    /// The last day it runs or would run.
    pub last_day: Date,
    /// When it was signed, as a Danish clock shows it.
    pub at: (Date, Time),
}

/// What a receipt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A request for a mandate.
    Asked {
        /// The last day to answer.
        answer_by: Date,
        /// By letter as well as by Digital Post.
        letter_too: bool,
    },
    /// A mandate.
    Given,
}

impl Receipt<'_> {
    /// One page, usually.
    pub fn print(&self, house: &House<'_>) -> Result<Pdf, Unprintable> {
        if self.items.is_empty() || self.number.trim().is_empty() || self.who.trim().is_empty() {
            return Err(Unprintable::Empty);
        }
        let say = |key| house.say(key, self.who);
        let (title, whom, items) = match self.sent {
            Sent::Asked { .. } => {
                ("letter-receipt-asked", "letter-receipt-asked-whom", "letter-receipt-asked-items")
            }
            Sent::Given => {
                ("letter-receipt-given", "letter-receipt-given-whom", "letter-receipt-given-items")
            }
        };
        let mut sheet = house.open(None)?;
        sheet.title(&say(title));
        let signed = house.moment(self.at);
        let last_day = house.day(self.last_day);
        let keys = ["letter-number", "letter-signed", whom, "letter-last-day"].map(say);
        let answers = [self.number, &signed, self.who, &last_day];
        let rows: Vec<(&str, &str)> = keys.iter().map(String::as_str).zip(answers).collect();
        sheet.table(&rows);
        sheet.heading(&say(items));
        list(&mut sheet, self.items);
        sheet.heading(&say("letter-next"));
        let steps = self.steps(house);
        sheet.numbered(&steps.iter().map(String::as_str).collect::<Vec<_>>());
        sheet.small(&say("letter-help"));
        house.close(sheet, self.number)
    }

    fn steps(&self, house: &House<'_>) -> Vec<String> {
        let say = |key| house.say(key, self.who);
        match self.sent {
            Sent::Asked { answer_by, letter_too } => {
                let answer_by = house.day(answer_by);
                let how = if letter_too { "letter-next-asked-both" } else { "letter-next-asked-post" };
                vec![
                    say(how),
                    house.texts().with("letter-next-asked-by", &[("date", answer_by.as_str().into())]),
                    say("letter-next-asked-told"),
                    say("letter-next-asked-withdraw"),
                ]
            }
            Sent::Given => ["letter-next-given-told", "letter-next-given-stop", "letter-next-given-renew"]
                .map(say)
                .to_vec(),
        }
    }
}
