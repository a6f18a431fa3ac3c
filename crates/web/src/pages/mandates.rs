//! The pages of Digital Fuldmagt: asking for a mandate, giving one, answering, and the list of all one has
//! given and received. They are the signed-in person's own; nobody ever stands on them for somebody else.
//! What is on a page about another person is what was typed or agreed, never what a register knows.

mod answer;
mod check;
mod decided;
mod last_day;
mod lookups;
mod mandate;
mod overview;
mod receipt;
mod rights;
mod steps;
mod wizard;

pub use answer::{Answer, AnswerPage, Closed, ClosedPage, PartPage, SeePage, Seen};
pub use check::{CheckPage, SignPage, Signing};
pub use decided::Decision;
pub use last_day::LastDay;
pub use lookups::{LookUpRow, LookUpsPage};
pub use mandate::{Happened, ItemRow, MandatePage, RenewPage, Side, StopPage, WithdrawPage};
pub use overview::{Done, MandateRow, OverviewPage, RequestRow, Shown};
pub use receipt::{Next, ReceiptOf, ReceiptPage};
pub use rights::{Area, Right, RightKind, State, Topic, TopicLine, by_topic};
pub use steps::{PeriodStep, PersonStep, RightsStep, SendingStep};
pub use wizard::{At, Borgerservice, Continued, ElsewherePage, Fault, IntroPage, Step, Way, pick, steps};
