//! What people are told by Digital Post and by letter: which notices there are, what each may repeat, and what
//! happens to one on its way. A notice holds no CPR number and no topic: not in its label, not in its
//! notification, not in its text. It refuses to know how a message is written or sent.

mod backoff;
mod life;
#[cfg(test)]
mod tests;

pub use backoff::{MOST_ATTEMPTS, wait_ms};
pub use life::{Event, Ignored, Sending, State};

use crate::ids::{MandateId, PersonId, RequestId};
use crate::person::Language;
use crate::time::Date;

coded_enum!(
    /// What a person is told. The sentences are in `i18n`, under the same codes.
    pub enum NoticeKind {
        /// To the giver: somebody asks for a mandate.
        MandateRequested = "mandate_requested",
        /// To the giver, by letter: the request still waits for an answer.
        MandateRequestedReminder = "mandate_requested_reminder",
        /// To the requester: yes to all of it.
        RequestApproved = "request_approved",
        /// To the requester: yes to part of it, or for a shorter time.
        RequestApprovedInPart = "request_approved_in_part",
        /// To the requester: no. No reason is asked for or given.
        RequestDeclined = "request_declined",
        /// To the giver: there is nothing to answer any more.
        RequestWithdrawn = "request_withdrawn",
        /// To the requester: nobody answered in time.
        RequestLapsed = "request_lapsed",
        /// To the requester: the request cannot be answered. Neutral, whatever the reason.
        RequestAnnulled = "request_annulled",
        /// To the giver, by letter: the signed paper that came back lacks something.
        PaperDeficient = "paper_deficient",
        /// To the holder: a mandate was given without being asked for.
        MandateGiven = "mandate_given",
        /// To the giver: you have given a mandate; how to stop it again.
        MandateSigned = "mandate_signed",
        /// To the holder: the giver stopped it, or part of it.
        MandateStoppedByGiver = "mandate_stopped_by_giver",
        /// To the giver: the holder gave it up.
        MandateStoppedByHolder = "mandate_stopped_by_holder",
        /// To the giver: it ends in 30 days.
        MandateRenewalDue30 = "mandate_renewal_due_30",
        /// To the giver: it ends in 7 days.
        MandateRenewalDue7 = "mandate_renewal_due_7",
        /// To the holder: there is a successor.
        MandateRenewed = "mandate_renewed",
        /// To both: paused by the municipality.
        MandateSuspended = "mandate_suspended",
        /// To both: in force again.
        MandateResumed = "mandate_resumed",
        /// To both: ended by the municipality.
        MandateAnnulled = "mandate_annulled",
        /// To the party who lives: it no longer applies. Neutral.
        MandateEnded = "mandate_ended",
        /// To the citizen, and to whoever wrote for them: there is a message to read. Nothing of what it is about.
        MessageArrived = "message_arrived",
    }
);

impl NoticeKind {
    /// Kinds told once for each request or mandate, however often they are found due.
    #[must_use]
    pub const fn is_told_once(self) -> bool {
        matches!(
            self,
            Self::MandateRequestedReminder
                | Self::RequestLapsed
                | Self::MandateRenewalDue30
                | Self::MandateRenewalDue7
        )
    }

    /// Whether it brings a request that waits for its answer. As a letter it can be signed and sent back.
    #[must_use]
    pub const fn brings_request(self) -> bool {
        matches!(self, Self::MandateRequested | Self::MandateRequestedReminder | Self::PaperDeficient)
    }

    /// Whether it goes to the one a request was sent to, wherever that request found them.
    #[must_use]
    pub const fn is_to_the_asked(self) -> bool {
        self.brings_request() || matches!(self, Self::RequestWithdrawn)
    }

    /// Whether it tells of a request or a mandate. What else is told of stands in the portal and nowhere else.
    #[must_use]
    pub const fn is_about_mandates(self) -> bool {
        !matches!(self, Self::MessageArrived)
    }

    /// Whether the message asks its reader to do something in the portal.
    #[must_use]
    pub const fn wants_answer(self) -> bool {
        matches!(
            self,
            Self::MandateRequested
                | Self::MandateRequestedReminder
                | Self::PaperDeficient
                | Self::MandateRenewalDue30
                | Self::MandateRenewalDue7
        )
    }
}

coded_enum!(
    /// How a notice goes out. Who is not enrolled in Digital Post gets a letter, whatever was chosen.
    pub enum Channels {
        /// Digital Post, or a letter where that cannot be delivered.
        DigitalPost = "digital_post",
        /// Digital Post and a letter.
        LetterToo = "letter_too",
        /// A letter alone.
        LetterOnly = "letter_only",
    }
);

/// What happened, by name: where the message leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cause {
    /// The request.
    pub request: Option<RequestId>,
    /// The mandate.
    pub mandate: Option<MandateId>,
}

impl Cause {
    /// About a request.
    #[must_use]
    pub const fn request(id: RequestId) -> Self {
        Self { request: Some(id), mandate: None }
    }

    /// About a mandate.
    #[must_use]
    pub const fn mandate(id: MandateId) -> Self {
        Self { request: None, mandate: Some(id) }
    }
}

/// What the text inside the message may repeat. Sealed in the store; never in label or notification.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Says {
    /// The other party's name, as the recipient may know it: what they typed themselves, or a party's name.
    pub other: Option<String>,
    /// Last day of the mandate asked for or given.
    pub last_day: Option<Date>,
    /// Last day to answer, or to send a paper again.
    pub answer_by: Option<Date>,
    /// The number on the receipt.
    pub number: Option<String>,
    /// What is asked for. Only a letter that can be signed by hand repeats it; a message in Digital Post never does.
    pub items: Vec<Right>,
    /// The language of the text: the recipient's own when it was put, and the same on every try.
    pub language: Language,
}

/// One right in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Right {
    /// Its title.
    pub title: String,
    /// What it lets the helper do, one sentence.
    pub says: String,
}

impl std::fmt::Debug for Says {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Says(hidden)")
    }
}

/// One thing to tell one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Who is told.
    pub recipient: PersonId,
    /// What.
    pub kind: NoticeKind,
    /// About what.
    pub cause: Cause,
    /// How.
    pub channels: Channels,
    /// What the text may repeat.
    pub says: Says,
}
