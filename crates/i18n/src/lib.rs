//! Every sentence a person reads, in Danish and English: the texts by key, plurals, dates, clock
//! times, names in the genitive, numbers and telephone numbers. It refuses to know what a page or a
//! rule is, to read files, to ask for the time, and to work out time zones: it is given civil dates.

mod catalogue;
mod dates;
pub mod glossary;
mod lang;
mod names;
mod numbers;
#[cfg(test)]
mod readability;
mod texts;

pub use catalogue::Arg;
pub use dates::{Clock, Day, DayStyle};
pub use lang::Lang;
pub use names::{first_given_name, genitive};
pub use numbers::{FileSize, Number, phone, phone_href};
pub use texts::Texts;

pub use jiff::civil::{Date, Time};
