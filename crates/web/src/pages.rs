//! The pages, as data: a struct per page whose fields are everything its template may show. A handler
//! fills one and renders it; a test renders every sample of every page in both languages. Nothing
//! here knows HTTP, asks for the time, or decides who may see what: it is given what may be shown.
//!
//! Text from the record stands in the fields as it was written; the templates escape it.

mod about;
mod access_log;
pub mod aids;
pub mod calendar;
mod closed;
mod conditions;
mod dead_end;
mod document;
mod documents;
mod escape;
mod export;
mod fast;
mod fault;
mod filter;
mod frame;
mod front;
mod glossary;
mod grant;
pub(crate) mod grants;
mod labels;
mod login;
pub mod mandates;
mod marked;
pub mod messages;
pub mod paths;
mod persons;
mod plans;
mod plot;
mod profile;
mod record;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
mod session;

pub use about::{AboutPage, AboutTopic, Contact};
pub(crate) use access_log::asked;
pub use access_log::{AccessLogPage, AccessRow, AccessScope, Asked, Did, Who};
pub use closed::ClosedPage;
pub use conditions::{ConditionPage, ConditionsPage, InformationPage};
pub use dead_end::{DeadEnd, DeadEndPage};
pub use document::{DocumentPage, DocumentState, FileLink, Part, Section};
pub use documents::{DocumentRow, DocumentsPage, Found, Paging, RowMark, SearchError};
pub use export::ExportPage;
pub use fault::Fault;
pub use filter::{Choice, Filter, Period};
pub use frame::{Acting, Closed, Frame, Here, MenuItem, Place, Rights, Support, Until, Visitor};
pub use front::{FrontPage, Latest, LatestRow, MenuPage, NextVisit, Watcher};
pub use glossary::{GlossaryPage, Topic, TopicPage};
pub use grant::{GrantPage, Letter, NoComplaint};
pub use grants::{GrantRow, GrantsPage};
pub use labels::{area_label, kind_icon, kind_label};
pub use login::{MunicipalityHit, MunicipalityNote, MunicipalityPage, RoleChoicePage, Searched};
pub use marked::Marked;
pub use persons::{ChoiceOf, Lapsed, PersonChoice, PersonsPage};
pub use plans::{PlanPage, PlansPage};
pub use profile::{CodeSent, NewsRow, ProfileDone, ProfilePage};
pub use record::Tab;
pub use session::{LoggedOutPage, SessionWarningPage, StepUpPage, StepUpReason};

#[cfg(test)]
mod tests;
