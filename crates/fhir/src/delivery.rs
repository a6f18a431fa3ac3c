//! What a delivery says, in the portal's words: per citizen the items to keep, what is said about the
//! journal, what is deleted and which CPR numbers changed. Plain data, made by [`crate::ingest`] and applied
//! by the service; it refuses to know what is stored already.

use std::fmt;

use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::{Area, Visibility};
use borgerportal_domain::{Cpr, Date, Timestamp};

use crate::gate::FileKind;
use crate::order::{ContentHash, VersionStamp};
use crate::outcome::Issue;
use crate::people::JournalWord;

macro_rules! resource_types {
    ($($name:ident),+ $(,)?) => {
        /// Resource types that are kept.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ResourceType { $(#[doc = stringify!($name)] $name),+ }

        impl ResourceType {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The FHIR name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name)),+ }
            }

            /// The type of this name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $(stringify!($name) => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

resource_types! {
    Appointment, Binary, Bundle, CarePlan, CareTeam, ClinicalImpression, Communication, Condition, Device,
    DeviceUseStatement, DocumentReference, Encounter, EpisodeOfCare, Goal, Location, Observation, Organization,
    Patient, Practitioner, PractitionerRole, Procedure, Provenance, QuestionnaireResponse, RelatedPerson,
    ServiceRequest, SupplyDelivery, Task,
}

/// The room an item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Room {
    /// Letters, forms, instructions, assessments: what can be read.
    Documents,
    /// Conditions, their expected states and evaluations.
    Conditions,
    /// Plans of the social area.
    Plans,
    /// Aids granted, on loan, applied for.
    Aids,
    /// Visits, coming and past.
    Calendar,
    /// Grants and what was delivered under them.
    Grants,
    /// Messages between citizen and municipality.
    Messages,
    /// Supporting facts without a page of their own.
    Other,
}

impl Room {
    /// All rooms.
    pub const ALL: [Self; 8] = [
        Self::Documents,
        Self::Conditions,
        Self::Plans,
        Self::Aids,
        Self::Calendar,
        Self::Grants,
        Self::Messages,
        Self::Other,
    ];

    /// The name kept in a column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Conditions => "conditions",
            Self::Plans => "plans",
            Self::Aids => "aids",
            Self::Calendar => "calendar",
            Self::Grants => "grants",
            Self::Messages => "messages",
            Self::Other => "other",
        }
    }
}

/// Stable name of an item at its sender. `id` is at most [`Source::LONGEST`] bytes. Besides the sender's own
/// ids there are four derived forms, which no FHIR id can collide with: `plan#instruction` (instruction text
/// of a CarePlan), `communication#message` (a message as a document), `bundle@patient` (a report as one citizen's
/// document), `organization@patient` (a supporting resource, kept once per citizen).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The resource type.
    pub kind: ResourceType,
    /// The id at the sender.
    pub id: String,
}

impl Source {
    /// Longest id that is taken in.
    pub const LONGEST: usize = 200;

    /// From its two parts.
    pub fn new(kind: ResourceType, id: impl Into<String>) -> Self {
        Self { kind, id: id.into() }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.name(), self.id)
    }
}

/// One thing to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incoming {
    /// Stable name; unique per municipality and sender.
    pub source: Source,
    /// Where it belongs.
    pub room: Room,
    /// Which version this is, whether it is over or withdrawn (`stamp.rank`), and the content hash.
    pub stamp: VersionStamp,
    /// Where it stands in lists by time.
    pub sort_at: Timestamp,
    /// What a list of documents shows; only for [`Room::Documents`].
    pub document: Option<DocumentFacts>,
    /// What the lists of the other rooms show; nothing for what has no page.
    pub entry: Option<Entry>,
    /// Labels as sent. Without an audience the municipality's default applies.
    pub visibility: Visibility,
    /// Words to search, in the order they are read. Empty when nobody may see the item.
    pub search_text: String,
    /// The resource as received without white space between its parts; for documents without file bytes. A
    /// report, and a document with a form as its body, is a small Bundle of its resources.
    pub raw: Vec<u8>,
    /// Files that belong to it and came along.
    pub files: Vec<File>,
    /// Which of its contents, by number, is a `Binary` and which: it may come along, come on its own, or be here.
    pub binaries: Vec<(usize, String)>,
    /// Resources whose content stands in `raw` too. When one of them is withdrawn or deleted, now or before,
    /// take it out with [`crate::documents::without`].
    pub parts: Vec<Source>,
}

