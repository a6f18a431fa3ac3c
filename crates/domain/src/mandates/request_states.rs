//! The life cycle of a request: every state, every event, one function per open state. It refuses a second
//! answer, an answer after the deadline, and an official who is a party.

use super::{Agreed, Request};
use crate::ids::{MandateId, PersonId};
use crate::time::Timestamp;

coded_enum! {
    /// Why a request was ended from outside.
    pub enum RequestAnnulReason {
        /// The giver has died.
        GiverDead = "giver_dead",
        /// The requester has died.
        RequesterDead = "requester_dead",
        /// Doubt whether the giver understands.
        CapacityDoubt = "capacity_doubt",
        /// The giver is below the age limit.
        BelowAge = "below_age",
    }
}

/// What has happened to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// Waiting for the giver (afventer).
    Waiting {
        /// The instant it lapses.
        answer_by: Timestamp,
    },
    /// A signed letter has come back (til_registrering).
    ToRegister {
        /// When.
        received_at: Timestamp,
    },
    /// A mandate came of it (godkendt).
    Approved {
        /// When.
        at: Timestamp,
        /// Which.
        mandate: MandateId,
    },
    /// The giver said no (afvist).
    Declined {
        /// When.
        at: Timestamp,
    },
    /// The requester took it back (tilbagetrukket).
    Withdrawn {
        /// When.
        at: Timestamp,
    },
    /// Nobody answered (bortfaldet).
    Lapsed {
        /// When it was noted.
        at: Timestamp,
    },
    /// Ended from outside (annulleret).
    Annulled {
        /// When.
        at: Timestamp,
        /// Why.
        reason: RequestAnnulReason,
    },
}

/// Something that happened to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestEvent {
    /// The giver says yes, perhaps to part of it, after a fresh MitID signature.
    Approve {
        /// Who signed.
        by: PersonId,
        /// To what.
        agreed: Agreed,
        /// The mandate that comes of it.
        mandate: MandateId,
    },
    /// The giver says no.
    Decline {
        /// Who.
        by: PersonId,
    },
    /// The requester takes it back.
    Withdraw {
        /// Who.
        by: PersonId,
    },
    /// The clock passed the deadline; noted so that a notice can go out.
    Lapse,
    /// The signed letter came back.
    LetterReturned {
        /// The official.
        registrar: PersonId,
    },
    /// The letter is in order.
    Register {
        /// The official.
        registrar: PersonId,
        /// Who signed by hand.
        giver: PersonId,
        /// What was signed.
        agreed: Agreed,
        /// The mandate that comes of it.
        mandate: MandateId,
    },
    /// The giver says no on the letter. A no gives nothing, so nobody has to be known who says it.
    DeclineOnPaper {
        /// The official.
        registrar: PersonId,
        /// SHA-256 of the scan.
        scan: [u8; 32],
    },
    /// The letter is not in order; it goes out again.
    Deficient {
        /// The official.
        registrar: PersonId,
        /// The new deadline.
        answer_by: Timestamp,
    },
    /// A register or an authority ends it.
    Annul {
        /// Why.
        reason: RequestAnnulReason,
    },
}

impl RequestEvent {
    /// The stable code, as stored in the list of events.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Approve { .. } => "approve",
            Self::Decline { .. } => "decline",
            Self::Withdraw { .. } => "withdraw",
            Self::Lapse => "lapse",
            Self::LetterReturned { .. } => "letter_returned",
            Self::Register { .. } => "register",
            Self::DeclineOnPaper { .. } => "decline_on_paper",
            Self::Deficient { .. } => "deficient",
            Self::Annul { .. } => "annul",
        }
    }
}

coded_enum! {
    /// What a request is worth at an instant.
    pub enum RequestStanding {
        /// Waiting for an answer (afventer).
        Waiting = "waiting",
        /// A letter is being registered (til_registrering).
        ToRegister = "to_register",
        /// Became a mandate (godkendt).
        Approved = "approved",
        /// Said no to (afvist).
        Declined = "declined",
        /// Taken back (tilbagetrukket).
        Withdrawn = "withdrawn",
        /// The deadline passed (bortfaldet).
        Lapsed = "lapsed",
        /// Ended from outside (annulleret).
        Annulled = "annulled",
    }
}

impl RequestStanding {
    /// Whether something can still come of it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waiting | Self::ToRegister)
    }

    /// The Danish name of the state.
    #[must_use]
    pub const fn danish(self) -> &'static str {
        match self {
            Self::Waiting => "afventer",
            Self::ToRegister => "til_registrering",
            Self::Approved => "godkendt",
            Self::Declined => "afvist",
            Self::Withdrawn => "tilbagetrukket",
            Self::Lapsed => "bortfaldet",
            Self::Annulled => "annulleret",
        }
    }
}

coded_enum! {
    /// Why an event was refused.
    pub enum RequestRefusal {
        /// It is over.
        Closed = "mandates.request.closed",
        /// The deadline has passed.
        DeadlinePassed = "mandates.request.deadline_passed",
        /// The deadline has not passed.
        DeadlineAhead = "mandates.request.deadline_ahead",
        /// Only the one who was asked may.
        NotTheGiver = "mandates.request.not_the_giver",
        /// Only the one who asked may.
        NotTheRequester = "mandates.request.not_the_requester",
        /// An official may not handle their own request.
        RegistrarIsParty = "mandates.request.registrar_is_party",
        /// More than was asked for.
        Wider = "mandates.request.wider",
        /// Nothing was chosen.
        NothingChosen = "mandates.request.nothing_chosen",
        /// A signed letter is being registered.
        BeingRegistered = "mandates.request.being_registered",
        /// Fewer pages came back than went out.
        PagesMissing = "mandates.request.pages_missing",
        /// No letter has come back.
        NoLetter = "mandates.request.no_letter",
    }
}

