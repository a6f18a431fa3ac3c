//! A visit as it stands beside its row: JSON of a few fields, for it is read at every look at the calendar. It refuses
//! nothing that it wrote itself.

use borgerportal_domain::Timestamp;
use borgerportal_domain::calendar::{Booked, Slot, Visit, VisitType};
use serde::{Deserialize, Serialize};

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept<'a> {
    name: String,
    kind: &'a str,
    booked: &'a str,
    slot: KeptSlot,
    #[serde(skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    role: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    unit: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    place: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    series: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_from: Option<KeptSlot>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of_appointment: Option<String>,
}

/// From, until, and whether only the day is known.
#[derive(Default, Serialize, Deserialize)]
struct KeptSlot(i64, Option<i64>, bool);

impl From<Slot> for KeptSlot {
    fn from(slot: Slot) -> Self {
        Self(slot.from.millis(), slot.until.map(Timestamp::millis), slot.whole_day)
    }
}

impl From<KeptSlot> for Slot {
    fn from(KeptSlot(from, until, whole_day): KeptSlot) -> Self {
        let at = Timestamp::from_millis;
        Self { from: at(from), until: until.map(at), whole_day }
    }
}

pub(super) fn write(visit: &Visit) -> Vec<u8> {
    let kept = Kept {
        name: visit.name.clone(),
        kind: visit.kind.code(),
        booked: visit.booked.code(),
        slot: visit.slot.into(),
        title: visit.title.clone(),
        role: visit.role.clone(),
        unit: visit.unit.clone(),
        place: visit.place.clone(),
        reason: visit.reason.clone(),
        series: visit.series.clone(),
        moved_from: visit.moved_from.map(Into::into),
        of_appointment: visit.of_appointment.clone(),
    };
    serde_json::to_vec(&kept).unwrap_or_default()
}

/// Reads what stands beside a row; nothing of what this version of the program does not understand.
#[must_use]
pub fn read(head: &[u8]) -> Option<Visit> {
    let kept: Kept<'_> = serde_json::from_slice(head).ok()?;
    Some(Visit {
        name: kept.name,
        kind: VisitType::from_code(kept.kind)?,
        booked: Booked::from_code(kept.booked)?,
        slot: kept.slot.into(),
        title: kept.title,
        role: kept.role,
        unit: kept.unit,
        place: kept.place,
        reason: kept.reason,
        series: kept.series,
        moved_from: kept.moved_from.map(Into::into),
        of_appointment: kept.of_appointment,
    })
}
