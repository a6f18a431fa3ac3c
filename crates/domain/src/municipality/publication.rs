//! What a municipality has decided about items that arrive without a label. Each decision is dated and
//! signed off, because it opens data: an item that no decision fits stays hidden. It refuses a rule without
//! an audience or without a name under it.

use serde::Deserialize;

use crate::items::{Area, Audience, Group, ItemKind};
use crate::time::Date;

/// One decision: for these items of this sender, who sees them and from when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct PublicationRule {
    /// The record system, or any.
    pub sender: Option<String>,
    /// What they are, or anything.
    pub kind: Option<ItemKind>,
    /// The area, or any.
    pub area: Option<Area>,
    /// Who sees them.
    pub audience: Audience,
    /// Held for so many days after arrival when the label names no instant.
    pub delay_days: u16,
    /// Older items stay hidden.
    pub from_date: Option<Date>,
    /// Who decided it.
    pub signed_off_by: String,
    /// When.
    pub signed_off_on: Date,
}

impl PublicationRule {
    /// Whether it is about this item.
    #[must_use]
    pub fn fits(&self, sender: &str, kind: ItemKind, area: Area) -> bool {
        self.sender.as_deref().is_none_or(|name| name == sender)
            && self.kind.is_none_or(|one| one == kind)
            && self.area.is_none_or(|one| one == area)
    }
}

/// The rule as it stands in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    sender: Option<String>,
    kind: Option<ItemKind>,
    area: Option<Area>,
    audience: Vec<Group>,
    #[serde(default)]
    delay_days: u16,
    from_date: Option<toml::value::Datetime>,
    signed_off_by: String,
    signed_off_on: toml::value::Datetime,
}

impl TryFrom<Written> for PublicationRule {
    type Error = &'static str;

    fn try_from(rule: Written) -> Result<Self, Self::Error> {
        if rule.signed_off_by.trim().is_empty() {
            return Err("write who signed the decision off in signed_off_by");
        }
        if rule.audience.is_empty() {
            return Err("write who may see it in audience: citizen, parent, relative");
        }
        Ok(Self {
            audience: rule.audience.into_iter().collect(),
            from_date: rule.from_date.map(date).transpose()?,
            signed_off_on: date(rule.signed_off_on)?,
            sender: rule.sender,
            kind: rule.kind,
            area: rule.area,
            delay_days: rule.delay_days,
            signed_off_by: rule.signed_off_by,
        })
    }
}

/// A date without a clock time.
pub(super) fn date(written: toml::value::Datetime) -> Result<Date, &'static str> {
    const HINT: &str = "write a date such as 2026-01-31, without a clock time and without quotes";
    let (Some(date), None) = (written.date, written.time) else { return Err(HINT) };
    let year = i16::try_from(date.year).map_err(|_| HINT)?;
    let month = i8::try_from(date.month).map_err(|_| HINT)?;
    let day = i8::try_from(date.day).map_err(|_| HINT)?;
    Date::new(year, month, day).map_err(|_| HINT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::DocumentType;
    use crate::municipality::Settings;

    fn rules(text: &str) -> Result<Vec<PublicationRule>, (usize, String)> {
        let file = format!("municipality = \"0217\"\n{text}");
        Settings::from_toml(&file).map(|settings| settings.publication).map_err(|no| (no.line, no.hint))
    }

    const SIGNED: &str = "signed_off_by = \"Visitationen\"\nsigned_off_on = 2026-01-31\n";

    #[test]
    fn a_rule_reads_as_it_is_written() {
        let text = format!(
            "[[publication]]\nsender = \"nexus\"\nkind = \"letter\"\narea = \"aids\"\n\
             audience = [\"citizen\", \"relative\"]\ndelay_days = 3\nfrom_date = 2024-06-01\n{SIGNED}"
        );
        let rule = rules(&text).unwrap().remove(0);
        assert_eq!(rule.audience, Audience { citizen: true, parent: false, relative: true });
        assert_eq!((rule.delay_days, rule.from_date), (3, Some(Date::constant(2024, 6, 1))));
        assert_eq!(rule.signed_off_on, Date::constant(2026, 1, 31));
        assert!(rule.fits("nexus", ItemKind::Document(DocumentType::Letter), Area::Aids));
        assert!(!rule.fits("other", ItemKind::Document(DocumentType::Letter), Area::Aids));
        assert!(!rule.fits("nexus", ItemKind::Document(DocumentType::Form), Area::Aids));
        assert!(!rule.fits("nexus", ItemKind::Document(DocumentType::Letter), Area::Social));
    }

    #[test]
    fn a_rule_without_sender_kind_and_area_fits_all() {
        let text = format!("[[publication]]\naudience = [\"citizen\"]\n{SIGNED}");
        let rule = rules(&text).unwrap().remove(0);
        assert!(rule.fits("any", ItemKind::Document(DocumentType::Other), Area::Social));
    }

    #[test]
    fn rules_nobody_signed_or_nobody_may_see_are_refused() {
        for (text, part) in [
            ("[[publication]]\naudience = [\"citizen\"]\n".to_owned(), "signed_off_by"),
            (
                "[[publication]]\naudience = [\"citizen\"]\nsigned_off_by = \" \"\nsigned_off_on = 2026-01-01\n"
                    .to_owned(),
                "who signed",
            ),
            (format!("[[publication]]\naudience = []\n{SIGNED}"), "who may see"),
            (format!("[[publication]]\naudience = [\"neighbour\"]\n{SIGNED}"), "citizen, parent, relative"),
            (format!("[[publication]]\naudience = [\"citizen\"]\nkind = \"brev\"\n{SIGNED}"), "letter"),
            (format!("[[publication]]\naudience = [\"citizen\"]\nfrom_date = 08:00:00\n{SIGNED}"), "date"),
        ] {
            let (line, hint) = rules(&text).unwrap_err();
            assert!(line >= 2 && hint.contains(part), "{line}: {hint}");
        }
    }
}
