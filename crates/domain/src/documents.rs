//! Documents of a record: what types there are, and what a row of the list shows. It refuses content; bodies and files are
//! bytes that never pass through here.

use crate::ids::ItemId;
use crate::items::Area;
use crate::time::{Date, Timestamp};

coded_enum! {
    /// What a document is.
    pub enum DocumentType {
        /// Brev, decisions included.
        Letter = "letter",
        /// Skema.
        Form = "form",
        /// Handlingsanvisning.
        Instruction = "instruction",
        /// Udredning.
        Assessment = "assessment",
        /// Observation: a note on a change, never a measurement.
        Observation = "observation",
        /// Ansøgning.
        Application = "application",
        /// Faglig vurdering.
        ProfessionalJudgement = "professional_judgement",
        /// Besked.
        Message = "message",
        /// Anything else.
        Other = "other",
    }
}

/// What a row of the document list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentHead {
    /// Which document.
    pub id: ItemId,
    /// Title as the record system wrote it.
    pub title: String,
    /// What it is.
    pub kind: DocumentType,
    /// Where it belongs.
    pub area: Area,
    /// Who wrote it, when the municipality shows names.
    pub author: Option<String>,
    /// The unit it came from.
    pub unit: Option<String>,
    /// The date on the document.
    pub dated: Date,
    /// Whether there is a PDF to open.
    pub has_pdf: bool,
    /// When it was last corrected, if it was.
    pub changed: Option<Timestamp>,
}
