//! The labels of an item as columns, and back. A combination that the program never writes is corrupt; an
//! unknown sensitivity is not guessed at.

use crate::engine::Row;
use crate::error::StoreError;
use borgerportal_domain::items::{Audience, Sensitivities, Visibility};
use borgerportal_domain::time::Timestamp;
use serde::{Deserialize, Serialize};

const CITIZEN: i64 = 1;
const PARENT: i64 = 2;
const RELATIVE: i64 = 4;

/// Columns `audience, withheld, sensitive, visible_from`.
pub(crate) struct Labels {
    pub(crate) audience: Option<i64>,
    pub(crate) withheld: i64,
    pub(crate) sensitive: String,
    pub(crate) visible_from: Option<i64>,
}

impl Labels {
    pub(crate) fn of(visibility: &Visibility) -> Self {
        let bit = |set: bool, bit: i64| if set { bit } else { 0 };
        let audience = visibility.audience.map(|audience| {
            bit(audience.citizen, CITIZEN) | bit(audience.parent, PARENT) | bit(audience.relative, RELATIVE)
        });
        let withheld =
            bit(visibility.withheld_from_parent, PARENT) | bit(visibility.withheld_from_relative, RELATIVE);
        Self {
            audience,
            withheld,
            sensitive: visibility.sensitivities.codes(),
            visible_from: visibility.visible_from.map(Timestamp::millis),
        }
    }
}

/// Labels as part of something sealed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeptVisibility {
    audience: Option<i64>,
    withheld: i64,
    sensitive: String,
    visible_from: Option<i64>,
}

impl From<&Visibility> for KeptVisibility {
    fn from(visibility: &Visibility) -> Self {
        let Labels { audience, withheld, sensitive, visible_from } = Labels::of(visibility);
        Self { audience, withheld, sensitive, visible_from }
    }
}

impl TryFrom<KeptVisibility> for Visibility {
    type Error = StoreError;

    fn try_from(kept: KeptVisibility) -> Result<Self, StoreError> {
        put_together(kept.audience, kept.withheld, &kept.sensitive, kept.visible_from)
    }
}

/// Reads the four columns from `column` on.
pub(crate) fn read(row: &Row<'_>, column: usize) -> Result<Visibility, StoreError> {
    let (audience, withheld) = (row.opt_int(column)?, row.int(column + 1)?);
    put_together(audience, withheld, row.text(column + 2)?, row.opt_int(column + 3)?)
}

fn put_together(
    audience: Option<i64>,
    withheld: i64,
    sensitive: &str,
    visible_from: Option<i64>,
) -> Result<Visibility, StoreError> {
    // What is not understood is not shown: a bit of a newer program may be what withholds it.
    let odd = |bits: i64, known: i64| bits & !known != 0;
    if audience.is_some_and(|bits| odd(bits, CITIZEN | PARENT | RELATIVE)) {
        return Err(StoreError::corrupt("record_item", "audience"));
    }
    if odd(withheld, PARENT | RELATIVE) {
        return Err(StoreError::corrupt("record_item", "withheld"));
    }
    let audience = audience.map(|bits| Audience {
        citizen: bits & CITIZEN != 0,
        parent: bits & PARENT != 0,
        relative: bits & RELATIVE != 0,
    });
    let sensitivities =
        Sensitivities::from_codes(sensitive).ok_or(StoreError::corrupt("record_item", "sensitive"))?;
    Ok(Visibility {
        audience,
        visible_from: visible_from.map(Timestamp::from_millis),
        withheld_from_parent: withheld & PARENT != 0,
        withheld_from_relative: withheld & RELATIVE != 0,
        sensitivities,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use borgerportal_domain::items::Sensitivity;

    /// Every combination of labels there is.
    fn all() -> Vec<Visibility> {
        let bits = |number: u32, bit: u32| number & (1 << bit) != 0;
        let audience = |number: u32| Audience {
            citizen: bits(number, 0),
            parent: bits(number, 1),
            relative: bits(number, 2),
        };
        let kinds = u32::try_from(Sensitivity::ALL.len()).unwrap();
        let mut all = Vec::new();
        for (who, withheld) in (0..9).flat_map(|who| (0..8).map(move |withheld| (who, withheld))) {
            for sensitive in 0..1 << kinds {
                let chosen = (0..).zip(Sensitivity::ALL).filter(|(at, _)| bits(sensitive, *at));
                all.push(Visibility {
                    audience: (who < 8).then(|| audience(who)),
                    visible_from: bits(withheld, 2).then_some(Timestamp::from_millis(-1)),
                    withheld_from_parent: bits(withheld, 0),
                    withheld_from_relative: bits(withheld, 1),
                    sensitivities: chosen.fold(Sensitivities::NONE, |all, (_, one)| all.with(*one)),
                });
            }
        }
        all
    }

    #[test]
    fn every_combination_of_labels_comes_back_and_no_two_are_kept_alike() {
        let all = all();
        let mut kept = std::collections::BTreeSet::new();
        for visibility in &all {
            let sealed = serde_json::to_string(&KeptVisibility::from(visibility)).unwrap();
            let read: KeptVisibility = serde_json::from_str(&sealed).unwrap();
            assert_eq!(Visibility::try_from(read).unwrap(), *visibility, "{sealed}");
            kept.insert(sealed);
        }
        assert_eq!(kept.len(), all.len());
    }

    #[test]
    fn labels_that_are_not_understood_show_nothing() {
        for (audience, withheld, sensitive) in [
            (Some(8), 0, ""),
            (Some(-1), 0, ""),
            (Some(i64::MIN), 0, ""),
            (None, 1, ""),
            (None, 8, ""),
            (Some(7), -2, ""),
            (None, 0, "unheard_of"),
        ] {
            let read = put_together(audience, withheld, sensitive, None);
            assert!(matches!(read, Err(StoreError::Corrupt { .. })), "{audience:?} {withheld} {sensitive:?}");
        }
        assert!(put_together(Some(0), 6, "", None).is_ok());
    }
}
