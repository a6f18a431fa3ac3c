//! Errands: what a person, a record system or a job can have done, a file per room. An errand is a plain
//! function over a transaction: it asks for access, loads, lets `domain` decide, and saves. It refuses to know
//! HTTP or HTML, to read the clock (it is given the time), and to call anybody on the network inside a
//! transaction; the few errands that need a partner ask before or after.

pub mod about;
pub mod access;
pub mod access_log;
pub mod aids;
mod app;
pub mod attachments;
pub mod calendar;
pub mod clock;
pub mod conditions;
pub mod custody;
pub mod documents;
pub mod export;
pub mod front_page;
pub mod grants;
mod hex;
pub mod ingest;
pub mod items;
pub mod jobs;
pub mod language;
pub mod leaving;
pub mod mandates;
pub mod messages;
pub mod municipalities;
pub mod news;
pub mod notices;
pub mod outbox;
pub mod outgoing;
pub mod people;
pub mod plans;
pub mod preview;
mod problem;
pub mod profile;
mod retention;
mod rounds;
pub mod sessions;
mod spoken;
pub mod system_clients;

pub use app::{App, JournalErrand, Parts};
pub use clock::Clock;
pub use municipalities::Municipalities;
pub use problem::Problem;
pub use retention::Retention;
