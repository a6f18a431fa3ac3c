//! The labels of an item as columns, and back. A combination that the program never writes is corrupt; an
//! unknown sensitivity is not guessed at.

use crate::engine::Row;
use crate::error::StoreError;
use borgerportal_domain::documents::{Audience, Sensitivities, Visibility};
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