impl RequestState {
    /// What it means at this instant.
    #[must_use]
    pub fn standing(&self, now: Timestamp) -> RequestStanding {
        match self {
            Self::Waiting { answer_by } if now >= *answer_by => RequestStanding::Lapsed,
            Self::Waiting { .. } => RequestStanding::Waiting,
            Self::ToRegister { .. } => RequestStanding::ToRegister,
            Self::Approved { .. } => RequestStanding::Approved,
            Self::Declined { .. } => RequestStanding::Declined,
            Self::Withdrawn { .. } => RequestStanding::Withdrawn,
            Self::Lapsed { .. } => RequestStanding::Lapsed,
            Self::Annulled { .. } => RequestStanding::Annulled,
        }
    }

    /// The state after an event on this request.
    pub(super) fn after(
        self,
        event: &RequestEvent,
        request: &Request,
        at: Timestamp,
    ) -> Result<Self, RequestRefusal> {
        match self {
            Self::Waiting { answer_by } if at >= answer_by => match event {
                RequestEvent::Lapse => Ok(Self::Lapsed { at }),
                RequestEvent::Approve { .. }
                | RequestEvent::Decline { .. }
                | RequestEvent::Withdraw { .. }
                | RequestEvent::LetterReturned { .. }
                | RequestEvent::Register { .. }
                | RequestEvent::DeclineOnPaper { .. }
                | RequestEvent::Deficient { .. }
                | RequestEvent::Annul { .. } => Err(RequestRefusal::DeadlinePassed),
            },
            Self::Waiting { .. } => waiting(event, request, at),
            Self::ToRegister { .. } => to_register(event, request, at),
            Self::Approved { .. }
            | Self::Declined { .. }
            | Self::Withdrawn { .. }
            | Self::Lapsed { .. }
            | Self::Annulled { .. } => Err(RequestRefusal::Closed),
        }
    }
}

fn waiting(event: &RequestEvent, request: &Request, at: Timestamp) -> Result<RequestState, RequestRefusal> {
    match event {
        RequestEvent::Approve { by, agreed, mandate } => {
            giver(*by, request)?;
            request.allows(agreed)?;
            Ok(RequestState::Approved { at, mandate: *mandate })
        }
        RequestEvent::Decline { by } => {
            giver(*by, request)?;
            Ok(RequestState::Declined { at })
        }
        RequestEvent::Withdraw { by } if *by == request.requester => Ok(RequestState::Withdrawn { at }),
        RequestEvent::Withdraw { .. } => Err(RequestRefusal::NotTheRequester),
        RequestEvent::Lapse => Err(RequestRefusal::DeadlineAhead),
        RequestEvent::LetterReturned { registrar } => {
            official(*registrar, request)?;
            Ok(RequestState::ToRegister { received_at: at })
        }
        RequestEvent::Register { .. }
        | RequestEvent::DeclineOnPaper { .. }
        | RequestEvent::Deficient { .. } => Err(RequestRefusal::NoLetter),
        RequestEvent::Annul { reason } => Ok(RequestState::Annulled { at, reason: *reason }),
    }
}

/// A letter that has come back in time is registered however long that takes.
fn to_register(
    event: &RequestEvent,
    request: &Request,
    at: Timestamp,
) -> Result<RequestState, RequestRefusal> {
    match event {
        RequestEvent::Register { registrar, giver: signer, agreed, mandate } => {
            official(*registrar, request)?;
            // A letter may reach a person whom the form did not find; then the signature names the giver.
            if request.target.is_some() {
                giver(*signer, request)?;
            }
            if signer == registrar || *signer == request.requester {
                return Err(RequestRefusal::RegistrarIsParty);
            }
            request.allows(agreed)?;
            Ok(RequestState::Approved { at, mandate: *mandate })
        }
        RequestEvent::DeclineOnPaper { registrar, .. } => {
            official(*registrar, request)?;
            Ok(RequestState::Declined { at })
        }
        RequestEvent::Deficient { registrar, answer_by } => {
            official(*registrar, request)?;
            if *answer_by <= at {
                return Err(RequestRefusal::DeadlinePassed);
            }
            Ok(RequestState::Waiting { answer_by: *answer_by })
        }
        RequestEvent::Annul { reason } => Ok(RequestState::Annulled { at, reason: *reason }),
        RequestEvent::Approve { .. }
        | RequestEvent::Decline { .. }
        | RequestEvent::Withdraw { .. }
        | RequestEvent::LetterReturned { .. } => Err(RequestRefusal::BeingRegistered),
        RequestEvent::Lapse => Err(RequestRefusal::DeadlineAhead),
    }
}

fn giver(person: PersonId, request: &Request) -> Result<(), RequestRefusal> {
    if request.target == Some(person) { Ok(()) } else { Err(RequestRefusal::NotTheGiver) }
}

fn official(registrar: PersonId, request: &Request) -> Result<(), RequestRefusal> {
    if request.is_party(registrar) { Err(RequestRefusal::RegistrarIsParty) } else { Ok(()) }
}
