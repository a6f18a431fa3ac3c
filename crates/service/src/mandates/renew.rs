//! Renewing: a new mandate that is signed like any other and takes over from the old one.

use super::Signed;
use super::rows::MandateRow;
use super::signing::SignedText;
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::MandateId;
use borgerportal_domain::mandates::Periods;
use borgerportal_domain::time::Date;
use borgerportal_i18n::Lang;
use borgerportal_store::tx::Tx;

/// The mandate with the last days that can be chosen. Denied where it cannot be renewed.
pub fn show(
    tx: &Tx<'_>,
    who: &SignedIn,
    mandate: MandateId,
    lang: Lang,
) -> Result<(MandateRow, Periods), Problem> {
    let _ = (tx, who, mandate, lang);
    Err(Problem::Away("mandates"))
}

/// The text that the giver signs. It holds from the day after the old one's last day, or from today where the
/// old one's rights are no longer offered as they were.
pub fn preview(
    tx: &Tx<'_>,
    who: &SignedIn,
    mandate: MandateId,
    last_day: Date,
    lang: Lang,
) -> Result<SignedText, Problem> {
    let _ = (tx, who, mandate, last_day, lang);
    Err(Problem::Away("mandates"))
}

/// Signs it, after a fresh log-in.
pub fn sign(
    tx: &Tx<'_>,
    who: &SignedIn,
    mandate: MandateId,
    last_day: Date,
    (shown, lang): (&str, Lang),
) -> Result<Signed, Problem> {
    let _ = (tx, who, mandate, last_day, shown, lang);
    Err(Problem::Away("mandates"))
}
