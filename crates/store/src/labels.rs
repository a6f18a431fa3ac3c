//! The labels of an item as columns, and back. A combination that the program never writes is corrupt; an
//! unknown sensitivity is not guessed at.

use crate::engine::Row;
use crate::error::StoreError;
use borgerportal_domain::documents::{Audience, Sensitivities, Visibility};
use borgerportal_domain::time::Timestamp;

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

/// Reads the four columns from `column` on.
pub(crate) fn read(row: &Row<'_>, column: usize) -> Result<Visibility, StoreError> {
    let audience = row.opt_int(column)?.map(|bits| Audience {
        citizen: bits & CITIZEN != 0,
        parent: bits & PARENT != 0,
        relative: bits & RELATIVE != 0,
    });
    let withheld = row.int(column + 1)?;
    let sensitivities = Sensitivities::from_codes(row.text(column + 2)?)
        .ok_or(StoreError::corrupt("record_item", "sensitive"))?;
    Ok(Visibility {
        audience,
        visible_from: row.opt_int(column + 3)?.map(Timestamp::from_millis),
        withheld_from_parent: withheld & PARENT != 0,
        withheld_from_relative: withheld & RELATIVE != 0,
        sensitivities,
    })
}
