//! Mine fuldmagter: what waits, what was asked, given and received. A handful of statements, however many mandates
//! there are.

use super::packages::Catalogue;
use super::rows::{MandateRow, RequestRow, asked_row, mandate_row, waiting_row};
use crate::problem::Problem;
use crate::sessions::SignedIn;
use borgerportal_domain::ids::{MandateId, PersonId};
use borgerportal_domain::mandates::{Mandate, Party, RequestStanding};
use borgerportal_domain::person::PersonName;
use borgerportal_i18n::Lang;
use borgerportal_store::mandates::{self as store, Kept, requests};
use borgerportal_store::people::{self, Person};
use borgerportal_store::tx::Tx;
use std::collections::BTreeMap;

/// Everything of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Overview {
    /// Requests waiting for this person's answer, the oldest first.
    pub waiting: Vec<RequestRow>,
    /// Requests this person sent, open ones first, then the newest.
    pub asked: Vec<RequestRow>,
    /// Given: running ones first by their end, then ended ones, the newest first.
    pub given: Vec<MandateRow>,
    /// Received, in the same order.
    pub received: Vec<MandateRow>,
}

/// Loads it.
pub fn overview(tx: &Tx<'_>, who: &SignedIn, lang: Lang) -> Result<Overview, Problem> {
    let me = super::me(tx, who)?;
    let catalogue = Catalogue::load(tx)?;
    let mut asked: Vec<RequestRow> = requests::of_requester(tx, me.facts.id)?
        .iter()
        .map(|kept| asked_row(tx, &catalogue, kept, lang))
        .collect();
    asked.sort_by_key(|row| (!row.standing.is_open(), std::cmp::Reverse(row.sent_at)));
    Ok(Overview {
        waiting: waiting(tx, &me, &catalogue, lang)?,
        asked,
        given: side(tx, &me, Party::Giver, &catalogue, lang)?,
        received: side(tx, &me, Party::Holder, &catalogue, lang)?,
    })
}

/// Requests for this person under the name that was typed; a lapsed one is nobody's any more.
fn waiting(tx: &Tx<'_>, me: &Person, catalogue: &Catalogue, lang: Lang) -> Result<Vec<RequestRow>, Problem> {
    let mut rows = Vec::new();
    for kept in requests::open_to(tx, me.facts.id)? {
        let open = kept.request.standing(tx.now()) != RequestStanding::Lapsed && kept.named.fits(&me.name);
        if let Some(requester) = people::person(tx, kept.request.requester)?.filter(|_| open) {
            rows.push(waiting_row(tx, catalogue, (&kept, requester.name.full()), lang));
        }
    }
    Ok(rows)
}

fn side(
    tx: &Tx<'_>,
    me: &Person,
    side: Party,
    catalogue: &Catalogue,
    lang: Lang,
) -> Result<Vec<MandateRow>, Problem> {
    let all = store::of(tx, me.facts.id, side)?;
    let names = store::names(tx, me.facts.id, side)?;
    let successors = successors(&all);
    let row = |kept: &Kept| {
        let other = other_name(kept, side, |id| names.get(&id).map(PersonName::full));
        let successor = successors.get(&kept.mandate.id()).copied();
        mandate_row(tx, catalogue, (&kept.mandate, other, side), successor, lang)
    };
    let mut rows: Vec<MandateRow> = all.iter().map(row).collect();
    rows.sort_by_key(|row| {
        let over = row.standing.is_over();
        let end = row.last_day.since(borgerportal_domain::time::Date::constant(1970, 1, 1));
        let days = end.map_or(0, |span| span.get_days());
        (over, if over { -days } else { days }, row.id)
    });
    Ok(rows)
}

/// Which mandate took over from which. A successor that ended before it began is none.
fn successors(all: &[Kept]) -> BTreeMap<MandateId, MandateId> {
    let took_over = |kept: &Kept| {
        let old = kept.mandate.terms().supersedes?;
        let counts =
            |mandate: &&Mandate| mandate.items().iter().any(|item| item.status.successor_from().is_some());
        let old_mandate = all.iter().map(|kept| &kept.mandate).find(|mandate| mandate.id() == old);
        old_mandate.filter(counts).map(|_| (old, kept.mandate.id()))
    };
    all.iter().filter_map(took_over).collect()
}

/// The other party's name: as the giver typed it where they did, else as the register has it.
pub(super) fn other_name(kept: &Kept, side: Party, known: impl Fn(PersonId) -> Option<String>) -> String {
    let terms = kept.mandate.terms();
    match (side, &kept.named) {
        (Party::Giver, Some(named)) => named.clone(),
        (Party::Giver, None) => known(terms.holder).unwrap_or_default(),
        (Party::Holder, _) => known(terms.giver).unwrap_or_default(),
    }
}
