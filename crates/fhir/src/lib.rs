//! FHIR R4 at the door: received bytes become facts about citizens' records, and stored resources become
//! text to read. It speaks KL's delivery reports and a thin contract of our own. It refuses everything that
//! is not on its lists, keeps nothing of a refused delivery, and reads no clock, file, network or random
//! number; what to store and for whom to show it is decided elsewhere.
//!
//! What the contract adds to KL's guides, where no Danish profile exists:
//! - **Document**: DocumentReference; `type` from [`DOCUMENT_TYPE`], `category` from [`DOCUMENT_AREA`],
//!   `description` the title, `author`/`custodian` by name, `content.attachment` with `data` or the `url` of a
//!   Binary in the same Bundle, `context.related` a QuestionnaireResponse as its body (or contained). A form
//!   without a document is kept, not listed. The instruction in `CarePlan.activity.detail.description` and
//!   every delivery report are documents, too.
//! - **Visibility**: `meta.security` from [`VISIBILITY`] (`audience-citizen`, `-parent`, `-relative`, `-none`,
//!   `withheld-from-parent`, `withheld-from-relative`, sensitivities) and the extension [`VISIBLE_FROM`]. No
//!   label: the municipality's default. A label that is not understood hides.
//! - **Level at a follow-up**: Observation whose `code` is FSIII `B`, `valueCodeableConcept` one of B1–B6, `focus` the
//!   Condition; so a level can be followed over time, where a changed Condition tells only of now.
//! - **Version**: `meta.lastUpdated`, else `Bundle.timestamp`, else `meta.versionId`; see [`order`].
//! - **Grant**: CarePlan with the extension [`GRANT_DECISION`]; see [`grants`]. Without it: help that stands in a plan.
//! - **Message**: Communication with a category from [`MESSAGE_CATEGORY`]; any other is refused. It belongs to the thread
//!   of what `inResponseTo` names (a reference, or an identifier in [`MESSAGE`]) or an identifier in [`THREAD`] says;
//!   `sender` is the department by `display`, or by an identifier in [`DEPARTMENT`]. It is a document, too.
//! - **Deletion**: DELETE with the extension [`DELETION_REASON`] on the request.
//! - **Changed CPR number**: `Patient.link`, or the old number as an identifier with `use = old`.
#![deny(missing_docs)]

pub mod aids;
pub mod calendar;
pub mod capability;
pub mod codes;
pub mod conditions;
pub mod delivery;
pub mod documents;
pub mod export;
pub mod gate;
pub mod grants;
pub mod ingest;
pub mod json;
pub mod messages;
pub mod order;
pub mod outcome;
pub mod outgoing;
pub mod path;
pub mod people;
pub mod plans;
pub mod render;
pub mod state;
pub mod terms;

mod dates;
mod facts;
mod heads;

/// Canonical base of our own code systems, extensions and profiles.
pub const BASE: &str = "https://borgerportal.dk/fhir";

/// Labels in `meta.security`: for whom, how sensitive.
pub const VISIBILITY: &str = "https://borgerportal.dk/fhir/CodeSystem/visibility";
/// Extension on any resource or its `meta`: hidden until this instant or date.
pub const VISIBLE_FROM: &str = "https://borgerportal.dk/fhir/StructureDefinition/visible-from";
/// What a document is: codes of [`borgerportal_domain::documents::DocumentType`].
pub const DOCUMENT_TYPE: &str = "https://borgerportal.dk/fhir/CodeSystem/document-type";
/// Which part of the help it belongs to: codes of [`borgerportal_domain::items::Area`].
pub const DOCUMENT_AREA: &str = "https://borgerportal.dk/fhir/CodeSystem/document-area";
/// Category that tells a message between citizen and municipality from any other Communication.
pub const MESSAGE_CATEGORY: &str = "https://borgerportal.dk/fhir/CodeSystem/message-category";
/// What a message is called here; a record system that answers names it in `inResponseTo`.
pub const MESSAGE: &str = "https://borgerportal.dk/fhir/sid/message";
/// Any message of the thread that another belongs to, as an identifier of the other.
pub const THREAD: &str = "https://borgerportal.dk/fhir/sid/thread";
/// The municipality's code of a department.
pub const DEPARTMENT: &str = "https://borgerportal.dk/fhir/sid/department";
/// On which basis somebody acted for the citizen: codes of [`borgerportal_domain::access::BasisKind`].
pub const ACTING_BASIS: &str = "https://borgerportal.dk/fhir/CodeSystem/acting-basis";
/// Extension on `Bundle.entry.request` of a DELETE: `fjern`, `slet` or `kasser`.
pub const DELETION_REASON: &str = "https://borgerportal.dk/fhir/StructureDefinition/deletion-reason";
/// Extension that makes a CarePlan the decision of a grant; its members are in [`grants`].
pub const GRANT_DECISION: &str = "https://borgerportal.dk/fhir/StructureDefinition/grant-decision";
/// The CPR number's system.
pub const CPR: &str = "urn:oid:1.2.208.176.1.2";
