//! The documents of a journal as somebody with a mandate to read would see them, shown to the citizen before they
//! give one. It decides by the rule that will hold for the helper, and opens nothing to anybody.

use super::Rule;
use crate::access::Granted;
use crate::items;
use crate::municipalities::Municipalities;
use crate::problem::Problem;
use borgerportal_domain::access::Basis;
use borgerportal_domain::documents::DocumentHead;
use borgerportal_domain::ids::MandateId;
use borgerportal_domain::time::Timestamp;
use borgerportal_store::documents as store;
use borgerportal_store::tx::Tx;
use std::sync::Arc;

/// How many a helper would see, and the newest of them.
pub(crate) fn as_helper(
    tx: &Tx<'_>,
    places: &Municipalities,
    granted: &Granted<'_>,
    newest: usize,
) -> Result<(usize, Vec<Arc<DocumentHead>>), Problem> {
    let (id, until) = (MandateId::from_bytes([0; 16]), tx.now().plus_days(1));
    let basis = Basis::Mandate { id, until, may_act: false };
    let rule = Rule(items::Rule::on(&basis, granted, places, tx.now())?);
    let all = store::search(tx, &granted.access, Timestamp::from_millis(i64::MIN), &|_| true)?;
    let (hits, count) = store::hits(tx, &granted.access, &all, 0..newest, &|one| rule.lets(one))?;
    let head = |hit: store::Hit| rule.trim(&hit.listed.labelled, hit.listed.head);
    Ok((count, hits.into_iter().map(head).collect()))
}
