//! What lists and pages show of requests and mandates: plain values, with what may be done now worked out.

use borgerportal_domain::ids::{MandateId, PackageId, PackageVersionId, RequestId};
use borgerportal_domain::mandates::{Channel, Origin, RequestStanding, RightAccess, Standing, Subject};
use borgerportal_domain::time::{Date, Timestamp};

/// A right in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// The version that was or would be signed: what forms send.
    pub version: PackageVersionId,
    /// Whatever its version.
    pub package: PackageId,
    /// Its title, in the reader's language.
    pub title: String,
    /// What it gives, in one or two sentences.
    pub says: String,
    /// Where it is listed; the title of the area is `mandates-subject-<code>`.
    pub subject: Subject,
    /// Læse or handle.
    pub access: RightAccess,
    /// Portal, or caseworkers.
    pub channel: Channel,
}

/// A right inside a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// What it is.
    pub right: Right,
    /// What it is worth now.
    pub standing: Standing,
    /// When it was ended, if something ended it.
    pub ended_at: Option<Timestamp>,
    /// Whether the reader may stop this one now.
    pub may_stop: bool,
}

/// A request in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// Which.
    pub id: RequestId,
    /// The number on the receipt.
    pub number: String,
    /// The other party's full name. For the requester exactly what they typed.
    pub other: String,
    /// What is asked for.
    pub rights: Vec<Right>,
    /// Until and including which day.
    pub last_day: Date,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// The instant it lapses.
    pub answer_by: Timestamp,
    /// What it is worth now.
    pub standing: RequestStanding,
    /// A letter is sent, too.
    pub by_letter: bool,
    /// The mandate that came of it.
    pub mandate: Option<MandateId>,
    /// The reader may answer it now (giver).
    pub may_answer: bool,
    /// The reader may take it back now (requester).
    pub may_withdraw: bool,
}

/// A mandate in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateRow {
    /// Which.
    pub id: MandateId,
    /// The number on the receipt.
    pub number: String,
    /// The other party's full name.
    pub other: String,
    /// First day.
    pub first_day: Date,
    /// Last day.
    pub last_day: Date,
    /// What it is worth now.
    pub standing: Standing,
    /// When it was ended as a whole by an event, if it was.
    pub ended_at: Option<Timestamp>,
    /// Its rights, in the order of signing.
    pub items: Vec<ItemRow>,
    /// How it came to be.
    pub origin: Origin,
    /// The reader may stop it now.
    pub may_stop: bool,
    /// The reader may renew it now: the giver of a running digital mandate without a successor.
    pub may_renew: bool,
    /// It ends within thirty days and may be renewed.
    pub renewal_due: bool,
    /// The signed successor, if there is one.
    pub successor: Option<MandateId>,
}
