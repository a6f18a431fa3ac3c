//! Words and icons for the coded kinds of the domain. Each kind has exactly one word and one icon.

use borgerportal_domain::documents::DocumentType;
use borgerportal_domain::items::Area;
use borgerportal_i18n::{Lang, Texts};

/// "Brev", "Handlingsanvisning" …
#[must_use]
pub fn kind_label(lang: Lang, kind: DocumentType) -> &'static str {
    Texts::of(lang).get(match kind {
        DocumentType::Letter => "kind-letter",
        DocumentType::Form => "kind-form",
        DocumentType::Instruction => "kind-instruction",
        DocumentType::Assessment => "kind-assessment",
        DocumentType::Observation => "kind-observation",
        DocumentType::Application => "kind-application",
        DocumentType::ProfessionalJudgement => "kind-judgement",
        DocumentType::Message => "kind-message",
        DocumentType::Other => "kind-other",
    })
}

/// "Sygepleje", "Genoptræning" …
#[must_use]
pub fn area_label(lang: Lang, area: Area) -> &'static str {
    Texts::of(lang).get(match area {
        Area::Training => "area-training",
        Area::Rehabilitation => "area-rehabilitation",
        Area::Aids => "area-aids",
        Area::HomeHelp => "area-home-help",
        Area::Nursing => "area-nursing",
        Area::Prevention => "area-prevention",
        Area::Social => "area-social",
        Area::Other => "area-other",
    })
}

/// The icon's name in the sprite.
#[must_use]
pub const fn kind_icon(kind: DocumentType) -> &'static str {
    match kind {
        DocumentType::Message => "forum",
        DocumentType::Form | DocumentType::Application => "summary",
        DocumentType::Assessment | DocumentType::ProfessionalJudgement => "checklist",
        DocumentType::Letter
        | DocumentType::Instruction
        | DocumentType::Observation
        | DocumentType::Other => "document",
    }
}