/// What a list of documents shows, without ids and states that only the store knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentFacts {
    /// Title.
    pub title: String,
    /// What it is.
    pub kind: DocumentType,
    /// Where it belongs.
    pub area: Area,
    /// Who wrote it.
    pub author: Option<String>,
    /// The unit it came from.
    pub unit: Option<String>,
    /// The date on it.
    pub dated: Date,
    /// Whether a file was announced that did not come along.
    pub file_missing: bool,
}

/// What the list of a room other than documents shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Where it belongs.
    pub area: Area,
    /// The fields that a list shows, as the module of the room reads them; empty when it lists nothing of this.
    pub head: Vec<u8>,
}

/// A file of a document.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Which content of the document it is, from 0.
    pub number: usize,
    /// What it is, by its bytes.
    pub kind: FileKind,
    /// Its title, when the sender gave one.
    pub title: Option<String>,
    /// SHA-256 of the bytes.
    pub hash: ContentHash,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("kind", &self.kind)
            .field("bytes", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// A file delivered as a resource of its own. It is nobody's until a document names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binary {
    /// Its name.
    pub source: Source,
    /// Which version.
    pub stamp: VersionStamp,
    /// The file.
    pub file: File,
}

/// Everything about one citizen in one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citizen {
    /// Whose record.
    pub cpr: Cpr,
    /// What each Patient resource says of the person and the journal.
    pub words: Vec<JournalWord>,
    /// What to keep, in the order received. The same source may come twice (incremental deliveries).
    pub items: Vec<Incoming>,
}

/// Why something is deleted, in the words of Sags- og Dokumentindeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeletionReason {
    /// Fjern: no longer to be shown.
    Remove,
    /// Slet: deleted at the source.
    Delete,
    /// Kassér: discarded by law.
    Discard,
}

impl DeletionReason {
    /// From the code in the extension, in any case, with or without accent.
    pub fn from_code(code: &str) -> Option<Self> {
        match code.to_lowercase().as_str() {
            "fjern" => Some(Self::Remove),
            "slet" => Some(Self::Delete),
            "kasser" | "kassér" => Some(Self::Discard),
            _ => None,
        }
    }
}

/// Content to delete for good. Keep id and stamp as a tombstone, so that an older version does not return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// What was named, and what was derived from it.
    pub sources: Vec<Source>,
    /// Why.
    pub reason: DeletionReason,
    /// When, with rank [`crate::order::Rank::Deleted`].
    pub stamp: VersionStamp,
}

/// One person's number was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rename {
    /// The number before.
    pub old: Cpr,
    /// The number now.
    pub new: Cpr,
}

/// How a delivery came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryKind {
    /// All or nothing.
    Transaction,
    /// Entry by entry.
    Batch,
    /// A delivery report or an incremental delivery: all or nothing.
    Report,
}

/// What became of one entry of the outer Bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Taken in as these items; empty for Patients and files.
    Taken(Vec<Source>),
    /// Not kept, without harm to the rest.
    LeftOut(Issue),
    /// Refused (only in a batch; elsewhere the whole delivery is).
    Refused(Vec<Issue>),
}

/// A delivery that may be applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// How it came.
    pub kind: DeliveryKind,
    /// `Bundle.identifier.value`, for idempotency.
    pub identifier: Option<String>,
    /// By citizen, in the order they are first named.
    pub citizens: Vec<Citizen>,
    /// Files of their own, whether a document of this delivery names them or not.
    pub binaries: Vec<Binary>,
    /// What to delete.
    pub deletions: Vec<Deletion>,
    /// Changed CPR numbers. Apply before the items.
    pub renames: Vec<Rename>,
    /// One for each entry of the Bundle.
    pub fates: Vec<Fate>,
}

impl Delivery {
    /// How many items it brings.
    pub fn len(&self) -> usize {
        self.citizens.iter().map(|citizen| citizen.items.len()).sum()
    }

    /// Whether it brings nothing at all.
    pub fn is_empty(&self) -> bool {
        self.citizens.is_empty()
            && self.binaries.is_empty()
            && self.deletions.is_empty()
            && self.renames.is_empty()
    }

    /// What was left out or refused without refusing the whole.
    pub fn notes(&self) -> impl Iterator<Item = &Issue> {
        self.fates.iter().flat_map(|fate| match fate {
            Fate::Taken(_) => &[][..],
            Fate::LeftOut(issue) => std::slice::from_ref(issue),
            Fate::Refused(issues) => issues.as_slice(),
        })
    }
}
