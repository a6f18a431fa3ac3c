//! The documents themselves, each a struct of what it says and a `print` that makes the PDF, in Danish or
//! English. They decide words and order, nothing else; no CPR number can stand on any of them, and what cannot be
//! printed is told, not left out.

mod aid;
mod asked;
mod mandate;
mod notice;
mod own_words;
mod receipt;
mod record;
mod thread;

pub use aid::AidReceipt;
pub use asked::{AskedLetter, Occasion};
pub use mandate::MandateCopy;
pub use notice::Notice;
pub use own_words::OwnWordsForm;
pub use receipt::{Receipt, Sent};
pub use record::{Chapter, Entry, Part, RecordCopy};
pub use thread::{Thread, Wrote};

use borgerportal_i18n::{Arg, Date, Lang, Texts, Time, phone};

use crate::pdf::{Frame, Pdf, Sheet, Unprintable};

/// Who sends, and where an answer goes. The same for all documents of a municipality.
#[derive(Clone, Copy, Debug)]
pub struct House<'a> {
    /// Language of the document.
    pub lang: Lang,
    /// The authority, such as "Eksempel Kommune".
    pub name: &'a str,
    /// Its postal address, a line each, without its name.
    pub address: &'a [&'a str],
    /// Telephone number of Borgerservice.
    pub phone: &'a str,
    /// The portal's address as people type it, such as "borgerportal.example".
    pub site: &'a str,
    /// The day on the document.
    pub date: Date,
}

/// The receiver of a letter on paper, as the register writes it; printed in the window and nowhere else.
#[derive(Clone, Copy, Debug)]
pub struct Receiver<'a> {
    /// Full name.
    pub name: &'a str,
    /// Street, postal code and town, a line each.
    pub address: &'a [&'a str],
}

/// One right in plain words.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Its title, with the area when that helps.
    pub title: &'a str,
    /// What it lets the helper do, one sentence.
    pub says: &'a str,
}

impl House<'_> {
    fn texts(&self) -> &'static Texts {
        Texts::of(self.lang)
    }

    fn day(&self, date: Date) -> String {
        self.lang.day(date).to_string()
    }

    fn moment(&self, (date, time): (Date, Time)) -> String {
        format!("{}, {}", self.lang.day(date), self.lang.clock(time))
    }

    /// A text with `{ $who }`, the telephone number, the portal's address and the authority's name filled in.
    fn say(&self, key: &'static str, who: &str) -> String {
        let phone = phone(self.phone);
        let args: [(&str, Arg<'_>); 4] = [
            ("who", who.into()),
            ("phone", phone.as_str().into()),
            ("site", self.site.into()),
            ("house", self.name.into()),
        ];
        self.texts().with(key, &args)
    }

    /// A sheet with the letterhead on it.
    fn open(&self, receiver: Option<&Receiver<'_>>) -> Result<Sheet, Unprintable> {
        let mut sheet = Sheet::new()?;
        let window: Vec<&str> = receiver
            .map(|receiver| std::iter::once(receiver.name).chain(receiver.address.iter().copied()).collect())
            .unwrap_or_default();
        if receiver.is_some() && (window.len() < 2 || window.iter().any(|line| line.trim().is_empty())) {
            return Err(Unprintable::Empty);
        }
        sheet.letterhead(self.name, self.address, &window);
        sheet.small(&self.day(self.date));
        Ok(sheet)
    }

    fn close(&self, sheet: Sheet, foot: &str) -> Result<Pdf, Unprintable> {
        sheet.finish(&Frame { lang: self.lang, author: self.name, date: self.date, foot })
    }
}

/// The rights as a list.
fn list(sheet: &mut Sheet, items: &[Item<'_>]) {
    sheet.terms(items.iter().map(|item| (item.title, item.says)));
}
