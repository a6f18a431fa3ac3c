//! An aid on loan: it is the municipality's, is brought, repaired and fetched again.

use super::application::own_words;

coded_enum! {
    /// How far it is.
    pub enum DeliveryStep {
        /// Ordered at the depot.
        Ordered = "ordered",
        /// The depot has none and waits for one (restordre).
        BackOrder = "back_order",
        /// It is being packed.
        Packed = "packed",
        /// On its way.
        OnTheWay = "on_the_way",
        /// At the citizen's.
        Delivered = "delivered",
        /// Somebody comes to repair it, or has it.
        Repair = "repair",
        /// Another one comes in its place.
        Exchanged = "exchanged",
        /// Somebody comes to fetch it.
        PickupOrdered = "pickup_ordered",
        /// Back at the depot.
        Returned = "returned",
    }
}

impl DeliveryStep {
    /// The way of a new loan, in four steps that everybody knows.
    pub const WAY: [Self; 4] = [Self::Ordered, Self::Packed, Self::OnTheWay, Self::Delivered];

    /// Which of the four it has come to.
    #[must_use]
    pub const fn reached(self) -> usize {
        match self {
            Self::Ordered | Self::BackOrder => 0,
            Self::Packed => 1,
            Self::OnTheWay => 2,
            Self::Delivered | Self::Repair | Self::Exchanged | Self::PickupOrdered | Self::Returned => 3,
        }
    }

    /// Whether it is on its way to the citizen.
    #[must_use]
    pub const fn is_coming(self) -> bool {
        self.reached() < 3
    }

    /// Whether it is no longer on loan.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Returned | Self::Exchanged)
    }

    /// Whether this can be asked for now.
    #[must_use]
    pub const fn may_ask(self, kind: AskKind) -> bool {
        match (self, kind) {
            (Self::Delivered, AskKind::Repair | AskKind::PickUp) | (Self::Repair, AskKind::PickUp) => true,
            (
                Self::Ordered
                | Self::BackOrder
                | Self::Packed
                | Self::OnTheWay
                | Self::Exchanged
                | Self::PickupOrdered
                | Self::Returned,
                AskKind::Repair | AskKind::PickUp,
            )
            | (Self::Repair, AskKind::Repair) => false,
        }
    }
}

coded_enum! {
    /// What can be asked about a loan.
    pub enum AskKind {
        /// It is broken.
        Repair = "repair",
        /// It is no longer needed.
        PickUp = "pick_up",
    }
}

coded_enum! {
    /// Why it is not asked for.
    pub enum AskRefusal {
        /// Somebody has asked already, and it waits.
        Open = "aids.ask.open",
        /// The aid is not where that could be asked for.
        NotNow = "aids.ask.not_now",
        /// What is wrong is not said.
        NoteMissing = "aids.ask.note_missing",
        /// Longer than can be sent.
        TooLong = "aids.ask.too_long",
    }
}

impl AskKind {
    /// The note as it is sent: whoever repairs must know what is wrong; to have something fetched needs no word.
    pub fn check(self, note: &str) -> Result<&str, AskRefusal> {
        match own_words(note, AskRefusal::NoteMissing, AskRefusal::TooLong) {
            Err(AskRefusal::NoteMissing) if self == Self::PickUp => Ok(""),
            other => other.map(|()| note.trim()),
        }
    }
}
