//! What every item of a record has, whichever room shows it: what it is, where it belongs, for whom it is labelled, and
//! the rule that says whether this person may see it. It refuses content; bodies and files are bytes that never pass
//! through here.

mod show;
mod visibility;

#[cfg(test)]
mod tests;

pub use show::{Hidden, Item, Shown, Viewing, may_show, shown_from};
pub use visibility::{Audience, Group, Sensitivities, Sensitivity, Visibility};

use crate::documents::DocumentType;
use crate::ids::ItemId;

coded_enum! {
    /// Which part of the municipality's help an item belongs to.
    pub enum Area {
        /// Træning.
        Training = "training",
        /// Genoptræning.
        Rehabilitation = "rehabilitation",
        /// Hjælpemidler.
        Aids = "aids",
        /// Praktisk og personlig hjælp.
        HomeHelp = "home_help",
        /// Sygepleje.
        Nursing = "nursing",
        /// Forebyggende hjemmebesøg.
        Prevention = "prevention",
        /// Social indsats.
        Social = "social",
        /// Anything else.
        Other = "other",
    }
}

/// What an item is, as a municipality's decision on what it publishes names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// A document of this type. A message that a record system sent counts as the type of that name.
    Document(DocumentType),
    /// Tilstand, with its goals and follow-ups.
    Condition,
    /// Handlingsplan, with its goals and follow-ups.
    Plan,
    /// Bevilling or indsats.
    Grant,
    /// Hjælpemiddel: granted, on loan, applied for.
    Aid,
    /// Besøg eller aftale.
    Visit,
}

impl ItemKind {
    /// Every kind, in the order they are listed to people.
    pub const ALL: [Self; 14] = [
        Self::Document(DocumentType::Letter),
        Self::Document(DocumentType::Form),
        Self::Document(DocumentType::Instruction),
        Self::Document(DocumentType::Assessment),
        Self::Document(DocumentType::Observation),
        Self::Document(DocumentType::Application),
        Self::Document(DocumentType::ProfessionalJudgement),
        Self::Document(DocumentType::Message),
        Self::Document(DocumentType::Other),
        Self::Condition,
        Self::Plan,
        Self::Grant,
        Self::Aid,
        Self::Visit,
    ];

    /// The stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Document(kind) => kind.code(),
            Self::Condition => "condition",
            Self::Plan => "plan",
            Self::Grant => "grant",
            Self::Aid => "aid",
            Self::Visit => "visit",
        }
    }

    /// The kind with this code, or nothing.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// What a room reads of an item, with the item's id for a page of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held<T> {
    /// Which item.
    pub id: ItemId,
    /// Somebody has written a text in it.
    pub has_text: bool,
    /// What it says in codes.
    pub it: T,
}

impl<T> Held<T> {
    /// The same item, read further.
    #[must_use]
    pub fn with<U>(&self, it: U) -> Held<U> {
        Held { id: self.id, has_text: self.has_text, it }
    }
}

impl<'de> serde::Deserialize<'de> for ItemKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::from_code(&code).ok_or_else(|| {
            let codes = Self::ALL.map(Self::code).join(", ");
            serde::de::Error::custom(format_args!("write one of: {codes}"))
        })
    }
}
